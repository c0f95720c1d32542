"""How a number comes about: a fold-out at the number itself, with its formula and its inputs.

What is said is the score's own trace, its flags and the number's history; nothing is computed
here. A fold-out is a `<details>`: it needs no script, and code hosts show it, too. Those of a
page share one name, so that a browser keeps at most one open.
"""

from __future__ import annotations

from collections.abc import Iterable

from okrdocs.grading.results import KeyResultScore, Scores
from okrdocs.history.events import History
from okrdocs.history.number_history import NumberEvent, number_history
from okrdocs.markup.escape import Markdown, inline, url
from okrdocs.problem import Source

_OPEN = '<details class="okr-why" name="why"><summary title="How this grade comes about">'


def explained_grade(
    grade: Markdown, score: KeyResultScore, scores: Scores, history: History
) -> Markdown:
    """The grade of a key result, as cells show it, with a fold-out, for one cell of a table."""
    items = (
        *score.trace,
        *(flag.text for flag in score.flags),
        *map(_told, number_history(score.entry.ref, scores, history)),
    )
    return Markdown(f"{_OPEN}{grade}</summary>{_list(items)}</details>")


def _told(event: NumberEvent) -> Markdown:
    """A line of the number's history; what a reader should see first is in bold."""
    what = inline(event.what)
    shown = Markdown(f"**{what}**") if event.marked else what
    if event.day is None:
        return shown
    who = f"{inline(event.author)}, " if event.author else ""
    revision = f" ({inline(event.revision)})" if event.revision else ""
    return Markdown(f"{event.day} – {who}{shown}: {inline(event.numbers)}{revision}")


def _list(items: Iterable[str]) -> str:
    """A list within a cell: HTML, for a table's row is one line of Markdown."""
    return f"<ul>{''.join([f'<li>{inline(item)}</li>' for item in items])}</ul>"


def yaml_link(at: Source, history: History) -> Markdown:
    """A small link to a key result's YAML on the code host; "" where the host isn't known."""
    link = source_link(at, history, "YAML")
    return Markdown(f'<small class="okr-yaml">{link}</small>') if link else link


def source_link(at: Source, history: History, text: str = "") -> Markdown:
    """A link to the line, by the file's name and the line's number unless a text is given."""
    if history.files is None:
        return Markdown("")
    line = at.extent[0]
    address = url(history.files.line_url(at.path, line))
    shown = text or f"{at.path.rpartition('/')[2]}, line {line}"
    return Markdown(f"[{inline(shown)}]({address})") if address else Markdown("")
