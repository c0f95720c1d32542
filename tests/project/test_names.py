"""Names and docstrings of the whole package: one class name for one thing, errors documented."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "generator" / "okrdocs"

PARTICIPLES = re.compile(
    "amended|answered|applied|approved|asked|begun|brought|called|changed|chosen|closed|counted"
    "|covered|drawn|edited|explained|fixed|found|given|grown|held|hidden|inserted|joined|kept|known"
    "|left|listed|lost|made|marked|matched|meant|mended|moved|named|noted|offered|opened|paid|parted"
    "|picked|placed|proved|put|recalled|refused|replaced|reported|said|sealed|seen|sent|shown|shut"
    "|signed|silenced|spelt|split|spread|stopped|styled|taken|told|touched|typed|untold|unquoted"
    "|waited|wanted|widened|written",
    re.IGNORECASE,
)
"""Names that say in what state something is, and not what it is or does; most were in use."""


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text("utf-8"))


def class_names_of_several() -> Mapping[str, int]:
    """Counts the classes of each name that is defined more than once."""
    places = defaultdict(set)
    for path, module in _modules():
        for node in ast.walk(module):
            if isinstance(node, ast.ClassDef):
                places[node.name].add(f"{path}:{node.lineno}")
    return {name: len(where) for name, where in sorted(places.items()) if len(where) > 1}


def _functions(node: ast.AST, prefix: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yields functions and methods with their qualified names, without nested functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{prefix}{child.name}.")
        elif isinstance(child, ast.FunctionDef):
            yield f"{prefix}{child.name}", child


def _raises(node: ast.AST) -> bool:
    """Tells whether a body has a `raise` with an exception; a bare one passes on another's."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            continue
        if isinstance(child, ast.Raise) and child.exc is not None:
            return True
        if _raises(child):
            return True
    return False


def _is_public(name: str) -> bool:
    return not any(part.startswith("_") for part in name.split("."))


def undocumented_errors() -> frozenset[str]:
    """Returns the public functions that raise and don't say so, as `path:qualified name`."""
    return frozenset(
        f"{path}:{name}"
        for path, module in _modules()
        for name, function in _functions(module)
        if _is_public(name)
        and _raises(function)
        and "raises" not in (ast.get_docstring(function) or "").lower()
    )


def bare_participles(modules: Iterable[tuple[str, ast.Module]]) -> frozenset[str]:
    """Returns the public modules, classes, functions and methods that are only a participle."""
    named = [
        (f"{path}:{name}", name.rpartition(".")[2])
        for path, module in modules
        for name in (Path(path).stem, *_classes(module), *(name for name, _ in _functions(module)))
        if _is_public(name)
    ]
    return frozenset(where for where, word in named if PARTICIPLES.fullmatch(word))


def _classes(module: ast.Module) -> Iterator[str]:
    return (node.name for node in module.body if isinstance(node, ast.ClassDef))


def test_no_class_name_stands_for_two_things() -> None:
    assert class_names_of_several() == {}


def test_each_public_function_that_raises_says_so() -> None:
    assert undocumented_errors() == frozenset(), "say `Raises X where ...` in the docstring"


def test_no_public_name_is_a_bare_participle() -> None:
    assert bare_participles(_modules()) == frozenset(), (
        "say what it is or does: `found` -> `find_rules`"
    )


def test_a_bare_participle_is_recognized_wherever_it_stands() -> None:
    source = (
        "class Sealed:\n    def kept(self): ...\ndef told(): ...\ndef _seen(): ...\ndef find(): ..."
    )
    assert bare_participles([("lint/picked.py", ast.parse(source))]) == {
        "lint/picked.py:picked",
        "lint/picked.py:Sealed",
        "lint/picked.py:Sealed.kept",
        "lint/picked.py:told",
    }
