"""Reads the unit of an amount: the text before and after its number, and what it is worth.

`quantity` finds the number; this module reads the rest of the text: currency, magnitude,
percent, points, durations, scores, rates and people's own words. Pure; nothing is guessed:
what has two readings is a QuantityError that names both.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class UnitKind(StrEnum):
    """What kind of amount a unit makes, as far as its text tells."""

    NUMBER = "number"
    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    POINTS = "points"
    DURATION = "duration"
    RATE = "rate"
    SCORE = "score"


class QuantityError(ValueError):
    """A text isn't an amount. `message` says what is wrong, `hint` how to write it.

    `no_number`: no number stands where one is expected, so stages or milestones may be meant.
    `write` is the amount as it should be, where only one can be meant.
    """

    def __init__(
        self, message: str, hint: str = "", *, no_number: bool = False, write: str = ""
    ) -> None:
        super().__init__(f"{message} {hint}".rstrip())
        self.message = message
        self.hint = hint
        self.no_number = no_number
        self.write = write


class Unit(NamedTuple):
    """The meaning of the text around a number: its value is number * times / over."""

    key: str
    kind: UnitKind
    times: int = 1
    over: int = 1


_CURRENCIES = {
    key: (key, *names.split())
    for key, names in {
        "$": "USD US$", "€": "EUR", "£": "GBP", "¥": "JPY JP¥", "₹": "INR Rs Rs.",
        "A$": "AUD AU$", "CA$": "CAD C$", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "R$": "BRL",
        "MX$": "MXN", "NT$": "TWD", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₫": "VND", "₪": "ILS",
        "₦": "NGN", "₱": "PHP", "₴": "UAH", "฿": "THB", "CHF": "Fr.", "CNY": "RMB CN¥", "kr": "",
        "SEK": "", "NOK": "", "DKK": "", "PLN": "zł", "CZK": "Kč", "HUF": "", "ZAR": "",
        "AED": "", "SAR": "", "IDR": "", "MYR": "", "RON": "", "ISK": "", "KES": "", "EGP": "",
        "CLP": "", "COP": "", "ARS": "",
    }.items()
}  # fmt: skip
_CURRENCY = {name: key for key, names in _CURRENCIES.items() for name in names}
# Lower-case codes are accepted too, except where they are an English word.
_CURRENCY |= {name.lower(): key for name, key in _CURRENCY.items() if name != "TRY"}
_MAGNITUDES = {
    name: worth
    for worth, names in {
        10**3: "k K thousand thousands",
        10**5: "lakh lakhs",
        10**6: "m M mn Mn MN Mio mio MM million millions",
        10**7: "crore crores",
        10**9: "b B bn Bn BN Mrd Md Mds billion billions milliard milliards",
        10**12: "T tn trn trillion trillions",
    }.items()
    for name in names.split()
}
_SECONDS = {
    "microsecond": (1, 10**6, "us µs μs microseconds"),
    "millisecond": (1, 1000, "ms msec msecs milliseconds"),
    "second": (1, 1, "s sec secs seconds"),
    "minute": (60, 1, "min mins minutes"),
    "hour": (3600, 1, "h hr hrs hours"),
    "day": (86400, 1, "d days"),
    "week": (604800, 1, "w wk wks weeks"),
}
_MONTHS = {
    "month": (1, 1, "mo mos months"),
    "quarter": (3, 1, "qtr qtrs quarters"),
    "year": (12, 1, "y yr yrs years"),
}
DURATIONS = {
    form: Unit(base, UnitKind.DURATION, times, over)
    for base, table in (("s", _SECONDS), ("month", _MONTHS))
    for name, (times, over, forms) in table.items()
    for form in (name, *forms.split())
}
"""Each way to write a duration, in lower case; worth in seconds or in months."""
_TIME_NAMES = {
    form: name
    for name, (_, _, forms) in (_SECONDS | _MONTHS).items()
    for form in (name, *forms.split())
}
_POINT_NAMES = (
    "point", "points", "pt", "pts", "pp", "pps", "ppt", "ppts", "p.p.", "percentage point",
    "percentage points",
)  # fmt: skip
_BASIS_POINT_NAMES = ("basis point", "basis points", "bp", "bps")
_POINTS = {
    **dict.fromkeys(_POINT_NAMES, Unit("points", UnitKind.POINTS)),
    **dict.fromkeys(_BASIS_POINT_NAMES, Unit("points", UnitKind.POINTS, 1, 100)),
}
_IRREGULAR_SINGULARS = {
    "ads": "ad", "bonuses": "bonus", "buses": "bus", "caches": "cache", "children": "child",
    "cookies": "cookie", "headaches": "headache", "men": "man", "movies": "movie",
    "people": "person", "series": "series", "statuses": "status", "viruses": "virus",
    "women": "woman",
}  # fmt: skip

GAPS = " \u00a0\u2007\u2009\u202f"
"""White space that may part groups of digits."""

_NO_PLURAL = ("ss", "us", "sis", "xis", "bps")

_LETTERS = re.compile(r"[^\W\d_]+")
_CURRENCY_SIGN = re.compile(r"(?:[A-Z]{1,2})?[$¥]|[€£₹₩₽₺₫₪₦₱₴฿]")
_PERCENT = re.compile(r"%|(?:percent|per cent|pct)(?![\w-])", re.IGNORECASE)
_PERCENT_POINTS = re.compile(r"[ -]?(?:points?|pts?)|p", re.IGNORECASE)
_SCORE = re.compile(
    r"(/ ?|(?:out )?of )([0-9]+(?:,[0-9]{3})*)(\.[0-9]+)?(?![0-9.,])(.*)", re.DOTALL
)
_WORDS = re.compile(  # a digit only inside a word ("CO2", "tier-1") or in what a rate is per
    r"(?=[^\W\d_]|[°/])(?:[^\W\d_]|[²³°'’.&·/\u0300-\u036f -]|(?<=[^\W_])[0-9]|(?<=[/-])[0-9]"
    r"|(?<=/ )[0-9]|(?<=\bper )[0-9]|(?<=[0-9]),[0-9]{3})+"
)
_PER_WORD = re.compile(
    r" ?/ ?|(?:^| )per |(?:^| )(?:an?|each|every) (?=(?:hour|day|week|month|quarter|year)\b)"
)
_OR_MORE = re.compile(
    r"(?:^| )or (?:more|higher|above|over|greater|less|fewer|lower|below|under)$", re.IGNORECASE
)
_OR_ELSE = re.compile(r"(?:^or (?P<else>.+)|.* or (?P<rough>so|better|worse))$", re.IGNORECASE)
_EXPONENT = re.compile(r"[eE][+-]?[0-9]")
_RUN_TOGETHER = re.compile(r"(?:y|yr|mo|w|d|h|hr|min|m(?![23]\b))[0-9]", re.IGNORECASE)
_MAX_UNIT_WORDS = 6
_GAP_GROUPED = re.compile(rf"[1-9][0-9]{{0,2}}(?:[{GAPS}'’][0-9]{{3}})+")


@lru_cache(maxsize=4096)
def read_unit(before: str, after: str) -> Unit:
    """Read the unit that the text before and after a number makes.

    `before` may hold a currency; `after` a magnitude, a currency, percent and words, in this
    order. Shapes of the key: see `quantity.Quantity.unit`. Raises QuantityError where it is none.
    """
    money = _read_currency_before(before.strip())
    worth, rest = _read_magnitude(after.lstrip(), money)
    money, rest = _read_currency_after(rest, money)
    if money and worth == 1:
        worth, rest = _read_magnitude(rest, money)
    text = " ".join(rest.split())
    if money:
        return _unit_in_words(money, UnitKind.MONEY, text, worth)
    if percent := _PERCENT.match(text):
        return _percent_unit(text[percent.end() :], worth)
    if score := _SCORE.fullmatch(text):
        return _score_unit(score, worth)
    return _unit_in_words("", UnitKind.COUNT, text, worth)


def _read_currency_before(before: str) -> str:
    key = _CURRENCY.get(before, "")
    if before and not key:
        raise QuantityError(
            f'"{before[:40]}" stands before the number.',
            'Only a sign or a currency may come first: put words after the number, as in "45 NPS".',
        )
    return key


def _read_magnitude(text: str, money: str) -> tuple[int, str]:
    """Return (what the number is multiplied by, the text after it); 1 without a magnitude.

    Raises QuantityError for "m" and "b", which have two readings.
    """
    match = _LETTERS.match(text)
    name = match[0] if match else ""
    worth = _MAGNITUDES.get(name if len(name) < 3 else name.lower())
    rest = text[len(name) :]
    if len(name) > 1 and rest.startswith("."):  # "5 Mio. EUR"
        rest = rest[1:]
    if worth is None or _is_rest_of_word(rest):
        return 1, text
    if not money and name in ("m", "b") and (not rest.strip() or _PER_WORD.match(rest)):
        raise _unclear_magnitude_error(name)
    return worth, rest


def _is_rest_of_word(rest: str) -> bool:
    """Return whether what looked like a whole word is only its start: "K" of "k-fold"."""
    return bool(rest) and (rest[0] in "-'’._" or rest[0].isalnum())


def _unclear_magnitude_error(name: str) -> QuantityError:
    if name == "m":
        return QuantityError(
            '"m" after a number can mean millions or minutes.',
            'Write "5M" for five million, "5 min" for minutes, "5 metres" for metres.',
        )
    return QuantityError(
        '"b" after a number can mean billions, bits or bytes.',
        'Write "5B" for five billion, "5 bits" or "5 bytes" for the others.',
    )


def _read_currency_after(rest: str, money: str) -> tuple[str, str]:
    text = rest.lstrip()
    match = _CURRENCY_SIGN.match(text) or _LETTERS.match(text)
    key = _CURRENCY.get(match[0], "") if match else ""
    if not match or not key or (match[0][-1].isalpha() and _is_rest_of_word(text[match.end() :])):
        return money, rest
    if money and key != money:
        raise QuantityError("Two currencies stand around the number.", "Keep only one.")
    return key, text[match.end() :]


def _percent_unit(words: str, worth: int) -> Unit:
    if worth != 1:
        raise QuantityError(
            "A percentage can't have a magnitude.", 'Write it in full: "3000%" for "3K%".'
        )
    if _PERCENT_POINTS.fullmatch(words):
        return Unit("points", UnitKind.POINTS)
    return _unit_in_words("%", UnitKind.PERCENT, words.strip(), worth)


def _score_unit(score: re.Match[str], worth: int) -> Unit:
    """Read a score or a part of a whole: "/5" and "out of 5" alike, perhaps with words."""
    if worth != 1:
        raise QuantityError(
            "A number out of another can't have a magnitude.",
            'Write both in full: "3000 of 5000".',
        )
    fraction = (score[3] or "").rstrip("0").rstrip(".")
    whole = (score[2].replace(",", "").lstrip("0") or "0") + fraction
    if whole == "0":
        raise QuantityError("Nothing can be out of 0.", 'Write the whole, as in "4.5/5".')
    if score[4][:1].strip():
        raise _leftover_text_error(score[4])
    words = _normalized_words(_check_unit_words(score[4].strip()))
    return Unit(f"of {whole} {words}".strip(), UnitKind.SCORE)


def _unit_in_words(base: str, kind: UnitKind, text: str, worth: int) -> Unit:
    """Read a unit in people's words, after the currency or percent sign that is its base."""
    if not text:
        return Unit(base, kind if base else UnitKind.NUMBER, worth)
    fixed = None if base else _duration_or_points_unit(text.casefold())
    if fixed:
        return fixed._replace(times=fixed.times * worth)
    counted, *per = _PER_WORD.split(_check_unit_words(text))
    if per:
        return Unit(_rate_key(base, counted, per), UnitKind.RATE, worth)
    return Unit(f"{base} {_normalized_words(counted)}".strip(), kind, worth)


