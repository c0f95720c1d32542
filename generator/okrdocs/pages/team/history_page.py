"""Makes the view of one team over all cycles: what it does now, took over and did before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from okrdocs import words
from okrdocs.grading.results import CycleScore, ObjectiveScore, Scores, TeamScore
from okrdocs.grading.status import band_status
from okrdocs.insights.trends import (
    COMPARABLE,
    AimGrades,
    CycleCounts,
    CycleLength,
    cycle_counts,
    cycle_length,
)
from okrdocs.markup.escape import Markdown, escape_inline
from okrdocs.pages.cycle.status import PAST_PHASES, CyclePhase, phase_badge
from okrdocs.pages.parts.cells import grade_text, join_inline, small_text, status_with_sign
from okrdocs.pages.parts.mean_cells import mean_cell, mean_with_left_out
from okrdocs.pages.parts.status_counts import status_counts
from okrdocs.pages.parts.tables import full_title
from okrdocs.pages.parts.trend_charts import TrendPicture, trend_picture
from okrdocs.pages.people.links import person_links, team_link
from okrdocs.pages.urls import (
    item_url,
    link_to,
    relative_url,
    team_feed,
    team_history_page,
    team_page,
)
from okrdocs.workspace.workspace import KeyResultEntry, ObjectiveEntry, ResolvedRef, short_title

TeamInCycle = tuple[CycleScore, TeamScore]
"""A cycle in which a team has a file, and the team in it."""


class TeamObjectiveRow(NamedTuple):
    """An objective of the team in the current cycle."""

    objective: Markdown
    grade: Markdown
    results: Markdown


class CarriedOverRow(NamedTuple):
    """What goes on from an earlier cycle, with the grade that it had and the one that it has."""

    what: Markdown
    origin: Markdown
    before: str
    now: str


class SharedKeyResultRow(NamedTuple):
    """A key result of another team that names this one."""

    what: Markdown
    grade: str
    status: Markdown


class TeamCycleRow(NamedTuple):
    """The team in one cycle."""

    cycle: Markdown
    status: Markdown
    grade: Markdown
    at_aim: str
    reported: str
    carried: str


def team_history_view(
    team_id: str,
    team_cycles: Sequence[TeamInCycle],
    phases: Mapping[str, CyclePhase],
    aims: AimGrades,
    scores: Scores,
) -> dict[str, object]:
    """Make the view of a team's page; `played` are its cycles, the newest first."""
    here = team_history_page(team_id)
    team = scores.workspace.teams[team_id]
    present = _cycle_to_show(team_cycles, phases, scores)
    return {
        "about": team.about or "",
        "facts": tuple(_team_facts(team_id, present, here, scores)),
        "now": link_to(here, team_page(present[0].cycle.id, team_id), present[0].cycle.title)
        if present
        else Markdown(""),
        "status_counts": status_counts(present[1].key_results()) if present else Markdown(""),
        "objectives": [_objective_row(o, here) for o in present[1].objectives] if present else [],
        "carried": list(_carried_over_rows(present[1], scores, here)) if present else [],
        "shared": list(_shared_rows(team_id, present[0], scores, here)) if present else [],
        "pictures": tuple(_trend_pictures(team_cycles, phases)),
        "cycles": [
            _cycle_row(each, cycle_counts(each[1], aims, scores.as_of), phases, here)
            for each in team_cycles
        ],
        "feed": Markdown(relative_url(here, team_feed(team_id))),
    }


def _cycle_to_show(
    team_cycles: Sequence[TeamInCycle], phases: Mapping[str, CyclePhase], scores: Scores
) -> TeamInCycle | None:
    """Return the current cycle where the team takes part, else its newest open one."""
    current = scores.workspace.current_cycle(scores.as_of)
    own = next((pair for pair in team_cycles if pair[0].cycle is current), None)
    return own or next((e for e in team_cycles if phases[e[0].cycle.id] is CyclePhase.OPEN), None)


def _team_facts(
    team_id: str, present: TeamInCycle | None, here: str, scores: Scores
) -> Iterator[tuple[str, Markdown]]:
    teams = scores.workspace.teams
    team = teams[team_id]
    below = [name for name, other in teams.items() if other.parent == team_id]
    if present:
        cycle, team_score = present
        notes = [cycle.cycle.title, mean_with_left_out(team_score)]
        remark = small_text("; ".join(note for note in notes if note))
        yield words.GRADE, Markdown(f"**{grade_text(team_score.grade)}** {remark}")
    if team.lead:
        yield words.LEAD, person_links(here, team.lead, scores)
    if team.parent in teams:
        yield words.PART_OF, team_link(here, team.parent, scores)
    if below:
        yield words.TEAMS_IN_IT, join_inline(team_link(here, name, scores) for name in below)


