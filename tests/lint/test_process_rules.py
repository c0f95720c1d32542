"""Rules about check-ins, reviews and closing: their edges, beyond the examples on their pages."""

from okr_states import rule_findings
from okrdocs.lint.catalogue import RULES
from okrdocs.lint.examples import example_files
from okrdocs.problem import Problem


def found(code: str, example: str) -> tuple[Problem, ...]:
    assert code in {rule.code for rule in RULES}
    return rule_findings(example_files(example), {code})


BEGUN = """
objectives:
  - id: trust
    title: Enterprises trust us with their data
    owner: ada
    key_results:
      - id: audits
        title: Customers with a passed audit
        baseline: 0
        target: 10
"""
PROCESS = [rule.code for rule in RULES if rule.family.value == "process"]


def files(as_of: str, document: str = "", team: str = BEGUN, cycle: str = "2025-Q1") -> str:
    head = f"# okr.yml\nas_of: {as_of}\n"
    own = f"# {cycle}/cycle.yml\n{document}\n" if document else ""
    return f"{head}{own}# {cycle}/product.yml{team}"


def reported(*check_ins: str) -> str:
    return BEGUN + "        check_ins:\n" + "".join(f"          - {{{c}}}\n" for c in check_ins)


def everything(example: str) -> set[str]:
    return {problem.code for code in PROCESS for problem in found(code, example)}


def test_a_company_that_has_just_started_is_left_in_peace() -> None:
    assert everything(files("2025-01-10")) == set()


def test_a_draft_of_the_next_quarter_is_left_in_peace() -> None:
    assert everything(files("2025-02-12", "status: draft", cycle="2025-Q2")) == set()


def test_a_backlog_is_left_in_peace() -> None:
    assert everything(files("2025-12-12", "undated: true", cycle="backlog")) == set()


def test_an_empty_quarter_is_left_in_peace() -> None:
    assert everything(files("2025-06-12", team="\nobjectives: []\n")) == set()


def test_okrs_that_were_written_late_have_the_same_time_as_others() -> None:
    assert everything(files("2025-03-03", "created: 2025-02-24")) == set()
    late = everything(files("2025-03-12", "created: 2025-02-24"))
    assert late == {"no-check-in"}


def test_what_was_never_reported_is_told_once_and_not_for_each_key_result() -> None:
    assert everything(files("2025-02-12")) == {"no-check-in"}


def test_who_has_reported_once_is_told_for_each_key_result_and_who_owes_it() -> None:
    team = reported("date: 2025-01-13, value: 2")
    (problem,) = found("stale", files("2025-02-12", team=team))
    assert (
        problem.message == "The last value is 30 days old (2025-01-13); ada can say how it stands."
    )
    assert found("no-check-in", files("2025-02-12", team=team)) == ()


def test_on_the_last_day_nothing_is_stale_any_more() -> None:
    team = reported("date: 2025-03-10, value: 2")
    assert len(found("stale", files("2025-03-30", team=team))) == 1
    assert found("stale", files("2025-03-31", team=team)) == ()


def test_a_silent_team_is_named_while_the_others_report() -> None:
    other = reported("date: 2025-02-10, value: 2")
    example = f"# 2025-Q1/engineering.yml{other}# 2025-Q1/product.yml{BEGUN}"
    (problem,) = found("no-check-in", example)
    assert problem.ref == "2025-Q1:product"


def test_a_cycle_that_is_over_asks_for_grades_only_after_their_day() -> None:
    assert found("grading-overdue", files("2025-04-05")) == ()
    (problem,) = found("grading-overdue", files("2025-04-06"))
    assert problem.span.path == "okrs/2025-Q1/product.yml"


def test_of_a_long_past_only_the_last_two_cycles_are_spoken_of() -> None:
    quarters = "".join(f"# 2024-Q{n}/product.yml{BEGUN}" for n in (1, 2, 3, 4))
    example = f"# okr.yml\nas_of: 2025-02-12\n{quarters}"
    for code in ("grading-overdue", "ungraded-at-close"):
        assert [p.ref for p in found(code, example)] == ["2024-Q3", "2024-Q4"]
    closed = "".join(f"# 2024-Q{n}/cycle.yml\nstatus: closed\n" for n in (1, 2, 3, 4))
    for code in ("closed-without-retrospective", "ungraded-at-close"):
        assert [p.ref for p in found(code, example + closed)] == ["2024-Q3", "2024-Q4"]


def test_a_cycle_with_nothing_reported_is_told_once_at_its_close() -> None:
    (problem,) = found("ungraded-at-close", files("2025-04-20", "status: closed"))
    assert problem.message.endswith("its key result counts as 0.")
    (problem,) = found("ungraded-at-close", files("2025-04-02", "status: grading"))
    assert problem.message.endswith("its key result will count as 0.")


