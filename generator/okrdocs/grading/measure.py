"""Decides how each key result is measured, and reads its values as exact amounts.

The measure is the first row of the table in docs/explanation/grading.md ("Measures") that
matches. All that makes a key result impossible to grade is a Problem here; `progress` computes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from okrdocs.format.records import (
    Commitment,
    KeyResult,
    MeasureName,
    Organization,
    Override,
)
from okrdocs.grading.amounts import (
    Entries,
    ProblemSink,
    convert_to_unit_of,
    entries_hint,
    read_baseline,
    read_quantity,
    report_decimals_like_thousands,
    weight_or_one,
)
from okrdocs.grading.blanks import is_placeholder
from okrdocs.grading.likely_amounts import likely_entries
from okrdocs.grading.measure_inference import InferredMeasure, infer_former_measure, infer_measure
from okrdocs.grading.metric_values import metric_amounts
from okrdocs.grading.quantity import Quantity
from okrdocs.grading.reported_values import (
    DEFAULT_LEVEL_MARKS,
    Amount,
    Measure,
    ReportedValue,
    planned_amounts,
    report_unused_marks,
    reported_values,
    values_as_text,
)
from okrdocs.problem import Problem, Severity, Source, in_source_order
from okrdocs.workspace.workspace import Cycle, KeyResultEntry, ResolvedRef, Workspace

_MEASURE_FIELDS = frozenset(
    {"measure", "baseline", "target", "change", "milestones", "levels", "stages"}
)
"""Where one of these fields couldn't be read, nothing is known of how a key result is measured."""
_NEVER_HELD = frozenset({MeasureName.INCREASE, MeasureName.DECREASE, MeasureName.ACCUMULATE})
KEEP_MEASURES = frozenset({MeasureName.AT_LEAST, MeasureName.AT_MOST, MeasureName.BETWEEN})


@dataclass(frozen=True, slots=True)
class MeasurePeriod:
    """A measure and the day until which it holds (exclusive); None: to the end."""

    until: date | None
    measure: Measure


@dataclass(frozen=True, slots=True)
class MeasuredKeyResult:
    """A key result that can be read: its measures over time, its values, its plan.

    `not_gradable` says why it can't be graded yet; "" where it can. It then has no measure, and
    its values have no amount; or it is judged, for want of a target.
    """

    periods: tuple[MeasurePeriod, ...]
    values: tuple[ReportedValue, ...]
    plan: tuple[tuple[date, Amount], ...]
    not_gradable: str = ""

    def measure_on(self, as_of: date) -> Measure | None:
        """Return the measure whose target is in force on a day; None where it isn't gradable."""
        return next((e.measure for e in self.periods if e.until is None or as_of < e.until), None)

    def value_on(self, as_of: date) -> ReportedValue | None:
        """Return the latest value on or before a day; of two on one day, the later in the file."""
        values = self.values_until(as_of)
        return values[-1] if values else None

    def values_until(self, as_of: date) -> list[ReportedValue]:
        """Return the values on or before a day by date; of two on one day, in the file's order.

        Those outside the cycle are left out.
        """
        values = [value for value in self.values if value.counts and value.date <= as_of]
        return sorted(values, key=lambda value: value.date)

    def values_outside(self, as_of: date) -> list[ReportedValue]:
        """Return the values until a day that don't count: their day lies outside the cycle."""
        return [value for value in self.values if not value.counts and value.date <= as_of]


