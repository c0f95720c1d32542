"""Reads the values of a key result: check-ins, milestones and plan, as its measure says.

`measure` decides how a key result is measured; here every text becomes an exact amount, and what
can't be read that way a Problem at its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from okrdocs.format.records import CheckIn, KeyResult, MeasureName, Stage, StageChange
from okrdocs.grading.amounts import (
    ProblemSink,
    amount_or_none,
    convert_to_unit_of,
    read_quantity,
    report_placeholder,
    weight_or_one,
)
from okrdocs.grading.blanks import is_blank, is_placeholder
from okrdocs.grading.likely_amounts import amount_in_unit_of
from okrdocs.grading.quantity import (
    Quantity,
    QuantityError,
    Target,
    UnitKind,
    format_like,
    parse_quantity,
)
from okrdocs.grading.values_in_words import (
    DONE_WORDS,
    NOT_BEGUN,
    NOT_DONE_WORDS,
    folded_words,
    likely_share_done,
)
from okrdocs.markup.text_key import text_key
from okrdocs.problem import Source
from okrdocs.workspace.workspace import Cycle

_STAGE_LIKENESS = 0.8
Amount = Quantity | Fraction
"""A value: a quantity, or the share that a stage, a mark or milestones are worth."""

MEASURES_WITHOUT_LINE = frozenset({MeasureName.DONE, MeasureName.JUDGED, MeasureName.STAGES})
"""Measures whose values are words or marks: they have no line to be ahead of."""


DEFAULT_LEVEL_MARKS = (Fraction(3, 10), Fraction(7, 10), Fraction(1))
"""What commit, target and stretch are worth unless they say otherwise."""


@dataclass(frozen=True, slots=True)
class ReportedValue:
    """A value on a day. `text` is shown; the check-in is None for a milestone's date.

    The amount is None where a judged key result has words so far and no mark, and where the key
    result can't be graded. `counts` is false where the day lies outside the cycle: before its
    first day or after its grading date.
    """

    date: date
    text: str
    amount: Amount | None
    check_in: CheckIn | None
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure with its numbers; what a measure doesn't use is None.

    `target_text` is as written; the text of `target` has the comparator by which it is read.
    `level_marks` are those of commit, target and stretch. `former_stages` are by date. `weights`
    is the sum of the milestones' weights.
    """

    name: MeasureName
    target_text: str
    target: Target | None = None
    baseline: Quantity | None = None
    floor: Quantity | None = None
    ceiling: Quantity | None = None
    levels: tuple[Quantity, Quantity, Quantity] | None = None
    level_marks: tuple[Fraction, ...] = DEFAULT_LEVEL_MARKS
    stages: tuple[Stage, ...] = ()
    former_stages: tuple[StageChange, ...] = ()
    weights: Fraction | None = None

    def stages_on(self, day: date) -> tuple[Stage, ...]:
        """Return the stages in which a value of a day was written: those that held then."""
        return next(
            (change.from_ for change in self.former_stages if day < change.date), self.stages
        )


def reported_values(
    key_result: KeyResult, measure: Measure, cycle: Cycle, sink: ProblemSink
) -> Iterator[ReportedValue]:
    """Yield every value that a key result reports, in the file's order.

    Milestones and judged marks come by date. What can't be read is a problem in `sink`.
    """
    if measure.name is MeasureName.MILESTONES:
        yield from _milestone_values(key_result, cycle, sink)
        return
    if measure.name is MeasureName.JUDGED:
        yield from _values_with_marks(key_result, cycle, sink)
        return
    relative = _has_only_changes(key_result)
    in_shares = not any(_is_above_one(check_in.value) for check_in in key_result.check_ins)
    for check_in in key_result.check_ins:
        text, at = check_in.value, check_in.at
        if text is None or is_blank(text):
            continue
        if measure.name is MeasureName.DONE:
            amount: Amount | None = _read_share_done(text, at, sink, in_shares)
        else:
            amount = _read_amount(text, check_in.date, measure, at, sink, relative)
        if amount is not None:
            counts = cycle.counts_values_of(check_in.date)
            yield ReportedValue(check_in.date, text, amount, check_in, counts)


