"""Reads the history that pages show, or reports why there is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from okrdocs.grading.results import Scores
from okrdocs.history.events import History, HistoryGap
from okrdocs.history.grades_at_closing import grades_at_closing
from okrdocs.history.store import read_history_of_folder
from okrdocs.pipeline.evaluate import pause_garbage_collector
from okrdocs.report.console import Console
from okrdocs.source.git.errors import GitError
from okrdocs.source.git.repository import Repository
from okrdocs.workspace.drafts import Drafts


def load_history(
    root: Path,
    known: Repository | None,
    rev: str | None,
    console: Console,
    scores: Scores,
    hidden: Drafts,
    *,
    drafts: bool = False,
) -> History:
    """Return the history up to a revision, with the grades of amended cycles as they were closed.

    Without `drafts`, it knows nothing of the hidden ones, nor of what was one in its time. What git
    can't read is reported on the console, and stops no site.
    """
    try:
        with pause_garbage_collector():
            history = read_history_of_folder(
                root, known, rev or "HEAD", today=None if drafts else hidden
            )
            history = replace(history, as_closed=grades_at_closing(known, scores))
    except GitError as fault:
        console.print_error(f"The pages are without their history: {fault}")
        return History(gap=HistoryGap.UNREADABLE)
    if history.shallow:
        console.print_note(
            "This clone is shallow, so the pages tell no history before its first commit"
            " (`fetch-depth: 0` fetches all of it)."
        )
    return history
