"""Rules about how OKRs are built: their edges, beyond the examples on their pages."""

from textwrap import dedent

import pytest

from okr_states import rule_findings
from okrdocs.lint.examples import example_files
from okrdocs.problem import Problem

OBJECTIVE = "objectives:\n  - id: start\n    title: The first hour feels effortless\n"


def found(code: str, example: str) -> tuple[Problem, ...]:
    """What one rule, or the whole family, finds in an example that loads without an error."""
    return rule_findings(example_files(example), {code})


def refs(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.ref.partition(":")[2] or problem.ref for problem in problems]


def objective(*key_results: str, fields: str = "") -> str:
    """A team's file with one objective and these key results, each the inside of a mapping."""
    lines = "".join(f"      - {{id: k{n}, {each}}}\n" for n, each in enumerate(key_results))
    extra = f"    {fields}\n" if fields else ""
    return f"{OBJECTIVE}{extra}    key_results:\n{lines}" if lines else OBJECTIVE + extra


def objectives(*fields: str, team: str = "product", cycle: str = "2025-Q1") -> str:
    """A team's file with these objectives, each a flow mapping without braces."""
    lines = "".join(f"  - {{id: o{n}, title: Aim {n}, {f}}}\n" for n, f in enumerate(fields))
    return f"# {cycle}/{team}.yml\nobjectives:\n{lines.replace(', }', '}')}"


def test_one_objective_without_key_results_is_told_by_one_rule_only() -> None:
    codes = {problem.code for problem in found("structure", objective(fields="dri: ada"))}
    assert codes == {"no-key-results"}


def test_the_company_has_a_limit_of_its_own() -> None:
    six = objectives(*["dri: ada"] * 6, team="company")
    head = "# okr.yml\nrules:\n  too-many-objectives: {company_max: 6}\n"
    assert found("too-many-objectives", head + six) == ()
    assert refs(found("too-many-objectives", six)) == ["company/o5"]


def test_initiatives_are_no_key_results() -> None:
    (problem,) = found("no-key-results", objective(fields="initiatives: [A tour]"))
    assert "what is done, not what changes" in problem.message


def test_a_team_of_which_nobody_is_named_is_told_once() -> None:
    assert refs(found("no-dri", objectives("", ""))) == ["product/o0"]
    assert refs(found("no-dri", objectives("", "dri: ada", ""))) == ["product/o0", "product/o2"]
    assert len(found("no-dri", objectives("owner: [ada, ben]", ""))) == 2


def test_a_team_with_a_lead_answers_through_the_lead() -> None:
    lead = "# okr.yml\nteams:\n  company: {name: C}\n  product: {name: P, lead: [%s]}\n"
    lead = lead.replace("lead", "parent: company, lead")
    team = objectives("owner: product")
    assert found("no-dri", lead % "ada" + team) == ()
    assert "P is a team" in found("no-dri", lead % "ada, ben" + team)[0].message


@pytest.mark.parametrize(
    "key_result",
    [
        "title: Add 3 regions, target: 3 regions",
        "title: Increase trust by new audits to 3, target: 3 new audits",
        "title: Get 500 new followers, target: 500 followers",
        "title: Releases without a patch, target: 3 of 3",
        "title: Open bugs, target: 0 bugs",
        "title: Moved, target: 80%, measure: accumulate",
        "title: Uptime, target: ≥99%",
        "title: Done, target: done",
        "title: Rating, baseline: Nobody asked, measure: judged",
    ],
)
def test_what_starts_at_zero_or_is_kept_needs_no_baseline(key_result: str) -> None:
    assert found("missing-baseline", objective(key_result)) == ()


@pytest.mark.parametrize(
    ("key_result", "field"),
    [
        ("title: Coverage of the plan, target: 3x", "3x"),
        ("title: Grow the library to 650 pieces, target: 650 pieces", "650 pieces"),
        ("title: Reach 500 followers, target: 500 followers", "500 followers"),
        ("title: Fewer calls, change: -20%", "-20%"),
        ("title: Use, levels: {commit: 40%, target: 50%, stretch: 60%}", "40% / 50% / 60%"),
    ],
)
def test_a_level_without_its_start_is_told_with_the_target(key_result: str, field: str) -> None:
    (problem,) = found("missing-baseline", objective(key_result))
    assert problem.message.startswith(f"`{field}` says")


def test_a_change_is_never_advised_to_start_at_zero() -> None:
    (problem,) = found("missing-baseline", objective("title: Fewer calls, change: -20%"))
    assert "baseline: 0" not in problem.hint
    assert "write `baseline: n/a` and report changes, as in `-20%`" in problem.hint
    followed = "title: Fewer calls, change: -20%, baseline: n/a"
    assert found("missing-baseline", objective(followed)) == ()


