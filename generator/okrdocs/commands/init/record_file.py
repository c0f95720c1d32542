"""`.okr-init.json`: what the last `okr init` answered and wrote, so that the next one knows.

It tells a file that somebody changed from one that a new version would write differently. It is
committed: the next run may be another person's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from okrdocs.errors import UsageError
from okrdocs.markup.escape import json_text
from okrdocs.ordinary_file import read_ordinary_file

RECORD = ".okr-init.json"
_MOST = 200_000
_ABOUT = "Written by `okr init`, so that the next run tells your changes from its own. Commit it."


@dataclass(frozen=True, slots=True)
class InitRecord:
    """The answers that no other file holds, and a hash of each text that was written, by path."""

    cycle: str = ""
    host: str = ""
    publishing: str = ""
    owners: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)


def text_hash(text: str) -> str:
    """Return what identifies a text, whatever its line endings."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode(errors="replace")).hexdigest()[:16]


def record_text(record: InitRecord, version: str) -> str:
    """Return the record as it stands in the file."""
    values = {
        "about": _ABOUT,
        "version": version,
        "cycle": record.cycle,
        "host": record.host,
        "publish": record.publishing,
        "owners": list(record.owners),
        "files": dict(sorted(record.files.items())),
    }
    return f"{json_text(values)}\n"


def read_record(folder: Path) -> InitRecord:
    """Return what the last run wrote down; an empty record where there is none.

    Raises UsageError where it can't be understood.
    """
    try:
        values = json.loads(read_ordinary_file(folder / RECORD, _MOST))
        files, owners = values.get("files", {}), values.get("owners", [])
        return InitRecord(
            _text(values.get("cycle", "")),
            _text(values.get("host", "")),
            _text(values.get("publish", "")),
            tuple(map(_text, owners)),
            {_text(path): _text(hash_) for path, hash_ in files.items()},
        )
    except FileNotFoundError:
        return InitRecord()
    except (OSError, ValueError, TypeError, AttributeError, RecursionError) as fault:
        raise UsageError(
            f"`{folder / RECORD}` can't be understood. Delete it: `okr init` then asks again, and"
            " takes every difference for yours."
        ) from fault


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
