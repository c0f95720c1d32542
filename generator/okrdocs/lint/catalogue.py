"""All rules, in the order of the documentation: family by family."""

from __future__ import annotations

from okrdocs.lint.rule import Rule
from okrdocs.lint.rules import consistency, process, structure, wording

RULES: tuple[Rule, ...] = (
    *wording.RULES,
    *structure.RULES,
    *consistency.RULES,
    *process.RULES,
)
