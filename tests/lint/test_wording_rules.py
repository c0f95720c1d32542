"""Rules about wording: their edges, beyond the examples on their pages and the corpus."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
import yaml

from okr_states import rule_findings
from okrdocs.lint.catalogue import RULES
from okrdocs.lint.english.numbers import (
    is_amount_in_key_result_title,
    is_amount_in_objective_title,
)
from okrdocs.lint.english.text import parse_title
from okrdocs.lint.examples import example_files
from okrdocs.lint.rule import Family

Settings = Mapping[str, object]
NONE: Settings = {}
WORDING = frozenset(rule.code for rule in RULES if rule.family is Family.WORDING)

FOREIGN = (
    "Umsatz um 20% steigern",
    "Kundenzufriedenheit verbessern",
    "Qualität",
    "Das neue ERP-System einführen",
    "Neue Website launchen",
    "10.000 Follower auf LinkedIn",
    "Die Churn-Rate unter 3% halten und NPS auf 50 steigern",
    "Améliorer la qualité de service",
    "Augmenter le chiffre d'affaires de 20%",
    "Lancer le nouveau site web",
    "Explorer de nouveaux marchés, etc.",
    "Former 200 collaborateurs et réduire les coûts de 5%",
    "Mejorar la satisfacción de los clientes",
    "Aumentar las ventas un 20%",
    "Publicar 12 artículos y captar 30 clientes",
    "Zwiększyć przychody o 20%",
    "Uruchomić nowy sklep",
    "Poprawić jakość",
    "売上を20%増やす",
    "新しいウェブサイトを公開する",
    "Увеличить продажи на 20%",
)


def codes(document: dict[str, object], settings: Settings = NONE) -> dict[str, set[str]]:
    """The wording rules' codes by local reference, for one team's file."""
    head = yaml.safe_dump({"rules": dict(settings)}, allow_unicode=True) if settings else ""
    text = yaml.safe_dump(document, allow_unicode=True)
    files = example_files(f"# okr.yml\n{head}# 2025-Q1/product.yml\n{text}")
    found: dict[str, set[str]] = {}
    for problem in rule_findings(files, WORDING, may_lack_measures=True):
        found.setdefault(problem.ref.partition("/")[2], set()).add(problem.code)
    return found


def of_objective(title: str, settings: Settings = NONE) -> set[str]:
    return codes({"objectives": [{"id": "o", "title": title}]}, settings).get("o", set())


def of_key_result(title: str, given: Settings = NONE, settings: Settings = NONE) -> set[str]:
    key_result = {"id": "kr", "title": title, **given}
    objective = {"id": "o", "title": "Neighbours stop to say hello", "key_results": [key_result]}
    return codes({"objectives": [objective]}, settings=settings).get("o#kr", set())


@pytest.mark.parametrize("title", FOREIGN)
def test_titles_in_other_languages_are_left_alone(title: str) -> None:
    assert of_objective(title) == set()
    assert of_key_result(title) == set()


@pytest.mark.parametrize(
    "title",
    [
        "KR1: Launch the new shop",
        "🚀 Launch the new shop",
        "Product: launch the new shop",
        "By the end of March, launch the new shop",
        "We will launch the new shop",
        "[Launch the new shop](https://example.com/shop)",
        "(Stretch) Launch the new shop",
    ],
)
def test_what_stands_before_the_sentence_hides_nothing(title: str) -> None:
    assert "kr-is-output" in of_key_result(title)


def test_a_long_link_makes_no_key_result_too_long() -> None:
    title = f"[Shops that reorder within a month](https://example.com/{'x' * 200}) from 1% to 5%"
    assert "key-result-too-long" not in of_key_result(title)


@pytest.mark.parametrize(
    "title",
    [
        "Ready for ISO 27001 and SOC 2",
        "Be one of the top 10 in 2026",
        "Q1 2025 is the quarter in which we listen",
        "A 24/7 service that people praise",
        "Our B2B customers feel at home",
        "Tier 1 support becomes a career",
        "Christmas 2025 runs without empty shelves",
    ],
)
def test_numbers_in_names_dates_and_ranks_measure_nothing(title: str) -> None:
    assert not is_amount_in_objective_title(parse_title(title))


@pytest.mark.parametrize(
    "title",
    ["Double our revenue", "Reach €5m", "Ship to 1,000,000 homes", "A margin of 12 per cent"],
)
def test_amounts_in_digits_and_words_are_measured_aims(title: str) -> None:
    assert is_amount_in_objective_title(parse_title(title))


def test_a_verb_that_is_no_noun_makes_an_output_of_a_measured_noun() -> None:
    assert "kr-is-output" in of_key_result("Analyse churn by region")
    assert "kr-is-output" not in of_key_result("Launch revenue by region")


def test_a_key_result_has_its_number_in_words_or_in_its_fields() -> None:
    assert is_amount_in_key_result_title("No critical finding in the audit")
    assert is_amount_in_key_result_title("Twice as many repeat orders")
    assert not is_amount_in_key_result_title("ISO 27001 certificate by Q3 2025")
    fields: Settings = {"levels": {"commit": "10", "target": "20", "stretch": "30"}}
    assert "kr-without-number" not in of_key_result("Shops that reorder", fields)


def test_a_published_amount_that_was_blacked_out_still_is_a_number() -> None:
    assert is_amount_in_key_result_title("Win [_N<sub>3</sub>_][n3] large customers")


def test_a_title_that_waits_for_its_number_is_told_so_once() -> None:
    assert of_key_result("Churn below X%") == {"placeholder-text"}


def test_a_baseline_makes_an_improvement_a_promise() -> None:
    assert "weasel-words" in of_key_result("Improve the use of the night sorter")
    fields: Settings = {"baseline": "61%", "target": "80%"}
    assert of_key_result("Improve the use of the night sorter", fields) == set()


def test_keeping_a_level_is_fine_as_a_guardrail_or_with_a_new_level() -> None:
    title = "Keep complaints below 20 a week"
    assert of_key_result(title) == {"kr-is-kpi"}
    assert of_key_result(title, {"guardrail": True, "target": "<20"}) == set()
    assert of_key_result(title, {"baseline": "40", "target": "<20"}) == set()


def test_the_same_number_before_and_after_keeps_a_level_whatever_the_title() -> None:
    fields: Settings = {"baseline": "99.9%", "target": "≥99.9%"}
    assert of_key_result("Orders that arrive", fields) == {"kr-is-kpi"}


def test_a_task_that_brings_in_a_tool_is_told_once() -> None:
    assert of_objective("Migrate all our services to Kubernetes") == {"objective-is-solution"}
    assert of_objective("Migrate the payroll to the new office") == {"objective-is-task"}


def test_a_learning_objective_may_learn_and_test() -> None:
    for title in ("Find out why guests leave", "Test a night bus", "Learn whether Kafka helps us"):
        objective = {"id": "o", "title": title, "type": "learning"}
        assert codes({"objectives": [objective]}) == {}
    assert of_objective("Test a night bus") == {"objective-is-task"}


def test_graded_steps_say_how_much_and_done_does_not() -> None:
    steps: Settings = {"milestones": [{"title": "Tenants chosen"}, {"title": "Tenants moved in"}]}
    assert "kr-without-number" not in of_key_result("Tenants moved in", steps)
    assert "kr-without-number" in of_key_result("Tenants moved in", {"target": "done"})


def test_a_participle_after_as_says_whose_words_they_are() -> None:
    share: Settings = {"target": "4"}
    for title in ("Platforms at the elite level (as defined by DORA)", "Homes as described in law"):
        assert "kr-is-output" not in of_key_result(title, share)
    for title in ("Levels defined by the board", "Shop launched as agreed with our lawyers"):
        assert "kr-is-output" in of_key_result(title, share)


def test_what_those_do_who_are_served_is_an_effect() -> None:
    fields: Settings = {"baseline": "400", "target": "1200"}
    assert of_key_result("Invitations sent by new users", fields) == set()
    assert of_key_result("Tickets opened by customers", fields) == set()
    assert "kr-is-output" in of_key_result("Invitations sent by our team", fields)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Replaster the town hall", "objective-is-task"),
        ("Get the new till live", "objective-is-task"),
        ("Sign the lease", "objective-is-task"),
        ("Get every ward onto Luxmed", "objective-is-solution"),
        ("Move from Oracle to QuarryDB", "objective-is-solution"),
        ("Sensors in every stable", "objective-is-solution"),
        ("Teamwork", "objective-is-vague"),
        ("Be a modern hospital", "objective-is-vague"),
        ("Save €2 million", "objective-has-number"),
        ("Cut waste by a quarter", "objective-has-number"),
    ],
)
def test_objectives_that_a_coach_would_stop_at(title: str, code: str) -> None:
    assert of_objective(title) == {code}


@pytest.mark.parametrize(
    "title",
    [
        "Set our nurses free from paperwork",
        "Release notes that people look forward to",
        "Record labels fight for our new artists",
        "Plant 2 is the one everybody wants to work in",
        "Run the calmest night trains in Europe",
        "Ward 6 smells of coffee, not of hospital",
        "Over-60s find their way online",
        "Migrants feel at home in our town",
        "Warm homes for old people",
    ],
)
def test_objectives_that_only_look_like_faulty_ones(title: str) -> None:
    assert of_objective(title) == set()


def test_levels_beside_each_other_are_two_results() -> None:
    for title in (
        "Scrap from 4% to 2%, downtime from 9 to 5 hours",
        "Costs below €2m and audit closed by day 5",
        "Sick days down a fifth, overtime down by half",
    ):
        assert of_key_result(title) == {"two-results"}
    assert of_key_result("Scrap in Lyon, Porto and Graz from 4% to 2%") == set()
    assert of_key_result("Deals above €1m, signed by June, from 3 to 8") == set()


def test_attention_that_is_to_fall_or_is_shared_out_is_no_vanity() -> None:
    assert of_key_result("Page visits needed for a claim from 7 to 3") == set()
    assert of_key_result("Views per reader and week from 4 to 9") == set()
    assert of_key_result("8,000 visits to the hospital's portal") == {"vanity-metric"}


def test_own_words_can_be_allowed_and_added() -> None:
    assert of_key_result("Escort 12 dealers") == set()
    more = {"kr-is-output": {"also": ["escort"]}}
    assert of_key_result("Escort 12 dealers", settings=more) == {"kr-is-output"}
    allowed = {
        "kr-is-output": {"allow": ["train"]},
        "unexplained-abbreviation": {"allow": ["OTIF"]},
        "vanity-metric": {"allow": ["downloads"]},
    }
    for title in ("Train 12 dealers", "OTIF from 89% to 96%", "10,000 downloads"):
        assert of_key_result(title) != set()
        assert of_key_result(title, settings=allowed) == set()


def test_what_the_objective_explains_its_key_results_may_use() -> None:
    key_result = {"id": "kr", "title": "OTIF from 89% to 96%", "target": "96%"}
    objective = {
        "id": "o",
        "title": "Shops can plan with our trucks",
        "why": "On time, in full (OTIF) is what they pay for.",
        "key_results": [key_result],
    }
    assert codes({"objectives": [objective]}) == {}


def test_placeholders_are_found_in_reasons_initiatives_and_milestones() -> None:
    key_result = {
        "id": "kr",
        "title": "Half of the shops reorder",
        "milestones": [{"title": "TBD"}],
    }
    objective = {
        "id": "o",
        "title": "Shops come back",
        "why": "Ask sales: ???",
        "initiatives": ["[name]"],
        "key_results": [key_result],
    }
    found = codes({"objectives": [objective]})
    assert found == {"o": {"placeholder-text"}, "o#kr": {"placeholder-text"}}


def test_a_key_result_may_not_repeat_its_own_objective() -> None:
    key_result = {"id": "kr", "title": "Shops come back!", "target": "80%"}
    objective = {"id": "o", "title": "Shops come back", "key_results": [key_result]}
    assert codes({"objectives": [objective]}) == {"o#kr": {"copy-of-parent"}}


@pytest.mark.parametrize("title", ["?", "…", "-", "'", "KR1:", "[](x)", "é", "_", "& &", "O2."])
def test_odd_titles_raise_nothing(title: str) -> None:
    of_objective(title)
    of_key_result(title)


def test_long_titles_take_linear_time() -> None:
    for part in ("a", " and 1", "[", "(", "to X ", "from 1 to 2 ", "AB/", "some ", "as as "):
        title = (part * 500)[:500]
        parse_title.__wrapped__(title)
        of_key_result(title)


ABOUT = (
    "# okr.yml\nteams:\n  company: {{name: C, {}}}\n  product: {{name: P, parent: company, {}}}\n"
)
OTIF = """\
# 2025-Q1/product.yml
objectives:
  - {id: punctual, title: Shops can plan with our trucks}
  - id: other
    title: Drivers come home in time
    key_results: [{id: otif, title: OTIF from 89% to 96%, target: 96%}]
