"""`okrs/okr.yml`: the company, its calendar, teams, people and policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from okrdocs.format.fields import (
    ChoiceField,
    DateField,
    FlagField,
    GradeField,
    ListField,
    MappingField,
    NameField,
    NumberField,
    ProseField,
    RecordField,
    ShareField,
    SlugField,
    TextField,
    UrlField,
    WholeNumberField,
    declare,
)
from okrdocs.format.records.values import Figure, Record, meta_field, schema_field, was_field
from okrdocs.format.records.words import Month, Rhythm, RuleLevel, TMeaning, Weekday, YearEnd


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar(Record):
    """How the company counts its years."""

    fiscal_year_starts: Month = declare(
        ChoiceField(Month),
        "The month in which a fiscal year begins.",
        "February",
        default=Month.JANUARY,
    )
    fiscal_year_named_after: YearEnd = declare(
        ChoiceField(YearEnd), "Whether FY26 starts or ends in 2026.", "end", default=YearEnd.END
    )
    T: TMeaning | None = declare(
        ChoiceField(TMeaning), "What `2025-T2` is: four months, or three.", "trimester"
    )
    time_zone: str | None = declare(
        TextField(64), "Where the day begins; the machine's own unless given.", "Europe/Zurich"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool(Record):
    """Where numbers come from."""

    name: str = declare(TextField(), "The tool.", "Stripe", required=True)
    for_: str | None = declare(TextField(), "What it measures.", "revenue")
    source: str | None = declare(TextField(), "What in it is read.", "subscriptions")
    link: str | None = declare(UrlField(), "Its address.", "https://example.com/dashboard")


@dataclass(frozen=True, slots=True, kw_only=True)
class Team(Record):
    """A team. Its id is its key, and the name of its file in each cycle."""

    name: str = declare(TextField(), "What people call it.", "Product", required=True)
    parent: str | None = declare(
        SlugField(), "The team above it; the company has none, nor have peers.", "company"
    )
    company: bool = declare(
        FlagField(), "It is the company, where several teams have no parent.", "true"
    )
    lead: tuple[str, ...] = declare(
        ListField(NameField(), single=True), "Who leads it, from `people`.", "vp-product"
    )
    about: str | None = declare(ProseField(), "What the team is for.", "Builds the product.")
    was: tuple[str, ...] = was_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """A person, a role or a group, under the id that the other files use."""

    name: str = declare(TextField(), "The name in full.", "Chief Executive Officer", required=True)
    short: str | None = declare(TextField(40), "A short form for tables and diagrams.", "CEO")
    link: str | None = declare(UrlField(), "A page or an address.", "mailto:ceo@example.com")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Record):
    """One step of a scale and the grade that it is worth."""

    stage: str = declare(NameField(), "What people call it.", "In QA", required=True)
    mark: Figure = declare(GradeField(), "What it is worth, 0 to 1.", "0.6", required=True)
    means: str | None = declare(
        ProseField(), "What has to be true to be there.", "All tests written"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence(Record):
    """When people report, review and grade."""

    check_in: Rhythm = declare(
        ChoiceField(Rhythm), "How often values are reported.", "weekly", default=Rhythm.WEEKLY
    )
    day: Weekday = declare(
        ChoiceField(Weekday), "The day of the check-in.", "Monday", default=Weekday.MONDAY
    )
    stale_after_days: int = declare(
        WholeNumberField(1, 366), "After how many days a value counts as stale.", "14", default=14
    )
    review_week: int = declare(
        WholeNumberField(1, 52),
        "The week of a quarter with its review; other cycles: the middle.",
        "6",
        default=6,
    )
    grading_days: int = declare(
        WholeNumberField(0, 90), "Days after the end by which grades are due.", "5", default=5
    )
    format: tuple[str, ...] = declare(
        ListField(TextField()), "What each check-in says.", "[Sign and value, Blockers and asks]"
    )
    review_agenda: tuple[str, ...] = declare(
        ListField(TextField()), "The agenda of the mid-cycle review.", "[Grade each key result]"
    )
    grading_steps: tuple[str, ...] = declare(
        ListField(TextField()), "How grading is done.", "[Enter the last values]"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Band(Record):
    """A range of grades with a name; it reaches up to the next one."""

    from_: Figure = declare(GradeField(), "The lowest grade in the band.", "0.7", required=True)
    word: str = declare(TextField(40), "Its name.", "strong", required=True)
    means: str | None = declare(
        TextField(), "What such a grade says.", "Reached what was hoped for"
    )
    action: str | None = declare(TextField(), "What to do about it.", "Aim higher next time")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands(Record):
    """The bands of each type of objective, in the order in which legends show them."""

    aspirational: tuple[Band, ...] = declare(
        ListField(RecordField(Band)),
        "Bands of aspirational objectives.",
        "[{from: 0.7, word: strong}, {from: 0, word: miss}]",
    )
    committed: tuple[Band, ...] = declare(
        ListField(RecordField(Band)),
        "Bands of committed objectives.",
        "[{from: 1, word: met}, {from: 0, word: missed}]",
    )
    learning: tuple[Band, ...] = declare(
        ListField(RecordField(Band)),
        "Bands of learning objectives.",
        "[{from: 1, word: answered}, {from: 0, word: open}]",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Aims(Record):
    """The grade that a good cycle ends with, by type."""

    aspirational: Figure | None = declare(
        GradeField(), "Of aspirational objectives; 0.7 unless given.", "0.7"
    )
    committed: Figure | None = declare(
        GradeField(), "Of committed objectives; 1 unless given.", "1.0"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace(Record):
    """The gaps between grade and expectation at which the words of pace change."""

    ahead: Figure | None = declare(NumberField("0", "1"), "Ahead from here on; 0.15.", "0.15")
    on_track: Figure | None = declare(
        NumberField("-1", "0"), "On track from here on; -0.10.", "-0.10"
    )
    behind: Figure | None = declare(NumberField("-1", "0"), "Behind from here on; -0.25.", "-0.25")
    early_share: Figure | None = declare(
        ShareField(), "Up to this share of the time no pace is given; 10%.", "10%"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Grading(Record):
    """The company's grading policy: words, limits and aims. The formulas are fixed."""

    aims: Aims | None = declare(RecordField(Aims), "What counts as success.", "{aspirational: 0.7}")
    bands: Bands | None = declare(
        RecordField(Bands),
        "Words for grades at the end.",
        "{committed: [{from: 1, word: met}, {from: 0, word: missed}]}",
    )
    pace: Pace | None = declare(
        RecordField(Pace), "Words for progress on the way.", "{ahead: 0.15}"
    )
    override_gap: Figure | None = declare(
        GradeField(), "A grade given by hand that differs by more is flagged; 0.05.", "0.05"
    )
    review_below: Figure | None = declare(
        GradeField(), "A forecast below this is listed for the mid-cycle review; 0.3.", "0.3"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Principle(Record):
    """One part of the method, in the company's own words."""

    component: str = declare(TextField(), "What it is.", "Objective", required=True)
    definition: str | None = declare(ProseField(), "What it means here.", "Where we want to be")
    characteristics: tuple[str, ...] = declare(
        ListField(TextField()), "How to recognise a good one.", "[Memorable, In words]"
    )
    example: str | None = declare(TextField(), "An example.", "Be the first call of every hospital")


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice(Record):
    """Something that works."""

    practice: str = declare(TextField(), "What to do.", "Measure outcomes", required=True)
    why: str | None = declare(ProseField(), "Why it matters.", "Work isn't a result")
    example: str | None = declare(ProseField(), "An example.", "Churn from 5% to 3%")


@dataclass(frozen=True, slots=True, kw_only=True)
class AntiPattern(Record):
    """Something that doesn't work."""

    pattern: str = declare(TextField(), "What goes wrong.", "Set and forget", required=True)
    problem: str | None = declare(ProseField(), "What it costs.", "Nobody adjusts")
    fix: str | None = declare(ProseField(), "What to do instead.", "Check in every week")


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact(Record):
    """A document that belongs to the OKRs."""

    title: str = declare(TextField(), "The document.", "Product strategy", required=True)
    relation: str | None = declare(ProseField(), "How it relates.", "Sets the direction")
    location: str | None = declare(
        TextField(), "Where it is: a path, an address, or words.", "HR system"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSetting(Record):
    """How a review rule is set. Each rule's page says which of the options it takes."""

    severity: RuleLevel | None = declare(
        ChoiceField(RuleLevel), "How much a finding matters; `off` for not at all.", "warning"
    )
    min: int | None = declare(WholeNumberField(0, 1000), "The lower limit.", "2")
    max: int | None = declare(WholeNumberField(0, 1000), "The upper limit.", "5")
    company_min: int | None = declare(
        WholeNumberField(0, 1000), "The company's own lower limit.", "3"
    )
    company_max: int | None = declare(
        WholeNumberField(0, 1000), "The company's own upper limit.", "4"
    )
    days: int | None = declare(WholeNumberField(0, 366), "After how many days.", "21")
    share: Figure | None = declare(ShareField(), "A part of the whole.", "80%")
    allow: tuple[str, ...] = declare(
        ListField(TextField(), single=True), "Words that the rule lets pass.", "[SSO, RBAC]"
    )
    also: tuple[str, ...] = declare(
        ListField(TextField(), single=True),
        "Words that the rule looks for besides its own.",
        "[onboard]",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization(Record):
    """The company: its calendar, teams, people and policy. The file is `okrs/okr.yml`."""

    schema: int = schema_field()
    organization: str = declare(TextField(), "The company's name.", "Meridian Cloud", required=True)
    classification: str | None = declare(TextField(60), "Who may read the documents.", "Internal")
    calendar: Calendar | None = declare(
        RecordField(Calendar), "How the company counts its years.", "{fiscal_year_starts: February}"
    )
    contact: str | None = declare(TextField(), "Whom to ask.", "Strategy team")
    tools: tuple[Tool, ...] = declare(
        ListField(RecordField(Tool, "name")),
        "Where numbers come from.",
        "[{name: Stripe, for: revenue}]",
    )
    teams: Mapping[str, Team] = declare(
        MappingField(RecordField(Team, "name")), "The teams by id.", "{product: {name: Product}}"
    )
    people: Mapping[str, Person] = declare(
        MappingField(RecordField(Person, "name")),
        "People, roles and groups by id.",
        "{ceo: {name: Ada Byron}}",
    )
    scales: Mapping[str, tuple[Stage, ...]] = declare(
        MappingField(ListField(RecordField(Stage))),
        "Named scales for stages.",
        "{shipping: [{stage: In QA, mark: 0.6}, {stage: Shipped, mark: 1}]}",
    )
    cadence: Cadence | None = declare(RecordField(Cadence), "When people report.", "{day: Monday}")
    grading: Grading | None = declare(
        RecordField(Grading), "The grading policy.", "{override_gap: 0.05}"
    )
    rules: Mapping[str, RuleSetting] = declare(
        MappingField(RecordField(RuleSetting, "severity")),
        "Settings of the review rules, by the code of a rule or the name of a family.",
        "{kr-is-output: error}",
    )
    principles: tuple[Principle, ...] = declare(
        ListField(RecordField(Principle)),
        "The method, for every cycle's document.",
        "[{component: Objective}]",
    )
    practices: tuple[Practice, ...] = declare(
        ListField(RecordField(Practice, "practice")),
        "What works, for every cycle.",
        "[{practice: Measure outcomes}]",
    )
    anti_patterns: tuple[AntiPattern, ...] = declare(
        ListField(RecordField(AntiPattern, "pattern")),
        "What to avoid, for every cycle.",
        "[{pattern: Set and forget}]",
    )
    related: tuple[Artifact, ...] = declare(
        ListField(RecordField(Artifact, "title")),
        "Documents that belong to every cycle.",
        "[{title: Product strategy}]",
    )
    as_of: date | None = declare(
        DateField(), "Freezes today, for a demonstration that must not age.", "2025-02-01"
    )
    meta: Mapping[str, Any] = meta_field()
