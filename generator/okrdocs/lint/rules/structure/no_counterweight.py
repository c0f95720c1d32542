"""All key results push for more, and none watches the price.

More deals can be had with discounts, more closed tickets with sloppy answers, more deployments with
broken ones. Whoever is measured by quantity alone will sooner or later pay for it in quality, and
the grade won't show it. Put a counterweight beside it: what would get worse if somebody reached
these numbers the cheap way? Make that a key result, or a guardrail.

Speaks only where every key result, and at least two, is about volume or speed: by its `category:`
(business, usage or delivery) or by plain words such as deals, sign-ups, tickets closed, per week or
lead time. One that speaks of quality, satisfaction, retention or errors, in whatever words, is a
counterweight; so is any guardrail, so is less of something (fewer calls for help), and so is a key
result that can't be told.

Source: Grove, *High Output Management* (1983): pair indicators, so that effect and counter-effect
are both measured; Strathern, "Improving ratings", *European Review* (1997), on Goodhart's law. The
words are our own list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from okrdocs.format.records import Category, Commitment, KeyResult, MeasureName
from okrdocs.grading.quantity import UnitKind
from okrdocs.grading.reported_values import Measure
from okrdocs.grading.results import KeyResultScore, State
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.problem import Severity

FAMILY = Family.STRUCTURE
SEVERITY = Severity.INFO
VALID = (
    """
    objectives:
      - id: sell
        title: Hospitals choose us without a second round
        key_results:
          - {id: deals, title: New hospital deals, target: 15 deals}
          - {id: pipeline, title: Pipeline for the spring, target: $3M}
          - {id: stay, title: Customers that leave within a year stay below, target: ≤4%, guardrail: true}
    """,  # noqa: E501 - one key result a line
    """
    objectives:
      - id: ship
        title: What we build reaches people the same day
        key_results:
          - {id: deploys, title: Deployments per day, baseline: 1/day, target: 5/day}
          - {id: failing, title: Deployments that fail, baseline: 15%, target: 5%}
    """,
)
INVALID = (
    """
    objectives:
      - id: sell
        title: Hospitals choose us without a second round
        key_results:
          - {id: deals, title: New hospital deals, target: 15 deals}
          - {id: pipeline, title: Pipeline for the spring, target: $3M}
    """,
    """
    objectives:
      - id: answer
        title: Nobody waits for our answer
        key_results:
          - {id: closed, title: Tickets closed per week, baseline: 200/week, target: 400/week}
          - {id: reply, title: Hours until the first reply, baseline: 8 h, target: 1 h, category: delivery}
    """,  # noqa: E501 - one key result a line
)

_PUSHING = frozenset({Category.BUSINESS, Category.USAGE, Category.DELIVERY})
_MORE = frozenset({MeasureName.INCREASE, MeasureName.ACCUMULATE})
_VOLUME = frozenset(
    """
    applicants arr article articles bookings calls candidates commits deal deals demos deployment
    deployments deploys download downloads events followers gmv hires impressions install installs
    installations lead leads listeners listens mentions mql mqls mrr opportunities opportunity
    orders pipeline post posts registrations releases revenue sales signup signups sql sqls
    subscribers throughput ticket tickets traffic turnaround users velocity video videos views
    visitors visits webinars
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
_VOLUME_PAIRS = frozenset(
    {
        *("per day", "per week", "per month", "per sprint", "sign up", "sign ups", "story points"),
        *("new accounts", "new customers", "new logos", "new members"),
    }
)
_SPEED_PAIRS = frozenset({"cycle time", "lead time", "response time", "time to"})
_COUNTERWEIGHTS = tuple(
    """
    accept accura active attrition avail bug cancel churn complain conver correct cost coverage
    crash csat defect delight diver engag error fail feedback happ helpful incident incorrect keep
    leav love loyal margin nps outage profit promoter qualif qualit rate rati recommend refund
    reliab renew reopen repeat retain retention return revert review rework rollback safe satisf
    score secur sla slo stab stay success test trust turnover underrepresented unhapp unplanned
    uptime useful without
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
_BEGINNINGS = frozenset(stem[:3] for stem in _COUNTERWEIGHTS)
_WORD = re.compile(r"[^\W\d_]+")


def check(subject: Subject) -> Iterator[Finding]:
    """Find objectives of which at least two key results, and all, measure volume or speed."""
    for score in subject.objectives(undated=False):
        kept = [kr for kr in score.key_results if kr.state is not State.DROPPED]
        learning = score.entry.objective.type is Commitment.LEARNING
        if len(kept) < 2 or learning or not all(map(_is_volume_or_speed_measure, kept)):
            continue
        titles = [f"“{kr.entry.key_result.title}”" for kr in kept[:2]]
        yield Finding(
            str(score.entry.ref),
            span_of_field(score.entry.objective.at, "title"),
            f"All {len(kept)} key results measure volume or speed, such as {' and '.join(titles)};"
            " none watches the quality.",
            "Ask what would get worse if somebody reached these the cheap way, and make it a key"
            " result or a `guardrail: true`.",
        )


def _is_volume_or_speed_measure(score: KeyResultScore) -> bool:
    """Return whether a key result measures volume or speed, beyond doubt.

    Less of it is no volume.
    """
    key_result: KeyResult = score.entry.key_result
    category = key_result.category
    if key_result.guardrail or score.measure is None:
        return False
    if score.measure.name in _MORE:
        pushes = category in _PUSHING if category else _has_volume_word(key_result.title)
    elif score.measure.name is MeasureName.DECREASE:
        pushes = category in {None, Category.DELIVERY} and _is_time_measure(
            key_result, score.measure
        )
    else:
        pushes = False
    return pushes and not _is_quality_word(f"{key_result.title} {key_result.why or ''}".strip())


def _is_time_measure(key_result: KeyResult, measure: Measure) -> bool:
    timed = measure.target is not None and measure.target.low.kind is UnitKind.DURATION
    pairs = map(" ".join, pairwise(_split_into_words(key_result.title)))
    return timed or not _SPEED_PAIRS.isdisjoint(pairs)


@lru_cache(maxsize=8192)
def _is_quality_word(text: str) -> bool:
    """Return whether a word begins like one that speaks of quality."""
    likely = (word for word in _split_into_words(text) if word[:3] in _BEGINNINGS)
    return any(word.startswith(_COUNTERWEIGHTS) for word in likely) or "% of" in text


@lru_cache(maxsize=8192)
def _has_volume_word(title: str) -> bool:
    """Return whether a word, or two in a row, name what is counted or how fast it goes."""
    words = _split_into_words(title)
    pairs = map(" ".join, pairwise(words))
    return not _VOLUME.isdisjoint(words) or not _VOLUME_PAIRS.isdisjoint(pairs)


@lru_cache(maxsize=8192)
def _split_into_words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))
