"""Rows of key results that other teams own and that name a team in `with:`, for its page."""

from __future__ import annotations

from dataclasses import replace

from okrdocs.grading.results import KeyResultScore, Scores
from okrdocs.markup.escape import Markdown, escape_inline
from okrdocs.pages.parts.cells import join_lines, small_text
from okrdocs.pages.parts.tables import KeyResultRow, key_result_row
from okrdocs.pages.urls import item_url, relative_url


def shared_key_result_rows(
    team: str, cycle_id: str, scores: Scores, here: str
) -> tuple[KeyResultRow, ...]:
    """List key results of other teams that name this one in `with:`."""
    entries = scores.workspace.shared_key_results.get((cycle_id, team), ())
    shared = (scores.key_results[entry.ref] for entry in entries)
    return tuple(
        _row_on_other_page(key_result_row(score, scores, here), score, scores, here)
        for score in shared
    )


def _row_on_other_page(
    row: KeyResultRow, score: KeyResultScore, scores: Scores, here: str
) -> KeyResultRow:
    """Change a row for another team's page: its title links to its own page, without an anchor."""
    ref = score.entry.ref
    origin = scores.workspace.teams.get(ref.team)
    home = Markdown(
        f"[{escape_inline(score.entry.key_result.title)}]({relative_url(here, item_url(ref))})"
    )
    title = join_lines([home, small_text(f"Owned by {origin.name if origin else ref.team}")])
    return replace(row, number_with_anchor=escape_inline(row.number), title=title)