@pytest.mark.parametrize(
    ("baseline", "target", "told"),
    [("100 ms", "98 ms", False), ("100 ms", "99 ms", True), ("99.9%", "99.95%", False),
     ("50%", "50.5%", True), ("98%", "98.5%", False), ('"0"', '"1"', False)],
)  # fmt: skip
def test_a_tiny_step_is_told_and_the_last_stretch_to_all_of_it_isnt(
    baseline: str, target: str, told: bool
) -> None:
    example = objective(f"title: It moves, baseline: {baseline}, target: {target}")
    assert bool(found("low-ambition", example)) is told


@pytest.mark.parametrize(
    ("day", "kind", "told"),
    [("2025-01-09", "aspirational", True), ("2025-01-20", "aspirational", False),
     ("2025-01-09", "committed", False)],
)  # fmt: skip
def test_a_target_nearly_met_tells_only_early_and_where_it_should_be_bold(
    day: str, kind: str, told: bool
) -> None:
    values = f"check_ins: [{{date: {day}, value: 410 ms}}, {{date: 2025-02-10, value: 405 ms}}]"
    key_result = f"title: Pages load, baseline: 800 ms, target: 400 ms, {values}"
    example = objective(key_result, fields=f"type: {kind}")
    assert bool(found("low-ambition", example)) is told


def test_a_first_check_in_without_a_value_shows_nothing() -> None:
    values = "check_ins: [{date: 2025-01-05, value: n/a}, {date: 2025-02-10, value: 405 ms}]"
    example = objective(f"title: Pages load, baseline: 800 ms, target: 400 ms, {values}")
    assert found("low-ambition", example) == ()


def test_a_team_that_always_reaches_all_is_told_at_its_file() -> None:
    full = "key_results: [{id: k, title: K, target: 3, check_ins: [{date: %s-20, value: 3}]}]"
    past = "".join(
        f"# {month}/cycle.yml\nstatus: closed\n" + objectives(full % month, cycle=month)
        for month in ("2024-10", "2024-11", "2024-12")
    )
    (problem,) = found("always-full-grade", past + objectives("dri: ada"))
    assert (problem.ref, problem.span.line) == ("2025-Q1:product", 1)
    assert found("always-full-grade", past.replace("2024-10-20", "2025-01-20")) == ()


def test_fewer_of_something_is_no_push_for_volume() -> None:
    fewer = "title: Support tickets, baseline: '90', target: '40'"
    more = "title: New deals, target: 15 deals"
    assert found("no-counterweight", objective(more, fewer)) == ()
    assert len(found("no-counterweight", objective(more, "title: Demos, target: 90"))) == 1


def test_a_category_decides_where_words_dont() -> None:
    told = [
        f"title: Alpha, baseline: '9', target: '40', category: {category}"
        for category in ("business", "usage")
    ]
    assert len(found("no-counterweight", objective(*told))) == 1
    quality = told[0].replace("business", "quality")
    assert found("no-counterweight", objective(told[1], quality)) == ()


def test_a_reason_that_speaks_of_quality_is_a_counterweight() -> None:
    deals = "title: New deals, target: 15 deals"
    reason = f"{deals}, why: Only those that renew count"
    assert found("no-counterweight", objective(deals, reason)) == ()


COMPANY = objectives("dri: ada", "dri: ada", team="company")


def test_a_team_that_never_ladders_up_is_told_once() -> None:
    assert refs(found("no-ladder", objectives("", "") + COMPANY)) == ["product/o0"]
    some = objectives("", "ladders_up_to: company/o0", "")
    assert refs(found("no-ladder", some + COMPANY)) == ["product/o0", "product/o2"]


def test_an_objective_of_a_year_is_named_with_its_cycle() -> None:
    year = COMPANY.replace("2025-Q1", "2025")
    (problem,) = found("no-ladder", objectives("") + year)
    assert "`2025:company/o0`" in problem.hint


def test_support_from_a_dropped_objective_is_none() -> None:
    drop = "dropped: {date: 2025-02-03, reason: No time}"
    team = objectives("ladders_up_to: company/o0", f"ladders_up_to: company/o1, {drop}")
    assert refs(found("unsupported-objective", team + COMPANY)) == ["company/o1"]


def test_support_reaches_through_the_companys_own_objectives() -> None:
    year = objectives("dri: ada", team="company", cycle="2025")
    quarter = objectives("ladders_up_to: '2025:company/o0'", team="company")
    team = objectives("ladders_up_to: company/o0")
    other = objectives("ladders_up_to: '2025:company/o0'", team="engineering", cycle="2025")
    assert found("unsupported-objective", year + quarter + team + other) == ()


