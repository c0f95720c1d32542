"""YAML text to nodes with places: the only importer of YAML libraries.

`source.disk` hands over bytes, `format.loader` takes nodes. Scalars stay the text that a person
wrote (`no`, `012`, `12:30`, `1.10`); what YAML could do beyond that (anchors, aliases, tags, merge
keys, several documents) is refused with its place, and so is what it would lose in silence. The
nodes are built over the events of libyaml; without it PyYAML's own parser leads to the same result.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator

import yaml
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
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from okrdocs.problem import Extent, Problem, Related, Span, error, in_source_order
from okrdocs.source.yaml.decoding import refused, too_large
from okrdocs.source.yaml.line_errors import NO_BREAK, odd_spaces
from okrdocs.source.yaml.nodes import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    as_typed,
    is_null,
    looks_like_text,
    stretch,
)
from okrdocs.source.yaml.quoting import RecordKeys, mended, or_text
from okrdocs.source.yaml.quoting_errors import Fault
from okrdocs.source.yaml.silent_losses import (
    commas_in_list,
    commas_in_mapping,
    empty_block,
    lost_ends,
)
from okrdocs.source.yaml.syntax_errors import syntax_problem

try:
    from yaml.cyaml import CParser  # type: ignore[attr-defined]  # not in its __all__
except ImportError:  # a platform without PyYAML's wheel
    CParser = None  # type: ignore[misc,assignment]  # what follows asks for it

__all__ = [
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "as_typed",
    "is_null",
    "looks_like_text",
    "parse",
]

MAX_DEPTH = 20
MAX_NODES = 50_000
MAX_SCALAR = 20_000
MAX_STOPS = 20  # of the parser, told at once; in a long file fewer, for each costs a reading

_LOST = re.compile(r"#(?<=[ \t]#)[^\s#]")
_PROPERTIES = ("yaml-alias", "yaml-anchor", "yaml-tag")
_ODD_KEYS = frozenset(("", "<<"))
_new = tuple.__new__  # a third of the time of a NamedTuple's own constructor


def parse(
    text: str, path: str, *, records: RecordKeys = (), pure: bool = False
) -> tuple[Node | None, tuple[Problem, ...]]:
    """The root node of a YAML text and all Problems that can be seen in one run.

    The node is None for an empty text, and where a syntax error or a limit ended the reading.
    Where quotes mend the place at which the parser stopped, it reads on as if they were there.
    `path` only names the file in Problems; `pure` reads without libyaml. `records`: the keys of
    each record of the format, which tell where a text without quotes ends within braces.
    """
    if found := refused(text, path):
        return None, found
    collects = gc.isenabled()
    gc.disable()  # nodes hold no cycles, and looking for some nearly doubles the time
    try:
        make = CParser if CParser is not None and not pure else PureParser
        return _read(text, path, make, records)
    finally:
        if collects:
            gc.enable()


def _read(
    text: str, path: str, parser: type[CParser | PureParser], records: RecordKeys
) -> tuple[Node | None, tuple[Problem, ...]]:
    """As `parse`, of a text that is accepted."""
    told: list[Problem] = []
    work = 0
    while True:
        reader = _Reader(text, path, parser(text).get_event, records)
        node, stop = _until_stop(reader)
        work += reader.nodes
        goes_on = stop and len(told) < MAX_STOPS and work < MAX_NODES
        more = mended(reader.lines(), stop, records) if stop and goes_on else None
        if stop is None or more is None:
            break
        told.append(stop)
        text = more
    if stop:
        reader.stopped(stop)
    return node, in_source_order((*told, *reader.problems))


def _until_stop(reader: _Reader) -> tuple[Node | None, Problem | None]:
    """The root node with what was lost in it, or None and why the parser stopped."""
    node: Node | None = None
    try:
        node = reader.document()
    except yaml.YAMLError as found:
        fault = _fault(found, reader.lines())._replace(records=reader.records)
        stop = syntax_problem(reader.path, fault)
        above = "\n".join(reader.lines()[: min(stop.span.line - 1, fault.at[0])])
        if _LOST.search(above) and (begun := piece(above, 1)):
            reader.problems.extend(_lost(above, reader.path, begun))
        return None, stop
    except _LimitError:
        return None, None
    if node is not None:
        reader.problems.extend(_lost(reader.text, reader.path, node))
    return node, None


def _lost(text: str, path: str, node: Node) -> Iterator[Problem]:
    if _LOST.search(text):
        yield from lost_ends(path, _lines_of(text), node)
    if NO_BREAK in text:
        yield from odd_spaces(path, node)


def _lines_of(text: str) -> list[str]:
    return [line.removesuffix("\r") for line in text.split("\n")]


def piece(text: str, depth: int) -> Node | None:
    """The node of a text cut out of a file, `depth` levels below it; None where it has a fault."""
    make = PureParser if CParser is None else CParser
    reader = _Reader(text, "", make(text).get_event)
    try:
        node = reader.document(depth)
    except (yaml.YAMLError, _LimitError):
        return None
    return None if reader.problems else node


def _fault(fault: yaml.YAMLError, lines: list[str]) -> Fault:
    """The parser's stop; both marks are optional, and both parsers leave out other ones."""
    mark, start = getattr(fault, "problem_mark", None), getattr(fault, "context_mark", None)
    at = (mark.line, mark.column) if mark else (0, 0)
    begun = (start.line, start.column) if start else at
    context, said = getattr(fault, "context", None), getattr(fault, "problem", None)
    return Fault(lines, at, begun, context or "", said or "it can't be read")


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


