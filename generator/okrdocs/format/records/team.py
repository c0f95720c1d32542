"""`okrs/<cycle>/<team>.yml`: the objectives and key results of one team."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from okrdocs.format.fields import (
    AmountField,
    ChoiceField,
    DateField,
    ListField,
    ProseField,
    RecordField,
    RefField,
    ShareField,
    SlugField,
    TextField,
    UrlField,
    WholeNumberField,
    declare,
)
from okrdocs.format.records.cycle import Retrospective
from okrdocs.format.records.key_result import Dependency, Drop, KeyResult, Override, Risk
from okrdocs.format.records.values import (
    Figure,
    Link,
    Record,
    Reference,
    dri_field,
    links_field,
    meta_field,
    owners_field,
    visibility_field,
    was_field,
    weight_field,
)
from okrdocs.format.records.words import (
    Commitment,
    InitiativeStatus,
    Visibility,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(Record):
    """A key result that an initiative is meant to move."""

    key_result: str = declare(
        SlugField(), "A key result of the same objective.", "sso-adoption", required=True
    )
    by: str | None = declare(AmountField(), "By how much.", "+40 points")


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiative(Record):
    """Work that is meant to move key results; no part of the grade. Plain text will do."""

    title: str = declare(TextField(), "What is done.", "SSO for every provider", required=True)
    status: InitiativeStatus | None = declare(
        ChoiceField(InitiativeStatus), "Where it stands.", "active"
    )
    owner: tuple[str, ...] = owners_field()
    priority: str | None = declare(TextField(20), "As your company writes it.", "P1")
    moves: tuple[Move, ...] = declare(
        ListField(RecordField(Move, "key_result")),
        "What it is meant to move.",
        "[{key_result: sso-adoption}]",
    )
    due: date | None = declare(DateField(ends=True), "When it is to be finished.", "2025-03-01")
    link: str | None = declare(UrlField(), "Where it is tracked.", "https://example.com/sso")
    note: str | None = declare(ProseField(), "Anything else.", "With Engineering")


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective(Record):
    """Where a team wants to be at the end of the cycle, in words."""

    id: str = declare(
        SlugField(), "Unique in its team, stable for the cycle.", "enterprise-ready", required=True
    )
    title: str = declare(
        TextField(500), "The objective in words.", "Enterprises say yes to us", required=True
    )
    label: str | None = declare(TextField(60), "A short form for diagrams.", "Enterprise-ready")
    visibility: Visibility = visibility_field()
    why: str | None = declare(ProseField(), "Why now.", "Four of eleven deals failed on it")
    owner: tuple[str, ...] = owners_field()
    dri: str | None = dri_field()
    priority: str | None = declare(TextField(20), "As your company writes it.", "P0")
    type: Commitment = declare(
        ChoiceField(Commitment),
        "What kind of promise it is.",
        "committed",
        default=Commitment.ASPIRATIONAL,
    )
    confidence: Figure | None = declare(ShareField(), "How likely success is.", "75%")
    confidence_note: str | None = declare(
        ProseField(), "What that rests on.", "Two pilots are signed"
    )
    ladders_up_to: tuple[Reference, ...] = declare(
        ListField(RefField(), single=True),
        "Objectives or key results that it serves.",
        "[company/growth]",
    )
    weight: Figure | None = weight_field()
    risks: tuple[Risk, ...] = declare(
        ListField(RecordField(Risk, "risk"), single=True),
        "What may go wrong.",
        "[Long security reviews]",
    )
    dependencies: tuple[Dependency, ...] = declare(
        ListField(RecordField(Dependency, "needs"), single=True),
        "What others have to do first.",
        "[engineering/scale#regions]",
    )
    initiatives: tuple[Initiative, ...] = declare(
        ListField(RecordField(Initiative, "title"), single=True),
        "Work that is meant to move it.",
        "[SSO for every provider]",
    )
    key_results: tuple[KeyResult, ...] = declare(
        ListField(RecordField(KeyResult)),
        "How success is measured.",
        "[{id: nps, title: NPS from 35 to 50}]",
    )
    grade: Override | None = declare(
        RecordField(Override, "value"),
        "A grade given by hand.",
        "{value: 0.6, reason: Measured too late}",
    )
    closing_note: str | None = declare(
        ProseField(), "The verdict in words, at the end.", "Half of it, and the harder half"
    )
    dropped: Drop | None = declare(
        RecordField(Drop), "Given up.", "{date: 2025-02-15, reason: The market moved}"
    )
    carried_over_from: Reference | None = declare(
        RefField(), "The same objective in an earlier cycle.", "2024-Q4:product/growth"
    )
    was: tuple[str, ...] = was_field()
    links: tuple[Link, ...] = links_field()
    meta: Mapping[str, Any] = meta_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamDocument(Record):
    """One team's OKRs in one cycle. The file's name is the team's id, its folder the cycle's."""

    schema: int = declare(WholeNumberField(1, 1), "The version of this format.", "1", required=True)
    visibility: Visibility = visibility_field()
    summary: str | None = declare(
        ProseField(), "What the team is up to, in a paragraph.", "Less new, more finished."
    )
    objectives: tuple[Objective, ...] = declare(
        ListField(RecordField(Objective)),
        "The team's objectives, most important first.",
        "[{id: growth, title: Grow with our customers}]",
    )
    retrospective: Retrospective | None = declare(
        RecordField(Retrospective),
        "What the cycle taught the team.",
        "{worked: [Weekly sales call]}",
    )
    links: tuple[Link, ...] = links_field()
    meta: Mapping[str, Any] = meta_field()
