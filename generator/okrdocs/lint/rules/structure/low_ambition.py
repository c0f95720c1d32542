"""The target is as good as reached from the start.

A target next to the baseline, or one that the first check-in all but meets, asks for nothing that
would not have happened anyway. The grade looks splendid and teaches nothing; such targets are known
as sandbagging. Ask what you would aim for if nobody were blamed for missing it, and take that.

Two signs are looked for. The way from the baseline to the target is less than 2% of either (for
percentages also of what is missing to 100%, so that uptime from 99.7% to 99.9% passes). Or the
first value, reported in the first tenth of the cycle, is already graded `share` or more. Both are
our own thresholds. The second one doesn't look at committed objectives, as a promise may be safe,
nor at targets that are kept, done, judged or counted in stages and milestones.

Source: Doerr, *Measure What Matters* (2018), on sandbagging and stretch; Locke & Latham, "Building
a practically useful theory of goal setting", *American Psychologist* (2002): hard goals do more.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from okrdocs.format.records import Commitment, MeasureName
from okrdocs.grading.progress import compute_progress
from okrdocs.grading.reported_values import Measure, ReportedValue
from okrdocs.grading.results import KeyResultScore, State
from okrdocs.lint.rule import Family, Finding, RuleOptions, Subject, span_of_field
from okrdocs.problem import Severity
from okrdocs.workspace.calendar import Period

FAMILY = Family.STRUCTURE
SEVERITY = Severity.WARNING
OPTIONS = RuleOptions(share=Fraction(9, 10))
VALID = (
    """
    objectives:
      - id: fast
        title: Everything feels instant
        key_results:
          - {id: uptime, title: Uptime, baseline: 99.7%, target: 99.9%}
          - {id: pages, title: Pages load within, baseline: 800 ms, target: 700 ms}
    """,
    """
    objectives:
      - id: fast
        title: Everything feels instant
        key_results:
          - id: pages
            title: Pages load within
            baseline: 800 ms
            target: 400 ms
            check_ins: [{date: 2025-01-06, value: 780 ms}, {date: 2025-02-10, value: 410 ms}]
          - id: quiet
            title: Complaints about speed stay rare
            target: ≤5 complaints
            check_ins: [{date: 2025-01-06, value: 1 complaint}]
    """,
)
INVALID = (
    """
    objectives:
      - id: love
        title: Nurses tell each other about us
        key_results:
          - {id: users, title: Nurses with daily use, baseline: "10,000", target: "10,100"}
    """,
    """
    objectives:
      - id: fast
        title: Everything feels instant
        key_results:
          - id: pages
            title: Pages load within
            baseline: 800 ms
            target: 400 ms
            check_ins: [{date: 2025-01-06, value: 420 ms}]
    """,
)

TINY = Fraction(2, 100)
"""The way to the target as a part of the whole, below which it is none."""
EARLY = Fraction(1, 10)
"""The part of the cycle in which a first value shows where things stood."""
_LINES = frozenset(
    {MeasureName.INCREASE, MeasureName.DECREASE, MeasureName.ACCUMULATE, MeasureName.LEVELS}
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find targets next to the baseline, and targets that the first early value nearly meets."""
    share = subject.options.share or Fraction(1)
    for cycle, team in subject.teams(undated=False):
        for objective in team.objectives:
            for score in objective.key_results:
                bold = score.commitment is Commitment.ASPIRATIONAL
                if score.state is State.DROPPED or score.measure is None:
                    continue
                if _is_tiny_step(score.measure):
                    yield _finding_for_tiny_step(score, score.measure)
                elif bold and cycle.cycle.period and score.measure.name in _LINES:
                    yield from _findings_for_early_progress(
                        score, score.measure, cycle.cycle.period, share
                    )


def _is_tiny_step(measure: Measure) -> bool:
    if measure.baseline is None or measure.target is None or measure.name not in _LINES:
        return False
    start, low = measure.baseline.value, measure.target.low
    way = abs(low.value - start)
    if way >= TINY * abs(low.value):
        return False
    rest = min(abs(100 - start), abs(100 - low.value)) if low.unit.startswith("%") else abs(start)
    return way < TINY * min(abs(start), rest)


def _finding_for_tiny_step(score: KeyResultScore, measure: Measure) -> Finding:
    start = measure.baseline.text if measure.baseline else ""
    return Finding(
        str(score.entry.ref),
        span_of_field(score.entry.key_result.at, "target", "change"),
        f"From {start} to {measure.target_text} is hardly a step: less than 2%.",
        "Aim for what you would be proud of at 70%, or make it a guardrail that is kept.",
    )


def _findings_for_early_progress(
    score: KeyResultScore, measure: Measure, period: Period, share: Fraction
) -> Iterator[Finding]:
    value = _first_early_value(score, period)
    if value is None or value.check_in is None or value.amount is None:
        return
    progress = compute_progress(measure, value.amount).p
    if progress >= share:
        yield Finding(
            str(score.entry.ref),
            span_of_field(score.entry.key_result.at, "target", "levels"),
            f"On {value.date} the value was already {value.text}:"
            f" {min(100, int(100 * progress))}% of the way to {measure.target_text}.",
            "Raise the target (`target_changes:` keeps the old one), or take on what comes next.",
        )


def _first_early_value(score: KeyResultScore, period: Period) -> ReportedValue | None:
    """Return the first value, where it was reported in the first tenth of the cycle."""
    key_result = score.entry.key_result
    last = period.start + timedelta(days=int(period.days * EARLY))
    days: list[date] = [c.date for c in key_result.check_ins if c.value]
    if not days or min(days) > last:
        return None
    if len(key_result.check_ins) == 1:
        return score.value
    return next(iter(score.measured.values_until(last)), None) if score.measured else None
