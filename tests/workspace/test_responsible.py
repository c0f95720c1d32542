"""Who is responsible: the key result's own people, else the objective's, else the team's lead."""

from __future__ import annotations

import pytest

from okrdocs.format.loader import load
from okrdocs.source.disk import File
from okrdocs.workspace.resolve import resolve
from okrdocs.workspace.responsible import named_people, responsible_people
from okrdocs.workspace.workspace import Ref, Workspace

REF = Ref("2025-Q1", "sales", "win", "deals")


def workspace_with(key_result: str = "", objective: str = "", lead: str = "") -> Workspace:
    okr = "schema: 1\norganization: Example\nteams:\n  sales: {name: Sales%s}\n" % (
        f", lead: {lead}" if lead else ""
    )
    team = (
        "schema: 1\nobjectives:\n  - id: win\n    title: Win\n"
        f"    {objective}\n    key_results:\n      - {{id: deals, title: Deals{key_result}}}\n"
    )
    documents, problems = load(
        [File("okrs/okr.yml", okr.encode()), File("okrs/2025-Q1/sales.yml", team.encode())]
    )
    workspace, unresolved = resolve(documents)
    assert workspace is not None
    assert not problems
    assert not unresolved
    return workspace


@pytest.mark.parametrize(
    ("key_result", "objective", "lead", "people"),
    [
        (", dri: ada, owner: [ben, eve]", "dri: max", "zoe", ("ada",)),
        (", owner: [ben, eve]", "dri: max", "zoe", ("ben", "eve")),
        ("", "dri: max\n    owner: ben", "zoe", ("max",)),
        ("", "owner: [max, ben]", "zoe", ("max", "ben")),
        ("", "", "zoe", ("zoe",)),
        ("", "", "", ()),
    ],
)
def test_the_nearest_who_is_named_is_responsible(
    key_result: str, objective: str, lead: str, people: tuple[str, ...]
) -> None:
    workspace = workspace_with(key_result, objective, lead)
    assert responsible_people(workspace.key_results[REF], workspace) == people


def test_the_people_of_a_key_result_dont_answer_for_its_objective() -> None:
    workspace = workspace_with(", dri: ada", "owner: max", "zoe")
    assert responsible_people(workspace.objectives[REF.parent], workspace) == ("max",)


def test_a_lead_isnt_named_by_the_key_result() -> None:
    workspace = workspace_with(lead="zoe")
    assert named_people(workspace.key_results[REF], workspace) == ()
