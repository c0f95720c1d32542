"""Rules about what contradicts itself: their edges, beyond the examples on their pages."""

import pytest

from okr_states import rule_findings
from okrdocs.lint.catalogue import RULES
from okrdocs.lint.examples import example_files
from okrdocs.problem import Problem


def found(code: str, example: str) -> tuple[Problem, ...]:
    assert code in {rule.code for rule in RULES}
    return rule_findings(example_files(example), {code})


def key_result(fields: str, head: str = "") -> str:
    """A team's file with one key result; `fields` are its own, `head` other files before it."""
    return f"""{head}# 2025-Q1/product.yml
objectives:
  - id: trust
    title: Enterprises trust us with their data
    key_results:
      - id: audits
        title: Customers with a passed audit
{fields}
"""


COUNT = "        target: 20 audits\n        check_ins:\n"


def test_a_year_that_was_mistyped_is_corrected_in_the_hint() -> None:
    example = key_result(COUNT + "          - {date: 2024-02-03, value: 4 audits}")
    (problem,) = found("check-in-outside-cycle", example)
    assert problem.hint == "Did you mean 2025-02-03?"


def test_the_29th_of_february_has_no_same_day_in_the_year_of_the_cycle() -> None:
    lines = "          - {date: 2024-02-29, value: 4 audits}"
    company = "# okr.yml\nas_of: 2026-02-12\n"
    example = key_result(COUNT + lines, company).replace("# 2025-Q1/", "# 2026-Q1/")
    (problem,) = found("check-in-outside-cycle", example)
    assert "Did you mean" not in problem.hint


def test_check_ins_outside_the_cycle_are_told_once_for_a_key_result() -> None:
    days = "".join(f"          - {{date: 2024-0{m}-03, value: {m}}}\n" for m in (5, 6, 7))
    (problem,) = found("check-in-outside-cycle", key_result(COUNT + days))
    assert problem.message.startswith("3 check-ins")
    assert len(problem.related) == 2


def two_key_results(*days: str) -> str:
    """A file with two key results, each with check-ins on these days."""
    given = ", ".join(f"{{date: {day}, value: 3}}" for day in days)
    rows = "".join(
        f"      - {{id: k{n}, title: Audits {n}, target: 9, check_ins: [{given}]}}\n"
        for n in (1, 2)
    )
    return f"objectives:\n  - id: trust\n    title: Shops trust us\n    key_results:\n{rows}"


def test_a_file_copied_from_the_cycle_before_is_told_once_and_from_where() -> None:
    text = two_key_results("2024-11-04", "2024-11-11")
    before = f"# 2024-Q4/product.yml\n{text}# 2024/company.yml\n"
    annual = "objectives:\n  - {id: year, title: Shops come back}\n"
    (problem,) = found("check-in-outside-cycle", f"# 2025-Q1/product.yml\n{text}{before}{annual}")
    assert problem.ref == "2025-Q1:product"
    assert problem.message == (
        "4 check-ins of 2 key results lie outside the cycle (2025-01-01 to 2025-03-31) and don't"
        " count."
    )
    assert problem.hint.startswith("All are from Q4 2024. If they were copied, remove them;")


def test_a_copied_red_check_in_needs_no_word_here() -> None:
    day = "          - {{date: {}, value: 4 audits, rag: red}}\n"
    assert found("rag-without-note", key_result(COUNT + day.format("2024-12-09"))) == ()
    assert len(found("rag-without-note", key_result(COUNT + day.format("2025-02-03")))) == 1


@pytest.mark.parametrize(
    ("day", "outside"),
    [("2024-12-31", True), ("2025-01-01", False), ("2025-04-05", False), ("2025-04-06", True)],
)
def test_what_doesnt_count_is_told_from_the_first_day_on(day: str, outside: bool) -> None:
    company = "# okr.yml\nas_of: 2025-04-30\n# 2025-Q1/product.yml\n"
    example = company + key_result(COUNT + f"          - {{date: {day}, value: 4 audits}}")
    assert bool(found("check-in-outside-cycle", example)) is outside
    done = f"        milestones: [{{title: A, done: {day}}}, {{title: B}}]\n"
    assert bool(found("date-outside-cycle", company + key_result(done))) is outside


