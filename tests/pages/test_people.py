"""The pages of people and of teams over all cycles, and the line of sight."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from okrdocs.grading.results import Scores
from okrdocs.pages.graph.ancestors import MOST_LINES, MOST_STEPS, ancestor_lines
from okrdocs.pages.people.links import person_link
from okrdocs.pipeline.build import page_texts
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.source.disk import DiskTree
from okrdocs.workspace.workspace import ResolvedRef

TODAY = date(2025, 5, 16)
OKR = """\
schema: 1
organization: Acme
teams:
  company: {name: Company, lead: ada}
  care: {name: Care, parent: company, lead: [ben, ada], about: Answers *everybody*.}
  desk: {name: Desk, parent: care}
people:
  ada: {name: Ada Byron, short: The Countess, link: "mailto:ada@example.com"}
  ben: {name: "Ben <b>|*x*"}
  idle: {name: Ida}
"""
COMPANY = """\
schema: 1
objectives:
  - id: grow
    title: Grow
    owner: [ada, ben]
    dri: ada
    ladders_up_to: [2025:company/lead]
    key_results: [{id: arr, title: Revenue, baseline: 0 deals, target: 10 deals}]
"""
CARE = """\
schema: 1
objectives:
  - id: quick
    title: Be quick
    owner: care
    ladders_up_to: [company/grow#arr, company/grow]
    carried_over_from: 2025-Q1:care/slow
    key_results:
      - id: hours
        title: Answer within a day
        owner: ben
        with: [company]
        baseline: 0 deals
        target: 10 deals
        check_ins: [{date: 2025-04-10, value: 4 deals}]
      - id: fresh
        title: Fresh
        baseline: 0 deals
        target: 10 deals
        check_ins: [{date: 2025-05-15, value: 4 deals}]
"""
SLOW = """\
schema: 1
objectives:
  - id: slow
    title: Be there
    dri: ben
    key_results:
      - {id: a, title: A, target: done, check_ins: [{date: 2025-03-20, value: done}]}
"""
YEAR = "schema: 1\nobjectives: [{id: lead, title: Lead, label: Top, owner: ada}]\n"
FILES = {
    "okr.yml": OKR,
    "2025/company.yml": YEAR,
    "2025-Q1/cycle.yml": "schema: 1\nstatus: closed\n",
    "2025-Q1/care.yml": SLOW,
    "2025-Q2/company.yml": COMPANY,
    "2025-Q2/care.yml": CARE,
}
Repository = Callable[[Mapping[str, str]], Path]


def scores_of(root: Path, day: date = TODAY) -> Scores:
    found = evaluate(DiskTree(root), as_of=day, today=day)
    assert found.scores is not None, found.problems
    return found.scores


@pytest.fixture
def texts(a_repository: Repository) -> Mapping[str, str]:
    return page_texts(scores_of(a_repository(FILES)))


def section(text: str, heading: str) -> str:
    """What stands below a heading (any level), up to the next one of level 2."""
    found = re.search(rf"(?ms)^#+ \[?{re.escape(heading)}\b.*?(?=^## |\Z)", text)
    assert found, f"no heading {heading} in {text}"
    return found[0]


# ------------------------------------------------------------------- people


def test_everyone_in_okr_yml_has_a_page_and_stands_on_the_index(texts: Mapping[str, str]) -> None:
    assert {p for p in texts if p.startswith("people/")} == {
        "people/ada.md",
        "people/ben.md",
        "people/idle.md",
    }
    index = texts["people.md"]
    for page in ("people/ada.md", "people/ben.md", "people/idle.md"):
        assert f"({page})" in index
    assert "**Nothing in Q2 2025 and 2025:** [Ida](people/idle.md)" in index
    assert "[Care](teams/care.md)" in index, "a team that owns an objective has its own page"


def test_the_index_counts_what_is_owned_and_what_waits(texts: Mapping[str, str]) -> None:
    rows = {
        row.split("]")[0]: row for row in texts["people.md"].splitlines() if row.startswith("| [")
    }
    ada, ben = rows["| [Ada Byron"], rows["| [Ben &#60;b>&#124;&#42;x&#42;"]
    assert "<small>The Countess</small> | 2 |" in ada
    assert ada.endswith("| 1 check-in |")
    assert "| 1 |" in ben
    assert ben.endswith("| 1 check-in |")


def test_a_page_shows_what_is_owned_with_role_value_and_status(texts: Mapping[str, str]) -> None:
    ada = texts["people/ada.md"]
    assert "**Leads** [Company](../teams/company.md), [Care](../teams/care.md)" in ada
    assert "[ada@example.com](mailto:ada@example.com)" in ada
    now = section(ada, "Q2 2025")
    assert "| [Company 1: Grow](../2025-Q2/company.md#grow)" in now
    assert '| Owner and DRI | – | – | <span class="okr-status okr-idle">Stale</span> |' in now
    assert "| [Company 1: Lead](../2025/company.md#lead) | Owner |" in section(ada, "2025")

    ben = section(texts["people/ben.md"], "Q2 2025")
    assert "| Owner | 4 deals<br><small>2025-04-10</small> | 0.40 |" in ben


def test_earlier_cycles_are_folded_with_their_final_grades(texts: Mapping[str, str]) -> None:
    before = section(texts["people/ben.md"], "Other cycles")
    assert "<summary>Q1 2025 (1)</summary>" in before
    assert "[Care 1: Be there](../2025-Q1/care.md#slow) | DRI | 2025-03-20 | 1.00 |" in before


def test_what_waits_stands_first_and_says_since_when(texts: Mapping[str, str]) -> None:
    ben, ada = texts["people/ben.md"], texts["people/ada.md"]
    waiting = section(ben, "Waiting")
    assert "(../2025-Q2/care.md#quick--hours)" in waiting
    assert "last value 36 days ago, on 2025-04-10" in waiting
    assert "Fresh" not in waiting
    assert ben.index("## Waiting") < ben.index("## [Q2 2025]")
    assert "#grow--arr) <small>no value yet</small>" in section(ada, "Waiting")
    assert "## Waiting" not in texts["people/idle.md"]
    assert "Owns nothing in Q2 2025 and 2025." in texts["people/idle.md"]


def test_overdue_grades_and_reviews_wait_for_the_owner_of_the_cycle(
    a_repository: Repository,
) -> None:
    files = {**FILES, "2025-Q1/cycle.yml": "schema: 1\nowner: ben\n"}
    files["2025-Q2/cycle.yml"] = "schema: 1\nreview_date: 2025-05-05\n"
    texts = page_texts(scores_of(a_repository(files)))
    grades = "[Grades of Q1 2025](../2025-Q1/index.md) <small>due since 2025-04-05</small>"
    review = "[Review of Q2 2025](../2025-Q2/index.md) <small>due since 2025-05-05</small>"
    assert grades in texts["people/ben.md"]
    assert review in texts["people/ada.md"], "without an owner, the company's lead is asked"
    assert "| 1 check-in, review |" in texts["people.md"]


def test_a_rule_that_is_switched_off_asks_nobody(a_repository: Repository) -> None:
    files = {**FILES, "okr.yml": f"{OKR}rules: {{grading-overdue: off}}\n"}
    files["2025-Q1/cycle.yml"] = "schema: 1\nowner: ben\n"
    assert "Grades of" not in page_texts(scores_of(a_repository(files)))["people/ben.md"]


PLAIN = """\
schema: 1
objectives:
  - {id: a, title: A, owner: [Jana Müller, 李娜, Jon Doe]}
  - {id: b, title: B, owner: [jon doe, index], dri: Eve *x*}
"""


def test_plain_names_get_a_page_only_where_it_is_clear_whose_it_is(
    a_repository: Repository,
) -> None:
    okr = "schema: 1\norganization: Acme\nteams: {company: {name: Company, lead: Lea}}\n"
    scores = scores_of(a_repository({"okr.yml": okr, "2025-Q2/company.yml": PLAIN}))
    texts = page_texts(scores)
    named = {path for path in texts if path.startswith("people/")}
    assert named == {"people/jana-mueller.md", "people/eve-x.md", "people/lea.md"}
    index = texts["people.md"]
    for heading in ("## 李娜", "## Jon Doe", "## jon doe", "## index"):
        assert f"\n{heading}\n" in index, "who has no page is told about here"
    assert person_link("now.md", "Jon Doe", scores) == "Jon Doe"
    assert person_link("now.md", "Eve *x*", scores) == "[Eve &#42;x&#42;](people/eve-x.md)"
    assert person_link("2025-Q2/company.md", "company", scores) == "[Company](../teams/company.md)"


def test_a_cycle_may_be_called_people_or_teams(a_repository: Repository) -> None:
    files = {**FILES, "people/cycle.yml": "schema: 1\nundated: true\n"}
    files |= {"people/care.yml": "schema: 1\n", "teams/cycle.yml": "schema: 1\nundated: true\n"}
    texts = page_texts(scores_of(a_repository(files)))
    assert "people/index.md" in texts
    assert "people/ada.md" not in texts
    assert "(people/ada.md)" not in texts["people.md"] + texts["teams.md"]
    assert "teams/care.md" not in texts
    assert "## Ada Byron" in texts["people.md"]


def test_a_role_that_stands_for_everybody_has_a_page_of_bounded_size(
    a_repository: Repository,
) -> None:
    many = "".join(f"  - {{id: o{n}, title: Aim {n}, owner: ada}}\n" for n in range(200))
    files = {**FILES, "2025-Q2/company.yml": f"schema: 1\nobjectives:\n{many}"}
    files["2025-Q2/care.yml"] = "schema: 1\n"
    text = page_texts(scores_of(a_repository(files)))["people/ada.md"]
    assert text.count("| [Company ") == 60 + 1
    assert "140 more in [Q2 2025](../2025-Q2/index.md)" in text


# ------------------------------------------------------------------- teams over all cycles


def test_a_team_page_tells_now_before_and_around(texts: Mapping[str, str]) -> None:
    care = texts["teams/care.md"]
    assert care.startswith('---\ntitle: "Care"\n')
    assert "Answers *everybody*." in care
    assert "**Lead** [Ben &#60;b>&#124;&#42;x&#42;](../people/ben.md)" in care
    assert "**Part of** [Company](company.md)" in care
    assert "**Teams in it** [Desk](desk.md)" in care
    assert "| [Be quick](../2025-Q2/care.md#quick) | **0.40**" in care
    rows = re.findall(r"(?m)^\| \[(.*?)\]\(.*?\) \| <span.*?>(.*?)</span> \| (.*?) \|", care)
    assert rows == [("Q2 2025", "Open", "**0.40**"), ("Q1 2025", "Closed", "**1.00**")]
    assert "(../feeds/care.xml)" in care


def test_what_was_carried_over_shows_both_grades(texts: Mapping[str, str]) -> None:
    row = "[Q1 2025: Be there](../2025-Q1/care.md#slow) | 1.00 | 0.40 |"
    assert row in section(texts["teams/care.md"], "Carried over")


def test_what_other_teams_share_stands_on_the_page(texts: Mapping[str, str]) -> None:
    shared = section(texts["teams/company.md"], "Shared by other teams")
    assert "[Care 1, KR1: Answer within a day](../2025-Q2/care.md#quick--hours) | 0.40 |" in shared


def test_a_team_without_okrs_has_a_page_that_says_so(texts: Mapping[str, str]) -> None:
    assert "No OKRs yet." in texts["teams/desk.md"]
    assert "[Desk](teams/desk.md)" in texts["teams.md"]


def test_the_index_names_the_last_cycles_and_leads_to_the_rest(a_repository: Repository) -> None:
    files = {"okr.yml": OKR}
    files |= {f"{year}-Q1/care.yml": SLOW for year in range(2019, 2026)}
    index = page_texts(scores_of(a_repository(files)))["teams.md"]
    assert index.count("/care.md) | ") == 4 + 1
    assert "[3 more](teams/care.md)" in index


# ------------------------------------------------------------------- line of sight


def sight(scores: Scores, ref: str, here: str = "now.md") -> tuple[str, ...]:
    place, _, local = ref.partition(":")
    team, _, rest = local.partition("/")
    objective, _, key_result = rest.partition("#")
    lines = ancestor_lines(ResolvedRef(place, team, objective, key_result), scores, here)
    return tuple(re.sub(r"\[(.*?)\]\(.*?\)", r"\1", line) for line in lines)


def test_the_line_of_sight_goes_up_to_the_company_and_names_other_cycles(
    a_repository: Repository,
) -> None:
    scores = scores_of(a_repository(FILES))
    assert sight(scores, "2025-Q2:care/quick") == (
        "Company 1: Top (2025) › Company 1, KR1: Revenue",
        "Company 1: Top (2025) › Company 1: Grow",
    )
    assert sight(scores, "2025-Q2:care/quick#hours") == (
        "Company 1: Top (2025) › Company 1, KR1: Revenue › Care 1: Be quick",
    )
    assert sight(scores, "2025:company/lead") == ()
    links = ancestor_lines(ResolvedRef("2025-Q2", "care", "quick"), scores, "2025-Q2/care.md")[1]
    assert links.endswith(" › [Company 1: Grow](company.md#grow)")


def test_on_a_persons_page_each_objective_shows_what_it_serves(texts: Mapping[str, str]) -> None:
    row = next(r for r in texts["people/ada.md"].splitlines() if "Company 1: Grow" in r)
    assert "<small>[Company 1: Top (2025)](../2025/company.md#lead) ›</small>" in row
    before = section(texts["people/ben.md"], "Other cycles")
    assert "›" not in before


def test_the_team_page_leads_from_an_objective_up_to_the_company(texts: Mapping[str, str]) -> None:
    (fact,) = re.findall(r"\*\*Ladders up to\*\* (.*?)</span>", texts["2025-Q2/care.md"])[:1]
    assert " › " in fact
    assert fact.startswith("[Company 1")


def test_long_and_wide_lines_are_cut(a_repository: Repository) -> None:
    chain = "".join(
        f"  - {{id: o{n}, title: {'Long ' * 20}{n}, ladders_up_to: [o{n + 1}]}}\n"
        for n in range(20)
    )
    wide = ", ".join(f"o{n}" for n in range(1, 9))
    text = f"schema: 1\nobjectives:\n{chain}  - {{id: o20, title: Top}}\n"
    text += f"  - {{id: all, title: All, ladders_up_to: [{wide}]}}\n"
    scores = scores_of(a_repository({"okr.yml": OKR, "2025-Q2/care.yml": text}))
    (line,) = sight(scores, "2025-Q2:care/o0")
    steps = line.split(" › ")
    assert steps[0] == "…"
    assert len(steps) == MOST_STEPS + 1
    assert all(len(step) < 80 for step in steps)
    lines = sight(scores, "2025-Q2:care/all")
    assert len(lines) == MOST_LINES + 1
    assert lines[-1] == "…"
