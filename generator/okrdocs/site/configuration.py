"""Lays a company's `mkdocs.yml` over the configuration of the package.

Both are merged as YAML nodes, whose tags nobody resolves, so that `!!python/name:` and `!ENV` reach
the builder as they were written. What the pages can't do without is added; what contradicts them is
an error at its line, before anything is built. The result is one file in the root, which MkDocs,
ProperDocs and Zensical read alike (Zensical takes no folders from outside the one of its file).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path

from okrdocs.atomic_file import write_file
from okrdocs.errors import UsageError
from okrdocs.site.assets import asset_texts
from okrdocs.source.yaml.parsers import (
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    YAMLError,
    compose_nodes,
    serialize_nodes,
)

OWN_NAMES = ("mkdocs.yml", "mkdocs.yaml")
"""What a company's configuration is called."""
MERGED = ".okrdocs-site.yml"
"""The file that a builder reads: git ignores it, the next build writes it anew."""
PAGES = "okrs"
"""The folder of the pages in `docs_dir`."""
_TEXT, _SEQUENCE, _MAPPING = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))
_BOOL = "tag:yaml.org,2002:bool"
_HEADER = (
    "# Written by `okr build` from mkdocs.yml and what okrdocs brings: change mkdocs.yml instead.\n"
)
_NAMED = frozenset({"plugins", "markdown_extensions"})
"""Lists whose items have a name and perhaps options."""


def own_configuration(root: Path) -> Path | None:
    """Return the file in which a company configures its site; None where it has none."""
    return next((root / name for name in OWN_NAMES if (root / name).is_file()), None)


def write_configuration(root: Path, organization: str) -> Path:
    """Write the merged configuration into the root and return its path.

    `organization` names the site where the company's own file doesn't. Raises UsageError for what
    can't be read or contradicts what the pages need.
    """
    own = own_configuration(root)
    text = _read_text(own) if own else ""
    merged = merged_configuration(text, own.name if own else OWN_NAMES[0], organization)
    path = root / MERGED
    write_file(path, merged.encode())
    return path


def _read_text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(f"`{path.name}` can't be read: {fault}.") from fault


def merged_configuration(text: str, name: str, organization: str) -> str:
    """Return the configuration as text; `text` is the company's own file of this `name`.

    Raises UsageError, with the line, for what isn't YAML and for what contradicts the pages.
    """
    base = _compose(
        resources.files("okrdocs.site").joinpath("default_config.yml").read_text("utf-8"), ""
    )
    own = _compose(text, name)
    assert base is not None
    if own is not None:
        _refuse_contradictions(own, name)
    merged = _merge_top(base, own) if own is not None else base
    if _value(merged, "site_name") is None:
        merged.value.append((_scalar("site_name"), _scalar(f"{organization} OKRs")))
    _add_assets(merged)
    return _HEADER + serialize_nodes(merged)


def _compose(text: str, name: str) -> MappingNode | None:
    try:
        node = compose_nodes(text)
    except YAMLError as fault:
        raise UsageError(f"`{name}` can't be read: {fault}") from fault
    if node is None:
        return None
    if not isinstance(node, MappingNode):
        raise UsageError(f"`{name}` isn't a list of settings such as `site_name: Acme OKRs`.")
    return node


# ------------------------------------------------------------------- what contradicts the pages


def _refuse_contradictions(own: MappingNode, name: str) -> None:
    """Raise UsageError at the first setting with which the pages wouldn't work."""
    theme = _value(own, "theme")
    for node, why in (
        (_value(own, "INHERIT"), _NO_INHERIT),
        (_not_false(_value(own, "use_directory_urls")), _NEEDS_FILES),
        (_other_theme(theme), "the pages are made for the theme `material`"),
    ):
        if node is not None:
            raise UsageError(f"{name}:{node.start_mark.line + 1}: {why}.")


_NO_INHERIT = "okrdocs can't follow `INHERIT`: copy those settings into this file"
_NEEDS_FILES = "the pages need `use_directory_urls: false`: links in their pictures lead to files"


def _not_false(node: Node | None) -> Node | None:
    wrong = isinstance(node, ScalarNode) and node.value.lower() not in {"false", "no", "off"}
    return node if wrong else None


def _other_theme(theme: Node | None) -> Node | None:
    name = _value(theme, "name") if isinstance(theme, MappingNode) else theme
    return name if isinstance(name, ScalarNode) and name.value != "material" else None


# ------------------------------------------------------------------- merging


def _merge_top(base: MappingNode, own: MappingNode) -> MappingNode:
    """Return a mapping of all settings: the company's stand, lists that both need are joined."""
    pairs = {key.value: (key, value) for key, value in base.value}
    for key, value in own.value:
        ours = pairs[key.value][1] if key.value in pairs else None
        pairs[key.value] = (key, _merge_setting(key.value, ours, value))
    return MappingNode(_MAPPING, list(pairs.values()))


def _merge_setting(name: str, ours: Node | None, own: Node) -> Node:
    if ours is None:
        return own
    if name in _NAMED:
        return _merge_named(_items(ours), _items(own))
    if name == "nav":
        return _merge_nav(ours, own)
    if name == "not_in_nav":
        return _scalar(f"{ours.value}{own.value}", style="|")
    if name == "theme" and isinstance(own, ScalarNode):
        return ours
    if isinstance(ours, MappingNode) and isinstance(own, MappingNode):
        return _merge_mappings(ours, own)
    return own


