"""Objectives and their key results as a page shows them: one view for every page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from okrdocs import words
from okrdocs.drawing.progress.fence_text import Progress
from okrdocs.format.records import Commitment, Dependency, Initiative, KeyResult, Override
from okrdocs.grading.results import KeyResultScore, ObjectiveScore, Scores
from okrdocs.history.events import History
from okrdocs.markup.escape import Markdown, inline
from okrdocs.markup.prose import prose_after, prose_inline
from okrdocs.pages.changes import NO_HISTORY
from okrdocs.pages.graph.ancestors import line_of_sight
from okrdocs.pages.metrics.cells import metric_link
from okrdocs.pages.parts.cells import (
    bullets,
    day,
    grade_text,
    joined,
    key_result_grade,
    lines,
    mean_with_all,
    names,
    reported,
    sign_and_word,
    small,
)
from okrdocs.pages.parts.draft_marks import draft_mark
from okrdocs.pages.parts.grade_explanation import explained_grade, source_link, yaml_link
from okrdocs.pages.parts.key_result_details import about, link_text, risk_text
from okrdocs.pages.parts.progress_chart import fence_of, progress_view, sparkline_of
from okrdocs.pages.parts.row_notes import by_hand, kind_and_source, milestone_notes, target_notes
from okrdocs.pages.urls import link_to, page_of, relative, repository_link
from okrdocs.workspace.workspace import Need, ObjectiveEntry, Ref, Workspace, short_title

NO_REASON = "no reason given"


@dataclass(frozen=True, slots=True)
class KeyResultRow:
    """One row of the table of key results.

    On the team's own page, `anchored` is the number with the place that links lead to, `sourced`
    the title with the way to its YAML, `explained` the grade with how it comes about, and
    `picture` the fence of its progress, or "".
    """

    number: str
    anchored: Markdown
    title: Markdown
    sourced: Markdown
    baseline: str
    target: Markdown
    current: Markdown
    grade: Markdown
    explained: Markdown
    status: Markdown
    picture: Markdown


@dataclass(frozen=True, slots=True)
class DependencyRow:
    """One thing that something depends on."""

    dependent: Markdown
    needs: Markdown
    risk: str
    impact: str
    mitigation: str


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """An objective with everything that a page shows of it.

    `facts` begin with the grade; `steps` is the list of how it comes about, `about` what was
    written about its key results, `pictures` their progress.
    """

    number: int
    anchor: str
    title: str
    facts: tuple[tuple[str, Markdown], ...]
    why: str
    rows: tuple[KeyResultRow, ...]
    about: tuple[Markdown, ...]
    as_of: str
    confidence: str
    confidence_note: str
    dependencies: tuple[DependencyRow, ...]
    risks: tuple[Markdown, ...]
    initiatives: tuple[Markdown, ...]
    below: tuple[Markdown, ...]
    links: tuple[Markdown, ...]
    steps: Markdown
    pictures: Markdown
    remarks: tuple[str, ...]


def objective_view(
    score: ObjectiveScore, scores: Scores, here: str, history: History = NO_HISTORY
) -> ObjectiveView:
    """The view of one objective on the page `here`."""
    entry, objective = score.entry, score.entry.objective
    rows = tuple(_row(kr, scores, here, history) for kr in score.key_results)
    return ObjectiveView(
        number=entry.number,
        anchor=entry.ref.anchor,
        title=objective.title,
        facts=tuple(_facts(score, scores, here, history)),
        why=objective.why or "",
        rows=rows,
        about=tuple(text for kr in score.key_results if (text := about(kr))),
        as_of=day(scores.as_of),
        confidence=objective.confidence.text if objective.confidence else "",
        confidence_note=objective.confidence_note or "",
        dependencies=dependency_rows(entry, scores, here),
        risks=tuple(risk_text(risk) for risk in objective.risks),
        initiatives=tuple(
            _initiative(each, objective.key_results, scores) for each in objective.initiatives
        ),
        below=tuple(_below(score, scores, here)),
        links=tuple(link_text(each) for each in objective.links),
        steps=bullets(score.trace),
        pictures=Markdown("\n\n".join(row.picture for row in rows if row.picture)),
        remarks=tuple(_remarks(score, scores.workspace)),
    )


def title_of(ref: Ref, scores: Scores) -> str:
    """An objective or key result in words: its team's name, its number and its title."""
    workspace = scores.workspace
    team = workspace.teams.get(ref.team)
    name = team.name if team else ref.team
    objective = workspace.objectives[ref.parent]
    if not ref.key_result:
        mark = draft_mark(objective, objective)
        return f"{name} {objective.number}: {objective.objective.title}{mark}"
    entry = workspace.key_results[ref]
    title = f"{short_title(entry.key_result)}{draft_mark(entry, objective)}"
    return f"{name} {objective.number}, KR{entry.number}: {title}"


def ref_link(ref: Ref, scores: Scores, here: str) -> Markdown:
    """A link to an objective or key result, with the cycle's name where it is another one."""
    text = title_of(ref, scores)
    if not here.startswith(f"{ref.cycle}/"):
        cycle = scores.workspace.cycle(ref.cycle)
        text = f"{text} ({cycle.title})" if cycle else text
    return link_to(here, page_of(ref), text)


