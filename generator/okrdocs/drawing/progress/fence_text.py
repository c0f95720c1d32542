"""What the picture of one key result says, and the plain text that stands for it in Markdown.

`text_of` writes the text of a fence that people read on a code host, one fact a line; `progress_of`
reads it again on the site, where `drawing` makes the picture. Each number is the first one in its
text (`81%`, `1,400 teams`); where that isn't what is drawn, it follows in parentheses
(`Tried with two auditors (0.4)`). Nothing in here grades.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from okrdocs.markup.escape import terminal

_NUMBER = re.compile(r"([-−]?)(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d_'])", re.ASCII)
_GIVEN = re.compile(r"(.*) \((-?\d[\d.e+-]*)\)", re.DOTALL)
_HELD = re.compile(
    r"(.*) \((-?\d[\d.e+-]*) (?:(and more|and less)|to (-?\d[\d.e+-]*))\)", re.DOTALL
)
_LINE = re.compile(r"([A-Za-z][a-z ]*?)?(?: ?([0-9]{4}-[0-9]{2}-[0-9]{2}))?:(?: (.*))?", re.DOTALL)
_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2}) to (\d{4}-\d{2}-\d{2})", re.ASCII)


class Mark(NamedTuple):
    """An amount: the text that is shown, and the number that is drawn."""

    text: str
    number: float


class Held(NamedTuple):
    """The bound or range of a keep target; None where it is open."""

    text: str
    low: float | None
    high: float | None


class Progress(NamedTuple):
    """All that the picture of a key result shows.

    `start` and `end` are the days of the axis, `today` the day up to which things are known,
    `dropped` that of a drop. `target` is None where `held` stands in its place. `former` are
    targets with the day until which each held; `levels` the two beside the target. `course` is
    what is expected on its days; `planned`: by a plan, from the baseline on. `forecast` is where
    it is heading on the last day. `stepwise`: values are marks from 0 to 1 that stay until the
    next.
    """

    title: str
    start: date
    end: date
    values: tuple[tuple[date, Mark], ...]
    today: date | None = None
    dropped: date | None = None
    baseline: Mark | None = None
    target: Mark | None = None
    held: Held | None = None
    former: tuple[tuple[date, Mark], ...] = ()
    levels: tuple[Mark, ...] = ()
    course: tuple[tuple[date, float], ...] = ()
    planned: bool = False
    forecast: Mark | None = None
    stepwise: bool = False


@lru_cache(maxsize=1 << 14)
def number_in(text: str) -> float | None:
    """The first number in a text, or None."""
    found = _NUMBER.search(text)
    if found is None:
        return None
    size = float(found[2].replace(",", ""))
    return -size if found[1] else size


def shown(number: float) -> str:
    """A number in up to ten digits, without trailing zeros."""
    return f"{number:.10g}"


def near(number: float) -> str:
    """A computed number, near enough for a drawing."""
    return f"{number:.6g}" if abs(number) < 1_000_000 else f"{number:.0f}"


def text_of(progress: Progress) -> str:
    """The lines of the fence. No line begins with anything that a person typed."""
    return "\n".join(_lines(progress))


def _lines(p: Progress) -> list[str]:
    lines = [f"Progress of {terminal(p.title)}", f"Days: {p.start} to {p.end}"]
    if p.stepwise:
        lines.append("Marks: 0 to 1")
    if p.baseline:
        lines.append(f"From: {_amount(p.baseline)}")
    lines += _aimed(p)
    word = "Plan for" if p.planned else "Expected on"
    lines += [f"{word} {day}: {near(number)}" for day, number in p.course]
    if p.today:
        lines.append(f"As of: {p.today}")
    if p.dropped:
        lines.append(f"Dropped: {p.dropped}")
    lines += [f"{day}: {_amount(mark)}" for day, mark in p.values]
    if p.forecast:
        lines.append(f"Forecast: {_amount(p.forecast)}")
    return lines


def _aimed(p: Progress) -> Iterator[str]:
    for day, mark in p.former:
        yield f"Target until {day}: {_amount(mark)}"
    if p.held:
        yield f"Target: {_bound(p.held)}"
    if p.target:
        yield f"Target: {_amount(p.target)}"
    for mark in p.levels:
        yield f"Level: {_amount(mark)}"


@lru_cache(maxsize=1 << 14)
def _amount(mark: Mark) -> str:
    text = terminal(mark.text)
    number = shown(mark.number)
    if number_in(text) == float(number) and not (_GIVEN.fullmatch(text) or _HELD.fullmatch(text)):
        return text
    return f"{text} ({number})"


def _bound(held: Held) -> str:
    text = terminal(held.text)
    if held.low is None:
        return f"{text} ({shown(held.high or 0.0)} and less)"
    if held.high is None:
        return f"{text} ({shown(held.low)} and more)"
    return f"{text} ({shown(held.low)} to {shown(held.high)})"


# ------------------------------------------------------------------- and back


def progress_of(text: str) -> Progress | None:
    """What the text of a fence says; None where it isn't as `text_of` writes it."""
    head, *rest = text.strip("\n").split("\n")
    if not head.startswith("Progress of "):
        return None
    try:
        return _read(head.removeprefix("Progress of "), rest)
    except ValueError:
        return None


