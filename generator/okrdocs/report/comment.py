"""The review comment of a pull request: what changed in OKR terms, the cascade, the findings.

`commands.comment` compares; here it becomes Markdown that a code host shows. All that people wrote
passes through `untold` and `escape.mermaid`: no link, no name that is told, no tag of theirs. The
workflow that posts it refuses a comment that holds what none of these ever writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from okrdocs.diff import Diff
from okrdocs.diff.match import Pairs
from okrdocs.escape import terminal
from okrdocs.problem import Problem, Severity
from okrdocs.report.changes_markdown import markdown_of
from okrdocs.report.counts import counted, summary
from okrdocs.report.findings_by_subject import findings
from okrdocs.report.markdown import tables
from okrdocs.report.objectives_in_full import in_full
from okrdocs.report.touched import Touched, gravest_first
from okrdocs.report.untold import plain
from okrdocs.scores import Scores

MARK = "<!-- okrdocs review -->"
"""The first line, by which the comment is found again; nobody sees it."""

MOST = 60_000
"""Characters of a comment. GitHub's holds 65,536."""

_MOST_FINDINGS, _MOST_OBJECTIVES = 12_000, 8_000
_ROOM_FOR_REST = 500


class Comparison(NamedTuple):
    """A change that could be read, with the names of both sides and what the comment shows."""

    diff: Diff
    old: Scores
    new: Scores
    pairs: Pairs
    picture: str
    touched: Touched
    before: str
    after: str


def compared(found: Comparison) -> str:
    """The comment on a change that could be read; calm where nothing changed."""
    below = f"{_objectives(found)}{found.picture}{_findings(found.touched, found.new)}"
    if found.diff.effects:
        below += f"\n\n*Grades go from 0.00 to 1.00; both sides are seen as of {found.new.as_of}.*"
    room = MOST - len(MARK) - len(below) - _ROOM_FOR_REST
    return f"{MARK}\n{markdown_of(found.diff, found.before, found.after, room)}{below}"


def _objectives(found: Comparison) -> str:
    """Objectives that came and went, in full."""
    fresh, gone = set(found.pairs.objectives.values()), set(found.pairs.objectives)
    came = [e for ref, e in found.new.workspace.objectives.items() if ref not in fresh]
    went = [e for ref, e in found.old.workspace.objectives.items() if ref not in gone]
    return (
        f"{in_full('What is new', came, found.new, _MOST_OBJECTIVES)}"
        f"{in_full('What is gone', went, found.old, _MOST_OBJECTIVES)}"
    )


def unreadable(problems: Sequence[Problem]) -> str:
    """The comment where errors keep the new state from being graded: those first, no diff."""
    errors = [each for each in problems if each.severity is Severity.ERROR]
    return (
        f"{MARK}\n## OKRs: they can't be read yet\n\n"
        f"Mend {summary(errors)} first. What changed, and what it does to the grades, is told here"
        f" once the files can be read.{tables(errors, MOST - _ROOM_FOR_REST, '####')}"
    )


def uncompared(reason: str, problems: Sequence[Problem], scores: Scores) -> str:
    """The comment where there is nothing to compare with: the reason, and all findings."""
    room = MOST - len(MARK) - len(reason) - _ROOM_FOR_REST
    listed = findings("Findings", gravest_first(problems), scores, room) or "\n\nNo findings."
    return f"{MARK}\n## OKRs: nothing to compare with\n\n{plain(terminal(reason))}{listed}"


def _findings(touched: Touched, scores: Scores) -> str:
    others = ""
    if touched.others:
        isnt = "isn't" if touched.others == 1 else "aren't"
        more = counted(touched.others, "other finding" if touched.found else "finding")
        others = f"\n\n{more} {isnt} about this change; `okr check` lists all."
    return findings("Findings about this change", touched.found, scores, _MOST_FINDINGS) + others
