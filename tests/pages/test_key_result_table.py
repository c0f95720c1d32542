"""The page of key results: each open one once, with who answers for it, whatever people typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from okr_states import files_from, read_state
from okrdocs.grading.results import Scores
from okrdocs.pages.key_result_table import (
    MOST_ROWS_IN_A_PART,
    KeyResultTableRow,
    filtered_table_url,
    key_result_table_pages,
    key_result_table_rows,
    open_cycles,
    split_table,
)
from okrdocs.pages.render import render_page
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.source.disk import DiskTree

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
    texts = {f"okrs/{name}.yml": text for name, text in {"okr": OKR, **files}.items()}
    state = read_state(files_from(texts))
    assert state.misshapen == ()
    return state.scores(date.fromisoformat(day))


def rows_of(scores: Scores) -> list[KeyResultTableRow]:
    return list(key_result_table_rows(open_cycles(scores), scores))


def page_of(scores: Scores) -> str:
    """The one page of a company that isn't large."""
    (page,) = key_result_table_pages(scores)
    return render_page(page)


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
    (page,) = key_result_table_pages(scores_of({}))
    assert "There are no key results yet." in render_page(page)


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
    one = page_of(scores_of({"2025-Q1/company": ONE}))
    two = page_of(scores_of({"2025-Q1/company": ONE, "2025/company": ONE}))
    assert "| Priority |\n|---|" in one
    assert 'data-filter="team owner status type priority"' in one
    assert "| Priority | Cycle |\n|---|" in two
    assert 'data-filter="cycle team owner status type priority"' in two


def test_hostile_texts_stay_text_and_never_part_a_row() -> None:
    given = f'title: "{HOSTILE}", target: "{HOSTILE}", priority: "{HOSTILE[:18]}"'
    told = f"      - {{id: one, {given}}}\n"
    okr = OKR.replace("name: Company", f'name: "{HOSTILE}"').replace("The Boss", f'"{HOSTILE}"')
    scores = scores_of({"okr": okr, "2025-Q1/company": team_file(told)})
    (row,) = [line for line in page_of(scores).splitlines() if "#grow--one" in line]
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
    assert filtered_table_url(column, key) == f"key-results.md?{query}"


def many(count: int) -> str:
    return team_file(*(KR.format(f"kr-{n}", "") for n in range(count)))


def test_the_table_of_a_large_company_is_parted_between_its_teams() -> None:
    half = MOST_ROWS_IN_A_PART // 2
    scores = scores_of({"2025-Q1/company": many(half), "2025-Q1/care": many(half + 1)})
    first, second = key_result_table_pages(scores)
    assert (first.path, second.path) == ("key-results.md", "key-results-2.md")
    one, two = render_page(first), render_page(second)
    assert (one.count("company.md#grow"), one.count("care.md#grow")) == (half, 0)
    assert (two.count("company.md#grow"), two.count("care.md#grow")) == (0, half + 1)
    assert "**Company** · [Care &#124; Co](key-results-2.md)" in one
    assert "[Company](key-results.md) · **Care &#124; Co**" in two
    assert 'data-parted=""' in one
    assert "data-parted" not in two


def test_a_table_that_fits_on_one_page_has_no_parts() -> None:
    scores = scores_of({"2025-Q1/company": many(MOST_ROWS_IN_A_PART)})
    assert "okr-parts" not in page_of(scores)
    assert "data-parted" not in page_of(scores)


def test_a_team_that_fits_on_no_page_is_parted_and_no_row_is_lost() -> None:
    scores = scores_of({"2025-Q1/company": many(2 * MOST_ROWS_IN_A_PART + 1)})
    found = split_table(open_cycles(scores), scores)
    assert [len(part.rows) for part in found] == [MOST_ROWS_IN_A_PART, MOST_ROWS_IN_A_PART, 1]
    assert [row for part in found for row in part.rows] == rows_of(scores)


def test_parts_of_several_cycles_say_which() -> None:
    most = many(MOST_ROWS_IN_A_PART - 1)
    scores = scores_of({"2025-Q1/company": most, "2025/company": ONE, "2025/care": ONE})
    assert [part.name for part in split_table(open_cycles(scores), scores)] == [
        "Company, Q1 2025 – Company, 2025",
        "Care | Co",
    ]


@pytest.mark.demonstration
def test_every_open_key_result_stands_on_the_page_once() -> None:
    found = evaluate(DiskTree(Path(__file__).parents[2]), as_of=None, today=date(2025, 5, 16))
    assert found.scores is not None
    wanted = [
        f"{kr.entry.ref.cycle}/{kr.entry.ref.team}.md#{kr.entry.ref.anchor}"
        for cycle in open_cycles(found.scores)
        for kr in cycle.key_results()
    ]
    listed = [row.key_result.split("](")[1].split(")")[0] for row in rows_of(found.scores)]
    assert listed == wanted
    assert len(set(listed)) == len(listed) > 30
