"""The baseline: known findings by code and reference, and never more than before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrdocs.errors import UsageError
from okrdocs.lint.baseline import (
    compare_with_baseline,
    count_known_findings,
    format_baseline,
    parse_baseline,
)
from okrdocs.problem import Problem, Severity, Span

RAN = frozenset({"no-dri", "stale"})


def finding(code: str, ref: str, line: int = 1) -> Problem:
    return Problem(code, Severity.WARNING, Span("a.yml", line, 1, line, 2), "M", "H", ref=ref)


@given(
    st.dictionaries(
        st.tuples(st.text(max_size=8), st.text(max_size=8)), st.integers(1, 9), max_size=6
    )
)
def test_what_is_written_is_read_again(known: dict[tuple[str, str], int]) -> None:
    assert parse_baseline(format_baseline(known)) == known


def test_an_old_finding_is_left_out_wherever_it_stands_now() -> None:
    known = count_known_findings([finding("no-dri", "a/b", line=3)])
    result = compare_with_baseline([finding("no-dri", "a/b", line=40)], known, RAN)
    assert (result.problems, result.known, result.remaining, result.fixed) == ((), 1, known, 0)


def test_a_new_finding_beside_an_old_one_is_told() -> None:
    known = count_known_findings([finding("no-dri", "a/b")])
    new = [finding("no-dri", "a/c"), finding("stale", "a/b"), finding("no-dri", "a/b", 7)]
    result = compare_with_baseline([finding("no-dri", "a/b"), *new], known, RAN)
    assert result.problems == tuple(new)


def test_what_is_fixed_leaves_the_file_and_nothing_new_enters() -> None:
    known = count_known_findings([finding("no-dri", "a/b"), finding("no-dri", "a/b", 2)])
    result = compare_with_baseline([finding("no-dri", "a/b"), finding("no-dri", "a/c")], known, RAN)
    assert result.remaining == {("no-dri", "a/b"): 1}
    assert result.fixed == 1


def test_a_debt_of_a_rule_that_did_not_run_stays() -> None:
    known = count_known_findings([finding("no-dri", "a/b")])
    assert compare_with_baseline([], known, frozenset({"stale"})).remaining == known


def test_what_has_no_reference_is_never_a_debt() -> None:
    assert count_known_findings([finding("bad-date", "")]) == {}


def test_no_debt_hides_what_has_no_reference() -> None:
    fault = finding("bad-suppression", "")
    assert compare_with_baseline([fault], {("bad-suppression", ""): 9}, RAN).problems == (fault,)


def listing(debt: str) -> str:
    return f'{{"format": 1, "debts": [{debt}]}}'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format": 9, "debts": []}',
        '{"format": 1}',
        "[" * 200_000,
        listing('{"code": "stale", "ref": "a", "count": 1e999}'),
        listing('{"code": "stale", "ref": "a", "count": -5}'),
        listing('{"code": "stale", "ref": "a", "count": true}'),
        listing('{"code": ["stale"], "ref": "a"}'),
        listing('{"code": "stale", "ref": null}'),
    ],
)
def test_a_broken_file_is_refused_with_the_next_step(text: str) -> None:
    with pytest.raises(UsageError, match="baseline"):
        parse_baseline(text)


def test_a_debt_of_a_cycle_that_was_not_looked_at_stays() -> None:
    known = count_known_findings(
        [finding("no-dri", "2024-Q4:product/trust"), finding("no-dri", "2024-Q4")]
    )
    assert compare_with_baseline([], known, RAN, {"2024-Q4"}).remaining == known
    assert compare_with_baseline([], known, RAN).remaining == {}
