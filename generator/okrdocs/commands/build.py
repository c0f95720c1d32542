"""`okr build`: the pages, then the finished site, and on request its documents as PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from okrdocs.commands import FINE, Days, generate
from okrdocs.report.console import Console
from okrdocs.site.pdf import find_browser


class Pdf(NamedTuple):
    """What to print: a cycle's id, `all`, or "" for the current one; the paper, as CSS names it.

    The environment says which browsers there are.
    """

    cycle: str
    paper: str
    environment: Mapping[str, str]


def run(
    root: Path,
    console: Console,
    days: Days,
    *,
    folder: Path | None,
    rev: str | None = None,
    drafts: bool = False,
    pdf: Pdf | None = None,
) -> int:
    """Generate, build and print; a site is never built from pages that are out of date."""
    # What is missing for the PDFs is told before the long build.
    printing = None if pdf is None else _printing(root, console, days, rev, pdf, drafts=drafts)
    code = generate.run(root, console, days, rev=rev, drafts=drafts)
    if code != FINE:
        return code
    from okrdocs.site.mkdocs import build_site

    built = build_site(root, folder, console.err)
    shown = built.relative_to(root) if built.is_relative_to(root) else built
    if printing is not None:
        printing(built, shown)
    console.note(f"The site is in {shown}/: open {shown}/index.html.")
    return FINE


def _printing(
    root: Path, console: Console, days: Days, rev: str | None, pdf: Pdf, *, drafts: bool
) -> Callable[[Path, Path], None] | None:
    """What prints the documents of a built site; None where the files have errors."""
    browser = find_browser(pdf.environment)
    from okrdocs.commands.pdf_documents import print_all, seen, sheets_of

    scores = seen(root, days, rev, drafts=drafts)
    if scores is None:
        return None
    sheets = sheets_of(scores, pdf.cycle, pdf.paper)
    return partial(print_all, browser, sheets, scores.as_of, console)
