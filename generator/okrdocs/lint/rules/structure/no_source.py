"""Nobody knows where this number comes from.

In the last week two people bring two numbers, from two tools or two definitions of the same word,
and the talk is about who is right. Agree at the start on where the number is read: the tool, what
it calls the metric, best with a link to the dashboard.

Speaks only where two or more of the team's key results, and at least half of those with numbers,
name their source: who never writes sources down has another way to find them. What is done, judged,
or counted as it happens (12 interviews, stages, milestones, nothing at all) needs none, and neither
do drafts.

Source: Kaplan & Norton, *The Balanced Scorecard* (1996): for each measure, name where its data come
from. That it takes half of the team's, and two, is our own threshold.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.format.records import CycleStatus, MeasureName
from okrdocs.grading.quantity import UnitKind
from okrdocs.grading.results import KeyResultScore, State
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field, team_group
from okrdocs.problem import Severity

FAMILY = Family.STRUCTURE
SEVERITY = Severity.INFO
VALID = (
    """
    objectives:
      - id: start
        title: The first hour with us feels effortless
        key_results:
          - {id: setup, title: Set-up within a day, baseline: 60%, target: 75%, source: Amplitude}
          - {id: first, title: First report, baseline: 9 days, target: 4 days, source: Amplitude}
          - {id: guide, title: The guide is on the first page, target: done}
          - {id: talks, title: Newcomers have shown us how they begin, target: 12 interviews}
    """,
    """
    objectives:
      - id: start
        title: The first hour with us feels effortless
        key_results:
          - {id: setup, title: Set-up within a day, baseline: 60%, target: 75%}
          - {id: rating, title: New customers rate us, baseline: 6.5/10, target: 8/10}
    """,
)
INVALID = (
    """
    objectives:
      - id: start
        title: The first hour with us feels effortless
        key_results:
          - {id: setup, title: Set-up within a day, baseline: 60%, target: 75%, source: Amplitude}
          - {id: first, title: First report, baseline: 9 days, target: 4 days, source: Amplitude}
          - {id: rating, title: New customers rate us, baseline: 6.5/10, target: 8/10}
    """,
)

_BY_HAND = frozenset(
    {MeasureName.DONE, MeasureName.JUDGED, MeasureName.MILESTONES, MeasureName.STAGES}
)

_COUNTED = frozenset({UnitKind.COUNT, UnitKind.NUMBER})


def check(subject: Subject) -> Iterator[Finding]:
    """Find numeric key results without a source, in teams that name one for half of theirs."""
    for cycle, team in subject.teams(undated=False):
        if cycle.cycle.status is CycleStatus.DRAFT:
            continue
        numeric = [kr.entry for kr in team.key_results() if _is_numeric(kr)]
        without = [entry for entry in numeric if entry.key_result.source is None]
        named = len(numeric) - len(without)
        if named < max(2, len(without)):
            continue
        for entry in without:
            yield Finding(
                str(entry.ref),
                span_of_field(entry.key_result.at, "title"),
                f"“{{title}}” doesn't say where its number is read; {named} others of {{team}} do.",
                "Add `source:` with the tool, or with `{tool: …, metric: …, link: …}`.",
                quoted=(("title", entry.key_result.title), ("team", team.entry.team.name)),
                group=team_group(entry.ref),
            )


def _is_numeric(score: KeyResultScore) -> bool:
    """Return whether it has a number that isn't merely counted as it happens."""
    measure = score.measure
    if score.state is State.DROPPED or measure is None or measure.name in _BY_HAND:
        return False
    amount = measure.target and measure.target.low
    counted = measure.name is MeasureName.ACCUMULATE and amount and amount.kind in _COUNTED
    return not counted and not (amount and amount.value == 0)
