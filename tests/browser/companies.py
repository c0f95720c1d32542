"""The companies whose sites are opened: this repository's own, and one that means harm.

Each function fills a folder and says with which options `okr build` makes its site.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from git_repository import Repository
from pages.test_hostile_texts import company

ROOT = Path(__file__).resolve().parents[2]
Options = tuple[str, ...]
# Whole pages; of all others only the headings are built, since links lead to them.
WHOLE = (
    "how-to/privacy.md",
    "reference/format.md",
    "reference/text.md",
    "rules/index.md",
    "rules/stale.md",
)
# A step of history: what stood there before, in the cycle of the demonstration's own day.
TEAM, NOW, BEFORE = "okrs/2025-Q2/product.yml", "target: 95%", "target: 98%"


def demonstration(root: Path, with_site: Callable[[Path], Path]) -> Options:
    """Its `okrs/`, with a change in git a few days before its day: so there is a history."""
    repository = Repository(with_site(root))
    for page in WHOLE:
        shutil.copy(ROOT / "docs" / page, root / "docs" / page)
    shutil.copytree(ROOT / "okrs", root / "okrs")
    team = (root / TEAM).read_text("utf-8")
    assert NOW in team
    repository.write(TEAM, team.replace(NOW, BEFORE, 1))
    repository.commit("The quarter begins", day="2025-04-01")
    repository.write(TEAM, team)
    repository.commit("A target that can be reached", day="2025-05-13")
    return ()


def hostile(root: Path, with_site: Callable[[Path], Path]) -> Options:
    """Every text field of the format holds a text that tries to become something else."""
    with_site(root)
    for path, text in company()[0].items():
        (root / "okrs" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "okrs" / path).write_text(text, encoding="utf-8")
    return ("--as-of", "2025-04-20")
