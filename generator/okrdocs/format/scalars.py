"""From a scalar of YAML to a value: text, ids, dates, marks, words, links, references.

One function for each kind of `fields` that is written on one line; what each accepts and
what it says when it gets something else stands here and nowhere else.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, NamedTuple

from okrdocs.format import suggestions as meant
from okrdocs.format.fields import (
    Amount,
    Choice,
    Day,
    Flag,
    Mark,
    Name,
    Number,
    Prose,
    Ref,
    Share,
    Slug,
    Text,
    Url,
    Whole,
)
from okrdocs.format.records import Figure, Reference
from okrdocs.format.reference import is_slug, parse_reference, slug_from
from okrdocs.problem import Problem, Span, error
from okrdocs.source.yaml import reader as yaml_text
from okrdocs.source.yaml.reader import Node, Scalar

_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_URL = re.compile(r"(?:https?://|mailto:)\S+|(?![a-zA-Z][a-zA-Z0-9+.-]*:|//)\S+")
# Letters and marks that have no shape alone: fillers, the Braille blank, variation selectors.
_SHAPELESS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | frozenset(
    map(chr, (*range(0xFE00, 0xFE10), *range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF))
)
_MAX_DIGITS = 30
_AMOUNT = Text(200)


class Reading(NamedTuple):
    """One file being read: its path, and the problems found so far."""

    path: str
    problems: list[Problem]

    def span(self, node: Node) -> Span:
        """Where a node stands."""
        return Span(self.path, *node.extent)

    def near(self, word: str, known: Iterable[str], likeness: float = 0.6) -> str:
        """A hint at the nearest known word; "" where none is near or too much is wrong."""
        return meant.nearest_unless_many(self.problems, word, known, likeness)

    def fault(self, code: str, node: Node, message: str, hint: str = "") -> None:
        """Note that a node is wrong."""
        self.problems.append(error(code, self.span(node), message, hint))


def described(node: Node) -> str:
    """What a node is, in words."""
    if isinstance(node, Scalar):
        return "nothing" if yaml_text.is_null(node) else f"`{shortened(node.text)}`"
    if isinstance(node, yaml_text.Mapping):
        return "a mapping (`key: value`)"
    return "a list"


def shortened(text: str) -> str:
    """The beginning of a text, for a message."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:57] + "…"


def _scalar(node: Node, reading: Reading, wanted: str) -> str | None:
    if type(node) is Scalar:
        return node.text.strip()
    if isinstance(node, yaml_text.Mapping) and yaml_text.looks_like_text(node):
        note_colon_trap(node, reading)
    elif isinstance(node, yaml_text.Mapping) and node.flow:
        message = f"Expected {wanted}, but `{{` starts a mapping."
        reading.fault("wrong-type", node, message, "Put quotes around the whole text.")
    elif isinstance(node, yaml_text.Sequence) and node.flow:
        message = f"Expected {wanted}, but `[` starts a list."
        reading.fault("wrong-type", node, message, "Put quotes around the whole text.")
    else:
        reading.fault("wrong-type", node, f"Expected {wanted}, found {described(node)}.")
    return None


def note_colon_trap(node: yaml_text.Mapping, reading: Reading) -> None:
    """Say that `- Legal: slow` became a mapping."""
    typed = yaml_text.as_typed(node)
    quoted = typed.replace("\\", "\\\\").replace('"', '\\"')
    reading.fault(
        "yaml-trap",
        node,
        f"The colon turned the text `{shortened(typed)}` into a mapping.",
        f'Put quotes around it: `"{quoted}"`.',
    )


def read_text(kind: Text | Prose | Name, node: Node, reading: Reading) -> str | None:
    """A text within its limit; None for an empty one."""
    if isinstance(kind, Name) and (names := meant.names(node)):
        message = "Expected a name, found a mapping (`key: value`)."
        reading.fault("wrong-type", node, message, f"Write the name alone: `{names[0]}`.")
        return None
    text = _scalar(node, reading, "text")
    if text and len(text) > kind.limit:
        message = f"This text has {len(text):,} characters; at most {kind.limit:,} fit here."
        reading.fault("too-long", node, message, "Shorten it, or move the rest to a longer field.")
        return None
    if text and not _is_visible(text):
        message = "This text holds nothing that can be seen: only control or invisible characters."
        reading.fault("wrong-type", node, message, "Write it in words, or remove the line.")
        return None
    return text or None


