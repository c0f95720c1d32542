"""What refers to what: ids, references, dates of cycles, and each message with its place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from okrdocs.format.loader import load_documents
from okrdocs.problem import Problem, Severity
from okrdocs.source.disk import File
from okrdocs.workspace.resolve import resolve
from okrdocs.workspace.workspace import Cycle, ResolvedRef, Workspace

OKR = """\
schema: 1
organization: Example
teams:
  company: {name: Company}
  product: {name: Product, parent: company}
  platform: {name: Platform, parent: product}
"""
COMPANY = """\
schema: 1
objectives:
  - id: growth
    title: Growth
    key_results:
      - {id: arr, title: Revenue}
      - {id: nps, title: NPS}
  - {id: trust, title: Trust}
"""
NAMES = {"company": "okrs/2025-Q1/company.yml", "product": "okrs/2025-Q1/product.yml"}
PRODUCT = NAMES["product"]


def resolved(files: Mapping[str, str]) -> tuple[Workspace, tuple[Problem, ...]]:
    """The workspace of files by path; `okr.yml` and the company's file are there unless given."""
    whole = {"okrs/okr.yml": OKR, NAMES["company"]: COMPANY, **files}
    documents, problems = load_documents(File(path, whole[path].encode()) for path in sorted(whole))
    assert not problems
    workspace, problems = resolve(documents)
    assert workspace is not None
    return workspace, problems


def objective(lines: str) -> str:
    """A team's file with one objective `speed` that has more lines."""
    below = "".join(f"    {line}\n" for line in lines.splitlines())
    return f"schema: 1\nobjectives:\n  - id: speed\n    title: Speed\n{below}"


def product(lines: str, **more: str) -> tuple[Workspace, tuple[Problem, ...]]:
    """The workspace with the product team's objective; more files by a name without slashes."""
    files = {path.replace("__", "/"): text for path, text in more.items()}
    return resolved({PRODUCT: objective(lines), **files})


def fault(lines: str) -> Problem:
    """The one problem that the product team's objective makes."""
    _, problems = product(lines)
    assert len(problems) == 1, problems
    assert problems[0].span.path == PRODUCT
    return problems[0]


def parents(text: str) -> tuple[str, ...]:
    """What the product team's objective ladders up to."""
    workspace, problems = product(f"ladders_up_to: {text}")
    assert not problems
    return tuple(str(ref) for ref in workspace.objectives[ref_of("product/speed")].parents)


def ref_of(text: str, cycle: str = "2025-Q1") -> ResolvedRef:
    team, _, rest = text.partition("/")
    return ResolvedRef(cycle, team, *rest.split("#"))


# ------------------------------------------------------------------- references


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("company/growth", ["2025-Q1:company/growth"]),
        ("[company/growth]", ["2025-Q1:company/growth"]),
        ("2025-Q1:company/growth", ["2025-Q1:company/growth"]),
        ("2025-q1:Company/Growth", ["2025-Q1:company/growth"]),
        ("company/growth#arr", ["2025-Q1:company/growth#arr"]),
        ("[company/growth#nps, company/trust]", ["2025-Q1:company/growth#nps",
                                                 "2025-Q1:company/trust"]),
        ("[company/trust, company/trust]", ["2025-Q1:company/trust"]),
    ],
)  # fmt: skip
def test_a_reference_finds_objectives_and_key_results(written: str, found: list[str]) -> None:
    assert list(parents(written)) == found


def test_what_is_left_out_is_the_own_team_and_cycle() -> None:
    lines = "key_results: [{id: p99, title: p99}]\ndependencies: [{needs: ['other#x', other]}]"
    text = objective(lines) + "  - {id: other, title: Other, key_results: [{id: x, title: X}]}\n"
    workspace, problems = resolved({PRODUCT: text})
    assert not problems
    needs = workspace.objectives[ref_of("product/speed")].needs
    assert [need.ref for need in needs] == [ref_of("product/other#x"), None]
    assert needs[1].text == "other"