def test_what_fell_with_its_objective_is_dropped_too() -> None:
    above = objectives(
        "key_results: [{id: k, title: K, target: done}],"
        " dropped: {date: 2025-02-03, reason: Too late}",
        team="engineering",
    )
    for code, link in (
        ("depends-on-dropped", "dependencies"),
        ("ladders-to-dropped", "ladders_up_to"),
    ):
        team = objectives(f"{link}: [engineering/o0#k]")
        assert refs(found(code, team + above)) == ["product/o0"], code
    assert found("depends-on-later", objectives("dependencies: [engineering/o0#k]") + above) == ()


def test_a_circle_over_three_teams_is_told_once_with_every_link() -> None:
    example = "".join(
        objectives(f"dependencies: [{needed}/o0]", team=team)
        for team, needed in (("company", "product"), ("product", "engineering"),
                             ("engineering", "company"))
    )  # fmt: skip
    (problem,) = found("dependency-loop", example)
    chain = "`company/o0` → `product/o0` → `engineering/o0` → `company/o0`"
    assert problem.message == f"These wait for each other: {chain}."
    assert len(problem.related) == 2


def test_two_circles_are_told_apart() -> None:
    team = objectives("dependencies: [product/o1, product/o2]", "dependencies: [product/o0]",
                      "dependencies: [product/o0]")  # fmt: skip
    assert len(found("dependency-loop", team)) == 2


def test_an_objective_counts_as_reached_only_with_its_key_results() -> None:
    inside = "key_results: [{id: k, title: K, target: done, dependencies: [product/o0]}]"
    example = objectives("dependencies: [engineering/o0]") + objectives(inside, team="engineering")
    (problem,) = found("dependency-loop", example)
    assert problem.ref == "2025-Q1:engineering/o0#k"


def test_a_promise_thats_kept_or_over_needs_no_confidence() -> None:
    low = "check_ins: [{date: 2025-02-10, value: %s audits, confidence: 40%%}]"
    for value, told in (("1", 1), ("3", 0)):
        key_result = f"title: Audits, target: 3 audits, {low % value}"
        example = objective(key_result, fields="type: committed")
        assert len(found("committed-low-confidence", example)) == told
        assert (
            found(
                "committed-low-confidence",
                f"# okr.yml\nas_of: 2025-04-02\n# 2025-Q1/product.yml\n{example}",
            )
            == ()
        )


def test_many_equal_weights_hide_nobody() -> None:
    assert found("hidden-by-weight", objectives(*["weight: 2"] * 12)) == ()


def test_no_weight_at_all_is_passed_where_the_title_says_that_it_is_extra() -> None:
    kept = "title: Set-up, baseline: 60%, target: 75%"
    extra = "title: Stretch on the phone too, baseline: 10%, target: 20%, weight: 0"
    assert found("hidden-by-weight", objective(kept, extra)) == ()
    assert len(found("hidden-by-weight", objective(kept, extra.replace("Stretch on", "On")))) == 1


def test_the_highest_priority_is_the_highest_that_anybody_uses() -> None:
    all_p1 = objectives(*["priority: P1"] * 3)
    assert len(found("everything-top-priority", all_p1)) == 1
    assert (
        found("everything-top-priority", all_p1 + objectives("priority: P0", team="company")) == ()
    )
    assert found("everything-top-priority", objectives(*["priority: P1"] * 2, "")) == ()
    assert found("everything-top-priority", objectives(*["priority: low"] * 3)) == ()


def test_titles_of_signs_alone_are_compared_as_they_are() -> None:
    assert (
        found("same-title", objective("title: '???', target: 3", "title: '!!!', target: 3")) == ()
    )


def test_dropped_ones_are_no_ones_twin() -> None:
    drop = "dropped: {date: 2025-02-03, reason: No time}"
    twins = ("title: Deals, target: 3", f"title: Deals, target: 5, {drop}")
    assert found("same-title", objective(*twins)) == ()


def test_the_dri_among_the_owners_is_not_counted_twice() -> None:
    assert found("too-many-owners", objectives("owner: [ada, ben, cora, dan], dri: dan")) == ()


def test_nothing_is_asked_of_a_backlog() -> None:
    backlog = "# ideas/cycle.yml\nundated: true\n"
    backlog += objectives(*[""] * 7, "weight: 0", cycle="ideas")
    assert found("structure", dedent(backlog)) == ()


def test_a_single_value_late_in_the_cycle_shows_good_work() -> None:
    values = "check_ins: [{date: 2025-02-10, value: 405 ms}]"
    example = objective(f"title: Pages load, baseline: 800 ms, target: 400 ms, {values}")
    assert found("low-ambition", example) == ()


