"""The labels of the site stand in `words`, each once: there they can be changed, or translated."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from okrdocs import words

PACKAGE = Path(words.__file__).parents[1]
TEMPLATES = sorted((PACKAGE / "pages/templates").rglob("*.j2"))
PRINTING = sorted(
    path
    for folder in ("pages", "insights", "commands/status", "report")
    for path in (PACKAGE / folder).rglob("*.py")
)
LABELS = {text for name, text in vars(words).items() if name.isupper() and isinstance(text, str)}

LITERAL = re.compile(
    r"""data-caption="[A-Z] | aria-label="[A-Z] | ^\#{2,3}\ [A-Z] | markdown="span">[A-Z]
    | \*\*[A-Z][\w' ]*:?\*\* | <(?:summary|dt)>[A-Z] """,
    re.VERBOSE | re.MULTILINE,
)
TABLE = re.compile(r"^\| (.*) \|\n\|:?-", re.MULTILINE)


def literal_labels(template: str) -> list[str]:
    """What a template says itself in a heading, a caption, a table's head or before a colon."""
    cells = [cell for head in TABLE.findall(template) for cell in head.split(" | ")]
    plain = [re.sub(r"<small>.*?</small>|\{[{%].*?[%}]\}|<br>", "", cell) for cell in cells]
    return [*LITERAL.findall(template), *(cell for cell in plain if re.search("[A-Za-z]", cell))]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_no_label_of_its_own(template: Path) -> None:
    assert literal_labels(template.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        '<div data-caption="Teams" markdown="1">',
        "## Teams\n",
        "**Links:** {{ x }}",
        "<summary>More</summary>",
        '<h2 id="x" markdown="span">Teams</h2>',
        "| {{ words.TEAM }} | Grade |\n|:--|--:|",
    ],
)
def test_a_label_in_a_template_would_be_found(text: str) -> None:
    assert literal_labels(text)


def texts_in(module: Path) -> Iterator[str]:
    """The text constants of a module, and what stands before a colon: `f"**Links:** {text}"`."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            yield str(node.values[0].value).partition(":")[0].strip("*")


@pytest.mark.parametrize("module", PRINTING, ids=lambda path: path.stem)
def test_a_module_that_prints_repeats_no_label(module: Path) -> None:
    assert {*texts_in(module)} & LABELS == set()


def test_no_label_stands_there_twice() -> None:
    texts = [t for name, t in vars(words).items() if name.isupper() and isinstance(t, str)]
    assert [text for text, times in Counter(texts).items() if times > 1] == []