def _read(title: str, lines: list[str]) -> Progress:
    facts: dict[str, list[tuple[date | None, str]]] = {}
    for line in lines:
        found = _LINE.fullmatch(line)
        if found is None or not (found[1] or found[2]):
            raise ValueError(line)
        day = date.fromisoformat(found[2]) if found[2] else None
        facts.setdefault(found[1] or "", []).append((day, found[3] or ""))
    days = _DAYS.fullmatch(_one(facts, "Days"))
    if days is None:
        raise ValueError("no days")
    target = _one(facts, "Target")
    held = _held(target)
    planned = "Plan for" in facts
    course = facts.get("Plan for" if planned else "Expected on", [])
    return Progress(
        title=title,
        start=date.fromisoformat(days[1]),
        end=date.fromisoformat(days[2]),
        values=_dated(facts, ""),
        today=_day(facts, "As of"),
        dropped=_day(facts, "Dropped"),
        baseline=_mark(_one(facts, "From")),
        target=None if held else _mark(target),
        held=held,
        former=_dated(facts, "Target until"),
        levels=tuple(_sure(text) for _, text in facts.get("Level", [])),
        course=tuple((_known(day), float(text)) for day, text in course),
        planned=planned,
        forecast=_mark(_one(facts, "Forecast")),
        stepwise="Marks" in facts,
    )


def _one(facts: dict[str, list[tuple[date | None, str]]], name: str) -> str:
    return facts[name][0][1] if name in facts else ""


def _day(facts: dict[str, list[tuple[date | None, str]]], name: str) -> date | None:
    text = _one(facts, name)
    return date.fromisoformat(text) if text else None


def _dated(
    facts: dict[str, list[tuple[date | None, str]]], name: str
) -> tuple[tuple[date, Mark], ...]:
    return tuple((_known(day), _sure(text)) for day, text in facts.get(name, []))


def _known(day: date | None) -> date:
    if day is None:
        raise ValueError("no day")
    return day


def _held(text: str) -> Held | None:
    found = _HELD.fullmatch(text)
    if found is None:
        return None
    if found[4]:
        return Held(found[1], float(found[2]), float(found[4]))
    number = float(found[2])
    return Held(found[1], number, None) if found[3] == "and more" else Held(found[1], None, number)


def _mark(text: str) -> Mark | None:
    return _sure(text) if text else None


def _sure(text: str) -> Mark:
    """An amount; ValueError for a text without a number."""
    given = _GIVEN.fullmatch(text)
    if given:
        return Mark(given[1], float(given[2]))
    number = number_in(text)
    if number is None:
        raise ValueError(text)
    return Mark(text, number)
