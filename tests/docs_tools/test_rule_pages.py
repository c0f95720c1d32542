"""docs/rules/: a current page for each rule, and nothing else."""

import re
import runpy
from pathlib import Path

import pytest

from okrdocs.lint.catalogue import RULES

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "rules"
PAGES: dict[str, str] = runpy.run_path(str(ROOT / "generator" / "docs_tools" / "rule_pages.py"))[
    "pages"
]()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_no_page_of_a_rule_is_stale(name: str) -> None:
    assert (FOLDER / name).read_text("utf-8") == PAGES[name], "run `make docs`"


@pytest.mark.parametrize("name", sorted(PAGES))
def test_no_name_in_brackets_is_lost_as_a_tag(name: str) -> None:
    plain = re.sub(r"(?s)```.*?```|<!--.*?-->|`[^`\n]*`", "x", PAGES[name])
    assert not re.search(r"<(?!https?:)", plain)


def test_each_rule_has_its_page_and_each_page_its_rule() -> None:
    written = {path.name for path in FOLDER.glob("*.md")}
    assert written - {"accuracy.md"} == {"index.md", *(f"{rule.code}.md" for rule in RULES)}
    for rule in RULES:
        assert (ROOT / rule.page_path).is_file()
        assert f"({rule.code}.md)" in PAGES["index.md"]
