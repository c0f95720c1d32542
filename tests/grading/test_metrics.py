"""Metrics: what `metrics.yml` may say, what it refers to, and where each metric stands on a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from okrdocs.diff import compare
from okrdocs.grading.metric_status import Health
from okrdocs.grading.results import Scores
from okrdocs.pages.metrics.cells import standing
from okrdocs.pipeline.evaluate import Evaluation, evaluate
from okrdocs.problem import Problem
from okrdocs.source.disk import File

DAY = date(2025, 2, 20)
OKR = """\
schema: 1
organization: Example
teams: {company: {name: Company}, product: {name: Product, parent: company}}
people: {ada: {name: Ada}}
"""
TEAM = """\
schema: 1
objectives:
  - id: grow
    title: Grow
    key_results:
      - id: arr
        title: ARR
        baseline: $8M
        target: $12M
        metric: arr
        check_ins: [{date: 2025-02-10, value: $10.2M}, {date: 2025-03-10, value: $11M}]
"""
BARE = TEAM.replace("        metric: arr\n", "")
ARR = """\
schema: 1
metrics:
  arr:
    name: Recurring revenue
    values:
      - {date: 2025-01-31, value: $9.8M, note: Counted late}
      - {date: 2025-02-28, value: $10.5M}
"""


class Files:
    """A folder: `okr.yml`, a team's file and whatever a test adds or replaces."""

    def __init__(self, files: Mapping[str, str]) -> None:
        given = {"okr.yml": OKR, "2025-Q1/company.yml": TEAM, **files}
        self.files = tuple(File(f"okrs/{p}", t.encode()) for p, t in sorted(given.items()) if t)

    def read(self) -> tuple[tuple[File, ...], tuple[Problem, ...]]:
        return self.files, ()


def studied(metrics: str = ARR, as_of: date = DAY, **files: str) -> Evaluation:
    team = files.get("team", TEAM)
    okr = files.get("okr", OKR)
    found = Files({"metrics.yml": metrics, "2025-Q1/company.yml": team, "okr.yml": okr})
    return evaluate(found, as_of=as_of, today=as_of)


def scores(metrics: str = ARR, as_of: date = DAY, **files: str) -> Scores:
    found = studied(metrics, as_of, **files)
    assert found.scores is not None, found.problems
    return found.scores


def metric(metrics: str = ARR, as_of: date = DAY, **files: str) -> Health:
    return scores(metrics, as_of, **files).metrics["arr"]


def arr(more: str) -> str:
    """A file with one metric that says this, too."""
    return f"schema: 1\nmetrics: {{arr: {{name: Recurring revenue, {more}}}}}\n"


# ------------------------------------------------------------------- what it refers to


