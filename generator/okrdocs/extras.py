"""What is installed only on request: which packages an extra brings, and how to add it.

The core checks, grades, generates and edits. A command that needs more asks here before it begins;
the extras themselves are declared in `pyproject.toml`.
"""

from __future__ import annotations

from enum import StrEnum
from importlib.util import find_spec

from okrdocs.errors import UsageError


class Extra(StrEnum):
    """The extras of the distribution that a command may need."""

    SITE = "site"
    PROPERDOCS = "properdocs"
    ZENSICAL = "zensical"
    PDF = "pdf"


IMPORTED = {
    Extra.SITE: ("mkdocs", "material", "markdown", "watchfiles"),
    Extra.PROPERDOCS: ("properdocs", "material", "markdown"),
    Extra.ZENSICAL: ("zensical", "markdown"),
    Extra.PDF: ("pypdf",),
}
"""What each extra lets us import."""


def require_extras(command: str, *extras: Extra) -> None:
    """Check that all that a command needs is installed; `command` is as a person types it.

    Raises UsageError that names one line for pip.
    """
    if all(find_spec(module) for extra in extras for module in IMPORTED[extra]):
        return
    names = ",".join(sorted(extras))
    raise UsageError(
        f"`{command}` needs packages that aren't installed here."
        f' Add them with: pip install "okrdocs[{names}]"'
    )
