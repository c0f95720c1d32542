"""Sentences for what people do most: hand over, re-parent, check in, tick off, reword.

`SPECIAL` is the list of all fields with words of their own; a function that gives "" leaves the
edit to the sentence that any field gets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from okrdocs.diff.context import Scene, team_name
from okrdocs.diff.difficulty import moved
from okrdocs.diff.excerpt import wordings
from okrdocs.diff.field_edits import Edit, Op
from okrdocs.diff.importance import counts_otherwise
from okrdocs.diff.sentences.metrics import (
    aim_moved,
    better_set,
    drives_set,
    metric_tied,
    north_star_set,
)
from okrdocs.diff.sentences.phrases import Sentence, from_to, holder, needs, the_field
from okrdocs.diff.sentences.process import amended, looked_back, published, team_founded
from okrdocs.diff.sentences.targets import (
    amount_moved,
    dropped,
    due_moved,
    former_target,
    graded_by_hand,
    guardrail_set,
    measured_by,
    status_set,
    timed,
    type_changed,
)
from okrdocs.diff.text_format import TITLE, WORDS, in_a_row, quoted, shortened
from okrdocs.format.records import (
    Approval,
    CheckIn,
    CycleDocument,
    Initiative,
    KeyResult,
    Levels,
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

Teller = Callable[[Edit, Scene], Sentence | str]


def _reworded(edit: Edit, scene: Scene) -> Sentence:
    """The subject holds the new title; where it's too long for that, the words that differ."""
    long = len(edit.after) > TITLE
    old, new = wordings(edit.before, edit.after, TITLE if long else WORDS, WORDS)
    now = f" – now it says “{new}”, before “{old}”" if long else f": it was “{old}”"
    what = f"reworded {scene.subject}{now}"
    if not counts_otherwise(edit):
        return Sentence(what)
    return Sentence(what, ("other numbers", scene.timing()), timed=True)


def _owners(edit: Edit, scene: Scene) -> str:
    old, new = scene.names(edit.before, old=True), scene.names(edit.after, old=False)
    whose = holder(edit, scene)
    if old and new:
        return f"handed {whose} from {in_a_row(old)} to {in_a_row(new)}"
    if new:
        return f"made {in_a_row(new)} the owner of {whose}"
    return f"left {whose} without an owner (it was {in_a_row(old)})"


def _leads(edit: Edit, scene: Scene) -> str:
    old, new = scene.names(edit.before, old=True), scene.names(edit.after, old=False)
    whose = the_field(edit, scene)
    return f"changed {whose} from {in_a_row(old) or 'nobody'} to {in_a_row(new) or 'nobody'}"


def _dri(edit: Edit, scene: Scene) -> str:
    whose = scene.subject
    old = scene.names([edit.before] if edit.before else [], old=True)
    new = scene.names([edit.after] if edit.after else [], old=False)
    if old and new:
        return f"handed {whose} from {old[0]} to {new[0]} as its DRI"
    if new:
        return f"made {new[0]} the DRI of {whose}"
    return f"left {whose} without a DRI (it was {old[0]})"


def _parents(edit: Edit, scene: Scene) -> str:
    old = [scene.referred(each, old=True) for each in edit.before]
    new = [scene.referred(each, old=False) for each in edit.after]
    added = [each for each in new if each not in old]
    gone = [each for each in old if each not in new]
    if not old:
        return f"made {scene.subject} ladder up to {in_a_row(new)}"
    if not new:
        return f"stopped {scene.subject} from laddering up to {in_a_row(old)}"
    if not gone:
        return f"made {scene.subject} ladder up to {in_a_row(added)}, too"
    if not added:
        return f"stopped {scene.subject} from laddering up to {in_a_row(gone)}"
    return f"made {scene.subject} ladder up to {in_a_row(added)} instead of {in_a_row(gone)}"


def _shared(edit: Edit, scene: Scene) -> str:
    teams = scene.after.workspace
    new = [team_name(team, teams) for team in edit.after if team not in edit.before]
    gone = [team_name(team, teams) for team in edit.before if team not in edit.after]
    said = [f"shared {scene.subject} with {in_a_row(new)}"] if new else []
    if gone:
        said.append(f"stopped sharing {scene.subject} with {in_a_row(gone)}")
    return "; ".join(said)


def _check_in(edit: Edit, scene: Scene) -> str:
    check_in = edit.after if edit.op is Op.ADDED else edit.before
    if not isinstance(check_in, CheckIn) or edit.op not in (Op.ADDED, Op.REMOVED):
        return ""
    when = f"check-in on {check_in.date}"
    said = ", ".join(_reported(check_in, edit.holders[edit.op is Op.ADDED]))
    if edit.op is Op.REMOVED:
        return f"removed the {when} from {scene.subject} (it said {said or 'nothing'})"
    return f"added a {when} to {scene.subject}: {said or 'nothing reported'}"


