"""The pipeline: the same bytes everywhere, and pages that survive a fault in the YAML."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from okrdocs.pipeline.evaluate import evaluate
from okrdocs.source.disk import DiskTree

pytestmark = pytest.mark.demonstration

ROOT = Path(__file__).parents[2]
Okr = Callable[..., subprocess.CompletedProcess[str]]
FAULTS = {
    "broken YAML": "schema: 1\nobjectives: [\n",
    "an unknown key": "schema: 1\nobjektives: []\n",
    "no target": "schema: 1\nobjectives: [{id: a, title: A, key_results: [{id: b, title: B}]}]\n",
    "not UTF-8": "schema: 1\nsummary: \udcff\n",
    "an unknown reference": "schema: 1\nobjectives: [{id: a, title: A, ladders_up_to: x/y}]\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """This repository's own OKRs, in a folder of their own."""
    shutil.copytree(ROOT / "okrs", tmp_path / "okrs")
    return tmp_path


def contents(root: Path) -> dict[str, bytes]:
    folder = root / "docs/okrs"
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_same_files_give_the_same_bytes_on_every_machine(
    root: Path, tmp_path_factory: pytest.TempPathFactory, okr_process: Okr
) -> None:
    first = okr_process(root, "generate", env={"PYTHONHASHSEED": "1", "TZ": "UTC"})
    assert first.returncode == 0, first.stderr
    other = tmp_path_factory.mktemp("other") / "a folder with ümlauts"
    for place in sorted((root / "okrs").rglob("*.yml"), reverse=True):
        copy = other / place.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(place.read_bytes())
    (other / "deep/er").mkdir(parents=True)
    env = {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "tr_TR.UTF-8"}
    second = okr_process(other / "deep/er", "generate", env=env)
    assert second.returncode == 0, second.stderr
    assert len(contents(root)) > 20
    assert contents(other) == contents(root)


@pytest.mark.parametrize("fault", FAULTS)
def test_an_error_leaves_the_pages_as_they_were(root: Path, okr: Okr, fault: str) -> None:
    okr(root, "generate")
    before = contents(root)
    (root / "okrs/2025-Q2/sales.yml").write_bytes(FAULTS[fault].encode("utf-8", "surrogateescape"))
    (root / "okrs/2025-Q2/company.yml").write_text("schema: 1\n")
    ran = okr(root, "generate")
    assert ran.returncode == 1
    assert "okrs/2025-Q2/sales.yml:" in ran.stderr
    assert "The pages stay as they were." in ran.stderr
    assert contents(root) == before


def test_an_error_in_the_first_run_leaves_no_pages(root: Path, okr: Okr) -> None:
    (root / "okrs/okr.yml").write_text("schema: 1\n")
    assert okr(root, "generate").returncode == 1
    assert sorted(path.name for path in root.iterdir()) == ["okrs"]


def test_check_says_what_would_change_and_writes_nothing(root: Path, okr: Okr) -> None:
    ran = okr(root, "generate", "--check")
    assert ran.returncode == 1
    assert "would write docs/okrs/2025-Q2/product.md\n" in ran.stdout
    assert sorted(path.name for path in root.iterdir()) == ["okrs"]
    okr(root, "generate")
    before = contents(root)
    assert okr(root, "generate", "--check").returncode == 0
    shutil.rmtree(root / "okrs/pilot-2023")
    ran = okr(root, "generate", "--check")
    assert ran.returncode == 1
    assert "would remove docs/okrs/pilot-2023/product.md\n" in ran.stdout
    assert contents(root) == before


def test_an_edited_page_is_told_with_the_way_out(root: Path, okr: Okr) -> None:
    okr(root, "generate")
    page = root / "docs/okrs/index.md"
    page.write_text("mine\n")
    for arguments in ("generate",), ("generate", "--check"), ("generate",):
        ran = okr(root, *arguments)
        assert ran.returncode == 1
        assert "docs/okrs/index.md was not written by okr, or was changed since" in ran.stderr
        assert page.read_text() == "mine\n"
    page.unlink()
    assert okr(root, "generate").returncode == 0
    assert page.read_text() != "mine\n"


def test_more_than_is_read_is_one_problem_and_nothing_is_parsed(
    a_repository: Callable[[Mapping[str, str]], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("okrdocs.source.disk.MAX_BYTES_IN_ALL", 50)
    root = a_repository({"2025-Q1/a.yml": "a: [" * 20, "okr.yml": "schema: 1\n"})
    result = evaluate(DiskTree(root), as_of=None, today=date(2025, 2, 12))
    assert [problem.code for problem in result.problems] == ["too-large"]
