"""The semantic diff: who is who, what each change is called, how it is weighed and what it did."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from okr_states import TextTree
from okrdocs.diff import ChangeKind, Diff, Importance, OkrChange, Scope, compare
from okrdocs.grading.results import Scores
from okrdocs.pipeline.evaluate import evaluate

OKR = """\
schema: 1
organization: Example
teams:
  company: {name: Company}
  product: {name: Product, parent: company}
  sales: {name: Sales, parent: company}
people:
  vp: {name: Vice President Product, short: VP Product}
  mira: {name: Mira Okafor}
scales:
  shipping: [{stage: Begun, mark: 0.2}, {stage: Shipped, mark: 1}]
"""
CYCLE = "schema: 1\nstatus: active\nsummary: One thing at a time.\n"
COMPANY = """\
schema: 1
objectives:
  - id: growth
    title: Grow with our customers
    key_results: [{id: arr, title: ARR, baseline: 10, target: 20}]
  - id: trust
    title: Be trusted
    key_results: [{id: nps, title: NPS, baseline: 35, target: 50}]
"""
PRODUCT = """\
schema: 1
objectives:
  - id: enterprise
    title: Enterprises say yes to us
    owner: vp
    type: committed
    ladders_up_to: [company/growth]
    initiatives: [{title: SSO for everyone, status: planned}]
    risks: [Long security reviews]
    key_results:
      - id: sso
        title: 90% sign in through SSO
        baseline: 0%
        target: 90%
        check_ins:
          - {date: 2025-02-01, value: 45%, rag: green}
          - {date: 2025-02-08, value: 57%, rag: yellow}
      - id: latency
        title: Answers come fast
        baseline: 800ms
        target: 400ms
        due: 2025-03-15
        check_ins: [{date: 2025-02-01, value: 600ms}]
      - id: audit
        title: The audit is passed
        milestones: [{title: Rehearsal}, {title: Report}]
  - id: week
    title: A first week that people talk about
    key_results:
      - {id: activation, title: Set-up within a week, baseline: 60%, target: 75%}
