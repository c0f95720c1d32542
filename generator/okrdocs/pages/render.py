"""Renders a page's view to Markdown: the only importer of Jinja2.

Templates hold layout and no logic. Whatever they print goes through `escape.escape_inline`, except
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
from okrdocs.markup.escape import Markdown, escape_html, escape_inline, front_matter_scalar
from okrdocs.markup.prose import prose_inline, prose_to_markdown
from okrdocs.pages import GeneratedPage
from okrdocs.pages.urls import link_to


def render_page(page: GeneratedPage) -> str:
    """Render a page to Markdown with front matter, ending in one newline.

    Raises TypeError or jinja2.UndefinedError where a template would print what is no text.
    """
    template = _environment().get_template(page.template)
    context = template.new_context(
        {
            "title": page.title,
            "title_yaml": Markdown(front_matter_scalar(page.title)),
            "crumbs": [crumb or escape_inline(page.title) for crumb in page.crumbs],
            "here": page.path,
            "as_of": page.as_of,
            "source": page.source,
            "rank": f"{page.rank:g}",
            "banner": page.banner,
            "drafts_notice": page.drafts_notice,
            **page.view,
        }
    )
    return _without_extra_blank_lines("".join(template.root_render_func(context)))


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
        """Return a checksum of a template's text and all that it is compiled with."""
        return super().get_source_checksum(f"{self.state}\n{source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load compiled code; nothing where it can't be read or is of another state."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store compiled code, unless nothing may be written there or Python writes no bytecode."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                Path(self.directory).mkdir(exist_ok=True)
                super().dump_bytecode(bucket)


class _MacroOutput:
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
    def concat(parts: Iterable[str]) -> _MacroOutput:  # type: ignore[override]  # Jinja2 only prints it
        """Join what a template or macro made, which is Markdown of ours."""
        return _MacroOutput(parts)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the template's own globals; a chain with others would slow includes down."""
        return self.globals if d is None else super().make_globals(d)


@cache
def _environment() -> jinja2.Environment:
    environment = _Environment(
        loader=jinja2.PackageLoader("okrdocs", "pages/templates"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_printable_value,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=CompiledTemplates(),
        autoescape=False,
    )
    environment.globals["words"] = words
    environment.filters["prose"] = prose_to_markdown
    environment.filters["prose_inline"] = prose_inline
    environment.filters["rows"] = _table_rows
    environment.filters["facts"] = _facts_line
    environment.filters["html"] = lambda text: Markdown(escape_html(text))
    environment.filters["link_to"] = lambda text, here, there: link_to(here, there, text)
    return environment


_OUR_TYPES = (Markdown, _MacroOutput)


def _printable_value(value: Any) -> Any:
    """Return what a template prints: our Markdown as it is, everything else escaped."""
    if type(value) in _OUR_TYPES:
        return value
    if isinstance(value, str):
        return escape_inline(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, jinja2.Undefined):
        return value
    raise TypeError(f"a template would print {value!r}")


def _table_rows(items: Iterable[object], *names: str) -> Markdown:
    """Write a table row for each item, its attributes in the order of the columns."""
    cells_of = attrgetter(*names)
    rows = [
        [cell if type(cell) is Markdown else _printable_value(cell) for cell in cells_of(item)]
        for item in items
    ]
    return Markdown("\n".join([f"| {' | '.join(row)} |" for row in rows]))


def _facts_line(pairs: Iterable[tuple[str, str]]) -> Markdown:
    """Write labels with their values in a row; the dots between are for readers of the text."""
    facts = [
        f'<span class="okr-fact">**{escape_inline(k)}** {_printable_value(value)}'
        for k, value in pairs
    ]
    between = '<span class="okr-dot"> · </span></span>'
    return Markdown(f"{between.join(facts)}</span>" if facts else "")


_BLANKS_AT_END = re.compile(r"[ \t]+\n")


def _without_extra_blank_lines(text: str) -> str:
    """Leave at most one empty line in a row, none at the end; fenced code has none to lose."""
    # Looking for plain strings takes half the time of patterns, and pages are long.
    if " \n" in text or "\t\n" in text:
        text = _BLANKS_AT_END.sub("\n", text)
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text[:-1] if text.endswith("\n\n") else text.rstrip("\n") + "\n"