def _objective_row(score: ObjectiveScore, here: str) -> TeamObjectiveRow:
    entry, band = score.entry, score.band
    link = link_to(here, item_url(entry.ref), entry.objective.title)
    word = f"<br>{status_with_sign(band_status(band))}" if band else ""
    counts = status_counts(score.key_results)
    return TeamObjectiveRow(
        Markdown(f"{link}{word}"),
        mean_cell(score, meter=True),
        Markdown(f'<span class="okr-tally">{counts}</span>')
        if counts
        else escape_inline(words.NONE_YET),
    )


def _carried_over_rows(team: TeamScore, scores: Scores, here: str) -> Iterator[CarriedOverRow]:
    """List objectives and key results that were carried over from an earlier cycle."""
    for objective in team.objectives:
        entry: ObjectiveEntry | KeyResultEntry = objective.entry
        if entry.carried_over_from is not None:
            before = scores.objectives[entry.carried_over_from].grade
            yield _carried_row(entry, grade_text(before), grade_text(objective.grade), scores, here)
        for kr in objective.key_results:
            entry = kr.entry
            if entry.carried_over_from is not None:
                before = scores.key_results[entry.carried_over_from].grade
                yield _carried_row(entry, grade_text(before), grade_text(kr.grade), scores, here)


def _carried_row(
    entry: ObjectiveEntry | KeyResultEntry, before: str, now: str, scores: Scores, here: str
) -> CarriedOverRow:
    assert entry.carried_over_from is not None
    origin = entry.carried_over_from
    cycle = scores.workspace.cycle(origin.cycle)
    name, own = _title_of_reference(origin, scores), _title_of_reference(entry.ref, scores)
    place = cycle.title if cycle else origin.cycle
    text = place if name == own else f"{place}: {name}"
    return CarriedOverRow(
        _link_without_cycle(entry, scores, here), link_to(here, item_url(origin), text), before, now
    )


def _title_of_reference(ref: ResolvedRef, scores: Scores) -> str:
    workspace = scores.workspace
    if ref.key_result:
        return short_title(workspace.key_results[ref].key_result)
    return workspace.objectives[ref].objective.title


def _link_without_cycle(
    entry: ObjectiveEntry | KeyResultEntry, scores: Scores, here: str
) -> Markdown:
    """Link without the cycle's name, which the heading says."""
    return link_to(here, item_url(entry.ref), full_title(entry.ref, scores))


def _shared_rows(
    team_id: str, cycle: CycleScore, scores: Scores, here: str
) -> Iterator[SharedKeyResultRow]:
    for entry in scores.workspace.shared_key_results.get((cycle.cycle.id, team_id), ()):
        score = scores.key_results[entry.ref]
        link = _link_without_cycle(entry, scores, here)
        yield SharedKeyResultRow(link, grade_text(score.grade), status_with_sign(score.status))


def _trend_pictures(
    team_cycles: Sequence[TeamInCycle], phases: Mapping[str, CyclePhase]
) -> Iterator[TrendPicture]:
    """Draw the grade over past cycles, one chart for each length of cycle."""
    by_length: dict[CycleLength, list[TeamInCycle]] = {}
    for pair in reversed(team_cycles):
        length = cycle_length(pair[0].cycle.period)
        if phases[pair[0].cycle.id] in PAST_PHASES and length in COMPARABLE:
            by_length.setdefault(length, []).append(pair)
    for length, group in by_length.items():
        titles = [cycle.cycle.title for cycle, _ in group]
        caption = (
            words.GRADE
            if len(by_length) == 1
            else f"{words.GRADE}: {words.CYCLE_LENGTH_WORDS[length].lower()}"
        )
        picture = trend_picture(caption, titles, [team.grade for _, team in group])
        if picture is not None:
            yield picture


def _cycle_row(
    team_cycle: TeamInCycle, counts: CycleCounts, phases: Mapping[str, CyclePhase], here: str
) -> TeamCycleRow:
    cycle, team = team_cycle
    place = team_page(cycle.cycle.id, team.entry.id)
    return TeamCycleRow(
        link_to(here, place, cycle.cycle.title),
        phase_badge(phases[cycle.cycle.id]),
        mean_cell(team),
        f"{counts.at_aim} of {counts.graded}" if counts.graded else "–",
        f"{team.reported} of {team.of}",
        str(counts.carried_over) if counts.carried_over else "–",
    )
