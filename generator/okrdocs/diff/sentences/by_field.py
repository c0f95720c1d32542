"""Writes sentences for the most common edits: owners, parents, check-ins, milestones, titles.

`SPECIAL_SENTENCES` lists all fields with sentences of their own; a function that returns "" leaves
the edit to the general sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from okrdocs.diff.context import ChangeContext, team_name
from okrdocs.diff.difficulty import value_movement
from okrdocs.diff.excerpt import excerpts_of_difference
from okrdocs.diff.field_edits import EditKind, FieldEdit
from okrdocs.diff.importance import has_other_number_in_title
from okrdocs.diff.sentences.metrics import (
    better_direction_sentence,
    drives_sentence,
    key_result_metric_sentence,
    metric_target_sentence,
    north_star_sentence,
)
from okrdocs.diff.sentences.phrases import (
    Sentence,
    field_phrase,
    from_to_sentence,
    needs_phrase,
    record_phrase,
)
from okrdocs.diff.sentences.process import (
    amendment_sentence,
    retrospective_sentence,
    team_sentence,
    visibility_sentence,
)
from okrdocs.diff.sentences.targets import (
    amount_sentence,
    cycle_status_sentence,
    dropped_sentence,
    due_date_sentence,
    guardrail_sentence,
    manual_grade_sentence,
    sentence_with_time_left,
    stages_sentence,
    target_change_entry_sentence,
    type_sentence,
)
from okrdocs.diff.text_format import TITLE, WORDS, join_with_and, quote
from okrdocs.format.records import (
    Approval,
    CheckIn,
    CycleDocument,
    Initiative,
    KeyResult,
    LevelPoint,
    Metric,
    MetricTarget,
    MetricValue,
    Milestone,
    Objective,
    Organization,
    ReviewDecision,
    Team,
    TeamDocument,
)
from okrdocs.markup.shorten import shorten_at_word

SentenceFunction = Callable[[FieldEdit, ChangeContext], Sentence | str]


def _title_sentence(edit: FieldEdit, context: ChangeContext) -> Sentence:
    """Return the sentence about a new title.

    Of a long title it has only the words that differ.
    """
    long = len(edit.after) > TITLE
    old, new = excerpts_of_difference(edit.before, edit.after, TITLE if long else WORDS, WORDS)
    now = f" – now it says “{new}”, before “{old}”" if long else f": it was “{old}”"
    what = f"reworded {context.subject}{now}"
    if not has_other_number_in_title(edit):
        return Sentence(what)
    return Sentence(what, ("other numbers", context.time_left_text()), timed=True)


def _owner_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    old, new = (
        context.short_names_of(edit.before, old=True),
        context.short_names_of(edit.after, old=False),
    )
    whose = record_phrase(edit, context)
    if old and new:
        return f"handed {whose} from {join_with_and(old)} to {join_with_and(new)}"
    if new:
        return f"made {join_with_and(new)} the owner of {whose}"
    return f"left {whose} without an owner (it was {join_with_and(old)})"


def _team_lead_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    old, new = (
        context.short_names_of(edit.before, old=True),
        context.short_names_of(edit.after, old=False),
    )
    whose = field_phrase(edit, context)
    return (
        f"changed {whose} from {join_with_and(old) or 'nobody'} to {join_with_and(new) or 'nobody'}"
    )


def _dri_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    whose = context.subject
    old = context.short_names_of([edit.before] if edit.before else [], old=True)
    new = context.short_names_of([edit.after] if edit.after else [], old=False)
    if old and new:
        return f"handed {whose} from {old[0]} to {new[0]} as its DRI"
    if new:
        return f"made {new[0]} the DRI of {whose}"
    return f"left {whose} without a DRI (it was {old[0]})"


def _ladders_up_to_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    old = [context.title_of_reference(reference, old=True) for reference in edit.before]
    new = [context.title_of_reference(reference, old=False) for reference in edit.after]
    added = [title for title in new if title not in old]
    gone = [title for title in old if title not in new]
    if not old:
        return f"made {context.subject} ladder up to {join_with_and(new)}"
    if not new:
        return f"stopped {context.subject} from laddering up to {join_with_and(old)}"
    if not gone:
        return f"made {context.subject} ladder up to {join_with_and(added)}, too"
    if not added:
        return f"stopped {context.subject} from laddering up to {join_with_and(gone)}"
    instead = f"{join_with_and(added)} instead of {join_with_and(gone)}"
    return f"made {context.subject} ladder up to {instead}"


def _shared_teams_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    teams = context.after.workspace
    new = [team_name(team, teams) for team in edit.after if team not in edit.before]
    gone = [team_name(team, teams) for team in edit.before if team not in edit.after]
    parts = [f"shared {context.subject} with {join_with_and(new)}"] if new else []
    if gone:
        parts.append(f"stopped sharing {context.subject} with {join_with_and(gone)}")
    return "; ".join(parts)


def _check_in_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    check_in = edit.after if edit.op is EditKind.ADDED else edit.before
    if not isinstance(check_in, CheckIn) or edit.op not in (EditKind.ADDED, EditKind.REMOVED):
        return ""
    when = f"check-in on {check_in.date}"
    content = ", ".join(_check_in_parts(check_in, edit.holders[edit.op is EditKind.ADDED]))
    if edit.op is EditKind.REMOVED:
        return f"removed the {when} from {context.subject} (it said {content or 'nothing'})"
    return f"added a {when} to {context.subject}: {content or 'nothing reported'}"


def _check_in_parts(check_in: CheckIn, key_result: KeyResult) -> list[str]:
    """Return what a check-in says.

    The value and how it moved, its status, and the rest in short.
    """
    value = check_in.value or ""
    earlier = [c for c in key_result.check_ins if c.date < check_in.date and c.value]
    last = max(earlier, key=lambda c: c.date, default=None)
    before = last.value if last is not None else key_result.baseline
    change = value_movement(before or "", value)
    parts = [f"{value} ({change})" if change else value]
    parts.append(f"graded {check_in.grade.text}" if check_in.grade else "")
    parts.append(check_in.rag or "")
    parts.append(f"confidence {check_in.confidence.text}" if check_in.confidence else "")
    parts.append(f"forecast {check_in.forecast.text}" if check_in.forecast else "")
    return [*filter(None, parts), *_check_in_notes(check_in)]


def _check_in_notes(check_in: CheckIn) -> list[str]:
    notes = [quote(check_in.note, WORDS)] if check_in.note else []
    named = {"blocked by": check_in.blockers, "asks for": check_in.asks}
    more = {"decided": check_in.decisions, "sees as risks": check_in.risks}
    for verb, texts in (named | more).items():
        if texts:
            notes.append(f"{verb} {join_with_and([quote(text) for text in texts])}")
    return notes


def _initiative_status_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    was = f" (it was {edit.before})" if edit.before else ""
    if edit.after is None:
        return ""
    return f"set {record_phrase(edit, context)} to {edit.after}{was}"


def _milestone_done_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    if edit.before is not None and edit.after is not None:
        return ""
    if edit.after is not None:
        return f"ticked off {record_phrase(edit, context)}, done on {edit.after}"
    return f"took back that {record_phrase(edit, context)} was done on {edit.before}"


def _approval_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    if edit.after is None:
        return f"took back {record_phrase(edit, context)} (it was given on {edit.before})"
    if edit.before is None:
        return f"recorded {record_phrase(edit, context)}, given on {edit.after}"
    return ""


def _dependency_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    gone = edit.op is EditKind.REMOVED
    item = edit.before if gone else edit.after
    if edit.op not in (EditKind.ADDED, EditKind.REMOVED):
        return ""
    what = needs_phrase(item, context, old=gone)
    risk = f", {item.risk} risk" if item.risk else ""
    impact = f": {shorten_at_word(item.impact, WORDS)}" if item.impact else ""
    if gone:
        return f"freed {context.subject} from its dependency on {what}"
    return f"made {context.subject} depend on {what}{risk}{impact}"


def _review_decision_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    ref = context.title_of_reference(edit.holders[1].ref, old=False)
    return f"changed the review's decision on {ref} from {edit.before} to {edit.after}"


def _value_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    change = value_movement(edit.before or "", edit.after or "")
    return from_to_sentence(edit, context) + (f" ({change})" if change else "")


_BOTH: dict[str, SentenceFunction] = {
    "title": _title_sentence,
    "owner": _owner_sentence,
    "dri": _dri_sentence,
    "weight": sentence_with_time_left,
    "grade": manual_grade_sentence,
    "dropped": dropped_sentence,
    "dependencies": _dependency_sentence,
    "visibility": visibility_sentence,
}
_KEY_RESULT: dict[str, SentenceFunction] = {
    **dict.fromkeys(("target", "baseline", "change", "floor", "ceiling"), amount_sentence),
    "target_changes": target_change_entry_sentence,
    "guardrail": guardrail_sentence,
    "due": due_date_sentence,
    "stages": stages_sentence,
    "with": _shared_teams_sentence,
    "check_ins": _check_in_sentence,
    "metric": key_result_metric_sentence,
}
_ALL: dict[type[Any], dict[str, SentenceFunction]] = {
    Objective: {**_BOTH, "type": type_sentence, "ladders_up_to": _ladders_up_to_sentence},
    KeyResult: {**_BOTH, **_KEY_RESULT},
    LevelPoint: {"at": amount_sentence},
    CycleDocument: {
        "status": cycle_status_sentence,
        "owner": _owner_sentence,
        "amendments": amendment_sentence,
        "retrospective": retrospective_sentence,
    },
    TeamDocument: {"visibility": visibility_sentence, "retrospective": retrospective_sentence},
    Organization: {"teams": team_sentence},
    Initiative: {"status": _initiative_status_sentence, "owner": _owner_sentence},
    Milestone: {"done": _milestone_done_sentence},
    Approval: {"date": _approval_sentence},
    ReviewDecision: {"decision": _review_decision_sentence},
    CheckIn: {"value": _value_sentence},
    Team: {"lead": _team_lead_sentence},
    Metric: {
        "north_star": north_star_sentence,
        "better": better_direction_sentence,
        "drives": drives_sentence,
    },
    MetricTarget: dict.fromkeys(("target", "stretch"), metric_target_sentence),
    MetricValue: {"value": _value_sentence},
}
SPECIAL_SENTENCES: Mapping[tuple[type[Any], str], SentenceFunction] = {
    (record, key): teller for record, tellers in _ALL.items() for key, teller in tellers.items()
}
