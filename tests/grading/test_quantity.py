"""Amounts: what each text means, what is refused and why, and that printing is the inverse."""

from __future__ import annotations

import contextlib
import re
import time
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrdocs.grading.blanks import is_blank, is_placeholder
from okrdocs.grading.quantity import (
    QuantityError,
    UnitKind,
    format_like,
    is_same_unit,
    parse_quantity,
    parse_target,
)

always = settings(derandomize=True, deadline=None, max_examples=300)


def refused(text: str, *, target: bool = False) -> QuantityError:
    with pytest.raises(QuantityError) as caught:
        (parse_target if target else parse_quantity)(text)
    assert caught.value.message
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize(
    ("text", "value", "unit", "kind"),
    [
        ("35", 35, "", "number"), ("1.10", "1.1", "", "number"), (".7", "0.7", "", "number"),
        ("0.7", "0.7", "", "number"), ("50K", 50_000, "", "number"), ("75k", 75_000, "", "number"),
        ("12M", 12_000_000, "", "number"), ("5 million", 5_000_000, "", "number"),
        ("2B", 2 * 10**9, "", "number"), ("1T", 10**12, "", "number"), ("+35", 35, "", "number"),
        ("-.5", "-0.5", "", "number"), ("−5", -5, "", "number"), ("–5", -5, "", "number"),
        ("$12M", 12_000_000, "$", "money"), ("12M$", 12_000_000, "$", "money"),
        ("USD 12M", 12_000_000, "$", "money"), ("12 million usd", 12_000_000, "$", "money"),
        ("US$5", 5, "$", "money"), ("A$5", 5, "A$", "money"), ("5 AUD", 5, "A$", "money"),
        ("€1,250.50", "1250.5", "€", "money"), ("5k€", 5000, "€", "money"),
        ("€ 5", 5, "€", "money"), ("5 Mio. EUR", 5_000_000, "€", "money"),
        ("£5b", 5 * 10**9, "£", "money"),
        ("$5m", 5_000_000, "$", "money"), ("-$5", -5, "$", "money"), ("$-5", -5, "$", "money"),
        ("$5 USD", 5, "$", "money"), ("CHF 1'000", 1000, "CHF", "money"),
        ("$100K ACV", 100_000, "$ acv", "money"), ("₹5 crore", 50_000_000, "₹", "money"),
        ("65%", 65, "%", "percent"), ("99.85 %", "99.85", "%", "percent"),
        ("-17%", -17, "%", "percent"), ("65 percent", 65, "%", "percent"),
        ("65% of users", 65, "% of user", "percent"), ("110 pct", 110, "%", "percent"),
        ("40 points", 40, "points", "points"), ("1 point", 1, "points", "points"),
        ("2 pp", 2, "points", "points"), ("2 p.p.", 2, "points", "points"),
        ("3 pts", 3, "points", "points"), ("3 percentage points", 3, "points", "points"),
        ("3 %-points", 3, "points", "points"), ("50 basis points", "0.5", "points", "points"),
        ("800ms", "0.8", "s", "duration"), ("500 µs", "0.0005", "s", "duration"),
        ("500us", "0.0005", "s", "duration"), ("24 h", 86400, "s", "duration"),
        ("15min", 900, "s", "duration"), ("4 hours", 14400, "s", "duration"),
        ("120 days", 120 * 86400, "s", "duration"), ("2 wks", 1209600, "s", "duration"),
        ("1h 30min", 5400, "s", "duration"), ("1h30min", 5400, "s", "duration"),
        ("1h 30m", 5400, "s", "duration"), ("-1 day 12 hours", -129600, "s", "duration"),
        ("3 months", 3, "month", "duration"), ("2 quarters", 6, "month", "duration"),
        ("2 years 3 months", 27, "month", "duration"), ("5K hours", 18_000_000, "s", "duration"),
        ("8 deals", 8, "deal", "count"), ("1 deal", 1, "deal", "count"),
        ("5M users", 5_000_000, "user", "count"), ("5m users", 5_000_000, "user", "count"),
        ("12 story points", 12, "story point", "count"), ("10x", 10, "x", "count"),
        ("20 °C", 20, "°c", "count"), ("50 m²", 50, "m²", "count"), ("50 m2", 50, "m2", "count"),
        ("3 tier-1 accounts", 3, "tier-1 account", "count"), ("5 t CO2", 5, "t co2", "count"),
        ("7 of 8", 7, "of 8", "count"), ("7 out of 8", 7, "of 8", "count"),
        ("7 of 8 regions", 7, "of 8 region", "count"),
        ("5 Kühlschränke", 5, "kühlschränke", "count"),
        ("1x/week", 1, "x/week", "rate"), ("12/week", 12, "x/week", "rate"),
        ("5 per week", 5, "x/week", "rate"), ("3 times a week", 3, "x/week", "rate"),
        ("3x / wk", 3, "x/week", "rate"), ("8 deals/qtr", 8, "deal/quarter", "rate"),
        ("5K req/s", 5000, "req/second", "rate"), ("$5 per user", 5, "$/user", "rate"),
        ("€12M/yr", 12_000_000, "€/year", "rate"), ("4.2% per month", "4.2", "%/month", "rate"),
        ("3 days per deal", 3, "day/deal", "rate"), ("2/team/week", 2, "x/team/week", "rate"),
        ("4 incidents per 1,000 hours", 4, "incident/1000 hour", "rate"),
        ("4.5/5", "4.5", "of 5", "score"), ("4.5 / 5", "4.5", "of 5", "score"),
        ("4.5/5.0", "4.5", "of 5", "score"), ("4.5 out of 5", "4.5", "of 5", "score"),
        ("8/10", 8, "of 10", "count"), ("4 out of 5", 4, "of 5", "count"),
    ],
)  # fmt: skip
def test_a_text_means_this_amount(text: str, value: int | str, unit: str, kind: str) -> None:
    read = parse_quantity(text)
    assert (read.value, read.unit, read.kind) == (Fraction(value), unit, UnitKind(kind))
    assert read.text == text


