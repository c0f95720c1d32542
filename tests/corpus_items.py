"""The labelled titles of tests/corpus/ as data: what the wording rules are measured against.

`tuned/` may be read while a rule is worked on; `held_out/` says afterwards how good it is. A label
stands for what a good OKR coach would say to the author; `may` is for real doubt and counts
neither as a hit nor as a false alarm. docs/rules/accuracy.md explains the measurement.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

CORPUS = Path(__file__).resolve().parent / "corpus"
PARTS = ("held_out", "tuned")
CODES = (
    "objective-has-number", "objective-is-task", "objective-is-solution", "objective-is-vague",
    "kr-is-output", "kr-without-number", "vanity-metric", "two-results", "mixed-score", "kr-is-kpi",
    "weasel-words", "placeholder-text", "copy-of-parent", "unexplained-abbreviation",
)  # fmt: skip


class Item(NamedTuple):
    """One title with what an author may write beside it; absent texts are "".

    `kind` is "objective" or "key_result", `measure` "" or "judged", `parent` the title it ladders
    up to, `part` one of PARTS, `path` the file.
    """

    kind: str
    title: str
    baseline: str
    target: str
    measure: str
    why: str
    parent: str
    labels: tuple[str, ...]
    may: tuple[str, ...]
    part: str
    path: Path


TEXTS = ("kind", "title", "baseline", "target", "measure", "why", "parent")
LISTS = ("labels", "may")


@cache
def entries(path: Path) -> tuple[dict[str, Any], ...]:
    """The mappings of one file, as written."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(document["items"])


def item(entry: dict[str, Any], path: Path) -> Item:
    """One mapping as an Item."""
    fields: dict[str, Any] = {key: entry.get(key, "") for key in TEXTS}
    fields |= {key: tuple(entry.get(key, ())) for key in LISTS}
    return Item(**fields, part=path.parent.name, path=path)


def paths(part: str | None = None) -> tuple[Path, ...]:
    """The corpus's files, sorted; of one part, or of both."""
    parts = PARTS if part is None else (part,)
    return tuple(path for name in parts for path in sorted((CORPUS / name).glob("*.yml")))


def items(part: str | None = None) -> tuple[Item, ...]:
    """The labelled titles of one part or of both, in the order of files and lines."""
    return tuple(item(entry, path) for path in paths(part) for entry in entries(path))
