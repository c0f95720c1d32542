"""A Mermaid flowchart of objectives, in the few kinds of line that the site's drawing reads.

Code hosts draw it by themselves; `diagram` draws it on the site. From left to right: Mermaid's
top-down layout gets unreadable at a dozen boxes. Each box holds a team, a title, a grade and
how its key results stand, and leads to the objective.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from okrdocs.drawing.status_text import in_words, signed
from okrdocs.grading.results import Scores
from okrdocs.markup.escape import Markdown, mermaid
from okrdocs.pages.parts.cells import grade_text
from okrdocs.pages.parts.status_summary import verdict
from okrdocs.pages.urls import page_of, relative
from okrdocs.workspace.workspace import Ref

LARGEST_DIAGRAM = 60
"""Boxes in one diagram; one level of many leaves may hold more."""
ONE_DIAGRAM = 30
"""Boxes that still make one picture, without a fold-out."""
MOST_EDGES, LONGEST_DIAGRAM = 500, 50_000
"""Lines and characters from which on code hosts don't draw (Mermaid's maxEdges, maxTextSize)."""
_LABEL = 72

_fixed = lru_cache(maxsize=1 << 12)(mermaid)


class Box(NamedTuple):
    """A box: its label, where it leads ("" for nowhere), and whether it is no objective.

    `told` is what an objective's box says beside its title, for a list.
    """

    label: str
    link: str
    outside: bool = False
    told: str = ""


Key = Ref | str


class Line(NamedTuple):
    """From one box to another; `way` is Mermaid's sign for it, with the words on it."""

    start: Key
    end: Key
    way: str = "---"


def objective_box(ref: Ref, scores: Scores, here: str) -> Box:
    """The box of an objective, with the cycle's id where it isn't that of the page."""
    score = scores.objectives[ref]
    team = scores.workspace.teams.get(ref.team)
    name = team.name if team else ref.team
    if not here.startswith(f"{ref.cycle}/"):
        name = f"{name}, {ref.cycle}"
    objective = score.entry.objective
    title = mermaid(short(objective.label or objective.title))
    grade, parts = grade_text(score.grade), verdict(score)
    label = f"{_fixed(name)}<br/>{title}<br/>{_fixed(grade)}<br/>{_fixed(signed(parts))}"
    told = f"{grade}, {in_words(parts)}"
    return Box(label, relative(here, page_of(ref)), told=told)


def short(text: str) -> str:
    """A title that fits into a box."""
    if len(text) <= _LABEL:
        return text
    return text[: _LABEL - 1].rsplit(" ", 1)[0] + "…"


def flowchart(title: str, boxes: Mapping[Key, Box], lines: Iterable[Line]) -> Markdown:
    """The flowchart; `title` is words of ours, letters and spaces only."""
    names = {key: f"n{number}" for number, key in enumerate(boxes, start=1)}
    text = ["flowchart LR", f"    accTitle: {title}"]
    for key, box in boxes.items():
        label = f'(["{box.label}"])' if box.outside else f'["{box.label}"]'
        text.append(f"    {names[key]}{label}")
    text.extend(f"    {names[line.start]} {line.way} {names[line.end]}" for line in lines)
    text.extend(
        f'    click {names[key]} href "{box.link}"' for key, box in boxes.items() if box.link
    )
    return Markdown("\n".join(text))


def can_be_drawn(diagram: Markdown, lines: int) -> bool:
    """Whether code hosts draw a diagram of so many lines."""
    return len(diagram) <= LONGEST_DIAGRAM and lines <= MOST_EDGES
