"""A fault in a person's document, as a value: what is wrong, where, and the next step.

Every layer that reads returns Problems instead of raising, so that one run reports
everything that is wrong and one bad file never hides another.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

Extent = tuple[int, int, int, int]
"""(line, column, end line, end column), all from 1; the end column is exclusive."""


class Severity(StrEnum):
    """How much a problem matters; only an error fails a run on its own."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Span(NamedTuple):
    """A stretch of a file. `path` is relative to the root, with `/`; positions count from 1."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


def item_key(field: str, name: str) -> str:
    """Return the key under which a `Source` keeps the place of one name in a list."""
    return f"{field}[{name}]"


class Source(NamedTuple):
    """Where a record of the model was read: its own extent and that of each of its values.

    `faulty` names the fields in which something was wrong: what they say isn't known.
    """

    path: str
    extent: Extent
    fields: Mapping[str, Extent]
    faulty: frozenset[str] = frozenset()

    def span(self, field: str | None = None) -> Span:
        """Return the span of a field's value, or of the record where the field isn't given."""
        extent = self.extent if field is None else self.fields.get(field, self.extent)
        return Span(self.path, *extent)

    def item_span(self, field: str, name: str) -> Span:
        """Return the span of one name in a field's list; of the field where it stands alone."""
        extent = self.fields.get(item_key(field, name))
        return self.span(field) if extent is None else Span(self.path, *extent)


class Related(NamedTuple):
    """A second place that belongs to a problem: the other half of a duplicate."""

    span: Span
    message: str


class Replacement(NamedTuple):
    """What should stand in a stretch of a file: the line as it should be, as data.

    With `entries`, the stretch is the value of a key, and both give way to these keys and values,
    written as YAML; `text` is then what the message shows of them.
    """

    span: Span
    text: str
    entries: tuple[tuple[str, str], ...] = ()


class Problem(NamedTuple):
    """One fault. `message` says what is wrong, `hint` the next step; both are plain text.

    `ref` is what it is about (`2025-Q1:product/growth#nps`, a cycle, a path); "" for a mere place.
    `params` are the (name, value) pairs that code needs of it: no code reads them out of the text.
    `template`, where not "", is the message with `{name}` in the place of each of them. Problems of
    one code with the same `group`, where not "", are told to people as one (`lint.grouping`).
    `replacement` is the right text where there is only one: what the hint prints, `--fix` writes.
    """

    code: str
    severity: Severity
    span: Span
    message: str
    hint: str = ""
    related: tuple[Related, ...] = ()
    ref: str = ""
    params: tuple[tuple[str, str], ...] = ()
    template: str = ""
    group: str = ""
    replacement: Replacement | None = None

    def param(self, name: str) -> str | None:
        """Return the value of a parameter, or None where the problem has none of this name."""
        return dict(self.params).get(name)

    def message_with(self, shorten: Callable[[str], str]) -> str:
        """The message with each text that it quotes shortened."""
        if not self.template:
            return self.message
        return self.template.format(**{name: shorten(text) for name, text in self.params})


def error(
    code: str, span: Span, message: str, hint: str = "", *related: Related, **params: str
) -> Problem:
    """Return a Problem that fails the run; `params` are the values in its text that code needs."""
    return Problem(code, Severity.ERROR, span, message, hint, related, params=(*params.items(),))


def warning(
    code: str, span: Span, message: str, hint: str = "", *related: Related, **params: str
) -> Problem:
    """Return a Problem that is reported and doesn't fail the run; `params` as for `error`."""
    return Problem(code, Severity.WARNING, span, message, hint, related, params=(*params.items(),))


def in_source_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems by file, line, column and code, each once."""
    return tuple(sorted(set(problems), key=lambda p: (p.span, p.code, p.message)))


def drop_follow_up_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems in order, without those that follow from a YAML error on the same line."""
    listed = in_source_order(problems)
    at_fault = {(p.span.path, p.span.line) for p in listed if p.code.startswith("yaml-")}
    return tuple(
        p
        for p in listed
        if p.code.startswith("yaml-") or (p.span.path, p.span.line) not in at_fault
    )


def nearest_hint(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """Return `Did you mean …?` for the nearest known word, or "" where none is near."""
    return did_you_mean(nearest_name(word, known, likeness))


def nearest_name(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """Return the nearest known word, or "" where none is near.

    `likeness`, from 0 to 1, is how much of both words has to be the same, in the same order.
    """
    folded = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=likeness)
    return folded[close[0]] if close else ""


def did_you_mean(name: str) -> str:
    """Return the hint at a name, or "" for none."""
    return f"Did you mean `{name}`?" if name else ""
