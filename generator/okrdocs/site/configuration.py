"""Writes the configuration from which a builder makes the site.

A company's `mkdocs.yml` is laid over the configuration of the package. What the pages can't do
without is added; what contradicts them is an error at its line, before anything is built. The
result is one file in the root, which MkDocs, ProperDocs and Zensical read alike (Zensical takes no
folders from outside the one of its file).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from okrdocs.atomic_file import write_file
from okrdocs.site.assets import asset_texts
from okrdocs.site.own_settings import read_own_settings
from okrdocs.site.settings.contradictions import docs_folder, named_folder, refuse_contradictions
from okrdocs.site.settings.merge import PAGES, merge_settings
from okrdocs.site.settings.nodes import (
    MappingNode,
    Node,
    entries,
    group,
    has_own_tag,
    list_node,
    read_settings,
    set_setting,
    setting,
    settings_text,
    text_node,
    text_of,
    true_node,
)
from okrdocs.site.settings.safe import safe_settings

MERGED = ".okrdocs-site.yml"
"""The file that a builder reads: git ignores it, the next build writes it anew."""
_HEADER = (
    "# Written by `okr build` from mkdocs.yml and what okrdocs brings: change mkdocs.yml instead.\n"
)


@dataclass(frozen=True, slots=True)
class SiteConfiguration:
    """What a site is built from.

    `settings` are all of them, `own` those of the company in the file `name`; `left_out` are the
    names of those that a safe build doesn't take.
    """

    settings: MappingNode
    own: MappingNode
    name: str
    left_out: tuple[str, ...] = ()

    def text(self, *names: str) -> str:
        """Return a text within groups: text("theme", "custom_dir"); "" for none."""
        node: Node | None = self.settings
        for name in names:
            node = setting(node, name)
        return "" if node is None or has_own_tag(node) else text_of(node)


def read_configuration(root: Path, organization: str, *, safe: bool = False) -> SiteConfiguration:
    """Return the package's configuration with the company's over it.

    `organization` names the site where the company's own file doesn't; `safe` leaves out what could
    run a stranger's code. Raises UsageError, with the line, for what isn't YAML and for what
    contradicts the pages.
    """
    name, text = read_own_settings(root)
    return _configuration_of(text, name, organization, safe=safe)


def write_configuration(root: Path, configuration: SiteConfiguration, site: Path | None) -> Path:
    """Write the configuration into the root and return its path.

    `site` takes the place of the folder that it names. Raises UsageError, OkrError.
    """
    settings = group(configuration.settings.value)
    if site is not None:
        set_setting(settings, "site_dir", text_node(str(site)))
    path = root / MERGED
    write_file(path, (_HEADER + settings_text(settings, configuration.name)).encode())
    return path


def source_folders(root: Path, configuration: SiteConfiguration) -> list[Path]:
    """Return the folders from which the site is made: Markdown, and the company's theme."""
    names = configuration.text("docs_dir"), configuration.text("theme", "custom_dir")
    return [root / name for name in names if name]


def generated_folder(root: Path, docs_dir: str | None = None) -> str:
    """Return where the pages lie, as a path below the root: `docs/okrs`.

    `docs_dir` takes the place of what the company's configuration says. Raises UsageError for a
    folder that they can't be in.
    """
    if docs_dir is not None:
        return f"{named_folder(docs_dir)}/{PAGES}"
    name, text = read_own_settings(root)
    return f"{docs_folder(read_settings(text, name), name)}/{PAGES}"


def merged_configuration(text: str, name: str, organization: str) -> str:
    """Return the configuration as text; `text` is the company's own file of this `name`.

    Raises UsageError, with the line, for what isn't YAML and for what contradicts the pages.
    """
    return settings_text(_configuration_of(text, name, organization).settings, name)


def _configuration_of(
    text: str, name: str, organization: str, *, safe: bool = False
) -> SiteConfiguration:
    own = read_settings(text, name)
    left_out: tuple[str, ...] = ()
    if safe:
        own, left_out = safe_settings(own)
    refuse_contradictions(own, name)
    merged = merge_settings(_default_settings(), own)
    if setting(merged, "site_name") is None:
        set_setting(merged, "site_name", text_node(f"{_title_text(organization)} OKRs"))
    set_setting(merged, "docs_dir", text_node(docs_folder(own, name)))
    _add_assets(merged)
    return SiteConfiguration(merged, own, name, left_out)


def _default_settings() -> MappingNode:
    name = "default_config.yml"
    text = resources.files("okrdocs.site").joinpath(name).read_text("utf-8")
    return read_settings(text, name)


def _add_assets(merged: MappingNode) -> None:
    """Name our style sheet and scripts before those of the company."""
    css: list[Node] = []
    scripts: list[Node] = []
    for path in asset_texts():
        address = text_node(f"{PAGES}/{path}")
        if path.endswith(".css"):
            css.append(address)
        else:
            scripts.append(group([(text_node("path"), address), (text_node("defer"), true_node())]))
    for name, ours in (("extra_css", css), ("extra_javascript", scripts)):
        set_setting(merged, name, list_node([*ours, *entries(setting(merged, name))]))


def _title_text(text: str) -> str:
    """Return a name for the theme, which writes it into its pages as it is.

    Where it escapes the name itself, in tooltips, an angle bracket is shown as its entity.
    """
    text = re.sub(r"&(?=#|[a-zA-Z]+;)", "&amp;", text)
    return text.replace("<", "&lt;").replace(">", "&gt;")
