"""Decides whether a folder may become the site, and puts the finished site there.

A site is built beside the one that is there, which stays until the new one is complete. A folder
that is, holds or lies in what must stay is refused, and so is one that holds files and no sign that
an earlier build of ours made them.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable
from pathlib import Path

from okrdocs.atomic_file import write_file
from okrdocs.errors import UsageError
from okrdocs.markup.escape import terminal_text

MARK = ".okrdocs-site"
"""The file that says whose folder this is; MkDocs leaves hidden files where they are."""
_MARK_TEXT = b"okrdocs built this site. The next build deletes and makes anew all that is here.\n"
_REPOSITORY = ".git"
# What versions that set no mark have left: a feed of ours in a site of MkDocs.
_FEED, _SITE_INDEX = "okrs/feed.xml", "sitemap.xml"
_FEED_MARK = b"<!-- Written by okrdocs "


def new_site_folder(target: Path, root: Path, sources: Iterable[Path]) -> Path:
    """Return an empty folder beside the target, in which a site can be built for it.

    `sources` are the folders and files that a build reads. Raises UsageError, and changes nothing,
    where the target is, holds or lies in one of them or a repository's `.git`, where it is or holds
    the root, and where it holds files that no build of ours made.
    """
    folder = Path(os.path.realpath(target))
    why = _reason_against(folder, Path(os.path.realpath(root)), sources)
    if why:
        raise UsageError(
            f"The site can't be built in `{terminal_text(str(target))}`: {why}."
            " Building replaces all that a folder holds."
            " Name a folder of its own, with `--site-dir DIR` or as `site_dir:` in mkdocs.yml."
        )
    fresh = folder.with_name(f".{folder.name}.new")
    _delete_site(fresh)
    write_file(fresh / MARK, _MARK_TEXT)
    return fresh


def put_in_place(fresh: Path, target: Path) -> None:
    """Put a finished site in the place of the one before it, which stays until then.

    A folder that can't be renamed, such as one that is mounted, is emptied and filled instead.
    """
    folder = Path(os.path.realpath(target))
    former = folder.with_name(f".{folder.name}.old")
    _delete_site(former)
    try:
        if folder.exists():
            folder.rename(former)
        fresh.rename(folder)
    except OSError:
        if former.exists() and not folder.exists():
            former.rename(folder)
        _fill_folder(folder, fresh)
    _delete_site(former)


def _fill_folder(folder: Path, fresh: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    shutil.copytree(fresh, folder, dirs_exist_ok=True)
    shutil.rmtree(fresh)


def _delete_site(folder: Path) -> None:
    """Delete what an earlier build has left. Raises UsageError where it isn't ours."""
    if not folder.exists():
        return
    if not folder.is_symlink() and (
        _is_ordinary_file(folder / MARK) or _is_unmarked_site(folder) or not any(folder.iterdir())
    ):
        shutil.rmtree(folder)
        return
    shown = terminal_text(str(folder))
    raise UsageError(f"`{shown}` stands where okr builds, and isn't its own. Move it elsewhere.")


def _reason_against(folder: Path, root: Path, sources: Iterable[Path]) -> str:
    """Return why a folder can't be the target, or "" where it can."""
    if _REPOSITORY in (part.casefold() for part in folder.parts):
        return "it lies in a repository's `.git`"
    if _holds(folder, root):
        return "it is or holds the folder of your OKRs' repository"
    for source in map(Path, map(os.path.realpath, sources)):
        if _holds(folder, source) or _holds(source, folder):
            return f"it is, holds or lies in `{terminal_text(str(source))}`, from which it is built"
    return _reason_in_content(folder)


def _holds(folder: Path, path: Path) -> bool:
    """Return whether a folder is a path or holds it, by whatever name the system knows them."""
    try:
        there = folder.stat()
    except OSError:
        return path.is_relative_to(folder)
    return any(_is_same(there, place) for place in (path, *path.parents))


def _is_same(status: os.stat_result, place: Path) -> bool:
    try:
        return os.path.samestat(status, place.stat())
    except OSError:
        return False


def _reason_in_content(folder: Path) -> str:
    """Return what in a folder speaks against deleting it, or ""."""
    try:
        names = {path.name.casefold() for path in folder.iterdir()}
    except FileNotFoundError:
        return ""
    except OSError as fault:
        return (fault.strerror or "it can't be read").lower()
    if _REPOSITORY in names:
        return "it holds a repository (`.git`)"
    if not names or _is_ordinary_file(folder / MARK) or _is_unmarked_site(folder):
        return ""
    return (
        "it holds files, and nothing in it says that okr built them. If it is the site of an"
        " earlier build, or nothing in it is needed, delete it and try again"
    )


def _is_unmarked_site(folder: Path) -> bool:
    """Return whether a build of ours made this before there were marks."""
    feed = folder / _FEED
    if not (_is_ordinary_file(feed) and _is_ordinary_file(folder / _SITE_INDEX)):
        return False
    try:
        with feed.open("rb") as opened:
            return _FEED_MARK in opened.read(2_000)
    except OSError:
        return False


def _is_ordinary_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False
