"""Joins the log of a folder with that of the place it had before it was moved. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from okrdocs.source.git.log import FileChange, Revision


def former_place(renames: str, place: str, marker: str) -> str:
    """Return where a folder lay before a commit that moved it; "" for one that didn't.

    `renames` is what `git diff-tree -r -M --diff-filter=R --name-status -z` prints on the commit;
    the file `marker` tells the folder. Full paths, with `/`.
    """
    tokens = renames.split("\0")
    olds_by_new = dict(zip(tokens[2::3], tokens[1::3], strict=False))
    return olds_by_new.get(f"{place}/{marker}", "").rpartition("/")[0]


def joined_steps(before: Sequence[Revision], after: Sequence[Revision]) -> tuple[Revision, ...]:
    """Return the steps before a move and those since, which the move begins, as one line.

    The paths of both are those of now. The move itself only changes what it edited as well; what a
    branch did to the folder where it was, before it moved it, is the move's.
    """
    move, *later = after
    left = _blobs_by_path(before)
    now = {change.path: change.new_blob for change in move.changes if change.new_blob}
    changes = tuple(_changes_between(left, now))
    moved = [move._replace(changes=changes, merged=())] if changes else []
    return (*before, *moved, *later)


def _blobs_by_path(steps: Iterable[Revision]) -> dict[str, str]:
    blobs: dict[str, str] = {}
    for change in (change for step in steps for change in step.changes):
        blobs.pop(change.old_path, None)
        if change.new_blob is not None:
            blobs[change.path] = change.new_blob
    return blobs


def _changes_between(old: Mapping[str, str], new: Mapping[str, str]) -> Iterable[FileChange]:
    for path in sorted({*old, *new}):
        before, after = old.get(path), new.get(path)
        if before != after:
            letter = "A" if before is None else "D" if after is None else "M"
            yield FileChange(letter, path, path, before, after)
