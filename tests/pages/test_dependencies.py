"""Who needs whom, as a picture: each line once, its risk in words, none where it says nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from okrdocs.drawing.flowchart.parse import Chart, chart_of
from okrdocs.pages.graph.dependencies import DependenciesView, dependencies_view
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.source.disk import DiskTree

Repository = Callable[[Mapping[str, str]], Path]
Needs = Mapping[str, Sequence[object]]
View = Callable[[Needs], DependenciesView | None]
DAY = date(2025, 2, 1)


def company(needs: Needs) -> dict[str, str]:
    """Files of one cycle; each objective (`team/id`) with what it depends on."""
    teams: dict[str, list[dict[str, object]]] = {}
    for name, held in needs.items():
        team, _, objective = name.partition("/")
        entry: dict[str, object] = {
            "id": objective,
            "title": f"Objective {name}",
            "dependencies": held,
        }
        teams.setdefault(team, []).append(entry)
    first, *others = teams
    names = {first: {"name": first}, **{t: {"name": t, "parent": first} for t in others}}
    files = {t: json.dumps({"schema": 1, "objectives": held}) for t, held in teams.items()}
    return {
        "okr.yml": json.dumps({"schema": 1, "organization": "Acme", "teams": names}),
        "2025-Q1/cycle.yml": json.dumps({"schema": 1}),
        **{f"2025-Q1/{team}.yml": text for team, text in files.items()},
    }


@pytest.fixture
def view(a_repository: Repository) -> View:
    def made(needs: Needs) -> DependenciesView | None:
        found = evaluate(DiskTree(a_repository(company(needs))), as_of=DAY, today=DAY)
        assert found.scores is not None, found.problems
        cycle = found.scores.workspace.cycles[0]
        return dependencies_view(cycle, found.scores, "2025-Q1/index.md")

    return made


def chart(diagram: str) -> Chart:
    found = chart_of(diagram)
    assert found is not None
    return found


def lines(diagram: str) -> list[tuple[str, str, str]]:
    """Each line: the titles of its ends, and the words on it."""
    found = chart(diagram)
    return [(found.nodes[e.start].title, found.nodes[e.end].title, e.words) for e in found.edges]


def need(what: str, risk: str) -> dict[str, object]:
    return {"needs": [what], "risk": risk}


def test_a_line_leads_from_who_needs_to_what_is_needed_with_the_risk_in_words(view: View) -> None:
    made = view({"a/one": [need("b/two", "high"), "Legal reads it"], "b/two": []})
    assert made is not None
    assert (made.everything, made.teams) == (True, ())
    assert lines(made.diagram) == [
        ("Objective a/one", "Objective b/two", "high risk"),
        ("Objective a/one", "Legal reads it", ""),
    ]
    assert "==>" in made.diagram
    outside = [node for node in chart(made.diagram).nodes.values() if node.outside]
    assert [(node.team, node.target) for node in outside] == [("Outside the OKRs", "")]


@pytest.mark.parametrize(
    ("risk", "sign"),
    [("high", "== high risk ==>"), ("medium", "-- medium risk -->"), ("low", "-. low risk .->")],
)
def test_each_risk_has_words_and_a_line_of_its_own(view: View, risk: str, sign: str) -> None:
    made = view({"a/one": [need("b/two", risk), "Legal"], "b/two": []})
    assert made is not None
    assert sign in made.diagram


def test_the_highest_of_several_risks_between_two_is_shown(view: View) -> None:
    needs = [need("b/two", risk) for risk in ("low", "high", "medium")]
    made = view({"a/one": [*needs, "Legal"], "b/two": []})
    assert made is not None
    assert [words for *_, words in lines(made.diagram)] == ["high risk", ""]


def test_one_dependency_is_no_picture(view: View) -> None:
    assert view({"a/one": ["b/two", "a/one"], "b/two": []}) is None


def test_two_that_need_each_other_are_both_drawn(view: View) -> None:
    made = view({"a/one": ["b/two"], "b/two": ["a/one"]})
    assert made is not None
    assert len(lines(made.diagram)) == 2


@pytest.mark.parametrize("text", ["x --> y", '"]; click n1 href "http://x"', "<b>", "a<br/>b"])
def test_what_a_person_wrote_stays_words(view: View, text: str) -> None:
    made = view({"a/one": [{"needs": [f"Legal: {text}"]}, "Finance"], "b/two": []})
    assert made is not None
    assert f"Legal: {text}" in [node.title for node in chart(made.diagram).nodes.values()]


def test_many_are_shown_by_risk_and_then_by_team(view: View) -> None:
    crowd: dict[str, Sequence[object]] = {
        f"t{n}/o": [need("a/one", "high" if n < 3 else "low"), "Legal"] for n in range(40)
    }
    made = view({"a/one": [], **crowd})
    assert made is not None
    assert not made.everything
    assert {words for *_, words in lines(made.diagram)} == {"high risk"}
    assert len(made.teams) == 40
    assert made.teams[0].summary == "What t0 needs <small>2</small>"
