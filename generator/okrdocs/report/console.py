"""Where a command writes: two streams, with or without colour. Knows no environment.

All output passes through here, so this is where nothing a person wrote is obeyed by a terminal, or
by what reads the output of a CI job.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TextIO

from okrdocs.errors import OkrError

RESET = "\x1b[0m"
STYLES = {
    "bold": "\x1b[1m",
    "dim": "\x1b[2m",
    "red": "\x1b[31m",
    "green": "\x1b[32m",
    "yellow": "\x1b[33m",
    "blue": "\x1b[34m",
}
_CONTROLS = re.compile(
    "\x1b\\[(?:[0-4]|3[1-4])m"  # the styles above, and the next line what else a terminal obeys
    "|[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
# GitHub's and Azure's runners obey `::name …::` in front of a line and `##[name]`, `##vso[…` (and
# TeamCity `##teamcity[…`) anywhere in one; GitLab's sections need controls.
_COMMANDS = re.compile(r"^[^\S\n]*:(?=:)|\#(?=\#(?:vso|teamcity)?\[)", re.MULTILINE | re.IGNORECASE)
_NOT_OBEYED = "\u2060"  # a word joiner: takes no room and shows nothing


class EndOfAnswersError(OkrError):
    """A question is open, and the input has ended."""

    def __init__(self) -> None:
        super().__init__("The input ended before all questions were answered; nothing is written.")


@dataclass(frozen=True, slots=True)
class Console:
    """Results go to `out`, remarks about the run to `err`; colour only where asked for.

    `answers` is where answers to questions come from; None where nobody can give one.
    """

    out: TextIO
    err: TextIO
    color: bool = False
    quiet: bool = False
    width: int = 100
    answers: TextIO | None = None

    def print_line(self, text: str = "", *, for_runner: bool = False) -> None:
        """Write a line of the result. Raises OkrError where it can't be written.

        `for_runner`: its lines are commands of ours for what runs a CI job.
        """
        with _write_errors():
            self.out.write(self._harmless(text, for_runner=for_runner) + "\n")

    def flush(self) -> None:
        """Write what is still in the buffer of the result. Raises OkrError as `print_line` does."""
        with _write_errors():
            self.out.flush()

    def print_note(self, text: str) -> None:
        """Write a remark about the run; nothing with `--quiet`."""
        if not self.quiet:
            self.print_error(text)

    def print_error(self, text: str) -> None:
        """Write a fault: with `--quiet` as well. Where nobody can read it, the run goes on."""
        with suppress(OSError):
            self.err.write(self._harmless(text) + "\n")

    def _harmless(self, text: str, *, for_runner: bool = False) -> str:
        """Return the text with a sign for each control that isn't ours, and no foreign command."""
        shown = _CONTROLS.sub(self._visible_control, text)
        return shown if for_runner else _COMMANDS.sub(rf"\g<0>{_NOT_OBEYED}", shown)

    def _visible_control(self, match: re.Match[str]) -> str:
        return match[0] if self.color and len(match[0]) > 1 else "�"

    def style(self, text: str, *styles: str) -> str:
        """Return the text in the styles (keys of STYLES) where colour is on, else as it is."""
        if not self.color or not text:
            return text
        return "".join(STYLES[style] for style in styles) + text + RESET

    def ask(self, question: str, default: str) -> str:
        """Ask a question and return the answer, the default where it is empty.

        Raises EndOfAnswersError where nobody answers, as at the end of the input.
        """
        proposed = f" [{default}]" if default else ""
        self.out.write(f"{self._harmless(question + proposed)}: ")
        self.out.flush()
        line = self.answers.readline() if self.answers else ""
        if not line:
            raise EndOfAnswersError
        return line.strip() or default

    def confirm(self, question: str) -> bool:
        """Ask a question, and return whether the answer is yes; no where nobody can answer."""
        if self.answers is None:
            return False
        self.out.write(f"{self._harmless(question)} [y/N] ")
        self.out.flush()
        return self.answers.readline().strip().casefold() in {"y", "yes"}


@contextmanager
def _write_errors() -> Iterator[None]:
    """Raise OkrError for a full disk; a BrokenPipeError goes on to the caller."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as fault:
        raise OkrError(f"The output can't be written: {fault.strerror}.") from fault
