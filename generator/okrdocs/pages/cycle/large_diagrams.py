"""Moves diagrams that would make a large cycle's document too heavy to pages of their own.

Then the document shows one level of the cascade and the dependencies of high risk, and leads
to the rest. The whole document keeps all of it: it is made for paper.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from okrdocs import words
from okrdocs.grading.results import Scores
from okrdocs.markup.escape import Markdown, escape_inline
from okrdocs.pages.graph.cascade import TITLE as LADDERS
from okrdocs.pages.graph.cascade import CascadeBranch, CascadeView
from okrdocs.pages.graph.dependencies import TITLE as NEEDS
from okrdocs.pages.graph.dependencies import DependenciesView
from okrdocs.pages.graph.mermaid import objective_box
from okrdocs.pages.page import GeneratedPage
from okrdocs.pages.parts.cells import iso_day_text
from okrdocs.pages.parts.tables import full_title
from okrdocs.pages.urls import CYCLES, NOW, cascade_page, cycle_page, dependencies_page, link_to
from okrdocs.workspace.workspace import Cycle

MOST_CHARACTERS = 20_000
"""Characters of flowcharts that a section may have: some 110 boxes, 100 KB when drawn."""


@dataclass(frozen=True, slots=True)
class DocumentDiagrams:
    """The diagrams in a cycle's document, links to the rest, and the pages with the rest."""

    cascade: CascadeView | None
    branches: tuple[Markdown, ...]
    needs: DependenciesView | None
    teams: Markdown
    pages: tuple[GeneratedPage, ...]


def split_large_diagrams(
    cycle: Cycle,
    cascade: CascadeView | None,
    needs: DependenciesView | None,
    scores: Scores,
    rank: float,
) -> DocumentDiagrams:
    """Keep the diagrams of a cycle where they are small enough, else split them into pages."""
    branches: tuple[Markdown, ...] = ()
    teams = Markdown("")
    pages = []
    if cascade and cascade.branches and _character_count(cascade.diagrams) > MOST_CHARACTERS:
        rest = replace(cascade, diagram=Markdown(""))
        pages.append(
            _diagram_page(cascade_page(cycle.id), LADDERS, {"cascade": rest}, cycle, scores, rank)
        )
        branches = tuple(_branch_link(branch, cycle, scores) for branch in cascade.branches)
        cascade = replace(cascade, branches=(), left_out=False)
    if needs and needs.teams and _character_count(needs.diagrams) > MOST_CHARACTERS:
        pages.append(
            _diagram_page(dependencies_page(cycle.id), NEEDS, {"needs": needs}, cycle, scores, rank)
        )
        teams = link_to(cycle_page(cycle.id), dependencies_page(cycle.id), "What each team needs")
        needs = replace(needs, teams=())
    return DocumentDiagrams(cascade, branches, needs, teams, tuple(pages))


def _character_count(diagrams: Iterable[Markdown]) -> int:
    return sum(len(diagram) for diagram in diagrams)


def _branch_link(branch: CascadeBranch, cycle: Cycle, scores: Scores) -> Markdown:
    """Link to a branch on its page: `[Company 1: Grow](…) – 0.41, 2 at risk`."""
    if branch.root is None:
        return Markdown("")
    here, there = cycle_page(cycle.id), f"{cascade_page(cycle.id)}#{branch.anchor}"
    status_text = objective_box(branch.root, scores, here).status_text
    return Markdown(
        f"{link_to(here, there, full_title(branch.root, scores))} – {escape_inline(status_text)}"
    )


def _diagram_page(
    path: str, title: str, view: dict[str, object], cycle: Cycle, scores: Scores, rank: float
) -> GeneratedPage:
    above = ((NOW, words.NOW), (CYCLES, words.CYCLES), (cycle_page(cycle.id), cycle.title))
    return GeneratedPage(
        path=path,
        template="large_diagrams.md.j2",
        title=f"{title} in {cycle.title}",
        crumbs=(*(link_to(path, there, text) for there, text in above), Markdown("")),
        as_of=iso_day_text(scores.as_of),
        source="",
        rank=rank / 2,
        view={"cascade": None, "needs": None, **view},
    )
