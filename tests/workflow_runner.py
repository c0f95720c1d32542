"""Runs the shell steps of a company's workflows as they stand in the files, in bash, for tests.

Stubs stand only for what needs the network: `gh`, which answers from files and writes down what it
was asked, and what is installed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from git_repository import SETTINGS

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "generator" / "okrdocs" / "init_files"
FOLDER = TEMPLATES / "github" / "workflows"
TEXTS = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.yml"))}
WORKFLOWS: dict[str, Any] = {name: yaml.safe_load(text) for name, text in TEXTS.items()}
REPOSITORY = {"GH_TOKEN": "none", "REPOSITORY": "acme/okrs"}
needs_tools = pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in ("bash", "jq", "unzip")),
    reason="needs bash, jq and unzip, which runners of GitHub have",
)


OKR_YML = "schema: 1\norganization: Acme\nas_of: 2025-02-10\nteams:\n  product: {name: Product}\n"
TEAM = """\
schema: 1
objectives:
  - id: trust
    title: Enterprises trust us with their data
    dri: ada
    key_results:
      - id: audits
        title: Customers with a passed audit
        baseline: 0 audits
        target: 4 audits
        check_ins: [{date: 2025-02-03, value: 1 audit, rag: green}]
"""
PATH = "okrs/2025-Q1/product.yml"

GH = r"""# Answers `gh api` from answers.json by method and path; writes down what it was asked.
import json, os, pathlib, subprocess, sys

here = pathlib.Path(os.environ["GH_FOLDER"])
words = sys.argv[1:]
assert words.pop(0) == "api"
options = {}
for name in ("--method", "--jq", "--input"):
    if name in words:
        place = words.index(name)
        options[name] = words[place + 1]
        del words[place : place + 2]
flags = {word for word in words if word.startswith("--")}
(path,) = (word for word in words if not word.startswith("--"))
method = options.get("--method", "GET")
body = options.get("--input")
sent = json.loads(pathlib.Path(body).read_text("utf-8")) if body else None
with (here / "calls.jsonl").open("a") as calls:
    calls.write(json.dumps([method, path, sent]) + "\n")
answers = json.loads((here / "answers.json").read_text("utf-8"))
if method == "GET" and path not in answers:
    sys.exit("gh: Not Found (HTTP 404)")
answer = answers.get(path)
if isinstance(answer, str):
    sys.stdout.buffer.write((here / answer).read_bytes())
elif "--jq" in options:
    done = subprocess.run(["jq", "-r", options["--jq"]], input=json.dumps(answer), text=True)
    sys.exit(done.returncode)
elif "--silent" not in flags:
    print(json.dumps(answer))
"""
Outcome = subprocess.CompletedProcess[str]


class Runner:
    """One job's machine: its folders, its environment, and the fake `gh`."""

    def __init__(self, folder: Path) -> None:
        self.temp, self.bin, self.gh = folder / "temp", folder / "bin", folder / "gh"
        for each in (self.temp, self.bin, self.gh):
            each.mkdir(parents=True)
        self.work = folder / "work"
        self.work.mkdir()
        (self.bin / "gh").write_text(f"#!{sys.executable} -IS\n{GH}", "utf-8")
        (self.bin / "gh").chmod(0o755)
        self.output, self.summary = folder / "output", folder / "summary.md"
        self.output.touch()
        self.answers: dict[str, Any] = {}

    def install_okr(self, script: str = f'exec "{sys.executable}" -m okrdocs "$@"') -> None:
        """Leave behind what the step that installs does: the command `okr`."""
        command = self.temp / "okr" / "bin" / "okr"
        command.parent.mkdir(parents=True, exist_ok=True)
        command.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        command.chmod(0o755)

    def run(self, workflow: str, job: str, name: str, env: Mapping[str, str]) -> Outcome:
        """One step; `env` gives the variables that GitHub works out, named as in the file."""
        inside = WORKFLOWS[workflow]["jobs"][job]
        step = next(step for step in inside["steps"] if step.get("name", "").startswith(name))
        asked: dict[str, str] = {**inside.get("env", {}), **step.get("env", {})}
        fixed = {key: value for key, value in asked.items() if "${{" not in value}
        assert set(asked) - set(fixed) == set(env), "the file gives other variables"
        env = {**fixed, **env}
        (self.gh / "answers.json").write_text(json.dumps(self.answers), "utf-8")
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.work,
            env={
                **os.environ, **SETTINGS, **env,
                "PATH": f"{self.bin}:{os.environ['PATH']}",
                "GH_FOLDER": str(self.gh),
                "RUNNER_TEMP": str(self.temp),
                "GITHUB_OUTPUT": str(self.output),
                "GITHUB_STEP_SUMMARY": str(self.summary),
            },
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip

    def outputs(self) -> dict[str, str]:
        """What the steps so far have set."""
        return dict(line.split("=", 1) for line in self.output.read_text("utf-8").splitlines())

    def calls(self, *methods: str) -> list[list[Any]]:
        """What `gh` was asked, in order."""
        path = self.gh / "calls.jsonl"
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        return [call for call in map(json.loads, lines) if not methods or call[0] in methods]
