"""`okr explain CODE`: the page of a code, in the terminal."""

from __future__ import annotations

import re
from textwrap import dedent

from okrdocs.commands import FINE
from okrdocs.lint.catalogue import RULES
from okrdocs.report.console import Console
from okrdocs.report.rule_info import RuleInfo

_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


def print_code(console: Console, info: RuleInfo) -> int:
    """Print the title, the text and, for a rule, examples of both kinds."""
    head = console.style(info.code, "bold")
    console.print_line(f"{head}  {info.title}")
    console.print_line(console.style(f"{info.family} · {info.severity}", "dim"))
    console.print_line(f"\n{_LINK.sub(lambda link: link[1], info.text)}")
    rule = next((rule for rule in RULES if rule.code == info.code), None)
    if rule is not None:
        _print_example(console, "It finds:", rule.invalid[0])
        _print_example(console, "It lets pass:", rule.valid[0])
        console.print_line(f"\nAnswer it with `# okr: ignore[{rule.code}] reason` beside the line.")
    if info.page:
        console.print_line(console.style(f"\nMore: {info.page}", "dim"))
    return FINE


def _print_example(console: Console, title: str, text: str) -> None:
    console.print_line(f"\n{console.style(title, 'bold')}")
    for line in dedent(text).strip().splitlines():
        console.print_line(f"    {line}".rstrip())
