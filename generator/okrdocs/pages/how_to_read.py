"""Makes the page that tells a reader who never heard of OKRs what the other pages show.

Aims, bands and limits are those of the company's own policy; the sentences stand in the template.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from okrdocs import words
from okrdocs.format.records import Commitment
from okrdocs.grading.results import Scores
from okrdocs.grading.status import Standing, StatusCode, status_of
from okrdocs.markup.escape import Markdown
from okrdocs.pages.cycle.document_tables import band_rows
from okrdocs.pages.page import GeneratedPage, overview_page
from okrdocs.pages.parts.cells import status_with_sign
from okrdocs.pages.urls import HOW_TO_READ
from okrdocs.workspace.grading_policy import Policy


class StatusRow(NamedTuple):
    """A word of status, the one of the four states that it belongs to, and what it says."""

    state: str
    status: Markdown
    meaning: str


def how_to_read_page(scores: Scores) -> GeneratedPage:
    """Make the page."""
    policy = scores.workspace.policy
    bands = [(kind.value.capitalize(), band_rows(kind, policy)) for kind in Commitment]
    view = {
        "statuses": _status_rows(),
        "bands": bands,
        "limits": _limits_of_policy(policy),
        "contact": scores.workspace.organization.contact or "",
        "organization": scores.workspace.organization.organization,
    }
    return overview_page(HOW_TO_READ, "how_to_read.md.j2", words.HOW_TO_READ, (), scores, view)


def _status_rows() -> list[StatusRow]:
    """List the states in their order, each with its words; at the end what is in no mean."""
    order = (*Standing, None)
    codes = [code for code in StatusCode if code is not StatusCode.BAND]
    return [
        StatusRow(
            words.STANDING_WORDS[state] if state else words.IN_NO_MEAN,
            status_with_sign(status_of(code)),
            words.STATUS_MEANINGS[code],
        )
        for state in order
        for code in codes
        if code.standing is state
    ]


def _limits_of_policy(policy: Policy) -> dict[str, str]:
    """Return the numbers that the sentences name, as people read them."""
    return {
        "aspirational": _number(policy.aims[Commitment.ASPIRATIONAL]),
        "committed": _number(policy.aims[Commitment.COMMITTED]),
        "below_on_track": _number(-policy.on_track),
        "below_behind": _number(-policy.behind),
        "stale_days": str(policy.stale_after_days),
    }


def _number(value: Fraction) -> str:
    return f"{float(value):.2f}"
