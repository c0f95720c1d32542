"""`okr init`: what it writes into empty and existing folders, and what it leaves alone."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from git_repository import Repository
from okrdocs import __version__
from okrdocs.cli import main
from okrdocs.commands.init.record_file import RECORD, text_hash

Outcome = subprocess.CompletedProcess[str]
DAY = "2026-02-09"
HOSTILE = '"Müller" & Söhne #1: {x} 🚀 `a` | <b> {{ y }} $z'
HOSTILE_TEAMS = {
    "Größe & Märkte #1": "groesse-maerkte-1",
    "日本チーム": "team-2",
    "../../etc/passwd": "etc-passwd",
    "CON": "con-team",
    "cycle": "cycle-team",
    "Company": "company-team",
    'It\'s "q": - [x]': "it-s-q-x",
    "no": "no",
    "1": "team-9",
    "product": "product",
    "Product": "product-2",
    "3D": "d",
    "$HOME": "home",
    "\x1b[31mred": "mred",
    "m" * 100: "m" * 38,
}


@pytest.fixture
def init(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Runs `okr init FOLDER` in this process, with `--yes` unless the words start otherwise."""

    def ran(folder: Path, *words: str, yes: bool = True) -> Outcome:
        capsys.readouterr()
        more = ["--yes"] if yes else []
        code = main(["init", str(folder), "--as-of", DAY, *more, *words])
        said = capsys.readouterr()
        return subprocess.CompletedProcess(words, code, said.out, said.err)

    return ran


def texts(root: Path) -> dict[str, str]:
    files = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in files}


def remote(made: Repository, address: str = "git@github.com:harbour-bikes/okrs.git") -> Repository:
    made.git("remote", "add", "origin", address)
    return made


def record_of(root: Path) -> Any:
    return json.loads((root / RECORD).read_text("utf-8"))


def as_if_older(root: Path, path: str, text: str) -> None:
    """Lets a file be what another version of `okr init` had written."""
    (root / path).write_text(text, "utf-8")
    record = record_of(root)
    record["files"][path] = text_hash(text)
    (root / RECORD).write_text(json.dumps(record), "utf-8")


# ------------------------------------------------------------------- the example


def test_an_empty_folder_gets_files_that_check_finds_nothing_in(
    tmp_path: Path, init: Callable[..., Outcome], okr: Callable[..., Outcome]
) -> None:
    done = init(tmp_path / "new", "--company", "Harbour Bikes", "--teams", "Workshop, Stations")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    found = texts(tmp_path / "new")
    assert set(found) == {
        "okrs/okr.yml", "okrs/2026-Q1/cycle.yml", "okrs/2026-Q1/company.yml",
        "okrs/2026-Q1/workshop.yml", "okrs/2026-Q1/stations.yml", "README.md", "mkdocs.yml",
        "requirements.txt", ".gitignore", ".pre-commit-config.yaml", ".vscode/settings.json",
        ".vscode/extensions.json", RECORD,
        *(f".vscode/okr-schemas/{k}.schema.json" for k in ("okr", "cycle", "team", "metrics")),
    }  # fmt: skip
    assert "organization: Harbour Bikes\n" in found["okrs/okr.yml"]
    assert len(found["mkdocs.yml"].splitlines()) <= 15
    assert found["requirements.txt"].splitlines()[-1] == f"okrdocs[site]=={__version__}"
    examples = [text for path, text in found.items() if path.startswith("okrs/")]
    assert all("every line is meant to be replaced" in each.splitlines()[0] for each in examples)
    checked = okr(tmp_path / "new", "check", "-v", "--as-of", DAY)
    assert (checked.returncode, checked.stdout) == (0, "5 files checked, nothing to fix.\n")


def test_the_next_three_commands_stand_at_the_end(
    tmp_path: Path, init: Callable[..., Outcome]
) -> None:
    lines = init(tmp_path / "my okrs").stdout.splitlines()
    commands = [line.split("  #")[0].strip() for line in lines[lines.index("Next:") + 1 :]]
    assert commands == [
        f"cd '{tmp_path}/my okrs'",
        "okr check",
        "okr serve --open",
        "git init -b main && git add --all && git commit -m 'Keep our OKRs in git'",
    ]


