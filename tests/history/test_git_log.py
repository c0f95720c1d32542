"""git's log as the history of OKRs: what each step changed, whose it is, and every number's way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from git_repository import Repository
from okrdocs.diff import Importance, compare
from okrdocs.history.events import NOTABLE_KINDS, History, PointKind, ValuePoint
from okrdocs.history.git_log import CACHE, read_history
from okrdocs.history.git_log.cache_format import cache_bytes, read_cache
from okrdocs.history.store import read_history_of_folder
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.program_state import program_digest
from okrdocs.source.git import repository as git
from okrdocs.source.revision import GitTree
from okrdocs.workspace.workspace import ResolvedRef

COMPANY = """\
schema: 1
organization: Acme
teams:
  company: {name: Company}
  product: {name: Product, parent: company}
"""
PRODUCT = "okrs/2025-Q1/product.yml"
ARR = ResolvedRef("2025-Q1", "product", "growth", "arr")
BO = "Bo <bo@example.com>"
DEMONSTRATION = Path(__file__).parents[2]


def team(
    *, target: str = "90%", ins: str = "", title: str = "Grow with customers", more: str = ""
) -> str:
    check_ins = f"        check_ins:\n{ins}" if ins else ""
    return f"""\
schema: 1
objectives:
  - id: growth
    title: {title}
    key_results:
      - id: arr
        title: Customers sign in
        baseline: 10%
        target: {target}
{check_ins}{more}      - id: nps
        title: People tell others
        baseline: 20
        target: 40
