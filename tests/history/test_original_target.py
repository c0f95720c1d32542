"""The grade against what was set at the start, beside the one against what stands there now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from okrdocs.grading.results import Scores
from okrdocs.history.events import History, PointKind, Series, ValuePoint
from okrdocs.history.number_history import number_history
from okrdocs.history.original_target import OriginalTarget, original_target
from okrdocs.pipeline.build import page_texts
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.pipeline.freshness import read_inputs
from okrdocs.workspace.workspace import ResolvedRef

Repository = Callable[[Mapping[str, str]], Path]
KR = ResolvedRef("2025-Q1", "product", "trust", "audits")
COMPANY = "schema: 1\norganization: Acme\nteams: {product: {name: Product}}\n"
NOTHING = History()


def scored(a_repository: Repository, key_result: str, as_of: date = date(2025, 2, 12)) -> Scores:
    team = (
        "schema: 1\nobjectives:\n  - id: trust\n    title: Enterprises trust us\n"
        f"    key_results:\n      - {{id: audits, title: Audits, {key_result}}}\n"
    )
    root = a_repository({"okr.yml": COMPANY, "2025-Q1/product.yml": team})
    found = evaluate(read_inputs(root), as_of=as_of, today=as_of).scores
    assert found is not None
    return found


def series(*points: tuple[date, str, str], first: PointKind = PointKind.START) -> History:
    """Baselines and targets as git saw them."""
    kinds = [first, *[PointKind.TARGET] * (len(points) - 1)]
    made = tuple(
        ValuePoint(day, "Ada", "abc", baseline, target, "", kind)
        for (day, baseline, target), kind in zip(points, kinds, strict=True)
    )
    return History(series={KR: Series(KR, made)})


LOWERED = (
    "baseline: 0 audits, target: 4 audits, check_ins: [{date: 2025-02-01, value: 2 audits}],"
    " target_changes: [{date: 2025-02-05, from: 8 audits, reason: One auditor left}]"
)


def test_a_target_that_the_file_says_was_lowered_has_both_grades(a_repository: Repository) -> None:
    scores = scored(a_repository, LOWERED)
    assert scores.key_results[KR].grade == Decimal("0.50")
    assert original_target(KR, scores, NOTHING) == OriginalTarget(
        "0 audits", "8 audits", Decimal("0.25")
    )


BOTH = (
    "Set at the start: 0 audits to 8 audits. Against that the grade would be 0.25;"
    " as it stands it is 0.50"
)


def test_page_and_terminal_say_both(
    a_repository: Repository, okr: Callable[..., CompletedProcess[str]]
) -> None:
    scores = scored(a_repository, LOWERED)
    assert [told.what for told in number_history(KR, scores, NOTHING)] == [BOTH]
    assert f"**{BOTH}**" in page_texts(scores)["2025-Q1/product.md"]
    said = okr(a_repository({}), "explain", KR.local_reference, "--as-of", "2025-02-12").stdout
    assert f"\n  {BOTH}\n" in said


def test_before_the_change_there_is_one_grade(a_repository: Repository) -> None:
    scores = scored(a_repository, LOWERED, as_of=date(2025, 2, 4))
    assert original_target(KR, scores, NOTHING) is None


SILENT = "baseline: 2 audits, target: 4 audits, check_ins: [{date: 2025-02-01, value: 3 audits}]"


def test_a_silent_move_is_known_from_git(a_repository: Repository) -> None:
    told = series((date(2024, 12, 20), "0 audits", "6 audits"), (date(2025, 2, 3), "2", "4"))
    found = original_target(KR, scored(a_repository, SILENT), told)
    assert found == OriginalTarget("0 audits", "6 audits", Decimal("0.50"))


def test_what_was_tried_out_before_the_first_day_moved_nothing(a_repository: Repository) -> None:
    told = series((date(2024, 12, 1), "0", "9"), (date(2024, 12, 20), "2 audits", "4 audits"))
    assert original_target(KR, scored(a_repository, SILENT), told) is None


def test_another_spelling_is_no_move(a_repository: Repository) -> None:
    told = series((date(2025, 1, 1), "2  audits", "4.0 audits"), (date(2025, 2, 3), "2", "4"))
    assert original_target(KR, scored(a_repository, SILENT), told) is None


def test_a_clone_that_begins_later_knows_no_start(a_repository: Repository) -> None:
    told = series((date(2025, 2, 1), "0 audits", "9 audits"), first=PointKind.KNOWN)
    assert original_target(KR, scored(a_repository, SILENT), told) is None


@pytest.mark.parametrize("first_day", [date(2024, 12, 20), date(2025, 1, 1)])
def test_a_shallow_clone_that_begins_before_the_cycle_knows_the_start(
    a_repository: Repository, first_day: date
) -> None:
    told = series(
        (first_day, "0 audits", "6 audits"), (date(2025, 2, 3), "2", "4"), first=PointKind.KNOWN
    )
    found = original_target(KR, scored(a_repository, SILENT), told)
    assert found == OriginalTarget("0 audits", "6 audits", Decimal("0.50"))


@pytest.mark.parametrize(
    "key_result",
    [
        "target: done, check_ins: [{date: 2025-02-01, value: done}]",
        "milestones: [{title: One, done: 2025-02-01}, {title: Two}]",
        "baseline: 0, levels: {commit: 5, target: 7, stretch: 10}",
    ],
)
def test_what_has_no_single_amount_as_target_is_left_alone(
    a_repository: Repository, key_result: str
) -> None:
    told = series((date(2025, 1, 1), "", "3 / 5 / 8"), (date(2025, 2, 1), "0", "5 / 7 / 10"))
    found = original_target(KR, scored(a_repository, key_result), told)
    assert found is None or found.grade is None


def test_a_former_target_of_another_kind_has_no_grade(a_repository: Repository) -> None:
    told = series((date(2025, 1, 1), "", "€5 per seat"), (date(2025, 2, 1), "2", "4"))
    found = original_target(KR, scored(a_repository, SILENT), told)
    assert found is not None
    assert found.grade is None
