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

from okrdocs.errors import OkrError, UsageError
from okrdocs.site.configuration import write_configuration
from okrdocs.site.finish import FinishSettings, finish_site
from okrdocs.site.own_settings import OWN_NAMES
from okrdocs.site.preview_server import PreviewServer
from okrdocs.site.target_folder import new_site_folder, put_in_place

OKRS = "okrs"


class SiteError(OkrError):
    """MkDocs refused; its own messages have been shown."""

    exit_code = 1


_LAST = -100


class _OrdinaryFiles(BasePlugin):  # type: ignore[type-arg, no-untyped-call]  # as MkDocs has it
    """Stops where MkDocs would wait for ever: at a pipe among the documents."""

    @event_priority(_LAST)
    def on_files(self, files: Files, /, **_more: Any) -> None:
        """Refuse what is there and no file."""
        for file in files:
            place = Path(file.abs_src_path or "")
            if file.abs_src_path and place.exists() and not place.is_file():
                raise UsageError(f"`{place}` is a pipe or a device and no document. Remove it.")


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


def build_site(
    root: Path, folder: Path | None, organization: str, print_message: Callable[[str], None]
) -> Path:
    """Build the whole site and return its folder; a broken link or anchor fails.

    `organization` names a site that has no name of its own. The site that is there stays until the
    new one is complete. Raises SiteError where MkDocs fails, UsageError where the configuration is
    broken and where its folder must stay as it is.
    """
    options = {"site_dir": str(folder)} if folder else {}
    show_mkdocs_log(print_message, logging.WARNING)
    config = _load_config(write_configuration(root, organization), strict=True, **options)
    site = _SiteFolder(root)
    _add_plugin(config, site)
    _add_plugin(config, _OrdinaryFiles())
    try:
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    except MkDocsException as fault:
        raise SiteError(f"The site wasn't built: {fault}") from fault
    finish_site(site.fresh, _finish_settings(config))
    put_in_place(site.fresh, site.target)
    return site.target


def _finish_settings(config: MkDocsConfig) -> FinishSettings:
    extra = config.extra
    return FinishSettings(
        Path(config.docs_dir),
        policy=bool(extra.get("content_security_policy")),
        edit_base=str(extra.get("edit_base") or ""),
        address=config.site_url or "",
    )


def _add_plugin(config: MkDocsConfig, plugin: BasePlugin) -> None:  # type: ignore[type-arg]
    """Let a plugin of ours hear the events of the build, without a place in the list of plugins.

    Some that a company uses, such as print-site, look for themselves at its end.
    """
    name = f"okrdocs/{type(plugin).__name__}"
    config.plugins[name] = plugin
    del config.plugins[name]


def serve_site(
    root: Path,
    address: str,
    organization: str,
    print_message: Callable[[str], None],
    *,
    open_in_browser: bool,
) -> None:
    """Serve the site and rebuild it whenever a page changes, until interrupted.

    Raises SiteError where MkDocs fails, UsageError where the address can't be used.
    """
    show_mkdocs_log(print_message, logging.INFO)
    path = write_configuration(root, organization)
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
