"""A diff as text, as a review comment and as JSON; its reference page names every key and word."""

from __future__ import annotations

import html
import io
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrdocs.diff import ChangeKind, Diff, Effect, Importance, OkrChange, Scope, compare
from okrdocs.grading.results import Scores
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.problem import Problem
from okrdocs.report.console import Console
from okrdocs.report.diff_formats import DiffFormat, render_diff
from okrdocs.report.diff_json import FORMAT_VERSION
from okrdocs.source.disk import File
from okrdocs.workspace.workspace import Ref

PLAIN = Console(io.StringIO(), io.StringIO())
COLORED = Console(io.StringIO(), io.StringIO(), color=True)
PAGE = (Path(__file__).parents[2] / "docs/reference/diff.md").read_text("utf-8")
KR = Ref("2025-Q2", "product", "growth", "nps")
OURS = re.compile(r"</?(?:span|code|summary|details)>")
NONE = Diff((), ())


def a_change(
    sentence: str = "lowered the target of Product KR1 “NPS” from 50 to 45 – easier",
    importance: Importance = Importance.GOALPOSTS,
    reason: str = "",
    cycle: str = "2025-Q2",
) -> OkrChange:
    return OkrChange(
        ChangeKind.TARGET, importance, KR, "Product KR1 “NPS”", "target", "50", "45", reason,
        sentence,
        "okrs/2025-Q2/product.yml", 7, cycle, "product",
    )  # fmt: skip


def an_effect(scope: Scope = Scope.KEY_RESULT, title: str = "Product KR1 “NPS”") -> Effect:
    ref = KR if scope is Scope.KEY_RESULT else None
    return Effect(
        scope, ref, "2025-Q2", "product", title, Decimal("0.40"), Decimal("0.60"),
        "🟡 Behind", "🟡 On track",
    )  # fmt: skip


def text(diff: Diff, console: Console = PLAIN) -> str:
    return render_diff(DiffFormat.TEXT, diff, "main", "your branch", console)


def markdown(diff: Diff, before: str = "main") -> str:
    return render_diff(DiffFormat.MARKDOWN, diff, before, "your branch", PLAIN)


def test_nothing_changed_is_one_calm_line() -> None:
    assert text(NONE) == "No change in the OKRs between main and your branch."
    assert markdown(NONE) == "**OKRs:** No change in the OKRs between main and your branch."


def test_the_text_groups_by_importance_and_shows_the_grades_first() -> None:
    found = Diff(
        (a_change(reason="Two left"), a_change("reworded the note of it", Importance.WORDS)),
        (an_effect(Scope.CYCLE, "Q2 2025"), an_effect()),
    )
    assert text(found).split("\n") == [
        "2 changes from main to your branch, all in 2025-Q2",
        "",
        "Grades",
        "  Q2 2025            0.40 → 0.60  +0.20  🟡 Behind → 🟡 On track",
        "  Product KR1 “NPS”  0.40 → 0.60  +0.20  🟡 Behind → 🟡 On track",
        "",
        "Moves the goalposts (1)",
        "  - Lowered the target of Product KR1 “NPS” from 50 to 45 – easier.",
        "    Grade 0.40 → 0.60. Reason: Two left.",
        "    okrs/2025-Q2/product.yml:7",
        "",
        "Changes words (1)",
        "  - Reworded the note of it.",
        "    okrs/2025-Q2/product.yml:7",
    ]


def test_only_counts_lose_the_word_reported_and_not_what_isnt_reported() -> None:
    counts = an_effect()._replace(words_before="3 of 4 reported", words_after="4 of 4 reported")
    status = an_effect()._replace(words_before="Not reported", words_after="Behind")
    shown = text(Diff((a_change(),), (counts, status)))
    assert "  3 of 4 → 4 of 4 reported\n" in shown
    assert "  Not reported → Behind\n" in shown


def test_a_cycle_that_is_closed_shows_its_teams_and_folds_all_that_moved_with_it() -> None:
    teams = [an_effect(Scope.TEAM, f"Team {number}") for number in range(3)]
    objectives = [an_effect(Scope.OBJECTIVE, f"Objective {number}") for number in range(20)]
    results = [an_effect(title=f"KR {number}") for number in range(40)]
    closed = a_change(importance=Importance.PROGRESS)
    found = Diff((closed,), (*teams, *objectives, *results))
    shown = text(found)
    assert "Team 2" in shown
    assert "Objective 0" not in shown
    assert "\n  and 20 objectives and 40 key results; `--format json` has all\n" in shown
    comment = markdown(found)
    above, below = comment.split("<details><summary>20 objectives and 40 key results</summary>")
    assert "Team 2" in above
    assert "Objective 0" not in above
    assert below.index("Objective 19") < below.index("KR 39")


