"""The pipeline to its end: what `study` finds → pages → {path: text} → disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

from okrdocs.chronicle import History
from okrdocs.drafts import Drafts
from okrdocs.export import export_file
from okrdocs.feeds import feeds
from okrdocs.fresh import Inputs
from okrdocs.pages import Page, page_makers
from okrdocs.pages.addresses import EXPORT
from okrdocs.pages.changes import NO_HISTORY
from okrdocs.render import read_templates, render
from okrdocs.scores import Scores
from okrdocs.study import Study, collector_paused, study
from okrdocs.two_cores import spread
from okrdocs.write import Written, write_pages

_MANY = 60
"""From so many teams' pages on, making them with two cores is faster."""


def page_texts(scores: Scores, history: History = NO_HISTORY) -> Mapping[str, str]:
    """Every page of the generated folder as text, by its path."""
    makers = page_makers(scores, history)
    many = sum(len(cycle.teams) for cycle in scores.cycles) >= _MANY
    with collector_paused():
        if many:
            read_templates()  # once, before two processes do it
        made = spread(_texts, makers) if many else map(_texts, makers)
        return dict(sorted(text for texts in made for text in texts))


def _texts(make: Callable[[], Iterable[Page]]) -> list[tuple[str, str]]:
    return [(page.path, render(page)) for page in make()]


def generate(
    root: Path,
    inputs: Inputs,
    *,
    as_of: date | None,
    today: date,
    history_of: Callable[[Scores, Drafts], History] = lambda *_: NO_HISTORY,
    drafts: bool = False,
    only_look: bool = False,
) -> tuple[Study, Written | None]:
    """Bring the generated folder up to date; with errors nothing is written.

    Without `drafts`, nothing of them is in any page. `history_of` gives the history behind the
    scores, without what is a draft today, and is asked only where pages are made.
    A run that had something to say isn't remembered as done, so that the next one says it again.
    """
    found = study(inputs, as_of=as_of, today=today, drafts=drafts)
    if found.scores is None:
        return found, None
    history = history_of(found.scores, found.hidden)
    fingerprint = inputs.fingerprint(None if found.frozen else found.scores.as_of)
    written = write_pages(
        root,
        {
            **page_texts(found.scores, history),
            **feeds(found.scores, history),
            EXPORT: export_file(found.scores),
        },
        fingerprint="" if found.problems else fingerprint,
        frozen=found.frozen,
        only_look=only_look,
    )
    return found, written
