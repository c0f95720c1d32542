"""A picture says what its text says, stays inside its frame, and does nothing else."""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrdocs.drawing.progress import fence_html
from okrdocs.drawing.progress.fence_text import (
    ChartAmount,
    KeepRange,
    ProgressChart,
    first_number,
    parse_fence_text,
    write_fence_text,
)
from okrdocs.drawing.sparkline import sparkline
from okrdocs.drawing.trend import TrendPoint, trend_chart
from okrdocs.markup.escape import terminal_text

SVG = "{http://www.w3.org/2000/svg}"
START, END = date(2025, 4, 1), date(2025, 6, 30)
HOSTILE = [
    "```", "`````\nDropped: 2025-04-02", "</svg><script>alert(1)</script>", "]]>", "{{ 7*7 }}",
    '" onload="alert(1)', "{: onclick=alert(1) }", "[x](javascript:alert(1))", "a | b", "&lt;b&gt;",
    "Target: 5 (9 and more)", "2025-04-02: 3", "(4)", "~~~", "\u202e\x00\x02wzxhzdk:0\x03", "   ",
    "*a* _b_ **c**", "<!-- -->", "--8<-- 'x'", "漢字" * 40, "x" * 500, "# x", "\\",
]  # fmt: skip


def marks(*pairs: tuple[int, str, float]) -> tuple[tuple[date, ChartAmount], ...]:
    """Values by the number of days since the start."""
    return tuple(
        (START + timedelta(days=n), ChartAmount(text, number)) for n, text, number in pairs
    )


RISING = ProgressChart(
    "KR1 SSO adoption",
    START,
    END,
    marks((13, "82%", 82), (34, "87%", 87), (41, "88%", 88)),
    today=date(2025, 5, 16),
    baseline=ChartAmount("81%", 81),
    target=ChartAmount("95%", 95),
    expected_line=((START, 81.1538), (END, 95.0)),
    forecast=ChartAmount("grade 1.00", 95),
)
FALLING = ProgressChart(
    "KR2 Lead time",
    START,
    END,
    marks((20, "3 hours", 3), (41, "1h 15min", 1.25)),
    baseline=ChartAmount("4 hours", 4),
    target=ChartAmount("15 min", 0.25),
)
KEPT = ProgressChart(
    "KR3 Uptime",
    START,
    END,
    marks((21, "99.95%", 99.95)),
    keep_range=KeepRange("≥99.9%", 99.9, None),
)
STAGES = ProgressChart(
    "KR4 Audit log",
    START,
    END,
    marks((27, "Idea", 0.0), (41, "In use", 0.8)),
    target=ChartAmount("By all", 1.0),
    stepwise=True,
)
MOVED = RISING._replace(
    former_targets=((date(2025, 5, 2), ChartAmount("90%", 90)),), levels=(ChartAmount("85%", 85),)
)
PLANNED = RISING._replace(expected_line=((date(2025, 5, 1), 84.0),), planned=True)
DROPPED = RISING._replace(dropped=date(2025, 5, 12), forecast=None)
EVERY = [RISING, FALLING, KEPT, STAGES, MOVED, PLANNED, DROPPED]
EVERY += [
    KEPT._replace(keep_range=KeepRange("50…60 ms", 50, 60)),
    KEPT._replace(keep_range=KeepRange("≤5", None, 5)),
]


def figure(progress: ProgressChart) -> ElementTree.Element:
    """The figure as a tree; it is well-formed XML, or this fails."""
    html = fence_html(write_fence_text(progress), "progress", "progress", {}, None)
    return ElementTree.fromstring(html.replace(" data-search-exclude>", ">"))


def parts(progress: ProgressChart, css: str) -> list[ElementTree.Element]:
    return [e for e in figure(progress).iter() if e.get("class") == css]


def spots(data: str) -> list[tuple[int, int]]:
    """The ends of a path's lines, steps included."""
    found, x, y = [], 0, 0
    for letter, numbers in re.findall(r"([MLHV])([0-9 -]+)", data):
        given = [int(n) for n in numbers.split()]
        if letter in "ML":
            x, y = given
        elif letter == "H":
            x = given[0]
        elif letter == "V":
            y = given[0]
        found.append((x, y))
    return found


def path(progress: ProgressChart, css: str) -> list[tuple[int, int]]:
    (element,) = parts(progress, css)
    return spots(element.get("d") or "")


