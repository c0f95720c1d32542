"""Rules about how OKRs are built; `RULES` is their order in the documentation."""

from __future__ import annotations

from okrdocs.lint.rule import rules_in

RULES = rules_in(
    __name__,
    "no_dri",
    "too_many_objectives",
    "too_few_objectives",
    "no_key_results",
    "too_many_key_results",
    "too_few_key_results",
    "missing_baseline",
    "low_ambition",
    "always_full_grade",
    "all_lagging",
    "no_counterweight",
    "no_ladder",
    "unsupported_objective",
    "ladders_to_dropped",
    "depends_on_dropped",
    "depends_on_later",
    "dependency_loop",
    "committed_low_confidence",
    "too_many_owners",
    "same_title",
    "carried_over_unlinked",
    "hidden_by_weight",
    "everything_top_priority",
    "initiative_without_key_result",
    "no_source",
    "metric_unexplained",
    "tree_all_lagging",
    "north_star_undriven",
)
