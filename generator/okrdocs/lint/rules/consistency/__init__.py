"""Rules about what contradicts itself; `RULES` is their order in the documentation."""

from __future__ import annotations

from okrdocs.lint.rule import rules_in

RULES = rules_in(
    __name__,
    "approval_outdated",
    "override_gap",
    "override_without_reason",
    "watermelon",
    "cap_overrun",
    "dropped_late",
    "decision_not_applied",
    "check_ins_out_of_order",
    "check_ins_on_one_day",
    "check_in_in_future",
    "check_in_outside_cycle",
    "value_went_back",
    "value_far_past",
    "achieved_early",
    "plan_short",
    "title_number_differs",
    "baseline_broken",
    "date_outside_cycle",
    "dates_contradict",
    "target_moved_late",
    "target_change_without_reason",
    "confidence_contradicts",
    "rag_without_note",
    "similar_names",
)
