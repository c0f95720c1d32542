"""Groups findings by what they are about, for a reviewer who thinks in objectives, not in lines.

A part of the review comment; the tables by file are in `markdown`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from okrdocs.diff.context import record_subject
from okrdocs.diff.text_format import quote
from okrdocs.grading.results import Scores
from okrdocs.markup.code_host import escape_code, escape_line
from okrdocs.markup.counts import count_of
from okrdocs.markup.escape import terminal_text
from okrdocs.problem import Problem, Severity
from okrdocs.report.counts import count_by_severity
from okrdocs.report.markdown import finding_text

_ROOM_FOR_REST = 500
_LONGEST_TEXT = 300
_MOST_OPEN = 10
"""Findings that anyone reads; where there are more, the others fold away."""

_MOST_RULES = 8
_LONG_QUOTE = re.compile(r"“([^“”]{71,})”")
_FOLD_END = "\n\n</details>"
_WORDS = {Severity.ERROR: "**Error**", Severity.WARNING: "Warning", Severity.INFO: "Info"}


def findings_section(title: str, problems: Sequence[Problem], scores: Scores, most: int) -> str:
    """Return a section in at most `most` characters, the most severe first; "" for no findings."""
    if not problems:
        return ""
    parts = [f"\n\n### {title}: {count_by_severity(problems)}", _rule_counts(problems)]
    room = most - _ROOM_FOR_REST
    end = ""
    for shown_count, text in enumerate(_finding_pieces(problems, scores)):
        room -= len(text)
        left = len(problems) - shown_count
        if room < 0:
            are = "is" if left == 1 else "are"
            parts.append(f"\n\n{count_of(left, 'more finding')} {are} left out here.")
            break
        if shown_count == _MOST_OPEN:
            parts.append(f"\n\n<details><summary>{count_of(left, 'more finding')}</summary>")
            end = _FOLD_END
        parts.append(text)
    return "".join([*parts, end])


def _rule_counts(problems: Sequence[Problem]) -> str:
    """Return how often each rule was broken, where there are too many findings to read."""
    if len(problems) <= _MOST_OPEN:
        return ""
    counts = Counter(problem.code for problem in problems).most_common()
    listed = [f"{escape_code(rule)} {count}" for rule, count in counts[:_MOST_RULES]]
    if len(counts) > _MOST_RULES:
        listed.append(f"{len(counts) - _MOST_RULES} more rules")
    return f"\n\n{' · '.join(listed)}"


def _finding_pieces(problems: Sequence[Problem], scores: Scores) -> Iterator[str]:
    """Yield one piece a finding; the first of a subject has its name above it."""
    by_subject: dict[str, list[Problem]] = {}
    names = _titles_by_ref(scores)
    for problem in problems:
        subject = names.get(problem.ref) or problem.span.path
        by_subject.setdefault(subject, []).append(problem)
    shown_count = 0
    for subject, subject_problems in by_subject.items():
        head = f"\n\n**{_plain_text(subject)}**\n"
        for problem in subject_problems:
            # Where the fold begins, its first finding says again what it is about.
            above = f"\n\n**{_plain_text(subject)}**\n" if shown_count == _MOST_OPEN else head
            yield f"{above}\n{_finding_item(problem)}"
            head = ""
            shown_count += 1


def _titles_by_ref(scores: Scores) -> dict[str, str]:
    workspace = scores.workspace
    names = {cycle.id: cycle.title for cycle in workspace.cycles}
    for objective in workspace.objectives.values():
        names[str(objective.ref)] = record_subject(objective, workspace)
    for key_result in workspace.key_results.values():
        names[str(key_result.ref)] = record_subject(key_result, workspace)
    return names


def _finding_item(problem: Problem) -> str:
    place = f"{_plain_text(problem.span.path)}, line {problem.span.line}"
    short = problem._replace(message=_LONG_QUOTE.sub(_shorten_quote, problem.message))
    text, code = finding_text(short), escape_code(problem.code)
    return f"- {_WORDS[problem.severity]}: {text} ({place}, {code})"


def _shorten_quote(quotation: re.Match[str]) -> str:
    """Return a title that is quoted in full, as the headings have it."""
    return quote(quotation[1])


def _plain_text(text: str) -> str:
    shown = terminal_text(text)
    return escape_line(shown if len(shown) <= _LONGEST_TEXT else f"{shown[:_LONGEST_TEXT]}…")