@pytest.mark.parametrize("text", ["1.10", "  12M ", "\u00a05 deals\n"])
def test_the_text_is_kept_as_written_but_for_space_around_it(text: str) -> None:
    assert parse_quantity(text).text == text.strip()


@pytest.mark.parametrize("text", ["+35", "-17%", "−3", "$-5", "+$5", "-1h 30min"])
def test_a_written_sign_is_told(text: str) -> None:
    assert parse_quantity(text).signed
    assert not parse_quantity(re.sub("[+−-]", "", text)).signed


@pytest.mark.parametrize(
    "text",
    [
        "1,234,567.5", "1_234_567.5", "1'234'567.5", "1’234’567.5", "1 234 567.5",
        "1\u00a0234\u00a0567.5", "1\u2009234\u2009567.5", "1\u202f234\u202f567.5",
    ],
)  # fmt: skip
def test_digits_may_be_grouped_in_threes(text: str) -> None:
    assert parse_quantity(text).value == parse_quantity("1234567.5").value
    assert parse_quantity(f"${text} ARR").value == parse_quantity("1234567.5").value


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("4 hours", "240 min"), ("1 week", "7 days"), ("1h 30min", "90 minutes"), ("2 s", "2000ms"),
        ("1 year", "12 months"), ("2 quarters", "6 mo"), ("8 deals", "8 Deal"),
        ("5 companies", "5 company"), ("5 batches", "5 Batch"), ("5 people", "5 person"),
        ("5 KPIs", "5 KPI"), ("5 PRs/week", "5 PR per week"), ("5 movies", "5 movie"),
        ("5 releases", "5 release"), ("5 analysis", "5 Analysis"), ("12M", "12,000K"),
        ("25 bps", "0.25 pp"), ("45 NPS", "45 nps"), ("5 addresses", "5 address"),
        ("€5", "5 EUR"), ("5% / month", "5 percent per month"),
    ],
)  # fmt: skip
def test_two_ways_to_write_one_amount_are_equal(one: str, other: str) -> None:
    assert is_same_unit(parse_quantity(one), parse_quantity(other))
    assert parse_quantity(one).value == parse_quantity(other).value


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5 deals", "5 regions"), ("5%", "5 points"), ("5", "5 deals"), ("5", "5%"), ("$5", "€5"),
        ("5 days", "5 months"), ("1x/week", "1x/month"), ("4/5", "4/10"), ("7 of 8", "7 of 9"),
        ("$1M ARR", "$1M MRR"), ("5 days", "5 business days"), ("$5", "$5/user"),
    ],
)  # fmt: skip
def test_other_units_do_not_compare(one: str, other: str) -> None:
    assert not is_same_unit(parse_quantity(one), parse_quantity(other))


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("1,5", ('"1.5"', '"15"')), ("12,34", ('"12.34"', '"1234"')),
        ("0,500", ('"0.500"', '"500"')), ("$1,5M", ('"$1.5M"', '"$15M"')),
        ("1.234,56", ('"1234.56"', '"1.23456"')), ("1,234,56", ('"1234.56"', '"123456"')),
        ("5m", ('"5M"', '"5 min"')), ("5 m", ('"5M"', '"5 min"')), ("5m/week", ('"5M"', '"5 min"')),
        ("5b", ('"5B"', '"5 bits"')),
    ],
)  # fmt: skip
def test_an_ambiguous_text_is_refused_with_both_readings(
    text: str, readings: tuple[str, ...]
) -> None:
    hint = refused(text).hint
    assert all(reading in hint for reading in readings), hint


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no amount"), ("   ", "no amount"), ("done", "no number"), ("°C", "no number"),
        ("X%", "placeholder"), ("TBD", "placeholder"), ("~5", "leaves the amount open"),
        ("about 5", "leaves the amount open"), ("approx. 5", "leaves the amount open"),
        ("±5", "leaves the amount open"), ("<5", "only a target"), ("≥ 5", "only a target"),
        ("at least 5", "only a target"), ("90%+", "only a target"), ("4.5+/5", "only a target"),
        ("5 or more", "only a target"), ("50–60 ms", "only a target"), ("50..60", "only a target"),
        ("50 to 60 ms", "only a target"), ("=5", "= isn't needed"), ("NPS 45", "before the number"),
        ("1e6", "exponent"), ("1.5E-3", "exponent"), ("2025-02-01", "date or a time"),
        ("12:30", "date or a time"), ("٥ deals", "digits 0 to 9"), ("5½", "digits 0 to 9"),
        ("5５", "digits 0 to 9"), ("1h30", "runs into a unit"), ("10 20", "two numbers"),
        ("1-2", "two numbers"), ("7.2/10 up from 6.5", "two numbers"), ("- 5", "right before"),
        ("+-5", "right before"), ("105 days (was 120)", "(was 120)"), ("5.", "isn't part"),
        ("6 deals closed, 9 to go", ", 9 to go"), ("$5%", "isn't part"), ("5 🎉", "isn't part"),
        ("€5 USD", "Two currencies"), ("3K%", "magnitude"), ("3K of 5", "magnitude"),
        ("5/0", "out of 0"), ("5/", "what it is per"), ("1.2.3", "isn't one number"),
        ("1_0000", "isn't one number"), ("5 deals that we hope to win this year", "sentence"),
        ("1" * 201, "200 characters"), ("1 month 3 days", "two numbers"),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused_with_its_reason(text: str, says: str) -> None:
    assert says in refused(text).message


