"""The map of the code in pyproject.toml is true, whole, and enforced."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
CONTRACTS: dict[str, dict[str, Any]] = {each["name"]: each for each in SETTINGS["contracts"]}

MAP = [
    name.strip()
    for layer in CONTRACTS["Layers"]["layers"]
    for name in layer.replace("|", ":").split(":")
]
# Everything from the pages down to the format, but `history`, which reads git.
CORE = {*MAP[MAP.index("pages") : MAP.index("format") + 1], "markup"} - {"history"}


MANY = 8
"""Modules and packages of a package from which on it says their order."""
WITHOUT_ORDER = {
    "pages",  # its packages link to one another's pages
    "lint/rules/consistency", "lint/rules/process", "lint/rules/structure", "lint/rules/wording",
    "source/yaml", "source/yaml/edit",  # not yet
}  # fmt: skip


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "generator")},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "generator", tmp_path / "generator")
    return tmp_path


def test_every_module_keeps_to_its_layer() -> None:
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


def test_a_module_without_a_place_in_the_map_is_refused(checkout: Path) -> None:
    (checkout / "generator/okrdocs/stray.py").write_text("")
    result = lint_imports(checkout)
    assert result.returncode == 1
    assert "okrdocs.stray" in result.stdout


def test_an_upward_import_is_refused(checkout: Path) -> None:
    (checkout / "generator/okrdocs/errors.py").write_text("import okrdocs.format.records\n")
    result = lint_imports(checkout)
    assert result.returncode == 1
    assert "okrdocs.errors is not allowed to import okrdocs.format" in result.stdout


def test_a_library_belongs_to_one_module(checkout: Path) -> None:
    libraries = CONTRACTS["One module per library"]["forbidden_modules"]
    lines = "".join(f"import {library}\n" for library in libraries)
    (checkout / "generator/okrdocs/errors.py").write_text(lines)
    report = lint_imports(checkout).stdout
    for library in libraries:
        assert f"okrdocs is not allowed to import {library}:" in report


def test_the_contract_on_the_core_names_every_core_package() -> None:
    named = CONTRACTS["The core is pure"]["source_modules"]
    assert sorted(named) == sorted(f"okrdocs.{name}" for name in CORE)


def modules_of(package: Path) -> set[str]:
    """The names of the modules and packages directly in a package."""
    inside = {path.parent.name for path in package.glob("*/__init__.py")}
    return inside | {path.stem for path in package.glob("*.py")} - {"__init__", "__main__"}


def test_a_large_package_says_the_order_of_all_its_modules() -> None:
    root = ROOT / "generator/okrdocs"
    packages = {path.parent for path in root.rglob("__init__.py")} - {root}
    large = {path.relative_to(root).as_posix() for path in packages if len(modules_of(path)) > MANY}
    ordered = {
        container.removeprefix("okrdocs.").replace(".", "/")
        for contract in CONTRACTS.values()
        if contract.get("exhaustive")
        for container in contract["containers"]
    }
    assert large - ordered == WITHOUT_ORDER


def test_an_import_against_the_order_of_a_package_is_refused(checkout: Path) -> None:
    low = checkout / "generator/okrdocs/grading/units.py"
    low.write_text(f"{low.read_text('utf-8')}\nimport okrdocs.grading.measure\n")
    result = lint_imports(checkout)
    assert result.returncode == 1
    assert "Order of grading BROKEN" in result.stdout
