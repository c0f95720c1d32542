"""What workflows may do, and what they are pinned to: this repository's, and those of a company."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from workflow_runner import ROOT, TEMPLATES, TEXTS, WORKFLOWS

OWN = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
COMPANY = sorted((TEMPLATES / "github" / "workflows").glob("*.yml"))
ACTION = ROOT / "action.yml"
ALL_TEXTS = {path.stem: path.read_text("utf-8") for path in (*OWN, *COMPANY)}
ALL: dict[str, Any] = {name: yaml.safe_load(text) for name, text in ALL_TEXTS.items()}
RIGHTS = {
    "okr-comment": {
        "check": {"actions": "read", "contents": "read", "pull-requests": "read"},
        "post": {"pull-requests": "write"},
    },
    "okr-publish": {"deploy": {"pages": "write", "id-token": "write"}},
    "publish": {"deploy": {"pages": "write", "id-token": "write"}},
    "okr-remind": {"issue": {"issues": "write"}},
    "release": {"publish": {"id-token": "write"}, "release": {"contents": "write"}},
}


def jobs() -> Iterator[tuple[str, str, Any]]:
    for workflow, held in ALL.items():
        for job, inside in held["jobs"].items():
            yield workflow, job, inside


def steps() -> Iterator[tuple[str, str, Any]]:
    for workflow, job, inside in jobs():
        for step in inside["steps"]:
            yield workflow, job, step
    for step in yaml.safe_load(ACTION.read_text("utf-8"))["runs"]["steps"]:
        yield "action", "action", step


def said_by(program: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    path = Path(sys.executable).parent / program
    return subprocess.run([path, *words], capture_output=True, text=True, check=False)


def test_no_workflow_of_a_company_has_the_name_of_another() -> None:
    assert len(ALL) == len(OWN) + len(COMPANY)
    assert all(held["name"] == name for name, held in ALL.items())


def test_every_action_is_pinned_to_a_commit_with_its_version_beside_it() -> None:
    used = re.findall(r"\buses:.*", "\n".join([*ALL_TEXTS.values(), ACTION.read_text("utf-8")]))
    assert len(used) > 20
    for line in used:
        assert re.fullmatch(r"uses: (actions|pypa)/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), (
            line
        )


def test_one_action_has_one_version() -> None:
    text = "\n".join([*ALL_TEXTS.values(), ACTION.read_text("utf-8")])
    found = re.findall(r"uses: (\S+)@(\S+ # \S+)", text)
    assert len(dict(found)) == len(set(found))


def test_dependabot_keeps_the_pins_of_each_folder_of_workflows() -> None:
    kept = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text("utf-8"))
    (update,) = kept["updates"]
    assert update["package-ecosystem"] == "github-actions"
    assert update["directories"] == ["/", f"/{COMPANY[0].parent.relative_to(ROOT).as_posix()}"]


def test_nothing_is_allowed_that_a_job_doesnt_ask_for() -> None:
    for workflow, held in ALL.items():
        assert held["permissions"] == {}, workflow
    for workflow, job, inside in jobs():
        expected = RIGHTS.get(workflow, {}).get(job, {"contents": "read"})
        assert inside["permissions"] == expected, (workflow, job)


def test_no_job_that_writes_checks_out_code_or_starts_a_program_of_ours() -> None:
    for workflow, job, inside in jobs():
        if "write" in inside["permissions"].values():
            said = json.dumps(inside)
            assert "actions/checkout" not in said, (workflow, job)
            assert not re.search(r"\bmake\b|\.venv|python|\bpip\b|/okr\b", said), (workflow, job)


def test_no_token_is_given_to_a_step_that_starts_a_program_of_ours() -> None:
    for workflow, job, inside in jobs():
        assert "GH_TOKEN" not in inside.get("env", {}), (workflow, job)
    for workflow, job, step in steps():
        if re.search(r"bin/(okr|pip)\b|make |python", step.get("run", "")):
            assert not re.search("TOKEN|github.token", json.dumps(step)), (workflow, job)


def test_only_the_workflow_that_posts_runs_after_another_and_none_with_foreign_rights() -> None:
    for workflow, held in ALL.items():
        events = held[True]  # YAML 1.1 takes `on` for true
        assert "pull_request_target" not in events
        assert ("workflow_run" in events) == (workflow == "okr-comment")
    (name,) = ALL["okr-comment"][True]["workflow_run"]["workflows"]
    assert name == ALL["okr-review"]["name"]


def test_no_secret_and_no_cache_is_used() -> None:
    for workflow, text in ALL_TEXTS.items():
        assert "secrets." not in text, workflow
        assert not re.search(r"actions/cache|^ *cache:", text, re.MULTILINE), workflow


def test_no_expression_stands_in_a_shell_step() -> None:
    for workflow, job, step in steps():
        assert "${{" not in step.get("run", ""), (workflow, job)


def test_no_checkout_keeps_a_token() -> None:
    for workflow, job, step in steps():
        if "actions/checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False, (workflow, job)


def test_every_checkout_from_which_okrs_are_read_is_whole() -> None:
    for workflow, job, step in steps():
        if "actions/checkout" in step.get("uses", ""):
            # The others are there for their requirements.txt.
            part = workflow == "okr-comment" or step["with"].get("path") == "base"
            assert step["with"].get("fetch-depth", 1) == (1 if part else 0), (workflow, job)


def test_every_job_ends_by_itself() -> None:
    for workflow, job, inside in jobs():
        most = 30 if workflow in ("nightly", "release") else 15
        assert inside["timeout-minutes"] <= most, (workflow, job)
        assert ALL[workflow]["concurrency"], workflow


def test_a_pull_request_of_this_repository_is_tested_where_it_changed_something() -> None:
    ignored = ALL["ci"][True]["pull_request"]["paths-ignore"]
    assert ignored == ALL["demonstration"][True]["pull_request"]["paths"] == ["okrs/**"]


# ------------------------------------------------------------------- a company's files


def test_the_action_does_what_the_review_workflow_does() -> None:
    action = yaml.safe_load(ACTION.read_text("utf-8"))["runs"]["steps"]
    for step in action:
        if "run" in step:
            assert step.pop("shell") == "bash"
            assert step["env"].pop("OKR_FOLDER") == "${{ inputs.folder }}"
            if not step["env"]:
                del step["env"]
    assert action == WORKFLOWS["okr-review"]["jobs"]["review"]["steps"]


def test_each_text_that_init_replaces_is_there() -> None:
    for name, text in TEXTS.items():
        assert "OKR_FOLDER: .\n" in text, name
    assert "OKR_FOLDER: .\n" in (TEMPLATES / "gitlab" / "okr.yml").read_text("utf-8")
    publish = TEXTS["okr-publish"]
    assert publish.count("branches: [main]") == publish.count("refs/heads/main") == 1


def test_no_text_of_a_company_is_one_of_this_repository() -> None:
    for name, text in TEXTS.items():
        assert not re.search(r"generator/|\bmake\b|\.venv|requirements\.lock", text), name


# ------------------------------------------------------------------- other programs' judgement


def test_an_auditor_of_workflows_finds_nothing() -> None:
    company = [*COMPANY, TEMPLATES / "github" / "dependabot.yml"]
    options = ("--offline", "--persona", "auditor", "--no-progress")
    ran = said_by("zizmor", *options, ROOT / ".github", ACTION, *company)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("github-workflows", [*OWN, *COMPANY]),
        ("github-actions", [ACTION]),
        ("dependabot", [ROOT / ".github/dependabot.yml", TEMPLATES / "github/dependabot.yml"]),
        ("gitlab-ci", [TEMPLATES / "gitlab" / "okr.yml"]),
    ],
)
def test_each_file_keeps_to_its_schema(schema: str, files: list[Path]) -> None:
    ran = said_by("check-jsonschema", "--builtin-schema", f"vendor.{schema}", *files)
    assert ran.returncode == 0, ran.stdout + ran.stderr


# ------------------------------------------------------------------- GitLab


def test_the_scripts_for_gitlab_are_shell_and_fetch_no_code_where_there_is_a_token() -> None:
    found = yaml.safe_load((TEMPLATES / "gitlab" / "okr.yml").read_text("utf-8"))
    jobs = {name: job for name, job in found.items() if not name.startswith(".")}
    assert len(jobs) == 5
    for name, job in found.items():
        script = "\n".join([*job.get("before_script", []), *job.get("script", [])])
        done = subprocess.run(
            ["sh", "-n"], input=script, text=True, capture_output=True, check=False
        )
        assert done.returncode == 0, (name, done.stderr)
    for name, job in jobs.items():
        has_token = "TOKEN" in json.dumps(job)
        assert has_token == (job["extends"] == ".okr-token"), name
    assert found[".okr-token"]["variables"]["GIT_STRATEGY"] == "none"
