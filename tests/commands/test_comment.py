"""`okr comment`: the review comment on real branches of real repositories."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from git_repository import Repository
from okrdocs.cli import main
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.problem import Problem, Severity, Span
from okrdocs.report.changed_findings import NamesAfterChange, changed_findings, changed_lines
from okrdocs.report.comment import MARK, MOST, comment_without_comparison, unreadable_comment
from okrdocs.source.disk import DiskTree, File

COMPANY = """\
schema: 1
organization: Acme
as_of: 2025-02-10
teams:
  company: {name: Company}
  product: {name: Product, parent: company}
"""
TOP = """\
schema: 1
objectives:
  - id: growth
    title: Customers come to us by themselves
    dri: ada
    key_results:
      - {id: leads, title: Leads without a call, baseline: 100, target: 300, source: CRM}
      - {id: share, title: Share of them who stay, baseline: 40%, target: 70%, source: CRM}
"""
TEAM = """\
schema: 1
objectives:
  - id: trust
    title: Enterprises trust us with their data
    dri: ada
    ladders_up_to: [company/growth]
    key_results:
      - id: audits
        title: Customers with a passed audit
        baseline: 0 audits
        target: 4 audits
        source: Audit log
        check_ins:
          - {date: 2025-02-03, value: 1 audit, rag: green}
      - id: answers
        title: Questions answered on the same day
        baseline: 20%
        target: 80%
        source: Desk
        check_ins:
          - {date: 2025-02-03, value: 41%, rag: green}