@pytest.mark.parametrize(
    ("more", "code", "at", "message", "hint"),
    [
        (
            "drives: [arrr]",
            "unknown-metric",
            "[arrr]",
            "no metric `arrr` in `metrics.yml`",
            "`arr`?",
        ),
        (
            "predicts: revenue",
            "unknown-metric",
            "revenue",
            "no metric `revenue`",
            "Add `revenue: {name: …}`",
        ),
        (
            "balanced_by: arr",
            "loop",
            "arr",
            "`arr` stands in its own `balanced_by:`",
            "another metric",
        ),
        ("drives: arr", "loop", "arr", "`arr` stands in its own `drives:`", "another metric"),
        ("team: prodct", "unknown-team", "prodct", "no team `prodct`", "`product`?"),
        ("owner: adda", "unknown-person", "adda", "Nobody has the id `adda`", "`ada`?"),
        (
            "targets: [{cycle: 2025-Q9, target: $1M}]",
            "unknown-reference",
            "2025-Q9",
            "no cycle",
            "2025-Q1",
        ),
        (
            "targets: [{cycle: 2025-Q1, target: $1M}, {cycle: 2025-q1, target: $2M}]",
            "duplicate-target",
            "2025-q1",
            "two targets for `2025-q1`",
            "Keep one",
        ),
        (
            "values: [{date: 2025-01-01, value: $1M}, {date: 2025-01-02, value: 5 deals}]",
            "unit-mismatch",
            "5 deals",
            "`5 deals` and `$1M`",
            "one unit",
        ),
        (
            "values: [{date: 2025-01-01, value: $1M}], targets: [{cycle: 2025-Q1, target: 5%}]",
            "unit-mismatch",
            "5%",
            "`5%` and `$1M`",
            "one unit",
        ),
        (
            "targets: [{cycle: 2025-Q1, target: $1M, stretch: 5%}]",
            "unit-mismatch",
            "5%",
            "`5%`",
            "",
        ),
        (
            "values: [{date: 2025-01-01, value: a lot}]",
            "bad-quantity",
            "a lot",
            "isn't an amount",
            "",
        ),
        (
            "targets: [{cycle: 2025-Q1, target: $X}]",
            "placeholder",
            "$X",
            "`$X`",
            "leave this target",
        ),
        (
            "targets: [{cycle: 2025-Q1, target: much}]",
            "bad-quantity",
            "much",
            "isn't an amount",
            "",
        ),
        ("goal: 5", "unknown-key", "goal", "`goal` isn't a key of a metric", ""),
    ],
)
def test_what_does_not_fit_is_an_error_at_its_place(
    more: str, code: str, at: str, message: str, hint: str
) -> None:
    found = studied(arr(more)).problems
    assert [p.code for p in found] == [code], found
    assert message in found[0].message
    assert hint in found[0].hint
    assert found[0].span.path == "okrs/metrics.yml"
    span = found[0].span
    line = arr(more).splitlines()[span.line - 1]
    assert line[span.column - 1 : span.end_column - 1] == at


def test_a_circle_of_metrics_is_printed_whole() -> None:
    text = """\
schema: 1
metrics:
  arr: {name: A, drives: [b]}
  b: {name: B, drives: [c, d]}
  c: {name: C, drives: [arr]}
  d: {name: D}
"""
    (found,) = studied(text).problems
    assert found.code == "loop"
    assert found.message.endswith("circle: `arr` → `b` → `c` → `arr`.")
    assert (found.span.line, found.span.column) == (3, 26)


def test_a_second_north_star_names_the_first() -> None:
    star = "{name: A, north_star: true}"
    text = f"schema: 1\nmetrics:\n  arr: {star}\n  b: {star}\n"
    (found,) = studied(text).problems
    assert (found.code, found.span.line) == ("many-north-stars", 4)
    assert found.related[0].span.line == 3


def test_a_key_result_with_an_unknown_metric_is_told_the_nearest_one() -> None:
    (found,) = studied(team=TEAM.replace("metric: arr", "metric: ar")).problems
    assert (found.code, found.span.path) == ("unknown-metric", "okrs/2025-Q1/company.yml")
    assert found.hint == "Did you mean `arr`?"


def test_without_the_file_a_metric_is_unknown_and_nothing_else_changes() -> None:
    (found,) = studied("").problems
    assert found.code == "unknown-metric"
    assert found.hint == (
        "Write `metrics: {arr: {name: …}}` in `metrics.yml` beside `okr.yml`, or remove `metric:`."
    )
    assert scores("", team=TEAM.replace("        metric: arr\n", "")).metrics == {}


def test_a_broken_file_of_metrics_is_one_fault_and_not_one_for_each_key_result() -> None:
    found = studied("schema: 1\nmetrics: {arr: {short: A}}\n").problems
    assert [p.code for p in found] == ["missing-key"]


def test_keys_of_metrics_in_another_file_are_told_where_they_belong() -> None:
    (found,) = studied(okr=f"{OKR}metrics: {{}}\n").problems
    assert found.hint == "`metrics:` belongs in `metrics.yml`, beside `okr.yml`."


# ------------------------------------------------------------------- where it stands


