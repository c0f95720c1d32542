"""The Now page on different days of one cycle: before, during and after it."""

from __future__ import annotations

from datetime import date

import pytest

from okr_states import files_from, grade_files
from okrdocs.grading.status import StatusCode, status_of
from okrdocs.pages.now import NowView, now_view

OKR = """\
schema: 1
organization: Example
teams: {company: {name: Company}, care: {name: Care, parent: company}}
"""
COMPANY = """\
schema: 1
objectives:
  - id: growth
    title: Grow
    key_results:
      - id: arr
        title: Revenue
        baseline: 0 deals
        target: 100 deals
        check_ins: [{date: 2025-02-10, value: 10 deals, rag: yellow}]
      - id: uptime
        title: Uptime
        target: "≥99.9%"
        floor: 99%
        check_ins: [{date: 2025-02-10, value: 99.81%}]
      - id: nps
        title: NPS
        baseline: "+10"
        target: "+20"
        check_ins: [{date: 2025-02-10, value: "+16", rag: red}]
"""
CARE = "schema: 1\nobjectives:\n  - {id: quick, title: Quick}\n"


def now_on(day: str, cycle: str = "schema: 1\n", **more: str) -> NowView:
    texts = {"okr": OKR, "2025-Q1/care": CARE, "2025-Q1/company": COMPANY, "2025-Q1/cycle": cycle}
    texts |= {name.replace("__", "/").replace("_", "-"): text for name, text in more.items()}
    files = files_from({f"okrs/{name}.yml": text for name, text in texts.items()})
    view = now_view(grade_files(files, date.fromisoformat(day)))
    assert view is not None
    return view


def test_what_worries_is_told_with_what_grade_and_status_do_not_say() -> None:
    view = now_on("2025-02-12")
    assert view.at_risk_title == "In danger"
    assert [(item.name, item.status.word, item.why) for item in view.at_risk] == [
        ("Uptime", "At risk", "99.81% against ≥99.9%"),
        ("Revenue", "Behind", "heading for 0.22, 0.32 expected by now"),
        ("NPS", "Ahead", "red by its owner, heading for 1.00, 0.32 expected by now"),
    ]


def early(*fields: str, value: str = "0 deals") -> NowView:
    """The page on a day on which 0 of 100 is still within the tolerance of the pace."""
    head = COMPANY.partition("        baseline:")[0]
    check_in = f"check_ins: [{{date: 2025-01-13, value: {value}}}]"
    company = head + "".join(f"        {line}\n" for line in (*fields, check_in))
    return now_on("2025-01-14", **{"2025_Q1__company": company})


def test_what_is_on_track_is_in_no_danger_for_its_computed_forecast() -> None:
    view = early("target: 100 deals")
    assert view.headline == "Of one key result 1 is on track."
    assert view.statuses == ((status_of(StatusCode.ON_TRACK), 1),)
    assert view.at_risk == ()


def test_what_is_on_track_is_in_danger_where_its_owner_expects_little() -> None:
    (item,) = early("target: 100 deals", value="0 deals, forecast: 0.2").at_risk
    assert item.status.word == "On track"
    assert item.why == "on track so far, but its owner expects 0.20, 0.10 expected by now"


@pytest.mark.parametrize(("forecast", "worrying"), [("0.29", 1), ("0.3", 0), ("0.31", 0)])
def test_a_forecast_of_exactly_the_limit_of_the_review_worries_nobody(
    forecast: str, worrying: int
) -> None:
    view = early("target: 100 deals", value=f"0 deals, forecast: {forecast}")
    assert len(view.at_risk) == worrying


def test_what_has_no_line_is_in_danger_only_where_its_owner_says_so() -> None:
    assert early("target: done", value="not done").at_risk == ()
    (item,) = early("target: done", value="not done, forecast: 0.2").at_risk
    assert (item.status.word, item.why) == ("Reported", "its owner expects 0.20")


def test_a_promise_that_holds_is_in_danger_where_its_owner_expects_little() -> None:
    (item,) = early("target: ≤9 deals", value="0 deals, forecast: 0").at_risk
    assert item.why == "on track so far, but its owner expects 0.00, 0 deals against ≤9 deals"


def test_after_the_end_what_was_missed_is_told() -> None:
    view = now_on("2025-04-20")
    assert view.at_risk_title == "Missed"
    assert [(item.name, item.why) for item in view.at_risk] == [
        ("Revenue", "10 deals, target 100 deals"),
    ]