def _duration_or_points_unit(text: str) -> Unit | None:
    return DURATIONS.get(text) or _POINTS.get(text)


def _rate_key(base: str, counted: str, per: list[str]) -> str:
    """Return the key of a rate; a bare number is so many times: "12/week" is "x/week"."""
    if not all(per):
        raise QuantityError("A rate doesn't say what it is per.", 'Write it as in "3/week".')
    name = " ".join(_TIME_NAMES.get(word.casefold(), word) for word in counted.split())
    name = "x" if name.casefold() in ("time", "times") else _normalized_words(name)
    above = f"{base} {name}".strip() or "x"
    below = (
        _TIME_NAMES.get(part.casefold()) or _normalized_words(part.replace(",", "")) for part in per
    )
    return "/".join((above, *below))


def _check_unit_words(words: str) -> str:
    """Return the words as given. Raises the QuantityError that fits where they are no unit."""
    if _OR_MORE.search(words):
        raise bound_or_range_error(words)
    if match := _OR_ELSE.match(words):
        raise QuantityError(
            f'"or {(match["else"] or match["rough"])[:40]}" leaves the amount open.',
            'Write one amount; a bound in a target ends in "or more" or "or less".',
        )
    if _EXPONENT.match(words):
        raise QuantityError(
            "The number is written with an exponent.", 'Write "1M" or "1,000,000" for 1e6.'
        )
    if _RUN_TOGETHER.match(words):
        raise QuantityError(
            "A number runs into a unit of time.", 'Name each unit, as in "1h 30min".'
        )
    if words and not _WORDS.fullmatch(words):
        raise _leftover_text_error(words)
    if len(words.split()) > _MAX_UNIT_WORDS:
        raise QuantityError(
            "A whole sentence stands after the number.",
            "Keep the unit and move the rest to a note.",
        )
    return words


