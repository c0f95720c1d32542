"""It has the title of one in the cycle before, and nothing links the two.

What goes on into the next cycle has a history: how far it came, what was tried, whether its target
is the third in a row. Without the link each quarter begins at zero, and nobody sees that the same
promise was made before.

Add `carried_over_from:` with the reference of the earlier one. Where it isn't the same, say in the
title what is new this time. Objectives are compared with the objectives of the same team in its
cycle before, key results with its key results; upper and lower case, spaces and punctuation make
no difference. Several of one team are told together.

Source: Doerr, *Measure What Matters* (2018), on reflection: ask what to keep, change or drop before
the next cycle. The comparison is our own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from okrdocs.format.records import KeyResult, Objective
from okrdocs.grading.results import CycleScore, State, TeamScore
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field, team_group
from okrdocs.lint.subjects.plain_titles import plain_title
from okrdocs.problem import Related, Severity
from okrdocs.workspace.workspace import ResolvedRef

FAMILY = Family.STRUCTURE
SEVERITY = Severity.INFO
_BEFORE = """
    # 2024-Q4/cycle.yml
    status: closed
    # 2024-Q4/product.yml
    objectives:
      - id: love
        title: Nurses tell each other about us
        key_results:
          - {id: nps, title: NPS of nurses, baseline: "20", target: "25"}
"""
VALID = (
    f"""
    objectives:
      - id: love
        title: Nurses tell each other about us
        carried_over_from: 2024-Q4:product/love
        key_results:
          - id: nps
            title: NPS of nurses
            baseline: "25"
            target: "40"
            carried_over_from: 2024-Q4:product/love#nps
{_BEFORE}""",
    f"""
    objectives:
      - {{id: love, title: Night nurses tell each other about us}}
{_BEFORE}""",
)
INVALID = (
    f"""
    objectives:
      - id: love
        title: Nurses tell each other about us!
        key_results:
          - {{id: nps, title: NPS of nurses, baseline: "25", target: "40"}}
{_BEFORE}""",
)
_Titled = tuple[ResolvedRef, Objective | KeyResult]


def check(subject: Subject) -> Iterator[Finding]:
    """Find objectives and key results with the title of one in the team's cycle before."""
    for cycle, team in subject.teams(undated=False):
        before = _cycle_before(cycle, team, subject.scores.cycles)
        if before is None:
            continue
        earlier = [*_titled(before)]
        for kind in (Objective, KeyResult):
            titles = {plain_title(r.title): (ref, r) for ref, r in earlier if type(r) is kind}
            mine = [each for each in _titled(team) if type(each[1]) is kind]
            yield from _findings(mine, titles)


def _cycle_before(
    now: CycleScore, team: TeamScore, cycles: Iterable[CycleScore]
) -> TeamScore | None:
    """Return the team in the latest cycle that was over before this one began and has it."""
    period, latest = now.cycle.period, None
    for cycle in cycles:
        if period and cycle.cycle.period and cycle.cycle.period.end < period.start:
            same = (other for other in cycle.teams if other.entry.id == team.entry.id)
            latest = next(same, latest)
    return latest


def _titled(team: TeamScore) -> Iterator[_Titled]:
    """Yield what a team had or has in a cycle and didn't drop."""
    for objective in team.objectives:
        if objective.state is not State.DROPPED:
            yield objective.entry.ref, objective.entry.objective
            for part in objective.key_results:
                if part.state is not State.DROPPED:
                    yield part.entry.ref, part.entry.key_result


def _findings(mine: Iterable[_Titled], titles: Mapping[str, _Titled]) -> Iterator[Finding]:
    for ref, record in mine:
        earlier = titles.get(plain_title(record.title))
        if earlier is None or record.carried_over_from is not None:
            continue
        former_ref, former = earlier
        yield Finding(
            str(ref),
            span_of_field(record.at, "title"),
            f"“{{title}}” stood in the cycle before as well (`{former_ref}`), and nothing links the"
            " two.",
            f"If it goes on, add `carried_over_from: {former_ref}`; else say in the title what is"
            " new.",
            (Related(span_of_field(former.at, "title"), "the earlier one"),),
            quoted=(("title", record.title),),
            group=team_group(ref),
        )
