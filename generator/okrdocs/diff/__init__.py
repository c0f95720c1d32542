"""What changed between two states of a company's OKRs, and what it did to the grades.

`match` pairs what belongs together, `records` finds the fields that differ, `weigh` says how much
each matters, `sentences` puts it into words, `effects` compares the grades. Pure: nothing here
reads files or git, and nothing is graded anew.
"""

from okrdocs.diff.change import Change, ChangeKind, Diff, Effect, Importance, Scope
from okrdocs.diff.changes import compare, compare_without_effects
from okrdocs.diff.importance import same_amount

__all__ = [
    "Change",
    "ChangeKind",
    "Diff",
    "Effect",
    "Importance",
    "Scope",
    "compare",
    "compare_without_effects",
    "same_amount",
]
