"""What the progress chart of one key result shows, and the plain text for it in Markdown.

`write_fence_text` writes the text of a fence that people read on a code host, one fact a line;
`parse_fence_text` reads it again on the site, where `draw` makes the chart. Each number is the
first one in its text (`81%`, `1,400 teams`); where that isn't what is drawn, it follows in
parentheses (`Tried with two auditors (0.4)`). Braces stand as character references (`&#123;`),
since plugins of MkDocs such as macros read `{{ … }}` in a fence, too. Nothing in here grades.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from okrdocs.markup.escape import ENTITY, terminal_text

_NUMBER = re.compile(r"([-−]?)(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d_'])", re.ASCII)
_GIVEN = re.compile(r"(.*) \((-?\d[\d.e+-]*)\)", re.DOTALL)
_HELD = re.compile(
    r"(.*) \((-?\d[\d.e+-]*) (?:(and more|and less)|to (-?\d[\d.e+-]*))\)", re.DOTALL
)
_LINE = re.compile(r"([A-Za-z][a-z ]*?)?(?: ?([0-9]{4}-[0-9]{2}-[0-9]{2}))?:(?: (.*))?", re.DOTALL)
_BRACE = re.compile(r"[{}]|&(?=#)")
_REFERENCE = re.compile("&#(38|123|125);")
_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2}) to (\d{4}-\d{2}-\d{2})", re.ASCII)


class ChartAmount(NamedTuple):
    """An amount: the text that is shown, and the number that is drawn."""

    text: str
    number: float


class KeepRange(NamedTuple):
    """The bound or range of a keep target; None where it is open."""

    text: str
    low: float | None
    high: float | None


class ProgressChart(NamedTuple):
    """All that the progress chart of a key result or metric shows.

    `start` and `end` are the days of the axis, `today` the day up to which things are known,
    `dropped` that of a drop. `target` is None where `keep_range` stands in its place.
    `former_targets` come with the day until which each was in force; `levels` are the two beside
    the target. `expected_line` is what is expected on its days; `planned`: by a plan, from the
    baseline on. `forecast` is where it is heading on the last day. `stepwise`: values are marks
    from 0 to 1 that stay until the next.
    """

    title: str
    start: date
    end: date
    values: tuple[tuple[date, ChartAmount], ...]
    today: date | None = None
    dropped: date | None = None
    baseline: ChartAmount | None = None
    target: ChartAmount | None = None
    keep_range: KeepRange | None = None
    former_targets: tuple[tuple[date, ChartAmount], ...] = ()
    levels: tuple[ChartAmount, ...] = ()
    expected_line: tuple[tuple[date, float], ...] = ()
    planned: bool = False
    forecast: ChartAmount | None = None
    stepwise: bool = False


@lru_cache(maxsize=1 << 14)
def first_number(text: str) -> float | None:
    """Return the first number in a text, or None."""
    match = _NUMBER.search(text)
    if match is None:
        return None
    size = float(match[2].replace(",", ""))
    return -size if match[1] else size


def exact_number_text(number: float) -> str:
    """Write a number with up to ten digits, without trailing zeros."""
    return f"{number:.10g}"


def rounded_number_text(number: float) -> str:
    """Write a computed number with as many digits as a drawing needs."""
    return f"{number:.6g}" if abs(number) < 1_000_000 else f"{number:.0f}"


def write_fence_text(progress: ProgressChart) -> str:
    """Write the lines of the fence; no line begins with anything that a person typed."""
    text = "\n".join(_fact_lines(progress))
    return _BRACE.sub(lambda match: ENTITY(ord(match[0])), text)


def _fact_lines(p: ProgressChart) -> list[str]:
    lines = [f"Progress of {terminal_text(p.title)}", f"Days: {p.start} to {p.end}"]
    if p.stepwise:
        lines.append("Marks: 0 to 1")
    if p.baseline:
        lines.append(f"From: {_amount_text(p.baseline)}")
    lines += _target_lines(p)
    word = "Plan for" if p.planned else "Expected on"
    lines += [f"{word} {day}: {rounded_number_text(number)}" for day, number in p.expected_line]
    if p.today:
        lines.append(f"As of: {p.today}")
    if p.dropped:
        lines.append(f"Dropped: {p.dropped}")
    lines += [f"{day}: {_amount_text(mark)}" for day, mark in p.values]
    if p.forecast:
        lines.append(f"Forecast: {_amount_text(p.forecast)}")
    return lines


def _target_lines(p: ProgressChart) -> Iterator[str]:
    for day, mark in p.former_targets:
        yield f"Target until {day}: {_amount_text(mark)}"
    if p.keep_range:
        yield f"Target: {_range_text(p.keep_range)}"
    if p.target:
        yield f"Target: {_amount_text(p.target)}"
    for mark in p.levels:
        yield f"Level: {_amount_text(mark)}"


@lru_cache(maxsize=1 << 14)
def _amount_text(mark: ChartAmount) -> str:
    text = terminal_text(mark.text)
    number = exact_number_text(mark.number)
    if first_number(text) == float(number) and not (
        _GIVEN.fullmatch(text) or _HELD.fullmatch(text)
    ):
        return text
    return f"{text} ({number})"


def _range_text(keep_range: KeepRange) -> str:
    text = terminal_text(keep_range.text)
    if keep_range.low is None:
        return f"{text} ({exact_number_text(keep_range.high or 0.0)} and less)"
    if keep_range.high is None:
        return f"{text} ({exact_number_text(keep_range.low)} and more)"
    return f"{text} ({exact_number_text(keep_range.low)} to {exact_number_text(keep_range.high)})"


# ------------------------------------------------------------------- and back


def parse_fence_text(text: str) -> ProgressChart | None:
    """Parse the text of a fence; None where it isn't as `write_fence_text` writes it."""
    plain = _REFERENCE.sub(lambda match: chr(int(match[1])), text)
    head, *rest = plain.strip("\n").split("\n")
    if not head.startswith("Progress of "):
        return None
    try:
        return _chart_from_facts(head.removeprefix("Progress of "), rest)
    except ValueError:
        return None


