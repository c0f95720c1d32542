"""Writes {path: text} to disk: only what changed, atomically, and only over our own files.

The manifest, outside the generated folder, lists every file that was written with its digest. A
file that isn't listed, or was edited since, belongs to a person: it is reported and left alone. The
manifest is written last; before the first page it only notes what is about to be written, so that
an interrupted run can simply be repeated.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from okrdocs.atomic_file import write_file
from okrdocs.errors import OkrError
from okrdocs.ordinary_file import NotAnOrdinaryFileError, read_ordinary_file

MANIFEST = ".okrdocs/manifest.json"
GENERATED = "docs/okrs"
"""The folder of the pages where nobody says otherwise, as a path below the root."""
MARK = "Written by okrdocs "
_MARK_LINE = re.compile(rf'^(?:<!-- |/\* |  "[a-z]+": "){MARK}'.encode(), re.MULTILINE)
_FORMAT = 3
_LETTER = r"[^/\\\x00-\x1f\x7f\ud800-\udfff]"
_PAGE = re.compile(rf"(?:(?!\.){_LETTER}+/)?(?!\.){_LETTER}+\.(?:md|xml|json|css|js)")
_MAX_MANIFEST, _MAX_PAGE = 50_000_000, 1_000_000_000  # bytes, far beyond any of ours


class UnsafePathError(OkrError):
    """The generated folder leads out of the repository."""


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """One written file: the digest of its bytes, and what the disk said right after."""

    digest: str
    size: int
    modified: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the last run wrote, from which inputs.

    `planned`: digests of what an interrupted run may have written already.
    """

    fingerprint: str = ""
    frozen: bool = False
    files: Mapping[str, ManifestEntry] = field(default_factory=dict)
    planned: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WriteResult:
    """What a run did, or would do with `only_look`: paths relative to the generated folder.

    `kept` are files that belong to a person and stay.
    """

    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    unchanged: int = 0


def page_digest(data: bytes) -> str:
    """Return the digest of a page's bytes as the manifest records it."""
    return hashlib.blake2b(data, digest_size=32).hexdigest()


def read_manifest(root: Path) -> Manifest:
    """Return the manifest of the last run; an empty one where there is none or it can't be read."""
    try:
        content: Any = json.loads(read_ordinary_file(root / MANIFEST, _MAX_MANIFEST))
        if content["format"] != _FORMAT:
            return Manifest()
        files = {path: _parse_entry(*entry) for path, entry in content["files"].items()}
        planned = {path: str(digest) for path, digest in content["planned"].items()}
        if not all(map(_is_page, (*files, *planned))):
            return Manifest()
        return Manifest(str(content["fingerprint"]), bool(content["frozen"]), files, planned)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Manifest()


def _parse_entry(digest: object, size: object, modified: object) -> ManifestEntry:
    """Return an entry as it was read. Raises TypeError for anything that we never write."""
    if type(digest) is not str or type(size) is not int or type(modified) is not int:
        raise TypeError("an entry is a digest and two whole numbers")
    return ManifestEntry(digest, size, modified)


def _is_page(path: str) -> bool:
    """Return whether a listed path can be ours: `a.md`, `cycle/a.md`, a feed.

    Anyone writes manifests.
    """
    return _PAGE.fullmatch(path) is not None


def is_untouched(root: Path, manifest: Manifest, folder: str = GENERATED) -> bool:
    """Return whether every file that was written still has its size and time of modification."""
    place = str(root / folder)
    for path, entry in manifest.files.items():
        try:
            stat = os.lstat(f"{place}/{path}")
        except OSError:
            return False
        if stat.st_mtime_ns != entry.modified or stat.st_size != entry.size:
            return False
    return True


def write_pages(
    root: Path,
    pages: Mapping[str, bytes],
    *,
    fingerprint: str,
    frozen: bool,
    only_look: bool = False,
    folder: str = GENERATED,
) -> WriteResult:
    """Make the generated folder contain exactly these pages, beside what people put there.

    `folder` is its path below the root. Raises UnsafePathError where a folder on the way is a link,
    and OkrError where the disk refuses.
    """
    place = root / folder
    before = read_manifest(root)
    listed = {*pages, *before.files, *before.planned}
    _refuse_links(root, (f"{folder}/{path}" for path in listed))
    texts = dict(sorted(pages.items()))
    changed, kept = _pages_to_write(place, texts, before)
    removed, edited = _obsolete_pages(place, before, texts)
    written = WriteResult(
        tuple(changed),
        tuple(removed),
        (*kept, *edited),
        len(texts) - len(changed) - len(kept),
    )
    if not only_look:
        after = Manifest("" if written.kept else fingerprint, frozen)
        _write_changes(root, place, texts, written, before, after)
    return written


