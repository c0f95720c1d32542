import os
import socket
from pathlib import Path

import pytest

from okrdocs.errors import UsageError
from okrdocs.problem import Problem, Severity
from okrdocs.source.disk import MAX_BYTES, DiskTree, File, digest_of_files


def write(root: Path, path: str, data: bytes = b"schema: 1\n") -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return file


def read(root: Path) -> tuple[list[str], list[Problem]]:
    files, problems = DiskTree(root).read()
    return [file.path for file in files], list(problems)


def only(root: Path) -> Problem:
    paths, problems = read(root)
    assert paths == []
    assert len(problems) == 1, problems
    return problems[0]


def test_files_come_sorted_by_path_with_their_bytes(tmp_path: Path) -> None:
    write(tmp_path, "okrs/2025-Q1/product.yml", b"a\r\n\xff")
    write(tmp_path, "okrs/2025-Q1/company.yml", b"")
    write(tmp_path, "okrs/okr.yml", b"x: 1\n")
    assert DiskTree(tmp_path).read() == (
        (
            File("okrs/2025-Q1/company.yml", b""),
            File("okrs/2025-Q1/product.yml", b"a\r\n\xff"),
            File("okrs/okr.yml", b"x: 1\n"),
        ),
        (),
    )


def test_a_missing_folder_names_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"okrs/okr.yml.*--root"):
        DiskTree(tmp_path).read()


@pytest.mark.parametrize("name", ["README.md", ".DS_Store", ".gitkeep", "a.yml~", ".a.yml.swp"])
def test_files_that_lie_beside_the_data_are_left_alone(tmp_path: Path, name: str) -> None:
    write(tmp_path, f"okrs/2025-Q1/{name}")
    assert read(tmp_path) == ([], [])


def test_another_kind_of_file_is_a_warning(tmp_path: Path) -> None:
    write(tmp_path, "okrs/2025-Q1/product.csv")
    found = only(tmp_path)
    assert (found.code, found.severity) == ("unexpected-file", Severity.WARNING)
    assert found.span.path == "okrs/2025-Q1/product.csv"


@pytest.mark.parametrize("ending", ["yaml", "YML"])
def test_another_ending_is_asked_to_become_yml(tmp_path: Path, ending: str) -> None:
    write(tmp_path, f"okrs/2025-Q1/product.{ending}")
    found = only(tmp_path)
    assert found.code == "file-name"
    assert "`product.yml`" in found.hint


def test_a_team_file_beside_okr_yml_is_told_where_it_belongs(tmp_path: Path) -> None:
    write(tmp_path, "okrs/product.yml")
    found = only(tmp_path)
    assert found.code == "file-place"
    assert "`okrs/2025-Q1/product.yml`" in found.hint


def test_metrics_stand_beside_okr_yml_and_elsewhere_are_a_teams_file(tmp_path: Path) -> None:
    for path in ("okrs/metrics.yml", "okrs/2025-Q1/metrics.yml"):
        write(tmp_path, path)
    assert read(tmp_path) == (["okrs/2025-Q1/metrics.yml", "okrs/metrics.yml"], [])


def test_a_folder_within_a_cycle_is_told_where_its_files_belong(tmp_path: Path) -> None:
    write(tmp_path, "okrs/2025-Q1/emea/deeper/product.yml")
    found = only(tmp_path)
    assert (found.code, found.span.path) == ("file-place", "okrs/2025-Q1/emea")
    assert "`okrs/2025-Q1/`" in found.hint


def test_a_link_out_of_the_root_is_refused(tmp_path: Path) -> None:
    secret = write(tmp_path, "elsewhere/secret.yml", b"secret: 1\n")
    root = tmp_path / "root"
    write(root, "okrs/2025-Q1/cycle.yml")
    (root / "okrs/2025-Q1/product.yml").symlink_to(secret)
    (root / "okrs/2024-Q4").symlink_to(secret.parent)
    paths, problems = read(root)
    assert paths == ["okrs/2025-Q1/cycle.yml"]
    assert [(p.code, p.span.path) for p in problems] == [
        ("outside", "okrs/2024-Q4"),
        ("outside", "okrs/2025-Q1/product.yml"),
    ]


def test_a_root_whose_name_begins_alike_is_outside(tmp_path: Path) -> None:
    secret = write(tmp_path, "root-two/secret.yml")
    (tmp_path / "root/okrs/2025-Q1").mkdir(parents=True)
    (tmp_path / "root/okrs/2025-Q1/product.yml").symlink_to(secret)
    assert only(tmp_path / "root").code == "outside"


