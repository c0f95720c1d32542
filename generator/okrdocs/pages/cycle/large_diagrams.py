"""Pictures that would make a large cycle's document too heavy, on pages of their own.

There the document shows one level of the cascade and the dependencies of high risk, and leads
to the rest. The whole document keeps all of it: it is made for paper.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from okrdocs import words
from okrdocs.grading.results import Scores
from okrdocs.markup.escape import Markdown, inline
from okrdocs.pages.graph.cascade import TITLE as LADDERS
from okrdocs.pages.graph.cascade import Branch, CascadeView
from okrdocs.pages.graph.dependencies import TITLE as NEEDS
from okrdocs.pages.graph.dependencies import DependenciesView
from okrdocs.pages.graph.mermaid import objective_box
from okrdocs.pages.page import Page
from okrdocs.pages.parts.cells import day
from okrdocs.pages.parts.tables import title_of
from okrdocs.pages.urls import CYCLES, NOW, cycle_page, ladder_page, link_to, needs_page
from okrdocs.workspace.workspace import Cycle

MOST_TOGETHER = 20_000
"""Characters of flowcharts that one section of a document holds: some 110 boxes, drawn 100 KB."""


@dataclass(frozen=True, slots=True)
class Apart:
    """What a cycle's document shows of its pictures, the links to the rest, and that as pages."""

    cascade: CascadeView | None
    branches: tuple[Markdown, ...]
    needs: DependenciesView | None
    teams: Markdown
    pages: tuple[Page, ...]


def set_apart(
    cycle: Cycle,
    cascade: CascadeView | None,
    needs: DependenciesView | None,
    scores: Scores,
    rank: float,
) -> Apart:
    """The pictures of a cycle: as they are where they're small enough, else with pages."""
    branches: tuple[Markdown, ...] = ()
    teams = Markdown("")
    pages = []
    if cascade and cascade.branches and _size(cascade.diagrams) > MOST_TOGETHER:
        rest = replace(cascade, diagram=Markdown(""))
        pages.append(_page(ladder_page(cycle.id), LADDERS, {"cascade": rest}, cycle, scores, rank))
        branches = tuple(_link(branch, cycle, scores) for branch in cascade.branches)
        cascade = replace(cascade, branches=(), left_out=False)
    if needs and needs.teams and _size(needs.diagrams) > MOST_TOGETHER:
        pages.append(_page(needs_page(cycle.id), NEEDS, {"needs": needs}, cycle, scores, rank))
        teams = link_to(cycle_page(cycle.id), needs_page(cycle.id), "What each team needs")
        needs = replace(needs, teams=())
    return Apart(cascade, branches, needs, teams, tuple(pages))


def _size(diagrams: Iterable[Markdown]) -> int:
    return sum(len(diagram) for diagram in diagrams)


def _link(branch: Branch, cycle: Cycle, scores: Scores) -> Markdown:
    """To a branch on its page: `[Company 1: Grow](…) – 0.41, 2 at risk`."""
    if branch.root is None:
        return Markdown("")
    here, there = cycle_page(cycle.id), f"{ladder_page(cycle.id)}#{branch.anchor}"
    told = objective_box(branch.root, scores, here).told
    return Markdown(f"{link_to(here, there, title_of(branch.root, scores))} – {inline(told)}")


def _page(
    path: str, title: str, view: dict[str, object], cycle: Cycle, scores: Scores, rank: float
) -> Page:
    way = ((NOW, words.NOW), (CYCLES, words.CYCLES), (cycle_page(cycle.id), cycle.title))
    return Page(
        path=path,
        template="apart.md.j2",
        title=f"{title} in {cycle.title}",
        crumbs=(*(link_to(path, there, text) for there, text in way), Markdown("")),
        as_of=day(scores.as_of),
        source="",
        rank=rank / 2,
        view={"cascade": None, "needs": None, **view},
    )
