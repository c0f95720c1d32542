"""Describes values on one line as regular expressions, for editors, which can't run `scalars`.

`json_schema` puts them into the JSON Schemas. They are read by Python and by JavaScript with its
flag `u`, so they keep to what both understand alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from okrdocs.format import fields
from okrdocs.format.fields import FieldKind


class LinePattern(NamedTuple):
    """A pattern for a value on one line, and the message for what doesn't match.

    The pattern has no white space around it. `types` are those besides text that an editor may
    take the value for; `limits` apply to numbers.
    """

    pattern: str
    says: str
    types: tuple[str, ...] = ()
    limits: Mapping[str, float] = MappingProxyType({})


_NOT_ONLY_TEXT = ("number", "boolean")
_DECIMAL = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)"
_TO_ONE = r"(?:\+?(?:0*\.[0-9]+|0+\.?|0*1(?:\.0*)?)|-[0.]+)"
_PERCENT = r"(?:\+?(?:0*[0-9]{1,2}(?:\.[0-9]*)?|0*\.[0-9]+|0*100(?:\.0*)?)|-[0.]+)\s*%"
_SLUG = r"(?=\S{1,48}\s*$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
_DAY = "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_WORD = "[0-9A-Za-z_-]+"
_REF = rf"(?=\S{{1,192}}\s*$)(?:[0-9A-Za-z]{_WORD[:-1]}*:)?(?:{_WORD}/)?{_WORD}(?:#{_WORD})?"
_URL = (
    r"(?=\S{1,2000}\s*$)"
    r"(?:(?:https?://|mailto:)[^\s\\]+|(?![a-zA-Z][a-zA-Z0-9+.-]*:|//)[^\s\\]+)"
)
_AMOUNT = 200
_SHARES: Mapping[str, float] = {"minimum": 0, "maximum": 1}


def line_pattern(kind: FieldKind) -> LinePattern:
    """Return the pattern of a kind of value that is written on one line.

    Raises AssertionError for kinds that contain others.
    """
    match kind:
        case fields.TextField(limit) | fields.ProseField(limit) | fields.NameField(limit):
            return _text_pattern(limit)
        case fields.AmountField():
            return _text_pattern(_AMOUNT)
        case fields.SlugField():
            says = "An id is lower-case letters, digits and single hyphens: enterprise-growth."
            return LinePattern(_SLUG, says, ("boolean",))
        case fields.DateField():
            return LinePattern(_DAY, "Write the date as year-month-day: 2025-02-01.")
        case fields.UrlField():
            says = "Links begin with https:, http: or mailto:, or are paths."
            return LinePattern(_URL, says, _NOT_ONLY_TEXT)
        case fields.RefField():
            says = "Write `objective`, `team/objective` or `team/objective#key-result`."
            return LinePattern(_REF, says, _NOT_ONLY_TEXT)
        case fields.FlagField():
            return LinePattern(
                "true|True|TRUE|false|False|FALSE", "Write true or false.", ("boolean",)
            )
        case fields.ChoiceField(words):
            choices = ", ".join(word.value for word in words)
            return LinePattern(
                "|".join(map(_case_insensitive_pattern, words)),
                f"Write one of these words: {choices}.",
            )
    return _number_pattern(kind)


def _number_pattern(kind: FieldKind) -> LinePattern:
    """Return the pattern of a kind of number. Raises AssertionError for any other kind."""
    match kind:
        case fields.ShareField():
            says = "Write 75% or 0.75."
            return LinePattern(f"{_PERCENT}|{_TO_ONE}", says, ("number",), _SHARES)
        case fields.GradeField(or_na):
            says = "A grade lies between 0 and 1" + (", or is n/a." if or_na else ".")
            pattern = f"{_TO_ONE}|[nN]/?[aA]" if or_na else _TO_ONE
            return LinePattern(pattern, says, ("number",), _SHARES)
        case fields.NumberField(low, high):
            ends = {"minimum": float(low)} | ({"maximum": float(high)} if high else {})
            return LinePattern(_DECIMAL, "Write a plain number: 1.5.", ("number",), ends)
        case fields.WholeNumberField(low, high):
            says = f"Write {low}." if low == high else f"A whole number from {low} to {high}."
            whole = {"minimum": low, "maximum": high, "multipleOf": 1}
            return LinePattern("[0-9]{1,9}", says, ("number",), whole)
    raise AssertionError(f"a kind without a schema: {kind}")


def _text_pattern(limit: int) -> LinePattern:
    """Limit the length by a pattern: `maxLength` would count the white space around a text."""
    # Editors count an emoji as one character in a pattern, and as two in `maxLength`.
    pattern = rf"\S(?:[\s\S]{{0,{limit - 2}}}\S)?"
    return LinePattern(pattern, f"Expected text of at most {limit:,} characters.", _NOT_ONLY_TEXT)


def _case_insensitive_pattern(word: str) -> str:
    return "".join(f"[{c.lower()}{c.upper()}]" if c.isalpha() else c for c in word)
