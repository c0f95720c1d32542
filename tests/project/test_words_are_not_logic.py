"""No code reads a text back that was made for people: it asks for codes and parameters.

The syntax tree of each module is walked for comparisons, look-ups and cuts of such texts, and for
words of status as keys. The patterns that once were in the code stand below as examples.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from okrdocs import words
from okrdocs.diff.change import OkrChange
from okrdocs.grading.pace import PaceCode
from okrdocs.grading.results import State
from okrdocs.grading.status import Standing, StatusCode, status_of
from okrdocs.pages.cycle.status import CyclePhase
from okrdocs.problem import Problem

PACKAGE = Path(words.__file__).parents[1]
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))

NAMES = frozenset({"message", "hint", "sentence"})
"""What variables and parameters with a text for people are called."""
SIDES = frozenset({"words_before", "words_after"})
"""What a reader sees before and after: whether it differs may be asked."""
FIELDS = NAMES | SIDES | {"statement", "what_changed", "word", "in_sentence"}
"""The fields of Problem, Change, Effect and Status that hold one."""
MADE_BY = frozenset({"nearest", "did_you_mean", "sentence", "put_quotes", "or_text"})
"""Functions that make one."""
READS = frozenset(
    {"startswith", "endswith", "removeprefix", "removesuffix", "replace", "partition"}
    | {"rpartition", "split", "rsplit", "splitlines", "find", "rfind", "index", "count"}
)
MATCHES = frozenset({"match", "fullmatch", "search", "findall", "finditer", "sub", "split"})

LABELS = frozenset(
    {*words.STATUS_WORDS.values(), *words.PACE_WORDS.values(), "🟢", "🟡", "🔴", "⚪", "🔵"}
)
KEYED = {
    "words/status.py",  # where the words stand, by their codes
    "grading/status.py",  # where a sign gets its tone
    "format/suggestions.py",  # what people type for a word of the format
    "grading/values_in_words.py",  # what people type for a value
    "workspace/grading_policy.py",  # `behind` is a field of the format, too
}
READERS = {
    "lint/english/",  # reads titles that people wrote
    "lint/rules/wording/",
}


class Reader(ast.NodeVisitor):
    """Collects in which lines of one function a text for people is read."""

    def __init__(self) -> None:
        self.lines: set[int] = set()
        self.texts: set[str] = set(NAMES)

    def is_text(self, node: ast.AST) -> bool:
        """Whether an expression is such a text, or made of one without changing it."""
        match node:
            case ast.Name():
                return node.id in self.texts
            case ast.Attribute():
                is_flag = node.attr == "text" and isinstance(node.value, ast.Name)
                return node.attr in FIELDS or (is_flag and ast.unparse(node.value) == "flag")
            case ast.Call(func=ast.Name(id=name)):
                return name in MADE_BY
            case ast.Call(func=ast.Attribute(value=inner, attr="lower" | "casefold" | "strip")):
                return self.is_text(inner)
            case ast.BoolOp():
                return any(map(self.is_text, node.values))
            case ast.IfExp():
                return self.is_text(node.body) or self.is_text(node.orelse)
            case ast.Subscript():
                return self.is_text(node.value)
        return False

    def visit_Assign(self, node: ast.Assign) -> None:
        """A variable that gets such a text is one from then on."""
        for target in node.targets:
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = list(zip(target.elts, node.value.elts, strict=False))
            self.texts |= {
                name.id
                for name, value in pairs
                if isinstance(name, ast.Name) and self.is_text(value)
            }
        self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        """`"saved" in said`, `stop.hint != …`; whether there is any text may be asked."""
        sides = [node.left, *node.comparators]
        nothing = any(isinstance(side, ast.Constant) and not side.value for side in sides)
        differ = all(isinstance(side, ast.Attribute) and side.attr in SIDES for side in sides)
        looks = isinstance(node.left, ast.Constant) and type(node.left.value) is str
        looks = looks and any(ast.unparse(side) == "said" for side in node.comparators)
        if not (nothing or differ) and (looks or any(map(self.is_text, sides))):
            self.lines.add(node.lineno)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """`sentence.removesuffix(…)`, `_COUNTED.fullmatch(words)`, `table.get(status.word)`."""
        if isinstance(node.func, ast.Attribute):
            name, given = node.func.attr, [*node.args, *(k.value for k in node.keywords)]
            reads = name in READS and self.is_text(node.func.value)
            matches = name in MATCHES | {"get"} and any(map(self.is_text, given))
            if reads or matches:
                self.lines.add(node.lineno)
        self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        """`tones[status.word]`; a first letter may be raised: `text[:1].upper() + text[1:]`."""
        if self.is_text(node.slice):
            self.lines.add(node.lineno)
        if self.is_text(node.value) and ast.unparse(node.slice) not in (":1", "1:"):
            self.lines.add(node.lineno)
        self.generic_visit(node)


def reads_in(tree: ast.AST) -> set[int]:
    """The lines in which code reads a text for people."""
    lines: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            reader = Reader()
            reader.visit(node)
            lines |= reader.lines
    return lines


def labels_in(tree: ast.AST) -> Iterator[int]:
    """The lines in which a word of status is a key or is compared with."""
    for node in ast.walk(tree):
        match node:
            case ast.Dict():
                keys = [key for key in node.keys if key is not None]
            case ast.Set():
                keys = node.elts
            case ast.Compare():
                keys = [node.left, *node.comparators]
                keys += [each for key in keys if isinstance(key, ast.Tuple) for each in key.elts]
            case ast.MatchValue():
                keys = [node.value]
            case _:
                continue
        if any(isinstance(key, ast.Constant) and key.value in LABELS for key in keys):
            yield node.lineno


def parsed(module: str) -> ast.AST:
    return ast.parse((PACKAGE / module).read_text("utf-8"))


@pytest.mark.parametrize("module", MODULES)
def test_no_code_reads_a_text_that_is_for_people(module: str) -> None:
    if not module.startswith(tuple(READERS)):
        assert sorted(reads_in(parsed(module))) == []


@pytest.mark.parametrize("module", MODULES)
def test_no_word_of_status_is_a_key(module: str) -> None:
    if module not in KEYED:
        assert sorted(labels_in(parsed(module))) == []


ONCE_IN_THE_CODE = {
    "a hint compared with a hint built again": """
