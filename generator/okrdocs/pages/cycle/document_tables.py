"""Makes the rows of a cycle document's tables: control, scale, grades, approvals.

What is dated after the day doesn't exist yet: changes, reviews and approvals of later days
don't appear.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction

from okrdocs import words
from okrdocs.format.records import Approval, Commitment, CycleDocument, Organization
from okrdocs.grading.results import (
    OUTSIDE,
    CycleScore,
    KeyResultScore,
    ObjectiveScore,
    Scores,
    counted_bands,
    status_outside_mean,
)
from okrdocs.grading.status import band_status
from okrdocs.history.approval_digest import is_present_digest
from okrdocs.history.document_version import DocumentVersion, document_version_of
from okrdocs.history.events import History
from okrdocs.markup.escape import Markdown, escape_inline
from okrdocs.pages.changes import NO_HISTORY
from okrdocs.pages.parts.cells import (
    grade_text,
    iso_day_text,
    join_names,
    period_text,
    status_with_sign,
)
from okrdocs.pages.parts.mean_cells import mean_cell
from okrdocs.pages.parts.tables import ref_link
from okrdocs.pages.urls import repository_link
from okrdocs.workspace.grading_policy import Policy
from okrdocs.workspace.workspace import Cycle, ResolvedRef, Workspace


def document_control_rows(
    cycle: Cycle, scores: Scores, history: History = NO_HISTORY
) -> list[tuple[str, Markdown]]:
    """List the facts of document control, in the order of a controlled document."""
    document, workspace = cycle.document, scores.workspace
    period, edition = cycle.period, document_version_of(cycle, history, scores.as_of)
    rows: list[tuple[str, str]] = [
        (words.DOCUMENT_ID, (document and document.document_id) or f"OKR-{cycle.id}"),
        (words.ORGANISATION, workspace.organization.organization),
        (words.PLANNING_PERIOD, _planning_period(cycle)),
        (words.STATUS, cycle.status_on(scores.as_of).value.capitalize()),
        (
            words.VERSION,
            (document and document.version) or (edition.dotted_text if edition else ""),
        ),
        (words.CREATED, iso_day_text(document.created if document else None)),
        (words.LAST_UPDATED, iso_day_text(_last_updated(document, edition, scores.as_of))),
        (words.MID_CYCLE_REVIEW, iso_day_text(cycle.review_date) if period else ""),
        (words.GRADING_DATE, iso_day_text(cycle.grading_date) if period else ""),
        (words.DOCUMENT_OWNER, join_names(workspace, document.owner) if document else ""),
        (words.AUTHOR, join_names(workspace, document.author) if document else ""),
        (words.APPROVERS, join_names(workspace, document.approvers) if document else ""),
        (
            words.CLASSIFICATION,
            (document and document.classification) or workspace.organization.classification or "",
        ),
        (words.NUMBERS_AS_OF, iso_day_text(scores.as_of)),
    ]
    return [(label, escape_inline(value)) for label, value in rows if value]


def _planning_period(cycle: Cycle) -> str:
    if cycle.period is None:
        return f"{cycle.title} (no dates)"
    return f"{cycle.title} ({period_text(cycle.period.start, cycle.period.end)})"


def _last_updated(
    document: CycleDocument | None, edition: DocumentVersion | None, as_of: date
) -> date | None:
    """Return when the document last changed up to the day: as given, else by its history."""
    if document and document.updated is not None and document.updated <= as_of:
        return document.updated
    days = [
        change.date for change in (document.changes if document else ()) if change.date <= as_of
    ]
    return max([*days, *([edition.day] if edition else [])], default=None)


def band_rows_by_type(
    cycle: Cycle, workspace: Workspace
) -> list[tuple[str, list[tuple[str, Markdown, str, str]]]]:
    """List the bands of each objective type that the cycle uses, from the configuration."""
    used = {entry.objective.type for entry in cycle.objectives()} or set(Commitment)
    key_results = (kr.key_result for entry in cycle.objectives() for kr in entry.key_results)
    used |= {key_result.type for key_result in key_results if key_result.type is not None}
    return [
        (commitment.value.capitalize(), band_rows(commitment, workspace.policy))
        for commitment in Commitment
        if commitment in used
    ]


def band_rows(commitment: Commitment, policy: Policy) -> list[tuple[str, Markdown, str, str]]:
    """List the bands of one type: their grades, the word with its sign, its meaning, what to do."""
    rows = []
    for band in policy.bands[commitment]:
        upper, low = _two_decimals(policy.top_of_band(commitment, band)), _two_decimals(band.lowest)
        limits = low if low == upper else f"{low} – {upper}"
        rows.append((limits, status_with_sign(band_status(band)), band.means, band.action))
    return rows


def _two_decimals(value: Fraction) -> str:
    return f"{float(value):.2f}"


def aim_rows_by_type(workspace: Workspace) -> list[tuple[str, str]]:
    """Return the aim of each type of objective but learning."""
    return [
        (commitment.value.capitalize(), f"{float(aim):g}")
        for commitment, aim in workspace.policy.aims.items()
        if commitment is not Commitment.LEARNING
    ]


def band_counts(score: CycleScore) -> list[tuple[Markdown, int]]:
    """Count the key results that ended in each band: (sign and word, count)."""
    counts = Counter(band_status(band) for band in counted_bands(score))
    ordered = sorted(counts.items(), key=lambda pair: (pair[0].rank, pair[0].word))
    return [(status_with_sign(status), count) for status, count in ordered]


def final_grades(
    score: CycleScore, scores: Scores, here: str
) -> list[tuple[Markdown, Markdown, Markdown, str]]:
    """List final grades by objective: link, grade, band with sign, how many are reported."""
    rows = []
    for objective in score.objectives():
        band = objective.band
        word = Markdown("")
        if objective.state in OUTSIDE:
            word = status_with_sign(status_outside_mean(objective.state))
        elif band:
            word = status_with_sign(band_status(band))
        complete = f"{objective.reported} of {objective.of}" if objective.of else ""
        link = ref_link(objective.entry.ref, scores, here)
        rows.append((link, mean_cell(objective), word, complete))
    return rows


def tool_link(name: str, address: str | None) -> Markdown:
    """Show a tool's name, linked where its address is known."""
    return repository_link(name, address) if address else escape_inline(name)


