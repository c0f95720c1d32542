"""The drawing of a cascade says what the flowchart says, and does nothing else."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import markdown
import pytest

from okrdocs.drawing.flowchart import fence_html
from okrdocs.drawing.flowchart.boxes import FRAME_FROM, LOW_FROM, BoxPlacement
from okrdocs.drawing.flowchart.draw import flowchart_figure, label_position
from okrdocs.drawing.flowchart.layout import FlowchartLayout, layout_flowchart
from okrdocs.drawing.flowchart.parse import Flowchart, FlowchartEdge, FlowchartNode, parse_flowchart
from okrdocs.drawing.flowchart.text_wrap import wrap_text
from okrdocs.drawing.status_text import Part
from okrdocs.grading.status import Tone
from okrdocs.markup.escape import escape_mermaid

SVG = "{http://www.w3.org/2000/svg}"


STATUS = (Part(Tone.BAD, 1, "at risk"), Part(Tone.GOOD, 2, "on track"))


def flowchart(labels: dict[str, str], edges: list[tuple[str, str]]) -> str:
    """A fence's content as the cascade page writes it; every box is a link."""
    lines = ["flowchart LR", "    accTitle: What ladders up to what"]
    for name, title in labels.items():
        facts = f"{escape_mermaid('0.48')}<br/>{escape_mermaid('🔴 1 at risk · 🟢 2 on track')}"
        lines.append(
            f'    {name}["{escape_mermaid("Company")}<br/>{escape_mermaid(title)}<br/>{facts}"]'
        )
    lines.extend(f"    {parent} --- {child}" for parent, child in edges)
    lines.extend(f'    click {name} href "../2025/company.md#{name}"' for name in labels)
    return "\n".join(lines)


SMALL = flowchart(
    {"n_a": "Grow", "n_b": "Sell", "n_c": "Build", "n_d": "Run"},
    [("n_a", "n_b"), ("n_b", "n_c"), ("n_a", "n_c"), ("n_c", "n_d")],
)


def figure(source: str) -> ElementTree.Element:
    """The drawing as a tree; it is well-formed XML, or this fails."""
    html = fence_html(source, "mermaid", "mermaid", {}, None)
    return ElementTree.fromstring(html.replace(" data-search-exclude>", ">"))


def shown(source: str) -> list[str]:
    return [text.text or "" for text in figure(source).iter(f"{SVG}text")]


def test_each_box_and_each_line_of_the_flowchart_is_drawn_once() -> None:
    tree = figure(SMALL)
    boxes = [e for e in tree.iter() if e.get("class") == "okr-item"]
    lines = [e for e in tree.iter() if (e.get("class") or "").startswith("okr-line")]
    assert (len(boxes), len(lines)) == (4, 4)
    assert shown(SMALL).count("Sell") == 1


def test_links_lead_to_the_pages_that_mkdocs_makes() -> None:
    links = [a.get("href") for a in figure(SMALL).iter(f"{SVG}a")]
    assert links[0] == "../2025/company.html#n_a"
    assert len(links) == 4


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "https://elsewhere.example/", "//elsewhere.example/", "data:,x"],
)
def test_a_box_never_leads_out_of_the_site(target: str) -> None:
    source = SMALL.replace("../2025/company.md#n_a", target)
    assert target not in fence_html(source, "mermaid", "mermaid")
    assert len(list(figure(source).iter(f"{SVG}a"))) == 3


@pytest.mark.parametrize(
    "title",
    [
        '"]; click x',
        "<b>bold</b>",
        "</text><img/>",
        "&lt;x&gt;",
        "a --> b",
        "%%{init}%%",
        "#35;",
        "Ümläut → 東京",
    ],
)
def test_a_hostile_title_is_shown_as_typed(title: str) -> None:
    assert title in " ".join(shown(flowchart({"n_a": title}, [])))


def test_a_number_beyond_all_characters_does_no_harm() -> None:
    assert parse_flowchart(SMALL.replace("Grow", "#9999999;")) is not None


