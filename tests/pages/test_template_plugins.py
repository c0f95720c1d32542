"""MkDocs plugins that read pages as templates, as macros does, find nothing of anybody's in them.

The hook stands for the plugin: mkdocs-macros renders each page's Markdown and its title with the
delimiters that Jinja2 has by default.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jinja2
import pytest

from pages.test_hostile_texts import UNSIGNED, company

HOOK = """\
import jinja2

ENVIRONMENT = jinja2.Environment(undefined=jinja2.StrictUndefined)


def on_page_markdown(markdown, page, **_more):
    if not page.file.src_uri.startswith("okrs/"):
        return markdown
    page.title = ENVIRONMENT.from_string(str(page.title)).render()
    return ENVIRONMENT.from_string(markdown).render()
"""
TEMPLATES = (
    "q{0}q {{{{ 7*{0} }}}}",
    "q{0}q {{% raw %}}",
    "q{0}q {{# {0} #}}",
    "{{!q{0}q!}} }}}} &#123;",
)
INCLUDES = re.compile(r"\{[{%#!]")  # jinja2's, and that of markdown-include


def template(number: int) -> str:
    return TEMPLATES[number % len(TEMPLATES)].format(191_000 + number)


def short_template(number: int) -> str:
    return f"{{{{7*{number}}}}}"


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory,
    okr_process: Callable[..., Any],
    with_site: Callable[[Path], Path],
) -> Path:
    root = with_site(tmp_path_factory.mktemp("templates"))
    for path, text in company(template, short_template)[0].items():
        (root / "okrs" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "okrs" / path).write_text(text, encoding="utf-8")
    (root / "hook.py").write_text(HOOK)
    with (root / "mkdocs.yml").open("a") as settings:
        settings.write("\nhooks: [hook.py]\n")
    built = okr_process(root, "build", "--as-of", "2025-04-20")
    assert built.returncode == 0, built.stderr
    return root


@pytest.fixture(scope="module")
def pages(site: Path) -> Mapping[str, str]:
    paths = (site / "docs/okrs").rglob("*.md")
    return {str(path.relative_to(site)): path.read_text("utf-8") for path in paths}


def test_no_page_holds_a_template(pages: Mapping[str, str]) -> None:
    assert len(pages) > 10
    for path, text in pages.items():
        assert not INCLUDES.search(text), f"{path}: {INCLUDES.search(text)}"
        assert jinja2.Environment(keep_trailing_newline=True).from_string(text).render() == text


def test_every_text_is_shown_as_typed_after_the_plugin(site: Path) -> None:
    texts = [path.read_text("utf-8") for path in sorted((site / "site/okrs").rglob("*.html"))]
    shown = " ".join(html.unescape(re.sub(r"<[^>]*>", "", text)) for text in texts).casefold()
    given = company(template, short_template)[1]
    fields = {name.split()[0] for name, text in given.items() if text.casefold() in shown}
    assert {name.split()[0] for name in given} - fields == UNSIGNED
    evaluated = {str(7 * (191_000 + number)) for number in range(len(given))}
    assert not [product for product in evaluated if product in shown]