def test_a_value_of_the_days_for_grading_is_in_the_future_before_them() -> None:
    example = key_result(COUNT + "          - {date: 2025-04-03, value: 4 audits}")
    assert len(found("check-in-in-future", example)) == 1
    assert found("check-in-outside-cycle", example) == ()


def test_a_check_in_of_tomorrow_counts_from_tomorrow() -> None:
    lines = "          - {date: 2025-02-13, value: 4 audits}"
    (problem,) = found(
        "check-in-in-future", key_result(COUNT + lines, "# okr.yml\nas_of: 2025-02-12\n")
    )
    assert problem.message == "This check-in counts from tomorrow, 2025-02-13, as seen here."
    assert "time_zone" in problem.hint


def test_what_is_in_the_future_and_after_the_end_is_told_by_one_rule_only() -> None:
    example = key_result(COUNT + "          - {date: 2025-09-03, value: 4 audits}")
    assert len(found("check-in-outside-cycle", example)) == 1
    assert found("check-in-in-future", example) == ()


def test_a_backlog_has_no_outside() -> None:
    example = key_result(COUNT + "          - {date: 2020-02-03, value: 4 audits}").replace(
        "2025-Q1", "backlog"
    )
    example = f"# backlog/cycle.yml\nundated: true\n{example}"
    assert found("check-in-outside-cycle", example) == ()
    assert found("date-outside-cycle", example) == ()


def test_a_total_is_compared_by_date_and_not_by_place() -> None:
    lines = (
        "          - {date: 2025-02-10, value: 6 audits}\n"
        "          - {date: 2025-01-20, value: 4 audits}\n"
    )
    assert found("value-went-back", key_result(COUNT + lines)) == ()
    assert len(found("check-ins-out-of-order", key_result(COUNT + lines))) == 1


def test_blank_values_dont_interrupt_a_total() -> None:
    lines = (
        "          - {date: 2025-01-20, value: 6 audits}\n"
        "          - {date: 2025-01-27, value: n/a}\n"
        "          - {date: 2025-02-10, value: 4}\n"
    )
    (problem,) = found("value-went-back", key_result(COUNT + lines))
    assert "from 6 audits to 4" in problem.message


def test_a_date_of_the_future_may_not_have_been_a_fall_yet() -> None:
    lines = (
        "          - {date: 2025-02-10, value: 6 audits}\n"
        "          - {date: 2025-02-20, value: 4 audits}\n"
    )
    assert found("value-went-back", key_result(COUNT + lines)) == ()


def test_a_grade_by_hand_without_a_reason_is_told_once_with_both_numbers() -> None:
    lines = "          - {date: 2025-02-10, value: 6 audits}\n        grade: 0.8"
    assert found("override-gap", key_result(COUNT + lines)) == ()
    (problem,) = found("override-without-reason", key_result(COUNT + lines))
    assert "0.8" in problem.message
    assert "0.30" in problem.message


def test_each_of_two_late_steps_down_is_told_with_its_own_targets() -> None:
    fields = (
        "        target: 10 audits\n        target_changes:\n"
        "          - {date: 2025-03-24, from: 15 audits, reason: Fewer}\n"
        "          - {date: 2025-03-12, from: 20 audits, reason: Fewer}"
    )
    example = key_result(fields, "# okr.yml\nas_of: 2025-03-26\n")
    messages = sorted(problem.message for problem in found("target-moved-late", example))
    assert "from 15 audits to 10 audits" in messages[0]
    assert "from 20 audits to 15 audits" in messages[1]


def test_a_late_change_for_a_target_that_should_fall_is_harder_when_it_falls() -> None:
    fields = (
        "        baseline: 9\n        target: 2\n"
        "        target_changes: [{date: 2025-03-24, from: 4, reason: More}]"
    )
    example = key_result(fields, "# okr.yml\nas_of: 2025-03-26\n")
    assert found("target-moved-late", example) == ()