def measure_all(
    workspace: Workspace,
) -> tuple[Mapping[ResolvedRef, MeasuredKeyResult], tuple[Problem, ...]]:
    """Measure every key result that can be read; returns them with every problem found.

    The amounts of metrics are read here, too, for their problems alone.
    """
    by_ref: dict[ResolvedRef, MeasuredKeyResult] = {}
    problems: list[Problem] = []
    for cycle in workspace.cycles:
        for objective in cycle.objectives():
            sink = ProblemSink(problems)
            _report_missing_reason(objective.objective.grade, sink)
            for entry in objective.key_results:
                commitment = entry.key_result.type or objective.objective.type
                committed = commitment is Commitment.COMMITTED
                measured = _measure_key_result(
                    entry, cycle, committed, workspace.organization, sink
                )
                if measured is not None:
                    by_ref[entry.ref] = measured
    for metric in workspace.metrics.values():
        metric_amounts(metric, ProblemSink(problems))
    return by_ref, in_source_order(problems)


def _measure_key_result(
    entry: KeyResultEntry,
    cycle: Cycle,
    committed: bool,
    organization: Organization,
    sink: ProblemSink,
) -> MeasuredKeyResult | None:
    key_result = entry.key_result
    _report_missing_reason(key_result.grade, sink)
    if key_result.at.faulty & _MEASURE_FIELDS:
        return None  # What is wrong there has been reported; all else would only follow from it.
    if report_decimals_like_thousands(key_result, sink):
        return None
    faults = ProblemSink([])
    periods = _measure_periods(key_result, committed, organization, faults)
    broken = any(problem.severity is Severity.ERROR for problem in faults.problems)
    by_hand = key_result.grade is not None and key_result.grade.value.value is not None
    if broken or not by_hand:  # A grade by hand needs no measure.
        sink.problems.extend(faults.problems)
    if not periods and broken:
        return None
    reason = faults.problems[0].message if faults.problems else ""
    if not periods:
        return MeasuredKeyResult((), tuple(values_as_text(key_result, cycle)), (), reason)
    last = periods[-1].measure
    _report_guardrail_without_bound(key_result, last, sink)
    if reason and last.name is MeasureName.JUDGED:
        texts = tuple(values_as_text(key_result, cycle))
        return MeasuredKeyResult(periods, texts, (), reason)
    values = tuple(reported_values(key_result, last, cycle, sink))
    report_unused_marks(key_result, last, sink)
    plan = tuple(planned_amounts(key_result, last, cycle, sink))
    return MeasuredKeyResult(periods, values, plan)


def _report_guardrail_without_bound(
    key_result: KeyResult, measure: Measure, sink: ProblemSink
) -> None:
    if key_result.guardrail and measure.name in _NEVER_HELD:
        message = (
            f"A guardrail is held or breached; what is measured by {measure.name.value} isn't."
        )
        hint = "Give the bound that has to hold, as in `≤5%` or `≥99%`, or remove `guardrail:`."
        sink.add_error(key_result.at, "guardrail", "bad-measure", message, hint)


def _report_missing_reason(override: Override | None, sink: ProblemSink) -> None:
    if override is not None and override.value.value is None and not override.reason:
        message = "What is left out of the mean by `n/a` needs a reason."
        sink.add_error(override.at, "value", "no-reason", message, "Add `reason:`.")


# ------------------------------------------------------------------- the measure


def _measure_periods(
    key_result: KeyResult, committed: bool, organization: Organization, sink: ProblemSink
) -> tuple[MeasurePeriod, ...]:
    final = _final_measure(key_result, committed, organization, sink)
    if final is None:
        return ()
    if key_result.stage_changes and final.name is not MeasureName.STAGES:
        message = "`stage_changes:` holds former stages, and this key result has none."
        hint = "Add `stages:` with the present ones, or remove it."
        sink.add_error(key_result.at, "stage_changes", "bad-measure", message, hint)
    periods = []
    for change in sorted(key_result.target_changes, key=lambda change: change.date):
        if final.target is None and final.name is MeasureName.JUDGED and not key_result.measure:
            continue
        if final.target is None:
            message = f"A key result measured by {final.name.value} has no target that can change."
            sink.add_error(change.at, "from", "bad-target-change", message)
            continue
        place = (change.at, "from")
        before = infer_former_measure(key_result, change.from_, final.target, place, sink)
        if before is not None:
            periods.append(MeasurePeriod(change.date, _measure_from_inferred(before)))
    return (*periods, MeasurePeriod(None, final))