def _facts(
    score: ObjectiveScore, scores: Scores, here: str, history: History
) -> list[tuple[str, Markdown]]:
    """The metadata line, in a fixed order; what isn't known is left out."""
    entry, objective, workspace = score.entry, score.entry.objective, scores.workspace
    grade = grade_text(score.grade)
    extra = [reported(score), score.band.word if score.band else ""]
    if score.override is not None and score.formula is not None:
        extra.append(f"by hand; formula {score.formula}")
    extra.append(mean_with_all(score))
    notes = "; ".join(text for text in extra if text)
    facts: list[tuple[str, str]] = [
        (
            words.GRADE,
            Markdown(f"**{grade}**{f' <small>{inline(notes)}</small>' if notes else ''}"),
        ),
        ("Visibility", "Draft, in no mean" if entry.draft else ""),
        (words.OWNER, names(workspace, objective.owner)),
        (words.DRI, workspace.name_of(objective.dri) if objective.dri else ""),
        (words.PRIORITY, objective.priority or ""),
        (words.TYPE, objective.type.value.capitalize()),
        ("Weight", objective.weight.text if objective.weight else ""),
        ("Ladders up to", _above(entry, scores, here)),
    ]
    if entry.carried_over_from is not None:
        facts.append(("Carried over from", ref_link(entry.carried_over_from, scores, here)))
    facts.append((words.SOURCE, source_link(objective.at, history)))
    return [
        (label, value if isinstance(value, Markdown) else inline(value))
        for label, value in facts
        if value
    ]


def _above(entry: ObjectiveEntry, scores: Scores, here: str) -> Markdown:
    """What an objective serves; with what that serves, a line each, where the way goes on."""
    way = [parent for parent in entry.parents if scores.workspace.objectives[parent.parent].parents]
    if way:
        return lines(line_of_sight(entry.ref, scores, here))
    return joined(ref_link(ref, scores, here) for ref in entry.parents)


def _remarks(score: ObjectiveScore, workspace: Workspace) -> list[str]:
    """What has to be said about an objective's grade, in sentences (prose)."""
    remarks: list[str] = []
    if score.dropped is not None:
        lead = Markdown(f"Dropped on {score.dropped.date}:")
        remarks.append(prose_after(lead, score.dropped.reason))
    if score.override is not None:
        why = score.override.reason or NO_REASON
        remarks.append(prose_after(by_hand(score.override, workspace), why))
    remarks.extend(flag.text for flag in score.flags)
    return remarks


def _row(
    score: KeyResultScore, scores: Scores, here: str, history: History = NO_HISTORY
) -> KeyResultRow:
    key_result, value = score.entry.key_result, score.value
    target = score.measure.target_text if score.measure else (key_result.target or "")
    current = lines([value.text, small(day(value.date))]) if value else inline("–")
    shown, ref, grade = _progress(score, scores), score.entry.ref, key_result_grade(score)
    notes, source = _notes(score, scores, here), yaml_link(key_result.at, history)
    return KeyResultRow(
        number=f"KR{score.entry.number}",
        anchored=Markdown(f'<a id="{ref.anchor}" href="#{ref.anchor}">KR{score.entry.number}</a>'),
        title=lines([key_result.title, *notes]),
        sourced=lines([joined([key_result.title, *([source] if source else [])], " "), *notes]),
        baseline=key_result.baseline or "–",
        target=lines([target or "–", *target_notes(score, scores, history)]),
        current=Markdown(f"{current}{sparkline_of(shown)}"),
        grade=grade,
        explained=explained_grade(grade, score, scores, history),
        status=sign_and_word(score.status),
        picture=fence_of(shown) if shown else Markdown(""),
    )


def _progress(score: KeyResultScore, scores: Scores) -> Progress | None:
    """What the picture of a key result shows."""
    ref, key_result = score.entry.ref, score.entry.key_result
    objective, cycle = scores.objectives[ref.parent], scores.workspace.cycle(ref.cycle)
    commitment = objective.entry.objective.type
    learning = commitment is Commitment.LEARNING
    dropped = score.dropped or objective.dropped
    return progress_view(
        score,
        f"KR{score.entry.number} {short_title(key_result)}",
        cycle.period if cycle else None,
        scores.as_of,
        aim=None if learning else scores.workspace.policy.aims[commitment],
        dropped=dropped.date if dropped else None,
    )


