"""YAML texts in many styles for property tests, and what ruamel.yaml reads in them.

`yaml_texts` draws a text: lines and brackets, comments everywhere, any indentation, quotes of both
kinds, blocks of text, both line breaks, with and without one at the end. Each comment is a word of
its own (`#c7`), so that a test sees where it went.
"""

from __future__ import annotations

import re
from typing import Any, TypeVar

from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, ScalarNode

T = TypeVar("T")

KEYS = ("id", "title", "key_results", "check_ins", "value", "note", "ünïcode", "a-b", "owner")
PLAIN = (
    "word", "two words", "45%", "2025-01-02", "012", "no", "1.10", "http://x/y", "a#b", "12:30",
    "grün 🎉", "it's", '5" pipe', "x" * 130, "-5", "null-ish", "a, b", "€ 3", "日本語",
)  # fmt: skip
TEXTS = (
    *PLAIN, "", " lead", "trail ", "a: b", "a #b", "@at", "*star", "&and", "!bang", "[x", "{x}",
    "- x", "? q", "true", "Null", "~", "yes", "0x1F", "1e3", "=", "<<", "|", ">95%", "%", "`tick`",
    "---", "'q'", '"q"', "back\\slash", "tab\there", "nel\x85x", "ls\u2028x", "bom\ufeffx", "a\nb",
    "a\n\nb\n", "  a\nb", "a\n", "a\n\n", "\n", "ends:", "a:b", "#x", "long " * 60, "\x0c",
    "🎉: x", "\xa0x", ",", "]", "a\n  b\n# c", "a\n\tb", "a \nb ", "...", "a\n---\nb",
)  # fmt: skip
FLOW_PLAIN = tuple(text for text in PLAIN if not re.search(r"[,\[\]{}]", text))


