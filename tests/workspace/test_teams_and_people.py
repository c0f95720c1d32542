"""Teams and people: who exists, in which order, and who is unknown where."""

from __future__ import annotations

import time

import pytest

from okrdocs.format.loader import load_documents
from okrdocs.problem import Problem
from okrdocs.source.disk import File
from okrdocs.workspace.resolve import resolve
from okrdocs.workspace.workspace import Workspace

HEAD = "schema: 1\norganization: Example\n"
TEAMS = "teams: {company: {name: Company}, sales: {name: Sales, parent: company}}\n"
PEOPLE = "people: {ceo: {name: Ada Byron, short: Ada}, cfo: {name: Max}}\n"
SALES = "okrs/2025-Q1/sales.yml"


def resolved(okr: str, **teams: str) -> tuple[Workspace, tuple[Problem, ...]]:
    files = [File("okrs/okr.yml", (HEAD + okr).encode())]
    files += [File(f"okrs/2025-Q1/{name}.yml", text.encode()) for name, text in teams.items()]
    documents, problems = load_documents(files)
    assert not problems
    workspace, problems = resolve(documents)
    assert workspace is not None
    return workspace, problems


def objective(lines: str) -> str:
    return f"schema: 1\nobjectives:\n  - id: win\n    title: Win\n    {lines}\n"


# ------------------------------------------------------------------- people


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ("owner: ceoo", "5:12"),
        ("owner: [cfo, ceoo]", "5:18"),
        ("owner:\n      - cfo\n      - 'ceoo'", "7:9"),
        ("dri: ceoo", "5:10"),
        ("key_results: [{id: a, title: A, owner: ceoo}]", "5:44"),
        ("key_results: [{id: a, title: A, dri: ceoo}]", "5:42"),
        ("initiatives: [{title: T, owner: ceoo}]", "5:37"),
    ],
)
def test_an_unknown_owner_is_told_at_its_place_with_the_nearest_name(
    lines: str, place: str
) -> None:
    _, problems = resolved(TEAMS + PEOPLE, sales=objective(lines))
    assert [(p.code, str(p.span)) for p in problems] == [("unknown-person", f"{SALES}:{place}")]
    assert problems[0].message == "Nobody has the id `ceoo` in `okr.yml`."
    assert problems[0].hint == "Did you mean `ceo`?"


@pytest.mark.parametrize("name", ["Ada Byron", "ada byron", "Ada"])
def test_a_person_named_in_full_is_asked_for_by_id(name: str) -> None:
    _, problems = resolved(TEAMS + PEOPLE, sales=objective(f"owner: {name}"))
    assert [p.hint for p in problems] == ["Write the id: `ceo`."]


def test_without_people_any_name_will_do() -> None:
    workspace, problems = resolved(TEAMS, sales=objective("owner: [Aylin Çelik, Zoë]"))
    assert not problems
    (found,) = workspace.objectives.values()
    assert found.objective.owner == ("Aylin Çelik", "Zoë")


def test_a_person_with_okrs_of_their_own_is_a_team_of_the_same_id() -> None:
    people = "people: {sales: {name: Sal, short: S}, ceo: {name: Ada}}\n"
    workspace, problems = resolved(TEAMS + people, sales=objective("owner: sales"))
    assert not problems
    assert workspace.name_of("sales") == "Sal"
    assert workspace.teams["sales"].name == "Sales"


def test_an_unknown_owner_with_no_near_name_says_where_to_add_one() -> None:
    _, problems = resolved(TEAMS + PEOPLE, sales=objective("owner: zoe-zhang"))
    assert problems[0].hint == "Add `zoe-zhang: {name: zoe-zhang}` below `people:`."


def test_a_team_may_own_something() -> None:
    assert not resolved(TEAMS + PEOPLE, sales=objective("owner: company"))[1]


def test_without_people_any_owner_passes() -> None:
    workspace, problems = resolved(TEAMS, sales=objective("owner: whoever"))
    assert not problems
    assert workspace.name_of("whoever") == "whoever"


def test_the_lead_of_a_team_and_the_owner_of_a_cycle_have_to_exist() -> None:
    okr = PEOPLE + "teams: {company: {name: Company, lead: boss}}\n"
    _, problems = resolved(okr, cycle="schema: 1\nowner: boss\n")
    assert [(p.code, str(p.span)) for p in problems] == [
        ("unknown-person", "okrs/2025-Q1/cycle.yml:2:8"),
        ("unknown-person", "okrs/okr.yml:4:40"),
    ]


def test_names_are_those_of_people_and_teams_and_short_where_there_is_room_for_no_more() -> None:
    workspace, _ = resolved(TEAMS + PEOPLE)
    assert workspace.name_of("ceo") == "Ada Byron"
    assert workspace.short_name_of("ceo") == "Ada"
    assert workspace.name_of("sales") == "Sales"
    assert workspace.short_name_of("cfo") == "Max"


# ------------------------------------------------------------------- teams


def test_teams_stand_in_the_order_of_the_tree_parents_first() -> None:
    okr = (
        "teams: {c: {name: C, parent: b}, z: {name: Z, parent: a}, b: {name: B, parent: a},"
        " a: {name: A}}\n"
    )
    workspace, problems = resolved(okr, **dict.fromkeys("abcz", "schema: 1\n"))
    assert not problems
    assert workspace.company == "a"
    assert [team.id for team in workspace.cycles[0].teams] == ["a", "z", "b", "c"]


def test_without_teams_each_file_makes_one_below_the_company() -> None:
    files = {"sales": "schema: 1\n", "company": "schema: 1\n", "big-data": "schema: 1\n"}
    workspace, problems = resolved("", **files)
    assert not problems
    assert workspace.company == "company"
    assert {name: team.parent for name, team in workspace.teams.items()} == {
        "company": None, "sales": "company", "big-data": "company",
    }  # fmt: skip
    assert workspace.teams["big-data"].name == "Big data"