def test_check_ins_of_its_key_results_are_readings_as_far_as_the_day_goes() -> None:
    held = metric()
    said = [(r.date.isoformat(), r.text, str(r.origin or "")) for r in held.readings]
    assert said == [
        ("2025-01-31", "$9.8M", ""),
        ("2025-02-10", "$10.2M", "2025-Q1:company/grow#arr"),
    ]
    assert held.latest == held.readings[-1]
    assert held.readings[0].note == "Counted late"
    later = metric(as_of=date(2025, 3, 31)).latest
    assert later is not None
    assert later.text == "$11M"


def test_of_two_readings_on_a_day_its_own_is_the_latest() -> None:
    held = metric(ARR.replace("2025-01-31", "2025-02-10"))
    assert [r.text for r in held.readings] == ["$10.2M", "$9.8M"]


def test_a_key_result_in_another_unit_moves_it_and_is_no_reading() -> None:
    held = metric(arr("values: [{date: 2025-01-31, value: 5 deals}]"))
    assert [r.text for r in held.readings] == ["5 deals"]
    assert [str(ref) for ref in held.foreign] == ["2025-Q1:company/grow#arr"]
    assert [entry.key_result.id for entry in held.movers] == ["arr"]


def test_marks_and_words_are_no_readings() -> None:
    team = TEAM.replace("        baseline: $8M\n        target: $12M\n", "        target: done\n")
    team = team.replace("$10.2M", "50%").replace("$11M", "done")
    assert metric(arr("short: A"), team=team).readings == ()


def test_blank_values_are_no_readings() -> None:
    held = metric(arr("values: [{date: 2025-01-31, value: n/a}]"))
    assert [r.text for r in held.readings] == ["$10.2M"]


@pytest.mark.parametrize(
    ("target", "better", "said"),
    [
        ("≥$10M", "", "reached"),
        ("≥$10.2M", "", "reached"),
        (">$10.2M", "", "not yet"),
        ("<$10M", "", "not yet"),
        ("$10…12M", "", "reached"),
        ("$10M", "", ""),
        ("$10M", "higher", "reached"),
        ("$10.2M", "higher", "reached"),
        ("$11M", "higher", "not yet"),
        ("$11M", "lower", "reached"),
        ("$10M", "lower", "not yet"),
        ("$10M, stretch: $10.1M", "higher", "stretch reached"),
        ("$10M, stretch: $11M", "higher", "reached"),
    ],
)
def test_a_target_is_reached_only_where_that_is_certain(
    target: str, better: str, said: str
) -> None:
    value, _, rest = target.partition(", ")
    more = f'targets: [{{cycle: 2025-Q1, target: "{value}"{rest and ", "}{rest}}}]'
    (aim,) = metric(arr(more + (f", better: {better}" if better else ""))).aims
    assert standing(aim) == said
    assert aim.reading is not None
    assert aim.reading.text == "$10.2M"


def test_after_its_last_day_a_target_is_reached_or_not_by_the_last_value_within_the_cycle() -> None:
    more = "better: higher, targets: [{cycle: 2025-Q1, target: $12M}], "
    more += "values: [{date: 2025-04-02, value: $13M}]"
    (aim,) = metric(arr(more), as_of=date(2025, 4, 10)).aims
    assert (standing(aim), aim.reading and aim.reading.text) == ("not reached", "$11M")


def test_a_target_of_a_cycle_without_a_value_says_nothing() -> None:
    more = "better: higher, targets: [{cycle: 2025-Q1, target: $12M}]"
    (aim,) = metric(arr(more), as_of=date(2025, 2, 1)).aims
    assert (aim.reading, aim.reached, standing(aim)) == (None, None, "")


def test_no_grade_follows_from_a_metric() -> None:
    more = "better: higher, targets: [{cycle: 2025-Q1, target: $1M}], "
    more += "values: [{date: 2025-02-19, value: $50M}]"
    with_it = scores(arr(more))
    without = scores("", team=TEAM.replace("        metric: arr\n", ""))
    graded = [
        [(str(ref), kr.grade, kr.status, kr.trace) for ref, kr in each.key_results.items()]
        for each in (with_it, without)
    ]
    assert graded[0] == graded[1]
    assert with_it.cycles[0].grade == without.cycles[0].grade


