"""Infers the measure from a baseline and a target: keep, increase, decrease or accumulate.

The order of the questions is the order of the table in docs/explanation/grading.md
("Measures"). Where two readings are possible, the message names both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from okrdocs.format.records import KeyResult, MeasureName
from okrdocs.grading.amounts import (
    ProblemSink,
    amount_or_none,
    convert_to_unit_of,
    entries_hint,
    read_baseline,
    read_quantity,
    report_placeholder,
)
from okrdocs.grading.keep_limits import keep_limits
from okrdocs.grading.likely_amounts import (
    amount_in_unit_of,
    holds_several_amounts,
    likely_entries,
    rank_hint,
)
from okrdocs.grading.quantity import (
    Quantity,
    QuantityError,
    Target,
    UnitKind,
    format_like,
    parse_target,
)
from okrdocs.problem import Source

_COUNTED = frozenset({UnitKind.NUMBER, UnitKind.COUNT, UnitKind.MONEY})
_UNCLEAR = frozenset({UnitKind.DURATION, UnitKind.RATE, UnitKind.SCORE, UnitKind.PERCENT})
_LOWER_BOUNDS = frozenset({"≥", ">"})
_UPPER_BOUNDS = frozenset({"≤", "<"})
_FROM_A_BASELINE = frozenset({MeasureName.INCREASE, MeasureName.DECREASE})

_BY_PERCENT_IN_WORDS = re.compile(
    r"[+-]?[0-9.]+ ?% (?:more|up|higher|increase|growth|less|fewer|down|lower|decrease|reduction)",
    re.IGNORECASE,
)

FieldPlace = tuple[Source, str]


@dataclass(frozen=True, slots=True)
class InferredMeasure:
    """A measure that follows from a target: a line from a baseline, a bound to keep, or a sum.

    `written` is the target's text; the target's own has the comparator that the measure gives it.
    """

    name: MeasureName
    target: Target
    written: str
    baseline: Quantity | None
    floor: Quantity | None = None
    ceiling: Quantity | None = None


def infer_measure(
    key_result: KeyResult, target_text: str | None, place: FieldPlace, sink: ProblemSink
) -> InferredMeasure | None:
    """Infer the measure with this target, the present or a former one.

    Returns None with problems added where nothing can be inferred, or only in two ways.
    """
    stated = key_result.measure
    accumulates = stated is MeasureName.ACCUMULATE
    faults = len(sink.problems)
    baseline = None if accumulates else read_baseline(key_result, sink)
    target = _read_target(key_result, target_text, baseline, place, sink)
    if target is None or len(sink.problems) > faults:
        return None
    target = _as_score_unless_whole(target, key_result)
    if baseline is None and key_result.change is not None:
        baseline = _zero_in_unit_of(target.low)
    if baseline is not None:
        baseline = _baseline_in_target_unit(key_result, baseline, target, place, sink)
        if baseline is None:
            return None
    name = stated or _infer_measure_name(target, baseline, place, sink)
    if name is None:
        return None
    if name in _FROM_A_BASELINE and baseline is None:
        message = f"A measure of {name.value} needs a baseline."
        sink.add_not_gradable(*place, "no-baseline", message, "Add `baseline:`.")
        return None
    inferred = InferredMeasure(name, _add_comparator(name, target), target.text, baseline)
    if not _is_measure_consistent(name, inferred.target, baseline, place, sink):
        return None
    limits = keep_limits(key_result, name, inferred.target, sink)
    return limits and replace(inferred, floor=limits[0], ceiling=limits[1])


def infer_former_measure(
    key_result: KeyResult, text: str, final: Target, place: FieldPlace, sink: ProblemSink
) -> InferredMeasure | None:
    """Infer the measure with a former target, converted to the unit of the final one.

    Values are read in the final target's unit. Returns None with problems added.
    """
    inferred = infer_measure(replace(key_result, change=None), text, place, sink)
    if inferred is None:
        return None
    low = convert_to_unit_of(inferred.target.low, final.low)
    high = inferred.target.high and convert_to_unit_of(inferred.target.high, final.low)
    if low is not None and (high is not None or inferred.target.high is None):
        return replace(inferred, target=replace(inferred.target, low=low, high=high))
    message = f"The former target `{text}` and the target `{final.text}` differ in unit."
    hint = "Write both in one unit; what measures something else is another key result."
    sink.add_error(*place, "unit-mismatch", message, hint)
    return None


# ------------------------------------------------------------------- the target


def _read_target(
    key_result: KeyResult,
    text: str | None,
    baseline: Quantity | None,
    place: FieldPlace,
    sink: ProblemSink,
) -> Target | None:
    if key_result.change is not None:
        return _target_from_change(key_result, baseline, sink)
    if text is None:
        message = "Nothing says when this key result is reached."
        sink.add_not_gradable(key_result.at, "measure", "no-target", message, "Give `target:`.")
        return None
    if report_placeholder(text, *place, sink):
        return None
    try:
        if relative := _BY_PERCENT_IN_WORDS.fullmatch(text.strip()):
            raise QuantityError(f"`{relative[0]}` is a change, and says in words which way.")
        return parse_target(text)
    except QuantityError as fault:
        right = ((place[1], fault.write),) if fault.write else likely_entries(text, place[1])
        hint = fault.hint if fault.write or not right else entries_hint(right)
        if not right and place[1] == "target" and (ranks := rank_hint(text)):
            message = f"`{text}` has two readings: a rank, or a number of things."
            sink.add_not_gradable(*place, "ambiguous-target", message, ranks)
        elif not right and place[1] == "target" and holds_several_amounts(text):
            message = f"The target `{text}` holds several numbers."
            hint = (
                "Keep the one that decides; a second result is a key result of its own, and what"
                " explains it belongs into `why:`."
            )
            sink.add_not_gradable(*place, "no-target", message, hint)
        else:
            sink.add_error(*place, "bad-quantity", fault.message, hint, right)
        return None


def _as_score_unless_whole(target: Target, key_result: KeyResult) -> Target:
    """Return the target as a score where it counts parts of a whole and a value isn't whole.

    `4 out of 5` counts things as long as 2 or 3 of them are reported; with 2.4 it is a score.
    """
    low = target.low
    if low.kind is not UnitKind.COUNT or not low.unit.startswith("of "):
        return target
    values = (amount_or_none(check_in.value or "") for check_in in key_result.check_ins)
    if all(value is None or value.value.denominator == 1 for value in values):
        return target
    return replace(target, low=replace(low, kind=UnitKind.SCORE))


def _target_from_change(
    key_result: KeyResult, baseline: Quantity | None, sink: ProblemSink
) -> Target | None:
    """Compute the target of `change:`: relative for a percentage, a difference otherwise."""
    at = key_result.at
    if key_result.target is not None:
        message = "`change:` and `target:` say the same thing twice."
        sink.add_error(at, "change", "bad-change", message, "Keep one of them.")
        return None
    change = read_quantity(key_result.change or "", at, "change", sink)
    if change is None:
        return None
    if not change.signed:
        message = f"`{change.text}` doesn't say whether it goes up or down."
        sink.add_error(
            at, "change", "bad-change", message, f"Write `+{change.text}` or `-{change.text}`."
        )
        return None
    if baseline is None:
        return Target(change.text, "", change)
    return _target_after_change(baseline, change, at, sink)


def _target_after_change(
    baseline: Quantity, change: Quantity, at: Source, sink: ProblemSink
) -> Target | None:
    points = change.kind is UnitKind.POINTS and baseline.unit == "%"
    if points or (change.unit != "%" and convert_to_unit_of(change, baseline)):
        value = baseline.value + change.value
    elif change.unit != "%":
        message = f"`{change.text}` and the baseline `{baseline.text}` aren't in the same unit."
        sink.add_error(
            at, "change", "unit-mismatch", message, "Use the same unit, or a percentage."
        )
        return None
    elif baseline.value == 0:
        message = "A change relative to a baseline of 0 is always 0."
        sink.add_error(at, "change", "bad-change", message, "Give a `target:` instead.")
        return None
    else:
        value = baseline.value + abs(baseline.value) * change.value / 100
    if value == baseline.value:
        sink.add_error(at, "change", "bad-change", "This change leaves the baseline as it is.")
        return None
    text = format_like(value, baseline)
    low = Quantity(text, value, baseline.unit, baseline.kind, baseline.signed)
    return Target(f"{text} ({change.text})", "", low)


def _zero_in_unit_of(quantity: Quantity) -> Quantity:
    return Quantity(
        format_like(Fraction(0), quantity), Fraction(0), quantity.unit, quantity.kind, signed=False
    )


def _baseline_in_target_unit(
    key_result: KeyResult, baseline: Quantity, target: Target, place: FieldPlace, sink: ProblemSink
) -> Quantity | None:
    """Convert the baseline to the target's unit; None where the target has two readings."""
    low = target.low
    signed = low.unit == "%" and low.signed and not target.comparator
    relative = signed and key_result.change is None
    if relative and baseline.unit == "%" and not baseline.signed and baseline.value != 0:
        points = format_like(baseline.value + low.value, baseline)
        hint = (
            f"For percentage points write `{place[1]}: {points}`;"
            f" relative to {baseline.text} write `change: {low.text}`."
        )
        if low.value < 0:
            hint += f" For {low.text} itself give both a sign: `baseline: +{baseline.text}`."
        message = f"`{low.text}` has two readings on a percentage: points, or relative to it."
        sink.add_error(*place, "ambiguous-target", message, hint)
        return None
    converted = convert_to_unit_of(baseline, low)
    if converted is not None:
        return converted
    message = f"The baseline `{baseline.text}` and the target `{target.text}` differ in unit."
    if low.kind is UnitKind.POINTS and baseline.unit == "%" and place[1] == "target":
        points = low.text if low.signed else f"+{low.text}"
        sink.add_error(*place, "unit-mismatch", message, right=(("change", points),))
        return None
    written = amount_in_unit_of(baseline.text, low)
    if written and not relative:
        sink.add_error(
            key_result.at, "baseline", "unit-mismatch", message, right=(("baseline", written),)
        )
        return None
    if relative:
        hint = f"For a target relative to the baseline write `change: {low.text}`."
    else:
        hint = (
            "Write both in one unit. If the values are running totals from zero in this cycle,"
            " add `measure: accumulate`."
        )
    sink.add_error(*place, "unit-mismatch", message, hint)
    return None


