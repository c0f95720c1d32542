"""From {path: text} to disk: only what changed, atomically, and only what is ours.

The manifest, outside the generated folder, lists every file that was written with its
digest. A file that isn't listed, or was edited since, belongs to a person: it is reported and
left alone. The manifest is written last, so that a run that breaks off is simply repeated.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from okrdocs.errors import OkrError

MANIFEST = ".okrdocs/manifest.json"
GENERATED = "docs/okrs"
MARK = "<!-- Written by okrdocs "
_FORMAT = 1


class UnsafePathError(OkrError):
    """The generated folder leads out of the repository."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One written file: the digest of its bytes, and what the disk said right after."""

    digest: str
    size: int
    modified: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the last run wrote, from which inputs."""

    fingerprint: str = ""
    frozen: bool = False
    files: Mapping[str, Entry] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """What a run did, or with `only_look` would do: paths relative to the generated folder."""

    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    unchanged: int = 0


def digest_of(data: bytes) -> str:
    """The digest that the manifest keeps."""
    return hashlib.sha256(data).hexdigest()


def read_manifest(root: Path) -> Manifest:
    """The manifest of the last run; an empty one where there is none or it can't be read."""
    try:
        held: Any = json.loads((root / MANIFEST).read_bytes())
        if held["format"] != _FORMAT:
            return Manifest()
        files = {path: Entry(*entry) for path, entry in held["files"].items()}
        return Manifest(str(held["fingerprint"]), bool(held["frozen"]), files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Manifest()


def is_untouched(root: Path, manifest: Manifest) -> bool:
    """Whether every file that was written still stands as it was written."""
    folder = str(root / GENERATED)
    for path, entry in manifest.files.items():
        try:
            stat = os.lstat(f"{folder}/{path}")
        except OSError:
            return False
        if stat.st_mtime_ns != entry.modified or stat.st_size != entry.size:
            return False
    return True


def write_pages(
    root: Path,
    pages: Mapping[str, str],
    *,
    fingerprint: str,
    frozen: bool,
    only_look: bool = False,
) -> Written:
    """Make the generated folder hold exactly these pages, beside what people put there."""
    folder = root / GENERATED
    _refuse_links(root, folder)
    before = read_manifest(root)
    changed, kept, entries = [], [], {}
    for path, text in sorted(pages.items()):
        data = text.encode("utf-8")
        held = _contents(folder / path)
        if held is not None and digest_of(held) == digest_of(data):
            entries[path] = _entry(folder / path, data)
        elif held is not None and not _is_ours(path, held, before):
            kept.append(path)
        else:
            changed.append(path)
            if not only_look:
                _replace(folder / path, data)
                entries[path] = _entry(folder / path, data)
    removed, edited = _stale(folder, before, pages)
    written = Written(
        tuple(changed), tuple(removed), (*kept, *edited), len(pages) - len(changed) - len(kept)
    )
    if not only_look:
        _remove(folder, removed)
        _write_manifest(root, Manifest("" if written.kept else fingerprint, frozen, entries))
    return written


def _refuse_links(root: Path, folder: Path) -> None:
    for place in (root / MANIFEST).parent, folder.parent, folder:
        if place.is_symlink():
            raise UnsafePathError(
                f"`{place}` is a link; pages are written only inside the repository."
                " Replace it with a folder."
            )


def _contents(path: Path) -> bytes | None:
    if path.is_symlink():
        return b""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise OkrError(f"`{path}` can't be read: {fault.strerror}.") from fault


def _is_ours(path: str, held: bytes, manifest: Manifest) -> bool:
    """Written by us and not edited since; without a manifest our mark decides."""
    entry = manifest.files.get(path)
    if entry is not None:
        return digest_of(held) == entry.digest
    return not manifest.files and MARK.encode() in held[:2000]


def _entry(path: Path, data: bytes) -> Entry:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return Entry(digest_of(data), len(data), 0)
    return Entry(digest_of(data), stat.st_size, stat.st_mtime_ns)


def _stale(folder: Path, before: Manifest, pages: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Pages of the last run that no longer exist: those to remove, those edited by hand."""
    removed: list[str] = []
    edited: list[str] = []
    for path in sorted(set(before.files) - set(pages)):
        held = _contents(folder / path)
        if held is not None:
            (removed if _is_ours(path, held, before) else edited).append(path)
    return removed, edited


def _remove(folder: Path, paths: Iterable[str]) -> None:
    for path in paths:
        (folder / path).unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            (folder / path).parent.rmdir()


def _replace(path: Path, data: bytes) -> None:
    """Write beside the place and move there, so that no reader ever sees half a file."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".okr-", suffix=".tmp")
        beside = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            beside.chmod(0o644)
            beside.replace(path)
        except BaseException:
            beside.unlink()
            raise
    except OSError as fault:
        raise OkrError(f"`{path}` can't be written: {fault.strerror}.") from fault


def _write_manifest(root: Path, manifest: Manifest) -> None:
    held = {
        "format": _FORMAT,
        "fingerprint": manifest.fingerprint,
        "frozen": manifest.frozen,
        "files": {
            path: [entry.digest, entry.size, entry.modified]
            for path, entry in sorted(manifest.files.items())
        },
    }
    data = json.dumps(held, indent=0).encode()
    if _contents(root / MANIFEST) != data:
        _replace(root / MANIFEST, data)