"""
DAY = date(2025, 2, 10)
PATH = "okrs/2025-Q1/product.yml"
HOSTILE = (
    "@octocat closes #12, GH-7 ](http://x.example) <img src=x> ``` ~~~ {{ x }} <!-- --> %%{init}%%"
)
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def company(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "company")
    made.write("okrs/okr.yml", COMPANY)
    made.write("okrs/2025-Q1/company.yml", TOP)
    made.write(PATH, TEAM)
    made.commit("The quarter begins", day="2025-01-20")
    made.branch("change")
    return made


@pytest.fixture
def okr(company: Repository, capsys: pytest.CaptureFixture[str]) -> Run:
    def ran(*arguments: str, root: Path = company.root) -> tuple[int, str]:
        code = main(["comment", "--root", str(root), *arguments])
        return code, capsys.readouterr().out

    return ran


def section(comment: str, title: str) -> str:
    found = re.search(rf"^### {title}.*?(?=^### |\Z)", comment, re.DOTALL | re.MULTILINE)
    return found[0] if found else ""


@pytest.mark.usefixtures("company")
def test_nothing_changed_is_calm(okr: Run) -> None:
    code, said = okr("main")
    assert code == 0
    assert said == f"{MARK}\n**OKRs:** No change in the OKRs between main and this branch.\n"


def test_a_lowered_target_is_told_with_its_grade(company: Repository, okr: Run) -> None:
    company.write(PATH, TEAM.replace("target: 4 audits", "target: 2 audits"))
    code, said = okr("main")
    assert code == 0
    assert said.startswith(f"{MARK}\n## OKRs: 1 change moves the goalposts, without a reason")
    assert "1 change from main to this branch, all in 2025-Q1" in said
    assert "from 4 audits to 2 audits" in said
    assert "Who answers for what changed: ada." in said
    assert re.search(r"\*Grade 0.25 · .+ → 0.50 · .+\.\* \*\*No reason is given\.\*\*", said)
    assert said.index("### Moves the goalposts") < said.index("### Grades")
    assert "both sides are seen as of 2025-02-10" in said
    assert "mermaid" not in said


@pytest.mark.parametrize(
    ("before", "after", "who"),
    [
        ("    dri: ada\n", "    owner: eve\n", "eve"),
        ("    dri: ada\n", "", "ada"),
        ("", "", "ben"),
    ],
    ids=["named after the change", "named before the change", "lead of the team"],
)
def test_who_answers_is_who_is_named_else_the_lead(
    company: Repository, okr: Run, before: str, after: str, who: str
) -> None:
    company.write("okrs/okr.yml", COMPANY.replace("{name: Product,", "{name: Product, lead: ben,"))
    company.commit("Ben leads")
    company.write(PATH, TEAM.replace("    dri: ada\n", before))
    company.commit("Who is named before")
    company.write(PATH, TEAM.replace("    dri: ada\n", after).replace("4 audits", "2 audits"))
    _, said = okr("HEAD")
    assert f"Who answers for what changed: {who}." in said


def test_without_a_base_it_begins_where_the_branch_did(company: Repository, okr: Run) -> None:
    company.write(PATH, TEAM.replace("target: 4 audits", "target: 2 audits"))
    company.commit("Lower it")
    company.write(PATH, TEAM.replace("target: 4 audits", "target: 3 audits"))
    assert "from the base branch to this branch" in okr()[1]
    assert "from 4 audits to 3 audits" in okr()[1]


def test_a_base_that_is_no_name_for_people_isnt_shown(company: Repository, okr: Run) -> None:
    company.write(PATH, TEAM.replace("target: 4 audits", "target: 2 audits"))
    for base in ("HEAD", "HEAD^0", company.id()):
        assert "1 change from the base branch to this branch" in okr(base)[1]


def test_a_new_objective_stands_in_full_and_in_the_picture(company: Repository, okr: Run) -> None:
    company.write(
        PATH,
        TEAM
        + "  - id: speed\n    title: Nobody waits for us\n    dri: ada\n"
        + "    ladders_up_to: ['company/growth#leads']\n    key_results:\n"
        + "      - {id: wait, title: Minutes until an answer, baseline: 90, target: 9}\n",
    )
    said = okr("main")[1]
    new = section(said, "What is new")
    assert "Product objective 2 “Nobody waits for us”" in new
    assert "ladders up to Company KR1 “Leads without a call”" in new
    assert "- KR1 “Minutes until an answer”: from 90 to 9" in new
    picture = section(said, "What ladders up to what")
    assert 'n2["Product<br/>Nobody waits for us<br/>added"]' in picture
    assert "    n1 -- KR1 --> n2" in picture
    assert "    class n2 added" in picture
    assert "classDef changed" not in picture
    assert "\n## OKRs: 1 change to commitments, 1 objective is new\n" in said


def test_a_ladder_that_moved_shows_both_arrows(company: Repository, okr: Run) -> None:
    company.write(PATH, TEAM.replace("[company/growth]", "['company/growth#share']"))
    picture = section(okr("main")[1], "What ladders up to what")
    assert "    n1 -. no longer .-> n2" in picture
    assert "    n1 == new KR2 ==> n2" in picture


def test_a_removed_objective_is_told_in_full(company: Repository, okr: Run) -> None:
    company.remove(PATH)
    said = okr("main")[1]
    assert "KR2 “Questions answered on the same day”: from 20% to 80%" in section(
        said, "What is gone"
    )
    assert "<br/>removed" in said
    assert "-.-> n2" in said


def test_findings_in_changed_lines_stand_below_what_they_are_about(
    company: Repository, okr: Run
) -> None:
    company.write(PATH, TEAM.replace("value: 1 audit, rag: green", "value: 1 audit, rag: red"))
    found = section(okr("main")[1], "Findings about this change: 1 info")
    assert "**Product KR1 “Customers with a passed audit”**" in found
    assert "okrs/2025-Q1/product.yml, line 14, <code>rag-without-note</code>" in found


def test_other_findings_are_only_counted(company: Repository, okr: Run) -> None:
    company.write(PATH, TEAM.replace("value: 1 audit, rag: green", "value: 1 audit, rag: red"))
    company.commit("Red")
    company.write(PATH, TEAM.replace("value: 1 audit, rag: green", "value: 1 audit, rag: red")
                  .replace("value: 41%", "value: 44%"))  # fmt: skip
    said = okr("HEAD")[1]
    assert "Findings about this change" not in said
    assert "1 finding isn't about this change; `okr check` lists all." in said


def test_a_finding_that_the_change_brings_elsewhere_is_told(company: Repository, okr: Run) -> None:
    company.write(PATH, TEAM.replace("    ladders_up_to: [company/growth]\n", ""))
    assert "<code>no-ladder</code>" in section(okr("main")[1], "Findings about this change")


def test_errors_come_first_and_nothing_is_compared(company: Repository, okr: Run) -> None:
    company.write(PATH, TEAM.replace("target: 4 audits", "targte: 2 audits"))
    code, said = okr("main")
    assert code == 1
    assert said.startswith(f"{MARK}\n## OKRs: 1 error to fix first")
    assert "Did you mean <code>target</code>?" in said
    assert "### Grades" not in said


def test_errors_in_the_base_hide_only_what_they_hide(company: Repository, okr: Run) -> None:
    company.write(PATH, TEAM.replace("target: 4 audits", "targte: 4 audits"))
    company.commit("A slip")
    company.write(PATH, TEAM)
    code, said = okr("HEAD")
    assert code == 0
    assert "Customers with a passed audit" in said


def test_a_renamed_file_doesnt_make_old_findings_new(company: Repository, okr: Run) -> None:
    red = TEAM.replace("value: 1 audit, rag: green", "value: 1 audit, rag: red")
    company.write(PATH, red)
    company.commit("Red")
    company.move(PATH, "okrs/2025-Q1/platform.yml")
    company.write("okrs/okr.yml", COMPANY.replace("product: {name: Product", "platform: {name: Pl"))
    said = okr("HEAD")[1]
    assert "rag-without-note" not in said
    assert "Added Pl objective" not in said


def test_a_new_cycle_is_told_whole(company: Repository, okr: Run) -> None:
    company.write(
        "okrs/2025-Q2/product.yml", TEAM.replace("    ladders_up_to: [company/growth]\n", "")
    )
    said = okr("main")[1]
    assert "Added the cycle Q2 2025" in said
    assert "Enterprises trust us with their data" in section(said, "What is new")


def test_a_shallow_clone_says_that_it_cant_compare_and_what_to_do(
    company: Repository, okr: Run, tmp_path: Path
) -> None:
    company.write(PATH, TEAM.replace("target: 4 audits", "target: 2 audits"))
    company.commit("Lower it")
    shallow = company.clone(tmp_path / "shallow", "--depth", "1", "--branch", "change")
    for base in ([], ["HEAD^1"], ["origin/main"]):
        code, said = okr(*base, root=shallow.root)
        assert code == 0
        assert said.startswith(f"{MARK}\n## OKRs: nothing to compare with")
        assert "fetch-depth" in said
        assert "No change" not in said


def test_the_first_okrs_have_nothing_before_them(
    company: Repository, okr: Run, tmp_path: Path
) -> None:
    fresh = Repository(tmp_path / "fresh")
    fresh.write("README.md", "# Us\n")
    fresh.commit()
    fresh.write("okrs/okr.yml", COMPANY)
    alone = TEAM.replace("    ladders_up_to: [company/growth]\n", "")
    fresh.write(PATH, alone.replace("rag: green", "rag: red"))
    code, said = okr("main", root=fresh.root)
    assert code == 0
    assert "There were no OKRs before this change" in said
    assert "<code>rag-without-note</code>" in said
    assert company.root != fresh.root


def test_a_folder_that_was_moved_is_compared_with_where_it_was(
    company: Repository, okr: Run
) -> None:
    company.move("okrs", "data/okrs")
    company.write(f"data/{PATH}", TEAM.replace("target: 4 audits", "target: 2 audits"))
    company.commit("Move and lower it")
    code, said = okr("main", root=company.root / "data")
    assert code == 0
    assert "Lowered the target" in said
    assert "no OKRs before" not in said


@pytest.mark.parametrize("kind", ["a link out of the repository", "a submodule"])
def test_what_cant_be_read_before_the_change_is_told(
    company: Repository, okr: Run, kind: str, tmp_path: Path
) -> None:
    made = Repository(tmp_path / "made")
    if kind == "a submodule":
        company.clone(made.root / "okrs")
    else:
        made.link("okrs", "../company/okrs")
    made.commit("Elsewhere")
    if kind == "a submodule":
        shutil.rmtree(made.root / "okrs")
        made.git("rm", "--quiet", "--cached", "okrs")
    else:
        made.remove("okrs")
    made.branch("change")
    made.write("okrs/okr.yml", COMPANY)
    made.write("okrs/2025-Q1/company.yml", TOP)
    made.commit("Here")
    code, said = okr("main", root=made.root)
    assert code == 0
    assert f"the folder okrs is {kind}" in said
    assert "no OKRs before" not in said


BAD = TEAM.replace("Enterprises trust us with their data", "Improve things")


VAGUE = "rules: {objective-is-vague: {allow: "


def debts(code: str, ref: str) -> str:
    entry = f'{{"code": "{code}", "ref": "{ref}"}}'
    return f'{{"format": 1, "debts": [{entry}]}}'


def test_a_change_cant_accept_its_own_finding(company: Repository, okr: Run) -> None:
    company.write(PATH, BAD)
    told = okr("main")[1]
    codes = set(re.findall("<code>([a-z-]+)</code>", told))
    code = sorted(codes)[0]
    company.write(".okr-baseline.json", debts(code, "2025-Q1:product/trust"))
    silenced = okr("main")[1]
    assert set(re.findall("<code>([a-z-]+)</code>", silenced)) >= codes
    goalposts = section(silenced, "Moves the goalposts")
    assert f"Accepted findings of `{code}` as an old debt" in plain(goalposts)
    assert "moves the goalposts" in silenced.splitlines()[1]


def test_a_debt_of_the_base_counts_and_is_not_told(company: Repository, okr: Run) -> None:
    company.write(PATH, BAD)
    code = sorted(set(re.findall("<code>([a-z-]+)</code>", okr("main")[1])))[0]
    company.switch("main")
    company.write(".okr-baseline.json", debts(code, "2025-Q1:product/trust"))
    company.commit("Old debts")
    assert f"<code>{code}</code>" not in okr("main")[1]
    assert "ccepted findings" not in okr("main")[1]


def test_a_comment_that_answers_its_own_finding_is_told(company: Repository, okr: Run) -> None:
    answer = "    # okr: ignore[objective-is-vague] We all know what it means\n"
    company.write(PATH, BAD.replace("    title: Improve", f"{answer}    title: Improve"))
    said = plain(section(okr("main")[1], "Moves the goalposts"))
    assert (
        "Suppressed `objective-is-vague` by a comment in okrs/2025-Q1/product.yml, line 4." in said
    )
    assert "Reason: We all know what it means." in said
    company.commit("Known")
    assert "Suppressed" not in okr("HEAD")[1]


@pytest.mark.parametrize(
    ("before", "after", "loosened"),
    [
        ("", "rules: {kr-is-output: off}\n", True),
        ("", "rules: {kr-is-output: error}\n", False),
        ("rules: {kr-is-output: error}\n", "", True),
        ("rules: {kr-is-output: off}\n", "", False),
        ("rules: {kr-is-output: error}\n", "rules: {kr-is-output: info}\n", True),
        ("rules: {kr-is-output: info}\n", "rules: {kr-is-output: error}\n", False),
        ("rules: {review-overdue: {days: 7}}\n", "rules: {review-overdue: {days: 30}}\n", True),
        ("rules: {review-overdue: {days: 30}}\n", "rules: {review-overdue: {days: 7}}\n", False),
        (
            "rules: {objective-is-vague: {allow: [A]}}\n",
            "rules: {objective-is-vague: {allow: [A, B]}}\n",
            True,
        ),
        ("", "grading: {aims: {aspirational: 0.5}}\n", True),
    ],
)
def test_loosened_rules_stand_among_the_goalposts(
    company: Repository, okr: Run, before: str, after: str, loosened: bool
) -> None:
    company.write("okrs/okr.yml", COMPANY + before)
    company.commit()
    company.write("okrs/okr.yml", COMPANY + after)
    said = okr("HEAD")[1]
    assert bool(section(said, "Moves the goalposts")) == loosened
    assert "No change" not in said


def test_the_review_s_reason_is_that_of_its_target(company: Repository, okr: Run) -> None:
    company.write(PATH, TEAM.replace("target: 4 audits", "target: 2 audits"))
    assert "No reason is given." in okr("main")[1]
    decision = "{ref: product/trust#audits, decision: adjust, reason: Two auditors left}"
    company.write(
        "okrs/2025-Q1/cycle.yml",
        f"schema: 1\nreview: {{date: 2025-02-09, decisions: [{decision}]}}\n",
    )
    said = okr("main")[1]
    assert "No reason is given." not in said
    assert "Reason: Two auditors left." in said
    assert "without a reason" not in said


@pytest.mark.parametrize("form", ["github", "gitlab", "sarif", "markdown"])
def test_reports_for_code_hosts_name_files_from_the_top_of_the_repository(
    company: Repository, okr: Run, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    company.move("okrs", "teams/acme/okrs")
    company.write(f"teams/acme/{PATH}", BAD)
    root = company.root / "teams/acme"
    main(["check", "--root", str(root), "--format", form])
    shown = capsys.readouterr().out
    assert f"teams/acme/{PATH}" in shown
    assert not re.search(r"(?<!teams/acme/)okrs/2025-Q1/", shown)
    main(["check", "--root", str(root), "--format", "concise"])
    assert f"\n{PATH}:" in f"\n{capsys.readouterr().out}"
    company.commit("Move")
    assert f"(teams/acme/{PATH}, line" in okr("main", root=root)[1]


def test_the_diff_tells_what_was_accepted(
    company: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    company.write(".okr-baseline.json", debts("stale", "2025-Q1:product/trust"))
    main(["diff", "main", "--root", str(company.root)])
    assert "Accepted findings of `stale` as an old debt" in capsys.readouterr().out


def plain(text: str) -> str:
    """A comment's text as a reader sees it."""
    return html.unescape(re.sub("</?code>", "`", text)).replace("\\", "")