class Drawer:
    """Draws parts of a text; numbers its comments."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.comments = 0

    def one(self, *choices: T) -> T:
        return self.draw(st.sampled_from(choices))

    def comment(self) -> str:
        self.comments += 1
        return f"#c{self.comments}" + self.one("", " it's {odd}: - [", "\t")

    def tail(self) -> str:
        """What may follow a value on its line."""
        kind = self.one("", "", "", "comment", "tab", "spaces")
        if kind == "comment":
            return self.one("  ", "\t", " ") + "# " + self.comment()
        return {"tab": "\t", "spaces": "   "}.get(kind, "")

    def between(self, column: int) -> list[str]:
        """Lines between two entries."""
        kind = self.one("", "", "", "", "blank", "comment", "outer", "spaces")
        return {
            "blank": [""],
            "spaces": ["  "],
            "comment": [" " * column + self.comment()] if kind == "comment" else [],
            "outer": ["", self.comment()] if kind == "outer" else [],
        }.get(kind, [])

    def scalar(self, column: int) -> list[str]:
        """A scalar as lines: the first one follows a key or a dash."""
        kind = self.one("plain", "plain", "plain", "single", "double", "null", "block", "lines")
        deeper = " " * (column + self.one(1, 2, 4))
        if kind == "plain":
            return [self.one(*PLAIN) + self.tail()]
        if kind == "null":
            return [self.one("", "~", "null") + self.tail()]
        if kind == "single":
            return ["'" + self.one(*PLAIN, "a: b", "#x", "").replace("'", "''") + "'" + self.tail()]
        if kind == "double":
            return ['"' + self.one("x", "a: b", '\\"', "\\u00e9", "", " # no") + '"' + self.tail()]
        if kind == "lines":
            quote = self.one("", "'", '"')
            return [f"{quote}first", f"{deeper}second", "", f"{deeper}third{quote}{self.tail()}"]
        return self.block(deeper, column)

    def block(self, deeper: str, column: int) -> list[str]:
        step = len(deeper) - column
        hint = self.one("", "", str(step) if column >= 0 else "")
        header = self.one("|", ">") + hint + self.one("", "-", "+")
        tail = self.one("", "", "  # ")
        tail = tail + self.comment() if tail else ""
        body = [deeper + self.one("text", "a: b", "- x", "# no comment")]
        body += self.one([], [""], ["", f"{deeper}  more"], [f"{deeper}x", ""], [deeper + "  "])
        return [header + tail, *body]

    def value(self, column: int, depth: int, *, item: bool) -> list[str]:
        """A value behind a key or a dash that stands at a column."""
        kind = self.one("scalar", "scalar", "map", "list", "flow") if depth else "scalar"
        if kind == "scalar":
            return self.scalar(column)
        if kind == "flow":
            return [self.flow(column, depth) + self.tail()]
        compact = item and self.one(True, True, False)
        gap = self.one(2, 2, 3, 4)
        if kind == "map":
            inner = self.mapping(column + (gap if compact else self.one(1, 2, 4)), depth - 1)
        else:
            least = column + 1 if item else column
            inner = self.sequence(column + gap if compact else least + self.one(0, 2, 3), depth - 1)
        if compact and inner[0].strip() and not inner[0].lstrip().startswith("#"):
            return [" " * (gap - 2) + inner[0].lstrip(" "), *inner[1:]]
        return [self.one("", "  # " + self.comment()), *inner]

    def mapping(self, column: int, depth: int, least: int = 1) -> list[str]:
        lines = []
        names = st.lists(st.sampled_from(KEYS), min_size=least, max_size=4, unique=True)
        keys = self.draw(names)
        for key in keys:
            lines += self.between(column)
            name = self.one(key, key, key, f'"{key}"', f"'{key}'")
            first, *rest = self.value(column, depth, item=False)
            space = self.one(" ", " ", " ", "  ") if first.strip(" \t") else ""
            lines += [f"{' ' * column}{name}:{space}{first}", *rest]
        return lines

    def sequence(self, column: int, depth: int) -> list[str]:
        lines = []
        spaced = self.one(False, False, True)
        for number in range(self.one(1, 2, 3)):
            lines += [""] if spaced and number else self.between(column)
            first, *rest = self.value(column, depth, item=True)
            lines += [f"{' ' * column}- {first}" if first else f"{' ' * column}-", *rest]
        return lines

    def flow(self, column: int, depth: int) -> str:
        """A list or a map in brackets, on one line or several."""
        brackets = self.one("[]", "{}")
        names = self.draw(st.lists(st.sampled_from(KEYS), max_size=3, unique=True))
        parts = [
            (f"{name}: " if brackets == "{}" else "") + self.flow_value(column, depth)
            for name in names
        ]
        kind = self.one("line", "line", "spaces", "trailing", "lines", "lines trailing")
        if not parts:
            return self.one(brackets, brackets, f"{brackets[0]} {brackets[1]}")
        if not kind.startswith("lines"):
            space = " " if kind == "spaces" else ""
            comma = self.one(",", ", ") if kind == "trailing" else ""
            return f"{brackets[0]}{space}{', '.join(parts)}{comma}{space}{brackets[1]}"
        inner, text = "\n" + " " * (column + 4), brackets[0]
        for number, part in enumerate(parts):
            comma = "," if number < len(parts) - 1 or "trailing" in kind else ""
            text += f"{inner}{part}{comma}{self.tail()}"
        return f"{text}\n{' ' * (column + 2)}{brackets[1]}"

    def flow_value(self, column: int, depth: int) -> str:
        kind = self.one("plain", "plain", "quoted", "flow")
        if kind == "flow" and depth > 1:
            return self.flow(column + 4, depth - 2)
        return self.one('"a, b"', "'it''s'", '""') if kind == "quoted" else self.one(*FLOW_PLAIN)


@st.composite
def yaml_texts(draw: st.DrawFn) -> str:
    """A YAML text whose root is a map."""
    drawer = Drawer(draw)
    lines = drawer.one([], [], ["---"], ["", "# " + drawer.comment()], ["# " + drawer.comment()])
    lines = [*lines, *drawer.mapping(0, 3, 2), *drawer.one([], [], [""], ["", drawer.comment()])]
    text = "\n".join(lines) + drawer.one("\n", "\n", "")
    text = text.replace("\n", drawer.one("\n", "\n", "\r\n"))
    return str(drawer.one("", "", "", "\ufeff") + text)


def ruamel_tree(text: str) -> Any:
    """What ruamel.yaml reads: a text as ("text", it, whether it has quotes), lists, dicts."""
    body = text.removeprefix("\ufeff")
    if not body.endswith("\n"):
        body += "\n"
    # ruamel refuses some of the tabs that libyaml takes; in these texts none is part of a value.
    return _plain(YAML().compose(body.replace("\r\n", "\n").replace("\t", " ")))


def _plain(node: Any) -> Any:
    if isinstance(node, ScalarNode):
        return ("text", node.value, bool(node.style))
    if isinstance(node, MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    return [_plain(item) for item in node.value]
