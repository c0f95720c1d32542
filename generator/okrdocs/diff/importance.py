"""Decides what kind of change an edit is, and how much it matters to a reviewer.

The goalposts come first: whatever makes a grade easier or harder to get after the fact. A field
that stands in no table here takes the kind of what it belongs to, and counts as words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from okrdocs.diff.change import ChangeKind, Importance
from okrdocs.diff.field_edits import EditKind, FieldEdit
from okrdocs.format.fields import AmountField, ProseField
from okrdocs.format.records import (
    Band,
    CheckIn,
    CycleDocument,
    Figure,
    Initiative,
    KeyResult,
    Metric,
    MetricsDocument,
    Milestone,
    Objective,
    Organization,
    Review,
    Stage,
    Team,
    TeamDocument,
)
from okrdocs.grading.quantity import QuantityError, parse_target

KindAndImportance = tuple[ChangeKind, Importance]

_LOOKS = str.maketrans("‐‑–—“”„‘’", '----"""\'\'')  # dashes, quotation marks
_STOPS = re.compile(r"[,;:!](?!\d)")
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))", re.ASCII)
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b", re.ASCII)
_NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*(?!\d|[A-Z]{2}|(?:st|nd|rd|th)\b)", re.ASCII)

_GOALPOSTS, _COMMITMENT = Importance.GOALPOSTS, Importance.COMMITMENT
_PROGRESS, _WORDS = Importance.PROGRESS, Importance.WORDS

