"""Builds and serves the site from the Markdown; only this and `preview_server` import MkDocs."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.commands import serve as mkdocs_serve
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.plugins import BasePlugin, event_priority

from okrdocs.errors import OkrError, UsageError
from okrdocs.site.own_settings import OWN_NAMES
from okrdocs.site.preview_server import PreviewServer
from okrdocs.site.target_folder import new_site_folder

OKRS = "okrs"


class SiteError(OkrError):
    """MkDocs refused; its own messages have been shown."""

    exit_code = 1


_LAST = -100


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A site in a `folder` beside its `target`, and its `address` where it is known."""

    folder: Path
    target: Path
    address: str


class _SiteFolder(BasePlugin):  # type: ignore[type-arg, no-untyped-call]  # as MkDocs has it
    """Has MkDocs build beside the site that is there; only now no plugin names another folder."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self._root = root
        self.target = Path()
        self.fresh = Path()

    @event_priority(_LAST)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Refuse a folder whose content must stay, and name the one to build in."""
        read = [config.docs_dir, config.config_file_path, *config.theme.dirs]
        sources = (self._root / OKRS, *(self._root / path for path in read))
        self.target = Path(config.site_dir)
        self.fresh = new_site_folder(self.target, self._root, sources)
        config.site_dir = str(self.fresh)


def build_with_mkdocs(
    path: Path, folder: Path | None, root: Path, print_message: Callable[[str], None]
) -> BuiltSite:
    """Build the site that a configuration describes, beside its folder; a broken link fails.

    Raises SiteError where MkDocs fails, UsageError where the configuration is broken and where its
    folder must stay as it is.
    """
    options = {"site_dir": str(folder)} if folder else {}
    show_mkdocs_log(print_message, logging.WARNING)
    config = _load_config(path, strict=True, **options)
    site = _SiteFolder(root)
    _add_plugin(config, site)
    try:
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    except MkDocsException as fault:
        raise SiteError(f"The site wasn't built: {fault}") from fault
    return BuiltSite(site.fresh, site.target, config.site_url or "")


def _add_plugin(config: MkDocsConfig, plugin: BasePlugin) -> None:  # type: ignore[type-arg]
    """Let a plugin of ours hear the events of the build, without a place in the list of plugins.

    Some that a company uses, such as print-site, look for themselves at its end.
    """
    name = f"okrdocs/{type(plugin).__name__}"
    config.plugins[name] = plugin
    del config.plugins[name]


def serve_site(
    path: Path, address: str, print_message: Callable[[str], None], *, open_in_browser: bool
) -> None:
    """Serve the site of a configuration and rebuild it on each change, until interrupted.

    Raises SiteError where MkDocs fails, UsageError where the address can't be used.
    """
    show_mkdocs_log(print_message, logging.INFO)
    _load_config(path)
    _require_free_address(address)
    # The only way to have it serve by another server; it takes the name from its own module.
    setattr(mkdocs_serve, "LiveReloadServer", PreviewServer)  # noqa: B010  # not exported
    try:
        mkdocs_serve.serve(str(path), dev_addr=address, open_in_browser=open_in_browser)
    except MkDocsException as fault:
        raise SiteError(f"The site can't be served: {fault}") from fault


def _load_config(path: Path, **options: Any) -> MkDocsConfig:
    try:
        return load_config(str(path), **options)
    except MkDocsException as fault:
        raise UsageError(f"`{OWN_NAMES[0]}` can't be used: {fault}") from fault


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
