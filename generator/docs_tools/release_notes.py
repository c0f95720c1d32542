"""Prints what the changelog says of one version: `release_notes.py 1.2.0`, for the release.

Ends with a message where that isn't the version of the package, or where the changelog has no
section for it with the day of the release.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from okrdocs import __version__

CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"
_HEADING = re.compile(
    r"^## \[(?P<version>[^\]\n]+)\](?: - (?P<day>\d{4}-\d\d-\d\d))?\n", re.MULTILINE
)


def release_notes(changelog: str, version: str) -> str:
    """Return the section of one version without its heading. Raises ValueError where none has it.

    A section without a day is that of a version which isn't released yet.
    """
    headings = list(_HEADING.finditer(changelog))
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        if heading["version"] == version and heading["day"]:
            return changelog[heading.end() : following.start() if following else None].strip()
    raise ValueError(
        f"CHANGELOG.md has no section `## [{version}] - YYYY-MM-DD`. Give what stands under"
        " `## [Unreleased]` this heading, and leave an empty one of that name above it."
    )


def main(version: str) -> None:
    """Print the notes of `version`, or end with what is wrong."""
    if version != __version__:
        sys.exit(f"The tag says {version}, and generator/okrdocs/__init__.py {__version__}.")
    try:
        print(release_notes(CHANGELOG.read_text("utf-8"), version))
    except ValueError as fault:
        sys.exit(str(fault))


if __name__ == "__main__":
    main(sys.argv[1])