@pytest.mark.parametrize("days", [0, 1, 4, 8, 13, 20, 38, 44, 60, 75, 84, 88, 89])
@pytest.mark.parametrize("cycle", [None, "2026-H1", "2026", "2026-Q2"])
def test_the_example_has_no_findings_on_any_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], days: int, cycle: str | None
) -> None:
    day = (date(2026, 1, 1) + timedelta(days=days)).isoformat()
    chosen = ["--cycle", cycle] if cycle else []
    assert main(["init", str(tmp_path), "--yes", "--as-of", day, *chosen]) == 0
    capsys.readouterr()
    assert main(["check", "-v", "--root", str(tmp_path), "--as-of", day]) == 0
    assert capsys.readouterr().out == "5 files checked, nothing to fix.\n"


def test_hostile_names_are_shown_as_typed_and_name_no_place(
    tmp_path: Path, init: Callable[..., Outcome], okr: Callable[..., Outcome]
) -> None:
    root = tmp_path / "in"
    done = init(root, "--company", HOSTILE, "--teams", ",".join(HOSTILE_TEAMS))
    assert done.returncode == 0, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
    stems = {path.stem for path in (root / "okrs" / "2026-Q1").iterdir()}
    assert stems == {"cycle", "company", *HOSTILE_TEAMS.values()}
    checked = okr(root, "check", "--as-of", DAY)
    assert (checked.returncode, checked.stderr) == (0, ""), checked.stdout
    assert yaml.safe_load((root / "mkdocs.yml").read_text("utf-8")) == {
        "site_name": f"{HOSTILE} OKRs"
    }
    built = okr(root, "build", "--as-of", DAY)
    assert built.returncode == 0, built.stderr
    assert (root / "site" / "okrs" / "index.html").is_file()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--company", " !!! "], "no letter or digit"),
        (["--company", "x" * 101], "101 characters"),
        (["--teams", "🚀🚀"], "no letter or digit"),
        (["--teams", ",".join(f"Team {n}" for n in range(101))], "101 teams"),
        (["--cycle", "next quarter"], "names no cycle"),
        (["--cycle", "../2026-Q1"], "names no cycle"),
        (["--cycle", "2026-T1"], "names no cycle"),
        (["--cycle", "FY26-Q1"], "calendar:"),
        (["--owner", "product"], "TEAM=@NAME"),
        (["--owner", "product=@acme/x y"], "TEAM=@NAME"),
        (["--owner", "produkt=@acme/x"], "product"),
        (["--update", "mkdocs.yaml"], "mkdocs.yml"),
    ],
)
def test_an_answer_that_cant_be_used_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], says: str
) -> None:
    root = tmp_path / "new"
    assert main(["init", str(root), "--yes", "--as-of", DAY, *words]) == 2
    assert says in capsys.readouterr().err
    assert not root.exists()


# ------------------------------------------------------------------- code hosts


def test_the_remote_says_which_host_and_company(
    tmp_path: Path, init: Callable[..., Outcome]
) -> None:
    made = remote(Repository(tmp_path / "okrs"))
    done = init(made.root)
    found = texts(made.root)
    assert "organization: Harbour bikes" in found["okrs/okr.yml"]
    names = ("review", "comment", "remind", "publish")
    assert {f".github/workflows/okr-{name}.yml" for name in names} < set(found)
    assert ".github/dependabot.yml" in found
    assert len(found) <= 25
    assert "Settings → Pages" in done.stdout
    assert "CODEOWNERS" not in done.stdout


def test_gitlab_gets_one_file_to_include(tmp_path: Path, init: Callable[..., Outcome]) -> None:
    init(tmp_path, "--host", "gitlab")
    found = texts(tmp_path)
    assert not [path for path in found if path.startswith(".github")]
    assert yaml.safe_load(found[".gitlab-ci.yml"]) == {"include": [{"local": ".gitlab/okr.yml"}]}
    jobs = yaml.safe_load(found[".gitlab/okr.yml"])
    assert {"okr-review", "pages", "okr-reminder"} < set(jobs)
    assert json.loads(found["renovate.json"])["enabledManagers"] == ["pip_requirements"]
    assert len(found) <= 25


