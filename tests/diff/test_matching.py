"""Who is who where many bear one id."""

from __future__ import annotations

from datetime import date

import pytest

from okr_states import files_from, grade_files
from okrdocs.diff import ChangeKind, compare
from okrdocs.grading.results import Scores

MOST = 21
"""Teams beside the one that an objective leaves: one more than are compared by title."""


def company(objectives: dict[str, str]) -> Scores:
    """A company in which these teams have an objective with the id `grow` and this title.

    The team `from` has another one too, so that it is there before and after.
    """
    names = ["from", *(f"t{number}" for number in range(MOST))]
    teams = "".join(f"  {name}: {{name: {name}, parent: company}}\n" for name in names)
    head = f"schema: 1\norganization: E\nteams:\n  company: {{name: Company}}\n{teams}"
    texts = {}
    for team in {"from": "", **objectives}:
        given = [f"{{id: grow, title: {objectives[team]}}}"] if team in objectives else []
        stay = ["{id: stay, title: Nobody is woken at night}"] if team == "from" else []
        listed = ", ".join([*stay, *given])
        texts[f"okrs/2025-Q1/{team}.yml"] = f"schema: 1\nobjectives: [{listed}]\n"
    return grade_files(files_from({"okrs/okr.yml": head, **texts}), date(2025, 2, 10))


@pytest.mark.parametrize(("namesakes", "is_known"), [(20, True), (21, False)])
def test_of_up_to_twenty_with_one_id_elsewhere_the_titles_are_compared(
    namesakes: int, *, is_known: bool
) -> None:
    others = {f"t{number}": f"{number}" * 40 for number in range(1, namesakes)}
    before = company({"from": "Grow with our customers"})
    after = company({"t0": "Grow with all our customers", **others})
    kinds = {change.kind for change in compare(before, after).changes}
    assert (ChangeKind.MOVED in kinds) is is_known
