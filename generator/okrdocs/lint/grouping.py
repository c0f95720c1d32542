"""Tells findings that say the same of many things as one: the first, with the others counted.

Comes last, after comments and the baseline have answered single findings.
"""

from __future__ import annotations

from collections.abc import Iterable

from okrdocs.problem import Problem, Related

_MOST_NAMED = 5


def merge_groups(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems in their order, those of one code and group merged into the first."""
    merged: dict[object, list[Problem]] = {}
    for number, problem in enumerate(problems):
        key = (problem.code, problem.group) if problem.group else number
        merged.setdefault(key, []).append(problem)
    return tuple(_merge(first, others) for first, *others in merged.values())


def _merge(first: Problem, others: list[Problem]) -> Problem:
    if not others:
        return first
    names = list(dict.fromkeys(_local_name(other) for other in others))
    shown = ", ".join(f"`{name}`" for name in names[:_MOST_NAMED])
    rest = ", …" if len(names) > _MOST_NAMED else "."
    more = f" And {len(others)} more: {shown}{rest}"
    also = tuple(Related(other.span, f"`{_local_name(other)}` as well.") for other in others)
    return first._replace(
        message=first.message + more,
        template=first.template and first.template + more.replace("{", "{{").replace("}", "}}"),
        related=(*first.related, *also),
    )


def _local_name(problem: Problem) -> str:
    """Return what a finding is about without the cycle: "product/growth#nps"."""
    return problem.ref.partition(":")[2] or problem.ref
