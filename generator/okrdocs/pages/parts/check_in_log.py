"""Shows check-ins: the log of an objective, and the latest one of each key result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from okrdocs import words
from okrdocs.format.records import CheckIn, Rag
from okrdocs.grading.blanks import is_blank
from okrdocs.grading.difference import difference_text
from okrdocs.grading.quantity import QuantityError, parse_quantity
from okrdocs.grading.results import KeyResultScore, ObjectiveScore, Scores
from okrdocs.grading.status import rag_status
from okrdocs.markup.escape import Markdown, escape_inline
from okrdocs.markup.prose import prose_inline
from okrdocs.pages.parts.cells import small_text, status_with_sign
from okrdocs.pages.urls import item_url, link_to
from okrdocs.workspace.workspace import short_title

NOTHING = Markdown("")
_SIGNS = {rag: status_with_sign(rag_status(rag)) for rag in Rag}


class CheckInView(NamedTuple):
    """One check-in as news. `moved` is the change since the one before, with its sign.

    `value` is what else the owner gave where the check-in has none. `said` is the note, and each
    blocker, ask, decision and risk on a line of its own; `raised` are these as texts, with labels.
    `rag` is the word of the sign.
    """

    date: date
    link: Markdown
    value: str
    moved: str
    sign: Markdown
    said: Markdown
    raised: tuple[tuple[str, str], ...]
    rag: str


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


def check_ins_until_day(score: KeyResultScore, as_of: date) -> list[CheckIn]:
    """Return check-ins dated on or before the day, oldest first; on one day as in the file."""
    check_ins = score.entry.key_result.check_ins
    return sorted([c for c in check_ins if c.date <= as_of], key=attrgetter("date"))


def latest_check_in_view(score: KeyResultScore, scores: Scores, here: str) -> CheckInView | None:
    """Return the newest check-in of a key result that says more than its date, or None."""
    check_ins = check_ins_until_day(score, scores.as_of)
    while check_ins and not _has_content(check_ins[-1]):
        check_ins.pop()
    if not check_ins:
        return None
    last = check_ins[-1]
    before = next((c.value for c in reversed(check_ins[:-1]) if _is_filled_in(c.value)), None)
    moved = _change_between(before, last.value, _amount_with_notation(score))
    value = _value_text(last) or ", ".join(_owner_remarks(last))
    link, said = _key_result_link(score, here), Markdown("<br>".join(_lines_of_check_in(last)))
    raised = tuple(blockers_and_asks(last))
    rag = last.rag.value if last.rag else ""
    return CheckInView(last.date, link, value, moved, _rag_sign(last), said, raised, rag)


def _has_content(check_in: CheckIn) -> bool:
    raised = next(blockers_and_asks(check_in), None)
    return any(
        (_value_text(check_in), check_in.rag, check_in.note, raised, _owner_remarks(check_in))
    )


def check_in_log_of_objective(score: ObjectiveScore, scores: Scores, here: str) -> ObjectiveLog:
    """List every check-in of an objective's key results, newest first, then by key result."""
    rows = [row for kr in score.key_results for row in _log_rows(kr, scores, here)]
    rows.sort(key=attrgetter("date"), reverse=True)
    return ObjectiveLog(score.entry.objective.title, tuple(rows))


def _log_rows(score: KeyResultScore, scores: Scores, here: str) -> Iterator[LogRow]:
    number, link, like = (
        score.entry.number,
        _key_result_link(score, here),
        _amount_with_notation(score),
    )
    before = None
    for check_in in check_ins_until_day(score, scores.as_of):
        cell = _value_cell(check_in, _change_between(before, check_in.value, like))
        yield LogRow(check_in.date.isoformat(), number, link, cell, _note_cell(check_in, scores))
        before = check_in.value if _is_filled_in(check_in.value) else before


def _key_result_link(score: KeyResultScore, here: str) -> Markdown:
    name = f"KR{score.entry.number} {short_title(score.entry.key_result)}"
    return link_to(here, item_url(score.entry.ref), name)


def _value_text(check_in: CheckIn) -> str:
    value = check_in.value or ""
    if check_in.grade is None:
        return value
    mark = f"mark {check_in.grade.text}"
    return f"{value} ({mark})" if value else mark


def _rag_sign(check_in: CheckIn) -> Markdown:
    return _SIGNS[check_in.rag] if check_in.rag else NOTHING


def _value_cell(check_in: CheckIn, moved: str) -> Markdown:
    """Show the value with the owner's remarks, a line each."""
    cell = escape_inline(_value_text(check_in))
    if moved:
        cell = Markdown(f"{cell} {small_text(moved)}")
    if check_in.rag:
        sign = _SIGNS[check_in.rag]
        cell = Markdown(f"{cell}<br>{sign}") if cell else sign
    remarks = _owner_remarks(check_in)
    return (
        Markdown("<br>".join(filter(None, [cell, *map(small_text, remarks)]))) if remarks else cell
    )


def _owner_remarks(check_in: CheckIn) -> list[str]:
    """List what the owner thinks of the end: confidence and forecast."""
    remarks = []
    if check_in.confidence:
        remarks.append(f"confidence {check_in.confidence.text}")
    if check_in.forecast:
        remarks.append(f"forecast {check_in.forecast.text}")
    return remarks


def _note_cell(check_in: CheckIn, scores: Scores) -> Markdown:
    """Show the note and what else was reported, each on its own line, and who reported it."""
    lines = list(_lines_of_check_in(check_in))
    if check_in.by:
        lines.append(small_text(scores.workspace.name_of(check_in.by)))
    return Markdown("<br>".join(lines))


def _lines_of_check_in(check_in: CheckIn) -> Iterator[Markdown]:
    """Yield the note and what else was reported, each as a line."""
    if check_in.note:
        yield prose_inline(check_in.note)
    for label, text in blockers_and_asks(check_in):
        yield Markdown(f"**{label}:** {prose_inline(text)}")


def blockers_and_asks(check_in: CheckIn) -> Iterator[tuple[str, str]]:
    """Yield blockers, asks, decisions and risks: (label, text)."""
    for label, texts in (
        (words.BLOCKER, check_in.blockers),
        (words.ASK, check_in.asks),
        (words.DECISION, check_in.decisions),
        (words.RISK, check_in.risks),
    ):
        for text in texts:
            yield label, text


def _amount_with_notation(score: KeyResultScore) -> str | None:
    """Return the amount whose notation a change is shown in; None where values aren't amounts."""
    target = score.measure.target if score.measure else None
    return target.low.text if target else None


def _change_between(before: str | None, now: str | None, like: str | None) -> str:
    """Show the change from the value before; "" where one of the two isn't an amount."""
    if now is None or before is None or like is None:
        return ""
    try:
        return difference_text(parse_quantity(before), parse_quantity(now), (like, now, before))
    except QuantityError:
        return ""


def _is_filled_in(value: str | None) -> bool:
    return value is not None and not is_blank(value)
