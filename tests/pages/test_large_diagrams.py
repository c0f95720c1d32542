"""Pictures on pages of their own: only a large cycle's, and nothing is lost on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pages.test_cascade import company, tree

Generated = Callable[[Mapping[str, tuple[str, ...]]], dict[str, str]]
BOX = re.compile(r'click n\d+ href "([^"]+)"')


@pytest.fixture
def generated(
    a_repository: Callable[[Mapping[str, str]], Path], okr: Callable[..., object]
) -> Generated:
    def made(parents: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
        root = a_repository(company(parents))
        okr(root, "generate", "--as-of", "2025-02-01")
        folder = root / "docs/okrs/2025-Q1"
        return {path.name: path.read_text("utf-8") for path in folder.glob("*.md")}

    return made


def test_a_cascade_of_some_boxes_stays_in_the_document(generated: Generated) -> None:
    pages = generated(tree(60, 4))
    assert "ladders_up.md" not in pages
    assert "All that stands below" not in pages["index.md"]
    assert '<details class="okr-branch" id="below_t--o0"' in pages["index.md"]


def test_a_large_cascade_leaves_its_first_level_in_the_document_and_links(
    generated: Generated,
) -> None:
    pages = generated(tree(200, 5))
    document, apart = pages["index.md"], pages["ladders_up.md"]
    assert "okr-branch" not in document
    assert len(BOX.findall(document)) == 6
    assert "- [t 1: Objective t/o0](ladders_up.md#below_t--o0) – " in document
    assert 'id="below_t--o0"' in apart
    assert "[Q1 2025](index.md)" in apart


def test_no_objective_is_lost_on_the_way(generated: Generated) -> None:
    pages = generated(tree(200, 5))
    wanted = {f"t.md#o{n}" for n in range(200)}
    assert set(BOX.findall(pages["ladders_up.md"])) == wanted
    assert set(re.findall(r"\]\((t\.md#o\d+)\)", pages["ladders_up.md"])) == wanted


def test_the_whole_document_keeps_all_of_it(generated: Generated) -> None:
    document = generated(tree(200, 5))["document.md"]
    assert document.count('id="below_t--o0"') == 1
    assert "ladders_up.md" not in document
    assert set(BOX.findall(document)) == {f"t.md#o{n}" for n in range(200)}
