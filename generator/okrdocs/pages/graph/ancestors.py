"""Lists what an objective or key result serves, up to the company: its line of sight.

Pages show it under an objective; the cascade draws the same from above, with all ways.
"""

from __future__ import annotations

from functools import lru_cache

from okrdocs.grading.results import Scores
from okrdocs.markup.escape import Markdown
from okrdocs.pages.urls import item_url, link_to
from okrdocs.workspace.workspace import ResolvedRef

MOST_LINES = 5
"""The number of parents whose ancestors are shown."""
MOST_STEPS = 8
"""Levels that are shown: the nearest ones."""
_LONGEST = 60
_SEPARATOR = " › "
_MORE = Markdown("…")


def ancestor_lines(ref: ResolvedRef, scores: Scores, here: str) -> tuple[Markdown, ...]:
    """Return what stands above an objective or key result: for each parent a line of links.

    A line begins at the top and ends with the parent. Above the parent it goes by the parent that
    is named first: all ways would soon be dozens. For a key result it ends with its objective.
    `here` is the page that shows it; a cycle is named where it isn't `ref`'s own. () for what
    ladders up to nothing; "…" at a line's beginning, or as the last line, stands for what there
    is no room for.
    """
    entry = scores.workspace.objectives[ref.parent]
    first = (entry.ref,) if ref.key_result else entry.parents
    lines = [_ancestor_line(parent, ref.cycle, scores, here) for parent in first[:MOST_LINES]]
    return (*lines, _MORE) if len(first) > MOST_LINES else tuple(lines)


def _ancestor_line(parent: ResolvedRef, cycle: str, scores: Scores, here: str) -> Markdown:
    objectives = scores.workspace.objectives
    steps: list[Markdown] = []
    ancestor: ResolvedRef | None = parent
    while ancestor is not None and len(steps) < MOST_STEPS:
        steps.append(_ancestor_link(ancestor, cycle, scores, here))
        above = objectives[ancestor.parent].parents
        ancestor = above[0] if above else None
    if ancestor is not None:
        steps.append(_MORE)
    return Markdown(_SEPARATOR.join(reversed(steps)))


def _ancestor_link(ref: ResolvedRef, cycle: str, scores: Scores, here: str) -> Markdown:
    workspace = scores.workspace
    entry = workspace.objectives[ref.parent]
    record, number = entry.objective, ""
    name = record.label or record.title
    if ref.key_result:
        result = workspace.key_results[ref]
        number, name = f", KR{result.number}", result.key_result.label or result.key_result.title
    team = workspace.teams.get(ref.team)
    other_cycle = workspace.cycle(ref.cycle) if ref.cycle != cycle else None
    place = f" ({other_cycle.title})" if other_cycle else ""
    text = (
        f"{team.name if team else ref.team} {entry.number}{number}: {_shorten_title(name)}{place}"
    )
    return _link_from_folder(here.rpartition("/")[0], item_url(ref), text)


@lru_cache(maxsize=1 << 13)
def _link_from_folder(folder: str, there: str, text: str) -> Markdown:
    """Make a link for every page of a folder; cached, as thousands of lines share upper steps."""
    return link_to(f"{folder}/" if folder else "", there, text)


def _shorten_title(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
