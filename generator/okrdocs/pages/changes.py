"""Shows what changed, when and by whom: the page of all changes, and parts of other pages.

Made from git's History as of the day: a step of a later day doesn't exist yet. What a merge
brought in counts from the day of the merge on, when it came into force.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from okrdocs import words
from okrdocs.diff import ChangeKind, Importance, OkrChange
from okrdocs.grading.results import Scores
from okrdocs.history.approval_digest import is_approval_outdated
from okrdocs.history.events import History, HistoryGap, HistoryStep
from okrdocs.markup.escape import Markdown, escape_inline, markdown_link
from okrdocs.markup.prose import prose_inline
from okrdocs.pages.page import GeneratedPage
from okrdocs.pages.parts.cells import iso_day_text, small_text
from okrdocs.pages.urls import CHANGES, NOW, item_url, link_to, relative_url
from okrdocs.workspace.calendar import days_later
from okrdocs.workspace.workspace import Cycle, ResolvedRef

NO_HISTORY = History()
WEEK = 7  # days
MOST_STEPS = 300
MOST_ROWS = 60
MOST_SENTENCES = 12
IMPORTANT = frozenset({Importance.GOALPOSTS, Importance.COMMITMENT})
_APPROVED_KINDS = frozenset(
    {
        ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.MOVED, ChangeKind.REWORDED,
        ChangeKind.TYPE, ChangeKind.MEASURE, ChangeKind.BASELINE, ChangeKind.TARGET,
        ChangeKind.WEIGHT, ChangeKind.DATES, ChangeKind.MILESTONE, ChangeKind.PLAN,
        ChangeKind.DROPPED, ChangeKind.POLICY,
    }
)  # fmt: skip
_RULES_OF_GRADING = (ChangeKind.POLICY, ChangeKind.DATES)
_UNTOLD = "what changed before today isn't told."
_HISTORY_GAPS = {
    HistoryGap.LINK: f"The folder okrs is a link out of this repository: {_UNTOLD}",
    HistoryGap.SUBMODULE: f"The folder okrs is a submodule with a history of its own: {_UNTOLD}",
    HistoryGap.OTHER_REPOSITORY: f"The folder okrs is a repository of its own: {_UNTOLD}",
    HistoryGap.UNREADABLE: f"git couldn't read the history here: {_UNTOLD}",
}


@dataclass(frozen=True, slots=True)
class ChangeStepView:
    """One step: when, who, a link to its commit, and its sentences, the most important first.

    `more` are those of a long step that are folded, under the text of `summary`.
    """

    date: str
    author: str
    commit: Markdown
    changes: tuple[Markdown, ...]
    more: tuple[Markdown, ...]
    summary: str


def steps_with_changes(history: History, scores: Scores) -> list[HistoryStep]:
    """Return the steps up to the day that changed anything, newest first."""
    return [s for s in reversed(history.steps) if s.day_in_force <= scores.as_of and s.changes]


def changes_page(scores: Scores, history: History) -> GeneratedPage | None:
    """Make the page of all changes, the last seven days first; None where git knows of none."""
    steps = steps_with_changes(history, scores)
    if not steps:
        return None
    since = days_later(scores.as_of, -WEEK)
    views = [(step.day_in_force, _step_view(step, scores)) for step in steps[:MOST_STEPS]]
    return GeneratedPage(
        path=CHANGES,
        template="changes.md.j2",
        title=words.CHANGES,
        crumbs=(link_to(CHANGES, NOW, words.NOW), Markdown("")),
        as_of=iso_day_text(scores.as_of),
        source="",
        rank=0.5,
        view={
            "week": [view for on, view in views if on > since],
            "earlier": [view for on, view in views if on <= since],
            "since": iso_day_text(since),
            "more": max(0, len(steps) - MOST_STEPS),
            "notes": history_notes(history),
        },
    )


def recent_important_changes(
    cycle: Cycle, scores: Scores, history: History
) -> tuple[Markdown, ...]:
    """List changes of a cycle's targets and commitments in the last seven days.

    Moved goalposts come before commitments, the newest first in both.
    """
    since = days_later(scores.as_of, -WEEK)
    changes = [
        (change, step.author)
        for step in steps_with_changes(history, scores)
        if step.day_in_force > since and step.author
        for change in step.changes
        if change.cycle == cycle.id and change.importance in IMPORTANT
    ]
    changes.sort(key=lambda pair: pair[0].importance is not Importance.GOALPOSTS)
    return tuple(
        Markdown(f"{_change_sentence(change, scores, NOW)} {small_text(author)}")
        for change, author in changes
    )


def _step_view(step: HistoryStep, scores: Scores) -> ChangeStepView:
    sentences = tuple(_change_sentence(change, scores, CHANGES) for change in step.changes)
    count = len(sentences) if len(sentences) <= MOST_SENTENCES + 1 else MOST_SENTENCES
    more = _folded_changes_summary(step.changes[count:])
    return ChangeStepView(
        iso_day_text(step.day_in_force),
        _author_text(step),
        _commit_link(step),
        sentences[:count],
        sentences[count:],
        more,
    )


def _folded_changes_summary(folded: Sequence[OkrChange]) -> str:
    """Count folded changes: `21 more changes, 14 of them check-ins`."""
    count = sum(change.kind is ChangeKind.CHECK_IN_ADDED for change in folded)
    if count == len(folded):
        return f"{count} more check-ins"
    check_ins = f", {count} of them check-ins" if count else ""
    return f"{len(folded)} more changes{check_ins}"


def _author_text(step: HistoryStep) -> str:
    """Say who made a step; where it waited for its merge, also when."""
    wrote = f", who wrote it on {iso_day_text(step.day)}" if step.day_in_force != step.day else ""
    return f"{step.author}{wrote}" if step.author else "not committed yet"


def _change_sentence(change: OkrChange, scores: Scores, here: str) -> Markdown:
    """Write a change as its sentence, its reason, and a link where the item still exists."""
    text = escape_inline(change.sentence[:1].upper() + change.sentence[1:])
    why = f" – {prose_inline(change.reason)}" if change.reason else ""
    there = _url_if_present(change.ref, scores)
    to = f" ([see it]({relative_url(here, there)}))" if there else ""
    return Markdown(f"{text}{why}{to}")


def _url_if_present(ref: ResolvedRef | None, scores: Scores) -> str:
    if ref is None or not (ref in scores.objectives or ref in scores.key_results):
        return ""
    return item_url(ref)


def _commit_link(step: HistoryStep) -> Markdown:
    short = step.revision[:8]
    return markdown_link(short, step.page) if step.page else escape_inline(short)


def history_notes(history: History) -> tuple[str, ...]:
    """Return what isn't known of the past, in sentences: that is never the same as no change."""
    notes = [_HISTORY_GAPS[history.gap]] if history.gap else []
    if history.shallow:
        notes.append(
            "This clone doesn't hold the whole history, so what was before"
            f" {history.since or 'its first commit'} isn't told."
        )
    if history.skipped:
        plural = "revision" if history.skipped == 1 else "revisions"
        notes.append(
            f"{history.skipped} {plural} couldn't be read; what they changed is told with the next"
            " one that can."
        )
    return tuple(notes)


