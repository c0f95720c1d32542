"""Teams without a parent are peers: no page speaks of a company's own grade, or leaves one out."""

from __future__ import annotations

from datetime import date

from okr_states import TextTree
from okrdocs import words
from okrdocs.pipeline.build import page_texts
from okrdocs.pipeline.evaluate import evaluate

DAY = date(2026, 2, 5)
TEAM = """\
schema: 1
objectives:
  - id: o
    title: Objective of {team}
    closing_note: Half of it, and the harder half
    key_results: [{{id: a, title: A of {team}, baseline: 0, target: 10}}]
"""


def pages(teams: str) -> dict[str, str]:
    texts = {"okrs/okr.yml": f"schema: 1\norganization: Peers\nteams: {teams}\n"}
    texts |= {f"okrs/2026-Q1/{team}.yml": TEAM.format(team=team) for team in ("north", "south")}
    scores = evaluate(TextTree(texts), as_of=DAY, today=DAY).scores
    assert scores is not None
    return dict(page_texts(scores))


def test_among_peers_no_page_shows_a_companys_grade_and_the_document_shows_all_teams() -> None:
    found = pages("{north: {name: North}, south: {name: South}}")
    assert words.COMPANYS_GRADE not in found["index.md"]
    document = found["2026-Q1/index.md"]
    assert words.COMPANYS_GRADE not in document
    assert "Objective of north" in document
    assert "Objective of south" in document


def test_a_team_that_says_so_is_the_company() -> None:
    found = pages("{north: {name: North}, south: {name: South, company: true}}")
    assert words.COMPANYS_GRADE in found["index.md"]


def test_a_verdict_stands_on_the_teams_page_and_in_the_documents_retrospective() -> None:
    found = pages("{north: {name: North}, south: {name: South, parent: north}}")
    verdict = "Half of it, and the harder half"
    assert verdict in found["2026-Q1/south.md"]
    retrospective = found["2026-Q1/index.md"].split(f"{words.RETROSPECTIVE}\n")[-1]
    assert words.VERDICTS in retrospective
    assert verdict in retrospective
