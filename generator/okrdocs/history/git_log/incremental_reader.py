"""Parses thousands of versions of files, of each only the pieces that were never met before.

A team's file is split into objectives, key results and check-ins; equal texts give one and the same
record, whose place (`at`) is that of where it was read first. A split counts only where each piece
is by itself a list of one item without any fault, and where the rest has an empty value on the very
line of the split: no quotation or bracket can then reach from one piece into another. Wherever that
isn't so the file is read whole, as `format.loader` reads it.
"""

from __future__ import annotations

from itertools import accumulate
from typing import Any

from okrdocs.format.loader import read_record_file
from okrdocs.format.record_reader import read_record
from okrdocs.format.records import CheckIn, KeyResult, Objective, Record, TeamDocument
from okrdocs.format.scalars import ReadContext
from okrdocs.history.git_log.fast_replace import replace_field
from okrdocs.history.git_log.split_items import SplitText, key_column, split_list
from okrdocs.problem import Problem, Severity
from okrdocs.source.disk import File
from okrdocs.source.yaml import decoding as yaml_decoding
from okrdocs.source.yaml import reader as yaml_reader
from okrdocs.source.yaml.reader import Mapping, Node, Scalar, Sequence

_LISTS: dict[type[Any], tuple[str, type[Any]]] = {
    TeamDocument: ("objectives", Objective),
    Objective: ("key_results", KeyResult),
    KeyResult: ("check_ins", CheckIn),
}
_LONGEST = 50_000  # no text of so many characters holds more values than a file may
_DEEPEST = 15  # the levels that a file may have, less those above a check-in
_MOST_RECORDS = 200_000
_HARMLESS = frozenset({"unknown-key"})  # loses nothing that the format knows


class _OddLayoutError(Exception):
    """The text can't be read piece by piece."""


class VersionReader:
    """Reads versions of files and remembers records by their text."""

    def __init__(self) -> None:
        self._records: dict[type[Any], dict[str, Any]] = {of: {} for _, of in _LISTS.values()}
        self._skeletons: dict[type[Any], dict[str, Any]] = {kind: {} for kind in _LISTS}
        self._paths: set[str] = set()
        self._count = 0

    def read(self, kind: type[Any], data: bytes, path: str) -> Any:
        """Return the document, or None where an error hides part of it.

        `kind` is the class of the document, `path` decides which versions belong together.
        """
        if kind is not TeamDocument:
            return read_whole_file(kind, data, path)
        text = _splittable_text(data)
        try:
            if text is not None and path in self._paths:
                return self._assemble_record(kind, text, 0)
        except _OddLayoutError:
            return read_whole_file(kind, data, path)
        document: TeamDocument | None = read_whole_file(TeamDocument, data, path)
        if text is not None and document is not None:
            self._paths.add(path)
            self._remember_pieces(TeamDocument, text, 0, document, 1)
        return document

    def _read_record(self, kind: type[Any], text: str) -> Any:
        """Parse a piece that wasn't read before, and remember its record."""
        self._forget_if_full()
        record = self._assemble_record(kind, text, key_column(text))
        self._records[kind][text] = record
        return record

    def _forget_if_full(self) -> None:
        self._count += 1
        if self._count > _MOST_RECORDS:
            self._count = 0
            for texts in (*self._records.values(), *self._skeletons.values()):
                texts.clear()

    def _assemble_record(self, kind: type[Any], text: str, column: int | None) -> Any:
        split = self._split_into_items(kind, text, column)
        if split is None:
            return _parse_piece(kind, text)
        key, of = _LISTS[kind]
        records = self._records[of]
        items = tuple(
            [records.get(piece) or self._read_record(of, piece) for piece in split.pieces]
        )
        return replace_field(self._read_skeleton(kind, key, split), key, items)

    def _split_into_items(self, kind: type[Any], text: str, column: int | None) -> SplitText | None:
        if column is None or kind not in _LISTS:
            return None
        key, of = _LISTS[kind]
        return split_list(text, key, column, self._records[of])

    def _read_skeleton(self, kind: type[Any], key: str, split: SplitText) -> Any:
        """Return the record without its list.

        Raises _OddLayoutError where the list's key isn't there.
        """
        skeletons = self._skeletons[kind]
        record = skeletons.get(split.skeleton)
        if record is None:
            record = _parse_piece(kind, split.skeleton)
            if getattr(record, key) or record.at.fields.get(key, (0,))[0] != split.line:
                raise _OddLayoutError
            skeletons[split.skeleton] = record
        return record

    def _remember_pieces(
        self, kind: type[Any], text: str, column: int | None, record: Any, line: int
    ) -> None:
        """Remember the records of a text that was read whole.

        Only where their lines fit the split.
        """
        split = self._split_into_items(kind, text, column)
        if split is None:
            return
        key, of = _LISTS[kind]
        items = getattr(record, key)
        sizes = [piece.count("\n") for piece in split.pieces]
        lines = [*accumulate(sizes, initial=line + split.before)]
        if len(items) != len(sizes) or not all(map(_is_within_piece, items, lines, sizes)):
            return
        self._skeletons[kind][split.skeleton] = record
        records = self._records[of]
        for item, at, piece in zip(items, lines, split.pieces, strict=False):
            if piece not in records:
                self._count += 1
                records[piece] = item
                if of in _LISTS:
                    self._remember_pieces(of, piece, key_column(piece), item, at)


def read_whole_file(kind: type[Any], data: bytes, path: str) -> Any:
    """Read a file as `format.loader` does; None where an error hides part of it."""
    problems: list[Problem] = []
    document = read_record_file(kind, File(path, data), problems)
    faulty = any(
        problem.severity is Severity.ERROR and problem.code not in _HARMLESS for problem in problems
    )
    return None if faulty else document


def _splittable_text(data: bytes) -> str | None:
    """Return the text with plain line ends; None for one that has to be read whole."""
    if len(data) > _LONGEST or b"\t" in data:
        return None
    text, problems = yaml_decoding.decode(data, "")
    text = text.replace("\r\n", "\n") if "\r" in text else text
    return None if problems or "\r" in text else text


def _is_within_piece(record: Record, line: int, size: int) -> bool:
    """Return whether a record begins on the first line of its piece and ends within it."""
    return record.at.extent[0] == line and record.at.extent[2] <= line + max(size - 1, 0)


def _parse_piece(kind: type[Any], text: str) -> Any:
    """Parse a list of one item, or a whole file. Raises _OddLayoutError on any problem."""
    node, problems = yaml_reader.parse(text, "")
    if kind is not TeamDocument:
        single = isinstance(node, Sequence) and not node.flow and len(node.items) == 1
        node = node.items[0] if isinstance(node, Sequence) and single else None
    if problems or not isinstance(node, Mapping):
        raise _OddLayoutError
    if "meta" in text and _nesting_depth(node) > _DEEPEST:
        raise _OddLayoutError
    noted: list[Problem] = []
    record = read_record(kind, node, ReadContext("", noted))
    if noted or record is None:
        raise _OddLayoutError
    return record


def _nesting_depth(node: Node) -> int:
    if isinstance(node, Scalar):
        return 0
    inner = [v for _, v in node.entries] if isinstance(node, Mapping) else node.items
    return 1 + max(map(_nesting_depth, inner), default=0)
