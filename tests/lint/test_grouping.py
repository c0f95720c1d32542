"""Findings that say the same of many things are told as one, in every format."""

from okrdocs.lint.grouping import fold_repeated, merge_groups
from okrdocs.problem import Problem, Replacement, Severity, Span


def found(number: int, group: str = "", code: str = "no-key-results") -> Problem:
    place = Span("okrs/2025-Q1/product.yml", number, 1, number, 2)
    ref = f"2025-Q1:product/o{number}"
    return Problem(code, Severity.WARNING, place, "It has none.", "Add some.", ref=ref, group=group)


def test_findings_of_one_group_are_told_by_the_first_with_the_others_counted() -> None:
    (told,) = merge_groups([found(1, "t"), found(2, "t"), found(3, "t")])
    assert told.message == "It has none. And 2 more: `product/o2`, `product/o3`."
    assert (told.span, told.hint, told.ref) == (found(1).span, "Add some.", found(1).ref)
    assert [related.span.line for related in told.related] == [2, 3]


def test_of_many_the_first_are_named() -> None:
    (told,) = merge_groups([found(number, "t") for number in range(40)])
    assert told.message.endswith(
        " And 39 more: `product/o1`, `product/o2`, `product/o3`, `product/o4`, `product/o5`, …"
    )
    assert len(told.related) == 39


def test_other_groups_other_codes_and_what_has_no_group_stay_apart() -> None:
    apart = [found(1, "t"), found(2, "u"), found(3), found(4), found(5, "t", code="no-source")]
    assert merge_groups(apart) == tuple(apart)


def test_the_first_of_a_group_keeps_its_place() -> None:
    told = merge_groups([found(1), found(2, "t"), found(3), found(4, "t")])
    assert [problem.ref[-1] for problem in told] == ["1", "2", "3"]


def test_a_quoted_text_is_still_shortened() -> None:
    first = found(1, "t")._replace(
        message="“Long” is bad.", template="“{title}” is bad.", params=(("title", "Long"),)
    )
    (told,) = merge_groups([first, found(2, "t")])
    assert told.message_with(lambda text: text[:2]) == "“Lo” is bad. And 1 more: `product/o2`."


def date_problem(number: int, path: str = "okrs/2025-Q1/product.yml") -> Problem:
    place = Span(path, number, 1, number, 9)
    message, right = f"`{number}. 1. 25` isn't a date.", Replacement(place, f"2025-01-{number:02}")
    return Problem("bad-date", Severity.ERROR, place, message, "Write it.", replacement=right)


def test_one_kind_three_times_in_a_file_is_told_once_with_the_lines() -> None:
    (told,) = fold_repeated(map(date_problem, range(1, 16)))
    assert told.message == "`1. 1. 25` isn't a date."
    assert told.hint == (
        "Write it. 14 more like it in this file: lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, …"
        " `okr check --fix` writes all of them."
    )


def test_two_of_a_kind_and_the_same_in_other_files_or_words_stay_apart() -> None:
    by_hand = [date_problem(number)._replace(replacement=None) for number in (4, 5, 6)]
    apart = (date_problem(1), date_problem(2), date_problem(3, "okrs/2025-Q1/sales.yml"), *by_hand)
    assert fold_repeated(apart) == apart


def test_what_only_its_author_can_mend_is_not_promised_to_be_written() -> None:
    problems = [date_problem(n)._replace(message="It isn't.", replacement=None) for n in (1, 2, 3)]
    assert fold_repeated(problems)[0].hint == "Write it. 2 more like it in this file: lines 2, 3."
