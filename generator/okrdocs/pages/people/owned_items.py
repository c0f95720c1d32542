"""What a person owns, as rows of a table for each cycle: role, last value, grade, status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from okrdocs.drawing.status_text import worst
from okrdocs.grading.results import CycleScore, KeyResultScore, ObjectiveScore, Scores
from okrdocs.grading.status import band_status
from okrdocs.markup.escape import Markdown, inline
from okrdocs.pages.graph.ancestors import line_of_sight
from okrdocs.pages.parts.cells import day, grade_text, lines, sign_and_word, small
from okrdocs.pages.parts.status_summary import verdict
from okrdocs.pages.parts.tables import title_of
from okrdocs.pages.people.links import Held
from okrdocs.pages.urls import cycle_page, link_to, page_of
from okrdocs.workspace.workspace import Ref


class Row(NamedTuple):
    """Something that a person owns."""

    what: Markdown
    role: str
    last: Markdown
    grade: str
    status: Markdown


class CycleRows(NamedTuple):
    """What a person owns in a cycle; `more` says what the table leaves out."""

    title: str
    number: int
    cycle: Markdown
    rows: tuple[Row, ...]
    more: Markdown


def by_cycle(
    cycles: Sequence[CycleScore],
    owned: Mapping[str, Sequence[Held]],
    here: str,
    scores: Scores,
    most: int,
    *,
    seen: bool,
) -> Iterator[CycleRows]:
    """A table for each of these cycles in which something is owned.

    `most` rows are in it; `seen`: each with its line of sight.
    """
    for score in cycles:
        held = owned.get(score.cycle.id, ())
        if held:
            link = link_to(here, cycle_page(score.cycle.id), score.cycle.title)
            rest = len(held) - most
            more = Markdown(f"{rest} more in {link}") if rest > 0 else Markdown("")
            own = {each.score.entry.ref for each in held}
            rows = tuple(row_of(each, scores, here, own if seen else None) for each in held[:most])
            yield CycleRows(score.cycle.title, len(held), link, rows, more)


def row_of(held: Held, scores: Scores, here: str, own: Set[Ref] | None = None) -> Row:
    """A row; with `own`, what the table holds, also the line of sight of what begins there."""
    score = held.score
    ref = score.entry.ref
    link = link_to(here, page_of(ref), title_of(ref, scores))
    untold = own is not None and (not ref.key_result or ref.parent not in own)
    sight = line_of_sight(ref, scores, here) if untold else ()
    above = (Markdown(f"<small>{line} ›</small>") for line in sight)
    return Row(
        lines([link, *above]),
        held.role,
        _last(score),
        grade_text(score.grade),
        _status(score),
    )


def _last(score: ObjectiveScore | KeyResultScore) -> Markdown:
    """The newest value with its day; of an objective, the day of its key results' newest."""
    if isinstance(score, ObjectiveScore):
        days = [kr.value.date for kr in score.key_results if kr.value]
        return inline(day(max(days))) if days else inline("–")
    return lines([score.value.text, small(day(score.value.date))]) if score.value else inline("–")


def _status(score: ObjectiveScore | KeyResultScore) -> Markdown:
    """The key result's status; of an objective its band, before the end what is worst in it."""
    if isinstance(score, KeyResultScore):
        return sign_and_word(score.status)
    if score.band is not None:
        return sign_and_word(band_status(score.band))
    parts = verdict(score)
    words = inline(worst(parts))
    return Markdown(f'<span class="okr-status okr-{parts[0].tone}">{words}</span>')
