"""The review comment of a pull request: what changed in OKR terms, the cascade, the findings.

`commands.comment` compares; here it becomes Markdown that a code host shows. All that people wrote
passes through `untold` and `escape.mermaid`: no link, no name that is told, no tag of theirs. The
workflow that posts it refuses a comment that holds what none of these ever writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from okrdocs.diff import Diff, Importance
from okrdocs.diff.pairs import Pairs
from okrdocs.diff.text_format import join_with_and
from okrdocs.grading.results import Scores
from okrdocs.markup.code_host import plain
from okrdocs.markup.escape import terminal
from okrdocs.problem import Problem, Severity
from okrdocs.report.changed_findings import Touched, gravest_first
from okrdocs.report.comment_findings import findings
from okrdocs.report.comment_objectives import in_full
from okrdocs.report.counts import counted, summary
from okrdocs.report.diff_markdown import Frame, markdown_of
from okrdocs.report.markdown import tables
from okrdocs.workspace.workspace import ObjectiveEntry, Ref

MARK = "<!-- okrdocs review -->"
"""The first line, by which the comment is found again; nobody sees it."""

MOST = 60_000
"""Characters of a comment. GitHub's holds 65,536."""

_MOST_FINDINGS, _MOST_OBJECTIVES = 12_000, 8_000
_ROOM_FOR_REST = 500
_MOST_NAMES = 6
_TO_BE_SEEN = (Importance.GOALPOSTS, Importance.COMMITMENT)


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
    listed = findings("Findings about this change", found.touched.found, found.new, _MOST_FINDINGS)
    below = f"{_objectives(found)}{found.picture}{listed}{_footer(found)}"
    errors = [each for each in found.touched.found if each.severity is Severity.ERROR]
    room = MOST - len(MARK) - len(below) - _ROOM_FOR_REST
    frame = Frame(room, summary(errors), _news(found), _who(found), _amended(found.new))
    return f"{MARK}\n{markdown_of(found.diff, found.before, found.after, frame)}{below}"


def _news(found: Comparison) -> str:
    """`2 objectives are new, 1 is gone`."""
    came, went = len(_came(found)), len(_went(found))
    said = [f"{counted(came, 'objective')} {_are(came)} new"] * bool(came)
    if went:
        said.append(f"{went if came else counted(went, 'objective')} {_are(went)} gone")
    return ", ".join(said)


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _who(found: Comparison) -> str:
    """Who answers for what is not only progress or words, in the order of the changes."""
    names: dict[str, None] = {}
    for change in found.diff.changes:
        if change.ref is not None and change.importance in _TO_BE_SEEN:
            names |= dict.fromkeys(_names(change.ref, found))
    listed = list(names)
    if len(listed) > _MOST_NAMES:
        listed[_MOST_NAMES:] = [f"{len(listed) - _MOST_NAMES} more"]
    return join_with_and(listed)


def _names(ref: Ref, found: Comparison) -> list[str]:
    """The DRI, else the owners, of the key result or else of its objective."""
    for workspace in (found.new.workspace, found.old.workspace):
        key_result, objective = workspace.key_results.get(ref), workspace.objectives.get(ref.parent)
        for record in (
            key_result.key_result if key_result else None,
            objective.objective if objective else None,
        ):
            who = record and ([record.dri] if record.dri else list(record.owner))
            if who:
                return [workspace.short_name_of(each) for each in who]
    return []


def _amended(scores: Scores) -> frozenset[Ref]:
    """What an amendment of its cycle explains."""
    cycles = scores.workspace.cycles
    return frozenset(ref for cycle in cycles for ref in cycle.amendments if ref is not None)


def _footer(found: Comparison) -> str:
    """The scale and the day of the grades, and what else there is to find; one small line."""
    said = []
    if found.diff.effects:
        said.append(f"Grades go from 0.00 to 1.00; both sides are seen as of {found.new.as_of}.")
    if others := found.touched.others:
        isnt = f"{_are(others)}n't"
        more = counted(others, "other finding" if found.touched.found else "finding")
        said.append(f"{more} {isnt} about this change; `okr check` lists all.")
    return f"\n\n*{' '.join(said)}*" if said else ""


def _objectives(found: Comparison) -> str:
    """Objectives that came and went, in full."""
    came, went = _came(found), _went(found)
    return (
        f"{in_full('What is new', came, found.new, _MOST_OBJECTIVES)}"
        f"{in_full('What was a draft', _published(found), found.new, _MOST_OBJECTIVES)}"
        f"{in_full('What is gone', went, found.old, _MOST_OBJECTIVES)}"
    )


def _came(found: Comparison) -> list[ObjectiveEntry]:
    known = set(found.pairs.objectives.values())
    return [e for ref, e in found.new.workspace.objectives.items() if ref not in known]


def _went(found: Comparison) -> list[ObjectiveEntry]:
    objectives = found.old.workspace.objectives
    return [e for ref, e in objectives.items() if ref not in found.pairs.objectives]


def _published(found: Comparison) -> list[ObjectiveEntry]:
    """Objectives that were drafts and aren't any more."""
    old, new = found.old.workspace.objectives, found.new.workspace.objectives
    both = ((old[one], new[other]) for one, other in found.pairs.objectives.items())
    return [entry for former, entry in both if former.draft and not entry.draft]


def unreadable(problems: Sequence[Problem]) -> str:
    """The comment where errors keep the new state from being graded: those first, no diff."""
    errors = [each for each in problems if each.severity is Severity.ERROR]
    return (
        f"{MARK}\n## OKRs: {summary(errors)} to mend first\n\n"
        "With errors in the files, they can't be read yet. What changed, and what it does to the"
        " grades, is told here afterwards."
        f"{tables(errors, MOST - _ROOM_FOR_REST, '####')}"
    )


def uncompared(reason: str, problems: Sequence[Problem], scores: Scores) -> str:
    """The comment where there is nothing to compare with: the reason, and all findings."""
    room = MOST - len(MARK) - len(reason) - _ROOM_FOR_REST
    listed = findings("Findings", gravest_first(problems), scores, room) or "\n\nNo findings."
    return f"{MARK}\n## OKRs: nothing to compare with\n\n{plain(terminal(reason))}{listed}"
