"""`okrs/<cycle>/cycle.yml`: a cycle as a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from okrdocs.format.fields import (
    ChoiceField,
    DateField,
    FlagField,
    ListField,
    ProseField,
    RecordField,
    RefField,
    TextField,
    declare,
)
from okrdocs.format.records.organization import AntiPattern, Artifact, Practice, Principle
from okrdocs.format.records.values import Record, Reference, meta_field, owners_field, schema_field
from okrdocs.format.records.words import CycleStatus, Decision, Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval(Record):
    """Who approves, and when they did; without a date it is still to come."""

    role: str = declare(TextField(), "In which role.", "CEO", required=True)
    by: str | None = declare(TextField(), "A name, or an id from `people`.", "ceo")
    date: date | None = declare(DateField(), "When it was given.", "2025-01-05")
    digest: str | None = declare(
        TextField(64), "What was approved, as `okr digest` prints it.", "v2:3f9a1c07be42"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Record):
    """A line of the change history that a person wrote."""

    date: date = declare(DateField(), "When.", "2025-01-05", required=True)
    author: str | None = declare(TextField(), "A name, or an id from `people`.", "ceo")
    change: str = declare(ProseField(), "What changed.", "Company OKRs agreed", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDecision(Record):
    """What the review decided about one key result or objective."""

    ref: Reference = declare(RefField(), "Which one.", "product/growth#activation", required=True)
    decision: Decision = declare(
        ChoiceField(Decision), "What was decided.", "continue", required=True
    )
    reason: str | None = declare(ProseField(), "Why.", "The playbook works")


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Record):
    """The mid-cycle review. A decision records; `dropped` and `target_changes` change."""

    date: date | None = declare(DateField(), "When it was held.", "2025-02-15")
    decisions: tuple[ReviewDecision, ...] = declare(
        ListField(RecordField(ReviewDecision)),
        "What was decided.",
        "[{ref: product/growth#activation, decision: continue}]",
    )
    learnings: tuple[str, ...] = declare(
        ListField(ProseField(), single=True), "What was learnt.", "[Legal needs four weeks]"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RollOver(Record):
    """Something that goes on in the next cycle."""

    ref: Reference | None = declare(RefField(), "Which one.", "product/growth#activation")
    note: str | None = declare(ProseField(), "Why, or what changes.", "Same metric, higher target")


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrospective(Record):
    """What a cycle taught."""

    worked: tuple[str, ...] = declare(
        ListField(ProseField(), single=True), "What to keep doing.", "[Weekly sales call]"
    )
    did_not: tuple[str, ...] = declare(
        ListField(ProseField(), single=True), "What to stop.", "[Two owners for one result]"
    )
    contributed: tuple[str, ...] = declare(
        ListField(ProseField(), single=True),
        "What made the difference.",
        "[The auditors were early]",
    )
    ambition: str | None = declare(ProseField(), "Whether the targets were right.", "About right")
    roll_over: tuple[RollOver, ...] = declare(
        ListField(RecordField(RollOver, "note")),
        "What goes on in the next cycle.",
        "[{ref: product/growth}]",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReview(Record):
    """Someone read the document and said something."""

    date: date = declare(DateField(), "When.", "2025-01-12", required=True)
    by: str | None = declare(TextField(), "A name, or an id from `people`.", "ceo")
    comment: str = declare(ProseField(), "What they said.", "Seeded", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment(Record):
    """Why something was changed after the cycle was closed, when its numbers are sealed."""

    ref: Reference | None = declare(
        RefField(),
        "Which one; an objective speaks for its key results. Without it, the whole cycle: that it"
        " was opened again, or that an objective or a team's file went or came.",
        "product/growth#activation",
    )
    date: date = declare(
        DateField(), "When; on the day of the closing or later.", "2025-04-20", required=True
    )
    reason: str = declare(
        ProseField(), "Why.", "The auditors counted one deal twice", required=True
    )
    by: str | None = declare(TextField(), "A name, or an id from `people`.", "ceo")


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleDocument(Record):
    """A cycle as a document. The file is `cycle.yml` in the cycle's folder; it may be absent."""

    schema: int = schema_field()
    title: str | None = declare(TextField(), "What people call the cycle.", "Spring 2025")
    start: date | None = declare(
        DateField(), "First day, where the folder's name doesn't say.", "2025-01-01"
    )
    end: date | None = declare(
        DateField(), "Last day, where the folder's name doesn't say.", "2025-03-31"
    )
    undated: bool = declare(FlagField(), "A backlog without dates.", "true")
    status: CycleStatus = declare(
        ChoiceField(CycleStatus), "Where the cycle stands.", "active", default=CycleStatus.ACTIVE
    )
    visibility: Visibility | None = declare(
        ChoiceField(Visibility),
        "A draft stays out of the public pages as a whole. Unless given, that is so while the"
        " `status` is `draft`.",
        "public",
    )
    owner: tuple[str, ...] = owners_field()
    author: tuple[str, ...] = declare(
        ListField(TextField(), single=True), "Who wrote the document: names or ids.", "vp-product"
    )
    approvers: tuple[str, ...] = declare(
        ListField(TextField(), single=True), "Who approves it: names or ids.", "[ceo, executives]"
    )
    classification: str | None = declare(
        TextField(60), "Where it differs from `okr.yml`.", "Internal"
    )
    created: date | None = declare(DateField(), "When the document was begun.", "2024-12-15")
    updated: date | None = declare(DateField(), "When it was last changed.", "2025-01-15")
    review_date: date | None = declare(
        DateField(), "The mid-cycle review; derived when absent.", "2025-02-15"
    )
    grading_date: date | None = declare(
        DateField(), "When grades are due; derived when absent.", "2025-04-05"
    )
    document_id: str | None = declare(TextField(60), "Derived when absent.", "OKR-2025-Q1")
    version: str | None = declare(TextField(40), "The document's version.", "1.0.0")
    summary: str | None = declare(
        ProseField(), "What the cycle is about, in a paragraph.", "Win large customers."
    )
    purpose: str | None = declare(
        ProseField(), "What the document is for.", "To say what comes first."
    )
    strategic_value: str | None = declare(
        ProseField(), "Why it is worth the effort.", "Everybody sees how far we are."
    )
    principles: tuple[Principle, ...] = declare(
        ListField(RecordField(Principle)),
        "The method, where it differs from `okr.yml`.",
        "[{component: Objective}]",
    )
    practices: tuple[Practice, ...] = declare(
        ListField(RecordField(Practice, "practice")),
        "What works.",
        "[{practice: Measure outcomes}]",
    )
    anti_patterns: tuple[AntiPattern, ...] = declare(
        ListField(RecordField(AntiPattern, "pattern")),
        "What to avoid.",
        "[{pattern: Set and forget}]",
    )
    approvals: tuple[Approval, ...] = declare(
        ListField(RecordField(Approval, "role")),
        "Who has to approve, and who has.",
        "[{role: CEO, by: ceo}]",
    )
    related: tuple[Artifact, ...] = declare(
        ListField(RecordField(Artifact, "title")),
        "Documents that belong to it.",
        "[{title: Product strategy}]",
    )
    changes: tuple[Change, ...] = declare(
        ListField(RecordField(Change)),
        "The change history.",
        "[{date: 2025-01-05, change: Company OKRs agreed}]",
    )
    review: Review | None = declare(
        RecordField(Review),
        "The mid-cycle review.",
        "{date: 2025-02-15, learnings: [Legal needs four weeks]}",
    )
    retrospective: Retrospective | None = declare(
        RecordField(Retrospective), "What the cycle taught.", "{worked: [Weekly sales call]}"
    )
    amendments: tuple[Amendment, ...] = declare(
        ListField(RecordField(Amendment)),
        "What was changed after the cycle was closed.",
        "[{ref: product/growth, date: 2025-04-20, reason: The auditors counted one deal twice}]",
    )
    document_reviews: tuple[DocumentReview, ...] = declare(
        ListField(RecordField(DocumentReview)),
        "Who read the document.",
        "[{date: 2025-01-12, comment: Seeded}]",
    )
    meta: Mapping[str, Any] = meta_field()

    @property
    def draft(self) -> bool:
        """Return whether the public pages leave the cycle out as a whole."""
        if self.visibility is not None:
            return self.visibility is Visibility.DRAFT
        return self.status is CycleStatus.DRAFT
