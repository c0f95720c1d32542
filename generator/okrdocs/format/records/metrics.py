"""`okrs/metrics.yml`: what the company watches at all times, and what drives what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from okrdocs.format.fields import (
    Amount,
    Choice,
    Day,
    Flag,
    Many,
    Named,
    One,
    Prose,
    Slug,
    Text,
    Whole,
    declare,
)
from okrdocs.format.records.team import MetricSource
from okrdocs.format.records.values import Link, Record, links_field, meta_field, owners_field
from okrdocs.format.records.words import Category, Direction, Indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricValue(Record):
    """What a metric was on a day."""

    date: date = declare(Day(), "The day that the value describes.", "2025-02-01", required=True)
    value: str = declare(Amount(), "The value.", "$9.8M", required=True)
    note: str | None = declare(Prose(), "What stands behind it.", "Two large renewals.")


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricTarget(Record):
    """Where a metric should be at the end of a cycle. It's never graded."""

    cycle: str = declare(Text(48), "The cycle: its folder's name.", "2025-Q1", required=True)
    target: str = declare(Amount(), "Where it should be.", "$10M", required=True)
    stretch: str | None = declare(Amount(), "Where it would be at best.", "$11M")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric(Record):
    """A number that is watched at all times, under the id that key results use."""

    name: str = declare(Text(), "What people call it.", "Annual recurring revenue", required=True)
    short: str | None = declare(Text(40), "A short form for diagrams.", "ARR")
    definition: str | None = declare(
        Prose(), "What exactly is counted, and what isn't.", "Yearly value of signed contracts"
    )
    formula: str | None = declare(
        Text(), "How it's computed: shown as typed, never computed here.", "new + expansion − churn"
    )
    owner: tuple[str, ...] = owners_field()
    team: str | None = declare(Slug(), "The team that looks after it.", "company")
    north_star: bool = declare(
        Flag(), "The one metric that shows whether customers get what they came for.", "true"
    )
    indicator: Indicator | None = declare(Choice(Indicator), "Predicts or confirms.", "lagging")
    category: Category | None = declare(Choice(Category), "What it speaks of.", "business")
    source: MetricSource | None = declare(
        One(MetricSource, "tool"), "Where the number comes from.", "{tool: Stripe}"
    )
    segments: tuple[str, ...] = declare(
        Many(Text(), single=True), "How it can be split.", "[By plan, By region]"
    )
    calculated: str | None = declare(Text(60), "How often it's computed.", "daily")
    reviewed: str | None = declare(Text(60), "How often people look at it.", "weekly")
    drives: tuple[str, ...] = declare(
        Many(Slug(), single=True), "The metrics above it: what it's a part of.", "[revenue]"
    )
    predicts: tuple[str, ...] = declare(
        Many(Slug(), single=True), "Metrics that follow it later.", "[churn]"
    )
    balanced_by: tuple[str, ...] = declare(
        Many(Slug(), single=True), "Metrics that would show if it were gamed.", "[nps]"
    )
    better: Direction | None = declare(
        Choice(Direction), "Which way is better, where its targets don't say.", "higher"
    )
    pitfalls: tuple[str, ...] = declare(
        Many(Prose(), single=True), "How it can mislead.", "[A long contract counts at once]"
    )
    values: tuple[MetricValue, ...] = declare(
        Many(One(MetricValue)),
        "Values over time, beside those of its key results.",
        "[{date: 2025-02-01, value: $9.8M}]",
    )
    targets: tuple[MetricTarget, ...] = declare(
        Many(One(MetricTarget)),
        "Where it should be at the end of cycles.",
        "[{cycle: 2025-Q1, target: $10M, stretch: $11M}]",
    )
    links: tuple[Link, ...] = links_field()
    meta: Mapping[str, Any] = meta_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricsDocument(Record):
    """The company's metrics. The file is `okrs/metrics.yml`; it may be absent."""

    schema: int = declare(Whole(1, 1), "The version of this format.", "1", required=True)
    metrics: Mapping[str, Metric] = declare(
        Named(One(Metric, "name")), "The metrics by id.", "{arr: {name: Recurring revenue}}"
    )
    meta: Mapping[str, Any] = meta_field()
