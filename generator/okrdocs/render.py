"""From a page's view to its Markdown: the only importer of Jinja2.

Templates hold layout and no logic. Whatever they print goes through `escape.inline`, except
text that is already of the type Markdown; a None or an undefined name is a bug and raises.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import jinja2

from okrdocs.escape import Markdown, front_matter, html, inline
from okrdocs.pages import Page
from okrdocs.pages.addresses import link_to
from okrdocs.prose import prose, prose_inline


def render(page: Page) -> str:
    """The Markdown of a page, with front matter, ending in one newline."""
    template = _environment().get_template(page.template)
    text = template.render(
        title=page.title,
        title_yaml=Markdown(front_matter(page.title)),
        crumbs=[crumb or inline(page.title) for crumb in page.crumbs],
        here=page.path,
        as_of=page.as_of,
        source=page.source,
        rank=f"{page.rank:g}",
        **page.view,
    )
    return _tidy(text)


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("okrdocs"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_shown,
        auto_reload=False,
        autoescape=False,
    )
    environment.filters["prose"] = prose
    environment.filters["prose_inline"] = prose_inline
    environment.filters["html"] = lambda text: Markdown(html(text))
    environment.filters["link_to"] = lambda text, here, there: link_to(here, there, text)
    return environment


def _shown(value: Any) -> Any:
    """What a template prints: ours as it is, everything else as a person typed it."""
    if isinstance(value, Markdown):
        return value
    if isinstance(value, str):
        return inline(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, jinja2.Undefined):
        return value
    raise TypeError(f"a template would print {value!r}")


def _tidy(text: str) -> str:
    """At most one empty line in a row, none at the end; fenced code has none to lose."""
    lines: list[str] = []
    for line in text.split("\n"):
        stripped = line.rstrip()
        if stripped or (lines and lines[-1]):
            lines.append(stripped)
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines) + "\n"