def test_there_is_no_search_in_other_teams() -> None:
    found = fault("ladders_up_to: growth")
    assert (found.code, str(found.span)) == ("unknown-reference", f"{PRODUCT}:5:20")
    assert found.message == "There is no objective `product/growth` in 2025-Q1."
    assert found.hint == "Did you mean `company/growth`?"


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("company/grwth", "There is no objective `company/grwth` in 2025-Q1.",
         "Did you mean `company/growth`?"),
        ("company/growth#ar", "There is no key result `company/growth#ar` in 2025-Q1.",
         "Did you mean `company/growth#arr`?"),
        ("company/arr", "There is no objective `company/arr` in 2025-Q1.",
         "A key result is written with its objective: `company/growth#arr`."),
        ("company/xyzzy", "There is no objective `company/xyzzy` in 2025-Q1.",
         "There are `company/growth`, `company/trust`."),
        ("company/growth#q9q9q9q9q9q9q9", "There is no key result", "`company/growth#nps`"),
        ("sales/zzzzzzzzz", "There is no objective `sales/zzzzzzzzz` in 2025-Q1.",
         "The team `sales` has no objectives in 2025-Q1."),
        ("2024-Q4:company/growth", "There is no cycle `2024-Q4` here, so",
         "Did you mean `2025-Q1`?"),
        ("pilot:company/growth", "There is no cycle `pilot` here, so", "Leave the reference out"),
    ],
)  # fmt: skip
def test_an_unknown_reference_says_what_was_probably_meant(
    written: str, message: str, hint: str
) -> None:
    found = fault(f"ladders_up_to: ['{written}']")
    assert (found.code, str(found.span)) == ("unknown-reference", f"{PRODUCT}:5:21")
    assert found.message.startswith(message)
    assert hint in found.hint


def test_a_bare_key_result_of_the_own_team_is_told_with_its_objective() -> None:
    found = fault("key_results: [{id: p99, title: p99}]\nladders_up_to: [p99]")
    assert found.hint == "A key result is written with its objective: `product/speed#p99`."


def test_a_reference_that_exists_in_another_cycle_is_shown_with_it() -> None:
    old = objective("").replace("speed", "zeal")
    _, problems = product("ladders_up_to: zeal", **{"okrs__2024-Q4__product.yml": old})
    assert [p.hint for p in problems] == ["In another cycle it is written `2024-Q4:product/zeal`."]


def test_each_wrong_one_of_several_is_told_at_its_own_place() -> None:
    _, problems = product("ladders_up_to: [company/a, company/growth, company/b]")
    assert [p.span.column for p in problems] == [21, 48]


def test_a_reference_may_lead_into_another_cycle() -> None:
    old = objective("key_results: [{id: p99, title: p99}]")
    lines = (
        "carried_over_from: 2024-Q4:product/speed\n"
        "key_results: [{id: p99, title: p99, carried_over_from: '2024-Q4:speed#p99'}]"
    )
    workspace, problems = product(lines, **{"okrs__2024-Q4__product.yml": old})
    assert not problems
    entry = workspace.objectives[ref_of("product/speed")]
    assert entry.carried_over_from == ref_of("product/speed", "2024-Q4")
    assert entry.key_results[0].carried_over_from == ref_of("product/speed#p99", "2024-Q4")


def test_what_is_carried_over_is_never_said_to_come_from_its_own_cycle() -> None:
    before = "okrs__2024-Q4__product.yml"
    text = "schema: 1\nobjectives: [{id: zeal, title: Zeal}]\n"
    lines = "key_results: [{id: p99, title: p99, carried_over_from: '2024-Q4:speed#p99'}]"
    _, (found,) = product(lines, **{before: text})
    assert found.code == "unknown-reference"
    assert found.hint == "There are `product/zeal`."
    _, (found,) = product(lines.replace("2024-Q4:speed#p99", "speed#p9"), **{before: text})
    assert "speed" not in found.hint
    assert "has no objectives" not in found.hint


def test_an_objective_is_never_said_to_ladder_up_to_itself() -> None:
    before = "okrs__2024-Q4__product.yml"
    text = "schema: 1\nobjectives: [{id: zeal, title: Zeal}]\n"
    _, (found,) = product("ladders_up_to: 2024-Q4:speed", **{before: text})
    assert found.hint == "There are `product/zeal`."
    assert "`product/speed`" not in fault("ladders_up_to: speeds").hint


