"""The picture of one key result: from the fence of a page to a figure on the site.

Markdown's superfences extension calls `fence` (mkdocs.yml). The key result's own scale runs
upwards, the days to the right; a line with dots is what was reported, a dashed one what is
expected or planned, a dotted one where it is heading. All of it is told in the description.
"""

from __future__ import annotations

import html as plain_html
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from okrdocs.drawing.progress.description import corners, told
from okrdocs.drawing.progress.fence_text import Progress, progress_of
from okrdocs.drawing.svg import Spot, cut, day_text, dots, line, svg, wide, words
from okrdocs.markup.escape import html

WIDTH, HEIGHT = 272, 152
LEFT, RIGHT, TOP, BOTTOM = 5, 267, 26, 114
AXIS = HEIGHT - 5
TEXT, LABEL = 32, 22
MOST_DOTS = 60


class Scale(NamedTuple):
    """From days and numbers to places in the view box."""

    start: int
    days: int
    low: float
    size: float

    def x(self, day: date) -> int:
        """Pixels from the left."""
        return LEFT + round((RIGHT - LEFT) * (day.toordinal() - self.start) / self.days)

    def y(self, number: float) -> int:
        """Pixels from the top."""
        return BOTTOM - round((BOTTOM - TOP) * ((number - self.low) / self.size))

    def spot(self, day: date, number: float) -> Spot:
        """The place of a number on a day."""
        return self.x(day), self.y(number)


def fence(source: str, language: str, css_class: str, *_: object, **__: object) -> str:
    """The HTML of a fence, as superfences calls it (pymdownx.superfences, "custom fences")."""
    progress = progress_of(source)
    if progress is None or not progress.values:
        name = plain_html.escape(f"language-{language} {css_class}")
        return f'<pre><code class="{name}">{plain_html.escape(source)}</code></pre>'
    return figure(progress)


def figure(progress: Progress) -> str:
    """The picture with its caption, on one line of HTML."""
    number, _, name = progress.title.partition(" ")
    caption = f"<strong>{html(number)}</strong> {html(name)}"
    return (
        '<figure class="okr-picture" data-search-exclude>'
        f"<figcaption>{caption}</figcaption>{drawing(progress)}</figure>"
    )


def drawing(progress: Progress) -> str:
    """The SVG alone."""
    scale = _scale(progress)
    return svg(
        "okr-progress",
        (WIDTH, HEIGHT),
        f"{progress.title}: progress over time",
        told(progress),
        [*_ground(progress, scale), *_course(progress, scale), *_run(progress, scale)],
    )


def _scale(p: Progress) -> Scale:
    if p.stepwise:
        low, high = 0.0, 1.0
    else:
        numbers = list(_numbers(p))
        low, high = min(numbers), max(numbers)
    if low == high:
        room = abs(low) / 10 or 1.0
        low, high = low - room, high + room
    elif p.held is not None:
        low, high = low - (high - low) / 6, high + (high - low) / 6
    return Scale(p.start.toordinal(), max(1, (p.end - p.start).days), low, high - low)


def _numbers(p: Progress) -> Iterator[float]:
    """Every number that has to find room."""
    yield from (mark.number for _, mark in (*p.values, *p.former))
    yield from (number for _, number in p.course)
    yield from (mark.number for mark in (p.baseline, p.target, p.forecast, *p.levels) if mark)
    if p.held is not None:
        yield from (end for end in (p.held.low, p.held.high) if end is not None)


# ------------------------------------------------------------------- what stands still


def _ground(p: Progress, scale: Scale) -> Iterator[str]:
    """The axis with its days, the target or what is to be held, and the day of the numbers."""
    yield line("okr-axis", [(LEFT, BOTTOM), (RIGHT, BOTTOM)])
    yield words("okr-tick", (LEFT, AXIS), day_text(p.start))
    yield words("okr-tick", (RIGHT, AXIS), day_text(p.end), "end")
    if p.held is not None:
        yield from _band(p, scale)
    if p.target is not None:
        yield from _goal(p, scale)
    day = p.dropped or p.today
    if day is not None and p.start < day < p.end:
        yield from _now(day, scale, dropped=p.dropped is not None)


def _band(p: Progress, scale: Scale) -> Iterator[str]:
    """Where a keep target holds, as a band to the edge on its open side."""
    assert p.held is not None
    top = TOP - 14 if p.held.high is None else scale.y(p.held.high)
    foot = BOTTOM if p.held.low is None else scale.y(p.held.low)
    size = f'width="{RIGHT - LEFT}" height="{max(2, foot - top)}"'
    yield f'<rect class="okr-band" x="{LEFT}" y="{top}" {size}/>'
    for y in (top, foot):
        if TOP - 14 < y < BOTTOM:
            yield line("okr-goal", [(LEFT, y), (RIGHT, y)])
    y = top - 5 if p.held.low is None else foot + 12 if p.held.high is None else foot - 5
    yield words("okr-goal-name", (LEFT + 4, y), f"Hold {cut(p.held.text, TEXT)}")


