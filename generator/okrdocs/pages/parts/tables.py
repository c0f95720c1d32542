"""Makes the view of an objective and of its key results, the same for every page."""

from __future__ import annotations

from dataclasses import dataclass

from okrdocs import words
from okrdocs.drawing.progress.fence_text import ProgressChart
from okrdocs.format.records import Commitment, Dependency, Initiative, KeyResult, Override
from okrdocs.grading.results import KeyResultScore, ObjectiveScore, Scores
from okrdocs.history.events import History
from okrdocs.markup.escape import Markdown, escape_inline
from okrdocs.markup.prose import prose_after_lead, prose_inline
from okrdocs.pages.changes import NO_HISTORY
from okrdocs.pages.graph.ancestors import ancestor_lines
from okrdocs.pages.metrics.cells import metric_link
from okrdocs.pages.parts.cells import (
    bullet_list,
    grade_text,
    iso_day_text,
    join_inline,
    join_lines,
    join_names,
    key_result_grade_with_notes,
    small_text,
    status_with_sign,
)
from okrdocs.pages.parts.draft_marks import draft_suffix
from okrdocs.pages.parts.former_anchors import former_anchors
from okrdocs.pages.parts.grade_explanation import grade_with_explanation, source_link, yaml_link
from okrdocs.pages.parts.key_result_details import key_result_details, link_text, risk_text
from okrdocs.pages.parts.mean_cells import mean_with_left_out, reported_count_text
from okrdocs.pages.parts.progress_chart import key_result_sparkline, progress_chart, progress_fence
from okrdocs.pages.parts.row_notes import (
    graded_by_hand_note,
    kind_and_source,
    milestone_notes,
    target_notes,
)
from okrdocs.pages.urls import item_url, link_to, repository_link
from okrdocs.workspace.workspace import Need, ObjectiveEntry, ResolvedRef, Workspace, short_title

NO_REASON = "no reason given"


@dataclass(frozen=True, slots=True)
class KeyResultRow:
    """One row of the table of key results.

    On the team's own page, `number_with_anchor` is the number with the anchor that links lead to,
    `title_with_source` the title with a link to its YAML, `grade_with_explanation` the grade with
    how it comes about, and `progress_fence` the fence of its progress, or "".
    """

    number: str
    number_with_anchor: Markdown
    title: Markdown
    title_with_source: Markdown
    baseline: str
    target: Markdown
    current: Markdown
    grade: Markdown
    grade_with_explanation: Markdown
    status: Markdown
    progress_fence: Markdown


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

    `facts` begin with the grade; `grade_steps` is the list of how it comes about,
    `key_result_details` what was written about its key results, `progress_fences` their progress.
    """

    number: int
    anchor: str
    former_anchors: tuple[str, ...]
    title: str
    facts: tuple[tuple[str, Markdown], ...]
    why: str
    rows: tuple[KeyResultRow, ...]
    key_result_details: tuple[Markdown, ...]
    as_of: str
    confidence: str
    confidence_note: str
    dependencies: tuple[DependencyRow, ...]
    risks: tuple[Markdown, ...]
    initiatives: tuple[Markdown, ...]
    supporting_objectives: tuple[Markdown, ...]
    links: tuple[Markdown, ...]
    grade_steps: Markdown
    progress_fences: Markdown
    grade_remarks: tuple[str, ...]


def objective_view(
    score: ObjectiveScore, scores: Scores, here: str, history: History = NO_HISTORY
) -> ObjectiveView:
    """Make the view of one objective for the page `here`."""
    entry, objective = score.entry, score.entry.objective
    rows = tuple(key_result_row(kr, scores, here, history) for kr in score.key_results)
    return ObjectiveView(
        number=entry.number,
        anchor=entry.ref.anchor,
        former_anchors=former_anchors(entry.ref, scores) if objective.was else (),
        title=objective.title,
        facts=tuple(_objective_facts(score, scores, here, history)),
        why=objective.why or "",
        rows=rows,
        key_result_details=tuple(
            text for kr in score.key_results if (text := key_result_details(kr))
        ),
        as_of=iso_day_text(scores.as_of),
        confidence=objective.confidence.text if objective.confidence else "",
        confidence_note=objective.confidence_note or "",
        dependencies=dependency_rows(entry, scores, here),
        risks=tuple(risk_text(risk) for risk in objective.risks),
        initiatives=tuple(
            _initiative_text(each, objective.key_results, scores) for each in objective.initiatives
        ),
        supporting_objectives=tuple(_supporting_objectives(score, scores, here)),
        links=tuple(link_text(each) for each in objective.links),
        grade_steps=bullet_list(score.trace),
        progress_fences=Markdown(
            "\n\n".join(row.progress_fence for row in rows if row.progress_fence)
        ),
        grade_remarks=tuple(_grade_remarks(score, scores.workspace)),
    )


def full_title(ref: ResolvedRef, scores: Scores) -> str:
    """Write an objective or key result as its team's name, its number and its title."""
    workspace = scores.workspace
    team = workspace.teams.get(ref.team)
    name = team.name if team else ref.team
    objective = workspace.objectives[ref.parent]
    if not ref.key_result:
        mark = draft_suffix(objective, objective)
        return f"{name} {objective.number}: {objective.objective.title}{mark}"
    entry = workspace.key_results[ref]
    title = f"{short_title(entry.key_result)}{draft_suffix(entry, objective)}"
    return f"{name} {objective.number}, KR{entry.number}: {title}"


