"""Writing: whole files only, only what changed, only what is ours, and nothing twice."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from okrdocs.errors import OkrError
from okrdocs.pipeline.writer import (
    GENERATED,
    MANIFEST,
    MARK,
    WriteResult,
    is_untouched,
    read_manifest,
)
from okrdocs.pipeline.writer import write_pages as write_all

PAGES = {"index.md": "now\n", "2025-Q1/index.md": "quarter\n", "2025-Q1/product.md": "product\n"}
NEWER = {**PAGES, "index.md": "now, newer\n", "2025-Q1/product.md": "product, newer\n"}


def write_pages(root: Path, pages: dict[str, str], *, only_look: bool = False) -> WriteResult:
    files = {path: text.encode() for path, text in pages.items()}
    return write_all(root, files, fingerprint="state", frozen=False, only_look=only_look)


def written(root: Path) -> dict[str, str]:
    folder = root / GENERATED
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


def times(root: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in root.rglob("*")}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository whose pages were written, and whose times show a later write."""
    write_pages(tmp_path, PAGES)
    return tmp_path


def test_pages_are_written_with_their_folders_and_told(tmp_path: Path) -> None:
    done = write_pages(tmp_path, PAGES)
    assert written(tmp_path) == PAGES
    assert done == WriteResult(changed=tuple(sorted(PAGES)))
    assert read_manifest(tmp_path).fingerprint == "state"


def test_a_second_run_touches_no_file_and_no_folder(root: Path) -> None:
    before = times(root)
    assert write_pages(root, PAGES) == WriteResult(unchanged=3)
    assert times(root) == before


def test_only_pages_with_new_text_are_replaced(root: Path) -> None:
    before = times(root)
    done = write_pages(root, {**PAGES, "index.md": "other\n"})
    touched = {path.name for path, time in times(root).items() if before[path] != time}
    assert done.changed == ("index.md",)
    assert {"index.md"} <= touched <= {"index.md", "okrs", ".okrdocs", "manifest.json"}


def test_pages_that_are_gone_leave_no_file_and_no_empty_folder(root: Path) -> None:
    done = write_pages(root, {"index.md": "now\n"})
    assert done.removed == ("2025-Q1/index.md", "2025-Q1/product.md")
    assert [path.name for path in (root / GENERATED).rglob("*")] == ["index.md"]


def test_a_folder_with_a_persons_file_stays_when_its_pages_go(root: Path) -> None:
    own = root / GENERATED / "2025-Q1/notes.md"
    own.write_text("mine\n")
    write_pages(root, {"index.md": "now\n"})
    assert written(root) == {"index.md": "now\n", "2025-Q1/notes.md": "mine\n"}


def test_a_file_that_a_person_put_in_a_pages_place_is_kept_and_told(tmp_path: Path) -> None:
    place = tmp_path / GENERATED / "index.md"
    place.parent.mkdir(parents=True)
    place.write_text("mine\n")
    for _ in range(2):
        assert write_pages(tmp_path, PAGES).kept == ("index.md",)
        assert place.read_text() == "mine\n"


def test_a_copy_of_a_page_with_our_mark_is_a_person_s_where_the_manifest_lists_others(
    tmp_path: Path,
) -> None:
    marked = {path: f"<!-- {MARK}from the files -->\n{text}" for path, text in PAGES.items()}
    write_pages(tmp_path, marked)
    copy = tmp_path / GENERATED / "2025-Q1/sales.md"
    copy.write_text(f"{marked['2025-Q1/product.md']}and my remark\n")
    more = {**marked, "2025-Q1/sales.md": f"<!-- {MARK}from the files -->\nsales\n"}
    for _ in range(2):
        assert write_pages(tmp_path, more).kept == ("2025-Q1/sales.md",)
        assert copy.read_text().endswith("and my remark\n")