def _measure_from_inferred(inferred: InferredMeasure) -> Measure:
    return Measure(
        inferred.name,
        inferred.written,
        inferred.target,
        inferred.baseline,
        inferred.floor,
        inferred.ceiling,
    )


def _final_measure(
    key_result: KeyResult, committed: bool, organization: Organization, sink: ProblemSink
) -> Measure | None:
    name = _stated_measure_name(key_result, sink)
    match name:
        case MeasureName.MILESTONES:
            return _milestones_measure(key_result, sink)
        case MeasureName.LEVELS:
            return _levels_measure(key_result, committed, sink)
        case MeasureName.STAGES:
            return _stages_measure(key_result, organization, sink)
        case MeasureName.DONE | MeasureName.JUDGED:
            return Measure(name, key_result.target or "")
    if name is None and (not _has_number(key_result.target) and key_result.change is None):
        return _judged_for_want_of_target(key_result, sink)
    inferred = infer_measure(key_result, key_result.target, (key_result.at, "target"), sink)
    return _measure_from_inferred(inferred) if inferred is not None else None


def _has_number(target: str | None) -> bool:
    """Return whether a target is a number, or the placeholder of one, and not mere words."""
    return target is not None and (any(c.isdigit() for c in target) or is_placeholder(target))


def _judged_for_want_of_target(key_result: KeyResult, sink: ProblemSink) -> Measure:
    """Return a judged measure, with a warning unless somebody has judged it."""
    target = key_result.target
    right: Entries = ()
    if not any(check_in.grade for check_in in key_result.check_ins):
        message = "Nothing says when this key result is reached."
        hint = "Give `target:`, or `target: done`, or `measure: judged` where people decide."
        if target is not None:
            message = f"The target `{target}` has no number to measure by."
            right = likely_entries(target, "target")
            hint = "A target in words needs `target: done`, `stages:` or `measure: judged`."
            if right and len(target.split()) < 4:
                hint = entries_hint(right)
            elif right:
                hint = f"{entries_hint(right)} {hint}"
        field = "title" if target is None else "target"
        sink.add_not_gradable(key_result.at, field, "no-target", message, hint, right)
    return Measure(MeasureName.JUDGED, target or "")


def _stated_measure_name(key_result: KeyResult, sink: ProblemSink) -> MeasureName | None:
    """Return the measure that is written or follows from the fields that are there."""
    fields = {
        MeasureName.MILESTONES: bool(key_result.milestones),
        MeasureName.LEVELS: key_result.levels is not None,
        MeasureName.STAGES: key_result.stages is not None,
    }
    present = [name for name, there in fields.items() if there]
    name = key_result.measure
    if name is None and present:
        name = present[0]
    if name is None and key_result.target is not None and key_result.target.lower() == "done":
        name = MeasureName.DONE
    for other in present:
        if other is not name:
            message = f"`{other.value}:` doesn't go with a measure of `{name and name.value}`."
            hint = "Keep one of the two."
            sink.add_error(key_result.at, other.value, "bad-measure", message, hint)
    return name


def _milestones_measure(key_result: KeyResult, sink: ProblemSink) -> Measure | None:
    if not key_result.milestones:
        hint = "Add `milestones:` with a `title` each."
        message = "A measure of milestones needs milestones."
        sink.add_not_gradable(key_result.at, "measure", "no-target", message, hint)
        return None
    weightless = [m for m in key_result.milestones if weight_or_one(m.weight) <= 0]
    for milestone in weightless:
        message = f"With a weight of 0, `{milestone.title}` wouldn't count."
        hint = "Give it a weight above 0, or remove it."
        sink.add_error(milestone.at, "weight", "bad-weights", message, hint)
    if weightless:
        return None
    steps = key_result.milestones
    whole = sum((weight_or_one(step.weight) for step in steps), Fraction(0))
    return Measure(MeasureName.MILESTONES, f"{len(steps)} milestones", weights=whole)


