"""Tells findings that say the same of many things as one: the first, with the others counted.

Comes last, after comments and the baseline have answered single findings.
"""

from __future__ import annotations

from collections.abc import Iterable

from okrdocs.problem import Problem, Related

_MOST_NAMED = 5
_MOST_LINES = 12
_REPEATED = 3


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


def fold_repeated(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems for people: of one kind three times in a file, the first with the lines.

    Of one kind are those of one code that `--fix` writes, each with its own text, and those that
    say the same. Machines get each at its place.
    """
    kinds: dict[object, list[Problem]] = {}
    for problem in problems:
        said = None if problem.replacement else problem.message
        key = (problem.span.path, problem.code, problem.severity, said)
        kinds.setdefault(key, []).append(problem)
    return tuple(
        folded
        for same in kinds.values()
        for folded in ([_fold(same)] if len(same) >= _REPEATED else same)
    )


def _fold(same: list[Problem]) -> Problem:
    first, *others = same
    lines = list(dict.fromkeys(str(other.span.line) for other in others))
    shown = ", ".join(lines[:_MOST_LINES]) + (", …" if len(lines) > _MOST_LINES else ".")
    hint = f"{first.hint} {len(others)} more like it in this file: lines {shown}"
    if first.replacement:
        hint += " `okr check --fix` writes all of them."
    return first._replace(hint=hint.strip())
