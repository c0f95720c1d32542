"""Lays a company's settings over those of the package, setting by setting.

The company's values stand; of lists that both need, such as plugins and Markdown extensions, all
entries stay, ours first. Takes what `contradictions` has let pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from okrdocs.site.settings.nodes import (
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    entries,
    group,
    is_empty,
    list_node,
    scalars,
    setting,
    text_node,
    text_of,
)

PAGES = "okrs"
"""The folder of the pages in that of the Markdown."""
PLUGIN = "okrdocs"
"""What `site.mkdocs_plugin` is called: `okr build` does itself what it does."""
_NAMED = {"plugins": "material/", "markdown_extensions": "markdown.extensions."}
"""Lists whose entries have a name and perhaps options, with what may stand before a name."""
_DRAWS = "pymdownx.superfences"
_FENCES = "custom_fences"
_DRAWS_OURS = "tag:yaml.org,2002:python/name:okrdocs.drawing.flowchart.fence_html"
_DRAWS_ALL = f"{_DRAWS_OURS}_or_mermaid"


def merge_settings(ours: MappingNode, own: MappingNode) -> MappingNode:
    """Return all settings; neither argument is changed."""
    pairs = {key.value: (key, value) for key, value in ours.value}
    for key, value in own.value:
        before = pairs[key.value][1] if key.value in pairs else None
        pairs[key.value] = (key, _merge_setting(key.value, before, value))
    return group(pairs.values())


def _merge_setting(name: str, ours: Node | None, own: Node) -> Node:
    if ours is None:
        return own
    if name in _NAMED:
        return _merge_named(_named(name, ours), _named(name, own))
    if name == "nav":
        return _merge_nav(ours, own)
    if name == "not_in_nav":
        return text_node(f"{ours.value}{own.value}", style="|")
    if name == "theme" and isinstance(own, ScalarNode):
        return ours
    return _merge_values(name, ours, own)


def _merge_values(name: str, ours: Node | None, own: Node) -> Node:
    if name == "features" and ours is not None:
        features = {node.value: node for node in (*entries(ours), *entries(own))}
        return list_node(features.values())
    if isinstance(ours, MappingNode) and isinstance(own, MappingNode):
        return _merge_groups(ours, own)
    return own


def _merge_groups(ours: MappingNode, own: MappingNode) -> MappingNode:
    pairs = {text_of(key): (key, value) for key, value in ours.value}
    for key, value in own.value:
        before = pairs[text_of(key)][1] if text_of(key) in pairs else None
        pairs[text_of(key)] = (key, _merge_values(text_of(key), before, value))
    return group(pairs.values())


# ------------------------------------------------------------------- plugins and extensions


def _named(setting_name: str, node: Node) -> Iterator[tuple[str, Node | None]]:
    """Yield name and options of each plugin or extension; both may be a group or a list."""
    pairs = list(node.value) if isinstance(node, MappingNode) else []
    for entry in entries(node):
        pairs += entry.value if isinstance(entry, MappingNode) else [(entry, None)]
    for key, value in pairs:
        if text_of(key) != PLUGIN:
            yield text_of(key).removeprefix(_NAMED[setting_name]), value


def _merge_named(
    ours: Iterable[tuple[str, Node | None]], own: Iterable[tuple[str, Node | None]]
) -> SequenceNode:
    """Return all entries, each once: ours with the company's options over them, then theirs."""
    merged = dict(ours)
    for name, options in own:
        merged[name] = _merge_options(merged.get(name), options)
    if _DRAWS in merged:  # others that read fences, such as `extra`, replace what stands before
        merged[_DRAWS] = merged.pop(_DRAWS)
    return list_node(_entry(name, options) for name, options in merged.items())


def _entry(name: str, options: Node | None) -> Node:
    return text_node(name) if options is None else group([(text_node(name), options)])


def _merge_options(ours: Node | None, own: Node | None) -> Node | None:
    """Return the options of one plugin or extension."""
    if own is None or is_empty(own):
        return ours
    if not isinstance(ours, MappingNode) or not isinstance(own, MappingNode):
        return own
    merged = _merge_groups(ours, own)
    fences = setting(ours, _FENCES), setting(own, _FENCES)
    if None in fences:
        return merged
    joined = list_node(_joined_fences(*map(entries, fences)))
    return _merge_groups(merged, group([(text_node(_FENCES), joined)]))


def _joined_fences(ours: list[Node], own: list[Node]) -> Iterator[Node]:
    """Yield the fences of both. What we draw stays ours, whatever a company calls so.

    A company's own flowcharts, which aren't those of our pages, reach the browser as they did.
    """
    theirs = {text_of(setting(fence, "name")): fence for fence in own}
    for fence in ours:
        taken = theirs.pop(text_of(setting(fence, "name")), None)
        yield fence if taken is None else _with_their_flowcharts(fence)
    yield from theirs.values()


def _with_their_flowcharts(fence: Node) -> Node:
    pairs = [
        (key, ScalarNode(_DRAWS_ALL, "") if value.tag == _DRAWS_OURS else value)
        for key, value in fence.value
    ]
    return group(pairs)


# ------------------------------------------------------------------- the menu


def _merge_nav(ours: Node, own: Node) -> Node:
    """Return the company's menu, with ours as a part of it where it leads to none of our pages."""
    if any(node.value.startswith(f"{PAGES}/") for node in scalars(own)):
        return own
    return list_node([*entries(own), group([(text_node("OKRs"), ours)])])
