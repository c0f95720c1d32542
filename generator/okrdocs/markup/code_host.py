"""Escapes user text for GitHub and GitLab Markdown, so that `@name` notifies nobody.

Code hosts read a page not only as Markdown: a name behind `@` is notified, `#12` becomes a link
and with a word before it may close an issue. So these signs stand in an element of their own,
apart from what follows them, and no reader of the source or of the page sees a mention.
"""

from __future__ import annotations

import re

from okrdocs.markup.escape import ENTITY, escape_fragment, escape_html

_MENTION_SIGNS = re.compile(r"&\#(?P<number>\d++);|[@#]|(?<=[gG][hH])-(?=\d)")


def escape_line(line: str) -> str:
    """Escape one clean line, or a part of one, so that it shows as it was typed."""
    return _without_mentions(escape_fragment(line))


def escape_code(text: str) -> str:
    """Escape a text and shows it as code."""
    return f"<code>{_without_mentions(escape_html(text))}</code>"


def _without_mentions(escaped: str) -> str:
    """Isolate each sign of an escaped text that could notify a person or link an issue."""
    return _MENTION_SIGNS.sub(_escape_sign_entity, escaped)


def _escape_sign_entity(match: re.Match[str]) -> str:
    number = int(match["number"] or ord(match[0]))
    return f"<span>{ENTITY(number)}</span>" if chr(number) in "@#-" else match[0]
