"""Builds the site with ProperDocs or Zensical, each a program of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from okrdocs.errors import OkrError, UsageError

MKDOCS, PROPERDOCS, ZENSICAL = "mkdocs", "properdocs", "zensical"
BUILDERS = (MKDOCS, PROPERDOCS, ZENSICAL)
_NAMES = {MKDOCS: "MkDocs", PROPERDOCS: "ProperDocs", ZENSICAL: "Zensical"}
_MODULES = {
    MKDOCS: ("mkdocs", "material"),
    PROPERDOCS: ("properdocs", "material"),
    ZENSICAL: ("zensical",),
}
_EXTRAS = {MKDOCS: "site", PROPERDOCS: "properdocs", ZENSICAL: "zensical"}


class BuilderError(OkrError):
    """A builder refused; its own messages have been shown."""

    exit_code = 1


def require_builder(builder: str) -> None:
    """Look for a builder. Raises UsageError, with the command that installs it, where it lacks."""
    if all(find_spec(module) for module in _MODULES[builder]):
        return
    raise UsageError(
        f"{_NAMES[builder]} isn't installed, or not as a whole."
        f" Install it with `pip install 'okrdocs[{_EXTRAS[builder]}]'`."
    )


def run_builder(builder: str, configuration: Path, print_message: Callable[[str], None]) -> None:
    """Build the site that a configuration describes; a warning fails.

    Raises BuilderError where the builder refuses.
    """
    # `-P`: what lies in the folder, a stranger's perhaps, isn't imported as if it were installed.
    command = [sys.executable, "-P", "-m", builder, "build", "--strict", "-f", configuration.name]
    ran = subprocess.run(
        command,
        cwd=configuration.parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if ran.returncode != 0:
        print_message(ran.stdout.decode("utf-8", "replace").strip())
        raise BuilderError(f"The site wasn't built: {_NAMES[builder]} found faults.")
