"""Every answer from real repositories: odd histories, odd names, damage and hostile settings."""

from __future__ import annotations

import hashlib
import os
import random
import stat
import zlib
from datetime import date, timedelta
from pathlib import Path

import pytest

from git_repository import Repository
from okrdocs.errors import UsageError
from okrdocs.source.git import process
from okrdocs.source.git import repository as git
from okrdocs.source.git.errors import git_error
from okrdocs.source.git.log import FileChange, Revision
from okrdocs.source.git.main_branch import default_base
from okrdocs.source.git.repository import GitError, find_repository

PRODUCT = "okrs/2025-Q1/product.yml"
LONG = "".join(f"line {number}\n" for number in range(40))


@pytest.fixture
def made(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repo")


def opened(root: Path | Repository) -> git.Repository:
    found = find_repository(root.root if isinstance(root, Repository) else root)
    assert found is not None
    return found


def log(root: Path | Repository, rev: str = "HEAD") -> tuple[Revision, ...]:
    return opened(root).log("okrs", rev)


def subjects(revisions: tuple[Revision, ...]) -> list[str]:
    return [revision.subject for revision in revisions]


def replayed(revisions: tuple[Revision, ...]) -> dict[str, str]:
    files: dict[str, str] = {}
    for revision in revisions:
        for change in revision.changes:
            assert files.pop(change.old_path, None) == change.old_blob
        files |= {each.path: each.new_blob for each in revision.changes if each.new_blob}
    return files


def listed(made: Repository, rev: str = "HEAD") -> dict[str, str]:
    lines = made.git("ls-tree", "-r", rev, "--", "okrs").splitlines()
    return {line.split("\t")[1]: line.split()[2] for line in lines}


def object_id(kind: str, text: str) -> str:
    data = text.encode()
    return hashlib.sha1(f"{kind} {len(data)}\0".encode() + data, usedforsecurity=False).hexdigest()


# What is a repository


def test_a_folder_outside_of_any_repository_has_none(tmp_path: Path) -> None:
    assert find_repository(tmp_path) is None


def test_a_folder_that_does_not_exist_has_none(tmp_path: Path) -> None:
    assert find_repository(tmp_path / "none") is None


def test_without_git_there_is_no_repository(
    made: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_repository(made.root) is None


def test_a_git_that_lies_in_the_working_directory_is_never_run(
    made: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = made.write("git", f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    program.chmod(0o755)
    monkeypatch.chdir(made.root)
    monkeypatch.setenv("PATH", ".")
    assert find_repository(made.root) is None
    assert not (tmp_path / "ran").exists()


def test_a_bare_repository_has_no_files_to_read(tmp_path: Path) -> None:
    assert find_repository(Repository(tmp_path / "bare.git", bare=True).root) is None


def test_the_folder_of_git_itself_is_no_root(made: Repository) -> None:
    assert find_repository(made.root / ".git") is None


def test_a_broken_repository_is_an_error_with_the_words_of_git(made: Repository) -> None:
    made.write(".git/config", "[core\n")
    with pytest.raises(GitError, match=r"git can't read .*bad config"):
        find_repository(made.root)


def test_a_repository_of_another_user_is_an_error_with_the_cure(
    made: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setattr(process, "_KEPT", (*process._KEPT, "GIT_TEST_"))
    with pytest.raises(GitError, match=r"git config --global --add safe\.directory"):
        find_repository(made.root)


def test_before_the_first_commit_there_is_no_head_and_no_history(made: Repository) -> None:
    found = opened(made)
    assert found.head_commit() is None
    assert found.log("okrs") == ()
    assert not found.is_shallow()
    with pytest.raises(UsageError, match="no revision `HEAD`"):
        found.resolve("HEAD")


def test_a_subfolder_is_a_root_with_paths_of_its_own(made: Repository) -> None:
    made.write(f"acme/web/{PRODUCT}", "a")
    made.write(PRODUCT, "b")
    made.commit()
    found = opened(made.root / "acme/web")
    assert (found.top, found.prefix) == (made.root, "acme/web/")
    assert [change.path for change in found.log("okrs")[0].changes] == [PRODUCT]
    assert [entry.path for entry in found.list_entries("HEAD", "okrs/2025-Q1/")] == [PRODUCT]


def test_a_root_behind_a_link_is_the_same_repository(made: Repository, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(made.root)
    assert opened(tmp_path / "link") == opened(made)


def test_variables_that_name_another_repository_are_left_out(
    made: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.write(PRODUCT)
    id_ = made.commit("Here")
    other = Repository(tmp_path / "other")
    other.write(PRODUCT)
    other.commit("There")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR"):
        monkeypatch.setenv(name, str(other.root / ".git"))
    monkeypatch.setenv("GIT_GLOB_PATHSPECS", "1")
    assert opened(made).head_commit() == id_
    assert subjects(log(made)) == ["Here"]


def test_a_worktree_has_the_same_history_and_its_own_head(made: Repository, tmp_path: Path) -> None:
    made.write(PRODUCT)
    made.commit("One")
    made.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "tree"))
    (tmp_path / "tree" / PRODUCT).write_text("schema: 2\n")
    made.git("-C", str(tmp_path / "tree"), "commit", "-qam", "Two")
    assert subjects(log(tmp_path / "tree")) == ["One", "Two"]
    assert subjects(log(made)) == ["One"]


def test_a_submodule_as_root_is_a_repository_of_its_own(made: Repository, tmp_path: Path) -> None:
    inner = Repository(tmp_path / "inner")
    inner.write(PRODUCT)
    inner.commit("Inner")
    made.git("submodule", "--quiet", "add", inner.root.as_uri(), "company")
    made.commit("Outer")
    assert subjects(log(made.root / "company")) == ["Inner"]


def test_ids_of_sha256_are_read_as_well(tmp_path: Path) -> None:
    made = Repository(tmp_path / "repo", kind="sha256")
    made.write(PRODUCT, "a: 1\n")
    id_ = made.commit()
    assert len(id_) == 64
    assert opened(made).resolve(id_) == id_
    (change,) = log(made)[0].changes
    assert dict(opened(made).read_blobs([str(change.new_blob)])) == {change.new_blob: b"a: 1\n"}


# Names of revisions


def test_branches_tags_and_short_ids_are_resolved_to_full_ones(made: Repository) -> None:
    id_ = made.commit()
    made.git("tag", "-a", "v1", "-m", "One")
    found = opened(made)
    for name in ("HEAD", "main", "v1", id_[:8], id_, "HEAD^{commit}", "HEAD^{/Change}"):
        assert found.resolve(name) == id_


@pytest.mark.parametrize(
    "name", ["", "-h", "--exec=x", "--output=/x", "a\nb", "a\0b", "\x1b[31m", "\udce9", "HEAD\t"]
)
def test_a_name_that_could_be_something_else_is_refused(made: Repository, name: str) -> None:
    made.commit()
    with pytest.raises(UsageError, match="can't be a revision") as raised:
        opened(made).resolve(name)
    assert str(raised.value).isprintable()
    str(raised.value).encode()


@pytest.mark.parametrize("name", ["none", "HEAD~7", "HEAD..HEAD", "^HEAD", "f" * 40, "a b", "@{9}"])
def test_a_name_of_no_commit_leads_to_the_next_step(made: Repository, name: str) -> None:
    made.commit()
    with pytest.raises(UsageError, match=r"There is no revision.*git log --oneline"):
        opened(made).resolve(name)


def test_the_name_of_a_file_is_told_from_that_of_a_commit(made: Repository) -> None:
    made.write(PRODUCT)
    made.commit()
    with pytest.raises(UsageError, match="is a blob, not a commit"):
        opened(made).resolve(f"HEAD:{PRODUCT}")
    with pytest.raises(UsageError, match="is a tree, not a commit"):
        opened(made).resolve("HEAD:okrs")


def test_a_name_of_a_branch_and_a_tag_is_ambiguous(made: Repository) -> None:
    made.commit()
    made.git("tag", "next")
    made.commit()
    made.git("branch", "next")
    with pytest.raises(UsageError, match=r"`next` is ambiguous.*refs/tags/"):
        opened(made).resolve("next")


def test_too_few_digits_are_ambiguous(made: Repository) -> None:
    tree = made.id("HEAD^{tree}") if made.commit() else ""
    raw = f"tree {tree}\nauthor A <a> %d +0000\ncommitter A <a> 1 +0000\n\nOdd\n"
    seen: dict[str, int] = {}
    for number in range(100_000):
        digits = object_id("commit", raw % number)[:4]
        if digits in seen:
            break
        seen[digits] = number
    for each in (seen[digits], number):
        made.git("hash-object", "-t", "commit", "-w", "--stdin", data=(raw % each).encode())
    with pytest.raises(UsageError, match="is ambiguous"):
        opened(made).resolve(digits)


def test_a_branch_that_only_the_remote_has_is_suggested(made: Repository, tmp_path: Path) -> None:
    made.commit()
    made.branch("side")
    clone = made.clone(tmp_path / "clone", "--branch", "side")
    with pytest.raises(UsageError, match=r"Did you mean `origin/main`\?"):
        opened(clone).resolve("main")


# History


def test_the_history_is_oldest_first_with_what_each_revision_changed(made: Repository) -> None:
    made.write(PRODUCT, "a: 1\n")
    first = made.commit("Begin", "2025-01-06")
    made.write(PRODUCT, "a: 2\n")
    made.write("README.md", "not ours")
    second = made.commit("Go on", "2025-01-07", "Grace Hopper <grace@example.com>")
    one, two = made.id(f"{first}:{PRODUCT}"), made.id(f"{second}:{PRODUCT}")
    begin, on = log(made)
    assert (begin.id, begin.subject, begin.author) == (first, "Begin", "Ada")
    assert begin.changes == (FileChange("A", PRODUCT, PRODUCT, None, one),)
    assert (on.id, on.author, on.email) == (second, "Grace Hopper", "grace@example.com")
    assert on.changes == (FileChange("M", PRODUCT, PRODUCT, one, two),)
    assert (on.author_day, on.merged) == (date(2025, 1, 7), ())


def test_revisions_without_a_change_in_the_folder_are_left_out(made: Repository) -> None:
    made.commit("Empty")
    made.write(PRODUCT)
    made.commit("Ours")
    made.write("src/code.py", "pass")
    made.commit("Not ours")
    (made.root / PRODUCT).chmod(0o755)
    made.commit("Only its mode")
    assert subjects(log(made)) == ["Ours"]


def test_a_folder_whose_name_begins_alike_is_another(made: Repository) -> None:
    made.write("okrs-old/2025-Q1/product.yml")
    made.write("okr/x.yml")
    made.commit()
    assert log(made) == ()


def test_a_folder_named_like_a_pattern_or_an_option_is_taken_by_its_name(made: Repository) -> None:
    made.write("*/a.yml", "1")
    made.write("okrs/a.yml", "2")
    made.write("--all/a.yml", "3")
    made.write(":(top)/a.yml", "4")
    made.commit()
    found = opened(made)
    for folder in ("*", "--all", ":(top)"):
        assert [change.path for change in found.log(folder)[0].changes] == [f"{folder}/a.yml"]
        assert [entry.path for entry in found.list_entries("HEAD", f"{folder}/")] == [
            f"{folder}/a.yml"
        ]


def test_the_day_is_the_authors_in_the_authors_own_time_zone(made: Repository) -> None:
    made.write(PRODUCT)
    made.commit(day="2025-01-06", time="23:30:00 -0800", committed="2025-02-01 08:00:00 +0000")
    (found,) = log(made)
    assert found.author_day == date(2025, 1, 6)
    assert found.time.isoformat() == "2025-01-06T23:30:00-08:00"
    assert found.committed.isoformat() == "2025-02-01T08:00:00+00:00"


def test_the_order_is_that_of_history_not_of_dates(made: Repository) -> None:
    for day in ("2025-03-01", "2024-01-01", "2025-02-01"):
        made.write(PRODUCT, day)
        made.commit(day, day)
    assert subjects(log(made)) == ["2025-03-01", "2024-01-01", "2025-02-01"]


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (b"99999999999999 +0000", "1970-01-01"),
        (b"-1 +0000", "1970-01-01"),
        (b"0 +0000", "1970-01-01"),
        (b"1736164800 +9959", "2025-01-06"),
        (b"1736164800 -051800", "2025-01-06"),
        (b"nonsense", "1970-01-01"),
    ],
)
def test_a_date_that_no_clock_ever_showed_stops_nothing(
    made: Repository, when: bytes, told: str
) -> None:
    made.write(PRODUCT)
    made.commit()
    raw = b"tree %s\nauthor A <a> %s\ncommitter A <a> %s\n\nOdd\n"
    tree = made.id("HEAD^{tree}").encode()
    id_ = made.git(
        "hash-object", "-t", "commit", "-w", "--literally", "--stdin", data=raw % (tree, when, when)
    )
    (found,) = log(made, id_)
    assert (found.subject, found.author_day.isoformat()) == ("Odd", told)


def test_names_follow_the_mailmap_of_the_revision(made: Repository) -> None:
    made.write(PRODUCT, "1")
    before = made.commit("Before")
    made.write(PRODUCT, "2")
    made.write(".mailmap", "Ada Lovelace <ada@acme.example> <ada@example.com>\n")
    first = made.commit("Begin")
    made.write(".mailmap", "Countess <ada@acme.example> <ada@example.com>\n")
    made.commit("Rename")
    made.write(".mailmap", "Uncommitted <x@example.com> <ada@example.com>\n")
    assert {(found.author, found.email) for found in log(made)} == {
        ("Countess", "ada@acme.example")
    }
    assert {found.author for found in log(made, first)} == {"Ada Lovelace"}
    assert {found.author for found in log(made, before)} == {"Ada"}


def test_names_paths_and_subjects_of_all_scripts_come_through(made: Repository) -> None:
    path = "okrs/2025-Q1/größe 山.yml"
    made.write(path)
    made.commit("Größe „山“ 🎯", author="Jürgen Groß 山田 <ü@example.com>")
    (found,) = log(made)
    assert (found.author, found.email) == ("Jürgen Groß 山田", "ü@example.com")
    assert (found.subject, found.changes[0].path) == ("Größe „山“ 🎯", path)


def test_odd_paths_come_through_as_they_are(made: Repository) -> None:
    paths = ["okrs/a\tb.yml", 'okrs/c"d.yml', "okrs/e\nf.yml", "okrs/:100644 x.yml", "okrs/\\.yml"]
    for path in paths:
        made.write(path, path)
    made.commit()
    made.move(paths[2], "okrs/ g.yml")
    made.commit()
    first, second = log(made)
    assert sorted(change.path for change in first.changes) == sorted(paths)
    assert [(change.old_path, change.path) for change in second.changes] == [
        (paths[2], "okrs/ g.yml")
    ]


def test_names_that_are_not_utf8_can_be_printed(made: Repository) -> None:
    made.write(PRODUCT)
    made.commit()
    tree = made.id("HEAD^{tree}").encode()
    raw = b"tree %s\nauthor J\xfcrgen <j\xfc@x> 1 +0000\ncommitter A <a> 1 +0000\n\nGr\xf6\xdfe\n"
    id_ = made.git("hash-object", "-t", "commit", "-w", "--stdin", data=raw % tree)
    (found,) = log(made, id_)
    assert (found.author, found.subject) == ("J\ufffdrgen", "Gr\ufffd\ufffde")


def test_names_in_another_encoding_that_the_commit_names_are_read_by_it(made: Repository) -> None:
    made.write(PRODUCT)
    made.git("config", "i18n.commitEncoding", "ISO-8859-1")
    made.git("config", "i18n.logOutputEncoding", "ISO-8859-1")
    made.git("add", "--all")
    made.git("commit", "-q", "-F", "-", data=b"Gr\xf6\xdfe")
    assert subjects(log(made)) == ["Größe"]


def test_a_path_that_is_not_utf8_counts_as_no_file(made: Repository) -> None:
    made.write(PRODUCT, LONG)
    made.commit("Begin")
    odd = made.root / os.fsdecode(b"okrs/2025-Q1/caf\xe9.yml")
    try:
        (made.root / PRODUCT).rename(odd)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    made.commit("Odd")
    odd.write_text("changed")
    made.commit("Odd still")
    begin, gone = log(made)
    assert gone.changes == (FileChange("D", PRODUCT, PRODUCT, begin.changes[0].new_blob, None),)


def test_a_message_with_escape_sequences_can_do_nothing_to_a_terminal(made: Repository) -> None:
    made.write(PRODUCT)
    made.commit("\x1b]0;owned\x07\x1b[2J Rot\x9b31m\rX", author="A\x1b[1mda <a\x07@x>")
    (found,) = log(made)
    for text in (found.subject, found.author, found.email):
        assert text.isprintable() or "\ufffd" in text
        assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in text)


def test_a_subject_is_one_line_of_bounded_length(made: Repository) -> None:
    made.write(PRODUCT)
    made.commit("one\ntwo " + "x" * 100_000 + "\n\nbody")
    (found,) = log(made)
    assert found.subject.startswith("one two xxx")
    assert len(found.subject) == 500


def test_a_renamed_file_is_followed(made: Repository) -> None:
    made.write(PRODUCT, LONG)
    made.commit()
    made.move(PRODUCT, "okrs/2025-Q1/platform.yml")
    made.commit()
    begin, renamed = log(made)
    blob = begin.changes[0].new_blob
    assert renamed.changes == (FileChange("R", "okrs/2025-Q1/platform.yml", PRODUCT, blob, blob),)


def test_a_file_renamed_and_edited_at_once_is_followed(made: Repository) -> None:
    made.write(PRODUCT, LONG)
    made.commit()
    made.remove(PRODUCT)
    made.write("okrs/2025-Q1/platform.yml", LONG.replace("line 7\n", "line seven\n"))
    made.commit()
    (change,) = log(made)[1].changes
    assert (change.status, change.old_path) == ("R", PRODUCT)
    assert change.old_blob != change.new_blob


def test_a_cycle_whose_folder_was_renamed_is_followed(made: Repository) -> None:
    for name in ("cycle", "company", "product"):
        made.write(f"okrs/2025-Q1/{name}.yml", name + LONG)
    made.commit()
    made.move("okrs/2025-Q1", "okrs/FY25-Q1")
    made.commit()
    assert sorted((c.status, c.old_path, c.path) for c in log(made)[1].changes) == [
        ("R", f"okrs/2025-Q1/{name}.yml", f"okrs/FY25-Q1/{name}.yml")
        for name in ("company", "cycle", "product")
    ]


def test_settings_can_not_turn_renames_off(made: Repository) -> None:
    made.git("config", "diff.renames", "false")
    made.git("config", "diff.renameLimit", "1")
    made.write(PRODUCT, LONG)
    made.commit()
    made.move(PRODUCT, "okrs/2025-Q1/platform.yml")
    made.commit()
    assert log(made)[1].changes[0].status == "R"


def test_two_files_that_change_names_stay_two(made: Repository) -> None:
    made.write("okrs/2025-Q1/a.yml", "a" + LONG)
    made.write("okrs/2025-Q1/b.yml", LONG.upper())
    made.commit()
    made.move("okrs/2025-Q1/a.yml", "okrs/x")
    made.move("okrs/2025-Q1/b.yml", "okrs/2025-Q1/a.yml")
    made.move("okrs/x", "okrs/2025-Q1/b.yml")
    made.commit()
    assert replayed(log(made)) == listed(made)


def test_a_file_removed_and_back_again_is_told_as_it_was(made: Repository) -> None:
    made.write(PRODUCT, "a")
    made.commit("Add")
    made.remove(PRODUCT)
    made.commit("Remove")
    made.write(PRODUCT, "a")
    made.commit("Restore")
    assert [found.changes[0].status for found in log(made)] == ["A", "D", "A"]


def test_links_and_submodules_count_as_no_file(made: Repository, tmp_path: Path) -> None:
    made.write(PRODUCT, "a")
    made.commit("File")
    made.remove(PRODUCT)
    made.link(PRODUCT, "company.yml")
    made.commit("Link instead")
    inner = Repository(tmp_path / "inner")
    inner.commit()
    made.git("submodule", "--quiet", "add", inner.root.as_uri(), "okrs/2024")
    made.commit("Submodule")
    made.remove(PRODUCT)
    made.write(PRODUCT, "b")
    made.commit("File again")
    told = [(found.subject, found.changes[0].status) for found in log(made)]
    assert told == [("File", "A"), ("Link instead", "D"), ("File again", "A")]


def test_an_older_revision_has_the_history_up_to_it(made: Repository) -> None:
    for text in ("one", "two", "three"):
        made.write(PRODUCT, text)
        made.commit(text)
    assert subjects(log(made, "HEAD~1")) == ["one", "two"]


def test_a_detached_head_has_its_history(made: Repository) -> None:
    made.write(PRODUCT)
    id_ = made.commit("One")
    made.commit("Two")
    made.switch(id_)
    assert opened(made).head_commit() == id_
    assert subjects(log(made)) == ["One"]


# Merges


def test_a_merge_is_one_step_that_holds_the_revisions_it_brought(made: Repository) -> None:
    made.write(PRODUCT, "1\n" + LONG)
    made.commit("Begin")
    made.branch("side")
    for day, number in (("2025-01-08", "2"), ("2025-01-09", "3")):
        made.write(PRODUCT, number + "\n" + LONG)
        made.commit(f"Side {number}", day, "Grace <grace@example.com>")
    made.switch("main")
    made.write("okrs/2025-Q1/sales.yml")
    made.commit("Main")
    made.merge("side", message="Merge side", day="2025-01-20")
    found = log(made)
    assert subjects(found) == ["Begin", "Main", "Merge side"]
    assert subjects(found[-1].merged) == ["Side 2", "Side 3"]
    assert [(each.author, each.author_day.day) for each in found[-1].merged] == [
        ("Grace", 8),
        ("Grace", 9),
    ]
    assert (found[-1].author, found[-1].author_day) == ("Ada", date(2025, 1, 20))
    assert [change.path for change in found[-1].changes] == [PRODUCT]
    assert found[-1].changes[0].new_blob == found[-1].merged[-1].changes[0].new_blob


def test_a_merge_of_a_branch_that_main_did_not_outrun_is_a_step_all_the_same(
    made: Repository,
) -> None:
    made.write(PRODUCT, "1")
    made.commit("Begin")
    made.branch("side")
    made.write(PRODUCT, "2")
    made.commit("Side")
    made.switch("main")
    made.merge("side")
    assert [(f.subject, subjects(f.merged)) for f in log(made)] == [
        ("Begin", []),
        ("Merge", ["Side"]),
    ]


def test_a_branch_that_is_merged_twice_brings_each_revision_once(made: Repository) -> None:
    made.write(PRODUCT, "1")
    made.commit("Begin")
    made.branch("side")
    for number in ("2", "3"):
        made.switch("side")
        made.write(PRODUCT, number)
        made.commit(f"Side {number}")
        made.switch("main")
        made.merge("side", message=f"Merge {number}")
    told = [(step.subject, subjects(step.merged)) for step in log(made)]
    assert told == [("Begin", []), ("Merge 2", ["Side 2"]), ("Merge 3", ["Side 3"])]


def test_what_a_merge_itself_changed_is_its_own(made: Repository) -> None:
    made.write(PRODUCT, "1")
    made.commit("Begin")
    made.branch("side")
    made.write("README.md")
    made.commit("Side")
    made.switch("main")
    made.git("merge", "--quiet", "--no-commit", "--no-ff", "side")
    made.write(PRODUCT, "changed in the merge")
    made.commit("Evil")
    assert [(f.subject, len(f.changes), f.merged) for f in log(made)][1:] == [("Evil", 1, ())]


def test_a_branch_whose_changes_were_thrown_away_never_happened(made: Repository) -> None:
    made.write(PRODUCT, "1")
    made.commit("Begin")
    made.branch("side")
    made.write(PRODUCT, "2")
    made.commit("Side")
    made.switch("main")
    made.write("okrs/2025-Q1/sales.yml")
    made.commit("Main")
    made.git("merge", "--quiet", "-s", "ours", "-m", "Ours", "side")
    assert subjects(log(made)) == ["Begin", "Main"]


def test_a_target_that_a_merge_threw_back_was_in_force_before_it(made: Repository) -> None:
    made.write(PRODUCT, "target: 90%")
    made.commit("Begin")
    made.branch("side")
    made.write("README.md")
    made.commit("Side")
    made.switch("main")
    made.write(PRODUCT, "target: 10%")
    made.commit("Lower it")
    made.git("merge", "--quiet", "--no-commit", "--no-ff", "side")
    made.write(PRODUCT, "target: 90%")
    made.commit("Merge with the old target")
    assert subjects(log(made)) == ["Begin", "Lower it", "Merge with the old target"]


def test_a_merge_of_main_into_a_branch_credits_nobody_twice(made: Repository) -> None:
    made.write(PRODUCT, LONG)
    made.commit("Begin")
    made.branch("side")
    made.write("okrs/2025-Q1/side.yml", "1")
    made.commit("Side")
    made.switch("main")
    made.write(PRODUCT, LONG + "main")
    made.commit("Main")
    made.switch("side")
    made.merge("main", message="Catch up")
    made.write("okrs/2025-Q1/side.yml", "2")
    made.commit("Side again")
    made.switch("main")
    made.merge("side")
    found = log(made)
    assert subjects(found) == ["Begin", "Main", "Merge"]
    assert subjects(found[-1].merged) == ["Side", "Side again"]


def test_a_merge_of_three_branches_is_one_step(made: Repository) -> None:
    made.write("okrs/okr.yml")
    made.commit("Begin")
    for name in ("a", "b"):
        made.branch(name, "main")
        made.write(f"okrs/2025-Q1/{name}.yml", name)
        made.commit(name)
    made.switch("main")
    made.merge("a", "b", message="Octopus")
    *_, octopus = log(made)
    assert sorted(subjects(octopus.merged)) == ["a", "b"]
    assert replayed(log(made)) == listed(made)


def test_histories_without_a_common_start_are_read_along_the_main_line(made: Repository) -> None:
    made.write(PRODUCT)
    made.commit("Ours")
    made.git("checkout", "--quiet", "--orphan", "other")
    made.git("rm", "-rfq", ".")
    made.write("okrs/2025-Q1/sales.yml")
    made.commit("Theirs")
    made.switch("main")
    made.git("merge", "-q", "--allow-unrelated-histories", "-m", "Join", "other")
    found = log(made)
    assert subjects(found) == ["Ours", "Join"]
    assert subjects(found[-1].merged) == ["Theirs"]


def test_a_folder_that_a_branch_brought_begins_with_what_the_branch_did(made: Repository) -> None:
    made.write("README.md")
    made.commit("Begin")
    made.branch("side")
    made.write(PRODUCT, "1")
    made.commit("Side one")
    made.write(PRODUCT, "2")
    made.commit("Side two")
    made.switch("main")
    made.write("README.md", "more")
    made.commit("Elsewhere")
    made.merge("side")
    made.write(PRODUCT, "3")
    made.commit("Go on")
    found = log(made)
    assert subjects(found) == ["Side one", "Side two", "Go on"]
    assert replayed(found) == listed(made)


@pytest.mark.parametrize("seed", range(8))
def test_the_main_line_of_any_history_leads_to_what_the_revision_holds(
    made: Repository, seed: int
) -> None:
    """Held to git's own list of first parents."""
    dice = random.Random(seed)
    made.write("okrs/okr.yml")
    made.commit("Begin")
    branches = ["main"]
    for number in range(14):
        made.switch(dice.choice(branches))
        if dice.random() < 0.3:
            branches.append(f"branch-{number}")
            made.branch(branches[-1])
        elif dice.random() < 0.3:
            made.git("merge", "-q", "--no-ff", "-X", "ours", "-m", "Merge", dice.choice(branches))
        else:
            made.write(f"okrs/2025-Q1/team-{dice.randint(1, 4)}.yml", f"{number}\n{LONG}")
            made.commit(str(number))
    for branch in branches:
        line = made.git("log", "--first-parent", "--reverse", "--format=%H", branch, "--", "okrs")
        found = log(made, branch)
        assert [step.id for step in found] == line.split()
        assert replayed(found) == listed(made, branch)
        told = [each.id for step in found for each in (step, *step.merged)]
        assert len(told) == len(set(told))


# Shallow, partial and broken clones


def test_a_shallow_clone_says_that_it_is_one(made: Repository, tmp_path: Path) -> None:
    made.write(PRODUCT, "1")
    made.commit("One")
    made.write(PRODUCT, "2")
    made.commit("Two")
    shallow = made.clone(tmp_path / "shallow", "--depth=1")
    assert opened(shallow).is_shallow()
    assert not opened(made).is_shallow()
    assert [(f.subject, f.changes[0].status) for f in log(shallow)] == [("Two", "A")]


def test_a_revision_that_a_shallow_clone_lacks_leads_to_the_cure(
    made: Repository, tmp_path: Path
) -> None:
    made.commit()
    made.commit()
    shallow = made.clone(tmp_path / "shallow", "--depth=1")
    with pytest.raises(UsageError, match=r"shallow clone.*fetch-depth: 0"):
        opened(shallow).resolve("HEAD~1")


def test_a_partial_clone_fetches_nothing_and_says_what_is_missing(
    made: Repository, tmp_path: Path
) -> None:
    made.git("config", "uploadpack.allowFilter", "true")
    made.write(PRODUCT, "1")
    made.commit("One")
    made.write(PRODUCT, "2")
    made.commit("Two")
    partial = made.clone(tmp_path / "partial", "--filter=blob:none")
    before = sorted((partial.root / ".git/objects").rglob("*"))
    one, _ = log(partial)
    with pytest.raises(GitError, match=r"partial clone.*without `--filter`"):
        list(opened(partial).read_blobs([str(one.changes[0].new_blob)]))
    with pytest.raises(GitError, match="partial clone"):
        opened(partial).list_entries(one.id, "okrs/2025-Q1/")
    assert sorted((partial.root / ".git/objects").rglob("*")) == before


def loose(made: Repository, id_: str) -> Path:
    file = made.root / ".git/objects" / id_[:2] / id_[2:]
    file.chmod(stat.S_IRUSR | stat.S_IWUSR)
    return file


@pytest.mark.parametrize("name", ["HEAD~1", "HEAD~1^{tree}", "HEAD~1:okrs", "HEAD"])
@pytest.mark.parametrize("how", ["gone", "garbage", "cut"])
def test_a_damaged_history_is_an_error_and_never_a_shorter_one(
    made: Repository, name: str, how: str
) -> None:
    for text in ("1", "2", "3"):
        made.write(PRODUCT, text)
        made.commit(text)
    file = loose(made, made.id(name))
    if how == "gone":
        file.unlink()
    else:
        file.write_bytes(b"garbage" if how == "garbage" else file.read_bytes()[:15])
    with pytest.raises(GitError, match=r"git can't read this repository: .*\. .*git fsck"):
        log(made)


@pytest.mark.parametrize("how", ["gone", "garbage", "cut", "other"])
def test_damaged_contents_are_an_error_and_never_other_contents(made: Repository, how: str) -> None:
    made.write(PRODUCT, LONG)
    made.write("okrs/okr.yml", "x")
    made.commit()
    good, bad = made.id("HEAD:okrs/okr.yml"), made.id(f"HEAD:{PRODUCT}")
    file = loose(made, bad)
    data = file.read_bytes()
    forged = zlib.compress(b"blob 4\0evil")
    file.write_bytes({"garbage": b"garbage", "cut": data[:40], "other": forged}.get(how, b""))
    if how == "gone":
        file.unlink()
    reading = opened(made).read_blobs([good, bad])
    assert next(reading) == (good, b"x")
    with pytest.raises(GitError, match="git can't read this repository"):
        next(reading)


def test_objects_that_lay_in_another_repository_are_missed(
    made: Repository, tmp_path: Path
) -> None:
    made.write(PRODUCT)
    made.commit()
    made.git("clone", "-q", "--shared", str(made.root), str(tmp_path / "clone"))
    clone = tmp_path / "clone"
    assert len(log(clone)) == 1
    (made.root / ".git").rename(tmp_path / "moved")
    with pytest.raises(GitError, match="git can't read this repository"):
        log(clone)


def test_a_head_that_names_nothing_is_an_error_not_a_new_repository(made: Repository) -> None:
    made.commit()
    made.write(".git/refs/heads/main", "no id\n")
    with pytest.raises(GitError, match="git can't read this repository"):
        opened(made).head_commit()


def test_replaced_commits_stay_what_they_were(made: Repository) -> None:
    made.write(PRODUCT, "1")
    first = made.commit("One")
    made.write(PRODUCT, "2")
    second = made.commit("Two")
    made.git("replace", first, second)
    assert subjects(log(made)) == ["One", "Two"]


# Contents


def test_contents_come_in_order_each_once_and_byte_for_byte(made: Repository) -> None:
    texts = [b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", b"", b"\0\n\xff\n", b"no end"]
    for number, text in enumerate(texts):
        made.write(f"okrs/2025-Q1/t{number}.yml", text)
    made.commit()
    made.write(".gitattributes", "*.yml text eol=lf working-tree-encoding=UTF-16\n")
    ids = [made.id(f"HEAD:okrs/2025-Q1/t{number}.yml") for number in range(4)]
    found = list(opened(made).read_blobs([*reversed(ids), *ids]))
    assert found == list(zip(reversed(ids), reversed(texts), strict=True))


def test_a_file_beyond_the_limit_is_marked_and_the_next_one_is_read(made: Repository) -> None:
    for name, size in (("most", 1000), ("more", 1001), ("much", 500_000), ("next", 3)):
        made.write(f"okrs/{name}.yml", "x" * size)
    made.commit()
    ids = [made.id(f"HEAD:okrs/{name}.yml") for name in ("most", "more", "much", "next")]
    found = [data for _, data in opened(made).read_blobs(ids, limit=1000)]
    assert found == [b"x" * 1000, None, None, b"xxx"]


def test_many_large_files_come_through_one_process_without_a_standstill(made: Repository) -> None:
    for number in range(300):
        made.write(f"okrs/2025-Q1/t{number}.yml", f"{number}\n" + LONG * 30)
    made.write(PRODUCT, "".join(f"line {number}\n" for number in range(10_000)))
    made.commit()
    ids = [str(change.new_blob) for change in log(made)[0].changes]
    found = dict(opened(made).read_blobs(ids))
    assert len(found) == 301
    assert max(data.count(b"\n") for data in found.values() if data) == 10_000


def test_reading_may_stop_early(made: Repository) -> None:
    for number in range(100):
        made.write(f"okrs/2025-Q1/t{number}.yml", f"{number}\n" + LONG * 100)
    made.commit()
    reading = opened(made).read_blobs([str(change.new_blob) for change in log(made)[0].changes])
    assert next(reading)
    reading.close()


def test_no_contents_need_no_process(made: Repository) -> None:
    assert list(opened(made).read_blobs([])) == []


def test_entries_tell_kind_and_size_and_go_no_deeper(made: Repository) -> None:
    made.write("okrs/okr.yml", "12345")
    made.write(PRODUCT)
    made.link("okrs/link.yml", "okr.yml")
    made.commit()
    found = opened(made).list_entries("HEAD", "okrs/")
    assert [(entry.path, entry.mode, entry.size) for entry in found] == [
        ("okrs/2025-Q1", "040000", 0),
        ("okrs/link.yml", "120000", 7),
        ("okrs/okr.yml", "100644", 5),
    ]
    nested = opened(made).list_entries("HEAD", "okrs/2025-Q1", "okrs/2025-Q1/product.yml", "okrs")
    assert [entry.path for entry in nested] == ["okrs", "okrs/2025-Q1", PRODUCT]
    assert opened(made).list_entries("HEAD", "none/") == opened(made).list_entries("HEAD") == ()


# What a pull request is compared with


def two_branches(made: Repository) -> str:
    base = made.commit("Base")
    made.branch("side")
    made.commit("Side")
    made.switch("main")
    made.commit("Main")
    made.switch("side")
    return base


def test_the_common_start_of_two_branches_is_a_commit(made: Repository) -> None:
    base = two_branches(made)
    assert opened(made).merge_base("main", "side") == base


def test_lines_without_a_common_start_have_none(made: Repository) -> None:
    made.commit("One")
    made.git("checkout", "--quiet", "--orphan", "other")
    made.commit("Two")
    assert opened(made).merge_base("main", "other") is None


def test_the_page_of_the_remote_is_that_of_origin(made: Repository) -> None:
    assert opened(made).remote_page() is None
    made.git("remote", "add", "origin", "https://user:secret@github.com/acme/okrs.git")
    page = opened(made).remote_page()
    assert page is not None
    assert page.address == "https://github.com/acme/okrs"
    made.git("remote", "set-url", "origin", str(made.root))
    assert opened(made).remote_page() is None


# Hostile settings


def test_no_setting_of_a_repository_runs_a_program(made: Repository, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    script = made.write("run.sh", f"#!/bin/sh\necho $0 $* >> {ran}\ncat\n")
    script.chmod(0o755)
    made.write(".gitattributes", "* diff=evil filter=evil merge=evil\n")
    made.write(PRODUCT, LONG)
    made.commit()
    made.move(PRODUCT, "okrs/2025-Q1/platform.yml")
    made.commit()
    head, _, rest = made.git("cat-file", "commit", "HEAD").partition("\n\n")
    signed = (
        f"{head}\ngpgsig -----BEGIN PGP SIGNATURE-----\n x\n -----END PGP SIGNATURE-----\n\n{rest}"
    )
    words = ("hash-object", "-t", "commit", "-w", "--stdin")
    made.git("reset", "-q", "--soft", made.git(*words, data=signed.encode()))
    (made.root / ".git/hooks").mkdir(exist_ok=True)
    for name in ("post-index-change", "reference-transaction", "fsmonitor-watchman"):
        (made.root / ".git/hooks" / name).symlink_to(script)
    for name in (
        *("core.fsmonitor", "core.pager", "pager.log", "core.editor", "core.sshCommand"),
        *("core.askPass", "core.gitProxy", "diff.external", "diff.evil.command"),
        *("diff.evil.textconv", "filter.evil.clean", "filter.evil.smudge", "filter.evil.process"),
        *(
            "gpg.program",
            "credential.helper",
            "core.alternateRefsCommand",
            "interactive.diffFilter",
        ),
        *("uploadpack.packObjectsHook", "remote.origin.uploadpack", "alias.log", "man.viewer"),
    ):
        made.git("config", name, str(script))
    made.git("config", "log.showSignature", "true")
    made.git("config", "core.repositoryFormatVersion", "1")
    made.git("config", "extensions.partialClone", "origin")
    made.git("config", "protocol.ext.allow", "always")
    made.git("config", "remote.origin.url", f"ext::{script}")
    made.git("config", "remote.origin.promisor", "true")
    made.write("okrs/2025-Q1/platform.yml", "changed")
    found = opened(made)
    ids = [str(each.new_blob) for step in found.log("okrs") for each in step.changes]
    assert len(ids) == 2
    assert list(found.read_blobs(ids))
    assert found.list_entries("HEAD", "okrs/")
    assert found.remote_page() is None
    assert default_base(found) is not None
    with pytest.raises(GitError):
        list(found.read_blobs(["f" * 40]))
    with pytest.raises(UsageError):
        found.resolve("e" * 40)
    assert not ran.exists(), ran.read_text()


def plant(made: Repository, tmp_path: Path, folder: str, worktree: str) -> None:
    """Ordinary files that are a repository with another history, as a pull request can bring."""
    other = Repository(tmp_path / "other")
    other.write(PRODUCT, "forged")
    other.commit("Forged")
    other.git("config", "core.worktree", worktree)
    (made.root / folder).mkdir(exist_ok=True)
    for name in ("HEAD", "config", "objects", "refs"):
        (other.root / ".git" / name).rename(made.root / folder / name)


@pytest.mark.parametrize("root", ["company", "company/sub"])
@pytest.mark.parametrize("worktree", [".", "..", "/", "sub"])
def test_files_that_look_like_a_repository_are_none(
    made: Repository, tmp_path: Path, root: str, worktree: str
) -> None:
    made.write(f"{root}/{PRODUCT}", "true")
    made.write("company/sub/x")
    plant(made, tmp_path, "company", worktree)
    made.commit("True")
    assert opened(made.root / root).top == made.root
    assert subjects(log(made.root / root)) == ["True"]


def test_git_itself_is_told_to_take_no_files_for_a_repository(
    made: Repository, tmp_path: Path
) -> None:
    plant(made, tmp_path, "company", ".")
    answer = process.run_git(["git", "rev-parse", "--git-dir"], made.root / "company", None)
    assert answer.returncode != 0
    assert b"safe.bareRepository" in answer.stderr


def test_files_that_look_like_a_repository_are_none_without_one_around(
    made: Repository, tmp_path: Path
) -> None:
    plant(made, tmp_path, "company", ".")
    (made.root / ".git").rename(tmp_path / "gone")
    assert find_repository(made.root / "company") is None


def test_a_file_that_names_a_repository_among_the_sources_is_refused(
    made: Repository, tmp_path: Path
) -> None:
    plant(made, tmp_path, "company", "..")
    (made.root / ".git").rename(tmp_path / "gone")
    made.write(".git", "gitdir: company\n")
    with pytest.raises(GitError, match="whose files anyone can write"):
        find_repository(made.root)


def test_neither_grafts_nor_replacements_change_the_history(made: Repository) -> None:
    for subject in ("One", "Two", "Three"):
        made.write(PRODUCT, subject)
        made.commit(subject)
    made.git("replace", "HEAD~1", "HEAD~2")
    made.write(".git/info/grafts", f"{made.id('HEAD')}\n")
    assert subjects(log(made)) == ["One", "Two", "Three"]


def test_no_setting_of_a_repository_changes_the_history(made: Repository) -> None:
    made.write(PRODUCT, LONG)
    made.write("okrs/okr.yml")
    made.commit("Ünö")
    made.move(PRODUCT, "okrs/2025-Q1/platform.yml")
    made.commit("Two")
    before = log(made)
    for name, value in {
        **{"log.showRoot": "false", "log.follow": "true", "log.date": "relative"},
        **{"log.mailmap": "false", "log.decorate": "full", "log.diffMerges": "off"},
        **{"log.abbrevCommit": "true", "format.pretty": "oneline", "core.abbrev": "4"},
        **{"core.quotePath": "true", "diff.renames": "copies", "diff.relative": "true"},
        **{"diff.orderFile": "/nowhere", "diff.noprefix": "true", "color.ui": "always"},
        **{"mailmap.file": str(made.root / "people"), "mailmap.blob": "HEAD:people"},
        **{"i18n.logOutputEncoding": "UTF-16", "diff.ignoreSubmodules": "all"},
        **{"notes.displayRef": "refs/notes/*", "core.worktree": str(made.root)},
    }.items():
        made.git("config", name, value)
    made.write("people", "Mallory <m@example.com> <ada@example.com>\n")
    made.git("notes", "add", "-m", "A note", "HEAD")
    assert log(made) == before


def test_nothing_in_the_repository_is_written(made: Repository) -> None:
    made.write(PRODUCT)
    made.commit()
    made.write(PRODUCT, "changed")
    before = {file: file.stat().st_mtime_ns for file in made.root.rglob("*")}
    found = opened(made)
    list(found.read_blobs(str(change.new_blob) for change in found.log("okrs")[0].changes))
    default_base(found)
    assert {file: file.stat().st_mtime_ns for file in made.root.rglob("*")} == before


def test_the_time_zone_and_language_of_the_machine_change_nothing(
    made: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.write(PRODUCT)
    made.commit("Größe", "2025-01-06", time="23:59:00 +1300")
    before = log(made)
    for name, value in {"TZ": "America/Los_Angeles", "LC_ALL": "C", "LANGUAGE": "de"}.items():
        monkeypatch.setenv(name, value)
    assert log(made) == before
    assert before[0].time.utcoffset() == timedelta(hours=13)


def test_the_advice_on_another_user_s_folder_is_one_word_for_a_shell() -> None:
    stderr = b"fatal: detected dubious ownership in repository at '/x'\n"
    told = str(git_error(stderr, "/srv/$(id) a\x1b[31m"))
    assert "--add safe.directory '/srv/$(id) a\ufffd[31m'`" in told
