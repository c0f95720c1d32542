"""Reads floor and ceiling: the values at which a target that is kept is worth 0.

Source: docs/explanation/grading.md, "Targets to keep".
"""

from __future__ import annotations

from okrdocs.format.records import KeyResult, MeasureName
from okrdocs.grading.amounts import ProblemSink, convert_to_unit_of, read_quantity
from okrdocs.grading.quantity import Quantity, Target
from okrdocs.problem import Source

_SIDES = {
    MeasureName.AT_LEAST: ("floor",),
    MeasureName.AT_MOST: ("floor", "ceiling"),
    MeasureName.BETWEEN: ("floor", "ceiling"),
}

Limits = tuple[Quantity | None, Quantity | None]
"""Floor and ceiling."""


def keep_limits(
    key_result: KeyResult, name: MeasureName, target: Target, sink: ProblemSink
) -> Limits | None:
    """Return floor and ceiling of a measure; None with a problem added where one is wrong."""
    at = key_result.at
    sides = _SIDES.get(name, ())
    if target.high is not None and not sides:  # Beyond a range it is broken, too.
        sides = ("ceiling",) if name is MeasureName.INCREASE else ("floor",)
    given: dict[str, Quantity] = {}
    for field, text in (("floor", key_result.floor), ("ceiling", key_result.ceiling)):
        if text is None:
            continue
        if field not in sides:
            message = f"`{field}:` doesn't go with a measure of {name.value}."
            hint = "A floor belongs to a target that is kept: `≥`, `≤` or a range."
            sink.add_error(at, field, "bad-measure", message, hint)
            return None
        amount = read_quantity(text, at, field, sink)
        if amount is not None:
            amount = convert_to_unit_of(amount, target.low) or amount
        if amount is None or not _is_on_zero_side(field, amount, name, target, at, sink):
            return None
        given[field] = amount
    if name is MeasureName.AT_MOST and len(given) == 2:
        message = "One of `floor:` and `ceiling:` is enough here."
        sink.add_error(at, "ceiling", "bad-measure", message)
        return None
    return given.get("floor"), given.get("ceiling")


def _is_on_zero_side(
    field: str,
    amount: Quantity,
    name: MeasureName,
    target: Target,
    at: Source,
    sink: ProblemSink,
) -> bool:
    if not convert_to_unit_of(amount, target.low):
        message = f"`{amount.text}` and the target `{target.text}` differ in unit."
        sink.add_error(at, field, "unit-mismatch", message, "Write both in one unit.")
        return False
    above = name is MeasureName.AT_MOST or field == "ceiling"
    bound = (target.high or target.low) if above else target.low
    if amount.value > bound.value if above else amount.value < bound.value:
        return True
    side = "above" if above else "below"
    message = f"`{field}: {amount.text}` has to lie {side} the bound `{bound.text}`."
    hint = "It is the value at which the grade is 0."
    sink.add_error(at, field, "wrong-side", message, hint)
    return False
