"""The review decided one thing, and the key result says another.

`review:` of `cycle.yml` is where people read what was decided; grades follow what stands at the key
result. A decision to drop without `dropped:` is still graded, one to adjust without
`target_changes:` still aims at the old target, and nobody can tell which of the two is true. The
other way round it is the same: a target that was changed, or something that was dropped, on the day
of the review, and the review says "continue" or nothing.

Write the change where it counts, or correct the decision. A decision about an objective covers its
key results. What is changed on another day than that of the review needs no decision in it, unless
the decision was to drop.

Source: Doerr, *Measure What Matters* (2018), on tracking: continue, update, start or stop.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from okrdocs.format.records import Decision, KeyResult, ReviewDecision
from okrdocs.grading.results import CycleScore, KeyResultScore, State
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.lint.subjects.references import ReferencedScore, record_of_score
from okrdocs.problem import Related, Severity, Source
from okrdocs.workspace.workspace import ResolvedRef

FAMILY = Family.CONSISTENCY
SEVERITY = Severity.WARNING
_OBJECTIVE = """
    # 2025-Q1/product.yml
    objectives:
      - id: growth
        title: Large companies choose us
        key_results:
          - id: deals
            title: Signed contracts
            target: 15 contracts
"""
_CHANGED = """\
            target_changes: [{date: 2025-02-10, from: 20 contracts, reason: No second office}]
"""
_DROPPED = """\
            dropped: {date: 2025-02-10, reason: The market moved}
"""


def _review(decision: str) -> str:
    given = f"{{ref: product/growth#deals, decision: {decision}, reason: No second office}}"
    return f"""
    # 2025-Q1/cycle.yml
    review:
      date: 2025-02-10
      decisions: [{given}]"""


VALID = (
    f"{_review('adjust')}{_OBJECTIVE}{_CHANGED}",
    f"{_review('drop')}{_OBJECTIVE}{_DROPPED}",
    f"{_review('continue')}{_OBJECTIVE}",
)
INVALID = (
    f"{_review('drop')}{_OBJECTIVE}",
    f"{_review('adjust')}{_OBJECTIVE}",
    f"{_review('continue')}{_OBJECTIVE}{_CHANGED}",
)
_GONE = frozenset({State.DROPPED, State.LEFT_OUT})
_WHAT_CHANGED = {Decision.DROP: "dropped", Decision.ADJUST: "changed"}
_Decisions = dict[ResolvedRef | None, ReviewDecision]


def check(subject: Subject) -> Iterator[Finding]:
    """Find decisions of reviews that weren't carried out, and changes against or without them."""
    for cycle in subject.cycles:
        document, day = cycle.cycle.document, cycle.cycle.reviewed_on
        review = document.review if document else None
        if review is None or day is None or day > subject.as_of:
            continue
        decided = dict(zip(cycle.cycle.decisions, review.decisions, strict=True))
        yield from _decisions_without_change(cycle, decided, day)
        yield from _changes_without_decision(cycle, decided, day)


def _decisions_without_change(
    cycle: CycleScore, decided: _Decisions, day: date
) -> Iterator[Finding]:
    scores: dict[ResolvedRef, ReferencedScore] = {}
    for objective in cycle.objectives():
        scores[objective.entry.ref] = objective
        scores.update({part.entry.ref: part for part in objective.key_results})
    for ref, decision in decided.items():
        score = scores.get(ref) if ref else None
        if score is None or decision.decision not in _WHAT_CHANGED:
            continue
        key_results = [score] if isinstance(score, KeyResultScore) else [*score.key_results]
        if decision.decision is Decision.DROP and not _is_dropped(score, key_results):
            hint = f"Add `dropped: {{date: {day}, reason: …}}`"
        elif decision.decision is Decision.ADJUST and not _is_adjusted(key_results, day):
            hint = f"Set the new `target:` and add `target_changes: [{{date: {day}, from: …}}]`"
        else:
            continue
        yield _finding(score, decision, day, hint)


def _is_dropped(score: ReferencedScore, parts: list[KeyResultScore]) -> bool:
    """Return whether it was dropped, with its objective, or part by part."""
    gone = [part.state in _GONE or part.entry.key_result.dropped is not None for part in parts]
    return record_of_score(score).dropped is not None or (bool(gone) and all(gone))


def _is_adjusted(parts: list[KeyResultScore], day: date) -> bool:
    """Return whether any target was changed since, or none is written down that could be."""
    aimed = [part.entry.key_result for part in parts if _has_target(part.entry.key_result)]
    moved = any(change.date >= day for each in aimed for change in each.target_changes)
    return not aimed or moved or any(each.dropped is not None for each in aimed)


def _has_target(key_result: KeyResult) -> bool:
    return key_result.target not in (None, "done")


def _finding(score: ReferencedScore, decision: ReviewDecision, day: date, hint: str) -> Finding:
    what = _WHAT_CHANGED[decision.decision]
    return Finding(
        str(score.entry.ref),
        span_of_field(record_of_score(score).at, "title"),
        f"The review of {day} decided “{decision.decision}”,"
        f" and nothing here says that it was {what}.",
        f"{hint}, or correct the decision in `cycle.yml`.",
        (Related(decision.at.span("decision"), "the decision"),),
    )


def _changes_without_decision(
    cycle: CycleScore, decided: _Decisions, day: date
) -> Iterator[Finding]:
    """Yield what was changed on the day of the review otherwise than the review says."""
    for score in cycle.key_results():
        key_result, ref = score.entry.key_result, score.entry.ref
        decision = decided.get(ref) or decided.get(ref.parent)
        for done, at in _changes_on(key_result, day):
            if decision is None or decision.decision is not done:
                yield _finding_for_change(ref, done, at, decision, day)


def _changes_on(key_result: KeyResult, day: date) -> Iterator[tuple[Decision, Source]]:
    if key_result.dropped is not None and key_result.dropped.date == day:
        yield Decision.DROP, key_result.dropped.at
    else:
        for change in key_result.target_changes:
            if change.date == day:
                yield Decision.ADJUST, change.at


def _finding_for_change(
    ref: ResolvedRef, done: Decision, at: Source, decision: ReviewDecision | None, day: date
) -> Finding:
    what = f"This was {_WHAT_CHANGED[done]} on {day}, the day of the review"
    local = ref.local_reference
    if decision is None:
        message = f"{what}, whose decisions don't name it."
        hint = f"Add `{{ref: {local}, decision: {done}, reason: …}}` to the review in `cycle.yml`."
    else:
        message = f"{what}, which decided “{decision.decision}”."
        hint = f"Write `decision: {done}` in `cycle.yml`, or undo this change."
    related = (Related(decision.at.span("decision"), "the decision"),) if decision else ()
    return Finding(str(ref), span_of_field(at, "date"), message, hint, related)
