"""Builds and serves the site from the Markdown; only this and `preview_server` import MkDocs."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkdocs.commands import serve as mkdocs_serve
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from okrdocs.errors import OkrError, UsageError
from okrdocs.site.content_policy import add_policy
from okrdocs.site.feed_links import complete_feed_links
from okrdocs.site.preview_server import PreviewServer
from okrdocs.site.target_folder import claim_target_folder

CONFIG = "mkdocs.yml"
OKRS = "okrs"


class SiteError(OkrError):
    """MkDocs refused; its own messages have been shown."""

    exit_code = 1


_LAST = -100


class _ContentPolicy(BasePlugin):  # type: ignore[type-arg, no-untyped-call]  # as MkDocs has it
    """Puts the policy into each page that MkDocs writes, as the last of all plugins."""

    @event_priority(_LAST)
    def on_post_page(self, output: str, /, *, page: Page, **_more: Any) -> str:
        """Add the policy to a page that came from Markdown."""
        return add_policy(output, page.content or "")

    @event_priority(_LAST)
    def on_post_template(self, output_content: str, /, **_more: Any) -> str:
        """Add the policy to a page of the theme, such as 404.html; a sitemap has no head."""
        return add_policy(output_content)


class _FeedLinks(BasePlugin):  # type: ignore[type-arg, no-untyped-call]  # as MkDocs has it
    """Completes the feeds' links where the settings name the site's address."""

    @event_priority(_LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Rewrite the feeds of the finished site."""
        if config.site_url:
            complete_feed_links(Path(config.site_dir), config.site_url)


class _OrdinaryFiles(BasePlugin):  # type: ignore[type-arg, no-untyped-call]  # as MkDocs has it
    """Stops where MkDocs would wait for ever: at a pipe among the documents."""

    @event_priority(_LAST)
    def on_files(self, files: Files, /, **_more: Any) -> None:
        """Refuse what is there and no file."""
        for file in files:
            place = Path(file.abs_src_path or "")
            if file.abs_src_path and place.exists() and not place.is_file():
                raise UsageError(f"`{place}` is a pipe or a device and no document. Remove it.")


class _TargetFolder(BasePlugin):  # type: ignore[type-arg, no-untyped-call]  # as MkDocs has it
    """Claims the folder for the site right before MkDocs deletes what is in it."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self._root = root

    @event_priority(_LAST)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Refuse a folder whose content must stay; only now no plugin names another one."""
        read = [config.docs_dir, config.config_file_path, *config.theme.dirs]
        sources = (self._root / OKRS, *(self._root / path for path in read))
        claim_target_folder(Path(config.site_dir), self._root, sources)


def build_site(root: Path, folder: Path | None, print_message: Callable[[str], None]) -> Path:
    """Build the whole site and return its folder; a broken link or anchor fails.

    Raises SiteError where MkDocs fails, UsageError where `mkdocs.yml` is missing or broken and
    where its folder must stay as it is.
    """
    options = {"site_dir": str(folder)} if folder else {}
    show_mkdocs_log(print_message, logging.WARNING)
    config = _load_config(root, strict=True, **options)
    if config.extra.get("content_security_policy"):
        _add_plugin(config, _ContentPolicy())
    _add_plugin(config, _TargetFolder(root))
    _add_plugin(config, _OrdinaryFiles())
    _add_plugin(config, _FeedLinks())
    try:
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    except MkDocsException as fault:
        raise SiteError(f"The site wasn't built: {fault}") from fault
    return Path(config.site_dir)


def _add_plugin(config: MkDocsConfig, plugin: BasePlugin) -> None:  # type: ignore[type-arg]
    """Let a plugin of ours hear the events of the build, without a place in the list of plugins.

    Some that a company uses, such as print-site, look for themselves at its end.
    """
    name = f"okrdocs/{type(plugin).__name__}"
    config.plugins[name] = plugin
    del config.plugins[name]


def serve_site(
    root: Path, address: str, print_message: Callable[[str], None], *, open_in_browser: bool
) -> None:
    """Serve the site and rebuild it whenever a page changes, until interrupted.

    Raises SiteError where MkDocs fails, UsageError where the address can't be used.
    """
    show_mkdocs_log(print_message, logging.INFO)
    _load_config(root)
    _require_free_address(address)
    # The only way to have it serve by another server; it takes the name from its own module.
    setattr(mkdocs_serve, "LiveReloadServer", PreviewServer)  # noqa: B010  # not exported
    try:
        mkdocs_serve.serve(
            str(_config_file(root)), dev_addr=address, open_in_browser=open_in_browser
        )
    except MkDocsException as fault:
        raise SiteError(f"The site can't be served: {fault}") from fault


def _load_config(root: Path, **options: Any) -> MkDocsConfig:
    path = _config_file(root)
    try:
        return load_config(str(path), **options)
    except MkDocsException as fault:
        raise UsageError(f"`{CONFIG}` can't be used: {fault}") from fault


def _require_free_address(address: str) -> None:
    """Raise UsageError, before the long build, where the address is taken or no address."""
    host, _, port = address.rpartition(":")
    try:
        if not host or not 0 <= int(port) <= 65535:
            raise ValueError(address)
        socket.create_server((host, int(port))).close()
    except (OSError, ValueError) as fault:
        why = str(fault.strerror) if isinstance(fault, OSError) else "it isn't HOST:PORT"
        raise UsageError(
            f"Nothing can be served at `{address}`: {why.partition(' (')[0]}."
            " Name another place with `--address HOST:PORT`, such as 127.0.0.1:8001."
        ) from fault


def _config_file(root: Path) -> Path:
    path = root / CONFIG
    if not path.is_file():
        raise UsageError(f"There is no `{CONFIG}` in {root}, so there is no site to build.")
    return path


class _MessageHandler(logging.Handler):
    """Hands each message over as text: names of files and links of pages stand in them."""

    def __init__(self, print_message: Callable[[str], None]) -> None:
        super().__init__()
        self._print_message = print_message

    def emit(self, record: logging.LogRecord) -> None:
        """Format and hand over one message."""
        self._print_message(self.format(record))


def show_mkdocs_log(print_message: Callable[[str], None], level: int) -> None:
    """Show MkDocs' messages from a level on, each line once."""
    log = logging.getLogger("mkdocs")
    log.setLevel(level)
    log.handlers = [_MessageHandler(print_message)]
    log.handlers[0].setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    log.propagate = False