def test_a_branch_whose_base_isnt_known_is_asked_for(company: Repository, okr: Run) -> None:
    company.git("branch", "-m", "main", "trunk")
    company.write(PATH, TEAM.replace("target: 4 audits", "target: 2 audits"))
    company.commit("Lower it")
    assert okr()[0] == 2
    assert main(["diff", "--root", str(company.root)]) == 2
    assert "owered the target" in okr("trunk")[1]


@pytest.mark.parametrize("base", ["nowhere", "--output=x", ""])
@pytest.mark.usefixtures("company")
def test_an_unknown_base_is_wrong_use(okr: Run, base: str) -> None:
    assert okr("--", base)[0] == 2


def new_objectives(count: int, moved: str = "") -> str:
    return "".join(
        f"  - id: o{n}\n    title: Customers stay {n}\n    dri: ada\n"
        f"    ladders_up_to: [company/growth]\n    key_results:\n{moved}"
        f"      - {{id: k, title: Launch {n}, baseline: 1, target: {n + 2}}}\n"
        for n in range(count)
    )


def test_many_new_objectives_and_findings_fold_away(company: Repository, okr: Run) -> None:
    company.write(PATH, TEAM + new_objectives(20))
    said = okr("main")[1]
    new = section(said, "What is new")
    assert new.index("Customers stay 4”") < new.index("<summary>15 more objectives</summary>")
    assert new.rstrip().endswith("</details>")
    found = section(said, "Findings about this change")
    open_, _, folded = found.partition("<details><summary>")
    assert open_.count("\n- ") == 10
    assert re.search(r"^<code>[a-z-]+</code> \d+ · ", open_, re.MULTILINE)
    # A list right below the fold's line would be shown as typed; a name stands between them.
    assert re.match(r"\d+ more findings</summary>\n\n\*\*.+\*\*\n\n- ", folded)