def mended(lines, stop):
    if stop.code != TRAP or stop.hint != cured_at(line, column):
        return None
""",
    "a code cut out of a message": """
def _without_comment(problem, lines):
    named = re.search(r"`([a-z-]+)`", problem.message)
""",
    "names replaced within a hint": """
def _near(ref, known):
    hint = nearest(ref.key_result or ref.objective, names)
    return next((hint.replace(n, names[n]) for n in names if f"`{n}`" in hint), "")
""",
    "the end of a sentence cut off": """
def _problem(change, subject, seal, given):
    told = change.sentence
    for late in _LATE:
        told = told.removesuffix(late)
""",
    "a mark looked for in a sentence": """
def _told(edit, scene, importance):
    told = sentence(edit, scene)
    return f"{told} – {SEALED}" if late and SEALED not in told else told
""",
    "the end of a sentence asked for": """
def _is_late(self, change):
    return self.amended is not None and change.sentence.endswith(SEALED)
""",
    "a count parsed out of words": """
def _movement(effect, console):
    old, new = effect.words_before or NO_GRADE, effect.words_after or NO_GRADE
    counts = _COUNTED.fullmatch(old)
""",
    "a word looked for in a hint": """
def _hint(fault):
    if "stages" not in fault.hint:
        return fault.hint
""",
    "a word looked for in a message": """
def _encoding(path, line, column, said):
    return SAVE if "saved" in said else DELETE
""",
    "a flag's full stop cut off": """
def check(subject):
    yield f"{flag.text.removesuffix('.')}: 3 of 4"
""",
    "a tone by its word": """
def tone_of(status, *, by_word):
    return _WORD_TONES.get(status.word.lower()) if by_word else None
""",
    "a colour by its word": """
def _items(items, console):
    return [console.styled(str(item.status), _COLORS[item.status.word]) for item in items]
""",
    "an order by words": """
def in_danger(score, scores):
    return [kr for kr in score.key_results() if kr.status.word in _WORST_FIRST]
""",
}


@pytest.mark.parametrize("code", ONCE_IN_THE_CODE.values(), ids=ONCE_IN_THE_CODE)
def test_what_was_there_would_be_found(code: str) -> None:
    assert reads_in(ast.parse(code))


@pytest.mark.parametrize(
    "code",
    [
        '_WORD_TONES = {"achieved": "good", "at risk": "bad"}',
        '_WORST_FIRST = {"Breached": 0, "At risk": 1}',
        'blocked = score.status.word == "Achieved"',
        'red = score.status.sign == "🔴"',
        'waits = status.word in ("Stale", "Not reported")',
    ],
)
def test_a_word_of_status_as_a_key_would_be_found(code: str) -> None:
    assert [*labels_in(ast.parse(code))]


@pytest.mark.parametrize(
    "code",
    [
        "def told(change):\n    return change.sentence[:1].upper() + change.sentence[1:]",
        'def hint(fault):\n    return f"Write {fault.hint}." if fault.hint != "" else ""',
    ],
)
def test_a_text_may_be_printed(code: str) -> None:
    assert not reads_in(ast.parse(code))


# ------------------------------------------------------------------- words by code


def test_every_code_has_its_word_and_no_word_is_left_over() -> None:
    assert set(words.STATUS_WORDS) == {code.value for code in StatusCode} - {StatusCode.BAND.value}
    assert set(words.STANDING_WORDS) == {standing.value for standing in Standing}
    assert set(words.PACE_WORDS) == {pace.value for pace in PaceCode}
    assert set(words.STATE_WORDS) == {state.value for state in State}
    assert set(words.CYCLE_WORDS) == {standing.value for standing in CyclePhase}


def test_another_label_changes_no_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "STATUS_WORDS", {**words.STATUS_WORDS, "At risk": "In danger"})
    status = status_of(StatusCode.AT_RISK)
    assert (status.word, status.lower_case_word) == ("In danger", "in danger")
    assert (status.export_name, status.tone, status.rank) == ("At risk", "bad", (10, 0))


def test_a_problem_and_a_change_carry_parameters_beside_their_text() -> None:
    assert "params" in Problem._fields
    assert {"notes", "after_closing"} <= {*OkrChange._fields}


def test_every_label_is_printed_somewhere() -> None:
    printed = "".join(
        path.read_text("utf-8") for path in PACKAGE.rglob("*") if path.suffix in {".py", ".j2"}
    )
    labels = [name for name in vars(words) if name.isupper()]
    assert len(labels) > 40
    assert [name for name in labels if not re.search(rf"\bwords\.{name}\b", printed)] == []