@pytest.mark.parametrize(
    ("host", "path", "job"),
    [
        ("github", ".github/workflows/okr-publish.yml", None),
        ("gitlab", ".gitlab/okr.yml", "pages"),
    ],
)
def test_nobody_publishes_where_that_was_the_answer(
    tmp_path: Path, init: Callable[..., Outcome], host: str, path: str, job: str | None
) -> None:
    done = init(tmp_path, "--host", host, "--publish", "none")
    assert "Settings → Pages" not in done.stdout
    if job is None:
        assert not (tmp_path / path).exists()
    else:
        jobs = yaml.safe_load((tmp_path / path).read_text("utf-8"))
        assert job not in jobs
        assert "okr-reminder-text" in jobs


def test_owners_are_only_those_that_were_named(
    tmp_path: Path, init: Callable[..., Outcome]
) -> None:
    owners = ["--owner", "Sales=@acme/sales", "--owner", "company=@ceo,sales=bo@acme.com"]
    init(tmp_path, "--host", "github", *owners)
    lines = (tmp_path / ".github/CODEOWNERS").read_text("utf-8").splitlines()
    assert lines[1:] == ["/okrs/ @ceo", "/okrs/*/sales.yml @acme/sales bo@acme.com"]
    before = texts(tmp_path)
    init(tmp_path)  # remembers them
    assert texts(tmp_path) == before


def test_in_a_subfolder_of_a_monorepo_everything_names_the_subfolder(
    tmp_path: Path, init: Callable[..., Outcome], okr: Callable[..., Outcome]
) -> None:
    made = remote(Repository(tmp_path))
    made.git("checkout", "--quiet", "-b", "trunk")
    made.write("README.md", "All of us\n")
    made.commit("Begin")
    root = tmp_path / "company" / "our goals"
    done = init(root, "--owner", "product=@acme/product")
    assert done.returncode == 0, done.stderr
    found = texts(tmp_path)
    assert found["README.md"] == "All of us\n"
    assert "company/our goals/README.md" in found
    assert "  ../../.github/workflows/okr-review.yml" in done.stdout.splitlines()
    review = yaml.safe_load(found[".github/workflows/okr-review.yml"])
    assert review["jobs"]["review"]["env"]["OKR_FOLDER"] == "company/our goals"
    publish = yaml.safe_load(found[".github/workflows/okr-publish.yml"])
    assert publish[True]["push"] == {
        "branches": ["trunk"],
        "paths": [
            f"company/our goals/{path}"
            for path in ("okrs/**", "docs/**", "overrides/**", "mkdocs.yml", "requirements.txt")
        ],
    }
    assert publish["jobs"]["deploy"]["if"] == "github.ref == 'refs/heads/trunk'"
    updates = yaml.safe_load(found[".github/dependabot.yml"])["updates"]
    assert [each["directory"] for each in updates] == ["/company/our goals", "/"]
    owners = found[".github/CODEOWNERS"].splitlines()
    assert owners[-1] == "/company/our\\ goals/okrs/*/product.yml @acme/product"
    (hook,) = yaml.safe_load(found[".pre-commit-config.yaml"])["repos"][0]["hooks"]
    assert hook["args"] == ["--root", "company/our goals"]
    assert hook["files"] == "^company/our\\ goals/okrs/"
    schemas = json.loads(found[".vscode/settings.json"])["yaml.schemas"]
    assert schemas["./.vscode/okr-schemas/okr.schema.json"] == "/company/our goals/okrs/okr.yml"
    assert okr(root, "check", "--as-of", DAY).returncode == 0
    assert init(root).stdout == "No file is missing.\n"


@pytest.mark.parametrize(
    ("commands", "branch"),
    [
        ([["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/live"]], "live"),
        ([["branch", "master"], ["checkout", "-q", "-b", "a"], ["branch", "-D", "main"]], "master"),
        ([["checkout", "-q", "-b", "a"]], "main"),
        ([["checkout", "-q", "-b", "a"], ["branch", "-D", "main"]], "a"),
    ],
)
def test_what_is_published_is_the_main_branch(
    tmp_path: Path, init: Callable[..., Outcome], commands: list[list[str]], branch: str
) -> None:
    made = remote(Repository(tmp_path))
    made.write("a", "x")
    made.commit("Begin")
    for command in commands:
        made.git(*command)
    init(tmp_path)
    publish = yaml.safe_load((tmp_path / ".github/workflows/okr-publish.yml").read_text("utf-8"))
    assert publish[True]["push"]["branches"] == [branch]