def _is_above_one(text: str | None) -> bool:
    """Return whether a value is a bare number above 1, or percent: beside it, 1 may be 1%."""
    amount = amount_or_none(text or "")
    in_percent = (UnitKind.NUMBER, UnitKind.PERCENT)
    return amount is not None and amount.kind in in_percent and amount.value > 1


def values_as_text(key_result: KeyResult, cycle: Cycle) -> Iterator[ReportedValue]:
    """Yield what was reported of a key result that can't be graded: texts without an amount."""
    for check_in in key_result.check_ins:
        if check_in.value and not (is_blank(check_in.value) or is_placeholder(check_in.value)):
            counts = cycle.counts_values_of(check_in.date)
            yield ReportedValue(check_in.date, check_in.value, None, check_in, counts)


def _values_with_marks(
    key_result: KeyResult, cycle: Cycle, sink: ProblemSink
) -> Iterator[ReportedValue]:
    """Yield what was said on each day; words without a mark leave the last mark as it is.

    A mark from outside the cycle is none for what is said within it.
    """
    last_marks: dict[bool, Fraction | None] = {}
    for check_in in sorted(key_result.check_ins, key=lambda check_in: check_in.date):
        counts = cycle.counts_values_of(check_in.date)
        text = check_in.value
        if check_in.grade is not None:
            last_marks[counts] = check_in.grade.value
            text = text or check_in.grade.text
        elif text is None or not _is_remark(text, check_in.at, sink):
            continue
        yield ReportedValue(check_in.date, text, last_marks.get(counts), check_in, counts)


def _is_remark(text: str, at: Source, sink: ProblemSink) -> bool:
    """Return whether a judged value is in words; a mark in its place is a problem."""
    if is_blank(text) or report_placeholder(text, at, "value", sink):
        return False
    mark = _mark_meant_by_number(text)
    if mark is None:
        return True
    message = f"A judged key result is graded by `grade:` alone, so `{text}` here wouldn't count."
    hint = f"Write `grade: {float(mark):g}`; `value:` is for words beside it."
    right = (("grade", f"{float(mark):g}"),)
    sink.add_error(at, "value", "mark-as-value", message, hint, right)
    return False


def _mark_meant_by_number(text: str) -> Fraction | None:
    """Return the mark that a number from 0 to 1 or a percentage was meant as; None for words."""
    try:
        amount = parse_quantity(text.replace(",", ".", 1) if text[:2] in {"0,", "1,"} else text)
    except QuantityError:
        return None
    share = amount.value / (100 if amount.unit == "%" else 1)
    marked = amount.kind in {UnitKind.NUMBER, UnitKind.PERCENT} and 0 <= share <= 1
    return share if marked else None


def _has_only_changes(key_result: KeyResult) -> bool:
    """Return whether values are changes: a `change:` without a baseline has nothing else."""
    if key_result.change is None:
        return False
    return not any(c.isdigit() for c in key_result.baseline or "")


def _read_amount(
    text: str, day: date, measure: Measure, at: Source, sink: ProblemSink, relative: bool
) -> Amount | None:
    """Read a value as its measure does: a quantity, a stage's mark, or a share that is done."""
    if measure.name is MeasureName.STAGES:
        return _stage_mark(text, measure.stages_on(day), at, sink)
    if not relative and _report_words(text, measure, at, sink):
        return None
    amount = read_quantity(text, at, "value", sink)
    unit = measure.levels[1] if measure.levels else measure.target and measure.target.low
    if amount is None or not unit:
        return amount
    converted = convert_to_unit_of(amount, unit)
    if converted is not None:
        return converted
    message = f"`{text}` and the target `{measure.target_text}` aren't in the same unit."
    written = "" if relative else amount_in_unit_of(text, unit)
    if written:
        sink.add_error(at, "value", "unit-mismatch", message, right=(("value", written),))
        return None
    hint = _share_of_target_hint(amount, measure)
    hint = hint or f"Write the value in the unit of the target, as in `{unit.text}`."
    if relative:
        hint = (
            f"Add `baseline:` with the value at the start, in the unit of `{text}`;"
            f" without it only changes can be read, as in `{unit.text}`."
        )
    sink.add_error(at, "value", "unit-mismatch", message, hint)
    return None


