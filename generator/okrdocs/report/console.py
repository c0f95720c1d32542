"""Where a command writes: two streams, with or without colour. Knows no environment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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


@dataclass(frozen=True, slots=True)
class Console:
    """Results go to `out`, remarks about the run to `err`; colour only where asked for.

    `asks` is where answers come from; None where nobody sits there.
    """

    out: TextIO
    err: TextIO
    color: bool = False
    quiet: bool = False
    width: int = 100
    asks: TextIO | None = None

    def say(self, text: str = "") -> None:
        """A line of the result."""
        with _told():
            self.out.write(text + "\n")

    def finish(self) -> None:
        """Hand over the last of the result."""
        with _told():
            self.out.flush()

    def note(self, text: str) -> None:
        """A line about the run; silent with `--quiet`."""
        if not self.quiet:
            self.err.write(text + "\n")

    def complain(self, text: str) -> None:
        """A line that is never silent."""
        self.err.write(text + "\n")

    def styled(self, text: str, *styles: str) -> str:
        """The text in a style, where colour is on."""
        if not self.color or not text:
            return text
        return "".join(STYLES[style] for style in styles) + text + RESET

    def confirm(self, question: str) -> bool:
        """Whether the person at the terminal says yes; no where there is none."""
        if self.asks is None:
            return False
        self.out.write(f"{question} [y/N] ")
        self.out.flush()
        return self.asks.readline().strip().casefold() in {"y", "yes"}


@contextmanager
def _told() -> Iterator[None]:
    """A full disk is told in a sentence; a reader that left early is for the caller to know."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as fault:
        raise OkrError(f"The output can't be written: {fault.strerror}.") from fault