@pytest.mark.parametrize(
    ("text", "comparator", "low"),
    [
        ("<1%", "<", "1%"), ("< 1 %", "<", "1 %"), ("≤200ms", "≤", "200ms"), ("<=5", "≤", "5"),
        ("=<5", "≤", "5"), (">5", ">", "5"), (">=5", "≥", "5"), ("=> 5", "≥", "5"),
        ("≥99.9%", "≥", "99.9%"), ("90%+", "≥", "90%"), ("90+%", "≥", "90%"),
        ("4.5+/5", "≥", "4.5/5"), ("15+ deals", "≥", "15 deals"), ("$18M+", "≥", "$18M"),
        ("at least 90%", "≥", "90%"), ("No less than 3", "≥", "3"), ("at most 5", "≤", "5"),
        ("up to 5", "≤", "5"), ("no more than 5", "≤", "5"), ("less than 5", "<", "5"),
        ("under 1h 30min", "<", "1h 30min"), ("more than 5", ">", "5"), ("over 5", ">", "5"),
        ("5 or more", "≥", "5"), ("5 deals or fewer", "≤", "5 deals"), ("≥ -5", "≥", "-5"),
        ("5", "", "5"), ("-5", "", "-5"), ("+10%", "", "+10%"), ("7 of 8", "", "7 of 8"),
        ("5 tier-1 accounts", "", "5 tier-1 accounts"),
    ],
)  # fmt: skip
def test_a_target_may_be_a_bound(text: str, comparator: str, low: str) -> None:
    target = parse_target(text)
    assert (target.text, target.comparator, target.high) == (text, comparator, None)
    assert target.low == parse_quantity(low)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("50…60 ms", "50 ms", "60 ms"), ("50...60", "50", "60"), ("50..60 ms", "50 ms", "60 ms"),
        ("50–60 ms", "50 ms", "60 ms"), ("50 — 60 ms", "50 ms", "60 ms"), ("50-60", "50", "60"),
        ("50 ms to 1 s", "50 ms", "1 s"), ("50-60%", "50%", "60%"), ("-5…5", "-5", "5"),
        ("–5–10", "–5", "10"), ("$50K-$60K", "$50K", "$60K"), ("$5–10M", "$5M", "$10M"),
        ("50 ms - 60 ms", "50 ms", "60 ms"), ("between 5 and 10 days", "5 days", "10 days"),
        ("5.5–6.5/10", "5.5/10", "6.5/10"), ("1,000–2,000 users", "1,000 users", "2,000 users"),
    ],
)  # fmt: skip
def test_a_target_may_be_a_range(text: str, low: str, high: str) -> None:
    target = parse_target(text)
    assert (target.text, target.comparator) == (text, "between")
    assert (target.low, target.high) == (parse_quantity(low), parse_quantity(high))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("60…50", "above its end"), ("500–1K", '"500K", above its end'),
        ("50 ms…60", "different units"), ("50%–60 points", "different units"),
        (">5+", "only a target"), ("<5-6", "two numbers"), ("2025-02-01", "date or a time"),
        ("X%", "placeholder"), ("≥", "no amount"), ("overall 5", "before the number"),
        ("1,5–2,5", "can mean"), ("<" * 250, "200 characters"),
    ],
)  # fmt: skip
def test_a_target_that_is_none_is_refused_with_its_reason(text: str, says: str) -> None:
    assert says in refused(text, target=True).message


