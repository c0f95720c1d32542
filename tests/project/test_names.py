"""Names and docstrings of the whole package: one class name for one thing, errors documented."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "generator" / "okrdocs"

# Still to be renamed. A name leaves this list when all but one of its classes are renamed.
STILL_TO_BE_RENAMED: Mapping[str, int] = {
    "Change": 2,
    "Comparison": 2,
    "Edge": 2,
    "Edit": 2,
    "Entry": 4,
    "Fold": 2,
    "Frame": 3,
    "Held": 2,
    "Item": 2,
    "Kind": 2,
    "Mark": 2,
    "Node": 2,
    "ObjectiveRow": 2,
    "Options": 2,
    "Page": 2,
    "Part": 2,
    "Place": 4,
    "Point": 2,
    "Review": 2,
    "Row": 3,
    "Section": 2,
    "Seen": 2,
    "Side": 2,
    "Step": 2,
    "_Cascade": 2,
}
"""Class names that stand for several things today, and how many."""

# Still to be documented. A function leaves this list when its docstring says what it raises.
STILL_TO_BE_DOCUMENTED: frozenset[str] = frozenset(
    {
        "commands/check.py:debts_at",
        "commands/diff.py:run",
        "commands/digest.py:run",
        "site/mkdocs.py:build_site",
        "site/mkdocs.py:serve_site",
        "source/disk.py:DiskTree.read",
        "source/git/repository.py:Repository.head",
    }
)
"""Public functions that raise and whose docstring doesn't say so: `path:qualified name`."""


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


def test_no_class_name_stands_for_two_things() -> None:
    found = class_names_of_several()
    assert found == dict(STILL_TO_BE_RENAMED), "rename the new one; shorten the list for the rest"


def test_each_public_function_that_raises_says_so() -> None:
    assert undocumented_errors() == STILL_TO_BE_DOCUMENTED, (
        "say `Raises X where ...` in the docstring; shorten the list for what says so now"
    )
