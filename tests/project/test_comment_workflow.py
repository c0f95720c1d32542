"""The workflow that posts: one comment, and nothing that `okr` couldn't have written."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from git_repository import Repository
from okrdocs.report.comment import MARK
from workflow_runner import OKR_YML, PATH, REPOSITORY, ROOT, Outcome, Runner, needs_tools

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
    return Runner(tmp_path / "runner")


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
    done = runner.run("comment", "comment", "Take", {**REPOSITORY, "RUN_ID": "99"})
    if done.returncode or runner.outputs().get("found") != "true":
        return done
    done = runner.run("comment", "comment", "Check", {**REPOSITORY, **RUN})
    if done.returncode or "number" not in runner.outputs():
        return done
    number = {"NUMBER": runner.outputs()["number"]}
    return runner.run("comment", "comment", "Write", {**REPOSITORY, **number})


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
    "too large": an_artifact(comment=GOOD + "a" * 71_680),
    "a bomb": an_artifact(comment=GOOD + "\0" * 30_000_000),
    "not UTF-8": an_artifact(comment=GOOD.encode() + b"\xff\xfe"),
    "a zero byte": an_artifact(comment=GOOD + "\0"),
    "an escape sequence": an_artifact(comment=GOOD + "\x1b[2J"),
    "a carriage return": an_artifact(comment=GOOD + "a\rb"),
    "text turned around": an_artifact(comment=GOOD + "\u202eevil"),
    "a C1 control": an_artifact(comment=GOOD + "\x9b2J"),
    "a name that is told": an_artifact(comment=GOOD + "@octocat"),
    "a name that is told as an entity": an_artifact(comment=GOOD + "&#64;octocat"),
    "a name that is told in hex": an_artifact(comment=GOOD + "&#x0040;octocat"),
    "a name that is told by name": an_artifact(comment=GOOD + "&commat;octocat"),
    "an issue": an_artifact(comment=GOOD + "closes #12"),
    "an issue of another repository": an_artifact(comment=GOOD + "closes other/one#12"),
    "an issue in words": an_artifact(comment=GOOD + "closes GH-12"),
    "a link": an_artifact(comment=GOOD + "[x](/evil)"),
    "a link by reference": an_artifact(comment=GOOD + "[x][y]\n\n[y]: //evil.example"),
    "an address": an_artifact(comment=GOOD + "https://evil.example"),
    "a bare host": an_artifact(comment=GOOD + "www.evil.example"),
    "a picture": an_artifact(comment=GOOD + "<img src=x>"),
    "a comment in HTML": an_artifact(comment=GOOD + "<!-- hidden"),
    "a tag of ours with an attribute": an_artifact(comment=GOOD + '<span onclick="x">'),
    "a foreign diagram": an_artifact(comment=GOOD + "```mermaid\nclick n1 callback\n```\n"),
    "a diagram's settings": an_artifact(comment=GOOD + "```mermaid\n%%{init: {}}%%\n```\n"),
    "a fence": an_artifact(comment=GOOD + "~~~geojson\n{}\n~~~\n"),
    "a formula with a link": an_artifact(comment=GOOD + r"$\href{//evil}{x}$"),
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
    for found, code in (([], 0), ([{"id": 5, "size_in_bytes": 200_001, "expired": False}], 1)):
        runner.answers = {ARTIFACTS: {"artifacts": found}}
        assert posted(runner, an_artifact()).returncode == code
    assert [path for _, path, _ in runner.calls()] == [ARTIFACTS] * 2


def with_titles(titles: Iterable[str]) -> str:
    """A team's file with objectives of ten key results, titled so; all but the first serve it."""
    text = "schema: 1\nobjectives:\n"
    for number, title in enumerate(titles):
        shown = json.dumps(title, ensure_ascii=False)
        if number % 11:
            text += f"      - {{id: kr-{number}, title: {shown}, baseline: 1, target: 2}}\n"
            continue
        serves = "    ladders_up_to: [o-0]\n" if number else ""
        text += f"  - id: o-{number}\n    title: {shown}\n{serves}    key_results:\n"
    return text


@needs_tools
@pytest.mark.parametrize("half", [0, 1])
def test_what_okr_writes_is_posted_whatever_people_wrote(
    runner: Runner, okr: Callable[..., Outcome], half: int
) -> None:
    texts = json.loads((ROOT / "tests/hostile/texts.json").read_text("utf-8"))
    texts = [text for text in texts if text.strip() and text.isprintable() and len(text) < 200]
    texts = texts[half::2]
    made = Repository(runner.work)
    made.write("okrs/okr.yml", OKR_YML)
    made.write(PATH, with_titles(f"Plain {number}" for number in range(len(texts))))
    made.commit()
    made.write(PATH, with_titles(texts) + f"  - {{id: new, title: {json.dumps(texts[0])},"
               " ladders_up_to: o-0}\n")  # fmt: skip
    comment = okr(runner.work, "comment", "main").stdout
    assert len(re.findall("^- Reworded", comment, re.MULTILINE)) > 100
    assert "```mermaid" in comment
    done = posted(runner, an_artifact(comment=comment))
    assert done.returncode == 0, done.stdout
    assert len(runner.calls("POST")) == 1
