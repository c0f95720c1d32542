"""`okr explain CODE`: the page of a code, in the terminal."""

from __future__ import annotations

import re
from textwrap import dedent

from okrdocs.commands import FINE
from okrdocs.lint.catalogue import RULES
from okrdocs.report import RuleInfo
from okrdocs.report.console import Console

_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


def print_code(console: Console, known: RuleInfo) -> int:
    """Print the title, the text and, for a rule, examples of both kinds."""
    head = console.styled(known.code, "bold")
    console.say(f"{head}  {known.title}")
    console.say(console.styled(f"{known.family} · {known.severity}", "dim"))
    console.say(f"\n{_LINK.sub(lambda link: link[1], known.text)}")
    rule = next((rule for rule in RULES if rule.code == known.code), None)
    if rule is not None:
        _print_example(console, "It finds:", rule.invalid[0])
        _print_example(console, "It lets pass:", rule.valid[0])
        console.say(f"\nAnswer it with `# okr: ignore[{rule.code}] reason` beside the line.")
    console.say(console.styled(f"\nMore: {known.page}", "dim"))
    return FINE


def _print_example(console: Console, title: str, text: str) -> None:
    console.say(f"\n{console.styled(title, 'bold')}")
    for line in dedent(text).strip().splitlines():
        console.say(f"    {line}".rstrip())
