"""Tells whether a change of `rules:` lets pass what was a finding before. Pure.

What isn't sure to be stricter counts as loosened: the severities and limits that a rule has by
itself aren't known here.
"""

from __future__ import annotations

from typing import Any

from okrdocs.diff.field_edits import FieldEdit
from okrdocs.format.records import RuleLevel, RuleSetting

_RANK = {RuleLevel.OFF: 0, RuleLevel.INFO: 1, RuleLevel.WARNING: 2, RuleLevel.ERROR: 3}
_UPPER, _LOWER = {"max", "company_max", "days"}, {"min", "company_min"}


def is_rule_loosened(edit: FieldEdit) -> bool:
    """Return whether an edit inside `rules:` of `okr.yml` may hide a finding."""
    if edit.record is not RuleSetting:
        return not _is_stricter_setting(edit.before, edit.after)
    key, before, after = edit.field.key, edit.before, edit.after
    if key == "severity":
        return _severity_rank(after) < _severity_rank(before)
    if key in ("allow", "also"):
        came, went = _words(after) - _words(before), _words(before) - _words(after)
        return bool(came if key == "allow" else went)
    if before is None or after is None or key not in _UPPER | _LOWER:
        return True
    return bool(after > before) if key in _UPPER else bool(after < before)


def _words(value: Any) -> set[str]:
    return {value} if isinstance(value, str) else {*(value or ())}


def _is_stricter_setting(before: RuleSetting | None, after: RuleSetting | None) -> bool:
    """Return whether a setting that is new demands more, or one that is gone demanded less."""
    setting = after or before
    if setting is None or setting.severity is None or _has_limits(setting):
        return False
    demands = _RANK[setting.severity] >= _RANK[RuleLevel.WARNING]
    return demands if before is None else not demands


def _has_limits(setting: RuleSetting) -> bool:
    limits = (setting.min, setting.max, setting.company_min, setting.company_max, setting.days)
    return any(value is not None for value in (*limits, setting.share)) or bool(setting.allow)


def _severity_rank(level: Any) -> int:
    """Return the rank of a severity; one that isn't given is the rule's own, mostly a warning."""
    return _RANK[level] if level is not None else _RANK[RuleLevel.WARNING]