def bound_or_range_error(sign: str) -> QuantityError:
    """Return the error for a bound or a range where one amount is expected."""
    return QuantityError(
        f'"{sign[:40]}" makes this a bound or a range; only a target may have one.',
        "Write the one amount that it is.",
    )


def thousands_error(number: str) -> QuantityError:
    """Return the error for three decimals of money or a count: 80.000 € may be thousands."""
    short, thousands = number.rstrip("0").rstrip("."), number.replace(".", ",")
    decimal = f"{number}0" if short == number else short  # four places can only be decimals
    return QuantityError(
        f'"{number}" has two readings here: {short} or {thousands}.',
        f'Write "{thousands}" for thousands, "{decimal}" for a decimal.',
    )


def unclear_number_error(written: str, before: str = "", after: str = "") -> QuantityError:
    """Return the error for digits that are no number or may be two: 1,5 is 1.5 or 15.

    `before` and `after` are what stands around them, with which they are written again.
    """
    bare = re.sub("[^0-9]", "", written)
    whole, comma, decimals = written.rpartition(",")
    if comma and decimals.isdigit():
        point = f"{re.sub('[^0-9]', '', whole)}.{decimals}"
        if len(decimals) < 3 and (whole == "0" or _GAP_GROUPED.fullmatch(whole)):
            amount = f"{before}{point}{after}"  # "03" is no number, and "1 500,5" has its groups
            return QuantityError(
                f'"{written}" has a comma for the decimal point.',
                f'Write "{amount}".',
                write=amount,
            )
        other = bare.lstrip("0") or "0"
        if "." in whole:
            other = f"{whole}{decimals}" if whole.count(".") == 1 else other
        return QuantityError(
            f'"{written}" can mean {point} or {other}.',
            f'Write "{before}{point}{after}" or "{before}{other}{after}"; a comma only parts groups'
            ' of three digits, as in "3,000".',
        )
    if any(gap in written for gap in GAPS):
        return QuantityError(
            f'"{written}" can mean two numbers or the one number {bare}.',
            f'Write "{bare}", or keep one of the two.',
        )
    return QuantityError(
        f'"{written}" isn\'t one number.',
        f'Use one decimal point and groups of three digits, as in "1,234.5"; or write "{bare}".',
    )


