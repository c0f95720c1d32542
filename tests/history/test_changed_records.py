"""Only what differs in a step is compared, and the step tells what the whole states would tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from git_repository import Repository
from okrdocs.diff import compare
from okrdocs.diff.normal_form import attributes_with_references
from okrdocs.format.records import KeyResult, Objective
from okrdocs.history.git_log import read_history
from okrdocs.history.git_log import step_comparison as sides
from okrdocs.history.git_log.changed_records import has_same_ids
from okrdocs.history.git_log.split_items import split_list
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.source.git.repository import find_repository
from okrdocs.source.revision import GitTree

COMPANY = """schema: 1
organization: Acme
teams:
  company: {name: Company}
  product: {name: Product, parent: company}
people:
  ada: {name: Ada Lovelace}
  bob: {name: Bob}
"""
ABOVE = """schema: 1
objectives:
  - id: growth
    title: Grow
  - id: trust
    title: Be trusted
"""
PRODUCT = """schema: 1
objectives:
  - id: sell
    title: Sell more
    owner: ada
    ladders_up_to: company/growth
    dependencies:
      - {needs: company/trust, impact: Much}
    key_results:
      - id: deals
        title: Deals
        baseline: 10%
        target: 90%
        check_ins:
          - {date: 2025-02-01, value: 20%}
          - {date: 2025-02-08, value: 30%}
      - id: calls
        title: Calls
        baseline: 0
        target: 100
        check_ins:
          - {date: 2025-02-01, value: 20}
  - id: last
    title: Make it last
"""
AGAIN = "retrospective:\n  roll_over:\n    - ref: product/last\n"
ROLLED_OVER = "what goes on"  # by its reference, where both whole states tell it by its title
EDITS = {
    "an owner alone": ("owner: ada", "owner: bob"),
    "a title": ("title: Sell more", "title: Sell most"),
    "a value": ("value: 30%", "value: 35%"),
    "a target, and a check-in elsewhere": ("target: 90%", "target: 80%", "20}", "25}"),
    "what it serves": ("ladders_up_to: company/growth", "ladders_up_to: company/trust"),
    "what it serves, twice": ("ladders_up_to: company/growth", "ladders_up_to: []"),
    "the impact of a dependency": ("impact: Much", "impact: Little"),
    "a grade by hand": ("    owner: ada", "    grade: {value: 0.4, reason: So}\n    owner: ada"),
    ROLLED_OVER: ("objectives:", f"{AGAIN}objectives:"),
    "a key result less": (
        PRODUCT[PRODUCT.index("      - id: calls") :],
        "  - id: last\n    title: Make it last\n",
    ),
    "another id": ("- id: deals", "- id: closed\n        was: [deals]"),
    "another order": ("id: sell", "id: other", "id: last", "id: sell"),
}


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    """A company's plan in its first commit."""
    made = Repository(tmp_path)
    made.write("okrs/okr.yml", COMPANY)
    made.write("okrs/2025-Q1/company.yml", ABOVE)
    made.write("okrs/2025-Q1/product.yml", PRODUCT)
    made.commit(day="2025-01-02")
    return made


def edit(repo: Repository, *words: str) -> None:
    text = PRODUCT
    for old, new in zip(words[::2], words[1::2], strict=True):
        assert old in text
        text = text.replace(old, new)
    repo.write("okrs/2025-Q1/product.yml", text)
    repo.commit(day="2025-02-20")


@pytest.mark.parametrize("name", [name for name in EDITS if name != ROLLED_OVER])
def test_a_step_tells_what_both_whole_states_tell(repo: Repository, name: str) -> None:
    edit(repo, *EDITS[name])
    found = find_repository(repo.root)
    assert found is not None
    step = read_history(found).steps[-1]
    trees = (GitTree(found, f"{step.revision}~1"), GitTree(found, step.revision))
    old, new = (evaluate(tree, as_of=step.day, today=step.day).partial for tree in trees)
    assert old is not None
    assert new is not None
    whole = tuple(change._replace(line=0) for change in compare(old, new).changes)
    assert whole
    assert step.changes == whole


@pytest.mark.parametrize("name", EDITS)
def test_it_is_the_same_history_where_partners_are_looked_for(
    repo: Repository, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    edit(repo, *EDITS[name])
    found = find_repository(repo.root)
    assert found is not None
    quick = read_history(found)
    monkeypatch.setattr(sides, "has_same_ids", lambda *_: False)
    assert read_history(found) == quick


def test_most_steps_are_compared_in_place(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []

    def noted(old: object, new: object) -> bool:
        asked.append(has_same_ids(old, new))
        return asked[-1]

    monkeypatch.setattr(sides, "has_same_ids", noted)
    edit(repo, *EDITS["a value"])
    edit(repo, *EDITS["another id"])
    found = find_repository(repo.root)
    assert found is not None
    read_history(found)
    assert asked[-2:] == [True, False]


def test_all_fields_that_refer_to_something_are_known() -> None:
    known = {"ladders_up_to", "carried_over_from", "dependencies"}
    assert attributes_with_references(Objective) - {"key_results"} == known
    assert attributes_with_references(KeyResult) <= known


def test_a_cut_is_the_same_with_items_that_are_known() -> None:
    text = f"{PRODUCT}summary: Ours\nlinks:\n  - title: Not an objective\n"
    plain = split_list(text, "objectives", 0)
    assert plain is not None
    assert plain.pieces[-1].endswith("Make it last\n")
    assert split_list(text, "objectives", 0, {*plain.pieces}) == plain
    assert split_list(text, "objectives", 0, {plain.pieces[0]}) == plain
    assert split_list(text, "objectives", 0, {plain.pieces[-1]}) == plain