def test_nothing_in_the_drawing_asks_another_host_runs_or_has_an_id() -> None:
    html = fence_html(SMALL, "mermaid", "mermaid").replace("http://www.w3.org/2000/svg", "")
    assert "//" not in html
    assert not re.search(r"<script|<style|\bstyle=|\bid=|\bon\w+=|url\(", html)


def test_the_drawing_has_a_name_and_a_description_in_words() -> None:
    svg = figure(SMALL).find(f"{SVG}svg")
    assert svg is not None
    assert svg.findtext(f"{SVG}title") == "What ladders up to what: Grow"
    assert "4 boxes in 4 columns" in (svg.findtext(f"{SVG}desc") or "")


def test_one_flowchart_has_one_drawing() -> None:
    assert fence_html(SMALL, "mermaid", "mermaid") == fence_html(SMALL, "mermaid", "mermaid")


@pytest.mark.parametrize(
    "source",
    [
        "",
        "sequenceDiagram\n    A->>B: Hello",
        SMALL.replace("flowchart LR", "flowchart TB"),
        "flowchart LR\n    a --> b",
        "flowchart LR\n    accTitle: Nothing",
        SMALL.replace("    accTitle: What ladders up to what\n", ""),
        SMALL + "\n    style n_a fill:#f00",
        SMALL.replace("n_c --- n_d", "n_c --- n_x"),
        SMALL.replace("n_c --- n_d", "n_c == high risk --> n_d"),
        SMALL.replace("Company<br/>Grow", "Grow"),
        SMALL + '\n    click n_x href "c.md"',
        SMALL + '\n    n_e(["Outside<br/>of<br/>it"])',
    ],
)
def test_a_flowchart_that_is_not_ours_stays_code(source: str) -> None:
    html = fence_html(source, "mermaid", "mermaid")
    assert html.startswith("<pre><code")
    assert "<svg" not in html


def test_code_that_is_not_drawn_is_escaped() -> None:
    assert "<script>" not in fence_html("<script>alert(1)</script>", "mermaid", "mermaid")


def laid_out(source: str) -> FlowchartLayout:
    chart = parse_flowchart(source)
    assert chart is not None
    return layout_flowchart(chart)


def columns(layout: FlowchartLayout) -> list[list[str]]:
    """The boxes of each column from top to bottom."""
    found: dict[float, list[tuple[float, str]]] = {}
    for name, place in layout.boxes.items():
        found.setdefault(place.x, []).append((place.y, name))
    return [[name for _, name in sorted(found[x])] for x in sorted(found)]


def test_the_longest_way_from_a_root_decides_on_the_column() -> None:
    assert columns(laid_out(SMALL)) == [["n_a"], ["n_b"], ["n_c"], ["n_d"]]


def test_a_line_that_passes_a_column_passes_beside_its_boxes() -> None:
    layout = laid_out(SMALL)
    route = next(route for route in layout.routes if route.edges[0][:2] == ("n_a", "n_c"))
    passed = layout.boxes["n_b"]
    beside = [y for x, y in route.points if passed.x <= x <= passed.right_x]
    assert beside
    assert all(y < passed.y or y > passed.y + passed.height for y in beside)


def test_lines_that_need_not_cross_do_not_cross() -> None:
    labels = dict.fromkeys(["a1", "a2", "a3", "b1", "b2", "b3"], "x")
    chart = parse_flowchart(flowchart(labels, [("a1", "b3"), ("a2", "b2"), ("a3", "b1")]))
    assert chart is not None
    first, second = columns(layout_flowchart(chart))
    ends = {edge.start: edge.end for edge in chart.edges}
    assert [ends[name] for name in first] == list(second)


def test_a_loop_ends_and_draws_every_box() -> None:
    source = flowchart({"n_a": "A", "n_b": "B"}, [("n_a", "n_b"), ("n_b", "n_a")])
    assert len(list(figure(source).iter(f"{SVG}a"))) == 2