def test_what_the_review_decided_to_drop_may_be_dropped_later() -> None:
    fields = "        target: 20\n        dropped: {date: 2025-03-20, reason: Pointless}"
    head = "# okr.yml\nas_of: 2025-03-26\n# 2025-Q1/cycle.yml\nreview:\n  date: 2025-02-14\n"
    other = f"{head}  decisions: [{{ref: product/trust#audits, decision: continue}}]\n"
    own = f"{head}  decisions: [{{ref: product/trust, decision: drop}}]\n"
    assert len(found("dropped-late", key_result(fields, other))) == 1
    assert found("dropped-late", key_result(fields, own)) == ()


def test_the_colour_is_explained_as_long_as_it_stays() -> None:
    changed = (
        "          - {date: 2025-01-27, value: 1, rag: yellow, note: Slow}\n"
        "          - {date: 2025-02-10, value: 1, rag: red}\n"
    )
    (problem,) = found("rag-without-note", key_result(COUNT + changed))
    assert "red" in problem.message
    assert found("rag-without-note", key_result(COUNT + changed.replace("red", "yellow"))) == ()


def test_a_forecast_may_be_as_low_as_it_likes_while_the_colour_agrees() -> None:
    low = "          - {date: 2025-02-10, value: 1, rag: red, confidence: 10%, forecast: 0.1}"
    assert found("confidence-contradicts", key_result(COUNT + low)) == ()


def test_an_old_cycle_that_runs_on_has_no_final_value_to_break() -> None:
    example = """
# 2025/product.yml
objectives:
  - id: growth
    title: New customers stay
    key_results:
      - id: activation
        title: New accounts that finish the setup
        baseline: 30%
        target: 50%
        check_ins: [{date: 2025-02-10, value: 42%}]
# 2025-Q1/product.yml
objectives:
  - id: growth
    title: New customers stay
    key_results:
      - id: activation
        title: New accounts that finish the setup
        carried_over_from: 2025:product/growth#activation
        baseline: 30%
        target: 50%
"""
    assert found("baseline-broken", example) == ()


def test_the_rarer_spelling_is_told_once_at_its_first_place() -> None:
    objectives = "".join(
        f"  - {{id: o{number}, title: Customers stay with us, owner: {name}}}\n"
        for number, name in enumerate(("Ada", "ada", "Ada", "ada", "Ada"))
    )
    (problem,) = found("similar-names", f"objectives:\n{objectives}")
    assert problem.message.startswith("`ada` and `Ada`")
    assert problem.ref == "2025-Q1:product/o1"


REVIEW = "# 2025-Q1/cycle.yml\nreview: {{date: 2025-02-10, decisions: [{}]}}\n"
FROM = "{date: 2025-02-10, from: 30 audits, reason: So it is}"
DROP = "dropped: {date: 2025-02-10, reason: So it is}"


@pytest.mark.parametrize(
    ("decision", "fields", "expected"),
    [
        (
            "{ref: product/trust#audits, decision: drop}",
            "",
            "“drop”, and nothing here says that it was dropped.",
        ),
        (
            "{ref: product/trust, decision: drop}",
            "",
            "“drop”, and nothing here says that it was dropped.",
        ),
        ("{ref: product/trust, decision: drop}", DROP, ""),
        ("{ref: product/trust#audits, decision: drop}", "grade: {value: n/a, reason: So}", ""),
        (
            "{ref: product/trust, decision: adjust}",
            "",
            "“adjust”, and nothing here says that it was changed.",
        ),
        ("{ref: product/trust, decision: adjust}", f"target_changes: [{FROM}]", ""),
        ("{ref: product/trust, decision: shift}", "", ""),
        ("{ref: product/trust, decision: shift}", DROP, "which decided “shift”."),
        ("", DROP, "whose decisions don't name it."),
        ("", f"target_changes: [{FROM}]", "whose decisions don't name it."),
        ("", DROP.replace("02-10", "02-11"), ""),
    ],
)
def test_a_review_and_what_stands_at_the_key_result_agree(
    decision: str, fields: str, expected: str
) -> None:
    lines = f"        target: 20 audits\n        {fields}\n"
    example = key_result(lines, REVIEW.format(decision))
    messages = [problem.message for problem in found("decision-not-applied", example)]
    assert len(messages) == bool(expected)
    assert all(message.endswith(expected) for message in messages)


def test_a_review_of_tomorrow_has_decided_nothing() -> None:
    head = REVIEW.format("{ref: product/trust, decision: drop}").replace("02-10", "02-13")
    assert found("decision-not-applied", key_result("        target: 20 audits\n", head)) == ()