# ------------------------------------------------------------------- what changed


def told(before: Scores, after: Scores) -> list[tuple[Any, ...]]:
    return [(c.kind.value, c.importance.value, c.sentence) for c in compare(before, after).changes]


def test_a_metric_that_comes_or_goes_is_told() -> None:
    team = TEAM.replace("        metric: arr\n", "")
    none, one = scores("", team=team), scores(arr("short: A"), team=team)
    (added,), (removed,) = told(none, one), told(one, none)
    assert added[:2] == ("metric", "commitment")
    assert added[2].startswith("added a metric “Recurring revenue” to Example")
    assert removed[2].startswith("removed the metric “Recurring revenue” from Example")


@pytest.mark.parametrize(
    ("old", "new", "importance", "sentence"),
    [
        ("formula: a", "formula: b", "commitment",
         "changed the formula of the metric “Recurring revenue” of Example from “a” to “b”"),
        ("definition: What is signed", "definition: What is paid", "commitment",
         "reworded the definition of the metric “Recurring revenue” of Example: “What is paid”"),
        ("targets: [{cycle: 2025-Q1, target: $1M}]", "targets: [{cycle: 2025-Q1, target: $2M}]",
         "commitment", "raised the target for Q1 2025 of the metric"
         " “Recurring revenue” of Example from $1M to $2M"),
        ("targets: [{cycle: 2025-Q1, target: <7%}]", "targets: [{cycle: 2025-Q1, target: <9%}]",
         "commitment", "raised the target for Q1 2025 of the metric"
         " “Recurring revenue” of Example from <7% to <9% – easier"),
        ("better: higher, targets: [{cycle: 2025-Q1, target: 1, stretch: 2}]",
         "better: higher, targets: [{cycle: 2025-Q1, target: 1, stretch: 3}]",
         "commitment", "raised the stretch target for Q1 2025 of the metric"
         " “Recurring revenue” of Example from 2 to 3 – harder"),
        ("north_star: false", "north_star: true",
         "commitment", "made the metric “Recurring revenue” of Example the North Star"),
        ("north_star: true", "north_star: false", "commitment",
         "took back that the metric “Recurring revenue” of Example is the North Star"),
        ("better: lower", "better: higher", "commitment", "set which way is better for the metric"
         " “Recurring revenue” of Example to higher (it was lower)"),
        ("better: lower", "short: ~", "commitment", "removed which way is better for the metric"
         " “Recurring revenue” of Example (it was lower)"),
        ("drives: []", "drives: [nps]", "commitment",
         "made the metric “Recurring revenue” of Example drive “Net promoter score”"),
        ("drives: [nps]", "drives: []", "commitment",
         "stopped the metric “Recurring revenue” of Example from driving “Net promoter score”"),
        ("values: [{date: 2025-01-05, value: 5%}]", "values: [{date: 2025-01-05, value: 7%}]",
         "progress", "raised the value of the reading of 2025-01-05 of the metric"
         " “Recurring revenue” of Example from 5% to 7% (+2 points)"),
        ("source: {metric: nps}", "source: {metric: b}", "words", "changed the metric of the source"
         " of the metric “Recurring revenue” of Example from “nps” to “b”"),
        ("values: []", "values: [{date: 2025-01-05, value: $1M}]", "progress",
         "added a reading of 2025-01-05 to the metric “Recurring revenue” of Example: value $1M"),
        ("balanced_by: []", "balanced_by: [nps]", "commitment", "added “Net promoter score” to the"
         " metrics that balance it of the metric “Recurring revenue” of Example"),
    ],
)  # fmt: skip
def test_a_change_inside_a_metric_is_one_sentence(
    old: str, new: str, importance: str, sentence: str
) -> None:
    nps = "nps: {name: Net promoter score}}\n"
    before, after = (scores(arr(each).replace("}}\n", f"}}, {nps}")) for each in (old, new))
    (change,) = compare(before, after).changes
    assert (change.importance.value, change.sentence) == (importance, sentence)
    assert change.path == "okrs/metrics.yml"


