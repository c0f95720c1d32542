"""Writes objectives with their key results, for a reviewer who hasn't seen the files.

A diff has one line for an added or removed objective; here stands what it promised. A part of the
review comment; what people wrote passes through `markup.code_host`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from okrdocs.diff.context import record_subject
from okrdocs.diff.text_format import quote
from okrdocs.format.records import MeasureName
from okrdocs.grading.measure import KEEP_MEASURES
from okrdocs.grading.results import KeyResultScore, Scores
from okrdocs.markup.code_host import escape_line
from okrdocs.markup.counts import count_of
from okrdocs.markup.escape import terminal_text
from okrdocs.markup.shorten import shorten
from okrdocs.workspace.responsible import people_of_record
from okrdocs.workspace.workspace import ObjectiveEntry

_LONGEST_TEXT = 300
_MOST_OPEN = 5
"""Objectives that are read at a glance; where there are more, the others fold away."""

_ROOM_FOR_REST = 200


def objectives_section(
    title: str, entries: Sequence[ObjectiveEntry], scores: Scores, most: int
) -> str:
    """Return a section with these objectives, in at most `most` characters; "" for none."""
    if not entries:
        return ""
    parts = [f"\n\n### {title}"]
    room = most - _ROOM_FOR_REST
    end = ""
    for shown_count, entry in enumerate(entries):
        text = "\n".join(_objective_lines(entry, scores))
        room -= len(text)
        left = count_of(len(entries) - shown_count, "more objective")
        if room < 0:
            parts.append(f"\n\n{left} can't be shown here.")
            break
        if shown_count == _MOST_OPEN:
            parts.append(f"\n\n<details><summary>{left}</summary>")
            end = "\n\n</details>"
        parts.append(text)
    return "".join([*parts, end])


def _objective_lines(entry: ObjectiveEntry, scores: Scores) -> Iterator[str]:
    yield f"\n\n**{_plain_text(record_subject(entry, scores.workspace))}**  "
    yield f"{_plain_text('; '.join(_objective_facts(entry, scores)))}\n"
    for number, key_result in enumerate(entry.key_results, 1):
        title = quote(key_result.key_result.title)
        way = _from_to_text(scores.key_results[key_result.ref])
        yield f"- {_plain_text(f'KR{number} {title}{way}')}"


def _objective_facts(entry: ObjectiveEntry, scores: Scores) -> Iterator[str]:
    workspace, objective = scores.workspace, entry.objective
    names = ", ".join(workspace.name_of(name) for name in people_of_record(objective))
    yield f"Answers for it: {names}" if names else "Nobody is named who answers for it"
    if "type" in objective.at.fields:
        yield objective.type.value
    parents = [
        record_subject(workspace.objectives.get(ref) or workspace.key_results[ref], workspace)
        for ref in entry.parents
    ]
    yield f"ladders up to {' and '.join(parents)}" if parents else "ladders up to nothing"
    if not entry.key_results:
        yield "no key results yet"


def _from_to_text(score: KeyResultScore) -> str:
    """Return from where to where a key result goes; "" where that isn't known."""
    measure, baseline = score.measure, score.entry.key_result.baseline
    if measure is None:
        return ""
    if measure.name is MeasureName.DONE:
        return ": done or not"
    if not measure.target_text:
        return f": {measure.name.value}"
    if baseline and measure.baseline and measure.name not in KEEP_MEASURES:
        return f": from {baseline} to {measure.target_text}"
    return f": target {measure.target_text}"


def _plain_text(text: str) -> str:
    return escape_line(shorten(terminal_text(text), _LONGEST_TEXT))