@pytest.mark.parametrize(
    ("lines", "place", "message"),
    [
        ("carried_over_from: company/growth", "5:24", "this one is in the same cycle"),
        ("carried_over_from: 2024-Q4:product/old#kr", "5:24", "is carried over from an obj"),
        ("key_results: [{id: a, title: A, carried_over_from: 2024-Q4:product/old}]", "5:56",
         "a key result from a key result"),
    ],
)  # fmt: skip
def test_what_is_carried_over_comes_from_its_like_in_another_cycle(
    lines: str, place: str, message: str
) -> None:
    old = "schema: 1\nobjectives: [{id: old, title: O, key_results: [{id: kr, title: K}]}]\n"
    _, problems = product(lines, **{"okrs__2024-Q4__product.yml": old})
    assert [(p.code, str(p.span)) for p in problems] == [("bad-reference", f"{PRODUCT}:{place}")]
    assert message in problems[0].message


# ------------------------------------------------------------------- dependencies


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("company/growth#arr", ref_of("company/growth#arr")),
        ("'Finance: cloud budget'", None),
        ("Design and/or research", None),
        ("'Become the #1 choice'", None),
        ("growth", None),
    ],
)
def test_what_holds_a_slash_or_a_hash_and_no_space_is_a_reference(
    text: str, ref: ResolvedRef | None
) -> None:
    workspace, problems = product(f"dependencies: [{text}]")
    assert not problems
    (need,) = workspace.objectives[ref_of("product/speed")].needs
    assert need.ref == ref
    assert need.text == text.strip("'")


def test_what_only_looks_like_a_reference_says_how_to_write_one() -> None:
    found = fault("dependencies: [{needs: [a/b/c]}]")
    assert (found.code, found.message) == (
        "bad-reference", "`a/b/c` looks like a reference and isn't one.",
    )  # fmt: skip
    assert "plain text holds a space" in found.hint


def test_a_key_result_has_dependencies_of_its_own() -> None:
    lines = "key_results: [{id: p, title: P, dependencies: [company/growth, Legal]}]"
    workspace, problems = product(lines)
    assert not problems
    (entry,) = workspace.objectives[ref_of("product/speed")].key_results
    assert [need.ref for need in entry.needs] == [ref_of("company/growth"), None]


# ------------------------------------------------------------------- ids


def test_a_former_id_still_leads_to_what_it_named() -> None:
    renamed = COMPANY.replace("id: growth", "id: bigger\n    was: growth")
    renamed = renamed.replace("{id: arr,", "{id: revenue, was: [arr],")
    text = objective("ladders_up_to: [company/growth, company/growth#arr, company/bigger#arr]")
    workspace, problems = resolved({NAMES["company"]: renamed, PRODUCT: text})
    assert {p.code for p in problems} == {"renamed-reference"}
    assert {p.severity for p in problems} == {Severity.WARNING}
    assert problems[1].message == "`company/growth#arr` is now called `company/bigger#revenue`."
    assert workspace.objectives[ref_of("product/speed")].parents == (
        ref_of("company/bigger"), ref_of("company/bigger#revenue"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "place", "first", "message"),
    [
        ("key_results: [{id: a, title: A}, {id: a, title: B}]", "5:43", "5:24",
         "The id `a` is used twice in this objective."),
        ("risks: []\n- {id: speed, title: Again}", "6:12", "3:9",
         "The id `speed` is used twice in this file."),
    ],
)  # fmt: skip
def test_an_id_used_twice_names_both_places(
    lines: str, place: str, first: str, message: str
) -> None:
    text = objective(lines).replace("    - {id: speed", "  - {id: speed")
    place = place.replace("6:12", "6:10")
    _, problems = resolved({PRODUCT: text})
    assert [(p.code, str(p.span), p.message) for p in problems] == [
        ("duplicate-id", f"{PRODUCT}:{place}", message)
    ]
    assert [str(related.span) for related in problems[0].related] == [f"{PRODUCT}:{first}"]


def test_of_two_with_one_id_the_first_is_kept() -> None:
    lines = "key_results: [{id: a, title: First}, {id: a, title: Second}, {id: b, title: B}]"
    workspace, _ = product(lines)
    entries = workspace.objectives[ref_of("product/speed")].key_results
    assert {entry.key_result.title for entry in entries} == {"First", "B"}


def test_the_same_id_in_two_teams_and_two_cycles_is_fine() -> None:
    texts = {PRODUCT: COMPANY, "okrs/2025-Q2/product.yml": COMPANY}
    assert not resolved(texts)[1]


