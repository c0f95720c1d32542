"""How a number comes about: a fold-out at the number itself, with its formula and its inputs.

What is said is the score's own trace, its flags and the number's history; nothing is computed
here. A fold-out is a `<details>`: it needs no script, and code hosts show it, too. Those of a
page share one name, so that a browser keeps at most one open.
"""

from __future__ import annotations

from collections.abc import Iterable

from okrdocs.chronicle import History
from okrdocs.escape import Markdown, inline, url
from okrdocs.model import KeyResult, Link, Risk
from okrdocs.number_history import Told, number_history
from okrdocs.pages.addresses import repository_link
from okrdocs.problem import Source
from okrdocs.prose import prose_inline
from okrdocs.scores import KeyResultScore, Scores

_OPEN = '<details class="okr-why" name="why"><summary title="How this grade comes about">'


def explained_grade(
    grade: Markdown, score: KeyResultScore, scores: Scores, history: History
) -> Markdown:
    """The grade of a key result, as cells show it, with a fold-out, for one cell of a table."""
    items = (
        *_details(score.entry.key_result),
        *score.trace,
        *(flag.text for flag in score.flags),
        *map(_told, number_history(score.entry.ref, scores, history)),
    )
    return Markdown(f"{_OPEN}{grade}</summary>{_list(items)}</details>")


def _told(event: Told) -> Markdown:
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


def _details(key_result: KeyResult) -> list[Markdown]:
    """What comes before the arithmetic: why, kind, source, risks, links."""
    facts = [
        key_result.indicator.value.capitalize() if key_result.indicator else "",
        key_result.category.value.capitalize() if key_result.category else "",
        f"Source: {_source(key_result)}" if key_result.source and _source(key_result) else "",
    ]
    details = [prose_inline(key_result.why)] if key_result.why else []
    if any(facts):
        details.append(inline(" · ".join(fact for fact in facts if fact)))
    details.extend(Markdown(f"Risk: {risk_text(risk)}") for risk in key_result.risks)
    details.extend(link_text(each) for each in key_result.links)
    return details


def _source(key_result: KeyResult) -> str:
    source = key_result.source
    return ", ".join(part for part in (source.tool, source.metric) if part) if source else ""


def link_text(each: Link) -> Markdown:
    """A link by its title, else by its address."""
    return repository_link(each.title or each.url, each.url)


def risk_text(risk: Risk) -> Markdown:
    """A risk with how likely and how bad it is, and what is done about it."""
    levels = [
        f"likelihood {risk.likelihood.value}" if risk.likelihood else "",
        f"impact {risk.impact.value}" if risk.impact else "",
    ]
    rating = ", ".join(level for level in levels if level)
    text = inline(f"{risk.risk} ({rating})" if rating else risk.risk)
    if risk.mitigation:
        return Markdown(f"{text} – {prose_inline(risk.mitigation)}")
    return text


def yaml_link(at: Source, history: History) -> Markdown:
    """A small link to a key result's YAML on the code host; "" where the host isn't known."""
    link = source_link(at, history, "YAML")
    return Markdown(f'<small class="okr-yaml">{link}</small>') if link else link


def source_link(at: Source, history: History, text: str = "") -> Markdown:
    """A link to the line, by the file's name and the line's number unless a text is given."""
    if history.files is None:
        return Markdown("")
    line = at.extent[0]
    address = url(history.files.line(at.path, line))
    shown = text or f"{at.path.rpartition('/')[2]}, line {line}"
    return Markdown(f"[{inline(shown)}]({address})") if address else Markdown("")
