"""Which item of a list is which: without equal ends the same partners are found as with them."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from okrdocs.diff import list_matching as items
from okrdocs.diff.normal_form import ReferenceScope, ReferenceScopes
from okrdocs.format.records import CheckIn
from okrdocs.problem import Source

SIGHT = ReferenceScopes(ReferenceScope("", "", {}), ReferenceScope("", "", {}))
AT = Source("", (1, 1, 1, 1), {})


def check_in(day: int, value: int) -> CheckIn:
    return CheckIn(at=AT, date=date(2025, 1, day), value=str(value))


LISTS = st.lists(st.builds(check_in, st.integers(1, 4), st.integers(1, 2)), max_size=7)


@given(LISTS, LISTS, LISTS, LISTS)
def test_equal_ends_change_no_partner(
    head: list[CheckIn], old: list[CheckIn], new: list[CheckIn], tail: list[CheckIn]
) -> None:
    before, after = [*head, *old, *tail], [*head, *new, *tail]
    assert items.pair_items(before, after, SIGHT) == items._pair_middle(before, after, SIGHT)
