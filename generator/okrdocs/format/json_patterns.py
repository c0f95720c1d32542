"""Values on one line as regular expressions: what `scalars` accepts, for those who can't run it.

`schema` puts them into the JSON Schemas. They are read by Python and by JavaScript with its flag
`u`, so they keep to what both understand alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from okrdocs.format import fields
from okrdocs.format.fields import Kind


class Line(NamedTuple):
    """A value on one line: as text without the white space around it, and what to say of another.

    `types` are those besides text that an editor may take it for; `limits` apply to numbers.
    """

    pattern: str
    says: str
    types: tuple[str, ...] = ()
    limits: Mapping[str, float] = MappingProxyType({})


_ANY = ("number", "boolean")
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


def line_of(kind: Kind) -> Line:
    """How a kind of value looks on its line; for kinds that hold others, an AssertionError."""
    match kind:
        case fields.Text(limit) | fields.Prose(limit) | fields.Name(limit):
            return _text(limit)
        case fields.Amount():
            return _text(_AMOUNT)
        case fields.Slug():
            says = "An id is lower-case letters, digits and single hyphens: enterprise-growth."
            return Line(_SLUG, says, ("boolean",))
        case fields.Day():
            return Line(_DAY, "Write the date as year-month-day: 2025-02-01.")
        case fields.Url():
            says = "Links begin with https:, http: or mailto:, or are paths."
            return Line(_URL, says, _ANY)
        case fields.Ref():
            says = "Write `objective`, `team/objective` or `team/objective#key-result`."
            return Line(_REF, says, _ANY)
        case fields.Flag():
            return Line("true|True|TRUE|false|False|FALSE", "Write true or false.", ("boolean",))
        case fields.Choice(words):
            known = ", ".join(word.value for word in words)
            return Line("|".join(map(_any_case, words)), f"Write one of these words: {known}.")
    return _number(kind)


def _number(kind: Kind) -> Line:
    match kind:
        case fields.Share():
            says = "Write 75% or 0.75."
            return Line(f"{_PERCENT}|{_TO_ONE}", says, ("number",), _SHARES)
        case fields.Mark(or_na):
            says = "A grade lies between 0 and 1" + (", or is n/a." if or_na else ".")
            pattern = f"{_TO_ONE}|[nN]/?[aA]" if or_na else _TO_ONE
            return Line(pattern, says, ("number",), _SHARES)
        case fields.Number(low, high):
            ends = {"minimum": float(low)} | ({"maximum": float(high)} if high else {})
            return Line(_DECIMAL, "Write a plain number: 1.5.", ("number",), ends)
        case fields.Whole(low, high):
            says = f"Write {low}." if low == high else f"A whole number from {low} to {high}."
            whole = {"minimum": low, "maximum": high, "multipleOf": 1}
            return Line("[0-9]{1,9}", says, ("number",), whole)
    raise AssertionError(f"a kind without a schema: {kind}")


def _text(limit: int) -> Line:
    """Counted by a pattern: `maxLength` would count the white space around a block of text."""
    # Editors count an emoji as one character in a pattern, and as two in `maxLength`.
    pattern = rf"\S(?:[\s\S]{{0,{limit - 2}}}\S)?"
    return Line(pattern, f"Expected text of at most {limit:,} characters.", _ANY)


def _any_case(word: str) -> str:
    return "".join(f"[{c.lower()}{c.upper()}]" if c.isalpha() else c for c in word)
