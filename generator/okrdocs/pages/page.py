"""A page before it is rendered: its path, its template, and the values that it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from okrdocs.escape import Markdown

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
