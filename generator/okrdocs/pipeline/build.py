"""Runs the pipeline to its end: what `evaluate` gives → pages → {path: text} → disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import chain
from pathlib import Path

from okrdocs.grading.results import Scores
from okrdocs.history.events import History
from okrdocs.pages import all_pages
from okrdocs.pages.changes import NO_HISTORY
from okrdocs.pages.render import render_page
from okrdocs.pages.urls import EXPORT
from okrdocs.pipeline.evaluate import Evaluation, evaluate, pause_garbage_collector
from okrdocs.pipeline.freshness import Inputs
from okrdocs.pipeline.writer import GENERATED, WriteResult, write_pages
from okrdocs.report.atom import atom_feeds
from okrdocs.report.json_export import export_text
from okrdocs.site.assets import asset_texts
from okrdocs.workspace.drafts import Drafts


def page_texts(scores: Scores, history: History = NO_HISTORY) -> Mapping[str, str]:
    """Return every page of the generated folder as text, by its path."""
    with pause_garbage_collector():
        return dict(sorted(_rendered_pages(scores, history)))


def _rendered_pages(scores: Scores, history: History) -> Iterator[tuple[str, str]]:
    return ((page.path, render_page(page)) for page in all_pages(scores, history))


def _generated_files(scores: Scores, history: History, revision: str | None) -> Mapping[str, bytes]:
    """Return what the generated folder will contain, by path.

    Each text is encoded as soon as it is made: with a coloured dot in it, Python takes four bytes
    for each of its characters.
    """
    with pause_garbage_collector():
        texts = chain(_rendered_pages(scores, history), atom_feeds(scores, history).items())
        files = {path: text.encode() for path, text in texts}
    assets = {path: text.encode() for path, text in asset_texts().items()}
    return {**files, **assets, EXPORT: export_text(scores, revision).encode()}


def generate(
    root: Path,
    inputs: Inputs,
    *,
    as_of: date | None,
    today: date,
    history_of: Callable[[Scores, Drafts], History] = lambda *_: NO_HISTORY,
    drafts: bool = False,
    revision: str | None = None,
    only_look: bool = False,
    folder: str = GENERATED,
) -> tuple[Evaluation, WriteResult | None]:
    """Update the generated folder, a path below the root; with errors nothing is written.

    Without `drafts`, no page shows any. `history_of` gives the history behind the scores, without
    what is a draft today, and is called only where pages are made; `revision` is the commit whose
    files the inputs are, for the export. With `only_look` nothing is
    written. Returns the evaluation and what was written, None with errors. A run with problems
    isn't recorded as done, so that the next one reports them again. Raises OkrError where a page
    can't be written.
    """
    evaluation = evaluate(inputs, as_of=as_of, today=today, drafts=drafts)
    if evaluation.scores is None:
        return evaluation, None
    history = history_of(evaluation.scores, evaluation.hidden)
    fingerprint = inputs.fingerprint(None if evaluation.frozen else evaluation.scores.as_of)
    written = write_pages(
        root,
        _generated_files(evaluation.scores, history, revision),
        fingerprint="" if evaluation.problems else fingerprint,
        frozen=evaluation.frozen,
        only_look=only_look,
        folder=folder,
    )
    return evaluation, written
