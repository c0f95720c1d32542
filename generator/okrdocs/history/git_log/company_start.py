"""Where a company's own history begins, in a repository that held another one's OKRs before.

Who starts from a copy of a repository replaces its company. What came and went before that is
nobody's past on this site.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from okrdocs.diff import ChangeKind
from okrdocs.history.events import HistoryStep, Series


def steps_of_this_company(
    steps: Sequence[HistoryStep], series: Iterable[Series]
) -> tuple[HistoryStep, ...]:
    """The steps from the one on that named the company, if nothing of today is older than it.

    A company that only took another name keeps its past: its key results were there before.
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
