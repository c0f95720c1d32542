"""`okr remind`: who owes a check-in, a review or grades, as text, Markdown and JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from git_repository import Repository
from okrdocs.cli import main
from okrdocs.report.reminder import MARK, MOST
from okrdocs.source.git.web_links import FileLinks, RepositoryPage

COMPANY = """\
schema: 1
organization: Acme
teams:
  company: {name: Company, lead: bo}
people:
  ada: {name: Ada Byron, link: "https://people.example/ada"}
  bo: {name: Bo Diaz}
"""
TEAM = """\
schema: 1
objectives:
  - id: trust
    title: Enterprises trust us with their data
    key_results:
      - id: audits
        title: Customers with a passed audit
        dri: ada
        baseline: 0 audits
        target: 4 audits
        check_ins:
          - {date: 2025-01-13, value: 1 audit}
      - id: answers
        title: Questions answered on the same day
        baseline: 20%
        target: 80%
      - id: fresh
        title: Days until an incident is explained
        baseline: 9 days
        target: 2 days
        check_ins:
          - {date: 2025-02-07, value: 7 days}
"""
PATH = "okrs/2025-Q1/company.yml"
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def company(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "company")
    made.write("okrs/okr.yml", COMPANY)
    made.write(PATH, TEAM)
    return made


@pytest.fixture
def okr(company: Repository, capsys: pytest.CaptureFixture[str]) -> Run:
    def ran(day: str = "2025-02-10", form: str = "markdown") -> tuple[int, str]:
        root = str(company.root)
        code = main(["remind", "--root", root, "--as-of", day, "--format", form])
        return code, capsys.readouterr().out

    return ran


def held(okr: Run, day: str = "2025-02-10") -> Any:
    return json.loads(okr(day, "json")[1])


@pytest.mark.usefixtures("company")
def test_each_person_is_told_what_is_owed_and_since_when(okr: Run) -> None:
    people = held(okr)["people"]
    assert [person["name"] for person in people] == ["Ada Byron", "Bo Diaz"]
    (stale,), (never,) = (person["key_results"] for person in people)
    assert stale["ref"] == "2025-Q1:company/trust#audits"
    assert (stale["last"], stale["since"], stale["days"]) == ("2025-01-13", "2025-01-13", 28)
    assert (never["last"], never["since"], never["days"]) == (None, "2025-01-01", 40)
    assert (stale["path"], stale["line"], stale["url"]) == (PATH, 12, None)
    assert never["line"] == 13


@pytest.mark.usefixtures("company")
def test_the_text_says_the_same(okr: Run) -> None:
    code, said = okr(form="text")
    assert code == 0
    assert said.splitlines() == [
        "2 key results of Q1 2025 wait for a check-in, as of 2025-02-10.",
        "",
        "Ada Byron",
        "  Company: Customers with a passed audit  last check-in on 2025-01-13, 28 days ago",
        f"    {PATH}:12",
        "",
        "Bo Diaz",
        "  Company: Questions answered on the same day  nothing reported since 2025-01-01,"
        " 40 days ago",
        f"    {PATH}:13",
    ]


def test_the_markdown_links_to_lines_and_to_people_who_have_a_link(
    company: Repository, okr: Run
) -> None:
    company.git("remote", "add", "origin", "git@github.com:acme/okrs.git")
    head = company.commit()
    code, said = okr()
    assert code == 0
    assert said.startswith(f"{MARK}\n2 key results of Q1 2025 wait")
    assert "**[Ada Byron](https://people.example/ada)** (1)" in said
    assert "**Bo Diaz** (1)" in said
    line = f"https://github.com/acme/okrs/blob/{head}/{PATH}#L12"
    assert f"- [Company: Customers with a passed audit]({line}) – last check-in on" in said


def test_two_owners_are_both_asked_and_it_counts_once(company: Repository, okr: Run) -> None:
    company.write(PATH, TEAM.replace("dri: ada", "owner: [ada, bo]"))
    found = held(okr)
    assert found["owed"] == 2
    assert [len(person["key_results"]) for person in found["people"]] == [2, 1]


def test_where_nobody_is_named_it_says_so_last(company: Repository, okr: Run) -> None:
    company.write("okrs/okr.yml", COMPANY.replace(", lead: bo", ""))
    assert [person["name"] for person in held(okr)["people"]] == ["Ada Byron", None]
    assert "**Nobody named** (1)" in okr()[1]


@pytest.mark.usefixtures("company")
def test_nobody_owes_anything_is_calm(company: Repository, okr: Run) -> None:
    company.write(PATH, TEAM.replace("2025-01-13", "2025-02-09").partition("      - id: ans")[0])
    assert okr() == (0, f"{MARK}\nNobody owes a check-in in Q1 2025, as of 2025-02-10.\n")
    assert held(okr)["owed"] == 0


@pytest.mark.usefixtures("company")
def test_an_overdue_review_and_overdue_grades_are_told(okr: Run) -> None:
    review = held(okr, "2025-03-10")["overdue"]
    assert [each["code"] for each in review] == ["review-overdue"]
    grades = held(okr, "2025-04-20")
    assert [each["code"] for each in grades["overdue"]] == ["grading-overdue"]
    assert (grades["owed"], grades["people"]) == (1, [])
    assert "### Overdue\n\n- Q1 2025 is over" in okr("2025-04-20")[1]


def test_a_rule_that_is_off_reminds_nobody(company: Repository, okr: Run) -> None:
    company.write("okrs/okr.yml", COMPANY + "rules: {grading-overdue: off}\n")
    assert held(okr, "2025-04-20")["owed"] == 0


def owed_by(okr: Run, day: str) -> list[str]:
    return [each["ref"] for person in held(okr, day)["people"] for each in person["key_results"]]


def one_key_result(company: Repository, *check_ins: str, fields: str = "") -> None:
    """A company file with one key result and check-ins on these days."""
    head = TEAM.partition("        check_ins:")[0] + fields
    given = "".join(f"          - {{date: {day}, value: 1 audit}}\n" for day in check_ins)
    company.write(PATH, f"{head}        check_ins:\n{given}" if given else head)


@pytest.mark.parametrize(
    ("cadence", "last", "day", "owed"),
    [
        ("", "2025-02-03", "2025-02-10", False),  # due today
        ("", "2025-02-03", "2025-02-11", True),  # due yesterday
        ("", "2025-02-07", "2025-02-11", False),  # three days early
        ("", "2025-02-06", "2025-02-11", True),  # three days late, for the week before
        ("{check_in: weekly, day: Friday}", "2025-02-03", "2025-02-11", True),
        ("{check_in: weekly, day: Friday}", "2025-02-05", "2025-02-11", False),
        ("{check_in: fortnightly}", "2025-01-28", "2025-02-10", False),  # due on the 27th
        ("{check_in: fortnightly}", "2025-01-28", "2025-02-11", True),  # and on the 10th
        ("{check_in: monthly}", "2025-01-27", "2025-02-24", False),  # the last Monday
        ("{check_in: monthly}", "2025-01-27", "2025-02-25", True),
        ("{check_in: monthly}", None, "2025-01-27", False),
        ("{check_in: monthly}", None, "2025-01-28", True),
        ("", None, "2025-01-06", False),
        ("", None, "2025-01-07", True),
        ("", "2024-12-30", "2025-01-07", True),  # before the cycle: not about it
        ("{check_in: weekly, stale_after_days: 60}", "2025-01-27", "2025-02-11", True),
    ],
)
def test_a_check_in_is_owed_once_its_day_in_the_rhythm_is_over(
    company: Repository, okr: Run, cadence: str, last: str | None, day: str, owed: bool
) -> None:
    company.write("okrs/okr.yml", COMPANY + (f"cadence: {cadence}\n" if cadence else ""))
    one_key_result(company, *([last] if last else []))
    assert owed_by(okr, day) == ["2025-Q1:company/trust#audits"] * owed


@pytest.mark.parametrize(
    ("fields", "day", "owed"),
    [
        ("        due: 2025-01-31\n", "2025-01-30", True),
        ("        due: 2025-01-31\n", "2025-01-31", False),
        ("        due: 2025-01-31\n", "2025-03-10", False),
        ("        dropped: {date: 2025-01-20, reason: No market}\n", "2025-02-11", False),
        ("        grade: {value: n/a, reason: No market}\n", "2025-02-11", False),
    ],
)
def test_nothing_is_owed_for_what_is_over_or_dropped(
    company: Repository, okr: Run, fields: str, day: str, owed: bool
) -> None:
    one_key_result(company, "2025-01-13", fields=fields)
    assert len(owed_by(okr, day)) == owed


def test_a_check_in_without_a_value_is_one(company: Repository, okr: Run) -> None:
    head = TEAM.partition("      - id: ans")[0]
    company.write(PATH, f"{head}          - {{date: 2025-02-09, note: No change}}\n")
    assert owed_by(okr, "2025-02-11") == []


@pytest.mark.parametrize(
    ("target", "owed"), [("baseline: 0, target: 1 audit", False), ("target: ≤9 audits", True)]
)
def test_only_what_has_to_be_kept_is_owed_once_it_is_reached(
    company: Repository, okr: Run, target: str, owed: bool
) -> None:
    head = TEAM.partition("      - id: audits")[0]
    rest = "check_ins: [{date: 2025-01-13, value: 1 audit}]"
    company.write(PATH, f"{head}      - {{id: a, title: Audits, {target}, {rest}}}\n")
    assert len(owed_by(okr, "2025-02-11")) == owed


def test_errors_in_the_files_are_told_instead(company: Repository, okr: Run) -> None:
    company.write(PATH, TEAM.replace("target: 4 audits", "targte: 4 audits"))
    assert okr() == (1, "")


def test_hostile_names_tell_nobody(company: Repository, okr: Run) -> None:
    evil = "'@octocat closes #12 [x](http://x.example) <b>'"
    company.write("okrs/okr.yml", COMPANY.replace("name: Bo Diaz", f"name: {evil}"))
    company.write(PATH, TEAM.replace("Questions answered on the same day", evil))
    said = okr()[1].partition("\n")[2]
    said = re.sub(r"<span>&#\d+;</span>", "", said)
    assert not re.search(r"@|&#(?:64|35);|\]\(http://x|<[a-z]+>(?<!<code>)", said)


def test_a_link_that_is_none_stays_away(company: Repository, okr: Run) -> None:
    company.write("okrs/okr.yml", COMPANY.replace("https://people.example/ada", "mailto:a@b.c"))
    assert "**[Ada Byron](mailto:a@b.c)** (1)" in okr()[1]


def test_a_thousand_debts_fit_into_an_issue(company: Repository, okr: Run) -> None:
    many = "".join(
        f"      - {{id: k{n}, title: '{'@long ' * 30}{n}', baseline: 1, target: 2}}\n"
        for n in range(1_000)
    )
    company.write(PATH, TEAM + many)
    said = okr()[1]
    assert len(said) <= MOST
    assert "`okr remind` shows the rest" in said


@pytest.mark.parametrize(
    ("address", "commits", "expected"),
    [
        ("https://github.com/a/b", "commit", "https://github.com/a/b/blob/c0/s/o%20k.yml#L3"),
        ("https://gitlab.com/a/b", "-/commit", "https://gitlab.com/a/b/-/blob/c0/s/o%20k.yml#L3"),
        ("https://bitbucket.org/a/b", "commits", "https://bitbucket.org/a/b/src/c0/s/o%20k.yml#lines-3"),
        ("https://codeberg.org/a/b", "commit", "https://codeberg.org/a/b/src/commit/c0/s/o%20k.yml#L3"),
    ],
)  # fmt: skip
def test_a_line_has_its_address_on_each_host(address: str, commits: str, expected: str) -> None:
    assert (
        FileLinks(RepositoryPage(address, commits), "s/", "c0").line_url("o k.yml", 3) == expected
    )
