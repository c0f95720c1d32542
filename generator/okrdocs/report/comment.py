"""Writes the review comment of a pull request: what changed, the cascade, the findings.

`commands/comment` compares; here it becomes Markdown that a code host shows. All that people wrote
passes through `markup.code_host` and `markup.escape`: it makes no link, notifies nobody and adds no
tag. The workflow that posts it refuses a comment with anything that these never write.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from okrdocs.diff import Diff, Importance
from okrdocs.diff.pairs import Pairs
from okrdocs.diff.text_format import join_with_and
from okrdocs.grading.results import Scores
from okrdocs.markup.code_host import escape_line
from okrdocs.markup.counts import count_of
from okrdocs.markup.escape import terminal_text
from okrdocs.problem import Problem, Severity
from okrdocs.report.changed_findings import ChangedFindings, sort_by_severity
from okrdocs.report.comment_findings import findings_section
from okrdocs.report.comment_objectives import objectives_section
from okrdocs.report.counts import count_by_severity
from okrdocs.report.diff_markdown import CommentFrame, diff_as_markdown
from okrdocs.report.markdown import finding_tables
from okrdocs.workspace.responsible import named_people, responsible_people
from okrdocs.workspace.workspace import ObjectiveEntry, ResolvedRef

MARK = "<!-- okrdocs review -->"
"""The first line, by which the comment is found again; nobody sees it."""

MOST = 60_000
"""Characters of a comment. GitHub's holds 65,536."""

_MOST_FINDINGS, _MOST_OBJECTIVES = 12_000, 8_000
_ROOM_FOR_REST = 500
_MOST_NAMES = 6
_TO_BE_SEEN = (Importance.GOALPOSTS, Importance.COMMITMENT)


class ReviewComparison(NamedTuple):
    """A change that could be read, with the names of both sides and what the comment shows."""

    diff: Diff
    old: Scores
    new: Scores
    pairs: Pairs
    picture: str
    findings: ChangedFindings
    before: str
    after: str


def comparison_comment(comparison: ReviewComparison) -> str:
    """Return the comment on a change that could be read; short where nothing changed."""
    listed = findings_section(
        "Findings about this change", comparison.findings.findings, comparison.new, _MOST_FINDINGS
    )
    below = f"{_objective_sections(comparison)}{comparison.picture}{listed}{_footer(comparison)}"
    errors = [
        problem for problem in comparison.findings.findings if problem.severity is Severity.ERROR
    ]
    room = MOST - len(MARK) - len(below) - _ROOM_FOR_REST
    frame = CommentFrame(
        room,
        count_by_severity(errors),
        _added_removed_text(comparison),
        _responsible_people(comparison),
        _references_with_amendment(comparison.new),
    )
    above = diff_as_markdown(comparison.diff, comparison.before, comparison.after, frame)
    return f"{MARK}\n{above}{below}"


def _added_removed_text(comparison: ReviewComparison) -> str:
    """Return `2 objectives are new, 1 is gone`; "" for none."""
    came, went = len(_added_objectives(comparison)), len(_removed_objectives(comparison))
    parts = [f"{count_of(came, 'objective')} {_is_or_are(came)} new"] * bool(came)
    if went:
        parts.append(f"{went if came else count_of(went, 'objective')} {_is_or_are(went)} gone")
    return ", ".join(parts)


def _is_or_are(count: int) -> str:
    return "is" if count == 1 else "are"


def _responsible_people(comparison: ReviewComparison) -> str:
    """Return who is responsible for changed goalposts and commitments, in their order."""
    names: dict[str, None] = {}
    for change in comparison.diff.changes:
        if change.ref is not None and change.importance in _TO_BE_SEEN:
            names |= dict.fromkeys(_responsible_names(change.ref, comparison))
    listed = list(names)
    if len(listed) > _MOST_NAMES:
        listed[_MOST_NAMES:] = [f"{len(listed) - _MOST_NAMES} more"]
    return join_with_and(listed)


