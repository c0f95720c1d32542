"""What an `okrs/<cycle>/<team>.yml` says of one key result, and of its grade and risks."""

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
    GradeField,
    ListField,
    ListOrNameField,
    NumberField,
    ProseField,
    RecordField,
    RefField,
    ShareField,
    SlugField,
    TextField,
    UrlField,
    declare,
)
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
    Level,
    MeasureName,
    Rag,
    Visibility,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Override(Record):
    """A grade that a person gives instead of the formula's. Both are shown."""

    value: Figure = declare(
        GradeField(or_na=True), "0 to 1, or `n/a` to leave it out.", "0.6", required=True
    )
    reason: str | None = declare(
        ProseField(), "Why the formula is wrong here.", "Measured too late"
    )
    by: str | None = declare(TextField(), "A name, or an id from `people`.", "vp-product")
    date: date | None = declare(DateField(), "From when on it holds.", "2025-04-05")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop(Record):
    """Given up before the end: left out of the mean and listed with its reason."""

    date: date = declare(DateField(), "From when on.", "2025-02-15", required=True)
    reason: str = declare(ProseField(), "Why.", "The market moved", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency(Record):
    """Something that others have to do first. Plain text will do."""

    needs: tuple[str, ...] = declare(
        ListField(TextField(), single=True),
        "References (what holds a `/` or `#`) or plain text.",
        "[engineering/scale#regions]",
        required=True,
    )
    impact: str | None = declare(ProseField(), "What happens if it fails.", "Deals hang on it")
    risk: Level | None = declare(ChoiceField(Level), "How likely that is.", "high")
    mitigation: str | None = declare(ProseField(), "What is done about it.", "Weekly sync")


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk(Record):
    """Something that may go wrong. Plain text will do."""

    risk: str = declare(TextField(), "What may happen.", "Long security reviews", required=True)
    likelihood: Level | None = declare(ChoiceField(Level), "How likely it is.", "medium")
    impact: Level | None = declare(ChoiceField(Level), "How bad it would be.", "high")
    mitigation: str | None = declare(ProseField(), "What is done about it.", "Start earlier")


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricSource(Record):
    """Where the number comes from. The tool's name alone will do."""

    tool: str | None = declare(TextField(), "The tool.", "Amplitude")
    metric: str | None = declare(TextField(), "What it calls the number.", "weekly SSO sign-ins")
    link: str | None = declare(UrlField(), "Its address.", "https://example.com/dashboard")


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelPoint(Record):
    """One of three levels; its value alone will do."""

    at_: str = declare(AmountField(), "The value.", "50", required=True)
    mark: Figure | None = declare(
        GradeField(), "What it is worth, where that isn't 0.3, 0.7 or 1.", "0.4"
    )

    def __str__(self) -> str:
        """Return the value as it was written."""
        return self.at_


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels(Record):
    """Three targets in one: graded 0.3 at `commit`, 0.7 at `target`, 1.0 at `stretch`.

    A level with a mark of its own is written `{at: 25, mark: 0.4}`.
    """

    commit: LevelPoint = declare(RecordField(LevelPoint, "at"), "Worth 0.3.", "50", required=True)
    target: LevelPoint = declare(RecordField(LevelPoint, "at"), "Worth 0.7.", "70", required=True)
    stretch: LevelPoint = declare(RecordField(LevelPoint, "at"), "Worth 1.0.", "100", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone(Record):
    """A step that is either done or not."""

    title: str = declare(TextField(), "The step.", "Audit passed", required=True)
    weight: Figure | None = declare(
        NumberField("0"), "Its share of the whole; 1 unless given.", "2"
    )
    due: date | None = declare(DateField(ends=True), "When it is planned.", "2025-02-15")
    done: date | None = declare(DateField(), "When it was done.", "2025-02-20")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPoint(Record):
    """A value that the key result is planned to have on a day."""

    date: date = declare(DateField(), "The day.", "2025-02-15", required=True)
    value: str = declare(AmountField(), "The planned value.", "40%", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetChange(Record):
    """The target moved: from the day on the present one holds, before it this one did."""

    date: date = declare(DateField(), "From when on.", "2025-02-15", required=True)
    from_: str = declare(AmountField(), "The target until then.", "90%", required=True)
    reason: str | None = declare(ProseField(), "Why.", "Two providers left the market")


@dataclass(frozen=True, slots=True, kw_only=True)
class StageChange(Record):
    """The stages were rewritten: values from before the day keep the marks that they had."""

    date: date = declare(DateField(), "From when on.", "2025-02-15", required=True)
    from_: tuple[Stage, ...] = declare(
        ListField(RecordField(Stage)),
        "The stages until then.",
        "[{stage: Pilot, mark: 0.5}, {stage: Live, mark: 1}]",
        required=True,
    )
    reason: str | None = declare(ProseField(), "Why.", "The pilot became two")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn(Record):
    """What was true on a day: a value, and what its owner says about it."""

    date: date = declare(
        DateField(), "The day that the value describes.", "2025-02-01", required=True
    )
    value: str | None = declare(AmountField(), "The value; blank or `n/a` is not reported.", "65%")
    grade: Figure | None = declare(GradeField(), "Only for `judged`: the mark given.", "0.7")
    rag: Rag | None = declare(ChoiceField(Rag), "The owner's own judgement.", "green")
    confidence: Figure | None = declare(ShareField(), "How likely success is.", "80%")
    forecast: Figure | None = declare(
        GradeField(), "The owner's projection of the final grade.", "0.8"
    )
    by: str | None = declare(
        TextField(), "Who reports: a name, or an id from `people`.", "spm-growth"
    )
    note: str | None = declare(ProseField(), "What stands behind the value.", "Two providers left.")
    blockers: tuple[str, ...] = declare(
        ListField(ProseField(), single=True), "What is in the way.", "[A contract waits for Legal]"
    )
    asks: tuple[str, ...] = declare(
        ListField(ProseField(), single=True), "What help is needed.", "[Two days of a designer]"
    )
    decisions: tuple[str, ...] = declare(
        ListField(ProseField(), single=True), "What was decided.", "[Start with Okta]"
    )
    risks: tuple[str, ...] = declare(
        ListField(ProseField(), single=True), "What may go wrong.", "[The audit may slip]"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyResult(Record):
    """A measurable outcome that shows whether the objective is reached."""

    id: str = declare(
        SlugField(), "Unique in its objective, stable for the cycle.", "sso-adoption", required=True
    )
    title: str = declare(
        TextField(500),
        "The result, in words and numbers.",
        "90% sign in through SSO",
        required=True,
    )
    label: str | None = declare(
        TextField(60), "A short form for diagrams and digests.", "SSO adoption"
    )
    visibility: Visibility = visibility_field()
    why: str | None = declare(
        ProseField(), "Why it matters, or how it is counted.", "Without SSO they can't buy"
    )
    type: Commitment | None = declare(
        ChoiceField(Commitment), "Where it differs from its objective's.", "committed"
    )
    measure: MeasureName | None = declare(
        ChoiceField(MeasureName), "Only where it can't be inferred.", "increase"
    )
    baseline: str | None = declare(AmountField(), "The value at the start.", "0%")
    target: str | None = declare(AmountField(), "The value that is aimed for.", "90%")
    change: str | None = declare(AmountField(), "A target relative to the baseline.", "+10%")
    floor: str | None = declare(AmountField(), "Keep targets: worth 0 below the bound.", "99%")
    ceiling: str | None = declare(AmountField(), "Keep targets: worth 0 above the bound.", "80 ms")
    levels: Levels | None = declare(
        RecordField(Levels), "Three targets in one.", "{commit: 50, target: 70, stretch: 100}"
    )
    stages: tuple[Stage, ...] | str | None = declare(
        ListOrNameField(ListField(RecordField(Stage)), "scales"),
        "A scale, or the name of one in `okr.yml`.",
        "shipping",
        default=None,
    )
    milestones: tuple[Milestone, ...] = declare(
        ListField(RecordField(Milestone, "title")),
        "Steps that are done or not.",
        "[{title: Audit passed}]",
    )
    priority: str | None = declare(TextField(20), "As your company writes it.", "P1")
    weight: Figure | None = weight_field()
    guardrail: bool = declare(FlagField(), "Held or breached, never averaged.", "true")
    indicator: Indicator | None = declare(
        ChoiceField(Indicator), "Predicts or confirms.", "leading"
    )
    category: Category | None = declare(ChoiceField(Category), "What it speaks of.", "usage")
    source: MetricSource | None = declare(
        RecordField(MetricSource, "tool"), "Where the number comes from.", "{tool: Amplitude}"
    )
    metric: str | None = declare(
        SlugField(),
        "The metric of `metrics.yml` that it moves; its check-ins count there too.",
        "arr",
    )
    owner: tuple[str, ...] = owners_field()
    dri: str | None = dri_field()
    with_: tuple[str, ...] = declare(
        ListField(SlugField(), single=True),
        "Other teams that share it; shown on their pages.",
        "[sales]",
    )
    due: date | None = declare(
        DateField(ends=True), "Where it ends before the cycle does.", "2025-02-28"
    )
    plan: tuple[PlanPoint, ...] = declare(
        ListField(RecordField(PlanPoint)),
        "Planned values, where progress isn't even.",
        "[{date: 2025-02-15, value: 40%}]",
    )
    dependencies: tuple[Dependency, ...] = declare(
        ListField(RecordField(Dependency, "needs"), single=True),
        "What others have to do first.",
        "[engineering/scale#regions]",
    )
    risks: tuple[Risk, ...] = declare(
        ListField(RecordField(Risk, "risk"), single=True),
        "What may go wrong.",
        "[Long security reviews]",
    )
    check_ins: tuple[CheckIn, ...] = declare(
        ListField(RecordField(CheckIn)), "Values over time.", "[{date: 2025-02-01, value: 65%}]"
    )
    target_changes: tuple[TargetChange, ...] = declare(
        ListField(RecordField(TargetChange)),
        "Targets that held before.",
        "[{date: 2025-02-15, from: 90%}]",
    )
    stage_changes: tuple[StageChange, ...] = declare(
        ListField(RecordField(StageChange)),
        "Stages that held before; values from then keep their marks.",
        "[{date: 2025-02-15, from: [{stage: Pilot, mark: 0.5}, {stage: Live, mark: 1}]}]",
    )
    grade: Override | None = declare(
        RecordField(Override, "value"),
        "A grade given by hand.",
        "{value: 0.6, reason: Measured too late}",
    )
    dropped: Drop | None = declare(
        RecordField(Drop), "Given up.", "{date: 2025-02-15, reason: The market moved}"
    )
    carried_over_from: Reference | None = declare(
        RefField(), "The same key result in an earlier cycle.", "2024-Q4:product/growth#nps"
    )
    was: tuple[str, ...] = was_field()
    links: tuple[Link, ...] = links_field()
    meta: Mapping[str, Any] = meta_field()
