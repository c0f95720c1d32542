"""The MkDocs plugin `okrdocs`: OKR pages in a site that has pages of its own, and its own look.

    plugins: [search, okrdocs]

It writes the pages, converts them with the Markdown extensions that they need, and finishes their
HTML. The host's pages keep their extensions, their addresses and their style sheets; only the menu
gets a part, where it has none that leads to our pages.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils.yaml import yaml_load

from okrdocs.cli import main
from okrdocs.site.finish import PAGES, FinishSettings, finish_pages

_FIRST, _LAST = 100, -100
_THEME = "material"
_BUILT_IN = ("toc", "tables", "fenced_code")
"""What MkDocs adds to the extensions of each configuration."""
_MENU = "OKRs"
_Extensions = tuple[list[str], dict[str, Any]]


class OkrdocsPlugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]  # as MkDocs has it
    """Puts the OKRs in `okrs/`, beside `mkdocs.yml`, into the site."""

    def __init__(self) -> None:
        super().__init__()
        settings = resources.files("okrdocs.site").joinpath("default_config.yml")
        ours: dict[str, Any] = yaml_load(settings.read_text("utf-8"))
        self._nav: list[dict[str, str]] = ours["nav"]
        self._ours = _extensions_of(ours)
        self._hosts: _Extensions = ([], {})

    @event_priority(_FIRST)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Write the pages and give them a part of the menu. Raises PluginError."""
        if config.theme.name != _THEME:
            raise PluginError(f"okrdocs: the pages are made for the theme `{_THEME}`.")
        root = Path(config.config_file_path).parent
        docs = Path(config.docs_dir)
        if not docs.is_relative_to(root):
            raise PluginError("okrdocs: `docs_dir` must be a folder within that of mkdocs.yml.")
        folder = docs.relative_to(root).as_posix()
        if main(["generate", "--quiet", "--root", str(root), "--docs-dir", folder]) != 0:
            raise PluginError("okrdocs: the pages couldn't be written.")
        if config.nav is not None and f"{PAGES}/" not in str(config.nav):
            config.nav.append({_MENU: self._nav})
        return config

    @event_priority(_LAST)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Give our pages addresses of files, to which links in their pictures lead."""
        in_menu = {path for entry in self._nav for path in entry.values()}
        for file in [each for each in files if _is_ours(each)]:
            page = File(file.src_uri, config.docs_dir, config.site_dir, use_directory_urls=False)
            if file.src_uri not in in_menu and f"'{file.src_uri}'" not in str(config.nav):
                page.inclusion = InclusionLevel.NOT_IN_NAV
            files.remove(file)
            files.append(page)
        return files

    def on_nav(self, nav: Navigation, **_more: Any) -> Navigation:
        """Write the name of our part as it is spoken, where MkDocs made it from the folder's."""
        for item in nav.items:
            if isinstance(item, Section) and item.title == PAGES.capitalize():
                item.title = _MENU
        return nav

    @event_priority(_LAST)
    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, **_more: Any
    ) -> str:
        """Have each page converted by the extensions that are meant for it."""
        if config.mdx_configs is not self._ours[1]:
            self._hosts = config.markdown_extensions, config.mdx_configs
        chosen = self._ours if _is_ours(page.file) else self._hosts
        config.markdown_extensions, config.mdx_configs = chosen
        return markdown

    def on_env(self, env: Any, *, config: MkDocsConfig, **_more: Any) -> Any:
        """Leave the configuration as it was."""
        if config.mdx_configs is self._ours[1]:
            config.markdown_extensions, config.mdx_configs = self._hosts
        return env

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Finish the HTML of our pages."""
        settings = FinishSettings(
            Path(config.docs_dir),
            edit_base=str(config.extra.get("edit_base") or ""),
            address=config.site_url or "",
        )
        finish_pages(Path(config.site_dir), settings)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, **_more: Any
    ) -> LiveReloadServer:
        """Rebuild where the YAML changes."""
        server.watch(str(Path(config.config_file_path).parent / PAGES))
        return server


def _is_ours(file: File) -> bool:
    return file.src_uri.startswith(f"{PAGES}/")


def _extensions_of(settings: dict[str, Any]) -> _Extensions:
    """Return names and options of the extensions, as MkDocs keeps them."""
    options: dict[str, Any] = {name: {} for name in _BUILT_IN}
    for entry in settings["markdown_extensions"]:
        options |= entry if isinstance(entry, dict) else {entry: {}}
    return list(options), {name: each for name, each in options.items() if each}
