"""The archive with its trends, and how closed cycles are marked on their pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okrdocs.grading.results import Scores
from okrdocs.insights.trends import CycleCounts, CycleLength, aim_grades, cycle_counts, cycle_length
from okrdocs.pages.cycle.status import CyclePhase, phases_by_cycle
from okrdocs.pipeline.build import page_texts
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.source.disk import DiskTree
from okrdocs.workspace.calendar import Period

TODAY = date(2025, 5, 16)
OKR = """\
schema: 1
organization: Acme
teams: {company: {name: Company}, care: {name: "Care | <i>", parent: company}}
"""
CLOSED = "schema: 1\nstatus: closed\n"
Repository = Callable[[Mapping[str, str]], Path]


def okrs(value: int, more: str = "", kind: str = "aspirational") -> str:
    """A team's file with an objective, whose grade is as many hundredths as the value."""
    return (
        f"schema: 1\nobjectives:\n  - id: grow\n    title: Grow\n    type: {kind}\n"
        "    key_results:\n      - {id: a, title: A, baseline: 0 deals, target: 100 deals,"
        f" grade: {{value: {value / 100:.2f}, reason: Counted by hand}}{more}}}\n"
    )


def scores_of(root: Path, day: date = TODAY) -> Scores:
    found = evaluate(DiskTree(root), as_of=day, today=day)
    assert found.scores is not None, found.problems
    return found.scores


def company(quarters: Mapping[str, int], **more: str) -> dict[str, str]:
    """Closed cycles by their folder and the company's grade in hundredths."""
    files = {"okr.yml": OKR}
    for cycle, value in quarters.items():
        files |= {f"{cycle}/cycle.yml": CLOSED, f"{cycle}/company.yml": okrs(value)}
    return files | {name.replace("__", "/") + ".yml": text for name, text in more.items()}


def rows(text: str, css: str) -> list[list[str]]:
    """The cells of the tables of a class, without heads; links and tags reduced to their words."""
    found: list[list[str]] = []
    box = rf'(?s)<div class="okr-table (?:okr-sortable )?{css}"[^>]*>(.*?)</div>'
    for block in re.findall(box, text):
        lines = [line for line in block.splitlines() if line.startswith("|")]
        plain = [re.sub(r"\[(.*?)\]\(.*?\)|<small>.*?</small>|<.*?>|\*", r"\1", r) for r in lines]
        found.extend([cell.strip() for cell in row[1:-1].split("|")] for row in plain[2:])
    return found


# ------------------------------------------------------------------- counts


def test_objectives_at_their_aim_are_counted_by_the_aim_of_their_type(
    a_repository: Repository,
) -> None:
    files = company({"2025-Q1": 70})
    text = files["2025-Q1/company.yml"]
    for name, value, kind in (
        ("b", 69, "aspirational"),
        ("c", 99, "committed"),
        ("d", 100, "committed"),
    ):
        text += okrs(value, kind=kind).split("objectives:\n")[1].replace("grow", name)
    text += "  - {id: none, title: None}\n"
    text += "  - {id: gone, title: Gone, dropped: {date: 2025-02-01, reason: Late}}\n"
    scores = scores_of(a_repository({**files, "2025-Q1/company.yml": text}))
    counts = cycle_counts(scores.cycles[0], aim_grades(scores.workspace.policy), TODAY)
    assert (counts.at_aim, counts.graded, counts.per_cent) == (2, 4, 50)


def test_an_aim_with_three_decimals_is_reached_by_the_next_published_grade(
    a_repository: Repository,
) -> None:
    files = {"okr.yml": f"{OKR}grading: {{aims: {{aspirational: 0.705}}}}\n"}
    aims = aim_grades(scores_of(a_repository(files)).workspace.policy)
    assert [str(aim) for aim in aims.values()] == ["0.71", "1.00", "1.00"]


def test_target_changes_carried_over_and_dropped_key_results_are_counted_up_to_the_day(
    a_repository: Repository,
) -> None:
    more = (
        ", target_changes: [{date: 2025-01-20, from: 50 deals}, {date: 2025-03-20, from: 70 deals}]"
        ", carried_over_from: 2024-Q4:company/grow#a"
        ", dropped: {date: 2025-03-25, reason: Enough}"
    )
    files = company({"2024-Q4": 50}, **{"2025-Q1__company": okrs(40, more)})
    root = a_repository(files)

    def on(day: date) -> CycleCounts:
        scores = scores_of(root, day)
        return cycle_counts(scores.cycles[-1], aim_grades(scores.workspace.policy), day)

    assert on(date(2025, 2, 1))[2:] == (1, 1, 0)
    assert on(TODAY)[2:] == (2, 1, 1)


