"""The cycle has been running for weeks, and nothing has been reported.

OKRs that are written and then forgotten are the commonest way to fail with them: in week twelve
there is nothing left to steer. The first check-in is the hardest, for it shows which numbers nobody
can measure, while there is still time to choose others.

Report one value for each key result this week, roughly if need be: ten minutes are enough. The rule
waits for `stale_after_days` below `cadence:`, counted from the first day of the cycle, or from
`created:` in its `cycle.yml` if it was written later. It speaks once of the cycle, or of single
teams where others have reported.

Source: Castro, *The Beginner's Guide to OKR* (2016), on setting OKRs and forgetting them; Locke and
Latham, *American Psychologist* 57 (2002): goals work only with feedback on progress.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from okrdocs.grading.results import CycleScore, TeamScore
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.lint.subjects.cycles import (
    has_reported,
    reporting_start,
    running_cycles,
    span_in_cycle_file,
)
from okrdocs.problem import Severity

FAMILY = Family.PROCESS
SEVERITY = Severity.WARNING
DATED = True
_KEY_RESULT = """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - {id: audits, title: Customers with a passed audit, baseline: 0, target: 10}
"""
VALID = (
    f"""
    # okr.yml
    as_of: 2025-01-14
    # 2025-Q1/product.yml{_KEY_RESULT}
    """,
    f"""
    # 2025-Q1/cycle.yml
    created: 2025-02-01
    # 2025-Q1/product.yml{_KEY_RESULT}
    """,
    f"""
    # 2025-Q1/cycle.yml
    status: draft
    # 2025-Q1/product.yml{_KEY_RESULT}
    """,
)
INVALID = (
    _KEY_RESULT,
    f"""
    # 2025-Q1/engineering.yml
    objectives:
      - id: calm
        title: Nobody is woken at night
        key_results:
          - id: alarms
            title: Alarms at night
            baseline: 40
            target: 10
            check_ins: [{{date: 2025-02-10, value: 30}}]
    # 2025-Q1/product.yml{_KEY_RESULT}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find running cycles, or teams in them, without any value after the days that are given."""
    days = subject.scores.workspace.policy.stale_after_days
    for cycle, period in running_cycles(subject):
        since = reporting_start(cycle, period)
        if (subject.as_of - since).days <= days:
            continue
        silent = [team for team in cycle.teams if _expects_values(team) and not has_reported(team)]
        if silent and not any(has_reported(team) for team in cycle.teams):
            yield _finding_for_cycle(cycle, since, subject.as_of)
        else:
            yield from (_finding_for_team(cycle, team, since) for team in silent)


def _expects_values(team: TeamScore) -> bool:
    return any(score.expects_value for score in team.key_results())


def _finding_for_cycle(cycle: CycleScore, since: date, as_of: date) -> Finding:
    ago = (as_of - since).days
    return Finding(
        cycle.cycle.id,
        span_in_cycle_file(cycle.cycle, "status"),
        f"{cycle.cycle.title} began {ago} days ago ({since}), and no team has reported a value.",
        "Add a first `check_ins:` to each key result this week; a rough value is enough.",
    )


def _finding_for_team(cycle: CycleScore, team: TeamScore, since: date) -> Finding:
    entry = team.entry
    return Finding(
        f"{cycle.cycle.id}:{entry.id}",
        span_of_field(entry.document.at, "objectives"),
        f"{entry.team.name} has reported nothing since {since}; other teams have.",
        "Add a first `check_ins:` to each key result this week; a rough value is enough.",
    )
