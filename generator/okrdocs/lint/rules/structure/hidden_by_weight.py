"""A weight makes it count for next to nothing.

With a weight of 1 beside 12 and 12, a key result can fail completely and the objective still shows
0.96. It costs a check-in every week and says nothing, or it says something that the grade hides.
Give it a weight that lets it be heard, or take it out: what must not get worse is a guardrail, what
is work is an initiative.

A weight of 0 passes where the title itself says that it is extra: *stretch*, *nice to have*,
*optional*, *bonus*. Looked at are the key results of an objective and the objectives of a team.
`share` is the part of all weights below which something counts as hidden; at a weight of 0 it
always does. Where one of three or more carries over 70% of the weight, that one is told instead, as
the others hardly count. Both are our own thresholds. Without any weights all count alike, however
many they are.

Source: Google re:Work, "Set goals with OKRs": an objective's grade is the plain average of its key
results. The limits are our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from okrdocs.grading.amounts import weight_or_one
from okrdocs.grading.results import State
from okrdocs.lint.rule import Family, Finding, RuleOptions, Subject, span_of_field
from okrdocs.lint.subjects.references import ReferencedScore, record_of_score
from okrdocs.problem import Severity

FAMILY = Family.STRUCTURE
SEVERITY = Severity.WARNING
OPTIONS = RuleOptions(share=Fraction(1, 10))
VALID = (
    """
    objectives:
      - id: start
        title: The first hour with us feels effortless
        key_results:
          - {id: setup, title: Set-up within a day, baseline: 60%, target: 75%, weight: 3}
          - {id: rating, title: New customers rate us, baseline: 6.5/10, target: 8/10}
          - {id: down, title: Uptime, target: ≥99.5%, guardrail: true, weight: 0}
    """,
    """
    objectives:
      - {id: one, title: Doctors recommend us to each other, weight: 2}
      - {id: two, title: Patients never wait for an answer, weight: 1}
    """,
)
INVALID = (
    """
    objectives:
      - id: start
        title: The first hour with us feels effortless
        key_results:
          - {id: setup, title: Set-up within a day, baseline: 60%, target: 75%, weight: 12}
          - {id: first, title: First report after, baseline: 14 days, target: 7 days, weight: 12}
          - {id: rating, title: New customers rate us, baseline: 6.5/10, target: 8/10, weight: 1}
    """,
    """
    objectives:
      - {id: one, title: Doctors recommend us to each other, weight: 8}
      - {id: two, title: Patients never wait for an answer, weight: 1}
      - {id: three, title: Nurses lose no time to paperwork, weight: 1}
    """,
    """
    objectives:
      - {id: one, title: Doctors recommend us to each other}
      - {id: two, title: Patients never wait for an answer, weight: 0}
    """,
)

_EXTRA = re.compile(
    r"\b(?:stretch|nice[ -]to[ -]haves?|optional(?:ly)?|bonus|extra)\b", re.IGNORECASE
)
HEAVY = Fraction(7, 10)
"""The part of all weights beyond which the others hardly count; our own threshold."""


def check(subject: Subject) -> Iterator[Finding]:
    """Find key results of an objective, and objectives of a team, that weights hide."""
    share = subject.options.share or Fraction(0)
    for _, team in subject.teams(undated=False):
        yield from _weight_findings("team", team.objectives, share)
    for objective in subject.objectives(undated=False):
        yield from _weight_findings("objective", objective.key_results, share)


def _weight_findings(
    whole: str, scores: Sequence[ReferencedScore], share: Fraction
) -> Iterator[Finding]:
    kept = [s for s in scores if s.state not in {State.DROPPED, State.GUARDRAIL}]
    if all(record_of_score(scored).weight is None for scored in kept):
        return
    weights = [weight_or_one(record_of_score(scored).weight) for scored in kept]
    total = sum(weights)
    light = [
        (scored, weight)
        for scored, weight in zip(kept, weights, strict=True)
        if (weight == 0 and not _EXTRA.search(record_of_score(scored).title))
        or (0 < weight < total * share and weight * len(kept) < total)
    ]
    for scored, weight in light:
        yield _finding(scored, _too_light_message(weight, total, whole), _RAISE)
    for scored, weight in zip(kept, weights, strict=True):
        if not light and len(kept) > 2 and weight > total * HEAVY:
            yield _finding(scored, _too_heavy_message(weight, total, whole), _SPREAD)


_RAISE = "Raise its weight, or take it out: a `guardrail: true` is watched and never averaged."
_SPREAD = "Spread the weights, or make the others a matter of their own."


def _too_light_message(weight: Fraction, total: Fraction | int, whole: str) -> str:
    if weight == 0:
        return f"With a weight of 0 this doesn't count in the grade of the {whole}."
    share = _percent_text(weight, total)
    return f"With {share} of the {whole}'s weight this hardly counts in its grade."


def _too_heavy_message(weight: Fraction, total: Fraction | int, whole: str) -> str:
    percent = _percent_text(weight, total)
    return f"This has {percent} of the {whole}'s weight, so that the others hardly count."


def _percent_text(weight: Fraction, total: Fraction | int) -> str:
    return f"{round(100 * weight / total)}%"


def _finding(score: ReferencedScore, message: str, hint: str) -> Finding:
    return Finding(
        str(score.entry.ref), span_of_field(record_of_score(score).at, "weight"), message, hint
    )