def _pages_to_write(
    folder: Path, texts: Mapping[str, bytes], before: Manifest
) -> tuple[list[str], list[str]]:
    """Return the pages to write, and those where a person's file stands in the way."""
    changed: list[str] = []
    kept: list[str] = []
    for path, data in texts.items():
        current = _read_bytes(f"{folder}/{path}")
        if current is None or (current != data and _is_unedited_page(path, current, before)):
            changed.append(path)
        elif current != data:
            kept.append(path)
    return changed, kept


def _write_changes(
    root: Path,
    folder: Path,
    texts: Mapping[str, bytes],
    written: WriteResult,
    before: Manifest,
    after: Manifest,
) -> None:
    """Write and remove; the manifest that counts comes last."""
    planned = {path: page_digest(texts[path]) for path in written.changed}
    if planned:
        _write_manifest(root, replace(before, fingerprint="", planned=planned))
    for path in written.changed:
        write_file(f"{folder}/{path}", texts[path])
    _remove_pages(folder, written.removed)
    ours = (path for path in texts if path not in written.kept)
    entries = {
        path: _manifest_entry(f"{folder}/{path}", planned.get(path) or page_digest(texts[path]))
        for path in ours
    }
    # Edited pages stay in the manifest, so that the next run reports them again.
    edited = {path: before.files[path] for path in written.kept if path in before.files}
    _write_manifest(root, replace(after, files={**entries, **edited}))


def _refuse_links(root: Path, paths: Iterable[str]) -> None:
    """Raise UnsafePathError where a folder on the way to a page or the manifest is a link."""
    between = {above for path in paths for above in _parent_folders(path)}
    for place in (root / above for above in sorted({*_parent_folders(MANIFEST), *between})):
        if place.is_symlink():
            raise UnsafePathError(
                f"`{place}` is a link; pages are written only inside the repository."
                " Replace it with a folder."
            )


def _parent_folders(path: str) -> Iterable[str]:
    """Return every folder on the way to a file: `docs`, `docs/okrs` and so on."""
    folders = path.split("/")[:-1]
    return ("/".join(folders[:count]) for count in range(1, len(folders) + 1))


def _read_bytes(path: Path | str) -> bytes | None:
    """Return a file's bytes; None where there is no file. Raises OkrError.

    A link, a pipe or a device is a person's: b"", which no page of ours is.
    """
    if os.path.islink(path):
        return b""
    try:
        return read_ordinary_file(path, _MAX_PAGE)
    except FileNotFoundError:
        return None
    except NotAnOrdinaryFileError:
        return b""
    except OSError as fault:
        if fault.errno == errno.ENAMETOOLONG:
            return None
        raise OkrError(f"`{path}` can't be read: {fault.strerror}.") from fault


def _is_unedited_page(path: str, current: bytes, manifest: Manifest) -> bool:
    """Return whether we wrote a file and nobody edited it; without a manifest our mark decides."""
    entry, planned = manifest.files.get(path), manifest.planned.get(path)
    if entry is None and planned is None:
        return not manifest.files and _has_mark(current)
    return page_digest(current) in {entry.digest if entry else "", planned}


def _manifest_entry(path: str, digest: str) -> ManifestEntry:
    stat = os.stat(path)
    return ManifestEntry(digest, stat.st_size, stat.st_mtime_ns)


def _obsolete_pages(
    folder: Path, before: Manifest, texts: Mapping[str, bytes]
) -> tuple[list[str], list[str]]:
    """Return pages of the last run that no longer exist: those to remove, those edited by hand."""
    removed: list[str] = []
    edited: list[str] = []
    for path in sorted(
        {*before.files, *before.planned, *_pages_with_mark(folder, before)} - set(texts)
    ):
        current = _read_bytes(folder / path)
        if current is not None:
            (removed if _is_unedited_page(path, current, before) else edited).append(path)
    return removed, edited


def _pages_with_mark(folder: Path, before: Manifest) -> set[str]:
    """Return pages with the mark of this program, for a folder without a manifest."""
    if before.files:
        return set()
    contents = {
        path.relative_to(folder).as_posix(): _read_bytes(path) or b""
        for path in folder.rglob("*")
        if path.suffix in {".md", ".xml", ".json", ".css", ".js"} and path.is_file()
    }
    return {path for path, data in contents.items() if _is_page(path) and _has_mark(data)}


def _has_mark(data: bytes) -> bool:
    """Return whether a file says that we wrote it; one that only quotes that is a person's."""
    return _MARK_LINE.search(data, 0, 2000) is not None


def _remove_pages(folder: Path, paths: Iterable[str]) -> None:
    for path in paths:
        (folder / path).unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            (folder / path).parent.rmdir()


def _write_manifest(root: Path, manifest: Manifest) -> None:
    content = {
        "format": _FORMAT,
        "fingerprint": manifest.fingerprint,
        "frozen": manifest.frozen,
        "files": {
            path: [entry.digest, entry.size, entry.modified]
            for path, entry in sorted(manifest.files.items())
        },
        "planned": dict(sorted(manifest.planned.items())),
    }
    data = json.dumps(content, indent=0).encode()
    if _read_bytes(root / MANIFEST) != data:
        write_file(root / MANIFEST, data)
