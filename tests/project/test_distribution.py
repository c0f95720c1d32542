"""What goes to a package index: built the same twice, whole, rightly shown, and at work alone."""

from __future__ import annotations

import importlib.metadata
import os
import re
import runpy
import shutil
import subprocess
import sys
import tarfile
import venv
from collections.abc import Callable, Iterator
from email.message import Message
from email.parser import BytesParser
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import pytest
from readme_renderer.markdown import render

from okrdocs import __version__

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "generator" / "docs_tools"
with_absolute_links = runpy.run_path(str(SCRIPTS / "package_metadata.py"))["with_absolute_links"]
release_notes = runpy.run_path(str(SCRIPTS / "release_notes.py"))["release_notes"]
REPOSITORY = "https://git.example/acme/okrdocs"
NOT_IN_THE_SOURCES = {".gitignore"}
"""Hatchling adds it by itself, as it reads it."""


class Distributions(NamedTuple):
    wheel: Path
    sdist: Path


def run_tool(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command],
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def tracked_files() -> list[str]:
    """Paths of what is under version control, or of the sources where the tests run from them."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    git = subprocess.run(listed, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    found = git.stdout.split("\0") if git.returncode == 0 else []
    paths = found or [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*")]
    return sorted(path for path in paths if path and (ROOT / path).is_file())


def build(place: Path) -> Distributions:
    """Builds both from a fresh copy, whose files are all of now."""
    for path in tracked_files():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, place / path)
    (place / "generator/okrdocs/__pycache__").mkdir(exist_ok=True)
    (place / "generator/okrdocs/__pycache__/cli.cpython-311.pyc").write_bytes(os.urandom(9))
    environment = {"SOURCE_DATE_EPOCH": "1700000000", "OKRDOCS_REPOSITORY": REPOSITORY}
    ran = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", "dist"],
        cwd=place,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    (wheel,), (sdist,) = place.glob("dist/*.whl"), place.glob("dist/*.tar.gz")
    return Distributions(wheel, sdist)


def metadata_of(built: Distributions) -> Message:
    with ZipFile(built.wheel) as wheel:
        return BytesParser().parsebytes(wheel.read(f"okrdocs-{__version__}.dist-info/METADATA"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Distributions:
    return build(tmp_path_factory.mktemp("first"))


def test_two_builds_are_the_same_byte_for_byte(built: Distributions, tmp_path: Path) -> None:
    again = build(tmp_path / "elsewhere")
    assert again.wheel.name == built.wheel.name
    assert again.wheel.read_bytes() == built.wheel.read_bytes()
    assert again.sdist.read_bytes() == built.sdist.read_bytes()


def test_the_package_index_takes_both(built: Distributions) -> None:
    ran = run_tool("twine", "check", "--strict", *built)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_nothing_strange_is_in_the_wheel(built: Distributions) -> None:
    ran = run_tool("check_wheel_contents", "--config", ROOT / "pyproject.toml", built.wheel)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_wheel_holds_the_whole_package_and_nothing_else(built: Distributions) -> None:
    package = {p.removeprefix("generator/") for p in tracked_files() if "/okrdocs/" in f"/{p}"}
    with ZipFile(built.wheel) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert names == {path for path in package if path.startswith("okrdocs/")}


def test_the_sources_hold_all_that_is_under_version_control(built: Distributions) -> None:
    with tarfile.open(built.sdist) as sources:
        names = {name.partition("/")[2] for name in sources.getnames()}
    assert names - NOT_IN_THE_SOURCES == {*tracked_files(), "PKG-INFO"} - NOT_IN_THE_SOURCES


def test_the_metadata_name_version_and_addresses(built: Distributions) -> None:
    metadata = metadata_of(built)
    assert metadata["Version"] == __version__
    addresses = dict(each.split(", ") for each in metadata.get_all("Project-URL") or ())
    assert addresses["Homepage"] == REPOSITORY
    assert {"Documentation", "Issues", "Changelog"} <= addresses.keys()


def test_the_readme_shows_the_same_on_an_index(built: Distributions) -> None:
    metadata = metadata_of(built)
    html = render(str(metadata.get_payload()))
    assert html
    places = re.findall(r'(?:href|src|srcset)="([^"]+)"', html)
    assert places
    assert [place for place in places if not place.startswith(("https://", "#"))] == []
    for path in re.findall(rf'"{REPOSITORY}/(?:blob|raw)/v{__version__}/([^"#]+)', html):
        assert (ROOT / path).exists(), path


def test_only_relative_addresses_are_led_elsewhere() -> None:
    readme = '[a](docs/a.md#b) [c](https://c) [d](#d) <img src="e.png"> <img src="https://f">'
    assert with_absolute_links(readme, "https://r", "1.0") == (
        "[a](https://r/blob/v1.0/docs/a.md#b) [c](https://c) [d](#d)"
        ' <img src="https://r/raw/v1.0/e.png"> <img src="https://f">'
    )


# ------------------------------------------------------------------- the wheel at work


def requirements_of(distribution: str) -> Iterator[str]:
    """The names of what a distribution needs, without its extras and what those need."""
    for requirement in importlib.metadata.requires(distribution) or ():
        if ";" not in requirement and (name := re.match(r"[\w.-]+", requirement)):
            yield name[0]
            yield from requirements_of(name[0])


def link_distribution(name: str, folder: Path) -> None:
    """Lets what one distribution installed lie in another folder, too."""
    distribution = importlib.metadata.distribution(name)
    for file in distribution.files or ():
        if not {"..", "__pycache__"} & set(file.parts):
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).symlink_to(str(distribution.locate_file(file)))


def core_requirements(built: Distributions) -> set[str]:
    metadata = metadata_of(built)
    own = [each for each in metadata.get_all("Requires-Dist") or () if ";" not in each]
    direct = {name[0] for each in own if (name := re.match(r"[\w.-]+", each))}
    return direct | {each for name in direct for each in requirements_of(name)}


@pytest.fixture(scope="module")
def core(built: Distributions, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel and what it needs; the folder of its programs."""
    place = tmp_path_factory.mktemp("core")
    venv.create(place / "venv", with_pip=False, symlinks=True)
    python = place / "venv/bin/python"
    ran = run_tool("pip", "--python", python, "install", "--no-index", "--no-deps", built.wheel)
    assert ran.returncode == 0, ran.stderr
    for name in core_requirements(built):
        link_distribution(name, place / "needed")
    (packages,) = (place / "venv/lib").glob("python3.*/site-packages")
    (packages / "needed.pth").write_text(f"{place / 'needed'}\n", encoding="utf-8")
    return python.parent


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run_core(core: Path, a_repository: Callable[..., Path]) -> Run:
    """Runs the installed `okr` in a company's repository."""
    root = a_repository({"okr.yml": ORGANIZATION, "2026-Q1/company.yml": TEAM})
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "Begin"]):
        identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"]
        subprocess.run(["git", *identity, *words], cwd=root, check=True)

    def ran(*words: str) -> subprocess.CompletedProcess[str]:
        environment = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
        return subprocess.run(
            [core / "okr", *words],
            cwd=root,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )

    return ran