def test_the_key_results_of_an_objective_that_was_carried_over_count_too(
    a_repository: Repository,
) -> None:
    text = okrs(40).replace("title: Grow\n", "title: Grow\n    carried_over_from: 2024-Q4:grow\n")
    scores = scores_of(a_repository(company({"2024-Q4": 50}, **{"2025-Q1__company": text})))
    aims = aim_grades(scores.workspace.policy)
    assert [cycle_counts(cycle, aims, TODAY).carried_over for cycle in scores.cycles] == [0, 1]


@pytest.mark.parametrize(
    ("at_aim", "graded", "shown"), [(1, 3, 33), (2, 3, 67), (1, 8, 13), (0, 4, 0), (0, 0, None)]
)
def test_a_share_is_rounded_half_up(at_aim: int, graded: int, shown: int | None) -> None:
    assert CycleCounts(at_aim, graded, 0, 0, 0).per_cent == shown


@pytest.mark.parametrize(
    ("start", "end", "kind"),
    [
        ("2025-01-01", "2025-03-31", CycleLength.QUARTERS),
        ("2025-01-06", "2025-04-11", CycleLength.QUARTERS),
        ("2025-02-01", "2025-02-28", CycleLength.MONTHS),
        ("2025-05-01", "2025-08-31", CycleLength.TRIMESTERS),
        ("2025-01-01", "2025-06-30", CycleLength.HALVES),
        ("2024-01-01", "2024-12-31", CycleLength.YEARS),
        ("2024-11-04", "2024-12-13", CycleLength.OTHERS),
    ],
)
def test_cycles_are_of_a_kind_by_their_length(start: str, end: str, kind: CycleLength) -> None:
    period = Period(date.fromisoformat(start), date.fromisoformat(end), "Some time")
    assert cycle_length(period) is kind
    assert cycle_length(None) is CycleLength.UNDATED


# ------------------------------------------------------------------- the archive


def test_open_cycles_come_first_then_drafts_then_what_is_past(a_repository: Repository) -> None:
    files = company(
        {"2024-Q4": 50, "2025-Q1": 80},
        **{"2025-Q2__company": okrs(30), "2025-Q2__care": okrs(10), "2025__company": okrs(20)},
        **{"later__cycle": "schema: 1\nundated: true\nstatus: draft\n"},
    )
    text = page_texts(scores_of(a_repository(files)))["cycles.md"]
    assert re.findall(r"(?m)^#+ .*$", text) == ["# Cycles", "## Open", "## Drafts", "## Past"]
    assert rows(text, "okr-cycles") == [
        ["Q2 2025", "Open", "0.20", "0.30", "2 of 2", "Company, Care &#124; &#60;i>"],
        ["2025", "Open", "0.20", "0.20", "1 of 1", "Company"],
        ["Later", "Draft", "–", "–", "0 of 0", ""],
    ]
    assert rows(text, "okr-past") == [
        ["Q1 2025", "Closed", "0.80", "0.80", "1 of 1 (100%)", "–", "–", "–"],
        ["Q4 2024", "Closed", "0.50", "0.50", "0 of 1 (0%)", "–", "–", "–"],
    ]


def test_trends_run_from_old_to_new_and_compare_only_cycles_of_a_kind(
    a_repository: Repository,
) -> None:
    quarters = {"2024-Q3": 40, "2024-Q4": 50, "2025-Q1": 80}
    files = company({**quarters, "2023": 60, "2024": 70}, **{"2025-Q2__company": okrs(10)})
    text = page_texts(scores_of(a_repository(files)))["cycles.md"]
    told = re.findall(r"<figcaption>(.*?)</figcaption>.*?<desc>(.*?)</desc>", text)
    assert len(told) == 6
    plain = [(caption, re.sub("&#37;", "%", words)) for caption, words in told]
    assert plain[0] == ("Grade of all teams", "Q3 2024: 0.40; Q4 2024: 0.50; Q1 2025: 0.80")
    assert plain[2] == ("Objectives at their aim", "Q3 2024: 0%; Q4 2024: 0%; Q1 2025: 100%")
    assert plain[3] == ("Grade of all teams", "2023: 0.60; 2024: 0.70")
    assert re.findall(r"(?m)^### (.*)$", text) == ["Quarters", "Years"]


