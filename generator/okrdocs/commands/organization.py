"""Reads the name of the organization, for what is made without its OKRs."""

from __future__ import annotations

from pathlib import Path

from okrdocs.format.loader import read_record_file
from okrdocs.format.records import Organization
from okrdocs.ordinary_file import read_ordinary_file
from okrdocs.source.disk import File

_PATH = "okrs/okr.yml"
_MOST = 1_000_000  # bytes
_UNKNOWN = "Our"


def organization_name(root: Path) -> str:
    """Return the name that `okr.yml` gives; a word that fits before "OKRs" where it gives none."""
    try:
        data = read_ordinary_file(root / _PATH, _MOST)
    except OSError:
        return _UNKNOWN
    record = read_record_file(Organization, File(_PATH, data), [])
    return record.organization if record is not None else _UNKNOWN
