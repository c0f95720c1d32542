"""The workflow that posts: one comment, and nothing that `okr` couldn't have written.

`tests/report/test_comment_check.py` tries what a text can hold.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from okrdocs.report.comment import MARK
from workflow_runner import REPOSITORY, Outcome, Runner, needs_tools

SHA = "c" * 40
GOOD = f"{MARK}\n## OKRs: 1 change from the base branch to this branch\n\n- Raised it. 🟢 „ä“\n"
RUN = {
    "HEAD_SHA": SHA, "HEAD_BRANCH": "change", "HEAD_REPOSITORY": "someone/okrs",
}  # fmt: skip
PULL = {
    "state": "open",
    "head": {"sha": SHA, "ref": "change", "repo": {"full_name": "someone/okrs"}},
}
ARTIFACTS = "repos/acme/okrs/actions/runs/99/artifacts?name=okr-review"
COMMENTS = "repos/acme/okrs/issues/7/comments?per_page=100"
Files = Mapping[str, str | bytes]


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    made = Runner(tmp_path / "runner")
    made.install_okr()
    return made


def an_artifact(**changed: str | bytes | None) -> dict[str, str | bytes]:
    """The three files of an artifact; `comment`, `number` and `sha` replace one, None drops it."""
    files = {
        "comment.md": changed.get("comment", GOOD),
        "pull-request": changed.get("number", "7\n"),
        "head-sha": changed.get("sha", f"{SHA}\n"),
    }
    return {name: text for name, text in files.items() if text is not None}


def posted(runner: Runner, files: Files, comments: list[Any] | None = None) -> Outcome:
    """All steps of the job, as far as they get; the last one that ran."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    (runner.gh / "review.zip").write_bytes(packed.getvalue())
    size = len(packed.getvalue())
    found = {"artifacts": [{"id": 5, "size_in_bytes": size, "expired": False}]}
    runner.answers = {
        ARTIFACTS: found,
        "repos/acme/okrs/actions/artifacts/5/zip": "review.zip",
        "repos/acme/okrs/pulls/7": PULL,
        COMMENTS: comments or [],
    } | runner.answers
    done = runner.run("okr-comment", "check", "Take", {**REPOSITORY, "RUN_ID": "99"})
    if done.returncode or runner.outputs().get("found") != "true":
        return done
    done = runner.run("okr-comment", "check", "Check that okr", {})
    if done.returncode:
        return done
    done = runner.run("okr-comment", "check", "Check that it is about", {**REPOSITORY, **RUN})
    if done.returncode or "number" not in runner.outputs():
        return done
    # The artifact that the first job hands to the second one.
    (runner.temp / "comment").mkdir(exist_ok=True)
    shutil.copy(runner.temp / "review" / "comment.md", runner.temp / "comment")
    number = {"NUMBER": runner.outputs()["number"]}
    return runner.run("okr-comment", "post", "Write", {**REPOSITORY, **number})


@needs_tools
def test_the_first_comment_is_created(runner: Runner) -> None:
    others = [
        {"id": 1, "user": {"login": "mallory"}, "body": GOOD},
        {"id": 2, "user": {"login": "github-actions[bot]"}, "body": "Something else"},
    ]
    done = posted(runner, an_artifact(), others)
    assert done.returncode == 0, done.stderr
    wanted = [["POST", "repos/acme/okrs/issues/7/comments", {"body": GOOD}]]
    assert runner.calls("POST", "PATCH", "DELETE") == wanted


@needs_tools
def test_the_next_one_updates_it_in_place(runner: Runner) -> None:
    mine = [{"id": 3, "user": {"login": "github-actions[bot]"}, "body": f"{MARK}\nold"}]
    assert posted(runner, an_artifact(), mine).returncode == 0
    wanted = [["PATCH", "repos/acme/okrs/issues/comments/3", {"body": GOOD}]]
    assert runner.calls("POST", "PATCH", "DELETE") == wanted


