"""Finds where a company's own history begins in a repository that had another one's OKRs before.

Who starts from a copy of a repository replaces its company. Nothing before that belongs to the new
company's history.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from okrdocs.diff import ChangeKind
from okrdocs.history.events import HistoryStep, Series


def steps_of_this_company(
    steps: Sequence[HistoryStep], series: Iterable[Series]
) -> tuple[HistoryStep, ...]:
    """Return the steps since the company was named, if nothing of today is older than that.

    A company that was only renamed keeps all steps: its key results were there before.
    """
    named = [position for position, step in enumerate(steps) if _changes_company_name(step)]
    if not named:
        return tuple(steps)
    position = {step.revision: number for number, step in enumerate(steps)}
    oldest = min(
        (position.get(one_series.points[0].revision, -1) for one_series in series), default=-1
    )
    if oldest < named[-1]:
        return tuple(steps)
    first, *later = steps[named[-1] :]
    kept = tuple(c for c in first.changes if c.cycle and c.kind is not ChangeKind.REMOVED)
    return tuple(step for step in (first._replace(changes=kept), *later) if step.changes)


def _changes_company_name(step: HistoryStep) -> bool:
    return any(c.field == "organization" and not c.cycle and c.ref is None for c in step.changes)
