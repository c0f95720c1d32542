"""Reads a scalar of YAML as a value: text, ids, dates, grades, words, links, references.

One function for each kind of `fields` that is written on one line; what it accepts and
what it says when it gets something else stands here and nowhere else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, NamedTuple

from okrdocs.format import suggestions
from okrdocs.format.fields import (
    AmountField,
    ChoiceField,
    DateField,
    FlagField,
    GradeField,
    NameField,
    NumberField,
    ProseField,
    RefField,
    ShareField,
    SlugField,
    TextField,
    UrlField,
    WholeNumberField,
)
from okrdocs.format.likely_dates import day_in_cycle, is_unknown_date, likely_dates, likely_month
from okrdocs.format.records import Figure, Reference
from okrdocs.format.reference import is_slug, parse_reference, slug_from
from okrdocs.markup.shorten import shorten
from okrdocs.problem import Problem, Replacement, Span, error
from okrdocs.source.yaml import reader as yaml_reader
from okrdocs.source.yaml.reader import Node, Scalar
from okrdocs.source.yaml.scalar_text import quoted_text

_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_URL = re.compile(r"(?:https?://|mailto:)\S+|(?![a-zA-Z][a-zA-Z0-9+.-]*:|//)\S+")
# Letters and marks that have no shape alone: fillers, the Braille blank, variation selectors.
_INVISIBLE_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | frozenset(
    map(chr, (*range(0xFE00, 0xFE10), *range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF))
)
_MAX_DIGITS = 30
_FLAG_WORDS = {
    "yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false",
}  # fmt: skip
_AMOUNT = TextField(200)


class ReadContext(NamedTuple):
    """The path of the file that is being read, and the problems so far."""

    path: str
    problems: list[Problem]

    def span(self, node: Node) -> Span:
        """Return the place of a node."""
        return Span(self.path, *node.extent)

    def nearest_hint(self, word: str, known: Iterable[str], likeness: float = 0.6) -> str:
        """Return a hint at the nearest known word; "" if none is near or too much is wrong."""
        return suggestions.nearest_unless_many(self.problems, word, known, likeness)

    def add_error(
        self, code: str, node: Node, message: str, hint: str = "", write: str = ""
    ) -> None:
        """Add an error at a node; `write` is what should stand there, as YAML.

        Without a hint, the hint tells to write it.
        """
        hint = hint or (f"Write `{write}`." if write else "")
        right = Replacement(self.span(node), write) if write else None
        problem = error(code, self.span(node), message, hint)
        self.problems.append(problem._replace(replacement=right))


def describe_node(node: Node) -> str:
    """Say in words what a node is."""
    if isinstance(node, Scalar):
        return "nothing" if yaml_reader.is_null(node) else f"`{shorten_typed(node.text)}`"
    if isinstance(node, yaml_reader.Mapping):
        return "a mapping (`key: value`)"
    return "a list"


def shorten_typed(text: str) -> str:
    """Shorten what a person typed to one line of at most 60 characters, for a message."""
    return shorten(" ".join(text.split()), 60)


def _scalar_text(node: Node, context: ReadContext, wanted: str) -> str | None:
    if type(node) is Scalar:
        return node.text.strip()
    if isinstance(node, yaml_reader.Mapping) and yaml_reader.looks_like_text(node):
        report_missing_quotes_around_colon(node, context)
    elif isinstance(node, yaml_reader.Mapping) and node.flow:
        message = f"Expected {wanted}, but `{{` starts a mapping."
        context.add_error("wrong-type", node, message, "Put quotes around the whole text.")
    elif isinstance(node, yaml_reader.Sequence) and node.flow:
        message = f"Expected {wanted}, but `[` starts a list."
        context.add_error("wrong-type", node, message, "Put quotes around the whole text.")
    else:
        context.add_error("wrong-type", node, f"Expected {wanted}, found {describe_node(node)}.")
    return None


def report_missing_quotes_around_colon(node: yaml_reader.Mapping, context: ReadContext) -> None:
    """Add an error: the colon of `- Legal: slow` made the text a mapping."""
    typed = yaml_reader.source_text(node._replace(flow=False))
    quoted = quoted_text(typed, '"')
    context.add_error(
        "yaml-trap",
        node,
        f"The colon turned the text `{shorten_typed(typed)}` into a mapping.",
        f"Put quotes around it: `{quoted}`.",
        quoted,
    )


def read_text(
    kind: TextField | ProseField | NameField, node: Node, context: ReadContext
) -> str | None:
    """Read a text within its limit; None for an empty one."""
    if isinstance(kind, NameField) and (names := suggestions.names_in_mapping(node)):
        message = "Expected a name, found a mapping (`key: value`)."
        hint = f"Write the name alone: `{names[0]}`."
        context.add_error("wrong-type", node, message, hint, names[0] if len(names) == 1 else "")
        return None
    if isinstance(kind, NameField) and isinstance(node, yaml_reader.Sequence):
        message = "Expected one name, found a list."
        hint = "Write one name here; several may stand under `owner:`."
        context.add_error("wrong-type", node, message, hint)
        return None
    text = _scalar_text(node, context, "text")
    if text and isinstance(kind, NameField) and text[0] == "@" and is_slug(text[1:].lower()):
        return text[1:].lower()
    if text and len(text) > kind.limit:
        message = f"This text has {len(text):,} characters; at most {kind.limit:,} fit here."
        context.add_error(
            "too-long", node, message, "Shorten it, or move the rest to a longer field."
        )
        return None
    if text and not _has_visible_character(text):
        message = "This text holds nothing that can be seen: only control or invisible characters."
        context.add_error("wrong-type", node, message, "Write it in words, or remove the line.")
        return None
    return text or None


def _has_visible_character(text: str) -> bool:
    """Return whether a reader sees anything; a sign newer than Python's tables counts."""
    return (text[0].isascii() and text[0].isalnum()) or any(
        unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"}
        and c not in _INVISIBLE_LETTERS
        for c in text
    )


