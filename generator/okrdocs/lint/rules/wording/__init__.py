"""Rules about titles; `RULES` is their order in the documentation."""

from __future__ import annotations

from okrdocs.lint.rule import rules_in

RULES = rules_in(
    __name__,
    "objective_too_long",
    "objective_is_vague",
    "objective_has_number",
    "objective_is_task",
    "objective_is_solution",
    "key_result_too_long",
    "kr_without_number",
    "kr_is_output",
    "kr_is_kpi",
    "vanity_metric",
    "two_results",
    "mixed_score",
    "weasel_words",
    "placeholder_text",
    "copy_of_parent",
    "unexplained_abbreviation",
)
