"""People's texts in Markdown that a code host reads: nobody is told, no issue is meant.

GitHub and GitLab read such a page not only as Markdown: a name behind `@` is told, `#12` becomes
a link and with a word before it may close an issue. So these signs stand in an element of their
own, apart from what follows them, and no reader of the source or of the page finds one.
"""

from __future__ import annotations

import re

from okrdocs.markup.escape import ENTITY, fragment, html

_MENTION_SIGNS = re.compile(r"&\#(?P<number>\d++);|[@#]|(?<=[gG][hH])-(?=\d)")


def escape_line(line: str) -> str:
    """A text as it was typed, or a part of one, within a line of Markdown; one clean line."""
    return _without_mentions(fragment(line))


def escape_code(text: str) -> str:
    """A text shown as code."""
    return f"<code>{_without_mentions(html(text))}</code>"


def _without_mentions(escaped: str) -> str:
    """Escaped text in which no name is told and no issue is meant."""
    return _MENTION_SIGNS.sub(_isolated_sign, escaped)


def _isolated_sign(match: re.Match[str]) -> str:
    number = int(match["number"] or ord(match[0]))
    return f"<span>{ENTITY(number)}</span>" if chr(number) in "@#-" else match[0]