ORGANIZATION = "schema: 1\norganization: Harbour Bikes\n"
TEAM = """\
schema: 1
objectives:
  - id: daily-riders
    title: People in town ride our bikes every day
    owner: mira
    key_results:
      - id: subscribers
        title: Subscribers rise from 400 to 900
        baseline: 400
        target: 900
        check_ins: [{date: 2026-02-09, value: 510}]
"""
DAY = ("--as-of", "2026-02-10")


@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("--version",),
        ("check", *DAY),
        ("generate", *DAY),
        ("status", *DAY),
        ("explain", "company/daily-riders", *DAY),
        ("explain", "kr-is-output"),
        ("diff", "HEAD", *DAY),
        ("comment", "HEAD", *DAY),
        ("export", *DAY),
        ("remind", *DAY),
        ("digest",),
        ("schema",),
        ("completion", "bash"),
    ],
    ids=" ".join,
)
def test_the_core_does_without_what_the_site_needs(run_core: Run, words: tuple[str, ...]) -> None:
    ran = run_core(*words)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout or words[0] == "generate"


@pytest.mark.parametrize(
    ("words", "extras"),
    [(("build",), "site"), (("serve",), "site"), (("build", "--pdf"), "pdf,site")],
    ids=" ".join,
)
def test_a_command_that_needs_more_says_how_to_add_it(
    run_core: Run, words: tuple[str, ...], extras: str
) -> None:
    ran = run_core(*words)
    assert ran.returncode == 2
    assert f'pip install "okrdocs[{extras}]"' in ran.stderr
    assert "Traceback" not in ran.stderr


def test_the_core_is_small(core: Path) -> None:
    (packages,) = core.parent.glob("lib/python3.*/site-packages")
    folders = (packages, packages.parents[3] / "needed")
    files = (file for folder in folders for file in folder.rglob("*") if file.is_file())
    # Without what Python compiles for itself.
    size = sum(file.stat().st_size for file in files if file.suffix != ".pyc")
    assert size < 10_000_000


# ------------------------------------------------------------------- the changelog


CHANGELOG = """\
# Changelog

## [Unreleased]

- Not yet.

## [1.1.0] - 2026-02-03

- More.

## [1.0.0] - 2026-01-02

### Added

- All.
"""


def test_the_notes_of_a_version_are_its_section() -> None:
    assert release_notes(CHANGELOG, "1.1.0") == "- More."
    assert release_notes(CHANGELOG, "1.0.0") == "### Added\n\n- All."


@pytest.mark.parametrize("version", ["Unreleased", "2.0.0"])
def test_a_version_without_a_day_has_no_notes(version: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"## [{version}] - YYYY-MM-DD")):
        release_notes(CHANGELOG, version)


def test_the_changelog_has_its_form() -> None:
    headings = re.findall(r"^## .*", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == "## [Unreleased]"
    released = [
        re.fullmatch(r"## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)", h) for h in headings[1:]
    ]
    assert None not in released
    days = [heading[1] for heading in released if heading]
    assert days == sorted(days, reverse=True)