def read_slug(_kind: SlugField, node: Node, context: ReadContext) -> str | None:
    """Read an id."""
    text = _scalar_text(node, context, "an id")
    if text is None or is_slug(text):
        return text
    several = [slug_from(part) for part in text.split(",")]
    better = f"[{', '.join(several)}]" if len(several) > 1 and all(several) else slug_from(text)
    context.add_error(
        "bad-id",
        node,
        f"`{shorten_typed(text)}` can't be an id: lower-case letters, digits and single hyphens,"
        " a letter first, at most 48 characters.",
        "" if better else "Write something like `enterprise-growth`.",
        better,
    )
    return None


def read_day(kind: DateField, node: Node, context: ReadContext) -> date | None:
    """Read a date of the calendar."""
    text = _scalar_text(node, context, "a date")
    if text is None:
        return None
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError as fault:
        context.add_error("bad-date", node, f"`{text}` isn't in the calendar: {fault}.")
        return None
    message = f"`{shorten_typed(text)}` isn't a date."
    days = likely_dates(text, context.path)
    example = day_in_cycle(context.path)
    month = likely_month(text, context.path)
    hint = f"Write year-month-day: `{example}`."
    if text.casefold() in {"yes", "true", "done", "x", "✓", "✔", "✅", "complete", "completed"}:
        hint = f"Write the day on which it was, as in `{example}`."
    elif text.casefold() in {"no", "false", "not done", "not yet", "open"}:
        hint = "Leave it out: without a day it isn't done yet."
    elif is_unknown_date(text):
        hint = f"Leave it out until the day is known; a date is `{example}`."
    elif month and kind.ends and not text.casefold().startswith(("mid", "start", "begin")):
        days = ((month.last.isoformat(), ""),)
    elif month:
        hint = f"Write its day as well: `{month.last}` is the last one of that month."
    if days:
        hint = f"Write {' or '.join(f'`{day}`{meaning}' for day, meaning in days)}."
    context.add_error("bad-date", node, message, hint, days[0][0] if len(days) == 1 else "")
    return None


def read_amount(_kind: AmountField, node: Node, context: ReadContext) -> str | None:
    """Read a quantity as written; a block scalar here is a lost comparator."""
    if isinstance(node, Scalar) and node.block:
        message = "`>` or `|` starts a block of text here, so that the comparator is lost."
        context.add_error("yaml-trap", node, message, 'Put quotes around the value: `">95%"`.')
        return None
    if isinstance(node, yaml_reader.Sequence) and (word := _ticked_box(node)):
        context.add_error("yaml-trap", node, "YAML takes this box for a list.", write=word)
        return None
    if isinstance(node, yaml_reader.Sequence) and (hint := suggestions.one_amount_hint(node)):
        begins = "but `[` starts" if node.flow else "found"
        context.add_error("wrong-type", node, f"Expected one amount, {begins} a list.", hint)
        return None
    return read_text(_AMOUNT, node, context)


def _ticked_box(node: yaml_reader.Sequence) -> str:
    """Return what `[x]` or `[ ]` says, a box that is ticked or isn't; or ""."""
    if not node.flow:
        return ""
    if not node.items:
        return "not done"
    mark = node.items[0].text if isinstance(node.items[0], Scalar) else ""
    return "done" if len(node.items) == 1 and mark in {"x", "X", "✓", "✔"} else ""


@lru_cache(maxsize=4096)
def _parse_decimal(text: str) -> Fraction | None:
    if len(text) > _MAX_DIGITS or not _DECIMAL.fullmatch(text):
        return None
    return Fraction(text)


def read_share(_kind: ShareField, node: Node, context: ReadContext) -> Figure | None:
    """Read a probability: `75%` or `0.75`."""
    text = _scalar_text(node, context, "a percentage")
    if text is None:
        return None
    value = _parse_probability(text)
    if value is not None:
        return Figure(text, value)
    message = f"`{shorten_typed(text)}` isn't a probability."
    likely = suggestions.likely_percentages(text)
    hint = f"Write {' or '.join(f'`{each}`' for each in likely or ('75%', '0.75'))}."
    context.add_error("bad-number", node, message, hint, likely[0] if len(likely) == 1 else "")
    return None