def words(progress: ProgressChart) -> list[str]:
    return [text.text or "" for text in figure(progress).iter(f"{SVG}text")]


def told(progress: ProgressChart) -> str:
    return next(figure(progress).iter(f"{SVG}desc")).text or ""


@pytest.mark.parametrize("progress", EVERY)
def test_the_text_says_all_that_the_picture_shows(progress: ProgressChart) -> None:
    assert parse_fence_text(write_fence_text(progress)) == progress


TYPED = st.sampled_from([*HOSTILE, "5", "1,400 teams", "-3", "7 of 8"]).map(terminal_text)
AMOUNTS = st.builds(ChartAmount, TYPED, st.integers(-9999, 9999).map(lambda n: n / 4))
DAYS = st.integers(0, 90).map(lambda n: START + timedelta(days=n))


@given(
    st.sampled_from(HOSTILE), AMOUNTS, AMOUNTS, st.lists(st.tuples(DAYS, AMOUNTS), min_size=1),
    st.booleans(),
)  # fmt: skip
def test_any_text_comes_back_as_it_was_and_makes_a_sound_picture(
    title: str,
    target: ChartAmount,
    baseline: ChartAmount,
    values: list[tuple[date, ChartAmount]],
    stepwise: bool,
) -> None:
    given = ProgressChart(
        terminal_text(title), START, END, tuple(values), baseline=baseline, target=target,
        stepwise=stepwise,
    )  # fmt: skip
    assert parse_fence_text(write_fence_text(given)) == given
    tags = {element.tag.removeprefix(SVG) for element in figure(given).iter()}
    assert tags <= {
        "figure", "figcaption", "strong", "svg", "title", "desc", "path", "rect", "text"
    }  # fmt: skip


@pytest.mark.parametrize("progress", EVERY)
def test_everything_lies_inside_the_frame(progress: ProgressChart) -> None:
    (drawing,) = parts(progress, "okr-progress")
    _, _, width, height = map(int, (drawing.get("viewBox") or "").split())
    found = [spot for e in drawing.iter(f"{SVG}path") for spot in spots(e.get("d") or "")]
    found += [(int(e.get("x", "")), int(e.get("y", ""))) for e in drawing.iter(f"{SVG}text")]
    assert found
    assert all(0 <= x <= width and 0 <= y <= height for x, y in found)


@pytest.mark.parametrize("progress", EVERY)
def test_a_picture_has_words_and_no_id_style_or_script(progress: ProgressChart) -> None:
    (drawing,) = parts(progress, "okr-progress")
    assert drawing.get("role") == "img"
    assert next(drawing.iter(f"{SVG}title")).text == f"{progress.title}: progress over time"
    held = {name for element in figure(progress).iter() for name in element.attrib}
    assert not held & {"id", "style", "href"}
    assert not [name for name in held if name.startswith("on")]


def test_the_figure_stays_out_of_the_search() -> None:
    html = fence_html(write_fence_text(RISING), "progress", "progress")
    assert html.startswith('<figure class="okr-picture" data-search-exclude>')
    assert "\n" not in html


def test_it_is_told_where_from_where_to_and_what_is_expected() -> None:
    said = told(RISING)
    assert said.startswith("From 81% to 88% on 2025-05-12; target 95% by 2025-06-30; expected on ")
    assert "2025-05-12 87.46%" in said
    assert said.endswith("forecast for 2025-06-30: grade 1.00.")
    assert told(KEPT) == "99.95% on 2025-04-22; to hold ≥99.9% until 2025-06-30."
    assert "planned on 2025-05-12 84%" in told(PLANNED)


def test_the_last_value_and_the_target_are_named_in_the_drawing() -> None:
    assert {"88%", "Target 95%", "81%", "1 Apr", "30 Jun", "16 May"} <= set(words(RISING))
    assert "dropped 12 May" in words(DROPPED)


def test_more_is_higher_whichever_way_the_target_lies() -> None:
    rising, falling = path(RISING, "okr-run"), path(FALLING, "okr-run")
    assert rising[0][1] > rising[-1][1] > path(RISING, "okr-goal")[0][1]
    assert falling[0][1] < falling[-1][1] < path(FALLING, "okr-goal")[0][1]