"""


def check_in(day: str, value: str) -> str:
    return f"          - date: {day}\n            value: {value}\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "company")
    made.write("okrs/okr.yml", COMPANY)
    made.write(PRODUCT, team())
    made.commit("Begin", "2025-01-06")
    return made


def known(repo: Repository) -> git.Repository:
    found = git.find_repository(repo.root)
    assert found is not None
    return found


def history(repo: Repository, rev: str = "HEAD") -> History:
    return read_history(known(repo), rev)


def told(found: History) -> list[tuple[str, str, list[str]]]:
    return [(s.author, s.day.isoformat(), [c.sentence for c in s.changes]) for s in found.steps]


def last(repo: Repository) -> list[str]:
    return [change.sentence for change in history(repo).steps[-1].changes]


def points(repo: Repository, ref: ResolvedRef = ARR) -> list[ValuePoint]:
    return list(history(repo).series[ref].points)


def kinds(repo: Repository, ref: ResolvedRef = ARR) -> list[PointKind]:
    return [point.kind for point in points(repo, ref)]


# ------------------------------------------------------------------- steps


def test_the_first_commit_added_what_there_was(repo: Repository) -> None:
    assert told(history(repo)) == [
        (
            "Ada",
            "2025-01-06",
            [
                "added the cycle Q1 2025 (2025-Q1, active) with 1 team and 1 objective, "
                "2 key results"
            ],
        )
    ]
    assert history(repo).since == date(2025, 1, 6)


def test_a_sentence_is_that_of_the_step_s_own_day(repo: Repository) -> None:
    repo.write(PRODUCT, team(target="80%"))
    id_ = repo.commit("Lower it", "2025-03-17", BO)
    step = history(repo).steps[-1]
    assert (step.revision, step.author, step.day) == (id_, "Bo", date(2025, 3, 17))
    assert step.subject == "Lower it"
    (change,) = step.changes
    assert change.sentence == (
        "lowered the target of Product KR1 “Customers sign in” from 90% to 80% – easier, "
        "two weeks before the end"
    )
    assert change.importance is Importance.GOALPOSTS
    assert (change.ref, change.path, change.line) == (ARR, PRODUCT, 0)


def test_a_step_without_a_change_of_the_okrs_is_none(repo: Repository) -> None:
    repo.write(PRODUCT, "# Only a comment\n" + team())
    repo.commit()
    repo.write("okrs/2025-Q1/notes.md", "Notes")
    repo.commit()
    assert len(history(repo).steps) == 1


def test_a_grade_by_hand_is_told_beside_the_one_of_the_formula(repo: Repository) -> None:
    ins = check_in("2025-03-01", "50%")
    repo.write(PRODUCT, team(ins=ins))
    repo.commit(day="2025-03-01")
    repo.write(PRODUCT, team(ins=ins, more="        grade: {value: 0.9, reason: Late data}\n"))
    repo.commit(day="2025-03-02")
    assert last(repo) == [
        "graded Product KR1 “Customers sign in” 0.9 by hand (the formula says 0.50)"
    ]


def test_a_reference_is_told_by_its_title_from_a_file_that_was_not_touched(
    repo: Repository,
) -> None:
    repo.write(
        "okrs/2025-Q1/company.yml",
        "schema: 1\nobjectives:\n  - id: win\n    title: Win the market\n",
    )
    repo.commit()
    more = "    key_results:"
    repo.write(PRODUCT, team().replace(more, f"    ladders_up_to: [company/win]\n{more}"))
    repo.commit()
    assert last(repo) == [
        "made Product objective 1 “Grow with customers” ladder up to Company objective 1 "
        "“Win the market”"
    ]


def test_commits_of_a_merge_keep_their_authors_and_days(repo: Repository) -> None:
    repo.branch("side")
    repo.write(PRODUCT, team(target="80%"))
    repo.commit("On the side", "2025-02-01", BO)
    repo.switch("main")
    repo.write("README.md", "Hello")
    repo.commit("Elsewhere", "2025-02-02")
    repo.merge("side", day="2025-02-10")
    assert [(who, day) for who, day, _ in told(history(repo))[1:]] == [("Bo", "2025-02-01")]
    assert points(repo)[-1].author == "Bo"


@pytest.mark.parametrize("elsewhere", ["README.md", PRODUCT])
def test_what_a_merge_brought_in_is_in_force_from_the_day_of_the_merge_on(
    repo: Repository, elsewhere: str
) -> None:
    repo.branch("side")
    repo.write(PRODUCT, team(target="80%"))
    repo.commit("On the side", "2025-02-01", BO)
    repo.switch("main")
    repo.write(elsewhere, team().replace("target: 40", "target: 50"))
    repo.commit("On main", "2025-02-02")
    repo.merge("side", day="2025-02-10")
    steps = history(repo).steps
    assert (steps[-1].day, steps[-1].day_in_force) == (date(2025, 2, 1), date(2025, 2, 10))
    assert all(step.day_in_force == step.day for step in steps[:-1])
    days = [step.day_in_force for step in steps]
    assert days == sorted(days)
    assert points(repo)[-1][:2] == (date(2025, 2, 10), "Bo")
    kept = [read_history_of_folder(repo.root, known(repo)) for _ in range(2)]
    assert [each.steps for each in kept] == [steps, steps]
    assert [each.series for each in kept] == [history(repo).series] * 2


def test_a_merge_of_two_lines_of_one_file_tells_each_change_under_its_author(
    repo: Repository,
) -> None:
    repo.branch("side")
    repo.write(PRODUCT, team(target="80%"))
    repo.commit("On the side", "2025-02-01", BO)
    repo.switch("main")
    repo.write(PRODUCT, team().replace("target: 40", "target: 50"))
    repo.commit("On main", "2025-02-02", "Cy <cy@example.com>")
    repo.merge("side", day="2025-02-10")
    found = told(history(repo))[1:]
    assert [(who, day) for who, day, _ in found] == [("Cy", "2025-02-02"), ("Bo", "2025-02-01")]
    assert "from 90% to 80%" in found[1][2][0]
    assert (points(repo)[-1].author, points(repo)[-1].day) == ("Bo", date(2025, 2, 10))


def test_two_commits_of_a_branch_on_one_field_keep_each_its_author(repo: Repository) -> None:
    repo.branch("side")
    repo.write(PRODUCT, team(target="75%"))
    repo.commit("Less", "2025-02-01", BO)
    repo.write(PRODUCT, team(target="60%"))
    repo.commit("Even less", "2025-02-02", "Cy <cy@example.com>")
    repo.switch("main")
    repo.write(PRODUCT, team().replace("target: 40", "target: 50"))
    repo.commit("On main", "2025-02-03")
    repo.merge("side", day="2025-02-10")
    found = told(history(repo))[2:]
    assert [(who, day) for who, day, _ in found] == [("Bo", "2025-02-01"), ("Cy", "2025-02-02")]
    assert "from 90% to 75%" in found[0][2][0]
    assert "from 75% to 60%" in found[1][2][0]


def test_what_a_merge_itself_decided_is_the_merge_s(repo: Repository) -> None:
    repo.branch("side")
    repo.write(PRODUCT, team(target="80%"))
    repo.commit("On the side", "2025-02-01", BO)
    repo.switch("main")
    repo.write(PRODUCT, team(target="85%"))
    repo.commit("On main", "2025-02-02", BO)
    repo.git("merge", "--no-ff", "--no-commit", "-s", "ours", "side")
    repo.write(PRODUCT, team(target="82%"))
    repo.commit("Settle it", "2025-02-10")
    found = told(history(repo))[1:]
    assert [(who, day) for who, day, _ in found] == [("Bo", "2025-02-02"), ("Ada", "2025-02-10")]
    assert "from 85% to 82%" in found[-1][2][0]


def test_what_a_merge_threw_away_was_never_in_force(repo: Repository) -> None:
    repo.branch("side")
    repo.write(PRODUCT, team(target="80%"))
    repo.commit("On the side", "2025-02-01", BO)
    repo.switch("main")
    repo.git("merge", "--no-ff", "--quiet", "-s", "ours", "-m", "Not this", "side")
    assert len(history(repo).steps) == 1
    assert kinds(repo) == [PointKind.START]


def test_a_squash_merge_is_one_step_of_its_author(repo: Repository) -> None:
    repo.branch("side")
    for target in ("80%", "70%"):
        repo.write(PRODUCT, team(target=target))
        repo.commit("On the side", "2025-02-01")
    repo.switch("main")
    repo.git("merge", "--squash", "--quiet", "side")
    repo.commit("Squashed", "2025-02-10", BO)
    (step,) = history(repo).steps[1:]
    assert (step.author, len(step.changes)) == ("Bo", 1)
    assert "from 90% to 70%" in step.changes[0].sentence


@pytest.mark.parametrize("again", ["revert", "cherry-pick"])
def test_a_revert_and_a_cherry_pick_are_steps_of_their_own(repo: Repository, again: str) -> None:
    repo.write(PRODUCT, team(target="80%"))
    id_ = repo.commit("Lower it", "2025-02-01")
    if again == "cherry-pick":
        repo.write(PRODUCT, team())
        repo.commit("Back", "2025-02-02")
    options = ("--no-edit",) if again == "revert" else ()
    repo.git(again, *options, id_)
    expected = "from 80% to 90%" if again == "revert" else "from 90% to 80%"
    assert expected in last(repo)[0]
    assert points(repo)[-1].target == ("90%" if again == "revert" else "80%")


# ------------------------------------------------------------------- names that change


def test_a_renamed_team_keeps_the_numbers_of_its_key_results(repo: Repository) -> None:
    repo.write("okrs/okr.yml", COMPANY.replace("product:", "growth:"))
    repo.move(PRODUCT, "okrs/2025-Q1/growth.yml")
    repo.write("okrs/2025-Q1/growth.yml", team(target="80%"))
    repo.commit(day="2025-02-01")
    found = history(repo).series
    assert {ref.team for ref in found} == {"growth"}
    assert [p.target for p in found[ARR._replace(team="growth")].points] == ["90%", "80%"]


def test_a_renamed_cycle_keeps_the_numbers_of_its_key_results(repo: Repository) -> None:
    repo.move("okrs/2025-Q1", "okrs/2025-H1")
    repo.commit(day="2025-02-01")
    assert last(repo) == ["renamed the cycle “2025-Q1” to “2025-H1”"]
    assert kinds(repo, ARR._replace(cycle="2025-H1")) == [PointKind.START]


def test_what_was_changed_before_a_rename_is_told_under_the_present_names(
    repo: Repository,
) -> None:
    repo.write(PRODUCT, team(target="2M"))
    repo.commit("Target")
    repo.move("okrs/2025-Q1", "okrs/FY25-Q1")
    repo.commit("Another name of the cycle")
    repo.write("okrs/okr.yml", COMPANY.replace("product:", "wares:"))
    repo.move("okrs/FY25-Q1/product.yml", "okrs/FY25-Q1/wares.yml")
    repo.commit("Another name of the team")
    changes = [change for step in history(repo).steps for change in step.changes if change.team]
    assert {(change.cycle, change.team) for change in changes} == {("FY25-Q1", "wares")}
    assert {change.ref for change in changes if change.ref} == {
        ResolvedRef("FY25-Q1", "wares", "growth", "arr")
    }


def test_a_renamed_id_keeps_its_numbers(repo: Repository) -> None:
    renamed = team(target="80%").replace("- id: arr", "- id: logins\n        was: [arr]")
    repo.write(PRODUCT, renamed)
    repo.commit(day="2025-02-01")
    found = history(repo).series
    assert ARR not in found
    assert [p.target for p in found[ARR._replace(key_result="logins")].points] == ["90%", "80%"]


def test_two_ids_that_change_places_take_their_numbers_along(repo: Repository) -> None:
    one = "- id: arr\n        was: [nps]\n        title: People tell others"
    other = "- id: nps\n        was: [arr]\n        title: Customers sign in"
    text = team().replace("- id: nps\n        title: People tell others", "@@")
    text = text.replace("- id: arr\n        title: Customers sign in", other).replace("@@", one)
    repo.write(PRODUCT, text)
    repo.commit(day="2025-02-01")
    assert len(history(repo).series) == 2
    assert all(points(repo, ref)[0].kind is PointKind.START for ref in history(repo).series)


def test_a_file_that_was_deleted_and_restored_goes_on(repo: Repository) -> None:
    repo.remove(PRODUCT)
    repo.commit("Delete", "2025-02-01")
    assert history(repo).series == {}
    repo.write(PRODUCT, team(target="80%"))
    repo.commit("Restore", "2025-02-02")
    assert [p.target for p in points(repo)] == ["90%", "80%"]
    assert kinds(repo) == [PointKind.START, PointKind.SILENT_TARGET]


# ------------------------------------------------------------------- what can't be read


@pytest.mark.parametrize(
    "broken",
    [
        "schema: 1\nobjectives: [\n",
        "schema: 2\nobjectives: []\n",
        "",
        "schema: 1\nobjectives:\n  - id: x\n",
    ],
)
def test_a_broken_revision_is_skipped_and_told_with_the_next_one(
    repo: Repository, broken: str
) -> None:
    repo.write(PRODUCT, broken)
    repo.commit("Break it", "2025-02-01", BO)
    repo.write(PRODUCT, team(target="80%"))
    repo.commit("Mend it", "2025-02-02")
    found = history(repo)
    assert found.skipped == 1
    assert [(who, day) for who, day, _ in told(found)[1:]] == [("Ada", "2025-02-02")]
    assert "from 90% to 80%" in found.steps[-1].changes[0].sentence


def test_a_broken_file_does_not_hide_the_others(repo: Repository) -> None:
    repo.write(PRODUCT, "schema: [")
    repo.write("okrs/2025-Q1/company.yml", "schema: 1\nobjectives:\n  - id: win\n    title: Win\n")
    repo.commit(day="2025-02-01")
    assert history(repo).skipped == 1
    assert last(repo)[0].startswith("added the OKRs of Company")


def test_a_broken_file_that_moved_is_neither_removed_nor_added(repo: Repository) -> None:
    repo.move(PRODUCT, "okrs/2025-Q1/growth.yml")
    repo.write("okrs/2025-Q1/growth.yml", team() + "oops: [\n")
    repo.commit(day="2025-02-01")
    assert len(history(repo).steps) == 1
    repo.write("okrs/2025-Q1/growth.yml", team())
    repo.commit(day="2025-02-02")
    assert kinds(repo, ARR._replace(team="growth")) == [PointKind.START]


def test_nothing_is_told_before_there_is_an_okr_yml(tmp_path: Path) -> None:
    repo = Repository(tmp_path / "company")
    repo.write(PRODUCT, team())
    repo.commit("Files", "2025-01-05", BO)
    assert history(repo).steps == ()
    assert history(repo).skipped == 1
    repo.write("okrs/okr.yml", COMPANY)
    repo.commit("Company", "2025-01-06")
    assert [who for who, _, _ in told(history(repo))] == ["Ada"]
    assert ARR in history(repo).series


def test_without_an_okr_yml_all_waits_for_its_return(repo: Repository) -> None:
    repo.remove("okrs/okr.yml")
    repo.write(PRODUCT, team(target="80%"))
    repo.commit("Delete", "2025-02-01", BO)
    assert len(history(repo).steps) == 1
    repo.write("okrs/okr.yml", COMPANY)
    repo.commit("Restore", "2025-02-02")
    found = history(repo)
    assert found.skipped == 1
    assert "from 90% to 80%" in found.steps[-1].changes[0].sentence


# ------------------------------------------------------------------- kinds of repositories


def test_a_shallow_clone_says_so_and_adds_nothing_in_its_first_commit(
    repo: Repository, tmp_path: Path
) -> None:
    for number in range(80, 86):
        repo.write(PRODUCT, team(target=f"{number}%"))
        repo.commit("Change", f"2025-02-0{number - 79}")
    clone = repo.clone(tmp_path / "clone", "--depth=3")
    found = history(clone)
    assert found.shallow
    assert len(found.steps) == 2
    assert found.since == date(2025, 2, 4)
    assert not any("added" in change.sentence for step in found.steps for change in step.changes)
    first = found.series[ARR].points[0]
    assert (first.kind, first.author, first.revision) == (PointKind.KNOWN, "", "")
    assert (first.day, first.target) == (date(2025, 2, 4), "83%")


def test_a_detached_head_ends_the_history(repo: Repository) -> None:
    repo.write(PRODUCT, team(target="80%"))
    repo.commit()
    repo.switch(repo.id("HEAD~1"))
    assert len(history(repo).steps) == 1
    assert len(history(repo, "main").steps) == 2


def test_without_git_or_a_commit_the_history_is_empty(tmp_path: Path) -> None:
    assert read_history_of_folder(tmp_path, None) == History()
    repo = Repository(tmp_path / "company")
    assert history(repo) == History()


def test_a_submodule_and_a_link_beside_are_no_files(repo: Repository, tmp_path: Path) -> None:
    other = Repository(tmp_path / "other")
    other.write("a.yml")
    other.commit()
    repo.git("-c", "protocol.file.allow=always", "submodule", "add", "--quiet",
             other.root.as_uri(), "okrs/2025-Q1/sub.yml")  # fmt: skip
    repo.link("okrs/2025-Q1/company.yml", "product.yml")
    repo.commit()
    assert len(history(repo).steps) == 1


def test_names_that_are_not_ascii_and_a_mailmap_are_read_as_they_are(repo: Repository) -> None:
    repo.write("okrs/2025-Q1/größe.yml", team())
    repo.write(PRODUCT, team(title="Größe für 山田"))
    repo.commit("Überschrift 🎉", "2025-02-01", "Jürgen <old@example.com>")
    assert history(repo).steps[-1].author == "Jürgen"
    assert history(repo).steps[-1].subject == "Überschrift 🎉"
    repo.write(".mailmap", "Jürgen Groß <new@example.com> <old@example.com>\n")
    repo.commit("Names")
    assert history(repo).steps[-1].author == "Jürgen Groß"


def test_a_commit_s_page_is_named_where_the_remote_is_known(repo: Repository) -> None:
    assert history(repo).steps[0].page is None
    repo.git("remote", "add", "origin", "git@github.com:acme/okrs.git")
    assert history(repo).steps[0].page == f"https://github.com/acme/okrs/commit/{repo.id()}"


def test_a_folder_below_the_top_of_the_repository_has_its_history(tmp_path: Path) -> None:
    repo = Repository(tmp_path / "company")
    repo.write("sub/okrs/okr.yml", COMPANY)
    repo.write(f"sub/{PRODUCT}", team())
    repo.commit()
    found = git.find_repository(repo.root / "sub")
    assert found is not None
    assert ARR in read_history(found).series


# ------------------------------------------------------------------- series


def test_every_value_stands_in_the_series_with_whose_it_is(repo: Repository) -> None:
    repo.write(PRODUCT, team(ins=check_in("2025-02-01", "30%")))
    id_ = repo.commit(day="2025-02-03", author=BO)
    assert points(repo)[-1] == ValuePoint(
        date(2025, 2, 3), "Bo", id_, "10%", "90%", "30%", PointKind.CHECK_IN, date(2025, 2, 1)
    )
    assert kinds(repo, ARR._replace(key_result="nps")) == [PointKind.START]


def test_a_check_in_of_long_ago_is_marked_as_back_dated(repo: Repository) -> None:
    repo.write(PRODUCT, team(ins=check_in("2025-02-01", "30%")))
    repo.commit(day="2025-02-08")
    assert kinds(repo)[-1] is PointKind.CHECK_IN
    repo.write(PRODUCT, team(ins=check_in("2025-02-01", "30%") + check_in("2025-02-10", "40%")))
    repo.commit(day="2025-02-18")
    assert kinds(repo)[-1] is PointKind.BACK_DATED


def test_a_value_that_changed_in_place_is_marked_once_its_day_is_long_gone(
    repo: Repository,
) -> None:
    for day, value in (("2025-02-01", "30%"), ("2025-02-02", "31%"), ("2025-02-20", "50%")):
        repo.write(PRODUCT, team(ins=check_in("2025-02-01", value)))
        repo.commit(day=day)
    assert kinds(repo)[1:] == [PointKind.CHECK_IN, PointKind.CHECK_IN, PointKind.IN_PLACE]
    assert [point.value for point in points(repo)[1:]] == ["30%", "31%", "50%"]


def test_an_earlier_check_in_that_was_changed_or_removed_is_marked(repo: Repository) -> None:
    latest = check_in("2025-03-01", "60%")
    repo.write(PRODUCT, team(ins=check_in("2025-02-01", "30%") + latest))
    repo.commit(day="2025-03-01")
    repo.write(PRODUCT, team(ins=check_in("2025-02-01", "20%") + latest))
    repo.commit(day="2025-03-02")
    repo.write(PRODUCT, team(ins=latest))
    repo.commit(day="2025-03-03")
    assert kinds(repo)[-2:] == [PointKind.IN_PLACE, PointKind.REMOVED]
    assert NOTABLE_KINDS.issuperset(kinds(repo)[-2:])


def test_a_target_that_moved_is_marked_unless_an_entry_says_so(repo: Repository) -> None:
    repo.write(PRODUCT, team(target="80%"))
    repo.commit(day="2025-02-01")
    entry = "        target_changes: [{date: 2025-02-02, from: 80%, reason: Less time}]\n"
    repo.write(PRODUCT, team(target="70%", more=entry))
    repo.commit(day="2025-02-02")
    assert kinds(repo)[1:] == [PointKind.SILENT_TARGET, PointKind.TARGET]
    assert history(repo).steps[-1].changes[0].reason == "Less time"


def test_a_baseline_that_moved_is_a_point(repo: Repository) -> None:
    repo.write(PRODUCT, team().replace("baseline: 10%", "baseline: 20%"))
    repo.commit(day="2025-02-01")
    assert (kinds(repo)[-1], points(repo)[-1].baseline) == (PointKind.BASELINE, "20%")


def test_milestones_count_as_values(repo: Repository) -> None:
    text = team().replace(
        "        baseline: 20\n        target: 40\n",
        "        milestones:\n          - title: One\n          - title: Two\n",
    )
    nps = ARR._replace(key_result="nps")
    repo.write(PRODUCT, text)
    repo.commit(day="2025-02-01")
    repo.write(PRODUCT, text.replace("title: One", "title: One\n            done: 2025-02-02"))
    repo.commit(day="2025-02-02")
    assert points(repo, nps)[-1].value == "1 of 2 milestones"


# ------------------------------------------------------------------- memory


@pytest.fixture
def grown(repo: Repository) -> Repository:
    for number in range(3):
        ins = "".join(check_in(f"2025-02-0{n + 1}", f"{n + 2}0%") for n in range(number + 1))
        repo.write(PRODUCT, team(ins=ins))
        repo.commit(f"Check in {number}", f"2025-02-0{number + 1}")
    repo.write(".gitignore", "/.okrdocs/\n")
    repo.commit("Ignore")
    return repo


def remembered(repo: Repository) -> History:
    return read_history_of_folder(repo.root, known(repo))


def test_a_second_run_says_the_same_and_writes_nothing(grown: Repository) -> None:
    first = remembered(grown)
    assert first == history(grown)
    place = grown.root / CACHE
    before = place.stat().st_mtime_ns, place.stat().st_ino
    assert remembered(grown) == first
    assert (place.stat().st_mtime_ns, place.stat().st_ino) == before
    json.loads(place.read_bytes())


def test_a_step_forward_adds_to_what_is_remembered(grown: Repository) -> None:
    remembered(grown)
    grown.write(PRODUCT, team(target="80%"))
    grown.commit("Lower it", "2025-02-09")
    grown.remove(PRODUCT)
    grown.commit("Delete", "2025-02-10")
    assert remembered(grown) == history(grown)
    grown.write(PRODUCT, team(target="70%"))
    grown.commit("Restore", "2025-02-11")
    assert remembered(grown) == history(grown)
    assert len(points(grown)) > 4


def test_a_break_is_remembered_as_one(grown: Repository) -> None:
    grown.write(PRODUCT, "schema: [")
    grown.commit("Break", "2025-02-09")
    assert remembered(grown).skipped == 1
    grown.write(PRODUCT, team(target="70%"))
    grown.commit("Mend", "2025-02-11")
    assert remembered(grown) == history(grown)


def test_a_rewritten_history_is_read_anew(grown: Repository) -> None:
    remembered(grown)
    grown.git("reset", "--quiet", "--hard", "HEAD~2")
    grown.write(PRODUCT, team(target="70%"))
    grown.commit("Another way", "2025-02-09", BO)
    assert remembered(grown) == history(grown)


def test_a_mailmap_reaches_what_is_remembered(grown: Repository) -> None:
    remembered(grown)
    grown.write(".mailmap", "Ada Lovelace <ada@example.com>\n")
    grown.write(PRODUCT, team(target="70%"))
    grown.commit()
    assert {step.author for step in remembered(grown).steps} == {"Ada Lovelace"}


@pytest.mark.parametrize(
    "damage",
    [b"", b"{}", b"[" * 100_000, b'{"format":1,"sum":"0","held":{}}\n', b"\xff\xfe\x00"],
)
def test_a_damaged_memory_is_written_anew(grown: Repository, damage: bytes) -> None:
    right = remembered(grown)
    place = grown.root / CACHE
    good = place.read_bytes()
    for bad in (damage, good[:-100], good.replace(b"Check in 1", b"<script>01")):
        place.write_bytes(bad)
        assert remembered(grown) == right
        assert place.read_bytes() == good


def test_a_memory_of_another_program_counts_for_nothing(
    grown: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = remembered(grown)
    before = (grown.root / CACHE).read_bytes()
    monkeypatch.setattr("okrdocs.history.store.program_digest", lambda: "another")
    assert remembered(grown) == right
    assert (grown.root / CACHE).read_bytes() != before


def test_a_memory_that_came_with_a_commit_is_never_believed(grown: Repository) -> None:
    remembered(grown)
    word = f"{program_digest()} okrs "
    grown.write(".gitignore", "")
    grown.commit("Forge", "2025-02-20")
    right = history(grown)
    remembered(grown)
    kept = read_cache((grown.root / CACHE).read_bytes(), word)
    assert kept is not None
    stamp, changes = kept.accumulator.steps[-1]
    forged = stamp._replace(subject="<script>alert(1)</script>", author="The boss")
    kept.accumulator.steps[-1] = (forged, changes)
    (grown.root / CACHE).write_bytes(
        cache_bytes(kept._replace(head=grown.commit("Forge more")), word)
    )
    assert remembered(grown) == history(grown) == right


@pytest.mark.parametrize("what", ["file", "folder"])
def test_no_link_leads_to_the_memory(grown: Repository, tmp_path: Path, what: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    if what == "folder":
        grown.link(".okrdocs", str(outside))
    else:
        grown.link(CACHE, str(outside / "history.json"))
    assert remembered(grown) == history(grown)
    assert list(outside.iterdir()) == []


def test_the_history_is_the_same_on_any_machine(grown: Repository) -> None:
    script = (
        "import sys; from pathlib import Path;"
        "from okrdocs.source.git.repository import find_repository;"
        "from okrdocs.history.git_log import read_history;"
        "print(ascii(read_history(find_repository(Path(sys.argv[1])))))"
    )
    said = set()
    for zone, seed, language in (("UTC", "0", "C"), ("Pacific/Kiritimati", "7", "C.UTF-8")):
        env = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": language}
        done = subprocess.run(
            [sys.executable, "-c", script, str(grown.root)],
            env=env, capture_output=True, check=True, timeout=60,
        )  # fmt: skip
        said.add(done.stdout)
    assert len(said) == 1


def test_a_step_tells_what_a_comparison_of_both_whole_states_tells(repo: Repository) -> None:
    days = [f"2025-02-{day:02}" for day in range(1, 8)]
    ins = [check_in(day, f"{20 + 7 * n}%") for n, day in enumerate(days)]
    note = "            note: Slow.\n"
    another = "      - id: new\n        title: New\n"
    texts = [
        team(ins="".join(ins[:4])),
        team(ins="".join(ins[:6])),
        team(ins="".join([*ins[:3], *ins[4:]])),
        team(ins="".join([ins[0], ins[1] + note, *ins[2:]])),
        team(ins="".join([ins[1], ins[0], *ins[2:]])),
        team(ins="".join([*ins[:2], check_in(days[2], "99%"), *ins[3:]]), target="95%"),
        team(ins="".join(ins) + check_in(days[-1], "77%")),
        team(ins="".join(ins), title="Grow"),
        team(ins="".join(ins[2:])).replace("- id: nps", "- id: fans\n        was: [nps]"),
        team(ins="".join(ins)).replace("      - id: nps", f"{another}      - id: nps"),
        team(ins="".join(ins), more="        dropped: {date: 2025-02-03, reason: Enough}\n"),
        team(),
    ]
    for number, text in enumerate(texts):
        repo.write(PRODUCT, text)
        repo.commit(day=f"2025-03-{number + 1:02}")
    found = known(repo)
    for step in history(repo).steps[1:]:
        sides = (GitTree(found, f"{step.revision}~1"), GitTree(found, step.revision))
        old, new = (evaluate(tree, as_of=step.day, today=step.day).partial for tree in sides)
        assert old is not None
        assert new is not None
        whole = tuple(change._replace(line=0) for change in compare(old, new).changes)
        assert step.changes == whole
