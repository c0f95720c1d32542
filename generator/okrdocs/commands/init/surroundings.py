"""What `okr init` finds where it shall write: a repository, its code host, OKRs, its own record."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from pathlib import Path

from okrdocs.commands.init.answers import COMPANY, CodeHost, NamedTeam
from okrdocs.commands.init.record_file import InitRecord, read_record
from okrdocs.errors import UsageError
from okrdocs.format.loader import read_record_file
from okrdocs.format.records import Organization
from okrdocs.ordinary_file import read_ordinary_file
from okrdocs.source.disk import File
from okrdocs.source.git.repository import Repository, find_repository

ORGANIZATION = "okrs/okr.yml"
MOST_BYTES = 5_000_000
"""What a file that is compared may hold."""
_NAMEABLE = re.compile(r"[\w.@/ -]*")
_BRANCH = re.compile(r"[\w./-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The folder for the OKRs, the top of its repository, and what is known of both.

    Without a repository the folder is its own top. `prefix` leads from the top to the folder:
    "" or `sub/dir/`. `organization` is what okr.yml says, None where there is none.
    """

    folder: Path
    top: Path
    prefix: str
    is_repository: bool
    main_branch: str
    host: CodeHost
    page: str
    organization: Organization | None
    record: InitRecord

    def shown_path(self, path: str, *, at_top: bool) -> str:
        """Return a path as people read it, from the folder: `../.github/CODEOWNERS`."""
        up = posixpath.relpath(".", self.prefix) if at_top and self.prefix else ""
        return posixpath.join(up, path)

    def teams(self) -> tuple[NamedTeam, ...]:
        """Return the teams that okr.yml names, without the company."""
        named = self.organization.teams if self.organization else {}
        return tuple(NamedTeam(id_, team.name) for id_, team in named.items() if id_ != COMPANY)


def look_around(folder: Path) -> Surroundings:
    """Look at a folder, which may not exist yet, and at the repository around it.

    Raises UsageError for a folder or an okr.yml that nothing can be made of, and GitError.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"`{folder}` is a file. Name a folder, or a new one.")
    existing = next(each for each in (folder, *folder.parents) if each.is_dir())
    repository = find_repository(existing)
    top = repository.top if repository else folder
    inside = folder.relative_to(top).as_posix()
    prefix = "" if inside == "." else f"{inside}/"
    page = repository.remote_page() if repository else None
    return Surroundings(
        folder=folder,
        top=top,
        prefix=prefix,
        is_repository=repository is not None,
        main_branch=_main_branch(repository) if repository else "main",
        host=_host_of_page(page.commits, page.address) if page else CodeHost.NONE,
        page=page.address if page else "",
        organization=_read_organization(folder),
        record=read_record(folder),
    )


def require_nameable(surroundings: Surroundings) -> None:
    """Make sure that workflows can name the folder and the branch. Raises UsageError."""
    if not _NAMEABLE.fullmatch(surroundings.prefix):
        raise UsageError(
            f"The workflows can't name the folder `{surroundings.prefix}`: only letters, digits,"
            " spaces and `. _ - @` are safe in their patterns. Rename it, or add `--host none`."
        )
    if not _BRANCH.fullmatch(surroundings.main_branch):
        raise UsageError(
            f"The workflows can't name the branch `{surroundings.main_branch}`: only letters,"
            " digits and `. _ - /` are safe there. Rename it, or add `--host none`."
        )


def _host_of_page(commits: str, address: str) -> CodeHost:
    if commits == "-/commit":
        return CodeHost.GITLAB
    is_github = address.removeprefix("https://").startswith("github.")
    return CodeHost.GITHUB if is_github else CodeHost.NONE


def _main_branch(repository: Repository) -> str:
    """Return the name of the branch that is published: the remote's, a usual one, or this one."""
    remote = repository.answer("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD")
    if remote:
        return remote.removeprefix("refs/remotes/origin/")
    for name in ("main", "master"):
        if repository.answer("rev-parse", "--verify", "--quiet", f"refs/heads/{name}"):
            return name
    here = repository.answer("symbolic-ref", "--quiet", "HEAD")
    return here.removeprefix("refs/heads/") or "main"


def _read_organization(folder: Path) -> Organization | None:
    path = folder / ORGANIZATION
    try:
        data = read_ordinary_file(path, MOST_BYTES)
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise UsageError(f"`{path}` can't be read: {fault.strerror}.") from fault
    record: Organization | None = read_record_file(Organization, File(ORGANIZATION, data), [])
    if record is None:
        raise UsageError(f"`{path}` has errors, so that nothing is written. Run `okr check` first.")
    return record
