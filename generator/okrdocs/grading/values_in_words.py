"""Knows what people write for a value in words: `achieved`, `not started`, `60 % done`.

For the message that shows the value as it should be; only `done` and `not done` are read.
"""

from __future__ import annotations

import re

from okrdocs.grading.quantity import Quantity, UnitKind

NOT_BEGUN = frozenset({"not yet", "not begun", "not started"})
NOT_DONE_WORDS = NOT_BEGUN | {
    "no", "false", "open", "no progress", "no progress yet", "nothing yet", "todo", "to do", "[ ]",
}  # fmt: skip
DONE_WORDS = frozenset(
    {"yes", "true", "done", "completed", "complete", "finished", "shipped", "launched", "achieved",
     "fully achieved", "delivered", "live", "met", "reached", "released", "all", "all done", "✓",
     "✔", "✔️", "✅", "☑", "[x]"}
)  # fmt: skip
_SAID_SHARE = re.compile(r"([0-9]{1,3}) ?% (?:done|complete|completed|finished|ready)")


def folded_words(text: str) -> str:
    """Return words in lower case, without hyphens and the full stop at their end."""
    return " ".join(text.casefold().replace("-", " ").replace("_", " ").rstrip(".!").split())


def likely_share_done(folded: str, share: Quantity | None, in_shares: bool) -> str:
    """Return what was meant by `yes`, `0.5`, `50` or `60 % done`; "" where that isn't clear.

    `in_shares`: no other value is above 1 or in percent, so that 1 is the whole, and not 1%.
    """
    if folded in DONE_WORDS:
        return "done"
    if folded in NOT_DONE_WORDS:
        return "not done"
    if (said := _SAID_SHARE.fullmatch(folded)) and int(said[1]) <= 100:
        return f"{said[1]}%"
    if share is not None and share.unit.startswith("of ") and share.unit[3:].isdigit():
        part = share.value / int(share.unit[3:])
        return f"{float(round(part * 100, 2)):g}%" if 0 < part < 1 else "done" if part == 1 else ""
    if share is None or share.kind is not UnitKind.NUMBER or not 0 <= share.value <= 100:
        return ""
    if share.value == 1:
        return "done" if in_shares else ""
    part = share.value * 100 if share.value < 1 else share.value
    return f"{float(part):g}%"