def _responsible_names(ref: ResolvedRef, comparison: ReviewComparison) -> list[str]:
    """Return who is named in the new state or else in the old one, else the lead of the team.

    Who owned what this change removes, or took their name off, is asked rather than the lead.
    """
    states = (comparison.new.workspace, comparison.old.workspace)
    for people in (named_people, responsible_people):
        for workspace in states:
            entry = workspace.key_results.get(ref) or workspace.objectives.get(ref.parent)
            who = people(entry, workspace) if entry else ()
            if who:
                return [workspace.short_name_of(person) for person in who]
    return []


def _references_with_amendment(scores: Scores) -> frozenset[ResolvedRef]:
    """Return what the amendments of cycles explain."""
    cycles = scores.workspace.cycles
    return frozenset(ref for cycle in cycles for ref in cycle.amendments if ref is not None)


def _footer(comparison: ReviewComparison) -> str:
    """Return the scale, the day of the grades and the count of other findings in a line."""
    parts = []
    if comparison.diff.effects:
        parts.append(
            f"Grades go from 0.00 to 1.00; both sides are seen as of {comparison.new.as_of}."
        )
    if others := comparison.findings.others:
        isnt = f"{_is_or_are(others)}n't"
        more = count_of(others, "other finding" if comparison.findings.findings else "finding")
        parts.append(f"{more} {isnt} about this change; `okr check` lists all.")
    return f"\n\n*{' '.join(parts)}*" if parts else ""


def _objective_sections(comparison: ReviewComparison) -> str:
    """Return added, published and removed objectives in full."""
    came, went = _added_objectives(comparison), _removed_objectives(comparison)
    published = _objectives_no_longer_draft(comparison)
    return (
        f"{objectives_section('What is new', came, comparison.new, _MOST_OBJECTIVES)}"
        f"{objectives_section('What was a draft', published, comparison.new, _MOST_OBJECTIVES)}"
        f"{objectives_section('What is gone', went, comparison.old, _MOST_OBJECTIVES)}"
    )


def _added_objectives(comparison: ReviewComparison) -> list[ObjectiveEntry]:
    partners = set(comparison.pairs.objectives.values())
    return [e for ref, e in comparison.new.workspace.objectives.items() if ref not in partners]


def _removed_objectives(comparison: ReviewComparison) -> list[ObjectiveEntry]:
    objectives = comparison.old.workspace.objectives
    return [e for ref, e in objectives.items() if ref not in comparison.pairs.objectives]


def _objectives_no_longer_draft(comparison: ReviewComparison) -> list[ObjectiveEntry]:
    """Return objectives that were drafts and aren't any more."""
    old, new = comparison.old.workspace.objectives, comparison.new.workspace.objectives
    both = ((old[one], new[other]) for one, other in comparison.pairs.objectives.items())
    return [entry for former, entry in both if former.draft and not entry.draft]


def unreadable_comment(problems: Sequence[Problem]) -> str:
    """Return the comment where errors prevent grading of the new state: the errors, no diff."""
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    return (
        f"{MARK}\n## OKRs: {count_by_severity(errors)} to fix first\n\n"
        "With errors in the files, they can't be read yet. What changed, and what it does to the"
        " grades, is told here afterwards."
        f"{finding_tables(errors, MOST - _ROOM_FOR_REST, '####')}"
    )


def comment_without_comparison(reason: str, problems: Sequence[Problem], scores: Scores) -> str:
    """Return the comment where there is nothing to compare with: the reason, and all findings."""
    room = MOST - len(MARK) - len(reason) - _ROOM_FOR_REST
    listed = (
        findings_section("Findings", sort_by_severity(problems), scores, room) or "\n\nNo findings."
    )
    return (
        f"{MARK}\n## OKRs: nothing to compare with\n\n{escape_line(terminal_text(reason))}{listed}"
    )
