"""From the wheel alone: `okr init`, what runs right after it, and the next version of the wheel."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from git_repository import Repository
from okrdocs import __version__
from workflow_runner import ROOT, Runner, needs_tools

Outcome = subprocess.CompletedProcess[str]
NEXT = "98.7.6"
DAY = ("--as-of", "2026-02-09")


def run(command: list[str], folder: Path, **env: str) -> Outcome:
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **env}, capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done


def build_wheel(tree: Path, to: Path) -> None:
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(to)], tree)


def next_version(tmp_path: Path) -> Path:
    """This tree as its next version, which reviews pull requests in another way."""
    tree = tmp_path / "next"
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "generator", tree / "generator", ignore=ignore)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree)
    package = tree / "generator" / "okrdocs"
    (package / "__init__.py").write_text(f'__version__ = "{NEXT}"\n', "utf-8")
    review = package / "init_files" / "github" / "workflows" / "okr-review.yml"
    review.write_text(f"# Newer.\n{review.read_text('utf-8')}", "utf-8")
    return tree


class Environment:
    """A new environment that holds the wheel, and finds what it depends on where it is here."""

    def __init__(self, folder: Path, wheels: Path) -> None:
        self.wheels, self.bin = wheels, folder / "bin"
        run([sys.executable, "-m", "venv", "--without-pip", str(folder)], folder.parent)
        (self.packages,) = (folder / "lib").glob("python*/site-packages")

    def install(self, version: str) -> None:
        command = [
            sys.executable, "-m", "pip", "--python", str(self.bin / "python"), "install", "--quiet",
            "--disable-pip-version-check", "--no-index", "--no-deps", "--find-links",
            str(self.wheels), f"okrdocs=={version}",
        ]  # fmt: skip
        run(command, self.wheels)
        dependencies = Path(yaml.__file__).parents[1]
        (self.packages / "dependencies.pth").write_text(f"{dependencies}\n", "utf-8")

    def okr(self, folder: Path, *words: str) -> Outcome:
        return run([str(self.bin / "okr"), *words], folder)


def test_a_wheel_sets_a_company_up_and_the_next_one_offers_what_is_new(tmp_path: Path) -> None:
    wheels, company = tmp_path / "wheels", tmp_path / "company"
    build_wheel(ROOT, wheels)
    build_wheel(next_version(tmp_path), wheels)
    environment = Environment(tmp_path / "env", wheels)
    environment.install(__version__)
    company.mkdir()
    environment.okr(company, "init", "--yes", "--host", "github", *DAY)
    checked = environment.okr(company, "check", "-v", *DAY)
    assert checked.stdout == "5 files checked, nothing to fix.\n"
    environment.okr(company, "build", *DAY)
    assert (company / "site" / "okrs" / "index.html").is_file()
    own = [path for path in company.rglob("*") if path.is_file()]
    made = ("site", ".okrdocs", ".okrdocs-site.yml")
    own = [path for path in own if path.relative_to(company).parts[0] not in made]
    own = [path for path in own if "docs" not in path.relative_to(company).parts]
    assert len(own) <= 25

    before = {path: path.read_bytes() for path in own}
    environment.install(NEXT)
    again = environment.okr(company, "init", "--yes", *DAY)
    stays = [line.split()[0] for line in again.stdout.splitlines() if "stays as it is" in line]
    assert stays == [
        "requirements.txt", ".pre-commit-config.yaml", ".github/workflows/okr-review.yml"
    ]  # fmt: skip
    record = company / ".okr-init.json"
    assert {path: path.read_bytes() for path in own if path != record} == {
        path: data for path, data in before.items() if path != record
    }
    updates = [word for path in stays for word in ("--update", path)]
    environment.okr(company, "init", *updates, *DAY)
    assert f"okrdocs[site]=={NEXT}\n" in (company / "requirements.txt").read_text("utf-8")
    assert environment.okr(company, "init", "--yes", *DAY).stdout == "No file is missing.\n"


@needs_tools
def test_the_shell_steps_of_a_subfolders_workflows_find_it(tmp_path: Path) -> None:
    made = Repository(tmp_path / "all")
    runner, folder = Runner(tmp_path / "runner"), "company/our goals"
    runner.install_okr()
    okr = [sys.executable, "-m", "okrdocs"]
    run([*okr, "init", folder, "--yes", "--host", "github"], made.root)
    made.commit("Begin")
    text = (made.root / ".github/workflows/okr-publish.yml").read_text("utf-8")
    job = yaml.safe_load(text)["jobs"]["build"]
    for name in ("Check the OKRs", "Build the site"):
        (script,) = (step["run"] for step in job["steps"] if step.get("name") == name)
        run(["bash", "-eo", "pipefail", "-c", script], made.root, RUNNER_TEMP=str(runner.temp),
            **job["env"])  # fmt: skip
    assert (made.root / folder / "site" / "okrs" / "index.html").is_file()
    assert made.git("status", "--porcelain") == ""


def test_the_workflows_of_a_subfolder_pass_the_schema(tmp_path: Path) -> None:
    made = Repository(tmp_path)
    okr = [sys.executable, "-m", "okrdocs"]
    for host in ("github", "gitlab"):
        run([*okr, "init", f"{host} goals", "--yes", "--host", host], made.root)
    kinds = {
        "vendor.github-workflows": sorted((made.root / ".github" / "workflows").glob("*.yml")),
        "vendor.dependabot": [made.root / ".github" / "dependabot.yml"],
        "vendor.gitlab-ci": [made.root / ".gitlab" / "okr.yml", made.root / ".gitlab-ci.yml"],
        "vendor.renovate": [made.root / "renovate.json"],
    }
    for schema, paths in kinds.items():
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
        run([*command, *map(str, paths)], made.root)
