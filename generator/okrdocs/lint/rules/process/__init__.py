"""Rules about check-ins, reviews and closing; `RULES` is their order in the documentation."""

from __future__ import annotations

from okrdocs.lint.rule import rules_in

RULES = rules_in(
    __name__,
    "no_check_in",
    "stale",
    "low_confidence_silent",
    "blocker_open",
    "review_overdue",
    "review_without_decisions",
    "grading_overdue",
    "ungraded_at_close",
    "old_value_at_close",
    "perhaps_too_easy",
    "closed_without_retrospective",
    "approvals_missing",
    "draft_in_use",
)
