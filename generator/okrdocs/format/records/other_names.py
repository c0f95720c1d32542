"""Lists what people write for a key of the format: other names, per record, for hints alone.

None of them is read. `record_reader` asks here what was meant by a key that a record doesn't
have. Two keys of a record may share a name; then the hint names both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from okrdocs.format.fields import fields_of
from okrdocs.format.records import key_result, organization, team
from okrdocs.format.records.cycle import CycleDocument, ReviewDecision, RollOver
from okrdocs.format.records.metrics import Metric, MetricTarget, MetricValue
from okrdocs.format.records.values import Link

_DAY = "day on when"
_DUE = "deadline due_date due_by end end_date finish_by"
_NOTE = "comment comments description details notes remark remarks text"
_TITLE = "headline name summary"
_WHY = "because comment explanation note notes rationale why"

_ANYWHERE: Mapping[str, str] = {
    "date": _DAY,
    "dri": "accountable responsible",
    "links": "link url urls",
    "meta": "custom labels tags",
    "owner": "accountable assigned_to assignee champion convenor convener lead owned_by owners"
    " responsible",
    "priority": "importance prio",
    "visibility": "draft hidden private public",
    "was": "former_id formerly old_id",
    "weight": "weighting",
}
"""For each record that has the key."""

_OF_RECORD: Mapping[type[Any], Mapping[str, str]] = {
    team.TeamDocument: {
        "objectives": "goals okrs",
        "summary": "about description intro introduction overview",
        "retrospective": "lessons retro",
    },
    team.Objective: {
        "title": f"{_TITLE} goal objective",
        "label": "short short_name short_title",
        "why": "background context description note notes rationale reason",
        "type": "commitment kind",
        "confidence_note": "confidence_reason",
        "ladders_up_to": "aligned_to aligned_with aligns_to aligns_with contributes_to"
        " parent parent_objective parents supports",
        "risks": "risk",
        "dependencies": "blocked_by depends_on",
        "initiatives": "action_items actions activities epics projects tasks",
        "key_results": "kr krs results",
        "grade": "final_grade final_score rating score",
        "dropped": "abandoned canceled cancelled",
        "carried_over_from": "carried_from carried_over carry_over",
        "closing_note": "conclusion final_note outcome verdict",
    },
    key_result.KeyResult: {
        "title": f"{_TITLE} key_result kr result",
        "label": "short short_name short_title",
        "why": "background context description rationale reason",
        "type": "commitment",
        "measure": "kind",
        "baseline": "from initial start start_value starting_point starting_value",
        "target": "aim goal target_value to",
        "milestones": "children key_results krs milestone steps sub_key_results",
        "stages": "scale stage",
        "category": "dimension",
        "source": "data_source tool",
        "metric": "kpi",
        "with": "shared_with teams",
        "due": _DUE,
        "dependencies": "blocked_by depends_on needs",
        "risks": "risk",
        "check_ins": "actual actuals checkins comment comments confidence current"
        " current_value history note notes progress rag status update updates value values",
        "grade": "final_grade final_score rating score",
        "dropped": "abandoned canceled cancelled",
        "carried_over_from": "carried_from carried_over carry_over",
    },
    key_result.CheckIn: {
        "value": "actual current current_value metric progress reading result",
        "grade": "mark score",
        "rag": "color colour health state status",
        "confidence": "likelihood probability",
        "forecast": "expected projection",
        "by": "author owner reporter who",
        "note": f"{_NOTE} summary update",
        "blockers": "blocked_by blocker impediments",
        "asks": "ask help help_needed requests",
        "decisions": "decision",
        "risks": "risk",
    },
    team.Initiative: {
        "title": f"{_TITLE} initiative project task",
        "status": "progress rag state",
        "moves": "affects impacts key_result key_results krs supports",
        "due": _DUE,
        "link": "issue links ticket url",
        "note": _NOTE,
    },
    key_result.Override: {
        "value": "grade mark score",
        "reason": _WHY,
        "by": "author owner who",
    },
    key_result.Drop: {"reason": _WHY},
    key_result.Dependency: {
        "needs": "dependency depends_on description name on title what",
        "impact": "consequence",
        "risk": "likelihood probability",
        "mitigation": "action plan response",
    },
    key_result.Risk: {
        "risk": "description name text title what",
        "likelihood": "probability",
        "impact": "consequence severity",
        "mitigation": "action plan response",
    },
    team.Move: {"key_result": "id kr", "by": "how_much"},
    key_result.MetricSource: {"tool": "name system", "link": "url"},
    key_result.Levels: {
        "commit": "committed min minimum",
        "target": "goal",
        "stretch": "aspirational max maximum",
    },
    key_result.Milestone: {
        "title": f"{_TITLE} description milestone step",
        "due": f"{_DUE} {_DAY} date",
        "done": "completed finished status",
    },
    key_result.PlanPoint: {"value": "target"},
    key_result.TargetChange: {"from": "old old_target previous was", "reason": _WHY},
    organization.Organization: {
        "organization": "company name title",
        "people": "members persons users",
        "contact": "email",
        "calendar": "fiscal_year",
    },
    organization.Team: {
        "name": "title",
        "parent": "parent_team",
        "lead": "head leader leads manager owner",
        "about": "description mission note purpose",
    },
    organization.Person: {
        "name": "full_name title",
        "short": "abbreviation initials short_name",
        "link": "contact email mail url",
    },
    organization.Stage: {
        "stage": "label name status title",
        "mark": "grade score value",
        "means": "definition description meaning",
    },
    organization.Tool: {"for": "purpose use", "link": "url"},
    CycleDocument: {
        "title": "name",
        "start": "from start_date starts",
        "end": "end_date ends to until",
        "status": "state",
        "summary": "about description overview theme",
        "retrospective": "retro",
        "changes": "changelog history",
    },
    ReviewDecision: {
        "ref": "key_result objective",
        "decision": "action decided status",
        "reason": _WHY,
    },
    RollOver: {"ref": "key_result objective", "note": "reason title"},
    Metric: {
        "name": "title",
        "short": "abbreviation label",
        "definition": "about description means",
        "formula": "calculation",
        "source": "data_source tool",
        "calculated": "cadence frequency",
        "balanced_by": "counter_metric counter_metrics",
        "better": "direction",
        "drives": "parent parents",
        "values": "check_ins history readings value",
        "targets": "goal goals target",
    },
    MetricValue: {"value": "actual current", "note": _NOTE},
    MetricTarget: {"cycle": "period quarter", "target": "goal value"},
    Link: {"url": "address href link", "title": "label name text"},
}


def keys_for_other_name(record: type[Any], word: str) -> tuple[str, ...]:
    """Return the keys of a record that people mean when they write `word`: mostly none or one."""
    plain = word.casefold().replace("-", "_").replace(" ", "_")
    own = _OF_RECORD.get(record, {})
    of_record = tuple(key for key, names in own.items() if plain in names.split())
    return of_record or tuple(
        key
        for key in fields_of(record)
        if key not in own and plain in _ANYWHERE.get(key, "").split()
    )
