"""Reads the files of `okrs/` in one git revision, by the same protocol and checks as on disk.

What `format.loader` takes may come from here or from `disk`. Nothing is checked out; links are
followed within the revision, and only to what `DiskTree` would read.
"""

from __future__ import annotations

import dataclasses
import errno
import posixpath
from collections.abc import Iterable, Iterator, Mapping

from okrdocs.errors import UsageError
from okrdocs.problem import Problem
from okrdocs.source import disk as tree
from okrdocs.source import rejections as refused
from okrdocs.source.disk import File, is_ignored_name, is_yaml_name, misplaced_file_problem
from okrdocs.source.git.blob_id import blob_id
from okrdocs.source.git.folder_place import place_before_moves
from okrdocs.source.git.repository import Repository, TreeEntry

_FOLDER, _LINK, _SUBMODULE = "040000", "120000", "160000"
_MOST_LINKS = 40  # from link to link, as far as Linux goes

_LONGEST_LINK = 1_000


class GitTree:
    """The folder as one revision holds it, also where it lay elsewhere or is a link then.

    Raises UsageError for an unknown revision.
    """

    def __init__(self, repository: Repository, rev: str, folder: str = "okrs") -> None:
        self.revision = repository.resolve(rev)
        self._folder_now = folder
        place = place_before_moves(repository, self.revision, folder)
        parent, slash, name = place.path.rpartition("/")
        is_here = not place.path or place.path == f"{repository.prefix}{folder}"
        self.repository = (
            repository if is_here else dataclasses.replace(repository, prefix=f"{parent}{slash}")
        )
        self.folder = folder if is_here else name

    def read(self) -> tuple[tuple[File, ...], tuple[Problem, ...]]:
        """Return the files sorted by path, and a Problem for each one that was refused.

        Raises UsageError where the revision has no such folder, and GitError.
        """
        wanted, problems = self._data_files_and_problems()
        contents = dict(self.repository.read_blobs(wanted.values(), tree.MAX_BYTES))
        files = (File(self._path_now(path), contents[blob] or b"") for path, blob in wanted.items())
        moved = (
            p._replace(span=p.span._replace(path=self._path_now(p.span.path))) for p in problems
        )
        return tuple(sorted(files)), tuple(sorted(moved, key=lambda p: (p.span, p.code)))

    def list_blob_ids(self) -> dict[str, str]:
        """Return the git id of each file's contents by its path, without reading them.

        Raises UsageError where the revision has no such folder, and GitError.
        """
        return {
            self._path_now(path): blob for path, blob in self._data_files_and_problems()[0].items()
        }

    def _path_now(self, path: str) -> str:
        """Return the path of a file as if the folder had been called as it is now."""
        return f"{self._folder_now}{path.removeprefix(self.folder)}"

    def _data_files_and_problems(self) -> tuple[dict[str, str], list[Problem]]:
        wanted: dict[str, str] = {}
        problems: list[Problem] = []
        size = 0
        for path, entry_or_problem in self._walk_revision():
            if isinstance(entry_or_problem, Problem):
                problems.append(entry_or_problem)
            elif len(wanted) == tree.MAX_FILES:
                problems.append(refused.too_many_files_problem(self.folder, tree.MAX_FILES))
                break
            elif (size := size + entry_or_problem.size) > tree.MAX_BYTES_IN_ALL:
                limit = tree.MAX_BYTES_IN_ALL
                problems.append(refused.too_many_bytes_problem(self.folder, limit))
                break
            else:
                wanted[path] = entry_or_problem.blob
        return wanted, problems

    def _walk_revision(self) -> Iterator[tuple[str, TreeEntry | Problem]]:
        """Yield each file to read and each Problem with its path, in the order of a walk."""
        entries = sorted(self._list_entries(), key=lambda entry: entry.path.split("/"))
        links = {entry.path: entry for entry in entries if entry.mode == _LINK}
        targets = self._follow_links(links) if links else {}
        for entry in entries:
            entry_or_problem = _entry_problem(entry) or targets.get(entry.path, entry)
            yield (
                entry.path,
                _entry_or_problem(entry.path, entry_or_problem)
                if isinstance(entry_or_problem, TreeEntry)
                else entry_or_problem,
            )

    def _list_entries(self) -> list[TreeEntry]:
        """Return what lies in the folder and in its folders, without ignored names.

        The cycles' folders themselves are left out; those in a cycle's folder aren't opened.
        """
        top = self.repository.list_entries(self.revision, f"{self.folder}/")
        if not top:
            raise self._no_folder_error()
        top = tuple(entry for entry in top if not is_ignored_name(_file_name(entry)))
        cycles = [
            f"{cycle_folder.path}/"
            for cycle_folder in top
            if cycle_folder.mode == _FOLDER and _is_utf8(cycle_folder.path)
        ]
        below = self.repository.list_entries(self.revision, *cycles) if cycles else ()
        files = [entry for entry in top if f"{entry.path}/" not in cycles]
        return files + [entry for entry in below if not is_ignored_name(_file_name(entry))]

    def _no_folder_error(self) -> UsageError:
        entries = self.repository.list_entries(self.revision, self.folder)
        short = self.revision[:12]
        if entries:
            kind = {_LINK: "link", _SUBMODULE: "submodule"}.get(entries[0].mode, "file")
            message = f"In revision {short}, `{self.folder}` is a {kind}, so nothing in it is read."
            return UsageError(f"{message} Make it a folder of its own.")
        message = f"There is no folder `{self.folder}` in revision {short}."
        return UsageError(f"{message} Name a later one: `git log -- {self.folder}` lists them.")

    def _follow_links(self, links: Mapping[str, TreeEntry]) -> dict[str, TreeEntry | Problem]:
        """Return what each link leads to, by its own path.

        One round for all, and one a link to a link.
        """
        targets: dict[str, TreeEntry | Problem] = {}
        waiting = dict(links)
        for _ in range(_MOST_LINKS):
            targets |= self._resolve_links_once(waiting)
            reached = {
                path: target for path, target in targets.items() if isinstance(target, TreeEntry)
            }
            waiting = {path: target for path, target in reached.items() if target.mode == _LINK}
            if not waiting:
                return targets
        return targets | {
            path: refused.unreadable_file_problem(path, errno.ELOOP) for path in waiting
        }

    def _resolve_links_once(self, links: Mapping[str, TreeEntry]) -> dict[str, TreeEntry | Problem]:
        """Return what each link names, be it a link itself, by the path that began with it."""
        texts = dict(self.repository.read_blobs(link.blob for link in links.values()))
        places = {path: _link_target(link, texts[link.blob]) for path, link in links.items()}
        named = sorted(set(filter(None, places.values())))
        at = {entry.path: entry for entry in self.repository.list_entries(self.revision, *named)}
        return {
            path: (at.get(place) or refused.unreadable_file_problem(path, errno.ENOENT))
            if place
            else refused.outside_link_problem(path)
            for path, place in places.items()
        }


