"""Red or yellow, without a word about why.

A colour alone says that something is wrong and not what: everybody is worried, and nobody can help.
The two lines below it, what is in the way and what is needed, are what a check-in is for.

Add a `note:`, `blockers:` or `asks:` to the latest check-in. Any words will do, and what was said
when the key result took on this colour holds as long as the colour does.

Source: Wodtke, *Radical Focus* (2016): a weekly check-in is a talk about what stands in the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from okrdocs.format.records import CheckIn, Rag
from okrdocs.grading.results import State
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field, team_group
from okrdocs.lint.subjects.check_ins import check_ins_until, contains_explanation
from okrdocs.problem import Severity

FAMILY = Family.CONSISTENCY
SEVERITY = Severity.INFO
VALID = (
    """
    objectives:
      - id: growth
        title: Large companies choose us
        key_results:
          - id: deals
            title: Signed contracts
            target: 20 contracts
            check_ins:
              - {date: 2025-02-10, value: 3, rag: red, asks: A second lawyer until March}
    """,
    """
    objectives:
      - id: growth
        title: Large companies choose us
        key_results:
          - id: deals
            title: Signed contracts
            target: 20 contracts
            check_ins:
              - {date: 2025-02-03, value: 3, rag: red}
              - {date: 2025-02-10, value: 7, rag: green}
    """,
    """
    objectives:
      - id: growth
        title: Large companies choose us
        key_results:
          - id: deals
            title: Signed contracts
            target: 20 contracts
            check_ins:
              - {date: 2025-02-03, value: 3, rag: yellow, note: Two customers wait for the audit}
              - {date: 2025-02-10, value: 3, rag: yellow}
    """,
)
INVALID = (
    """
    objectives:
      - id: growth
        title: Large companies choose us
        key_results:
          - id: deals
            title: Signed contracts
            target: 20 contracts
            check_ins:
              - {date: 2025-02-10, value: 3, rag: red}
    """,
)


_ALARMS = frozenset({Rag.RED, Rag.YELLOW})


def check(subject: Subject) -> Iterator[Finding]:
    """Find key results of open cycles whose latest check-in is red or yellow without a word."""
    for cycle, team in subject.teams():
        if cycle.final:
            continue
        for score in team.key_results():
            check_ins = check_ins_until(score.entry.key_result, subject.as_of, cycle.cycle)
            if score.state is State.DROPPED or not check_ins or check_ins[-1].rag not in _ALARMS:
                continue
            if not _is_colour_explained(check_ins):
                latest = check_ins[-1]
                yield Finding(
                    str(score.entry.ref),
                    span_of_field(latest.at, "rag"),
                    f"The check-in of {latest.date} is {latest.rag} and doesn't say why.",
                    "Add what is in the way (`blockers:`) or what would help (`asks:`).",
                    group=team_group(score.entry.ref),
                )


def _is_colour_explained(check_ins: list[CheckIn]) -> bool:
    """Return whether any check-in since the latest colour began says something in words."""
    colour = check_ins[-1].rag
    return any(
        map(
            contains_explanation,
            takewhile(lambda check_in: check_in.rag is colour, reversed(check_ins)),
        )
    )
