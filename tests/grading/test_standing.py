"""The four states over all statuses, and the list of what is at risk: both count the same."""

from __future__ import annotations

from datetime import date

from okr_states import files_from, grade_files
from okrdocs.grading.results import CycleScore, Scores, StandingCounts
from okrdocs.grading.status import Standing
from okrdocs.insights.at_risk import key_results_at_risk

OKR = "schema: 1\norganization: Example\nteams: {company: {name: Company}}\n"
HEAD = "schema: 1\nobjectives:\n  - id: o\n    title: O\n    key_results:\n"


def graded(day: str, *key_results: str, cycle: str = "schema: 1\n") -> tuple[CycleScore, Scores]:
    """The only cycle, 2025-Q1, with these key results: `id: kr, target: 9, …` without braces."""
    rows = "".join(f"      - {{title: T, {row}}}\n" for row in key_results)
    files = files_from(
        {
            "okrs/okr.yml": OKR,
            "okrs/2025-Q1/cycle.yml": cycle,
            "okrs/2025-Q1/company.yml": HEAD + rows,
        }
    )
    scores = grade_files(files, date.fromisoformat(day))
    return scores.cycles[0], scores


def listed(day: str, *key_results: str, cycle: str = "schema: 1\n") -> list[tuple[str, str]]:
    score, scores = graded(day, *key_results, cycle=cycle)
    return [(kr.entry.key_result.id, why) for kr, why in key_results_at_risk(score, scores)]


BREACHED = (
    'id: breach, guardrail: true, target: "≥99%", check_ins: [{date: 2025-01-20, value: 98%}]'
)
YELLOW = "id: yellow, target: done, check_ins: [{date: 2025-02-25, value: 50%, rag: yellow}]"
RED = "id: red, target: done, check_ins: [{date: 2025-02-25, value: 50%, rag: red}]"
BEHIND = "id: behind, baseline: 0, target: 100, check_ins: [{date: 2025-02-25, value: 25}]"
WORDS = "id: words, measure: judged, check_ins: [{date: 2025-02-25, value: Read, rag: red}]"
DROPPED = (
    'id: gone, baseline: 0, target: 100, dropped: {date: 2025-01-20, reason: "No"},'
    " check_ins: [{date: 2025-01-20, value: 0, rag: red}]"
)
EVERYTHING = (BREACHED, YELLOW, RED, BEHIND, WORDS, DROPPED)


def test_the_list_holds_what_is_counted_as_behind_or_at_risk() -> None:
    score, scores = graded("2025-03-01", *EVERYTHING)
    assert score.standings == StandingCounts(behind=2, at_risk=3, dropped=1)
    assert len(key_results_at_risk(score, scores)) == 5


def test_a_breach_is_listed_first_however_old_it_is() -> None:
    assert listed("2025-03-01", YELLOW, BREACHED)[0] == (
        "breach",
        "nothing reported since the breach, 98% against ≥99%",
    )


def test_a_breach_is_listed_among_what_was_missed() -> None:
    assert listed("2025-04-20", BREACHED) == [("breach", "98%, target ≥99%")]


def test_a_sign_alone_is_told_as_its_owners() -> None:
    assert listed("2025-03-01", YELLOW) == [("yellow", "yellow by its owner")]
    assert listed("2025-03-01", RED) == [("red", "red by its owner")]


def test_a_red_sign_without_any_value_is_listed() -> None:
    row = "id: kr, baseline: 0, target: 100, check_ins: [{date: 2025-01-10, rag: red}]"
    assert listed("2025-01-12", row) == [("kr", "red by its owner")]


def test_a_newer_red_without_a_value_is_listed_beside_an_older_green() -> None:
    row = (
        "id: kr, baseline: 0, target: 100, check_ins:"
        " [{date: 2025-01-25, value: 60, rag: green}, {date: 2025-02-01, rag: red}]"
    )
    assert listed("2025-02-01", row) == [
        ("kr", "red by its owner, heading for 1.00, 0.19 expected by now")
    ]


def test_what_has_no_line_is_in_no_danger_without_its_owners_word() -> None:
    assert (
        listed("2025-01-23", "id: kr, target: done, check_ins: [{date: 2025-01-23, value: 0%}]")
        == []
    )


def test_what_was_due_and_missed_is_listed_before_the_cycle_ends() -> None:
    row = (
        "id: kr, baseline: 0, target: 100, due: 2025-02-10,"
        " check_ins: [{date: 2025-02-10, value: 30}]"
    )
    score, scores = graded("2025-03-01", row)
    assert [kr.standing for kr in score.key_results()] == [Standing.AT_RISK]
    assert [why for _, why in key_results_at_risk(score, scores)] == [
        "30, target 100, on its due day"
    ]


def test_what_ended_in_an_open_question_was_not_missed() -> None:
    row = "id: kr, type: learning, target: done, check_ins: [{date: 2025-03-30, value: 50%}]"
    assert listed("2025-04-02", row) == []


def test_the_values_outside_the_cycle_are_told_beside_the_score() -> None:
    row = (
        "id: kr, baseline: 0, target: 100, check_ins: [{date: 2024-12-20, value: 92},"
        " {date: 2025-02-01, value: 20}, {date: 2025-04-06, value: 30}]"
    )
    score, _ = graded("2025-05-01", row)
    (kr,) = score.key_results()
    assert [(value.date.isoformat(), value.text) for value in kr.outside] == [
        ("2024-12-20", "92"),
        ("2025-04-06", "30"),
    ]
    assert kr.value is not None
    assert kr.value.text == "20"


def test_a_milestone_outside_the_cycle_is_told_by_its_title() -> None:
    row = "id: kr, milestones: [{title: Early, done: 2024-12-20}, {title: Late, done: 2025-01-20}]"
    score, _ = graded("2025-02-01", row)
    (kr,) = score.key_results()
    assert [value.text for value in kr.outside] == ["Early"]


def test_a_sign_is_dated_where_its_day_is_not_the_values() -> None:
    row = (
        "id: kr, baseline: 0, target: 100, check_ins:"
        " [{date: 2025-01-25, value: 20, rag: green}, {date: 2025-02-01, value: 25}]"
    )
    score, _ = graded("2025-02-01", row)
    assert [kr.sign_on for kr in score.key_results()] == [date(2025, 1, 25)]
    score, _ = graded("2025-01-25", row)
    assert [kr.sign_on for kr in score.key_results()] == [None]