# ------------------------------------------------------------------- parts of other pages


def change_history_rows(
    cycle: Cycle, scores: Scores, history: History, here: str
) -> list[tuple[str, str, Markdown]]:
    """List the change history of a cycle, oldest first: what people wrote down, and what git knows.

    From git come the changes that a reader of the document has to know: goalposts that moved, and
    commitments; check-ins and words stand on the page of all changes.
    """
    rows = [
        *_changes_from_document(cycle, scores),
        *_changes_from_git(cycle, scores, history, here),
    ]
    rows.sort(key=lambda row: row[0])
    return [(iso_day_text(on), author, text) for on, author, text in rows]


def _changes_from_document(cycle: Cycle, scores: Scores) -> Iterator[tuple[date, str, Markdown]]:
    for change in cycle.document.changes if cycle.document else ():
        if change.date <= scores.as_of:
            author = scores.workspace.name_of(change.author or "")
            yield change.date, author, prose_inline(change.change)


def _changes_from_git(
    cycle: Cycle, scores: Scores, history: History, here: str
) -> list[tuple[date, str, Markdown]]:
    """Make a row for each day and author."""
    by_day: dict[tuple[date, str], list[Markdown]] = {}
    for step in steps_with_changes(history, scores):
        sentences = [
            _change_sentence(change, scores, here)
            for change in step.changes
            if change.cycle == cycle.id and change.importance in IMPORTANT
        ]
        if sentences:
            by_day.setdefault((step.day_in_force, step.author), []).extend(
                [*sentences, small_text(step.revision[:8])]
            )
    rows = list(by_day.items())[:MOST_ROWS]
    return [(on, author, _changes_cell(sentences, here)) for (on, author), sentences in rows]


def _changes_cell(sentences: list[Markdown], here: str) -> Markdown:
    """Join the lines of one day; of many only the first, and a link to the others."""
    if len(sentences) > MOST_SENTENCES + 1:
        more = markdown_link(
            f"and {len(sentences) - MOST_SENTENCES} more", relative_url(here, CHANGES)
        )
        sentences = [*sentences[:MOST_SENTENCES], more]
    return Markdown("<br>".join(sentences))


def changes_since_approvals(
    cycle: Cycle, scores: Scores, history: History, here: str
) -> list[tuple[str, tuple[Markdown, ...]]]:
    """List, for each approval of another version, whose it is and what changed after its day."""
    rows = []
    for approval in cycle.document.approvals if cycle.document else ():
        if not is_approval_outdated(approval, cycle, scores.workspace, scores.as_of):
            continue
        sentences = tuple(
            Markdown(
                f"{iso_day_text(step.day_in_force)} – {_change_sentence(change, scores, here)}"
            )
            for step in reversed(steps_with_changes(history, scores))
            for change in step.changes
            if approval.date
            and step.day_in_force > approval.date
            and _is_covered_by_approval(change, cycle)
        )
        if sentences:
            rows.append((f"{approval.role}, {iso_day_text(approval.date)}", sentences))
    return rows


def _is_covered_by_approval(change: OkrChange, cycle: Cycle) -> bool:
    """Say whether a change is one of what an approval's digest covers: also rules of grading."""
    of_note = change.importance in IMPORTANT and change.kind in _APPROVED_KINDS
    is_rule = not change.cycle and change.kind in _RULES_OF_GRADING
    return of_note and (is_rule or (change.cycle == cycle.id and change.ref is not None))
