"""Writes a text as a YAML scalar on one line: the one place that decides on quotes.

The suggestions in messages, `okr check --fix` and the edit layer ask here, so that all of them
quote alike. Reading the result gives the text back, character by character.
"""

from __future__ import annotations

import re

# What begins a plain text: no sign of YAML, no white space. `-5` and `+40` are quantities.
_PLAIN = re.compile(r"(?:[^\s\-?:,\[\]{}#&*!|>'\"%@`=<~]|-(?=[\d.$€£])|<(?!<)|=(?=\S)).*")
_ENDS_PLAIN = re.compile(r":(?:\s|$)|\s#|\s$|[\t\n\r]")
_ENDS_PLAIN_IN_FLOW = re.compile(r"[,\[\]{}]|:(?=[\"'])")
_DOCUMENT_MARK = re.compile(r"(?:---|\.\.\.)(?:\s|$)")

_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))
# Decimal numbers and dates stand bare in the format, which takes them as text anyway.
_BARE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2}")
# https://yaml.org/type/int.html, float.html and timestamp.html: what YAML 1.1 reads as no text.
_TYPED = re.compile(
    r"[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|0o?[0-7_]+|[0-9][0-9_]*(?::[0-5]?[0-9])*(?:\.[0-9_]*)?"
    r"|[0-9_]*\.?[0-9_]*(?:[eE][-+]?[0-9]+)?|\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN)"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|\s+)[0-9:.\s+Zz-]+)?"
)

# What may not stand in a file as it is, or isn't seen there.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u200b\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}


def scalar_text(text: str, *, mark: str = "", flow: bool = True) -> str:
    """Write `text` as a scalar: plain where all YAML readers take that for this text.

    `mark`, a quotation mark, asks for quotes. `flow` says that the scalar may stand within `[…]`
    or `{…}`, where commas and brackets end a plain one.
    """
    return text if not mark and is_plain(text, flow=flow) else quoted_text(text, mark)


def is_plain(text: str, *, flow: bool = True) -> bool:
    """Whether a text can stand without quotes and is taken for text, a decimal number or a date."""
    if not _PLAIN.fullmatch(text) or _ENDS_PLAIN.search(text) or _DOCUMENT_MARK.match(text):
        return False
    if _HIDDEN.search(text) or (flow and _ENDS_PLAIN_IN_FLOW.search(text)):
        return False
    typed = text.lower() in _WORDS or _TYPED.fullmatch(text)
    return not typed or _BARE.fullmatch(text) is not None


def quoted_text(text: str, mark: str = "") -> str:
    """Write `text` within `mark`; without one, within the marks that it doesn't contain.

    What may not stand in a file, or isn't seen there, is escaped, which only `"` can.
    """
    if not mark:
        mark = "'" if '"' in text or "\\" in text else '"'
    if mark == "'" and not _HIDDEN.search(text):
        return "'" + text.replace("'", "''") + "'"
    escaped = _HIDDEN.sub(_escape, text.replace("\\", "\\\\").replace('"', '\\"'))
    return f'"{escaped}"'


def _escape(character: re.Match[str]) -> str:
    return _SHORT.get(character[0]) or f"\\u{ord(character[0]):04x}"
