"""Leaves out of a stranger's settings what could run code, or say something as the site itself.

What stays are names, a language, colours and the folder of the Markdown: plain texts that a theme
writes into its pages as they are. Everything else is left out and named.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.site.settings.nodes import (
    MappingNode,
    Node,
    group,
    has_own_tag,
    scalars,
    setting,
    text_of,
)

_PLAIN = frozenset(
    {"docs_dir", "site_author", "site_description", "site_name", "use_directory_urls"}
)
_GROUPS = {
    "extra": frozenset({"edit_base"}),
    "theme": frozenset({"features", "icon", "language", "logo", "name", "palette"}),
}
_MARKUP = frozenset("<>&\"'`{}\\")


def safe_settings(own: MappingNode) -> tuple[MappingNode, tuple[str, ...]]:
    """Return the settings that can do no harm, and the names of those that are left out."""
    kept: list[tuple[Node, Node]] = []
    left_out: list[str] = []
    for key, value in own.value:
        name = text_of(key)
        if isinstance(value, MappingNode) and name in _GROUPS:
            inner = dict(_safe_pairs(value, _GROUPS[name]))
            left_out += [f"{name}.{text_of(each)}" for each, _ in value.value if each not in inner]
            kept.append((key, group(inner.items())))
        elif name in _PLAIN and _is_plain(value):
            kept.append((key, value))
        elif name != "theme" or not _is_plain(value):
            left_out.append(name)
    return group(kept), tuple(left_out)


def _safe_pairs(node: MappingNode, names: frozenset[str]) -> Iterator[tuple[Node, Node]]:
    return ((key, value) for key, value in node.value if text_of(key) in names and _is_plain(value))


def _is_plain(value: Node) -> bool:
    """Return whether a value can't be markup, a template or a program's own type anywhere."""
    return setting(value, "<<") is None and all(
        not has_own_tag(node) and not _MARKUP & set(node.value) for node in scalars(value)
    )