"""


@pytest.mark.parametrize(
    ("example", "told"),
    [
        (ABOUT.format("about: C", "about: P") + OTIF, True),
        (ABOUT.format("about: C", "about: We deliver on time and in full (OTIF)") + OTIF, False),
        (ABOUT.format("about: C", "about: P") + OTIF.replace("trucks", "trucks (OTIF)"), False),
        (
            ABOUT.format("about: C", "about: P")
            + OTIF
            + "# 2025-Q1/company.yml\nobjectives: [{id: a, title: On time in full (OTIF)}]\n",
            False,
        ),
    ],
)
def test_an_abbreviation_may_be_explained_by_the_team_or_by_a_title_around(
    example: str, told: bool
) -> None:
    codes = {"unexplained-abbreviation"}
    found = rule_findings(example_files(example), codes, may_lack_measures=True)
    assert bool(found) is told


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Share of CCNY graduates in work", False),
        ("Share of CQY graduates in work", True),
        ("Share of LQD graduates in work", False),
        ("[P1][INFRA] Share of graduates in work", False),
        ("Share of graduates in work [QZD]", False),
        ("Share of graduates (QZD) and QZT in work", True),
    ],
)
def test_initials_of_own_names_and_tags_need_no_explanation(title: str, told: bool) -> None:
    example = f"""
    # okr.yml
    organization: City College of New Yarmouth
    teams:
      company: {{name: Company}}
      product: {{name: Learning Quality and Didactics, parent: company}}
    # 2025-Q1/product.yml
    objectives:
      - id: o
        title: Neighbours stop to say hello
        key_results:
          - {{id: kr, title: "{title}", baseline: 40%, target: 60%}}
    """
    codes = {"unexplained-abbreviation"}
    found = rule_findings(example_files(example), codes, may_lack_measures=True)
    assert bool(found) is told


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Sign the contract with the bank", {"kr-is-output"}),
        ("New website", {"kr-is-output"}),
        ("A shop in Altona", set()),
        ("Members can pay by card", set()),
        ("Parents trust the coaches", {"kr-without-number"}),
        ("Shorter queue", {"kr-without-number"}),
    ],
)
def test_what_is_done_or_not_needs_no_number(title: str, expected: set[str]) -> None:
    assert of_key_result(title, {"target": "done"}) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Audit fees per shop",
        "Print orders sent in time",
        "Coaching sessions per apprentice",
        "Book sales in small shops",
    ],
)
def test_a_noun_with_a_baseline_is_no_work(title: str) -> None:
    assert "kr-is-output" not in of_key_result(title, {"baseline": "40", "target": "60"})
    assert "kr-is-output" in of_key_result("Audit 60 shops", {"baseline": "40", "target": "60"})


def test_a_key_result_that_measures_its_objective_is_no_copy() -> None:
    objective = {"id": "o", "title": "Increase data stewardship"}
    measured = {
        "id": "kr",
        "title": "Increase the number of data sets that are under stewardship from 6 to 11",
    }
    copied = {"id": "copy", "title": "Data stewardship to 60%"}
    document: dict[str, object] = {"objectives": [objective | {"key_results": [measured, copied]}]}
    found = codes(document)
    assert "copy-of-parent" not in found.get("o#kr", set())
    assert "copy-of-parent" in found["o#copy"]


def test_two_results_looks_at_a_few_joints_only() -> None:
    second = "to 5 and cut churn to 3%"
    assert "two-results" in of_key_result(f"Raise b and c {second}")
    assert "two-results" not in of_key_result(f"Raise {'a and ' * 9}b {second}")
