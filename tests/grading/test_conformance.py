"""The grading policy's cases: data files of inputs and results, run through the whole pipeline."""

from __future__ import annotations

import runpy
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from okrdocs.format.loader import load
from okrdocs.grading.aggregate import score
from okrdocs.grading.measure import measure_all
from okrdocs.problem import Problem, Severity
from okrdocs.report.json_export import export_data
from okrdocs.source.disk import File
from okrdocs.workspace.resolve import resolve

HERE = Path(__file__).resolve().parents[1]
SUITE = runpy.run_path(str(HERE.parent / "generator/docs_tools/conformance_page.py"))
CASES = SUITE["read_cases"]()
RESULTS = ("expect", "results", "errors", "warnings")
INPUTS = (
    "as_of", "cycle", "cycle_document", "okr", "key_result", "key_results", "objective",
    "objectives", "teams",
)  # fmt: skip


# ------------------------------------------------------------------- from a case to files


def files_of(case: dict[str, Any]) -> list[File]:
    """The okrs/ folder that a case describes."""
    teams = teams_of(case)
    first = next(iter(teams))
    organization = {
        "schema": "1",
        "organization": "Example",
        "teams": {t: {"name": t} | ({} if t == first else {"parent": first}) for t in teams},
        **case.get("okr", {}),
    }
    folder = f"okrs/{case.get('cycle', '2025-Q1')}"
    files = [file_of("okrs/okr.yml", organization)]
    if "cycle_document" in case:
        files.append(file_of(f"{folder}/cycle.yml", {"schema": "1", **case["cycle_document"]}))
    for team, objectives in teams.items():
        document = {"schema": "1", "objectives": [objective_of(*o, case) for o in objectives]}
        files.append(file_of(f"{folder}/{team}.yml", document))
    return files


def teams_of(case: dict[str, Any]) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """Objectives by team, whichever of the four ways the case writes them in."""
    if "teams" in case:
        return {team: list(objectives.items()) for team, objectives in case["teams"].items()}
    if "objectives" in case:
        return {"team": list(case["objectives"].items())}
    key_results = case["key_results"] if "key_results" in case else {"kr": case["key_result"]}
    return {"team": [("o", {**case.get("objective", {}), "key_results": key_results})]}


def objective_of(name: str, fields: dict[str, Any], case: dict[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in fields.items() if key != "key_results"}
    key_results = [
        key_result_of(kr, kr_fields, case.get("as_of", "2025-02-01"))
        for kr, kr_fields in fields.get("key_results", {}).items()
    ]
    return {"id": name, "title": name, **rest, "key_results": key_results}


def key_result_of(name: str, fields: dict[str, Any], as_of: str) -> dict[str, Any]:
    rest = {key: value for key, value in fields.items() if key != "value"}
    if "value" in fields:
        rest["check_ins"] = [{"date": as_of, "value": fields["value"]}]
    return {"id": name, "title": name, **rest}


def file_of(path: str, document: dict[str, Any]) -> File:
    # Quoted, so that every text arrives as it was typed.
    text = yaml.dump(document, default_style='"', allow_unicode=True, width=10**6, sort_keys=False)
    return File(path, text.encode())


# ------------------------------------------------------------------- from files to results


def run(case: dict[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """What the pipeline exports for a case, and every problem it found."""
    documents, problems = load(files_of(case))
    workspace, unresolved = resolve(documents)
    assert workspace is not None
    measured, unmeasured = measure_all(workspace)
    scores = score(workspace, measured, date.fromisoformat(case.get("as_of", "2025-02-01")))
    return export_data(scores), [*problems, *unresolved, *unmeasured]


def by_reference(exported: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The results of the only cycle by reference, without the cycle's own name."""
    (cycle,) = exported["cycles"]
    found = {"cycle": cycle}
    for team in cycle["teams"]:
        found[team["id"]] = team
        for objective in team["objectives"]:
            found[objective["ref"].split(":", 1)[1]] = objective
            for key_result in objective["key_results"]:
                found[key_result["ref"].split(":", 1)[1]] = key_result
    return found


def in_terms_of(expected: Any, actual: Any, field: str = "") -> Any:
    """A result in the words of the case: as text, and only what the case names."""
    if field == "flags":
        return sorted(flag["code"] for flag in actual)
    if actual is None or isinstance(actual, bool):
        return {None: "none", True: "true", False: "false"}[actual]
    if isinstance(actual, list):
        return [in_terms_of(None, each) for each in actual]
    if isinstance(actual, dict) and isinstance(expected, dict):
        return {key: in_terms_of(expected[key], actual[key], key) for key in expected}
    return str(actual)


def codes(problems: list[Problem], severity: Severity) -> list[str]:
    return sorted(problem.code for problem in problems if problem.severity is severity)


# ------------------------------------------------------------------- the tests


@pytest.mark.parametrize("case", [pytest.param(case.data, id=case.id) for case in CASES])
def test_case_yields_what_the_policy_says(case: dict[str, Any]) -> None:
    exported, problems = run(case)
    assert codes(problems, Severity.ERROR) == sorted(case.get("errors", []))
    assert codes(problems, Severity.WARNING) == sorted(case.get("warnings", []))
    expected = case.get("results", {"team/o#kr": case["expect"]} if "expect" in case else {})
    actual = by_reference(exported)
    assert {ref: in_terms_of(expected[ref], actual[ref]) for ref in expected} == expected


def test_every_case_has_an_id_of_its_own() -> None:
    counted = Counter(case.id for case in CASES)
    assert [name for name, times in counted.items() if times > 1] == []


def test_every_case_claims_and_expects_something_and_has_no_other_keys() -> None:
    for case in CASES:
        assert case.data.get("claim"), case.id
        assert any(case.data.get(key) for key in RESULTS), case.id
        assert set(case.data) <= {"id", "claim", *INPUTS, *RESULTS}, case.id


def test_every_data_file_is_read_and_says_what_it_is_about() -> None:
    assert sorted(SUITE["FILES"]) == sorted(path.stem for path in SUITE["DATA"].iterdir())
    for name in SUITE["FILES"]:
        title, about = SUITE["heading"](name)
        assert title, name
        assert about, name


def test_every_key_of_a_case_is_documented() -> None:
    for key in ("id", "claim", *INPUTS, *RESULTS):
        assert f"| `{key}` |" in SUITE["INTRODUCTION"], key


def test_there_are_at_least_120_cases() -> None:
    assert len(CASES) >= 120


def test_the_pages_show_the_cases_as_they_are() -> None:
    pages: dict[str, str] = SUITE["pages"](CASES)
    written = {path: (SUITE["PAGES"] / path).read_text("utf-8") for path in pages}
    assert written == pages, (
        "The pages are stale: run `python generator/docs_tools/conformance_page.py`."
    )
    folder = SUITE["PAGES"] / "conformance"
    assert {f"conformance/{path.name}" for path in folder.iterdir()} == {*pages} - {
        "conformance.md"
    }