def _goal(p: Progress, scale: Scale) -> Iterator[str]:
    """The target, a step for each one that was moved, and the levels around it."""
    assert p.target is not None
    spots: list[Spot] = [(LEFT, scale.y(p.target.number))]
    if p.former:
        spots = [(LEFT, scale.y(p.former[0][1].number))]
        after = [*(mark for _, mark in p.former[1:]), p.target]
        spots += [
            scale.spot(day, mark.number) for (day, _), mark in zip(p.former, after, strict=True)
        ]
    yield line("okr-goal", [*spots, (RIGHT, spots[-1][1])], steps=True)
    for level in p.levels:
        y = scale.y(level.number)
        yield line("okr-level", [(LEFT, y), (RIGHT, y)])
    above = _rises(p)
    x, y = spots[-1] if p.former else (LEFT, spots[0][1])
    text = f"Target{':' if p.stepwise else ''} {cut(p.target.text, TEXT)}"
    x = min(x, RIGHT - wide(text))
    yield words("okr-goal-name", (max(LEFT, x), y - 6 if above else y - 5), text)


def _rises(p: Progress) -> bool:
    """Whether the way leads up: to the target, else to the first value."""
    first = p.values[0][1]
    end = p.target or first
    return end.number >= (p.baseline or first).number


def _now(day: date, scale: Scale, *, dropped: bool) -> Iterator[str]:
    x = scale.x(day)
    yield line("okr-today", [(x, TOP - 14), (x, BOTTOM)])
    text = f"dropped {day_text(day)}" if dropped else day_text(day)
    if LEFT + 46 + wide(text) // 2 < x < RIGHT - 46 - wide(text) // 2:
        yield words("okr-tick", (x, AXIS), text, "middle")


# ------------------------------------------------------------------- what moves


def _course(p: Progress, scale: Scale) -> Iterator[str]:
    """The plan or the expected pace, and the forecast."""
    if p.course and p.held is None:
        yield line("okr-pace", [scale.spot(*corner) for corner in corners(p)])
    if p.forecast is not None:
        day, last = p.values[-1]
        ends = [scale.spot(day, last.number), scale.spot(p.end, p.forecast.number)]
        yield line("okr-ahead", ends)


def _run(p: Progress, scale: Scale) -> Iterator[str]:
    """What was reported, from the baseline on, with the last value named."""
    spots = [scale.spot(day, mark.number) for day, mark in p.values]
    begin: list[Spot] = []
    if p.baseline is not None and p.start < p.values[0][0]:
        begin = [scale.spot(p.start, p.baseline.number)]
    whole = [*begin, *spots]
    if len(whole) > 1:
        yield line("okr-run", whole, steps=p.stepwise)
    yield from (dots("okr-origin", begin) for _ in begin)
    yield dots("okr-dots", spots if len(spots) <= MOST_DOTS else spots[-1:])
    if p.baseline is not None:
        yield _begun(p, scale)
    yield _last(p, whole, scale)


def _begun(p: Progress, scale: Scale) -> str:
    """The baseline's text: below where it begins if the way leads up, else above."""
    assert p.baseline is not None
    x, y = scale.spot(p.start, p.baseline.number)
    below = _rises(p)
    return words("okr-tick", (x, y + 13 if below else y - 7), cut(p.baseline.text, LABEL))


def _last(p: Progress, spots: list[Spot], scale: Scale) -> str:
    """The last value at the side of its dot that the line leaves free."""
    x, y = spots[-1]
    text = cut(p.values[-1][1].text, LABEL)
    falls = len(spots) > 1 and y > spots[-2][1]
    if falls and x + wide(text) <= RIGHT:
        return words("okr-now", (x + 3, y - 7), text)
    if x - wide(text) < LEFT:
        return words("okr-now", (max(LEFT, x - 3), y - 9), text)
    if falls:
        return words("okr-now", (x + 3, _clear(p, y + 16, scale, 13)), text, "end")
    return words("okr-now", (x + 3, _clear(p, y - 9, scale, -5)), text, "end")


def _clear(p: Progress, y: int, scale: Scale, aside: int) -> int:
    """The height of a text, so many pixels beside the target's line if it would lie on it."""
    goal = scale.y(p.target.number) if p.target else BOTTOM
    return goal + aside if y - 10 < goal < y + 4 else y
