"""What OKRs look like where people write them: each shape loads, is graded and makes its pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from okrdocs.pipeline.build import page_texts
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.problem import Problem, Severity
from okrdocs.report.json_export import export_data
from okrdocs.source.disk import File

SHAPES = sorted((Path(__file__).resolve().parents[1] / "real_shapes").glob("*.yml"))
OKR = "schema: 1\norganization: Example\n"


class Given:
    """A tree of files that a shape writes down; `okr.yml` is there unless given."""

    def __init__(self, files: dict[str, str]) -> None:
        whole = {"okrs/okr.yml": OKR, **files}
        self.files = tuple(File(path, whole[path].encode()) for path in sorted(whole))

    def read(self) -> tuple[tuple[File, ...], tuple[Problem, ...]]:
        return self.files, ()


def as_text(value: Any) -> Any:
    """A result as the shape writes it: all text, `none` for what isn't there."""
    if isinstance(value, list):
        return [as_text(each) for each in value]
    if isinstance(value, bool):
        return str(value).lower()
    return "none" if value is None else str(value)


def by_reference(exported: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for cycle in exported["cycles"]:
        found[cycle["id"]] = cycle
        for team in cycle["teams"]:
            found[f"{cycle['id']}:{team['id']}"] = team
            for objective in team["objectives"]:
                found[objective["ref"]] = objective
                found |= {each["ref"]: each for each in objective["key_results"]}
    return found


def codes(problems: tuple[Problem, ...], severity: Severity) -> list[str]:
    return sorted(problem.code for problem in problems if problem.severity is severity)


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.stem)
def test_a_shape_that_people_write_loads_and_says_the_right_thing(path: Path) -> None:
    shape = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    day = date.fromisoformat(shape["as_of"])
    found = evaluate(Given(shape["files"]), as_of=day, today=day)
    assert codes(found.problems, Severity.ERROR) == shape.get("errors", [])
    assert codes(found.problems, Severity.WARNING) == shape.get("warnings", [])
    if found.scores is None:
        return
    results = by_reference(export_data(found.scores))
    for reference, expected in shape["results"].items():
        actual = {key: as_text(results[reference][key]) for key in expected}
        assert actual == expected, reference
    assert page_texts(found.scores)


def test_there_is_a_shape_for_each_one_that_the_format_promises() -> None:
    assert len(SHAPES) >= 16