"""
FILES = {
    "okr.yml": OKR,
    "2025-Q1/cycle.yml": CYCLE,
    "2025-Q1/company.yml": COMPANY,
    "2025-Q1/product.yml": PRODUCT,
}
DAY = date(2025, 3, 17)


def scores(files: dict[str, str], day: date = DAY) -> Scores:
    tree = TextTree({f"okrs/{path}": text for path, text in files.items()})
    found = evaluate(tree, as_of=day, today=day)
    assert found.partial is not None, found.problems
    return found.partial


def diff(*edits: tuple[str, str, str], **whole: str | None) -> Diff:
    """The diff after the edits (file, old, new); `whole` replaces a file, None removes it."""
    files = dict(FILES)
    for path, old, new in edits:
        assert old in files[path], old
        files[path] = files[path].replace(old, new, 1)
    for name, text in whole.items():
        path = f"2025-Q1/{name}.yml"
        files.pop(path, None)
        if text is not None:
            files[path] = text
    return compare(scores(FILES), scores(files))


def product(old: str, new: str) -> OkrChange:
    found = diff(("2025-Q1/product.yml", old, new)).changes
    assert len(found) == 1, found
    return found[0]


def told(found: Diff) -> list[str]:
    return [change.sentence for change in found.changes]


SSO = "Product KR1 “90% sign in through SSO”"
FAST = "Product KR2 “Answers come fast”"
AUDIT = "Product KR3 “The audit is passed”"
YES = "Product objective 1 “Enterprises say yes to us”"

SENTENCES = [
    ("target: 90%", "target: 80%", ChangeKind.TARGET, Importance.GOALPOSTS,
     f"lowered the target of {SSO} from 90% to 80% – easier, two weeks before the end"),
    ("target: 400ms", "target: 300ms", ChangeKind.TARGET, Importance.GOALPOSTS,
     f"lowered the target of {FAST} from 400ms to 300ms – harder, two weeks before the end"),
    ("target: 400ms", "target: 0.4 s", ChangeKind.TARGET, Importance.WORDS,
     f"wrote the target of {FAST} as “0.4 s” instead of “400ms”"),
    ("baseline: 0%", "baseline: 10%", ChangeKind.BASELINE, Importance.GOALPOSTS,
     f"raised the baseline of {SSO} from 0% to 10% – harder, two weeks before the end"),
    ("baseline: 800ms", "baseline: 900ms", ChangeKind.BASELINE, Importance.GOALPOSTS,
     f"raised the baseline of {FAST} from 800ms to 900ms – easier, two weeks before the end"),
    ("due: 2025-03-15", "due: 2025-03-20", ChangeKind.DATES, Importance.GOALPOSTS,
     f"moved the due date of {FAST} from 2025-03-15 to 2025-03-20 – more time"),
    ("type: committed", "type: aspirational", ChangeKind.TYPE, Importance.GOALPOSTS,
     f"changed the type of {YES} from committed to aspirational – easier,"
     " two weeks before the end"),
    ("    owner: vp\n", "    owner: mira\n", ChangeKind.OWNER, Importance.COMMITMENT,
     f"handed {YES} from VP Product to Mira Okafor"),
    ("    owner: vp\n", "    owner: vp\n    dri: mira\n", ChangeKind.OWNER, Importance.COMMITMENT,
     f"made Mira Okafor the DRI of {YES}"),
    ("[company/growth]", "[company/trust]", ChangeKind.REPARENTED, Importance.COMMITMENT,
     f"made {YES} ladder up to Company objective 2 “Be trusted” instead of"
     " Company objective 1 “Grow with our customers”"),
    ("title: Answers come fast", "title: Answers fly", ChangeKind.REWORDED, Importance.COMMITMENT,
     "reworded Product KR2 “Answers fly”: it was “Answers come fast”"),
    ("title: Answers come fast", "title: Answers come fast, in 5 regions", ChangeKind.REWORDED,
     Importance.GOALPOSTS,
     "reworded Product KR2 “Answers come fast, in 5 regions”: it was “Answers come fast”"
     " – other numbers, two weeks before the end"),
    ("title: Answers come fast", "title: Answers come fast by 2025-03-31 in Q1, with v2",
     ChangeKind.REWORDED, Importance.COMMITMENT,
     "reworded Product KR2 “Answers come fast by 2025-03-31 in Q1, with v2”: it was"
     " “Answers come fast”"),
    ("title: Answers come fast", "title: answers come “fast”.", ChangeKind.REWORDED,
     Importance.COMMITMENT, "reworded Product KR2 “answers come “fast”.”: it was “Answers come"
     " fast”"),
    ("title: Answers come fast", "title: Answers, come FAST.", ChangeKind.REWORDED,
     Importance.WORDS, "reworded Product KR2 “Answers, come FAST.”: it was “Answers come fast”"),
    ("57%, rag: yellow}", "57%, rag: yellow}\n          - {date: 2025-02-10, value: 65%, rag: red}",
     ChangeKind.CHECK_IN_ADDED, Importance.PROGRESS,
     f"added a check-in on 2025-02-10 to {SSO}: 65% (+8 points), red"),
    ("          - {date: 2025-02-08, value: 57%, rag: yellow}\n", "", ChangeKind.CHECK_IN_REMOVED,
     Importance.PROGRESS,
     f"removed the check-in on 2025-02-08 from {SSO} (it said 57% (+12 points), yellow)"),
    ("2025-02-08, value: 57%", "2025-02-08, value: 60%", ChangeKind.CHECK_IN_CHANGED,
     Importance.PROGRESS,
     f"raised the value of the check-in of 2025-02-08 of {SSO} from 57% to 60% (+3 points)"),
    ("{date: 2025-02-08", "{date: 2025-02-09", ChangeKind.CHECK_IN_CHANGED, Importance.PROGRESS,
     f"moved the check-in of 2025-02-08 of {SSO} to 2025-02-09"),
    ("rag: green", "rag: red", ChangeKind.CHECK_IN_CHANGED, Importance.PROGRESS,
     f"changed the sign of the check-in of 2025-02-01 of {SSO} from green to red"),
    ("status: planned", "status: active", ChangeKind.INITIATIVE, Importance.PROGRESS,
     f"set the initiative “SSO for everyone” of {YES} to active (it was planned)"),
    ("{title: Rehearsal}", "{title: Rehearsal, done: 2025-02-03}", ChangeKind.MILESTONE,
     Importance.PROGRESS, f"ticked off the milestone “Rehearsal” of {AUDIT}, done on 2025-02-03"),
    ("{title: Rehearsal}, ", "", ChangeKind.MILESTONE, Importance.GOALPOSTS,
     f"removed the milestone “Rehearsal” from {AUDIT}"),
    ("[Long security reviews]", "[Very long reviews]", ChangeKind.RISK, Importance.PROGRESS,
     f"changed the risk “Long security reviews” of {YES} to “Very long reviews”"),
    ("        due: 2025-03-15\n", "        due: 2025-03-15\n        why: They wait.\n",
     ChangeKind.TEXT, Importance.WORDS, f"wrote the “why” of {FAST}: “They wait.”"),
    ("      - id: audit", "      - id: passed", ChangeKind.RENAMED, Importance.COMMITMENT,
     f"renamed the id of {AUDIT} from “audit” to “passed” without an entry in was:, so links to it"
     " break"),
    ("      - id: audit", "      - id: passed\n        was: audit", ChangeKind.RENAMED,
     Importance.WORDS, f"renamed the id of {AUDIT} from “audit” to “passed”"),
    ("        target: 400ms\n", "        target: 400ms\n        guardrail: true\n",
     ChangeKind.MEASURE, Importance.GOALPOSTS,
     f"made {FAST} a guardrail: its grade no longer counts in the mean"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "kind", "importance", "sentence"), SENTENCES)
def test_an_edit_is_told_in_one_sentence(
    old: str, new: str, kind: ChangeKind, importance: Importance, sentence: str
) -> None:
    change = product(old, new)
    assert change.sentence == sentence
    assert (change.kind, change.importance) == (kind, importance)


def test_a_change_says_what_it_is_about_and_where_it_stands() -> None:
    change = product("target: 90%", "target: 80%")
    assert str(change.ref) == "2025-Q1:product/enterprise#sso"
    assert (change.field, change.before, change.after) == ("target", "90%", "80%")
    assert (change.path, change.line) == ("okrs/2025-Q1/product.yml", 14)
    assert (change.cycle, change.team) == ("2025-Q1", "product")


def test_the_reason_of_a_new_target_comes_from_its_entry_and_both_are_one_change() -> None:
    entry = "target: 80%\n        target_changes: [{date: 2025-02-24, from: 90%, reason: Less}]"
    change = product("target: 90%", entry)
    assert change.reason == "Less"
    assert change.sentence.endswith("easier, five weeks before the end")


def test_an_entry_about_another_target_is_a_change_of_its_own() -> None:
    entry = "target: 80%\n        target_changes: [{date: 2025-02-24, from: 95%, reason: Less}]"
    found = diff(("2025-Q1/product.yml", "target: 90%", entry)).changes
    assert [change.field for change in found] == ["target", "target_changes"]
    assert found[0].reason == ""


def test_a_drop_and_a_grade_by_hand_carry_their_reasons() -> None:
    dropped = product(
        "  target: 90%\n", "  target: 90%\n        dropped: {date: 2025-03-10, reason: Moved}\n"
    )
    assert (dropped.kind, dropped.reason) == (ChangeKind.DROPPED, "Moved")
    graded = product(
        "  target: 90%\n", "  target: 90%\n        grade: {value: 0.7, reason: Late}\n"
    )
    assert (graded.kind, graded.reason) == (ChangeKind.GRADE, "Late")
    assert graded.sentence == f"graded {SSO} 0.7 by hand (the formula says 0.63)"


def test_a_long_title_shows_the_words_that_differ_and_not_only_how_it_begins() -> None:
    begin = "Every engineer keeps one day a week free of meetings, for at least 90% of the weeks"
    files = FILES["2025-Q1/product.yml"]
    titles = [f"{begin}, and takes {word} 20 days off by the end" for word in ("at least", "about")]
    before = files.replace("title: Answers come fast", f"title: '{titles[0]}'")
    after = before.replace(titles[0], titles[1])
    states = [scores(FILES | {"2025-Q1/product.yml": text}) for text in (before, after)]
    (change,) = compare(*states).changes
    assert change.sentence == (
        "reworded Product KR2 “Every engineer keeps one day a week free of meetings, for at"
        " least…” – now it says “…the weeks, and takes about 20 days off by the end”, before"
        " “…the weeks, and takes at least 20 days off by the end”"
    )
    assert change.before == titles[0]


def test_milestones_in_the_place_of_a_target_are_one_change_and_the_other_way_round() -> None:
    milestones = "milestones: [{title: Go, done: 2025-02-03}, {title: Scala}]"
    target = "        target: 400ms\n"
    bare = ("2025-Q1/product.yml", "        baseline: 800ms\n", "")
    there = ("2025-Q1/product.yml", target, f"        {milestones}\n")
    files = dict(FILES)
    files[bare[0]] = files[bare[0]].replace(bare[1], "").replace(target, "        target: done\n")
    after = files | {
        bare[0]: files[bare[0]].replace("        target: done\n", there[2]),
    }
    old, new = scores(files), scores(after)
    (change,) = compare(old, new).changes
    assert (change.kind, change.importance) == (ChangeKind.TARGET, Importance.GOALPOSTS)
    assert change.sentence == (
        f"measured {FAST} by 2 milestones (“Go”, done on 2025-02-03 and “Scala”) instead of the"
        " target done – two weeks before the end"
    )
    (back,) = compare(new, old).changes
    assert "by the target done instead of 2 milestones" in back.sentence


def test_an_objective_without_key_results_is_said_to_have_none() -> None:
    alone = "schema: 1\nobjectives:\n  - {id: a, title: Alone}\n"
    more = f"{alone}  - {{id: b, title: Another}}\n"
    states = [scores(FILES | {"2025-Q1/sales.yml": text}) for text in (alone, more)]
    assert told(compare(*states)) == ["added Sales objective 2 “Another” without key results"]


def test_a_team_that_left_is_told_with_the_name_of_the_one_above() -> None:
    gone = ("okr.yml", "  sales: {name: Sales, parent: company}\n", "")
    assert told(diff(gone)) == ["removed the team “Sales” (it was below Company)"]


# ------------------------------------------------------------------- who is who


def without(text: str, start: str, end: str = "") -> tuple[str, str]:
    """A text without what lies between two marks, and that part."""
    begin = text.index(start)
    stop = text.index(end, begin) if end else len(text)
    return text[:begin] + text[stop:], text[begin:stop]


def test_an_objective_that_moved_to_another_team_is_the_same() -> None:
    rest, week = without(PRODUCT, "  - id: week")
    found = diff(product=rest, sales=f"schema: 1\nobjectives:\n{week}")
    assert [change.kind for change in found.changes] == [ChangeKind.ADDED, ChangeKind.MOVED]
    assert found.changes[0].sentence.endswith(" with 1 objective that moved there")
    moved = found.changes[1]
    assert moved.sentence == (
        "moved Sales objective 1 “A first week that people talk about” from Product to Sales"
    )
    assert (moved.before, moved.after) == ("product/week", "sales/week")


def test_a_key_result_that_moved_to_another_objective_is_the_same() -> None:
    rest, audit = without(PRODUCT, "      - id: audit", "  - id: week")
    found = diff(product=rest + audit)
    assert [change.kind for change in found.changes] == [ChangeKind.MOVED]
    assert "from Product objective 1" in found.changes[0].sentence


def test_the_same_id_on_something_else_elsewhere_is_no_move() -> None:
    rest, _ = without(PRODUCT, "  - id: week")
    other = "schema: 1\nobjectives:\n  - {id: week, title: Weekly calls with each customer}\n"
    kinds = [change.kind for change in diff(product=rest, sales=other).changes]
    assert kinds == [ChangeKind.REMOVED, ChangeKind.ADDED]


def test_a_renamed_cycle_is_the_same_and_so_are_all_references_into_it() -> None:
    files = {path.replace("2025-Q1", "spring"): text for path, text in FILES.items()}
    files["spring/cycle.yml"] += "start: 2025-01-01\nend: 2025-03-31\n"
    found = compare(scores(FILES), scores(files)).changes
    assert [change.kind for change in found] == [
        ChangeKind.DATES,
        ChangeKind.DATES,
        ChangeKind.RENAMED,
    ]
    assert found[2].sentence == "renamed the cycle “2025-Q1” to “spring”"


def test_what_points_to_a_renamed_objective_has_not_changed() -> None:
    found = diff(
        ("2025-Q1/company.yml", "id: growth\n", "id: bigger\n    was: [growth]\n"),
        ("2025-Q1/product.yml", "company/growth", "company/bigger"),
    )
    assert [change.kind for change in found.changes] == [ChangeKind.RENAMED]


def test_a_new_id_with_nearly_the_same_title_is_a_rename_and_a_rewording() -> None:
    found = diff(
        ("2025-Q1/product.yml", "id: activation, title: Set-up within a week",
         "id: set-up, title: Set-up within one week"),
    )  # fmt: skip
    assert {change.kind for change in found.changes} == {ChangeKind.RENAMED, ChangeKind.REWORDED}


LINES = [
    "Sign-in with Google for the web",
    "Sign-in for every office by the end of the year",
    "Fewer calls at night",
]


def results(*titles: str, key: str = "a") -> dict[str, str]:
    rows = "\n".join(
        f"      - {{id: {key}{number}, title: '{title}', target: done}}"
        for number, title in enumerate(titles, 1)
    )
    objective = "schema: 1\nobjectives:\n  - id: access\n    title: Access\n    key_results:\n"
    return FILES | {"2025-Q1/sales.yml": f"{objective}{rows}\n"}


def test_a_line_that_was_rewritten_in_its_place_is_the_same_under_another_id() -> None:
    new = [LINES[0], "Sign-in for all offices by June", LINES[2]]
    found = compare(scores(results(*LINES)), scores(results(*new, key="b")))
    kinds = [change.kind for change in found.changes]
    assert ChangeKind.REWORDED in kinds
    assert not {ChangeKind.ADDED, ChangeKind.REMOVED} & {*kinds}
    moved = [new[1], LINES[0], LINES[2]]
    found = compare(scores(results(*LINES)), scores(results(*moved, key="b")))
    assert {ChangeKind.ADDED, ChangeKind.REMOVED} < {change.kind for change in found.changes}


def test_a_word_mended_in_each_of_fifty_lines_with_new_ids_removes_nothing() -> None:
    topics = ["parser", "billing", "search", "login", "backup", "import", "export"]
    old = [f"The {topic} number {n} of our product is stable" for n in range(8) for topic in topics]
    new = [title.replace("is stable", "stays stable") for title in reversed(old)]
    found = compare(scores(results(*old)), scores(results(*new, key="b")))
    assert not {ChangeKind.ADDED, ChangeKind.REMOVED} & {change.kind for change in found.changes}


def test_a_former_id_is_followed_whatever_the_title_says_now() -> None:
    found = diff(
        ("2025-Q1/product.yml", "id: activation, title: Set-up within a week",
         "id: churn, was: [activation], title: Fewer people leave"),
    )  # fmt: skip
    assert {change.kind for change in found.changes} == {ChangeKind.RENAMED, ChangeKind.REWORDED}


def test_another_id_with_another_title_is_something_else() -> None:
    found = diff(
        ("2025-Q1/product.yml", "id: activation, title: Set-up within a week",
         "id: churn, title: Fewer people leave"),
    )  # fmt: skip
    assert [change.kind for change in found.changes] == [ChangeKind.REMOVED, ChangeKind.ADDED]


def test_what_comes_with_something_larger_is_told_with_it() -> None:
    found = diff(product=None)
    assert told(found) == [
        "removed the OKRs of Product in Q1 2025 with 2 objectives, 4 key results –"
        " “Enterprises say yes to us” and “A first week that people talk about”"
    ]
    assert [effect.scope for effect in found.effects] == [Scope.CYCLE, Scope.TEAM]


def test_a_new_order_is_one_change_of_words() -> None:
    rest, audit = without(PRODUCT, "      - id: audit", "  - id: week")
    first = rest.replace("      - id: sso", f"{audit}      - id: sso", 1)
    found = diff(product=first).changes
    assert [(change.kind, change.importance) for change in found] == [
        (ChangeKind.REORDERED, Importance.WORDS)
    ]


def test_items_in_another_order_are_one_change_of_words() -> None:
    change = product("{title: Rehearsal}, {title: Report}", "{title: Report}, {title: Rehearsal}")
    assert (change.kind, change.importance) == (ChangeKind.REORDERED, Importance.WORDS)
    assert change.sentence == f"changed the order of the milestones of {AUDIT}"


# ------------------------------------------------------------------- weight, order, effects


def test_changes_stand_by_importance_then_in_the_order_of_the_pages() -> None:
    found = diff(
        ("2025-Q1/product.yml", "target: 75%", "target: 70%"),
        ("2025-Q1/product.yml", "target: 90%", "target: 80%"),
        ("2025-Q1/product.yml", "value: 600ms", "value: 590ms"),
        ("2025-Q1/company.yml", "target: 50", "target: 45"),
        ("2025-Q1/company.yml", "title: NPS", "title: Promoters"),
        ("2025-Q1/cycle.yml", "One thing", "Two things"),
        ("okr.yml", "mark: 0.2", "mark: 0.3"),
    )  # fmt: skip
    assert [
        (c.importance.value, c.ref.local_reference if c.ref else c.field) for c in found.changes
    ] == [
        ("goalposts", "scales.mark"),
        ("goalposts", "company/trust#nps"),
        ("goalposts", "product/enterprise#sso"),
        ("goalposts", "product/week#activation"),
        ("commitment", "company/trust#nps"),
        ("progress", "product/enterprise#latency"),
        ("words", "summary"),
    ]


def test_after_a_cycle_was_closed_its_values_are_goalposts() -> None:
    closed = {**FILES, "2025-Q1/cycle.yml": CYCLE.replace("active", "closed")}
    later = dict(closed)
    later["2025-Q1/product.yml"] = PRODUCT.replace("57%", "80%")
    after_end = date(2025, 4, 10)
    change = compare(scores(closed, after_end), scores(later, after_end)).changes[0]
    assert change.importance is Importance.GOALPOSTS
    assert change.sentence.endswith("(+23 points) – after the cycle was closed")


def test_a_title_with_the_same_words_doesn_t_hide_that_a_change_came_after_the_closing() -> None:
    product = PRODUCT.replace("90% sign in through SSO", "Renewed after the cycle was closed")
    closed = {
        **FILES,
        "2025-Q1/cycle.yml": CYCLE.replace("active", "closed"),
        "2025-Q1/product.yml": product,
    }
    later = {**closed, "2025-Q1/product.yml": product.replace("57%", "80%")}
    after_end = date(2025, 4, 10)
    change = compare(scores(closed, after_end), scores(later, after_end)).changes[0]
    assert change.after_closing
    assert change.sentence == f"{change.statement_with_notes} – after the cycle was closed"


def test_effects_are_the_published_grades_from_the_cycle_down() -> None:
    found = diff(("2025-Q1/product.yml", "target: 90%", "target: 80%"))
    assert [(e.scope, e.before, e.after) for e in found.effects] == [
        (Scope.CYCLE, Decimal("0.57"), Decimal("0.61")),
        (Scope.TEAM, Decimal("0.57"), Decimal("0.61")),
        (Scope.OBJECTIVE, Decimal("0.57"), Decimal("0.61")),
        (Scope.KEY_RESULT, Decimal("0.63"), Decimal("0.71")),
    ]


def test_a_status_that_changed_is_an_effect_though_the_grade_stays() -> None:
    other = {**FILES, "2025-Q1/product.yml": PRODUCT.replace("57%, rag: yellow", "57%, rag: red")}
    early = date(2025, 2, 10)
    found = compare(scores(FILES, early), scores(other, early))
    assert [(e.scope, e.before == e.after) for e in found.effects] == [(Scope.KEY_RESULT, True)]
    assert found.effects[0].words_before != found.effects[0].words_after


def test_two_equal_states_have_no_diff() -> None:
    assert compare(scores(FILES), scores(FILES)) == ((), ())


def test_a_place_in_the_file_or_the_order_of_keys_is_no_change() -> None:
    moved = PRODUCT.replace("schema: 1\n", "# A remark\n\nschema: 1\n").replace(
        "        baseline: 0%\n        target: 90%\n", "        target: 90%\n        baseline: 0%\n"
    )
    assert diff(product=moved) == ((), ())


def test_a_large_company_renamed_whole_stays_affordable() -> None:
    def files(name: str) -> dict[str, str]:
        teams = {}
        for team in range(20):
            texts = [
                f"  - {{id: {name}-{n}, title: Objective {n} of team {team}, key_results:"
                f" [{{id: kr, title: Result {n}, baseline: 0, target: 9}}]}}"
                for n in range(30)
            ]
            teams[f"2025-Q1/t{team}.yml"] = "schema: 1\nobjectives:\n" + "\n".join(texts)
        names = "".join(f"  t{n}: {{name: T{n}, parent: company}}\n" for n in range(20))
        head = f"schema: 1\norganization: E\nteams:\n  company: {{name: Company}}\n{names}"
        return {"okr.yml": head, **teams}

    found = compare(scores(files("old")), scores(files("new"))).changes
    assert {change.kind for change in found} == {ChangeKind.RENAMED}
    assert len(found) == 600
