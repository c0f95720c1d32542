"""Writes paths as code hosts know them: from the top of the repository. Pure.

Inside, all paths begin at the folder that holds `okrs/`, which may be one of many in a repository.
"""

from __future__ import annotations

from collections.abc import Iterable

from okrdocs.problem import Problem, Span


def problems_from_top(problems: Iterable[Problem], prefix: str) -> tuple[Problem, ...]:
    """Return problems with each path from the repository's top; `prefix` is "" or `sub/dir/`."""
    return tuple(
        problem._replace(
            span=_from_top(problem.span, prefix),
            related=tuple(r._replace(span=_from_top(r.span, prefix)) for r in problem.related),
        )
        for problem in problems
    )


def _from_top(span: Span, prefix: str) -> Span:
    return span._replace(path=f"{prefix}{span.path}")
