"""Prints a page of the finished site to a PDF beside it: the only caller of a browser.

The browser runs without a shell, in a folder of its own that is removed afterwards, reaches no
other host and gets a time limit. What it prints takes its name only when it is complete.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from okrdocs.errors import OkrError, UsageError
from okrdocs.site.pdf_metadata import page_numbers, with_metadata
from okrdocs.site.print_html import PaperSheet, has_table_of_contents, html_for_print

VARIABLE = "OKRDOCS_BROWSER"
SECONDS = 300.0
_PROGRAMS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    *("microsoft-edge", "microsoft-edge-stable", "chrome", "msedge"),
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_OPTIONS = (
    "--headless",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-extensions", "--no-first-run", "--no-default-browser-check"),
    *("--disable-gpu", "--disable-dev-shm-usage"),  # neither is needed; containers lack both
    *("--no-pdf-header-footer", "--print-to-pdf-no-header", "--generate-pdf-document-outline"),
)
_LINES = 5
_NOISE = ("dbus/", "Fontconfig")


class PdfError(OkrError):
    """The browser printed nothing; its last messages are in the text."""

    exit_code = 1


class PrintedPdf(NamedTuple):
    """What was made: the file and its number of pages."""

    path: Path
    pages: int


def find_browser(environment: Mapping[str, str]) -> str:
    """Find the browser to print with; raises UsageError where there is none."""
    path, named = environment.get("PATH"), environment.get(VARIABLE)
    if named:
        browser = shutil.which(named, path=path)
        if browser is None:
            raise UsageError(f"${VARIABLE} names `{named}`, and there is no such program.")
        return browser
    for program in (*_PROGRAMS, *PLACES):
        if browser := shutil.which(program, path=path):
            return browser
    raise UsageError(
        "A PDF is printed by Chromium, Chrome or Edge, and none of them was found."
        f" Install one, or name it with the variable {VARIABLE}; without `--pdf`, the site is"
        " built all the same."
    )


def print_page_to_pdf(
    browser: str, page: Path, sheet: PaperSheet, day: date, seconds: float = SECONDS
) -> PrintedPdf:
    """Print a page of the site to a `.pdf` of its name, dated on the day that its numbers show.

    Raises PdfError where the browser fails or takes too long; then there is no such file.
    """
    html, target = page.read_text("utf-8"), page.with_suffix(".pdf")
    with TemporaryDirectory(
        prefix="printing-", dir=page.parent, ignore_cleanup_errors=True
    ) as made:
        printer = _BrowserPrinter(browser, Path(made), seconds)
        pdf = printer.print_html(html_for_print(html, page.name, sheet, None))
        if has_table_of_contents(html):
            anchors = page_numbers(pdf).of_anchors
            pdf = printer.print_html(html_for_print(html, page.name, sheet, anchors))
        finished = Path(made) / "finished.pdf"
        finished.write_bytes(with_metadata(pdf, day))
        finished.replace(target)
    return PrintedPdf(target, page_numbers(pdf).total)


class _BrowserPrinter(NamedTuple):
    """A browser, the folder that it may write to, and how long it may take."""

    browser: str
    folder: Path
    seconds: float

    def print_html(self, html: str) -> bytes:
        """Print HTML and return the bytes of the PDF; raises PdfError where the browser fails."""
        page, pdf, log = (self.folder / name for name in ("page.html", "page.pdf", "log.txt"))
        page.write_text(html, "utf-8", newline="\n")
        pdf.unlink(missing_ok=True)
        code = self._run((f"--print-to-pdf={pdf}", page.as_uri()), log)
        data = pdf.read_bytes() if pdf.is_file() else b""
        if code == 0 and data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF"):
            return data
        why = f"took longer than {self.seconds:g} s" if code is None else "printed no PDF"
        raise PdfError(f"`{self.browser}` {why}. {_browser_messages(log)}".rstrip())

    def _run(self, arguments: tuple[str, ...], log: Path) -> int | None:
        """Run the browser and return its exit code; None where time ran out.

        All that the browser started ends with it.
        """
        command = [
            self.browser,
            *_OPTIONS,
            *_sandbox_options(),
            f"--user-data-dir={self.folder / 'profile'}",
        ]
        with log.open("wb") as log_file:
            try:
                process = subprocess.Popen(
                    [*command, *arguments],
                    stdin=subprocess.DEVNULL,
                    stdout=log_file,
                    stderr=log_file,
                    start_new_session=True,
                )
            except OSError as fault:
                raise PdfError(f"`{self.browser}` can't be started: {fault.strerror}.") from fault
            try:
                return process.wait(self.seconds)
            except subprocess.TimeoutExpired:
                return None
            finally:
                _kill_browser(process)


def _sandbox_options() -> tuple[str, ...]:
    """Return the option that turns the sandbox off for root, with whom Chromium refuses it."""
    return ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()


def _kill_browser(process: subprocess.Popen[bytes]) -> None:
    """End a browser with its helpers, which are in a group of their own."""
    try:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except OSError:  # it has ended by itself
        pass
    process.wait()


def _browser_messages(log: Path) -> str:
    messages = log.read_text("utf-8", errors="replace").splitlines()
    relevant = [line for line in messages if line.strip() and not any(n in line for n in _NOISE)]
    return "Its last words:\n" + "\n".join(relevant[-_LINES:]) if relevant else ""
