"""Builds links to a hosted repository, as far as the address of its remote tells them.

Pure; `repository` reads the address from git. For a host that isn't known for sure it is None:
a link that leads nowhere is worse than none.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urlsplit

_HOSTS = {
    "github.com": "commit",
    "gitlab.com": "-/commit",
    "bitbucket.org": "commits",
    "codeberg.org": "commit",
    "gitea.com": "commit",
}
# A company's own host, recognized by the first part of its name: `gitlab.example.com`.
_OWN_HOSTS = {"github": "commit", "gitlab": "-/commit", "gitea": "commit", "forgejo": "commit"}
# The same hosts by SSH over the port of https, and by the name that people type.
_ALIASES = {
    "ssh.github.com": "github.com",
    "www.github.com": "github.com",
    "altssh.gitlab.com": "gitlab.com",
    "altssh.bitbucket.org": "bitbucket.org",
}
_SCHEMES = frozenset({"https", "http", "ssh", "git", "git+ssh", "git+https", "ssh+git"})
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*+)")
_PART = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*+", re.ASCII)


class RepositoryPage(NamedTuple):
    """A repository's page: its https address without a `/` at the end, and where commits lie."""

    address: str
    commits: str

    def commit_url(self, revision: str) -> str:
        """Return the address of one commit's page, by its full id."""
        return f"{self.address}/{self.commits}/{revision}"

    def file_url(self, path: str, line: int, revision: str) -> str:
        """Return the address of a line of a file, by its path from the top and a full commit id."""
        place = quote(path)
        if self.commits == "-/commit":
            return f"{self.address}/-/blob/{revision}/{place}#L{line}"
        if self.commits == "commits":
            return f"{self.address}/src/{revision}/{place}#lines-{line}"
        if self._is_github:
            return f"{self.address}/blob/{revision}/{place}#L{line}"
        return f"{self.address}/src/commit/{revision}/{place}#L{line}"

    @property
    def follows_head(self) -> bool:
        """Return whether the host accepts `HEAD` for the newest commit of the main branch."""
        return self.commits != "commit" or self._is_github

    @property
    def _is_github(self) -> bool:
        return self.address.removeprefix("https://").startswith("github.")


class FileLinks(NamedTuple):
    """Links to the files of a folder: a repository's page, the path to the root, a commit.

    `revision` is a full id, or `HEAD` where the host knows it: there one can edit at once.
    """

    page: RepositoryPage
    prefix: str
    revision: str

    def line_url(self, path: str, line: int) -> str:
        """Return the address of a line; `path` is relative to the root."""
        return self.page.file_url(f"{self.prefix}{path}", line, self.revision)


def repository_page(remote: str) -> RepositoryPage | None:
    """Return the page of a remote's address (https, ssh or `git@host:path`); None for all others.

    Known are GitHub, GitLab, Bitbucket, Codeberg and Gitea, and a company's own GitHub, GitLab,
    Gitea and Forgejo whose host's name begins so. User names, tokens and `.git` are left out.
    """
    place = _parse_remote(remote.strip())
    if place is None:
        return None
    host, port, path = place
    commits = _HOSTS.get(host) or ("." in host and _OWN_HOSTS.get(host.split(".")[0])) or ""
    parts = path.strip("/").removesuffix(".git").split("/")
    fits = len(parts) == 2 or (len(parts) > 2 and commits == "-/commit")
    if not commits or not fits or not all(_PART.fullmatch(part) for part in parts):
        return None
    return RepositoryPage(f"https://{host}{port}/{'/'.join(parts)}", commits)


def _parse_remote(remote: str) -> tuple[str, str, str] | None:
    """Return host, `:port` of a web address that has one, and path; None for other addresses."""
    if "://" not in remote:
        before, colon, path = remote.partition(":")
        host = before.rpartition("@")[2]
        return _known_host(host, "", path) if colon and "/" not in before else None
    try:
        parts = urlsplit(remote)
        return _parse_url(parts) if parts.scheme in _SCHEMES else None
    except ValueError:  # such as a port that is no number
        return None


def _parse_url(parts: SplitResult) -> tuple[str, str, str] | None:
    port = f":{parts.port}" if parts.port and parts.scheme in ("http", "https") else ""
    if parts.scheme == "http" and port:
        return None  # what answers on that port doesn't speak https
    return _known_host(parts.hostname or "", port.replace(":443", ""), parts.path)


def _known_host(host: str, port: str, path: str) -> tuple[str, str, str] | None:
    host = _ALIASES.get(host.lower(), host.lower())
    return (host, port, path) if _HOST.fullmatch(host) else None
