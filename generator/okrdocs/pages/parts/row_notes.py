"""Writes the notes in the row of a key result: those of its title, its target, its grade."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from okrdocs.format.records import KeyResult, MeasureName, Override
from okrdocs.grading.results import KeyResultScore, Scores
from okrdocs.history.events import History
from okrdocs.history.number_history import unexplained_target_change_note
from okrdocs.markup.escape import Markdown, escape_inline
from okrdocs.markup.prose import prose_inline
from okrdocs.pages.parts.cells import join_inline, small_text
from okrdocs.pages.urls import repository_link
from okrdocs.workspace.workspace import Workspace


def graded_by_hand_note(override: Override, workspace: Workspace) -> Markdown:
    """Say who graded by hand and when, before the reason: `Graded by hand by Ann on …:`."""
    by = f" by {workspace.name_of(override.by)}" if override.by else ""
    on = f" on {override.date}" if override.date else ""
    return Markdown(f"{escape_inline(f'Graded by hand{by}{on}')}:")


def kind_and_source(key_result: KeyResult) -> Markdown:
    """Say what kind of indicator it is and where its number comes from, linked; or ""."""
    parts = [
        key_result.indicator.value.capitalize() if key_result.indicator else "",
        key_result.category.value.capitalize() if key_result.category else "",
        _source_link(key_result),
    ]
    text = join_inline(parts, " · ")
    return Markdown(f"<small>{text}</small>") if text else text


def _source_link(key_result: KeyResult) -> Markdown:
    source = key_result.source
    if source is None:
        return Markdown("")
    link = source.link or ""
    named = ", ".join(part for part in (source.tool, source.metric) if part) or link
    return Markdown(f"Source: {repository_link(named, link)}" if named else "")


def target_notes(score: KeyResultScore, scores: Scores, history: History) -> list[Markdown]:
    """List the notes below a target: what it was before, when it is due, where it is worth 0."""
    key_result, as_of = score.entry.key_result, scores.as_of
    notes = []
    for change in key_result.target_changes:
        if change.date <= as_of:
            day = f'<span class="okr-day">{change.date}</span>'
            was = f"{escape_inline(f'was {change.from_} until')} {day}"
            why = f": {prose_inline(change.reason)}" if change.reason else ""
            notes.append(Markdown(f"<small>{was}{why}</small>"))
    if not notes and (silent := unexplained_target_change_note(score.entry.ref, scores, history)):
        notes.append(small_text(silent))
    if bound := _implied_bound_note(score):
        notes.append(small_text(bound))
    if key_result.due:
        notes.append(small_text(f"due {key_result.due}"))
    notes.extend(_keep_limits_note(key_result))
    return notes


def _implied_bound_note(score: KeyResultScore) -> str:
    """Say how a plain target is read that `measure:` makes a bound; "" where no word is needed.

    A lower bound of 0 needs no note.
    """
    measure = score.measure
    if measure is None or measure.target is None or measure.target.text == measure.target_text:
        return ""
    if measure.name is MeasureName.AT_LEAST:
        return "or more"
    return "or less" if measure.target.low.value else ""


def _keep_limits_note(key_result: KeyResult) -> Iterator[Markdown]:
    """Say where a missed keep target is worth 0: at its floor or ceiling."""
    limits = [limit for limit in (key_result.floor, key_result.ceiling) if limit]
    if limits:
        yield small_text(f"worth 0 at {' and '.join(limits)}")


def milestone_notes(key_result: KeyResult, as_of: date) -> list[Markdown]:
    """List the milestones, each with whether it was done on the day."""
    notes = []
    for milestone in key_result.milestones:
        done = milestone.done if milestone.done and milestone.done <= as_of else None
        when = f"done {done}" if done else ""
        when = when or (f"due {milestone.due}" if milestone.due else "open")
        facts = f"weight {milestone.weight.text}, {when}" if milestone.weight else when
        notes.append(small_text(f"{'☑' if done else '☐'} {milestone.title} ({facts})"))
    return notes