def test_a_link_into_a_hidden_folder_is_refused(tmp_path: Path) -> None:
    config = write(tmp_path, ".git/config", b"token\n")
    (tmp_path / "okrs/2025-Q1").mkdir(parents=True)
    (tmp_path / "okrs/2025-Q1/product.yml").symlink_to(config)
    assert only(tmp_path).code == "outside"


def test_a_link_within_the_root_is_read(tmp_path: Path) -> None:
    shared = write(tmp_path, "shared/product.yml", b"x: 1\n")
    (tmp_path / "okrs/2025-Q1").mkdir(parents=True)
    (tmp_path / "okrs/2025-Q1/product.yml").symlink_to(shared)
    assert read(tmp_path) == (["okrs/2025-Q1/product.yml"], [])


def test_an_okrs_folder_that_is_a_link_out_of_the_root_stops_the_run(tmp_path: Path) -> None:
    write(tmp_path, "root-two/okr.yml")
    (tmp_path / "root").mkdir()
    (tmp_path / "root/okrs").symlink_to(tmp_path / "root-two")
    with pytest.raises(UsageError, match="link"):
        DiskTree(tmp_path / "root").read()


def test_a_pipe_is_never_opened(tmp_path: Path) -> None:
    (tmp_path / "okrs/2025-Q1").mkdir(parents=True)
    os.mkfifo(tmp_path / "okrs/2025-Q1/product.yml")
    assert only(tmp_path).code == "unreadable"


def test_a_socket_is_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "okrs/2025-Q1"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)  # the name of a socket may be no longer than 108 bytes
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("product.yml")
        assert only(tmp_path).code == "unreadable"


def test_links_in_a_circle_are_a_problem(tmp_path: Path) -> None:
    (tmp_path / "okrs/2025-Q1").mkdir(parents=True)
    (tmp_path / "okrs/2025-Q1/a.yml").symlink_to("b.yml")
    (tmp_path / "okrs/2025-Q1/b.yml").symlink_to("a.yml")
    paths, problems = read(tmp_path)
    assert paths == []
    assert {p.code for p in problems} == {"unreadable"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_an_unreadable_file_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, "okrs/2025-Q1/product.yml").chmod(0)
    assert only(tmp_path).code == "unreadable"


def test_a_file_at_the_limit_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    write(tmp_path, "okrs/2025-Q1/most.yml", b"#" * MAX_BYTES)
    write(tmp_path, "okrs/2025-Q1/more.yml", b"#" * (MAX_BYTES + 1))
    paths, problems = read(tmp_path)
    assert paths == ["okrs/2025-Q1/most.yml"]
    assert [p.code for p in problems] == ["too-large"]


def test_too_many_files_end_the_reading_with_one_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("okrdocs.source.disk.MAX_FILES", 3)
    for number in range(5):
        write(tmp_path, f"okrs/2025-Q1/team-{number}.yml")
    paths, problems = read(tmp_path)
    assert len(paths) == 3
    assert [p.code for p in problems] == ["too-large"]


def test_too_many_bytes_in_all_end_the_reading_with_one_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("okrdocs.source.disk.MAX_BYTES_IN_ALL", 300)
    for number in range(5):
        write(tmp_path, f"okrs/2025-Q1/team-{number}.yml", b"#" * 100)
    paths, problems = read(tmp_path)
    assert len(paths) == 3
    assert [p.code for p in problems] == ["too-large"]


def test_a_name_that_is_not_utf8_is_a_problem_that_can_be_printed(tmp_path: Path) -> None:
    folder = tmp_path / "okrs/2025-Q1"
    folder.mkdir(parents=True)
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.yml")).touch()
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    found = only(tmp_path)
    assert found.code == "file-name"
    found.span.path.encode()


def test_the_digest_differs_when_a_byte_or_a_name_does(tmp_path: Path) -> None:
    file = write(tmp_path, "okrs/2025-Q1/product.yml", b"a: 1\n")
    tree = DiskTree(tmp_path)
    first = tree.digest()
    assert tree.digest() == first == digest_of_files(tree.read()[0])
    file.write_bytes(b"a: 2\n")
    second = tree.digest()
    file.rename(file.with_name("platform.yml"))
    third = tree.digest()
    (tmp_path / "okrs/2025-Q1/odd.csv").touch()
    assert len({first, second, third, tree.digest()}) == 4


def test_the_digest_sees_where_one_file_ends_and_the_next_begins() -> None:
    assert digest_of_files([File("a", b"bc")]) != digest_of_files([File("ab", b"c")])
    assert digest_of_files([File("a", b"x"), File("b", b"")]) != digest_of_files(
        [File("a", b""), File("b", b"x")]
    )
