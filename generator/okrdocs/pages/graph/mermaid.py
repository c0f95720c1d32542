"""Writes Mermaid flowcharts of objectives, in the few kinds of line that `drawing` reads.

Code hosts draw them by themselves; on the site `drawing.flowchart` does. From left to right:
Mermaid's top-down layout gets unreadable at a dozen boxes. Each box has a team, a title, a grade
and the statuses of its key results, and leads to the objective.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from okrdocs.drawing.status_text import parts_in_words, parts_with_signs
from okrdocs.grading.results import Scores
from okrdocs.markup.escape import Markdown, escape_mermaid
from okrdocs.pages.parts.cells import grade_text
from okrdocs.pages.parts.status_summary import status_parts
from okrdocs.pages.urls import item_url, relative_url
from okrdocs.workspace.workspace import ResolvedRef

LARGEST_DIAGRAM = 60
"""Boxes in one diagram; one level of many leaves may hold more."""
ONE_DIAGRAM = 30
"""Boxes that still make one picture, without a fold-out."""
MOST_LINES, LONGEST_DIAGRAM = 500, 50_000
"""Lines and characters from which on code hosts don't draw (Mermaid's maxEdges, maxTextSize)."""
_LABEL = 72

_cached = lru_cache(maxsize=1 << 12)(escape_mermaid)


class FlowchartBox(NamedTuple):
    """A box: its label, where it leads ("" for nowhere), and whether it is no objective.

    `status_text` is what an objective's box says beside its title, for a list.
    """

    label: str
    link: str
    outside: bool = False
    status_text: str = ""


class FoldedDiagram(NamedTuple):
    """A diagram behind a summary (HTML)."""

    summary: Markdown
    diagram: Markdown


BoxKey = ResolvedRef | str


class FlowchartLine(NamedTuple):
    """From one box to another; `style` is Mermaid's sign for it, with the words on it."""

    start: BoxKey
    end: BoxKey
    style: str = "---"


def objective_box(ref: ResolvedRef, scores: Scores, here: str) -> FlowchartBox:
    """Make the box of an objective; it names the cycle where that isn't the page's."""
    score = scores.objectives[ref]
    team = scores.workspace.teams.get(ref.team)
    name = team.name if team else ref.team
    if not here.startswith(f"{ref.cycle}/"):
        name = f"{name}, {ref.cycle}"
    objective = score.entry.objective
    title = escape_mermaid(shorten_title(objective.label or objective.title))
    grade, parts = grade_text(score.grade), status_parts(score)
    label = (
        f"{_cached(name)}<br/>{title}<br/>{_cached(grade)}<br/>{_cached(parts_with_signs(parts))}"
    )
    status_text = f"{grade}, {parts_in_words(parts)}"
    return FlowchartBox(label, relative_url(here, item_url(ref)), status_text=status_text)


def shorten_title(text: str) -> str:
    """Shorten a title so that it fits into a box."""
    if len(text) <= _LABEL:
        return text
    return text[: _LABEL - 1].rsplit(" ", 1)[0] + "…"


def mermaid_flowchart(
    title: str, boxes: Mapping[BoxKey, FlowchartBox], lines: Iterable[FlowchartLine]
) -> Markdown:
    """Write the flowchart; `title` is words of ours, letters and spaces only."""
    names = {key: f"n{number}" for number, key in enumerate(boxes, start=1)}
    text = ["flowchart LR", f"    accTitle: {title}"]
    for key, box in boxes.items():
        label = f'(["{box.label}"])' if box.outside else f'["{box.label}"]'
        text.append(f"    {names[key]}{label}")
    text.extend(f"    {names[line.start]} {line.style} {names[line.end]}" for line in lines)
    text.extend(
        f'    click {names[key]} href "{box.link}"' for key, box in boxes.items() if box.link
    )
    return Markdown("\n".join(text))


def is_drawable_by_code_hosts(diagram: Markdown, lines: int) -> bool:
    """Say whether code hosts draw a diagram of so many lines."""
    return len(diagram) <= LONGEST_DIAGRAM and lines <= MOST_LINES