# ------------------------------------------------------------------- the measure


def _infer_measure_name(
    target: Target, baseline: Quantity | None, place: FieldPlace, sink: ProblemSink
) -> MeasureName | None:
    low = target.low
    if target.comparator:
        lower = target.comparator in _LOWER_BOUNDS
        counted = baseline is None and lower and low.kind in _COUNTED
        if counted and low.value > 0:
            return MeasureName.ACCUMULATE
        if baseline is None or target.is_met_by(baseline):
            return _keep_measure_name(target)
        return _increase_or_decrease(target, baseline)
    if baseline is None:
        return _infer_measure_name_without_baseline(low, place, sink)
    if baseline.value != low.value:
        return MeasureName.INCREASE if low.value > baseline.value else MeasureName.DECREASE
    which = "former target" if place[1] == "from" else "target"
    message = f"The {which} equals the baseline ({baseline.text})."
    hint = (
        f"To keep it write `{place[1]}: ≥{low.text}` or `{place[1]}: ≤{low.text}`;"
        " to change it give another target."
    )
    sink.add_error(*place, "ambiguous-target", message, hint)
    return None


def _keep_measure_name(target: Target) -> MeasureName:
    if target.high is not None:
        return MeasureName.BETWEEN
    return MeasureName.AT_LEAST if target.comparator in _LOWER_BOUNDS else MeasureName.AT_MOST