def test_a_fold_begins_with_what_its_first_finding_is_about(company: Repository) -> None:
    scores = evaluate(DiskTree(company.root), as_of=None, today=DAY).scores
    assert scores is not None
    span = Span(PATH, 1, 1, 1, 2)
    many = [Problem("a-code", Severity.INFO, span, f"M{n}.", "H.") for n in range(12)]
    folded = comment_without_comparison("So.", many, scores).partition("<summary>")[2]
    assert folded.startswith(f"2 more findings</summary>\n\n**{PATH}**\n\n- Info: M10.")


def test_a_few_findings_stay_open(company: Repository, okr: Run) -> None:
    company.write(PATH, TEAM + new_objectives(1))
    assert "<details>" not in okr("main")[1]


def close(company: Repository) -> None:
    company.write("okrs/okr.yml", COMPANY.replace("2025-02-10", "2025-04-20"))
    company.write("okrs/2025-Q1/cycle.yml", "schema: 1\nstatus: closed\n")
    company.commit("Closed", day="2025-04-09")


def test_an_error_is_in_the_first_line(company: Repository, okr: Run) -> None:
    close(company)
    company.write(PATH, TEAM.replace("value: 1 audit", "value: 2 audits"))
    said = okr("HEAD")[1]
    first = said.split("\n")[1]
    assert first.startswith("## OKRs: 1 error, 1 change moves the goalposts, without a reason")
    assert "**No amendment explains it.**" in said


