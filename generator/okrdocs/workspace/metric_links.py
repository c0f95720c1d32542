"""Checks what metrics refer to: each other, teams, people and cycles; and who refers to them.

`resolve` asks here for everything in `metrics.yml` that doesn't fit together. What their amounts
mean is decided in `metric_values`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from okrdocs.format.loader import METRICS_FILE
from okrdocs.format.records import Metric, MetricTarget
from okrdocs.problem import Problem, Related, Source, error
from okrdocs.workspace.calendar import FiscalCalendar, period_from_slug
from okrdocs.workspace.circular_references import MAX_LOOPS_REPORTED, find_loops
from okrdocs.workspace.teams_and_people import Directory, NearestHint, unknown_person_problems
from okrdocs.workspace.workspace import Workspace

_RELATIONS = ("drives", "predicts", "balanced_by")


class _KnownNames(NamedTuple):
    """What a metric may name; cycles by their ids in lower case."""

    metrics: Mapping[str, Metric]
    cycles: Mapping[str, str]
    directory: Directory
    nearest_hint: NearestHint


def metric_reference_problems(
    workspace: Workspace, directory: Directory, nearest_hint: NearestHint
) -> Iterator[Problem]:
    """Yield an error for each unknown name in a metric, and for each loop in `drives`."""
    metrics = workspace.metrics
    cycles = {cycle.id.casefold(): cycle.id for cycle in workspace.cycles}
    known = _KnownNames(metrics, cycles, directory, nearest_hint)
    for name, metric in metrics.items():
        yield from _unknown_name_problems(name, metric, known)
    yield from _north_star_problems(metrics)
    yield from _loop_problems(metrics)


def unknown_metric_problems(workspace: Workspace, nearest_hint: NearestHint) -> Iterator[Problem]:
    """Yield an error for each `metric:` of a key result that names no metric."""
    metrics = workspace.metrics
    for objective in workspace.objectives.values():
        for entry in objective.key_results:
            name = entry.key_result.metric
            if name is not None and name not in metrics:
                yield _unknown_metric_error(
                    name, entry.key_result.at, "metric", metrics, nearest_hint
                )


def _unknown_metric_error(
    name: str, at: Source, field: str, metrics: Mapping[str, Metric], nearest_hint: NearestHint
) -> Problem:
    message = f"There is no metric `{name}` in `{METRICS_FILE}`."
    if not metrics:  # the file may be absent, and then it has no `metrics:` to write below
        hint = f"Write `metrics: {{{name}: {{name: …}}}}` in `{METRICS_FILE}` beside `okr.yml`, or"
        return error("unknown-metric", at.span(field), message, f"{hint} remove `{field}:`.")
    hint = nearest_hint(name, metrics) or f"Add `{name}: {{name: …}}` below its `metrics:`."
    return error("unknown-metric", at.span(field), message, hint)


def _unknown_name_problems(name: str, metric: Metric, known: _KnownNames) -> Iterator[Problem]:
    yield from unknown_person_problems(metric, known.directory, ("owner",), known.nearest_hint)
    if metric.team is not None and metric.team not in known.directory.teams:
        message = f"There is no team `{metric.team}` in `okr.yml`."
        hint = known.nearest_hint(metric.team, known.directory.teams)
        hint = hint or f"Add `{metric.team}:` below `teams:`."
        yield error("unknown-team", metric.at.span("team"), message, hint)
    for field in _RELATIONS:
        for other in getattr(metric, field):
            if other == name:
                message = f"`{name}` stands in its own `{field}:`."
                yield error(
                    "loop", metric.at.span(field), message, "Name another metric, or remove it."
                )
            elif other not in known.metrics:
                yield _unknown_metric_error(
                    other, metric.at, field, known.metrics, known.nearest_hint
                )
    yield from _target_cycle_problems(metric.targets, known)


def _target_cycle_problems(
    targets: Iterable[MetricTarget], known: _KnownNames
) -> Iterator[Problem]:
    first: dict[str, MetricTarget] = {}
    for target in targets:
        cycle = target.cycle.casefold()
        if cycle not in known.cycles:
            message = f"There is no cycle `{target.cycle}` here."
            hint = " ".join(_cycle_hints(target.cycle, known))
            yield error("unknown-reference", target.at.span("cycle"), message, hint)
        twin = first.setdefault(cycle, target)
        if twin is not target:
            message = f"This metric has two targets for `{target.cycle}`."
            related = Related(twin.at.span("cycle"), "it stands here first")
            place = target.at.span("cycle")
            yield error("duplicate-target", place, message, "Keep one of them.", related)


def _cycle_hints(cycle: str, known: _KnownNames) -> Iterator[str]:
    """Yield what to do about an unknown cycle: it may be misspelt, or lack its folder."""
    nearest_hint = known.nearest_hint(cycle, known.cycles.values())
    if nearest_hint:
        yield nearest_hint
    if period_from_slug(cycle, FiscalCalendar(months_in_t=3)) is not None:
        start = "If not, add" if nearest_hint else "Add"
        yield f"{start} a folder `{cycle}` with a `cycle.yml` that says `schema: 1`."
    elif not nearest_hint:
        yield f"Write the name of one of the folders beside `{METRICS_FILE}`."


def _north_star_problems(metrics: Mapping[str, Metric]) -> Iterator[Problem]:
    stars = [(name, metric) for name, metric in metrics.items() if metric.north_star]
    for name, metric in stars[1:]:
        message = f"There is one North Star, and `{stars[0][0]}` is it already; so is `{name}`."
        related = Related(stars[0][1].at.span("north_star"), "the first one")
        hint = "Keep `north_star: true` on one of them; let the other drive it."
        yield error("many-north-stars", metric.at.span("north_star"), message, hint, related)


def _loop_problems(metrics: Mapping[str, Metric]) -> Iterator[Problem]:
    upward = {
        name: tuple(driven for driven in dict.fromkeys(metric.drives) if driven != name)
        for name, metric in metrics.items()
    }
    for loop in islice(find_loops(upward), MAX_LOOPS_REPORTED):
        chain = " → ".join(f"`{name}`" for name in (*loop, loop[0]))
        message = f"These metrics drive each other in a circle: {chain}."
        hint = "Remove one of the links; the one that points down is the wrong one."
        yield error("loop", metrics[loop[0]].at.span("drives"), message, hint)
