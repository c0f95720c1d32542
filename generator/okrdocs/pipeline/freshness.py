"""Detects whether any input changed since the last run, without parsing.

Imports nothing that parses or renders, so that a run without changes costs little more than
starting Python and reading the files.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from okrdocs.pipeline.writer import GENERATED, is_untouched, read_manifest
from okrdocs.problem import Problem
from okrdocs.program_state import program_digest
from okrdocs.source.disk import DiskTree, File, FileTree, digest_of_files


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files of a run, read once, and a text that identifies their and the program's state."""

    files: tuple[File, ...]
    problems: tuple[Problem, ...]
    state: str

    def read(self) -> tuple[tuple[File, ...], tuple[Problem, ...]]:
        """Return the files and problems, as a FileTree does."""
        return self.files, self.problems

    def fingerprint(self, day: date | None) -> str:
        """Return what identifies the pages' inputs; the day is None where `okr.yml` fixes it."""
        return f"{self.state} {day or 'frozen'}"


def read_inputs(root: Path) -> Inputs:
    """Read the inputs on disk. Raises UsageError where there are none."""
    return inputs_of_tree(DiskTree(root))


def inputs_of_tree(tree: FileTree) -> Inputs:
    """Read the inputs of any tree, such as that of a revision. Raises what its `read` raises."""
    files, problems = tree.read()
    return Inputs(files, problems, f"{digest_of_files(files, problems)} {program_digest()}")


def page_count_if_unchanged(
    root: Path, inputs: Inputs, *, as_of: date | None, today: date, folder: str = GENERATED
) -> int | None:
    """Return the number of pages where nothing changed since the last run, else None.

    `folder` is where they lie, as a path below the root.
    """
    before = read_manifest(root)
    day = None if before.frozen and as_of is None else as_of or today
    current = bool(before.files) and before.fingerprint == inputs.fingerprint(day)
    return len(before.files) if current and is_untouched(root, before, folder) else None
