"""The title names another number than the target.

"Raise retention to 95%" with `target: 90%` makes two promises. Which one counts is decided in
week twelve, by whoever it suits. It happens when a target is changed and the title isn't.

Correct whichever is wrong. Where the target was changed on purpose, keep the old one in
`target_changes:`, and word the title without its number or with the new one.

The rule reads only a number behind "to" that is in the unit of the target, and only where a title
has one.

Source: our own rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from okrdocs.format.records import MeasureName
from okrdocs.grading.amounts import convert_to_unit_of
from okrdocs.grading.quantity import Quantity, QuantityError, UnitKind, parse_quantity
from okrdocs.grading.reported_values import Measure
from okrdocs.grading.results import OUTSIDE
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.problem import Related, Severity

FAMILY = Family.CONSISTENCY
SEVERITY = Severity.WARNING
VALID = (
    """
    objectives:
      - id: loyalty
        title: Customers stay with us
        key_results:
          - id: retention
            title: Raise retention from 85% to 90%
            baseline: 85%
            target: 90%
          - id: renewals
            title: Renewals rise to 40 a week in 2 regions
            baseline: 10 renewals
            target: 35 renewals
    """,
)
INVALID = (
    """
    objectives:
      - id: loyalty
        title: Customers stay with us
        key_results:
          - id: retention
            title: Raise retention from 85% to 95%
            baseline: 85%
            target: 90%
    """,
)
_AMOUNT_BEHIND_TO = re.compile(r"\bto\s+([$€£]?\d[\d.,]*(?:\s?(?:%|ms|[kKMB]\b|bn\b))?)(?!\w)")
_CLEAR_UNITS = frozenset({UnitKind.PERCENT, UnitKind.MONEY, UnitKind.DURATION})


def check(subject: Subject) -> Iterator[Finding]:
    """Find titles whose only number behind "to" is in the target's unit and isn't the target."""
    for score in subject.key_results():
        record = score.entry.key_result
        if score.state in OUTSIDE or score.measure is None:
            continue
        named = _amounts_behind_to(record.title)
        aims = _amounts_of_target(score.measure)
        if len(named) == 1 and aims and _is_other_amount(named[0], aims):
            yield Finding(
                str(score.entry.ref),
                span_of_field(record.at, "title"),
                f"The title says {named[0].text}, and the target is {score.measure.target_text}.",
                "Write the same number in both.",
                (Related(span_of_field(record.at, "target", "levels", "change"), "the target"),),
            )


def _amounts_behind_to(title: str) -> list[Quantity]:
    amounts = []
    for text in _AMOUNT_BEHIND_TO.findall(title):
        try:
            amounts.append(parse_quantity(text.rstrip(".,")))
        except QuantityError:
            continue
    return amounts


def _amounts_of_target(measure: Measure) -> list[Quantity]:
    if measure.name is MeasureName.LEVELS:
        return list(measure.levels or ())
    target = measure.target
    return [end for end in (target.low, target.high) if end] if target is not None else []


def _is_other_amount(named: Quantity, aims: list[Quantity]) -> bool:
    """Return whether an amount is comparable with what is aimed for, and is none of it."""
    same_unit = [convert_to_unit_of(named, aim) for aim in aims if aim.kind in _CLEAR_UNITS]
    comparable = [amount for amount in same_unit if amount is not None]
    return bool(comparable) and all(
        amount.value != aim.value for amount, aim in zip(comparable, aims, strict=False)
    )
