"""A difference is shown in a unit that somebody wrote, and exactly where one of them can."""

from __future__ import annotations

import pytest

from okrdocs.grading.difference import difference_text
from okrdocs.grading.quantity import parse_quantity


@pytest.mark.parametrize(
    ("before", "after", "like", "shown"),
    [
        ("90min", "1h 20min", "1h", "−10min"),
        ("1h 20min", "90min", "1h", "+10min"),
        ("1h 20min", "3h 20min", "1h", "+2h"),
        ("80min", "1.5h", "1h", "+10min"),
        ("2h", "1.5h", "1h", "−0.5h"),
        ("$1.2M", "$1.5M", "$2M", "+$0.3M"),
        ("$1.2M", "$1,200,020", "$2M", "+$20"),
        ("40%", "41%", "80%", "+1 point"),
        ("40%", "42.5%", "80%", "+2.5 points"),
        ("3 deals", "4 deals", "9 deals", "+1 deal"),
        ("-5", "3", "10", "+8"),
        ("5", "5.0", "9", ""),
        ("5h", "5 deals", "9h", ""),
    ],
)
def test_it_is_exact_where_a_notation_can_say_it(
    before: str, after: str, like: str, shown: str
) -> None:
    old, new = parse_quantity(before), parse_quantity(after)
    assert difference_text(old, new, (like, after, before)) == shown
