r"""Escapes user text for GitHub and GitLab Markdown, so that it is nothing but text there.

Code hosts read a page not only as Markdown: in the text that a reader sees, a name behind `@` is
notified, `#12` becomes a link, `!12`, `&3`, `%v1`, `~label` and `[epic:1]` do on GitLab. An entity
doesn't help, since they look after it is resolved. So each such sign stands in an element of its
own, apart from what follows it. Programs that read comments take `/approve` for a command.
`report.comment_check` accepts a comment by the same two rules: `visible_text`, `active_signs`.
"""

from __future__ import annotations

import re

from okrdocs.markup.escape import (
    ENTITY,
    escape_fragment,
    escape_html,
    escape_mermaid,
    terminal_text,
)

# The signs, one at a time. At its end a text may go on with anything, so that counts as active.
_ACTIVE = re.compile(
    r"""
      [@\#$~\[]                                   # person, issue, formula and snippet, label, link
    | [!&] (?= \d )                               # merge request, epic
    | % (?= ["\w] )                               # milestone
    | (?<= [gG] [hHlL] ) - (?= \d | \Z )          # GH-12, GL-12
    | : (?= // | [\w+-]{1,40} : )                 # address, emoji
    | (?<= [wW]{3} ) \.
    | (?<! \w ) / (?= \w )                        # a command of a bot, a quick action
    | \* (?= iteration: )
    """,
    re.VERBOSE,
)
# Signs of code points that Unicode calls default ignorable, or that have no shape, or turn text.
_SHAPELESS = (
    "\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e"
    "\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0d\ufeff"
    "\uffa0\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
# Joiners make one sign of several emoji, and the right letters in Persian and in Indian scripts.
_JOINED = "\u0600-\u1fff\u2100-\u2bff\U0001f000-\U0001faff"
_HIDDEN = re.compile(
    f"[{_SHAPELESS}]"
    f"|(?<![{_JOINED}\ufe0e\ufe0f])[\u200c\u200d]|[\u200c\u200d](?![{_JOINED}])"
    f"|(?<![0-9\u00a1-\U000dffff])[\ufe0e\ufe0f]|(?<=[\u200c\u200d\ufe0e\ufe0f])[\ufe0e\ufe0f]"
)
_CHARACTER = re.compile(r"&\#\d+;|.", re.DOTALL)


def escape_line(line: str) -> str:
    """Escape one clean line, or a part of one, so that it shows as it was typed."""
    shown = visible_text(line)
    return _isolate_signs(shown, escape_fragment(shown))


def escape_code(text: str) -> str:
    """Escape a text and shows it as code."""
    shown = terminal_text(visible_text(terminal_text(text)))
    return f"<code>{_isolate_signs(shown, escape_html(shown))}</code>"


def escape_label(text: str) -> str:
    """Escape the text for a label of a Mermaid picture, as `escape.escape_mermaid` does."""
    return escape_mermaid(visible_text(terminal_text(text)))


def visible_text(line: str) -> str:
    """Return the line without characters that nobody sees, in which another text could hide.

    Joiners and variation selectors stay where letters and emoji need them.
    """
    while (
        not (line.isascii() and line.isprintable()) and (shorter := _HIDDEN.sub("", line)) != line
    ):
        line = shorter
    return line


def active_signs(text: str) -> frozenset[int]:
    """Return the places of the signs to which a code host, or a bot, would give a meaning.

    `text` is what a reader sees: no entity, no markup.
    """
    return frozenset(match.start() for match in _ACTIVE.finditer(text))


def _isolate_signs(text: str, escaped: str) -> str:
    """Put each active sign of an escaped text into an element of its own.

    Each character of `text` is one character or one entity of `escaped`.
    """
    places = active_signs(text)
    if not places:
        return escaped
    return "".join(
        f"<span>{ENTITY(ord(text[place]))}</span>" if place in places else character
        for place, character in enumerate(_CHARACTER.findall(escaped))
    )
