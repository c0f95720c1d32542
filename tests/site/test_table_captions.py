"""Each table of a page has a name: the one it is given, or that of the heading above it."""

from __future__ import annotations

import re
from pathlib import Path

import markdown
import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "generator" / "okrdocs" / "pages" / "templates"
TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n"
EXTENSIONS = ("attr_list", "md_in_html", "tables", "toc", "okrdocs.site.table_captions")


def html(text: str) -> str:
    settings = {"toc": {"permalink": True}}
    return markdown.markdown(text, extensions=EXTENSIONS, extension_configs=settings)


def captions(text: str) -> list[str]:
    """What stands in the captions, each the first thing in its table."""
    page = html(text)
    assert page.count("<caption") == len(re.findall("<table>\\s*<caption", page))
    return re.findall("<caption[^>]*>(.*?)</caption>", page)


def boxed(name: str) -> str:
    return f'<div class="okr-table" data-caption="{name}" markdown="1">\n\n{TABLE}\n</div>\n'


def test_a_table_bears_the_name_that_its_box_gives_it() -> None:
    page = f"# Goals\n\n{boxed('Key results of objective 1')}\n{boxed('Change history')}"
    assert captions(page) == ["Key results of objective 1", "Change history"]
    assert "data-caption" not in html(page)


def test_a_box_names_a_table_deep_within_it() -> None:
    inner = f'<details markdown="1">\n<summary>More</summary>\n\n{boxed("Inner")}\n</details>\n'
    assert captions(f'<div markdown="1">\n\n{inner}\n</div>') == ["Inner"]


def test_another_table_bears_the_heading_above_it() -> None:
    page = f"# Page\n\n{TABLE}\n## `keys` & *values* {{#all}}\n\n{TABLE}\n\n{TABLE}"
    assert captions(page) == ["Page", "keys &amp; values", "keys &amp; values"]


@pytest.mark.parametrize("typed", ["&lt;script&gt;a&lt;/script&gt;", r"\<b\>", "a &#60;i&#62; b"])
def test_what_a_heading_says_is_no_markup_in_a_caption_either(typed: str) -> None:
    page = html(f"## {typed}\n\n{TABLE}")
    caption = re.findall("<caption[^>]*>(.*?)</caption>", page)
    assert len(caption) == 1
    assert not re.search("<[^>]*>", caption[0])


def test_a_table_without_any_heading_above_has_no_caption() -> None:
    assert captions(TABLE) == []


def test_what_a_search_finds_is_not_lengthened_by_names() -> None:
    assert "<caption data-search-exclude" in html(boxed("Change history"))


def test_each_head_says_that_it_heads_a_column() -> None:
    assert html(TABLE).count('<th scope="col"') == 2


def test_each_table_of_our_own_pages_is_given_its_name() -> None:
    for template in sorted(TEMPLATES.rglob("*.j2")):
        boxes = re.findall('<div class="okr-table [^>]*>', template.read_text("utf-8"))
        assert [each for each in boxes if " data-caption=" not in each] == [], template.name
