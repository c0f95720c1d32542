"""Whatever happens to a YAML file, the answer is a message with a place, never a traceback.

Damages with fixed seeds to this repository's own files: to their bytes, lines and values.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from okrdocs.cli import main
from okrdocs.format.loader import ORGANIZATION_FILE, read_file
from okrdocs.format.records import CycleDocument, Organization, TeamDocument
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.problem import Problem, Severity
from okrdocs.source.disk import DiskTree, File
from okrdocs.source.yaml.reader import Mapping, Node, Sequence, parse

ROOT = Path(__file__).resolve().parents[2]
FILES, _ = DiskTree(ROOT).read()
TEXTS = {file.path: file.data.decode() for file in FILES}
DAY = date(2025, 2, 1)

Damage = Callable[[random.Random, str], str]

VALUES = (
    "", "~", "[]", "{}", "[a, b]", "{a: b}", "0", "-1", "1e9", "99999999999999999999", "no",
    "2025-02-30", "0000-00-00", "9999-12-31", "0001-01-01", "12:30", "1_000", "012", "1,5", "+8%",
    "< 5", ">95%", "|", ">", "''", '""', '" "', "🎯", "ü", "a" * 12_000, "x " * 400, "NaN", ".inf",
    "*alias", "&anchor x", "!tag x", "<<", "%", "@", "`", "#", "a#b/c", "a/b#c:d", "a: b: c", "- -",
    "\u202e", "\x07", "\u2028", "''''", "{{ x }}", "[[[[[[[[[[", "100%", "5…1", "X", "n/a",
)  # fmt: skip
"""What may stand after a colon instead of the right value."""


def delete_line(chance: random.Random, text: str) -> str:
    lines = text.split("\n")
    del lines[chance.randrange(len(lines))]
    return "\n".join(lines)


def delete_lines(chance: random.Random, text: str) -> str:
    lines = text.split("\n")
    first = chance.randrange(len(lines))
    del lines[first : first + chance.randrange(2, 30)]
    return "\n".join(lines)


def repeat_line(chance: random.Random, text: str) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    lines.insert(chance.choice([at, chance.randrange(len(lines))]), lines[at])
    return "\n".join(lines)


def swap_lines(chance: random.Random, text: str) -> str:
    lines = text.split("\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def indent_line(chance: random.Random, text: str) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    bare = lines[at].lstrip()
    gap = chance.choice([" " * chance.randrange(12), "\t", " \t"])
    lines[at] = gap + bare
    return "\n".join(lines)


def replace_value(chance: random.Random, text: str) -> str:
    lines = text.split("\n")
    held = [n for n, line in enumerate(lines) if re.match(r"[ -]*[a-z_]+:", line)]
    at = chance.choice(held)
    key = re.match(r"[ -]*[a-z_]+:", lines[at])
    assert key is not None
    lines[at] = f"{key[0]} {chance.choice(VALUES)}"
    return "\n".join(lines)


def replace_inner_value(chance: random.Random, text: str) -> str:
    held = list(re.finditer(r"(?<=[{ ][a-z]{2}: )[^,}\n]+|(?<=[a-z]{3}: )[^,}\n]+", text))
    found = chance.choice(held)
    return text[: found.start()] + chance.choice(VALUES) + text[found.end() :]


def rename_key(chance: random.Random, text: str) -> str:
    found = chance.choice(list(re.finditer(r"\b[a-z_]+(?=:)", text)))
    name = found[0]
    other = chance.choice([name[:-1], name + "s", name.upper(), name[::-1], "title", "Key Results"])
    return text[: found.start()] + other + text[found.end() :]


def cut(chance: random.Random, text: str) -> str:
    return text[: chance.randrange(len(text))]


def insert_sign(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text))
    return text[:at] + chance.choice("\"'[]{}:,-#&*!|>%@`?\t\n\r\x00\x85\ufeff🎯") + text[at:]


def delete_sign(chance: random.Random, text: str) -> str:
    at = chance.choice(list(re.finditer(r"[\"'\[\]{}:,\n -]", text))).start()
    return text[:at] + text[at + 1 :]


def move_block(chance: random.Random, text: str) -> str:
    """A stretch of lines stands two columns elsewhere, as after a careless paste."""
    lines = text.split("\n")
    first = chance.randrange(len(lines))
    for at in range(first, min(len(lines), first + chance.randrange(1, 9))):
        lines[at] = "  " + lines[at] if chance.random() < 0.5 else lines[at].removeprefix("  ")
    return "\n".join(lines)


DAMAGES: tuple[Damage, ...] = (
    delete_line, delete_lines, repeat_line, swap_lines, indent_line, replace_value,
    replace_inner_value, rename_key, cut, insert_sign, delete_sign, move_block,
)  # fmt: skip


def damaged_bytes(chance: random.Random, data: bytes) -> bytes:
    held = bytearray(data)
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(held))
        held[at : at + chance.randrange(2)] = chance.randbytes(chance.randrange(1, 4))
    return bytes(held)


class OneFile:
    """A tree of `okr.yml` and a file beside it."""

    def __init__(self, *files: File) -> None:
        self.files = files

    def read(self) -> tuple[tuple[File, ...], tuple[Problem, ...]]:
        return self.files, ()


SAYS_MORE = re.compile(
    "Expected|between|one of|calendar|at most|from .* to |or more|can't be|needs"
)
PLACELESS = ("missing-file", "bad-cycle")
"""Codes of files that aren't there: their place is where they would be."""


