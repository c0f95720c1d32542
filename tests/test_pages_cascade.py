"""The cascade of a cycle, however deep or wide: a list and diagrams that everyone can draw."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import markdown
import pytest

from okrdocs.diagram import chart_of
from okrdocs.pages.cascade import (
    DEEPEST,
    LARGEST_DIAGRAM,
    LONGEST_DIAGRAM,
    MOST_EDGES,
    CascadeView,
    cascade_view,
)
from okrdocs.study import study
from okrdocs.tree import DiskTree

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
        found = study(DiskTree(root), as_of=DAY, today=DAY)
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
        assert len(chart.nodes) <= LARGEST_DIAGRAM
        assert len(chart.edges) <= MOST_EDGES
        assert len(diagram) <= LONGEST_DIAGRAM
        edges |= {(chart.nodes[a].target, chart.nodes[b].target) for a, b in chart.edges}
    return {(a.partition("#")[2], b.partition("#")[2]) for a, b in edges}


def links(parents: Parents) -> set[tuple[str, str]]:
    pairs = {(up, name) for name, above in parents.items() for up in above}
    return {(up.partition("/")[2], name.partition("/")[2]) for up, name in pairs}


def told(view: CascadeView) -> set[str]:
    """The anchors that begin a line of the list."""
    return {found[1] for _, text in view.tree if (found := re.search(r"^\[.*?#([\w-]+)\)", text))}


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
    made = view({**tree(30, 3), "s/r": (), "s/x": ("s/r",)})
    assert (len(made.diagrams), made.left_out) == (1, False)


def test_a_node_with_too_many_children_has_no_diagram_but_its_list(view: View) -> None:
    parents = {**star(100), "t/below": ("t/o7",)}
    made = view(parents)
    assert drawn(made) == {("o7", "below")}
    assert made.left_out
    assert len(made.tree) == 102


def test_a_diagram_with_too_many_lines_is_left_out(view: View) -> None:
    made = view(crowd(25))
    assert (made.diagrams, made.left_out) == ((), True)


def test_a_diagram_with_too_much_text_is_left_out(view: View) -> None:
    short, long = crowd(20), f"a{'-long' * 9}-"
    made = view(short)
    assert (len(made.diagrams), made.left_out) == (1, False)
    names = {name: name.replace("/", f"/{long[:40]}-") for name in short}
    made = view({names[name]: tuple(names[up] for up in above) for name, above in short.items()})
    assert (made.diagrams, made.left_out) == ((), True)


def test_the_list_names_everything_and_says_where_the_deepest_belong(view: View) -> None:
    made = view(chain(600))
    assert told(made) == {f"o{n}" for n in range(600)}
    assert max(depth for depth, _ in made.tree) == DEEPEST
    at_the_limit, below = made.tree[DEEPEST][1], made.tree[DEEPEST + 1][1]
    assert "under" not in at_the_limit
    assert re.search(rf"under \[[^]]*o{DEEPEST}\]\(t\.md#o{DEEPEST}\)$", below)
    text = "\n".join(f"{'    ' * depth}- {line}" for depth, line in made.tree)
    assert len(text) < 200 * 600
    assert markdown.markdown(text).count("<li>") == 600


def test_a_page_without_a_diagram_says_so_and_keeps_the_list(
    a_repository: Repository, okr: Callable[..., object]
) -> None:
    root = a_repository(company(star(100)))
    okr(root, "generate", "--as-of", "2025-02-01")
    page = (root / "docs/okrs/2025-Q1/index.md").read_text("utf-8")
    assert "```mermaid" not in page
    assert "too large for a diagram" in page
    assert "    - [t 101: Objective t/o99](t.md#o99)" in page


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
    found = study(DiskTree(root), as_of=DAY, today=DAY)
    assert found.scores is not None, found.problems
    cycle = found.scores.workspace.cycle("2025_Q1")
    assert cycle is not None
    made = cascade_view(cycle, found.scores, "2025_Q1/index.md")
    assert made is not None
    chart = chart_of(made.diagrams[0])
    assert chart is not None
    assert (len(chart.nodes), len(chart.edges)) == (2, 1)
