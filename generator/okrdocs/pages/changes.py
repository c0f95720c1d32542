"""What changed, when and by whom: the page of all changes, and the parts that other pages show.

From the History that git tells, as of the day: a step of a later day doesn't exist yet. What a
merge brought in counts from the day of the merge on, when it came into force.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from okrdocs.diff import ChangeKind, Importance, OkrChange
from okrdocs.grading.results import Scores
from okrdocs.history.events import History, HistoryStep
from okrdocs.markup.escape import Markdown, inline, link
from okrdocs.markup.prose import prose_inline
from okrdocs.pages.page import Page
from okrdocs.pages.parts.cells import day, small
from okrdocs.pages.urls import CHANGES, NOW, link_to, page_of, relative
from okrdocs.workspace.approval_digest import is_outdated
from okrdocs.workspace.workspace import Cycle, Ref

NO_HISTORY = History()
WEEK = timedelta(days=7)
MOST_STEPS = 300
MOST_ROWS = 60
MOST_SENTENCES = 12
OF_NOTE = frozenset({Importance.GOALPOSTS, Importance.COMMITMENT})
_PROMISES = frozenset(
    {
        ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.MOVED, ChangeKind.REWORDED,
        ChangeKind.TYPE, ChangeKind.MEASURE, ChangeKind.BASELINE, ChangeKind.TARGET,
        ChangeKind.WEIGHT, ChangeKind.DATES, ChangeKind.MILESTONE,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StepView:
    """One step: when, who, a link to its commit, and its sentences, the weightiest first.

    `more` are those of a long one that fold away, under the words of `summary`.
    """

    date: str
    author: str
    commit: Markdown
    changes: tuple[Markdown, ...]
    more: tuple[Markdown, ...]
    summary: str


def known_steps(history: History, scores: Scores) -> list[HistoryStep]:
    """The steps up to the day that changed anything, newest first."""
    return [s for s in reversed(history.steps) if s.since <= scores.as_of and s.changes]


def changes_page(scores: Scores, history: History) -> Page | None:
    """All changes, those of the last seven days first; None where git knows of none."""
    steps = known_steps(history, scores)
    if not steps:
        return None
    since = scores.as_of - WEEK
    views = [(step.since, _view(step, scores)) for step in steps[:MOST_STEPS]]
    return Page(
        path=CHANGES,
        template="changes.md.j2",
        title="Changes",
        crumbs=(link_to(CHANGES, NOW, "Now"), Markdown("")),
        as_of=day(scores.as_of),
        source="",
        rank=0.5,
        view={
            "week": [view for on, view in views if on > since],
            "earlier": [view for on, view in views if on <= since],
            "since": day(since),
            "more": max(0, len(steps) - MOST_STEPS),
            "notes": _notes(history),
        },
    )


def moved_lately(cycle: Cycle, scores: Scores, history: History) -> tuple[Markdown, ...]:
    """What moved the goalposts or commitments of a cycle in the last seven days, newest first."""
    since = scores.as_of - WEEK
    return tuple(
        Markdown(f"{_sentence(change, scores, NOW)} <small>{inline(step.author)}</small>")
        for step in known_steps(history, scores)
        if step.since > since and step.author
        for change in step.changes
        if change.cycle == cycle.id and change.importance in OF_NOTE
    )


def _view(step: HistoryStep, scores: Scores) -> StepView:
    said = tuple(_sentence(change, scores, CHANGES) for change in step.changes)
    shown = len(said) if len(said) <= MOST_SENTENCES + 1 else MOST_SENTENCES
    more = _more(step.changes[shown:])
    return StepView(day(step.since), _author(step), _commit(step), said[:shown], said[shown:], more)


def _more(folded: Sequence[OkrChange]) -> str:
    """`21 more changes, 14 of them check-ins`."""
    count = sum(change.kind is ChangeKind.CHECK_IN_ADDED for change in folded)
    if count == len(folded):
        return f"{count} more check-ins"
    check_ins = f", {count} of them check-ins" if count else ""
    return f"{len(folded)} more changes{check_ins}"


def _author(step: HistoryStep) -> str:
    """Who made it; of what waited for its merge also when."""
    wrote = f", who wrote it on {day(step.day)}" if step.since != step.day else ""
    return f"{step.author}{wrote}" if step.author else "not committed yet"


def _sentence(change: OkrChange, scores: Scores, here: str) -> Markdown:
    """The sentence, its reason, and a link to the place where that is still there."""
    text = inline(change.sentence[:1].upper() + change.sentence[1:])
    why = f" – {prose_inline(change.reason)}" if change.reason else ""
    there = _there(change.ref, scores)
    to = f" ([see it]({relative(here, there)}))" if there else ""
    return Markdown(f"{text}{why}{to}")


def _there(ref: Ref | None, scores: Scores) -> str:
    if ref is None or not (ref in scores.objectives or ref in scores.key_results):
        return ""
    return page_of(ref)


def _commit(step: HistoryStep) -> Markdown:
    short = step.revision[:8]
    return link(short, step.page) if step.page else inline(short)


def _notes(history: History) -> tuple[str, ...]:
    notes = []
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


def change_rows(
    cycle: Cycle, scores: Scores, history: History, here: str
) -> list[tuple[str, str, Markdown]]:
    """The change history of a cycle, oldest first: what people wrote down, and what git knows.

    From git come the changes that a reader of the document has to know: goalposts that moved, and
    commitments; check-ins and words stand on the page of all changes.
    """
    rows = [*_written(cycle, scores), *_told(cycle, scores, history, here)]
    rows.sort(key=lambda row: row[0])
    return [(day(on), author, text) for on, author, text in rows]


def _written(cycle: Cycle, scores: Scores) -> Iterator[tuple[date, str, Markdown]]:
    for change in cycle.document.changes if cycle.document else ():
        if change.date <= scores.as_of:
            author = scores.workspace.name_of(change.author or "")
            yield change.date, author, prose_inline(change.change)


def _told(
    cycle: Cycle, scores: Scores, history: History, here: str
) -> list[tuple[date, str, Markdown]]:
    """A row for each day and author."""
    found: dict[tuple[date, str], list[Markdown]] = {}
    for step in known_steps(history, scores):
        said = [
            _sentence(change, scores, here)
            for change in step.changes
            if change.cycle == cycle.id and change.importance in OF_NOTE
        ]
        if said:
            found.setdefault((step.since, step.author), []).extend(
                [*said, small(step.revision[:8])]
            )
    rows = list(found.items())[:MOST_ROWS]
    return [(on, author, _cell(said, here)) for (on, author), said in rows]


def _cell(said: list[Markdown], here: str) -> Markdown:
    """The lines of one day; of a long one the first, and where the others stand."""
    if len(said) > MOST_SENTENCES + 1:
        more = link(f"and {len(said) - MOST_SENTENCES} more", relative(here, CHANGES))
        said = [*said[:MOST_SENTENCES], more]
    return Markdown("<br>".join(said))


def since_approvals(
    cycle: Cycle, scores: Scores, history: History, here: str
) -> list[tuple[str, tuple[Markdown, ...]]]:
    """For each approval of another version: whose it is, and what changed from the next day on."""
    found = []
    for approval in cycle.document.approvals if cycle.document else ():
        if not is_outdated(approval, cycle, scores.as_of):
            continue
        said = tuple(
            Markdown(f"{day(step.since)} – {_sentence(change, scores, here)}")
            for step in reversed(known_steps(history, scores))
            for change in step.changes
            if approval.date and step.since > approval.date and _is_promise(change, cycle)
        )
        if said:
            found.append((f"{approval.role}, {day(approval.date)}", said))
    return found


def _is_promise(change: OkrChange, cycle: Cycle) -> bool:
    """Whether a change is one of what an approval's digest covers."""
    of_note = change.importance in OF_NOTE and change.kind in _PROMISES
    return change.cycle == cycle.id and change.ref is not None and of_note