@pytest.mark.parametrize(
    ("target", "inside", "outside"),
    [
        ("<1%", ["0.99%", "-1%"], ["1%", "2%"]), ("≤1%", ["1%", "0%"], ["1.01%"]),
        (">5", ["5.01"], ["5", "4"]), ("≥5", ["5", "6"], ["4.99"]),
        ("50…60 ms", ["50 ms", "60 ms", "0.055 s"], ["49 ms", "61 ms"]),
    ],
)  # fmt: skip
def test_a_bound_holds_inside_it(target: str, inside: list[str], outside: list[str]) -> None:
    assert all(parse_target(target).is_met_by(parse_quantity(value)) for value in inside)
    assert not any(parse_target(target).is_met_by(parse_quantity(value)) for value in outside)


@pytest.mark.parametrize(("target", "value"), [("5", "5"), ("≥5", "5 deals")])
def test_asking_a_plain_target_or_another_unit_whether_it_holds_is_a_bug(
    target: str, value: str
) -> None:
    with pytest.raises(ValueError, match="can't hold"):
        parse_target(target).is_met_by(parse_quantity(value))


@pytest.mark.parametrize(
    ("value", "like", "shown"),
    [
        (16_000_000, "$12M", "$16M"), ("16.5e6", "$12M", "$16.5M"), (12_345_678, "$12M", "$12.35M"),
        (3, "$12M", "$0.000003M"), (12_500, "3,000", "12,500"), (1_234_567, "3 000", "1 234 567"),
        ("1/3", "4", "0.33"), ("2/3", "4.5", "0.667"), ("0.125", "5", "0.13"),
        ("-0.125", "5", "-0.13"), (2, "1.10", "2"), (-5, "+35", "-5"), (5, "+35", "+5"),
        (0, "+35", "0"), (5, "-17%", "5%"), (-5, "−17%", "−5%"), (-3, "$-5", "$-3"),
        (14_400, "15 min", "240 min"), (7200, "1h 30min", "2h 0min"), (-90, "1min 5s", "-1min 30s"),
        ("3599.999", "1h 30min", "1h 0min"), (4, "4.5/5", "4/5"), (6, "7 of 8", "6 of 8"),
        ("0.5", "10 bps", "50 bps"), (1, "15 deals", "1 deal"), (1, "5K req/s", "0.001K req/s"),
        (86_400, "120 days", "1 day"), ("0.001", "800ms", "1ms"),
    ],
)  # fmt: skip
def test_a_computed_value_is_shown_in_the_notation_of_another(
    value: int | str, like: str, shown: str
) -> None:
    assert format_like(Fraction(value), parse_quantity(like)) == shown