def test_one_cycle_of_a_kind_makes_no_trend(a_repository: Repository) -> None:
    texts = page_texts(scores_of(a_repository(company({"2025-Q1": 80, "2024": 60}))))
    assert not re.findall(
        "<figure|<svg[^>]*okr-trend", texts["cycles.md"] + texts["teams/company.md"]
    )


def test_a_company_without_cycles_says_so(a_repository: Repository) -> None:
    assert (
        "There are no cycles yet."
        in page_texts(scores_of(a_repository({"okr.yml": OKR})))["cycles.md"]
    )


def test_many_teams_are_counted_instead_of_named(a_repository: Repository) -> None:
    files = {"okr.yml": "schema: 1\norganization: Acme\n"}
    files |= {f"2025-Q2/team-{n}.yml": okrs(n) for n in range(9)}
    text = page_texts(scores_of(a_repository(files)))["cycles.md"]
    assert rows(text, "okr-cycles")[0][-1] == "9 teams"


def test_a_team_page_draws_its_own_grades(a_repository: Repository) -> None:
    files = company({"2024-Q4": 50, "2025-Q1": 80}, **{"2025-Q2__company": okrs(10)})
    text = page_texts(scores_of(a_repository(files)))["teams/company.md"]
    assert "<desc>Q4 2024: 0.50; Q1 2025: 0.80</desc>" in text


# ------------------------------------------------------------------- where a cycle stands


def test_a_cycle_that_is_over_is_past_once_its_grades_are_due(a_repository: Repository) -> None:
    files = {"okr.yml": OKR, "2025-Q1/company.yml": okrs(10), "2025-Q2/company.yml": okrs(10)}
    root = a_repository(files)

    def on(*day: int) -> list[CyclePhase]:
        return list(phases_by_cycle(scores_of(root, date(*day))).values())

    assert on(2025, 3, 1) == [CyclePhase.OPEN, CyclePhase.OPEN]
    assert on(2025, 4, 5) == [CyclePhase.OPEN, CyclePhase.OPEN]
    assert on(2025, 4, 6) == [CyclePhase.OVER, CyclePhase.OPEN]
    assert on(2025, 12, 1) == [CyclePhase.OVER, CyclePhase.OPEN], "the current one stays in sight"


def closed_and_running() -> dict[str, str]:
    return company(
        {"2025-Q1": 80},
        **{"2025-Q1__care": okrs(30), "2025-Q2__company": okrs(10)},
    )


def test_each_page_of_a_closed_cycle_leads_to_the_same_place_in_the_current_one(
    a_repository: Repository,
) -> None:
    texts = page_texts(scores_of(a_repository(closed_and_running())))
    banner = "**Closed cycle.** These numbers are final. The current cycle: "
    led = {
        path: text.split(banner)[1].split("\n")[0] for path, text in texts.items() if banner in text
    }
    assert led == {
        "2025-Q1/index.md": "[Q2 2025](../2025-Q2/index.md)",
        "2025-Q1/document.md": "[Q2 2025](../2025-Q2/index.md)",
        "2025-Q1/company.md": "[Company – Q2 2025](../2025-Q2/company.md)",
        "2025-Q1/care.md": "[Q2 2025](../2025-Q2/index.md)",
    }


def test_where_the_closed_cycle_is_the_current_one_nothing_is_offered(
    a_repository: Repository,
) -> None:
    texts = page_texts(scores_of(a_repository(company({"2025-Q1": 80}))))
    assert "**Closed cycle.** These numbers are final.\n" in texts["2025-Q1/company.md"]


def test_before_its_last_day_a_cycle_is_not_marked_as_closed(a_repository: Repository) -> None:
    scores = scores_of(a_repository(closed_and_running()), date(2025, 2, 1))
    assert not [path for path, text in page_texts(scores).items() if "Closed cycle" in text]


def test_search_ranks_the_current_cycle_first_and_names_the_cycle_in_each_title(
    a_repository: Repository,
) -> None:
    files = closed_and_running() | {"2025/company.yml": okrs(20)}
    texts = page_texts(scores_of(a_repository(files)))
    found = {
        path: (re.search(r"boost: ([\d.]+)", text), re.search('title: "(.*)"', text))
        for path, text in texts.items()
    }
    rank = {path: Decimal(boost[1]) for path, (boost, _) in found.items() if boost}
    for page in ("index.md", "document.md", "company.md"):
        assert rank[f"2025-Q2/{page}"] > rank[f"2025/{page}"] > rank[f"2025-Q1/{page}"]
    for path, (_, title) in found.items():
        assert title, path
        if path.startswith("2025-Q1/"):
            assert "Q1 2025" in title[1], path