def test_fifteen_grades_are_all_shown() -> None:
    found = Diff((a_change(),), tuple(an_effect(title=f"KR {n}") for n in range(15)))
    assert "KR 14" in text(found)
    assert "<details>" not in markdown(found)


def test_a_title_with_another_number_moves_no_grade_and_is_not_said_to() -> None:
    title = a_change("reworded Product KR1 “NPS of 45”: it was “NPS of 50” – other numbers")
    shown = markdown(Diff((title._replace(kind=ChangeKind.REWORDED),), (an_effect(),)))
    assert "### Moves the goalposts (1)" in shown
    assert "Grade 0.40" not in shown.split("### Grades")[0]


def test_a_closing_says_how_many_zeros_it_makes() -> None:
    closed = a_change("closed Q2 2025 (it was active)")._replace(
        kind=ChangeKind.STATUS, field="status", before="active", after="closed", ref=None
    )
    zero = an_effect()._replace(before=None, after=Decimal("0.00"))
    missed = an_effect()._replace(before=Decimal("0.10"), after=Decimal("0.00"))
    elsewhere = zero._replace(cycle="2025-Q1")
    shown = markdown(Diff((closed,), (zero, zero, missed, elsewhere)))
    assert "*2 key results without a value count as 0. Its numbers are sealed from now on" in shown
    shown = markdown(Diff((closed,), (zero, missed)))
    assert "*1 key result without a value counts as 0. Its numbers" in shown
    assert "without a value" not in markdown(Diff((closed,), (missed,)))


def test_no_line_of_the_text_is_wider_than_the_terminal() -> None:
    long = a_change("reworded Product KR1 “NPS”: " + "words and words " * 30)
    shown = text(Diff((long,), (an_effect(title="A very long title " * 20),)))
    assert max(len(line) for line in shown.split("\n")) <= 100


def test_colour_is_only_added() -> None:
    found = Diff((a_change(), a_change(importance=Importance.WORDS)), (an_effect(),))
    shown = text(found, COLORED)
    assert "\x1b[" in shown
    assert re.sub(r"\x1b\[\d+m", "", shown) == text(found)


def test_a_target_that_moved_without_a_reason_says_so() -> None:
    assert "No reason is given." in text(Diff((a_change(),), ()))
    assert "Reason: Two left." in text(Diff((a_change(reason="Two left."),), ()))


def test_a_grade_that_other_changes_moved_too_says_so() -> None:
    check_in = a_change("added a check-in", Importance.PROGRESS)._replace(
        kind=ChangeKind.CHECK_IN_ADDED
    )
    found = Diff((a_change(), check_in), (an_effect(),))
    assert "Grade 0.40 → 0.60 with all changes." in text(found)


@pytest.mark.parametrize(
    "kind", [ChangeKind.REWORDED, ChangeKind.OWNER, ChangeKind.REPARENTED, ChangeKind.RISK]
)
def test_what_cant_move_a_grade_isnt_counted_among_what_moved_it(kind: ChangeKind) -> None:
    other = a_change("did something else", Importance.COMMITMENT)._replace(kind=kind)
    assert "Grade 0.40 → 0.60. No" in text(Diff((a_change(), other), (an_effect(),)))


def test_a_grade_that_two_changes_moved_is_told_once() -> None:
    found = Diff((a_change(), a_change("lowered the baseline of it")), (an_effect(),))
    assert markdown(found).count("Grade 0.40") == 1


def test_a_grade_by_hand_without_a_reason_says_so_even_if_it_is_the_first() -> None:
    graded = a_change("graded Product KR1 “NPS” 0.6 by hand (the formula says 0.40)")
    graded = graded._replace(kind=ChangeKind.GRADE, field="grade", before="", after="0.6")
    shown = markdown(Diff((graded,), (an_effect(),)))
    assert "(the formula says 0.40). **No reason is given.**" in shown
    assert "| Product KR1 “NPS” | 0.40" in shown
    assert "No reason" not in markdown(Diff((graded._replace(reason="So"),), (an_effect(),)))


def verdict_of(*found: OkrChange, effects: tuple[Effect, ...] = ()) -> str:
    return markdown(Diff(found, effects)).split("\n")[0].removeprefix("## OKRs: ")


def test_the_first_line_says_what_matters_most() -> None:
    check_in = a_change("added it", Importance.PROGRESS)._replace(kind=ChangeKind.CHECK_IN_ADDED)
    reworded = a_change("reworded it", Importance.COMMITMENT)._replace(kind=ChangeKind.REWORDED)
    whole = (an_effect(Scope.CYCLE, "Q2 2025"),)
    assert verdict_of(a_change()) == "1 change moves the goalposts, without a reason"
    assert verdict_of(a_change(reason="So"), a_change()) == (
        "2 changes move the goalposts, 1 without a reason"
    )
    assert verdict_of(reworded) == "1 change to commitments, no goalposts moved"
    assert verdict_of(reworded._replace(kind=ChangeKind.MOVED)) == "1 change to commitments"
    assert verdict_of(check_in, check_in, effects=whole) == (
        "2 check-ins, no goalposts moved, Q2 2025 goes from 0.40 to 0.60"
    )
    assert verdict_of(check_in, check_in._replace(kind=ChangeKind.RISK)) == (
        "2 reports of progress, no goalposts moved"
    )
    assert verdict_of(a_change(importance=Importance.WORDS)) == "only words changed"
    assert verdict_of(effects=(an_effect(),)) == "other grades"


