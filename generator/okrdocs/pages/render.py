"""From a page's view to its Markdown: the only importer of Jinja2.

Templates hold layout and no logic. Whatever they print goes through `escape.inline`, except
text that is already of the type Markdown; a None or an undefined name is a bug and raises.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, MutableMapping
from contextlib import suppress
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any

import jinja2
from jinja2.bccache import Bucket

from okrdocs import __version__, words
from okrdocs.markup.escape import Markdown, front_matter, html, inline
from okrdocs.markup.prose import prose, prose_inline
from okrdocs.pages import Page
from okrdocs.pages.urls import link_to


def render(page: Page) -> str:
    """The Markdown of a page, with front matter, ending in one newline."""
    template = _environment().get_template(page.template)
    shown = template.new_context(
        {
            "title": page.title,
            "title_yaml": Markdown(front_matter(page.title)),
            "crumbs": [crumb or inline(page.title) for crumb in page.crumbs],
            "here": page.path,
            "as_of": page.as_of,
            "source": page.source,
            "rank": f"{page.rank:g}",
            "banner": page.banner,
            "unpublished": page.unpublished,
            **page.view,
        }
    )
    return _tidy("".join(template.root_render_func(shown)))


def compile_templates() -> None:
    """Compile all templates, so that they are there when the first page is made."""
    for name in _environment().list_templates(["j2"]):
        _environment().get_template(name)


class CompiledTemplates(jinja2.FileSystemBytecodeCache):
    """Compiled templates beside their sources, as Python keeps its own modules.

    What can't be kept or read there is compiled anew, which takes a seventh of a second.
    """

    def __init__(self) -> None:
        place = Path(__file__).with_name("templates") / "__pycache__"
        super().__init__(str(place), f"%s.{sys.implementation.cache_tag}.jinja")
        # What is compiled follows from the environment, too, which is made here.
        self.state = f"{__version__} {jinja2.__version__} {Path(__file__).stat().st_mtime_ns}"

    def get_source_checksum(self, source: str) -> str:
        """A word for a template's text and all that it is compiled with."""
        return super().get_source_checksum(f"{self.state}\n{source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        """What was kept; nothing where it can't be read or is of another state."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it, unless nothing may be written there or Python is to write no byte code."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                Path(self.directory).mkdir(exist_ok=True)
                super().dump_bytecode(bucket)


class _Made:
    """Markdown that a macro made, to be printed at once.

    As `Markdown` its text would be copied twice more, and half of a page comes out of macros that
    call one another.
    """

    __slots__ = ("text",)

    def __init__(self, parts: Iterable[str]) -> None:
        self.text = "".join(parts)

    def __str__(self) -> str:
        return self.text


class _Environment(jinja2.Environment):
    @staticmethod
    def concat(parts: Iterable[str]) -> _Made:  # type: ignore[override]  # Jinja2 only prints it
        """What templates and their macros make is Markdown of ours."""
        return _Made(parts)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Without a template's own ones, Jinja2's chain of both only costs time at includes."""
        return self.globals if d is None else super().make_globals(d)


@cache
def _environment() -> jinja2.Environment:
    environment = _Environment(
        loader=jinja2.PackageLoader("okrdocs", "pages/templates"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_shown,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=CompiledTemplates(),
        autoescape=False,
    )
    environment.globals["words"] = words
    environment.filters["prose"] = prose
    environment.filters["prose_inline"] = prose_inline
    environment.filters["rows"] = _rows
    environment.filters["facts"] = _facts
    environment.filters["html"] = lambda text: Markdown(html(text))
    environment.filters["link_to"] = lambda text, here, there: link_to(here, there, text)
    return environment


_OURS = (Markdown, _Made)


def _shown(value: Any) -> Any:
    """What a template prints: ours as it is, everything else as a person typed it."""
    if type(value) in _OURS:
        return value
    if isinstance(value, str):
        return inline(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, jinja2.Undefined):
        return value
    raise TypeError(f"a template would print {value!r}")


def _rows(items: Iterable[object], *names: str) -> Markdown:
    """A line of a table for each item, its attributes in the order of the columns."""
    cells_of = attrgetter(*names)
    rows = [
        [cell if type(cell) is Markdown else _shown(cell) for cell in cells_of(item)]
        for item in items
    ]
    return Markdown("\n".join([f"| {' | '.join(row)} |" for row in rows]))


def _facts(pairs: Iterable[tuple[str, str]]) -> Markdown:
    """Labels with their values in a row; the dots between them are for readers of the text."""
    shown = [f'<span class="okr-fact">**{inline(k)}** {_shown(value)}' for k, value in pairs]
    between = '<span class="okr-dot"> · </span></span>'
    return Markdown(f"{between.join(shown)}</span>" if shown else "")


_BLANKS_AT_END = re.compile(r"[ \t]+\n")


def _tidy(text: str) -> str:
    """At most one empty line in a row, none at the end; fenced code has none to lose."""
    # Looking for plain strings takes half the time of patterns, and pages are long.
    if " \n" in text or "\t\n" in text:
        text = _BLANKS_AT_END.sub("\n", text)
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text[:-1] if text.endswith("\n\n") else text.rstrip("\n") + "\n"