def test_the_line_runs_from_the_first_day_and_the_forecast_to_the_last() -> None:
    run, ahead = path(RISING, "okr-run"), path(RISING, "okr-ahead")
    assert run[0][0] == path(RISING, "okr-goal")[0][0]
    assert ahead[0] == run[-1]
    assert ahead[-1] == path(RISING, "okr-goal")[-1]


@pytest.mark.parametrize("last", [84.0, 93.0, 94.0, 95.0])
def test_the_name_of_the_last_value_does_not_lie_on_the_line_of_the_target(last: float) -> None:
    for target, before in (95.0, 83.0), (81.0, 97.0):
        values = marks((3, "x", before), (90, "last", last if target > 90 else 176 - last))
        given = ProgressChart("KR1 a", START, END, values, target=ChartAmount("t", target))
        (name,) = parts(given, "okr-now")
        foot, (_, goal) = int(name.get("y", "")), path(given, "okr-goal")[0]
        assert not foot - 9 < goal < foot + 3


def room(text: ElementTree.Element) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a text of 11 pixels, as browsers draw it, rather too small."""
    x, y, width = int(text.get("x", "")), int(text.get("y", "")), 6 * len(text.text or "")
    left = x - width if text.get("text-anchor") == "end" else x
    return left, y - 8, left + width, y + 1


@pytest.mark.parametrize("day", [2, 30, 60, 88])
@pytest.mark.parametrize("share", [-0.1, 0.0, 0.02, 0.3, 0.7, 0.95, 1.0, 1.1])
@pytest.mark.parametrize("before", [None, 0.0, 0.5, 1.0])
@pytest.mark.parametrize("aim", [2000, 500])
def test_with_long_units_no_text_lies_on_another(
    day: int, share: float, before: float | None, aim: int
) -> None:
    def amount(part: float) -> ChartAmount:
        number = 1000 + (aim - 1000) * part
        return ChartAmount(f"{number:,.0f} customers in the northern region a week", number)

    early = () if before is None else ((START + timedelta(days=1), amount(before)),)
    values = (*early, (START + timedelta(days=day), amount(share)))
    given = ProgressChart(
        "KR1 a", START, END, values, baseline=amount(0), target=amount(1), today=END
    )
    (drawing,) = parts(given, "okr-progress")
    rooms = [room(text) for text in drawing.iter(f"{SVG}text")]
    assert len(rooms) == 5
    for number, (left, top, right, bottom) in enumerate(rooms):
        assert left >= 0
        assert right <= 272
        for left2, top2, right2, bottom2 in rooms[:number]:
            apart = right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top
            assert apart, [text.text for text in drawing.iter(f"{SVG}text")]


def test_a_target_that_moved_is_a_step() -> None:
    (x0, y0), (x1, _), (_, y1), (x2, y2) = path(MOVED, "okr-goal")[:4]
    assert x0 < x1 < x2
    assert y0 > y1 == y2


def test_stages_stay_until_the_next() -> None:
    heights = [y for _, y in path(STAGES, "okr-run")]
    assert heights[0] == heights[1] > heights[2]


def test_what_is_to_be_held_is_a_band_on_the_side_that_holds() -> None:
    def band(held: KeepRange) -> tuple[int, int]:
        (box,) = parts(KEPT._replace(keep_range=held), "okr-band")
        return int(box.get("y", "")), int(box.get("height", ""))

    least, most, between = (
        KeepRange("≥99", 99, None),
        KeepRange("≤101", None, 101),
        KeepRange("99–101", 99, 101),
    )
    assert band(least)[0] < band(between)[0] < band(most)[0] + band(most)[1]
    assert band(between)[1] < min(band(least)[1], band(most)[1])


def test_one_value_is_a_dot_without_a_line() -> None:
    assert not parts(KEPT, "okr-run")
    assert len(path(KEPT, "okr-dots")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "Progress of x", "Progress of x\nDays: 2025-04-01 to 2025-13-01\n2025-04-02: 3",
        write_fence_text(RISING).replace("88%", "n/a"), write_fence_text(RISING) + "\n<script>",
        "flowchart LR",
        write_fence_text(RISING._replace(values=())), write_fence_text(RISING) + "\nToday: ",
    ],
)  # fmt: skip
def test_any_other_fence_is_shown_as_the_code_that_it_is(text: str) -> None:
    html = fence_html(text, "progress", "progress")
    if text.endswith("Today: "):  # a fact of a later version is no reason to show nothing
        assert html.startswith("<figure")
    else:
        assert html.startswith('<pre><code class="language-progress progress">')
        assert "<script>" not in html


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_typed_is_shown_as_typed_and_ends_no_fence(text: str) -> None:
    given = RISING._replace(title=f"KR1 {text}", values=marks((3, text, 85.0)))
    page = f"before\n\n```progress\n{write_fence_text(given)}\n```\n\nafter"
    site = markdown.markdown(
        page,
        extensions=["md_in_html", "tables", "attr_list", "pymdownx.superfences"],
        extension_configs={
            "pymdownx.superfences": {
                "custom_fences": [{"name": "progress", "class": "progress", "format": fence_html}]
            }
        },
    )
    assert site.count("<figure") == site.count("</svg>") == 1
    assert site.endswith("<p>after</p>")
    drawn = re.search("<figure.*</figure>", site)
    assert drawn
    tree = ElementTree.fromstring(drawn[0].replace(" data-search-exclude>", ">"))
    assert "".join(next(tree.iter("figcaption")).itertext()) == f"KR1 {terminal_text(text)}"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("81%", 81), ("-17%", -17), ("−3 points", -3), ("1,400 teams", 1400), ("$1.2M", 1.2),
        ("7 of 8", 7), ("4.5/5", 4.5), ("Shipped", None), ("", None),
    ],
)  # fmt: skip
def test_the_first_number_of_a_text_is_read(text: str, number: float | None) -> None:
    assert first_number(text) == number


def test_a_number_follows_only_where_the_text_does_not_say_it() -> None:
    assert "2025-05-12: 88%\n" in write_fence_text(RISING)
    assert "2025-05-12: In use (0.8)" in write_fence_text(STAGES)
    assert "2025-04-04: 3 (4) (3)" in write_fence_text(
        RISING._replace(values=marks((3, "3 (4)", 3)))
    )
    assert "2025-04-04: 3 (EU)\n" in write_fence_text(
        RISING._replace(values=marks((3, "3 (EU)", 3)))
    )
    assert "2025-05-12: 1h 15min (1.25)" in write_fence_text(FALLING)


# ------------------------------------------------------------------- sparkline and trend


def test_a_sparkline_runs_from_edge_to_edge_in_whole_pixels() -> None:
    drawn = ElementTree.fromstring(sparkline([(10, 2.0), (15, 3.0), (20, 6.0)], 0.0, 6.0))
    assert drawn.get("aria-hidden") == "true"
    data = drawn[0].get("d") or ""
    assert data.startswith("M3 ")
    assert re.match(r"M3 \d+L\d+ \d+L61 3m", data)


def test_fewer_than_two_days_make_no_sparkline() -> None:
    assert sparkline([(10, 2.0)], 0, 1) == ""
    assert sparkline([(10, 2.0), (10, 3.0)], 0, 1) == ""
    assert sparkline([(10, 2.0), (12, 2.0)], 2.0, 2.0)


CYCLES = [
    TrendPoint("Q3 2024", 0.5, "0.50"), TrendPoint("Q4 2024", None, ""),
    TrendPoint("Q1 2025", 0.6, "0.60"), TrendPoint("Q2 <2025>", 0.8, "0.80"),
]  # fmt: skip


def test_a_trend_names_every_cycle_and_leaves_a_gap_where_nothing_is_known() -> None:
    drawn = ElementTree.fromstring(
        trend_chart(CYCLES, "Grade & band").replace(" data-search-exclude>", ">")
    )
    assert drawn[0].text == "Grade & band"
    assert drawn[1].text == ("Q3 2024: 0.50; Q4 2024: no value; Q1 2025: 0.60; Q2 <2025>: 0.80")
    assert len([e for e in drawn if e.get("class") == "okr-run"]) == 1
    (dotted,) = [e for e in drawn if e.get("class") == "okr-dots"]
    assert len(spots(dotted.get("d") or "")) == 3


def test_a_trend_needs_two_values() -> None:
    assert trend_chart(CYCLES[:2], "Grade") == ""
    assert trend_chart([], "Grade") == ""


def test_a_value_beyond_the_scale_stays_inside_the_frame() -> None:
    points = [TrendPoint("a", -3.0, "-3"), TrendPoint("b", 250.0, "250")]
    (line,) = re.findall(r'class="okr-run" d="([^"]*)"', trend_chart(points, "x", high=100))
    assert all(0 <= y <= 132 for _, y in spots(line))
