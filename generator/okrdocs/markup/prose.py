"""The small part of Markdown that longer fields (summary, note, why, …) may use.

An allow-list with a parser of its own: what it doesn't know is escaped and so shown as it
was typed. Stands between the model and the templates, on top of `escape`.

The subset:

- Paragraphs, parted by blank lines; a single line break is a space.
- Lists with `-`, `*` or `+`, and lists numbered from `1.` or `1)`; under an item, a second
  level indented by two spaces or more. A line without a mark goes on with its item.
- `*emphasis*` or `_emphasis_`, `**strong**` or `__strong__`, one within the other, around
  whole words.
- A word or phrase between backticks, shown as code.
- `[text](address)` with an http, https or mailto address.

Headings, tables, images, HTML, footnotes, fenced code and all else are text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from okrdocs.markup.escape import Markdown, escape_fragment, markdown_link, safe_url, terminal_text

_TOKEN = re.compile(
    r"""
      (?<! ` ) ` (?P<code> [^`]+ ) ` (?! ` )
    | (?<! ! ) \[ (?P<text> [^][]+ ) \]
      \( (?P<target> (?: https?:// | mailto: ) (?: [^][()\s<>]++ | \( [^][()\s<>]*+ \) )+ ) \)
    | (?P<sign> \*+ | _+ )
    """,
    re.VERBOSE,
)
# A plain English sentence, which is most of what people write, needs nothing done to it.
_PLAIN = re.compile(r"[A-Za-z][a-z]++(?: ?[A-Za-z0-9,;()%'-]++|[.:](?= ))*\.?")
_SPAN_SIGN = re.compile(r"[*_`\[]")
_TAGS = {"*": "em", "_": "em", "**": "strong", "__": "strong"}
_SIGNS = {"em": "*", "strong": "**"}
# Where a renderer takes our signs for emphasis whatever stands within them.
_SIGNS_BEFORE_EMPHASIS = frozenset(" ([{\"'“‘„«‚‹-–—/,;:")
_SIGNS_AFTER_EMPHASIS = frozenset(" )]}\"'”’“»›-–—/,;:.!?…")
# Code that shows the same between backticks in every renderer and in a table.
_PLAIN_CODE = re.compile(r"(?![ #:])[0-9A-Za-z _.,:;/()=+@%*#?!'\"-]+(?<! )\Z")
_ITEM = re.compile(r"(?:[-*+]|(?P<number>[0-9]{1,9})[.)]) ")
_HIGHEST_NUMBER = 99  # A third digit would move the second level out of its item.
_FIRST_ITEM = re.compile(r"(?:-|1\.) ")  # A paragraph that began so would be escaped.
_LIST_END = "<!-- -->"  # Parts a list from one that follows, which would go on with it.


class _Item(NamedTuple):
    """A paragraph, or an item of a list at level 0 or 1, as the lines that it was typed in."""

    level: int
    ordered: bool
    lines: list[str]


class _Block(NamedTuple):
    """A paragraph (one item, indent -1) or a list with the indent of its first item."""

    indent: int
    items: list[_Item]


class _OpenEmphasis(NamedTuple):
    """An emphasis that isn't closed yet: its sign as typed, and where that stands."""

    sign: str
    start: int
    end: int


class _MarkdownSpan(NamedTuple):
    """A part of a line that is Markdown of ours; what lies between is text."""

    start: int
    end: int
    markdown: str


def prose_to_markdown(text: str) -> Markdown:
    """Convert a longer field to Markdown blocks with blank lines between, without a last line end.

    A list at its end is closed by a comment: what follows on the page may be a list of its own.
    Text that is `Markdown` already comes back unchanged, here and in `prose_inline`.
    """
    return text if isinstance(text, Markdown) else _convert_blocks(text)


def prose_inline(text: str) -> Markdown:
    """Convert a field to one line with its emphasis, code and links: for a cell or a heading."""
    return text if isinstance(text, Markdown) else _convert_line(text)


def prose_after_lead(lead: Markdown, text: str) -> Markdown:
    """Convert a longer field to blocks, with `lead` before the first one.

    Where the field begins with a list, `lead` stands above it: on an item's line it would undo it.
    """
    shown = prose_to_markdown(text)
    between = "\n\n" if _FIRST_ITEM.match(shown) else " "
    return Markdown(f"{lead}{between}{shown}")


@lru_cache(maxsize=1 << 14)
def _convert_line(text: str) -> Markdown:
    return Markdown(text) if _PLAIN.fullmatch(text) else _render_line(terminal_text(text))


@lru_cache(maxsize=1 << 14)
def _convert_blocks(text: str) -> Markdown:
    blocks = _split_blocks(text)
    written: list[str] = []
    for block, after in zip_longest(blocks, blocks[1:]):
        written.append(_render_paragraph(block) if block.indent < 0 else _render_list(block))
        if block.indent >= 0 and not (after and after.indent < 0):
            written.append(_LIST_END)
    return Markdown("\n\n".join(written))


def _split_blocks(text: str) -> list[_Block]:
    blocks: list[_Block] = []
    gap = True
    for raw in text.splitlines():
        line = terminal_text(raw)
        if line and not _add_list_item(blocks, _indent_width(raw), line):
            if gap:
                blocks.append(_Block(-1, [_Item(0, False, [])]))
            blocks[-1].items[-1].lines.append(line)
        gap = not line
    return blocks


def _indent_width(line: str) -> int:
    wide = line.expandtabs(4)
    return len(wide) - len(wide.lstrip(" "))


def _add_list_item(blocks: list[_Block], indent: int, line: str) -> bool:
    """Add a line that begins a list's item to its list; False for any other line."""
    match = _ITEM.match(line)
    if not match:
        return False
    block = blocks[-1] if blocks and blocks[-1].indent >= 0 else None
    item = _Item(int(bool(block and indent >= block.indent + 2)), match["number"] is not None, [])
    sibling = _sibling_item(block, item.level)
    if item.ordered and int(match["number"]) != 1 and not (sibling and sibling.ordered):
        return False  # Its number would be lost: "1986. A year" is text.
    if sibling and sibling.ordered != item.ordered:
        if item.level:
            return False
        block = None
    if not block:
        block = _Block(indent, [])
        blocks.append(block)
    item.lines.append(line[match.end() :])
    block.items.append(item)
    return True


def _sibling_item(block: _Block | None, level: int) -> _Item | None:
    """Return the item before at the same level of the list, under the same item for level 1."""
    if not block:
        return None
    if level == 0:
        return block.items[0]
    last = block.items[-1]
    return last if last.level else None


def _render_paragraph(block: _Block) -> str:
    return _render_line(" ".join(block.items[0].lines))


def _render_list(block: _Block) -> str:
    numbers = [0, 0]
    written = []
    for item in block.items:
        numbers[item.level] += 1
        numbers[item.level + 1 :] = [0] * (1 - item.level)
        mark = f"{min(numbers[item.level], _HIGHEST_NUMBER)}." if item.ordered else "-"
        written.append(f"{'    ' * item.level}{mark} {_render_line(' '.join(item.lines))}")
    return "\n".join(written)


def _render_line(line: str) -> Markdown:
    """Render one clean line: its spans as Markdown and all else escaped."""
    if not _SPAN_SIGN.search(line):
        return escape_fragment(line)
    written = []
    end = 0
    for span in sorted(_markdown_spans(line)):
        written += [_escape_between(line, end, span.start), span.markdown]
        end = span.end
    written.append(_escape_between(line, end, len(line)))
    return Markdown("".join(written))


def _escape_between(line: str, start: int, end: int) -> str:
    if start == 0:
        return escape_fragment(line[:end])
    return escape_fragment(" " + line[start:end])[1:]  # The space says: not at the start of a line.


def _markdown_spans(line: str) -> list[_MarkdownSpan]:
    spans: list[_MarkdownSpan] = []
    opened: list[_OpenEmphasis] = []
    for match in _TOKEN.finditer(line):
        if match["sign"] in _TAGS:
            spans += _open_or_close_emphasis(
                line, _OpenEmphasis(match["sign"], *match.span()), opened
            )
        elif match["sign"] is None and (markdown := _render_code_or_link(match)):
            spans.append(_MarkdownSpan(*match.span(), markdown))
    return spans


def _render_code_or_link(match: re.Match[str]) -> str | None:
    if match["target"]:
        return markdown_link(match["text"], match["target"]) if safe_url(match["target"]) else None
    code = match["code"].strip()
    return (
        f"`{code}`" if _PLAIN_CODE.match(code) else code and f"<code>{escape_fragment(code)}</code>"
    )


def _open_or_close_emphasis(
    line: str, sign: _OpenEmphasis, opened: list[_OpenEmphasis]
) -> list[_MarkdownSpan]:
    """Return the spans of an emphasis that this sign closes; keeps `opened` up to date."""
    place = _index_of_same_tag(sign, opened)
    first = opened[place] if place < len(opened) else None
    if first and first.sign == sign.sign and _can_close_emphasis(line, sign, nested=place > 0):
        del opened[place:]
        return _emphasis_spans(first, sign, nested=place > 0)
    if _can_open_emphasis(line, sign, opened):
        # The nearer of two signs of a kind opens, so that at most two stand open.
        del opened[_index_of_same_tag(sign, opened) :]
        opened.append(sign)
    return []


def _index_of_same_tag(sign: _OpenEmphasis, opened: list[_OpenEmphasis]) -> int:
    tags = [_TAGS[other.sign] for other in opened]
    return tags.index(_TAGS[sign.sign]) if _TAGS[sign.sign] in tags else len(tags)


def _can_open_emphasis(line: str, sign: _OpenEmphasis, opened: list[_OpenEmphasis]) -> bool:
    before, after = line[max(sign.start - 1, 0) : sign.start], line[sign.end : sign.end + 1]
    within = bool(opened) and opened[-1].end == sign.start
    return (not before or before in _SIGNS_BEFORE_EMPHASIS or within) and not (
        after.isspace() or not after
    )


def _can_close_emphasis(line: str, sign: _OpenEmphasis, nested: bool) -> bool:
    before, after = line[sign.start - 1], line[sign.end : sign.end + 1]
    free = not after or after in _SIGNS_AFTER_EMPHASIS or (nested and after in "*_")
    return free and not before.isspace()


def _emphasis_spans(first: _OpenEmphasis, last: _OpenEmphasis, nested: bool) -> list[_MarkdownSpan]:
    """Put signs around the outer emphasis, tags around the inner: signs in a row are ambiguous."""
    tag = _TAGS[first.sign]
    start, end = (f"<{tag}>", f"</{tag}>") if nested else (_SIGNS[tag],) * 2
    return [_MarkdownSpan(first.start, first.end, start), _MarkdownSpan(last.start, last.end, end)]
