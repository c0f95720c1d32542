"""Gives a target that moved, or a drop, the reason of the review that decided on it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from okrdocs.diff.change import ChangeKind, Importance, OkrChange
from okrdocs.format.records import Decision
from okrdocs.workspace.workspace import ResolvedRef, Workspace

_KINDS = frozenset(
    {ChangeKind.TARGET, ChangeKind.BASELINE, ChangeKind.MEASURE, ChangeKind.DATES}
    | {ChangeKind.MILESTONE, ChangeKind.DROPPED}
)


def with_reasons_of_reviews(
    changes: Iterable[OkrChange], workspace: Workspace
) -> tuple[OkrChange, ...]:
    """Return the changes; those without a reason of their own have that of the review.

    What the review decided about an objective is a reason for its key results as well.
    """
    reasons = _reasons_of_decisions(workspace)
    return tuple(_with_reason(change, reasons) for change in changes)


def _reasons_of_decisions(workspace: Workspace) -> Mapping[ResolvedRef, str]:
    return {
        ref: " ".join(decision.reason.split())
        for cycle in workspace.cycles
        if cycle.document is not None and cycle.document.review is not None
        for ref, decision in zip(cycle.decisions, cycle.document.review.decisions, strict=False)
        if ref is not None and decision.reason and decision.decision is not Decision.CONTINUE
    }


def _with_reason(change: OkrChange, reasons: Mapping[ResolvedRef, str]) -> OkrChange:
    ref = change.ref
    is_decided = change.importance is Importance.GOALPOSTS and change.kind in _KINDS
    if change.reason or ref is None or not is_decided:
        return change
    return change._replace(reason=reasons.get(ref) or reasons.get(ref.parent, ""))
