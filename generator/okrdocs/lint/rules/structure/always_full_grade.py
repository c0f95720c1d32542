"""It ends at 1.00 every time.

An aspirational target is set so that 0.7 is a success. Who reaches 1.00 three times in a row either
sets targets that are safe, or is so far ahead that the aim is too near. In both cases the grade has
stopped teaching anything. Double the target once and see what people come up with.

Two things are looked at: a key result that was carried over from cycle to cycle
(`carried_over_from:`), and a team all of whose aspirational objectives ended at 1.00. `min` is the
number of closed cycles in a row. Committed objectives pass: there 1.00 is the promise. Learning
objectives pass as well.

Source: Google re:Work, "Set goals with OKRs": whoever always reaches all of it doesn't aim high
enough; Doerr, *Measure What Matters* (2018), on 0.7. That it takes three cycles is our own
threshold.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from okrdocs.format.records import Commitment, CycleStatus
from okrdocs.grading.results import CycleScore, KeyResultScore, Scores, State, TeamScore
from okrdocs.lint.rule import (
    Family,
    Finding,
    RuleOptions,
    Subject,
    span_of_field,
    span_of_file_start,
)
from okrdocs.problem import Severity

FAMILY = Family.STRUCTURE
SEVERITY = Severity.WARNING
OPTIONS = RuleOptions(min=3)
VALID = (
    """
    objectives:
      - id: love
        title: Nurses tell each other about us
        key_results:
          - id: nps
            title: NPS of nurses
            baseline: "40"
            target: "45"
            carried_over_from: "2024-12:product/love#nps"
    # 2024-11/cycle.yml
    status: closed
    # 2024-11/product.yml
    objectives:
      - id: love
        title: Nurses tell each other about us
        key_results:
          - id: nps
            title: NPS of nurses
            baseline: "20"
            target: "25"
            check_ins: [{date: 2024-11-28, value: "25"}]
    # 2024-12/cycle.yml
    status: closed
    # 2024-12/product.yml
    objectives:
      - id: love
        title: Nurses tell each other about us
        key_results:
          - id: nps
            title: NPS of nurses
            baseline: "30"
            target: "35"
            carried_over_from: "2024-11:product/love#nps"
            check_ins: [{date: 2024-12-28, value: "35"}]
    """,
    """
    objectives:
      - id: love
        title: Nurses tell each other about us
        type: committed
        key_results:
          - id: nps
            title: NPS of nurses
            baseline: "40"
            target: "45"
            carried_over_from: "2024-12:product/love#nps"
    # 2024-10/cycle.yml
    status: closed
    # 2024-10/product.yml
    objectives:
      - id: love
        title: Nurses tell each other about us
        type: committed
        key_results:
          - id: nps
            title: NPS of nurses
            baseline: "10"
            target: "15"
            check_ins: [{date: 2024-10-28, value: "15"}]
    # 2024-11/cycle.yml
    status: closed
    # 2024-11/product.yml
    objectives:
      - id: love
        title: Nurses tell each other about us
        type: committed
        key_results:
          - id: nps
            title: NPS of nurses
            baseline: "20"
            target: "25"
            carried_over_from: "2024-10:product/love#nps"
            check_ins: [{date: 2024-11-28, value: "25"}]
    # 2024-12/cycle.yml
    status: closed
    # 2024-12/product.yml
    objectives:
      - id: love
        title: Nurses tell each other about us
        type: committed
        key_results:
          - id: nps
            title: NPS of nurses
            baseline: "30"
            target: "35"
            carried_over_from: "2024-11:product/love#nps"
            check_ins: [{date: 2024-12-28, value: "35"}]
    """,
)
INVALID = (
    """
    objectives:
      - id: love
        title: Nurses tell each other about us
        key_results:
          - id: nps
            title: NPS of nurses
            baseline: "40"
            target: "45"
            carried_over_from: "2024-12:product/love#nps"
    # 2024-10/cycle.yml
    status: closed
    # 2024-10/product.yml
    objectives:
      - id: love
        title: Nurses tell each other about us
        key_results:
          - id: nps
            title: NPS of nurses
            baseline: "10"
            target: "15"
            check_ins: [{date: 2024-10-28, value: "15"}]
    # 2024-11/cycle.yml
    status: closed
    # 2024-11/product.yml
    objectives:
      - id: love
        title: Nurses tell each other about us
        key_results:
          - id: nps
            title: NPS of nurses
            baseline: "20"
            target: "25"
            carried_over_from: "2024-10:product/love#nps"
            check_ins: [{date: 2024-11-28, value: "25"}]
    # 2024-12/cycle.yml
    status: closed
    # 2024-12/product.yml
    objectives:
      - id: love
        title: Nurses tell each other about us
        key_results:
          - id: nps
            title: NPS of nurses
            baseline: "30"
            target: "35"
            carried_over_from: "2024-11:product/love#nps"
            check_ins: [{date: 2024-12-28, value: "35"}]
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find key results and teams with 1.00 in each of the last `min` closed cycles."""
    count = max(subject.options.min or 1, 1)
    for cycle, team in subject.teams(undated=False):
        easy = list(_key_results_with_only_full_grades(team, subject.scores, count))
        yield from easy
        if not easy and _are_latest_grades_full(
            _are_earlier_cycles_full(cycle, team, subject.scores), count
        ):
            name = team.entry.team.name
            yield Finding(
                f"{cycle.cycle.id}:{team.entry.id}",
                span_of_file_start(team.entry.path),
                f"In the last {count} closed cycles {name} reached 1.00 on all that was"
                " aspirational.",
                "Set targets at which 0.7 would make you proud; what has to be met is `committed`.",
            )


def _key_results_with_only_full_grades(
    team: TeamScore, scores: Scores, count: int
) -> Iterator[Finding]:
    for objective in team.objectives:
        for score in objective.key_results:
            bold = score.commitment is Commitment.ASPIRATIONAL
            if (
                not bold
                or score.state is State.DROPPED
                or not _are_latest_grades_full(_are_earlier_grades_full(score, scores), count)
            ):
                continue
            yield Finding(
                str(score.entry.ref),
                span_of_field(score.entry.key_result.at, "target", "change", "title"),
                f"This ended at 1.00 in each of the last {count} cycles.",
                "Double the step to the target, or keep it as a guardrail and aim at what is hard.",
            )


def _are_latest_grades_full(grades: Iterator[bool], count: int) -> bool:
    """Return whether the latest `count` were all full; False where there were fewer."""
    latest = list(islice(grades, count))
    return len(latest) == count and all(latest)


def _are_earlier_grades_full(score: KeyResultScore, scores: Scores) -> Iterator[bool]:
    """Yield whether each earlier objective that this continues ended at 1.00, latest first."""
    seen = {score.entry.ref}
    ref = score.entry.carried_over_from
    while ref is not None and ref not in seen:
        seen.add(ref)
        before, cycle = scores.key_results.get(ref), scores.cycle(ref.cycle)
        if before is None or cycle is None:
            return
        bold = before.commitment is Commitment.ASPIRATIONAL
        yield bold and _is_closed(cycle, scores.as_of) and before.grade == 1
        ref = before.entry.carried_over_from


def _are_earlier_cycles_full(now: CycleScore, team: TeamScore, scores: Scores) -> Iterator[bool]:
    """Yield for each closed cycle, latest first, whether all aspirational grades were 1.00."""
    start = now.cycle.period.start if now.cycle.period else date.min
    for cycle in reversed(scores.cycles):
        if cycle.cycle.period is None or cycle.cycle.period.end >= start:
            continue
        then = next((other for other in cycle.teams if other.entry.id == team.entry.id), None)
        grades = (
            _are_aspirational_grades_full(then) if then and _is_closed(cycle, scores.as_of) else []
        )
        if grades:
            yield all(grades)


def _are_aspirational_grades_full(team: TeamScore) -> list[bool]:
    return [
        objective.grade == 1
        for objective in team.objectives
        if objective.entry.objective.type is Commitment.ASPIRATIONAL and objective.grade is not None
    ]


def _is_closed(cycle: CycleScore, as_of: date) -> bool:
    return cycle.cycle.status_on(as_of) is CycleStatus.CLOSED
