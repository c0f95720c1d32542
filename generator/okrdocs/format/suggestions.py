"""Suggests what was meant by a value that can't be read: the next step, in words.

`scalars` and `record_reader` say what is wrong; the functions here give the hint beside it, or "".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sized
from fractions import Fraction

from okrdocs.format.fields import ChoiceField, Field, SlugField
from okrdocs.format.likely_dates import likely_dates
from okrdocs.format.reference import is_slug, slug_from
from okrdocs.problem import nearest_hint
from okrdocs.source.yaml import nodes as yaml_nodes
from okrdocs.source.yaml.nodes import Node, Scalar
from okrdocs.source.yaml.scalar_text import scalar_text

MAX_PROBLEMS_WITH_SUGGESTIONS = 50
"""Above this many problems in one run no "Did you mean" is computed: difflib would dominate it."""

_NUMBER = r"[0-9]{0,9}(?:[.,][0-9]{1,9})?"
_OUT_OF = re.compile(rf"({_NUMBER}) ?(%|(?:/|of|out of) ?({_NUMBER}))?", re.IGNORECASE)
_NOT_PLAIN = re.compile(r"[,:#\[\]{}\"']|…")
_SYNONYMS = {
    "biweekly": "fortnightly", "every two weeks": "fortnightly",
    "amber": "yellow", "orange": "yellow", "🟠": "yellow", "🟡": "yellow", "🟢": "green",
    "🔴": "red", "on track": "green", "off track": "red",
    "stretch": "aspirational", "moonshot": "aspirational", "roofshot": "committed",
    "commit": "committed", "learn": "learning",
    "in progress": "active", "ongoing": "active", "doing": "active", "running": "active",
    "todo": "planned", "to do": "planned", "open": "planned", "not started": "planned",
    "completed": "done", "complete": "done", "finished": "done",
    "cancelled": "stopped", "canceled": "stopped", "on hold": "stopped",
    "planning": "draft", "planned": "draft", "archived": "closed",
}  # fmt: skip
"""What people write for a word of the format, and no likeness of letters would find."""
UNCLEAR_SIGNS = frozenset(("at risk", "behind", "needs attention", "slipping"))
"""What may mean yellow or red."""


def nearest_unless_many(
    problems: Sized, word: str, known: Iterable[str], likeness: float = 0.6
) -> str:
    """Return `problem.nearest_hint`, or "" after `MAX_PROBLEMS_WITH_SUGGESTIONS` problems.

    `likeness`, from 0 to 1, is how much of both words has to be the same.
    """
    many = len(problems) > MAX_PROBLEMS_WITH_SUGGESTIONS
    return "" if many else nearest_hint(word, known, likeness)


def grade_hint(text: str) -> str:
    """Say how a mark with a comma, out of another number, of 100 or of 10 becomes a grade."""
    match = _OUT_OF.fullmatch(text)
    value = _parse_number(match[1]) if match else None
    if match is None or value is None:
        return ""
    if match[3]:
        whole = _parse_number(match[3])
        return _write_grade_hint(value / whole) if whole and value <= whole else ""
    if match[2] or value <= 1 or value > 10:
        return _write_grade_hint(value if value <= 1 and not match[2] else value / 100)
    of_10, of_100 = _grade_text(value / 10), _grade_text(value / 100)
    return f"Write `{of_10}` for {text} of 10, `{of_100}` for {text}%."


def likely_grade(text: str) -> str:
    """Return the one grade that `grade_hint` names, or ""."""
    written = re.findall("`([^`]+)`", grade_hint(text))
    return written[0] if len(written) == 1 else ""


def likely_percentages(text: str) -> tuple[str, ...]:
    """Return what a probability was meant to be: `7/10` is 70%, and `7` may be 70% or 7%."""
    match = _OUT_OF.fullmatch(text)
    value = _parse_number(match[1]) if match else None
    if match is None or value is None:
        return ()
    whole = _parse_number(match[3]) if match[3] else None
    shares: tuple[Fraction, ...]
    if match[3]:
        shares = (value / whole,) if whole else ()
    elif match[2] or value > 10:
        shares = (value / 100,)
    else:
        shares = (value,) if value <= 1 else (value / 10, value / 100)
    return tuple(f"{float(round(each * 100, 2)):g}%" for each in shares if 0 <= each <= 1)


def _parse_number(number: str) -> Fraction | None:
    return Fraction(number.replace(",", ".")) if number.strip(".,") else None


def _write_grade_hint(grade: Fraction) -> str:
    return f"Write `{_grade_text(grade)}`." if 0 <= grade <= 1 else ""


def _grade_text(grade: Fraction) -> str:
    return f"{float(round(grade, 4)):g}"


def synonym(text: str, known: Iterable[str]) -> str:
    """Return the format's word for one that means the same, `yellow` for `amber`; or ""."""
    known = list(known)
    word = _SYNONYMS.get(text.casefold().removesuffix("\ufe0f"), "")
    begun = [each for each in known if each.casefold().startswith(text.casefold().rstrip("."))]
    if word not in known and len(text) > 2 and len(begun) == 1:
        return begun[0]  # Feb, Mon
    return word if word in known else ""


