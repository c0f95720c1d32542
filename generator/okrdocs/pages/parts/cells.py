"""Small pieces that every page shows alike: grades, statuses, names, dates, values.

A number on a page comes from `scores` and is never computed here; a piece that mixes our
Markdown with human text escapes the text itself and is of the type Markdown.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from okrdocs.format.records import Month
from okrdocs.grading.results import KeyResultScore, State
from okrdocs.grading.status import Status
from okrdocs.markup.escape import Markdown, escape_inline
from okrdocs.workspace.workspace import Workspace

DASH = "–"


@lru_cache(maxsize=1 << 14)
def small_text(text: str) -> Markdown:
    """Return a remark below the main text of a cell."""
    return Markdown(f"<small>{escape_inline(text)}</small>")


def join_lines(parts: Iterable[str]) -> Markdown:
    """Join pieces below each other in one cell; plain text is escaped."""
    return Markdown("<br>".join([escape_inline(part) for part in parts if part]))


def join_inline(parts: Iterable[str], between: str = ", ") -> Markdown:
    """Join pieces in a row; plain text is escaped."""
    return Markdown(between.join([escape_inline(part) for part in parts if part]))


def bullet_list(items: Iterable[str]) -> Markdown:
    """Return a list, one item a line; plain text is escaped."""
    return Markdown("\n".join([f"- {escape_inline(item)}" for item in items]))


@cache
def status_with_sign(status: Status) -> Markdown:
    """Return the status; a sign that an owner gave may differ in tone from the computed word.

    After the end the sign is the band's. It is hidden from screen readers: a word always stands
    beside it.
    """
    sign = ""
    if status.sign:
        shape = status.sign_tone
        sign = f'<span class="okr-sign okr-{shape}" aria-hidden="true">{status.sign}</span> '
    return Markdown(
        f'<span class="okr-status okr-{status.tone}">{sign}{escape_inline(status.word)}</span>'
    )


_SIGN_NOTE = (
    "The word and its colour follow from the numbers where there are any to compare; "
    "the sign before it is the owner's own judgement."
)
_SIGN_NOTE_AT_END = (
    "The sign before a guardrail's word is the owner's own judgement; "
    "the other signs follow from the grades."
)


def owner_sign_note(scores: Iterable[KeyResultScore]) -> str:
    """Return what to say below statuses about signs that owners gave; "" where there are none.

    After the end bands set the signs, and only guardrails keep their owner's.
    """
    shown = list(scores)
    if not any(score.status.sign and score.band is None for score in shown):
        return ""
    return _SIGN_NOTE_AT_END if any(score.band for score in shown) else _SIGN_NOTE


def grade_bar(grade: Decimal | None) -> Markdown:
    """Return a thin bar below a grade; the number itself is what screen readers get."""
    if grade is None:
        return Markdown("")
    return Markdown(
        f'<progress class="okr-meter" max="1" value="{grade}" aria-hidden="true"></progress>'
    )


def grade_text(grade: Decimal | None) -> str:
    """Return a grade, or a dash."""
    return DASH if grade is None else str(grade)


def percent_text(progress: Decimal) -> str:
    """Return progress as a percentage: `126%`."""
    return f"{int(progress * 100)}%".replace("-", "−")


def key_result_grade_with_notes(score: KeyResultScore) -> Markdown:
    """Return the grade of a key result with remarks on how it came about."""
    remarks: list[str] = []
    progress = score.progress
    if progress is not None and progress > 1 and score.state is State.GRADED:
        remarks.append(f"{percent_text(progress)} of the way")
    if progress is not None and progress < 0:
        remarks.append("moved away from the target")
    if score.override is not None and score.formula is not None:
        remarks.append(f"by hand; formula {score.formula}")
    elif score.override is not None:
        remarks.append("by hand")
    if score.not_gradable:
        remarks.append(f"not graded: {score.not_gradable.replace('`', '')}")
    if score.state is State.COUNTED_AS_ZERO:
        remarks.append("never reported" if score.value is None else "never graded")
    if score.state is State.GUARDRAIL:
        remarks.append("guardrail, not averaged")
    if score.state is State.DROPPED:
        remarks = ["last grade"] if score.grade is not None else []
    shown = Markdown(f"**{score.grade}**") if score.grade is not None else Markdown(DASH)
    return join_lines(
        [Markdown(f"{shown}{grade_bar(score.grade)}"), *(small_text(remark) for remark in remarks)]
    )


def join_names(workspace: Workspace, ids: Iterable[str]) -> str:
    """Join the names of people, teams or roles."""
    return ", ".join(workspace.name_of(id_) for id_ in ids)


def iso_day_text(value: date | None) -> str:
    """Return a date, or ""."""
    return value.isoformat() if value else ""


def period_text(start: date, end: date) -> str:
    """Return a stretch of days in words: `1 Jan – 31 Mar 2025`."""
    year = "" if start.year == end.year else f" {start.year}"
    first = f"{start.day} {_month_abbreviation(start)}{year}"
    return f"{first} – {end.day} {_month_abbreviation(end)} {end.year}"


def _month_abbreviation(value: date) -> str:
    return list(Month)[value.month - 1].value[:3]
