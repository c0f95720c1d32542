"""What `okr init` would add to a file that a company already has: pure functions of two texts.

Each returns the whole new text; None where only a person can decide where the lines belong.
"""

from __future__ import annotations

import json
import re
from typing import Any

from okrdocs import __version__

_OUR_LINE = re.compile(r"(?im)^okrdocs\b.*$")
_PYTHON_UPDATES = re.compile(r"package-ecosystem:\s*[\"']?(?:pip|uv)\b")
_PIN = re.compile(r"okrdocs==[\w.+!-]+")


def our_text(_existing: str, ours: str) -> str:
    """Return our text: for files that are ours as a whole."""
    return ours


def with_missing_lines(existing: str, ours: str) -> str:
    """Return the text with those of our lines that it lacks at its end."""
    there = {line.strip() for line in existing.splitlines()}
    missing = [line for line in ours.splitlines() if line.strip() not in there]
    if not any(line and not line.startswith("#") for line in missing):
        return existing
    gap = "" if not existing or existing.endswith("\n") else "\n"
    return existing + gap + "\n".join(missing) + "\n"


def with_requirement(existing: str, ours: str) -> str | None:
    """Return the requirements with our line in place of an older one, or at the end.

    None where hashes follow, which only `--lock` can write.
    """
    if "--hash=" in existing:
        return existing if f"okrdocs[site]=={__version__} " in existing else None
    (line,) = _OUR_LINE.findall(ours)
    if _OUR_LINE.search(existing):
        return _OUR_LINE.sub(line, existing, count=1)
    return with_missing_lines(existing, line)


def with_json_entries(existing: str, ours: str) -> str | None:
    """Return the settings with our entries; None for JSON with comments, which would be lost."""
    try:
        settings, more = json.loads(existing), json.loads(ours)
    except (ValueError, RecursionError):
        return None
    if not isinstance(settings, dict):
        return None
    joined = {**settings}
    for name, value in more.items():
        joined[name] = _joined(settings.get(name), value)
    same = joined == settings
    return existing if same else json.dumps(joined, indent=2, ensure_ascii=False) + "\n"


def _joined(existing: Any, ours: Any) -> Any:
    if isinstance(existing, dict) and isinstance(ours, dict):
        return {**existing, **ours}
    if isinstance(existing, list) and isinstance(ours, list):
        return [*existing, *(each for each in ours if each not in existing)]
    return ours


def with_hook(existing: str, _ours: str) -> str | None:
    """Return pre-commit's settings with this version in our hook; None where they lack it."""
    return _PIN.sub(f"okrdocs=={__version__}", existing) if "okr-check" in existing else None


def with_include(existing: str, _ours: str) -> str | None:
    """Return GitLab's settings as they are where they include ours, else None."""
    return existing if ".gitlab/okr.yml" in existing else None


def with_updates(existing: str, _ours: str) -> str | None:
    """Return Dependabot's settings as they are where they care for Python packages, else None."""
    return existing if _PYTHON_UPDATES.search(existing) else None