def _is_visible(text: str) -> bool:
    """Whether a reader sees anything; a sign that is newer than Python's tables counts."""
    return (text[0].isascii() and text[0].isalnum()) or any(
        unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"} and c not in _SHAPELESS
        for c in text
    )


def read_slug(_kind: Slug, node: Node, reading: Reading) -> str | None:
    """An id."""
    text = _scalar(node, reading, "an id")
    if text is None or is_slug(text):
        return text
    better = slug_from(text)
    reading.fault(
        "bad-id",
        node,
        f"`{shortened(text)}` can't be an id: lower-case letters, digits and single hyphens,"
        " a letter first, at most 48 characters.",
        f"Write `{better}`." if better else "Write something like `enterprise-growth`.",
    )
    return None


def read_day(_kind: Day, node: Node, reading: Reading) -> date | None:
    """A date of the calendar."""
    text = _scalar(node, reading, "a date")
    if text is None:
        return None
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError as fault:
        reading.fault("bad-date", node, f"`{text}` isn't in the calendar: {fault}.")
        return None
    message = f"`{shortened(text)}` isn't a date."
    reading.fault("bad-date", node, message, "Write year-month-day: `2025-02-01`.")
    return None


def read_amount(_kind: Amount, node: Node, reading: Reading) -> str | None:
    """A quantity as written; a block scalar here is a lost comparator."""
    if isinstance(node, Scalar) and node.block:
        message = "`>` or `|` starts a block of text here, so that the comparator is lost."
        reading.fault("yaml-trap", node, message, 'Put quotes around the value: `">95%"`.')
        return None
    if isinstance(node, yaml_text.Sequence) and (hint := meant.one_amount(node)):
        begins = "but `[` starts" if node.flow else "found"
        reading.fault("wrong-type", node, f"Expected one amount, {begins} a list.", hint)
        return None
    return read_text(_AMOUNT, node, reading)


@lru_cache(maxsize=4096)
def _decimal(text: str) -> Fraction | None:
    if len(text) > _MAX_DIGITS or not _DECIMAL.fullmatch(text):
        return None
    return Fraction(text)


def read_share(_kind: Share, node: Node, reading: Reading) -> Figure | None:
    """A probability: `75%` or `0.75`."""
    text = _scalar(node, reading, "a percentage")
    if text is None:
        return None
    value = _probability(text)
    if value is not None:
        return Figure(text, value)
    message = f"`{shortened(text)}` isn't a probability."
    both = f" `{text}` may mean `{text}%`." if _decimal(text) is not None else ""
    reading.fault("bad-number", node, message, f"Write `75%` or `0.75`.{both}")
    return None


@lru_cache(maxsize=4096)
def _probability(text: str) -> Fraction | None:
    value = _decimal(text.removesuffix("%").rstrip())
    if value is not None and text.endswith("%"):
        value /= 100
    return value if value is not None and 0 <= value <= 1 else None


def read_mark(kind: Mark, node: Node, reading: Reading) -> Figure | None:
    """A grade from 0 to 1, or `n/a` where the kind allows it."""
    text = _scalar(node, reading, "a grade")
    if text is None:
        return None
    if kind.or_na and text.lower() in {"n/a", "na"}:
        return Figure(text, None)
    value = _decimal(text)
    if value is not None and 0 <= value <= 1:
        return Figure(text, value)
    also = ", or `n/a`" if kind.or_na else ""
    message = f"A grade lies between 0 and 1{also}: `{shortened(text)}`."
    reading.fault("bad-grade", node, message, meant.as_grade(text))
    return None


def read_number(kind: Number, node: Node, reading: Reading) -> Figure | None:
    """A plain decimal number within its limits."""
    text = _scalar(node, reading, "a number")
    if text is None:
        return None
    value = _decimal(text)
    if value is None:
        message = f"`{shortened(text)}` isn't a plain number."
        reading.fault("bad-number", node, message, "Write digits with a decimal point: `1.5`.")
        return None
    if value < Fraction(kind.low) or (kind.high and value > Fraction(kind.high)):
        limits = f"from {kind.low} to {kind.high}" if kind.high else f"{kind.low} or more"
        reading.fault("bad-number", node, f"`{text}` is out of range: {limits}.")
        return None
    return Figure(text, value)


