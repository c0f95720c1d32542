"""Which measure baseline and target make, and what is said where two readings are possible.

What a measure grades is the conformance suite's matter; here are names, messages and places.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from okr_states import read_state
from okrdocs.format.records import MeasureName
from okrdocs.grading.measure import MeasuredKeyResult
from okrdocs.grading.reported_values import Measure
from okrdocs.problem import Problem, Severity
from okrdocs.source.disk import File
from okrdocs.workspace.workspace import ResolvedRef

OKR = """\
schema: 1
organization: Example
teams: {sales: {name: Sales}}
scales: {shipping: [{stage: Begun, mark: 0.1}, {stage: Shipped, mark: 1}], none: []}
"""
PATH = "okrs/2025-Q1/sales.yml"
HEAD = "schema: 1\nobjectives:\n  - id: o\n    title: O\n    type: {}\n    key_results:\n"
LINE = 8


def files_of(lines: str, kind: str, status: str) -> list[File]:
    below = "".join(f"        {line}\n" for line in lines.splitlines())
    texts = {
        "okrs/okr.yml": OKR,
        "okrs/2025-Q1/cycle.yml": f"schema: 1\nstatus: {status}\n",
        PATH: HEAD.format(kind) + f"      - id: k\n{below}        title: K\n",
    }
    return [File(path, text.encode()) for path, text in sorted(texts.items())]


def measured(
    lines: str, *, kind: str = "aspirational", status: str = "active"
) -> tuple[MeasuredKeyResult | None, tuple[Problem, ...]]:
    """A key result with these lines as it is measured, and what is wrong with it."""
    state = read_state(files_of(lines, kind, status))
    assert (state.misshapen, state.unresolved) == ((), ())
    return state.measured.get(ResolvedRef("2025-Q1", "sales", "o", "k")), state.unmeasured


def measure_on(lines: str, day: date = date(2025, 2, 1)) -> Measure:
    """The measure of a key result with these lines, in which nothing is wrong."""
    found, problems = measured(lines)
    assert not problems
    assert found is not None
    measure = found.measure_on(day)
    assert measure is not None
    return measure


def problems_of(lines: str) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """What is wrong with the shape of a key result, and with its measure."""
    state = read_state(files_of(lines, "aspirational", "active"))
    return state.misshapen, state.unmeasured


def fault(lines: str, kind: str = "aspirational") -> Problem:
    _, problems = measured(lines, kind=kind)
    assert len(problems) == 1, problems
    return problems[0]


def place(problem: Problem) -> tuple[int, int]:
    """Line and column; line 1 is the first one given."""
    assert problem.span.path == PATH
    return problem.span.line - LINE + 1, problem.span.column


# ------------------------------------------------------------------- the table


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ("baseline: 0%\ntarget: 90%", "increase"),
        ("baseline: 5%\ntarget: 3%", "decrease"),
        ("baseline: 800ms\ntarget: ≤400ms", "decrease"),
        ("baseline: 80%\ntarget: ≥90%", "increase"),
        ("baseline: 45 ms\ntarget: 50…60 ms", "increase"),
        ("baseline: 70 ms\ntarget: 50…60 ms", "decrease"),
        ("baseline: 4 hours\ntarget: 15 min", "decrease"),
        ("target: ≥99.9%", "at_least"),
        ("target: 90%+", "at_least"),
        ("target: '<1%'", "at_most"),
        ("target: ≤200ms", "at_most"),
        ("target: 25% or lower", "at_most"),
        ("target: 99% or higher", "at_least"),
        ("target: 200 ms or below", "at_most"),
        ("target: 50…60 ms", "between"),
        ("baseline: 99.95%\ntarget: ≥99.9%", "at_least"),
        ("baseline: 55 ms\ntarget: 50…60 ms", "between"),
        ("target: 0", "at_most"),
        ("target: 0 incidents", "at_most"),
        ("target: 12", "accumulate"),
        ("target: 8 deals", "accumulate"),
        ("target: $5M", "accumulate"),
        ("target: ≥8 deals", "accumulate"),
        ("target: 15+", "accumulate"),
        ("target: '>8 deals'", "accumulate"),
        ("target: more than 8 deals", "accumulate"),
        ("target: over $5M", "accumulate"),
        ("target: above 8", "accumulate"),
        ("target: '>99%'", "at_least"),
        ("target: $5M or more", "accumulate"),
        ("target: 4 out of 5", "accumulate"),
        ("target: 4/5", "accumulate"),
        ("target: ≥7 of 8", "accumulate"),
        ("target: ≥4.5/5", "at_least"),
        ("target: ≥4/5\ncheck_ins: [{date: 2025-01-09, value: 2.4/5}]", "at_least"),
        ("baseline: n/a\ntarget: 8 deals", "accumulate"),
        ("baseline: a handful\ntarget: 8 deals", "accumulate"),
        ("baseline: unknown\ntarget: ≥4.5/5", "at_least"),
        ("baseline: 12 deals in 2024\ntarget: 8 deals\nmeasure: accumulate", "accumulate"),
        ("baseline: 20%\nchange: +10%", "increase"),
        ("baseline: 20%\nchange: -5 points", "decrease"),
        ("change: +8 points", "increase"),
        ("target: done", "done"),
        ("target: Done", "done"),
        ("measure: judged", "judged"),
        ("stages: shipping", "stages"),
        ("milestones: [A, B]", "milestones"),
        ("levels: {commit: 50, target: 70, stretch: 100}", "levels"),
        ("measure: at_most\ntarget: 5 incidents", "at_most"),
        ("measure: at_least\ntarget: 99.9%", "at_least"),
    ],
)
def test_a_measure_follows_from_baseline_and_target(lines: str, name: str) -> None:
    assert measure_on(lines).name is MeasureName(name)


def test_a_relative_change_makes_the_target() -> None:
    measure = measure_on("baseline: 20%\nchange: +10%")
    assert measure.target is not None
    assert measure.target.low.value == 22
    assert measure.target_text == "22% (+10%)"


def test_before_a_target_changed_the_former_one_holds() -> None:
    lines = "baseline: 0\ntarget: 100\ntarget_changes: [{date: 2025-02-15, from: 80}]"
    before, after = measure_on(lines, date(2025, 2, 14)), measure_on(lines, date(2025, 2, 15))
    assert (before.target_text, after.target_text) == ("80", "100")


def test_the_current_value_is_the_latest_and_of_two_on_a_day_the_later_in_the_file() -> None:
    days = [("02-08", 3), ("02-01", 1), ("02-08", 4), ("02-20", 9)]
    given = ", ".join(f"{{date: 2025-{day}, value: {value}}}" for day, value in days)
    found, _ = measured(f"baseline: 0\ntarget: 10\ncheck_ins: [{given}]")
    assert found is not None
    shown = [found.value_on(date(2025, 2, day)) for day in (1, 7, 8, 19, 20)]
    assert [value.text for value in shown if value] == ["1", "1", "4", "4", "9"]
    assert found.value_on(date(2025, 1, 31)) is None


@pytest.mark.parametrize("value", ["n/a", "-", "~", "''", "not measured"])
def test_a_blank_value_is_not_reported(value: str) -> None:
    found, problems = measured(f"target: 8\ncheck_ins: [{{date: 2025-02-01, value: {value}}}]")
    assert not problems
    assert found is not None
    assert found.values == ()


@pytest.mark.parametrize(
    ("value", "share"),
    [("done", 1), ("Done", 1), ("not done", 0), ("not-done", 0), ("75%", "3/4"), ("0%", 0)],
)
def test_done_takes_words_and_percentages(value: str, share: int | str) -> None:
    found, problems = measured(f"target: done\ncheck_ins: [{{date: 2025-02-01, value: {value}}}]")
    assert not problems
    assert found is not None
    assert found.values[0].amount == Fraction(share)


# ------------------------------------------------------------------- two readings


@pytest.mark.parametrize(
    ("lines", "code", "where", "message", "hint"),
    [
        ("baseline: 90%\ntarget: 90%", "ambiguous-target", (2, 17),
         "The target equals the baseline (90%).",
         "To keep it write `target: ≥90%` or `target: ≤90%`; to change it"),
        ("baseline: 40%\ntarget: +8%", "ambiguous-target", (2, 17),
         "`+8%` has two readings on a percentage: points, or relative to it.",
         "For percentage points write `target: 48%`; relative to 40% write `change: +8%`."),
        ("baseline: 40 deals\ntarget: +8%", "unit-mismatch", (2, 17),
         "The baseline `40 deals` and the target `+8%` differ in unit.", "write `change: +8%`"),
        ("baseline: $5M\ntarget: 20 deals", "unit-mismatch", (2, 17),
         "The baseline `$5M` and the target `20 deals` differ in unit.",
         "Write both in one unit. If the values are running totals"),
        ("target: 8 min", "no-baseline", (1, 17),
         "Without a baseline `8 min` may mean that lower or that higher is better.",
         "Add `baseline:`, or write `target: ≤8 min` or `target: ≥8 min`."),
        ("target: 5x/week", "no-baseline", (1, 17), "may mean that lower or that higher", "≥5x/w"),
        ("target: 4.5/5", "no-baseline", (1, 17), "may mean that lower or that higher", "≥4.5/5"),
        ("target: -5%", "no-baseline", (1, 17), "A target below zero (`-5%`) needs a baseline",
         "Add `baseline:`, or write `change: -5%`"),
        ("target: +35%", "no-baseline", (1, 17), "`+35%` doesn't say of what.",
         "Write `change: +35%`"),
        ("target: 4 out of 5\ncheck_ins: [{date: 2025-01-09, value: 2.4}]", "no-baseline", (1, 17),
         "lower or that higher is better", "`target: ≤4 out of 5`"),
        ("target: 4/5\ncheck_ins: [{date: 2025-01-09, value: 2.4 out of 5}]", "no-baseline",
         (1, 17), "lower or that higher is better", "`target: ≤4/5`"),
        ("target: 95%", "no-baseline", (1, 17), "lower or that higher is better",
         "`target: ≤95%` or `target: ≥95%`"),
        ("baseline: 2\ntarget: 1,5", "bad-quantity", (2, 17), "can mean 1.5 or 15", "`1.5`"),
        ("target: 5m", "bad-quantity", (1, 17), "can mean millions or minutes", "5M"),
        ("target: 25% or better", "bad-quantity", (1, 17), '"or better" leaves the amount open',
         'ends in "or more" or "or less"'),
        ("baseline: ~8 deals\ntarget: 9 deals", "bad-quantity", (1, 19), "leaves the amount open",
         'Write "8 deals"; that it is rough can stand in a note.'),
        ("target: 4 “networks”", "bad-quantity", (1, 17), "“networks”", "Keep the number and its"),
        ("baseline: X%\ntarget: 5%", "placeholder", (1, 19), "`X%` stands for a number", ""),
        ("baseline: 1%\ntarget: Y%", "placeholder", (2, 17), "`Y%` stands for a number", ""),
        ("target: 25% or so", "bad-quantity", (1, 17), '"or so" leaves the amount open', ""),
        ("target: 10 deals or so", "bad-quantity", (1, 17), '"or so" leaves the amount open', ""),
        ("target: Best in class", "no-target", (1, 17), "has no number to measure by",
         "needs `target: done`, `stages:` or `measure: judged`"),
        ("target: $N", "placeholder", (1, 17), "`$N` stands for a number that isn't there yet.",
         "until then the key result isn't graded"),
        ("label: Churn", "no-target", (2, 16), "Nothing says when this key result is reached.",
         "or `target: done`, or `measure: judged`"),
        ("measure: increase\ntarget: 5", "no-baseline", (2, 17),
         "A measure of increase needs a baseline.", "Add `baseline:`."),
        ("measure: decrease\ntarget: 5 min\nbaseline: unknown", "no-baseline", (2, 17),
         "A measure of decrease needs a baseline.", "Add `baseline:`."),
        ("measure: at_most", "no-target", (1, 18), "Nothing says when", "Give `target:`."),
        ("measure: accumulate\nbaseline: 5", "no-target", (1, 18), "Nothing says when",
         "Give `target:`."),
        ("measure: milestones", "no-target", (1, 18), "needs milestones", "Add `milestones:`"),
        ("measure: levels", "no-target", (1, 18), "needs levels", "Add `levels:"),
        ("measure: stages", "no-target", (1, 18), "needs stages", "the name of a scale"),
        ("stages: none", "no-target", (0, 9), "needs stages", ""),
        ("baseline: 0\nchange: +10%", "bad-change", (2, 17), "relative to a baseline of 0", ""),
        ("baseline: 5\nchange: 10%", "bad-change", (2, 17), "doesn't say whether it goes up",
         "Write `+10%` or `-10%`."),
        ("baseline: 5\nchange: +1\ntarget: 6", "bad-change", (2, 17), "the same thing twice",
         "Keep one of them."),
        ("baseline: 5 deals\nchange: +1 hour", "unit-mismatch", (2, 17), "aren't in the same unit",
         "or a percentage"),
        ("baseline: 5\nchange: +0%", "bad-change", (2, 17), "leaves the baseline as it is", ""),
        ("target: 100\nbaseline: 0\ntarget_changes: [{date: 2025-02-15, from: 0}]",
         "ambiguous-target", (3, 51), "The former target equals the baseline (0).",
         "To keep it write `from: ≥0`"),
    ],
)  # fmt: skip
def test_what_has_two_readings_names_both_or_the_cure(
    lines: str, code: str, where: tuple[int, int], message: str, hint: str
) -> None:
    found = fault(lines)
    assert (found.code, place(found)) == (code, where)
    assert message in found.message
    assert hint.replace("`1.5`", '"1.5"') in found.hint


@pytest.mark.parametrize(
    ("lines", "where", "message", "hint"),
    [
        ("measure: increase\nbaseline: 9\ntarget: 5", (3, 17),
         "To increase, the target has to be above the baseline: 9, 5.", "remove `measure:`"),
        ("measure: decrease\nbaseline: 5\ntarget: 9", (3, 17),
         "To decrease, the target has to be below the baseline: 5, 9.", "remove `measure:`"),
        ("measure: at_least\ntarget: ≤9", (2, 17), "`≤9` isn't a lower bound.", "Write `≥`"),
        ("measure: at_most\ntarget: ≥9", (2, 17), "`≥9` isn't an upper bound.", "Write `≤`"),
        ("measure: between\ntarget: 9", (2, 17), "`9` isn't a range.", "Write both ends"),
        ("measure: accumulate\ntarget: 0", (2, 17), "needs a target above 0", ""),
        ("measure: accumulate\ntarget: 5…9", (2, 17), "one target, not a range", ""),
        ("stages: shipping\nmilestones: [A]", (1, 17), "doesn't go with a measure of `milestones`",
         "Keep one of the two."),
        ("baseline: 0\ntarget: 9\nfloor: 1", (3, 16), "`floor:` doesn't go with a measure of",
         "belongs to a target that is kept"),
        ("target: 9\nstage_changes: [{date: 2025-02-01, from: [{stage: A, mark: 1}]}]", (2, 24),
         "holds former stages, and this key result has none", "Add `stages:`"),
        ("target: ≤9\nfloor: 10\nceiling: 11", (3, 18), "One of `floor:` and `ceiling:`", ""),
        ("target: done\ncheck_ins: [{date: 2025-02-01, grade: 0.5}]", (2, 47),
         "counts only where `measure: judged` says so", "use `grade:` on the key result"),
    ],
)  # fmt: skip
def test_a_measure_that_does_not_fit_says_why(
    lines: str, where: tuple[int, int], message: str, hint: str
) -> None:
    found = fault(lines)
    assert (found.code, place(found)) == ("bad-measure", where)
    assert message in found.message
    assert hint in found.hint


@pytest.mark.parametrize(
    ("lines", "code", "where", "message", "hint"),
    [
        ("target: ≥90%\nfloor: 95%", "wrong-side", (2, 16),
         "`floor: 95%` has to lie below the bound `90%`.", "the value at which the grade is 0"),
        ("target: ≤90 ms\nfloor: 50 ms", "wrong-side", (2, 16), "has to lie above the bound", ""),
        ("target: 5…9\nceiling: 8", "wrong-side", (2, 18), "has to lie above the bound `9`", ""),
        ("target: ≥90%\nfloor: 5 deals", "unit-mismatch", (2, 16), "differ in unit", "one unit"),
        ("levels: {commit: 70, target: 50, stretch: 100}", "bad-levels", (1, 26),
         "out of order: baseline, commit, target and stretch go one way", ""),
        ("levels: {commit: 5 h, target: 7 deals, stretch: 9 h}", "unit-mismatch", (1, 39),
         "aren't in the same unit", "Write one unit for all"),
        ("milestones: [{title: A, weight: 0}]", "bad-weights", (1, 41),
         "With a weight of 0, `A` wouldn't count.", "a weight above 0"),
        ("milestones: [A]\ncheck_ins: [{date: 2025-02-01, value: 50%}]", "bad-quantity", (2, 47),
         "Milestones carry the value", "its `done:` date"),
        ("stages: shiping", "unknown-scale", (1, 17), "There is no scale `shiping` in `okr.yml`.",
         "Did you mean `shipping`?"),
        ("stages: rollout", "unknown-scale", (1, 17), "no scale `rollout`", "below `scales:`"),
        ("stages: [{stage: A, mark: 0}, {stage: a, mark: 1}]", "duplicate-id", (1, 47),
         "The stage `a` stands here a second time.", "Remove or rename one"),
        ("stages: shipping\ncheck_ins: [{date: 2025-02-01, value: Shiped}]", "unknown-stage",
         (2, 47), "`Shiped` is none of the stages: `Begun`, `Shipped`.", "Did you mean `Shipped`?"),
        ("target: done\ncheck_ins: [{date: 2025-02-01, value: nearly}]", "bad-quantity", (2, 47),
         "`nearly` doesn't say how much is done.", "`done`, `not done`, or a percentage"),
        ("target: done\ncheck_ins: [{date: 2025-02-01, value: 120%}]", "bad-quantity", (2, 47),
         "doesn't say how much is done", ""),
        ("baseline: 0%\ntarget: 90%\ncheck_ins: [{date: 2025-02-01, value: 5 deals}]",
         "unit-mismatch", (3, 47), "`5 deals` and the target `90%` aren't in the same unit.",
         "as in `90%`"),
        ("target: 8 deals\ncheck_ins: [{date: 2025-02-01, value: 6+}]", "bad-quantity", (2, 47),
         "only a target may have one", "Write the one amount that it is."),
        ("target: 8 deals\ncheck_ins: [{date: 2025-02-01, value: xx}]", "placeholder", (2, 47),
         "`xx` stands for a number", "Leave it blank, or write `n/a`, until it has been measured."),
        ("target: 8 deals\nplan: [{date: 2025-05-01, value: 5}]", "bad-plan", (2, 23),
         "lies outside the cycle", ""),
        ("measure: judged\nplan: [{date: 2025-02-01, value: 5}]", "bad-plan", (2, 15),
         "has no line to plan", "Remove `plan:`"),
        ("target: done\ntarget_changes: [{date: 2025-02-01, from: 5}]", "bad-target-change",
         (2, 51), "measured by done has no target that can change", ""),
        ("target: ≤5%\ntarget_changes: [{date: 2025-02-01, from: ≤40 deals}]", "unit-mismatch",
         (2, 51), "The former target `≤40 deals` and the target `≤5%`", "another key result"),
        ("target: 5\ngrade: {value: n/a}", "no-reason", (2, 24), "needs a reason", "Add `reason:`"),
    ],
)  # fmt: skip
def test_what_can_not_be_graded_says_what_to_write(
    lines: str, code: str, where: tuple[int, int], message: str, hint: str
) -> None:
    found = fault(lines)
    assert (found.code, place(found)) == (code, where)
    assert message in found.message
    assert hint in found.hint


@pytest.mark.parametrize(
    ("lines", "places"),
    [
        ("baseline: 900\ntarget: 1.500", [(2, 17)]),
        ("target: 12.000\ncheck_ins: [{date: 2025-02-01, value: 950}]", [(1, 17)]),
        ("baseline: 900\ntarget: 1.500\ncheck_ins: [{date: 2025-02-01, value: 1.000}]",
         [(2, 17), (3, 47)]),
        ("baseline: 900 ms\ntarget: ≤1.500 ms", [(2, 17)]),
        ("target: 1,200\ntarget_changes: [{date: 2025-02-01, from: 1.500}]", [(2, 51)]),
        ("levels: {commit: 900, target: 1.500, stretch: 2000}", [(1, 39)]),
    ],
)  # fmt: skip
def test_decimals_that_may_be_thousands_beside_a_whole_number_are_an_error(
    lines: str, places: list[tuple[int, int]]
) -> None:
    _, problems = measured(lines)
    assert [(p.code, p.severity, place(p)) for p in problems] == [
        ("bad-quantity", Severity.ERROR, each) for each in places
    ]
    assert "has two readings here: " in problems[0].message
    assert "for thousands" in problems[0].hint


@pytest.mark.parametrize(
    "lines",
    [
        "baseline: 0.125\ntarget: 0.250",
        "baseline: 1.250\ntarget: 1.500",
        "baseline: 99\ntarget: 1.500",
        "baseline: 99.950%\ntarget: 99.995%\ncheck_ins: [{date: 2025-02-01, value: 100%}]",
        "baseline: 900\ntarget: 1500.5",
    ],
)
def test_decimals_that_can_only_be_decimals_are_fine(lines: str) -> None:
    assert measured(lines)[1] == ()


@pytest.mark.parametrize("value", ["not shipped", "unshipped", "Nearly shipped", "Ship it"])
def test_a_value_that_says_more_than_a_stage_is_no_slip_of_it(value: str) -> None:
    found = fault(f"stages: shipping\ncheck_ins: [{{date: 2025-02-01, value: {value}}}]")
    assert found.code == "unknown-stage"
    assert "Did you mean" not in found.hint
    assert "`not yet`" in found.hint


def test_levels_are_refused_in_a_committed_objective() -> None:
    found = fault("levels: {commit: 50, target: 70, stretch: 100}", kind="committed")
    assert found.code == "bad-levels"
    assert "make the objective aspirational" in found.hint


@pytest.mark.parametrize("lines", ["target: X%", "label: Nothing yet", "target: TBD"])
def test_what_is_still_to_be_filled_in_warns_and_says_why_it_is_not_graded(lines: str) -> None:
    found, problems = measured(lines)
    assert [p.severity for p in problems] == [Severity.WARNING]
    assert found is not None
    assert found.not_gradable == problems[0].message


@pytest.mark.parametrize("lines", ["target: 8 min", "target: X%", "label: Nothing", "target: All"])
def test_a_grade_by_hand_needs_no_measure(lines: str) -> None:
    found, problems = measured(f"{lines}\ngrade: {{value: 0.5, reason: Felt so}}")
    assert not problems
    assert found is not None


def test_a_value_of_what_can_not_be_graded_is_a_text_without_an_amount() -> None:
    check_ins = "[{date: 2025-02-01, value: 9 min}, {date: 2025-02-02, value: n/a}]"
    found, _ = measured(f"target: 8 min\ncheck_ins: {check_ins}")
    assert found is not None
    assert [(value.text, value.amount) for value in found.values] == [("9 min", None)]


def test_a_percentage_beside_no_target_is_no_mark_and_no_error() -> None:
    _, problems = measured("check_ins: [{date: 2025-02-01, value: 60%}]")
    assert [(p.code, p.severity) for p in problems] == [("no-target", Severity.WARNING)]


def test_what_is_wrong_is_wrong_in_a_draft_too() -> None:
    _, problems = measured("target: 1,5", status="draft")
    assert [p.severity for p in problems] == [Severity.ERROR]


def test_every_value_that_is_wrong_is_told_and_the_others_count() -> None:
    days = ["5 hours", "7", "soon", "9"]
    given = ", ".join(f"{{date: 2025-02-0{n}, value: {v}}}" for n, v in enumerate(days, 1))
    found, problems = measured(f"baseline: 0\ntarget: 10\ncheck_ins: [{given}]")
    assert [p.code for p in problems] == ["unit-mismatch", "bad-quantity"]
    assert found is not None
    assert [value.text for value in found.values] == ["7", "9"]


def test_more_than_one_fault_of_a_key_result_is_told_in_one_run() -> None:
    _, problems = measured("baseline: 1,5\ntarget: 2,5")
    assert [p.span.line for p in problems] == [LINE, LINE + 1]


def judged(value: str) -> str:
    return f"measure: judged\ncheck_ins:\n  - date: 2025-02-01\n    value: {value}"


@pytest.mark.parametrize(
    ("value", "grade"), [("0.7", "0.7"), ("70%", "0.7"), ("1", "1"), ('"0,65"', "0.65")]
)
def test_a_mark_in_the_value_of_a_judged_key_result_is_told_where_it_belongs(
    value: str, grade: str
) -> None:
    found = fault(judged(value))
    assert (found.code, place(found)) == ("mark-as-value", (4, 20))
    assert f"Write `grade: {grade}`" in found.hint


@pytest.mark.parametrize("value", ['"978 readers, 1600 reads"', "Audit begun", "12", "120%"])
def test_what_is_no_mark_is_a_judged_value_without_an_amount(value: str) -> None:
    found, problems = measured(judged(value))
    assert not problems
    assert found is not None
    assert [(each.text, each.amount) for each in found.values] == [(value.strip('"'), None)]


def test_a_judged_value_that_is_blank_is_none_and_a_placeholder_is_told() -> None:
    found, problems = measured(judged("n/a"))
    assert not problems
    assert found is not None
    assert found.values == ()
    assert fault(judged("TBD")).code == "placeholder"


@pytest.mark.parametrize("baseline", ["", "\nbaseline: n/a", "\nbaseline: Nobody knows"])
def test_a_value_beside_a_change_without_a_baseline_lacks_the_baseline(baseline: str) -> None:
    found = fault(f"change: +25%{baseline}\ncheck_ins: [{{date: 2025-02-01, value: 300}}]")
    assert found.code == "unit-mismatch"
    assert "Add `baseline:`" in found.hint
    assert "changes can be read, as in `+25%`" in found.hint


def test_a_value_in_another_unit_than_its_change_and_baseline_is_told_the_unit() -> None:
    check_in = "check_ins: [{date: 2025-02-01, value: 3 days}]"
    assert "as in `250`" in fault(f"change: +25%\nbaseline: 200\n{check_in}").hint


@pytest.mark.parametrize(
    "lines",
    [
        "measure: judge\ntarget: Type II",
        "target: [500, sign ups]",
        "baseline: [60%]\ntarget: 8 min",
        "milestones: [{title: Permit, done: soon}]",
        "levels: {commit: [50], target: 70, stretch: 100}",
    ],
)
def test_what_could_not_be_read_is_told_once(lines: str) -> None:
    misshapen, unmeasured = problems_of(lines)
    assert len(misshapen) == 1
    assert unmeasured == ()


def test_a_target_that_was_left_empty_is_none() -> None:
    misshapen, unmeasured = problems_of("target:\nowner: [a b: c]")
    assert len(misshapen) == 1
    assert [problem.code for problem in unmeasured] == ["no-target"]


@pytest.mark.parametrize(
    ("target", "digits"),
    [("zero", "0"), ("Zero clicks", "0 clicks"), ("at least one", "at least 1"),
     ("less than three hours a week", "less than 3 hours a week")],
)  # fmt: skip
def test_a_number_in_words_is_shown_in_digits(target: str, digits: str) -> None:
    found = fault(f"target: {target}")
    assert found.code == "no-target"
    assert found.hint.startswith(f"Write `target: {digits}`.")


def test_a_value_in_words_is_shown_in_digits() -> None:
    found = fault("target: 5\ncheck_ins: [{date: 2025-02-01, value: two}]")
    assert found.hint == "Write `value: 2`."


@pytest.mark.parametrize("target", ["Type II", "Everybody", "Done by someone", "Number one here"])
def test_words_without_a_number_that_can_be_read_stay_words(target: str) -> None:
    assert "needs `target: done`" in fault(f"target: {target}").hint
