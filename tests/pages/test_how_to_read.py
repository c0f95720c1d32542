"""The page for a reader who never heard of OKRs: every word of status, the company's own limits."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files

import pytest

from okr_states import files_from, read_state
from okrdocs import words
from okrdocs.grading.status import StatusCode
from okrdocs.pages.how_to_read import how_to_read_page
from okrdocs.pages.render import render_page

PLAIN = "schema: 1\norganization: Acme\n"
OWN = (
    PLAIN
    + """\
contact: Strategy <b>team</b>
grading:
  aims: {aspirational: 0.6}
  pace: {on_track: -0.05, behind: -0.2}
  bands:
    aspirational:
      - {from: 0.6, word: hooray, means: We did it, action: Dance}
      - {from: 0, word: alas, means: We did not, action: Ask why}
cadence: {stale_after_days: 9}
"""
)


def shown(organization: str) -> str:
    texts = {"okrs/okr.yml": organization, "okrs/2025-Q1/company.yml": "schema: 1\n"}
    scores = read_state(files_from(texts)).scores(date(2025, 2, 1))
    return render_page(how_to_read_page(scores))


@pytest.mark.parametrize("code", [code for code in StatusCode if code is not StatusCode.BAND])
def test_each_word_of_status_stands_once_with_its_state_and_meaning(code: StatusCode) -> None:
    rows = re.findall(
        r"^\| (.*?) \| <span.*?>(.*?)</span> \| (.*?) \|$", shown(PLAIN), re.MULTILINE
    )
    state = words.STANDING_WORDS[code.standing] if code.standing else words.IN_NO_MEAN
    found = [row for row in rows if row[1] == words.STATUS_WORDS[code]]
    assert found == [(state, words.STATUS_WORDS[code], words.STATUS_MEANINGS[code])]


def test_the_four_states_stand_in_their_order() -> None:
    states = re.findall(r"^\| (.*?) \| <span", shown(PLAIN), re.MULTILINE)
    named = [state for state in dict.fromkeys(states) if not state[0].isdigit()]
    assert named == [*words.STANDING_WORDS.values(), words.IN_NO_MEAN]


def test_aims_limits_and_bands_are_those_of_the_company() -> None:
    page = shown(OWN)
    assert "0.60 for an aspirational objective, 1.00 for a committed one" in page
    assert "At most 0.05 below it is on track, at most 0.20 below it is behind" in page
    assert "too old 9 days after its day" in page
    assert re.search(r"\| 0\.60 – 1\.00 \| .*Hooray</span> \| We did it \| Dance \|", page)
    assert "0.70" not in page.split("| Committed |")[0]


def test_the_usual_policy_is_shown_where_the_company_says_nothing() -> None:
    page = shown(PLAIN)
    assert "0.70 for an aspirational objective" in page
    assert re.search(r"\| 0\.40 – 0\.69 \| .*Progress</span> \|", page)


def test_it_says_whom_to_ask() -> None:
    assert "Strategy &#60;b>team&#60;/b> knows more." in shown(OWN)
    assert "ask its owner; about a team's, its lead" in shown(PLAIN)


def test_the_site_of_a_company_leads_there() -> None:
    default = files("okrdocs.site").joinpath("default_config.yml").read_text("utf-8")
    assert "- How to read these pages: okrs/how-to-read.md\n" in default
