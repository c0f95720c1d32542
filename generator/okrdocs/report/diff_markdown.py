"""A diff as a review comment: a verdict, what moves the goalposts, the grades, the other changes.

All that people wrote passes through `untold`: it can't be markup, tell anyone or close an issue.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from okrdocs.diff import Change, Diff, Effect, Importance, Scope
from okrdocs.markup.code_host import escape_line
from okrdocs.markup.escape import terminal
from okrdocs.report.comment_headline import verdict
from okrdocs.report.counts import counted
from okrdocs.report.diff_text import (
    HEADLINES,
    Remarks,
    Section,
    counts_of,
    ended,
    headline,
    moved,
    parted,
    sections,
    shown,
    titles,
    told,
)
from okrdocs.workspace.workspace import ResolvedRef

MOST = 60_000
"""Characters of a comment. GitHub's holds 65,536."""

_ROOM_FOR_REST = 200
_LONGEST_TEXT = 1_000
_TABLE = "| | Before | After | Change |\n|---|---|---|---:|"
_FOLD_END = "\n\n</details>"


class _Piece(NamedTuple):
    """A part of the comment that isn't cut: how many changes or grades it tells."""

    text: str
    changes: int = 0
    grades: int = 0
    end: str = ""


class Frame(NamedTuple):
    """What the caller knows beside the diff.

    `errors` come before all else, `news` behind the verdict: objectives that came and went; `who`
    answers for what changed; `amended` is what amendments of closed cycles explain.
    """

    most: int = MOST
    errors: str = ""
    news: str = ""
    who: str = ""
    amended: Collection[ResolvedRef] | None = None


_ALONE = Frame()


def markdown_of(diff: Diff, before: str, after: str, frame: Frame = _ALONE) -> str:
    """The comment, at most so many characters; one calm line where nothing changed."""
    if not diff.changes and not diff.effects:
        errors = f" {_text(frame.errors)}." if frame.errors else ""
        return f"**OKRs:** {_text(headline(diff, before, after))}.{errors}"
    remarks = Remarks(diff, words=True, amended=frame.amended)
    unexplained = sum(bool(remarks.missing(change)) for change in diff.changes)
    first = ", ".join(filter(None, [verdict(diff, unexplained, errors=frame.errors), frame.news]))
    parts = [f"## OKRs: {_text(first)}", _summary(diff, before, after)]
    if frame.who:
        parts.append(f"\n\n{_text(ended(f'Who answers for what changed: {frame.who}'))}")
    room = frame.most - _ROOM_FOR_REST - sum(map(len, parts))
    rows = [effect for effect in diff.effects if not _is_told(effect, remarks)]
    left = _Piece("", len(diff.changes), len(rows))
    end = ""
    for piece in _pieces(diff, rows, remarks):
        room -= len(piece.text)
        if room < 0:
            break
        parts.append(piece.text)
        left = _Piece("", left.changes - piece.changes, left.grades - piece.grades)
        end = piece.end
    return "".join([*parts, end, _rest(left)])


def _is_told(effect: Effect, remarks: Remarks) -> bool:
    """Whether the grade of a key result stands with the goalposts already."""
    return effect.scope is Scope.KEY_RESULT and effect.ref in remarks.told


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
    return f"\n\n{' and '.join(missing)} {are} left out here; `okr diff --format json` has all."


def _pieces(diff: Diff, rows: Sequence[Effect], remarks: Remarks) -> Iterator[_Piece]:
    """What moves the goalposts, the grades, then the rest."""
    goalposts = [s for s in sections(diff) if s.importance is Importance.GOALPOSTS]
    yield from _lists(diff, goalposts, remarks)
    yield from _grades(rows)
    others = [s for s in sections(diff) if s.importance is not Importance.GOALPOSTS]
    yield from _lists(diff, others, remarks)
    if others and others[-1].importance is Importance.WORDS:
        yield _Piece(_FOLD_END)


def _lists(diff: Diff, listed: Sequence[Section], remarks: Remarks) -> Iterator[_Piece]:
    last = None
    for section in listed:
        count = sum(change.importance is section.importance for change in diff.changes)
        heads = count if section.importance is not last else 0
        yield from _section(section, heads, remarks)
        last = section.importance


def _summary(diff: Diff, before: str, after: str) -> str:
    """What was compared, and how many changes of each importance; in a line."""
    counts = [
        f"{HEADLINES[each]}: {count}"
        for each in Importance
        if (count := sum(change.importance is each for change in diff.changes))
    ]
    several = f" · {' · '.join(counts)}" if len(counts) > 1 else ""
    return f"\n\n{_text(headline(diff, before, after))}{several}"


# ------------------------------------------------------------------- grades


def _grades(effects: Sequence[Effect]) -> Iterator[_Piece]:
    """One table; with many rows, those of key results and objectives fold away."""
    if not effects:
        return
    rows = list(zip(effects, titles(effects), strict=True))
    glance, rest = parted(effects)
    above, below = rows[: len(glance)], rows[len(glance) :]
    start = f"\n\n### Grades\n\n{_TABLE}"
    for row in above:
        yield _Piece(f"{start}\n{_row(*row)}", grades=1)
        start = ""
    if below:
        start = f"\n\n{_fold(counts_of(rest))}\n\n{_TABLE}"
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
            f"{start}\n{_item(change, remarks)}",
            changes=1,
            end=_FOLD_END if folds else "",
        )
        start = ""


def _item(change: Change, remarks: Remarks) -> str:
    known, missing = remarks.known(change), remarks.missing(change)
    tail = f" *{_text(known)}*" if known else ""
    return f"- {_text(told(change))}{tail}" + (f" **{missing}**" if missing else "")


def _text(text: str) -> str:
    shown = terminal(text)
    return escape_line(shown if len(shown) <= _LONGEST_TEXT else f"{shown[:_LONGEST_TEXT]}…")
