"""The parts of a cycle's document that are tables of facts: control, scale, grades, approvals.

What is dated after the day doesn't exist yet: changes, reviews and approvals of later days
don't appear.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction

from okrdocs.format.records import Approval, Commitment, CycleDocument, Organization
from okrdocs.grading.results import (
    CycleScore,
    KeyResultScore,
    ObjectiveScore,
    Scores,
    State,
    Status,
)
from okrdocs.history.document_version import DocumentVersion, document_version_of
from okrdocs.history.events import History
from okrdocs.markup.escape import Markdown, inline
from okrdocs.pages.changes import NO_HISTORY
from okrdocs.pages.parts.cells import day, grade_text, names, period_text, sign_and_word
from okrdocs.pages.parts.tables import ref_link
from okrdocs.pages.urls import repository_link
from okrdocs.workspace.approval_digest import digest_of
from okrdocs.workspace.workspace import Cycle, Ref, Workspace


def control_rows(
    cycle: Cycle, scores: Scores, history: History = NO_HISTORY
) -> list[tuple[str, Markdown]]:
    """The control table: what is known, in the order of a controlled document."""
    document, workspace = cycle.document, scores.workspace
    period, edition = cycle.period, document_version_of(cycle, history, scores.as_of)
    rows: list[tuple[str, str]] = [
        ("Document ID", (document and document.document_id) or f"OKR-{cycle.id}"),
        ("Organisation", workspace.organization.organization),
        ("Planning period", _period(cycle)),
        ("Status", cycle.status_on(scores.as_of).value.capitalize()),
        ("Version", (document and document.version) or (edition.version if edition else "")),
        ("Created", day(document.created if document else None)),
        ("Last updated", day(_updated(document, edition, scores.as_of))),
        ("Mid-cycle review", day(cycle.review_date)),
        ("Grading date", day(cycle.grading_date)),
        ("Document owner", names(workspace, document.owner) if document else ""),
        ("Author", names(workspace, document.author) if document else ""),
        ("Approvers", names(workspace, document.approvers) if document else ""),
        (
            "Classification",
            (document and document.classification) or workspace.organization.classification or "",
        ),
        ("Numbers as of", day(scores.as_of)),
    ]
    if period is None:
        rows = [row for row in rows if row[0] not in {"Mid-cycle review", "Grading date"}]
    return [(label, inline(value)) for label, value in rows if value]


def _period(cycle: Cycle) -> str:
    if cycle.period is None:
        return f"{cycle.title} (no dates)"
    return f"{cycle.title} ({period_text(cycle.period.start, cycle.period.end)})"


def _updated(
    document: CycleDocument | None, edition: DocumentVersion | None, as_of: date
) -> date | None:
    """When the document last changed before the day: as given, else as its history says."""
    known = [each.date for each in (document.changes if document else ()) if each.date <= as_of]
    if document and document.updated is not None and document.updated <= as_of:
        known.append(document.updated)
    elif edition is not None:
        known.append(edition.day)
    return max(known, default=None)


def grading_scale(
    cycle: Cycle, workspace: Workspace
) -> list[tuple[str, list[tuple[str, Markdown, str, str]]]]:
    """The scale from the configuration: the bands of each type that the cycle uses."""
    used = {entry.objective.type for entry in cycle.objectives()} or set(Commitment)
    tables = []
    for commitment in (each for each in Commitment if each in used):
        rows: list[tuple[str, Markdown, str, str]] = []
        above = Fraction(1)
        for band in workspace.policy.bands[commitment]:
            upper = _two(above)
            low = _two(band.lowest)
            limits = low if low == upper else f"{low} – {upper}"
            word = sign_and_word(Status(band.sign, band.title))
            rows.append((limits, word, band.means, band.action))
            above = band.lowest - Fraction(1, 100)
        tables.append((commitment.value.capitalize(), rows))
    return tables


def _two(value: Fraction) -> str:
    return f"{float(value):.2f}"


def aims(workspace: Workspace) -> list[tuple[str, str]]:
    """The aim of each type of objective but learning."""
    return [
        (commitment.value.capitalize(), f"{float(aim):g}")
        for commitment, aim in workspace.policy.aims.items()
        if commitment is not Commitment.LEARNING
    ]


def band_counts(score: CycleScore) -> list[tuple[Markdown, int]]:
    """How many key results ended in each band: (sign and word, count)."""
    counts = Counter((kr.band.sign, kr.band.title) for kr in score.key_results() if kr.band)
    return [
        (sign_and_word(Status(sign, word)), n)
        for (sign, word), n in sorted(counts.items(), key=str)
    ]


def final_grades(
    score: CycleScore, scores: Scores, here: str
) -> list[tuple[Markdown, str, Markdown, str]]:
    """Final grades, objective by objective: link, grade, band with sign, how complete."""
    rows = []
    for objective in score.objectives():
        band = objective.band
        shown = Markdown("")
        if objective.state in {State.DROPPED, State.LEFT_OUT, State.DRAFT}:
            shown = sign_and_word(Status("", objective.state.value.capitalize()))
        elif band:
            shown = sign_and_word(Status(band.sign, band.title))
        complete = f"{objective.reported} of {objective.of}" if objective.of else ""
        link = ref_link(objective.entry.ref, scores, here)
        rows.append((link, grade_text(objective.grade), shown, complete))
    return rows


def tool_link(name: str, address: str | None) -> Markdown:
    """A tool's name, linked where its address is known."""
    return repository_link(name, address) if address else inline(name)


