"""docs/reference/export.md names every key, flag and state of a real export, and no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from okr_states import files_from, grade_files
from okrdocs.grading.results import State
from okrdocs.report.json_export import FORMAT_VERSION, export_data

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "export.md").read_text("utf-8")
_PARTS = re.split(r"^##+ (.+)\n", PAGE, flags=re.MULTILINE)
SECTIONS = dict(zip(_PARTS[1::2], _PARTS[2::2], strict=True))

COMPANY = """\
schema: 1
objectives:
  - id: growth
    title: Grow
    key_results:
      - id: arr
        title: ARR
        baseline: 10
        target: 20
        metric: arr
        grade: {value: 0.9, reason: Counted late}
        check_ins: [{date: 2025-02-01, value: 12, rag: green}]
      - id: nps
        title: NPS
        target: 50
        dropped: {date: 2025-02-10, reason: Done by others}
"""
METRICS = """\
schema: 1
metrics:
  arr: {name: ARR, targets: [{cycle: 2025-Q1, target: 15}]}
"""


def exported() -> dict[str, Any]:
    """The export of a company with one of everything that it can hold."""
    texts = {
        "okrs/okr.yml": "schema: 1\norganization: Example\n",
        "okrs/metrics.yml": METRICS,
        "okrs/2025-Q1/company.yml": COMPANY,
    }
    return export_data(grade_files(files_from(texts), date(2025, 2, 28)))


def records(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each record of the export under the title of its section."""
    cycle = document["cycles"][0]
    team = cycle["teams"][0]
    objective = team["objectives"][0]
    key_result = objective["key_results"][0]
    yield from (("The document", document), ("A cycle", cycle), ("A team", team))
    yield "Standings", cycle["standings"]
    yield from (("An objective", objective), ("A key result", key_result))
    yield "A check-in", key_result["check_ins"][0]
    yield "An override", key_result["override"]
    yield "A drop", objective["key_results"][1]["dropped"]
    yield "A flag", key_result["flags"][0]
    metric = document["metrics"][0]
    yield "A metric", metric
    yield "A target of a metric", metric["targets"][0]
    yield "A reading", metric["readings"][0]


def first_cells(section: str) -> set[str]:
    return set(re.findall(r"^\| `([a-z_-]+)` \|", SECTIONS[section], re.MULTILINE))


def test_every_key_of_the_export_is_documented_and_no_other() -> None:
    for title, record in records(exported()):
        assert first_cells(title) == set(record), title


def test_every_table_of_keys_is_compared_with_the_export() -> None:
    compared = {title for title, _ in records(exported())}
    assert {title for title in SECTIONS if first_cells(title)} == {*compared, "Flags"}


def test_every_flag_is_documented_and_no_other() -> None:
    given = set()
    for path in sorted((ROOT / "generator" / "okrdocs").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Flag" and node.args:
                code = node.args[0]
                assert isinstance(code, ast.Constant), path
                given.add(code.value)
    assert first_cells("Flags") == given


def test_every_state_is_documented() -> None:
    named = set(re.findall(r"`([a-z0 ]+)`", SECTIONS["States"]))
    assert {state.value for state in State} <= named


def test_the_documented_version_is_that_of_the_export() -> None:
    assert f'`"{FORMAT_VERSION}"`' in SECTIONS["The document"]