def large(count: int, fan: int = 3) -> Flowchart:
    nodes = {
        f"n{n}": FlowchartNode("Team", f"Objective {n} " * 3, "0.50", STATUS, target=f"t{n}.html")
        for n in range(count)
    }
    edges = [FlowchartEdge(f"n{(n - 1) // fan}", f"n{n}") for n in range(1, count)]
    edges += [FlowchartEdge(f"n{n // 5}", f"n{n}") for n in range(20, count, 7)]
    return Flowchart("Large", nodes, tuple(dict.fromkeys(edges)))


CHARTS = {
    **{
        f"{count} boxes, {fan} below each": large(count, fan)
        for count in (12, 60, 200)
        for fan in (2, 3, 9)
    },
    "a star": large(LOW_FROM + 5, 100),
    "a few leaves": large(FRAME_FROM + 1, 100),
    "a loop": Flowchart(
        "Loop",
        {name: FlowchartNode("T", name, "0.10", STATUS) for name in "abcd"},
        tuple(
            FlowchartEdge(a, b, "high risk", "==")
            for a, b in [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "b")]
        ),
    ),
}


def apart(one: BoxPlacement, other: BoxPlacement) -> bool:
    return (
        one.right_x <= other.x
        or other.right_x <= one.x
        or one.y + one.height <= other.y
        or other.y + other.height <= one.y
    )


@pytest.mark.parametrize("name", CHARTS)
def test_no_box_lies_upon_another_or_in_a_frame_that_is_not_its_own(name: str) -> None:
    layout = layout_flowchart(CHARTS[name])
    boxes = list(layout.boxes.values())
    assert len(boxes) == len(CHARTS[name].nodes)
    assert all(apart(one, other) for n, one in enumerate(boxes) for other in boxes[:n])
    for frame in layout.frames.values():
        inside = [
            box
            for box in boxes
            if frame.x < box.x
            and box.right_x < frame.right_x
            and frame.y < box.y
            and box.y + box.height < frame.y + frame.height
        ]
        assert all(box in inside or apart(box, frame) for box in boxes)
        assert len(inside) >= 3


@pytest.mark.parametrize("name", CHARTS)
def test_each_line_begins_and_ends_at_the_sides_of_its_boxes(name: str) -> None:
    layout = layout_flowchart(CHARTS[name])
    drawn = [edge for route in layout.routes for edge in route.edges]
    assert sorted(drawn) == sorted(CHARTS[name].edges)
    for route in layout.routes:
        ends = [layout.boxes[route.edges[0].start], layout.boxes[route.edges[0].end]]
        ends = ends[::-1] if route.back else ends
        if len(route.edges) > 1:
            ends[1] = next(f for f in layout.frames.values() if not apart(f, ends[1]))
        assert route.points[0] == (ends[0].right_x, ends[0].middle_y)
        assert route.points[-1] == (ends[1].x, ends[1].middle_y)


@pytest.mark.parametrize("name", CHARTS)
def test_everything_lies_within_the_picture(name: str) -> None:
    layout = layout_flowchart(CHARTS[name])
    for place in (*layout.boxes.values(), *layout.frames.values()):
        assert place.x >= 0
        assert place.y >= 0
        assert place.right_x <= layout.width
        assert place.y + place.height <= layout.height
    for x, y in (point for route in layout.routes for point in route.points):
        assert 0 <= x <= layout.width
        assert 0 <= y <= layout.height


def test_many_leaves_of_one_parent_stand_in_rows_and_not_in_one_tall_column() -> None:
    layout = layout_flowchart(CHARTS["a star"])
    assert layout.columns == 2
    assert len({place.x for place in layout.boxes.values()}) > 3
    assert layout.height < 600


def test_the_words_on_lines_do_not_cover_each_other() -> None:
    nodes = {name: FlowchartNode("T", name, "0.10", STATUS) for name in "abcd"}
    pairs = [("a", "c"), ("a", "d"), ("b", "c"), ("b", "d")]
    edges = tuple(FlowchartEdge(a, b, "high risk", "==") for a, b in pairs)
    taken: list[tuple[float, float]] = []
    for route in layout_flowchart(Flowchart("Needs", nodes, edges)).routes:
        x, y = label_position(route, taken)
        assert all(abs(x - other) >= 76 or abs(y - down) >= 20 for other, down in taken)
        taken.append((x, y))


