"""Finds the lines that were meant by a key that a key result doesn't have, and its value.

`status: dropped`, `progress: 40%`, `done: false`: what to write depends on the value as well. For
the message that prints these lines; `wrong_keys` asks here.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from okrdocs.format.likely_dates import day_in_cycle
from okrdocs.format.records import Rag
from okrdocs.format.suggestions import UNCLEAR_SIGNS, likely_grade, synonym
from okrdocs.source.yaml.nodes import Mapping, Node, Scalar, Sequence
from okrdocs.source.yaml.scalar_text import scalar_text

_STANDING = frozenset(
    {"status", "state", "result", "results", "progress", "current", "current_value", "actual",
     "actuals", "value", "values", "outcome", "update", "updates", "confidence", "rag", "note",
     "notes", "comment", "comments", "done", "completed"}
)  # fmt: skip
"""Keys that say how a key result stands: that is a check-in."""
_REMARKS = frozenset(["note", "notes", "comment", "comments"])
_YES = re.compile(
    r"(?:fully |100 ?% )?(?:achieved|complete|completed|done|delivered|finished|met|reached|shipped"
    r"|launched|yes|true|x|✓|✔|✅)\.?",
    re.IGNORECASE,
)
_NO = re.compile(
    r"no|false|not (?:yet|started|begun|done|achieved)|todo|to do|open|planned|-", re.IGNORECASE
)
_DROPPED = re.compile(
    r"(?:dropped|cancell?ed|abandoned|de-?prioriti[sz]ed|descoped|no longer relevant)\b.*",
    re.IGNORECASE,
)
_WAITING = re.compile(
    r"(?:on hold|paused|postponed|deferred|delayed|push(?:ed)?|moved)\b.*", re.IGNORECASE
)
_AMOUNT = re.compile(r"[-+<>≤≥~]?[$€£]?[0-9][0-9.,]*\s?[%\w/ €$£.-]{0,20}")
_DONE_SHARE = re.compile(
    r"([0-9]{1,3}) ?% ?(?:done|complete|completed|finished|reached|achieved|progress)",
    re.IGNORECASE,
)
Entries = tuple[tuple[str, str], ...]


class TypedKey(NamedTuple):
    """What to write in place of a key and its value: a hint, and the entries if certain."""

    hint: str
    entries: Entries = ()


def typed_key(word: str, value: Node, node: Mapping, path: str) -> TypedKey | None:
    """Return what was meant by a key of a key result and its value; None where nothing tells."""
    key = re.sub(r"[- ]+", "_", word.strip().casefold())
    given = {other.text: each for other, each in node.entries}
    if key in {"key_results", "krs", "children", "sub_key_results"}:
        return _nested_results(value)
    if not isinstance(value, Scalar):
        return None
    text, day = " ".join(value.text.split()), day_in_cycle(path)
    if key == "unit":
        return _unit(text, given)
    if key in {"score", "final_score", "rating"}:
        grade = text if re.fullmatch(r"0?\.[0-9]+|[01](?:\.0+)?", text) else likely_grade(text)
        certain = grade and "grade" not in given
        return TypedKey(f"Write `grade: {grade}`.", (("grade", grade),)) if certain else None
    if key not in _STANDING or not text:
        return None
    if _DROPPED.fullmatch(text):
        return TypedKey(f"Write `dropped: {_drop(day, text)}`, with the day and the reason.")
    if key in {"done", "completed"}:
        return _done(text, given, day)
    return _check_in(key, text, given, day)


def typed_objective_key(word: str, value: Node, path: str) -> TypedKey | None:
    """Return what was meant by a key of an objective that says how it stands, or when it ends."""
    key = re.sub(r"[- ]+", "_", word.strip().casefold())
    if key in {"deadline", "due", "due_date"}:
        return TypedKey("An objective ends with its cycle: give its key results `due:`.")
    if key not in {"status", "state", "progress"} or not isinstance(value, Scalar):
        return None
    text = " ".join(value.text.split())
    if _DROPPED.fullmatch(text):
        line = _drop(day_in_cycle(path), text)
        return TypedKey(f"Write `dropped: {line}`, with the day and the reason.")
    hint = "Remove it: how an objective stands follows from its key results."
    return TypedKey(f"{hint} Words of your own may stand in `closing_note:`.")


def _nested_results(value: Node) -> TypedKey | None:
    """Return the milestones that key results of a key result are meant as."""
    items = value.items if isinstance(value, Sequence) else []
    titles = [_title_of(item) for item in items]
    if not titles or not all(titles):
        return None
    listed = ", ".join(f"{{title: {scalar_text(title)}}}" for title in titles)
    hint = "A key result has no key results of its own."
    return TypedKey(f"{hint} If they are steps, write `milestones: [{listed}]`.")


def _title_of(item: Node) -> str:
    entries = item.entries if isinstance(item, Mapping) else []
    titles = [each.text for key, each in entries if key.text == "title" and type(each) is Scalar]
    return " ".join(titles[0].split()) if titles else ""


def _unit(text: str, given: dict[str, Node]) -> TypedKey:
    target = given.get("target")
    amount = target.text if isinstance(target, Scalar) else "5"
    return TypedKey(f"Remove it, and write the unit behind the amount: `target: {amount} {text}`.")


def _done(text: str, given: dict[str, Node], day: str) -> TypedKey:
    target: Entries = () if "target" in given else (("target", "done"),)
    if _NO.fullmatch(text):
        if target:
            return TypedKey("Write `target: done`; without a check-in it isn't done yet.", target)
        return TypedKey("Remove it: without a check-in a key result isn't done yet.")
    value = "done" if _YES.fullmatch(text) else _share(text)
    line = f"`check_ins: [{{date: {day}, value: {scalar_text(value)}}}]`"
    begin = "`target: done` and " if target else ""
    return TypedKey(f"Write {begin}{line}, with the day on which it was so.")


def _share(text: str) -> str:
    match = _DONE_SHARE.fullmatch(text)
    return f"{match[1]}%" if match else text


def _check_in(key: str, text: str, given: dict[str, Node], day: str) -> TypedKey | None:
    """Return the check-in that says what a status, a result or a remark says."""
    share, folded = _share(text), text.casefold()
    signs = [rag.value for rag in Rag]
    sign = folded if folded in signs else synonym(text, signs)
    remark = key in _REMARKS or folded in UNCLEAR_SIGNS or not _is_value(share, given)
    if sign:
        said = f"rag: {sign}"
    elif key == "confidence":
        said = f"confidence: {text}"
    elif remark:
        said = f"note: {scalar_text(text)}"
    else:
        said = f"value: {scalar_text(_value(share))}"
    line = f"`check_ins: [{{date: {day}, {said}}}]`"
    if "check_ins" in given:
        line = f"`{{date: {day}, {said}}}` into `check_ins:`"
    and_value = "its `value:` and " if remark and _YES.fullmatch(text) else ""
    return TypedKey(
        f"Write {line}, with {and_value}the day on which it was so.{_or_else(key, text, day)}"
    )


def _or_else(key: str, text: str, day: str) -> str:
    """Return what a remark may mean besides, as a sentence; "" for nothing else."""
    if text.casefold() in UNCLEAR_SIGNS:
        return " As a sign it is `rag: yellow` or `rag: red`."
    if _WAITING.fullmatch(text):
        return f" If nobody pursues it any more, write `dropped: {_drop(day, text)}`."
    return (
        f" If it says why this matters, write `why: {scalar_text(text)}`."
        if key in _REMARKS
        else ""
    )


def _drop(day: str, text: str) -> str:
    return f"{{date: {day}, reason: {scalar_text(text)}}}"


def _is_value(text: str, given: dict[str, Node]) -> bool:
    """Return whether a text is an amount, or says done or not where that is all there is to say."""
    if _AMOUNT.fullmatch(text):
        return True
    target = given.get("target")
    counted = isinstance(target, Scalar) and any(c.isdigit() for c in target.text)
    return not counted and bool(_YES.fullmatch(text) or _NO.fullmatch(text))


def _value(text: str) -> str:
    if _YES.fullmatch(text):
        return "done"
    return "not done" if _NO.fullmatch(text) else text
