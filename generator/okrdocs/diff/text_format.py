"""Formats the parts of a sentence: quoted titles, values as written, names of items."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from okrdocs.diff.list_matching import identity_field
from okrdocs.diff.normal_form import plain_data
from okrdocs.format.fields import ListField, ProseField, TextField, fields_of
from okrdocs.format.records import (
    Amendment,
    AntiPattern,
    Approval,
    Artifact,
    Change,
    CheckIn,
    Dependency,
    DocumentReview,
    Drop,
    Figure,
    MetricTarget,
    MetricValue,
    Move,
    Override,
    PlanPoint,
    Record,
    Reference,
    ReviewDecision,
    RollOver,
    RuleSetting,
    TargetChange,
)
from okrdocs.markup.shorten import shorten_at_word

TITLE, VALUE, WORDS = 70, 60, 160
"""Characters of a title, a value and a longer text within a sentence."""

_NOUNS: dict[type[Any], str] = {
    Amendment: "amendment of",
    AntiPattern: "anti-pattern",
    Approval: "approval by",
    Artifact: "related document",
    Change: "change-history entry of",
    CheckIn: "check-in of",
    Dependency: "dependency on",
    DocumentReview: "document review of",
    Drop: "drop",
    MetricTarget: "target for",
    MetricValue: "reading of",
    Move: "planned effect on",
    Override: "grade by hand",
    PlanPoint: "plan for",
    ReviewDecision: "decision on",
    RollOver: "roll-over of",
    RuleSetting: "setting of the rule",
    TargetChange: "target change of",
}
NAMED_BY_THEMSELVES = frozenset({Drop, Override})
_UNQUOTED = (date, Reference)
_FIELDS = {
    "at": "value",
    "by": "name", "dri": "DRI", "due": "due date", "done": "date of completion",
    "start": "first day", "end": "last day", "rag": "sign", "why": "“why”", "means": "meaning",
    "for": "purpose", "from": "lower end", "as_of": "frozen day", "with": "teams that share it",
    "ladders_up_to": "parents", "grading": "grading policy",
    "review_below": "limit for the mid-cycle review", "override_gap": "flagged gap",
    "stale_after_days": "number of days until a value is stale", "change": "relative target",
    "min": "lower limit", "max": "upper limit",
    "drives": "metrics above", "predicts": "metrics that it predicts", "better": "better way",
    "balanced_by": "metrics that balance it", "north_star": "mark as the North Star",
    "calculated": "rhythm of computing", "reviewed": "rhythm of review",
    "meta": "own keys (`meta`)", "was": "former ids (`was`)",
    "id": "id", "needs": "need", "check_in": "rhythm", "date": "date", "check_ins": "check-ins",
}  # fmt: skip


def quote(text: str, most: int = TITLE) -> str:
    """Return a person's words in quotation marks, on one line, shortened at a word."""
    return f"“{shorten_at_word(text, most)}”"


def field_name(key: str) -> str:
    """Return what a field is called in a sentence."""
    return _FIELDS.get(key) or key.replace("_", " ")


def value_text(value: Any) -> str:
    """Return a value as it was written; a record by what it says; "" for what isn't given."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Figure() | Reference():
            return value.text
        case StrEnum() | str():
            return str(value)
        case Record():
            name = value_text(getattr(value, identity_field(type(value))))
            return ", ".join(filter(None, [name, text_beside_name(value)]))
        case Mapping():
            return json.dumps(plain_data(value), ensure_ascii=False, default=str) if value else ""
        case tuple() | list():
            return ", ".join(value_text(item) for item in value)
        case _:
            return str(value)


def text_beside_name(record: Record, *without: str) -> str:
    """Return what a record says beside its name.

    Each field with its key, and people's words quoted.
    """
    hidden = {identity_field(type(record)), *without}
    texts = []
    for field in fields_of(type(record)).values():
        value = getattr(record, field.attribute)
        text = "" if value is False else value_text(value)  # a flag that isn't set says nothing
        if text and field.attribute not in hidden:
            kind = field.kind.of if isinstance(field.kind, ListField) else field.kind
            shown = quote(text, WORDS) if isinstance(kind, TextField | ProseField) else text
            texts.append(f"{field_name(field.key)} {shown}")
    return ", ".join(texts)


def record_noun(record: Any) -> str:
    """Return what kind of thing a record is, ready for its name to follow.

    `check-in of`, `risk`.
    """
    return _NOUNS.get(type(record)) or _words_of_class_name(type(record).__name__)


def item_name(record: Any, key: str = "") -> str:
    """Return what an item is called: `check-in of 2025-02-01`, `risk “Long security reviews”`."""
    noun = record_noun(record)
    name = key or getattr(record, identity_field(type(record)))
    if type(record) in NAMED_BY_THEMSELVES or name is None:
        return noun.removesuffix(" of")
    text = value_text(name)
    return f"{noun} {text if isinstance(name, _UNQUOTED) else quote(text)}"


def _words_of_class_name(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()


def join_with_and(parts: list[str]) -> str:
    """Return `a`, `a and b`, or `a, b and c`."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
