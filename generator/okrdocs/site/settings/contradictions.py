"""Refuses settings with which the pages wouldn't work, at their line, before anything is built."""

from __future__ import annotations

import re
from collections.abc import Iterator

from okrdocs.errors import UsageError
from okrdocs.site.settings.nodes import (
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    entries,
    has_own_tag,
    is_empty,
    setting,
    setting_error,
    text_of,
)

THEME = "material"
DOCS = "docs"
_A_LIST, _A_GROUP, _A_TEXT = "a list", "a group of settings", "one text"
_SHAPES = {
    "docs_dir": (_A_TEXT,),
    "extra": (_A_GROUP,),
    "extra_css": (_A_LIST,),
    "extra_javascript": (_A_LIST,),
    "hooks": (_A_LIST,),
    "markdown_extensions": (_A_LIST, _A_GROUP),
    "nav": (_A_LIST,),
    "not_in_nav": (_A_TEXT,),
    "plugins": (_A_LIST, _A_GROUP),
    "site_dir": (_A_TEXT,),
    "site_name": (_A_TEXT,),
    "theme": (_A_TEXT, _A_GROUP),
    "use_directory_urls": (_A_TEXT,),
    "validation": (_A_GROUP,),
}
_NO_INHERITANCE = "okrdocs can't follow `{}` here: copy those settings into this file"
_NEEDS_FILES = (
    "the pages need `use_directory_urls: false`: links in their pictures lead to files."
    " Delete this line"
)
_NEEDS_THEME = f"the pages are made for the theme `{THEME}`"
_NO_FOLDER = "`docs_dir` must be a folder of its own within this one, such as `docs`"
_NO_THEME_FOLDER = "`custom_dir` must be a folder within this one"
_IGNORED = (
    "Zensical would ignore {}, and the site would lack what it makes."
    " Delete it here, or build with `--builder mkdocs`"
)
_NAME = r"(?!\.)[^/\\\x00-\x1f\x7f]+"
_FOLDER = re.compile(rf"(?:\./)*({_NAME}(?:/{_NAME})*)/*")
_IN_ROOT = re.compile(
    r"(?:\./)*(?!\.\./|\.\.$)[^/\\\x00-\x1f]+(?:/(?!\.\./|\.\.$)[^/\\\x00-\x1f]+)*/*"
)
_OURS = frozenset({"okrs"})


def refuse_contradictions(own: MappingNode, name: str) -> None:
    """Look for settings with which the pages wouldn't work. Raises UsageError at the first line."""
    for node, why in _contradictions(own):
        raise setting_error(name, node, why)


def refuse_what_zensical_ignores(own: MappingNode, name: str) -> None:
    """Look for what Zensical would leave out in silence. Raises UsageError at the first line."""
    plugins = setting(own, "plugins")
    pairs = list(plugins.value) if isinstance(plugins, MappingNode) else []
    for entry in entries(plugins):
        pairs += entry.value if isinstance(entry, MappingNode) else [(entry, entry)]
    ignored = [(key, f"the plugin `{text_of(key)}`") for key, _ in pairs if not _is_search(key)]
    ignored += [(hook, f"the hook `{text_of(hook)}`") for hook in entries(setting(own, "hooks"))]
    for node, what in ignored:
        raise setting_error(name, node, _IGNORED.format(what))


def _is_search(key: Node) -> bool:
    return text_of(key).removeprefix(f"{THEME}/") in {"search", "okrdocs"}


def docs_folder(own: MappingNode, name: str) -> str:
    """Return the folder of the Markdown, as a path below the root. Raises UsageError."""
    node = setting(own, "docs_dir")
    if node is None:
        return DOCS
    folder = "" if has_own_tag(node) else _folder_below(text_of(node))
    if not folder:
        raise setting_error(name, node, _NO_FOLDER)
    return folder


def named_folder(path: str) -> str:
    """Return a folder of Markdown that was named on the command line. Raises UsageError."""
    folder = _folder_below(path)
    if not folder:
        raise UsageError(f"{_NO_FOLDER}.")
    return folder


def _folder_below(path: str) -> str:
    """Return a path in its plain form; "" where the pages can't lie there."""
    match = _FOLDER.fullmatch(path)
    return match[1] if match and match[1].split("/")[0] not in _OURS else ""


def _contradictions(own: MappingNode) -> Iterator[tuple[Node, str]]:
    """Yield what can't stay, each with the reason, as a sentence without its full stop."""
    for key, value in own.value:
        shapes = _SHAPES.get(key.value)
        if key.value in {"INHERIT", "<<"}:
            yield key, _NO_INHERITANCE.format(key.value)
        elif shapes and _shape(value) not in shapes:
            yield key, f"`{key.value}` must be {' or '.join(shapes)}"
    for name in ("plugins", "markdown_extensions"):
        yield from _wrong_entries(name, setting(own, name))
    folders = setting(own, "use_directory_urls")
    if folders is not None and text_of(folders).lower() not in {"false", "no", "off"}:
        yield folders, _NEEDS_FILES
    yield from _wrong_theme(setting(own, "theme"))


def _shape(node: Node) -> str:
    if isinstance(node, SequenceNode):
        return _A_LIST
    return _A_GROUP if isinstance(node, MappingNode) else _A_TEXT


def _wrong_entries(name: str, node: Node | None) -> Iterator[tuple[Node, str]]:
    """Yield entries of a list of plugins or extensions that aren't a name, with options or not."""
    why = f"an entry of `{name}` is a name, or a name with its options behind a colon"
    for entry in entries(node):
        pairs = entry.value if isinstance(entry, MappingNode) else [(entry, entry)]
        if len(pairs) != 1 or not isinstance(pairs[0][0], ScalarNode):
            yield entry, why


def _wrong_theme(theme: Node | None) -> Iterator[tuple[Node, str]]:
    name = setting(theme, "name") if isinstance(theme, MappingNode) else theme
    if name is not None and text_of(name) != THEME:
        yield name, _NEEDS_THEME
    folder = setting(theme, "custom_dir")
    if folder is not None and (has_own_tag(folder) or not _IN_ROOT.fullmatch(text_of(folder))):
        yield folder, _NO_THEME_FOLDER
    features = setting(theme, "features")
    if features is not None and not isinstance(features, SequenceNode) and not is_empty(features):
        yield features, "`features` must be a list"