@pytest.mark.parametrize(
    ("day", "cycle", "status"),
    [
        ("2025-03-31", "schema: 1\n", "active"),
        ("2025-04-01", "schema: 1\n", "active, ended yesterday"),
        ("2025-04-20", "schema: 1\nstatus: grading\n", "grading, ended 20 days ago"),
        ("2025-04-20", "schema: 1\nstatus: closed\n", "closed"),
        ("2025-02-01", "schema: 1\nstatus: closed\n", "active"),
    ],
)
def test_a_cycle_that_is_over_and_not_closed_says_since_when(
    day: str, cycle: str, status: str
) -> None:
    assert now_on(day, cycle).status == status


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (
            "2025-02-12",
            "1 is on track, 1 is behind and 1 is at risk."
            " Of 1 more the owner says red or expects little.",
        ),
        ("2025-03-20", "3 have no current value."),
        ("2025-04-20", "1 ended well, 1 fell short and 1 was missed."),
    ],
)
def test_one_sentence_says_where_we_stand(day: str, said: str) -> None:
    assert now_on(day).headline == f"Of 3 key results {said}"


def test_the_sentence_counts_what_the_list_shows() -> None:
    view = now_on("2025-02-12")
    listed = [item.status.word for item in view.at_risk]
    assert listed == ["At risk", "Behind", "Ahead"]


def test_the_sentence_also_counts_what_is_reported_and_too_early_to_judge() -> None:
    only = COMPANY.partition("      - id: uptime")[0].replace(", rag: yellow", "")
    early = only.replace("2025-02-10", "2025-01-05")
    view = now_on("2025-01-05", **{"2025_Q1__company": early})
    assert view.headline == "Of one key result 1 has no current value."


def test_grades_that_are_overdue_stand_among_the_dates_until_the_cycle_is_closed() -> None:
    assert now_on("2025-04-20").dates == (("2025-04-05", "Grades are due", "15 days ago"),)
    assert now_on("2025-04-20", "schema: 1\nstatus: closed\n").dates == ()


def test_the_company_s_objectives_stand_first_and_only_they() -> None:
    (row,) = now_on("2025-02-12").objectives
    assert "[Grow](2025-Q1/company.md#growth)" in row.link
    assert row.grade.startswith("**0.53**")


def test_a_cycle_without_objectives_is_not_what_people_mean_by_now() -> None:
    empty = "schema: 1\nobjectives: []\n"
    view = now_on("2025-02-12", **{"2025_02__company": empty})
    assert view.cycle == "2025-Q1"


def test_signs_are_the_owner_s_only_where_a_listed_key_result_has_one() -> None:
    assert "the owner's own judgement" in now_on("2025-02-12").sign_note
    plain = COMPANY.replace(", rag: yellow", "").replace(", rag: red", "")
    without = now_on("2025-02-12", **{"2025_Q1__company": plain})
    assert without.at_risk
    assert not without.sign_note
    assert not now_on("2025-04-20").sign_note


def week(*check_ins: str) -> list[tuple[str, str]]:
    """Value and what was said in what the page tells as this week's news."""
    listed = ", ".join(f"{{{each}}}" for each in check_ins)
    company = COMPANY.partition("        baseline:")[0]
    company += f"        target: 100 deals\n        check_ins: [{listed}]\n"
    view = now_on("2025-02-12", **{"2025_Q1__company": company})
    return [(news.value, news.said) for _, news in view.recent_check_ins]


def test_a_check_in_that_says_nothing_is_no_news() -> None:
    said, silent = "date: 2025-02-09, value: 9 deals", "date: 2025-02-10"
    assert week(silent) == []
    assert week(said, silent, f"{silent}, by: Bo") == [("9 deals", "")]
    assert week(said.replace("02-09", "02-01"), silent) == []


def test_what_is_said_without_value_and_note_is_news() -> None:
    assert week("date: 2025-02-10, confidence: 50%") == [("confidence 50%", "")]
    raised = "date: 2025-02-10, asks: [A van], blockers: [Rain]"
    assert week(raised) == [("", "**Blocker:** Rain<br>**Ask:** A van")]


def test_a_note_hides_no_blocker_and_no_ask() -> None:
    raised = "date: 2025-02-10, note: Wet, asks: [A van], blockers: [Rain]"
    assert week(raised) == [("", "Wet<br>**Blocker:** Rain<br>**Ask:** A van")]


def test_a_red_sign_that_is_newer_than_a_stale_value_is_in_danger() -> None:
    company = COMPANY.partition("        baseline:")[0] + (
        "        target: 100 deals\n        check_ins:\n"
        "          - {date: 2025-01-20, value: 30 deals, rag: green}\n"
        "          - {date: 2025-02-10, rag: red, note: Lost two}\n"
    )
    view = now_on("2025-02-12", **{"2025_Q1__company": company})
    assert [(item.status.word, item.why) for item in view.at_risk] == [
        ("Stale", "red by its owner, heading for 1.00, 0.16 expected by now")
    ]
    later = now_on("2025-03-12", **{"2025_Q1__company": company})
    assert later.at_risk == ()
