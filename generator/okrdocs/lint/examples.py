"""The examples of the rules as files: what a page shows is what the tests run.

An example is a team's file of one cycle; a line such as `# okr.yml` or `# 2025-Q1/cycle.yml` begins
another file. What doesn't matter is filled in: `schema: 1`, the company, its teams, the day.
"""

from __future__ import annotations

import re
from textwrap import dedent

from okrdocs.source.disk import File

_HEAD = re.compile(r"^# ((?:[\w-]+/)?[\w-]+\.yml)\n", re.MULTILINE)
_USUAL = "2025-Q1/product.yml"
_COMPANY = """\
schema: 1
organization: Acme
as_of: 2025-02-12
teams:
  company: {name: Company}
  product: {name: Product, parent: company}
  engineering: {name: Engineering, parent: company}
"""


def example_files(example: str) -> tuple[File, ...]:
    """Return the files of an example, sorted by path, with what it leaves out filled in."""
    head, *rest = _HEAD.split(dedent(example).strip() + "\n")
    texts = dict(zip(rest[::2], rest[1::2], strict=True))
    if head.strip():
        texts[_USUAL] = head
    texts["okr.yml"] = _with_usual_company_keys(texts.get("okr.yml", ""))
    return tuple(
        File(f"okrs/{path}", _with_schema_line(text).encode("utf-8"))
        for path, text in sorted(texts.items())
    )


def _with_schema_line(text: str) -> str:
    return text if text.startswith("schema:") else f"schema: 1\n{text}"


def _with_usual_company_keys(given: str) -> str:
    """Return the usual `okr.yml` with the keys that an example gives in place of its own."""
    keys = set(re.findall(r"^(\w+):", given, re.MULTILINE))
    usual = re.findall(r"^\w+:.*\n(?: .*\n)*", _COMPANY, re.MULTILINE)
    return "".join(part for part in usual if part.partition(":")[0] not in keys) + given