def _reported(check_in: CheckIn, key_result: KeyResult) -> list[str]:
    """What a check-in says: the value and how it moved, the sign, and the rest in short."""
    value = check_in.value or ""
    earlier = [c for c in key_result.check_ins if c.date < check_in.date and c.value]
    last = max(earlier, key=lambda c: c.date, default=None)
    before = last.value if last is not None else key_result.baseline
    change = moved(before or "", value)
    parts = [f"{value} ({change})" if change else value]
    parts.append(f"graded {check_in.grade.text}" if check_in.grade else "")
    parts.append(check_in.rag or "")
    parts.append(f"confidence {check_in.confidence.text}" if check_in.confidence else "")
    parts.append(f"forecast {check_in.forecast.text}" if check_in.forecast else "")
    return [*filter(None, parts), *_remarks(check_in)]


def _remarks(check_in: CheckIn) -> list[str]:
    said = [quoted(check_in.note, WORDS)] if check_in.note else []
    named = {"blocked by": check_in.blockers, "asks for": check_in.asks}
    more = {"decided": check_in.decisions, "sees as risks": check_in.risks}
    for verb, texts in (named | more).items():
        if texts:
            said.append(f"{verb} {in_a_row([quoted(text) for text in texts])}")
    return said


def _initiative(edit: Edit, scene: Scene) -> str:
    was = f" (it was {edit.before})" if edit.before else ""
    if edit.after is None:
        return ""
    return f"set {holder(edit, scene)} to {edit.after}{was}"


def _milestone_done(edit: Edit, scene: Scene) -> str:
    if edit.before is not None and edit.after is not None:
        return ""
    if edit.after is not None:
        return f"ticked off {holder(edit, scene)}, done on {edit.after}"
    return f"took back that {holder(edit, scene)} was done on {edit.before}"


def _approved(edit: Edit, scene: Scene) -> str:
    if edit.after is None:
        return f"took back {holder(edit, scene)} (it was given on {edit.before})"
    if edit.before is None:
        return f"recorded {holder(edit, scene)}, given on {edit.after}"
    return ""


def _dependency(edit: Edit, scene: Scene) -> str:
    gone = edit.op is Op.REMOVED
    item = edit.before if gone else edit.after
    if edit.op not in (Op.ADDED, Op.REMOVED):
        return ""
    what = needs(item, scene, old=gone)
    risk = f", {item.risk} risk" if item.risk else ""
    impact = f": {shortened(item.impact, WORDS)}" if item.impact else ""
    if gone:
        return f"freed {scene.subject} from its dependency on {what}"
    return f"made {scene.subject} depend on {what}{risk}{impact}"


def _decision(edit: Edit, scene: Scene) -> str:
    ref = scene.referred(edit.holders[1].ref, old=False)
    return f"changed the review's decision on {ref} from {edit.before} to {edit.after}"


def _value(edit: Edit, scene: Scene) -> str:
    change = moved(edit.before or "", edit.after or "")
    return from_to(edit, scene) + (f" ({change})" if change else "")


_BOTH: dict[str, Teller] = {
    "title": _reworded,
    "owner": _owners,
    "dri": _dri,
    "weight": timed,
    "grade": graded_by_hand,
    "dropped": dropped,
    "dependencies": _dependency,
    "visibility": published,
}
_KEY_RESULT: dict[str, Teller] = {
    **dict.fromkeys(("target", "baseline", "change", "floor", "ceiling"), amount_moved),
    "target_changes": former_target,
    "guardrail": guardrail_set,
    "due": due_moved,
    "stages": measured_by,
    "with": _shared,
    "check_ins": _check_in,
    "metric": metric_tied,
}
_ALL: dict[type[Any], dict[str, Teller]] = {
    Objective: {**_BOTH, "type": type_changed, "ladders_up_to": _parents},
    KeyResult: {**_BOTH, **_KEY_RESULT},
    Levels: dict.fromkeys(("commit", "target", "stretch"), amount_moved),
    CycleDocument: {
        "status": status_set,
        "owner": _owners,
        "amendments": amended,
        "retrospective": looked_back,
    },
    TeamDocument: {"visibility": published, "retrospective": looked_back},
    Organization: {"teams": team_founded},
    Initiative: {"status": _initiative, "owner": _owners},
    Milestone: {"done": _milestone_done},
    Approval: {"date": _approved},
    ReviewDecision: {"decision": _decision},
    CheckIn: {"value": _value},
    Team: {"lead": _leads},
    Metric: {"north_star": north_star_set, "better": better_set, "drives": drives_set},
    MetricTarget: dict.fromkeys(("target", "stretch"), aim_moved),
    MetricValue: {"value": _value},
}
SPECIAL: Mapping[tuple[type[Any], str], Teller] = {
    (record, key): teller for record, tellers in _ALL.items() for key, teller in tellers.items()
}
