"""Computes the digest of what a cycle promises: approvals name it, so that a later change shows.

It covers the objectives with their types and weights, and the key results with everything that
says when they are reached. Who owns them, why, and how they stand isn't part of it: a new owner or
a check-in needs no new approval. The order in the files doesn't matter either, and a draft isn't
part of it until it is public: then it is something new that is promised.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from okrdocs.format.records import Approval, KeyResult, LevelPoint
from okrdocs.workspace.workspace import Cycle, ObjectiveEntry

DIGEST_LENGTH = 12


def cycle_digest(cycle: Cycle) -> str:
    """Compute a cycle's digest: the first 12 hexadecimal digits of a SHA-256."""
    promise = {
        f"{team.id}/{entry.ref.objective}": _promised_objective(entry)
        for team in cycle.teams
        for entry in team.objectives
        if not entry.draft
    }
    text = json.dumps(promise, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:DIGEST_LENGTH]


def is_approval_outdated(approval: Approval, cycle: Cycle, as_of: date) -> bool:
    """Return whether an approval given by a day names another digest than the cycle's own."""
    given = approval.date is not None and approval.date <= as_of
    return given and approval.digest is not None and approval.digest.lower() != cycle_digest(cycle)


def _promised_objective(entry: ObjectiveEntry) -> dict[str, Any]:
    objective = entry.objective
    return {
        "title": objective.title,
        "type": objective.type.value,
        "weight": objective.weight.text if objective.weight else "",
        "key_results": {
            kr.key_result.id: _promised_key_result(kr.key_result)
            for kr in entry.key_results
            if not kr.draft
        },
    }


def _promised_key_result(key_result: KeyResult) -> dict[str, Any]:
    levels, stages = key_result.levels, key_result.stages
    return {
        "title": key_result.title,
        "measure": key_result.measure.value if key_result.measure else "",
        "baseline": key_result.baseline,
        "target": key_result.target,
        "change": key_result.change,
        "floor": key_result.floor,
        "ceiling": key_result.ceiling,
        "levels": [_level_text(level) for level in (levels.commit, levels.target, levels.stretch)]
        if levels
        else [],
        "stages": stages
        if stages is None or isinstance(stages, str)
        else [[stage.stage, stage.mark.text] for stage in stages],
        "milestones": [[m.title, m.weight.text if m.weight else ""] for m in key_result.milestones],
        "weight": key_result.weight.text if key_result.weight else "",
        "guardrail": key_result.guardrail,
        "due": str(key_result.due or ""),
        **({"type": key_result.type.value} if key_result.type else {}),
    }


def _level_text(level: LevelPoint) -> str:
    return f"{level} = {level.mark.text}" if level.mark else str(level)
