"""A diff as a review comment: a headline, what it does to the grades, then the changes.

All that people wrote passes through `untold`: it can't be markup, tell anyone or close an issue.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from okrdocs.diff import Change, Diff, Effect, Importance, Scope
from okrdocs.escape import terminal
from okrdocs.report.changes_words import (
    HEADLINES,
    Remarks,
    Section,
    headline,
    moved,
    sections,
    shown,
    titles,
    told,
)
from okrdocs.report.counts import counted
from okrdocs.report.untold import plain

MOST = 60_000
"""Characters of a comment. GitHub's holds 65,536."""

_ROOM_FOR_REST = 200
_LONGEST_TEXT = 1_000
_MOST_ROWS = 15
_TABLE = "| | Before | After | Change |\n|---|---|---|---:|"
_FOLD_END = "\n\n</details>"


class _Piece(NamedTuple):
    """A part of the comment that isn't cut: how many changes or grades it tells."""

    text: str
    changes: int = 0
    grades: int = 0
    end: str = ""


def markdown_of(diff: Diff, before: str, after: str, most: int = MOST) -> str:
    """The comment, at most so many characters; one calm line where nothing changed."""
    if not diff.changes and not diff.effects:
        return f"**OKRs:** {_text(headline(diff, before, after))}."
    parts = [f"## OKRs: {_text(headline(diff, before, after))}"]
    room = most - _ROOM_FOR_REST - len(parts[0])
    left = _Piece("", len(diff.changes), len(diff.effects))
    end = ""
    for piece in _pieces(diff):
        room -= len(piece.text)
        if room < 0:
            break
        parts.append(piece.text)
        left = _Piece("", left.changes - piece.changes, left.grades - piece.grades)
        end = piece.end
    return "".join([*parts, end, _rest(left)])


def _rest(left: _Piece) -> str:
    """The last line, where not everything found room."""
    missing = []
    if left.changes:
        missing.append(counted(left.changes, "more change"))
    if left.grades:
        missing.append(counted(left.grades, "more grade"))
    if not missing:
        return ""
    are = "is" if left.changes + left.grades == 1 else "are"
    return f"\n\n{' and '.join(missing)} {are} left out here; `okr diff` shows all."


def _pieces(diff: Diff) -> Iterator[_Piece]:
    yield from _summary(diff)
    yield from _grades(diff.effects)
    remarks = Remarks(diff)
    last = None
    for section in sections(diff):
        count = sum(change.importance is section.importance for change in diff.changes)
        heads = count if section.importance is not last else 0
        yield from _section(section, heads, remarks)
        last = section.importance
    if last is Importance.WORDS:
        yield _Piece(_FOLD_END)


def _summary(diff: Diff) -> Iterator[_Piece]:
    """How many changes of each importance, in a line; nothing where one says it all."""
    counts = [
        f"{HEADLINES[each]}: {count}"
        for each in Importance
        if (count := sum(change.importance is each for change in diff.changes))
    ]
    if len(counts) > 1:
        yield _Piece(f"\n\n{' · '.join(counts)}")


# ------------------------------------------------------------------- grades


def _grades(effects: Sequence[Effect]) -> Iterator[_Piece]:
    """One table; with many rows, those of the key results fold away."""
    if not effects:
        return
    rows = list(zip(effects, titles(effects), strict=True))
    above = [row for row in rows if row[0].scope is not Scope.KEY_RESULT]
    if len(rows) <= _MOST_ROWS or not above:
        above = rows
    below = rows[len(above) :]
    start = f"\n\n### Grades\n\n{_TABLE}"
    for row in above:
        yield _Piece(f"{start}\n{_row(*row)}", grades=1)
        start = ""
    if below:
        start = f"\n\n{_fold(counted(len(below), 'key result'))}\n\n{_TABLE}"
        for row in below:
            yield _Piece(f"{start}\n{_row(*row)}", grades=1, end=_FOLD_END)
            start = ""
        yield _Piece(_FOLD_END)


def _row(effect: Effect, title: str) -> str:
    name = _text(title)
    if effect.scope in (Scope.CYCLE, Scope.TEAM):
        name = f"**{name}**"
    old, new = shown(effect)
    return f"| {name} | {_text(old)} | {_text(new)} | {moved(effect)} |"


def _fold(title: str) -> str:
    return f"<details><summary>{title}</summary>"


# ------------------------------------------------------------------- changes


def _section(section: Section, count: int, remarks: Remarks) -> Iterator[_Piece]:
    """The changes as a list; the first has the headlines above it. Words fold away."""
    start = "\n"
    folds = section.importance is Importance.WORDS
    if count and folds:
        start = f"\n\n{_fold(f'{HEADLINES[section.importance]} ({count})')}\n"
    elif count:
        start = f"\n\n### {HEADLINES[section.importance]} ({count})\n"
    if section.cycle:
        start += f"\n**{_text(section.cycle)}**\n"
    for change in section.changes:
        yield _Piece(
            f"{start}\n{_item(change, remarks.on(change))}",
            changes=1,
            end=_FOLD_END if folds else "",
        )
        start = ""


def _item(change: Change, why: str) -> str:
    tail = f" *{_text(why)}*" if why else ""
    return f"- {_text(told(change))}{tail}"


def _text(text: str) -> str:
    shown = terminal(text)
    return plain(shown if len(shown) <= _LONGEST_TEXT else f"{shown[:_LONGEST_TEXT]}…")
