"""Editing YAML in any style: only what was meant changes, or the reason is given."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from okrdocs.errors import EditRefusedError
from okrdocs.source.yaml import edit
from okrdocs.source.yaml.edit import Edit, Path
from okrdocs.source.yaml.nodes import Mapping, Node, Scalar, Sequence, is_null
from okrdocs.source.yaml.reader import parse
from yaml_styles import TEXTS, ruamel_tree, yaml_texts

MANY = settings(max_examples=100)

VALUES = st.one_of(
    st.sampled_from(TEXTS),
    st.just({"date": "2025-02-03", "value": "45%", "note": "a: b, c"}),
    st.just({"reason": "two\nlines", "on": ["a", "b c"]}),
    st.just([["x", "y"], {"k": []}, {}]),
    st.just({"id": "x", "key_results": [{"id": "y", "check_ins": [{"value": "1"}]}]}),
)


def root_of(text: str) -> Node:
    """The nodes of a text; texts with a fault are drawn anew."""
    body = text.removeprefix("\ufeff")
    root, problems = parse(body if body.endswith("\n") else f"{body}\n", "")
    assume(root is not None and not problems)
    assert root is not None
    return root


def paths_of(node: Node, path: Path = ()) -> list[tuple[Path, Node]]:
    found = [(path, node)]
    if isinstance(node, Mapping):
        for key, value in node.entries:
            found += paths_of(value, (*path, key.text))
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            found += paths_of(item, (*path, index))
    return found


def at(tree: Any, path: Path) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def put(tree: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    at(tree, path[:-1])[path[-1]] = value
    return tree


def written(value: Any) -> Any:
    """A new value as `plain` shows it: whether it has quotes is free."""
    if isinstance(value, dict):
        return {key: written(inner) for key, inner in value.items()}
    return list(map(written, value)) if isinstance(value, list) else ("text", value)


def same(meant: Any, real: Any) -> bool:
    if isinstance(meant, tuple):
        return isinstance(real, tuple) and meant[:2] == real[:2] and meant[2:] in ((), real[2:])
    if isinstance(meant, dict):
        return (
            isinstance(real, dict)
            and list(meant) == list(real)
            and all(same(meant[key], real[key]) for key in meant)
        )
    return isinstance(real, list) and len(meant) == len(real) and all(map(same, meant, real))


def typed_with_its_lines(text: str, path: Path) -> str:
    """What stands from the line of a node's key or dash to the end of its last line."""
    place = edit.locate(text, path)
    node = next(node for way, node in paths_of(root_of(text)) if way == path[:-1])
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    first = place.extent[0] - 1
    if isinstance(node, Mapping):
        first = next(key.extent[0] - 1 for key, _ in node.entries if key.text == path[-1])
    assert not isinstance(node, Scalar)
    dash = re.compile(f" {{0,{place.extent[1] - 2}}}-")
    while not (isinstance(node, Mapping) or node.flow or dash.match(lines[first])):
        first -= 1
    end = text.find("\n", place.end)
    return text[len("".join(lines[:first])) : end if end >= 0 else len(text)]


def comments(text: str) -> list[str]:
    return re.findall(r"#c\d+", text)


def check(text: str, made: Edit, meant: Any) -> None:
    """What holds for each edit."""
    assert edit.undo(made.text, made) == text
    start = made.start
    assert text[:start] + made.new + text[start + len(made.old) :] == made.text
    assert same(meant, ruamel_tree(made.text)), (text, made.text)
    if "\r\n" in text:
        assert "\n" not in made.text.replace("\r\n", "")
    else:
        assert "\r" not in made.text


@MANY
@given(yaml_texts(), st.data())
def test_a_scalar_is_set_and_nothing_else_changes(text: str, data: st.DataObject) -> None:
    paths = [path for path, node in paths_of(root_of(text)) if isinstance(node, Scalar)]
    assume(paths)
    path = data.draw(st.sampled_from(paths))
    value = data.draw(st.sampled_from(TEXTS))
    tree = put(ruamel_tree(text), path, written(value))
    made = edit.set_scalar(text, path, value)
    check(text, made, tree)
    assert comments(made.text) == comments(text)


@MANY
@given(yaml_texts(), st.data(), VALUES)
def test_a_key_is_inserted_and_removing_it_gives_the_old_bytes(
    text: str, data: st.DataObject, value: Any
) -> None:
    paths = [
        (path, node)
        for path, node in paths_of(root_of(text))
        if isinstance(node, Mapping) or is_null(node)
    ]
    path, node = data.draw(st.sampled_from(paths))
    names = [key.text for key, _ in node.entries] if isinstance(node, Mapping) else []
    after = data.draw(st.sampled_from([(), *((name,) for name in names)]))
    tree = ruamel_tree(text)
    new = {}
    for name in names:
        new[name] = at(tree, path)[name]
        if (name,) == after:
            new["new"] = written(value)
    new.setdefault("new", written(value))
    made = edit.insert_key(text, path, "new", value, after)
    check(text, made, put(tree, path, new))
    assert comments(made.text) == comments(text)
    if isinstance(node, Mapping):
        assert edit.remove(made.text, (*path, "new")).text == text


@MANY
@given(yaml_texts(), st.data(), VALUES)
def test_an_item_is_appended_and_removing_it_gives_the_old_bytes(
    text: str, data: st.DataObject, value: Any
) -> None:
    found = paths_of(root_of(text))
    lists = [(path, node) for path, node in found if isinstance(node, Sequence) or is_null(node)]
    lists += [((*path, "new"), node) for path, node in found if isinstance(node, Mapping)]
    path, node = data.draw(st.sampled_from(lists))
    tree = ruamel_tree(text)
    if isinstance(node, Sequence):
        at(tree, path).append(written(value))
    else:
        tree = put(tree, path, [written(value)])
    made = edit.append_item(text, path, value)
    check(text, made, tree)
    assert comments(made.text) == comments(text)
    if isinstance(node, Sequence):
        assert edit.remove(made.text, (*path, -1)).text == text
    elif isinstance(node, Mapping):
        assert edit.remove(made.text, path).text == text


@MANY
@given(yaml_texts(), st.data())
def test_what_is_removed_goes_alone_or_the_reason_is_given(text: str, data: st.DataObject) -> None:
    paths = [path for path, _ in paths_of(root_of(text)) if path]
    path = data.draw(st.sampled_from(paths))
    tree = ruamel_tree(text)
    del at(tree, path[:-1])[path[-1]]
    try:
        made = edit.remove(text, path)
    except EditRefusedError as refused:
        event(f"refused: {refused.reason}")
        assume(False)
    check(text, made, tree)
    inside = typed_with_its_lines(text, path)
    lost = set(comments(text)) - set(comments(made.text))
    assert lost <= set(comments(inside))
    assert comments(made.text) == [each for each in comments(text) if each not in lost]