def test_a_cycle_that_nobody_closed_ends_the_row() -> None:
    files = ""
    before = ""
    for month in ("2024-10", "2024-11", "2024-12"):
        inside = f"id: k, title: K, target: 3{before}, check_ins: [{{date: {month}-20, value: 3}}]"
        files += f"# {month}/cycle.yml\nstatus: closed\n"
        files += objectives(f"key_results: [{{{inside}}}]", cycle=month)
        before = f", carried_over_from: '{month}:product/o0#k'"
    files += objectives(f"key_results: [{{id: k, title: K, target: 3{before}}}]")
    assert refs(found("always-full-grade", files)) == ["product/o0#k"]
    still_open = files.replace(
        "2024-11/cycle.yml\nstatus: closed", "2024-11/cycle.yml\nstatus: active"
    )
    assert "product/o0#k" not in refs(found("always-full-grade", still_open))


def test_what_is_reached_needs_no_confidence_beside_what_isnt() -> None:
    reached = "title: Audits, target: 3, check_ins: [{date: 2025-02-10, value: 3, confidence: 40%}]"
    other = "title: Hospitals, target: 9, check_ins: [{date: 2025-02-10, value: 3}]"
    example = objective(reached, other, fields="type: committed")
    assert found("committed-low-confidence", example) == ()


def test_one_source_is_no_habit() -> None:
    named = "title: Set-up, baseline: 60%, target: 75%, source: Amplitude"
    assert found("no-source", objective(named, "title: Use, baseline: 60%, target: 75%")) == ()


def test_what_nobody_has_measured_yet_is_not_reached() -> None:
    reached = "title: Audits, target: 3, check_ins: [{date: 2025-02-10, value: 3}]"
    doubt = "title: Hospitals, target: 9, check_ins: [{date: 2025-02-10, confidence: 40%}]"
    example = objective(reached, doubt, fields="type: committed")
    assert refs(found("committed-low-confidence", example)) == ["product/start#k1"]


def test_a_tree_of_metrics_is_told_at_its_top_and_only_once() -> None:
    text = """\
        # metrics.yml
        metrics:
          revenue: {name: Revenue, indicator: lagging}
          churn: {name: Churn, indicator: lagging, drives: revenue}
          paid: {name: Paid, indicator: lagging, drives: [revenue, churn]}
          alone: {name: Alone, indicator: lagging}
        """
    (told,) = found("tree-all-lagging", text)
    assert told.ref == "okrs/metrics.yml#revenue"
    assert told.message == "All 3 metrics of the tree below “Revenue” are lagging."


def test_a_metric_that_says_nothing_of_its_kind_may_be_the_leading_one() -> None:
    text = (
        "# metrics.yml\nmetrics:\n  a: {name: A, indicator: lagging}\n  b: {name: B, drives: a}\n"
    )
    assert found("tree-all-lagging", text) == ()


def test_a_metric_without_a_definition_and_without_an_owner_is_told_once() -> None:
    (told,) = found("metric-unexplained", "# metrics.yml\nmetrics:\n  a: {name: A}\n")
    assert told.message == "“A” has neither definition nor owner."


NOW = (
    "objectives:\n  - id: a\n    title: Shops trust us\n"
    "    key_results: [{id: k, title: Calls, target: 9}]\n"
)


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (f"# 2024-Q4/product.yml\n{NOW}", ["product/a", "product/a#k"]),
        (f"# 2024-Q3/product.yml\n{NOW}", ["product/a", "product/a#k"]),
        (f"# 2024-Q4/engineering.yml\n{NOW}", []),
        (f"# 2024/product.yml\n{NOW}", ["product/a", "product/a#k"]),
        (f"# 2025/product.yml\n{NOW}", []),  # around it, not before it
        (f"# 2024-Q4/product.yml\n{NOW.replace('Calls', 'Shops trust us')}", ["product/a"]),
    ],
)
def test_a_title_of_the_cycle_before_needs_a_link(before: str, told: list[str]) -> None:
    example = f"# 2025-Q1/product.yml\n{NOW}{before}"
    assert refs(found("carried-over-unlinked", example)) == told


def test_the_cycle_before_is_the_latest_one_of_the_team() -> None:
    other = "# 2024-Q4/product.yml\nobjectives: [{id: b, title: Shops come back}]\n"
    example = f"# 2025-Q1/product.yml\n{NOW}# 2024-Q3/product.yml\n{NOW}{other}"
    assert found("carried-over-unlinked", example) == ()


def test_nobody_is_missed_where_each_key_result_has_one_person() -> None:
    rows = ["title: A, target: 3, owner: ada", "title: B, target: 3, dri: ben"]
    assert found("no-dri", objective(*rows)) == ()
    assert len(found("no-dri", objective(*rows, "title: C, target: 3"))) == 1
    assert len(found("no-dri", objective(rows[0], "title: B, target: 3, owner: [ada, ben]"))) == 1
    assert len(found("no-dri", objective(*rows, fields="owner: [ada, ben]"))) == 1