def read_whole(kind: Whole, node: Node, reading: Reading) -> int | None:
    """A whole number within its limits."""
    text = _scalar(node, reading, "a whole number")
    if text is None:
        return None
    if text.isascii() and text.isdigit() and len(text) < 10 and kind.low <= int(text) <= kind.high:
        return int(text)
    wanted, hint = f"`{kind.low}`", f"This program reads no other version; write `{kind.low}`."
    if kind.low != kind.high:
        wanted, hint = f"a whole number from {kind.low} to {kind.high}", ""
    message = f"Expected {wanted}, found `{shortened(text)}`."
    reading.fault("bad-number", node, message, hint)
    return None


def read_flag(_kind: Flag, node: Node, reading: Reading) -> bool | None:
    """`true` or `false`."""
    text = _scalar(node, reading, "`true` or `false`")
    if text in {"true", "True", "TRUE"}:
        return True
    if text in {"false", "False", "FALSE"}:
        return False
    if text is not None:
        hint = {"yes": "Write `true`.", "no": "Write `false`."}
        hint |= {"on": "Write `true`.", "off": "Write `false`."}
        message = f"Expected `true` or `false`, found `{shortened(text)}`."
        reading.fault("wrong-type", node, message, hint.get(text.lower(), ""))
    return None


@cache
def _words(words: type[StrEnum]) -> dict[str, StrEnum]:
    return {word.value.lower(): word for word in words}


def read_choice(kind: Choice, node: Node, reading: Reading) -> Any:
    """One of the words of an enumeration."""
    text = _scalar(node, reading, "a word")
    if text is None:
        return None
    word = _words(kind.words).get(text.lower())
    if word is not None:
        return word
    known = ", ".join(f"`{word.value}`" for word in kind.words)
    words = [word.value for word in kind.words]
    close = meant.other_word(text, words) or reading.near(text, words)
    reading.fault("unknown-word", node, f"`{shortened(text)}` isn't one of {known}.", close)
    return None


def read_url(_kind: Url, node: Node, reading: Reading) -> str | None:
    """An address that may become a link."""
    text = _scalar(node, reading, "an address")
    if text is None or (_URL.fullmatch(text) and len(text) <= 2000 and "\\" not in text):
        return text or None
    message = f"`{shortened(text)}` can't be a link."
    reading.fault(
        "bad-link", node, message, "Links begin with https:, http:, mailto:, or are paths."
    )
    return None


def read_ref(_kind: Ref, node: Node, reading: Reading) -> Reference | None:
    """A reference, not yet resolved."""
    text = _scalar(node, reading, "a reference")
    if text is None:
        return None
    found = parse_reference(text, reading.span(node))
    if found is None:
        message = f"`{shortened(text)}` isn't a reference."
        hint = "Write `objective`, `team/objective` or `team/objective#key-result`."
        reading.fault("bad-reference", node, message, hint)
    return found


def is_empty(node: Node) -> bool:
    """Whether a node says nothing: an empty value, `~`, `null` or quotes around nothing."""
    if type(node) is not Scalar:
        return False
    text = node.text
    return not text or text.isspace() or (node.plain and yaml_text.is_null(node))


# ------------------------------------------------------------------- readers for the common case

Reader = Callable[[Node, Reading], Any]
"""Reads a value of one kind; None where it is empty, or wrong with a problem noted."""

_REMEMBERED = 4096
_LONGEST_NULL = 4
_VISIBLE = frozenset(string.ascii_letters + string.digits)


def unless_empty(careful: Reader) -> Reader:
    """What is empty is no fault of its kind: it is as good as left out."""

    def read(node: Node, reading: Reading) -> Any:
        return None if is_empty(node) else careful(node, reading)

    return read


def remembering(careful: Reader) -> Reader:
    """For kinds whose texts repeat, such as dates: what was read once without fault is known."""
    known: dict[str, Any] = {}

    def read(node: Node, reading: Reading) -> Any:
        if type(node) is not Scalar or not node.plain:
            return None if is_empty(node) else careful(node, reading)
        value = known.get(node.text)
        if value is None and not is_empty(node):
            value = careful(node, reading)
            if value is not None and len(known) < _REMEMBERED:
                known[node.text] = value
        return value

    return read


def plain_text(limit: int, careful: Reader) -> Reader:
    """For words: what begins with a letter or digit, is short enough and isn't `null`, is fine."""

    def read(node: Node, reading: Reading) -> Any:
        if type(node) is Scalar:
            text = node.text.strip()
            if _LONGEST_NULL < len(text) <= limit and text[0] in _VISIBLE:
                return text
        return None if is_empty(node) else careful(node, reading)

    return read
