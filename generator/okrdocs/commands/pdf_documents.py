"""The part of `okr build` that prints: which documents, on what paper, between which margins."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from okrdocs.commands import Days
from okrdocs.commands.revision import inputs_at
from okrdocs.errors import UsageError
from okrdocs.grading.results import Scores
from okrdocs.pages.cycle.document import document_title
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.problem import nearest
from okrdocs.report.console import Console
from okrdocs.site.pdf import print_page
from okrdocs.site.print_html import Sheet, with_link
from okrdocs.workspace.workspace import Cycle

EVERY = "all"
FOLDER = "okrs"
DOCUMENT = "document.html"
# The pages that lead to the PDF once it is there.
_LEADING = ("index.html", DOCUMENT)


def seen(root: Path, days: Days, rev: str | None, *, drafts: bool) -> Scores | None:
    """What the pages will show; None where the files have errors, which the build then tells."""
    inputs, days, _ = inputs_at(root, rev, days)
    return evaluate(inputs, as_of=days.as_of, today=days.today, drafts=drafts).scores


def sheets_of(scores: Scores, wanted: str, paper: str) -> Mapping[str, Sheet]:
    """What the margins say of each document that is to be printed, by the cycle's id.

    Wanted is a cycle's id, `all`, or "" for the current one; the paper is a size by its name in
    CSS. Raises UsageError where there is no such cycle.
    """
    workspace = scores.workspace
    chosen = workspace.cycle(wanted) if wanted else workspace.current(scores.as_of)
    cycles = workspace.cycles if wanted == EVERY else (chosen,)
    found = [cycle for cycle in cycles if cycle is not None]
    if not found:
        hint = nearest(wanted, [cycle.id for cycle in workspace.cycles])
        raise UsageError(f"There is no cycle `{wanted}` to print. {hint}".rstrip())
    return {cycle.id: _sheet(cycle, scores, paper) for cycle in found}


def _sheet(cycle: Cycle, scores: Scores, paper: str) -> Sheet:
    organization, document = scores.workspace.organization, cycle.document
    identity = (document and document.document_id) or f"OKR-{cycle.id}"
    return Sheet(
        size=paper,
        title=document_title(cycle),
        classification=(document and document.classification) or organization.classification or "",
        identity=f"{identity} · numbers as of {scores.as_of}",
    )


def print_all(
    browser: str,
    sheets: Mapping[str, Sheet],
    day: date,
    console: Console,
    site: Path,
    shown: Path,
) -> None:
    """Print each document beside its page in the site, and put the link to it into the pages.

    The day is the date of the PDF; `shown` is the site's folder as messages name it.
    """
    for cycle, sheet in sheets.items():
        folder = site / FOLDER / cycle
        if not (folder / DOCUMENT).is_file():
            console.complain(f"The site has no document of {cycle}, so that none is printed.")
            continue
        printed = print_page(browser, folder / DOCUMENT, sheet, day)
        for name in _LEADING:
            page = folder / name
            page.write_text(with_link(page.read_text("utf-8"), printed.path.name), "utf-8")
        console.note(f"{shown / FOLDER / cycle / printed.path.name}: {printed.pages} pages.")