def assert_well_told(problems: tuple[Problem, ...], *files: File) -> None:
    """Each problem stands at a place of its file, says what is wrong and what to do."""
    lines = {file.path: file.data.count(b"\n") + 1 for file in files}
    folders = {file.path.rsplit("/", 1)[0] for file in files}
    for found in problems:
        span, message, hint = found.span, found.message, found.hint
        known = span.path in lines or span.path in folders or found.code in PLACELESS
        assert known, found
        assert 1 <= span.line <= lines.get(span.path, 1) + 1, found
        assert span.column >= 1, found
        assert (span.end_line, span.end_column) >= (span.line, span.column), found
        assert message.strip(), found
        assert "None" not in message + hint, found
        if found.severity is Severity.ERROR:
            assert hint or SAYS_MORE.search(message), found


def kind_of(path: str) -> type[Organization] | type[CycleDocument] | type[TeamDocument]:
    name = path.rsplit("/", 1)[1]
    return {ORGANIZATION_FILE: Organization, "cycle.yml": CycleDocument}.get(name, TeamDocument)


def names_in(node: Node | None) -> tuple[int, int]:
    """How many objectives and key results a team's file writes down."""
    objectives = entries(node, "objectives")
    return len(objectives), sum(len(entries(each, "key_results")) for each in objectives)


def entries(node: Node | None, key: str) -> list[Node]:
    held = {k.text: v for k, v in node.entries} if isinstance(node, Mapping) else {}
    value = held.get(key)
    return value.items if isinstance(value, Sequence) else []


def harmed(seed: int, damage: Damage) -> File:
    chance = random.Random(f"{damage.__name__} {seed}")
    path = chance.choice(sorted(TEXTS))
    return File(path, damage(chance, TEXTS[path]).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_read_whole_or_told_at_its_place(damage: Damage) -> None:
    for seed in range(150):
        file = harmed(seed, damage)
        problems: list[Problem] = []
        read = read_file(kind_of(file.path), file, problems)
        assert read is not None or problems, file.data[:200]
        assert_well_told(tuple(problems), file)
        if isinstance(read, TeamDocument) and not problems:
            assert_nothing_left_out(read, file)


def assert_nothing_left_out(read: TeamDocument, file: File) -> None:
    """What was written and not complained about is all there."""
    node, _ = parse(file.data.decode("utf-8-sig"), file.path)
    key_results = sum(len(objective.key_results) for objective in read.objectives)
    assert (len(read.objectives), key_results) == names_in(node)


def test_random_bytes_are_read_or_told_at_their_place() -> None:
    for seed in range(400):
        chance = random.Random(seed)
        original = chance.choice(FILES)
        data = damaged_bytes(chance, original.data) if seed % 3 else chance.randbytes(seed)
        file = File(original.path, data)
        problems: list[Problem] = []
        read = read_file(kind_of(file.path), file, problems)
        assert read is not None or problems
        assert_well_told(tuple(problems), file)


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_whole_pipeline_takes_any_damage(damage: Damage) -> None:
    okr = next(file for file in FILES if file.path.endswith(ORGANIZATION_FILE))
    for seed in range(250, 265):
        file = harmed(seed, damage)
        files = (file,) if file.path == okr.path else (okr, file)
        found = evaluate(OneFile(*files), as_of=DAY, today=DAY)
        assert_well_told(found.problems, *files)
        errors = [p for p in found.problems if p.severity is Severity.ERROR]
        assert bool(errors) == (found.scores is None)


@pytest.mark.parametrize("damage", [*DAMAGES, None])
def test_check_ends_with_1_where_something_is_wrong_and_with_0_where_not(
    damage: Damage | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "okrs", tmp_path / "okrs")
    chance = random.Random(f"{getattr(damage, '__name__', None)}")
    original = chance.choice(FILES)
    target = tmp_path / original.path
    if damage is None:
        target.write_bytes(damaged_bytes(chance, original.data))
    else:
        target.write_text(damage(chance, TEXTS[original.path]), "utf-8", "surrogatepass")
    code = main(["check", "--root", str(tmp_path)])
    said = capsys.readouterr()
    assert code == (1 if "error[" in said.out else 0)
    assert said.err == ""


@pytest.mark.demonstration
def test_what_a_person_typed_wrongly_is_all_told_in_one_run(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "okrs", tmp_path / "okrs")
    for name in ("company", "product", "engineering"):
        path = tmp_path / "okrs" / "2025-Q1" / f"{name}.yml"
        path.write_text(path.read_text("utf-8").replace("    title:", "    titel:", 1), "utf-8")
    found = evaluate(DiskTree(tmp_path), as_of=DAY, today=DAY)
    wrong = [problem for problem in found.problems if problem.code == "unknown-key"]
    assert [p.span.path.rsplit("/", 1)[1] for p in wrong] == [
        "company.yml", "engineering.yml", "product.yml",
    ]  # fmt: skip
    assert all(problem.hint == "Did you mean `title`?" for problem in wrong)