def committed_revision(files: Iterable[File], repository: Repository) -> str | None:
    """Return the id of the last commit if it contains exactly these files of `okrs`, else None.

    Files that git ignores count, for they are read as well; line endings don't, for git changes
    them as it is configured. git's own answer would run the filters that the repository names.
    Raises GitError.
    """
    head = repository.head_commit()
    if head is None:
        return None
    try:
        blobs = GitTree(repository, head).list_blob_ids()
    except UsageError:
        return None
    contents = {file.path: file.data for file in files}
    same = contents.keys() == blobs.keys() and all(
        blob in {blob_id(contents[path], blob), blob_id(_with_unix_line_ends(contents[path]), blob)}
        for path, blob in blobs.items()
    )
    return head if same else None


def _with_unix_line_ends(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")


def _entry_problem(entry: TreeEntry) -> Problem | None:
    """Return what keeps an entry from being a file or a link to one; None if nothing does."""
    if not _is_utf8(entry.path):
        return refused.bad_name_problem(entry.path)
    if entry.mode == _SUBMODULE:
        return refused.submodule_problem(entry.path)
    return refused.too_deep_folder_problem(entry.path) if entry.mode == _FOLDER else None


def _entry_or_problem(path: str, entry: TreeEntry) -> Problem | TreeEntry:
    """Return a file, or for a link what it leads to, unless its place, kind or size is wrong."""
    if entry.mode in (_FOLDER, _SUBMODULE):
        return refused.folder_link_problem(path)
    if not is_yaml_name(path):
        return refused.unexpected_file_problem(path)
    if wrong := misplaced_file_problem(path):
        return wrong
    too_large = entry.size > tree.MAX_BYTES
    return refused.too_large_problem(path, entry.size, tree.MAX_BYTES) if too_large else entry


def _link_target(link: TreeEntry, text: bytes | None) -> str:
    """Return the path within the root that a link leads to.

    "" for one outside, and what is hidden.
    """
    try:
        place = (text or b"/").decode()
    except UnicodeDecodeError:
        return ""
    if not place.isprintable() or len(place) > _LONGEST_LINK:
        return ""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(link.path), place))
    parts = path.split("/")
    return "" if parts[0] == "" or any(part.startswith(".") for part in parts) else path


def _file_name(entry: TreeEntry) -> str:
    return entry.path.rsplit("/", 1)[-1]


def _is_utf8(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
