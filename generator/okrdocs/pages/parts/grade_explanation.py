"""Explains a grade in a fold-out at the number itself: its formula, its inputs, its history.

The text is the score's own trace, its flags and the number's history; nothing is computed
here. A fold-out is a `<details>`: it needs no script, and code hosts show it, too. Those of a
page share one name, so that a browser keeps at most one open.
"""

from __future__ import annotations

from collections.abc import Iterable

from okrdocs.grading.results import KeyResultScore, Scores
from okrdocs.history.events import History
from okrdocs.history.number_history import NumberEvent, number_history
from okrdocs.markup.escape import Markdown, escape_inline, safe_url
from okrdocs.problem import Source

_SUMMARY_START = '<details class="okr-why" name="why"><summary title="How this grade comes about">'


def grade_with_explanation(
    grade: Markdown, score: KeyResultScore, scores: Scores, history: History
) -> Markdown:
    """Add the fold-out to a key result's grade, for one cell of a table."""
    items = (
        *score.trace,
        *(flag.text for flag in score.flags),
        *map(_history_line, number_history(score.entry.ref, scores, history)),
    )
    return Markdown(f"{_SUMMARY_START}{grade}</summary>{_html_list(items)}</details>")


def _history_line(event: NumberEvent) -> Markdown:
    """Write a line of the number's history; what a reader should see first is in bold."""
    what = escape_inline(event.what)
    text = Markdown(f"**{what}**") if event.marked else what
    if event.day is None:
        return text
    who = f"{escape_inline(event.author)}, " if event.author else ""
    revision = f" ({escape_inline(event.revision)})" if event.revision else ""
    return Markdown(f"{event.day} – {who}{text}: {escape_inline(event.numbers)}{revision}")


def _html_list(items: Iterable[str]) -> str:
    """Write a list for a cell: HTML, as a table's row is one line of Markdown."""
    return f"<ul>{''.join([f'<li>{escape_inline(item)}</li>' for item in items])}</ul>"


def yaml_link(at: Source, history: History) -> Markdown:
    """Make a small link to a key result's YAML on the code host; "" where it isn't known."""
    link = source_link(at, history, "YAML")
    return Markdown(f'<small class="okr-yaml">{link}</small>') if link else link


def source_link(at: Source, history: History, text: str = "") -> Markdown:
    """Link to a line on the code host, by file name and line number unless a text is given."""
    if history.files is None:
        return Markdown("")
    line = at.extent[0]
    address = safe_url(history.files.line_url(at.path, line))
    label = text or f"{at.path.rpartition('/')[2]}, line {line}"
    return Markdown(f"[{escape_inline(label)}]({address})") if address else Markdown("")
