"""Escapes what a person typed for one output: Markdown, HTML, a diagram, a terminal, a title.

Every text of a document passes through here on its way to a page. Each function gives text
that shows what was typed, on one line and without invisible control characters, and that
can't become markup, a template, a directive or a script. `escape_inline` is for Markdown and the
one that templates apply by themselves; its siblings are for the other outputs.
Used by the templates and `markup.prose`; calls nothing of ours.
"""

from __future__ import annotations

import html as _html
import json
import re
from functools import lru_cache
from typing import Any
from urllib.parse import quote

ENTITY = "&#{};".format
EMPTY_LABEL = "–"


class Markdown(str):
    """Text that is already Markdown of ours; everything else is escaped."""

    __slots__ = ()


# Line ends and tabs become a space. No-break spaces stay: "1 000" is typed so on purpose.
_SPACES = re.compile("[ \t-\r\x1c-\x1f\x85\u2028\u2029]+")
# Controls, bidi embeddings, overrides and isolates, byte order and annotation marks,
# surrogates and non-characters. Joiners and direction marks stay: emoji and words need them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
# What `json.dumps` lets through and a terminal obeys or doesn't show; it escapes C0 itself.
_SHAPELESS = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
# Only a string can hold it: no sign of JSON is a number sign.
_RUNNER_COMMAND = re.compile(r"\#(?=\#(?:vso|teamcity)?\[)", re.IGNORECASE)
# Python-Markdown with the extensions of Material, and CommonMark with those of GitHub, read
# these as markup. `$5` and `~5` can open but never close, so they stay readable; so do a
# lone `_` within a word, `<` before a number, and most of what matters at the start only.
_MARKUP = re.compile(
    r"""
    []!\#$&*+./:<=>?\[\\^_`{|}~-] (?:             # one of these, and where it stands:
        (?<= []`*{}\[|^] )
      | (?<= & ) (?! \  )                         # an entity, or the head of one
      | (?<= < ) (?! [ 0-9=] )                    # a tag, a comment, an autolink
      | (?<= \\ ) (?! [0-9A-Za-z] )              # an escape, a hard line break
      | (?<= _ ) (?: (?<! [0-9A-Za-z] _ ) | (?! [0-9A-Za-z] ) )
      | (?<= [~$] ) (?: (?<= [^ (] [~$] ) | (?! [0-9] ) )  # struck out, a formula
      | (?<= \+ ) (?: (?= \+ ) | (?<= \+ \+ ) )   # keys
      | (?<= = ) (?: (?= = ) | (?<= = = ) )       # marked text
      | (?<= : ) (?= // | [\w+-]{1,40} : )        # a bare address, an emoji's name
      | (?<= [wW]{3} \. )
      | (?<= \# ) (?<! \# \# ) \#*+ \Z            # the closing sequence of a heading
      | (?<= ! ) \Z                               # an image, if a link follows
      | (?<= \A [:>\#] )                          # definition, quotation, heading
      | (?<= \A [-+=] ) (?! [0-9A-Za-z] )         # list, rule, underline, tab
      | (?<= \A ! ) (?= ! ) | (?<= \A \? ) (?= \? ) | (?<= \A / ) (?= / )  # admonition, block
    )
    """,
    re.VERBOSE,
)
_NUMBERED = re.compile(r"(?:\d+|[^\W\d_])[.)](?= |\Z)")  # an item of a numbered list
_HTML = re.compile(r"""[]&<>"'\\`*_{}\[|~$] | :(?=//) | (?<=[wW]{3})\.""", re.VERBOSE)
_IN_TITLES = re.compile(r"[\\{}]")
_MERMAID = re.compile(r"\A\d+\.|[^0-9A-Za-z ,.\u00a0-\U0010ffff]")
_UNSAFE_IN_ADDRESS = re.compile(rf"\\|\A\Z|[\t-\r\u2028\u2029\x85]|{_INVISIBLE.pattern}")
_ADDRESS = re.compile(r"https?://[^/?#]|mailto:[^?]|(?!//)[^:/?#]*(?:[/?#]|\Z)", re.IGNORECASE)