def width(part: ElementTree.Element) -> float:
    """How long a part of a bar is, from its path: `M12 91h65v4H12z`."""
    found = re.search(r"h([0-9.]+)v", part.get("d", ""))
    return float(found[1]) if found else 0


def test_a_box_says_how_its_key_results_stand_by_shape_words_and_bar() -> None:
    box = next(e for e in figure(SMALL).iter() if e.get("class") == "okr-item")
    words = [text.text for text in box.iter(f"{SVG}text")]
    assert words == ["Company", "0.48", "Grow", "1 of 3 at risk"]
    assert box.findtext(f".//{SVG}title") == "Company: Grow (0.48, 1 at risk, 2 on track)"
    sign, *bar = box.iter(f"{SVG}path")
    assert sign.get("class") == "okr-bad"
    assert [each.get("class") for each in bar] == ["okr-bad", "okr-good"]
    assert width(bar[1]) > 1.9 * width(bar[0])


def test_a_band_is_told_beside_a_bar_as_long_as_the_grade() -> None:
    node = FlowchartNode("Team", "Done", "0.50", (Part(Tone.WARN, 0, "Progress"),))
    svg = flowchart_figure(Flowchart("Closed", {"a": node}, ())).replace(
        " data-search-exclude>", ">"
    )
    _, rail, fill = ElementTree.fromstring(svg).iter(f"{SVG}path")
    assert (rail.get("class"), fill.get("class")) == ("okr-rail", "okr-warn")
    assert width(fill) == width(rail) / 2


def test_a_title_of_several_lines_is_one_text() -> None:
    node = FlowchartNode("Team", "Grow what matters most to all of our customers", "0.50")
    svg = flowchart_figure(Flowchart("Wide", {"a": node}, ())).replace(" data-search-exclude>", ">")
    texts = {e.get("class"): "".join(e.itertext()) for e in ElementTree.fromstring(svg).iter()}
    assert texts["okr-title"] == "Grow what matters most to all of our customers"


def test_a_line_shows_its_risk_in_words_and_in_its_weight() -> None:
    tree = figure(SMALL.replace("n_a --- n_b", "n_a == high risk ==> n_b"))
    classes = [e.get("class") for e in tree.iter(f"{SVG}path")]
    assert classes.count("okr-line okr-heavy") == 1
    assert [e.text for e in tree.iter(f"{SVG}text")].count("high risk") == 1


def test_each_line_names_the_boxes_at_its_ends_by_their_order() -> None:
    tree = figure(SMALL)
    names = [e.findtext(f".//{SVG}title") for e in tree.iter() if e.get("class") == "okr-item"]
    lines = [(e.get("data-from"), e.get("data-to")) for e in tree.iter() if e.get("data-from")]
    assert len(names) == 4
    assert all(names)
    assert ("0", "1") in lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two", ["one two"]),
        ("one two three fours", ["one two", "three…"]),
        ("abcdefghijklmnop", ["abcdefghij", "klmnop"]),
        ("東京東京東京", ["東京東京東", "京"]),
        ("", [""]),
    ],
)
def test_titles_break_at_words_and_end_with_an_ellipsis(text: str, lines: list[str]) -> None:
    assert list(wrap_text(text, 10, 2)) == lines


def test_superfences_draws_the_fence_of_a_page() -> None:
    custom = {"custom_fences": [{"name": "mermaid", "class": "mermaid", "format": fence_html}]}
    html = markdown.markdown(
        f"# Cascade\n\n```mermaid\n{SMALL}\n```\n\n- list",
        extensions=["pymdownx.superfences"],
        extension_configs={"pymdownx.superfences": custom},
    )
    assert html.count("<svg") == 1
    assert "flowchart" not in html
