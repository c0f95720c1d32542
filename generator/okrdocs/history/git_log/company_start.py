"""Where a company's own history begins, in a repository that held another one's OKRs before.

Who starts from a copy of a repository replaces its company. What came and went before that is
nobody's past on this site.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from okrdocs.diff import ChangeKind
from okrdocs.history.events import Series, Step


def own_steps(steps: Sequence[Step], series: Iterable[Series]) -> tuple[Step, ...]:
    """The steps from the one on that named the company, if nothing of today is older than it.

    A company that only took another name keeps its past: its key results were there before.
    """
    named = [place for place, step in enumerate(steps) if _names_company(step)]
    if not named:
        return tuple(steps)
    place = {step.revision: number for number, step in enumerate(steps)}
    oldest = min((place.get(each.points[0].revision, -1) for each in series), default=-1)
    if oldest < named[-1]:
        return tuple(steps)
    first, *later = steps[named[-1] :]
    kept = tuple(c for c in first.changes if c.cycle and c.kind is not ChangeKind.REMOVED)
    return tuple(step for step in (first._replace(changes=kept), *later) if step.changes)


def _names_company(step: Step) -> bool:
    return any(c.field == "organization" and not c.cycle and c.ref is None for c in step.changes)
