"""What a package index shows of okrdocs: its README and its addresses; hatchling runs this.

The repository's address isn't known here. The release says it in `OKRDOCS_REPOSITORY`, such as
`https://github.com/acme/okrdocs`; then the README's links and pictures lead to the files of that
version there, and the metadata name the project's pages. Without it the README stays as it is.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

VARIABLE = "OKRDOCS_REPOSITORY"
_RELATIVE_LINK = re.compile(r"(?<=\]\()(?![a-z]+:|#)(?=[^)\s]+\))")
_RELATIVE_PICTURE = re.compile(r'(?<=src=")(?![a-z]+:)|(?<=srcset=")(?![a-z]+:)')


class PackageMetadata(MetadataHookInterface):
    """Adds the fields `readme` and `urls`."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Fill in both fields; hatchling calls this."""
        repository = os.environ.get(VARIABLE, "").rstrip("/")
        text = (Path(self.root) / "README.md").read_text("utf-8")
        if repository:
            metadata["urls"] = dict(project_urls(repository))
            text = with_absolute_links(text, repository, metadata["version"])
        metadata["readme"] = {"content-type": "text/markdown", "text": text}


def project_urls(repository: str) -> Mapping[str, str]:
    """Return the project's addresses by the names that package indexes know."""
    return {
        "Homepage": repository,
        "Documentation": f"{repository}/tree/main/docs",
        "Repository": f"{repository}.git",
        "Issues": f"{repository}/issues",
        "Changelog": f"{repository}/blob/main/CHANGELOG.md",
    }


def with_absolute_links(readme: str, repository: str, version: str) -> str:
    """Return the README with each relative address led to the tag of this version."""
    text = _RELATIVE_LINK.sub(f"{repository}/blob/v{version}/", readme)
    return _RELATIVE_PICTURE.sub(f"{repository}/raw/v{version}/", text)