def test_without_teams_and_files_there_is_no_company() -> None:
    workspace, problems = resolved("")
    assert not problems
    assert (workspace.company, workspace.cycles) == (None, ())


def test_a_file_of_an_unknown_team_is_told_with_the_nearest_name() -> None:
    _, problems = resolved(TEAMS, salse="schema: 1\n", zebra="schema: 1\n")
    assert [(p.code, str(p.span), p.hint) for p in problems] == [
        ("unknown-team", "okrs/2025-Q1/salse.yml:1:1", "Did you mean `sales`?"),
        ("unknown-team", "okrs/2025-Q1/zebra.yml:1:1", "Add `zebra:` below `teams:`."),
    ]


def test_an_unknown_parent_is_told() -> None:
    okr = "teams: {company: {name: C}, sales: {name: S, parent: compny}, x: {name: X, parent: q}}\n"
    _, problems = resolved(okr)
    assert [(p.code, str(p.span), p.hint) for p in problems] == [
        ("unknown-team", "okrs/okr.yml:3:54", "Did you mean `company`?"),
        ("unknown-team", "okrs/okr.yml:3:84", "Add `q:` below `teams:`."),
    ]


def test_another_short_id_is_no_slip() -> None:
    okr = "teams: {ceo: {name: C}, cro: {name: R, parent: ceo}, x: {name: X, parent: cmo}}\n"
    _, problems = resolved(okr)
    assert [(p.code, p.hint) for p in problems] == [("unknown-team", "Add `cmo:` below `teams:`.")]


def test_several_teams_without_a_parent_are_peers_and_none_is_the_company() -> None:
    okr = "teams: {acme: {name: Acme}, sales: {name: S}, ops: {name: O}}\n"
    workspace, problems = resolved(okr)
    assert not problems
    assert workspace.company is None


def test_one_of_several_teams_may_say_that_it_is_the_company() -> None:
    okr = "teams: {acme: {name: Acme}, sales: {name: S, company: true}, ops: {name: O}}\n"
    workspace, problems = resolved(okr)
    assert not problems
    assert workspace.company == "sales"


def test_two_companies_are_told() -> None:
    okr = "teams: {acme: {name: A, company: true}, sales: {name: S, company: true}}\n"
    _, problems = resolved(okr)
    assert [(p.code, str(p.span), p.hint) for p in problems] == [
        ("many-companies", "okrs/okr.yml:3:67", "Keep one `company: true`.")
    ]


def test_no_file_becomes_the_company_by_its_place_in_the_alphabet() -> None:
    workspace, problems = resolved("", alpha=objective("why: A"), beta=objective("why: B"))
    assert not problems
    assert workspace.company is None
    assert {team.parent for team in workspace.teams.values()} == {None}


@pytest.mark.parametrize("names", [("company", "alpha"), ("alpha",)])
def test_the_file_of_the_company_and_the_only_file_are_the_companys(names: tuple[str, ...]) -> None:
    workspace, _ = resolved("", **dict.fromkeys(names, objective("why: A")))
    assert workspace.company == names[0]


def test_among_peers_a_reference_from_the_cycle_names_its_team() -> None:
    files = [
        File("okrs/okr.yml", HEAD.encode()),
        File(
            "okrs/2025-Q1/cycle.yml",
            b"schema: 1\nreview: {decisions: [{ref: win, decision: continue}]}\n",
        ),
        *(File(f"okrs/2025-Q1/{n}.yml", objective("why: A").encode()) for n in ("alpha", "beta")),
    ]
    documents, _ = load_documents(files)
    _, problems = resolve(documents)
    assert [(p.code, p.hint) for p in problems] == [
        ("unknown-reference", "Write the team before it: `team/win`.")
    ]


@pytest.mark.parametrize(
    ("teams", "chains"),
    [
        ("a: {name: A, parent: a}", ["`a` → `a`"]),
        ("a: {name: A, parent: b}, b: {name: B, parent: a}", ["`a` → `b` → `a`"]),
        ("x: {name: X, parent: a}, a: {name: A, parent: b}, b: {name: B, parent: a}",
         ["`a` → `b` → `a`"]),
        ("r: {name: R}, a: {name: A, parent: a}, b: {name: B, parent: c}, c: {name: C, parent: b}",
         ["`a` → `a`", "`b` → `c` → `b`"]),
    ],
)  # fmt: skip
def test_teams_in_a_circle_are_told_once_for_each_circle(teams: str, chains: list[str]) -> None:
    _, problems = resolved(f"teams: {{{teams}}}\n")
    assert {p.code for p in problems} == {"loop"}
    assert [p.message.split("circle: ")[1] for p in problems] == [f"{c}." for c in chains]


@pytest.mark.parametrize("name", ["index", "document", "cycle"])
def test_a_team_can_not_have_the_name_of_a_cycles_own_page(name: str) -> None:
    _, problems = resolved(f"teams: {{company: {{name: C}}, {name}: {{name: X, parent: company}}}}")
    assert [(p.code, p.hint) for p in problems] == [
        ("reserved-id", f"Rename it, for example to `{name}-team`.")
    ]


def test_a_long_chain_of_teams_takes_no_time() -> None:
    teams = "".join(f"  t{n}: {{name: T, parent: t{n + 1}}}\n" for n in range(5000))
    began = time.process_time()
    _, problems = resolved(f"teams:\n{teams}  t5000: {{name: T}}\n")
    assert not problems
    assert time.process_time() - began < 3
