"""Nobody can tell how far it is from here to the target.

A target without a starting point may be a leap or already true. Nobody can judge the ambition, and
progress is counted from zero: a rate that stood at 60% all along looks two thirds done on the first
day. Measure where things stand now and write it to `baseline:`. If nobody can, then finding out is
the first step, and better an objective of its own.

Looked for are levels, which existed before the cycle: multiples, changes relative to today, levels
in percent or of a score, and numbers of which the title says that they grow, rise or fall *to*
something, or that speak of followers, active users or recurring revenue. What is counted from zero
in the cycle (12 interviews, 3 new regions) needs no baseline, and neither do targets that are kept
(`≥`, `≤`), done, judged, stages and milestones. `measure: accumulate` says that it starts at zero,
and `baseline: n/a` that nobody knows. A plain percentage, rate, duration or score without a
baseline can't be graded at all: see the problem `no-baseline`.

Source: McChesney, Covey & Huling, *The 4 Disciplines of Execution* (2012): a goal says "from X to Y
by when". Which words speak of a level is our own list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from okrdocs.format.records import KeyResult, MeasureName
from okrdocs.grading.quantity import Quantity, UnitKind
from okrdocs.grading.results import KeyResultScore
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.problem import Severity

FAMILY = Family.STRUCTURE
SEVERITY = Severity.WARNING
VALID = (
    """
    objectives:
      - id: start
        title: The first hour with us feels effortless
        key_results:
          - {id: setup, title: Newcomers finish their set-up, baseline: 60%, target: 75%}
          - {id: talks, title: Newcomers have shown us how they begin, target: 12 interviews}
          - {id: crashes, title: Sessions without a crash, target: ≥99.5%}
    """,
    """
    objectives:
      - id: move
        title: Everybody works in the new ward plan
        key_results:
          - {id: moved, title: Clinics have moved over, target: 80%, measure: accumulate}
          - {id: rating, title: How nurses rate it, target: ≥8/10, baseline: n/a}
    """,
)
INVALID = (
    """
    objectives:
      - id: start
        title: The first hour with us feels effortless
        key_results:
          - id: setup
            title: Newcomers finish their set-up
            levels: {commit: 60%, target: 75%, stretch: 85%}
    """,
    """
    objectives:
      - id: love
        title: Nurses tell each other about us
        key_results:
          - {id: users, title: Increase weekly users to 7k, target: 7k users}
          - {id: answers, title: Answers in the forum, change: +20%}
    """,
)

_LEVELS = frozenset({UnitKind.PERCENT, UnitKind.POINTS, UnitKind.SCORE})
_FROM_ZERO = frozenset({MeasureName.ACCUMULATE, MeasureName.LEVELS})
_GROWS_TO = re.compile(
    r"\b(?:increas|grow|rais|improv|boost|expand|doubl|tripl|lift|rise|climb|scal)\w*+\b.*?\bto\b"
    r" (?:over |at least |more than |about |~|≥|>)?[$€£]?\d",
    re.IGNORECASE,
)
_STANDING = re.compile(
    r"\bfollowers\b|\b(?:daily|weekly|monthly) (?:active )?(?:users|visitors|members|customers)\b"
    r"|\b(?:[DWM]AU|[AM]RR|NPS|CSAT|headcount|market share|conversion rate|satisfaction|score)\b",
    re.IGNORECASE,
)
_NEW = re.compile(r"\b(?:new|net new|additional|extra|more|another|added?)\b", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Finding]:
    """Find targets for a level without the level at the start."""
    for score in subject.key_results(undated=False):
        key_result = score.entry.key_result
        target = _level_target_text(score) if key_result.baseline is None else None
        if target is not None:
            yield Finding(
                str(score.entry.ref),
                span_of_field(key_result.at, "target", "change", "levels"),
                f"`{target}` says where this is to end, and nothing says where it stands today.",
                _baseline_hint(key_result),
            )


def _baseline_hint(key_result: KeyResult) -> str:
    """Return what to write; a change relative to zero has no meaning, so zero isn't advised."""
    if key_result.change is None:
        zero = "if it really starts at zero, add `baseline: 0` in the same unit."
        return f"Add `baseline:` with today's value; {zero}"
    unknown = "if nobody knows it, write `baseline: n/a` and report changes"
    return f"Add `baseline:` with today's value; {unknown}, as in `{key_result.change}`."


def _level_target_text(score: KeyResultScore) -> str | None:
    """Return the target as written, where it is one for a level that exists before the cycle."""
    key_result, measure = score.entry.key_result, score.measure
    if measure is None or key_result.measure is MeasureName.ACCUMULATE:
        return None
    if key_result.change is not None:
        return key_result.change
    if measure.name not in _FROM_ZERO:
        return None
    amount = measure.levels[1] if measure.levels else measure.target and measure.target.low
    return measure.target_text if amount and _is_level(amount, key_result) else None


def _is_level(amount: Quantity, key_result: KeyResult) -> bool:
    return amount.kind in _LEVELS or amount.unit == "x" or _is_text_about_level(key_result.title)


@lru_cache(maxsize=8192)
def _is_text_about_level(title: str) -> bool:
    standing = _STANDING.search(title) or _GROWS_TO.search(title)
    return standing is not None and _NEW.search(title) is None
