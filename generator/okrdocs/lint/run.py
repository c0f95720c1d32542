"""Runs the active rules on Scores and returns what they find as Problems."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from okrdocs.format.records import CycleStatus
from okrdocs.grading.results import Scores
from okrdocs.lint.rule import Subject
from okrdocs.lint.selection import ActiveRule
from okrdocs.problem import Problem, Replacement, in_source_order
from okrdocs.source.yaml.scalar_text import scalar_text

REPEATED_BY = {
    "kr-without-number": {"kr-is-output"},
    "too-few-key-results": {"no-key-results"},
}
"""What needn't be said where one of the others is said at the same place already."""


def find_problems(
    scores: Scores, active: Iterable[ActiveRule], *, closed: bool = False
) -> tuple[Problem, ...]:
    """Run the rules and returns what they find, in source order.

    `closed` includes cycles that are over.
    """
    cycles = tuple(
        cycle
        for cycle in scores.cycles
        if closed or cycle.cycle.status_on(scores.as_of) is not CycleStatus.CLOSED
    )
    return in_source_order(_run_rules(Subject(scores, cycles), active))


def drop_duplicate_findings(
    findings: Sequence[Problem], not_gradable: Collection[str] = ()
) -> tuple[Problem, ...]:
    """Leave out findings that say in other words what is said already.

    It is said by another finding at the same place, or, of the key results with these references,
    by the warning that they can't be graded yet.
    """
    reported = {(problem.code, problem.span) for problem in findings}
    return tuple(
        finding
        for finding in findings
        if not any((code, finding.span) in reported for code in REPEATED_BY.get(finding.code, ()))
        and not (finding.code == "kr-without-number" and finding.ref in not_gradable)
    )


def _run_rules(subject: Subject, active: Iterable[ActiveRule]) -> Iterator[Problem]:
    for active_rule in active:
        for finding in active_rule.rule.check(replace(subject, options=active_rule.options)):
            template = finding.message if finding.quoted else ""
            yield Problem(
                active_rule.rule.code,
                active_rule.severity,
                finding.span,
                template.format(**dict(finding.quoted)) or finding.message,
                finding.hint,
                finding.related,
                finding.ref,
                finding.quoted,
                template,
                finding.group,
                Replacement(finding.span, scalar_text(finding.right)) if finding.right else None,
            )
