"""Rendering: what a template may print, and a small company's pages, whole."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jinja2
import pytest

from okrdocs import words
from okrdocs.markup.escape import Markdown
from okrdocs.pages import GeneratedPage
from okrdocs.pages.render import CompiledTemplates, render_page
from okrdocs.pipeline.build import page_texts
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.source.disk import DiskTree

SMALL = Path(__file__).parents[1] / "goldens/small"
DAYS = {"during": date(2025, 2, 10), "after": date(2025, 4, 10)}


def page(**more: Any) -> GeneratedPage:
    crumbs = (Markdown("[Now](index.md)"), Markdown(""))
    view = {"teams": [], **more}
    return GeneratedPage(
        "teams.md", "teams.md.j2", "A | B", crumbs, "2025-02-01", "okrs/okr.yml", 1, view
    )


def team(**more: Any) -> dict[str, Any]:
    return {"name": "Team", "parent": "", "lead": "", "about": "", "cycles": [], **more}


def test_a_plain_text_is_escaped_and_our_markdown_is_not() -> None:
    cycles = [(Markdown("[*Q1*](a.md)"), "`0.42`")]
    text = render_page(page(teams=[team(name="*<b>*", cycles=cycles)]))
    assert "[*Q1*](a.md)" in text
    assert "&#96;0.42&#96;" in text
    assert "*<b>*" not in text


def test_the_title_heads_the_front_matter_the_page_and_the_crumbs() -> None:
    text = render_page(page())
    assert text.startswith('---\ntitle: "A | B"\n')
    assert "\n# A &#124; B\n" in text
    assert "[Now](index.md) / A &#124; B" in text


@pytest.mark.parametrize("value", [None, Decimal("0.42"), 0.42, True, ["a"], date(2025, 1, 1)])
def test_a_value_that_is_no_text_never_reaches_a_page(value: object) -> None:
    with pytest.raises(TypeError):
        render_page(page(teams=[team(cycles=[("Q1", value)])]))


def test_a_name_that_is_missing_never_reaches_a_page() -> None:
    broken = team()
    del broken["lead"]
    with pytest.raises(jinja2.UndefinedError, match="lead"):
        render_page(page(teams=[broken]))


def test_a_page_ends_in_one_line_end_and_has_no_blank_lines_in_a_row() -> None:
    text = render_page(page(teams=[team(about="One\n\n\n\nTwo")]))
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\n\n\n" not in text
    assert not [line for line in text.splitlines() if line != line.rstrip()]


@pytest.mark.parametrize("moment", DAYS)
def test_the_pages_of_a_small_company_are_as_reviewed(
    request: pytest.FixtureRequest, moment: str
) -> None:
    """A diff here is read like code: `pytest --update-goldens` with this file accepts it."""
    found = evaluate(DiskTree(SMALL), as_of=DAYS[moment], today=DAYS[moment])
    assert found.scores is not None, found.problems
    texts = page_texts(found.scores)
    folder = SMALL / moment
    if request.config.getoption("--update-goldens"):
        renew(folder, texts)
    golden = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.md")}
    assert set(texts) == set(golden)
    for path, text in texts.items():
        assert text == golden[path].read_text("utf-8"), path


def renew(folder: Path, texts: Mapping[str, str]) -> None:
    for old in sorted(folder.rglob("*.md")):
        old.unlink()
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="\n")


# ------------------------------------------------------------------- compiled templates


def environment(place: Path) -> jinja2.Environment:
    kept = CompiledTemplates()
    kept.directory = str(place)
    templates = jinja2.DictLoader({"page.md.j2": "Hello {{ name }}"})
    return jinja2.Environment(loader=templates, bytecode_cache=kept, autoescape=True)


@pytest.fixture
def may_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


@pytest.mark.usefixtures("may_write")
def test_templates_are_compiled_once(tmp_path: Path) -> None:
    environment(tmp_path / "kept").get_template("page.md.j2")
    again = environment(tmp_path / "kept")
    again.compile = None  # type: ignore[assignment,method-assign]  # a call would fail
    assert again.get_template("page.md.j2").render(name="Ada") == "Hello Ada"


@pytest.mark.usefixtures("may_write")
def test_templates_of_another_state_are_compiled_anew(tmp_path: Path) -> None:
    environment(tmp_path).get_template("page.md.j2")
    other = environment(tmp_path)
    assert isinstance(other.bytecode_cache, CompiledTemplates)
    other.bytecode_cache.state = "another version"
    other.compile = None  # type: ignore[assignment,method-assign]  # a call fails
    with pytest.raises(TypeError):
        other.get_template("page.md.j2")


@pytest.mark.usefixtures("may_write")
def test_a_place_that_cant_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    made = environment(tmp_path / "file" / "kept").get_template("page.md.j2")
    assert made.render(name="Ada") == "Hello Ada"


def test_nothing_is_kept_where_python_keeps_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    environment(tmp_path).get_template("page.md.j2")
    assert [*tmp_path.iterdir()] == []


def test_another_label_compiles_the_templates_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    before = CompiledTemplates().get_source_checksum("{{ words.GRADE }}")
    assert CompiledTemplates().get_source_checksum("{{ words.GRADE }}") == before
    monkeypatch.setattr(words, "GRADE", "Score")
    assert CompiledTemplates().get_source_checksum("{{ words.GRADE }}") != before
