"""What the picture of each kind of key result shows, and what stands at its number."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from git_repository import Repository
from okrdocs.drawing.progress import fence
from okrdocs.drawing.progress.fence_text import Held, Mark, Progress, progress_of, text_of
from okrdocs.history.events import History
from okrdocs.history.store import read_history_of_folder
from okrdocs.pipeline.build import page_texts
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.source.disk import DiskTree
from okrdocs.source.git.repository import find_repository
from okrdocs.source.git.web_links import FileLinks, RepositoryPage

AS_OF = date(2025, 2, 10)
FENCE = re.compile(r"^```progress\n(.*?)\n```$", re.DOTALL | re.MULTILINE)
Pictured = Callable[..., Progress | None]


@pytest.fixture
def page(a_repository: Callable[[Mapping[str, str]], Path]) -> Callable[..., str]:
    """The company's page with one key result, which is given as fields of YAML."""

    def made(
        *fields: str,
        objective: str = "type: committed",
        cycle: str = "2025-Q1",
        history: History | None = None,
        as_of: date = AS_OF,
    ) -> str:
        head = "" if cycle[:1].isdigit() else "undated: true"
        lines = "\n".join(f"        {line}" for line in fields)
        root = a_repository(
            {
                "okr.yml": "schema: 1\norganization: Acme\nteams: {company: {name: Acme}}\n",
                f"{cycle}/cycle.yml": f"schema: 1\n{head}\n",
                f"{cycle}/company.yml": (
                    f"schema: 1\nobjectives:\n  - id: growth\n    title: Grow\n    {objective}\n"
                    f"    key_results:\n      - id: sales\n        title: Sell\n{lines}\n"
                ),
            }
        )
        found = evaluate(DiskTree(root), as_of=as_of, today=as_of)
        assert found.scores is not None, [str(p) for p in found.problems]
        return page_texts(found.scores, history or History())[f"{cycle}/company.md"]

    return made


@pytest.fixture
def pictured(page: Callable[..., str]) -> Pictured:
    def of(*fields: str, **more: Any) -> Progress | None:
        text = FENCE.search(page(*fields, **more))
        return progress_of(text[1]) if text else None

    return of


def check_ins(*values: str) -> str:
    """Values from the 13th of January on, a week apart."""
    days = [f"2025-01-{day}" for day in (13, 20, 27)]
    listed = [f"{{date: {day}, value: {value}}}" for day, value in zip(days, values, strict=False)]
    return f"check_ins: [{', '.join(listed)}]"


def test_an_amount_has_its_baseline_values_target_pace_and_forecast(pictured: Pictured) -> None:
    shown = pictured("baseline: 10%", "target: 100%", check_ins("20%", "40%"))
    assert shown is not None
    assert shown.title == "KR1 Sell"
    assert (shown.start, shown.end, shown.today) == (date(2025, 1, 1), date(2025, 3, 31), AS_OF)
    assert (shown.baseline, shown.target) == (Mark("10%", 10), Mark("100%", 100))
    assert shown.values[-1] == (date(2025, 1, 20), Mark("40%", 40))
    assert shown.course == ((date(2025, 1, 1), 11.0), (date(2025, 3, 31), 100.0))
    assert shown.forecast is not None
    assert shown.forecast.text == "grade 1.00"


def test_a_value_worse_than_the_baseline_is_not_drawn_as_if_it_would_recover(
    pictured: Pictured,
) -> None:
    shown = pictured("baseline: 10%", "target: 100%", check_ins("20%", "4%"))
    assert shown is not None
    assert shown.forecast is None


def test_the_pace_is_that_of_the_aim(pictured: Pictured) -> None:
    fields = ("baseline: 0", "target: 100", check_ins("20"))
    aspirational, learning = (
        pictured(*fields, objective=f"type: {each}") for each in ("aspirational", "learning")
    )
    assert aspirational is not None
    assert learning is not None
    assert aspirational.course[-1] == (date(2025, 3, 31), 70.0)
    assert learning.course == ()


def test_amounts_are_drawn_in_the_unit_of_the_target(pictured: Pictured) -> None:
    shown = pictured("baseline: 4 hours", "target: 15 min", check_ins("1h 20min"))
    assert shown is not None
    assert shown.target == Mark("15 min", 15)
    assert shown.baseline == Mark("4 hours", 240)
    assert shown.values[0][1] == Mark("1h 20min", 80)


def test_a_running_total_begins_at_zero(pictured: Pictured) -> None:
    shown = pictured("baseline: none yet", "target: 8 deals", check_ins("2 deals"))
    assert shown is not None
    assert shown.baseline == Mark("0", 0)


