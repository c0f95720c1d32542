"""Reads the file of known findings: on disk, or as a revision has it."""

from __future__ import annotations

import os
from pathlib import Path

from okrdocs.errors import OkrError, UsageError
from okrdocs.lint import baseline
from okrdocs.source.revision import GitTree


def read_known_findings(root: Path) -> baseline.KnownFindings | None:
    """Read the baseline file of a repository; None where it has none.

    Raises OkrError where it can't be read, UsageError where it isn't a baseline.
    """
    path = root / baseline.FILE
    if not os.path.lexists(path):
        return None
    if path.is_symlink() or not path.is_file():
        raise OkrError(f"`{path}` is a link or no file at all. Put the file itself in its place.")
    try:
        if path.stat().st_size > baseline.MAX_BYTES:
            raise OkrError(f"`{path}` is larger than {baseline.MAX_BYTES // 1_000_000} MB.")
        return baseline.parse_baseline(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as fault:
        raise OkrError(f"`{path}` can't be read.") from fault


def known_findings_in_revision(tree: GitTree) -> baseline.KnownFindings:
    """Return the known findings beside the OKRs of a revision.

    None of them where it has no such file, or one that can't be read: what can't be read accepts
    nothing. Raises GitError.
    """
    entries = tree.repository.list_entries(tree.revision, baseline.FILE)
    blobs = [entry.blob for entry in entries if entry.mode.startswith("100")]
    contents = [data for _, data in tree.repository.read_blobs(blobs, baseline.MAX_BYTES) if data]
    try:
        return baseline.parse_baseline(contents[0].decode("utf-8-sig")) if contents else {}
    except (UsageError, UnicodeDecodeError):
        return {}
