"""Nobody has reported a value for some time.

A number that nobody has looked at for weeks is no longer steered by. Its colour still stands on the
page, and everyone believes it.

Report today's value, even if it hasn't moved: "no change" is news too. Where nobody looks at the
number any more, decide that openly with `dropped:` and a reason. More than three of one team are
told together. After how many days a value counts
as stale is set by `stale_after_days` below `cadence:`. What has reached its target passes, and so
do drafts, backlogs and cycles that are over. A team that has reported nothing at all belongs to the
rule `no-check-in`.

Source: Castro, *The Beginner's Guide to OKR* (2016), on setting OKRs and forgetting them; Locke and
Latham, *American Psychologist* 57 (2002): goals work only with feedback on progress.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from okrdocs.grading.results import KeyResultScore
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.lint.subjects.cycles import has_reported, reporting_start, running_cycles
from okrdocs.lint.subjects.responsible import responsible_names
from okrdocs.problem import Severity

FAMILY = Family.PROCESS
SEVERITY = Severity.WARNING
DATED = True
MOST = 3
VALID = (
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            check_ins:
              - {date: 2025-01-29, value: 4}
    """,
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            check_ins:
              - {date: 2025-01-13, value: 10}
    """,
)
INVALID = (
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        owner: ada
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            check_ins:
              - {date: 2025-01-20, value: 4}
    """,
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - id: audits
            title: Customers with a passed audit
            baseline: 0
            target: 10
            check_ins:
              - {date: 2025-02-10, value: 4}
          - id: incidents
            title: Days until an incident is explained
            baseline: 9
            target: 2
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find stale key results of running cycles, in teams that have reported something.

    More than three of one team are said at once.
    """
    days = subject.scores.workspace.policy.stale_after_days
    for cycle, period in running_cycles(subject):
        since = reporting_start(cycle, period)
        for team in cycle.teams:
            if not has_reported(team):
                continue
            stale = [
                score
                for score in team.key_results()
                if score.stale and (score.value or (subject.as_of - since).days > days)
            ]
            if len(stale) > MOST:
                yield _finding_for_team(stale, f"{cycle.cycle.id}:{team.entry.id}", days, subject)
            else:
                yield from (_finding(score, since, subject) for score in stale)


def _finding_for_team(
    stale: Sequence[KeyResultScore], ref: str, days: int, subject: Subject
) -> Finding:
    """Return one finding for many stale values of a team: it is the rhythm that is missing."""
    names = sorted({responsible_names(s.entry, subject.scores.workspace) for s in stale} - {""})
    who = f" {', '.join(names)} can say how they stand." if names else ""
    return Finding(
        ref,
        span_of_field(stale[0].entry.key_result.at, "title"),
        f"{len(stale)} key results have no value of the last {days} days.{who}",
        "Go through them together this week; drop those that nobody works on, with a reason.",
    )


def _finding(score: KeyResultScore, since: date, subject: Subject) -> Finding:
    record = score.entry.key_result
    if score.value is not None:
        days = (subject.as_of - score.value.date).days
        message = f"The last value is {days} days old ({score.value.date})"
    else:
        message = f"Nothing was reported since {since}, {(subject.as_of - since).days} days ago"
    who = responsible_names(score.entry, subject.scores.workspace)
    owes = f"; {who} can say how it stands." if who else "."
    at = score.value.check_in.at if score.value and score.value.check_in else record.at
    return Finding(
        str(score.entry.ref),
        span_of_field(at, "date", "title"),
        message + owes,
        "Report today's value, even if it hasn't moved; or drop it with `dropped:` and a reason.",
    )
