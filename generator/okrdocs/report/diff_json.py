"""Writes a diff as versioned JSON, for programs. Documented in docs/reference/diff.md."""

from __future__ import annotations

from decimal import Decimal

from okrdocs.diff import Diff, Effect, OkrChange
from okrdocs.markup.escape import json_text

FORMAT_VERSION = "1.1"


def diff_as_json(diff: Diff, before: str, after: str) -> str:
    """Return `{"format_version", "before", "after", "changes".

    […], "effects": […]}`, texts as typed.
    """
    content = {
        "format_version": FORMAT_VERSION,
        "before": before,
        "after": after,
        "changes": [_change_json(change) for change in diff.changes],
        "effects": [_effect_json(effect) for effect in diff.effects],
    }
    return json_text(content)


def _change_json(change: OkrChange) -> dict[str, object]:
    return {
        "kind": change.kind.value,
        "importance": change.importance.value,
        "ref": None if change.ref is None else str(change.ref),
        "cycle": change.cycle or None,
        "team": change.team or None,
        "subject": change.subject,
        "field": change.field,
        "before": change.before,
        "after": change.after,
        "reason": change.reason,
        "sentence": change.sentence,
        "path": change.path,
        "line": change.line,
    }


def _effect_json(effect: Effect) -> dict[str, object]:
    return {
        "scope": effect.scope.value,
        "ref": None if effect.ref is None else str(effect.ref),
        "cycle": effect.cycle,
        "team": effect.team or None,
        "title": effect.title,
        "before": _grade_json(effect.before),
        "after": _grade_json(effect.after),
        "words_before": effect.words_before,
        "words_after": effect.words_after,
    }


def _grade_json(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
