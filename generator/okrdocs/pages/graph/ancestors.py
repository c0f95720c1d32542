"""The line of sight: from an objective or key result up to what it serves, the company first.

Pages show it under an objective; the cascade draws the same from above, with all ways.
"""

from __future__ import annotations

from functools import lru_cache

from okrdocs.grading.results import Scores
from okrdocs.markup.escape import Markdown
from okrdocs.pages.urls import link_to, page_of
from okrdocs.workspace.workspace import ResolvedRef

MOST_LINES = 5
"""Parents of which a way up is shown."""
MOST_STEPS = 8
"""Levels that are shown: the nearest ones."""
_LONGEST = 60
_BETWEEN = " › "
_MORE = Markdown("…")


def line_of_sight(ref: ResolvedRef, scores: Scores, here: str) -> tuple[Markdown, ...]:
    """What stands above an objective or key result: for each parent a line of links.

    A line begins at the top and ends with the parent. Above the parent it goes by the parent that
    is named first: all ways would soon be dozens. For a key result it ends with its objective.
    `here` is the page that shows it; a cycle is named where it isn't `ref`'s own. () for what
    ladders up to nothing; "…" at a line's beginning, or as the last line, stands for what there
    is no room for.
    """
    entry = scores.workspace.objectives[ref.parent]
    first = (entry.ref,) if ref.key_result else entry.parents
    lines = [_line(parent, ref.cycle, scores, here) for parent in first[:MOST_LINES]]
    return (*lines, _MORE) if len(first) > MOST_LINES else tuple(lines)


def _line(parent: ResolvedRef, cycle: str, scores: Scores, here: str) -> Markdown:
    objectives = scores.workspace.objectives
    steps: list[Markdown] = []
    way: ResolvedRef | None = parent
    while way is not None and len(steps) < MOST_STEPS:
        steps.append(_step(way, cycle, scores, here))
        above = objectives[way.parent].parents
        way = above[0] if above else None
    if way is not None:
        steps.append(_MORE)
    return Markdown(_BETWEEN.join(reversed(steps)))


def _step(ref: ResolvedRef, cycle: str, scores: Scores, here: str) -> Markdown:
    workspace = scores.workspace
    entry = workspace.objectives[ref.parent]
    record, number = entry.objective, ""
    name = record.label or record.title
    if ref.key_result:
        result = workspace.key_results[ref]
        number, name = f", KR{result.number}", result.key_result.label or result.key_result.title
    team = workspace.teams.get(ref.team)
    known = workspace.cycle(ref.cycle) if ref.cycle != cycle else None
    place = f" ({known.title})" if known else ""
    text = f"{team.name if team else ref.team} {entry.number}{number}: {_short(name)}{place}"
    return _linked(here.rpartition("/")[0], page_of(ref), text)


@lru_cache(maxsize=1 << 13)
def _linked(folder: str, there: str, text: str) -> Markdown:
    """A link that holds on every page of a folder: thousands of lines share their upper steps."""
    return link_to(f"{folder}/" if folder else "", there, text)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