def test_a_cycle_that_is_closed_is_told_first_with_its_grade() -> None:
    closed = a_change("closed Q2 2025 (it was grading)")._replace(
        kind=ChangeKind.STATUS, ref=None, subject="Q2 2025", field="status", after="closed"
    )
    effects = (an_effect(Scope.CYCLE, "Q2 2025"),)
    shown = verdict_of(closed, effects=effects)
    assert shown == "Q2 2025 is closed with 0.60, 1 change moves the goalposts"
    assert "sealed from now on" in markdown(Diff((closed,), effects))


def test_changes_of_several_cycles_stand_below_the_name_of_each() -> None:
    found = Diff((a_change(cycle=""), a_change(cycle="2025-Q1"), a_change()), ())
    lines = [line.strip() for line in text(found).split("\n")]
    assert [line for line in lines if line in ("The company", "2025-Q1", "2025-Q2")] == [
        "The company",
        "2025-Q1",
        "2025-Q2",
    ]


def test_the_comment_has_a_verdict_the_goalposts_the_grades_and_folds_the_words() -> None:
    found = Diff(
        (a_change(reason="Two left"), a_change("reworded the note of it", Importance.WORDS)),
        (an_effect(Scope.CYCLE, "Q2 2025"), an_effect()),
    )
    assert markdown(found).split("\n") == [
        "## OKRs: 1 change moves the goalposts, Q2 2025 goes from 0.40 to 0.60",
        "",
        "2 changes from main to your branch, all in 2025-Q2"
        " · Moves the goalposts: 1 · Changes words: 1",
        "",
        "### Moves the goalposts (1)",
        "",
        "- Lowered the target of Product KR1 “NPS” from 50 to 45 – easier."
        " *Grade 0.40 · 🟡 Behind → 0.60 · 🟡 On track. Reason: Two left.*",
        "",
        "### Grades",
        "",
        "| | Before | After | Change |",
        "|---|---|---|---:|",
        "| **Q2 2025** | 0.40 · 🟡 Behind | 0.60 · 🟡 On track | +0.20 |",
        "",
        "<details><summary>Changes words (1)</summary>",
        "",
        "- Reworded the note of it.",
        "",
        "</details>",
    ]


def test_in_a_long_table_the_key_results_fold_away() -> None:
    effects = (an_effect(Scope.CYCLE, "Q2 2025"), *[an_effect()] * 15)
    shown = markdown(Diff((), effects))
    assert "<details><summary>15 key results</summary>" in shown
    assert shown.index("Q2 2025") < shown.index("<details>")


HOSTILE = [
    "a | b || c", "a\n\n# b\n| c |", "<script>alert(1)</script>", "<!-- x", "</details> x",
    "&#64;all @all @org/team `@all`", "fixes #1, closes o/r#2", "resolves GH-12 gh-3",
    "![x](http://e.example/y.png)", "[a](javascript:x)", "www.e.example me@e.example",
    "**b** _i_ ~~s~~ $x$ :tada:", "a\u202eb\u2066c", "ends with \\", "`", "*", "- x",
]  # fmt: skip


def pieces(shown: str) -> list[str]:
    """What a reader gets of a comment, cut where our own elements stand."""
    return [html.unescape(piece) for piece in OURS.split(shown)]


@pytest.mark.parametrize("typed", HOSTILE)
def test_a_text_in_a_comment_is_no_markup_and_tells_nobody(typed: str) -> None:
    found = Diff((a_change(f"did {typed}", reason=typed, cycle=typed),), (an_effect(title=typed),))
    shown = markdown(found, before=typed)
    assert not any(re.search(r"@\w|\w#\d|\s#\d|gh-\d", each, re.I) for each in pieces(shown))
    ours = OURS.sub("", shown)
    assert not re.search(r"<(?![ 0-9=])|\]\(|~~|\u202e", ours)
    assert [line for line in ours.split("\n") if line.startswith("#")][1:] == [
        "### Moves the goalposts (1)",
    ]


