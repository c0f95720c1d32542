"""Reads settings as YAML nodes, and finds and makes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from okrdocs.errors import UsageError
from okrdocs.source.yaml.setting_nodes import (
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    read_setting_nodes,
    serialize_nodes,
)

__all__ = ["MappingNode", "Node", "ScalarNode", "SequenceNode"]

_TAG = "tag:yaml.org,2002:"
_KINDS = ("str", "seq", "map", "bool", "null")
_TEXT, _LIST, _GROUP, _BOOL, _NULL = (f"{_TAG}{kind}" for kind in _KINDS)
_TOO_DEEP = "`{}` nests its lists too deeply to be read."
_NO_GROUP = "isn't a list of settings such as `site_name: Acme OKRs`"


def read_settings(text: str, name: str) -> MappingNode:
    """Return the settings of a file of this `name`, without those that have no value.

    Raises UsageError, with the line, for what isn't YAML or holds no settings.
    """
    try:
        node, problem = read_setting_nodes(text, name)
    except RecursionError as fault:
        raise UsageError(_TOO_DEEP.format(name)) from fault
    if problem is not None:
        place = f"{name}:{problem.span.line}:{problem.span.column}"
        raise UsageError(f"{place}: {problem.message} {problem.hint}")
    if node is None:
        return group([])
    if not isinstance(node, MappingNode):
        raise UsageError(f"`{name}` {_NO_GROUP}.")
    for key, _ in node.value:
        if not isinstance(key, ScalarNode):
            raise setting_error(name, key, "the name of a setting was expected here")
    return group([(key, value) for key, value in node.value if not is_empty(value)])


def settings_text(settings: MappingNode, name: str) -> str:
    """Return settings as YAML; `name` is the file from which they came. Raises UsageError."""
    try:
        return serialize_nodes(settings)
    except RecursionError as fault:
        raise UsageError(_TOO_DEEP.format(name)) from fault


def setting_error(name: str, node: Node, why: str) -> UsageError:
    """Return the error for a setting in a file of this `name`."""
    return UsageError(f"{name}:{node.start_mark.line + 1}: {why}.")


def is_empty(node: Node) -> bool:
    """Return whether a setting is named and has no value."""
    return isinstance(node, ScalarNode) and node.tag == _NULL


def setting(node: Node | None, name: str) -> Node | None:
    """Return what a group of settings holds under a name; None where it holds nothing."""
    found = None
    for key, value in node.value if isinstance(node, MappingNode) else ():
        found = value if key.value == name else found
    return found


def set_setting(node: MappingNode, name: str, value: Node) -> None:
    """Put a value into a group of settings, in the place of the one before it."""
    node.value = [pair for pair in node.value if pair[0].value != name]
    node.value.append((text_node(name), value))


def text_of(node: Node | None) -> str:
    """Return a text; "" for anything else."""
    return node.value if isinstance(node, ScalarNode) else ""


def entries(node: Node | None) -> list[Node]:
    """Return the entries of a list; none of anything else."""
    return list(node.value) if isinstance(node, SequenceNode) else []


def scalars(node: Node) -> Iterator[ScalarNode]:
    """Yield all texts in a node, each node once, though it be named in many places."""
    waiting, met = [node], set[int]()
    while waiting:
        each = waiting.pop()
        if id(each) in met:
            continue
        met.add(id(each))
        if isinstance(each, ScalarNode):
            yield each
        elif isinstance(each, MappingNode):
            waiting.extend(part for pair in each.value for part in reversed(pair))
        else:
            waiting.extend(reversed(each.value))


def has_own_tag(node: Node) -> bool:
    """Return whether a node names a program's own type, such as `!ENV`."""
    return not node.tag.startswith(_TAG) or node.tag.startswith(f"{_TAG}python/")


def text_node(text: str, style: str | None = None) -> ScalarNode:
    """Return a text as a node."""
    return ScalarNode(_TEXT, text, style=style)


def true_node() -> ScalarNode:
    """Return `true` as a node."""
    return ScalarNode(_BOOL, "true")


def list_node(nodes: Iterable[Node]) -> SequenceNode:
    """Return a list as a node."""
    return SequenceNode(_LIST, list(nodes))


def group(pairs: Iterable[tuple[Node, Node]]) -> MappingNode:
    """Return a group of settings as a node."""
    return MappingNode(_GROUP, list(pairs))
