"""Findings by what they are about, for a reviewer who thinks in objectives and not in lines.

A part of the review comment; the tables by file are in `markdown`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from okrdocs.diff.scene import subject_of
from okrdocs.escape import terminal
from okrdocs.problem import Problem, Severity
from okrdocs.report.counts import counted, summary
from okrdocs.report.markdown import finding
from okrdocs.report.untold import code, plain
from okrdocs.scores import Scores

_ROOM_FOR_REST = 100
_LONGEST_TEXT = 300
_WORDS = {Severity.ERROR: "**Error**", Severity.WARNING: "Warning", Severity.INFO: "Advice"}


def findings(title: str, problems: Sequence[Problem], scores: Scores, most: int) -> str:
    """A section in at most so many characters, the gravest first; "" where there are none."""
    if not problems:
        return ""
    parts = [f"\n\n### {title}: {summary(problems)}"]
    room = most - _ROOM_FOR_REST
    left = len(problems)
    for text in _pieces(problems, scores):
        room -= len(text)
        if room < 0:
            are = "is" if left == 1 else "are"
            parts.append(f"\n\n{counted(left, 'more finding')} {are} left out here.")
            break
        parts.append(text)
        left -= 1
    return "".join(parts)


def _pieces(problems: Sequence[Problem], scores: Scores) -> Iterator[str]:
    """One piece a finding; the first of a subject has its name above it."""
    by_subject: dict[str, list[Problem]] = {}
    names = _names(scores)
    for problem in problems:
        subject = names.get(problem.ref) or problem.span.path
        by_subject.setdefault(subject, []).append(problem)
    for subject, found in by_subject.items():
        head = f"\n\n**{_text(subject)}**\n"
        for problem in found:
            yield f"{head}\n{_item(problem)}"
            head = ""


def _names(scores: Scores) -> dict[str, str]:
    workspace = scores.workspace
    names = {cycle.id: cycle.title for cycle in workspace.cycles}
    for objective in workspace.objectives.values():
        names[str(objective.ref)] = subject_of(objective, workspace)
    for key_result in workspace.key_results.values():
        names[str(key_result.ref)] = subject_of(key_result, workspace)
    return names


def _item(problem: Problem) -> str:
    place = f"{_text(problem.span.path)}, line {problem.span.line}"
    return f"- {_WORDS[problem.severity]}: {finding(problem)} ({place}, {code(problem.code)})"


def _text(text: str) -> str:
    shown = terminal(text)
    return plain(shown if len(shown) <= _LONGEST_TEXT else f"{shown[:_LONGEST_TEXT]}…")
