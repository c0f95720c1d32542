"""A cycle as a document: control table, summary, OKRs, cascade, reviews, grading, approvals.

The same view makes the quarter document (the company in full, a row for each other team) and
the whole document (every team in full on one printable page).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from okrdocs.escape import Markdown, inline
from okrdocs.model import Commitment, CycleDocument, Organization
from okrdocs.pages.addresses import (
    CYCLES,
    NOW,
    cycle_page,
    link_to,
    repository_link,
    team_page,
    whole_page,
)
from okrdocs.pages.cascade import cascade_view
from okrdocs.pages.cells import day, grade_fact, grade_text, names, period_text, sign_and_word
from okrdocs.pages.check_ins import latest_view
from okrdocs.pages.now import team_rows
from okrdocs.pages.page import Page
from okrdocs.pages.retrospective import retrospective_view, review_view
from okrdocs.pages.tables import dependency_rows, ref_link
from okrdocs.pages.tally import tally
from okrdocs.pages.team import TeamView
from okrdocs.scores import CycleScore, Scores, State, Status
from okrdocs.workspace import Cycle, Workspace


def quarter_pages(
    score: CycleScore, views: Mapping[str, TeamView], scores: Scores, rank: float
) -> tuple[Page, Page]:
    """The quarter document and the whole document of one cycle, from the views of its teams."""
    return (
        _document(score, views, scores, rank, whole=False),
        _document(score, views, scores, rank / 2, whole=True),
    )


def _document(
    score: CycleScore, views: Mapping[str, TeamView], scores: Scores, rank: float, *, whole: bool
) -> Page:
    cycle = score.cycle
    here = whole_page(cycle.id) if whole else cycle_page(cycle.id)
    crumbs = [link_to(here, NOW, "Now"), link_to(here, CYCLES, "Cycles")]
    if whole:
        crumbs.append(link_to(here, cycle_page(cycle.id), cycle.title))
    title = f"{cycle.title}: the whole document" if whole else f"OKRs {cycle.title}"
    return Page(
        path=here,
        template="quarter.md.j2",
        title=title,
        crumbs=(*crumbs, Markdown("")),
        as_of=day(scores.as_of),
        source=f"{cycle.path}/cycle.yml" if cycle.document else "",
        rank=rank,
        view=_view(score, views, scores, here, whole=whole),
    )


def _view(
    score: CycleScore, views: Mapping[str, TeamView], scores: Scores, here: str, *, whole: bool
) -> dict[str, object]:
    cycle, workspace = score.cycle, scores.workspace
    document, organization = cycle.document, workspace.organization
    shown = [t for t in score.teams if whole or t.entry.id == workspace.company]
    cadence = organization.cadence
    return {
        "whole": whole,
        "other_page": link_to(
            here,
            cycle_page(cycle.id) if whole else whole_page(cycle.id),
            "The short document" if whole else "The whole document on one page",
        ),
        "control": _control(cycle, scores),
        "facts": (
            ("Grade", grade_fact(score)),
            ("Company's own", Markdown(f"**{grade_text(score.company)}**")),
        ),
        "final": score.final,
        "explain": score.trace,
        "tally": tally(score.key_results()),
        "summary": (document and document.summary) or "",
        "purpose": (document and document.purpose) or "",
        "strategic_value": (document and document.strategic_value) or "",
        "principles": (document and document.principles) or organization.principles,
        "scale": _scale(workspace),
        "aims": _aims(workspace),
        "practices": (document and document.practices) or organization.practices,
        "anti_patterns": (document and document.anti_patterns) or organization.anti_patterns,
        "teams": [views[team.entry.id] for team in shown],
        "team_rows": [
            (link_to(here, team_page(cycle.id, row.id), row.name), row) for row in team_rows(score)
        ],
        "cascade": cascade_view(cycle, scores, here),
        "dependencies": [
            row for o in cycle.objectives() for row in dependency_rows(o, scores, here)
        ],
        "cadence": cadence,
        "digest": _digest(score, scores, here, whole=whole),
        "review": None if cycle.period is None else review_view(score, scores, here),
        "bands": _bands(score),
        "grades": _grades(score, scores, here) if score.final else (),
        "retrospective": retrospective_view(
            document.retrospective if document else None, cycle.roll_over, scores, here
        ),
        "tools": [(tool, _tool(tool.name, tool.link)) for tool in organization.tools],
        "related": _related(document, organization),
        "changes": _changes(document, workspace),
        "document_reviews": _document_reviews(document, workspace),
        "approvals": _approvals(document, workspace),
        "contact": organization.contact or "",
    }


def _control(cycle: Cycle, scores: Scores) -> list[tuple[str, Markdown]]:
    """The control table: what is known, in the order of a controlled document."""
    document, workspace = cycle.document, scores.workspace
    period = cycle.period
    rows: list[tuple[str, str]] = [
        ("Document ID", (document and document.document_id) or f"OKR-{cycle.id}"),
        ("Organisation", workspace.organization.organization),
        ("Planning period", _period(cycle)),
        ("Status", cycle.status_on(scores.as_of).value.capitalize()),
        ("Version", (document and document.version) or ""),
        ("Created", day(document.created if document else None)),
        ("Last updated", day(_updated(document, scores.as_of))),
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


def _updated(document: CycleDocument | None, as_of: date) -> date | None:
    """When the document last changed: as given, else the newest line of its history."""
    if document is None:
        return None
    known = [change.date for change in document.changes if change.date <= as_of]
    return document.updated or (max(known) if known else None)


def _scale(workspace: Workspace) -> list[tuple[str, list[tuple[str, Markdown, str, str]]]]:
    """The grading scale from the configuration: for each type its bands with their limits."""
    tables = []
    for commitment in Commitment:
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


def _aims(workspace: Workspace) -> list[tuple[str, str]]:
    return [
        (commitment.value.capitalize(), f"{float(aim):g}")
        for commitment, aim in workspace.policy.aims.items()
        if commitment is not Commitment.LEARNING
    ]


def _digest(
    score: CycleScore, scores: Scores, here: str, *, whole: bool
) -> list[tuple[str, list[object]]]:
    """The latest check-in of each key result, objective by objective, before the cycle's end."""
    company = scores.workspace.company
    found: list[tuple[str, list[object]]] = []
    for team in score.teams:
        if not whole and team.entry.id != company:
            continue
        for objective in team.objectives:
            views = [latest_view(kr, scores, here) for kr in objective.key_results]
            known: list[object] = [view for view in views if view is not None]
            if known:
                found.append((f"{team.entry.team.name}: {objective.entry.objective.title}", known))
    return found


