"""What the page of one team shows: what it does now, what it took over, how it went before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from okrdocs import words
from okrdocs.grading.results import CycleScore, ObjectiveScore, Scores, TeamScore
from okrdocs.grading.status import band_status
from okrdocs.insights.trends import COMPARABLE, Aims, Counts, Kind, counts_of, kind_of
from okrdocs.markup.escape import Markdown, inline
from okrdocs.pages.cycle.status import PAST, Standing, pill
from okrdocs.pages.parts.cells import grade_text, joined, meter, sign_and_word
from okrdocs.pages.parts.status_counts import tally
from okrdocs.pages.parts.tables import title_of
from okrdocs.pages.parts.trend_charts import Picture, trend_of
from okrdocs.pages.people.links import person_links, team_link
from okrdocs.pages.urls import link_to, page_of, relative, team_feed, team_home, team_page
from okrdocs.workspace.workspace import KeyResultEntry, ObjectiveEntry, Ref, short_title

Played = tuple[CycleScore, TeamScore]
"""A cycle in which a team has a file, and the team in it."""


class ObjectiveRow(NamedTuple):
    """An objective of the team in the current cycle."""

    objective: Markdown
    grade: Markdown
    results: Markdown


class CarriedRow(NamedTuple):
    """What goes on from an earlier cycle, with the grade that it had and the one that it has."""

    what: Markdown
    origin: Markdown
    before: str
    now: str


class SharedRow(NamedTuple):
    """A key result of another team that names this one."""

    what: Markdown
    grade: str
    status: Markdown


class CycleRow(NamedTuple):
    """The team in one cycle."""

    cycle: Markdown
    status: Markdown
    grade: str
    at_aim: str
    reported: str
    carried: str


def team_in_all_cycles(
    team_id: str,
    played: Sequence[Played],
    known: Mapping[str, Standing],
    aims: Aims,
    scores: Scores,
) -> dict[str, object]:
    """What the page shows; `played` are its cycles, the newest first."""
    here = team_home(team_id)
    team = scores.workspace.teams[team_id]
    now = _now(played, known, scores)
    return {
        "about": team.about or "",
        "facts": tuple(_facts(team_id, now, here, scores)),
        "now": link_to(here, team_page(now[0].cycle.id, team_id), now[0].cycle.title)
        if now
        else Markdown(""),
        "tally": tally(now[1].key_results()) if now else Markdown(""),
        "objectives": [_objective_row(o, here) for o in now[1].objectives] if now else [],
        "carried": list(_carried(now[1], scores, here)) if now else [],
        "shared": list(_shared(team_id, now[0], scores, here)) if now else [],
        "pictures": tuple(_pictures(played, known)),
        "cycles": [
            _cycle_row(each, counts_of(each[1], aims, scores.as_of), known, here) for each in played
        ],
        "feed": Markdown(relative(here, team_feed(team_id))),
    }


def _now(played: Sequence[Played], known: Mapping[str, Standing], scores: Scores) -> Played | None:
    """The current cycle where the team takes part, else its newest open one."""
    current = scores.workspace.current(scores.as_of)
    own = next((each for each in played if each[0].cycle is current), None)
    return own or next((e for e in played if known[e[0].cycle.id] is Standing.OPEN), None)


def _facts(
    team_id: str, now: Played | None, here: str, scores: Scores
) -> Iterator[tuple[str, Markdown]]:
    teams = scores.workspace.teams
    team = teams[team_id]
    below = [name for name, each in teams.items() if each.parent == team_id]
    if now:
        grade = inline(grade_text(now[1].grade))
        yield words.GRADE, Markdown(f"**{grade}** <small>{inline(now[0].cycle.title)}</small>")
    if team.lead:
        yield words.LEAD, person_links(here, team.lead, scores)
    if team.parent in teams:
        yield "Part of", team_link(here, team.parent, scores)
    if below:
        yield "Teams in it", joined(team_link(here, name, scores) for name in below)


def _objective_row(score: ObjectiveScore, here: str) -> ObjectiveRow:
    entry, band = score.entry, score.band
    link = link_to(here, page_of(entry.ref), entry.objective.title)
    word = f"<br>{sign_and_word(band_status(band))}" if band else ""
    counts = tally(score.key_results)
    return ObjectiveRow(
        Markdown(f"{link}{word}"),
        Markdown(f"**{grade_text(score.grade)}**{meter(score.grade)}"),
        Markdown(f'<span class="okr-tally">{counts}</span>') if counts else inline("none yet"),
    )


def _carried(team: TeamScore, scores: Scores, here: str) -> Iterator[CarriedRow]:
    """Objectives and key results that say from where they were taken over."""
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
) -> CarriedRow:
    assert entry.carried_over_from is not None
    origin = entry.carried_over_from
    cycle = scores.workspace.cycle(origin.cycle)
    name, own = _name(origin, scores), _name(entry.ref, scores)
    place = cycle.title if cycle else origin.cycle
    text = place if name == own else f"{place}: {name}"
    return CarriedRow(
        _own_link(entry, scores, here), link_to(here, page_of(origin), text), before, now
    )


def _name(ref: Ref, scores: Scores) -> str:
    workspace = scores.workspace
    if ref.key_result:
        return short_title(workspace.key_results[ref].key_result)
    return workspace.objectives[ref].objective.title


def _own_link(entry: ObjectiveEntry | KeyResultEntry, scores: Scores, here: str) -> Markdown:
    """A link without the cycle's name, which the heading says."""
    return link_to(here, page_of(entry.ref), title_of(entry.ref, scores))


def _shared(team_id: str, cycle: CycleScore, scores: Scores, here: str) -> Iterator[SharedRow]:
    for entry in scores.workspace.shared.get((cycle.cycle.id, team_id), ()):
        score = scores.key_results[entry.ref]
        link = _own_link(entry, scores, here)
        yield SharedRow(link, grade_text(score.grade), sign_and_word(score.status))


def _pictures(played: Sequence[Played], known: Mapping[str, Standing]) -> Iterator[Picture]:
    """The grade over past cycles, one picture for each length of cycle."""
    kinds: dict[Kind, list[Played]] = {}
    for each in reversed(played):
        kind = kind_of(each[0].cycle.period)
        if known[each[0].cycle.id] in PAST and kind in COMPARABLE:
            kinds.setdefault(kind, []).append(each)
    for kind, group in kinds.items():
        titles = [cycle.cycle.title for cycle, _ in group]
        caption = words.GRADE if len(kinds) == 1 else f"Grade: {kind.value.lower()}"
        picture = trend_of(caption, titles, [team.grade for _, team in group])
        if picture is not None:
            yield picture


def _cycle_row(
    played: Played, counts: Counts, known: Mapping[str, Standing], here: str
) -> CycleRow:
    cycle, team = played
    place = team_page(cycle.cycle.id, team.entry.id)
    return CycleRow(
        link_to(here, place, cycle.cycle.title),
        pill(known[cycle.cycle.id]),
        grade_text(team.grade),
        f"{counts.at_aim} of {counts.graded}" if counts.graded else "–",
        f"{team.reported} of {team.of}",
        str(counts.carried_over) if counts.carried_over else "–",
    )