def test_an_initiative_moves_key_results_of_its_objective() -> None:
    lines = (
        "initiatives: [{title: SSO, moves: [{key_result: adoptoin}]}]\n"
        "key_results: [{id: adoption, title: A}]"
    )
    found = fault(lines)
    assert (found.code, str(found.span)) == ("unknown-reference", f"{PRODUCT}:5:53")
    assert found.hint == "Did you mean `adoption`?"
    alone = fault("initiatives: [{title: SSO, moves: [{key_result: adoption}]}]")
    assert alone.hint == "Add its key results, or remove `moves:`."


def test_a_key_result_is_shared_with_teams_that_exist() -> None:
    found = fault("key_results: [{id: a, title: A, with: [platfrom]}]")
    assert (found.code, found.hint) == ("unknown-team", "Did you mean `platform`?")


def test_reviews_and_roll_overs_refer_to_the_company_when_no_team_is_named() -> None:
    cycle = """\
schema: 1
review: {decisions: [{ref: growth, decision: continue}, {ref: product/x, decision: drop}]}
retrospective: {roll_over: [{ref: 'growth#arr'}, Something else]}
"""
    workspace, problems = resolved({"okrs/2025-Q1/cycle.yml": cycle})
    (found,) = workspace.cycles
    assert found.decisions == (ref_of("company/growth"), None)
    assert found.roll_over == (ref_of("company/growth#arr"), None)
    assert [(p.code, str(p.span)) for p in problems] == [
        ("unknown-reference", "okrs/2025-Q1/cycle.yml:2:63")
    ]


# ------------------------------------------------------------------- cycles


def cycle(name: str, document: str = "", calendar: str = "") -> tuple[Cycle, list[Problem]]:
    """The cycle of a folder with one team's file, and what is wrong with it."""
    files = {"okrs/okr.yml": OKR + calendar, f"okrs/{name}/product.yml": objective("")}
    if document:
        files[f"okrs/{name}/cycle.yml"] = f"schema: 1\n{document}\n"
    workspace, problems = resolved({**files, NAMES["company"]: "schema: 1\n"})
    found = next(each for each in workspace.cycles if each.id == name)
    return found, list(problems)


@pytest.mark.parametrize(
    ("name", "calendar", "first", "last", "title"),
    [
        ("2025-Q2", "", "2025-04-01", "2025-06-30", "Q2 2025"),
        ("2025-q4", "", "2025-10-01", "2025-12-31", "Q4 2025"),
        ("2025-H1", "", "2025-01-01", "2025-06-30", "H1 2025"),
        ("2025-T3", "calendar: {T: trimester}\n", "2025-09-01", "2025-12-31", "T3 2025"),
        ("2025-T3", "calendar: {T: quarter}\n", "2025-07-01", "2025-09-30", "T3 2025"),
        ("2025", "", "2025-01-01", "2025-12-31", "2025"),
        ("2024-02", "", "2024-02-01", "2024-02-29", "February 2024"),
        ("FY26-Q1", "calendar: {fiscal_year_starts: February}\n", "2025-02-01", "2025-04-30",
         "FY26 Q1"),
        ("FY26-Q1", "calendar: {fiscal_year_starts: July, fiscal_year_named_after: start}\n",
         "2026-07-01", "2026-09-30", "FY26 Q1"),
        ("FY2026", "calendar: {fiscal_year_starts: October}\n", "2025-10-01", "2026-09-30",
         "FY26"),
    ],
)  # fmt: skip
def test_a_folders_name_says_which_days_it_covers(
    name: str, calendar: str, first: str, last: str, title: str
) -> None:
    found, problems = cycle(name, calendar=calendar)
    assert not problems
    assert found.period is not None
    assert (str(found.period.start), str(found.period.end), found.title) == (first, last, title)


@pytest.mark.parametrize("name", ["2024-T3", "FY25-t1", "2024-T4"])
def test_a_t_that_nobody_explains_is_an_error_that_names_both_readings(name: str) -> None:
    _, (problem,) = cycle(name)
    assert (problem.code, problem.severity) == ("bad-cycle", Severity.ERROR)
    assert "a trimester, or a quarter" in problem.message
    assert "calendar: {T: trimester}" in problem.hint
    assert "calendar: {T: quarter}" in problem.hint


def test_a_t_with_dates_of_its_own_needs_no_explanation() -> None:
    dated, problems = cycle("2024-T3", "start: 2024-09-01\nend: 2024-12-31")
    assert not problems
    assert dated.period is not None


