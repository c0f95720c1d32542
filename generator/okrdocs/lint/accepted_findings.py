"""Tells what a change accepts that was a finding before: debts and comments, as goalposts. Pure.

A change that brings the line by which its own finding is silent has to say so to its reviewer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from okrdocs.diff import ChangeKind, Diff, Importance, OkrChange
from okrdocs.lint.baseline import FILE, KnownFindings
from okrdocs.lint.suppression import Suppression

_MOST_NAMED = 3


def added_debts(before: KnownFindings, after: KnownFindings) -> tuple[OkrChange, ...]:
    """Return a change for each rule of which the baseline accepts more findings than before."""
    added: dict[str, list[str]] = {}
    for (code, ref), count in sorted(after.items()):
        more = count - before.get((code, ref), 0)
        added.setdefault(code, []).extend([ref] * max(0, more))
    return tuple(_debt_change(code, refs) for code, refs in added.items() if refs)


def _debt_change(code: str, refs: list[str]) -> OkrChange:
    names = list(dict.fromkeys(refs))
    listed = ", ".join(names[:_MOST_NAMED])
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    what = "an old debt" if len(refs) == 1 else f"{len(refs)} old debts"
    statement = f"accepted findings of `{code}` as {what} in {FILE}: {listed}{more}"
    return _acceptance(statement, "", FILE, 1)


def added_suppressions(
    before: Iterable[Suppression], after: Iterable[Suppression], paths: Mapping[str, str]
) -> tuple[OkrChange, ...]:
    """Return a change for each comment that suppresses findings and wasn't there before.

    `paths` maps the path of a file before to that after, where it isn't the same.
    """
    known = Counter(
        (paths.get(comment.span.path, comment.span.path), code, comment.reason)
        for comment in before
        for code in comment.codes
    )
    return tuple(_added_codes(after, known))


def _added_codes(
    comments: Iterable[Suppression], known: Counter[tuple[str, str, str]]
) -> Iterator[OkrChange]:
    for comment in comments:
        for code in comment.codes:
            key = (comment.span.path, code, comment.reason)
            if known[key] > 0:
                known[key] -= 1
            else:
                place = f"{comment.span.path}, line {comment.span.line}"
                statement = f"suppressed `{code}` by a comment in {place}"
                yield _acceptance(statement, comment.reason, comment.span.path, comment.span.line)


def with_accepted_findings(diff: Diff, accepted: Iterable[OkrChange]) -> Diff:
    """Return a diff that begins with what was accepted, among the other goalposts."""
    return diff._replace(changes=(*accepted, *diff.changes))


def _acceptance(statement: str, reason: str, path: str, line: int) -> OkrChange:
    return OkrChange(
        ChangeKind.RULES,
        Importance.GOALPOSTS,
        None,
        "",
        "",
        "",
        "",
        reason,
        statement,
        path,
        line,
    )