def ref_link(ref: ResolvedRef, scores: Scores, here: str) -> Markdown:
    """Link to an objective or key result, with the cycle's name where it is another one."""
    text = full_title(ref, scores)
    if not here.startswith(f"{ref.cycle}/"):
        cycle = scores.workspace.cycle(ref.cycle)
        text = f"{text} ({cycle.title})" if cycle else text
    return link_to(here, item_url(ref), text)


def _objective_facts(
    score: ObjectiveScore, scores: Scores, here: str, history: History
) -> list[tuple[str, Markdown]]:
    """List the facts of the metadata line, in a fixed order; what isn't known is left out."""
    entry, objective, workspace = score.entry, score.entry.objective, scores.workspace
    grade = grade_text(score.grade)
    extra = [reported_count_text(score), score.band.word if score.band else ""]
    if score.override is not None and score.formula is not None:
        extra.append(f"by hand; formula {score.formula}")
    extra.append(mean_with_left_out(score))
    notes = "; ".join(text for text in extra if text)
    facts: list[tuple[str, str]] = [
        (
            words.GRADE,
            Markdown(f"<strong>{grade}</strong>{f' {small_text(notes)}' if notes else ''}"),
        ),
        (words.VISIBILITY, words.DRAFT_IN_NO_MEAN if entry.draft else ""),
        (words.OWNER, join_names(workspace, objective.owner)),
        (words.DRI, workspace.name_of(objective.dri) if objective.dri else ""),
        (words.PRIORITY, objective.priority or ""),
        (words.TYPE, objective.type.value.capitalize() if "type" in objective.at.fields else ""),
        (words.WEIGHT, objective.weight.text if objective.weight else ""),
        (words.LADDERS_UP_TO, _parent_lines(entry, scores, here)),
    ]
    if entry.carried_over_from is not None:
        facts.append((words.CARRIED_OVER_FROM, ref_link(entry.carried_over_from, scores, here)))
    facts.append((words.SOURCE, source_link(objective.at, history)))
    return [
        (label, value if isinstance(value, Markdown) else escape_inline(value))
        for label, value in facts
        if value
    ]


def _parent_lines(entry: ObjectiveEntry, scores: Scores, here: str) -> Markdown:
    """Show what an objective ladders up to, and a line each where that ladders up further."""
    with_parents = [
        parent for parent in entry.parents if scores.workspace.objectives[parent.parent].parents
    ]
    if with_parents:
        return join_lines(ancestor_lines(entry.ref, scores, here))
    return join_inline(ref_link(ref, scores, here) for ref in entry.parents)


