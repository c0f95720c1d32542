"""What every form of a diff says alike: headlines, groups, the movement of a grade."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from okrdocs.diff import Change, Diff, Effect, Importance, Kind, Scope
from okrdocs.report.counts import counted

HEADLINES = {
    Importance.GOALPOSTS: "Moves the goalposts",
    Importance.COMMITMENT: "Changes a commitment",
    Importance.PROGRESS: "Reports progress",
    Importance.WORDS: "Changes words",
}
COMPANY = "The company"
NO_GRADE = "–"
_ENDS = (".", "!", "?", "…")


class Section(NamedTuple):
    """Changes of one importance in one cycle. `cycle` is "" where there is only one."""

    importance: Importance
    cycle: str
    changes: tuple[Change, ...]


def headline(diff: Diff, before: str, after: str) -> str:
    """`12 changes from main to this branch, all in 2025-Q2`."""
    if not diff.changes:
        return f"No change in the OKRs between {before} and {after}"
    cycles = {change.cycle for change in diff.changes}
    where = f", all in {cycles.pop()}" if len(cycles) == 1 and "" not in cycles else ""
    return f"{counted(len(diff.changes), 'change')} from {before} to {after}{where}"


def sections(diff: Diff) -> Iterator[Section]:
    """The changes in their order, parted by importance and cycle."""
    several = len({change.cycle for change in diff.changes}) > 1
    for importance, found in groupby(diff.changes, lambda change: change.importance):
        if not several:
            yield Section(importance, "", tuple(found))
            continue
        for cycle, inside in groupby(found, lambda change: change.cycle):
            yield Section(importance, cycle or COMPANY, tuple(inside))


def told(change: Change) -> str:
    """The sentence with its first letter large and its full stop."""
    return ended(change.sentence[:1].upper() + change.sentence[1:])


def ended(text: str) -> str:
    """The text with a full stop, where nothing ends it yet."""
    return text if text.rstrip("”").endswith(_ENDS) else f"{text}."


class Remarks:
    """What a reviewer asks about goalposts that moved: what it did to the grade, and why.

    The grade before and after is that of all changes together, and says so where there are others.
    """

    def __init__(self, diff: Diff) -> None:
        counting = [c for c in diff.changes if c.importance is not Importance.WORDS]
        self.effects = {each.ref: each for each in diff.effects if each.ref is not None}
        self.everywhere = sum(change.ref is None for change in counting)
        refs = [change.ref for change in counting if change.ref is not None]
        self.changes = Counter(refs)
        self.changes.update(ref.parent for ref in refs if ref.key_result)

    def on(self, change: Change) -> str:
        """One line, or "" where there is nothing to remark."""
        said = [self._grade(change)] if _moves(change) else []
        if change.reason:
            said.append(ended(f"Reason: {change.reason}"))
        elif _asks(change):
            said.append("No reason is given.")
        return " ".join(filter(None, said))

    def _grade(self, change: Change) -> str:
        effect = self.effects.get(change.ref) if change.ref is not None else None
        if effect is None or effect.before == effect.after or change.ref is None:
            return ""
        others = self.changes[change.ref] + self.everywhere > 1
        with_all = " with all changes" if others else ""
        return f"Grade {grade(effect.before)} → {grade(effect.after)}{with_all}."


def _moves(change: Change) -> bool:
    return change.importance is Importance.GOALPOSTS and change.kind is not Kind.REMOVED


def _asks(change: Change) -> bool:
    """Whether a target or a grade given by hand moved, which should have its reason."""
    reasoned = change.kind is Kind.GRADE or change.field == "target"
    return bool(reasoned and _moves(change) and change.before and change.after)


def grade(value: Decimal | None) -> str:
    """A grade, or a dash."""
    return NO_GRADE if value is None else str(value)


def moved(effect: Effect) -> str:
    """`+0.04`; "" where one of the two grades isn't there or both are the same."""
    if effect.before is None or effect.after is None or effect.before == effect.after:
        return ""
    change = effect.after - effect.before
    return f"{'+' if change > 0 else '−'}{abs(change)}"


def shown(effect: Effect) -> tuple[str, str]:
    """Grade before and after; with the words beside them where these differ."""
    sides = (grade(effect.before), effect.words_before), (grade(effect.after), effect.words_after)
    if effect.words_before == effect.words_after:
        return sides[0][0], sides[1][0]
    old, new = (" · ".join(part for part in side if part not in ("", NO_GRADE)) for side in sides)
    return old or NO_GRADE, new or NO_GRADE


def titles(effects: Sequence[Effect]) -> list[str]:
    """What each effect is about, with its cycle where there are several."""
    several = len({effect.cycle for effect in effects}) > 1
    return [
        f"{effect.cycle} · {effect.title}"
        if several and effect.scope is not Scope.CYCLE
        else effect.title
        for effect in effects
    ]
