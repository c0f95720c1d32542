"""What the shell steps of a company's workflows do, in real repositories, with a wheel of ours."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from git_repository import SETTINGS, Repository
from okrdocs import __version__
from okrdocs.report.reminder import MARK as REMINDER
from workflow_runner import (
    OKR_YML,
    PATH,
    REPOSITORY,
    ROOT,
    TEAM,
    TEMPLATES,
    WORKFLOWS,
    Runner,
    needs_tools,
)

LOWERED = TEAM.replace("target: 4 audits", "target: 2 audits")
NUMBER = {"NUMBER": "7", "HEAD_SHA": "b" * 40}
REQUIREMENTS = f"okrdocs[site]=={__version__}\nokrdocs-test-dependencies==1\n"


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path / "runner")


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a wheel of the tree, and one that leads to what is installed here already."""
    folder = tmp_path_factory.mktemp("index")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    name = "okrdocs_test_dependencies-1"
    about = {
        "dependencies.pth": f"{Path(yaml.__file__).parents[1]}\n",
        f"{name}.dist-info/METADATA": (
            "Metadata-Version: 2.1\nName: okrdocs-test-dependencies\nVersion: 1\n"
        ),
        f"{name}.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{name}.dist-info/RECORD": "",
    }  # fmt: skip
    with zipfile.ZipFile(folder / f"{name}-py3-none-any.whl", "w") as wheel:
        for path, text in about.items():
            wheel.writestr(path, text)
    return folder