def related_artifact_rows(
    document: CycleDocument | None, organization: Organization
) -> list[tuple[str, str, Markdown]]:
    """List title, relation and location of each related document."""
    artifacts = (document and document.related) or organization.related
    return [
        (
            artifact.title,
            artifact.relation or "",
            repository_link(artifact.location or "", artifact.location or ""),
        )
        for artifact in artifacts
    ]


def document_review_rows(
    document: CycleDocument | None, scores: Scores
) -> list[tuple[str, str, str]]:
    """List who reviewed the document up to the day: date, name, comment."""
    name_of = scores.workspace.name_of
    reviews = document.document_reviews if document else ()
    return [
        (iso_day_text(r.date), name_of(r.by or ""), r.comment)
        for r in reviews
        if r.date <= scores.as_of
    ]


def amendment_rows(
    cycle: Cycle, scores: Scores, here: str, history: History = NO_HISTORY
) -> list[tuple[str, Markdown, str, str, str]]:
    """List changes after the cycle was closed: day, what, by whom, why, and both grades."""
    amendments = cycle.document.amendments if cycle.document else ()
    rows = []
    for amendment, ref in zip(amendments, cycle.amendments, strict=True):
        what = ref_link(ref, scores, here) if ref else escape_inline(words.THE_CYCLE)
        by = scores.workspace.name_of(amendment.by or "")
        if amendment.date <= scores.as_of:
            grades = _grade_change(ref or cycle.id, scores, history)
            rows.append((iso_day_text(amendment.date), what, by, amendment.reason, grades))
    return rows


def _grade_change(what: ResolvedRef | str, scores: Scores, history: History) -> str:
    """Show the grade at closing and the present one; "" where git doesn't know."""
    if what not in history.as_closed:
        return ""
    now: CycleScore | ObjectiveScore | KeyResultScore | None
    if isinstance(what, str):
        now = scores.cycle(what)
    else:
        now = scores.key_results.get(what) or scores.objectives.get(what)
    return f"{grade_text(history.as_closed[what])} → {grade_text(now.grade if now else None)}"


def approval_rows(cycle: Cycle, scores: Scores) -> list[tuple[str, ...]]:
    """List role, name, signature and date; what is missing on the day leaves a line to sign on."""
    blank = "_" * 12
    rows: list[tuple[str, ...]] = []
    for approval in cycle.document.approvals if cycle.document else ():
        name = scores.workspace.name_of(approval.by or "")
        is_given = approval.date is not None and approval.date <= scores.as_of
        signed_on = iso_day_text(approval.date) if is_given else blank
        signature = _approval_text(approval, name, cycle, scores.workspace) if is_given else blank
        rows.append((approval.role, name or blank, signature, signed_on))
    return rows


def _approval_text(approval: Approval, name: str, cycle: Cycle, workspace: Workspace) -> str:
    """Say who approved; with a digest, whether it was the present version."""
    by = f" by {name}" if name else ""
    if approval.digest is None:
        return f"approved{by}"
    if is_present_digest(approval.digest, cycle, workspace):
        return f"approved{by}, this version"
    return f"another version was approved{by} ({approval.digest})"