def _stages_measure(
    key_result: KeyResult, organization: Organization, sink: ProblemSink
) -> Measure | None:
    stages = key_result.stages
    if isinstance(stages, str):
        if stages not in organization.scales:
            message = f"There is no scale `{stages}` in `okr.yml`."
            hint = sink.nearest_hint(stages, organization.scales)
            hint = hint or "Add it below `scales:`, or list the stages here."
            sink.add_error(key_result.at, "stages", "unknown-scale", message, hint)
            return None
        stages = organization.scales[stages]
    if not stages:
        hint = "Add `stages:` with a `stage` and a `mark` each, or the name of a scale."
        message = "A measure of stages needs stages."
        sink.add_not_gradable(key_result.at, "measure", "no-target", message, hint)
        return None
    seen: set[str] = set()
    for stage in stages:
        if stage.stage.casefold() in seen:
            message = f"The stage `{stage.stage}` stands here a second time."
            sink.add_error(
                stage.at, "stage", "duplicate-id", message, "Remove or rename one of them."
            )
        seen.add(stage.stage.casefold())
    former = tuple(sorted(key_result.stage_changes, key=lambda change: change.date))
    return Measure(
        MeasureName.STAGES,
        key_result.target or stages[-1].stage,
        stages=stages,
        former_stages=former,
    )


def _levels_measure(key_result: KeyResult, committed: bool, sink: ProblemSink) -> Measure | None:
    levels = key_result.levels
    if levels is None:
        hint = "Add `levels: {commit: …, target: …, stretch: …}`."
        message = "A measure of levels needs levels."
        sink.add_not_gradable(key_result.at, "measure", "no-target", message, hint)
        return None
    if committed:
        message = "Levels stretch beyond the promise, so that a committed objective can't use them."
        hint = "Give a plain `target:`, or make the objective aspirational."
        sink.add_error(key_result.at, "levels", "bad-levels", message, hint)
        return None
    written = (levels.commit, levels.target, levels.stretch)
    amounts = [read_quantity(level.at_, level.at, "at", sink) for level in written]
    commit, target, stretch = amounts
    if commit is None or target is None or stretch is None:
        return None
    marks = tuple(
        default if level.mark is None or level.mark.value is None else level.mark.value
        for level, default in zip(written, DEFAULT_LEVEL_MARKS, strict=True)
    )
    if not 0 < marks[0] < marks[1] < marks[2]:
        message = "The marks of the levels have to rise, from above 0."
        sink.add_error(
            levels.at, "commit", "bad-levels", message, "The usual ones are 0.3, 0.7, 1."
        )
        return None
    baseline = read_baseline(key_result, sink)
    points = [commit, target, stretch] if baseline is None else [baseline, commit, target, stretch]
    if not _are_levels_in_order(points, levels.at, sink):
        return None
    return Measure(
        MeasureName.LEVELS,
        f"{commit.text} / {target.text} / {stretch.text}",
        baseline=baseline,
        levels=(commit, target, stretch),
        level_marks=marks,
    )


def _are_levels_in_order(points: list[Quantity], at: Source, sink: ProblemSink) -> bool:
    if not all(convert_to_unit_of(point, points[0]) for point in points):
        message = "The levels and the baseline aren't in the same unit."
        sink.add_error(at, "target", "unit-mismatch", message, "Write one unit for all of them.")
        return False
    first = points[0].value if len(points) == 4 else Fraction(0)
    line = [first, *(point.value for point in points[-3:])]
    steps = [after - before for before, after in pairwise(line)]
    if all(step > 0 for step in steps) or all(step < 0 for step in steps):
        return True
    message = "The levels are out of order: baseline, commit, target and stretch go one way."
    sink.add_error(at, "commit", "bad-levels", message)
    return False
