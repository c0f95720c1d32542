"""Small print in the row of a key result: what belongs to its title and its target."""

from __future__ import annotations

from datetime import date

from okrdocs.chronicle import History
from okrdocs.escape import Markdown, inline
from okrdocs.model import KeyResult
from okrdocs.number_history import moved_silently
from okrdocs.pages.cells import small
from okrdocs.prose import prose_inline
from okrdocs.scores import KeyResultScore, Scores


def target_notes(score: KeyResultScore, scores: Scores, history: History) -> list[Markdown]:
    """Below a target: what it was before, and until when it is due."""
    key_result, as_of = score.entry.key_result, scores.as_of
    notes = []
    for change in key_result.target_changes:
        if change.date <= as_of:
            day = f'<span class="okr-day">{change.date}</span>'
            was = f"{inline(f'was {change.from_} until')} {day}"
            why = f": {prose_inline(change.reason)}" if change.reason else ""
            notes.append(Markdown(f"<small>{was}{why}</small>"))
    if not notes and (silent := moved_silently(score.entry.ref, scores, history)):
        notes.append(small(silent))
    if key_result.due:
        notes.append(small(f"due {key_result.due}"))
    return notes


def milestone_notes(key_result: KeyResult, as_of: date) -> list[Markdown]:
    """Each milestone on a line, with whether it was done on the day."""
    notes = []
    for milestone in key_result.milestones:
        done = milestone.done if milestone.done and milestone.done <= as_of else None
        when = f"done {done}" if done else ""
        when = when or (f"due {milestone.due}" if milestone.due else "open")
        facts = f"weight {milestone.weight.text}, {when}" if milestone.weight else when
        notes.append(small(f"{'☑' if done else '☐'} {milestone.title} ({facts})"))
    return notes
