"""docs/reference/problems.md names every problem of the tool, and each example causes its own."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from textwrap import indent

import pytest

from okr_states import ReadState, read_documents
from okrdocs.format.loader import load_documents
from okrdocs.lint.run import find_problems
from okrdocs.lint.selection import RuleChoice
from okrdocs.lint.settings import rules_to_run
from okrdocs.lint.suppression import apply_suppressions, read_suppressions
from okrdocs.problem import Problem, Severity
from okrdocs.source.disk import File

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "generator" / "okrdocs"
PAGE = ROOT / "docs" / "reference" / "problems.md"

SLUG = re.compile(r"[a-z]+(-[a-z]+)*")
MAKERS = {"error", "warning", "add_error", "add_not_gradable", "report", "Problem", "Diagnosis"}


def codes_in_sources() -> set[str]:
    trees = [ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))]
    constants = {name: text for tree in trees for name, text in _constants(tree)}
    found = {code for tree in trees for code in _codes(tree, constants)}
    # yaml_text takes the codes of anchors and tags from a table
    texts = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return found | {str(t.value) for t in texts if re.fullmatch("yaml-[a-z-]+", str(t.value))}


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            for target in node.targets:
                if isinstance(target, ast.Name) and isinstance(node.value.value, str):
                    yield target.id, node.value.value


def _codes(tree: ast.Module, constants: dict[str, str]) -> Iterator[str]:
    """The first argument of a call that makes a problem which is a text and no field's name."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or _name(node.func) not in MAKERS:
            continue
        texts = [_text(argument, constants) for argument in node.args]
        if _adds_to_sink(node) and not isinstance(node.args[0], ast.Starred):
            texts = texts[2:]  # the record's place and its field stand before
        code = next((text for text in texts if text is not None), None)
        if code is not None and SLUG.fullmatch(code):
            yield code


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _adds_to_sink(call: ast.Call) -> bool:
    function = call.func
    return isinstance(function, ast.Attribute) and _name(function.value) == "sink"


def _text(argument: ast.expr, constants: dict[str, str]) -> str | None:
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    return constants.get(argument.id) if isinstance(argument, ast.Name) else None


_PARTS = re.split(r"^### (.+)\n", PAGE.read_text("utf-8"), flags=re.MULTILINE)
PROBLEMS = dict(zip(_PARTS[1::2], _PARTS[2::2], strict=True))
EXAMPLES = [
    pytest.param(code, block, id=f"{code}-{number}")
    for code, text in PROBLEMS.items()
    for number, block in enumerate(re.findall(r"^```yaml\n(.*?)^```", text, re.DOTALL | re.M))
]


def test_the_search_for_codes_finds_each_way_of_making_a_problem() -> None:
    found = codes_in_sources()
    direct, by_constant, by_table = "missing-file", "yaml-trap", "yaml-anchor"
    of_sink, of_starred, of_draft = "bad-plan", "ambiguous-target", "no-target"
    assert {direct, by_constant, by_table, of_sink, of_starred, of_draft} <= found


def test_every_problem_that_the_tool_can_give_is_documented() -> None:
    assert codes_in_sources() - set(PROBLEMS) == set()


def test_no_documented_problem_is_one_of_the_past() -> None:
    assert set(PROBLEMS) - codes_in_sources() == set()


def test_problems_that_stand_in_a_text_have_an_example() -> None:
    outside_the_text = {
        "missing-file", "file-name", "file-place", "unexpected-file", "outside", "unreadable",
        "too-large", "too-many-problems", "encoding", "sealed-cycle", "target-moved",
        "stages-rewritten",
        "closed-cycle-gone",
    }  # fmt: skip
    assert {code for code in PROBLEMS if "```yaml" not in PROBLEMS[code]} == outside_the_text


@pytest.mark.parametrize(("code", "block"), EXAMPLES)
def test_the_example_of_a_problem_causes_it(code: str, block: str) -> None:
    found = problems_of(example_files(block))
    caused = [problem for problem in found if problem.code == code]
    as_warning = "A **warning**:" in PROBLEMS[code]
    assert {p.severity for p in caused} == {Severity.WARNING if as_warning else Severity.ERROR}
    # beside it only what follows from it on the same line
    assert {p.span.line for p in found} == {p.span.line for p in caused}


def problems_of(files: Iterable[File]) -> tuple[Problem, ...]:
    given = tuple(files)
    documents, misshapen = load_documents(given)
    if documents.organization is None:
        return misshapen
    state = read_documents(documents)
    return (*misshapen, *state.problems) or about_rules(given, state)


def about_rules(files: Iterable[File], state: ReadState) -> tuple[Problem, ...]:
    """What is wrong with settings and comments, not what the rules themselves find."""
    active, unsettled = rules_to_run(
        state.workspace.organization, RuleChoice(frozenset({"no-dri"}))
    )
    found = find_problems(state.scores(date(2025, 2, 1)), active)
    heard = apply_suppressions(found, read_suppressions(files), {"no-dri"}).problems
    return (*unsettled, *(problem for problem in heard if problem.code not in {"no-dri"}))


# What an example leaves out: the rest of its file, and the other files.
BESIDE = {
    "okrs/okr.yml": """\
schema: 1
organization: Example
teams: {company: {name: Company}, product: {name: Product, parent: company}}
people: {vp-product: {name: VP Product}}
""",
    "okrs/2025-Q1/company.yml": """\
schema: 1
objectives:
  - {id: growth, was: old-growth, title: Grow}
""",
}
TEAM = "okrs/2025-Q1/product.yml"


def example_files(block: str) -> list[File]:
    """The okrs/ folder of an example: its first line says what it is a part of."""
    head, text = block.split("\n", 1)
    files = dict(BESIDE)
    match head:
        case "# a team's file":
            files[TEAM] = text
        case "# okr.yml":
            files["okrs/okr.yml"] = f"schema: 1\norganization: Example\n{text}"
        case "# metrics.yml":
            files["okrs/metrics.yml"] = f"schema: 1\n{text}"
        case "# cycle.yml":
            files["okrs/2025-Q1/cycle.yml"] = f"schema: 1\n{text}"
        case "# an objective":
            files[TEAM] = f"schema: 1\nobjectives:\n{item(text, 2)}"
        case "# a key result":
            inner = item(text, 6)
            before = "schema: 1\nobjectives:\n  - id: o\n    title: O\n    key_results:\n"
            files[TEAM] = before + inner
        case _:
            raise AssertionError(f"an example is a part of something: {head}")
    return [File(path, text.encode()) for path, text in sorted(files.items())]


def item(text: str, column: int) -> str:
    """A record as an item of a list, with an id and a title where the example gives none."""
    given = set(re.findall(r"^([a-z_]+):", text, re.MULTILINE))
    missing = "".join(f"{key}: x\n" for key in ("id", "title") if key not in given)
    lines = indent(missing + text, " " * (column + 2))
    return f"{' ' * column}- {lines.lstrip()}"