def _report_words(text: str, measure: Measure, at: Source, sink: ProblemSink) -> bool:
    """Return whether a value is a word for the whole, or for nothing, in place of an amount.

    Adds a problem with the amount that it stands for: a running total that hasn't begun is 0.
    """
    target = measure.target.low if measure.target else None
    goal = measure.levels[2] if measure.levels else target
    if goal is None or any(c.isdigit() for c in text):
        return False
    folded, message = folded_words(text), f"`{text}` doesn't say how much it is."
    if folded in NOT_DONE_WORDS:
        nothing = format_like(Fraction(0), goal) if goal.kind is not UnitKind.SCORE else "0"
        start = measure.baseline.text if measure.baseline else nothing
        certain = measure.name is MeasureName.ACCUMULATE
        right = (("value", start),) if certain else ()
        hint = "" if certain else f"Write the value; at the start it was `{start}`."
        if not certain and measure.baseline is None:
            hint = "Write the value, or `n/a` if it wasn't measured."
        sink.add_error(at, "value", "bad-quantity", message, hint, right)
    elif folded in DONE_WORDS:
        hint = f"Write the value that was reached; the target is `{measure.target_text}`."
        sink.add_error(at, "value", "bad-quantity", message, hint)
    else:
        return False
    return True


def _share_of_target_hint(amount: Quantity, measure: Measure) -> str:
    """Say what `75%` of a target of 4 is; "" for other values and targets."""
    goal = measure.target.low if measure.target else None
    if goal is None or amount.unit != "%" or measure.name is not MeasureName.ACCUMULATE:
        return ""
    part = format_like(goal.value * amount.value / 100, goal)
    return f"Write how much it is: {amount.text} of the target would be `{part}`."


def _stage_mark(
    text: str, stages: tuple[Stage, ...], at: Source, sink: ProblemSink
) -> Fraction | None:
    """Read a stage: by its name or an unambiguous beginning of it, as `not yet`, or by a mark.

    A mark may lie between those of two stages: `0.7`.
    """
    folded = text_key(text)
    exact = [stage for stage in stages if text_key(stage.stage) == folded]
    meant = exact or [stage for stage in stages if text_key(stage.stage).startswith(folded)]
    if len(meant) == 1:
        return meant[0].mark.value
    if folded in NOT_BEGUN:
        return Fraction(0)
    mark = _mark_meant_by_number(text)
    if mark is not None and not meant:
        return mark
    names = ", ".join(f"`{stage.stage}`" for stage in meant or stages)
    what = "may be several of the stages" if meant else "is none of the stages"
    hint = "Write more of its name." if meant else _likely_stage_hint(folded, stages, sink)
    sink.add_error(at, "value", "unknown-stage", f"`{text}` {what}: {names}.", hint)
    return None


def _likely_stage_hint(folded: str, stages: tuple[Stage, ...], sink: ProblemSink) -> str:
    """Return the stage that was misspelt; never one of which the value says more or less.

    `not live` isn't `Live`: a guess must not give a better grade than what was meant.
    """
    alike = [
        stage
        for stage in sorted(stages, key=lambda stage: stage.mark.value or 0)
        if len(stage.stage.split()) == len(folded.split()) and text_key(stage.stage) not in folded
    ]
    hint = sink.nearest_hint(folded, [stage.stage for stage in alike], _STAGE_LIKENESS)
    return hint or "Write a stage, `not yet`, or a mark from 0 to 1."


