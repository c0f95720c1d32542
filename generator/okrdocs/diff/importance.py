"""What kind of change an edit is, and how much it matters to a reviewer.

The goalposts come first: whatever makes a grade easier or harder to get after the fact. A field
that stands in no table here takes the kind of what it belongs to, and counts as words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from okrdocs.diff.change import Importance, Kind
from okrdocs.diff.field_edits import Edit, Op
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

Weight = tuple[Kind, Importance]

_LOOKS = str.maketrans("‐‑–—“”„‘’", '----"""\'\'')  # dashes, quotation marks
_STOPS = re.compile(r"[,;:!](?!\d)")
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))", re.ASCII)
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b", re.ASCII)
_NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*(?!\d|[A-Z]{2}|(?:st|nd|rd|th)\b)", re.ASCII)

_GOALPOSTS, _COMMITMENT = Importance.GOALPOSTS, Importance.COMMITMENT
_PROGRESS, _WORDS = Importance.PROGRESS, Importance.WORDS

_COMMON: dict[str, Weight] = {
    "title": (Kind.REWORDED, _COMMITMENT),
    "owner": (Kind.OWNER, _COMMITMENT),
    "dri": (Kind.OWNER, _COMMITMENT),
    "priority": (Kind.PRIORITY, _COMMITMENT),
    "visibility": (Kind.STATUS, _GOALPOSTS),
    "weight": (Kind.WEIGHT, _GOALPOSTS),
    "grade": (Kind.GRADE, _GOALPOSTS),
    "dropped": (Kind.DROPPED, _GOALPOSTS),
    "dependencies": (Kind.DEPENDENCY, _COMMITMENT),
    "carried_over_from": (Kind.TEXT, _COMMITMENT),
    "risks": (Kind.RISK, _PROGRESS),
    "links": (Kind.LINK, _WORDS),
}
_OBJECTIVE: dict[str, Weight] = {
    **_COMMON,
    "type": (Kind.TYPE, _GOALPOSTS),
    "confidence": (Kind.CONFIDENCE, _PROGRESS),
    "ladders_up_to": (Kind.REPARENTED, _COMMITMENT),
    "initiatives": (Kind.INITIATIVE, _PROGRESS),
}
_KEY_RESULT: dict[str, Weight] = {
    **_COMMON,
    "measure": (Kind.MEASURE, _GOALPOSTS),
    "baseline": (Kind.BASELINE, _GOALPOSTS),
    "target": (Kind.TARGET, _GOALPOSTS),
    "change": (Kind.TARGET, _GOALPOSTS),
    "floor": (Kind.TARGET, _GOALPOSTS),
    "ceiling": (Kind.TARGET, _GOALPOSTS),
    "levels": (Kind.TARGET, _GOALPOSTS),
    "target_changes": (Kind.TARGET, _GOALPOSTS),
    "stages": (Kind.MEASURE, _GOALPOSTS),
    "milestones": (Kind.MILESTONE, _GOALPOSTS),
    "guardrail": (Kind.MEASURE, _GOALPOSTS),
    "due": (Kind.DATES, _GOALPOSTS),
    "plan": (Kind.PLAN, _GOALPOSTS),
    "with": (Kind.SHARED, _COMMITMENT),
    "source": (Kind.SOURCE, _WORDS),
    "metric": (Kind.SOURCE, _WORDS),
    "check_ins": (Kind.CHECK_IN_CHANGED, _PROGRESS),
}
_CYCLE: dict[str, Weight] = {
    "status": (Kind.STATUS, _GOALPOSTS),
    "visibility": (Kind.STATUS, _COMMITMENT),
    "start": (Kind.DATES, _GOALPOSTS),
    "end": (Kind.DATES, _GOALPOSTS),
    "undated": (Kind.DATES, _GOALPOSTS),
    "review_date": (Kind.DATES, _COMMITMENT),
    "grading_date": (Kind.DATES, _COMMITMENT),
    "owner": (Kind.OWNER, _COMMITMENT),
    "approvers": (Kind.APPROVAL, _COMMITMENT),
    "approvals": (Kind.APPROVAL, _COMMITMENT),
    "amendments": (Kind.DOCUMENT, _COMMITMENT),
    "review": (Kind.REVIEW, _COMMITMENT),
    "retrospective": (Kind.REVIEW, _WORDS),
}
_COMPANY: dict[str, Weight] = {
    "as_of": (Kind.DATES, _GOALPOSTS),
    "calendar": (Kind.DATES, _GOALPOSTS),
    "grading": (Kind.POLICY, _GOALPOSTS),
    "scales": (Kind.POLICY, _GOALPOSTS),
    "cadence": (Kind.POLICY, _COMMITMENT),
    "rules": (Kind.RULES, _COMMITMENT),
    "teams": (Kind.TEAM, _COMMITMENT),
    "people": (Kind.PEOPLE, _WORDS),
}
_IN_ITEMS: dict[type[Any], dict[str, Weight]] = {
    Milestone: {
        "title": (Kind.MILESTONE, _COMMITMENT),
        "done": (Kind.MILESTONE, _PROGRESS),
    },
    Initiative: {
        "owner": (Kind.INITIATIVE, _PROGRESS),
        "link": (Kind.INITIATIVE, _WORDS),
    },
    CheckIn: {
        "by": (Kind.CHECK_IN_CHANGED, _WORDS),
        "blockers": (Kind.CHECK_IN_CHANGED, _PROGRESS),
        "asks": (Kind.CHECK_IN_CHANGED, _PROGRESS),
        "decisions": (Kind.CHECK_IN_CHANGED, _PROGRESS),
        "risks": (Kind.CHECK_IN_CHANGED, _PROGRESS),
    },
    Review: {"learnings": (Kind.REVIEW, _WORDS)},
    Band: {"means": (Kind.POLICY, _WORDS), "action": (Kind.POLICY, _WORDS)},
    Stage: {"means": (Kind.MEASURE, _WORDS)},
    Metric: {
        **dict.fromkeys(("definition", "formula", "targets"), (Kind.METRIC, _COMMITMENT)),
        **dict.fromkeys(("north_star", "better", "drives"), (Kind.METRIC, _COMMITMENT)),
        "owner": (Kind.OWNER, _COMMITMENT),
        "values": (Kind.METRIC, _PROGRESS),
        **dict.fromkeys(("short", "source", "segments", "calculated"), (Kind.METRIC, _WORDS)),
        **dict.fromkeys(("reviewed", "pitfalls", "links", "meta"), (Kind.METRIC, _WORDS)),
    },
    Team: {"lead": (Kind.OWNER, _COMMITMENT), "name": (Kind.TEAM, _COMMITMENT)},
}
_TABLES: dict[type[Any], dict[str, Weight]] = {
    Objective: _OBJECTIVE,
    KeyResult: _KEY_RESULT,
    CycleDocument: _CYCLE,
    TeamDocument: {"visibility": (Kind.STATUS, _GOALPOSTS)},
    Organization: _COMPANY,
    MetricsDocument: {"metrics": (Kind.METRIC, _COMMITMENT)},
    **_IN_ITEMS,
}
_DOCUMENTS = frozenset({CycleDocument, TeamDocument, Organization, MetricsDocument})
_CHECK_INS = {Op.ADDED: Kind.CHECK_IN_ADDED, Op.REMOVED: Kind.CHECK_IN_REMOVED}