def test_values_that_nobody_will_update_are_told_where_the_change_closes_the_cycle(
    company: Repository, okr: Run
) -> None:
    company.write("okrs/okr.yml", COMPANY.replace("2025-02-10", "2025-04-03"))
    company.write("okrs/2025-Q1/cycle.yml", "schema: 1\nstatus: active\n")
    company.commit("The quarter is over", day="2025-04-02")
    base = company.id()
    company.write("okrs/2025-Q1/cycle.yml", "schema: 1\nstatus: closed\n")
    company.commit("Close it", day="2025-04-03")
    assert "last value" in okr(base)[1]
    company.write(PATH, TEAM.replace("1 audit,", "2 audits,"))
    company.commit("Afterwards", day="2025-04-04")
    assert "last value" not in okr(company.id("HEAD~1"))[1]


def test_an_amendment_explains_what_it_names(company: Repository, okr: Run) -> None:
    close(company)
    company.write(PATH, TEAM.replace("value: 1 audit", "value: 2 audits"))
    company.write(
        "okrs/2025-Q1/cycle.yml",
        "schema: 1\nstatus: closed\namendments:\n  - {date: 2025-04-10,"
        " ref: 'product/trust#audits', by: ada, reason: One was counted late}\n",
    )
    said = okr("HEAD")[1]
    assert "An amendment explains it.*" in said
    assert "error" not in said
    assert (
        "- Amended Q1 2025 for Product KR1 “Customers with a passed audit” on 2025-04-10,"
        " by ada: “One was counted late”."
    ) in said


