"""The pipeline to its end: what `study` finds → pages → {path: text} → disk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from okrdocs.chronicle import History
from okrdocs.feeds import feeds
from okrdocs.fresh import Inputs
from okrdocs.pages import pages_of
from okrdocs.pages.changes import NO_HISTORY
from okrdocs.render import render
from okrdocs.scores import Scores
from okrdocs.study import Study, collector_paused, study
from okrdocs.write import Written, write_pages


def page_texts(scores: Scores, history: History = NO_HISTORY) -> Mapping[str, str]:
    """Every page of the generated folder as text, by its path."""
    with collector_paused():
        return {page.path: render(page) for page in pages_of(scores, history)}


def generate(
    root: Path,
    inputs: Inputs,
    *,
    as_of: date | None,
    today: date,
    history_of: Callable[[Scores], History] = lambda _: NO_HISTORY,
    only_look: bool = False,
) -> tuple[Study, Written | None]:
    """Bring the generated folder up to date; with errors nothing is written.

    `history_of` gives the history behind the scores, and is asked only where pages are made.
    A run that had something to say isn't remembered as done, so that the next one says it again.
    """
    found = study(inputs, as_of=as_of, today=today)
    if found.scores is None:
        return found, None
    history = history_of(found.scores)
    fingerprint = inputs.fingerprint(None if found.frozen else found.scores.as_of)
    written = write_pages(
        root,
        {**page_texts(found.scores, history), **feeds(found.scores, history)},
        fingerprint="" if found.problems else fingerprint,
        frozen=found.frozen,
        only_look=only_look,
    )
    return found, written