@pytest.fixture
def installable(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes `pip` find these wheels, and ask nobody else."""
    for name, value in {"NO_INDEX": "1", "NO_DEPS": "1", "FIND_LINKS": str(index)}.items():
        monkeypatch.setenv(f"PIP_{name}", value)


def a_company(root: Path) -> Repository:
    made = Repository(root)
    made.write("okrs/okr.yml", OKR_YML)
    made.write(PATH, TEAM)
    made.write("requirements.txt", REQUIREMENTS)
    made.commit("The quarter begins")
    return made


def evil(made: Repository) -> None:
    """What a change could bring along, so that its own code is run."""
    for name in ("venv", "pip", "okrdocs", "sitecustomize", "ensurepip", "yaml", "okrs/yaml"):
        made.write(f"{name}.py", f"open('{made.root.parent}/owned', 'w')\n")
    made.write("requirements.txt", "./evil\n")
    made.write("evil/setup.py", f"open('{made.root.parent}/owned', 'w')\n")
    made.write("mkdocs.yml", "hooks: [yaml.py]\n")


# ------------------------------------------------------------------- review


@pytest.fixture
def change(runner: Runner) -> Repository:
    """As GitHub checks a pull request out: the merge of its branch into the base, detached."""
    return a_company(runner.work / "change")


def merged(change: Repository, text: str, more: Callable[[Repository], None] | None = None) -> None:
    change.branch("change")
    change.write(PATH, text)
    if more is not None:
        more(change)
    change.commit("Change it")
    change.switch("main")
    change.write("README.md", "# Meanwhile\n")
    change.commit("Something else on the main branch")
    change.clone(change.root.parent / "base")
    change.merge("change")
    change.switch(change.id())


@needs_tools
@pytest.mark.usefixtures("installable")
def test_a_review_runs_what_the_base_requires_and_nothing_of_the_change(
    runner: Runner, change: Repository
) -> None:
    merged(change, LOWERED, evil)
    for name, env in (("Install", {}), ("Write the comment", NUMBER), ("Show the findings", {})):
        done = runner.run("okr-review", "review", name, env)
        assert done.returncode == 0, (name, done.stdout, done.stderr)
    assert runner.outputs()["done"] == "true"
    required = (runner.temp / "requirements.txt").read_text("utf-8")
    assert required == REQUIREMENTS.replace("[site]", "")
    comment = (runner.temp / "review" / "comment.md").read_text("utf-8")
    assert "from 4 audits to 2 audits" in comment
    installed = str(runner.temp / "okr" / "bin" / "okr")
    checked = [installed, "comment", "--check", str(runner.temp / "review" / "comment.md")]
    assert subprocess.run(checked, check=False, timeout=60).returncode == 0
    assert not (runner.work / "owned").exists()


@needs_tools
def test_where_the_base_requires_nothing_yet_nothing_is_reviewed(
    runner: Runner, change: Repository
) -> None:
    merged(change, TEAM)
    (runner.work / "base" / "requirements.txt").unlink()
    done = runner.run("okr-review", "review", "Install", {})
    assert (done.returncode, runner.outputs()) == (0, {})
    later = WORKFLOWS["okr-review"]["jobs"]["review"]["steps"][4:]
    assert {step["if"] for step in later} == {"steps.install.outputs.done"}


@needs_tools
def test_the_review_writes_the_comment_the_number_and_the_summary(
    runner: Runner, change: Repository
) -> None:
    runner.install_okr()
    merged(change, LOWERED)
    done = runner.run("okr-review", "review", "Write the comment", NUMBER)
    assert done.returncode == 0, done.stderr
    comment = (runner.temp / "review" / "comment.md").read_text("utf-8")
    assert runner.summary.read_text("utf-8") == comment
    assert (runner.temp / "review" / "pull-request").read_text() == "7\n"
    assert (runner.temp / "review" / "head-sha").read_text() == "b" * 40 + "\n"
    assert runner.calls() == []


@needs_tools
def test_errors_still_leave_a_comment_and_fail_in_the_last_step(
    runner: Runner, change: Repository
) -> None:
    runner.install_okr()
    merged(change, TEAM.replace("target:", "targte:"))
    done = runner.run("okr-review", "review", "Write the comment", NUMBER)
    assert done.returncode == 0, done.stderr
    assert "they can't be read yet" in (runner.temp / "review" / "comment.md").read_text("utf-8")
    shown = runner.run("okr-review", "review", "Show the findings", {})
    assert shown.returncode == 1
    assert f"::error file={PATH}" in shown.stdout


@needs_tools
def test_a_program_that_breaks_leaves_no_comment(runner: Runner, change: Repository) -> None:
    merged(change, TEAM)
    for said in ("exit 2", "exit 1", "echo half; exit 3"):
        runner.install_okr(said)
        assert runner.run("okr-review", "review", "Write the comment", NUMBER).returncode != 0


# ------------------------------------------------------------------- publish and remind


@needs_tools
@pytest.mark.usefixtures("installable")
def test_the_site_is_built_where_it_is_uploaded_from(
    runner: Runner, with_site: Callable[[Path], Path]
) -> None:
    a_company(runner.work)
    with_site(runner.work)
    for name in ("Install", "Check the OKRs", "Build the site"):
        done = runner.run("okr-publish", "build", name, {})
        assert done.returncode == 0, (name, done.stdout, done.stderr)
    job = WORKFLOWS["okr-publish"]["jobs"]["build"]
    path = job["steps"][-1]["with"]["path"].replace("${{ env.OKR_FOLDER }}", ".")
    assert (runner.work / path / "index.html").is_file()


ISSUES = "repos/acme/okrs/issues?state=all&per_page=100"


def kept(runner: Runner, owed: int, text: str, issues: list[Any]) -> list[list[Any]]:
    runner.answers = {ISSUES: issues}
    (runner.temp / "reminder").mkdir(exist_ok=True)
    (runner.temp / "reminder" / "text.md").write_text(text, "utf-8")
    env = {**REPOSITORY, "OWED": str(owed)}
    done = runner.run("okr-remind", "issue", "Keep one issue", env)
    assert done.returncode == 0, done.stderr
    return runner.calls("POST", "PATCH")


def an_issue(state: str = "open", **changed: Any) -> dict[str, Any]:
    bot = {"login": "github-actions[bot]"}
    body = f"{REMINDER}\nold"
    return {"number": 4, "state": state, "user": bot, "body": body} | changed


@needs_tools
def test_the_text_and_what_is_owed_are_handed_on(runner: Runner) -> None:
    made = a_company(runner.work)
    made.write("okrs/okr.yml", OKR_YML.replace("2025-02-10", "2025-03-10"))
    runner.install_okr()
    done = runner.run("okr-remind", "text", "Write the text", {})
    assert done.returncode == 0, done.stderr
    assert runner.outputs()["owed"] == "2"
    text = (runner.temp / "reminder" / "text.md").read_text("utf-8")
    assert text.startswith(f"{REMINDER}\n1 key result of Q1 2025 waits")
    assert runner.summary.read_text("utf-8") == text
    assert [path.name for path in (runner.temp / "reminder").iterdir()] == ["text.md"]


@needs_tools
def test_an_issue_is_opened_once(runner: Runner) -> None:
    others = [
        an_issue(user={"login": "mallory"}),
        an_issue(body="Else"),
        an_issue(body=None),
        an_issue(pull_request={}),
    ]
    # More than a variable of a job can hold.
    body = f"{REMINDER}\nä 3 key results\n{'日' * 60_000}"
    title = "Check-ins that are due"
    assert kept(runner, 3, body, others) == [
        ["POST", "repos/acme/okrs/issues", {"title": title, "body": body}]
    ]


@needs_tools
@pytest.mark.parametrize(("state", "owed"), [("open", 2), ("closed", 2), ("open", 0)])
def test_it_is_updated_opened_again_and_closed(runner: Runner, state: str, owed: int) -> None:
    ((method, path, sent),) = kept(runner, owed, f"{REMINDER}\nnew", [an_issue(state)])
    assert (method, path) == ("PATCH", "repos/acme/okrs/issues/4")
    assert sent["body"] == f"{REMINDER}\nnew"
    assert sent["state"] == ("open" if owed else "closed")


@needs_tools
def test_where_nobody_owes_anything_no_issue_is_opened_or_touched(runner: Runner) -> None:
    assert kept(runner, 0, REMINDER, []) == []
    assert kept(runner, 0, REMINDER, [an_issue("closed")]) == []


# ------------------------------------------------------------------- GitLab

GITLAB: dict[str, Any] = yaml.safe_load((TEMPLATES / "gitlab" / "okr.yml").read_text("utf-8"))


def run_gitlab(job: str, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """All scripts of a job, in one shell, as a runner does."""
    before = GITLAB[GITLAB[job]["extends"]].get("before_script", [])
    script = "\n".join([*before, *GITLAB[job]["script"]])
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env={**os.environ, **SETTINGS, "OKR_FOLDER": ".", "TMPDIR": str(folder.parent), **env},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@needs_tools
@pytest.mark.usefixtures("installable")
def test_gitlabs_review_runs_what_the_target_requires_and_nothing_of_the_change(
    tmp_path: Path,
) -> None:
    origin = a_company(tmp_path / "origin")
    base = origin.id()
    made = origin.clone(tmp_path / "clone")
    made.write(PATH, LOWERED)
    evil(made)
    made.commit("Change it")
    env = {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
    done = run_gitlab("okr-review", made.root, **env)
    assert done.returncode == 0, (done.stdout, done.stderr)
    assert "from 4 audits to 2 audits" in (made.root / "comment.md").read_text("utf-8")
    assert (made.root / "gl-code-quality-report.json").is_file()
    assert not (tmp_path / "owned").exists()
    made.write(PATH, TEAM.replace("target:", "targte:"))
    done = run_gitlab("okr-review", made.root, **env)
    assert done.returncode == 1
    assert "they can't be read yet" in (made.root / "comment.md").read_text("utf-8")


CURL = r"""# Answers by address from the folder CURL; keeps what was sent.
import os, pathlib, re, sys

folder = pathlib.Path(os.environ["CURL"])
words = sys.argv[1:]
address = next(word for word in words if word.startswith("https://"))
data = next((word for word in words if word.startswith("@")), None)
if data:
    method = "PUT" if "PUT" in words else "POST"
    (folder / "sent").write_text(f"{method} {address}\n{pathlib.Path(data[1:]).read_text()}")
    sys.exit()
text = (folder / re.sub(r"\W+", "-", address.partition("/api/")[2])).read_text()
if "-o" in words:
    pathlib.Path(words[words.index("-o") + 1]).write_text(text)
else:
    sys.stdout.write(text)
"""


@pytest.mark.nightly
@needs_tools
@pytest.mark.usefixtures("installable")
@pytest.mark.parametrize(("there", "more"), [(False, ""), (True, ""), (False, "/close\n")])
def test_gitlabs_comment_is_checked_and_then_posted_or_updated(
    tmp_path: Path, there: bool, more: str
) -> None:
    answers, bin_, project = (tmp_path / name for name in ("answers", "bin", "project"))
    for folder in (answers, bin_, project):
        folder.mkdir()
    for name, text in (("curl", f"#!{sys.executable} -IS\n{CURL}"), ("apt-get", "#!/bin/sh\n")):
        (bin_ / name).write_text(text)
        (bin_ / name).chmod(0o755)
    mark = "<!-- okrdocs review -->"
    notes = f'[{{"id": 8, "author": {{"id": 5}}, "body": "{mark}\\nold"}}]' if there else "[]"
    (answers / "user").write_text('{"id": 5}')
    (answers / "repository-files-requirements-txt-raw-ref-main").write_text(REQUIREMENTS)
    (answers / "notes-per_page-100-sort-asc").write_text(notes)
    (project / "comment.md").write_text(f"{mark}\n## OKRs: 1 change\n{more}")
    done = run_gitlab(
        "okr-comment",
        project,
        PATH=f"{bin_}:{os.environ['PATH']}",
        CURL=str(answers),
        CI_API_V4_URL="https://x.test/api",
        API="https://x.test/api",
        NOTES="https://x.test/api/notes",
        CI_DEFAULT_BRANCH="main",
        OKR_TOKEN="none",
    )
    if more:
        assert done.returncode == 1
        assert not (answers / "sent").exists()
        return
    assert done.returncode == 0, (done.stdout, done.stderr)
    head, body = (answers / "sent").read_text().split("\n", 1)
    assert head == ("PUT https://x.test/api/notes/8" if there else "POST https://x.test/api/notes")
    assert "## OKRs: 1 change" in body
