"""Writes a diff as a review comment: headline, changed goalposts, grades, other changes.

All that people wrote passes through `markup.code_host`: it can't be markup, notify anyone or close
an issue.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from okrdocs.diff import Diff, Effect, Importance, OkrChange, Scope
from okrdocs.markup.code_host import escape_line
from okrdocs.markup.counts import count_of
from okrdocs.markup.escape import terminal_text
from okrdocs.report.comment_headline import comment_headline
from okrdocs.report.diff_text import (
    HEADLINES,
    ChangeGroup,
    Remarks,
    change_groups,
    change_sentence,
    comparison_headline,
    effect_counts,
    effect_titles,
    grade_difference,
    grades_with_words,
    split_by_scope,
    with_full_stop,
)
from okrdocs.workspace.workspace import ResolvedRef

MOST = 60_000
"""Characters of a comment. GitHub's holds 65,536."""

_ROOM_FOR_REST = 200
_LONGEST_TEXT = 1_000
_TABLE = "| | Before | After | Change |\n|---|---|---|---:|"
_FOLD_END = "\n\n</details>"


class _CommentPiece(NamedTuple):
    """A part of the comment that isn't cut, and how many changes or grades it shows."""

    text: str
    changes: int = 0
    grades: int = 0
    end: str = ""


class CommentFrame(NamedTuple):
    """What the caller knows beside the diff.

    `errors` come first, `news` behind the headline: added and removed objectives; `who` is
    responsible for what changed; `amended` is what amendments of closed cycles explain.
    """

    most: int = MOST
    errors: str = ""
    news: str = ""
    who: str = ""
    amended: Collection[ResolvedRef] | None = None


_ALONE = CommentFrame()


def diff_as_markdown(diff: Diff, before: str, after: str, frame: CommentFrame = _ALONE) -> str:
    """Return the comment, at most `frame.most` characters; one line where nothing changed."""
    if not diff.changes and not diff.effects:
        errors = f" {_plain_text(frame.errors)}." if frame.errors else ""
        return f"**OKRs:** {_plain_text(comparison_headline(diff, before, after))}.{errors}"
    remarks = Remarks(diff, words=True, amended=frame.amended)
    unexplained = sum(bool(remarks.missing_reason_text(change)) for change in diff.changes)
    first = ", ".join(
        filter(None, [comment_headline(diff, unexplained, errors=frame.errors), frame.news])
    )
    parts = [f"## OKRs: {_plain_text(first)}", _summary_line(diff, before, after)]
    if frame.who:
        parts.append(
            f"\n\n{_plain_text(with_full_stop(f'Who answers for what changed: {frame.who}'))}"
        )
    room = frame.most - _ROOM_FOR_REST - sum(map(len, parts))
    rows = [effect for effect in diff.effects if not _is_shown_with_change(effect, remarks)]
    left = _CommentPiece("", len(diff.changes), len(rows))
    end = ""
    for piece in _comment_pieces(diff, rows, remarks):
        room -= len(piece.text)
        if room < 0:
            break
        parts.append(piece.text)
        left = _CommentPiece("", left.changes - piece.changes, left.grades - piece.grades)
        end = piece.end
    return "".join([*parts, end, _left_out_line(left)])


def _is_shown_with_change(effect: Effect, remarks: Remarks) -> bool:
    """Return whether the grade of a key result already stands with the goalposts."""
    return effect.scope is Scope.KEY_RESULT and effect.ref in remarks.refs_with_remark


def _left_out_line(left: _CommentPiece) -> str:
    """Return the last line, where not everything fitted in."""
    missing = []
    if left.changes:
        missing.append(count_of(left.changes, "more change"))
    if left.grades:
        missing.append(count_of(left.grades, "more grade"))
    if not missing:
        return ""
    are = "is" if left.changes + left.grades == 1 else "are"
    return f"\n\n{' and '.join(missing)} {are} left out here; `okr diff --format json` has all."


