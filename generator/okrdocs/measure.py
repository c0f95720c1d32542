"""What a key result's numbers mean: which measure it has, and its values as exact amounts.

The measure is the first row of the table in docs/explanation/grading.md that matches. All
that makes a key result impossible to grade is a Problem here; `progress` computes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

from okrdocs.amounts import Check, baseline_of, in_unit_of, quantity_at
from okrdocs.inference import Drawn, drawn_measure
from okrdocs.model import (
    CheckIn,
    Commitment,
    CycleStatus,
    Figure,
    KeyResult,
    MeasureName,
    Organization,
    Stage,
)
from okrdocs.problem import Problem, Source, in_source_order
from okrdocs.quantity import (
    Quantity,
    QuantityError,
    Target,
    is_blank,
    parse,
)
from okrdocs.workspace import Cycle, KeyResultEntry, Ref, Workspace

Amount = Quantity | Fraction
"""A value: a quantity, or the share that a stage, a mark or milestones are worth."""

BY_HAND = frozenset({MeasureName.DONE, MeasureName.JUDGED, MeasureName.STAGES})
"""Measures whose values are words or marks: they have no line to be ahead of."""

KEEP = frozenset({MeasureName.AT_LEAST, MeasureName.AT_MOST, MeasureName.BETWEEN})


@dataclass(frozen=True, slots=True)
class Value:
    """A value on a day. `text` is shown; the check-in is None for a milestone's date."""

    date: date
    text: str
    amount: Amount
    check_in: CheckIn | None


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure with its numbers; what a measure doesn't use is None."""

    name: MeasureName
    target_text: str
    target: Target | None = None
    baseline: Quantity | None = None
    floor: Quantity | None = None
    ceiling: Quantity | None = None
    levels: tuple[Quantity, Quantity, Quantity] | None = None
    stages: tuple[Stage, ...] = ()


@dataclass(frozen=True, slots=True)
class Era:
    """The measure that holds until a day (exclusive); None: to the end."""

    until: date | None
    measure: Measure


@dataclass(frozen=True, slots=True)
class Measured:
    """A key result that can be graded: its measures over time, its values, its plan."""

    eras: tuple[Era, ...]
    values: tuple[Value, ...]
    plan: tuple[tuple[date, Amount], ...]

    def on(self, as_of: date) -> Measure:
        """The measure whose target is in force on a day."""
        return next(e.measure for e in self.eras if e.until is None or as_of < e.until)

    def current(self, as_of: date) -> Value | None:
        """The latest value on or before a day; of two on one day, the later in the file."""
        known = [value for value in self.values if value.date <= as_of]
        return max(reversed(known), key=lambda value: value.date) if known else None


def measure_all(workspace: Workspace) -> tuple[Mapping[Ref, Measured], tuple[Problem, ...]]:
    """Every key result that can be graded, and every fault that keeps one from it."""
    found: dict[Ref, Measured] = {}
    problems: list[Problem] = []
    for cycle in workspace.cycles:
        check = Check(problems, cycle.status is CycleStatus.DRAFT)
        for objective in cycle.objectives():
            for entry in objective.key_results:
                committed = objective.objective.type is Commitment.COMMITTED
                measured = _measured(entry, cycle, committed, workspace.organization, check)
                if measured is not None:
                    found[entry.ref] = measured
    return found, in_source_order(problems)


def _measured(
    entry: KeyResultEntry,
    cycle: Cycle,
    committed: bool,
    organization: Organization,
    check: Check,
) -> Measured | None:
    key_result = entry.key_result
    eras = _eras(key_result, committed, organization, check)
    if not eras:
        return None
    last = eras[-1].measure
    values = tuple(_values(key_result, last, check))
    _unused_marks(key_result, last, check)
    plan = tuple(_plan(key_result, last, cycle, check))
    return Measured(eras, values, plan)


# ------------------------------------------------------------------- the measure


def _eras(
    key_result: KeyResult, committed: bool, organization: Organization, check: Check
) -> tuple[Era, ...]:
    final = _measure(key_result, committed, organization, check)
    if final is None:
        return ()
    eras = []
    for change in sorted(key_result.target_changes, key=lambda change: change.date):
        if final.target is None:
            message = f"A key result measured by {final.name.value} has no target that can change."
            check.fault(change.at, "from", "bad-target-change", message)
            continue
        former = replace(key_result, change=None)
        before = drawn_measure(former, change.from_, (change.at, "from"), check)
        if before is not None:
            eras.append(Era(change.date, _drawn(before)))
    return (*eras, Era(None, final))


def _drawn(drawn: Drawn) -> Measure:
    return Measure(
        drawn.name, drawn.target.text, drawn.target, drawn.baseline, drawn.floor, drawn.ceiling
    )


