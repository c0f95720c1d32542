"""What a team's page says below and beside the numbers of its key results."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from okrdocs.pipeline.build import page_texts
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.source.disk import DiskTree

ORGANIZATION = (
    "schema: 1\norganization: Acme\nteams:\n"
    "  company: {name: Acme}\n  product: {name: Product, parent: company}\n"
)
HEAD = "schema: 1\nobjectives:\n  - id: growth\n    title: Grow\n    key_results:\n"
OWNERS = "the sign before it is the owner's own judgement"
GUARDRAILS = "The sign before a guardrail's word is the owner's own judgement"
DURING, AFTER = date(2025, 2, 12), date(2025, 4, 20)

Team = Callable[..., str]


@pytest.fixture
def team(a_repository: Callable[[Mapping[str, str]], Path]) -> Team:
    """A team's page on a day; the key results are the company's, given as fields of YAML.

    A text of whole lines begins another objective.
    """

    def made(*key_results: str, day: date = DURING, of: str = "company", status: str = "") -> str:
        lines = "".join(
            fields
            if fields.endswith("\n")
            else f"      - {{id: kr-{number}, title: Sell, {fields}}}\n"
            for number, fields in enumerate(key_results)
        )
        root = a_repository(
            {
                "okr.yml": ORGANIZATION,
                "2025-Q1/cycle.yml": f"schema: 1\nstatus: {status}\n",
                "2025-Q1/company.yml": HEAD + lines,
                "2025-Q1/product.yml": "schema: 1\n",
            }
        )
        found = evaluate(DiskTree(root), as_of=day, today=day)
        assert found.scores is not None, [str(p) for p in found.problems]
        return page_texts(found.scores)[f"2025-Q1/{of}.md"]

    return made


def sold(value: str, more: str = "") -> str:
    return f"baseline: 0, target: 100, check_ins: [{{date: 2025-02-10, value: {value}{more}}}]"


COLOURED = sold("40", ", rag: green")
KEPT = "target: ≤5%, check_ins: [{date: 2025-02-10, value: 4%, rag: green}]"


# ------------------------------------------------------------------- whose sign it is


def test_signs_are_the_owner_s_only_where_an_owner_gave_one(team: Team) -> None:
    assert OWNERS in team(COLOURED)
    assert "judgement" not in team(sold("40"))


@pytest.mark.parametrize("status", ["", "closed"])
def test_after_the_end_no_sign_is_called_the_owner_s(team: Team, status: str) -> None:
    assert "judgement" not in team(COLOURED, sold("90"), day=AFTER, status=status)


def test_after_the_end_a_guardrail_keeps_its_owner_s_sign(team: Team) -> None:
    said = team(f"guardrail: true, {KEPT}", sold("90"), day=AFTER)
    assert GUARDRAILS in said
    assert OWNERS not in said


def test_a_shared_key_result_brings_its_owner_s_sign_along(team: Team) -> None:
    assert OWNERS in team(f"with: [product], {COLOURED}", of="product")
    assert "judgement" not in team(COLOURED, of="product")


# ------------------------------------------------------------------- what isn't in the mean

LEFT_OUT = "grade: {value: n/a, reason: Moved}"
DROPPED = "dropped: {date: 2025-02-11, reason: Moved}"


@pytest.mark.parametrize(
    ("outside", "said"),
    [
        ([LEFT_OUT], "0.60 with what was left out<"),
        ([DROPPED], "0.60 with what was dropped<"),
        ([LEFT_OUT, DROPPED], "0.53 with what was dropped or left out<"),
        ([f"guardrail: true, {KEPT}, {DROPPED}", LEFT_OUT], "0.60 with what was left out<"),
    ],
)
def test_the_second_mean_says_what_it_holds(team: Team, outside: list[str], said: str) -> None:
    key_results = (each if "target" in each else f"{sold('40')}, {each}" for each in outside)
    text = team(sold("80"), *key_results)
    assert said in text


@pytest.mark.parametrize(("fields", "word"), [(LEFT_OUT, "left out"), (DROPPED, "dropped")])
def test_the_second_mean_of_a_team_says_what_it_holds(team: Team, fields: str, word: str) -> None:
    more = f"  - id: b\n    title: B\n    {fields}\n    key_results:\n"
    text = team(sold("80"), more, sold("40"))
    said = f"1 of 1 key results reported; 0.60 with what was {word}"
    assert f"<strong>Grade</strong> <strong>0.80</strong> <small>{said}<" in text


# ------------------------------------------------------------------- targets as written


@pytest.mark.parametrize(
    ("target", "cell"),
    [
        ("target: 0 clicks", "0 clicks"),
        ("target: ≤5 clicks", "≤5 clicks"),
        ("target: 5 clicks, measure: at_most", "5 clicks<br><small>or less</small>"),
        ("target: 5 clicks, measure: at_least", "5 clicks<br><small>or more</small>"),
        ("target: 0 clicks, measure: at_most", "0 clicks"),
        ("target: 0 clicks, measure: at_least", "0 clicks<br><small>or more</small>"),
    ],
)
def test_a_target_is_shown_as_written(team: Team, target: str, cell: str) -> None:
    text = team(f"{target}, check_ins: [{{date: 2025-02-10, value: 4 clicks}}]")
    assert f" | {cell} | 4 clicks<br>" in text


def test_the_explanation_says_how_a_target_is_read(team: Team) -> None:
    text = team("target: 0 clicks, check_ins: [{date: 2025-02-10, value: 4 clicks}]")
    assert "4 clicks doesn't hold ≤0 clicks" in text
    assert "Target: 0 clicks (0 and less)" in text


# ------------------------------------------------------------------- words without a mark


def test_a_mean_says_how_many_are_not_in_it_for_want_of_a_mark(team: Team) -> None:
    said = "measure: judged, check_ins: [{date: 2025-02-10, value: dull}]"
    text = team("target: 10, check_ins: [{date: 2025-02-10, value: 4}]", said)
    assert "2 of 2 reported, 1 not graded yet" in text
    assert "2 of 2 key results reported; 1 not graded yet" in text


def renamed_pages(a_repository: Callable[[Mapping[str, str]], Path]) -> Mapping[str, str]:
    root = a_repository(
        {
            "okr.yml": ORGANIZATION.replace("{name: Product,", "{name: Product, was: wares,"),
            "2025-Q1/company.yml": """\
