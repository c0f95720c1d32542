"""Draws the progress chart of one key result: from the fence of a page to a figure on the site.

Markdown's superfences extension calls `fence_html` (mkdocs.yml). The key result's own scale runs
upwards, the days to the right; a line with dots is what was reported, a dashed one what is
expected or planned, a dotted one where it is heading. The description says the same in words.
"""

from __future__ import annotations

import html as plain_html
from collections.abc import Iterator
from datetime import date

from okrdocs.drawing.progress.description import expected_line_points, progress_in_words
from okrdocs.drawing.progress.fence_text import ProgressChart, parse_fence_text
from okrdocs.drawing.progress.labels import band_edges, fixed_labels, last_value_label
from okrdocs.drawing.progress.scale import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, ChartScale
from okrdocs.drawing.svg import (
    Spot,
    day_text,
    svg_dots,
    svg_image,
    svg_line,
    svg_text,
    text_width,
)
from okrdocs.markup.escape import escape_html

AXIS = HEIGHT - 5
MOST_DOTS = 60


def fence_html(source: str, language: str, css_class: str, *_: object, **__: object) -> str:
    """Return HTML for a fence, as superfences calls it (pymdownx.superfences, "custom fences").

    A fence that `parse_fence_text` can't read is shown as the code that it is.
    """
    progress = parse_fence_text(source)
    if progress is None or not progress.values:
        name = plain_html.escape(f"language-{language} {css_class}")
        return f'<pre><code class="{name}">{plain_html.escape(source)}</code></pre>'
    return progress_figure(progress)


def progress_figure(progress: ProgressChart) -> str:
    """Draw the chart with its caption, on one line of HTML."""
    number, _, name = progress.title.partition(" ")
    caption = f"<strong>{escape_html(number)}</strong> {escape_html(name)}"
    return (
        '<figure class="okr-picture" data-search-exclude>'
        f"<figcaption>{caption}</figcaption>{progress_svg(progress)}</figure>"
    )


def progress_svg(progress: ProgressChart) -> str:
    """Draw the chart as SVG, without its caption."""
    scale = _chart_scale(progress)
    return svg_image(
        "okr-progress",
        (WIDTH, HEIGHT),
        f"{progress.title}: progress over time",
        progress_in_words(progress),
        [
            *_axis_and_target(progress, scale),
            *_expected_and_forecast_lines(progress, scale),
            *_reported_line(progress, scale),
        ],
    )


def _chart_scale(p: ProgressChart) -> ChartScale:
    if p.stepwise:
        low, high = 0.0, 1.0
    else:
        numbers = list(_numbers_in_range(p))
        low, high = min(numbers), max(numbers)
    if low == high:
        room = abs(low) / 10 or 1.0
        low, high = low - room, high + room
    elif p.keep_range is not None:
        low, high = low - (high - low) / 6, high + (high - low) / 6
    return ChartScale(p.start.toordinal(), max(1, (p.end - p.start).days), low, high - low)


def _numbers_in_range(p: ProgressChart) -> Iterator[float]:
    """Yield every number that the scale has to include."""
    yield from (mark.number for _, mark in (*p.values, *p.former_targets))
    yield from (number for _, number in p.expected_line)
    yield from (mark.number for mark in (p.baseline, p.target, p.forecast, *p.levels) if mark)
    if p.keep_range is not None:
        yield from (end for end in (p.keep_range.low, p.keep_range.high) if end is not None)


# ------------------------------------------------------------------- what stands still


def _axis_and_target(p: ProgressChart, scale: ChartScale) -> Iterator[str]:
    """Draw the axis with its days, the target or range to keep, and the day of the numbers."""
    yield svg_line("okr-axis", [(LEFT, BOTTOM), (RIGHT, BOTTOM)])
    yield svg_text("okr-tick", (LEFT, AXIS), day_text(p.start))
    yield svg_text("okr-tick", (RIGHT, AXIS), day_text(p.end), "end")
    if p.keep_range is not None:
        yield from _keep_band(p, scale)
    if p.target is not None:
        yield from _target_line(p, scale)
    day = p.dropped or p.today
    if day is not None and p.start < day < p.end:
        yield from _today_line(day, scale, dropped=p.dropped is not None)


def _keep_band(p: ProgressChart, scale: ChartScale) -> Iterator[str]:
    """Draw the range of a keep target, as a band to the edge on its open side."""
    top, foot = band_edges(p, scale)
    size = f'width="{RIGHT - LEFT}" height="{max(2, foot - top)}"'
    yield f'<rect class="okr-band" x="{LEFT}" y="{top}" {size}/>'
    for y in (top, foot):
        if TOP - 14 < y < BOTTOM:
            yield svg_line("okr-goal", [(LEFT, y), (RIGHT, y)])


def _target_spots(p: ProgressChart, scale: ChartScale) -> list[Spot]:
    """Return the corners of the line of the target, a step for each former one."""
    if p.target is None:
        return []
    if not p.former_targets:
        return [(LEFT, scale.y_of_number(p.target.number))]
    spots: list[Spot] = [(LEFT, scale.y_of_number(p.former_targets[0][1].number))]
    after = [*(mark for _, mark in p.former_targets[1:]), p.target]
    return spots + [
        scale.point(day, mark.number)
        for (day, _), mark in zip(p.former_targets, after, strict=True)
    ]


def _target_line(p: ProgressChart, scale: ChartScale) -> Iterator[str]:
    """Draw the target and the levels around it."""
    spots = _target_spots(p, scale)
    yield svg_line("okr-goal", [*spots, (RIGHT, spots[-1][1])], steps=True)
    for level in p.levels:
        y = scale.y_of_number(level.number)
        yield svg_line("okr-level", [(LEFT, y), (RIGHT, y)])


def _today_line(day: date, scale: ChartScale, *, dropped: bool) -> Iterator[str]:
    x = scale.x_of_day(day)
    yield svg_line("okr-today", [(x, TOP - 14), (x, BOTTOM)])
    text = f"dropped {day_text(day)}" if dropped else day_text(day)
    if LEFT + 46 + text_width(text) // 2 < x < RIGHT - 46 - text_width(text) // 2:
        yield svg_text("okr-tick", (x, AXIS), text, "middle")


# ------------------------------------------------------------------- what moves


def _expected_and_forecast_lines(p: ProgressChart, scale: ChartScale) -> Iterator[str]:
    """Draw the plan or the expected pace, and the forecast."""
    if p.expected_line and p.keep_range is None:
        yield svg_line("okr-pace", [scale.point(*corner) for corner in expected_line_points(p)])
    if p.forecast is not None:
        day, last = p.values[-1]
        ends = [scale.point(day, last.number), scale.point(p.end, p.forecast.number)]
        yield svg_line("okr-ahead", ends)


def _reported_line(p: ProgressChart, scale: ChartScale) -> Iterator[str]:
    """Draw what was reported, from the baseline on, with the last value named."""
    spots = [scale.point(day, mark.number) for day, mark in p.values]
    begin: list[Spot] = []
    if p.baseline is not None and p.start < p.values[0][0]:
        begin = [scale.point(p.start, p.baseline.number)]
    whole = [*begin, *spots]
    if len(whole) > 1:
        yield svg_line("okr-run", whole, steps=p.stepwise)
    yield from (svg_dots("okr-origin", begin) for _ in begin)
    yield svg_dots("okr-dots", spots if len(spots) <= MOST_DOTS else spots[-1:])
    others = fixed_labels(p, scale, _target_spots(p, scale))
    yield from (label.svg() for label in (*others, last_value_label(p, whole, scale, others)))