def test_an_edited_page_is_kept_and_told_on_every_run(root: Path) -> None:
    (root / GENERATED / "index.md").write_text("now, and my remark\n")
    for _ in range(2):
        done = write_pages(root, NEWER)
        assert done.kept == ("index.md",)
        assert read_manifest(root).fingerprint == ""
    assert written(root) == {**NEWER, "index.md": "now, and my remark\n"}


def test_an_edited_page_that_should_go_is_kept_and_told_on_every_run(root: Path) -> None:
    (root / GENERATED / "2025-Q1/product.md").write_text("mine now\n")
    left = {"index.md": "now\n"}
    for _ in range(2):
        assert write_pages(root, left).kept == ("2025-Q1/product.md",)
    assert written(root)["2025-Q1/product.md"] == "mine now\n"


def test_an_edit_that_is_taken_back_makes_the_page_ours_again(root: Path) -> None:
    page = root / GENERATED / "index.md"
    page.write_text("mine\n")
    write_pages(root, NEWER)
    page.write_text("now\n")
    assert write_pages(root, NEWER).changed == ("index.md",)
    assert written(root) == NEWER


def test_looking_says_what_would_happen_and_touches_nothing(root: Path) -> None:
    (root / GENERATED / "2025-Q1/index.md").write_text("mine\n")
    before = times(root)
    pages = {"index.md": "newer\n", "2025-Q1/index.md": "newer\n"}
    done = write_pages(root, pages, only_look=True)
    assert done == WriteResult(("index.md",), ("2025-Q1/product.md",), ("2025-Q1/index.md",), 0)
    assert times(root) == before


def test_looking_at_an_empty_repository_makes_no_folder(tmp_path: Path) -> None:
    assert write_pages(tmp_path, PAGES, only_look=True).changed == tuple(sorted(PAGES))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "damage",
    ["", "not JSON", "[]", "{}", '{"format": 0}', '{"format": 2, "files": {"a": 1}}', "\xff"],
)
def test_without_a_readable_manifest_our_mark_tells_our_pages(tmp_path: Path, damage: str) -> None:
    ours = {path: f"<!-- {MARK}from the files -->\n{text}" for path, text in PAGES.items()}
    write_pages(tmp_path, ours)
    (tmp_path / GENERATED / "notes.md").write_text("mine\n")
    (tmp_path / GENERATED / "2025-Q1/product.md").write_text("mine\n")
    (tmp_path / MANIFEST).write_text(damage, encoding="latin-1")
    left = {"index.md": "newer\n", "2025-Q1/product.md": "newer\n"}
    done = write_pages(tmp_path, left)
    assert done == WriteResult(("index.md",), ("2025-Q1/index.md",), ("2025-Q1/product.md",), 0)
    assert (tmp_path / GENERATED / "notes.md").read_text() == "mine\n"


@pytest.mark.parametrize("path", ["../../README.md", "/README.md", "2025-Q1/../../../README.md"])
def test_a_manifest_that_names_other_peoples_files_removes_nothing(root: Path, path: str) -> None:
    (root / "README.md").write_text("now\n")
    held = json.loads((root / MANIFEST).read_text())
    path = str(root / "README.md") if path.startswith("/") else path
    held["files"][path] = held["files"].pop("index.md")
    (root / MANIFEST).write_text(json.dumps(held))
    write_pages(root, PAGES)
    assert (root / "README.md").read_text() == "now\n"


def test_a_listed_file_below_a_link_deeper_down_is_not_removed(root: Path) -> None:
    theirs = root.parent / f"{root.name}-elsewhere" / "y" / "z.md"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("now\n")
    (root / GENERATED / "x").symlink_to(theirs.parents[1])
    held = json.loads((root / MANIFEST).read_text())
    held["files"]["x/y/z.md"] = held["files"]["index.md"]
    (root / MANIFEST).write_text(json.dumps(held))
    write_pages(root, PAGES)
    assert theirs.read_text() == "now\n"


