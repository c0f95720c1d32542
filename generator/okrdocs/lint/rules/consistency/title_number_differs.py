"""The number in the title isn't the target.

Readers take the number from the title, the grade takes it from `target:`. Where the two differ, as
a rule one was changed and the other forgotten, and two people in one meeting speak of two aims.

Write the same number in both, or leave it out of the title. Compared are percentages with
percentages, money with money, counts with counts: the second number of "from … to …", or the only
number where it stands at the beginning, after "to" or at the end. What follows "by" is a difference
and passes, and so do the baseline, a former target, the rest to 100%, and numbers in conditions
such as "customers with at least 20 seats".

Source: our own rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from okrdocs.format.records import MeasureName
from okrdocs.grading.quantity import Quantity, QuantityError, parse_quantity
from okrdocs.grading.reported_values import Measure
from okrdocs.grading.results import KeyResultScore
from okrdocs.grading.units import UnitKind
from okrdocs.lint.english.numbers import without_names_and_dates
from okrdocs.lint.english.text import parse_title
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.problem import Related, Severity

FAMILY = Family.CONSISTENCY
SEVERITY = Severity.WARNING
VALID = (
    """
    objectives:
      - id: growth
        title: Large companies choose us
        key_results:
          - {id: deals, title: Sign 20 contracts, target: 20 contracts}
          - {id: churn, title: Churn from 4% to 2%, baseline: 4%, target: 2%}
          - {id: more, title: 12 more partners, baseline: 30 partners, target: 42 partners}
    """,
)
INVALID = (
    """
    objectives:
      - id: growth
        title: Large companies choose us
        key_results:
          - {id: deals, title: Sign 20 contracts, target: 15 contracts}
          - {id: churn, title: Churn from 4% to 2%, baseline: 4%, target: 3%}
          - {id: shops, title: From 10 to 20 shops, baseline: 10 shops, target: 30 shops}
    """,
)
_NUMBER = re.compile(
    r"(?P<by>\bby )?(?P<text>(?<![\w.,/-])[$€£]? ?\d[\d,]*(?:\.\d+)?(?: ?%|[kKmM]\b|bn\b)?)"
    r"(?![\w/.]*\d)(?!-)",
)
_ASIDE = re.compile(r"\([^()]*+\)")
_AT_START = re.compile(r"^(?:[\w-]+ )?(?:at least |at most |over |up to )?$", re.IGNORECASE)
_AFTER_TO = re.compile(r" to (?:at least |at most |over |under |below |above )?$", re.IGNORECASE)
_AT_END = re.compile(r" (?:below|under|above|over|at least|at most|of) $", re.IGNORECASE)
_CONDITION = re.compile(
    r"\b(?:with|within|who|that|which|where|whose|after|for|per)\b", re.IGNORECASE
)
_FROM_TO = re.compile(r"\b(?:from|between) \S*\d\S*(?: \w+)? (?:to|and) (?:\w+ )?$|→ ?$|-> ?$")
_COMPARED = frozenset({UnitKind.NUMBER, UnitKind.COUNT, UnitKind.MONEY, UnitKind.PERCENT})
_LINES = frozenset(
    {
        MeasureName.INCREASE, MeasureName.DECREASE, MeasureName.ACCUMULATE,
        MeasureName.AT_LEAST, MeasureName.AT_MOST,
    }
)  # fmt: skip


def check(subject: Subject) -> Iterator[Finding]:
    """Find key results whose title states another number than their target."""
    for score in subject.key_results():
        measure, key_result = score.measure, score.entry.key_result
        if measure is None or measure.target is None or key_result.change is not None:
            continue
        stated, ends_a_way = _stated_number(key_result.title, measure)
        known = stated and _is_known(stated, score, measure, difference=not ends_a_way)
        if stated and measure.name in _LINES and not known:
            yield Finding(
                str(score.entry.ref),
                span_of_field(key_result.at, "title"),
                f"The title says {stated.text}, and the target is {measure.target_text}.",
                "Write the same number in both, or leave it out of the title.",
                (Related(span_of_field(key_result.at, "target"), "the target"),),
            )


def _stated_number(title: str, measure: Measure) -> tuple[Quantity | None, bool]:
    """Return the number that a title sets as the aim, of the target's kind; None where unsure.

    And whether it is the end of a way: the 20 of "from 10 to 20".
    """
    text = parse_title(title)
    if not text.english or measure.target is None or measure.target.low.kind not in _COMPARED:
        return None, False
    plain = without_names_and_dates(_ASIDE.sub(" ", text.body))
    found = [
        (match, amount)
        for match in _NUMBER.finditer(plain)
        if (amount := _amount(match["text"])) and _is_of_kind(amount, measure.target.low)
    ]
    if len(found) == 2 and _FROM_TO.search(plain[: found[1][0].start("text")]):
        return found[1][1], True
    if len(found) != 1 or found[0][0]["by"]:
        return None, False
    return (found[0][1] if _is_aim(plain, *found[0][0].span("text")) else None), False


def _is_aim(plain: str, start: int, end: int) -> bool:
    """Return whether the only number of a title is its aim, by where it stands."""
    before, after = plain[:start], plain[end:].split()
    if _AT_START.match(before) or _AFTER_TO.search(before):
        return True
    at_end = len(after) <= 1 and _AT_END.search(before) is not None
    return at_end and _CONDITION.search(before) is None


def _amount(text: str) -> Quantity | None:
    try:
        return parse_quantity(text.strip())
    except QuantityError:
        return None


def _is_of_kind(amount: Quantity, target: Quantity) -> bool:
    """Return whether a number without its noun may stand for an amount such as the target."""
    plain = {UnitKind.NUMBER, UnitKind.COUNT}
    return amount.kind is target.kind or {amount.kind, target.kind} <= plain


def _is_known(
    stated: Quantity, score: KeyResultScore, measure: Measure, *, difference: bool
) -> bool:
    """Return whether it is the target, one of its ends, the baseline, or the way between them.

    `difference` says whether it may be the way: "12 more partners".
    """
    target, baseline = measure.target, measure.baseline
    if target is None:
        return True
    ends = [target.low.value, *([target.high.value] if target.high else [])]
    given = score.entry.key_result
    written = [given.target, *(change.from_ for change in given.target_changes)]
    known = [*ends, *(other.value for text in written if (other := _amount(text or "")))]
    if target.low.kind is UnitKind.PERCENT:
        known += [100 - end for end in ends]
    if baseline is not None:
        known.append(baseline.value)
        known += [abs(end - baseline.value) for end in ends if difference]
    known += [bound.value for bound in (measure.floor, measure.ceiling) if bound]
    return stated.value in known or given.guardrail
