"""The page of metrics: what it shows, how it stays readable, and what leads to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import pytest

from grading.test_metrics import ARR, TEAM, arr, scores
from okrdocs.drawing.flowchart.parse import Flowchart, parse_flowchart
from okrdocs.drawing.progress.fence_text import parse_fence_text
from okrdocs.grading.results import Scores
from okrdocs.pages.graph.mermaid import LARGEST_DIAGRAM
from okrdocs.pages.metrics.chart import metric_chart
from okrdocs.pipeline.build import page_texts

LATE = date(2025, 3, 20)
TREE = """\
schema: 1
metrics:
  arr:
    name: Recurring revenue
    short: ARR
    owner: ada
    better: higher
    targets: [{cycle: 2025-Q1, target: $10M}]
  teams:
    name: Teams that work every week
    north_star: true
    definition: Teams with *four* people.
    drives: [arr]
    predicts: [nps]
    indicator: leading
    values: [{date: 2025-02-03, value: 900 teams}, {date: 2025-02-10, value: 920 teams}]
  invitations: {name: Invitations, drives: [teams], values: [{date: 2025-02-10, value: 1 deal}]}
  nps: {name: "Net | promoter", balanced_by: [arr], owner: ada}
"""


def pages(metrics: str = TREE, **files: str) -> Mapping[str, str]:
    return page_texts(scores(metrics, LATE, **files))


def page(metrics: str = TREE, **files: str) -> str:
    return pages(metrics, **files)["metrics.md"]


def charts(text: str) -> list[Flowchart]:
    """The diagrams of a page; the site draws each of them."""
    found = [parse_flowchart(each) for each in re.findall(r"(?s)```mermaid\n(.*?)```", text)]
    known = [chart for chart in found if chart is not None]
    assert len(known) == len(found)
    return known


def section(text: str, name: str) -> str:
    return text.split(f'<h2 id="metric-{name}"')[1].split("<h2 id=", 1)[0]


# ------------------------------------------------------------------- what it shows


def test_without_metrics_there_is_no_page_and_nothing_leads_to_one() -> None:
    texts = pages("", team=TEAM.replace("        metric: arr\n", ""))
    assert "metrics.md" not in texts
    assert not any("metrics.md" in text or "metric-" in text for text in texts.values())


def test_an_empty_file_of_metrics_makes_no_page_either() -> None:
    texts = pages("schema: 1\n", team=TEAM.replace("        metric: arr\n", ""))
    assert "metrics.md" not in texts


def test_the_north_star_comes_first_with_what_drives_it_directly() -> None:
    star = page().split("## North Star")[1].split("## ")[0]
    assert "Teams with *four* people." in star
    rows = [
        line.split("]")[0].removeprefix("| [") for line in star.splitlines() if "metric-" in line
    ]
    assert rows[1:] == ["Teams that work every week", "Invitations"]


def test_the_table_says_where_the_latest_value_is_from_and_what_is_certain_of_the_target() -> None:
    table = page().split("## All metrics")[1].split("<h2")[0]
    assert "$11M<br><small>2025-03-10, [Company 1, KR1, Q1 2025]" in table
    assert "](2025-Q1/company.md#grow--arr)</small> | $10M<br><small>Q1 2025: reached" in table
    assert "| [Net &#124; promoter](#metric-nps) | – | – | – | [Ada](people/ada.md) |" in table


def test_a_metric_shows_both_ends_of_its_relations_and_who_moves_it() -> None:
    text = page()
    assert "**Driven by:** [Teams that work every week](#metric-teams)" in section(text, "arr")
    assert "**Drives:** [Recurring revenue](#metric-arr)" in section(text, "teams")
    assert "**Predicted by:** [Teams that work every week]" in section(text, "nps")
    assert "**Kept honest by:** [Recurring revenue]" in section(text, "nps")
    row = "| [Company 1, KR1: ARR](2025-Q1/company.md#grow--arr) | Q1 2025 | $11M<br>"
    assert row in section(text, "arr")
    assert "| 0.75 |" in section(text, "arr")


def test_the_values_say_where_each_is_from_newest_first() -> None:
    rows = section(page(ARR), "arr").split("| Date | Value |")[1]
    days = re.findall(r"(?m)^\| (\d{4}-\d\d-\d\d) \| (\S+) \| (\[Company|entered)", rows)
    assert days == [
        ("2025-03-10", "$11M", "[Company"),
        ("2025-02-28", "$10.5M", "entered"),
        ("2025-02-10", "$10.2M", "[Company"),
        ("2025-01-31", "$9.8M", "entered"),
    ]
    assert "| entered here | Counted late |" in rows


def test_of_many_values_the_newest_are_listed_and_the_rest_is_counted() -> None:
    days = ", ".join(f"{{date: 2025-01-{n:02}, value: ${n}M}}" for n in range(1, 21))
    text = section(page(arr(f"values: [{days}]")), "arr")
    assert "Values (22)" in text
    assert "10 earlier ones aren't listed here." in text
    assert "| $8M |" not in text


def test_a_key_result_in_another_unit_says_so() -> None:
    text = section(page(arr("values: [{date: 2025-01-31, value: 5 deals}]")), "arr")
    assert "in another unit, so its values don't count here" in text


# ------------------------------------------------------------------- the picture


def picture(metrics: str) -> str:
    held = scores(metrics, LATE)
    return metric_chart(held.metrics["arr"], LATE).removeprefix("```progress\n").removesuffix("```")


def test_the_picture_holds_all_values_and_the_target_of_the_present_cycle() -> None:
    shown = parse_fence_text(picture(ARR + '    targets: [{cycle: 2025-Q1, target: "≥$11.5M"}]\n'))
    assert shown is not None
    assert [mark.text for _, mark in shown.values] == ["$9.8M", "$10.2M", "$10.5M", "$11M"]
    assert [mark.number for _, mark in shown.values] == [9.8, 10.2, 10.5, 11]
    assert (shown.start, shown.end) == (date(2025, 1, 31), date(2025, 3, 31))
    assert shown.keep_range is not None
    assert (shown.keep_range.low, shown.keep_range.high) == (11.5, None)


def test_a_single_value_makes_no_picture() -> None:
    team = TEAM.replace(", {date: 2025-03-10, value: $11M}", "")
    held = scores(arr("short: A"), LATE, team=team)
    assert metric_chart(held.metrics["arr"], LATE) == ""


# ------------------------------------------------------------------- what drives what


def test_few_metrics_make_one_diagram_whose_boxes_lead_to_them() -> None:
    (chart,) = charts(page())
    assert {node.title: node.target for node in chart.nodes.values()} == {
        "Teams that work every week": "#metric-teams",
        "ARR": "#metric-arr",
        "Invitations": "#metric-invitations",
    }
    assert len(chart.edges) == 2
    assert chart.title == "What drives what"


def test_a_box_shows_kind_day_and_value_and_a_value_is_no_count() -> None:
    nodes = {node.title: node for node in charts(page())[0].nodes.values()}
    star, one = nodes["Teams that work every week"], nodes["Invitations"]
    assert (star.team, star.grade) == ("★ North Star", "10 Feb")
    assert [(p.tone, p.number, p.word) for p in star.status] == [("none", 0, "920\u00a0teams")]
    assert [(p.number, p.word) for p in one.status] == [(0, "1\u00a0deal")]
    assert nodes["ARR"].status[0].tone == "good"


def test_a_box_says_the_year_of_a_day_that_lies_in_another_one() -> None:
    text = page(TREE.replace("date: 2025-02-10, value: 1 deal", "date: 2022-02-10, value: 1 deal"))
    (chart,) = charts(text)
    labels = str(chart)
    assert "10 Feb 2022" in labels
    assert "10 Feb 2025" not in labels


def test_a_section_calls_its_value_the_latest_and_not_that_of_now() -> None:
    assert "**Latest value** 920 teams" in section(page(), "teams")


def test_the_list_says_the_same_and_stops_where_it_was_said() -> None:
    text = "schema: 1\nmetrics:\n  arr: {name: A}\n  b: {name: B, drives: [arr]}\n"
    text += "  c: {name: C, drives: [arr, b]}\n  d: {name: D, drives: c}\n"
    tree = page(text).split("As a list")[1].split("</details>")[0]
    assert re.findall(r"(?m)^( *)- \[(\w)\].*?(\(see above\))?$", tree) == [
        ("", "A", ""),
        ("    ", "B", ""),
        ("        ", "C", ""),
        ("            ", "D", ""),
        ("    ", "C", "(see above)"),
    ]


def many(count: int, width: int) -> str:
    """So many metrics, each of which is driven by some of the next ones."""
    lines = [f"  m{n}: {{name: M{n}{', drives: m' + str((n - 1) // width) if n else ''}}}\n"
             for n in range(count)]  # fmt: skip
    return "schema: 1\nmetrics:\n" + "".join(lines)


@pytest.mark.parametrize(("count", "width"), [(12, 3), (60, 4), (200, 2), (200, 6), (200, 199)])
def test_a_tree_of_any_size_is_drawn_whole_in_diagrams_that_can_be_read(
    count: int, width: int
) -> None:
    text = page(many(count, width), team=TEAM.replace("        metric: arr\n", ""))
    found = charts(text)
    lines = {
        (chart.nodes[edge.start].title, chart.nodes[edge.end].title)
        for chart in found
        for edge in chart.edges
    }
    assert len(lines) == count - 1
    largest = max(len(chart.nodes) for chart in found)
    assert largest <= max(LARGEST_DIAGRAM, width + 1)
    assert (len(found) == 1) == (count == 12 or width > LARGEST_DIAGRAM)
    assert "are too large for a diagram" not in text
    listed = re.findall(r"(?m)^ *- \[(M\d+)\]\(#metric-m\d+\)", text)
    assert len(set(listed)) == count


def test_many_tops_are_unfolded_one_by_one() -> None:
    lines = "".join(f"  t{n}: {{name: T{n}}}\n" for n in range(40))
    lines += "".join(f"  u{n}: {{name: U{n}, drives: t{n}}}\n" for n in range(40))
    text = page(f"schema: 1\nmetrics:\n{lines}", team=TEAM.replace("        metric: arr\n", ""))
    assert text.count('<details class="okr-branch"') == 40
    assert text.count('<details class="okr-branch" open') == 1
    assert "T0 <strong>–</strong> <small>1 below</small>" in text


# ------------------------------------------------------------------- what leads to it


def test_now_shows_the_north_star_and_the_way_to_all() -> None:
    now = pages()["index.md"]
    line = "★ [Teams that work every week](metrics.md#metric-teams): **920 teams**"
    assert line in now
    assert "[All metrics, and what drives what](metrics.md)" in now
    assert "[All metrics, and what drives what](metrics.md)" in pages(ARR)["index.md"]


def test_a_key_result_and_its_owner_lead_to_the_metric() -> None:
    texts = pages()
    link = "Metric: [Recurring revenue](../metrics.md#metric-arr)"
    assert link in texts["2025-Q1/company.md"]
    assert link in texts["2025-Q1/document.md"]
    person = texts["people/ada.md"].split("## Metrics")[1]
    assert re.findall(r"metric-(\w+)", person) == ["arr", "nps"]


def test_a_draft_marks_itself_and_says_no_value() -> None:
    team = TEAM.replace("        title: ARR\n", "        title: ARR\n        visibility: draft\n")
    held: Scores = scores(ARR, LATE, team=team)
    assert [r.origin for r in held.metrics["arr"].readings] == [None, None]
    assert "KR1: ARR (draft)](2025-Q1/company.md#grow--arr)" in page_texts(held)["metrics.md"]
