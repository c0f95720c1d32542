"""Computes the digest of what a cycle promises: approvals name it, so that a later change shows.

It covers the objectives and key results with everything that says when they are reached and what
that is worth, and the company's rules by which they are graded. Who owns them, why, and how they
stand isn't part of it: a new owner or a check-in needs no new approval. The order in the files
doesn't matter either, and a draft isn't part of it until it is public: then it is something new
that is promised.

A digest begins with the version of this rule, so that a better rule calls no old approval outdated:
each is compared by the rule that it was made with.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from okrdocs.format.fields import fields_of
from okrdocs.format.records import (
    Approval,
    Drop,
    Figure,
    KeyResult,
    Milestone,
    Objective,
    Record,
    Reference,
)
from okrdocs.workspace.workspace import Cycle, ObjectiveEntry, Workspace

DIGEST_LENGTH = 12
_NOT_PROMISED: Mapping[type[Record], frozenset[str]] = {
    Objective: frozenset(
        {
            "id", "key_results",  # their place in the digest says it
            "label", "visibility", "why", "owner", "dri", "priority", "confidence",
            "confidence_note", "ladders_up_to", "risks", "dependencies", "initiatives", "grade",
            "carried_over_from", "was", "links", "meta", "closing_note",
        }
    ),
    KeyResult: frozenset(
        {
            "id", "label", "visibility", "why", "priority", "indicator", "category", "source",
            "metric", "owner", "dri", "with", "dependencies", "risks", "check_ins",
            "target_changes", "stage_changes", "grade", "carried_over_from", "was", "links", "meta",
        }
    ),
    Milestone: frozenset({"due", "done"}),
    Drop: frozenset({"reason"}),
}  # fmt: skip


def cycle_digest(cycle: Cycle, workspace: Workspace) -> str:
    """Compute a cycle's digest: `v2:` and the first 12 hexadecimal digits of a SHA-256."""
    promise = _promised_objectives(cycle, lambda entry: _promise(entry, workspace))
    return f"v2:{_hashed({'rules': _grading_rules(cycle, workspace), 'objectives': promise})}"


def is_present_digest(digest: str, cycle: Cycle, workspace: Workspace) -> bool:
    """Return whether a digest that was given names what the cycle promises now.

    One of a version that isn't known here can't be compared, so that it doesn't.
    """
    version, colon, _ = digest.lower().rpartition(":")
    if not colon:
        return digest.lower() == _hashed(_promised_objectives(cycle, _first_promise))
    return version == "v2" and digest.lower() == cycle_digest(cycle, workspace)


def is_approval_outdated(
    approval: Approval, cycle: Cycle, workspace: Workspace, as_of: date
) -> bool:
    """Return whether an approval given by a day names another digest than the cycle's own."""
    given = approval.date is not None and approval.date <= as_of
    return (
        given
        and approval.digest is not None
        and not is_present_digest(approval.digest, cycle, workspace)
    )


def _promised_objectives(
    cycle: Cycle, promise: Callable[[ObjectiveEntry], dict[str, Any]]
) -> dict[str, Any]:
    return {
        f"{team.id}/{entry.ref.objective}": promise(entry)
        for team in cycle.teams
        for entry in team.objectives
        if not entry.draft
    }


def _hashed(promise: Mapping[str, Any]) -> str:
    text = json.dumps(promise, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:DIGEST_LENGTH]


# ------------------------------------------------------------------- the rule of today, v2


def _grading_rules(cycle: Cycle, workspace: Workspace) -> dict[str, Any]:
    """Return what decides about grades and their words beside the objectives themselves."""
    policy, period = workspace.policy, cycle.period
    return {
        "period": [period.start.isoformat(), period.end.isoformat()] if period else [],
        "grading_date": _plain(cycle.grading_date),
        "aims": _plain(policy.aims),
        "bands": {
            type_.value: [[_plain(band.lowest), band.word, band.sign] for band in bands]
            for type_, bands in policy.bands.items()
        },
        "pace": _plain((policy.ahead, policy.on_track, policy.behind, policy.early_share)),
    }


def _promise(entry: ObjectiveEntry, workspace: Workspace) -> dict[str, Any]:
    promise: dict[str, Any] = _plain(entry.objective)
    promise["key_results"] = {
        kr.key_result.id: _promised_key_result(kr.key_result, workspace)
        for kr in entry.key_results
        if not kr.draft
    }
    return promise


def _promised_key_result(key_result: KeyResult, workspace: Workspace) -> dict[str, Any]:
    """Return the fields of a key result that are promised; a named scale is its stages."""
    promise: dict[str, Any] = _plain(key_result)
    if isinstance(key_result.stages, str):
        promise["stages"] = _plain(workspace.organization.scales.get(key_result.stages, ()))
    return promise


def _plain(value: Any) -> Any:
    """Return a value of the format as texts, lists and mappings; a record without empty fields.

    A field that a later version adds is part of it only where it is given.
    """
    match value:
        case Record():
            left_out = _NOT_PROMISED.get(type(value), frozenset())
            given = (
                (key, _plain(getattr(value, field.attribute)))
                for key, field in fields_of(type(value)).items()
                if key not in left_out
            )
            return {key: plain for key, plain in given if plain not in ("", [], {}, False)}
        case Figure() | Reference():
            return value.text
        case None:
            return ""
        case bool() | str() if not isinstance(value, Enum):
            return value
        case Mapping():
            return {str(_plain(key)): _plain(item) for key, item in value.items()}
        case tuple() | list():
            return [_plain(item) for item in value]
        case Enum():
            return value.value
        case Fraction() | date() | int():
            return str(value)
    raise AssertionError(f"no value of the format: {value!r}")


# ------------------------------------------------------------------- the first rule, without a name


def _first_promise(entry: ObjectiveEntry) -> dict[str, Any]:
    objective = entry.objective
    return {
        "title": objective.title,
        "type": objective.type.value,
        "weight": objective.weight.text if objective.weight else "",
        "key_results": {
            kr.key_result.id: _first_promised_key_result(kr.key_result)
            for kr in entry.key_results
            if not kr.draft
        },
    }


def _first_promised_key_result(key_result: KeyResult) -> dict[str, Any]:
    levels, stages = key_result.levels, key_result.stages
    return {
        "title": key_result.title,
        "measure": key_result.measure.value if key_result.measure else "",
        "baseline": key_result.baseline,
        "target": key_result.target,
        "change": key_result.change,
        "floor": key_result.floor,
        "ceiling": key_result.ceiling,
        "levels": [str(levels.commit), str(levels.target), str(levels.stretch)] if levels else [],
        "stages": stages
        if stages is None or isinstance(stages, str)
        else [[stage.stage, stage.mark.text] for stage in stages],
        "milestones": [[m.title, m.weight.text if m.weight else ""] for m in key_result.milestones],
        "weight": key_result.weight.text if key_result.weight else "",
        "guardrail": key_result.guardrail,
        "due": str(key_result.due or ""),
    }