@pytest.mark.parametrize(
    "path", ["a.txt", "x/y/z.md", "./a.md", "x/./a.md", ".git/a.md", "x//a.md"]
)
def test_a_manifest_that_lists_what_is_no_page_does_not_count(root: Path, path: str) -> None:
    held = json.loads((root / MANIFEST).read_text())
    held["files"][path] = held["files"]["index.md"]
    (root / MANIFEST).write_text(json.dumps(held))
    assert read_manifest(root).files == {}


class FullDisk:
    """Stands for `os.replace`: after some files the disk is full, or a person interrupts."""

    def __init__(self, after: int, fault: BaseException) -> None:
        self.left, self.fault, self.replace = after, fault, os.replace

    def __call__(self, source: object, target: object) -> None:
        self.left -= 1
        if self.left < 0:
            raise self.fault
        self.replace(str(source), str(target))


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    def fill(after: int, fault: BaseException | None = None) -> None:
        fault = fault or OSError(errno.ENOSPC, "No space left on device")
        monkeypatch.setattr(os, "replace", FullDisk(after, fault))

    yield fill
    monkeypatch.undo()


@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_a_full_disk_leaves_whole_files_and_says_so(
    root: Path, full_disk: Callable[..., None], after: int
) -> None:
    full_disk(after)
    with pytest.raises(OkrError, match="can't be written: No space left on device") as raised:
        write_pages(root, NEWER)
    assert raised.value.exit_code == 2
    for path, text in written(root).items():
        assert text in {PAGES[path], NEWER[path]}
    assert not list(root.rglob("*.tmp"))