def test_one_key_result_at_one_says_nothing_about_the_objective() -> None:
    team = reported("date: 2025-03-31, value: 10")
    assert found("perhaps-too-easy", files("2025-04-02", "status: closed", team)) == ()


def test_a_retrospective_that_only_rolls_over_has_taught_nothing() -> None:
    document = "status: closed\nretrospective: {roll_over: [The audit]}"
    assert len(found("closed-without-retrospective", files("2025-04-20", document))) == 1


def test_a_review_planned_before_the_okrs_were_written_isnt_overdue() -> None:
    assert found("review-overdue", files("2025-03-12", "created: 2025-02-24")) == ()
    assert len(found("review-overdue", files("2025-03-12"))) == 1


def test_a_derived_review_isnt_asked_about_in_a_whole_year() -> None:
    assert found("review-overdue", files("2025-05-12", cycle="2025")) == ()
    stated = files("2025-05-12", "review_date: 2025-04-01", cycle="2025")
    assert len(found("review-overdue", stated)) == 1


def test_a_blocker_is_open_only_without_a_break() -> None:
    first, last = "date: 2025-01-13, blockers: Legal", "date: 2025-02-10, blockers: Legal"
    assert len(found("blocker-open", files("2025-02-12", team=reported(first, last)))) == 1
    between = reported(first, "date: 2025-01-27, value: 2", last)
    assert found("blocker-open", files("2025-02-12", team=between)) == ()


def test_a_blocker_that_the_review_has_decided_about_is_no_longer_open() -> None:
    team = reported("date: 2025-01-13, blockers: Legal", "date: 2025-02-10, blockers: Legal")
    review = "review:\n  date: {}\n  decisions: [{{ref: product/trust, decision: continue}}]"
    decided = files("2025-02-12", review.format("2025-02-03"), team)
    before = files("2025-02-12", review.format("2025-01-06"), team)
    assert found("blocker-open", decided) == ()
    assert len(found("blocker-open", before)) == 1


def test_a_target_that_was_lowered_is_a_decision_of_the_review() -> None:
    team = reported("date: 2025-02-10, value: 1")
    review = "review: {date: 2025-02-10}"
    assert len(found("review-without-decisions", files("2025-02-12", review, team))) == 1
    changed = team + "        target_changes: [{date: 2025-02-11, from: 12, reason: Fewer}]\n"
    assert found("review-without-decisions", files("2025-02-12", review, changed)) == ()


def test_confidence_that_has_recovered_is_no_longer_asked_about() -> None:
    fell = ("date: 2025-01-20, confidence: 80%", "date: 2025-01-27, confidence: 40%")
    assert len(found("low-confidence-silent", files("2025-02-12", team=reported(*fell)))) == 1
    back = reported(*fell, "date: 2025-02-03, confidence: 60%")
    assert found("low-confidence-silent", files("2025-02-12", team=back)) == ()


def test_a_draft_is_told_at_once_when_values_are_reported() -> None:
    document = "status: draft"
    assert found("draft-in-use", files("2025-01-07", document)) == ()
    assert len(found("draft-in-use", files("2025-01-09", document))) == 1
    used = reported("date: 2025-01-06, value: 1")
    assert len(found("draft-in-use", files("2025-01-07", document, used))) == 1


def test_many_stale_values_of_one_team_are_said_once() -> None:
    listed = "".join(
        f"      - {{id: k{n}, title: Result {n}, owner: ada, baseline: 0, target: 9,"
        " check_ins: [{date: 2025-01-05, value: 1}]}\n"
        for n in range(5)
    )
    team = f"objectives:\n  - id: trust\n    title: Trust\n    key_results:\n{listed}"
    (problem,) = found("stale", team)
    assert problem.ref == "2025-Q1:product"
    assert problem.message == (
        "5 key results have no value of the last 14 days. ada can say how they stand."
    )


IN_WORDS = """
objectives:
  - id: trust
    title: Enterprises trust us with their data
    owner: ada
    key_results:
      - id: talks
        title: Our talks are talked about
        measure: judged
        check_ins: [{date: 2025-02-10, value: 978 readers}]
"""


def test_what_is_judged_and_so_far_told_in_words_is_not_stale() -> None:
    assert everything(files("2025-02-12", team=IN_WORDS)) == set()


def test_what_was_only_told_in_words_lacks_its_grade_when_the_cycle_is_over() -> None:
    (graded,) = found("ungraded-at-close", files("2025-04-20", "status: closed", team=IN_WORDS))
    assert graded.message == "No grade was given before the cycle closed: it counts as 0."
    assert "Enter the last `grade:`" in graded.hint