def one_amount_hint(node: yaml_nodes.Sequence) -> str:
    """Say how the amount in a list is written; "" for a list without any number."""
    texts = [item.text.strip() for item in node.items if isinstance(item, Scalar)]
    amounts = [text for text in texts if re.search("[0-9]", text)]
    if not amounts:
        return ""
    unit = texts[1:] if len(texts) == 2 and amounts == texts[:1] else []
    example = " ".join([amounts[0], *unit])
    return f"Write one amount: `{example}`. A second result is a key result of its own."


def names_in_mapping(node: Node) -> list[str]:
    """Return the names that a person listed with something behind: `{ada: 50%, bo: 50%}`."""
    entries = node.entries if isinstance(node, yaml_nodes.Mapping) else []
    keys = [key.text for key, _ in entries]
    return keys if all(is_slug(key) for key in keys) else []


def names_in_row(node: Node) -> list[str]:
    """Return the ids that stand in a row, as in `ada, bo`; none where it may be one name."""
    parts = re.split(r", | & | and ", node.text.strip()) if isinstance(node, Scalar) else []
    names = [part.strip().removeprefix("@") for part in parts]
    return names if len(names) > 1 and all(map(is_slug, names)) else []


def record_from_list(fields: Mapping[str, Field], node: Node) -> str:
    """Return `{commit: 50, target: 70, stretch: 100}` for a list of just as many values; or ""."""
    required = [key for key, field in fields.items() if field.required]
    items = node.items if isinstance(node, yaml_nodes.Sequence) and node.flow else []
    texts = [item.text for item in items if isinstance(item, Scalar)]
    if len(required) < 2 or not len(required) == len(texts) == len(items):
        return ""
    pairs = zip(required, map(scalar_text, texts), strict=True)
    return f"{{{', '.join(f'{key}: {text}' for key, text in pairs)}}}"


def id_and_title(node: Scalar) -> tuple[str, str]:
    """Return the id that a title makes, or "", and the title on one line."""
    title = " ".join(node.text.split())
    return "-".join(slug_from(title).split("-")[:3]), title


def record_from_text(fields: Mapping[str, Field], text: str) -> str:
    """Return a record in braces for a text that is surely one of its words; or "".

    `weekly` is the rhythm of `cadence: {check_in: weekly}`.
    """
    keys = [
        key
        for key, field in fields.items()
        if isinstance(field.kind, ChoiceField) and text.lower() in list(field.kind.words)
    ]
    alone = len(keys) == 1 and not any(field.required for field in fields.values())
    return f"{{{keys[0]}: {text.lower()}}}" if alone else ""


def record_from_pair(fields: Mapping[str, Field], node: yaml_nodes.Mapping) -> str:
    """Return `{date: 2026-07-12, value: 4}` for `2026-07-12: 4`; "" where that isn't meant.

    `Pilot: 0.5` is the stage `{stage: Pilot, mark: 0.5}`: two required keys, in this order.
    """
    key, value = node.entries[0] if len(node.entries) == 1 else (None, None)
    if key is None or key.text in fields or not isinstance(value, Scalar) or not value.text:
        return ""
    required = [name for name, field in fields.items() if field.required]
    if "date" in fields:
        days = likely_dates(key.text)
        rest = [name for name in required if name != "date"] or ["value"]
        if len(days) != 1 or len(rest) != 1 or rest[0] not in fields:
            return ""
        return f"{{date: {days[0][0]}, {rest[0]}: {scalar_text(value.text)}}}"
    if len(required) != 2 or isinstance(fields[required[0]].kind, SlugField):
        return ""
    first, second = required
    return f"{{{first}: {scalar_text(key.text)}, {second}: {scalar_text(value.text)}}}"


def record_hint(fields: Mapping[str, Field], node: Node) -> str:
    """Say how a record is written, where a mere text stands for it."""
    required = {key: field for key, field in fields.items() if field.required}
    if isinstance(node, yaml_nodes.Sequence):
        return f"Write `{written}`." if (written := record_from_list(fields, node)) else ""
    if not isinstance(node, Scalar):
        return ""
    if required.keys() == {"id", "title"}:
        name, title = id_and_title(node)
        return f"Write `id: {name}`, and below it `title: {title}`." if name else ""
    if written := record_from_text(fields, node.text):
        return f"Write `{written}`."
    examples = {key: field.example for key, field in required.items()}
    if not examples or any(_NOT_PLAIN.search(example) for example in examples.values()):
        return ""
    inner = ", ".join(f"{key}: {example}" for key, example in examples.items())
    return f"Write its keys, as in `{{{inner}}}`."
