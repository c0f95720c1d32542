"""The workflows: what they may do, what they are pinned to, what their shell steps do."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from git_repository import Repository
from okrdocs.report.reminder import MARK as REMINDER
from workflow_runner import (
    OKR_YML,
    PATH,
    REPOSITORY,
    ROOT,
    TEAM,
    TEXTS,
    WORKFLOWS,
    Runner,
    needs_tools,
)

WRITES = {
    "comment": {"comment": {"actions": "read", "pull-requests": "write"}},
    "publish": {"deploy": {"pages": "write", "id-token": "write"}},
    "remind": {"issue": {"issues": "write"}},
}


def jobs() -> Iterator[tuple[str, str, Any]]:
    for workflow, held in WORKFLOWS.items():
        for job, inside in held["jobs"].items():
            yield workflow, job, inside


def steps() -> Iterator[tuple[str, str, Any]]:
    for workflow, job, inside in jobs():
        for step in inside["steps"]:
            yield workflow, job, step


# ------------------------------------------------------------------- what they may do


def test_every_action_is_pinned_to_a_commit_with_its_version_beside_it() -> None:
    used = [(name, line) for name, text in TEXTS.items() for line in text.splitlines()]
    used = [(name, line) for name, line in used if re.search(r"\buses:", line)]
    assert len(used) > 8
    for name, line in used:
        assert re.search(r"uses: actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), (name, line)


def test_one_action_has_one_version() -> None:
    found = re.findall(r"uses: (\S+)@(\S+ # \S+)", "\n".join(TEXTS.values()))
    assert len(dict(found)) == len(set(found))


def test_nothing_is_allowed_that_a_job_doesnt_ask_for() -> None:
    for workflow, held in WORKFLOWS.items():
        assert held["permissions"] == {}, workflow
    for workflow, job, inside in jobs():
        expected = WRITES.get(workflow, {}).get(job, {"contents": "read"})
        assert inside["permissions"] == expected, (workflow, job)


def test_no_job_that_writes_checks_out_code_or_runs_the_projects() -> None:
    for workflow, job, inside in jobs():
        if "write" in inside["permissions"].values():
            said = json.dumps(inside)
            assert "actions/checkout" not in said, (workflow, job)
            assert not re.search(r"\bmake\b|\.venv|python|okr (?!writes)", said), (workflow, job)


def test_only_the_workflow_that_posts_runs_after_another_and_none_with_foreign_rights() -> None:
    for workflow, held in WORKFLOWS.items():
        events = held[True]  # YAML 1.1 takes `on` for true
        assert "pull_request_target" not in events
        assert ("workflow_run" in events) == (workflow == "comment")
    assert WORKFLOWS["comment"][True]["workflow_run"]["workflows"] == [WORKFLOWS["review"]["name"]]


def test_no_secret_and_no_cache_is_used() -> None:
    for workflow, text in TEXTS.items():
        assert "secrets." not in text, workflow
        assert not re.search(r"actions/cache|^ *cache:", text, re.MULTILINE), workflow


def test_no_expression_stands_in_a_shell_step() -> None:
    for workflow, job, step in steps():
        assert "${{" not in step.get("run", ""), (workflow, job)


def test_every_checkout_is_whole_and_keeps_no_token() -> None:
    for workflow, job, step in steps():
        if "actions/checkout" in step.get("uses", ""):
            wanted = {"fetch-depth": 0, "persist-credentials": False}
            assert step["with"] == wanted, (workflow, job)


def test_every_job_ends_by_itself() -> None:
    for workflow, job, inside in jobs():
        most = 30 if workflow == "nightly" else 15
        assert inside["timeout-minutes"] <= most, (workflow, job)
        assert WORKFLOWS[workflow]["concurrency"], workflow


# ------------------------------------------------------------------- GitLab


def test_the_jobs_for_gitlab_are_yaml_and_their_scripts_shell() -> None:
    page = (ROOT / "docs" / "how-to" / "gitlab.md").read_text("utf-8")
    found: dict[str, Any] = {}
    for block in re.findall(r"^```yaml\n(.*?)^```", page, re.DOTALL | re.MULTILINE):
        found |= yaml.safe_load(block)
    jobs = {name: job for name, job in found.items() if "script" in job}
    assert len(jobs) == 6
    for name, job in jobs.items():
        script = "\n".join(job["script"])
        done = subprocess.run(
            ["sh", "-n"], input=script, text=True, capture_output=True, check=False
        )
        assert done.returncode == 0, (name, done.stderr)
        assert ("TOKEN" in script) != ("make " in script), name
        assert ("TOKEN" in script) == (job.get("variables", {}).get("GIT_STRATEGY") == "none"), name


# ------------------------------------------------------------------- review


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path / "runner")


NUMBER = {"NUMBER": "7", "HEAD_SHA": "b" * 40}


def with_okr(folder: Path) -> None:
    """What `make .venv/set-up` leaves behind, without the network: the command `okr`."""
    command = folder / ".venv" / "bin" / "okr"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m okrdocs.cli "$@"\n', "utf-8")
    command.chmod(0o755)


@pytest.fixture
def checkout(runner: Runner) -> Repository:
    """As GitHub checks a pull request out: the merge of its branch into the base, detached."""
    made = Repository(runner.work)
    made.write(".gitignore", "/.venv/\n")
    made.write("okrs/okr.yml", OKR_YML)
    made.write(PATH, TEAM)
    made.commit("The quarter begins")
    with_okr(runner.work)
    return made


def merged(checkout: Repository, text: str) -> None:
    checkout.branch("change")
    checkout.write(PATH, text)
    checkout.commit("Change it")
    checkout.switch("main")
    checkout.write("README.md", "# Meanwhile\n")
    checkout.commit("Something else on the main branch")
    checkout.merge("change")
    checkout.switch(checkout.id())


@needs_tools
def test_the_review_writes_the_comment_the_number_and_the_summary(
    runner: Runner, checkout: Repository
) -> None:
    merged(checkout, TEAM.replace("target: 4 audits", "target: 2 audits"))
    done = runner.run("review", "review", "Write the comment", NUMBER)
    assert done.returncode == 0, done.stderr
    comment = (runner.temp / "review" / "comment.md").read_text("utf-8")
    assert "from 4 audits to 2 audits" in comment
    assert runner.summary.read_text("utf-8") == comment
    assert (runner.temp / "review" / "pull-request").read_text() == "7\n"
    assert (runner.temp / "review" / "head-sha").read_text() == "b" * 40 + "\n"
    assert runner.run("review", "review", "Show the findings", {}).returncode == 0
    assert runner.calls() == []


@needs_tools
def test_errors_still_leave_a_comment_and_fail_in_the_last_step(
    runner: Runner, checkout: Repository
) -> None:
    merged(checkout, TEAM.replace("target:", "targte:"))
    done = runner.run("review", "review", "Write the comment", NUMBER)
    assert done.returncode == 0, done.stderr
    assert "they can't be read yet" in (runner.temp / "review" / "comment.md").read_text("utf-8")
    shown = runner.run("review", "review", "Show the findings", {})
    assert shown.returncode == 1
    assert f"::error file={PATH}" in shown.stdout


@needs_tools
def test_a_program_that_breaks_leaves_no_comment(runner: Runner, checkout: Repository) -> None:
    merged(checkout, TEAM)
    for said in ("exit 2", "exit 1", "echo half; exit 3"):
        (runner.work / ".venv/bin/okr").write_text(f"#!/bin/sh\n{said}\n", "utf-8")
        assert runner.run("review", "review", "Write the comment", NUMBER).returncode != 0


# ------------------------------------------------------------------- publish and remind


@pytest.mark.demonstration
def test_the_site_is_built_where_it_is_uploaded_from(
    runner: Runner, with_site: Callable[[Path], Path]
) -> None:
    shutil.copytree(ROOT / "okrs", runner.work / "okrs")
    with_site(runner.work)
    with_okr(runner.work)
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, runner.work)
    (runner.work / ".venv" / "set-up").touch()
    done = runner.run("publish", "build", "Build", {})
    assert done.returncode == 0, done.stderr
    upload = WORKFLOWS["publish"]["jobs"]["build"]["steps"][-1]
    assert (runner.work / upload["with"]["path"] / "index.html").is_file()


ISSUES = "repos/acme/okrs/issues?state=all&per_page=100"


def kept(runner: Runner, owed: int, text: str, issues: list[Any]) -> list[list[Any]]:
    runner.answers = {ISSUES: issues}
    encoded = base64.b64encode(text.encode()).decode()
    env = {**REPOSITORY, "OWED": str(owed), "TEXT": encoded}
    done = runner.run("remind", "issue", "Keep one issue", env)
    assert done.returncode == 0, done.stderr
    return runner.calls("POST", "PATCH")


def an_issue(state: str = "open", **changed: Any) -> dict[str, Any]:
    bot = {"login": "github-actions[bot]"}
    body = f"{REMINDER}\nold"
    return {"number": 4, "state": state, "user": bot, "body": body} | changed


@needs_tools
def test_the_text_and_what_is_owed_are_handed_on(runner: Runner, checkout: Repository) -> None:
    checkout.write("okrs/okr.yml", OKR_YML.replace("2025-02-10", "2025-03-10"))
    done = runner.run("remind", "text", "Write the text", {})
    assert done.returncode == 0, done.stderr
    outputs = runner.outputs()
    assert outputs["owed"] == "2"
    text = base64.b64decode(outputs["text"]).decode()
    assert text.startswith(f"{REMINDER}\n1 key result of Q1 2025 waits")
    assert runner.summary.read_text("utf-8") == text


@needs_tools
def test_an_issue_is_opened_once(runner: Runner) -> None:
    others = [
        an_issue(user={"login": "mallory"}),
        an_issue(body="Else"),
        an_issue(body=None),
        an_issue(pull_request={}),
    ]
    body = f"{REMINDER}\nä 3 key results\n"
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


def test_an_auditor_of_workflows_finds_nothing() -> None:
    program = Path(sys.executable).parent / "zizmor"
    ran = subprocess.run(
        [program, "--offline", "--persona", "auditor", "--no-progress", ROOT / ".github"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_each_workflow_keeps_to_the_schema_of_workflows() -> None:
    ran = subprocess.run(
        [
            Path(sys.executable).parent / "check-jsonschema",
            "--builtin-schema",
            "vendor.github-workflows",
            *sorted((ROOT / ".github" / "workflows").glob("*.yml")),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