def test_a_draft_that_is_published_stands_in_full(company: Repository, okr: Run) -> None:
    draft = TEAM.replace("    dri: ada\n", "    dri: ada\n    visibility: draft\n")
    company.write(PATH, draft)
    company.commit("Not yet")
    company.write(PATH, TEAM)
    said = okr("HEAD")[1]
    assert "Enterprises trust us with their data” public: it was a draft and counts" in said
    assert "KR1 “Customers with a passed audit”: from 0 audits" in section(said, "What was a draft")


def test_a_long_title_is_shortened_in_a_finding_as_above_it(company: Repository, okr: Run) -> None:
    long = "Launch " + "very " * 50 + "much"
    company.write(PATH, TEAM.replace("Customers with a passed audit", long))
    assert "very " * 20 not in section(okr("main")[1], "Findings about this change")


# ------------------------------------------------------------------- hostile texts

SPANS = re.compile(r"<span>&#(?:64|35|45);</span>")
TAGS = re.compile(r"</?(?:span|code|details|summary)>|<br/>")


def assert_harmless(comment: str) -> None:
    """As a code host sees it: nobody told, no issue meant, no link, no tag but ours."""
    first, _, below = comment.partition("\n")
    assert first == MARK
    rest = TAGS.sub("", SPANS.sub("", below))
    assert "@" not in rest
    assert not re.search(r"&#(?:64|35);", rest)
    assert not re.search(r"(?<!&)#\d+(?!;)\b|gh-\d|://|www\.|\]\(|<[a-z/!]", rest, re.IGNORECASE)
    assert set(re.findall(r"^.*(?:```|~~~).*$", rest, re.MULTILINE)) <= {"```mermaid", "```"}


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def test_hostile_texts_stay_texts_in_every_part(company: Repository, okr: Run) -> None:
    evil = TEAM.replace("id: trust", "id: evil").replace("id: audits", "id: evil-kr")
    evil = evil.replace("Enterprises trust us with their data", quoted(HOSTILE))
    evil = evil.replace("Customers with a passed audit", quoted(HOSTILE + " as well"))
    evil = evil.replace("dri: ada", f"dri: {quoted(HOSTILE[:60])}")
    evil = evil.replace("rag: green", f"rag: red, asks: [{quoted(HOSTILE)}]", 1)
    company.write(PATH, TEAM + evil.partition("objectives:\n")[2])
    okr_yml = COMPANY.replace("name: Product", f"name: {quoted(HOSTILE)}")
    company.write("okrs/okr.yml", okr_yml)
    code, said = okr("main")
    assert code == 0, said
    assert "mermaid" in said
    assert_harmless(said)
    for line in section(said, "What ladders up to what").split("```")[1].splitlines()[2:]:
        assert re.fullmatch(r'    n\d+\["[^"\[\]{}@`]*"\]|    (?:n\d|class)[^"]*', line)