@pytest.mark.parametrize(
    "text",
    [
        "X", "x", "XX", "XX%", "X%", "$X", "$XM", "N", "$N", "N%", "TBD", "tbd",
        "TBD (ask Kim, Q2)",
        "??", "?", "_", "___%", "[number]", "<number>", "{target}", "…", "...", "X deals", "X/5",
        "N of 8", "≥X%", "X.X%", "Xms", "X/week", "todo",
    ],
)  # fmt: skip
def test_placeholders_are_told(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text", ["", "5", "10x", "n/a", "N/A", "-", "<5%", "Xylophone", "no", "none", "x-ray", "done"]
)
def test_other_texts_are_no_placeholders(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize("text", ["", " ", "n/a", "N/A", "-", "–", "—", "not measured", "No data"])
def test_blank_results_are_told(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["0", "none", "none yet", "no", "X", "-5", "not started"])
def test_other_texts_are_not_blank(text: str) -> None:
    assert not is_blank(text)


numbers = st.one_of(
    st.integers(0, 10**9).map(str),
    st.decimals(0, 10**6, places=4).map(str),
    st.integers(1000, 10**9).map(lambda n: f"{n:,}"),
    st.integers(1000, 10**9).map(lambda n: f"{n:_}"),
)
signs = st.sampled_from(["", "", "+", "-", "−"])
shapes = st.sampled_from(
    [
        "{}", "{}%", "${}", "${}M", "{} €", "{} k€", "{}K", "{} deals", "{} companies", "{}ms",
        "{} hours", "{} points", "{} bps", "{}/5", "{} of 8", "{}x/week", "{} per day",
        "{} quarters",
        "{}M users", "${} ARR", "{}% of users", "{} tier-1 accounts",
    ]
)  # fmt: skip
amounts = st.builds(lambda sign, shape, n: sign + shape.format(n), signs, shapes, numbers)
compounds = st.builds("{}{}h {}min".format, signs, st.integers(0, 99), st.integers(0, 59))


@always
@given(amounts | compounds, st.integers(-1000, 1000))
def test_reading_what_was_shown_gives_the_amount_back(text: str, times: int) -> None:
    like = parse_quantity(text)
    back = parse_quantity(format_like(like.value * times, like))
    assert (back.value, back.unit, back.kind) == (like.value * times, like.unit, like.kind)


@always
@given(amounts | compounds, amounts)
def test_any_value_is_shown_in_the_unit_asked_for_and_nearly_exact(text: str, other: str) -> None:
    like, value = parse_quantity(text), parse_quantity(other).value
    back = parse_quantity(format_like(value, like))
    assert back.unit == like.unit
    assert back.kind == like.kind or {back.kind, like.kind} == {UnitKind.COUNT, UnitKind.SCORE}
    assert value * back.value >= 0
    assert abs(back.value - value) <= max(abs(value) / 2, worth_of_a_hundredth(like.text))


def worth_of_a_hundredth(text: str) -> Fraction:
    """Half of 0.01 in the unit and magnitude of a text."""
    one = parse_quantity(re.sub(r"[0-9][0-9.,_]*(.*)", r"1\1", text.lstrip("+-−"), count=1))
    return abs(one.value) / 200


@always
@given(shapes, st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6))
def test_a_larger_number_is_a_larger_amount(shape: str, a: int, b: int) -> None:
    one, other = (
        parse_quantity(("-" if n < 0 else "") + shape.format(abs(n))) for n in (a, b)
    )  # the sign stands in front of a currency
    assert (one.value < other.value) == (a < b)
    assert is_same_unit(one, other)


