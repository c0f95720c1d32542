"""Writes docs/rules/: a page for each review rule, from its module, and their index.

`make docs` runs it; tests/docs_tools/test_rule_pages.py fails when a committed page is
stale. What a page shows as the finding of an example is what the rule says about it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from textwrap import dedent

from okrdocs.format.fields import fields_of
from okrdocs.format.records import RuleSetting
from okrdocs.lint.catalogue import RULES
from okrdocs.lint.examples import example_files
from okrdocs.lint.rule import Family, Rule
from okrdocs.lint.run import find_problems
from okrdocs.lint.selection import RuleChoice
from okrdocs.lint.settings import rules_to_run
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.problem import Problem
from okrdocs.source.disk import File

PAGES = Path(__file__).resolve().parents[2] / "docs" / "rules"
HEAD = Path(__file__).resolve().parent / "rule_pages.md"

# Their examples are full of words that people look for in their own OKRs, which come first.
RANK = "---\nsearch:\n  boost: 0.3\n---\n\n"

FAMILIES = {
    Family.WORDING: "What objectives and key results say.",
    Family.STRUCTURE: "How many there are, who answers for them, and how they hang together.",
    Family.CONSISTENCY: "Whether what is written agrees with itself.",
    Family.PROCESS: "Whether the rhythm is kept. Nearly all of these depend on the day.",
}


class _Example:
    """The files of an example, as a tree gives them."""

    def __init__(self, text: str) -> None:
        self.files = example_files(text)

    def read(self) -> tuple[tuple[File, ...], tuple[Problem, ...]]:
        """The files, none of them refused."""
        return self.files, ()


def pages() -> Mapping[str, str]:
    """The text of each page by its file's name."""
    written = {"index.md": _index(), **{f"{rule.code}.md": _page(rule) for rule in RULES}}
    return {name: RANK + text for name, text in written.items()}


def _page(rule: Rule) -> str:
    parts = [
        f"# {rule.code}",
        f"**{rule.title}.**",
        " · ".join(_facts(rule)),
        rule.text,
        "## What it finds",
        *(_found(rule, example) for example in rule.invalid),
        "## What it lets pass",
        *(_yaml(example) for example in rule.valid),
        *_settings(rule),
        "## Where it is wrong",
        f"A line that is right as it is says so, with its reason:\n\n"
        f"```yaml\n# okr: ignore[{rule.code}] the reason\n```\n\n"
        f"For the whole company, `okr.yml` sets it to `off`, `info`, `warning` or `error`:\n\n"
        f"```yaml\nrules:\n  {rule.code}: off\n```\n\n"
        f"More about both: [the rules](index.md#settings).",
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _facts(rule: Rule) -> Iterator[str]:
    yield f"Family: [{rule.family.value}](index.md#{rule.family.value})"
    yield f"Severity: {rule.severity.value}"
    if rule.dated:
        yield "Depends on the day, so it never fails a run"


def _yaml(example: str) -> str:
    return f"```yaml\n{dedent(example).strip()}\n```"


def _found(rule: Rule, example: str) -> str:
    tree = _Example(example)
    scores = evaluate(tree, as_of=None, today=date(2025, 2, 12)).partial
    assert scores is not None
    active, _ = rules_to_run(scores.workspace.organization, RuleChoice(frozenset({rule.code})))
    problems = find_problems(scores, active)
    said = "\n>\n".join(_said(problem) for problem in problems)
    return f"{_yaml(example)}\n\n{said}"


def _said(problem: Problem) -> str:
    """A finding as a quotation, which wraps on a phone and shows on a code host."""
    message = problem.message.replace("<", "&lt;")  # in a title, as in “<objective>”: no tag
    return f"> **{message}**\n>\n> {problem.hint}"


def _settings(rule: Rule) -> Iterator[str]:
    taken = rule.options.option_names()
    if not taken:
        return
    known = fields_of(RuleSetting)
    rows = [
        f"| `{name}` | {known[name].about.rstrip('.')} | {_default(getattr(rule.options, name))} |"
        for name in taken
    ]
    yield "## Settings"
    yield "\n".join(["| setting | what it is | default |", "|---|---|---|", *rows])


def _default(value: object) -> str:
    if isinstance(value, frozenset):
        return ", ".join(f"`{word}`" for word in sorted(value)) or "none"
    return f"{float(value):g}" if hasattr(value, "numerator") else str(value)  # type: ignore[arg-type]  # a Fraction or an int


def _index() -> str:
    """The introduction, the list of rules, and how they are controlled."""
    words = HEAD.read_text("utf-8").replace("{count}", str(len(RULES)))
    head, settings, rest = words.partition("## Settings")
    parts = [head.strip(), *map(_family, FAMILIES), f"{settings}{rest}".strip()]
    return "\n\n".join(parts) + "\n"


def _family(family: Family) -> str:
    rows = [
        f"| [{rule.code}]({rule.code}.md) | {rule.title} | {rule.severity.value} |"
        for rule in sorted(RULES, key=lambda rule: rule.code)
        if rule.family is family
    ]
    table = "\n".join(["| rule | what it finds | severity |", "|---|---|---|", *rows])
    return f"## {family.value.capitalize()}\n\n{FAMILIES[family]}\n\n{table}"


if __name__ == "__main__":
    PAGES.mkdir(exist_ok=True)
    written = pages()
    for path in PAGES.glob("*.md"):
        if path.name not in {*written, "accuracy.md"}:
            path.unlink()
    for name, text in written.items():
        (PAGES / name).write_text(text, "utf-8", newline="\n")