def test_hostile_keys_and_paths_stay_texts_in_errors(company: Repository, okr: Run) -> None:
    company.write(PATH, TEAM.replace("target: 4 audits", f"{quoted(HOSTILE)}: 1"))
    company.write("okrs/2025-Q1/@octocat #12.txt", "x")
    code, said = okr("main")
    assert code == 1
    assert_harmless(said)


# ------------------------------------------------------------------- size


def test_a_huge_change_fits_and_stays_whole(company: Repository, okr: Run) -> None:
    many = "".join(
        f"  - id: o{number}\n    title: '{'Customers & <b> ' * 8}{number}'\n"
        f"    ladders_up_to: [company/growth]\n    key_results:\n"
        f"      - {{id: kr, title: '{'@a #1 ' * 20}', baseline: 1, target: 2}}\n"
        for number in range(250)
    )
    company.write(PATH, TEAM + many)
    said = okr("main")[1]
    assert len(said) <= MOST
    assert said.count("<details>") == said.count("</details>")
    assert len(re.findall(r"^```", said, re.MULTILINE)) % 2 == 0
    assert "left out here" in said
    assert "too many to draw" in said
    assert_harmless(said)


def test_thousands_of_errors_and_findings_fit(company: Repository) -> None:
    scores = evaluate(DiskTree(company.root), as_of=None, today=DAY).scores
    assert scores is not None
    many = [
        Problem("a-code", Severity.ERROR, Span(f"okrs/{n}.yml", n, 1, n, 2), "@a " * 90, "#1 " * 90)
        for n in range(1, 2_000)
    ]
    for said in (
        unreadable_comment(many),
        comment_without_comparison("Because of @ada.", many, scores),
    ):
        assert len(said) <= MOST
        assert_harmless(said)


# ------------------------------------------------------------------- changed lines


def lines(before: bytes, after: bytes) -> tuple[tuple[int, int], ...]:
    path = "okrs/a.yml"
    return changed_lines([File(path, before)], [File(path, after)], {}).get(path, ())


def test_changed_lines_are_those_of_the_new_file() -> None:
    assert lines(b"a\nb\nc\n", b"a\nb\nc\n") == ()
    assert lines(b"a\nb\nc\n", b"a\nx\ny\nc\n") == ((2, 3),)
    assert lines(b"a\nc\n", b"a\nb\nc\n") == ((2, 2),)
    assert lines(b"a\nb\nc\n", b"a\nc\n") == ()
    assert lines(b"a\nb\nc\nd\ne\n", b"A\nb\nc\nd\nE\n") == ((1, 1), (5, 5))
    assert lines(b"a\na\n", b"a\na\na\n") == ((3, 3),)


def test_a_new_file_is_changed_from_its_first_line_on() -> None:
    found = changed_lines([], [File("okrs/a.yml", b"a\nb\n")], {})
    assert found["okrs/a.yml"][0][0] == 1


def test_files_that_share_nothing_are_compared_quickly() -> None:
    before = b"\n".join(b"%d" % n for n in range(100_000))
    after = b"\n".join(b"%d" % n for n in range(100_000, 0, -1))
    assert lines(before, after) == ((1, 100_000),)


def test_a_finding_is_new_only_where_its_subject_didnt_have_it() -> None:
    def problem(code: str, ref: str, line: int = 1) -> Problem:
        span = Span("okrs/a.yml", line, 1, line, 2)
        return Problem(code, Severity.INFO, span, "m", ref=ref)

    elsewhere = Span("okrs/old.yml", 1, 1, 1, 2)
    names = NamesAfterChange({"okrs/old.yml": "okrs/a.yml"}, {"c:t/old": "c:t/new"})
    before = [problem("a", "c:t/old"), problem("b", "c:t/x"), problem("c", "")]
    before[2] = before[2]._replace(span=elsewhere)
    after = [problem("a", "c:t/new", 9), problem("b", "c:t/x", 9), problem("b", "c:t/y", 9)]
    after.append(problem("c", "", 9))
    found = changed_findings(before, after, {}, names)
    assert [each.ref for each in found.findings] == ["c:t/y"]
    assert found.others == 3
