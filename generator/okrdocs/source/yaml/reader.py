"""Reads YAML text to nodes with their places.

`source.disk` hands over bytes, `format.loader` takes nodes. Scalars stay the text that a person
wrote (`no`, `012`, `12:30`, `1.10`); what YAML could do beyond that (anchors, aliases, tags, merge
keys, several documents) is refused with its place, and so is what it would lose in silence. The
nodes are built over the events of libyaml; without it PyYAML's own parser leads to the same result.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator

from okrdocs.problem import Extent, Problem, Related, Span, error
from okrdocs.source.yaml.decoding import (
    MAX_PROBLEMS,
    first_problems,
    refusals,
    too_large_problem,
)
from okrdocs.source.yaml.line_errors import NO_BREAK_SPACE, keys_with_no_break_space
from okrdocs.source.yaml.nodes import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    is_null,
    looks_like_text,
    source_text,
    text_within,
)
from okrdocs.source.yaml.parsers import (
    AliasEvent,
    CParser,
    DocumentEndEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    PureParser,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
    YAMLError,
)
from okrdocs.source.yaml.quoting import (
    RecordKeys,
    hint_if_text,
    suggested_quotes,
    with_quotes_as_replacement,
    with_suggested_quotes,
)
from okrdocs.source.yaml.quoting_errors import ParseStop
from okrdocs.source.yaml.silent_losses import (
    empty_block_problem,
    texts_cut_by_commas_in_list,
    texts_cut_by_commas_in_map,
    texts_cut_by_comments,
)
from okrdocs.source.yaml.syntax_errors import syntax_problem

__all__ = [
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "is_null",
    "looks_like_text",
    "parse",
    "source_text",
]

MAX_DEPTH = 20
MAX_NODES = 50_000
MAX_SCALAR = 20_000
MAX_PARSE_STOPS = 20  # reported at once; in a long file fewer, for each costs another reading

_LOST_BY_COMMENT = re.compile(r"#(?<=[ \t]#)[^\s#]")
_PROPERTY_CODES = ("yaml-alias", "yaml-anchor", "yaml-tag")
_REFUSED_KEYS = frozenset(("", "<<"))
_make_tuple = tuple.__new__  # a third of the time of a NamedTuple's own constructor


def parse(
    text: str, path: str, *, records: RecordKeys = (), pure: bool = False
) -> tuple[Node | None, tuple[Problem, ...]]:
    """Return the root node of a YAML text and all Problems that can be seen in one run.

    The node is None for an empty text, and where a syntax error or a limit ended the reading.
    Where quotes correct the place at which the parser stopped, it reads on as if they were there.
    `path` only names the file in Problems; `pure` reads without libyaml. `records`: the keys of
    each record of the format, which tell where a text without quotes ends within braces.
    """
    if problems := refusals(text, path):
        return None, problems
    collects = gc.isenabled()
    gc.disable()  # nodes hold no cycles, and looking for some nearly doubles the time
    try:
        make = CParser if CParser is not None and not pure else PureParser
        return _read_with_fixes(text, path, make, records)
    finally:
        if collects:
            gc.enable()


def _read_with_fixes(
    text: str, path: str, parser: type[CParser | PureParser], records: RecordKeys
) -> tuple[Node | None, tuple[Problem, ...]]:
    """Read a text that is accepted, again for each stop that quotes correct."""
    stops: list[Problem] = []
    work = 0
    while True:
        builder = _NodeBuilder(text, path, parser(text).get_event, records)
        node, stop = _read_until_stop(builder)
        work += builder.nodes
        goes_on = stop and len(stops) < MAX_PARSE_STOPS and work < MAX_NODES
        quotes = suggested_quotes(builder.lines(), stop, records) if stop else None
        if stop and quotes and stop.span.line not in {each.span.line for each in stops}:
            stop = with_quotes_as_replacement(stop, quotes)
        if stop is None or quotes is None or not goes_on:
            break
        stops.append(stop)
        text = with_suggested_quotes(builder.lines(), stop, quotes)
    if stop:
        builder.report_stop(stop)
    return node, first_problems((*stops, *builder.problems))


def _read_until_stop(builder: _NodeBuilder) -> tuple[Node | None, Problem | None]:
    """Return the root node, or None and why the parser stopped; the builder gets what was lost."""
    node: Node | None = None
    try:
        node = builder.read_document()
    except YAMLError as error:
        stop = parse_stop_of(error, builder.lines())._replace(records=builder.records)
        problem = syntax_problem(builder.path, stop)
        above = "\n".join(builder.lines()[: min(problem.span.line - 1, stop.at[0])])
        if _LOST_BY_COMMENT.search(above) and (node_above := parse_fragment(above, 1)):
            builder.problems.extend(_losses_in(above, builder.path, node_above))
        return None, problem
    except _LimitError:
        return None, None
    if node is not None:
        builder.problems.extend(_losses_in(builder.text, builder.path, node))
    return node, None


def _losses_in(text: str, path: str, node: Node) -> Iterator[Problem]:
    if _LOST_BY_COMMENT.search(text):
        yield from texts_cut_by_comments(path, _lines_of(text), node)
    if NO_BREAK_SPACE in text:
        yield from keys_with_no_break_space(path, node)


def _lines_of(text: str) -> list[str]:
    return [line.removesuffix("\r") for line in text.split("\n")]


def parse_fragment(text: str, depth: int) -> Node | None:
    """Return the node of a part of a file, `depth` levels below its root; None for a fault."""
    builder = _NodeBuilder(text, "", (PureParser if CParser is None else CParser)(text).get_event)
    try:
        node = builder.read_document(depth)
    except (YAMLError, _LimitError):
        return None
    return None if builder.problems else node


def parse_stop_of(error: YAMLError, lines: list[str]) -> ParseStop:
    """Return where and why the parser stopped; the two parsers leave out different marks."""
    mark, start = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    at = (mark.line, mark.column) if mark else (0, 0)
    start_at = (start.line, start.column) if start else at
    context, problem = getattr(error, "context", None), getattr(error, "problem", None)
    return ParseStop(lines, at, start_at, context or "", problem or "it can't be read")


class _LimitError(Exception):
    """A limit was passed; its Problem is already added."""


class _NodeBuilder:
    """Builds the nodes of one text: the events that are left, and the Problems so far."""

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
        """Return the lines of the text, split on the first call: most files never need them."""
        if self._lines is None:
            self._lines = _lines_of(self.text)
        return self._lines

    def report(self, code: str, extent: Extent, message: str, hint: str, *related: Related) -> None:
        self.problems.append(error(code, Span(self.path, *extent), message, hint, *related))

    def limit_error(self, extent: Extent, amount: str, limit: str) -> _LimitError:
        self.problems.append(too_large_problem(self.path, extent, amount, limit))
        return _LimitError()

    def count_error(self, extent: Extent) -> _LimitError:
        """Return the end of the reading where there are too many values, or problems."""
        if len(self.problems) > MAX_PROBLEMS:
            return _LimitError()  # `first_problems` says so
        return self.limit_error(extent, f"more than {MAX_NODES:,} values", f"{MAX_NODES:,}")

    def report_stop(self, fault: Problem) -> None:
        """Add a syntax error; of the other Problems of its line only the more precise ones stay."""
        on_line = [p for p in self.problems if p.span.line == fault.span.line]
        if any(p.code in _PROPERTY_CODES for p in on_line):
            return
        self.problems = [p for p in self.problems if p not in on_line or p.code != "yaml-trap"]
        self.problems.append(fault)

    def read_document(self, depth: int = 1) -> Node | None:
        """Return the root node of the one document of the text."""
        self.get()
        if type(self.get()) is StreamEndEvent:
            return None
        node = self.read_node(self.get(), depth)
        while type(event := self.get()) is DocumentEndEvent:
            pass
        if type(event) is not StreamEndEvent:
            self.report(
                "yaml-document",
                _extent(event),
                "A second document starts here (`---`); a file holds one.",
                "Remove the line `---`, or move what follows to a file of its own.",
            )
        return node

    def read_node(self, event: Event | None, depth: int) -> Node:
        """Return the node that an event begins, with all that it holds.

        Raises _LimitError where a limit is passed.
        """
        kind = type(event)
        if kind is ScalarEvent:
            return self.read_scalar(event)  # type: ignore[arg-type]  # by its exact type, for speed
        self.nodes += 1
        if kind is AliasEvent:
            return self.read_alias(event)
        if event.anchor or event.tag:  # type: ignore[union-attr]
            self.refuse_properties(event)
        extent = _extent(event)
        if depth > MAX_DEPTH:
            raise self.limit_error(
                extent, f"{depth} levels, one within another", f"{MAX_DEPTH} levels"
            )
        flow = bool(event.flow_style)  # type: ignore[union-attr]
        if kind is MappingStartEvent:
            return self.read_mapping(extent, flow, depth)
        return self.read_sequence(extent, flow, depth)

    def read_scalar(self, event: ScalarEvent) -> Scalar:
        """Return a scalar; the hot path, run for each word of each file.

        Raises _LimitError where a limit is passed.
        """
        self.nodes += 1
        text = event.value
        start, end = event.start_mark, event.end_mark
        extent = (start.line + 1, start.column + 1, end.line + 1, end.column + 1)  # type: ignore[union-attr]
        if event.anchor or event.tag:
            self.refuse_properties(event)
        if len(text) > MAX_SCALAR:
            raise self.limit_error(extent, f"a text of {len(text):,} characters", f"{MAX_SCALAR:,}")
        if not (style := event.style):
            return _make_tuple(Scalar, (text, True, False, extent))
        if style in "|>":
            return self.read_block_scalar(text, extent)
        return _make_tuple(Scalar, (text, False, False, extent))

    def read_block_scalar(self, text: str, extent: Extent) -> Scalar:
        """Return a `|` or `>`; it ends with its last line, the parser's with the next one."""
        line, column, end_line, end_column = extent
        lines = self.lines()
        if not text.strip():
            self.problems.append(empty_block_problem(self.path, line, lines[line - 1], column - 1))
        last = min(end_line - (end_column == 1), len(lines))
        while last > line and not lines[last - 1].strip():
            last -= 1
        return Scalar(text, False, True, (line, column, last, len(lines[last - 1]) + 1))

    def read_alias(self, event: Event | None) -> Scalar:
        """Refuse an alias, and read it as what was typed, so that nothing is ever shared."""
        extent = _extent(event)
        typed = text_within(self.lines(), extent)
        self.report(
            "yaml-alias",
            extent,
            f"`{typed}` repeats another place of the file (an alias), which isn't allowed here.",
            f"Write it out in full. {hint_if_text(self.lines(), extent, self.records)}",
        )
        return Scalar(typed, True, False, extent)

    def refuse_properties(self, event: Event | None) -> None:
        """Refuse anchors and tags; mostly they are text that starts with `&` or `!`."""
        extent = _extent(event)
        for code, given, message in (
            ("yaml-anchor", getattr(event, "anchor", None), "`&` names a place (an anchor)"),
            ("yaml-tag", getattr(event, "tag", None), "`!` sets a type (a tag)"),
        ):
            if given:
                hint = f"Remove it. {hint_if_text(self.lines(), extent, self.records)}"
                self.report(code, extent, f"{message} in YAML, which isn't allowed here.", hint)

    def read_mapping(self, extent: Extent, flow: bool, depth: int) -> Mapping:
        """Return a map, read up to its end.

        Raises _LimitError where a limit is passed.
        """
        get, node, scalar, entries = self.get, self.read_node, self.read_scalar, []
        key: Node
        value: Node
        seen: dict[str, Scalar] = {}
        while (kind := type(event := get())) is not MappingEndEvent:
            # Scalars, nearly all there is, are taken without the way through `node`.
            key = scalar(event) if kind is ScalarEvent else node(event, depth + 1)  # type: ignore[arg-type]  # by its exact type
            event = get()
            value = scalar(event) if type(event) is ScalarEvent else node(event, depth + 1)
            if type(key) is not Scalar or (key.text in _REFUSED_KEYS and key.plain):
                self.refuse_key(key)
            elif (folded := key.text.lower()) in seen:
                self.refuse_duplicate_key(key, seen[folded])
            else:
                seen[folded] = key
                entries.append((key, value))
            if self.nodes > MAX_NODES or len(self.problems) > MAX_PROBLEMS:
                raise self.count_error(extent)
        if flow:
            self.problems.extend(texts_cut_by_commas_in_map(self.path, self.lines, entries))
        end = _extent(event) if flow else value.extent
        return _make_tuple(Mapping, (entries, extent[:2] + end[2:], flow))

    def read_sequence(self, extent: Extent, flow: bool, depth: int) -> Sequence:
        """Return a list, read up to its end.

        Raises _LimitError where a limit is passed.
        """
        get, node, items = self.get, self.read_node, []
        while type(event := get()) is not SequenceEndEvent:
            items.append(node(event, depth + 1))
            if self.nodes > MAX_NODES or len(self.problems) > MAX_PROBLEMS:
                raise self.count_error(extent)
        if flow:
            self.problems.extend(texts_cut_by_commas_in_list(self.path, self.lines, items))
        end = _extent(event) if flow or not items else items[-1].extent
        return _make_tuple(Sequence, (items, extent[:2] + end[2:], flow))

    def refuse_key(self, key: Node) -> None:
        """Refuse a map, a list, `<<` or nothing as a key; mostly a template's `{{ name }}`."""
        if type(key) is Scalar and key.text:
            self.refuse_merge_key(key)
            return
        if type(key) is Scalar:
            self.report("yaml-key", key.extent, "A key is empty here.", "Write `key: value`.")
            return
        message = (
            "A key must be plain text, and here a list or a group of keys stands in its place."
        )
        hint = "If it is text, such as `{{ name }}`, put quotes around all of it."
        start, end = key.extent[:2], key.extent[2:]
        self.problems = [
            p for p in self.problems if not start <= (p.span.line, p.span.column) < end
        ]
        self.report("yaml-key", key.extent, message, hint)

    def refuse_merge_key(self, key: Scalar) -> None:
        message = (
            "`<<` takes over the keys of another place (a merge key), which isn't allowed here."
        )
        self.report("yaml-merge-key", key.extent, message, "Write the keys out.")

    def refuse_duplicate_key(self, key: Scalar, first: Scalar) -> None:
        """Report the second key, which is left out of the map."""
        same = key.text == first.text
        message = f"`{key.text[:80]}` stands here a second time"
        self.report(
            "duplicate-key",
            key.extent,
            f"{message}."
            if same
            else f"{message} (as `{first.text[:80]}`); upper and lower case are one.",
            "Keep one of the two, or give one another name.",
            Related(Span(self.path, *first.extent), "the first one"),
        )


def _extent(event: Event | None) -> Extent:
    start, end = event.start_mark, event.end_mark  # type: ignore[union-attr]  # a parser sets both
    return (start.line + 1, start.column + 1, end.line + 1, end.column + 1)  # type: ignore[union-attr]