MALICIOUS: dict[str, Files] = {
    "another mark": an_artifact(comment="## OKRs\n"),
    "a mark that isn't first": an_artifact(comment=f"\n{GOOD}"),
    "nothing": an_artifact(comment=""),
    "no comment": an_artifact(comment=None),
    "too large": an_artifact(comment=GOOD + "a" * 262_144),
    "a bomb": an_artifact(comment=GOOD + "\0" * 30_000_000),
    "not UTF-8": an_artifact(comment=GOOD.encode() + b"\xff\xfe"),
    "a zero byte": an_artifact(comment=GOOD + "\0"),
    "text turned around": an_artifact(comment=GOOD + "\u202eevil"),
    "a name that is told": an_artifact(comment=GOOD + "@octocat"),
    "a link": an_artifact(comment=GOOD + "[x](/evil)"),
    "a bot's command": an_artifact(comment=GOOD + "/approve"),
    "a number with a path": an_artifact(number="7/../8\n"),
    "a number with a command": an_artifact(number="7; curl evil\n"),
    "a number with an output": an_artifact(number="7\nfound=true\n"),
    "no number": an_artifact(number=None),
    "a huge number": an_artifact(number="9" * 15),
    "another commit": an_artifact(sha="d" * 40),
    "a pull request that isn't there": an_artifact(number="8"),
}  # fmt: skip


@needs_tools
@pytest.mark.parametrize("name", MALICIOUS)
def test_a_malicious_artifact_is_refused(runner: Runner, name: str) -> None:
    done = posted(runner, MALICIOUS[name])
    assert done.returncode != 0
    assert runner.calls("POST", "PATCH", "DELETE") == []
    assert "number" not in runner.outputs()
    # What the artifact says reaches an address only once it is surely a number.
    pulls = [path for _, path, _ in runner.calls() if "/pulls/" in path]
    assert all(re.fullmatch(r"repos/acme/okrs/pulls/[1-9]\d{0,9}", path) for path in pulls)


@needs_tools
def test_the_archive_is_never_unpacked(runner: Runner, tmp_path: Path) -> None:
    outside = {"../evil": "x", "/tmp/evil-okr": "x", "a/b": "x", **an_artifact()}
    assert posted(runner, outside).returncode == 0
    names = {path.name for path in tmp_path.rglob("*")}
    assert not {"evil", "evil-okr", "a", "b"} & names


@needs_tools
def test_a_pull_request_of_somebody_else_is_refused(runner: Runner) -> None:
    for head in (
        {**PULL["head"], "repo": {"full_name": "victim/okrs"}},  # type: ignore[dict-item]
        {**PULL["head"], "ref": "other"},  # type: ignore[dict-item]
        {**PULL["head"], "repo": None},  # type: ignore[dict-item]
    ):
        runner.answers = {"repos/acme/okrs/pulls/7": {**PULL, "head": head}}
        done = posted(runner, an_artifact())
        assert done.returncode != 0
        assert "another pull request" in done.stdout
    assert runner.calls("POST", "PATCH") == []


@needs_tools
def test_a_pull_request_that_moved_on_or_is_closed_is_left_alone(runner: Runner) -> None:
    newer = {**PULL["head"], "sha": "e" * 40}  # type: ignore[dict-item]
    for pull in ({**PULL, "head": newer}, {**PULL, "state": "closed"}):
        runner.answers = {"repos/acme/okrs/pulls/7": pull}
        assert posted(runner, an_artifact()).returncode == 0
    assert runner.calls("POST", "PATCH") == []


@needs_tools
def test_no_artifact_is_no_fault_and_one_too_large_isnt_even_fetched(runner: Runner) -> None:
    for found, code in (([], 0), ([{"id": 5, "size_in_bytes": 300_001, "expired": False}], 1)):
        runner.answers = {ARTIFACTS: {"artifacts": found}}
        assert posted(runner, an_artifact()).returncode == code
    assert [path for _, path, _ in runner.calls()] == [ARTIFACTS] * 2
