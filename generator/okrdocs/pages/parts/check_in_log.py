"""Check-ins as a page tells them: the log of a team, and the latest of each key result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from okrdocs import words
from okrdocs.format.records import CheckIn, Rag
from okrdocs.grading.blanks import is_blank
from okrdocs.grading.quantity import QuantityError, parse
from okrdocs.grading.results import KeyResultScore, ObjectiveScore, Scores
from okrdocs.grading.status import rag_status
from okrdocs.markup.escape import Markdown, inline
from okrdocs.markup.prose import prose_inline
from okrdocs.pages.parts.cells import difference, sign_and_word, small
from okrdocs.pages.urls import link_to, page_of
from okrdocs.workspace.workspace import short_title

NOTHING = Markdown("")
_SIGNS = {rag: sign_and_word(rag_status(rag)) for rag in Rag}


class CheckInView(NamedTuple):
    """One check-in as news. `moved` is the change since the one before, with its sign.

    `value` and `note` are what else was said where the check-in has none.
    """

    date: date
    link: Markdown
    value: str
    moved: Markdown
    sign: Markdown
    note: str


class LogRow(NamedTuple):
    """One check-in in a log: the key result with its number, the value and what was said."""

    date: str
    number: int
    link: Markdown
    shown: Markdown
    said: Markdown


@dataclass(frozen=True, slots=True)
class ObjectiveLog:
    """The check-ins of one objective, newest first."""

    title: str
    entries: tuple[LogRow, ...]


def known_check_ins(score: KeyResultScore, as_of: date) -> list[CheckIn]:
    """Check-ins dated on or before the day, oldest first; on one day as in the file."""
    given = score.entry.key_result.check_ins
    return sorted([c for c in given if c.date <= as_of], key=attrgetter("date"))


def latest_view(score: KeyResultScore, scores: Scores, here: str) -> CheckInView | None:
    """The newest check-in of a key result that says more than its date, or None."""
    known = known_check_ins(score, scores.as_of)
    while known and not _says_something(known[-1]):
        known.pop()
    if not known:
        return None
    last = known[-1]
    before = next((c.value for c in reversed(known[:-1]) if _is_given(c.value)), None)
    moved = _moved(before, last.value, _like(score))
    value = _value(last) or ", ".join(_remarks(last))
    note = last.note or next((f"**{label}:** {text}" for label, text in _raised(last)), "")
    return CheckInView(last.date, _link(score, here), value, moved, _sign(last), note)


def _says_something(check_in: CheckIn) -> bool:
    raised = next(_raised(check_in), None)
    return any((_value(check_in), check_in.rag, check_in.note, raised, _remarks(check_in)))


def log_of(score: ObjectiveScore, scores: Scores, here: str) -> ObjectiveLog:
    """Every check-in of an objective's key results, newest first, then by key result."""
    rows = [row for kr in score.key_results for row in _rows(kr, scores, here)]
    rows.sort(key=attrgetter("date"), reverse=True)
    return ObjectiveLog(score.entry.objective.title, tuple(rows))


def _rows(score: KeyResultScore, scores: Scores, here: str) -> Iterator[LogRow]:
    number, link, like = score.entry.number, _link(score, here), _like(score)
    before = None
    for check_in in known_check_ins(score, scores.as_of):
        shown = _shown(check_in, _moved(before, check_in.value, like))
        yield LogRow(check_in.date.isoformat(), number, link, shown, _said(check_in, scores))
        before = check_in.value if _is_given(check_in.value) else before


def _link(score: KeyResultScore, here: str) -> Markdown:
    name = f"KR{score.entry.number} {short_title(score.entry.key_result)}"
    return link_to(here, page_of(score.entry.ref), name)


def _value(check_in: CheckIn) -> str:
    value = check_in.value or ""
    if check_in.grade is None:
        return value
    mark = f"mark {check_in.grade.text}"
    return f"{value} ({mark})" if value else mark


def _sign(check_in: CheckIn) -> Markdown:
    return _SIGNS[check_in.rag] if check_in.rag else NOTHING


def _shown(check_in: CheckIn, moved: Markdown) -> Markdown:
    """The value with its remarks, a line each."""
    shown = inline(_value(check_in))
    if moved:
        shown = Markdown(f"{shown} <small>{moved}</small>")
    if check_in.rag:
        sign = _SIGNS[check_in.rag]
        shown = Markdown(f"{shown}<br>{sign}") if shown else sign
    remarks = _remarks(check_in)
    return Markdown("<br>".join(filter(None, [shown, *map(small, remarks)]))) if remarks else shown


def _remarks(check_in: CheckIn) -> list[str]:
    """What the owner thinks of the end."""
    remarks = []
    if check_in.confidence:
        remarks.append(f"confidence {check_in.confidence.text}")
    if check_in.forecast:
        remarks.append(f"forecast {check_in.forecast.text}")
    return remarks


def _said(check_in: CheckIn, scores: Scores) -> Markdown:
    """The note and what else was said, each on a line of its own, and who said it."""
    note = prose_inline(check_in.note) if check_in.note else NOTHING
    more = [Markdown(f"**{label}:** {prose_inline(text)}") for label, text in _raised(check_in)]
    if check_in.by:
        more.append(small(scores.workspace.name_of(check_in.by)))
    return Markdown("<br>".join([note, *more] if note else more)) if more else note


def _raised(check_in: CheckIn) -> Iterator[tuple[str, str]]:
    """What was raised beside the value and the note: its kind and the text."""
    for label, texts in (
        ("Blocker", check_in.blockers),
        ("Ask", check_in.asks),
        (words.DECISION, check_in.decisions),
        (words.RISK, check_in.risks),
    ):
        for text in texts:
            yield label, text


def _like(score: KeyResultScore) -> str | None:
    """The amount whose notation a change is shown in; None where values aren't amounts."""
    target = score.measure.target if score.measure else None
    return target.low.text if target else None


def _moved(before: str | None, now: str | None, like: str | None) -> Markdown:
    """The change from the value before; "" where one of the two isn't an amount."""
    if now is None or before is None or like is None:
        return NOTHING
    try:
        return difference(parse(before), parse(now), like)
    except QuantityError:
        return NOTHING


def _is_given(value: str | None) -> bool:
    return value is not None and not is_blank(value)