def _grade_remarks(score: ObjectiveScore, workspace: Workspace) -> list[str]:
    """List what has to be said about an objective's grade, in sentences (prose)."""
    remarks: list[str] = []
    if score.dropped is not None:
        lead = Markdown(f"{words.DROPPED_ON} {score.dropped.date}:")
        remarks.append(prose_after_lead(lead, score.dropped.reason))
    if score.override is not None:
        why = score.override.reason or NO_REASON
        remarks.append(prose_after_lead(graded_by_hand_note(score.override, workspace), why))
    remarks.extend(flag.text for flag in score.flags)
    if score.entry.objective.closing_note:
        lead = Markdown(f"**{words.VERDICT}:**")
        remarks.append(prose_after_lead(lead, score.entry.objective.closing_note))
    return remarks


def key_result_row(
    score: KeyResultScore, scores: Scores, here: str, history: History = NO_HISTORY
) -> KeyResultRow:
    """Return a key result's row in its objective's table; `here` is the page that shows it."""
    key_result, value = score.entry.key_result, score.value
    target = score.measure.target_text if score.measure else (key_result.target or "")
    current = (
        join_lines([value.text, small_text(iso_day_text(value.date))])
        if value
        else escape_inline("–")
    )
    chart, ref, grade = (
        _progress_chart(score, scores),
        score.entry.ref,
        key_result_grade_with_notes(score),
    )
    notes, source = _title_notes(score, scores, here), yaml_link(key_result.at, history)
    return KeyResultRow(
        number=f"KR{score.entry.number}",
        number_with_anchor=Markdown(
            f'<a id="{ref.anchor}" href="#{ref.anchor}">KR{score.entry.number}</a>'
            + "".join(f'<span id="{anchor}"></span>' for anchor in _former_anchors(score, scores))
        ),
        title=join_lines([key_result.title, *notes]),
        title_with_source=join_lines(
            [join_inline([key_result.title, *([source] if source else [])], " "), *notes]
        ),
        baseline=key_result.baseline or "–",
        target=join_lines([target or "–", *target_notes(score, scores, history)]),
        current=Markdown(f"{current}{key_result_sparkline(chart)}"),
        grade=grade,
        grade_with_explanation=grade_with_explanation(grade, score, scores, history),
        status=status_with_sign(score.status),
        progress_fence=progress_fence(chart) if chart else Markdown(""),
    )


def _former_anchors(score: KeyResultScore, scores: Scores) -> tuple[str, ...]:
    ref, key_result = score.entry.ref, score.entry.key_result
    renamed = key_result.was or scores.objectives[ref.parent].entry.objective.was
    return former_anchors(ref, scores) if renamed else ()


def _progress_chart(score: KeyResultScore, scores: Scores) -> ProgressChart | None:
    """Make the progress chart of a key result; None where it would be empty."""
    ref, key_result = score.entry.ref, score.entry.key_result
    objective, cycle = scores.objectives[ref.parent], scores.workspace.cycle(ref.cycle)
    learning = score.commitment is Commitment.LEARNING
    dropped = score.dropped or objective.dropped
    return progress_chart(
        score,
        f"KR{score.entry.number} {short_title(key_result)}",
        cycle.period if cycle else None,
        scores.as_of,
        aim=None if learning else scores.workspace.policy.aims[score.commitment],
        dropped=dropped.date if dropped else None,
    )