def test_any_name_will_do_with_dates_or_without_any() -> None:
    dated, problems = cycle("launch", "start: 2025-01-15\nend: 2025-04-15\ntitle: The Launch")
    assert not problems
    assert dated.title == "The Launch"
    assert dated.period is not None
    assert dated.period.days == 91
    backlog, problems = cycle("ideas-for-later", "undated: true")
    assert not problems
    assert (backlog.period, backlog.title) == (None, "Ideas for later")


def test_dates_in_the_document_win_over_the_name() -> None:
    found, problems = cycle("2025-Q2", "end: 2025-07-13")
    assert not problems
    assert found.period is not None
    assert (str(found.period.start), str(found.period.end)) == ("2025-04-01", "2025-07-13")


@pytest.mark.parametrize(
    ("name", "document", "place", "message", "hint"),
    [
        ("launch", "", "1:1", "Nothing says which days the cycle `launch` covers.",
         "Name the folder like `2025-Q1`"),
        ("2025-Q5", "", "1:1", "Nothing says which days the cycle `2025-Q5` covers.",
         "`start: 2025-01-01` and `end: 2025-12-31`"),
        ("2031-2032", "", "1:1",
         "The cycle `2031-2032` doesn't say in which month its year begins.",
         "`start: 2031-09-01` and `end: 2032-08-31`"),
        ("launch", "start: 2025-01-01", "2:8", "A cycle needs its first and its last day.",
         "Give both"),
        ("launch", "end: 2025-01-01", "2:6", "A cycle needs its first and its last day.",
         "Give both"),
        ("launch", "start: 2025-03-01\nend: 2025-02-01", "3:6", "The cycle ends before it starts.",
         "Swap the dates."),
        ("launch", "undated: true\nstart: 2025-03-01", "2:10",
         "A cycle is either undated or has dates.", ""),
    ],
)  # fmt: skip
def test_dates_that_are_missing_or_contradict_each_other_are_told(
    name: str, document: str, place: str, message: str, hint: str
) -> None:
    _, problems = cycle(name, document)
    file = f"okrs/{name}/cycle.yml" if document else f"okrs/{name}"  # the one that there is
    assert [(p.code, str(p.span)) for p in problems] == [("bad-cycle", f"{file}:{place}")]
    assert problems[0].message == message
    assert hint in problems[0].hint


@pytest.mark.parametrize("name", ["Q1 2025", "2025.Q1", "-x", "ü", "x" * 49])
def test_a_folder_that_can_not_be_a_cycle_says_how_to_name_it(name: str) -> None:
    _, problems = cycle(name, "undated: true")
    assert [(p.code, p.hint) for p in problems] == [
        ("bad-id", "Use letters, digits and hyphens: `2025-Q1`.")
    ]


def test_two_folders_that_differ_only_in_case_are_told() -> None:
    _, problems = resolved({"okrs/2025-q1/product.yml": objective("")})
    assert [(p.code, p.hint) for p in problems] == [("duplicate-id", "Rename one of them.")]
    assert "`2025-Q1` and `2025-q1`" in problems[0].message


def test_review_and_grading_days_are_derived_unless_given() -> None:
    found, _ = cycle("2025-Q2")
    assert (str(found.review_date), str(found.grading_date)) == ("2025-05-12", "2025-07-05")
    found, _ = cycle("2025-Q2", "review_date: 2025-05-20\ngrading_date: 2025-07-01")
    assert (str(found.review_date), str(found.grading_date)) == ("2025-05-20", "2025-07-01")
    cadence = "cadence: {review_week: 2, day: Friday, grading_days: 0}\n"
    found, _ = cycle("2025-Q2", calendar=cadence)
    assert (str(found.review_date), str(found.grading_date)) == ("2025-04-11", "2025-06-30")


def test_cycles_stand_from_old_to_new_and_undated_ones_last() -> None:
    later = {f"okrs/{name}/product.yml": objective("") for name in ("2026", "2024-Q4", "zz")}
    workspace, problems = resolved({**later, "okrs/zz/cycle.yml": "schema: 1\nundated: true\n"})
    assert not problems
    assert [each.id for each in workspace.cycles] == ["2024-Q4", "2025-Q1", "2026", "zz"]