def test_another_metric_of_a_key_result_is_told_by_name() -> None:
    both = arr("short: A").replace("}}\n", "}, nps: {name: Net promoter score}}\n")
    before, after = scores(both), scores(both, team=TEAM.replace("metric: arr", "metric: nps"))
    ((kind, importance, sentence),) = told(before, after)
    assert (kind, importance) == ("source", "words")
    assert sentence == (
        "tied Company KR1 “ARR” to the metric “Net promoter score” instead of “Recurring revenue”:"
        " its check-ins count there, too"
    )
    without = scores(both, team=TEAM.replace("        metric: arr\n", ""))
    ((_, _, sentence),) = told(before, without)
    assert sentence.startswith("untied Company KR1 “ARR” from the metric “Recurring revenue”")


def test_a_metric_under_another_id_is_one_change_whatever_names_it() -> None:
    old = arr("short: A").replace("}}\n", "}, nps: {name: NPS, drives: [arr]}}\n")
    new = old.replace("arr:", "revenue:").replace("[arr]", "[revenue]")
    before, after = (
        scores(text, team=TEAM.replace("metric: arr", f"metric: {name}"))
        for text, name in ((old, "arr"), (new, "revenue"))
    )
    (change,) = compare(before, after).changes
    assert change.sentence == "renamed “arr” to “revenue” in the metrics of Example"
    place = change.line
    assert "revenue:" in new.splitlines()[place - 1]


def test_a_metric_that_comes_says_nothing_of_flags_it_does_not_set() -> None:
    ((_, _, sentence),) = told(scores("", team=BARE), scores(arr("short: A"), team=BARE))
    assert "North Star" not in sentence


# ------------------------------------------------------------------- what to do next


@pytest.mark.parametrize(
    ("more", "hint"),
    [
        ("targets: [{cycle: 2025-H2, target: $1M}]",
         "If not, add a folder `2025-H2` with a `cycle.yml`"),
        ("targets: [{cycle: FY31, target: $1M}]", "Add a folder `FY31` with a `cycle.yml`"),
        ("targets: [{cycle: someday, target: $1M}]", "Write the name of one of the folders"),
        ("values: [{date: 2025-01-01, value: TBD}]", "Remove this value, or write `n/a`"),
        ("values: [{date: 2025-01-01, value: a lot}]", "what has none belongs in `note:`"),
        ("targets: [{cycle: 2025-Q1, target: much}]", "what has none belongs in `note:`"),
    ],
)  # fmt: skip
def test_the_next_step_of_a_message_is_one_that_a_metric_can_take(more: str, hint: str) -> None:
    (found,) = studied(arr(more)).problems
    assert hint in found.hint


# ------------------------------------------------------------------- in the terminal


def test_explain_tells_where_a_metric_stands(
    a_repository: Callable[[Mapping[str, str]], Path],
    okr: Callable[..., CompletedProcess[str]],
) -> None:
    targets = "    targets: [{cycle: 2025-Q1, target: ≥$12M}]\n"
    root = a_repository(
        {"okr.yml": OKR, "2025-Q1/company.yml": TEAM, "metrics.yml": f"{ARR}{targets}"}
    )
    said = okr(root, "explain", "arr", "--as-of", str(DAY)).stdout.splitlines()
    assert said == [
        "arr  Recurring revenue",
        "  value $10.2M on 2025-02-10, a check-in of 2025-Q1:company/grow#arr",
        "  target for Q1 2025: ≥$12M, not reached with $10.2M",
        "  moved by 2025-Q1:company/grow#arr",
    ]
    assert "Did you mean `arr`?" in okr(root, "explain", "ar", "--as-of", str(DAY)).stderr
