"""The address of a line of a file on a code host, at one commit."""

from __future__ import annotations

from typing import NamedTuple

from okrdocs.source.git.web_links import RepositoryPage


class Place(NamedTuple):
    """Where the files can be seen: the repository's page, a commit, the path to the root."""

    page: RepositoryPage
    revision: str
    prefix: str

    def line(self, path: str, line: int) -> str:
        """The address of a line; `path` is relative to the root."""
        return self.page.file(f"{self.prefix}{path}", line, self.revision)