@always
@given(st.integers(0, 10**9), st.sampled_from(",_'’ \u00a0\u2009\u202f"))
def test_grouping_changes_nothing(number: int, gap: str) -> None:
    assert (
        parse_quantity(f"{number:,} ms".replace(",", gap)).value
        == parse_quantity(f"{number} ms").value
    )


likely = st.text(
    st.sampled_from("0123456789.,-–−+<>≤≥=~$€%/_'’ \u00a0…kKmMbBxhdsoptern()Xe²°٥½[]"), max_size=30
)


@settings(derandomize=True, deadline=None, max_examples=800)
@given(st.text(max_size=40) | likely | st.lists(amounts, max_size=3).map(" to ".join))
def test_any_text_is_an_amount_or_a_quantity_error(text: str) -> None:
    is_blank(text), is_placeholder(text)
    for read in (parse_quantity, parse_target):
        try:
            read(text)
        except QuantityError as error:
            assert all((error.message, error.hint))  # noqa: PT017  # most texts may pass


@pytest.mark.parametrize(
    "piece",
    ["1 ", "1,", "1.", "a", "a ", " ", "/", "/ ", "1h ", "-", "–", "<", "[", "x", "to ", "per "],
)
def test_long_repetitive_texts_are_read_in_no_time(piece: str) -> None:
    began = time.process_time()
    for text in (piece * 5000, (piece * 200)[:199], "1" + (piece * 200)[:198], (piece * 99) + "!"):
        is_placeholder(text)
        for read in (parse_quantity, parse_target):
            with contextlib.suppress(QuantityError):
                read(text)
    assert time.process_time() - began < 0.2


PAGE = (Path(__file__).parents[2] / "docs/reference/quantities.md").read_text(encoding="utf-8")


def cells(heading: str) -> list[list[str]]:
    """The body of the first table under a heading, row by row."""
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [line.strip("|").split(" | ") for line in section.splitlines() if line.startswith("|")]
    return rows[2:]


def test_each_documented_example_has_the_documented_kind() -> None:
    for kind, examples, _ in cells("What is what"):
        for text in re.findall("`(.+?)`", examples):
            assert parse_quantity(text).kind == kind.strip(), text


def test_each_documented_error_is_one() -> None:
    for examples, *_ in cells("Errors"):
        for text in re.findall("`(.+?)`", examples):
            refused(text)


@pytest.mark.parametrize("text", ["80.000 €", "€72.500", "1.200 users", "-3.500 USD"])
def test_three_decimals_of_money_or_of_what_is_counted_have_two_readings(text: str) -> None:
    with pytest.raises(QuantityError, match="two readings") as caught:
        parse_quantity(text)
    assert "for thousands" in caught.value.hint
    assert "for a decimal" in caught.value.hint


@pytest.mark.parametrize("text", ["99.995%", "1.125", "0.125 €", "$1.234M", "1.500 s", "4.125/5"])
def test_three_decimals_elsewhere_have_one_reading(text: str) -> None:
    assert parse_quantity(text).text == text
