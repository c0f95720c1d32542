"""The address of a line of a file on a code host, at one commit."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote

from okrdocs.hosting import Page

_GITLAB, _BITBUCKET = "-/commit", "commits"


class Place(NamedTuple):
    """Where the files can be seen: the repository's page, a commit, the path to the root."""

    page: Page
    revision: str
    prefix: str

    def line(self, path: str, line: int) -> str:
        """The address of a line; `path` is relative to the root."""
        address, commits = self.page
        file = quote(f"{self.prefix}{path}")
        if commits == _GITLAB:
            return f"{address}/-/blob/{self.revision}/{file}#L{line}"
        if commits == _BITBUCKET:
            return f"{address}/src/{self.revision}/{file}#lines-{line}"
        if address.removeprefix("https://").startswith("github."):
            return f"{address}/blob/{self.revision}/{file}#L{line}"
        return f"{address}/src/commit/{self.revision}/{file}#L{line}"