@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_a_run_that_broke_off_is_simply_repeated_even_with_other_pages(
    root: Path, full_disk: Callable[..., None], monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    full_disk(after, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        write_pages(root, NEWER)
    monkeypatch.undo()
    assert read_manifest(root).fingerprint in {"", "state"}
    assert after == 0 or read_manifest(root).fingerprint == ""
    third = {path: f"third {text}" for path, text in PAGES.items()}
    assert write_pages(root, third).kept == ()
    assert written(root) == third


def test_a_reader_never_sees_half_a_page(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the moment a page is moved into place, its bytes stand whole beside it."""
    seen = []
    replace = os.replace

    def watched(source: str, target: str) -> None:
        seen.append((Path(target).read_text(), Path(source).read_text(), Path(source).parent))
        replace(source, target)

    monkeypatch.setattr(os, "replace", watched)
    write_pages(root, {**PAGES, "index.md": "newer\n"})
    assert ("now\n", "newer\n", root / GENERATED) in seen


@pytest.mark.parametrize("link", ["docs", "docs/okrs", "docs/okrs/2025-Q1", ".okrdocs"])
def test_a_link_that_leads_elsewhere_is_refused(tmp_path: Path, link: str) -> None:
    root, elsewhere = tmp_path / "root", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (root / link).parent.mkdir(parents=True)
    (root / link).symlink_to(elsewhere)
    with pytest.raises(OkrError, match="is a link; pages are written only inside"):
        write_pages(root, PAGES)
    assert list(elsewhere.iterdir()) == []


def test_a_link_above_the_folder_of_a_page_is_refused(tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "root", tmp_path / "elsewhere"
    (elsewhere / "y").mkdir(parents=True)
    (root / GENERATED).mkdir(parents=True)
    (root / GENERATED / "x").symlink_to(elsewhere)
    with pytest.raises(OkrError, match="is a link; pages are written only inside"):
        write_pages(root, {"x/y/z.md": "page\n"})
    assert list((elsewhere / "y").iterdir()) == []


def test_a_page_that_is_a_link_is_kept_and_its_target_untouched(tmp_path: Path) -> None:
    target = tmp_path / "target.md"
    target.write_text("mine\n")
    place = tmp_path / GENERATED / "index.md"
    place.parent.mkdir(parents=True)
    place.symlink_to(target)
    assert write_pages(tmp_path, PAGES).kept == ("index.md",)
    assert target.read_text() == "mine\n"


@pytest.mark.parametrize("place", ["index.md/x", "2025-Q1"])
def test_a_folder_or_file_in_the_way_is_a_clear_error(tmp_path: Path, place: str) -> None:
    (tmp_path / GENERATED / place).parent.mkdir(parents=True)
    (tmp_path / GENERATED / place).write_text("in the way")
    with pytest.raises(OkrError, match=r"can't be (read|written): "):
        write_pages(tmp_path, PAGES)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_a_clear_error(root: Path) -> None:
    (root / GENERATED).chmod(0o500)
    try:
        with pytest.raises(OkrError, match=r"index\.md` can't be written: Permission denied"):
            write_pages(root, NEWER)
    finally:
        (root / GENERATED).chmod(0o700)


def test_pages_can_be_read_by_everyone(root: Path) -> None:
    assert (root / GENERATED / "index.md").stat().st_mode & 0o777 == 0o644


def test_every_page_counts_for_being_untouched(root: Path) -> None:
    assert is_untouched(root, read_manifest(root))
    page = root / GENERATED / "2025-Q1/product.md"
    page.write_text("edited\n")
    assert not is_untouched(root, read_manifest(root))
    page.unlink()
    assert not is_untouched(root, read_manifest(root))


def test_the_manifest_stands_outside_the_pages_and_is_the_same_twice(root: Path) -> None:
    assert not (root / MANIFEST).is_relative_to(root / "docs")
    held = json.loads((root / MANIFEST).read_text())
    assert list(held["files"]) == sorted(PAGES)
    assert held["planned"] == {}


@pytest.mark.parametrize(
    "content",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"format": 3, "fingerprint": "", "frozen": false, "files": {"a.md": [[], {}, "x"]},'
        ' "planned": {}}',
        '{"format": 3, "fingerprint": "", "frozen": false, "files": {"a\\u0000.md": ["", 1, 1]},'
        ' "planned": {}}',
        '{"format": 3, "fingerprint": "", "frozen": false, "files": {"\\ud800.md": ["", 1, 1]},'
        ' "planned": {}}',
        f'{{"format": 3, "fingerprint": "", "frozen": false, "files": {{"{"a" * 300}.md":'
        ' ["", 1, 1]}, "planned": {}}',
        '{"format": 3, "fingerprint": "", "frozen": false, "files": {},'
        ' "planned": {"a\\n.md": []}}',
    ],
)
def test_an_odd_manifest_stops_nothing_and_is_replaced(tmp_path: Path, content: str) -> None:
    (tmp_path / MANIFEST).parent.mkdir()
    (tmp_path / MANIFEST).write_text(content)
    assert not read_manifest(tmp_path).files or not is_untouched(tmp_path, read_manifest(tmp_path))
    write_pages(tmp_path, PAGES)
    assert written(tmp_path) == PAGES
    assert sorted(read_manifest(tmp_path).files) == sorted(PAGES)


def test_a_pipe_in_place_of_manifest_or_page_is_never_waited_for(root: Path) -> None:
    for place in root / MANIFEST, root / GENERATED / "index.md":
        place.unlink()
        os.mkfifo(place)
    assert read_manifest(root).files == {}
    assert "index.md" in write_pages(root, NEWER).kept
    assert (root / GENERATED / "index.md").is_fifo()
    assert (root / MANIFEST).is_file()


def test_a_page_that_only_quotes_our_mark_is_a_persons(root: Path) -> None:
    quoting = f"# Ours\n\nEach page says `<!-- {MARK}from the files in okrs/`.\n"
    (root / GENERATED / "notes.md").write_text(quoting)
    (root / MANIFEST).unlink()
    write_pages(root, NEWER)
    assert (root / GENERATED / "notes.md").read_text() == quoting
