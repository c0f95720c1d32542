"""A revision is read as the same files on disk would be: held to DiskTree wherever both can."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from git_repository import Repository
from okrdocs.errors import UsageError
from okrdocs.problem import Problem
from okrdocs.source.disk import MAX_BYTES, DiskTree, File
from okrdocs.source.git.repository import GitError, find_repository
from okrdocs.source.revision import GitTree, committed_revision

CYCLE = "okrs/2025-Q1"


@pytest.fixture
def made(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repo")


def tree(root: Path | Repository, rev: str = "HEAD") -> GitTree:
    found = find_repository(root.root if isinstance(root, Repository) else root)
    assert found is not None
    return GitTree(found, rev)


def dirty(made: Repository) -> bool:
    return committed(made) is None


def committed(made: Repository) -> str | None:
    found = find_repository(made.root)
    assert found is not None
    return committed_revision(DiskTree(made.root).read()[0], found)


def only(made: Repository) -> Problem:
    files, problems = tree(made).read()
    assert files == ()
    assert len(problems) == 1, problems
    return problems[0]


def test_files_come_sorted_by_path_with_their_bytes(made: Repository) -> None:
    made.write(f"{CYCLE}/product.yml", b"a\r\n\xff")
    made.write(f"{CYCLE}/company.yml", b"\xef\xbb\xbf")
    made.write("okrs/okr.yml", b"")
    made.write("okrs-old/2025-Q1/x.yml")
    made.commit()
    assert tree(made).read() == (
        (
            File(f"{CYCLE}/company.yml", b"\xef\xbb\xbf"),
            File(f"{CYCLE}/product.yml", b"a\r\n\xff"),
            File("okrs/okr.yml", b""),
        ),
        (),
    )


def test_each_revision_is_read_as_it_was_whatever_lies_on_disk(made: Repository) -> None:
    made.write("okrs/okr.yml", "1")
    first = made.commit()
    made.write("okrs/okr.yml", "2")
    made.commit()
    made.write("okrs/okr.yml", "3")
    assert tree(made, first).read()[0] == (File("okrs/okr.yml", b"1"),)
    assert tree(made).read()[0] == (File("okrs/okr.yml", b"2"),)
    assert tree(made, first[:9]).revision == first


def test_everything_that_the_disk_would_refuse_is_refused_in_the_same_words(
    made: Repository,
) -> None:
    made.write("okrs/okr.yml", "1")
    made.write("shared/team.yml", "shared")
    made.write(".hidden/team.yml", "token")
    made.write("okrs/team.yml")
    made.write(f"{CYCLE}/most.yml", b"#" * MAX_BYTES)
    made.write(f"{CYCLE}/more.yml", b"#" * (MAX_BYTES + 1))
    made.write(f"{CYCLE}/table.csv")
    made.write(f"{CYCLE}/team.yaml")
    made.write(f"{CYCLE}/deep/er/team.yml")
    made.write(f"{CYCLE}/.deep/team.yml")
    for name in ("README.md", ".gitkeep", "a.yml~", "b.yml.orig"):
        made.write(f"{CYCLE}/{name}")
    for name, target in {
        **{"shared": "../../shared/team.yml", "again": "shared.yml", "here": "./../okr.yml"},
        **{"hidden": "../../.hidden/team.yml", "git": "../../.git/config", "none": "none.yml"},
        **{"out": "../../../repo-two/x.yml", "etc": "/etc/passwd", "folder": "../../shared"},
        **{"round": "trip.yml", "trip": "round.yml", "more-again": "more.yml"},
    }.items():
        made.link(f"{CYCLE}/{name}.yml", target)
    made.link("okrs/2024", "2025-Q1")
    made.link(f"{CYCLE}/notes.csv", "../okr.yml")
    made.commit()
    on_disk = DiskTree(made.root).read()
    assert tree(made).read() == on_disk
    assert len(on_disk[0]) == 5
    assert len(on_disk[1]) == 16


def test_a_name_that_is_not_utf8_is_refused_as_on_disk(made: Repository) -> None:
    made.write("okrs/okr.yml")
    for name in (b"okrs/2025-Q1/caf\xe9.yml", b"okrs/\xff/team.yml"):
        try:
            made.write(os.fsdecode(name))
        except OSError:
            pytest.skip("this file system takes UTF-8 names only")
    made.commit()
    assert tree(made).read() == DiskTree(made.root).read()


def test_too_many_files_end_the_reading_as_on_disk(
    made: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("okrdocs.source.disk.MAX_FILES", 3)
    for name in ("2025/a", "2025-Q1/a", "2025-Q1/b", "2025.Q1/a", "2026/a"):
        made.write(f"okrs/{name}.yml")
    made.commit()
    assert tree(made).read() == DiskTree(made.root).read()


def test_too_many_paths_to_one_content_end_the_reading_as_on_disk(
    made: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("okrdocs.source.disk.MAX_BYTES_IN_ALL", 300)
    for number in range(5):
        made.write(f"okrs/2025-Q1/team-{number}.yml", "#" * 100)
    made.commit()
    assert tree(made).read() == DiskTree(made.root).read()
    assert len(tree(made).read()[0]) == 3


def test_a_submodule_is_refused_for_its_files_lie_elsewhere(
    made: Repository, tmp_path: Path
) -> None:
    inner = Repository(tmp_path / "inner")
    inner.write("team.yml")
    inner.commit()
    made.git("submodule", "--quiet", "add", inner.root.as_uri(), CYCLE)
    made.commit()
    found = only(made)
    assert (found.code, found.span.path) == ("outside", CYCLE)
    assert "submodule" in found.message


def test_a_link_through_another_link_to_a_folder_is_not_followed(made: Repository) -> None:
    made.write("shared/team.yml")
    made.link("short", "shared")
    made.link(f"{CYCLE}/team.yml", "../../short/team.yml")
    made.commit()
    assert only(made).code == "unreadable"


def test_a_link_with_odd_letters_leads_outside(made: Repository) -> None:
    made.write("okrs/okr.yml")
    made.commit()
    for text in (b"a\0b", b"\xff", b"x\n", b"x" * 200_000, b"x" * 5_000_000):
        blob = made.git("hash-object", "-w", "--stdin", data=text)
        made.git("update-index", "--add", "--cacheinfo", f"120000,{blob},{CYCLE}/odd.yml")
        made.git("commit", "-qm", "Odd")
        _, (problem,) = tree(made).read()
        assert problem.code == "outside"


def test_a_subfolder_as_root_has_its_own_files_and_its_own_outside(made: Repository) -> None:
    made.write("acme/okrs/okr.yml", "acme")
    made.write("okrs/okr.yml", "other")
    made.write("acme/shared.yml", "shared")
    made.link("acme/okrs/2025-Q1/shared.yml", "../../shared.yml")
    made.link("acme/okrs/2025-Q1/out.yml", "../../../okrs/okr.yml")
    made.commit()
    files, problems = tree(made.root / "acme").read()
    assert files == (File(f"{CYCLE}/shared.yml", b"shared"), File("okrs/okr.yml", b"acme"))
    assert [problem.code for problem in problems] == ["outside"]
    assert (files, problems) == DiskTree(made.root / "acme").read()


def test_a_revision_without_the_folder_leads_to_the_next_step(made: Repository) -> None:
    made.write("README.md")
    made.commit()
    with pytest.raises(UsageError, match=r"no folder `okrs` in revision [0-9a-f]{12}.*git log"):
        tree(made).read()


@pytest.mark.parametrize("kind", ["file", "link"])
def test_a_folder_that_is_none_in_the_revision_is_told(made: Repository, kind: str) -> None:
    made.write("data/okr.yml")
    if kind == "file":
        made.write("okrs")
    else:
        made.link("okrs", "../data")
    made.commit()
    with pytest.raises(UsageError, match=f"`okrs` is a {kind}"):
        tree(made).read()


def test_a_link_to_a_folder_of_the_same_revision_is_followed(made: Repository) -> None:
    made.write("data/goals/okr.yml", "one")
    made.link("okrs", "data/goals")
    made.commit()
    assert tree(made).read() == DiskTree(made.root).read()
    assert [file.path for file in tree(made).read()[0]] == ["okrs/okr.yml"]


def test_a_folder_that_was_moved_since_is_read_where_it_was(made: Repository) -> None:
    made.write("goals/okr.yml", "one")
    made.write("goals/2025-Q1/team.yml", "two")
    made.write("goals/2025-Q1/odd.txt", "two")
    before = made.commit()
    made.move("goals", "okrs")
    made.commit("Move")
    made.move("okrs", "data/okrs")
    made.commit("Move again")
    found = find_repository(made.root / "data")
    assert found is not None
    assert GitTree(found, before).read() == DiskTree(made.root / "data").read()


def test_an_unknown_revision_is_told_before_anything_is_read(made: Repository) -> None:
    made.commit()
    with pytest.raises(UsageError, match="no revision `v9`"):
        tree(made, "v9")


def test_a_file_whose_contents_are_missing_stops_the_run(made: Repository) -> None:
    made.write("okrs/okr.yml")
    made.write("okrs/2025-Q1/team.yml", "x")
    made.commit()
    id_ = made.id("HEAD:okrs/2025-Q1/team.yml")
    (made.root / ".git/objects" / id_[:2] / id_[2:]).unlink()
    with pytest.raises(GitError):
        tree(made).read()


def test_a_folder_within_a_folder_without_end_is_never_walked(made: Repository) -> None:
    """Ten folders in each of ten folders, ten deep, in eleven objects."""
    blob = made.git("hash-object", "-w", "--stdin", data=b"x")
    line = f"100644 blob {blob}\tteam.yml\n"
    for _ in range(10):
        made_of = made.git("mktree", data=line.encode())
        line = "".join(f"040000 tree {made_of}\tf{number}\n" for number in range(10))
    top = made.git("mktree", data=line.encode())
    top = made.git("mktree", data=f"040000 tree {top}\tokrs\n".encode())
    id_ = made.git("commit-tree", "-m", "Bomb", top)
    files, problems = tree(made, id_).read()
    assert files == ()
    assert {problem.code for problem in problems} == {"file-place"}
    assert len(problems) == 100


def test_a_tree_as_committed_is_clean(made: Repository) -> None:
    made.write("okrs/okr.yml", "a: 1\n")
    made.write("README.md")
    made.commit()
    made.write("README.md", "changed elsewhere")
    made.write("okrs/notes.md", "no data")
    assert committed(made) == made.id()


@pytest.mark.parametrize("how", ["changed", "new", "removed", "staged", "ignored"])
def test_any_difference_to_the_last_commit_is_seen(made: Repository, how: str) -> None:
    made.write("okrs/okr.yml", "a: 1\n")
    made.write(f"{CYCLE}/team.yml", "a: 1\n")
    made.write(".gitignore", "secret.yml\n")
    made.commit()
    if how == "removed":
        made.remove(f"{CYCLE}/team.yml")
    else:
        name = {"new": "new", "ignored": "secret"}.get(how, "team")
        made.write(f"{CYCLE}/{name}.yml", "a: 2\n")
    if how == "staged":
        made.git("add", "--all")
    assert dirty(made)


def test_ends_of_lines_that_git_changed_make_no_difference(made: Repository) -> None:
    made.write("okrs/okr.yml", "a: 1\nb: 2\n")
    made.commit()
    made.write("okrs/okr.yml", "a: 1\r\nb: 2\r\n")
    assert not dirty(made)


def test_before_the_first_commit_all_files_are_new(made: Repository) -> None:
    made.write("okrs/okr.yml")
    assert dirty(made)
    made.write("README.md")
    made.git("add", "README.md")
    made.git("commit", "-qm", "Not the folder")
    assert dirty(made)


def test_asking_whether_files_differ_runs_no_filter(made: Repository, tmp_path: Path) -> None:
    made.write("okrs/okr.yml", "a: 1\n")
    made.write(".gitattributes", "* filter=evil\n")
    made.commit()
    made.git("config", "filter.evil.clean", f"touch {tmp_path}/ran; cat")
    made.write("okrs/okr.yml", "a: 2\n")
    assert dirty(made)
    assert not (tmp_path / "ran").exists()