def _measure(
    key_result: KeyResult, committed: bool, organization: Organization, check: Check
) -> Measure | None:
    name = _stated(key_result, check)
    match name:
        case MeasureName.MILESTONES:
            return _milestones(key_result, check)
        case MeasureName.LEVELS:
            return _levels(key_result, committed, check)
        case MeasureName.STAGES:
            return _stages(key_result, organization, check)
        case MeasureName.DONE | MeasureName.JUDGED:
            return Measure(name, key_result.target or "")
    if key_result.target is None and key_result.change is None:
        hint = "Give `target:`, or `target: done`, or `measure: judged` where people decide."
        message = "Nothing says when this key result is reached."
        check.open_point(key_result.at, "title", "no-target", message, hint)
        return None
    drawn = drawn_measure(key_result, key_result.target, (key_result.at, "target"), check)
    return _drawn(drawn) if drawn is not None else None


def _stated(key_result: KeyResult, check: Check) -> MeasureName | None:
    """The measure that is written or follows from the fields that are there."""
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
            check.fault(key_result.at, other.value, "bad-measure", message, hint)
    return name


def _milestones(key_result: KeyResult, check: Check) -> Measure | None:
    if not key_result.milestones:
        hint = "Add `milestones:` with a `title` each."
        message = "A measure of milestones needs milestones."
        check.fault(key_result.at, "measure", "bad-measure", message, hint)
        return None
    if not sum(_weight(m.weight) for m in key_result.milestones):
        message = "The weights of the milestones add up to 0, so that none of them counts."
        check.fault(key_result.at, "milestones", "bad-weights", message)
        return None
    return Measure(MeasureName.MILESTONES, f"{len(key_result.milestones)} milestones")


def _weight(figure: Figure | None) -> Fraction:
    return Fraction(1) if figure is None or figure.value is None else figure.value


def _stages(key_result: KeyResult, organization: Organization, check: Check) -> Measure | None:
    stages = key_result.stages
    if isinstance(stages, str):
        if stages not in organization.scales:
            message = f"There is no scale `{stages}` in `okr.yml`."
            hint = check.near(stages, organization.scales)
            hint = hint or "Add it below `scales:`, or list the stages here."
            check.fault(key_result.at, "stages", "unknown-scale", message, hint)
            return None
        stages = organization.scales[stages]
    if not stages:
        hint = "Add `stages:` with a `stage` and a `mark` each, or the name of a scale."
        check.fault(
            key_result.at, "measure", "bad-measure", "A measure of stages needs stages.", hint
        )
        return None
    seen: set[str] = set()
    for stage in stages:
        if stage.stage.casefold() in seen:
            message = f"The stage `{stage.stage}` stands here a second time."
            check.fault(stage.at, "stage", "duplicate-id", message, "Remove or rename one of them.")
        seen.add(stage.stage.casefold())
    return Measure(MeasureName.STAGES, key_result.target or stages[-1].stage, stages=stages)


def _levels(key_result: KeyResult, committed: bool, check: Check) -> Measure | None:
    levels = key_result.levels
    if levels is None:
        hint = "Add `levels: {commit: …, target: …, stretch: …}`."
        check.fault(
            key_result.at, "measure", "bad-measure", "A measure of levels needs levels.", hint
        )
        return None
    if committed:
        message = "Levels stretch beyond the promise, so that a committed objective can't use them."
        hint = "Give a plain `target:`, or make the objective aspirational."
        check.fault(key_result.at, "levels", "bad-levels", message, hint)
        return None
    texts = {"commit": levels.commit, "target": levels.target, "stretch": levels.stretch}
    amounts = [quantity_at(text, levels.at, field, check) for field, text in texts.items()]
    commit, target, stretch = amounts
    if commit is None or target is None or stretch is None:
        return None
    baseline = baseline_of(key_result, check)
    points = [commit, target, stretch] if baseline is None else [baseline, commit, target, stretch]
    if not _in_order(points, levels.at, check):
        return None
    return Measure(
        MeasureName.LEVELS,
        f"{commit.text} / {target.text} / {stretch.text}",
        baseline=baseline,
        levels=(commit, target, stretch),
    )


def _in_order(points: list[Quantity], at: Source, check: Check) -> bool:
    if not all(in_unit_of(point, points[0]) for point in points):
        message = "The levels and the baseline aren't in the same unit."
        check.fault(at, "target", "unit-mismatch", message, "Write one unit for all of them.")
        return False
    first = points[0].value if len(points) == 4 else Fraction(0)
    line = [first, *(point.value for point in points[-3:])]
    steps = [after - before for before, after in pairwise(line)]
    if all(step > 0 for step in steps) or all(step < 0 for step in steps):
        return True
    message = "The levels are out of order: baseline, commit, target and stretch go one way."
    check.fault(at, "commit", "bad-levels", message)
    return False


# ------------------------------------------------------------------- values