def related_rows(
    document: CycleDocument | None, organization: Organization
) -> list[tuple[str, str, Markdown]]:
    """Title, relation and place of each related document."""
    given = (document and document.related) or organization.related
    return [
        (each.title, each.relation or "", repository_link(each.location or "", each.location or ""))
        for each in given
    ]


def document_review_rows(
    document: CycleDocument | None, scores: Scores
) -> list[tuple[str, str, str]]:
    """Who read the document, up to the day."""
    name_of = scores.workspace.name_of
    given = document.document_reviews if document else ()
    return [(day(r.date), name_of(r.by or ""), r.comment) for r in given if r.date <= scores.as_of]


def amendment_rows(
    cycle: Cycle, scores: Scores, here: str, history: History = NO_HISTORY
) -> list[tuple[str, Markdown, str, str, str]]:
    """What was changed after the cycle was closed: the day, who did it, why, and both grades."""
    given = cycle.document.amendments if cycle.document else ()
    rows = []
    for amendment, ref in zip(given, cycle.amendments, strict=True):
        what = ref_link(ref, scores, here) if ref else inline("The cycle")
        by = scores.workspace.name_of(amendment.by or "")
        if amendment.date <= scores.as_of:
            grades = _both_grades(ref or cycle.id, scores, history)
            rows.append((day(amendment.date), what, by, amendment.reason, grades))
    return rows


def _both_grades(what: Ref | str, scores: Scores, history: History) -> str:
    """The grade as the cycle was closed and the one of now; "" where git doesn't know."""
    if what not in history.as_closed:
        return ""
    now: CycleScore | ObjectiveScore | KeyResultScore | None
    if isinstance(what, str):
        now = scores.cycle(what)
    else:
        now = scores.key_results.get(what) or scores.objectives.get(what)
    return f"{grade_text(history.as_closed[what])} → {grade_text(now.grade if now else None)}"


def approval_rows(cycle: Cycle, scores: Scores) -> list[tuple[str, ...]]:
    """Role, name, signature, date; what isn't there yet on the day leaves a line to write on."""
    blank = "_" * 12
    rows: list[tuple[str, ...]] = []
    for approval in cycle.document.approvals if cycle.document else ():
        name = scores.workspace.name_of(approval.by or "")
        given = approval.date is not None and approval.date <= scores.as_of
        signed_on = day(approval.date) if given else blank
        signature = _signature(approval, name, cycle) if given else blank
        rows.append((approval.role, name or blank, signature, signed_on))
    return rows


def _signature(approval: Approval, name: str, cycle: Cycle) -> str:
    """What was approved, and by whom: with a digest, whether it is what stands there now."""
    by = f" by {name}" if name else ""
    if approval.digest is None:
        return f"approved{by}"
    if approval.digest.lower() == digest_of(cycle):
        return f"approved{by}, this version"
    return f"another version was approved{by} ({approval.digest})"
