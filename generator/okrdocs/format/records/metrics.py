"""`okrs/metrics.yml`: what the company watches at all times, and what drives what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from okrdocs.format.fields import (
    AmountField,
    ChoiceField,
    DateField,
    FlagField,
    ListField,
    MappingField,
    ProseField,
    RecordField,
    SlugField,
    TextField,
    declare,
)
from okrdocs.format.records.key_result import MetricSource
from okrdocs.format.records.values import (
    Link,
    Record,
    links_field,
    meta_field,
    owners_field,
    schema_field,
)
from okrdocs.format.records.words import Category, Direction, Indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricValue(Record):
    """What a metric was on a day."""

    date: date = declare(
        DateField(), "The day that the value describes.", "2025-02-01", required=True
    )
    value: str = declare(AmountField(), "The value.", "$9.8M", required=True)
    note: str | None = declare(ProseField(), "What stands behind it.", "Two large renewals.")


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricTarget(Record):
    """Where a metric should be at the end of a cycle. It's never graded."""

    cycle: str = declare(TextField(48), "The cycle: its folder's name.", "2025-Q1", required=True)
    target: str = declare(AmountField(), "Where it should be.", "$10M", required=True)
    stretch: str | None = declare(AmountField(), "Where it would be at best.", "$11M")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric(Record):
    """A number that is watched at all times, under the id that key results use."""

    name: str = declare(
        TextField(), "What people call it.", "Annual recurring revenue", required=True
    )
    short: str | None = declare(TextField(40), "A short form for diagrams.", "ARR")
    definition: str | None = declare(
        ProseField(), "What exactly is counted, and what isn't.", "Yearly value of signed contracts"
    )
    formula: str | None = declare(
        TextField(),
        "How it's computed: shown as typed, never computed here.",
        "new + expansion − churn",
    )
    owner: tuple[str, ...] = owners_field()
    team: str | None = declare(SlugField(), "The team that looks after it.", "company")
    north_star: bool = declare(
        FlagField(), "The one metric that shows whether customers get what they came for.", "true"
    )
    indicator: Indicator | None = declare(
        ChoiceField(Indicator), "Predicts or confirms.", "lagging"
    )
    category: Category | None = declare(ChoiceField(Category), "What it speaks of.", "business")
    source: MetricSource | None = declare(
        RecordField(MetricSource, "tool"), "Where the number comes from.", "{tool: Stripe}"
    )
    segments: tuple[str, ...] = declare(
        ListField(TextField(), single=True), "How it can be split.", "[By plan, By region]"
    )
    calculated: str | None = declare(TextField(60), "How often it's computed.", "daily")
    reviewed: str | None = declare(TextField(60), "How often people look at it.", "weekly")
    drives: tuple[str, ...] = declare(
        ListField(SlugField(), single=True),
        "The metrics above it: what it's a part of.",
        "[revenue]",
    )
    predicts: tuple[str, ...] = declare(
        ListField(SlugField(), single=True), "Metrics that follow it later.", "[churn]"
    )
    balanced_by: tuple[str, ...] = declare(
        ListField(SlugField(), single=True), "Metrics that would show if it were gamed.", "[nps]"
    )
    better: Direction | None = declare(
        ChoiceField(Direction), "Which way is better, where its targets don't say.", "higher"
    )
    pitfalls: tuple[str, ...] = declare(
        ListField(ProseField(), single=True),
        "How it can mislead.",
        "[A long contract counts at once]",
    )
    values: tuple[MetricValue, ...] = declare(
        ListField(RecordField(MetricValue)),
        "Values over time, beside those of its key results.",
        "[{date: 2025-02-01, value: $9.8M}]",
    )
    targets: tuple[MetricTarget, ...] = declare(
        ListField(RecordField(MetricTarget)),
        "Where it should be at the end of cycles.",
        "[{cycle: 2025-Q1, target: $10M, stretch: $11M}]",
    )
    links: tuple[Link, ...] = links_field()
    meta: Mapping[str, Any] = meta_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricsDocument(Record):
    """The company's metrics. The file is `okrs/metrics.yml`; it may be absent."""

    schema: int = schema_field()
    metrics: Mapping[str, Metric] = declare(
        MappingField(RecordField(Metric, "name")),
        "The metrics by id.",
        "{arr: {name: Recurring revenue}}",
    )
    meta: Mapping[str, Any] = meta_field()