schema: 1
objectives:
  - id: growth
    was: [grow, growing]
    title: Grow
    key_results:
      - {id: arr, was: revenue, title: Sell, baseline: 0, target: 100}
      - {id: revenue-lost, title: Lose, baseline: 0, target: 100}
  - {id: new, title: Begin, was: growing}
""",
            "2025-Q1/product.yml": "schema: 1\nobjectives: [{id: build, title: Build}]\n",
        }
    )
    found = evaluate(DiskTree(root), as_of=DURING, today=DURING)
    assert found.scores is not None, [str(p) for p in found.problems]
    return page_texts(found.scores)


def test_each_former_id_keeps_its_anchor(
    a_repository: Callable[[Mapping[str, str]], Path],
) -> None:
    page = renamed_pages(a_repository)["2025-Q1/company.md"]
    ids = re.findall(r'id="([^"]+)"', page)
    assert {"growth", "grow", "growth--arr", "grow--arr", "growth--revenue"} <= {*ids}
    assert {"grow--revenue", "growing--revenue", "grow--revenue-lost"} <= {*ids}
    assert len(ids) == len({*ids}), "an anchor leads to one place"
    assert page.index('id="growing"') < page.index("Begin")


def test_a_team_s_former_address_leads_on(
    a_repository: Callable[[Mapping[str, str]], Path],
) -> None:
    pages = renamed_pages(a_repository)
    assert "[Product](product.md)" in pages["2025-Q1/wares.md"]
    assert not any("wares.md" in text for text in pages.values())


def test_a_type_is_shown_where_somebody_wrote_it(team: Team) -> None:
    assert "**Type**" not in team("target: 5 deals")
    objective = "  - {id: love, title: Guests love us, type: Aspirational}\n"
    assert team("target: 5 deals", objective).count("**Type** Aspirational") == 1