@pytest.mark.parametrize(
    ("target", "held"),
    [
        ("≥99.9%", Held("≥99.9%", 99.9, None)),
        ("≤5%", Held("≤5%", None, 5)),
        ("4…6%", Held("4…6%", 4, 6)),
    ],
)
def test_a_keep_target_is_a_band_without_pace_or_forecast(
    pictured: Pictured, target: str, held: Held
) -> None:
    shown = pictured(f'target: "{target}"', check_ins("5%", "5.5%"))
    assert shown is not None
    assert (shown.held, shown.target) == (held, None)
    assert (shown.course, shown.forecast) == ((), None)


def test_levels_stand_beside_the_target(pictured: Pictured) -> None:
    levels = "levels: {commit: 50, target: 70, stretch: 100}"
    shown = pictured("baseline: 20", levels, check_ins("40"), objective="type: aspirational")
    assert shown is not None
    assert shown.target == Mark("70", 70)
    assert shown.levels == (Mark("50", 50), Mark("100", 100))
    assert shown.course[-1] == (date(2025, 3, 31), 70.0)


def test_a_plan_takes_the_place_of_the_pace(pictured: Pictured) -> None:
    plan = "plan: [{date: 2025-02-15, value: 10}, {date: 2025-03-31, value: 100}]"
    shown = pictured("baseline: 0", "target: 100", plan, check_ins("5"))
    assert shown is not None
    assert shown.planned
    assert shown.course == ((date(2025, 2, 15), 10.0), (date(2025, 3, 31), 100.0))


def test_only_a_change_of_the_target_that_has_come_is_shown(pictured: Pictured) -> None:
    def former(day: str) -> tuple[tuple[date, Mark], ...]:
        change = f"target_changes: [{{date: {day}, from: 80, reason: Two left}}]"
        shown = pictured("baseline: 0", "target: 60", change, check_ins("5", "9"))
        assert shown is not None
        return shown.former

    assert former("2025-02-03") == ((date(2025, 2, 3), Mark("80", 80)),)
    assert former("2025-03-03") == ()


STAGES = "stages: [{stage: Idea, mark: 0}, {stage: In use (all), mark: 1}, {stage: Half, mark: .5}]"


def test_what_is_judged_is_to_reach_the_full_mark(page: Callable[..., str]) -> None:
    judged = ("measure: judged", "check_ins: [{date: 2025-01-20, grade: 0.5, note: Half}]")
    assert "\nTarget: mark 1\n" in page(*judged)
    assert "\nTarget: In full (1)\n" in page(*judged, "target: In full")


def test_a_relative_target_is_drawn_as_the_amount_that_it_makes(page: Callable[..., str]) -> None:
    assert "\nTarget: 9\n" in page("baseline: 12", "change: -25%", check_ins("11"))
    assert "\nTarget: 4\n" in page("baseline: 12", "change: -8", check_ins("11"))


def test_stages_are_marks_from_0_to_1(pictured: Pictured) -> None:
    shown = pictured(STAGES, check_ins("Idea", "Half"))
    assert shown is not None
    assert shown.stepwise
    assert [mark for _, mark in shown.values] == [Mark("Idea", 0), Mark("Half", 0.5)]
    assert shown.course == ()


def test_milestones_are_expected_evenly(pictured: Pictured) -> None:
    done = "milestones: [{title: A, done: 2025-01-15}, {title: B, weight: 3}]"
    shown = pictured(done)
    assert shown is not None
    assert shown.stepwise
    assert shown.values == ((date(2025, 1, 15), Mark("1 of 2", 0.25)),)
    assert shown.course[-1] == (date(2025, 3, 31), 1.0)


def test_milestones_show_the_weights_that_their_grade_is_made_of(page: Callable[..., str]) -> None:
    text = page(
        "milestones: [{title: A, weight: 2, done: 2025-01-15}, {title: B, weight: 4}, {title: C}]"
    )
    assert "☑ A (weight 2, done 2025-01-15)<" in text
    assert "☐ B (weight 4, open)<" in text
    assert "☐ C (open)<" in text
    assert "progress = weights done / all weights = 2/7 = 0.2857…" in text


def test_what_is_only_done_or_not_has_no_picture_but_a_share_has(pictured: Pictured) -> None:
    assert pictured("target: done", check_ins("not done", "done")) is None
    assert pictured("target: done", check_ins("not done", "75%")) is not None


def test_without_a_value_there_is_no_picture_and_no_sparkline(page: Callable[..., str]) -> None:
    text = page("baseline: 0", "target: 100")
    assert "```progress" not in text
    assert "Progress over time" not in text
    assert "okr-spark" not in text


