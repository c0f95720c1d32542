"""Sentences for teams, cycles, drafts, retrospectives and amendments, without ids or raw keys."""

from __future__ import annotations

from diff.test_diff import COMPANY, CYCLE, FILES, OKR, PRODUCT, diff, scores, told, without
from okrdocs.diff import compare


def test_an_objective_whose_key_results_moved_there_says_so() -> None:
    rest, audit = without(PRODUCT, "      - id: audit", "  - id: week")
    calm = "  - {id: calm, title: Nobody is woken at night, key_results: [%s]}\n"
    new = "{id: pages, title: Pages at night, baseline: 9, target: 1}"
    added = "added Product objective 3 “Nobody is woken at night” with "
    below = "  - id: calm\n    title: Nobody is woken at night\n    key_results:\n"
    assert f"{added}1 key result" in told(diff(product=PRODUCT + calm % new))
    assert f"{added}1 key result that moved there" in told(diff(product=rest + below + audit))
    both = f"{rest}{below}{audit}      - {new}\n"
    assert f"{added}1 key result and 1 that moved there" in told(diff(product=both))


def test_a_new_cycle_says_how_many_objectives_each_team_has() -> None:
    later = {"2025-Q2/company.yml": COMPANY, "2025-Q2/product.yml": PRODUCT}
    found = compare(scores(FILES), scores(FILES | later))
    assert found.changes[0].sentence.endswith(
        "with 2 teams and 4 objectives, 6 key results – Company 2, Product 2"
    )


def test_a_new_team_is_told_with_names_and_not_with_ids() -> None:
    okr = OKR.replace("  sales:", "  care: {name: Support, parent: sales, lead: vp}\n  sales:")
    found = compare(scores(FILES), scores(FILES | {"okr.yml": okr}))
    assert told(found) == ["added the team “Support” below Sales, led by VP Product"]


def test_a_retrospective_is_told_in_the_words_of_its_questions() -> None:
    text = """\
retrospective:
  worked: Mondays
  did_not: [Late values, Two surveys]
  roll_over: [{ref: product/enterprise#sso, note: Again}]
"""
    found = compare(scores(FILES), scores(FILES | {"2025-Q1/cycle.yml": CYCLE + text}))
    assert told(found) == [
        "wrote the retrospective of Q1 2025: worked “Mondays”; didn't work “Late values” and"
        " “Two surveys”; goes on Product KR1 “90% sign in through SSO”"
    ]


def test_what_becomes_a_draft_or_is_one_no_more_says_what_that_means() -> None:
    draft = FILES | {"2025-Q1/product.yml": PRODUCT.replace(
        "  - id: week\n", "  - id: week\n    visibility: draft\n")}  # fmt: skip
    whose = "Product objective 2 “A first week that people talk about”"
    back, there = compare(scores(FILES), scores(draft)), compare(scores(draft), scores(FILES))
    assert [*told(back), *told(there)] == [
        f"made {whose} a draft: it isn't published and counts in no mean",
        f"made {whose} public: it was a draft and counts from now on",
    ]


def test_an_amendment_is_told_with_what_it_is_for() -> None:
    text = "amendments: [{date: 2025-04-02, ref: product/week, by: vp, reason: Counted twice}]\n"
    amended = FILES | {"2025-Q1/cycle.yml": CYCLE + text}
    sentence = (
        " Q1 2025 for Product objective 2 “A first week that people talk about” on 2025-04-02,"
        " by VP Product: “Counted twice”"
    )
    there, back = compare(scores(FILES), scores(amended)), compare(scores(amended), scores(FILES))
    assert told(there) == [f"amended{sentence}"]
    assert told(back) == [f"took back the amendment of{sentence}"]