def _notes(score: KeyResultScore, scores: Scores, here: str) -> list[Markdown]:
    """Remarks below a key result's title, in a fixed order."""
    key_result, entry, workspace = score.entry.key_result, score.entry, scores.workspace
    facts = [
        f"Owner: {names(workspace, key_result.owner)}" if key_result.owner else "",
        f"DRI: {workspace.name_of(key_result.dri)}" if key_result.dri else "",
        f"Priority: {key_result.priority}" if key_result.priority else "",
        f"Weight: {key_result.weight.text}" if key_result.weight else "",
        "Guardrail" if key_result.guardrail else "",
        f"Shared with {_teams(scores, key_result.with_)}" if key_result.with_ else "",
    ]
    notes = [small(" · ".join(fact for fact in facts if fact))] if any(facts) else []
    notes.append(kind_and_source(key_result))
    if entry.carried_over_from is not None:
        origin = ref_link(entry.carried_over_from, scores, here)
        notes.append(Markdown(f"<small>Carried over from {origin}</small>"))
    if key_result.metric and key_result.metric in workspace.metrics:
        moved = metric_link(key_result.metric, scores, here)
        notes.append(Markdown(f"<small>Metric: {moved}</small>"))
    if score.dropped is not None:
        reason = prose_inline(score.dropped.reason)
        notes.append(Markdown(f"<small>Dropped on {score.dropped.date}: {reason}</small>"))
    if score.override is not None and _is_told(score.override):
        reason = prose_inline(score.override.reason or NO_REASON)
        notes.append(Markdown(f"<small>{by_hand(score.override, workspace)} {reason}</small>"))
    notes.extend(milestone_notes(key_result, scores.as_of))
    return notes


def _is_told(override: Override) -> bool:
    """Whether a key result's row says more than that its grade is given by hand."""
    return bool(override.reason or override.by or override.date)


def _teams(scores: Scores, ids: tuple[str, ...]) -> str:
    known = scores.workspace.teams
    return ", ".join(known[each].name if each in known else each for each in ids)


def _initiative(
    initiative: Initiative, key_results: tuple[KeyResult, ...], scores: Scores
) -> Markdown:
    numbers = {kr.id: f"KR{number}" for number, kr in enumerate(key_results, start=1)}
    title = repository_link(initiative.title, initiative.link or "")
    moves = ", ".join(
        f"{numbers.get(m.key_result, m.key_result)}{f' {m.by}' if m.by else ''}"
        for m in initiative.moves
    )
    facts = [
        initiative.status.value if initiative.status else "",
        names(scores.workspace, initiative.owner),
        initiative.priority or "",
        f"due {initiative.due}" if initiative.due else "",
        f"moves {moves}" if moves else "",
    ]
    known = " · ".join(fact for fact in facts if fact)
    text = Markdown(f"{title} ({inline(known)})") if known else title
    if initiative.note:
        return Markdown(f"{text} – {prose_inline(initiative.note)}")
    return text


def _below(score: ObjectiveScore, scores: Scores, here: str) -> list[Markdown]:
    """The objectives that ladder up to this one or to one of its key results."""
    children = scores.workspace.children
    refs = [score.entry.ref, *(kr.entry.ref for kr in score.key_results)]
    found: dict[Ref, Markdown] = {}
    for ref in refs:
        for child in children.get(ref, ()):
            grade = grade_text(scores.objectives[child.ref].grade)
            through = (
                f" (through KR{scores.workspace.key_results[ref].number})" if ref.key_result else ""
            )
            shown = Markdown(f"{ref_link(child.ref, scores, here)} – {grade}{through}")
            found.setdefault(child.ref, shown)
    return list(found.values())


def dependency_rows(entry: ObjectiveEntry, scores: Scores, here: str) -> tuple[DependencyRow, ...]:
    """What an objective and its key results depend on, each with a link to both ends."""
    rows = _rows_of(entry.needs, entry.ref, scores, here)
    for kr in entry.key_results:
        rows.extend(_rows_of(kr.needs, kr.ref, scores, here))
    return tuple(rows)


def _rows_of(needs: tuple[Need, ...], ref: Ref, scores: Scores, here: str) -> list[DependencyRow]:
    grouped: dict[int, tuple[Dependency, list[str]]] = {}
    for need in needs:
        shown = ref_link(need.ref, scores, here) if need.ref else inline(need.text)
        grouped.setdefault(id(need.dependency), (need.dependency, []))[1].append(shown)
    return [
        DependencyRow(
            dependent=ref_link(ref, scores, here),
            needs=joined(shown),
            risk=dependency.risk.value.capitalize() if dependency.risk else "",
            impact=dependency.impact or "",
            mitigation=dependency.mitigation or "",
        )
        for dependency, shown in grouped.values()
    ]


def shared_rows(team: str, cycle_id: str, scores: Scores, here: str) -> tuple[KeyResultRow, ...]:
    """Key results of other teams that name this one in `with:`."""
    entries = scores.workspace.shared.get((cycle_id, team), ())
    found = (scores.key_results[entry.ref] for entry in entries)
    return tuple(_moved(_row(score, scores, here), score, scores, here) for score in found)


def _moved(row: KeyResultRow, score: KeyResultScore, scores: Scores, here: str) -> KeyResultRow:
    """A row that stands on another team's page: its title links home, it has no anchor."""
    ref = score.entry.ref
    origin = scores.workspace.teams.get(ref.team)
    home = Markdown(f"[{inline(score.entry.key_result.title)}]({relative(here, page_of(ref))})")
    title = lines([home, small(f"Owned by {origin.name if origin else ref.team}")])
    return replace(row, anchored=inline(row.number), title=title)
