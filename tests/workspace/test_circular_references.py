"""What ladders up to what never goes in a circle; a circle is printed whole."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Mapping

import pytest

from okrdocs.format.loader import load_documents
from okrdocs.problem import Problem
from okrdocs.source.disk import File
from okrdocs.workspace.circular_references import MAX_LOOPS_REPORTED
from okrdocs.workspace.resolve import resolve

OKR = b"schema: 1\norganization: Example\nteams: {c: {name: C}, t: {name: T, parent: c}}\n"


def problems_of(upward: Mapping[str, Iterable[str]]) -> list[Problem]:
    """The problems of objectives `team/id`, each with a key result `kr`, by what is above them."""
    texts = {"c": "schema: 1\nobjectives:\n", "t": "schema: 1\nobjectives:\n"}
    for ref, above in upward.items():
        team, _, name = ref.partition("/")
        texts[team] += (
            f"  - {{id: {name}, title: T, key_results: [{{id: kr, title: K}}],"
            f" ladders_up_to: [{', '.join(above)}]}}\n"
        )
    files = [File(f"okrs/2025-Q1/{team}.yml", text.encode()) for team, text in texts.items()]
    documents, problems = load_documents([File("okrs/okr.yml", OKR), *files])
    assert not problems
    return list(resolve(documents)[1])


def chains(upward: Mapping[str, Iterable[str]]) -> list[str]:
    found = problems_of(upward)
    assert {p.code for p in found} <= {"loop"}
    return [p.message.split("circle: ")[1].replace("`", "") for p in found]


@pytest.mark.parametrize(
    ("upward", "loops"),
    [
        ({"c/a": [], "c/b": ["c/a"], "t/x": ["c/b", "c/a"]}, []),
        ({"c/a": ["a"]}, ["c/a → c/a."]),
        ({"c/a": ["'a#kr'"]}, ["c/a → c/a."]),
        ({"c/a": ["b"], "c/b": ["a"]}, ["c/a → c/b → c/a."]),
        ({"c/b": ["a"], "c/a": ["t/x"], "t/x": ["c/b"]}, ["c/a → t/x → c/b → c/a."]),
        ({"c/a": ["'t/x#kr'"], "t/x": ["c/b"], "c/b": ["'c/a#kr'"]}, ["c/a → t/x → c/b → c/a."]),
        ({"c/a": ["b"], "c/b": ["a"], "t/x": ["y"], "t/y": ["x"]},
         ["c/a → c/b → c/a.", "t/x → t/y → t/x."]),
        ({"c/a": ["b", "t/x"], "c/b": ["a"], "t/x": ["c/a"]},
         ["c/a → c/b → c/a.", "c/a → t/x → c/a."]),
        ({"t/z": ["c/a"], "c/a": ["b"], "c/b": ["a"]}, ["c/a → c/b → c/a."]),
    ],
    ids=["none", "itself", "its own key result", "two", "three", "through key results",
         "two apart", "two that touch", "something below a loop"],
)  # fmt: skip
def test_each_loop_is_printed_whole_from_its_smallest_reference(
    upward: Mapping[str, list[str]], loops: list[str]
) -> None:
    assert sorted(chains(upward)) == loops


def test_a_loop_is_told_where_its_first_objective_says_what_is_above_it() -> None:
    (found,) = problems_of({"c/a": ["t/x"], "t/x": ["c/a"]})
    assert (found.span.path, found.span.line, found.span.column) == ("okrs/2025-Q1/c.yml", 3, 73)
    assert found.hint.startswith("Remove one of the links")


def test_four_levels_and_more_are_no_loop() -> None:
    upward: dict[str, list[str]] = {"c/o0": []}
    upward |= {f"c/o{n}": [f"'o{n - 1}#kr'"] for n in range(1, 12)}
    assert not chains(upward)


def wide(down_to: int) -> dict[str, list[str]]:
    """2,000 objectives, each below ten others; with `down_to` some links go back down."""
    chance = random.Random(7)
    nodes = {f"c/o{n}": sorted({f"o{chance.randrange(n)}" for _ in range(10)}) if n else []
             for n in range(2000)}  # fmt: skip
    for n in range(down_to):
        nodes[f"c/o{n}"].append(f"o{chance.randrange(n, 2000)}")
    return nodes


def test_a_wide_net_of_2000_objectives_takes_no_time() -> None:
    began = time.process_time()
    assert not chains(wide(0))
    assert time.process_time() - began < 3


def test_of_a_tangle_some_loops_are_told_and_not_millions() -> None:
    began = time.process_time()
    assert len(chains(wide(1000))) == MAX_LOOPS_REPORTED
    assert time.process_time() - began < 3
