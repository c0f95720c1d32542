"""Builds what every form of a diff says alike: headlines, groups, the movement of a grade."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from okrdocs.diff import ChangeKind, Diff, Effect, Importance, OkrChange, Scope
from okrdocs.markup.counts import count_of
from okrdocs.workspace.workspace import ResolvedRef

HEADLINES = {
    Importance.GOALPOSTS: "Moves the goalposts",
    Importance.COMMITMENT: "Changes a commitment",
    Importance.PROGRESS: "Reports progress",
    Importance.WORDS: "Changes words",
}
COMPANY = "The company"
MOST_ROWS = 15
"""Grades that are read at a glance."""

NO_GRADE = "–"
NO_REASON = "No reason is given."
_CLOSED_NOTE = "Its numbers are sealed from now on; to change one takes an amendment."
_EXPLAINED, _UNEXPLAINED = "An amendment explains it.", "No amendment explains it."
GRADING = frozenset(
    {
        ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.MOVED, ChangeKind.BASELINE,
        ChangeKind.TARGET, ChangeKind.WEIGHT, ChangeKind.MEASURE, ChangeKind.TYPE,
        ChangeKind.STATUS, ChangeKind.DATES, ChangeKind.CHECK_IN_ADDED,
        ChangeKind.CHECK_IN_CHANGED, ChangeKind.CHECK_IN_REMOVED, ChangeKind.GRADE,
        ChangeKind.DROPPED, ChangeKind.MILESTONE,
    }
)  # fmt: skip
"""What can move the grade of what it is about; who answers for it and how it is worded can't."""

_EVERYWHERE = frozenset({ChangeKind.POLICY, ChangeKind.DATES, ChangeKind.STATUS})
"""What can move the grades of a cycle or of the company."""

_SCOPES = {scope: place for place, scope in enumerate(Scope)}
_ENDS = (".", "!", "?", "…")


class ChangeGroup(NamedTuple):
    """Changes of one importance in one cycle. `cycle` is "" where there is only one."""

    importance: Importance
    cycle: str
    changes: tuple[OkrChange, ...]


def comparison_headline(diff: Diff, before: str, after: str) -> str:
    """Return `12 changes from main to this branch, all in 2025-Q2`."""
    if not diff.changes:
        return f"No change in the OKRs between {before} and {after}"
    cycles = {change.cycle for change in diff.changes}
    where = f", all in {cycles.pop()}" if len(cycles) == 1 and "" not in cycles else ""
    return f"{count_of(len(diff.changes), 'change')} from {before} to {after}{where}"


def change_groups(diff: Diff) -> Iterator[ChangeGroup]:
    """Yield the changes in their order, grouped by importance and cycle."""
    several = len({change.cycle for change in diff.changes}) > 1
    for importance, changes in groupby(diff.changes, lambda change: change.importance):
        if not several:
            yield ChangeGroup(importance, "", tuple(changes))
            continue
        for cycle, inside in groupby(changes, lambda change: change.cycle):
            yield ChangeGroup(importance, cycle or COMPANY, tuple(inside))


def change_sentence(change: OkrChange) -> str:
    """Return the sentence with its first letter large and its full stop."""
    return with_full_stop(change.sentence[:1].upper() + change.sentence[1:])


def with_full_stop(text: str) -> str:
    """Return the text with a full stop, where nothing ends it yet."""
    return text if text.rstrip("”").endswith(_ENDS) else f"{text}."


