"""The part of `okr build` that prints: which documents, on what paper, between which margins."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from okrdocs.commands import Days
from okrdocs.commands.revision import read_inputs_at
from okrdocs.errors import UsageError
from okrdocs.grading.results import Scores
from okrdocs.pages.cycle.document import document_title
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.problem import nearest_hint
from okrdocs.report.console import Console
from okrdocs.site.pdf import print_page_to_pdf
from okrdocs.site.print_html import PaperSheet, add_pdf_link
from okrdocs.workspace.workspace import Cycle

EVERY = "all"
FOLDER = "okrs"
DOCUMENT = "document.html"
# The pages that lead to the PDF once it is there.
_LEADING = ("index.html", DOCUMENT)


def evaluate_for_pages(root: Path, days: Days, rev: str | None, *, drafts: bool) -> Scores | None:
    """Evaluate what the pages will show; None where errors in the files stop the build."""
    inputs, days, _ = read_inputs_at(root, rev, days)
    return evaluate(inputs, as_of=days.as_of, today=days.today, drafts=drafts).scores


def paper_sheets_by_cycle(scores: Scores, wanted: str, paper: str) -> Mapping[str, PaperSheet]:
    """Return what the margins say of each document to be printed, by the cycle's id.

    `wanted` is a cycle's id, `all`, or "" for the current one; the paper is a size by its name in
    CSS. Raises UsageError where there is no such cycle.
    """
    workspace = scores.workspace
    chosen = workspace.cycle(wanted) if wanted else workspace.current_cycle(scores.as_of)
    cycles = workspace.cycles if wanted == EVERY else (chosen,)
    existing = [cycle for cycle in cycles if cycle is not None]
    if not existing:
        hint = nearest_hint(wanted, [cycle.id for cycle in workspace.cycles])
        raise UsageError(f"There is no cycle `{wanted}` to print. {hint}".rstrip())
    return {cycle.id: _paper_sheet(cycle, scores, paper) for cycle in existing}


def _paper_sheet(cycle: Cycle, scores: Scores, paper: str) -> PaperSheet:
    organization, document = scores.workspace.organization, cycle.document
    identity = (document and document.document_id) or f"OKR-{cycle.id}"
    return PaperSheet(
        size=paper,
        title=document_title(cycle),
        classification=(document and document.classification) or organization.classification or "",
        identity=f"{identity} · numbers as of {scores.as_of}",
    )


def print_documents(
    browser: str,
    sheets: Mapping[str, PaperSheet],
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
            console.print_error(f"The site has no document of {cycle}, so that none is printed.")
            continue
        printed = print_page_to_pdf(browser, folder / DOCUMENT, sheet, day)
        for name in _LEADING:
            page = folder / name
            linked = add_pdf_link(page.read_text("utf-8"), printed.path.name)
            page.write_text(linked, "utf-8", newline="\n")
        place = (shown / FOLDER / cycle / printed.path.name).as_posix()
        console.print_note(f"{place}: {printed.pages} pages.")
