"""Compares two states of a company's OKRs: what changed, and what that did to the grades.

`pairs` pairs what belongs together, `field_edits` finds the fields that differ, `importance` rates
each, `sentences` puts it into words, `grade_effects` compares the grades. Pure: nothing here reads
files or git, and nothing is graded anew.
"""

from okrdocs.diff.change import ChangeKind, Diff, Effect, Importance, OkrChange, Scope
from okrdocs.diff.changes import compare, compare_without_effects
from okrdocs.diff.importance import same_amount

__all__ = [
    "ChangeKind",
    "Diff",
    "Effect",
    "Importance",
    "OkrChange",
    "Scope",
    "compare",
    "compare_without_effects",
    "same_amount",
]
