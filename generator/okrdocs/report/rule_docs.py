"""What is known of every code: the rules by their modules, the problems by their page.

`problems.md` beside this module is the source of docs/reference/problems.md.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from okrdocs import DOCUMENTATION
from okrdocs.lint.catalogue import RULES
from okrdocs.problem import Severity
from okrdocs.report.rule_info import RuleInfo, Rules

PROBLEMS_PAGE = "docs/reference/problems.md"


@cache
def rule_infos_by_code() -> Rules:
    """Return the rules and the problems by code."""
    return {info.code: info for info in (*_problem_infos(), *_rule_infos())}


def published_address(page: str, documentation: str = DOCUMENTATION) -> str:
    """Return where a page of docs/ is published; "" where no documentation is configured."""
    path = page.removeprefix("docs/").replace(".md", ".html")
    return f"{documentation}{path}" if documentation else ""


def _rule_infos() -> tuple[RuleInfo, ...]:
    return tuple(
        RuleInfo(
            r.code, r.title, r.text, published_address(r.page_path), r.family.value, r.severity
        )
        for r in RULES
    )


def problems_page() -> str:
    """Return the page about problems, as it is published."""
    return (files("okrdocs.report") / "problems.md").read_text("utf-8")


def _problem_infos() -> tuple[RuleInfo, ...]:
    parts = re.split(r"^### (.+)\n|^## .*\n", problems_page(), flags=re.MULTILINE)
    return tuple(
        _problem_info(code, text.strip())
        for code, text in zip(parts[1::2], parts[2::2], strict=True)
        if code
    )


def _problem_info(code: str, text: str) -> RuleInfo:
    first = " ".join(text.partition("\n\n")[0].split())
    title = re.split(r"(?<=[.:]) ", first.replace("A **warning**: ", ""))[0].rstrip(".:")
    severity = Severity.WARNING if "A **warning**:" in text else Severity.ERROR
    page = published_address(f"{PROBLEMS_PAGE}#{code}")
    return RuleInfo(code, title, text, page, "problem", severity)
