"""Writes a diff for people at a terminal: the grades, then the changes by importance."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from okrdocs.diff import Diff, Effect, Importance, OkrChange
from okrdocs.markup.escape import terminal_text
from okrdocs.report.console import Console
from okrdocs.report.diff_text import (
    HEADLINES,
    NO_GRADE,
    Remarks,
    change_groups,
    change_sentence,
    comparison_headline,
    effect_counts,
    effect_titles,
    grade_difference,
    grade_text,
    split_by_scope,
)

_COLORS = {
    Importance.GOALPOSTS: "red",
    Importance.COMMITMENT: "yellow",
    Importance.PROGRESS: "green",
    Importance.WORDS: "blue",
}
_ROOM = 56
_NARROW = 40


def diff_as_text(diff: Diff, before: str, after: str, console: Console) -> str:
    """Return some lines for each change; one line where there is none."""
    if not diff.changes and not diff.effects:
        return terminal_text(f"{comparison_headline(diff, before, after)}.")
    lines = [console.style(terminal_text(comparison_headline(diff, before, after)), "bold")]
    lines.extend(_grade_lines(diff.effects, console))
    remarks = Remarks(diff)
    last = None
    for section in change_groups(diff):
        if section.importance is not last:
            count = sum(change.importance is section.importance for change in diff.changes)
            title = f"{HEADLINES[section.importance]} ({count})"
            lines += ["", console.style(title, "bold", _COLORS[section.importance])]
        last = section.importance
        if section.cycle:
            lines.append(f"  {console.style(terminal_text(section.cycle), 'dim')}")
        for change in section.changes:
            lines.extend(_change_lines(change, remarks.remark_on(change), console))
    return "\n".join(lines)


def _change_lines(change: OkrChange, why: str, console: Console) -> Iterator[str]:
    """Yield the sentence, wrapped; what a reviewer asks; the place."""
    yield from _wrap_text(terminal_text(change_sentence(change)), "  - ", console)
    if why:
        yield from _wrap_text(terminal_text(why), "    ", console)
    place = terminal_text(f"{change.path}:{change.line}")
    yield f"    {console.style(place, 'dim')}"


def _wrap_text(text: str, start: str, console: Console) -> list[str]:
    width = max(_NARROW, console.width)
    after = " " * len(start)
    return textwrap.wrap(
        text, width, initial_indent=start, subsequent_indent=after,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _grade_lines(effects: tuple[Effect, ...], console: Console) -> Iterator[str]:
    if not effects:
        return
    yield ""
    yield console.style("Grades", "bold")
    above, below = split_by_scope(effects)
    names = [terminal_text(title) for title in effect_titles(effects)[: len(above)]]
    width = min(max(_NARROW, console.width - _ROOM), max(len(name) for name in names))
    for effect, name in zip(above, names, strict=True):
        title = _truncate(name, width).ljust(width)
        yield f"  {title}  {_grade_movement(effect, console)}".rstrip()
    if below:
        yield f"  and {effect_counts(below)}; `--format json` has all"


def _truncate(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _grade_movement(effect: Effect, console: Console) -> str:
    """Return `0.45 → 0.49  +0.04  Behind → On track`, with the numbers below each other."""
    grades = f"{grade_text(effect.before):>4} → {grade_text(effect.after):<4}"
    change = grade_difference(effect)
    color = "green" if effect.is_rise else "red"
    words = ""
    if effect.words_before != effect.words_after:
        old, new = effect.words_before or NO_GRADE, effect.words_after or NO_GRADE
        if effect.counted_before is not None:
            old = "{} of {}".format(*effect.counted_before)
        words = f"{old} → {new}"
    return f"{grades}  {console.style(change.rjust(5), color)}  {terminal_text(words)}"