def test_gitlab_in_a_subfolder_watches_the_subfolder(
    tmp_path: Path, init: Callable[..., Outcome]
) -> None:
    remote(Repository(tmp_path), "https://gitlab.com/acme/all.git")
    init(tmp_path / "goals")
    jobs = yaml.safe_load((tmp_path / ".gitlab/okr.yml").read_text("utf-8"))
    assert jobs[".okr"]["variables"]["OKR_FOLDER"] == "goals"
    watched = [jobs[name]["rules"][0]["changes"] for name in ("okr-review", "okr-comment")]
    assert watched == [["goals/okrs/**/*", "goals/.okr-baseline.json"]] * 2


def test_a_folder_that_workflows_cant_name_is_refused(
    tmp_path: Path, init: Callable[..., Outcome]
) -> None:
    made = remote(Repository(tmp_path))
    done = init(made.root / "a*b'c")
    assert done.returncode == 2
    assert "--host none" in done.stderr
    assert texts(tmp_path) == {}
    assert init(made.root / "a*b'c", "--host", "none").returncode == 0


# ------------------------------------------------------------------- existing files


EXISTING = {
    ".gitignore": "*.log\n/site/",
    "requirements.txt": "mkdocs-macros-plugin==1.3.7\n",
    "mkdocs.yml": "site_name: Handbook\ntheme: {name: material}\n",
    "README.md": "# All of us\n",
    ".vscode/settings.json": '{"editor.rulers": [100]}\n',
    ".vscode/extensions.json": '{\n  // ours\n  "recommendations": []\n}\n',
    ".pre-commit-config.yaml": "repos: []\n",
    ".github/dependabot.yml": "version: 2\nupdates: []\n",
    ".github/CODEOWNERS": "* @acme/all\n",
}


def existing(tmp_path: Path) -> Repository:
    made = remote(Repository(tmp_path / "handbook"))
    for path, text in EXISTING.items():
        made.write(path, text)
    made.commit("Our handbook")
    return made


def test_what_exists_stays_and_its_differences_are_listed(
    tmp_path: Path, init: Callable[..., Outcome], okr: Callable[..., Outcome]
) -> None:
    made = existing(tmp_path)
    done = init(made.root, "--owner", "product=@acme/product")
    found = texts(made.root)
    assert {path: found[path] for path in EXISTING} == EXISTING
    says = done.stdout
    assert ".gitignore stays as it is; it would be different: +8 −0." in says
    assert "requirements.txt stays as it is; it would be different: +1 −0." in says
    assert ".vscode/settings.json stays as it is; it would be different" in says
    assert ".github/CODEOWNERS stays as it is; it would be different: +2 −0." in says
    assert ".pre-commit-config.yaml stays as it is. Add to it, where you want it to be:" in says
    assert ".vscode/extensions.json stays as it is. Add to it" in says
    assert ".github/dependabot.yml stays as it is. Add to it" in says
    assert "README" not in says
    assert "mkdocs.yml" not in says
    assert okr(made.root, "check", "--as-of", DAY).returncode == 0


def test_update_joins_what_is_new_with_what_is_there(
    tmp_path: Path, init: Callable[..., Outcome]
) -> None:
    made = existing(tmp_path)
    names = (".gitignore", "requirements.txt", ".vscode/settings.json")
    init(made.root, *(word for name in names for word in ("--update", name)), yes=False)
    found = texts(made.root)
    assert found[".gitignore"].startswith("*.log\n/site/\n")
    assert "/docs/okrs/\n" in found[".gitignore"]
    assert found[".gitignore"].count("/site/") == 1
    assert found["requirements.txt"] == (
        f"mkdocs-macros-plugin==1.3.7\nokrdocs[site]=={__version__}\n"
    )
    settings = json.loads(found[".vscode/settings.json"])
    assert settings["editor.rulers"] == [100]
    assert len(settings["yaml.schemas"]) == 4
    refused = init(made.root, "--update", ".pre-commit-config.yaml")
    assert refused.returncode == 2
    assert "by hand" in refused.stderr


