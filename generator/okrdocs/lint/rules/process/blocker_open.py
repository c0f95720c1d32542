"""Something has been in the way for weeks, and nothing was decided.

A blocker that stands in the third check-in in a row is no news any more but a fact that everybody
has got used to. The people who could remove it believe that somebody does.

Take it to those who can decide, and write what came of it into `decisions:` of the next check-in,
also when it is "we live with it". The rule counts the check-ins without a break that name any
blocker, from the first to the latest, and is silent once one of them, or the review, has decided
something. `days` says how long is too long.

Source: Grove, *High Output Management* (1983), on decisions; the number of days is our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import takewhile

from okrdocs.format.records import CheckIn
from okrdocs.grading.results import CycleScore, KeyResultScore, State
from okrdocs.grading.status import StatusCode
from okrdocs.lint.rule import Family, Finding, RuleOptions, Subject, span_of_field
from okrdocs.lint.subjects.check_ins import check_ins_until
from okrdocs.problem import Related, Severity
from okrdocs.workspace.workspace import ResolvedRef

FAMILY = Family.PROCESS
SEVERITY = Severity.WARNING
OPTIONS = RuleOptions(days=21)
_BEFORE = """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            check_ins:
              - {date: 2025-01-13, value: 1, blockers: The contract waits for Legal}
              - {date: 2025-01-27, value: 1, blockers: The contract waits for Legal}
"""
VALID = (
    f"""{_BEFORE}
              - {{date: 2025-02-10, value: 1, blockers: Still Legal, decisions: Ada calls them}}
    """,
    f"""{_BEFORE}
              - {{date: 2025-02-10, value: 3}}
    """,
)
INVALID = (
    f"""{_BEFORE}
              - {{date: 2025-02-10, value: 1, blockers: Still Legal}}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find open key results that have named blockers for `days` without a decision."""
    for cycle, team in subject.teams():
        if cycle.final:
            continue
        for score in team.key_results():
            blocked = _blocked_check_ins(score, cycle, subject.as_of)
            if len(blocked) < 2:
                continue
            days = (blocked[-1].date - blocked[0].date).days
            if days >= (subject.options.days or 0) and not _has_review_decision(
                cycle, score, blocked[0].date
            ):
                yield _finding(score, blocked, days)


def _blocked_check_ins(score: KeyResultScore, cycle: CycleScore, as_of: date) -> list[CheckIn]:
    """Return the latest check-ins in a row with blockers and no decision, from old to new."""
    if score.state in {State.DROPPED, State.LEFT_OUT} or score.status.code is StatusCode.ACHIEVED:
        return []
    latest = reversed(check_ins_until(score.entry.key_result, as_of, cycle.cycle))
    return [*takewhile(lambda check_in: check_in.blockers and not check_in.decisions, latest)][::-1]


def _has_review_decision(cycle: CycleScore, score: KeyResultScore, since: date) -> bool:
    """Return whether the review has decided about it, or about its objective, since that day."""
    document, ref = cycle.cycle.document, score.entry.ref
    about: set[ResolvedRef | None] = {ref, ref.parent}
    review_day = cycle.cycle.reviewed_on if document and document.review else None
    return (
        review_day is not None and review_day >= since and bool(about & set(cycle.cycle.decisions))
    )


def _finding(score: KeyResultScore, blocked: list[CheckIn], days: int) -> Finding:
    first, latest = blocked[0], blocked[-1]
    return Finding(
        str(score.entry.ref),
        span_of_field(latest.at, "blockers"),
        f"Something has been in the way for {days} days, since {first.date}, and no check-in says"
        " what was decided about it.",
        "Take it to those who can decide, and write the outcome into `decisions:`.",
        (Related(span_of_field(first.at, "blockers"), "named here first"),),
    )