def test_a_decision_to_adjust_what_has_no_target_needs_no_change_of_one() -> None:
    head = REVIEW.format("{ref: product/trust, decision: adjust}")
    assert found("decision-not-applied", key_result("        measure: judged\n", head)) == ()


@pytest.mark.parametrize(
    ("title", "target", "told"),
    [
        ("Sign 20 contracts", "15 contracts", "20"),
        ("At least 20 contracts", "15 contracts", "20"),
        ("Raise the share to 80%", "70%", "80%"),
        ("Share from 40% to 80%", "70%", "80%"),
        ("Churn below 3%", "2%", "3%"),
        ("Raise $3M for the roof", "$2M", "$3M"),
        ("$2M for the roof", "$2,000,000", ""),
        ("Contracts up by 20%", "70%", ""),
        ("Share of firms with at least 20 seats", "70", ""),
        ("Firms with over 20 seats", "70 firms", ""),
        ("Share from 40% to 70%", "70%", ""),
        ("Answers within 2 days", "70%", ""),
        ("Nine in ten pass (failures down to 10%)", "90%", ""),
        ("Failures down to 10%", "90%", ""),
        ("Firms from 40 to 60", "100 firms", "60"),
        ("30 more firms", "70 firms", ""),  # the way from the baseline of 40
        ("Top 10 in 2025 by 70 points", "70 points", ""),
        ("20 bis 30 Verträge unterschreiben", "15", ""),
    ],
)
def test_a_title_and_a_target_name_one_number(title: str, target: str, told: str) -> None:
    unit = target.lstrip("$0123456789.,")
    baseline = f"{'$' * ('$' in target)}40{'' if unit[:1] == 'M' else unit}".replace("$40", "$1")
    fields = f"        baseline: {baseline}\n        target: {target}\n"
    example = key_result(fields).replace("Customers with a passed audit", title)
    messages = [problem.message for problem in found("title-number-differs", example)]
    assert len(messages) == bool(told)
    assert all(f"The title says {told}," in message for message in messages)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("target: 20 audits\n        plan: [{date: 2025-03-01, value: 19}]", True),
        ("target: 20 audits\n        plan: [{date: 2025-03-01, value: 20}]", False),
        ("baseline: 9\n        target: 3\n        plan: [{date: 2025-03-01, value: 4}]", True),
        ("baseline: 9\n        target: 3\n        plan: [{date: 2025-03-01, value: 3}]", False),
        (
            "baseline: 0\n        levels: {commit: 2, target: 4, stretch: 8}\n"
            "        plan: [{date: 2025-03-01, value: 4}]",
            False,
        ),
        (
            "baseline: 0\n        levels: {commit: 2, target: 4, stretch: 8}\n"
            "        plan: [{date: 2025-03-01, value: 3}]",
            True,
        ),
    ],
)
def test_a_plan_reaches_its_target(fields: str, told: bool) -> None:
    assert bool(found("plan-short", key_result(f"        {fields}\n"))) is told


@pytest.mark.parametrize(
    ("value", "told"), [("40 audits", False), ("41 audits", True), ("400 audits", True)]
)
def test_a_value_more_than_twice_past_its_target_is_told(value: str, told: bool) -> None:
    example = key_result(COUNT + f"          - {{date: 2025-02-03, value: {value}}}\n")
    assert bool(found("value-far-past", example)) is told


@pytest.mark.parametrize(
    ("target", "values", "told"),
    [
        ("5 incidents", "1 2", True),
        ("5 incidents", "6 4", False),  # it fell to the target
        ("5 incidents", "4 2", False),  # it goes down: a level
        ("≤5 incidents", "1 2", True),
    ],
)
def test_a_count_of_a_few_days_isnt_compared_with_one_of_a_quarter(
    target: str, values: str, told: bool
) -> None:
    rows = "".join(
        f"          - {{date: 2025-01-{13 + 7 * n}, value: {value} incidents}}\n"
        for n, value in enumerate(values.split())
    )
    fields = f"        baseline: 14 incidents\n        target: {target}\n        check_ins:\n{rows}"
    assert bool(found("achieved-early", key_result(fields))) is told