def _merge_mappings(ours: MappingNode, own: MappingNode) -> MappingNode:
    """Return both mappings as one; the company's values stand, `features` are those of both."""
    pairs = {key.value: (key, value) for key, value in ours.value}
    for key, value in own.value:
        before = pairs[key.value][1] if key.value in pairs else None
        pairs[key.value] = (key, _merge_values(key.value, before, value))
    return MappingNode(_MAPPING, list(pairs.values()))


def _merge_values(name: str, ours: Node | None, own: Node) -> Node:
    if name == "features" and ours is not None:
        return SequenceNode(_SEQUENCE, _without_repeats([*ours.value, *own.value]))
    if isinstance(ours, MappingNode) and isinstance(own, MappingNode):
        return _merge_mappings(ours, own)
    return own


def _without_repeats(nodes: Iterable[Node]) -> list[Node]:
    return list({node.value: node for node in nodes}.values())


def _items(node: Node) -> Iterator[tuple[str, Node | None]]:
    """Yield name and options of each plugin or extension; both may be a mapping or a list."""
    pairs = node.value if isinstance(node, MappingNode) else []
    for item in node.value if isinstance(node, SequenceNode) else ():
        pairs = [*pairs, *(item.value if isinstance(item, MappingNode) else [(item, None)])]
    for key, value in pairs:
        yield key.value, value


def _merge_named(
    ours: Iterable[tuple[str, Node | None]], own: Iterable[tuple[str, Node | None]]
) -> SequenceNode:
    """Return all items, each once: ours with the company's options laid over them, then theirs."""
    items = dict(ours)
    for name, options in own:
        items[name] = _merge_options(items.get(name), options)
    return SequenceNode(_SEQUENCE, [_item(name, options) for name, options in items.items()])


def _merge_options(ours: Node | None, own: Node | None) -> Node | None:
    """Return the options of one plugin or extension."""
    if own is None or _is_empty(own):
        return ours
    if not isinstance(ours, MappingNode) or not isinstance(own, MappingNode):
        return own
    fences = _joined_fences(ours, own)
    merged = _merge_mappings(ours, own)
    return merged if fences is None else _merge_mappings(merged, fences)


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.value in {"", "~", "null"}


def _item(name: str, options: Node | None) -> Node:
    if options is None:
        return _scalar(name)
    return MappingNode(_MAPPING, [(_scalar(name), options)])


def _joined_fences(ours: MappingNode, own: MappingNode) -> MappingNode | None:
    """Return the fences of both as one option; None where one of the two has none.

    What we draw ourselves stays ours: a code host's flowchart that isn't one of our pages is shown
    as text.
    """
    first, second = _value(ours, "custom_fences"), _value(own, "custom_fences")
    if not isinstance(first, SequenceNode) or not isinstance(second, SequenceNode):
        return None
    names = {_text(_value(fence, "name")) for fence in first.value}
    more = [fence for fence in second.value if _text(_value(fence, "name")) not in names]
    joined = SequenceNode(_SEQUENCE, [*first.value, *more])
    return MappingNode(_MAPPING, [(_scalar("custom_fences"), joined)])


def _merge_nav(ours: Node, own: Node) -> Node:
    """Return the company's menu, with ours as a part of it where it leads to none of our pages."""
    if any(node.value.startswith(f"{PAGES}/") for node in _scalars(own)):
        return own
    part = MappingNode(_MAPPING, [(_scalar("OKRs"), ours)])
    return SequenceNode(_SEQUENCE, [*own.value, part])


def _scalars(node: Node) -> Iterator[ScalarNode]:
    if isinstance(node, ScalarNode):
        yield node
    elif isinstance(node, MappingNode):
        for _, value in node.value:
            yield from _scalars(value)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _scalars(item)


def _add_assets(merged: MappingNode) -> None:
    """Name our style sheet and scripts before those of the company."""
    css: list[Node] = []
    scripts: list[Node] = []
    for path in asset_texts():
        address = _scalar(f"{PAGES}/{path}")
        if path.endswith(".css"):
            css.append(address)
        else:
            pairs = [(_scalar("path"), address), (_scalar("defer"), ScalarNode(_BOOL, "true"))]
            scripts.append(MappingNode(_MAPPING, pairs))
    for name, nodes in (("extra_css", css), ("extra_javascript", scripts)):
        own = _value(merged, name)
        more = own.value if isinstance(own, SequenceNode) else []
        _set(merged, name, SequenceNode(_SEQUENCE, [*nodes, *more]))


# ------------------------------------------------------------------- nodes


def _value(node: Node | None, name: str) -> Node | None:
    """Return what a mapping holds under a name; None where it holds nothing."""
    if not isinstance(node, MappingNode):
        return None
    return next((value for key, value in node.value if key.value == name), None)


def _set(node: MappingNode, name: str, value: Node) -> None:
    node.value = [pair for pair in node.value if pair[0].value != name]
    node.value.append((_scalar(name), value))


def _text(node: Node | None) -> str:
    return node.value if isinstance(node, ScalarNode) else ""


def _scalar(text: str, style: str | None = None) -> ScalarNode:
    return ScalarNode(_TEXT, text, style=style)