def _leftover_text_error(words: str) -> QuantityError:
    match = _WORDS.match(words)
    rest = words[match.end() if match else 0 :].lstrip()
    if rest.startswith(("…", "–", "—", "+", "<", ">", "≤", "≥", "=", "..")):
        return bound_or_range_error(rest)
    if words.startswith("to ") and rest[:1].isdigit():
        return bound_or_range_error(words)
    if rest[:1].isdigit() or (rest[:1] in tuple("-.,") and rest[1:2].isdigit()):
        return QuantityError(
            "There are two numbers here.", "Keep one amount and move the rest to a note."
        )
    return QuantityError(
        f'"{rest[:40]}" isn\'t part of an amount or its unit.',
        "Keep the number and its unit, and move remarks to a note.",
    )


def _normalized_words(words: str) -> str:
    """Return the words in lower case and singular: units are compared without regard to either."""
    return " ".join(singular(word) for word in words.split())


def singular(written: str) -> str:
    """Return the singular of a word, in lower case, by the simple rules of English spelling."""
    word = written.casefold()
    if word in _IRREGULAR_SINGULARS:
        return _IRREGULAR_SINGULARS[word]
    if len(written) > 2 and written[-1] == "s" and written[:-1].isupper():
        return word[:-1]  # "PRs", "KPIs"
    if len(word) < 4 or not word.endswith("s") or word.endswith(_NO_PLURAL):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]