def test_a_dry_run_writes_nothing_and_shows_the_lines(
    tmp_path: Path, init: Callable[..., Outcome]
) -> None:
    made = existing(tmp_path)
    before = texts(made.root)
    done = init(made.root, "--dry-run", yes=False)
    assert done.returncode == 0
    assert texts(made.root) == before
    assert "  okrs/2026-Q1/company.yml" in done.stdout.splitlines()
    assert "+/docs/okrs/" in done.stdout.splitlines()


def test_okrs_that_are_there_are_never_touched(
    tmp_path: Path, init: Callable[..., Outcome]
) -> None:
    okrs = {
        "okrs/okr.yml": "schema: 1\norganization: Acme\nteams: {ops: {name: Operations}}\n",
        "okrs/2025-Q4/ops.yml": "schema: 1\nobjectives: []\n",
    }
    made = Repository(tmp_path)
    for path, text in okrs.items():
        made.write(path, text)
    done = init(tmp_path, "--company", "Other", "--owner", "ops=@acme/ops")
    found = texts(tmp_path)
    assert {path: text for path, text in found.items() if path.startswith("okrs/")} == okrs
    assert 'site_name: "Acme OKRs"' in found["mkdocs.yml"]
    assert found["CODEOWNERS"].endswith("/okrs/*/ops.yml @acme/ops\n")
    assert "`--company`" in done.stderr


# ------------------------------------------------------------------- again


def test_a_second_run_changes_nothing(tmp_path: Path, init: Callable[..., Outcome]) -> None:
    remote(Repository(tmp_path))
    init(tmp_path)
    before = texts(tmp_path)
    assert init(tmp_path).stdout == "No file is missing.\n"
    assert main(["init", str(tmp_path), "--yes", "--as-of", "2026-09-30"]) == 0
    assert texts(tmp_path) == before


def test_what_somebody_changed_or_deleted_stays_so(
    tmp_path: Path, init: Callable[..., Outcome]
) -> None:
    init(tmp_path, "--host", "github")
    for path in ("README.md", "mkdocs.yml", ".github/workflows/okr-review.yml", ".gitignore"):
        (tmp_path / path).write_text("# ours\n", "utf-8")
    (tmp_path / ".github/workflows/okr-remind.yml").unlink()
    before = texts(tmp_path)
    done = init(tmp_path)
    assert texts(tmp_path) == before
    assert done.stdout == (
        "No file is missing.\n.github/workflows/okr-remind.yml was deleted;"
        " `--update .github/workflows/okr-remind.yml` brings it back.\n"
    )
    init(tmp_path, "--update", ".github/workflows/okr-remind.yml")
    assert (tmp_path / ".github/workflows/okr-remind.yml").is_file()


def test_line_endings_of_windows_are_no_change(
    tmp_path: Path, init: Callable[..., Outcome]
) -> None:
    init(tmp_path)
    for path in (tmp_path / ".gitignore", tmp_path / "requirements.txt"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert init(tmp_path).stdout == "No file is missing.\n"


def test_a_new_version_shows_what_it_would_write_differently(
    tmp_path: Path, init: Callable[..., Outcome]
) -> None:
    init(tmp_path, "--host", "github")
    review = ".github/workflows/okr-review.yml"
    new = (tmp_path / review).read_text("utf-8")
    as_if_older(tmp_path, review, "name: okr-review\n")
    as_if_older(tmp_path, "README.md", "An older page\n")
    as_if_older(tmp_path, "requirements.txt", "okrdocs[site]==0.0.9\n")
    hook = (tmp_path / ".pre-commit-config.yaml").read_text("utf-8").replace(__version__, "0.0.9")
    as_if_older(tmp_path, ".pre-commit-config.yaml", f"{hook}# ours\n")
    (tmp_path / ".pre-commit-config.yaml").write_text(f"{hook}# ours, too\n", "utf-8")
    done = init(tmp_path)
    stay = [line.split()[0] for line in done.stdout.splitlines() if "stays as it is" in line]
    assert stay == ["README.md", "requirements.txt", ".pre-commit-config.yaml", review]
    assert (tmp_path / review).read_text("utf-8") == "name: okr-review\n"
    updates = [word for name in stay for word in ("--update", name)]
    assert init(tmp_path, *updates).returncode == 0
    assert (tmp_path / review).read_text("utf-8") == new
    after = (tmp_path / ".pre-commit-config.yaml").read_text("utf-8")
    assert f"okrdocs=={__version__}" in after
    assert after.endswith("# ours, too\n")
    assert init(tmp_path).stdout == "No file is missing.\n"


def test_hashes_of_another_version_need_lock(tmp_path: Path, init: Callable[..., Outcome]) -> None:
    init(tmp_path)
    locked = "okrdocs[site]==0.0.9 --hash=sha256:00\n"
    as_if_older(tmp_path, "requirements.txt", "okrdocs[site]==0.0.9\n")
    (tmp_path / "requirements.txt").write_text(locked, "utf-8")
    assert "run `okr init --lock`" in init(tmp_path).stdout
    assert (tmp_path / "requirements.txt").read_text("utf-8") == locked


# ------------------------------------------------------------------- at a terminal


END = "\x04"


def at_a_terminal(folder: Path, answers: str, *, interrupt: bool = False) -> str:
    """Runs `okr init` with a terminal on all streams, and types the answers."""
    pty = pytest.importorskip("pty", reason="terminals are tried where there are pseudo-terminals")
    controller, terminal = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "okrdocs", "init", "--as-of", DAY],
        cwd=folder, stdin=terminal, stdout=terminal, stderr=terminal,
    ) as process:  # fmt: skip
        os.close(terminal)
        # What isn't expected to be asked gets no answer, rather than waiting for one.
        os.write(controller, f"{answers}{'' if interrupt else END}".encode())
        said = b""
        with contextlib.suppress(OSError):  # the end of a terminal is an error
            while part := os.read(controller, 65536):
                said += part
                if interrupt and b"Company" in said:
                    process.send_signal(signal.SIGINT)
    os.close(controller)
    return f"{said.decode()}\nexit {process.returncode}"


