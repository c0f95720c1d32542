"""Check-ins as a page tells them: the log of a team, and the latest of each key result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from okrdocs.escape import Markdown
from okrdocs.model import CheckIn
from okrdocs.pages.addresses import link_to, page_of
from okrdocs.pages.cells import difference, sign_and_word
from okrdocs.pages.tables import short_title
from okrdocs.quantity import QuantityError, is_blank, parse
from okrdocs.scores import KeyResultScore, ObjectiveScore, Scores, Status

_SIGNS = {
    "green": Status("🟢", "Green"),
    "yellow": Status("🟡", "Yellow"),
    "red": Status("🔴", "Red"),
}


@dataclass(frozen=True, slots=True)
class CheckInView:
    """One check-in. `moved` is the change since the one before, with its sign."""

    date: str
    name: str
    link: Markdown
    sign: Markdown
    value: str
    moved: str
    confidence: str
    forecast: str
    by: str
    note: str
    points: tuple[tuple[str, str], ...]


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
    return _view(score, known, len(known) - 1, scores, here) if known else None


def log_of(score: ObjectiveScore, scores: Scores, here: str) -> ObjectiveLog:
    """Every check-in of an objective's key results, newest first."""
    entries: list[tuple[date, int, CheckInView]] = []
    for kr in score.key_results:
        known = known_check_ins(kr, scores.as_of)
        for position, check_in in enumerate(known):
            view = _view(kr, known, position, scores, here)
            entries.append((check_in.date, kr.entry.number, view))
    entries.sort(key=lambda entry: (-entry[0].toordinal(), entry[1]))
    return ObjectiveLog(score.entry.objective.title, tuple(view for _, _, view in entries))


def _view(
    score: KeyResultScore, known: list[CheckIn], position: int, scores: Scores, here: str
) -> CheckInView:
    check_in = known[position]
    name = f"KR{score.entry.number} {short_title(score.entry.key_result)}"
    value = check_in.value or ""
    if check_in.grade is not None:
        value = f"{value} (mark {check_in.grade.text})" if value else f"mark {check_in.grade.text}"
    return CheckInView(
        date=check_in.date.isoformat(),
        name=name,
        link=link_to(here, page_of(score.entry.ref), name),
        sign=sign_and_word(_SIGNS[check_in.rag.value]) if check_in.rag else Markdown(""),
        value=value,
        moved=_moved(score, known, position),
        confidence=check_in.confidence.text if check_in.confidence else "",
        forecast=check_in.forecast.text if check_in.forecast else "",
        by=scores.workspace.name_of(check_in.by) if check_in.by else "",
        note=check_in.note or "",
        points=tuple(_points(check_in)),
    )


def _points(check_in: CheckIn) -> list[tuple[str, str]]:
    groups = {
        "Blocker": check_in.blockers,
        "Ask": check_in.asks,
        "Decision": check_in.decisions,
        "Risk": check_in.risks,
    }
    return [(label, text) for label, texts in groups.items() for text in texts]


def _moved(score: KeyResultScore, known: list[CheckIn], position: int) -> str:
    """The change from the value before; "" where one of the two isn't an amount."""
    now = known[position].value
    before = next((c.value for c in reversed(known[:position]) if _is_given(c.value)), None)
    target = score.measure.target if score.measure else None
    if now is None or before is None or target is None:
        return ""
    try:
        return difference(parse(before), parse(now), target.low)
    except QuantityError:
        return ""


def _is_given(value: str | None) -> bool:
    return value is not None and not is_blank(value)