class Remarks:
    """What a reviewer asks about changed goalposts: what it did to the grade, and why.

    The grade before and after is that of all changes together, and says so where there are others
    that can change it. It stands with the first of them, with its words where `words` is set.
    `amended`: what amendments of closed cycles explain; None where that isn't known.
    """

    def __init__(
        self, diff: Diff, *, words: bool = False, amended: Collection[ResolvedRef] | None = None
    ) -> None:
        counting = [c for c in diff.changes if c.importance is not Importance.WORDS]
        self.words, self.amended = words, amended
        self.effects = {effect.ref: effect for effect in diff.effects if effect.ref is not None}
        self.zeros = Counter(
            effect.cycle
            for effect in diff.effects
            if effect.scope is Scope.KEY_RESULT and effect.before is None and effect.after == 0
        )
        self.everywhere = sum(c.ref is None and c.kind in _EVERYWHERE for c in counting)
        refs = [c.ref for c in counting if c.ref is not None and c.kind in GRADING]
        self.changes = Counter(refs)
        self.changes.update(ref.parent for ref in refs if ref.key_result)
        self.first: dict[ResolvedRef, OkrChange] = {}
        for change in diff.changes:
            if change.ref is not None and _is_grade_changing(change):
                self.first.setdefault(change.ref, change)
        self.refs_with_remark = frozenset(
            ref for ref, change in self.first.items() if self._grade_change_text(change)
        )

    def remark_on(self, change: OkrChange) -> str:
        """Return one line, or "" where there is nothing to remark."""
        return " ".join(
            filter(None, [self.reason_and_grade_text(change), self.missing_reason_text(change)])
        )

    def reason_and_grade_text(self, change: OkrChange) -> str:
        """Return the grade, and the reason where the file gives one."""
        parts = [self._grade_change_text(change)] if _is_grade_changing(change) else []
        if change.reason:
            parts.append(with_full_stop(f"Reason: {change.reason}"))
        if is_closing_of_cycle(change):
            parts += [self._unreported_as_zero(change), _CLOSED_NOTE]
        if self._is_late(change) and self._is_amended(change):
            parts.append(_EXPLAINED)
        return " ".join(filter(None, parts))

    def _unreported_as_zero(self, change: OkrChange) -> str:
        """Return how many key results count as zero because a cycle was closed too early."""
        count = self.zeros[change.cycle]
        what = count_of(count, "key result")
        return f"{what} without a value count{'s' if count == 1 else ''} as 0." if count else ""

    def missing_reason_text(self, change: OkrChange) -> str:
        """Return that a reason is missing which should be there; else ""."""
        if self._is_late(change):
            return "" if self._is_amended(change) else _UNEXPLAINED
        return NO_REASON if _needs_reason(change) and not change.reason else ""

    def _is_late(self, change: OkrChange) -> bool:
        return self.amended is not None and _is_grade_changing(change) and change.after_closing

    def _is_amended(self, change: OkrChange) -> bool:
        amended = self.amended or ()
        return change.ref is not None and (change.ref in amended or change.ref.parent in amended)

    def _grade_change_text(self, change: OkrChange) -> str:
        effect = self.effects.get(change.ref) if change.ref is not None else None
        if effect is None or effect.before == effect.after or change.ref is None:
            return ""
        if self.first[change.ref] is not change or _sentence_has_both_grades(change):
            return ""
        others = self.changes[change.ref] + self.everywhere > 1
        with_all = " with all changes" if others else ""
        old, new = (
            grades_with_words(effect)
            if self.words
            else (grade_text(effect.before), grade_text(effect.after))
        )
        return f"Grade {old} → {new}{with_all}."


def is_closing_of_cycle(change: OkrChange) -> bool:
    """Return whether the change closes a cycle."""
    cycle = change.ref is None and change.kind is ChangeKind.STATUS and change.field == "status"
    return cycle and change.after == "closed"


def _is_grade_changing(change: OkrChange) -> bool:
    # A title moves no grade, even where a number in it is the goalpost.
    words = change.kind in (ChangeKind.REMOVED, ChangeKind.REWORDED)
    return change.importance is Importance.GOALPOSTS and not words


def _sentence_has_both_grades(change: OkrChange) -> bool:
    """Return whether the sentence itself has both grades: a new manual one, and the formula's."""
    return change.kind is ChangeKind.GRADE and not change.before


def _needs_reason(change: OkrChange) -> bool:
    """Return whether a target changed, or a manual grade was given, which should have a reason."""
    if not _is_grade_changing(change) or not change.after:
        return False
    if change.kind is ChangeKind.GRADE:
        return change.field in ("grade", "grade.value")
    return change.field == "target" and bool(change.before)


def grade_text(value: Decimal | None) -> str:
    """Return a grade, or a dash for none."""
    return NO_GRADE if value is None else str(value)


def grade_difference(effect: Effect) -> str:
    """Return `+0.04`; "" where one of the two grades is missing or both are the same."""
    if effect.before is None or effect.after is None or effect.before == effect.after:
        return ""
    change = effect.after - effect.before
    return f"{'+' if change > 0 else '−'}{abs(change)}"


def grades_with_words(effect: Effect) -> tuple[str, str]:
    """Grade before and after; with the words beside them where these differ."""
    if effect.words_before == effect.words_after:
        return grade_text(effect.before), grade_text(effect.after)
    return _grade_and_words_text(effect.before, effect.words_before), _grade_and_words_text(
        effect.after, effect.words_after
    )


def _grade_and_words_text(value: Decimal | None, words: str) -> str:
    shown_grade = "" if value is None else str(value)
    return " · ".join(part for part in (shown_grade, words) if part) or NO_GRADE


def split_by_scope(effects: Sequence[Effect]) -> tuple[tuple[Effect, ...], tuple[Effect, ...]]:
    """Return the effects that fit into a short table, and the rest.

    Key results are left out first, then the objectives. A cycle that is closed changes the grade of
    nearly all that it contains.
    """
    for last in (Scope.KEY_RESULT, Scope.OBJECTIVE, Scope.TEAM):
        above = tuple(effect for effect in effects if _SCOPES[effect.scope] <= _SCOPES[last])
        if above and len(above) <= MOST_ROWS:
            break
    above = above or tuple(effects)
    return above, tuple(effects[len(above) :])


def effect_counts(effects: Sequence[Effect]) -> str:
    """Return `45 objectives and 128 key results`."""
    count = Counter(effect.scope for effect in effects)
    return " and ".join(count_of(count[scope], scope) for scope in Scope if count[scope])


def effect_titles(effects: Sequence[Effect]) -> list[str]:
    """Return what each effect is about, with its cycle where there are several."""
    several = len({effect.cycle for effect in effects}) > 1
    return [
        f"{effect.cycle} · {effect.title}"
        if several and effect.scope is not Scope.CYCLE
        else effect.title
        for effect in effects
    ]
