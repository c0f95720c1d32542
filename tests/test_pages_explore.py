"""The page of key results: each open one once, with who answers for it, whatever people typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from okrdocs.load import load
from okrdocs.measure import measure_all
from okrdocs.pages.explore import METERS_UP_TO, Row, explore_page, filtered, open_cycles, rows
from okrdocs.render import render
from okrdocs.resolve import resolve
from okrdocs.score import score
from okrdocs.scores import Scores
from okrdocs.study import study
from okrdocs.tree import DiskTree, File

OKR = """\
schema: 1
organization: Example
teams: {company: {name: Company, lead: boss}, care: {name: "Care | Co", parent: company}}
people: {boss: {name: The Boss}, ann: {name: "Ann <b>"}, bob: {name: Bob}, cleo: {name: Cleo}}
"""
KR = "      - {{id: {0}, title: '{0}', target: 10, {1}}}\n"
HOSTILE = "a | b [c](d) <i> <img src=x onerror=alert(1)> `{{ e }}`"


def team_file(*key_results: str, more: str = "") -> str:
    head = f"schema: 1\nobjectives:\n  - id: grow\n    title: Grow\n{more}    key_results:\n"
    return head + "".join(key_results)


def scores_of(files: Mapping[str, str], day: str = "2025-02-10") -> Scores:
    texts = {"okr": OKR, **files}
    documents, problems = load(
        File(f"okrs/{name}.yml", text.encode()) for name, text in texts.items()
    )
    assert not problems
    workspace, _ = resolve(documents)
    assert workspace is not None
    measured, _ = measure_all(workspace)
    return score(workspace, measured, date.fromisoformat(day))


def rows_of(scores: Scores) -> list[Row]:
    return list(rows(open_cycles(scores), scores))


def cycles_of(scores: Scores) -> list[str]:
    return [each.cycle.id for each in open_cycles(scores)]


ONE = team_file(KR.format("one", ""))
STATUS = "schema: 1\nstatus: {}\n".format


def test_the_current_cycle_comes_first_and_closed_ones_and_drafts_stay_out() -> None:
    files = {f"{cycle}/company": ONE for cycle in ("2024-Q4", "2025-Q1", "2025-Q2", "2025")}
    files |= {"2024-Q4/cycle": STATUS("closed"), "2025-Q2/cycle": STATUS("draft")}
    assert cycles_of(scores_of(files)) == ["2025-Q1", "2025"]


def test_a_cycle_that_is_over_stays_until_it_is_closed() -> None:
    files = {"2024-Q4/company": ONE, "2025-Q1/company": ONE}
    assert cycles_of(scores_of(files)) == ["2025-Q1", "2024-Q4"]
    files["2024-Q4/cycle"] = STATUS("grading")
    assert cycles_of(scores_of(files)) == ["2025-Q1", "2024-Q4"]


@pytest.mark.parametrize("status", ["closed", "draft"])
def test_where_nothing_is_open_the_current_cycle_is_shown(status: str) -> None:
    files = {"2024-Q4/company": ONE, "2024-Q4/cycle": STATUS(status)}
    assert cycles_of(scores_of(files)) == ["2024-Q4"]


def test_without_a_cycle_the_page_says_so() -> None:
    page = explore_page(scores_of({}))
    assert "There are no key results yet." in render(page)


def test_who_answers_is_the_nearest_dri_or_owner_else_the_lead() -> None:
    objective = team_file(
        KR.format("own-dri", "owner: ann, dri: bob"),
        KR.format("own-owners", "owner: [ann, bob]"),
        KR.format("from-objective", ""),
        more="    dri: cleo\n    owner: boss\n",
    )
    files = {"2025-Q1/care": objective, "2025-Q1/company": ONE}
    owners = {
        row.key_result.split("--")[1].split(")")[0]: row.owner for row in rows_of(scores_of(files))
    }
    assert "Bob" in owners["own-dri"]
    assert "Ann" not in owners["own-dri"]
    assert [part.split("]")[0] for part in owners["own-owners"].split("<br>")] == [
        "[Ann &#60;b>", "[Bob",
    ]  # fmt: skip
    assert "Cleo" in owners["from-objective"]
    assert "The Boss" in owners["one"]


def test_a_row_says_what_its_team_s_page_says() -> None:
    given = "baseline: 0, priority: P2, check_ins: [{date: 2025-02-03, value: 4}]"
    (row,) = rows_of(scores_of({"2025-Q1/company": team_file(KR.format("one", given))}))
    assert row.key_result == "[one](2025-Q1/company.md#grow--one)<br><small>Grow</small>"
    assert row.team == "[Company](2025-Q1/company.md)"
    assert row.grade.startswith("0.40<progress")
    assert (row.value, row.checked, row.type) == ("4 → 10", "2025-02-03", "Aspirational")
    assert (row.priority, row.cycle) == ("P2", "Q1 2025")
    assert "On track" in row.status


def test_what_isn_t_known_is_a_dash_and_the_objective_s_priority_is_inherited() -> None:
    files = {
        "2025-Q1/company": ONE,
        "2025-Q1/care": team_file(KR.format("two", ""), more="    priority: P1\n"),
    }
    first, second = rows_of(scores_of(files))
    assert (first.grade, first.value, first.checked, first.priority) == ("–", "– → 10", "–", "–")
    assert second.priority == "P1"


def test_the_cycle_is_a_column_only_where_there_are_several() -> None:
    one = render(explore_page(scores_of({"2025-Q1/company": ONE})))
    two = render(explore_page(scores_of({"2025-Q1/company": ONE, "2025/company": ONE})))
    assert "| Priority |\n|---|" in one
    assert 'data-filter="team owner status type priority"' in one
    assert "| Priority | Cycle |\n|---|" in two
    assert 'data-filter="cycle team owner status type priority"' in two


def test_hostile_texts_stay_text_and_never_part_a_row() -> None:
    given = f'title: "{HOSTILE}", target: "{HOSTILE}", priority: "{HOSTILE[:18]}"'
    told = f"      - {{id: one, {given}}}\n"
    okr = OKR.replace("name: Company", f'name: "{HOSTILE}"').replace("The Boss", f'"{HOSTILE}"')
    scores = scores_of({"okr": okr, "2025-Q1/company": team_file(told)})
    (row,) = [line for line in render(explore_page(scores)).splitlines() if "#grow--one" in line]
    assert row.count(" | ") == 8
    assert "<img" not in row
    assert "{{" not in row
    assert "[c](d)" not in row


@pytest.mark.parametrize(
    ("column", "key", "query"),
    [
        ("status", "At risk", "status=at-risk"),
        ("team", "care", "team=care"),
        ("cycle", "Q1/2025 – Ü", "cycle=q1-2025-u"),
        ("status", "達成", "status=%E9%81%94%E6%88%90"),
        ("status", "&x=<y>", "status=x-y"),
    ],
)
def test_a_filter_can_be_linked_to(column: str, key: str, query: str) -> None:
    assert filtered(column, key) == f"key-results.md?{query}"


def test_with_very_many_rows_the_bars_are_left_out() -> None:
    given = "check_ins: [{date: 2025-02-03, value: 4}]"
    many = [KR.format(f"kr-{n}", given) for n in range(METERS_UP_TO + 1)]
    assert "<progress" in rows_of(scores_of({"2025-Q1/company": team_file(*many[:-1])}))[0].grade
    assert rows_of(scores_of({"2025-Q1/company": team_file(*many)}))[0].grade == "0.40"


@pytest.mark.demonstration
def test_every_open_key_result_stands_on_the_page_once() -> None:
    found = study(DiskTree(Path(__file__).parents[1]), as_of=None, today=date(2025, 5, 16))
    assert found.scores is not None
    wanted = [
        f"{kr.entry.ref.cycle}/{kr.entry.ref.team}.md#{kr.entry.ref.anchor}"
        for cycle in open_cycles(found.scores)
        for kr in cycle.key_results()
    ]
    listed = [row.key_result.split("](")[1].split(")")[0] for row in rows_of(found.scores)]
    assert listed == wanted
    assert len(set(listed)) == len(listed) > 30