def test_at_a_terminal_it_asks_and_asks_again(tmp_path: Path) -> None:
    remote(Repository(tmp_path))
    typed = ["", "yesterday", "2026-H1", "Workshop, Stations", "", "none", "ops=@a", ""]
    said = at_a_terminal(tmp_path, "".join(f"{each}\n" for each in typed))
    assert said.endswith("exit 0"), said
    questions = (
        "Company [Harbour bikes]: ", "First cycle [2026-Q1]: ", "`yesterday` names no cycle",
        "Teams, separated by commas [Product, Sales]: ", "github, gitlab or none [github]: ",
        "pages (of the code host) or none [pages]: ", "There is no team `ops`",
    )  # fmt: skip
    assert [each for each in questions if each not in said] == []
    assert (tmp_path / "okrs/2026-H1/stations.yml").is_file()
    assert (tmp_path / ".github/workflows/okr-review.yml").is_file()
    assert not (tmp_path / ".github/workflows/okr-publish.yml").exists()


def test_the_end_of_the_input_writes_nothing(tmp_path: Path) -> None:
    said = at_a_terminal(tmp_path, "Acme\n")
    assert said.endswith("exit 2"), said
    assert "nothing is written" in said
    assert list(tmp_path.iterdir()) == []


def test_an_interruption_writes_nothing(tmp_path: Path) -> None:
    assert at_a_terminal(tmp_path, "", interrupt=True).endswith("exit 130")
    assert list(tmp_path.iterdir()) == []


def test_at_a_terminal_each_difference_is_offered_once(
    tmp_path: Path, init: Callable[..., Outcome]
) -> None:
    init(tmp_path, "--host", "github")
    as_if_older(tmp_path, "requirements.txt", "okrdocs[site]==0.0.9\n")
    as_if_older(tmp_path, "README.md", "An older page\n")
    said = at_a_terminal(tmp_path, "n\ny\n")
    assert "-An older page" in said
    assert "Write README.md so? [y/N]" in said
    assert "Write requirements.txt so? [y/N]" in said
    assert (tmp_path / "README.md").read_text("utf-8") == "An older page\n"
    assert __version__ in (tmp_path / "requirements.txt").read_text("utf-8")
    assert at_a_terminal(tmp_path, "") == "No file is missing.\r\n\nexit 0"


# ------------------------------------------------------------------- what goes wrong


def test_a_link_that_leads_out_is_refused(tmp_path: Path, init: Callable[..., Outcome]) -> None:
    out, root = tmp_path / "out", tmp_path / "in"
    out.mkdir()
    root.mkdir()
    (root / "okrs").symlink_to(out)
    done = init(root)
    assert done.returncode == 2
    assert "leads out of" in done.stderr
    assert list(out.iterdir()) == []
    assert [path.name for path in root.iterdir()] == ["okrs"]