def weight_of(edit: Edit, *, sealed: bool) -> Weight:
    """Kind and importance. `sealed`: the cycle was closed before, so its values are goalposts."""
    kind, importance = _known(edit)
    if kind is Kind.CHECK_IN_CHANGED and not edit.trail:
        kind = _CHECK_INS.get(edit.op, kind)
    if edit.op is Op.REORDERED:
        kind, importance = Kind.REORDERED, _WORDS
    if counts_otherwise(edit):
        importance = _GOALPOSTS
    if respelt(edit) or _retouched(edit):
        importance = _WORDS
    if sealed and importance is _PROGRESS:
        importance = _GOALPOSTS
    return kind, importance


def _known(edit: Edit) -> Weight:
    """What the tables say of the field, else of what it belongs to."""
    for depth, (record, key) in enumerate(_chain(edit)):
        known = _TABLES.get(record, {}).get(key)
        if known is not None and depth and isinstance(edit.field.kind, ProseField):
            return known[0], _WORDS
        if known is not None:
            return known
    return (Kind.DOCUMENT if _outermost(edit) in _DOCUMENTS else Kind.TEXT), _WORDS


def _outermost(edit: Edit) -> type[Any]:
    return edit.trail[0].record if edit.trail else edit.record


def _chain(edit: Edit) -> Iterator[tuple[type[Any], str]]:
    """The field and the fields that lead to it, the innermost first."""
    yield edit.record, edit.field.key
    for step in reversed(edit.trail):
        yield step.record, step.field.key


def counts_otherwise(edit: Edit) -> bool:
    """Whether a key result's new title holds other numbers, and its target stayed.

    Where people write the number into the title, the title is the goalpost.
    """
    if edit.record is not KeyResult or edit.field.key != "title" or edit.op is not Op.CHANGED:
        return False
    old, new = edit.holders
    return bool(old.target == new.target and _numbers(edit.before) != _numbers(edit.after))


def _retouched(edit: Edit) -> bool:
    """Whether a title only got other capitals, dashes, quotation marks or commas."""
    if edit.field.key != "title" or edit.op is not Op.CHANGED or edit.before is None:
        return False
    return edit.after is not None and _bare(edit.before) == _bare(edit.after)


def _bare(title: str) -> str:
    """What is left of a title without its looks. `+`, `<` and their like have a meaning."""
    bare = _STOPS.sub("", title.translate(_LOOKS))
    return " ".join(bare.casefold().split()).rstrip(".")


def _numbers(title: str) -> list[str]:
    """`8` and `30%` as `30`, but not `Q3`, `v2`, `3rd`, `2FA` and `2025-03-31`; sorted."""
    return sorted(_NUMBER.findall(_THOUSANDS.sub("", _DAY.sub("", title))))


def respelt(edit: Edit) -> bool:
    """Whether a number only changed its spelling: `2` and `2.0`, `90%` and `90 %`."""
    if edit.op is not Op.CHANGED or edit.before is None or edit.after is None:
        return False
    if isinstance(edit.before, Figure):
        return bool(edit.before.value == edit.after.value)
    return isinstance(edit.field.kind, AmountField) and same_amount(edit.before, edit.after)


def same_amount(before: str, after: str) -> bool:
    """Whether two amounts, as they are written, are the same one."""
    if before == after:
        return True
    try:
        old, new = parse_target(before), parse_target(after)
    except QuantityError:
        return before.casefold() == after.casefold()
    return (old.comparator, old.low.value, old.low.unit, old.high and old.high.value) == (
        new.comparator, new.low.value, new.low.unit, new.high and new.high.value,
    )  # fmt: skip
