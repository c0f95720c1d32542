"""Defines a page before it is rendered: its path, its template, and the values it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from okrdocs import words
from okrdocs.grading.results import Scores
from okrdocs.markup.escape import Markdown
from okrdocs.pages.parts.cells import iso_day_text
from okrdocs.pages.urls import NOW, link_to

NOTHING = Markdown("")


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """One page. `source` is the YAML file behind it; `rank` weighs it in search (1 is usual).

    `banner` stands above everything: that the page's cycle is closed. `drafts_notice` stands there
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
    drafts_notice: Markdown = NOTHING


def overview_page(
    path: str,
    template: str,
    title: str,
    crumbs: tuple[Markdown, ...],
    scores: Scores,
    view: Mapping[str, object],
) -> GeneratedPage:
    """Make a page over all cycles, which follows from all files; `crumbs` come after Now's."""
    source = scores.workspace.organization.at.path
    all_crumbs = (link_to(path, NOW, words.NOW), *crumbs, Markdown(""))
    return GeneratedPage(
        path, template, title, all_crumbs, iso_day_text(scores.as_of), source, 1, view
    )
