"""A page before it is rendered: its path, its template, and the values that it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from okrdocs import words
from okrdocs.grading.results import Scores
from okrdocs.markup.escape import Markdown
from okrdocs.pages.parts.cells import day
from okrdocs.pages.urls import NOW, link_to

NOTHING = Markdown("")


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `source` is the YAML file behind it; `rank` weighs it in search (1 is usual).

    `banner` stands above everything: that the page's cycle is closed. `unpublished` stands there
    where drafts are shown.
    """

    path: str
    template: str
    title: str
    crumbs: tuple[Markdown, ...]
    as_of: str
    source: str
    rank: float
    view: Mapping[str, object]
    banner: Markdown = NOTHING
    unpublished: Markdown = NOTHING


def leading_page(
    path: str,
    template: str,
    title: str,
    crumbs: tuple[Markdown, ...],
    scores: Scores,
    view: Mapping[str, object],
) -> Page:
    """A page over all cycles, which follows from all files; `crumbs` stand behind Now's."""
    source = scores.workspace.organization.at.path
    way = (link_to(path, NOW, words.NOW), *crumbs, Markdown(""))
    return Page(path, template, title, way, day(scores.as_of), source, 1, view)