def _bands(score: CycleScore) -> list[tuple[Markdown, int]]:
    """How many key results ended in each band: (sign and word, count)."""
    counts = Counter((kr.band.sign, kr.band.title) for kr in score.key_results() if kr.band)
    return [
        (sign_and_word(Status(sign, word)), n)
        for (sign, word), n in sorted(counts.items(), key=str)
    ]


def _grades(
    score: CycleScore, scores: Scores, here: str
) -> list[tuple[Markdown, str, Markdown, str]]:
    """Final grades, objective by objective: link, grade, band with sign, how complete."""
    rows = []
    for objective in score.objectives():
        band = objective.band
        shown = Markdown("")
        if objective.state in {State.DROPPED, State.LEFT_OUT}:
            shown = sign_and_word(Status("", objective.state.value.capitalize()))
        elif band:
            shown = sign_and_word(Status(band.sign, band.title))
        complete = f"{objective.reported} of {objective.of}" if objective.of else ""
        link = ref_link(objective.entry.ref, scores, here)
        rows.append((link, grade_text(objective.grade), shown, complete))
    return rows


def _tool(name: str, address: str | None) -> Markdown:
    return repository_link(name, address) if address else inline(name)


def _related(
    document: CycleDocument | None, organization: Organization
) -> list[tuple[str, str, Markdown]]:
    given = (document and document.related) or organization.related
    return [
        (each.title, each.relation or "", repository_link(each.location or "", each.location or ""))
        for each in given
    ]


def _changes(document: CycleDocument | None, workspace: Workspace) -> list[tuple[str, str, str]]:
    """The hand-written history, oldest first."""
    given = sorted(document.changes if document else (), key=lambda change: change.date)
    return [(day(c.date), workspace.name_of(c.author or ""), c.change) for c in given]


def _document_reviews(
    document: CycleDocument | None, workspace: Workspace
) -> list[tuple[str, str, str]]:
    given = document.document_reviews if document else ()
    return [(day(r.date), workspace.name_of(r.by or ""), r.comment) for r in given]


def _approvals(document: CycleDocument | None, workspace: Workspace) -> list[tuple[str, ...]]:
    """Role, name, signature, date; what isn't there yet leaves a line to write on."""
    blank = "_" * 12
    rows: list[tuple[str, ...]] = []
    for approval in document.approvals if document else ():
        name = workspace.name_of(approval.by or "")
        given = approval.date is not None
        signature = f"approved by {name}" if given and name else "approved" if given else blank
        rows.append((approval.role, name or blank, signature, day(approval.date) or blank))
    return rows
