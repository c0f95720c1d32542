"""The grading cases of tests/conformance/ as data, and as docs/reference/conformance.md.

`python generator/docs_tools/conformance_page.py` writes the pages anew;
tests/grading/test_conformance.py fails when one is stale. What a case
may hold is documented at the head of the first, in INTRODUCTION.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "conformance"
PAGES = ROOT / "docs" / "reference"

FILES = (
    "source-document", "rounding", "lines", "keep", "steps", "as-of", "grades", "bands",
    "pace", "status", "above", "calendars", "policy", "not-gradable", "errors",
)  # fmt: skip

# The cases are full of words that people look for in their own OKRs.
RANK = "---\nsearch:\n  boost: 0.3\n---\n\n"
NOT_FOUND = "---\nsearch:\n  exclude: true\n---\n\n"

INTRODUCTION = """\
# Conformance cases for grading

<!-- Generated from tests/conformance/*.yml by conformance_page.py: edit those. -->

These {count} cases say what [grading](../explanation/grading.md) has to yield, sentence by
sentence. They are data: an input and the expected result. Whoever grades OKRs with other software
can run them too. The expected results were worked out by hand from the policy, not copied from a
program.

## How to read a case

Read all values as text: `1.10` stays `1.10`. A case holds an input, most of it optional:

| key | meaning | when absent |
|---|---|---|
| `id` | the case's name, used once | |
| `claim` | the sentence that it probes | |
| `as_of` | the day on which everything is graded | `2025-02-01` |
| `cycle` | the cycle's folder | `2025-Q1` |
| `cycle_document` | fields of `cycle.yml` | no such file |
| `okr` | fields of `okr.yml` beyond the organisation and the teams | none |
| `key_result` | the only key result, `kr`, of the objective `o` of the team `team` | |
| `key_results` | or several of them, by id | |
| `objective` | more fields of that objective | none |
| `objectives` | or whole objectives of the team `team`, by id | |
| `teams` | or several teams with their objectives; the others are below the first | |

Fields are those of the [file format](quantities.md), with three shorthands. Objectives and key
results stand under their ids instead of in a list; a title that is absent is the id; and
`value: 15` on a key result is a check-in with this value, dated `as_of`.

And it holds what is expected:

| key | meaning |
|---|---|
| `expect` | results of the key result `kr` |
| `results` | or results by reference: `team/o#kr`, `team/o`, a team's id, or `cycle` |
| `errors` | the codes of the errors that the files have, instead of results |
| `warnings` | the codes of the warnings |

Where `errors` is absent there are none. A result names the fields of the JSON export; those it
doesn't name may have any value. `none` is null, `flags` lists the codes of the flags, and what is
a mapping (`override`, `standings`) is compared by the keys that the case gives.
"""


class Case(NamedTuple):
    """One case: the file it stands in, its text there, and its data, every scalar a text."""

    file: str
    source: str
    data: dict[str, Any]

    @property
    def id(self) -> str:
        """The case's name."""
        return str(self.data["id"])


def read_cases() -> list[Case]:
    """Every case, file by file in the order of the page."""
    return [case for name in FILES for case in _cases_of(name)]


def _cases_of(name: str) -> list[Case]:
    text = (DATA / f"{name}.yml").read_text("utf-8")
    # BaseLoader leaves every scalar the text that stands there, which is the point of the cases.
    data = yaml.load(text, Loader=yaml.BaseLoader)
    sources = ["- id: " + part.rstrip() for part in text.split("\n- id: ")[1:]]
    return [Case(name, source, each) for source, each in zip(sources, data, strict=True)]


def heading(name: str) -> tuple[str, str]:
    """A data file's title and what it says about itself: the comment at its head."""
    lines = []
    for line in (DATA / f"{name}.yml").read_text("utf-8").splitlines():
        if not line.startswith("# "):
            break
        lines.append(line.removeprefix("# "))
    return lines[0], "\n".join(lines[1:])


def pages(cases: Sequence[Case]) -> dict[str, str]:
    """The pages by path in docs/reference/: how to read a case, then the cases of each file."""
    files = [(name, list(group)) for name, group in groupby(cases, key=lambda case: case.file)]
    overview = ["## The cases", "", "| about | cases | file |", "|---|---|---|"]
    for name, group in files:
        link = f"[{heading(name)[0]}](conformance/{name}.md)"
        overview.append(f"| {link} | {len(group)} | `tests/conformance/{name}.yml` |")
    first = "\n".join([INTRODUCTION.format(count=len(cases)), *overview]) + "\n"
    rest = {f"conformance/{name}.md": _page(name, group) for name, group in files}
    return {"conformance.md": RANK + first, **rest}


def _page(name: str, cases: Iterable[Case]) -> str:
    title, about = heading(name)
    blocks = "\n\n".join(case.source for case in cases)
    back = "[How to read a case](../conformance.md#how-to-read-a-case)"
    return f"{NOT_FOUND}# {title}\n\n{about}\n\n{back}\n\n```yaml\n{blocks}\n```\n"


if __name__ == "__main__":
    (PAGES / "conformance").mkdir(exist_ok=True)
    for path, text in pages(read_cases()).items():
        (PAGES / path).write_text(text, "utf-8", newline="\n")