class _LimitError(Exception):
    """A limit was passed; its Problem is already noted."""


class _Reader:
    """The state of one reading: the events that are left, and the Problems so far."""

    def __init__(
        self, text: str, path: str, get: Callable[[], Event | None], records: RecordKeys = ()
    ) -> None:
        self.text = text
        self.records = records
        self.path = path
        self.get = get
        self.problems: list[Problem] = []
        self.nodes = 0
        self._lines: list[str] | None = None

    def lines(self) -> list[str]:
        """The lines of the text, split on the first call: most files never need them."""
        if self._lines is None:
            self._lines = _lines_of(self.text)
        return self._lines

    def note(self, code: str, extent: Extent, said: str, hint: str, *related: Related) -> None:
        self.problems.append(error(code, Span(self.path, *extent), said, hint, *related))

    def stop(self, extent: Extent, said: str, limit: str) -> _LimitError:
        self.problems.append(too_large(self.path, extent, said, limit))
        return _LimitError()

    def stopped(self, fault: Problem) -> None:
        """Note a syntax error; of what else was said about its line, the telling part stays."""
        on_line = [p for p in self.problems if p.span.line == fault.span.line]
        if any(p.code in _PROPERTIES for p in on_line):
            return
        self.problems = [p for p in self.problems if p not in on_line or p.code != "yaml-trap"]
        self.problems.append(fault)

    def document(self, depth: int = 1) -> Node | None:
        """The one document of the text."""
        self.get()
        if type(self.get()) is StreamEndEvent:
            return None
        node = self.node(self.get(), depth)
        while type(event := self.get()) is DocumentEndEvent:
            pass
        if type(event) is not StreamEndEvent:
            self.note(
                "yaml-document",
                _extent(event),
                "A second document starts here (`---`); a file holds one.",
                "Remove the line `---`, or move what follows to a file of its own.",
            )
        return node

    def node(self, event: Event | None, depth: int) -> Node:
        """The node that an event begins, with all that it holds."""
        kind = type(event)
        if kind is ScalarEvent:
            return self.scalar(event)  # type: ignore[arg-type]  # by its exact type, for speed
        if kind is AliasEvent:
            return self.alias(event)
        if event.anchor or event.tag:  # type: ignore[union-attr]
            self.properties(event)
        extent = _extent(event)
        if depth > MAX_DEPTH:
            raise self.stop(extent, f"{depth} levels, one within another", f"{MAX_DEPTH} levels")
        flow = bool(event.flow_style)  # type: ignore[union-attr]
        if kind is MappingStartEvent:
            return self.mapping(extent, flow, depth)
        return self.sequence(extent, flow, depth)

    def scalar(self, event: ScalarEvent) -> Scalar:
        """A scalar; the hot path, run for each word of each file."""
        self.nodes += 1
        text = event.value
        start, end = event.start_mark, event.end_mark
        extent = (start.line + 1, start.column + 1, end.line + 1, end.column + 1)  # type: ignore[union-attr]
        if event.anchor or event.tag:
            self.properties(event)
        if len(text) > MAX_SCALAR:
            raise self.stop(extent, f"a text of {len(text):,} characters", f"{MAX_SCALAR:,}")
        if not (style := event.style):
            return _new(Scalar, (text, True, False, extent))
        if style in "|>":
            return self.block(text, extent)
        return _new(Scalar, (text, False, False, extent))

    def block(self, text: str, extent: Extent) -> Scalar:
        """`|` or `>`; its place ends with its last line, where the parser's ends with the next."""
        line, column, end_line, end_column = extent
        lines = self.lines()
        if not text.strip():
            self.problems.append(empty_block(self.path, line, lines[line - 1], column - 1))
        last = min(end_line - (end_column == 1), len(lines))
        while last > line and not lines[last - 1].strip():
            last -= 1
        return Scalar(text, False, True, (line, column, last, len(lines[last - 1]) + 1))

    def alias(self, event: Event | None) -> Scalar:
        """An alias stands for what it was typed as, so that nothing is ever shared."""
        extent = _extent(event)
        typed = stretch(self.lines(), extent)
        self.note(
            "yaml-alias",
            extent,
            f"`{typed}` repeats another place of the file (an alias), which isn't allowed here.",
            f"Write it out in full. {or_text(self.lines(), extent, self.records)}",
        )
        return Scalar(typed, True, False, extent)

    def properties(self, event: Event | None) -> None:
        """Anchors and tags are refused; mostly they are text that starts with `&` or `!`."""
        extent = _extent(event)
        for code, given, said in (
            ("yaml-anchor", getattr(event, "anchor", None), "`&` names a place (an anchor)"),
            ("yaml-tag", getattr(event, "tag", None), "`!` sets a type (a tag)"),
        ):
            if given:
                hint = f"Remove it. {or_text(self.lines(), extent, self.records)}"
                self.note(code, extent, f"{said} in YAML, which isn't allowed here.", hint)

    def mapping(self, extent: Extent, flow: bool, depth: int) -> Mapping:
        """A map, up to its end."""
        get, node, scalar, entries = self.get, self.node, self.scalar, []
        key: Node
        value: Node
        seen: dict[str, Scalar] = {}
        while (kind := type(event := get())) is not MappingEndEvent:
            # Scalars, nearly all there is, are taken without the way through `node`.
            key = scalar(event) if kind is ScalarEvent else node(event, depth + 1)  # type: ignore[arg-type]  # by its exact type
            event = get()
            value = scalar(event) if type(event) is ScalarEvent else node(event, depth + 1)
            if type(key) is not Scalar or (key.text in _ODD_KEYS and key.plain):
                self.odd_key(key)
            elif (folded := key.text.lower()) in seen:
                self.duplicate(key, seen[folded])
            else:
                seen[folded] = key
                entries.append((key, value))
            if self.nodes > MAX_NODES:
                raise self.stop(extent, f"more than {MAX_NODES:,} values", f"{MAX_NODES:,}")
        if flow:
            self.problems.extend(commas_in_mapping(self.path, self.lines, entries))
        end = _extent(event) if flow else value.extent
        return _new(Mapping, (entries, extent[:2] + end[2:], flow))

    def sequence(self, extent: Extent, flow: bool, depth: int) -> Sequence:
        """A list, up to its end."""
        get, node, items = self.get, self.node, []
        while type(event := get()) is not SequenceEndEvent:
            items.append(node(event, depth + 1))
            if self.nodes > MAX_NODES:
                raise self.stop(extent, f"more than {MAX_NODES:,} values", f"{MAX_NODES:,}")
        if flow:
            self.problems.extend(commas_in_list(self.path, self.lines, items))
        end = _extent(event) if flow or not items else items[-1].extent
        return _new(Sequence, (items, extent[:2] + end[2:], flow))

    def odd_key(self, key: Node) -> None:
        """A map, a list, `<<` or nothing as a key; mostly a template's `{{ name }}`."""
        if type(key) is Scalar and key.text:
            self.merge_key(key)
            return
        if type(key) is Scalar:
            self.note("yaml-key", key.extent, "A key is empty here.", "Write `key: value`.")
            return
        said = "A key must be plain text, and here a list or a group of keys stands in its place."
        hint = "If it is text, such as `{{ name }}`, put quotes around all of it."
        start, end = key.extent[:2], key.extent[2:]
        self.problems = [
            p for p in self.problems if not start <= (p.span.line, p.span.column) < end
        ]
        self.note("yaml-key", key.extent, said, hint)

    def merge_key(self, key: Scalar) -> None:
        said = "`<<` takes over the keys of another place (a merge key), which isn't allowed here."
        self.note("yaml-merge-key", key.extent, said, "Write the keys out.")

    def duplicate(self, key: Scalar, first: Scalar) -> None:
        """The second key is noted and left out of the map."""
        same = key.text == first.text
        said = f"`{key.text[:80]}` stands here a second time"
        self.note(
            "duplicate-key",
            key.extent,
            f"{said}."
            if same
            else f"{said} (as `{first.text[:80]}`); upper and lower case are one.",
            "Keep one of the two, or give one another name.",
            Related(Span(self.path, *first.extent), "the first one"),
        )


def _extent(event: Event | None) -> Extent:
    start, end = event.start_mark, event.end_mark  # type: ignore[union-attr]  # a parser sets both
    return (start.line + 1, start.column + 1, end.line + 1, end.column + 1)  # type: ignore[union-attr]