def _read_share_done(text: str, at: Source, sink: ProblemSink, in_shares: bool) -> Fraction | None:
    words = {"done": Fraction(1), "not done": Fraction(0)}
    folded = folded_words(text)
    if folded in words:
        return words[folded]
    try:
        share = parse_quantity(text)
    except QuantityError:
        share = None
    if share is not None and share.unit == "%" and 0 <= share.value <= 100:
        return share.value / 100
    message = f"`{text}` doesn't say how much is done."
    hint = "Write `done`, `not done`, or a percentage from 0% to 100%."
    likely = likely_share_done(folded, share, in_shares)
    if share is not None and share.kind is UnitKind.NUMBER and share.value == 1:
        hint = "Write `done` for the whole, `1%` for one percent."
    elif share is None:
        hint += " Words alone belong into `note:`."
    right = (("value", likely),) if likely else ()
    sink.add_error(at, "value", "bad-quantity", message, "" if likely else hint, right)
    return None


def _milestone_values(
    key_result: KeyResult, cycle: Cycle, sink: ProblemSink
) -> Iterator[ReportedValue]:
    """Yield the share that was done on each day on which something was reported.

    A milestone that was done outside the cycle stands for itself, and counts in no share.
    """
    _report_values_beside_milestones(key_result, sink)
    check_ins_by_day = {
        check_in.date: check_in
        for check_in in key_result.check_ins
        if cycle.counts_values_of(check_in.date)
    }
    done = [(step.done, step) for step in key_result.milestones if step.done is not None]
    steps = sorted(
        (day, weight_or_one(step.weight)) for day, step in done if cycle.counts_values_of(day)
    )
    for day, step in done:
        if not cycle.counts_values_of(day):
            yield ReportedValue(day, step.title, None, None, counts=False)
    whole = sum(weight_or_one(m.weight) for m in key_result.milestones)
    reached, share = 0, Fraction(0)
    for day in sorted({*check_ins_by_day, *(day for day, _ in steps)}):
        while reached < len(steps) and steps[reached][0] <= day:
            share += steps[reached][1] / whole
            reached += 1
        text = f"{reached} of {len(key_result.milestones)}"
        yield ReportedValue(day, text, share, check_ins_by_day.get(day))


def _report_values_beside_milestones(key_result: KeyResult, sink: ProblemSink) -> None:
    for check_in in key_result.check_ins:
        if check_in.value is not None and not is_blank(check_in.value):
            message = "Milestones carry the value; a check-in here only comments."
            hint = "Give the milestone its `done:` date, and remove `value:`."
            sink.add_error(check_in.at, "value", "bad-quantity", message, hint)


def report_unused_marks(key_result: KeyResult, measure: Measure, sink: ProblemSink) -> None:
    """Add an error for each mark in a check-in of a key result that isn't judged."""
    if measure.name is MeasureName.JUDGED:
        return
    for check_in in key_result.check_ins:
        if check_in.grade is not None:
            message = "A mark in a check-in counts only where `measure: judged` says so."
            hint = "Give a `value:`; to overrule the formula, use `grade:` on the key result."
            sink.add_error(check_in.at, "grade", "bad-measure", message, hint)


def planned_amounts(
    key_result: KeyResult, measure: Measure, cycle: Cycle, sink: ProblemSink
) -> Iterator[tuple[date, Amount]]:
    """Yield the points of the plan by date, as amounts of the measure.

    Points outside the cycle, and a plan for a measure without a line, are errors in `sink`.
    """
    if key_result.plan and measure.name in MEASURES_WITHOUT_LINE | {MeasureName.MILESTONES}:
        message = f"A key result measured by {measure.name.value} has no line to plan."
        sink.add_error(key_result.at, "plan", "bad-plan", message, "Remove `plan:`.")
        return
    for point in sorted(key_result.plan, key=lambda point: point.date):
        if cycle.period and not cycle.period.start <= point.date <= cycle.period.end:
            message = f"The plan's date {point.date} lies outside the cycle."
            sink.add_error(point.at, "date", "bad-plan", message)
            continue
        amount = _read_amount(
            point.value, point.date, measure, point.at, sink, _has_only_changes(key_result)
        )
        if amount is not None:
            yield point.date, amount
