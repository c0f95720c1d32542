"""What pages say of the history: the page of changes, the cycle's history, a number's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from okrdocs.diff import ChangeKind, Importance, OkrChange
from okrdocs.grading.results import Scores
from okrdocs.history.events import History, HistoryStep, PointKind, Series, ValuePoint
from okrdocs.pipeline.build import page_texts
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.pipeline.freshness import read_inputs
from okrdocs.workspace.workspace import ResolvedRef

Repository = Callable[[Mapping[str, str]], Path]
KR = ResolvedRef("2025-Q1", "product", "trust", "audits")
COMPANY = "schema: 1\norganization: Acme\nas_of: 2025-02-12\nteams: {product: {name: Product}}\n"
TEAM = """\
schema: 1
objectives:
  - id: trust
    title: Enterprises trust us
    key_results:
      - {id: audits, title: Audits passed, baseline: 0 audits, target: 4 audits}
"""
CYCLE = """\
schema: 1
changes:
  - {date: 2025-01-06, author: Ada Byron, change: Agreed with **everyone**}
"""


@pytest.fixture
def scores(a_repository: Repository) -> Scores:
    files = {"okr.yml": COMPANY, "2025-Q1/product.yml": TEAM, "2025-Q1/cycle.yml": CYCLE}
    found = evaluate(read_inputs(a_repository(files)), as_of=None, today=date(2025, 2, 12)).scores
    assert found is not None
    return found


def change(
    sentence: str, importance: Importance = Importance.GOALPOSTS, ref: ResolvedRef | None = KR
) -> OkrChange:
    return OkrChange(
        ChangeKind.TARGET,
        importance,
        ref,
        "KR1",
        "target",
        "5",
        "4",
        "",
        sentence,
        "",
        0,
        "2025-Q1",
    )


def step(
    day: date, *changes: OkrChange, page: str | None = None, author: str = "Ben Ode"
) -> HistoryStep:
    return HistoryStep("0123456789abcdef", author, day, "A subject", page, changes)


def history(*steps: HistoryStep, **more: object) -> History:
    return History(steps=steps, **more)  # type: ignore[arg-type]  # as the test says


LOWERED = change("lowered the target of Product KR1 “Audits passed” from 5 audits to 4 audits")


def test_changes_of_the_last_seven_days_come_first(scores: Scores) -> None:
    told = history(step(date(2025, 1, 20), LOWERED), step(date(2025, 2, 10), LOWERED))
    page = page_texts(scores, told)["changes.md"]
    week, earlier = page.split("## Before that")
    assert "**2025-02-10** · Ben Ode" in week
    assert "**2025-01-20** · Ben Ode" in earlier
    assert "- Lowered the target of Product KR1" in week


def test_what_waited_for_its_merge_counts_from_the_merge_on(scores: Scores) -> None:
    waited = step(date(2025, 1, 20), LOWERED)._replace(landed=date(2025, 2, 10))
    texts = page_texts(scores, history(waited))
    week, _, earlier = texts["changes.md"].partition("## Before that")
    assert "**2025-02-10** · Ben Ode, who wrote it on 2025-01-20" in week
    assert not earlier
    assert "- Lowered the target" in texts["index.md"]
    assert "| 2025-02-10 | Ben Ode |" in texts["2025-Q1/index.md"]
    tomorrow = waited._replace(landed=date(2025, 2, 13))
    assert "changes.md" not in page_texts(scores, history(tomorrow))


def test_a_long_step_folds_what_follows_its_weightiest_changes(scores: Scores) -> None:
    ins = [
        change(f"added check-in {number}", Importance.PROGRESS)._replace(
            kind=ChangeKind.CHECK_IN_ADDED
        )
        for number in range(20)
    ]
    page = page_texts(scores, history(step(date(2025, 2, 10), LOWERED, *ins)))["changes.md"]
    shown, folded = page.split("<summary>9 more check-ins</summary>")
    assert shown.index("- Lowered the target") < shown.index("- Added check-in 10")
    assert folded.count("- Added check-in") == 9
    words = change("mended a word", Importance.WORDS)
    page = page_texts(scores, history(step(date(2025, 2, 10), LOWERED, *ins, words)))["changes.md"]
    assert "<summary>10 more changes, 9 of them check-ins</summary>" in page


def test_one_more_change_is_not_worth_a_fold(scores: Scores) -> None:
    many = [change(f"lowered target {number}") for number in range(13)]
    page = page_texts(scores, history(step(date(2025, 2, 10), *many)))["changes.md"]
    assert "<details" not in page
    assert "- Lowered target 12" in page


def test_a_change_leads_to_its_place_and_its_commit(scores: Scores) -> None:
    told = history(step(date(2025, 2, 10), LOWERED, page="https://example.com/c/0123456789abcdef"))
    page = page_texts(scores, told)["changes.md"]
    assert "([see it](2025-Q1/product.md#trust--audits))" in page
    assert "[01234567](https://example.com/c/0123456789abcdef)" in page


def test_what_is_gone_leads_nowhere(scores: Scores) -> None:
    gone = change("removed “Old” from Product", ref=ResolvedRef("2025-Q1", "product", "old"))
    page = page_texts(scores, history(step(date(2025, 2, 10), gone)))["changes.md"]
    assert "- Removed “Old” from Product\n" in page


def test_a_later_day_does_not_exist_yet(scores: Scores) -> None:
    assert "changes.md" not in page_texts(scores, history(step(date(2025, 2, 13), LOWERED)))


def test_without_git_there_is_no_such_page_and_nothing_links_to_it(scores: Scores) -> None:
    texts = page_texts(scores)
    assert "changes.md" not in texts
    assert "changes.md" not in texts["index.md"]
    assert "Agreed with **everyone**" in texts["2025-Q1/index.md"]


def test_the_home_page_leads_to_it(scores: Scores) -> None:
    texts = page_texts(scores, history(step(date(2025, 2, 10), LOWERED)))
    assert "(changes.md)" in texts["index.md"]


def test_the_home_page_tells_what_moved_the_goalposts_this_week(scores: Scores) -> None:
    words = change("mended a word", Importance.WORDS)
    told = history(step(date(2025, 2, 5), LOWERED), step(date(2025, 2, 10), words))
    assert "that moved" not in page_texts(scores, told)["index.md"]
    told = history(step(date(2025, 2, 10), LOWERED, words))
    (line,) = (
        text for text in page_texts(scores, told)["index.md"].split("\n") if "- Lowered" in text
    )
    assert "from 5 audits to 4 audits" in line
    assert "<small>Ben Ode</small>" in line


def test_a_shallow_clone_and_unreadable_revisions_are_told(scores: Scores) -> None:
    told = history(
        step(date(2025, 2, 10), LOWERED), shallow=True, skipped=2, since=date(2025, 2, 1)
    )
    page = page_texts(scores, told)["changes.md"]
    assert "what was before 2025-02-01 isn't told" in page
    assert "2 revisions couldn't be read" in page


def test_the_document_merges_what_was_written_with_what_git_knows(scores: Scores) -> None:
    words = change("changed `why` of Product", Importance.WORDS)
    text = page_texts(scores, history(step(date(2025, 2, 10), LOWERED, words)))["2025-Q1/index.md"]
    section = text.split("## Change history")[1]
    assert section.index("| 2025-01-06 | Ada Byron | Agreed with **everyone** |") < section.index(
        "| 2025-02-10 | Ben Ode | Lowered the target of Product KR1"
    )
    assert "changed `why`" not in section.casefold()


def test_a_day_of_many_changes_leads_on_to_all_of_them(scores: Scores) -> None:
    many = [change(f"lowered target {number}") for number in range(40)]
    text = page_texts(scores, history(step(date(2025, 2, 10), *many)))["2025-Q1/index.md"]
    (row,) = (line for line in text.split("\n") if line.startswith("| 2025-02-10 | Ben Ode |"))
    assert row.count("Lowered target") == 12
    assert "<br>[and 29 more](../changes.md) |" in row


def test_a_number_tells_its_own_history_with_marks(scores: Scores) -> None:
    points = (
        ValuePoint(date(2025, 1, 6), "Ada", "a" * 40, "0 audits", "5 audits", "", PointKind.START),
        ValuePoint(
            date(2025, 2, 1), "Ben", "b" * 40, "0 audits", "4 audits", "", PointKind.SILENT_TARGET
        ),
        ValuePoint(
            date(2025, 2, 10), "Ben", "c" * 40, "0 audits", "4 audits", "2 audits",
            PointKind.BACK_DATED, date(2025, 1, 20),
        ),
    )  # fmt: skip
    told = history(series={KR: Series(KR, points)})
    page = page_texts(scores, told)["2025-Q1/product.md"]
    assert "2025-01-06 – Ada, start: baseline 0 audits, target 5 audits (aaaaaaaa)" in page
    assert (
        "2025-02-01 – Ben, **target changed without an entry**: target from 5 audits to 4 audits"
        in page
    )
    assert "2025-02-10 – Ben, **back-dated check-in**: 2 audits for 2025-01-20 (cccccccc)" in page


def test_names_and_sentences_stay_text(scores: Scores) -> None:
    hostile = change("lowered <script>alert(1)</script> | `x` [y](javascript:z) {{ 7*7 }}")
    told = history(step(date(2025, 2, 10), hostile, author="<b>Eve</b> | [x](y)"))
    for path in ("changes.md", "2025-Q1/index.md"):
        page = page_texts(scores, told)[path]
        assert "<script" not in page
        assert "<b>" not in page
        assert "[y](" not in page
        assert "{{" not in page


def test_moved_goalposts_stand_before_commitments_and_the_rest_is_folded(scores: Scores) -> None:
    decided = [change(f"decided to go on with part {n}", Importance.COMMITMENT) for n in range(6)]
    newest = step(date(2025, 2, 11), *decided)
    page = page_texts(scores, history(step(date(2025, 2, 10), LOWERED), newest))["index.md"]
    shown, _, folded = page.partition("<summary>2 more</summary>")
    assert shown.index("- Lowered") < shown.index("- Decided to go on with part 0")
    assert "part 4" not in shown
    assert "part 4" in folded
    assert "part 5" in folded
