"""What changed, when and by whom: the page of all changes, and the parts that other pages show.

From the History that git tells, as of the day: a step of a later day doesn't exist yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from okrdocs.approved import is_outdated
from okrdocs.as_set import as_set
from okrdocs.chronicle import MARKED, History, Point, PointKind, Step
from okrdocs.diff import Change, Importance, Kind
from okrdocs.escape import Markdown, inline, link
from okrdocs.pages.addresses import CHANGES, NOW, link_to, page_of, relative
from okrdocs.pages.cells import day, grade_text, small
from okrdocs.pages.page import Page
from okrdocs.prose import prose_inline
from okrdocs.scores import Scores
from okrdocs.workspace import Cycle, Ref

NO_HISTORY = History()
WEEK = timedelta(days=7)
MOST_STEPS = 300
MOST_ROWS = 60
OF_NOTE = frozenset({Importance.GOALPOSTS, Importance.COMMITMENT})
_PROMISES = frozenset(
    {
        Kind.ADDED, Kind.REMOVED, Kind.MOVED, Kind.REWORDED, Kind.TYPE, Kind.MEASURE, Kind.BASELINE,
        Kind.TARGET, Kind.WEIGHT, Kind.DATES, Kind.MILESTONE,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StepView:
    """One step: when, who, a link to its commit, and its sentences, the weightiest first."""

    date: str
    author: str
    commit: Markdown
    changes: tuple[Markdown, ...]


def known_steps(history: History, scores: Scores) -> list[Step]:
    """The steps up to the day that changed anything, newest first."""
    return [s for s in reversed(history.steps) if s.day <= scores.as_of and s.changes]


def changes_page(scores: Scores, history: History) -> Page | None:
    """All changes, those of the last seven days first; None where git knows of none."""
    steps = known_steps(history, scores)
    if not steps:
        return None
    since = scores.as_of - WEEK
    views = [(step.day, _view(step, scores)) for step in steps[:MOST_STEPS]]
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
        if step.day > since and step.author
        for change in step.changes
        if change.cycle == cycle.id and change.importance in OF_NOTE
    )


def _view(step: Step, scores: Scores) -> StepView:
    said = tuple(_sentence(change, scores, CHANGES) for change in step.changes)
    return StepView(day(step.day), step.author or "not committed yet", _commit(step), said)


def _sentence(change: Change, scores: Scores, here: str) -> Markdown:
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


def _commit(step: Step) -> Markdown:
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
            found.setdefault((step.day, step.author), []).extend([*said, small(step.revision[:8])])
    rows = list(found.items())[:MOST_ROWS]
    return [(on, author, Markdown("<br>".join(said))) for (on, author), said in rows]


def since_approvals(
    cycle: Cycle, scores: Scores, history: History, here: str
) -> list[tuple[str, tuple[Markdown, ...]]]:
    """For each approval of another version: whose it is, and what changed from the next day on."""
    found = []
    for approval in cycle.document.approvals if cycle.document else ():
        if not is_outdated(approval, cycle, scores.as_of):
            continue
        said = tuple(
            Markdown(f"{day(step.day)} – {_sentence(change, scores, here)}")
            for step in reversed(known_steps(history, scores))
            for change in step.changes
            if approval.date and step.day > approval.date and _is_promise(change, cycle)
        )
        if said:
            found.append((f"{approval.role}, {day(approval.date)}", said))
    return found


def _is_promise(change: Change, cycle: Cycle) -> bool:
    """Whether a change is one of what an approval's digest covers."""
    of_note = change.importance in OF_NOTE and change.kind in _PROMISES
    return change.cycle == cycle.id and change.ref is not None and of_note


def number_history(ref: Ref, scores: Scores, history: History) -> tuple[Markdown, ...]:
    """A line for each time that a key result's baseline, target or value was set or moved.

    What a reader should see is in bold: a target that moved without an entry, a check-in that was
    back-dated or changed afterwards, and first of all the grade against what was set at the start.
    """
    series = history.series.get(ref)
    points = [p for p in series.points if p.day <= scores.as_of] if series else []
    shown = points if len(points) > 1 else []
    return (*_both_grades(ref, scores, history), *_as_closed(ref, scores, history), *_lines(shown))


def moved_silently(ref: Ref, scores: Scores, history: History) -> str:
    """What a target was at the start, where git saw it move and no entry says so; else ""."""
    series = history.series.get(ref)
    if series is None or not any(p.kind is PointKind.SILENT_TARGET for p in series.points):
        return ""
    found = as_set(ref, scores, history)
    return f"was {found.target} at the start; no entry says why" if found and found.target else ""


def _both_grades(ref: Ref, scores: Scores, history: History) -> Iterator[Markdown]:
    """Where the goalposts moved: the grade against what was set, beside the one that counts."""
    key_result = scores.key_results[ref].entry.key_result
    if ref not in history.series and not key_result.target_changes:
        return
    found = as_set(ref, scores, history)
    if found is None:
        return
    way = " to ".join(text for text in (found.baseline, found.target) if text) or "no target"
    then, now = grade_text(found.grade), grade_text(scores.key_results[ref].formula)
    yield Markdown(
        f"**Set at the start: {inline(way)}. Against that the grade would be {then};"
        f" as it stands it is {now}**"
    )


def _as_closed(ref: Ref, scores: Scores, history: History) -> Iterator[Markdown]:
    """Where a closed cycle was amended: the grade with which it was closed."""
    if ref in history.as_closed:
        then, now = history.as_closed[ref], scores.key_results[ref].grade
        yield Markdown(
            f"**Closed with {grade_text(then)}; amended since, so that it is {grade_text(now)}**"
        )


def _lines(points: Iterable[Point]) -> Iterator[Markdown]:
    before: Point | None = None
    for point in points:
        what = inline(point.kind.value)
        shown = Markdown(f"**{what}**") if point.kind in MARKED else what
        who = f"{inline(point.author)}, " if point.author else ""
        revision = f" ({inline(point.revision[:8])})" if point.revision else ""
        yield Markdown(f"{day(point.day)} – {who}{shown}: {_numbers(point, before)}{revision}")
        before = point


def _numbers(point: Point, before: Point | None) -> Markdown:
    """The numbers that the point is about."""
    if point.kind in {PointKind.TARGET, PointKind.SILENT_TARGET} and before:
        return inline(f"target from {before.target or '–'} to {point.target or '–'}")
    if point.kind is PointKind.BASELINE and before:
        return inline(f"baseline from {before.baseline or '–'} to {point.baseline or '–'}")
    if point.kind in {PointKind.START, PointKind.KNOWN}:
        known = [("baseline", point.baseline), ("target", point.target), ("value", point.value)]
        return inline(", ".join(f"{name} {text}" for name, text in known if text) or "no numbers")
    return inline(f"{point.value or '–'}{f' for {point.on}' if point.on else ''}")