def _increase_or_decrease(target: Target, baseline: Quantity) -> MeasureName:
    up = target.comparator in _LOWER_BOUNDS
    if target.high is not None:
        up = baseline.value < target.low.value
    return MeasureName.INCREASE if up else MeasureName.DECREASE


def _infer_measure_name_without_baseline(
    low: Quantity, place: FieldPlace, sink: ProblemSink
) -> MeasureName | None:
    if low.value == 0:
        return MeasureName.AT_MOST
    if low.value < 0:
        message = f"A target below zero (`{low.text}`) needs a baseline to start from."
        hint = f"Add `baseline:`, or write `change: {low.text}` if it is a change."
        sink.add_not_gradable(*place, "no-baseline", message, hint)
        return None
    if low.kind not in _UNCLEAR:
        return MeasureName.ACCUMULATE
    message = f"Without a baseline `{low.text}` may mean that lower or that higher is better."
    field = place[1]
    hint = f"Add `baseline:`, or write `{field}: ≤{low.text}` or `{field}: ≥{low.text}`."
    if low.signed:
        message = f"`{low.text}` doesn't say of what."
        hint = f"Write `change: {low.text}`, best with a `baseline:`."
    right = (("change", low.text),) if low.signed and field == "target" else ()
    sink.add_not_gradable(*place, "no-baseline", message, hint, right)
    return None


