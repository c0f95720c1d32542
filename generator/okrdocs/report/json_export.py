"""Exports scores as plain values for other programs: the JSON interface, versioned.

Documented in docs/reference/export.md. A reader ignores keys that it doesn't know; a change that
would break one raises the major number of `FORMAT_VERSION`.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

from okrdocs.format.records import CheckIn, Figure
from okrdocs.grading.metric_status import MetricReading, MetricStatus, MetricTargetStatus
from okrdocs.grading.results import (
    CycleScore,
    Flag,
    KeyResultScore,
    ObjectiveScore,
    Scores,
    TeamScore,
)
from okrdocs.grading.status import Status
from okrdocs.workspace.workspace import ResolvedRef

FORMAT_VERSION = "1.2"


def export_data(scores: Scores, revision: str | None = None) -> dict[str, Any]:
    """Return every cycle, team, objective and key result with its numbers and their traces.

    Grades and progress are decimal strings or None; dates are ISO strings; quantities are the text
    as written; `ref` is `cycle:team/objective#key-result`.
    """
    return {
        "format_version": FORMAT_VERSION,
        "organization": scores.workspace.organization.organization,
        "as_of": scores.as_of.isoformat(),
        "revision": revision,
        "cycles": [_cycle_json(cycle, scores) for cycle in scores.cycles],
        "metrics": [_metric_json(metric) for metric in scores.metrics.values()],
    }


def export_text(scores: Scores, revision: str | None = None) -> str:
    """Return the same for the file beside the pages: short, in ASCII, with a note on its origin."""
    about = "Written by okrdocs from the files in okrs/. Change those; this is written anew."
    content = {"about": about, **export_data(scores, revision)}
    return f"{json.dumps(content, separators=(',', ':'), check_circular=False)}\n"


def _decimal_text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _iso_day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _figure_text(figure: Figure | None) -> str | None:
    return None if figure is None else figure.text


def _flags_json(flags: tuple[Flag, ...]) -> list[dict[str, str]]:
    return [{"code": flag.code, "text": flag.text} for flag in flags]


def _cycle_json(score: CycleScore, scores: Scores) -> dict[str, Any]:
    cycle, period = score.cycle, score.cycle.period
    return {
        "id": cycle.id,
        "title": cycle.title,
        "status": cycle.status_on(scores.as_of).value,
        "start": _iso_day(period.start if period else None),
        "end": _iso_day(period.end if period else None),
        "elapsed": list(score.elapsed) if score.elapsed else None,
        "grade": _decimal_text(score.grade),
        "company_grade": _decimal_text(score.company),
        "with_dropped": _decimal_text(score.with_dropped),
        "expected": _decimal_text(score.expected),
        "pace": score.pace.value if score.pace else None,
        "reported": score.reported,
        "of": score.of,
        "statuses": _status_counts_json(score.statuses),
        "standings": score.standings._asdict(),
        "bands": dict(sorted(score.bands.items())),
        "trace": list(score.trace),
        "teams": [_team_json(team, scores.as_of) for team in score.teams],
    }


def _status_counts_json(counts: Counter[Status]) -> dict[str, int]:
    return dict(sorted((status.export_name, count) for status, count in counts.items()))


def _team_json(score: TeamScore, as_of: date) -> dict[str, Any]:
    return {
        "id": score.entry.id,
        "name": score.entry.team.name,
        "grade": _decimal_text(score.grade),
        "with_dropped": _decimal_text(score.with_dropped),
        "expected": _decimal_text(score.expected),
        "pace": score.pace.value if score.pace else None,
        "reported": score.reported,
        "of": score.of,
        "statuses": _status_counts_json(score.statuses),
        "standings": score.standings._asdict(),
        "bands": dict(sorted(score.bands.items())),
        "trace": list(score.trace),
        "objectives": [_objective_json(objective, as_of) for objective in score.objectives],
    }


def _objective_json(score: ObjectiveScore, as_of: date) -> dict[str, Any]:
    entry, objective = score.entry, score.entry.objective
    return {
        "ref": str(entry.ref),
        "title": objective.title,
        "type": objective.type.value,
        "closing_note": objective.closing_note,
        "priority": objective.priority,
        "owner": list(objective.owner),
        "dri": objective.dri,
        "weight": _figure_text(objective.weight) or "1",
        "confidence": _figure_text(objective.confidence),
        "ladders_up_to": [str(parent) for parent in entry.parents],
        "grade": _decimal_text(score.grade),
        "override": _override_json(score),
        "band": score.band.word if score.band else None,
        "state": score.state.value,
        "reported": score.reported,
        "of": score.of,
        "with_dropped": _decimal_text(score.with_dropped),
        "counted": _decimal_text(score.counted),
        "expected": _decimal_text(score.expected),
        "pace": score.pace.value if score.pace else None,
        "dropped": _dropped_json(score),
        "flags": _flags_json(score.flags),
        "trace": list(score.trace),
        "key_results": [_key_result_json(kr, as_of) for kr in score.key_results],
    }


def _override_json(score: ObjectiveScore | KeyResultScore) -> dict[str, Any] | None:
    given = score.override
    if given is None:
        return None
    return {
        "value": given.value.text,
        "formula": _decimal_text(score.formula),
        "reason": given.reason,
        "by": given.by,
        "date": _iso_day(given.date),
    }


def _dropped_json(score: ObjectiveScore | KeyResultScore) -> dict[str, Any] | None:
    if score.dropped is None:
        return None
    return {"date": _iso_day(score.dropped.date), "reason": score.dropped.reason}


def _ref_text(ref: ResolvedRef | None) -> str | None:
    return None if ref is None else str(ref)


def _key_result_json(score: KeyResultScore, as_of: date) -> dict[str, Any]:
    entry, key_result = score.entry, score.entry.key_result
    pacing, value, owner = score.pacing, score.value, score.owner
    return {
        "ref": str(entry.ref),
        "title": key_result.title,
        "type": score.commitment.value,
        "metric": key_result.metric,
        "measure": score.measure.name.value if score.measure else None,
        "weight": _figure_text(key_result.weight) or "1",
        "guardrail": key_result.guardrail,
        "owner": list(key_result.owner),
        "dri": key_result.dri,
        "baseline": key_result.baseline,
        "target": score.measure.target_text if score.measure else key_result.target,
        "value": value.text if value else None,
        "value_on": _iso_day(value.date if value else None),
        "elapsed": list(pacing.elapsed) if pacing else None,
        "progress": _decimal_text(score.progress),
        "grade": _decimal_text(score.grade),
        "override": _override_json(score),
        "band": score.band.word if score.band else None,
        "expected": _decimal_text(pacing.expected) if pacing else None,
        "pace": pacing.pace.value if pacing and pacing.pace else None,
        "forecast": _decimal_text(score.forecast),
        "forecast_on": _iso_day(score.own_forecast_on),
        "rag": score.rag.value if score.rag else None,
        "rag_on": _iso_day(owner.sign.date) if owner.sign else None,
        "confidence": _figure_text(owner.confidence.confidence) if owner.confidence else None,
        "confidence_on": _iso_day(owner.confidence.date) if owner.confidence else None,
        "stale": score.stale,
        "not_gradable": score.not_gradable or None,
        "standing": score.standing.value if score.standing else None,
        "status": f"{score.status.sign} {score.status.export_name}".strip(),
        "state": score.state.value,
        "held": score.held,
        "dropped": _dropped_json(score),
        "carried_over_from": _ref_text(entry.carried_over_from),
        "flags": _flags_json(score.flags),
        "check_ins": [_check_in_json(c) for c in key_result.check_ins if c.date <= as_of],
        "trace": list(score.trace),
    }


def _metric_json(health: MetricStatus) -> dict[str, Any]:
    metric, latest = health.metric, health.latest
    return {
        "id": health.id,
        "name": metric.name,
        "short": metric.short,
        "definition": metric.definition,
        "formula": metric.formula,
        "owner": list(metric.owner),
        "team": metric.team,
        "north_star": metric.north_star,
        "indicator": metric.indicator.value if metric.indicator else None,
        "category": metric.category.value if metric.category else None,
        "better": metric.better.value if metric.better else None,
        "drives": list(metric.drives),
        "predicts": list(metric.predicts),
        "balanced_by": list(metric.balanced_by),
        "value": latest.text if latest else None,
        "value_on": _iso_day(latest.date if latest else None),
        "targets": [_metric_target_json(aim) for aim in health.aims],
        "readings": [_reading_json(reading) for reading in health.readings],
        "key_results": [str(entry.ref) for entry in health.movers],
    }


def _metric_target_json(aim: MetricTargetStatus) -> dict[str, Any]:
    return {
        "cycle": aim.cycle.id,
        "target": aim.target,
        "stretch": aim.stretch or None,
        "value": aim.reading.text if aim.reading else None,
        "value_on": _iso_day(aim.reading.date if aim.reading else None),
        "reached": aim.reached,
        "stretch_reached": aim.stretched,
    }


def _reading_json(reading: MetricReading) -> dict[str, Any]:
    return {
        "date": reading.date.isoformat(),
        "value": reading.text,
        "from": _ref_text(reading.origin),
        "note": reading.note or None,
    }


def _check_in_json(check_in: CheckIn) -> dict[str, Any]:
    """Return a check-in's values without calling helpers.

    There are far more of these than of all else.
    """
    return {
        "date": check_in.date.isoformat(),
        "value": check_in.value,
        "grade": check_in.grade.text if check_in.grade else None,
        "rag": check_in.rag.value if check_in.rag else None,
        "confidence": check_in.confidence.text if check_in.confidence else None,
        "forecast": check_in.forecast.text if check_in.forecast else None,
        "note": check_in.note,
    }
