"""The cascade of a cycle, however deep or wide: a list and diagrams that everyone can draw."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import markdown
import pytest

from okrdocs.drawing.flowchart import fence
from okrdocs.drawing.flowchart.parse import chart_of
from okrdocs.pages.graph.cascade import DEEPEST, CascadeView, cascade_view
from okrdocs.pages.graph.mermaid import LONGEST_DIAGRAM, MOST_EDGES
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.source.disk import DiskTree

Repository = Callable[[Mapping[str, str]], Path]
Parents = Mapping[str, tuple[str, ...]]
View = Callable[..., CascadeView]
DAY = date(2025, 2, 1)


def company(parents: Parents, cycle: str = "2025-Q1") -> dict[str, str]:
    """Files of one cycle; each objective (`team/id`) with what it ladders up to."""
    teams: dict[str, list[dict[str, object]]] = {}
    for name, above in parents.items():
        team, _, objective = name.partition("/")
        held: dict[str, object] = {"id": objective, "title": f"Objective {name}"}
        teams.setdefault(team, []).append({**held, "ladders_up_to": list(above)} if above else held)
    files = {team: {"schema": 1, "objectives": held} for team, held in teams.items()}
    company, *others = teams
    names = {company: {"name": company}, **{t: {"name": t, "parent": company} for t in others}}
    okr = {"schema": 1, "organization": "Acme", "teams": names}
    dates = {"schema": 1, "start": "2025-01-01", "end": "2025-03-31"}
    return {
        "okr.yml": json.dumps(okr),
        f"{cycle}/cycle.yml": json.dumps(dates),
        **{f"{cycle}/{team}.yml": json.dumps(held) for team, held in files.items()},
    }


def chain(count: int) -> Parents:
    return {f"t/o{n}": (f"t/o{n - 1}",) if n else () for n in range(count)}


def star(count: int) -> Parents:
    return {"t/top": (), **{f"t/o{n}": ("t/top",) for n in range(count)}}


def tree(count: int, width: int) -> Parents:
    return {f"t/o{n}": (f"t/o{(n - 1) // width}",) if n else () for n in range(count)}


def crowd(count: int) -> Parents:
    """Each of the lower half ladders up to each of the upper half, which has one parent."""
    upper = {f"t/u{n}": ("t/top",) for n in range(count)}
    return {"t/top": (), **upper, **{f"t/l{n}": tuple(upper) for n in range(count)}}


@pytest.fixture
def view(a_repository: Repository) -> View:
    def made(parents: Parents, cycle: str = "2025-Q1") -> CascadeView:
        root = a_repository(company(parents, cycle))
        found = evaluate(DiskTree(root), as_of=DAY, today=DAY)
        assert found.scores is not None, found.problems
        held = cascade_view(found.scores.workspace.cycles[0], found.scores, f"{cycle}/index.md")
        assert held is not None
        return held

    return made


def drawn(view: CascadeView) -> set[tuple[str, str]]:
    """The edges of all diagrams, by the link of each end; every diagram can be drawn."""
    edges = set()
    for diagram in view.diagrams:
        chart = chart_of(diagram)
        assert chart is not None
        assert len(chart.edges) <= MOST_EDGES
        assert len(diagram) <= LONGEST_DIAGRAM
        edges |= {(chart.nodes[a].target, chart.nodes[b].target) for a, b, *_ in chart.edges}
    return {(a.partition("#")[2], b.partition("#")[2]) for a, b in edges}


def links(parents: Parents) -> set[tuple[str, str]]:
    pairs = {(up, name) for name, above in parents.items() for up in above}
    return {(up.partition("/")[2], name.partition("/")[2]) for up, name in pairs}


def told(view: CascadeView) -> set[str]:
    """The anchors that begin a line of the list."""
    lines = [*view.tree, *(line for branch in view.branches for line in branch.tree)]
    return {found[1] for _, text in lines if (found := re.search(r"^\[.*?#([\w-]+)\)", text))}


SHAPES = {
    "a chain": chain(600),
    "one root": tree(600, 3),
    "a wide root": tree(600, 25),
    "two roots": {**tree(200, 4), "s/r": (), "s/x": ("s/r",), "s/y": ("s/r", "t/o60")},
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_large_cascade_becomes_small_diagrams_that_draw_every_line(
    view: View, shape: str
) -> None:
    made = view(SHAPES[shape])
    assert drawn(made) == links(SHAPES[shape])
    assert len(made.diagrams) > 1
    assert not made.left_out


def test_a_small_cascade_is_one_diagram(view: View) -> None:
    made = view({**tree(25, 3), "s/r": (), "s/x": ("s/r",)})
    assert (len(made.diagrams), made.left_out) == (1, False)


def test_a_large_cascade_begins_with_the_company_and_what_is_directly_below_it(view: View) -> None:
    made = view(tree(60, 4))
    overview = chart_of(made.diagram)
    assert overview is not None
    assert [node.title for node in overview.nodes.values()] == [
        f"Objective t/o{n}" for n in range(5)
    ]
    assert [node.more for node in overview.nodes.values()] == ["", *["+4 below"] * 4]
    assert [branch.is_open for branch in made.branches] == [False]


def test_without_an_overview_the_first_branch_is_open(view: View) -> None:
    made = view({**star(70), "s/r": (), "s/x": ("s/r",), "s/y": ("s/x",)})
    assert not made.diagram
    assert [branch.is_open for branch in made.branches] == [True, False]


def test_each_branch_lists_all_that_is_below_it(view: View) -> None:
    made = view({**tree(200, 4), "s/r": (), "s/x": ("s/r",), "s/y": ("s/r", "t/o60")})
    assert told(made) == {*(f"o{n}" for n in range(200)), "r", "x", "y"}
    assert [len(branch.tree) for branch in made.branches] == [201, 3]
    assert "199 below" not in made.branches[0].summary
    assert "200 below" in made.branches[0].summary


def test_objectives_that_no_line_leads_to_are_named_beside_the_branches(view: View) -> None:
    made = view({**tree(60, 4), "s/lone": ()})
    assert ["s.md#lone" in text for text in made.alone] == [True]


def test_the_many_children_of_one_node_are_one_diagram(view: View) -> None:
    parents = {**star(100), "t/below": ("t/o7",)}
    made = view(parents)
    assert drawn(made) == links(parents)
    assert not made.left_out
    assert told(made) == {"top", "below", *(f"o{n}" for n in range(100))}


def test_a_diagram_with_too_many_lines_is_left_out(view: View) -> None:
    made = view(crowd(25))
    assert made.left_out
    assert (made.branches[0].diagram, len(made.branches[0].tree)) == ("", 651)


def test_a_diagram_with_too_much_text_is_left_out(view: View) -> None:
    assert not view(star(300)).left_out
    made = view({"t/top": (), **{f"t/o{n}{'-long' * 8}": ("t/top",) for n in range(400)}})
    assert (made.diagrams, made.left_out) == ((), True)
    assert len(made.branches[0].tree) == 401


def test_the_list_names_everything_and_says_where_the_deepest_belong(view: View) -> None:
    made = view(chain(600))
    assert told(made) == {f"o{n}" for n in range(600)}
    lines = made.branches[0].tree
    assert max(depth for depth, _ in lines) == DEEPEST
    at_the_limit, below = lines[DEEPEST][1], lines[DEEPEST + 1][1]
    assert "under" not in at_the_limit
    assert re.search(rf"under \[[^]]*o{DEEPEST}\]\(t\.md#o{DEEPEST}\)$", below)
    text = "\n".join(f"{'    ' * depth}- {line}" for depth, line in lines)
    assert len(text) < 200 * 600
    assert markdown.markdown(text).count("<li>") == 600


def test_a_page_without_a_diagram_says_so_and_keeps_the_list(
    a_repository: Repository, okr: Callable[..., object]
) -> None:
    root = a_repository(company(crowd(25)))
    okr(root, "generate", "--as-of", "2025-02-01")
    page = (root / "docs/okrs/2025-Q1/index.md").read_text("utf-8")
    assert "too large for a diagram" in page
    assert "        - [t 51: Objective t/l24](t.md#l24)" in page


def test_fold_outs_of_a_page_hold_drawings_and_lists(
    a_repository: Repository, okr: Callable[..., object]
) -> None:
    root = a_repository(company({**tree(60, 4), "s/lone": ()}))
    okr(root, "generate", "--as-of", "2025-02-01")
    page = (root / "docs/okrs/2025-Q1/index.md").read_text("utf-8")
    custom = {"custom_fences": [{"name": "mermaid", "class": "mermaid", "format": fence}]}
    html = markdown.markdown(
        page,
        extensions=["md_in_html", "tables", "pymdownx.superfences"],
        extension_configs={"pymdownx.superfences": custom},
    )
    assert html.count("<svg xmlns") == 2
    assert "flowchart" not in html
    fold = html[html.index('<details class="okr-branch"') : html.index("On their own")]
    assert fold.count("<details") == fold.count("</details>") == 2
    assert "<summary>t 1: Objective t/o0 <strong>–</strong> <span" in fold
    assert fold.count("<li>") == 60


@pytest.mark.parametrize("cycle", ["2025-Q1", "2025_Q1"])
def test_no_two_objectives_share_a_box(view: View, cycle: str) -> None:
    parents: Parents = {
        "a/b-c": (),
        "a-b/c": ("a/b-c",),
        "a/b": ("a/b-c",),
        "a/c": ("a/b",),
        "a-b/c-d": ("a/c",),
        "a/b-c-d": ("a/c",),
    }
    made = view(parents, cycle)
    chart = chart_of(made.diagrams[0])
    assert chart is not None
    assert (len(chart.nodes), len(chart.edges)) == (6, 5)


def test_cycles_that_differ_in_one_sign_have_boxes_of_their_own(a_repository: Repository) -> None:
    files = company({"a/top": ()}, "2025-Q1") | company({"a/top": ("2025-Q1:a/top",)}, "2025_Q1")
    root = a_repository(files)
    found = evaluate(DiskTree(root), as_of=DAY, today=DAY)
    assert found.scores is not None, found.problems
    cycle = found.scores.workspace.cycle("2025_Q1")
    assert cycle is not None
    made = cascade_view(cycle, found.scores, "2025_Q1/index.md")
    assert made is not None
    chart = chart_of(made.diagrams[0])
    assert chart is not None
    assert (len(chart.nodes), len(chart.edges)) == (2, 1)
