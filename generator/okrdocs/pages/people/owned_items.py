"""Lists what a person owns, a table for each cycle: role, last value, grade, status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from okrdocs.drawing.status_text import worst_part_text
from okrdocs.grading.results import CycleScore, KeyResultScore, ObjectiveScore, Scores
from okrdocs.grading.status import band_status
from okrdocs.markup.escape import Markdown, escape_inline
from okrdocs.pages.graph.ancestors import ancestor_lines
from okrdocs.pages.parts.cells import (
    grade_text,
    iso_day_text,
    join_lines,
    small_text,
    status_with_sign,
)
from okrdocs.pages.parts.status_summary import status_parts
from okrdocs.pages.parts.tables import full_title
from okrdocs.pages.people.links import Holding
from okrdocs.pages.urls import cycle_page, item_url, link_to
from okrdocs.workspace.workspace import ResolvedRef


class OwnedItemRow(NamedTuple):
    """Something that a person owns."""

    what: Markdown
    role: str
    last: Markdown
    grade: str
    status: Markdown


class OwnedInCycle(NamedTuple):
    """What a person owns in a cycle; `more` says what the table leaves out."""

    title: str
    number: int
    cycle: Markdown
    rows: tuple[OwnedItemRow, ...]
    more: Markdown


def owned_items_by_cycle(
    cycles: Sequence[CycleScore],
    owned: Mapping[str, Sequence[Holding]],
    here: str,
    scores: Scores,
    most: int,
    *,
    with_ancestors: bool,
) -> Iterator[OwnedInCycle]:
    """Make a table for each of these cycles in which something is owned.

    It has at most `most` rows; `with_ancestors`: each with its line of sight.
    """
    for score in cycles:
        holdings = owned.get(score.cycle.id, ())
        if holdings:
            link = link_to(here, cycle_page(score.cycle.id), score.cycle.title)
            rest = len(holdings) - most
            more = Markdown(f"{rest} more in {link}") if rest > 0 else Markdown("")
            own = {holding.score.entry.ref for holding in holdings}
            rows = tuple(
                owned_item_row(holding, scores, here, own if with_ancestors else None)
                for holding in holdings[:most]
            )
            yield OwnedInCycle(score.cycle.title, len(holdings), link, rows, more)


def owned_item_row(
    holding: Holding, scores: Scores, here: str, own: Set[ResolvedRef] | None = None
) -> OwnedItemRow:
    """Make a row; with `own`, the refs in the table, also the line of sight where it begins."""
    score = holding.score
    ref = score.entry.ref
    link = link_to(here, item_url(ref), full_title(ref, scores))
    starts_here = own is not None and (not ref.key_result or ref.parent not in own)
    ancestors = ancestor_lines(ref, scores, here) if starts_here else ()
    above = (Markdown(f"<small>{line} ›</small>") for line in ancestors)
    return OwnedItemRow(
        join_lines([link, *above]),
        holding.role,
        _last_value(score),
        grade_text(score.grade),
        _status_cell(score),
    )


def _last_value(score: ObjectiveScore | KeyResultScore) -> Markdown:
    """Show the newest value with its day; of an objective, the day of its key results' newest."""
    if isinstance(score, ObjectiveScore):
        days = [kr.value.date for kr in score.key_results if kr.value]
        return escape_inline(iso_day_text(max(days))) if days else escape_inline("–")
    return (
        join_lines([score.value.text, small_text(iso_day_text(score.value.date))])
        if score.value
        else escape_inline("–")
    )


def _status_cell(score: ObjectiveScore | KeyResultScore) -> Markdown:
    """Show a key result's status; of an objective its band, before the end its worst status."""
    if isinstance(score, KeyResultScore):
        return status_with_sign(score.status)
    if score.band is not None:
        return status_with_sign(band_status(score.band))
    parts = status_parts(score)
    words = escape_inline(worst_part_text(parts))
    return Markdown(f'<span class="okr-status okr-{parts[0].tone}">{words}</span>')