@lru_cache(maxsize=4096)
def _parse_probability(text: str) -> Fraction | None:
    value = _parse_decimal(text.removesuffix("%").rstrip())
    if value is not None and text.endswith("%"):
        value /= 100
    return value if value is not None and 0 <= value <= 1 else None


def read_grade(kind: GradeField, node: Node, context: ReadContext) -> Figure | None:
    """Read a grade from 0 to 1, or `n/a` where the kind allows it."""
    text = _scalar_text(node, context, "a grade")
    if text is None:
        return None
    if kind.or_na and text.lower() in {"n/a", "na"}:
        return Figure(text, None)
    value = _parse_decimal(text)
    if value is not None and 0 <= value <= 1:
        return Figure(text, value)
    also = ", or `n/a`" if kind.or_na else ""
    message = f"A grade lies between 0 and 1{also}: `{shorten_typed(text)}`."
    hint = suggestions.grade_hint(text)
    context.add_error("bad-grade", node, message, hint, suggestions.likely_grade(text))
    return None


def read_number(kind: NumberField, node: Node, context: ReadContext) -> Figure | None:
    """Read a plain decimal number within its limits."""
    text = _scalar_text(node, context, "a number")
    if text is None:
        return None
    value = _parse_decimal(text)
    if value is None:
        message = f"`{shorten_typed(text)}` isn't a plain number."
        context.add_error("bad-number", node, message, "Write digits with a decimal point: `1.5`.")
        return None
    if value < Fraction(kind.low) or (kind.high and value > Fraction(kind.high)):
        limits = f"from {kind.low} to {kind.high}" if kind.high else f"{kind.low} or more"
        context.add_error("bad-number", node, f"`{text}` is out of range: {limits}.")
        return None
    return Figure(text, value)


def read_whole_number(kind: WholeNumberField, node: Node, context: ReadContext) -> int | None:
    """Read a whole number within its limits."""
    text = _scalar_text(node, context, "a whole number")
    if text is None:
        return None
    if text.isascii() and text.isdigit() and len(text) < 10 and kind.low <= int(text) <= kind.high:
        return int(text)
    wanted, hint = f"`{kind.low}`", f"This program reads no other version; write `{kind.low}`."
    if kind.low != kind.high:
        wanted, hint = f"a whole number from {kind.low} to {kind.high}", ""
    message = f"Expected {wanted}, found `{shorten_typed(text)}`."
    context.add_error("bad-number", node, message, hint)
    return None


def read_flag(_kind: FlagField, node: Node, context: ReadContext) -> bool | None:
    """Read `true` or `false`."""
    text = _scalar_text(node, context, "`true` or `false`")
    if text in {"true", "True", "TRUE"}:
        return True
    if text in {"false", "False", "FALSE"}:
        return False
    if text is not None:
        message = f"Expected `true` or `false`, found `{shorten_typed(text)}`."
        context.add_error("wrong-type", node, message, write=_FLAG_WORDS.get(text.lower(), ""))
    return None


@cache
def _words_by_lower_case(words: type[StrEnum]) -> dict[str, StrEnum]:
    return {word.value.lower(): word for word in words}


def read_choice(kind: ChoiceField, node: Node, context: ReadContext) -> Any:
    """Read one of the words of an enumeration, without case."""
    text = _scalar_text(node, context, "a word")
    if text is None:
        return None
    word = _words_by_lower_case(kind.words).get(text.lower())
    if word is not None:
        return word
    choices = ", ".join(f"`{word.value}`" for word in kind.words)
    words = [word.value for word in kind.words]
    meant = suggestions.synonym(text, words)
    close = "" if meant else context.nearest_hint(text, words)
    context.add_error(
        "unknown-word", node, f"`{shorten_typed(text)}` isn't one of {choices}.", close, meant
    )
    return None


def read_url(_kind: UrlField, node: Node, context: ReadContext) -> str | None:
    """Read an address that may become a link."""
    text = _scalar_text(node, context, "an address")
    if text is None or (_URL.fullmatch(text) and len(text) <= 2000 and "\\" not in text):
        return text or None
    message = f"`{shorten_typed(text)}` can't be a link."
    context.add_error(
        "bad-link", node, message, "Links begin with https:, http:, mailto:, or are paths."
    )
    return None


def read_ref(_kind: RefField, node: Node, context: ReadContext) -> Reference | None:
    """Read a reference, not yet resolved."""
    text = _scalar_text(node, context, "a reference")
    if text is None:
        return None
    reference = parse_reference(text, context.span(node))
    if reference is None:
        message = f"`{shorten_typed(text)}` isn't a reference."
        hint = "Write `objective`, `team/objective` or `team/objective#key-result`."
        context.add_error("bad-reference", node, message, hint)
    return reference


def is_empty(node: Node) -> bool:
    """Return whether a node says nothing: no value, `~`, `null`, or quotes around nothing."""
    if type(node) is not Scalar:
        return False
    text = node.text
    return not text or text.isspace() or (node.plain and yaml_reader.is_null(node))