def _add_comparator(name: MeasureName, target: Target) -> Target:
    """Give a plain target the comparator of a keep measure that is stated; `at_most 0` too."""
    signs = {MeasureName.AT_LEAST: "≥", MeasureName.AT_MOST: "≤"}
    if target.comparator or name not in signs:
        return target
    return Target(f"{signs[name]}{target.text}", signs[name], target.low)


def _is_measure_consistent(
    name: MeasureName,
    target: Target,
    baseline: Quantity | None,
    place: FieldPlace,
    sink: ProblemSink,
) -> bool:
    """Return whether a stated measure fits baseline and target; adds a problem if not."""
    fault = ""
    hint = ""
    ends = (target.low.value,) if target.high is None else (target.low.value, target.high.value)
    match name:
        case MeasureName.INCREASE if baseline is not None and baseline.value >= min(ends):
            fault, hint = _wrong_direction_message("increase", "above", baseline, target)
        case MeasureName.DECREASE if baseline is not None and baseline.value <= max(ends):
            fault, hint = _wrong_direction_message("decrease", "below", baseline, target)
        case MeasureName.AT_LEAST if target.high or target.comparator in _UPPER_BOUNDS:
            fault, hint = f"`{target.text}` isn't a lower bound.", "Write `≥` and the bound."
        case MeasureName.AT_MOST if target.high or target.comparator in _LOWER_BOUNDS:
            fault, hint = f"`{target.text}` isn't an upper bound.", "Write `≤` and the bound."
        case MeasureName.BETWEEN if target.high is None:
            fault, hint = f"`{target.text}` isn't a range.", "Write both ends: `50…60 ms`."
        case MeasureName.ACCUMULATE if target.low.value <= 0 or target.comparator in _UPPER_BOUNDS:
            fault = "A running total needs a target above 0."
        case MeasureName.ACCUMULATE if target.high:
            fault = "A running total needs one target, not a range."
    if fault:
        sink.add_error(*place, "bad-measure", fault, hint)
    return not fault


def _wrong_direction_message(
    verb: str, side: str, baseline: Quantity, target: Target
) -> tuple[str, str]:
    fault = f"To {verb}, the target has to be {side} the baseline: {baseline.text}, {target.text}."
    return fault, "Correct the numbers, or remove `measure:`."