def _values(key_result: KeyResult, measure: Measure, check: Check) -> Iterator[Value]:
    if measure.name is MeasureName.MILESTONES:
        yield from _milestone_values(key_result, check)
        return
    for check_in in key_result.check_ins:
        amount = _value(check_in, measure, check)
        if amount is not None:
            text = check_in.value or (check_in.grade.text if check_in.grade else "")
            yield Value(check_in.date, text, amount, check_in)


def _value(check_in: CheckIn, measure: Measure, check: Check) -> Amount | None:
    if measure.name is MeasureName.JUDGED:
        return check_in.grade.value if check_in.grade else None
    if check_in.value is None or is_blank(check_in.value):
        return None
    return amount_of(check_in.value, measure, check_in.at, check)


def amount_of(text: str, measure: Measure, at: Source, check: Check) -> Amount | None:
    """A value as its measure reads it: a quantity, a stage's mark, or a share that is done."""
    if measure.name is MeasureName.STAGES:
        return _stage_mark(text, measure, at, check)
    if measure.name is MeasureName.DONE:
        return _share_done(text, at, check)
    amount = quantity_at(text, at, "value", check)
    unit = measure.levels[1] if measure.levels else measure.target and measure.target.low
    if amount is None or not unit:
        return amount
    converted = in_unit_of(amount, unit)
    if converted is not None:
        return converted
    message = f"`{text}` and the target `{measure.target_text}` aren't in the same unit."
    hint = f"Write the value in the unit of the target, as in `{unit.text}`."
    check.fault(at, "value", "unit-mismatch", message, hint)
    return None


def _stage_mark(text: str, measure: Measure, at: Source, check: Check) -> Fraction | None:
    marks = {stage.stage.casefold(): stage.mark.value for stage in measure.stages}
    if text.casefold() in marks:
        return marks[text.casefold()]
    names = [stage.stage for stage in measure.stages]
    message = f"`{text}` is none of the stages: {', '.join(f'`{name}`' for name in names)}."
    check.fault(at, "value", "unknown-stage", message, check.near(text, names))
    return None


def _share_done(text: str, at: Source, check: Check) -> Fraction | None:
    words = {"done": Fraction(1), "not done": Fraction(0)}
    folded = text.casefold().replace("-", " ").replace("_", " ")
    if folded in words:
        return words[folded]
    try:
        share = parse(text)
    except QuantityError:
        share = None
    if share is not None and share.unit == "%" and 0 <= share.value <= 100:
        return share.value / 100
    message = f"`{text}` doesn't say how much is done."
    hint = "Write `done`, `not done`, or a percentage from 0% to 100%."
    check.fault(at, "value", "bad-quantity", message, hint)
    return None


def _milestone_values(key_result: KeyResult, check: Check) -> Iterator[Value]:
    """The share that was done on each day on which something was reported."""
    for check_in in key_result.check_ins:
        if check_in.value is not None and not is_blank(check_in.value):
            message = "Milestones carry the value; a check-in here only comments."
            hint = "Give the milestone its `done:` date, and remove `value:`."
            check.fault(check_in.at, "value", "bad-quantity", message, hint)
    said = {check_in.date: check_in for check_in in key_result.check_ins}
    steps = sorted((m.done, _weight(m.weight)) for m in key_result.milestones if m.done)
    whole = sum(_weight(m.weight) for m in key_result.milestones)
    reached, share = 0, Fraction(0)
    for day in sorted({*said, *(done for done, _ in steps)}):
        while reached < len(steps) and steps[reached][0] <= day:
            share += steps[reached][1] / whole
            reached += 1
        text = f"{reached} of {len(key_result.milestones)}"
        yield Value(day, text, share, said.get(day))


def _unused_marks(key_result: KeyResult, measure: Measure, check: Check) -> None:
    if measure.name is MeasureName.JUDGED:
        return
    for check_in in key_result.check_ins:
        if check_in.grade is not None:
            message = "A mark in a check-in counts only where `measure: judged` says so."
            hint = "Give a `value:`; to overrule the formula, use `grade:` on the key result."
            check.fault(check_in.at, "grade", "bad-measure", message, hint)


def _plan(
    key_result: KeyResult, measure: Measure, cycle: Cycle, check: Check
) -> Iterator[tuple[date, Amount]]:
    if key_result.plan and measure.name in {MeasureName.JUDGED, MeasureName.MILESTONES}:
        message = f"A key result measured by {measure.name.value} has no values to plan."
        check.fault(key_result.at, "plan", "bad-plan", message)
        return
    for point in sorted(key_result.plan, key=lambda point: point.date):
        if cycle.period and not cycle.period.start <= point.date <= cycle.period.end:
            message = f"The plan's date {point.date} lies outside the cycle."
            check.fault(point.at, "date", "bad-plan", message)
            continue
        amount = amount_of(point.value, measure, point.at, check)
        if amount is not None:
            yield point.date, amount
