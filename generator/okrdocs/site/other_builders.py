"""Builds the site with ProperDocs or Zensical, each a program of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from okrdocs.errors import OkrError

MKDOCS, PROPERDOCS, ZENSICAL = "mkdocs", "properdocs", "zensical"
BUILDERS = (MKDOCS, PROPERDOCS, ZENSICAL)
_NAMES = {MKDOCS: "MkDocs", PROPERDOCS: "ProperDocs", ZENSICAL: "Zensical"}


class BuilderError(OkrError):
    """A builder refused; its own messages have been shown."""

    exit_code = 1


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