def test_a_cycle_that_ends_with_the_calendar_is_no_crash() -> None:
    found, problems = cycle("forever", "start: 0001-01-01\nend: 9999-12-31")
    assert not problems
    assert found.grading_date == date.max


# ------------------------------------------------------------------- drops and due dates


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ("dropped: {date: 2025-04-01, reason: x}", "5:21"),
        ("key_results: [{id: a, title: A, dropped: {date: 2025-04-01, reason: x}}]", "5:53"),
    ],
)
def test_a_drop_after_the_end_is_an_error(lines: str, place: str) -> None:
    found = fault(lines)
    assert (found.code, str(found.span)) == ("late-drop", f"{PRODUCT}:{place}")
    assert found.message == "Dropped on 2025-04-01, after the cycle's end (2025-03-31)."
    assert "What ran to the end is graded" in found.hint


def test_a_drop_on_the_last_day_is_none() -> None:
    assert not product("dropped: {date: 2025-03-31, reason: x}")[1]


def test_a_due_date_before_the_cycle_is_an_error_and_one_inside_or_after_it_is_not() -> None:
    lines = "key_results: [{{id: a, title: A, due: {}}}]"
    found = fault(lines.format("2024-12-31"))
    assert (found.code, str(found.span)) == ("bad-due-date", f"{PRODUCT}:5:42")
    assert found.message == "Due on 2024-12-31, before the cycle begins (2025-01-01)."
    assert not product(lines.format("2025-01-01"))[1]
    assert not product(lines.format("2025-04-15"))[1]


# ------------------------------------------------------------------- the whole


def test_without_okr_yml_there_is_no_workspace_and_nothing_more_to_say() -> None:
    documents, _ = load_documents([File(PRODUCT, objective("ladders_up_to: nowhere").encode())])
    assert resolve(documents) == (None, ())


def test_everything_wrong_is_told_in_one_run_in_source_order() -> None:
    lines = "ladders_up_to: a\ncarried_over_from: b\nkey_results: [{id: k, title: K, with: [z]}]"
    _, problems = resolved({PRODUCT: objective(lines), "okrs/2025-Q1/zebra.yml": "schema: 1\n"})
    assert [(p.code, p.span.line) for p in problems] == [
        ("unknown-reference", 5), ("unknown-reference", 6), ("unknown-team", 7),
        ("unknown-team", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "broken",
    [
        "schema: 1\nobjectives:\n\t- id: fast\n",
        "schema: 1\nobjectives:\n  - id: fast\n    titel: Fast\n",
        "objectives: [{id: fast, title: Fast}]\n",
    ],
)
def test_a_reference_into_a_file_at_fault_is_not_doubted(broken: str) -> None:
    files = {
        "okrs/okr.yml": OKR,
        NAMES["company"]: COMPANY,
        PRODUCT: broken,
        "okrs/2025-Q1/platform.yml": objective("ladders_up_to: [product/fast]"),
    }
    documents, faults = load_documents(File(path, files[path].encode()) for path in sorted(files))
    assert {problem.span.path for problem in faults} == {PRODUCT}
    _, problems = resolve(documents)
    assert not problems


def test_a_team_s_former_id_still_leads_to_it() -> None:
    okr = OKR.replace("company: {", "company: {was: [firm], ")
    assert okr != OKR
    text = objective("ladders_up_to: [firm/growth#arr]")
    workspace, problems = resolved({"okrs/okr.yml": okr, PRODUCT: text})
    assert [(p.code, p.message) for p in problems] == [
        ("renamed-reference", "`firm/growth#arr` is now called `company/growth#arr`.")
    ]
    assert workspace.objectives[ref_of("product/speed")].parents == (ref_of("company/growth#arr"),)


def test_a_team_s_former_id_that_another_has_is_told() -> None:
    okr = OKR.replace("company: {", "company: {was: [product], ")
    _, problems = resolved({"okrs/okr.yml": okr})
    assert [(p.code, p.message) for p in problems] == [
        ("former-id-in-use", "`product` is the id of another team.")
    ]


def test_a_former_id_that_another_still_has_is_told() -> None:
    text = objective("") + "  - {id: pace, title: Pace, was: speed}\n"
    _, problems = resolved({PRODUCT: text})
    assert [(p.code, p.message) for p in problems] == [
        ("former-id-in-use", "`speed` is still the id of another one.")
    ]
