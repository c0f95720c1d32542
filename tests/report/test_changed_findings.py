"""Which lines of a file changed, where very many of them did."""

from __future__ import annotations

from okrdocs.report.changed_findings import changed_lines
from okrdocs.source.disk import File


def ranges(before: int, after: int) -> tuple[tuple[int, int], ...]:
    """The changed lines between two files of so many lines that differ at both ends."""
    one = b"\n".join([b"first", *(b"%d" % number for number in range(before - 2)), b"last"])
    other = b"\n".join([b"FIRST", *(b"%d" % number for number in range(after - 2)), b"LAST"])
    path = "okrs/a.yml"
    return changed_lines([File(path, one)], [File(path, other)], {})[path]


def test_up_to_four_thousand_lines_are_compared_one_by_one() -> None:
    assert ranges(2_000, 2_000) == ((1, 1), (2_000, 2_000))


def test_of_more_than_four_thousand_lines_all_between_count_as_changed() -> None:
    assert ranges(2_001, 2_000) == ((1, 2_000),)
