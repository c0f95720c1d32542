"""Gives editors what they insert: the declared examples as values, and skeletons of items.

`json_schema` puts them into the JSON Schemas.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from okrdocs.format.records import CheckIn, KeyResult, Objective

SNIPPETS: Mapping[type[Any] | None, Mapping[str, Any]] = {
    Objective: {
        "label": "New objective",
        "description": "An objective with its first key result.",
        "body": {
            "id": "${1:short-id}",
            "title": "${2:Where you want to be, in words}",
            "owner": "${3:owner}",
            "ladders_up_to": "${4:company/objective}",
            "key_results": [
                {
                    "id": "${5:short-id}",
                    "title": "${6:The result, in words and numbers}",
                    "baseline": "${7:0%}",
                    "target": "${8:90%}",
                }
            ],
        },
    },
    KeyResult: {
        "label": "New key result",
        "description": "A key result with where it starts and where it should end.",
        "body": {
            "id": "${1:short-id}",
            "title": "${2:The result, in words and numbers}",
            "baseline": "${3:0%}",
            "target": "${4:90%}",
            "owner": "${5:owner}",
        },
    },
    CheckIn: {
        "label": "New check-in",
        "description": "A value on a day, and what stands behind it.",
        "body": {
            "date": "${1:$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE}",
            "value": "${2:value}",
            "confidence": "${3:75%}",
            "note": "${4:What stands behind the value.}",
        },
    },
}
"""What stands for a new item of a list of these records, with places to fill in."""

_TOKEN = re.compile(r"[\[\]{}]|, |: |(?:(?!, |: )[^\[\]{}])+")
_PLAIN_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def parse_example(text: str) -> Any:
    """Parse a declared example to plain values; of YAML it knows what the examples use."""
    return _parse_tokens(_TOKEN.findall(text)) if text[:1] in {"[", "{"} else _plain_value(text)


def _parse_tokens(tokens: list[str]) -> Any:
    """Return the value at the head of the tokens, and removes the tokens it used."""
    first = tokens.pop(0)
    if first == "[":
        items = []
        while _has_next_item(tokens):
            items.append(_parse_tokens(tokens))
        return items
    if first == "{":
        entries = {}
        while _has_next_item(tokens):
            key, _colon = tokens.pop(0), tokens.pop(0)
            entries[key] = _parse_tokens(tokens)
        return entries
    return _plain_value(first)


def _has_next_item(tokens: list[str]) -> bool:
    """Return whether another item follows; removes the comma before it, or the last bracket."""
    if tokens[0] == ", ":
        tokens.pop(0)
    if tokens[0] not in {"]", "}"}:
        return True
    tokens.pop(0)
    return False


def _plain_value(text: str) -> Any:
    number = _PLAIN_NUMBER.fullmatch(text)
    if number is not None:
        return float(text) if number[1] else int(text)
    return {"true": True, "false": False}.get(text, text)