_COMMON: dict[str, KindAndImportance] = {
    "title": (ChangeKind.REWORDED, _COMMITMENT),
    "owner": (ChangeKind.OWNER, _COMMITMENT),
    "dri": (ChangeKind.OWNER, _COMMITMENT),
    "priority": (ChangeKind.PRIORITY, _COMMITMENT),
    "visibility": (ChangeKind.STATUS, _GOALPOSTS),
    "weight": (ChangeKind.WEIGHT, _GOALPOSTS),
    "grade": (ChangeKind.GRADE, _GOALPOSTS),
    "dropped": (ChangeKind.DROPPED, _GOALPOSTS),
    "dependencies": (ChangeKind.DEPENDENCY, _COMMITMENT),
    "carried_over_from": (ChangeKind.TEXT, _COMMITMENT),
    "risks": (ChangeKind.RISK, _PROGRESS),
    "links": (ChangeKind.LINK, _WORDS),
}
_OBJECTIVE: dict[str, KindAndImportance] = {
    **_COMMON,
    "type": (ChangeKind.TYPE, _GOALPOSTS),
    "confidence": (ChangeKind.CONFIDENCE, _PROGRESS),
    "ladders_up_to": (ChangeKind.REPARENTED, _COMMITMENT),
    "initiatives": (ChangeKind.INITIATIVE, _PROGRESS),
}
_KEY_RESULT: dict[str, KindAndImportance] = {
    **_COMMON,
    "measure": (ChangeKind.MEASURE, _GOALPOSTS),
    "baseline": (ChangeKind.BASELINE, _GOALPOSTS),
    "target": (ChangeKind.TARGET, _GOALPOSTS),
    "change": (ChangeKind.TARGET, _GOALPOSTS),
    "floor": (ChangeKind.TARGET, _GOALPOSTS),
    "ceiling": (ChangeKind.TARGET, _GOALPOSTS),
    "levels": (ChangeKind.TARGET, _GOALPOSTS),
    "target_changes": (ChangeKind.TARGET, _GOALPOSTS),
    "stages": (ChangeKind.MEASURE, _GOALPOSTS),
    "milestones": (ChangeKind.MILESTONE, _GOALPOSTS),
    "guardrail": (ChangeKind.MEASURE, _GOALPOSTS),
    "due": (ChangeKind.DATES, _GOALPOSTS),
    "plan": (ChangeKind.PLAN, _GOALPOSTS),
    "with": (ChangeKind.SHARED, _COMMITMENT),
    "source": (ChangeKind.SOURCE, _WORDS),
    "metric": (ChangeKind.SOURCE, _WORDS),
    "check_ins": (ChangeKind.CHECK_IN_CHANGED, _PROGRESS),
}
_CYCLE: dict[str, KindAndImportance] = {
    "status": (ChangeKind.STATUS, _GOALPOSTS),
    "visibility": (ChangeKind.STATUS, _COMMITMENT),
    "start": (ChangeKind.DATES, _GOALPOSTS),
    "end": (ChangeKind.DATES, _GOALPOSTS),
    "undated": (ChangeKind.DATES, _GOALPOSTS),
    "review_date": (ChangeKind.DATES, _COMMITMENT),
    "grading_date": (ChangeKind.DATES, _COMMITMENT),
    "owner": (ChangeKind.OWNER, _COMMITMENT),
    "approvers": (ChangeKind.APPROVAL, _COMMITMENT),
    "approvals": (ChangeKind.APPROVAL, _COMMITMENT),
    "amendments": (ChangeKind.DOCUMENT, _COMMITMENT),
    "review": (ChangeKind.REVIEW, _COMMITMENT),
    "retrospective": (ChangeKind.REVIEW, _WORDS),
}
_COMPANY: dict[str, KindAndImportance] = {
    "as_of": (ChangeKind.DATES, _GOALPOSTS),
    "calendar": (ChangeKind.DATES, _GOALPOSTS),
    "grading": (ChangeKind.POLICY, _GOALPOSTS),
    "scales": (ChangeKind.POLICY, _GOALPOSTS),
    "cadence": (ChangeKind.POLICY, _COMMITMENT),
    "rules": (ChangeKind.RULES, _COMMITMENT),
    "teams": (ChangeKind.TEAM, _COMMITMENT),
    "people": (ChangeKind.PEOPLE, _WORDS),
}
_IN_ITEMS: dict[type[Any], dict[str, KindAndImportance]] = {
    Milestone: {
        "title": (ChangeKind.MILESTONE, _COMMITMENT),
        "done": (ChangeKind.MILESTONE, _PROGRESS),
    },
    Initiative: {
        "owner": (ChangeKind.INITIATIVE, _PROGRESS),
        "link": (ChangeKind.INITIATIVE, _WORDS),
    },
    CheckIn: {
        "by": (ChangeKind.CHECK_IN_CHANGED, _WORDS),
        "blockers": (ChangeKind.CHECK_IN_CHANGED, _PROGRESS),
        "asks": (ChangeKind.CHECK_IN_CHANGED, _PROGRESS),
        "decisions": (ChangeKind.CHECK_IN_CHANGED, _PROGRESS),
        "risks": (ChangeKind.CHECK_IN_CHANGED, _PROGRESS),
    },
    Review: {"learnings": (ChangeKind.REVIEW, _WORDS)},
    Band: {"means": (ChangeKind.POLICY, _WORDS), "action": (ChangeKind.POLICY, _WORDS)},
    Stage: {"means": (ChangeKind.MEASURE, _WORDS)},
    Metric: {
        **dict.fromkeys(("definition", "formula", "targets"), (ChangeKind.METRIC, _COMMITMENT)),
        **dict.fromkeys(("north_star", "better", "drives"), (ChangeKind.METRIC, _COMMITMENT)),
        "owner": (ChangeKind.OWNER, _COMMITMENT),
        "values": (ChangeKind.METRIC, _PROGRESS),
        **dict.fromkeys(("short", "source", "segments", "calculated"), (ChangeKind.METRIC, _WORDS)),
        **dict.fromkeys(("reviewed", "pitfalls", "links", "meta"), (ChangeKind.METRIC, _WORDS)),
    },
    Team: {"lead": (ChangeKind.OWNER, _COMMITMENT), "name": (ChangeKind.TEAM, _COMMITMENT)},
}
_TABLES: dict[type[Any], dict[str, KindAndImportance]] = {
    Objective: _OBJECTIVE,
    KeyResult: _KEY_RESULT,
    CycleDocument: _CYCLE,
    TeamDocument: {"visibility": (ChangeKind.STATUS, _GOALPOSTS)},
    Organization: _COMPANY,
    MetricsDocument: {"metrics": (ChangeKind.METRIC, _COMMITMENT)},
    **_IN_ITEMS,
}
_DOCUMENTS = frozenset({CycleDocument, TeamDocument, Organization, MetricsDocument})
_CHECK_INS = {
    EditKind.ADDED: ChangeKind.CHECK_IN_ADDED,
    EditKind.REMOVED: ChangeKind.CHECK_IN_REMOVED,
}