def terminal_text(text: str) -> str:
    """Return the text on one line, without control characters and bidi overrides.

    White space collapses and goes at both ends; what is left of an escape sequence shows
    as the ordinary characters it consists of. This is what every other function here shows.
    """
    if not text.isprintable():
        text = _INVISIBLE.sub("", _SPACES.sub(" ", text))
    if "  " in text:
        text = _SPACES.sub(" ", text)
    return text.strip()


def json_text(value: Any) -> str:
    """Format a value as JSON for programs and for terminals: nothing in it is obeyed or hidden.

    Letters stay as they are; controls, bidi marks, line separators, other characters without a
    shape, and what begins a command for CI runners (`##[`), are written as `\\uXXXX`: a reader of
    JSON gets the same value.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2)
    if "##" in text:
        text = _RUNNER_COMMAND.sub(r"\\u0023", text)
    return _SHAPELESS.sub(lambda match: json.dumps(match[0])[1:-1], text)


def escape_inline(text: str) -> Markdown:
    """Escape the text as Markdown that shows it as typed, for any place within a line.

    Good for a paragraph, heading, table cell, list item, quotation, link text or bold text,
    also at the start of a line. Text that is `Markdown` already comes back unchanged.
    """
    return text if isinstance(text, Markdown) else _escape_line(text)


@lru_cache(maxsize=1 << 16)
def _escape_line(text: str) -> Markdown:
    return escape_fragment(terminal_text(text))


def escape_fragment(text: str) -> Markdown:
    """Escape a part of a line as `escape_inline` does; `text` is one clean line, spaces stay."""
    safe = _MARKUP.sub(_as_html_entities, text)
    if number := _NUMBERED.match(safe):
        safe = f"{_as_html_entities(number)}{safe[number.end() :]}"
    return Markdown(safe)


def _as_html_entities(match: re.Match[str]) -> str:
    return "".join(c if c.isalnum() else ENTITY(ord(c)) for c in match[0])


def escape_html(text: str) -> str:
    """Escape the text for an HTML element or a quoted attribute, on one line.

    Markdown's own signs become entities too, since Markdown is read within inline tags.
    Not for an attribute of a tag with `markdown`: Python-Markdown decodes those twice.
    """
    return _HTML.sub(_as_html_entities, terminal_text(text))


def escape_mermaid(text: str) -> str:
    """Escape the text for a Mermaid label, to stand in `id["…"]`; a dash where nothing shows."""
    return _MERMAID.sub(_as_mermaid_entities, terminal_text(text)) or EMPTY_LABEL


def _as_mermaid_entities(match: re.Match[str]) -> str:
    return "".join(c if c.isalnum() else f"#{ord(c)};" for c in match[0])


def safe_url(text: str) -> str | None:
    """Percent-encode an address for a Markdown link or HTML attribute; None if it is refused.

    Allowed are http, https, mailto and addresses relative to the page or the site. Refused are
    all other schemes, `//host`, backslashes, line ends and control characters.
    """
    address = text.strip(" ")
    if _UNSAFE_IN_ADDRESS.search(address) or not _ADDRESS.match(address):
        return None
    return _percent_encoded(address)


def _percent_encoded(address: str) -> str:
    encoded = quote(address, safe=":/?#@!&+,;=%~")
    encoded = re.sub("%(?![0-9A-Fa-f]{2})", "%25", encoded)
    # `&colon;` would be read as an entity after all checks are done.
    return re.sub("(&#?[0-9A-Za-z]+);", r"\1%3B", encoded)


def markdown_link(text: str, target: str) -> Markdown:
    """Return a Markdown link that shows `text`; only the text where `safe_url` refuses it."""
    address = safe_url(target)
    if address is None:
        return escape_inline(text)
    return Markdown(f"[{escape_inline(text) or escape_inline(target)}]({address})")


def front_matter_scalar(text: str) -> str:
    """Write the text as a YAML double-quoted scalar for a page's title, with its quotes.

    MkDocs and Material copy the title as it is into the page, so it is HTML, too; plugins of MkDocs
    read it as a template, so no brace is left.
    """
    return '"' + _IN_TITLES.sub(_as_html_entities, _html.escape(terminal_text(text))) + '"'
