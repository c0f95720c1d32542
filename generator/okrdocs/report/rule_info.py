"""What a report says about a code beside the finding itself. The commands fill it in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from okrdocs.problem import Severity


class RuleInfo(NamedTuple):
    """What is known of a code.

    `title` is one line of plain text, `text` Markdown of ours, `page` the address of its page, ""
    where none is published, and `severity` the usual one.
    """

    code: str
    title: str
    text: str
    page: str
    family: str
    severity: Severity


Rules = Mapping[str, RuleInfo]
"""By code. A code that isn't there is reported without a page and a text of its own."""

NO_RULES: Rules = MappingProxyType({})


def rule_page_path(code: str, rules: Rules) -> str:
    """Return the address of the page about a code, or "" where there is none."""
    return rules[code].page if code in rules else ""
