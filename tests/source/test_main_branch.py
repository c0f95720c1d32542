"""The main branch that a branch is compared with, in repositories as people and CI have them."""

from __future__ import annotations

from pathlib import Path

import pytest

from git_repository import Repository
from okrdocs.errors import UsageError
from okrdocs.source.git.main_branch import default_base
from okrdocs.source.git.repository import find_repository


@pytest.fixture
def made(tmp_path: Path) -> Repository:
    """A repository whose main branch is `trunk`, with one commit."""
    made = Repository(tmp_path / "made")
    made.commit("First")
    made.git("branch", "-m", "trunk")
    return made


def base_of(repository: Repository) -> str | None:
    found = find_repository(repository.root)
    assert found is not None
    return default_base(found)


def is_asked(repository: Repository) -> bool:
    with pytest.raises(UsageError, match="isn't known here"):
        base_of(repository)
    return True


def test_before_the_first_commit_there_is_none(tmp_path: Path) -> None:
    assert base_of(Repository(tmp_path / "new")) is None


@pytest.mark.parametrize("name", ["main", "master"])
def test_a_usual_name_is_known(made: Repository, name: str) -> None:
    made.git("branch", "-m", name)
    base = made.id()
    made.branch("side")
    made.commit("Mine")
    assert base_of(made) == base


def test_the_branch_that_the_remote_calls_its_own_counts_before_a_usual_name(
    made: Repository, tmp_path: Path
) -> None:
    made.git("branch", "main")
    base = made.commit("Newer")
    clone = made.clone(tmp_path / "clone")
    clone.branch("side")
    clone.commit("Mine")
    assert base_of(clone) == base


def test_another_branch_of_another_name_is_asked_for(made: Repository) -> None:
    made.branch("side")
    made.commit("Mine")
    assert is_asked(made)


def test_the_upstream_of_another_name_is_where_a_branch_goes(made: Repository) -> None:
    base = made.id()
    made.git("checkout", "--quiet", "-b", "side", "--track", "trunk")
    made.commit("Mine")
    assert base_of(made) == base


def test_the_copy_of_a_branch_on_the_remote_is_not_where_it_goes(
    made: Repository, tmp_path: Path
) -> None:
    base = made.id()
    clone = made.clone(tmp_path / "clone")
    clone.branch("side")
    clone.commit("Mine")
    clone.git("push", "--quiet", "-u", "origin", "side")
    assert base_of(clone) == base
    clone.git("remote", "set-head", "origin", "--delete")
    assert is_asked(clone)


def test_git_s_own_setting_names_the_main_branch(made: Repository) -> None:
    base = made.id()
    made.branch("side")
    made.commit("Mine")
    made.git("config", "init.defaultBranch", "trunk")
    assert base_of(made) == base


def ci_checkout(made: Repository, root: Path, *refs: str, at: str) -> Repository:
    """What CI makes: an empty repository, some references fetched, and a commit checked out."""
    clone = Repository(root)
    clone.git("fetch", "--quiet", made.root.as_uri(), *refs)
    clone.git("checkout", "--quiet", "--detach", at)
    return clone


def test_the_only_branch_of_the_remote_is_the_main_one(made: Repository, tmp_path: Path) -> None:
    base = made.id()
    made.branch("side")
    change = made.commit("Mine")
    refs = "refs/heads/trunk:refs/remotes/origin/trunk", "refs/heads/side"
    assert base_of(ci_checkout(made, tmp_path / "ci", *refs, at=change)) == base


def test_a_commit_checked_out_alone_is_asked_for(made: Repository, tmp_path: Path) -> None:
    made.branch("side")
    change = made.commit("Mine")
    ref = "refs/heads/side:refs/remotes/origin/side"
    assert is_asked(ci_checkout(made, tmp_path / "ci", ref, at=change))


@pytest.mark.parametrize("request_", ["pull", "merge-requests"])
def test_a_pull_request_s_merge_is_compared_with_what_it_is_merged_into(
    made: Repository, tmp_path: Path, request_: str
) -> None:
    made.branch("side")
    made.commit("Mine")
    made.switch("trunk")
    base = made.commit("Theirs")
    made.git("checkout", "--quiet", "--detach")
    made.merge("side")
    made.git("update-ref", f"refs/{request_}/7/merge", "HEAD")
    ref = f"refs/{request_}/7/merge:refs/remotes/{request_}/7/merge"
    checkout = ci_checkout(made, tmp_path / "ci", ref, at=f"refs/remotes/{request_}/7/merge")
    assert base_of(checkout) == base


def test_the_only_branch_there_is_begins_with_its_last_commit(made: Repository) -> None:
    assert base_of(made) == made.id()


def test_on_the_main_branch_what_isnt_pushed_is_compared(made: Repository, tmp_path: Path) -> None:
    clone = made.clone(tmp_path / "clone")
    pushed = clone.id()
    assert base_of(clone) == pushed
    clone.commit("Not pushed yet")
    assert base_of(clone) == pushed


def test_lines_without_a_common_start_have_no_base(made: Repository) -> None:
    made.git("branch", "-m", "main")
    made.git("checkout", "--quiet", "--orphan", "other")
    made.commit("Two")
    assert is_asked(made)