def _title_notes(score: KeyResultScore, scores: Scores, here: str) -> list[Markdown]:
    """List the notes below a key result's title, in a fixed order."""
    key_result, entry, workspace = score.entry.key_result, score.entry, scores.workspace
    facts = [
        f"{words.OWNER}: {join_names(workspace, key_result.owner)}" if key_result.owner else "",
        f"{words.DRI}: {workspace.name_of(key_result.dri)}" if key_result.dri else "",
        f"{words.TYPE}: {key_result.type.value.capitalize()}" if key_result.type else "",
        f"{words.PRIORITY}: {key_result.priority}" if key_result.priority else "",
        f"{words.WEIGHT}: {key_result.weight.text}" if key_result.weight else "",
        words.GUARDRAIL if key_result.guardrail else "",
        f"{words.SHARED_WITH} {_team_names(scores, key_result.with_)}" if key_result.with_ else "",
    ]
    notes = [small_text(" · ".join(fact for fact in facts if fact))] if any(facts) else []
    notes.append(kind_and_source(key_result))
    if entry.carried_over_from is not None:
        origin = ref_link(entry.carried_over_from, scores, here)
        notes.append(Markdown(f"<small>{words.CARRIED_OVER_FROM} {origin}</small>"))
    if key_result.metric and key_result.metric in workspace.metrics:
        metric = metric_link(key_result.metric, scores, here)
        notes.append(Markdown(f"<small>{words.METRIC}: {metric}</small>"))
    if score.dropped is not None:
        reason = prose_inline(score.dropped.reason)
        notes.append(Markdown(f"<small>{words.DROPPED_ON} {score.dropped.date}: {reason}</small>"))
    if score.override is not None and _has_override_note(score.override):
        reason = prose_inline(score.override.reason or NO_REASON)
        notes.append(
            Markdown(f"<small>{graded_by_hand_note(score.override, workspace)} {reason}</small>")
        )
    notes.extend(milestone_notes(key_result, scores.as_of))
    return notes


def _has_override_note(override: Override) -> bool:
    """Say whether there is more to note than that the grade is given by hand."""
    return bool(override.reason or override.by or override.date)


def _team_names(scores: Scores, ids: tuple[str, ...]) -> str:
    teams = scores.workspace.teams
    return ", ".join(teams[id_].name if id_ in teams else id_ for id_ in ids)


def _initiative_text(
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
        join_names(scores.workspace, initiative.owner),
        initiative.priority or "",
        f"due {initiative.due}" if initiative.due else "",
        f"moves {moves}" if moves else "",
    ]
    details = " · ".join(fact for fact in facts if fact)
    text = Markdown(f"{title} ({escape_inline(details)})") if details else title
    if initiative.note:
        return Markdown(f"{text} – {prose_inline(initiative.note)}")
    return text


def _supporting_objectives(score: ObjectiveScore, scores: Scores, here: str) -> list[Markdown]:
    """List the objectives that ladder up to this one or to one of its key results."""
    children = scores.workspace.children_by_parent
    refs = [score.entry.ref, *(kr.entry.ref for kr in score.key_results)]
    by_ref: dict[ResolvedRef, Markdown] = {}
    for ref in refs:
        for child in children.get(ref, ()):
            grade = grade_text(scores.objectives[child.ref].grade)
            through = (
                f" (through KR{scores.workspace.key_results[ref].number})" if ref.key_result else ""
            )
            line = Markdown(f"{ref_link(child.ref, scores, here)} – {grade}{through}")
            by_ref.setdefault(child.ref, line)
    return list(by_ref.values())


def dependency_rows(entry: ObjectiveEntry, scores: Scores, here: str) -> tuple[DependencyRow, ...]:
    """List what an objective and its key results depend on, each with a link to both ends."""
    rows = _rows_of_dependencies(entry.needs, entry.ref, scores, here)
    for kr in entry.key_results:
        rows.extend(_rows_of_dependencies(kr.needs, kr.ref, scores, here))
    return tuple(rows)


def _rows_of_dependencies(
    needs: tuple[Need, ...], ref: ResolvedRef, scores: Scores, here: str
) -> list[DependencyRow]:
    grouped: dict[int, tuple[Dependency, list[str]]] = {}
    for need in needs:
        needed = ref_link(need.ref, scores, here) if need.ref else escape_inline(need.text)
        grouped.setdefault(id(need.dependency), (need.dependency, []))[1].append(needed)
    return [
        DependencyRow(
            dependent=ref_link(ref, scores, here),
            needs=join_inline(needed),
            risk=dependency.risk.value.capitalize() if dependency.risk else "",
            impact=dependency.impact or "",
            mitigation=dependency.mitigation or "",
        )
        for dependency, needed in grouped.values()
    ]
