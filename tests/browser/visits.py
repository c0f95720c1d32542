"""Windows of a browser that write down what goes wrong in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
    Response,
)

Scheme = Literal["light", "dark"]


@dataclass
class Window:
    """One tab. `faults` holds what no page may do, each as a line."""

    page: Page
    address: str
    faults: list[str] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """A page by its path in the site, once all that it asks for is there."""
        self.faults.clear()
        self.responses.clear()
        self.page.goto(self.address + path)
        return self.page

    def watch(self) -> None:
        """Write down errors, failed and foreign requests, and dialogs; close the last."""
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda fault: self.faults.append(f"error: {fault}"))
        self.page.on("dialog", self._dialog)
        self.page.on("request", self._request)
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")

    def _dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"another host: {request.url}")

    def _failed(self, request: Request) -> None:
        # What a page still waited for when it was left is no fault.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        self.responses.append(response)
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")


Look = tuple[int, Scheme, bool]


@dataclass(frozen=True)
class Visits:
    """Opens windows on one site. Those of one look share a browser's profile, not what it keeps:
    a new profile would have to read and compile all scripts and styles of the site again.
    """

    browser: Browser
    address: str
    profiles: dict[Look, BrowserContext] = field(default_factory=dict)

    @contextmanager
    def window(
        self,
        width: int = 1280,
        scheme: Scheme = "light",
        *,
        javascript: bool = True,
        first_visit: bool = False,
    ) -> Iterator[Window]:
        """A window of a size in CSS pixels, for a person who prefers a colour scheme.

        `first_visit`: in a profile of its own, which has nothing of the site yet.
        """
        look = (width, scheme, javascript)
        if first_visit:
            context = self._profile(*look)
        else:
            context = self.profiles.get(look) or self._profile(*look)
            self.profiles[look] = context
        window = Window(context.new_page(), self.address)
        window.watch()
        try:
            yield window
        finally:
            if first_visit:
                context.close()
            else:
                self._forget(window.page)

    def _forget(self, page: Page) -> None:
        """Close a window and what it left in its profile: what was stored and what was allowed."""
        origin = {"origin": self.address.rstrip("/"), "storageTypes": "local_storage"}
        page.context.new_cdp_session(page).send("Storage.clearDataForOrigin", origin)
        page.context.clear_permissions()
        page.close()

    def _profile(self, width: int, scheme: Scheme, javascript: bool) -> BrowserContext:
        context = self.browser.new_context(
            viewport={"width": width, "height": 900 if width > 600 else 800},
            color_scheme=scheme,
            java_script_enabled=javascript,
        )
        context.set_default_timeout(60_000)  # where many share a machine
        return context