def test_the_picture_ends_with_the_due_day_and_marks_a_drop(pictured: Pictured) -> None:
    dropped = "dropped: {date: 2025-01-24, reason: Moved on}"
    shown = pictured("baseline: 0", "target: 9", "due: 2025-02-28", dropped, check_ins(*"123"))
    assert shown is not None
    assert shown.end == date(2025, 2, 28)
    assert shown.dropped == date(2025, 1, 24)
    assert len(shown.values) == 2
    assert shown.forecast is None


def test_a_dropped_objective_drops_the_pictures_of_its_key_results(pictured: Pictured) -> None:
    dropped = "dropped: {date: 2025-01-24, reason: Moved on}"
    shown = pictured("baseline: 0", "target: 9", check_ins(*"123"), objective=dropped)
    assert shown is not None
    assert shown.dropped == date(2025, 1, 24)


def test_a_cycle_without_dates_runs_from_the_first_value_to_the_last(pictured: Pictured) -> None:
    fields = ("baseline: 0", "target: 9")
    assert pictured(*fields, check_ins("1"), cycle="backlog") is None
    shown = pictured(*fields, check_ins("1", "2"), cycle="backlog")
    assert shown is not None
    assert (shown.start, shown.end) == (date(2025, 1, 13), date(2025, 1, 20))
    assert shown.course == ()


def test_the_largest_amount_that_can_be_written_still_makes_a_picture(pictured: Pictured) -> None:
    shown = pictured("baseline: -1", f"target: {'9' * 190}M", check_ins("1", "2"))
    assert shown is not None
    assert fence(text_of(shown), "progress", "progress").startswith("<figure")


# ------------------------------------------------------------------- at the number


def test_the_grade_unfolds_to_its_formula_with_the_values_put_in(page: Callable[..., str]) -> None:
    text = page("baseline: 10%", "target: 100%", check_ins("20%", "40%"))
    row = next(line for line in text.split("\n") if line.startswith("| <a id="))
    fold = re.search(r"<details.*</details>", row)
    assert fold
    assert fold[0].startswith(
        '<details class="okr-why" name="why"><summary title="How this grade comes about">**0.33**'
    )
    items = re.findall("<li>(.*?)</li>", fold[0])
    assert items[0] == "value 40% on 2025-01-20"
    assert "progress = (40% − 10%) / (100% − 10%) = 0.3333…" in items
    assert "expected = 1 × 20/90 = 0.22" in items


def test_the_grades_of_objective_and_team_unfold_too(page: Callable[..., str]) -> None:
    text = page("baseline: 0", "target: 100", check_ins("50"))
    assert text.count('<details class="okr-why"') == 3
    assert "\n- mean of key results = " in text
    assert "\n- mean of objectives = " in text


def test_two_values_make_a_sparkline_and_one_makes_none(page: Callable[..., str]) -> None:
    fields = ("baseline: 0", "target: 100")
    assert page(*fields, check_ins("10", "50")).count('class="okr-spark"') == 1
    assert "okr-spark" not in page(*fields, check_ins("10"))


def test_the_yaml_of_each_objective_and_key_result_is_one_click_away(
    page: Callable[..., str],
) -> None:
    fields = ("baseline: 0", "target: 100", check_ins("50"))
    files = FileLinks(RepositoryPage("https://github.com/acme/okrs", "commit"), "sub/", "HEAD")
    text = page(*fields, history=History(files=files))
    place = "https://github.com/acme/okrs/blob/HEAD/sub/okrs/2025-Q1/company.yml"
    assert f"[company.yml, line 3]({place}#L3)" in text
    assert f'Sell <small class="okr-yaml">[YAML]({place}#L7)</small>' in text
    assert '<a id="growth--sales" href="#growth--sales">KR1</a>' in text
    assert "YAML](" not in page(*fields)


@pytest.mark.parametrize(
    ("remote", "follows"), [("git@github.com:acme/okrs.git", True), ("codeberg.org:a/b", False)]
)
def test_the_links_lead_to_the_newest_commit_and_below_the_folder_of_the_okrs(
    tmp_path: Path, remote: str, follows: bool
) -> None:
    repo = Repository(tmp_path / "company")
    repo.write("sub/okrs/okr.yml", "schema: 1\norganization: Acme\nteams: {company: {name: A}}\n")
    repo.write("sub/okrs/2025-Q1/company.yml", "schema: 1\nobjectives: [{id: a, title: Grow}]\n")
    repo.commit()
    root = tmp_path / "company" / "sub"
    assert read_history_of_folder(root, find_repository(root)).files is None
    repo.git("remote", "add", "origin", remote)
    files = read_history_of_folder(root, find_repository(root)).files
    assert files is not None
    assert (files.prefix, files.revision) == ("sub/", "HEAD" if follows else repo.id())
    told = read_history_of_folder(root, find_repository(root), repo.id()).files
    assert told is not None
    assert told.revision == repo.id()