def _chart_from_facts(title: str, lines: list[str]) -> ProgressChart:
    facts: dict[str, list[tuple[date | None, str]]] = {}
    for line in lines:
        match = _LINE.fullmatch(line)
        if match is None or not (match[1] or match[2]):
            raise ValueError(line)
        day = date.fromisoformat(match[2]) if match[2] else None
        facts.setdefault(match[1] or "", []).append((day, match[3] or ""))
    days = _DAYS.fullmatch(_single_fact(facts, "Days"))
    if days is None:
        raise ValueError("no days")
    target = _single_fact(facts, "Target")
    keep_range = _parse_range(target)
    planned = "Plan for" in facts
    course = facts.get("Plan for" if planned else "Expected on", [])
    return ProgressChart(
        title=title,
        start=date.fromisoformat(days[1]),
        end=date.fromisoformat(days[2]),
        values=_dated_facts(facts, ""),
        today=_single_day(facts, "As of"),
        dropped=_single_day(facts, "Dropped"),
        baseline=_parse_amount(_single_fact(facts, "From")),
        target=None if keep_range else _parse_amount(target),
        keep_range=keep_range,
        former_targets=_dated_facts(facts, "Target until"),
        levels=tuple(_require_amount(text) for _, text in facts.get("Level", [])),
        expected_line=tuple((_require_day(day), float(text)) for day, text in course),
        planned=planned,
        forecast=_parse_amount(_single_fact(facts, "Forecast")),
        stepwise="Marks" in facts,
    )


def _single_fact(facts: dict[str, list[tuple[date | None, str]]], name: str) -> str:
    return facts[name][0][1] if name in facts else ""


def _single_day(facts: dict[str, list[tuple[date | None, str]]], name: str) -> date | None:
    text = _single_fact(facts, name)
    return date.fromisoformat(text) if text else None


def _dated_facts(
    facts: dict[str, list[tuple[date | None, str]]], name: str
) -> tuple[tuple[date, ChartAmount], ...]:
    return tuple((_require_day(day), _require_amount(text)) for day, text in facts.get(name, []))


def _require_day(day: date | None) -> date:
    if day is None:
        raise ValueError("no day")
    return day


def _parse_range(text: str) -> KeepRange | None:
    match = _HELD.fullmatch(text)
    if match is None:
        return None
    if match[4]:
        return KeepRange(match[1], float(match[2]), float(match[4]))
    number = float(match[2])
    return (
        KeepRange(match[1], number, None)
        if match[3] == "and more"
        else KeepRange(match[1], None, number)
    )


def _parse_amount(text: str) -> ChartAmount | None:
    return _require_amount(text) if text else None


def _require_amount(text: str) -> ChartAmount:
    """Parse an amount; raises ValueError for a text without a number."""
    given = _GIVEN.fullmatch(text)
    if given:
        return ChartAmount(given[1], float(given[2]))
    number = first_number(text)
    if number is None:
        raise ValueError(text)
    return ChartAmount(text, number)
