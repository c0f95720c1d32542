"""They wait for each other.

If A needs B and B needs A, neither can begin, and each team reports the other one as its blocker.
Such circles arise when two teams write down their needs apart from each other. Sit down together
and find the part that can be done first: usually one of the needs is smaller than it says.

An objective counts as reached with its key results. So a key result that depends on its own
objective is a circle too, and so is a need for itself. An objective that needs one key result of a
team, while that team needs another of its own, is no circle. Each circle is told once.

Source: Grove, *High Output Management* (1983), on planning around the limiting step. That circles
are looked for is our own rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.lint.subjects.references import scores_not_dropped
from okrdocs.problem import Related, Severity
from okrdocs.workspace.workspace import Need, ResolvedRef

FAMILY = Family.STRUCTURE
SEVERITY = Severity.WARNING
VALID = (
    """
    objectives:
      - id: asia
        title: Clinics in Asia work as fast as those in Europe
        dependencies: [engineering/scale#tokyo]
        key_results:
          - {id: sites, title: Sites in Tokyo are known, target: done}
    # 2025-Q1/engineering.yml
    objectives:
      - id: scale
        title: We run wherever our customers are
        key_results:
          - {id: tokyo, title: Tokyo is live, target: done, dependencies: [product/asia#sites]}
    """,
    """
    objectives:
      - id: asia
        title: Clinics in Asia work as fast as those in Europe
        key_results:
          - {id: sites, title: Sites are known, target: done}
          - {id: speed, title: Pages load within, baseline: 900 ms, target: 300 ms, dependencies: [product/asia#sites]}
    """,  # noqa: E501 - one key result a line
)
INVALID = (
    """
    objectives:
      - {id: asia, title: Clinics in Asia are happy, dependencies: [engineering/scale]}
    # 2025-Q1/engineering.yml
    objectives:
      - {id: scale, title: We run wherever our customers are, dependencies: [product/asia]}
    """,
    """
    objectives:
      - id: asia
        title: Clinics in Asia are happy
        key_results:
          - {id: sites, title: Sites are known, target: done, dependencies: [product/asia]}
    """,
    """
    objectives:
      - {id: asia, title: Clinics in Asia are happy, dependencies: [product/asia]}
    """,
)

MOST = 20
"""Circles reported in one run; each one costs a walk through all dependencies."""

_Needs = Mapping[ResolvedRef, Mapping[ResolvedRef, Need]]


def check(subject: Subject) -> Iterator[Finding]:
    """Find circles of dependencies, each at the first one that can be dissolved."""
    needs = _needs_by_reference(subject)
    graph = {ref: set(needed) for ref, needed in needs.items()}
    for ref in list(graph):
        if ref.key_result:
            graph.setdefault(ref.parent, set()).add(ref)
    for _ in range(MOST):
        circle = _find_loop(graph)
        if circle is None:
            return
        links = [(a, b) for a, b in pairwise(circle) if b in needs.get(a, {})]
        first = min(links)
        graph[first[0]].discard(first[1])
        yield _finding(first, links, needs)


def _needs_by_reference(subject: Subject) -> _Needs:
    needs_by_ref: dict[ResolvedRef, dict[ResolvedRef, Need]] = {}
    for score in subject.objectives():
        for part in scores_not_dropped(score):
            if part.entry.needs:
                needs_by_ref[part.entry.ref] = {n.ref: n for n in part.entry.needs if n.ref}
    return needs_by_ref


def _find_loop(graph: Mapping[ResolvedRef, set[ResolvedRef]]) -> list[ResolvedRef] | None:
    """Return a circle from need to need; its first member is also its last."""
    ordered = {ref: sorted(needed) for ref, needed in sorted(graph.items())}
    try:
        TopologicalSorter(ordered).prepare()
    except CycleError as error:
        loop: list[ResolvedRef] = error.args[1]
        return loop[::-1]
    return None


def _finding(
    first: tuple[ResolvedRef, ResolvedRef],
    links: list[tuple[ResolvedRef, ResolvedRef]],
    needs: _Needs,
) -> Finding:
    here, there = first
    turned = links[links.index(first) :] + links[: links.index(first)]
    names = " → ".join(f"`{ref.local_reference}`" for ref in (*(a for a, _ in turned), here))
    message = f"These wait for each other: {names}."
    if there in (here, here.parent):
        what = "itself" if there == here else "its own objective"
        message = f"`{here.local_reference}` depends on {what}, so that it can never come first."
    return Finding(
        str(here),
        span_of_field(needs[here][there].dependency.at, "needs"),
        message,
        "Remove the dependency that isn't a real one, or name the part that can be done first.",
        tuple(
            Related(
                span_of_field(needs[a][b].dependency.at, "needs"),
                f"`{a.local_reference}` needs `{b.local_reference}`",
            )
            for a, b in turned[1:]
        ),
    )
