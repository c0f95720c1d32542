"""Check-ins as a page tells them: the log of a team, and the latest of each key result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from okrdocs.blanks import is_blank
from okrdocs.escape import Markdown, inline
from okrdocs.model import CheckIn
from okrdocs.pages.addresses import link_to, page_of
from okrdocs.pages.cells import difference, sign_and_word, small
from okrdocs.pages.tables import short_title
from okrdocs.prose import prose_inline
from okrdocs.quantity import QuantityError, parse
from okrdocs.scores import KeyResultScore, ObjectiveScore, Scores, Status

_SIGNS = {
    "green": Status("🟢", "Green"),
    "yellow": Status("🟡", "Yellow"),
    "red": Status("🔴", "Red"),
}


class CheckInView(NamedTuple):
    """One check-in. `moved` is the change since the one before, with its sign.

    `shown` is the cell with the value and its remarks, `said` the one with the words.
    """

    date: str
    number: int
    name: str
    link: Markdown
    sign: Markdown
    value: str
    moved: str
    note: str
    shown: Markdown
    said: Markdown


@dataclass(frozen=True, slots=True)
class ObjectiveLog:
    """The check-ins of one objective, newest first."""

    title: str
    entries: tuple[CheckInView, ...]


def known_check_ins(score: KeyResultScore, as_of: date) -> list[CheckIn]:
    """Check-ins dated on or before the day, oldest first; on one day as in the file."""
    given = score.entry.key_result.check_ins
    return sorted((c for c in given if c.date <= as_of), key=lambda c: c.date)


def latest_view(score: KeyResultScore, scores: Scores, here: str) -> CheckInView | None:
    """The newest check-in of a key result, or None."""
    known = known_check_ins(score, scores.as_of)
    if not known:
        return None
    before = next((c.value for c in reversed(known[:-1]) if _is_given(c.value)), None)
    return _view(score, known[-1], before, scores, *_name_and_link(score, here))


def log_of(score: ObjectiveScore, scores: Scores, here: str) -> ObjectiveLog:
    """Every check-in of an objective's key results, newest first."""
    entries: list[tuple[date, int, CheckInView]] = []
    for kr in score.key_results:
        known = known_check_ins(kr, scores.as_of)
        named = _name_and_link(kr, here)
        before = None
        for check_in in known:
            view = _view(kr, check_in, before, scores, *named)
            entries.append((check_in.date, kr.entry.number, view))
            before = check_in.value if _is_given(check_in.value) else before
    entries.sort(key=lambda entry: (-entry[0].toordinal(), entry[1]))
    return ObjectiveLog(score.entry.objective.title, tuple(view for _, _, view in entries))


def _name_and_link(score: KeyResultScore, here: str) -> tuple[str, Markdown]:
    name = f"KR{score.entry.number} {short_title(score.entry.key_result)}"
    return name, link_to(here, page_of(score.entry.ref), name)


def _view(
    score: KeyResultScore,
    check_in: CheckIn,
    before: str | None,
    scores: Scores,
    name: str,
    link: Markdown,
) -> CheckInView:
    value = check_in.value or ""
    if check_in.grade is not None:
        value = f"{value} (mark {check_in.grade.text})" if value else f"mark {check_in.grade.text}"
    sign = sign_and_word(_SIGNS[check_in.rag.value]) if check_in.rag else Markdown("")
    moved = _moved(score, before, check_in.value)
    return CheckInView(
        date=check_in.date.isoformat(),
        number=score.entry.number,
        name=name,
        link=link,
        sign=sign,
        value=value,
        moved=moved,
        note=check_in.note or "",
        shown=_shown(check_in, value, moved, sign),
        said=_said(check_in, scores),
    )


def _shown(check_in: CheckIn, value: str, moved: str, sign: Markdown) -> Markdown:
    parts = [f"{inline(value)} {small(moved)}" if moved else inline(value), sign]
    if check_in.confidence:
        parts.append(small(f"confidence {check_in.confidence.text}"))
    if check_in.forecast:
        parts.append(small(f"forecast {check_in.forecast.text}"))
    return Markdown("<br>".join(filter(None, parts)))


def _said(check_in: CheckIn, scores: Scores) -> Markdown:
    """The note and what else was said, each on a line of its own, and who said it."""
    parts = [prose_inline(check_in.note)] if check_in.note else []
    for label, texts in (
        ("Blocker", check_in.blockers),
        ("Ask", check_in.asks),
        ("Decision", check_in.decisions),
        ("Risk", check_in.risks),
    ):
        parts.extend(Markdown(f"**{label}:** {prose_inline(text)}") for text in texts)
    if check_in.by:
        parts.append(small(scores.workspace.name_of(check_in.by)))
    return Markdown("<br>".join(parts))


def _moved(score: KeyResultScore, before: str | None, now: str | None) -> str:
    """The change from the value before; "" where one of the two isn't an amount."""
    if now is None or before is None or score.measure is None or score.measure.target is None:
        return ""
    return _difference(before, now, score.measure.target.low.text)


@lru_cache(maxsize=8192)
def _difference(before: str, now: str, like: str) -> str:
    try:
        return difference(parse(before), parse(now), parse(like))
    except QuantityError:
        return ""


def _is_given(value: str | None) -> bool:
    return value is not None and not is_blank(value)