def _comment_pieces(
    diff: Diff, rows: Sequence[Effect], remarks: Remarks
) -> Iterator[_CommentPiece]:
    """Yield what moves the goalposts, the grades, then the rest."""
    goalposts = [s for s in change_groups(diff) if s.importance is Importance.GOALPOSTS]
    yield from _group_pieces(diff, goalposts, remarks)
    yield from _grade_pieces(rows)
    others = [s for s in change_groups(diff) if s.importance is not Importance.GOALPOSTS]
    yield from _group_pieces(diff, others, remarks)
    if others and others[-1].importance is Importance.WORDS:
        yield _CommentPiece(_FOLD_END)


def _group_pieces(
    diff: Diff, listed: Sequence[ChangeGroup], remarks: Remarks
) -> Iterator[_CommentPiece]:
    last = None
    for section in listed:
        count = sum(change.importance is section.importance for change in diff.changes)
        heads = count if section.importance is not last else 0
        yield from _change_pieces(section, heads, remarks)
        last = section.importance


def _summary_line(diff: Diff, before: str, after: str) -> str:
    """Return what was compared, and how many changes of each importance there are."""
    counts = [
        f"{HEADLINES[importance]}: {count}"
        for importance in Importance
        if (count := sum(change.importance is importance for change in diff.changes))
    ]
    several = f" · {' · '.join(counts)}" if len(counts) > 1 else ""
    return f"\n\n{_plain_text(comparison_headline(diff, before, after))}{several}"


# ------------------------------------------------------------------- grades


def _grade_pieces(effects: Sequence[Effect]) -> Iterator[_CommentPiece]:
    """Yield one table; with many rows, those of key results and objectives are folded."""
    if not effects:
        return
    rows = list(zip(effects, effect_titles(effects), strict=True))
    glance, rest = split_by_scope(effects)
    above, below = rows[: len(glance)], rows[len(glance) :]
    start = f"\n\n### Grades\n\n{_TABLE}"
    for row in above:
        yield _CommentPiece(f"{start}\n{_grade_row(*row)}", grades=1)
        start = ""
    if below:
        start = f"\n\n{_details_start(effect_counts(rest))}\n\n{_TABLE}"
        for row in below:
            yield _CommentPiece(f"{start}\n{_grade_row(*row)}", grades=1, end=_FOLD_END)
            start = ""
        yield _CommentPiece(_FOLD_END)


def _grade_row(effect: Effect, title: str) -> str:
    name = _plain_text(title)
    if effect.scope in (Scope.CYCLE, Scope.TEAM):
        name = f"**{name}**"
    old, new = grades_with_words(effect)
    return f"| {name} | {_plain_text(old)} | {_plain_text(new)} | {grade_difference(effect)} |"


def _details_start(title: str) -> str:
    return f"<details><summary>{title}</summary>"


# ------------------------------------------------------------------- changes


def _change_pieces(section: ChangeGroup, count: int, remarks: Remarks) -> Iterator[_CommentPiece]:
    """Yield the changes as a list; the first has the headlines above it. Words are folded."""
    start = "\n"
    folds = section.importance is Importance.WORDS
    if count and folds:
        start = f"\n\n{_details_start(f'{HEADLINES[section.importance]} ({count})')}\n"
    elif count:
        start = f"\n\n### {HEADLINES[section.importance]} ({count})\n"
    if section.cycle:
        start += f"\n**{_plain_text(section.cycle)}**\n"
    for change in section.changes:
        yield _CommentPiece(
            f"{start}\n{_change_item(change, remarks)}",
            changes=1,
            end=_FOLD_END if folds else "",
        )
        start = ""


def _change_item(change: OkrChange, remarks: Remarks) -> str:
    remark, missing = remarks.reason_and_grade_text(change), remarks.missing_reason_text(change)
    tail = f" *{_plain_text(remark)}*" if remark else ""
    return f"- {_plain_text(change_sentence(change))}{tail}" + (
        f" **{missing}**" if missing else ""
    )


def _plain_text(text: str) -> str:
    shown = terminal_text(text)
    return escape_line(shown if len(shown) <= _LONGEST_TEXT else f"{shown[:_LONGEST_TEXT]}…")
