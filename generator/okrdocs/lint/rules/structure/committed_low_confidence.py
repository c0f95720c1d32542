"""A promise that its owners don't believe in.

Others plan around a committed objective: a contract is signed, a campaign booked. When those who
made the promise give it a chance of a half, the others have to know today, not in the last week.
Say what would have to happen to be sure again, ask for it, or agree on a smaller promise. What is
worth trying at even odds is an aspirational objective.

What counts is the latest check-in with a `confidence:` of each key result, and where there is none,
the objective's own. What is already reached (graded 1.00) passes, and so does what is over. `share`
is the confidence from which a promise is believed: our own threshold.

Source: Doerr, *Measure What Matters* (2018), with Google's playbook: committed objectives are to be
met in full, and a team that can't promise that says so at once; Wodtke, *Radical Focus* (2016), on
confidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from okrdocs.format.records import CheckIn, Commitment, Figure
from okrdocs.grading.results import KeyResultScore, State
from okrdocs.lint.rule import Family, Finding, RuleOptions, Subject, span_of_field
from okrdocs.problem import Severity, Source

FAMILY = Family.STRUCTURE
SEVERITY = Severity.WARNING
OPTIONS = RuleOptions(share=Fraction(7, 10))
VALID = (
    """
    objectives:
      - {id: audit, title: Hospitals can buy from us, type: committed, confidence: 80%}
      - {id: asia, title: Asia discovers us, type: aspirational, confidence: 40%}
    """,
    """
    objectives:
      - id: audit
        title: Hospitals can buy from us
        type: committed
        confidence: 50%
        key_results:
          - id: passed
            title: Audits passed on the first try
            target: 3 audits
            check_ins:
              - {date: 2025-01-20, value: 1 audit, confidence: 50%}
              - {date: 2025-02-10, value: 2 audits, confidence: 90%}
    """,
)
INVALID = (
    """
    objectives:
      - {id: audit, title: Hospitals can buy from us, type: committed, confidence: 50%}
    """,
    """
    objectives:
      - id: audit
        title: Hospitals can buy from us
        type: committed
        confidence: 90%
        key_results:
          - id: passed
            title: Audits passed on the first try
            target: 3 audits
            check_ins:
              - {date: 2025-01-20, value: 0 audits, confidence: 90%}
              - {date: 2025-02-10, value: 0 audits, confidence: 40%}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find committed objectives, or their key results, with a confidence below `share`."""
    least = subject.options.share or Fraction(0)
    over = {cycle.cycle.id for cycle in subject.cycles if cycle.final}
    for score in subject.objectives(undated=False):
        if score.entry.ref.cycle in over:
            continue
        promised = score.entry.objective.type is Commitment.COMMITTED
        unreached = [
            kr for kr in score.key_results if kr.commitment is Commitment.COMMITTED and _is_open(kr)
        ]
        latest = {kr.entry.ref: _latest_confident_check_in(kr, subject.as_of) for kr in unreached}
        for ref, check_in in latest.items():
            if check_in is not None and _is_below(check_in.confidence, least):
                yield _finding(str(ref), check_in.at, check_in.confidence)
        objective = score.entry.objective
        open_promise = promised and (score.grade != 1 or unreached)
        if open_promise and not any(latest.values()) and _is_below(objective.confidence, least):
            yield _finding(str(score.entry.ref), objective.at, objective.confidence)


def _is_open(score: KeyResultScore) -> bool:
    return score.state is not State.DROPPED and score.grade != 1


def _latest_confident_check_in(score: KeyResultScore, as_of: date) -> CheckIn | None:
    """Return the latest check-in so far that says how confident its author is."""
    check_ins = [c for c in score.entry.key_result.check_ins if c.confidence and c.date <= as_of]
    return max(check_ins, key=lambda check_in: check_in.date, default=None)


def _is_below(confidence: Figure | None, least: Fraction) -> bool:
    return confidence is not None and confidence.value is not None and confidence.value < least


def _finding(ref: str, at: Source, confidence: Figure | None) -> Finding:
    text = confidence.text if confidence else ""
    return Finding(
        ref,
        span_of_field(at, "confidence"),
        f"This is a promise (committed), and the confidence in it is {text}.",
        "Tell those who rely on it, say what it would take to be sure again, or agree on a smaller"
        " promise.",
    )
