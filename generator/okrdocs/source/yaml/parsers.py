"""The parsers of PyYAML, as its only importer: libyaml's, and one in Python of the same result."""

from __future__ import annotations

from yaml import SafeDumper, SafeLoader, YAMLError, compose, serialize
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

try:
    from yaml.cyaml import CParser  # type: ignore[attr-defined]  # not in its __all__
except ImportError:  # a platform without PyYAML's wheel
    CParser = None  # type: ignore[misc,assignment]  # whoever parses asks for it

__all__ = [
    "AliasEvent",
    "CParser",
    "DocumentEndEvent",
    "Event",
    "MappingEndEvent",
    "MappingNode",
    "MappingStartEvent",
    "Node",
    "PureParser",
    "ScalarEvent",
    "ScalarNode",
    "SequenceEndEvent",
    "SequenceNode",
    "StreamEndEvent",
    "YAMLError",
    "compose_nodes",
    "serialize_nodes",
]


def compose_nodes(text: str) -> Node | None:
    """Return a text's nodes with their tags, of which none is resolved; None for an empty text.

    Raises YAMLError, and RecursionError where the parser in C would end the whole process.
    """
    node: Node | None = compose(text, Loader=SafeLoader)
    return node


def serialize_nodes(node: Node) -> str:
    """Return nodes as text, each with its tag."""
    return str(serialize(node, Dumper=SafeDumper, allow_unicode=True, width=1_000))


class PureParser(Reader, Scanner, Parser):
    """PyYAML's own parser, brought to what libyaml accepts: tabs between the parts of a line.

    A difference is left where nobody is misled: it reads `{a:}`, which libyaml refuses.
    """

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)

    def scan_to_next_token(self) -> None:
        """Skip white space and comments; a tab counts where it can't be indentation."""
        super().scan_to_next_token()
        while self.peek() == "\t" and (self.flow_level or not self.allow_simple_key):
            self.forward()
            super().scan_to_next_token()

    def scan_plain_spaces(self, indent: int, start_mark: object) -> list[str]:
        """White space within plain text, with its tabs."""
        length = 0
        while self.peek(length) in (" ", "\t"):
            length += 1
        space = self.prefix(length)
        self.forward(length)
        folded: list[str] | None = super().scan_plain_spaces(indent, start_mark)
        return folded or [space] * bool(space)
