"""The drawing of a cascade says what the flowchart says, and does nothing else."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import markdown
import pytest

from okrdocs.diagram import Chart, Node, chart_of, fence, layout_of, wrapped
from okrdocs.escape import mermaid

SVG = "{http://www.w3.org/2000/svg}"


def flowchart(labels: dict[str, str], edges: list[tuple[str, str]]) -> str:
    """A fence's content as the cascade page writes it; every box is a link."""
    lines = ["flowchart LR"]
    for name, title in labels.items():
        lines.append(
            f'    {name}["{mermaid("Company")}<br/>{mermaid(title)}<br/>{mermaid("0.48")}"]'
        )
    lines.extend(f"    {parent} --> {child}" for parent, child in edges)
    lines.extend(f'    click {name} href "../2025/company.md#{name}"' for name in labels)
    return "\n".join(lines)


SMALL = flowchart(
    {"n_a": "Grow", "n_b": "Sell", "n_c": "Build", "n_d": "Run"},
    [("n_a", "n_b"), ("n_b", "n_c"), ("n_a", "n_c"), ("n_c", "n_d")],
)


def figure(source: str) -> ElementTree.Element:
    """The drawing as a tree; it is well-formed XML, or this fails."""
    html = fence(source, "mermaid", "mermaid", {}, None)
    return ElementTree.fromstring(html.replace(" data-search-exclude>", ">"))


def shown(source: str) -> list[str]:
    return [text.text or "" for text in figure(source).iter(f"{SVG}text")]


def test_each_box_and_each_line_of_the_flowchart_is_drawn_once() -> None:
    tree = figure(SMALL)
    boxes = [e for e in tree.iter() if e.get("class") == "okr-node"]
    lines = [e for e in tree.iter() if e.get("class") == "okr-line"]
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
    assert target not in fence(source, "mermaid", "mermaid")
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
    assert chart_of('flowchart LR\n    a["x<br/>#9999999;<br/>0"]') is not None


def test_nothing_in_the_drawing_asks_another_host_runs_or_has_an_id() -> None:
    html = fence(SMALL, "mermaid", "mermaid").replace("http://www.w3.org/2000/svg", "")
    assert "//" not in html
    assert not re.search(r"<script|<style|\bid=|\bon\w+=|url\(", html)


def test_the_drawing_has_a_name_and_a_description_in_words() -> None:
    svg = figure(SMALL).find(f"{SVG}svg")
    assert svg is not None
    assert svg.findtext(f"{SVG}title") == "What ladders up to what"
    assert "4 objectives in 4 levels" in (svg.findtext(f"{SVG}desc") or "")


def test_one_flowchart_has_one_drawing() -> None:
    assert fence(SMALL, "mermaid", "mermaid") == fence(SMALL, "mermaid", "mermaid")


@pytest.mark.parametrize(
    "source",
    [
        "",
        "sequenceDiagram\n    A->>B: Hello",
        "flowchart TB\n    a --> b",
        "flowchart LR\n    a --> b",
        SMALL + "\n    style n_a fill:#f00",
        SMALL.replace("n_c --> n_d", "n_c --> n_x"),
        SMALL.replace("Company<br/>Grow", "Grow"),
        'flowchart LR\n    a["x<br/>y<br/>z"]\n    click b href "c.md"',
    ],
)
def test_a_flowchart_that_is_not_ours_stays_code(source: str) -> None:
    html = fence(source, "mermaid", "mermaid")
    assert html.startswith("<pre><code")
    assert "<svg" not in html


def test_code_that_is_not_drawn_is_escaped() -> None:
    assert "<script>" not in fence("<script>alert(1)</script>", "mermaid", "mermaid")


def test_the_longest_way_from_a_root_decides_on_the_column() -> None:
    chart = chart_of(SMALL)
    assert chart is not None
    columns = layout_of(chart).columns
    boxes = [[name for name in column if name in chart.nodes] for column in columns]
    assert boxes == [["n_a"], ["n_b"], ["n_c"], ["n_d"]]


def test_a_line_that_passes_a_column_has_its_own_place_there() -> None:
    chart = chart_of(SMALL)
    assert chart is not None
    layout = layout_of(chart)
    thread = next(name for name in layout.columns[1] if name not in chart.nodes)
    distance = abs(layout.middle[thread] - layout.middle["n_b"])
    assert distance > chart.nodes["n_b"].height / 2


def test_the_picture_holds_the_lines_that_run_below_all_boxes() -> None:
    svg = figure(SMALL).find(f"{SVG}svg")
    chart = chart_of(SMALL)
    assert svg is not None
    assert chart is not None
    assert max(layout_of(chart).middle.values()) < float(svg.get("height", "0"))


def test_lines_that_need_not_cross_do_not_cross() -> None:
    labels = dict.fromkeys(["a1", "a2", "a3", "b1", "b2", "b3"], "x")
    chart = chart_of(flowchart(labels, [("a1", "b3"), ("a2", "b2"), ("a3", "b1")]))
    assert chart is not None
    first, second = layout_of(chart).columns
    ends = dict(chart.edges)
    assert [ends[name] for name in first] == list(second)


def test_a_loop_ends_and_draws_every_box() -> None:
    source = flowchart({"n_a": "A", "n_b": "B"}, [("n_a", "n_b"), ("n_b", "n_a")])
    assert len(list(figure(source).iter(f"{SVG}a"))) == 2


def large(count: int) -> Chart:
    nodes = {
        f"n{n}": Node("Team", f"Objective {n} " * 3, "0.50", f"t{n}.html") for n in range(count)
    }
    edges = [(f"n{(n - 1) // 3}", f"n{n}") for n in range(1, count)]
    edges += [(f"n{n // 5}", f"n{n}") for n in range(20, count, 7)]
    return Chart(nodes, tuple(dict.fromkeys(edges)))


def test_no_box_lies_upon_another() -> None:
    chart = large(200)
    layout = layout_of(chart)
    for column in layout.columns:
        boxes = [name for name in column if name in chart.nodes]
        for upper, lower in pairwise(boxes):
            room = (chart.nodes[upper].height + chart.nodes[lower].height) / 2
            assert layout.middle[lower] - layout.middle[upper] >= room


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
    assert wrapped(text, 10, 2) == lines


def test_superfences_draws_the_fence_of_a_page() -> None:
    custom = {"custom_fences": [{"name": "mermaid", "class": "mermaid", "format": fence}]}
    html = markdown.markdown(
        f"# Cascade\n\n```mermaid\n{SMALL}\n```\n\n- list",
        extensions=["pymdownx.superfences"],
        extension_configs={"pymdownx.superfences": custom},
    )
    assert html.count("<svg") == 1
    assert "flowchart" not in html
