"""`okrs/<cycle>/<team>.yml`: the objectives and key results of one team."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from okrdocs.format.fields import (
    Amount,
    Choice,
    Day,
    Either,
    Flag,
    Many,
    Mark,
    Number,
    One,
    Prose,
    Ref,
    Share,
    Slug,
    Text,
    Url,
    Whole,
    declare,
)
from okrdocs.format.records.cycle import Retrospective
from okrdocs.format.records.organization import Stage
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
    Category,
    Commitment,
    Indicator,
    InitiativeStatus,
    Level,
    MeasureName,
    Rag,
    Visibility,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Override(Record):
    """A grade that a person gives instead of the formula's. Both are shown."""

    value: Figure = declare(
        Mark(or_na=True), "0 to 1, or `n/a` to leave it out.", "0.6", required=True
    )
    reason: str | None = declare(Prose(), "Why the formula is wrong here.", "Measured too late")
    by: str | None = declare(Text(), "A name, or an id from `people`.", "vp-product")
    date: date | None = declare(Day(), "From when on it holds.", "2025-04-05")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop(Record):
    """Given up before the end: left out of the mean and listed with its reason."""

    date: date = declare(Day(), "From when on.", "2025-02-15", required=True)
    reason: str = declare(Prose(), "Why.", "The market moved", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency(Record):
    """Something that others have to do first. Plain text will do."""

    needs: tuple[str, ...] = declare(
        Many(Text(), single=True),
        "References (what holds a `/` or `#`) or plain text.",
        "[engineering/scale#regions]",
        required=True,
    )
    impact: str | None = declare(Prose(), "What happens if it fails.", "Deals hang on it")
    risk: Level | None = declare(Choice(Level), "How likely that is.", "high")
    mitigation: str | None = declare(Prose(), "What is done about it.", "Weekly sync")


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk(Record):
    """Something that may go wrong. Plain text will do."""

    risk: str = declare(Text(), "What may happen.", "Long security reviews", required=True)
    likelihood: Level | None = declare(Choice(Level), "How likely it is.", "medium")
    impact: Level | None = declare(Choice(Level), "How bad it would be.", "high")
    mitigation: str | None = declare(Prose(), "What is done about it.", "Start earlier")


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(Record):
    """A key result that an initiative is meant to move."""

    key_result: str = declare(
        Slug(), "A key result of the same objective.", "sso-adoption", required=True
    )
    by: str | None = declare(Amount(), "By how much.", "+40 points")


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiative(Record):
    """Work that is meant to move key results; no part of the grade. Plain text will do."""

    title: str = declare(Text(), "What is done.", "SSO for every provider", required=True)
    status: InitiativeStatus | None = declare(
        Choice(InitiativeStatus), "Where it stands.", "active"
    )
    owner: tuple[str, ...] = owners_field()
    priority: str | None = declare(Text(20), "As your company writes it.", "P1")
    moves: tuple[Move, ...] = declare(
        Many(One(Move, "key_result")), "What it is meant to move.", "[{key_result: sso-adoption}]"
    )
    due: date | None = declare(Day(), "When it is to be finished.", "2025-03-01")
    link: str | None = declare(Url(), "Where it is tracked.", "https://example.com/sso")
    note: str | None = declare(Prose(), "Anything else.", "With Engineering")


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricSource(Record):
    """Where the number comes from. The tool's name alone will do."""

    tool: str | None = declare(Text(), "The tool.", "Amplitude")
    metric: str | None = declare(Text(), "What it calls the number.", "weekly SSO sign-ins")
    link: str | None = declare(Url(), "Its address.", "https://example.com/dashboard")


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels(Record):
    """Three targets in one: graded 0.3 at `commit`, 0.7 at `target`, 1.0 at `stretch`."""

    commit: str = declare(Amount(), "Worth 0.3.", "50", required=True)
    target: str = declare(Amount(), "Worth 0.7.", "70", required=True)
    stretch: str = declare(Amount(), "Worth 1.0.", "100", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone(Record):
    """A step that is either done or not."""

    title: str = declare(Text(), "The step.", "Audit passed", required=True)
    weight: Figure | None = declare(Number("0"), "Its share of the whole; 1 unless given.", "2")
    due: date | None = declare(Day(), "When it is planned.", "2025-02-15")
    done: date | None = declare(Day(), "When it was done.", "2025-02-20")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPoint(Record):
    """A value that the key result is planned to have on a day."""

    date: date = declare(Day(), "The day.", "2025-02-15", required=True)
    value: str = declare(Amount(), "The planned value.", "40%", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetChange(Record):
    """The target moved: from the day on the present one holds, before it this one did."""

    date: date = declare(Day(), "From when on.", "2025-02-15", required=True)
    from_: str = declare(Amount(), "The target until then.", "90%", required=True)
    reason: str | None = declare(Prose(), "Why.", "Two providers left the market")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn(Record):
    """What was true on a day: a value, and what its owner says about it."""

    date: date = declare(Day(), "The day that the value describes.", "2025-02-01", required=True)
    value: str | None = declare(Amount(), "The value; blank or `n/a` is not reported.", "65%")
    grade: Figure | None = declare(Mark(), "Only for `judged`: the mark given.", "0.7")
    rag: Rag | None = declare(Choice(Rag), "The owner's own judgement.", "green")
    confidence: Figure | None = declare(Share(), "How likely success is.", "80%")
    forecast: Figure | None = declare(Mark(), "The owner's projection of the final grade.", "0.8")
    by: str | None = declare(Text(), "Who reports: a name, or an id from `people`.", "spm-growth")
    note: str | None = declare(Prose(), "What stands behind the value.", "Two providers left.")
    blockers: tuple[str, ...] = declare(
        Many(Prose(), single=True), "What is in the way.", "[A contract waits for Legal]"
    )
    asks: tuple[str, ...] = declare(
        Many(Prose(), single=True), "What help is needed.", "[Two days of a designer]"
    )
    decisions: tuple[str, ...] = declare(
        Many(Prose(), single=True), "What was decided.", "[Start with Okta]"
    )
    risks: tuple[str, ...] = declare(
        Many(Prose(), single=True), "What may go wrong.", "[The audit may slip]"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyResult(Record):
    """A measurable outcome that shows whether the objective is reached."""

    id: str = declare(
        Slug(), "Unique in its objective, stable for the cycle.", "sso-adoption", required=True
    )
    title: str = declare(
        Text(500), "The result, in words and numbers.", "90% sign in through SSO", required=True
    )
    label: str | None = declare(Text(60), "A short form for diagrams and digests.", "SSO adoption")
    visibility: Visibility = visibility_field()
    why: str | None = declare(
        Prose(), "Why it matters, or how it is counted.", "Without SSO they can't buy"
    )
    measure: MeasureName | None = declare(
        Choice(MeasureName), "Only where it can't be inferred.", "increase"
    )
    baseline: str | None = declare(Amount(), "The value at the start.", "0%")
    target: str | None = declare(Amount(), "The value that is aimed for.", "90%")
    change: str | None = declare(Amount(), "A target relative to the baseline.", "+10%")
    floor: str | None = declare(Amount(), "Keep targets: worth 0 below the bound.", "99%")
    ceiling: str | None = declare(Amount(), "Keep targets: worth 0 above the bound.", "80 ms")
    levels: Levels | None = declare(
        One(Levels), "Three targets in one.", "{commit: 50, target: 70, stretch: 100}"
    )
    stages: tuple[Stage, ...] | str | None = declare(
        Either(Many(One(Stage)), "scales"),
        "A scale, or the name of one in `okr.yml`.",
        "shipping",
        default=None,
    )
    milestones: tuple[Milestone, ...] = declare(
        Many(One(Milestone, "title")), "Steps that are done or not.", "[{title: Audit passed}]"
    )
    priority: str | None = declare(Text(20), "As your company writes it.", "P1")
    weight: Figure | None = weight_field()
    guardrail: bool = declare(Flag(), "Held or breached, never averaged.", "true")
    indicator: Indicator | None = declare(Choice(Indicator), "Predicts or confirms.", "leading")
    category: Category | None = declare(Choice(Category), "What it speaks of.", "usage")
    source: MetricSource | None = declare(
        One(MetricSource, "tool"), "Where the number comes from.", "{tool: Amplitude}"
    )
    metric: str | None = declare(
        Slug(), "The metric of `metrics.yml` that it moves; its check-ins count there too.", "arr"
    )
    owner: tuple[str, ...] = owners_field()
    dri: str | None = dri_field()
    with_: tuple[str, ...] = declare(
        Many(Slug(), single=True), "Other teams that share it; shown on their pages.", "[sales]"
    )
    due: date | None = declare(Day(), "Where it ends before the cycle does.", "2025-02-28")
    plan: tuple[PlanPoint, ...] = declare(
        Many(One(PlanPoint)),
        "Planned values, where progress isn't even.",
        "[{date: 2025-02-15, value: 40%}]",
    )
    dependencies: tuple[Dependency, ...] = declare(
        Many(One(Dependency, "needs"), single=True),
        "What others have to do first.",
        "[engineering/scale#regions]",
    )
    risks: tuple[Risk, ...] = declare(
        Many(One(Risk, "risk"), single=True), "What may go wrong.", "[Long security reviews]"
    )
    check_ins: tuple[CheckIn, ...] = declare(
        Many(One(CheckIn)), "Values over time.", "[{date: 2025-02-01, value: 65%}]"
    )
    target_changes: tuple[TargetChange, ...] = declare(
        Many(One(TargetChange)), "Targets that held before.", "[{date: 2025-02-15, from: 90%}]"
    )
    grade: Override | None = declare(
        One(Override, "value"), "A grade given by hand.", "{value: 0.6, reason: Measured too late}"
    )
    dropped: Drop | None = declare(
        One(Drop), "Given up.", "{date: 2025-02-15, reason: The market moved}"
    )
    carried_over_from: Reference | None = declare(
        Ref(), "The same key result in an earlier cycle.", "2024-Q4:product/growth#nps"
    )
    was: tuple[str, ...] = was_field()
    links: tuple[Link, ...] = links_field()
    meta: Mapping[str, Any] = meta_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective(Record):
    """Where a team wants to be at the end of the cycle, in words."""

    id: str = declare(
        Slug(), "Unique in its team, stable for the cycle.", "enterprise-ready", required=True
    )
    title: str = declare(
        Text(500), "The objective in words.", "Enterprises say yes to us", required=True
    )
    label: str | None = declare(Text(60), "A short form for diagrams.", "Enterprise-ready")
    visibility: Visibility = visibility_field()
    why: str | None = declare(Prose(), "Why now.", "Four of eleven deals failed on it")
    owner: tuple[str, ...] = owners_field()
    dri: str | None = dri_field()
    priority: str | None = declare(Text(20), "As your company writes it.", "P0")
    type: Commitment = declare(
        Choice(Commitment),
        "What kind of promise it is.",
        "committed",
        default=Commitment.ASPIRATIONAL,
    )
    confidence: Figure | None = declare(Share(), "How likely success is.", "75%")
    confidence_note: str | None = declare(Prose(), "What that rests on.", "Two pilots are signed")
    ladders_up_to: tuple[Reference, ...] = declare(
        Many(Ref(), single=True), "Objectives or key results that it serves.", "[company/growth]"
    )
    weight: Figure | None = weight_field()
    risks: tuple[Risk, ...] = declare(
        Many(One(Risk, "risk"), single=True), "What may go wrong.", "[Long security reviews]"
    )
    dependencies: tuple[Dependency, ...] = declare(
        Many(One(Dependency, "needs"), single=True),
        "What others have to do first.",
        "[engineering/scale#regions]",
    )
    initiatives: tuple[Initiative, ...] = declare(
        Many(One(Initiative, "title"), single=True),
        "Work that is meant to move it.",
        "[SSO for every provider]",
    )
    key_results: tuple[KeyResult, ...] = declare(
        Many(One(KeyResult)), "How success is measured.", "[{id: nps, title: NPS from 35 to 50}]"
    )
    grade: Override | None = declare(
        One(Override, "value"), "A grade given by hand.", "{value: 0.6, reason: Measured too late}"
    )
    dropped: Drop | None = declare(
        One(Drop), "Given up.", "{date: 2025-02-15, reason: The market moved}"
    )
    carried_over_from: Reference | None = declare(
        Ref(), "The same objective in an earlier cycle.", "2024-Q4:product/growth"
    )
    was: tuple[str, ...] = was_field()
    links: tuple[Link, ...] = links_field()
    meta: Mapping[str, Any] = meta_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamDocument(Record):
    """One team's OKRs in one cycle. The file's name is the team's id, its folder the cycle's."""

    schema: int = declare(Whole(1, 1), "The version of this format.", "1", required=True)
    visibility: Visibility = visibility_field()
    summary: str | None = declare(
        Prose(), "What the team is up to, in a paragraph.", "Less new, more finished."
    )
    objectives: tuple[Objective, ...] = declare(
        Many(One(Objective)),
        "The team's objectives, most important first.",
        "[{id: growth, title: Grow with our customers}]",
    )
    retrospective: Retrospective | None = declare(
        One(Retrospective), "What the cycle taught the team.", "{worked: [Weekly sales call]}"
    )
    links: tuple[Link, ...] = links_field()
    meta: Mapping[str, Any] = meta_field()
