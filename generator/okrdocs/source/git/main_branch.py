"""Finds the commit where the branch that is checked out left the main one.

Nothing is guessed: where neither git's settings nor its references say which branch is the main
one, the person is asked, since a comparison with the wrong one would say that nothing changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from okrdocs.errors import UsageError
from okrdocs.source.git.repository import Repository

_FORMAT = "%(refname)%00%(upstream)%00%(objectname)"
_PLACES = ("refs/heads", "refs/remotes", "refs/pull", "refs/merge-requests")
# What code hosts check out for a pull request: the merge of it into its base.
_MERGES = re.compile(r"refs/(?:remotes/)?(?:[^/]+/)?(?:pull|merge-requests)/\d+/(?:merge|train)")
_USUAL = ("main", "master")
_UNKNOWN = (
    "Which branch this one is compared with isn't known here. Name it after the command, such as"
    " `origin/main`; `git remote set-head origin --auto` lets git know it from now on."
)


class _Reference(NamedTuple):
    """A branch, its upstream's full name ("" without one), and its commit's id."""

    name: str
    upstream: str
    id: str


def default_base(repository: Repository) -> str | None:
    """Return the commit that a pull request of this branch would be compared with, as a full id.

    That is where it left the main branch; on the main branch itself, the last commit. None before
    the first commit. Raises UsageError where the main branch isn't known, and GitError.
    """
    head = repository.head_commit()
    if head is None:
        return None
    references = _list_references(repository)
    if any(ref.id == head and _MERGES.fullmatch(ref.name) for ref in references.values()):
        merged_into = repository.answer("rev-parse", "--verify", "--quiet", f"{head}^1")
        if merged_into:
            return merged_into
    own = repository.answer("symbolic-ref", "--quiet", "HEAD")
    configured = repository.answer("config", "--get", "init.defaultBranch")
    main = next(_main_branches(references, own, configured, head), None)
    base = repository.merge_base(main.id, head) if main else None
    if base is None:
        raise UsageError(_UNKNOWN)
    return base


def _list_references(repository: Repository) -> Mapping[str, _Reference]:
    output = repository.answer("for-each-ref", f"--format={_FORMAT}", *_PLACES)
    references = (_Reference(*line.split("\0")) for line in output.splitlines())
    return {reference.name: reference for reference in references}


def _main_branches(
    references: Mapping[str, _Reference], own: str, configured: str, head: str
) -> Iterator[_Reference]:
    """Yield what may be the main branch, the surest first.

    An upstream of the branch's own name is its copy on the remote, not where it is going; nor does
    a single branch of the remote say anything that is the one or the commit checked out.
    """
    upstream = references[own].upstream if own in references else ""
    remotes = sorted({name.split("/")[2] for name in references if _is_of_remote(name)})
    remote = "origin" if "origin" in remotes or len(remotes) != 1 else remotes[0]
    places = [] if _branch_name(upstream) == _branch_name(own) else [upstream]
    places.append(f"refs/remotes/{remote}/HEAD")
    for name in (configured, *_USUAL):
        places += [f"refs/remotes/{remote}/{name}", f"refs/heads/{name}"]
    yield from (references[place] for place in places if place in references)
    on_remotes = [reference for name, reference in references.items() if _is_of_remote(name)]
    if len(on_remotes) == 1 and on_remotes[0].id != head:
        yield from (one for one in on_remotes if _branch_name(one.name) != _branch_name(own))
    if [*references] == [own]:
        yield references[own]


def _is_of_remote(name: str) -> bool:
    return name.startswith("refs/remotes/") and not _MERGES.fullmatch(name)


def _is_local(name: str) -> bool:
    return name.startswith("refs/heads/")


def _branch_name(reference: str) -> str:
    """Return `feature/x` of a branch here or on a remote; "" for no reference."""
    return "/".join(reference.split("/")[2 if _is_local(reference) else 3 :])