def kind_and_importance(edit: FieldEdit, *, sealed: bool) -> KindAndImportance:
    """Return kind and importance of an edit.

    `sealed`: the cycle was closed before, so that its values count as goalposts.
    """
    kind, importance = _kind_from_tables(edit)
    if kind is ChangeKind.CHECK_IN_CHANGED and not edit.trail:
        kind = _CHECK_INS.get(edit.op, kind)
    if edit.op is EditKind.REORDERED:
        kind, importance = ChangeKind.REORDERED, _WORDS
    if has_other_number_in_title(edit):
        importance = _GOALPOSTS
    if is_only_notation_changed(edit) or _is_title_restyled(edit):
        importance = _WORDS
    if sealed and importance is _PROGRESS:
        importance = _GOALPOSTS
    return kind, importance


def _kind_from_tables(edit: FieldEdit) -> KindAndImportance:
    """Return what the tables say of the field, else of what it belongs to."""
    for depth, (record, key) in enumerate(_fields_from_innermost(edit)):
        entry = _TABLES.get(record, {}).get(key)
        if entry is not None and depth and isinstance(edit.field.kind, ProseField):
            return entry[0], _WORDS
        if entry is not None:
            return entry
    return (
        ChangeKind.DOCUMENT if _outermost_record(edit) in _DOCUMENTS else ChangeKind.TEXT
    ), _WORDS


def _outermost_record(edit: FieldEdit) -> type[Any]:
    return edit.trail[0].record if edit.trail else edit.record


def _fields_from_innermost(edit: FieldEdit) -> Iterator[tuple[type[Any], str]]:
    """Yield the field and the fields that lead to it, the innermost first."""
    yield edit.record, edit.field.key
    for step in reversed(edit.trail):
        yield step.record, step.field.key


def has_other_number_in_title(edit: FieldEdit) -> bool:
    """Return whether a key result's title has other numbers, while its target stayed.

    Where people write the number into the title, the title is the goalpost.
    """
    if edit.record is not KeyResult or edit.field.key != "title" or edit.op is not EditKind.CHANGED:
        return False
    old, new = edit.holders
    return bool(
        old.target == new.target and _numbers_in_title(edit.before) != _numbers_in_title(edit.after)
    )


def _is_title_restyled(edit: FieldEdit) -> bool:
    """Return whether a title only got other capitals, dashes, quotation marks or commas."""
    if edit.field.key != "title" or edit.op is not EditKind.CHANGED or edit.before is None:
        return False
    return edit.after is not None and _title_without_punctuation(
        edit.before
    ) == _title_without_punctuation(edit.after)


def _title_without_punctuation(title: str) -> str:
    """Return a title without case and punctuation.

    `+`, `<` and their like have a meaning and stay.
    """
    bare = _STOPS.sub("", title.translate(_LOOKS))
    return " ".join(bare.casefold().split()).rstrip(".")


def _numbers_in_title(title: str) -> list[str]:
    """Return the numbers in a title, sorted.

    `8` and `30%`, but not `Q3`, `v2`, `3rd` or `2025-03-31`.
    """
    return sorted(_NUMBER.findall(_THOUSANDS.sub("", _DAY.sub("", title))))


def is_only_notation_changed(edit: FieldEdit) -> bool:
    """Return whether a number only changed its spelling: `2` and `2.0`, `90%` and `90 %`."""
    if edit.op is not EditKind.CHANGED or edit.before is None or edit.after is None:
        return False
    if isinstance(edit.before, Figure):
        return bool(edit.before.value == edit.after.value)
    return isinstance(edit.field.kind, AmountField) and same_amount(edit.before, edit.after)


def same_amount(before: str, after: str) -> bool:
    """Return whether two amounts, as they are written, are the same one."""
    if before == after:
        return True
    try:
        old, new = parse_target(before), parse_target(after)
    except QuantityError:
        return before.casefold() == after.casefold()
    return (old.comparator, old.low.value, old.low.unit, old.high and old.high.value) == (
        new.comparator, new.low.value, new.low.unit, new.high and new.high.value,
    )  # fmt: skip
