"""Patterns that find tools, vendors, technologies and methods by name, for `solutions`.

Names are matched with their capitals, kinds of tools without. The lists are never complete:
`solutions` also takes unknown names where the sentence shows that they are tools.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from okrdocs.lint.word_lists import phrases_in_order


def _alternation_pattern(phrases: Iterable[str]) -> str:
    return "|".join(map(re.escape, phrases))


_NAMES = _alternation_pattern(phrases_in_order("english/tool_names"))
_KINDS = _alternation_pattern(phrases_in_order("english/kinds_of_tools"))
_OPEN_KINDS = (
    r"[\w-]*chatbot[\w-]*|self-driving [\w-]+|biometric [\w-]+|prefabricat\w+|satellite imag\w+"
)
"""Kinds of tools that any word can complete."""
TOOL = re.compile(
    rf"(?<![\w-])(?:{_NAMES})(?:-(?:powered|based|driven|first|enabled))?(?![\w-]|\.\w)"
    rf"|(?<![\w-])(?i:{_KINDS}|{_OPEN_KINDS})(?![\w])"
)
THINGS = re.compile(
    r"(?<![\w-])(?i:drones?|(?:ro|co)bots?|robotics|e-?bikes?|sensors?|notebooks|tablets|kiosks"
    r"|wearables|(?:smart|electronic|virtual|digital|autonomous) \w+"
    r"|self-checkouts?|(?:electric|self-driving) \w+|heat pumps|exoskeletons?"
    r"|3d print(?:ing|ers?)|scanners?|terminals?|lockers|turbines)(?!\w)"
)
"""Devices, which make a heading a solution only where a preposition follows."""