@given(st.text(alphabet="`|@#<>&;\\\n gGhH-1a[]()*_~$!:/.\u202e“”"))
def test_no_text_forges_a_line_or_an_element_of_a_comment(typed: str) -> None:
    found = Diff((a_change(f"did {typed}", reason=typed),), (an_effect(title=typed),))
    usual = Diff((a_change("did it", reason="so"),), (an_effect(title="so"),))
    shown = markdown(found)
    assert shown.count("\n") == markdown(usual).count("\n")
    assert not re.search(r"<(?![ 0-9=])", OURS.sub("", shown))


def test_a_long_comment_is_cut_between_changes_and_says_how_much_is_left_out() -> None:
    many = [a_change(f"did thing {n} with many words") for n in range(2_000)]
    shown = markdown(Diff(tuple(many), (an_effect(),)))
    assert 55_000 < len(shown) <= 60_000
    count = sum(line.startswith("- ") for line in shown.split("\n"))
    last = f"{2_000 - count:,} more changes are left out here; `okr diff --format json` has all."
    assert shown.split("\n")[-1] == last


def test_a_comment_that_is_cut_within_a_fold_closes_it() -> None:
    many = [a_change(f"said {n} with many words", Importance.WORDS) for n in range(4_000)]
    shown = markdown(Diff(tuple(many), ()))
    assert shown.count("<details>") == shown.count("</details>") == 1
    assert shown.rindex("</details>") < shown.rindex("more changes are left out")


# ------------------------------------------------------------------- JSON and its page


def in_json(diff: Diff) -> dict[str, object]:
    found = json.loads(render_diff(DiffFormat.JSON, diff, "main", "HEAD", PLAIN))
    assert isinstance(found, dict)
    return found


def test_json_holds_every_value_as_it_is() -> None:
    found = in_json(Diff((a_change(reason="Two left"),), (an_effect(),)))
    assert found["format_version"] == FORMAT_VERSION
    assert (found["before"], found["after"]) == ("main", "HEAD")
    assert found["changes"] == [
        {
            "kind": "target", "importance": "goalposts", "ref": "2025-Q2:product/growth#nps",
            "cycle": "2025-Q2", "team": "product", "subject": "Product KR1 “NPS”",
            "field": "target", "before": "50", "after": "45", "reason": "Two left",
            "sentence": "lowered the target of Product KR1 “NPS” from 50 to 45 – easier",
            "path": "okrs/2025-Q2/product.yml", "line": 7,
        }
    ]  # fmt: skip
    assert found["effects"] == [
        {
            "scope": "key result", "ref": "2025-Q2:product/growth#nps", "cycle": "2025-Q2",
            "team": "product", "title": "Product KR1 “NPS”", "before": "0.40", "after": "0.60",
            "words_before": "🟡 Behind", "words_after": "🟡 On track",
        }
    ]  # fmt: skip


def section(title: str) -> str:
    after = re.split(rf"^##+ {title}\n", PAGE, flags=re.M)[1]
    return re.split(r"^##+ ", after, flags=re.M)[0]


def keys_in(text: str) -> set[str]:
    return set(re.findall(r"^\| `([^`]+)` \|", text, re.M))


def test_the_page_names_every_key_and_no_other() -> None:
    found = in_json(Diff((a_change(),), (an_effect(),)))
    changes_, effects = found["changes"], found["effects"]
    assert isinstance(changes_, list)
    assert isinstance(effects, list)
    assert keys_in(section("The document")) == set(found)
    assert keys_in(section("A change")) == set(changes_[0])
    assert keys_in(section("An effect")) == set(effects[0])


def test_the_page_names_every_word_and_no_other() -> None:
    assert keys_in(section("Importance")) == {each.value for each in Importance}
    assert keys_in(section("Kinds")) == {each.value for each in ChangeKind}


class Held:
    def __init__(self, title: str, target: str) -> None:
        self.team = (
            f"schema: 1\nobjectives:\n  - id: growth\n    title: {title}\n    key_results:\n"
            f"      - {{id: nps, title: NPS, baseline: 30, target: {target},"
            " check_ins: [{date: 2025-02-01, value: 40}]}\n"
        )

    def read(self) -> tuple[tuple[File, ...], tuple[Problem, ...]]:
        okr = File("okrs/okr.yml", b"schema: 1\norganization: Example\n")
        return (okr, File("okrs/2025-Q1/company.yml", self.team.encode())), ()


def scores(title: str, target: str) -> Scores:
    day = date(2025, 2, 28)
    found = evaluate(Held(title, target), as_of=day, today=day).scores
    assert found is not None
    return found


def test_a_real_diff_is_told_from_grades_to_reasons() -> None:
    found = compare(scores("Grow", "60"), scores("Grow", "50"))
    shown = markdown(found)
    assert "| **Q1 2025** | 0.33 | 0.50 | +0.17 |" in shown
    assert (
        "- Lowered the target of Company KR1 “NPS” from 60 to 50 – easier, four weeks before the"
        " end. *Grade 0.33 → 0.50.* **No reason is given.**"
    ) in shown
