"""Everything has the highest priority.

A priority helps on the day on which two things can't both be done. If all objectives are P0, that
day is decided by whoever speaks loudest. Put them in order: which one would you finish if you could
finish only one?

Looked at are a team's objectives in one cycle, if there are three or more and all have a priority.
The highest is the lowest number that the company uses (`P0` before `P1`), or a word such as
*critical*, *top* or *high*. A lower one that all share passes.

Source: Grove, *High Output Management* (1983), on saying no as the price of saying yes; that it
takes three is our own threshold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from okrdocs.grading.results import State
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.problem import Severity

FAMILY = Family.STRUCTURE
SEVERITY = Severity.WARNING
VALID = (
    """
    objectives:
      - {id: one, title: Doctors recommend us to each other, priority: P0}
      - {id: two, title: Patients never wait for an answer, priority: P0}
      - {id: three, title: Nurses lose no time to paperwork, priority: P1}
    """,
    """
    objectives:
      - {id: one, title: Doctors recommend us to each other, priority: P1}
      - {id: two, title: Patients never wait for an answer, priority: P1}
      - {id: three, title: Nurses lose no time to paperwork, priority: P1}
    # 2025-Q1/company.yml
    objectives:
      - {id: safe, title: Nobody doubts that data are safe with us, priority: P0}
    """,
)
INVALID = (
    """
    objectives:
      - {id: one, title: Doctors recommend us to each other, priority: P0}
      - {id: two, title: Patients never wait for an answer, priority: p0}
      - {id: three, title: Nurses lose no time to paperwork, priority: P0}
    """,
    """
    objectives:
      - {id: one, title: Doctors recommend us to each other, priority: high}
      - {id: two, title: Patients never wait for an answer, priority: High}
      - {id: three, title: Nurses lose no time to paperwork, priority: high}
    """,
)

_FEW = 3
_NUMBERED = re.compile(r"([a-z ]*+)([0-9]{1,4})")
_HIGHEST = frozenset(
    {"blocker", "critical", "essential", "high", "highest", "must", "must have", "top", "urgent"}
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find teams of which all objectives of a dated cycle share the highest priority."""
    lowest = _lowest_number_by_prefix(subject)
    for _, team in subject.teams(undated=False):
        kept = [o.entry for o in team.objectives if o.state is not State.DROPPED]
        given = {_normalized_priority(entry.objective.priority) for entry in kept}
        if len(kept) < _FEW or len(given) > 1 or not _is_highest(next(iter(given)), lowest):
            continue
        objective = kept[1].objective
        yield Finding(
            str(kept[1].ref),
            span_of_field(objective.at, "priority"),
            f"All {len(kept)} objectives of {team.entry.team.name} have the priority"
            f" {objective.priority}, so that it ranks nothing.",
            "Ask which one you would finish if you could finish only one, and lower the others.",
        )


def _lowest_number_by_prefix(subject: Subject) -> Mapping[str, int]:
    """Return the lowest number of all objectives for each way to number priorities ("p")."""
    lowest: dict[str, int] = {}
    for entry in subject.scores.workspace.objectives.values():
        match = _NUMBERED.fullmatch(_normalized_priority(entry.objective.priority))
        if match:
            number = int(match[2])
            lowest[match[1]] = min(number, lowest.get(match[1], number))
    return lowest


def _normalized_priority(priority: str | None) -> str:
    return " ".join((priority or "").casefold().split())


def _is_highest(priority: str, lowest: Mapping[str, int]) -> bool:
    match = _NUMBERED.fullmatch(priority)
    return lowest[match[1]] == int(match[2]) if match else priority in _HIGHEST