def test_a_file_that_is_a_link_isnt_followed(tmp_path: Path, init: Callable[..., Outcome]) -> None:
    (tmp_path / "README.md").symlink_to("/etc/hostname")
    done = init(tmp_path)
    assert done.returncode == 2
    assert "is a link" in done.stderr


@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_reported(
    tmp_path: Path, init: Callable[..., Outcome]
) -> None:
    tmp_path.chmod(0o500)
    assert init(tmp_path / "new").returncode == 2


def test_nothing_is_left_where_one_file_cant_be_written(
    tmp_path: Path, init: Callable[..., Outcome]
) -> None:
    (tmp_path / ".vscode").write_text("no folder\n", "utf-8")
    done = init(tmp_path)
    assert done.returncode == 2
    assert ".vscode" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [".vscode"]


@pytest.mark.parametrize("text", ["[]", "{", '{"files": 3}', '{"owners": [1]}', "\x00"])
def test_a_broken_record_is_named(tmp_path: Path, init: Callable[..., Outcome], text: str) -> None:
    (tmp_path / RECORD).write_text(text, "utf-8")
    done = init(tmp_path)
    assert done.returncode == 2
    assert RECORD in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [RECORD]


def test_a_file_in_place_of_the_folder_and_gits_own_folder_are_refused(
    tmp_path: Path, init: Callable[..., Outcome]
) -> None:
    made = Repository(tmp_path / "r")
    assert init(made.write("file", "x")).returncode == 2
    assert init(made.root / ".git" / "x").returncode == 2


def test_without_a_terminal_yes_is_needed(tmp_path: Path, init: Callable[..., Outcome]) -> None:
    done = init(tmp_path / "new", yes=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--yes" in done.stderr


# ------------------------------------------------------------------- hashes


UV = f"""#!{sys.executable}
import sys
asked = sys.stdin.read().split()
if "broken" in asked:
    sys.exit("no solution")
assert sys.argv[1:3] == ["pip", "compile"], sys.argv
assert "--generate-hashes" in sys.argv and "--universal" in sys.argv
for each in asked:
    print(f"{{each}} \\\\\\n    --hash=sha256:00")
"""


@pytest.fixture
def uv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that answers as uv does: the network is out of bounds."""
    program = tmp_path / "bin" / "uv"
    program.parent.mkdir()
    program.write_text(UV, "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")


@pytest.mark.usefixtures("uv")
def test_lock_writes_hashes_and_remembers_what_else_was_asked_for(
    tmp_path: Path, init: Callable[..., Outcome]
) -> None:
    root = tmp_path / "new"
    init(root)
    (root / "requirements.txt").write_text("# x\nmacros==1\nokrdocs[site]==0.0.9\n", "utf-8")
    assert init(root, "--lock").returncode == 0
    first = (root / "requirements.txt").read_text("utf-8")
    assert f"okrdocs[site]=={__version__} \\\n    --hash=sha256:00" in first
    assert "macros==1 \\\n    --hash=" in first
    assert init(root, "--lock").stdout == "No file is missing.\n"
    assert (root / "requirements.txt").read_text("utf-8") == first
    assert init(root).stdout == "No file is missing.\n"


@pytest.mark.usefixtures("uv")
def test_what_uv_refuses_writes_nothing(tmp_path: Path, init: Callable[..., Outcome]) -> None:
    root = tmp_path / "new"
    root.mkdir()
    (root / "requirements.txt").write_text("broken\n", "utf-8")
    done = init(root, "--lock")
    assert done.returncode == 2
    assert "no solution" in done.stderr
    assert [path.name for path in root.iterdir()] == ["requirements.txt"]


@pytest.mark.usefixtures("uv")
def test_hashes_of_another_tool_are_left_to_it(
    tmp_path: Path, init: Callable[..., Outcome]
) -> None:
    root = tmp_path / "new"
    root.mkdir()
    (root / "requirements.txt").write_text("a==1 --hash=sha256:00\n", "utf-8")
    done = init(root, "--lock")
    assert done.returncode == 2
    assert "Another tool" in done.stderr
