"""Reads another program's YAML as nodes whose tags nobody resolves, and writes such nodes.

`mkdocs.yml` isn't in our format: it may name Python functions and variables of the environment,
which must reach the builder as they were written.
"""

from __future__ import annotations

from okrdocs.problem import Problem
from okrdocs.source.yaml.parsers import (
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    YAMLError,
    compose_nodes,
    serialize_nodes,
)
from okrdocs.source.yaml.reader import parse_stop_of
from okrdocs.source.yaml.syntax_errors import syntax_problem

__all__ = [
    "MappingNode",
    "Node",
    "ScalarNode",
    "SequenceNode",
    "read_setting_nodes",
    "serialize_nodes",
]


def read_setting_nodes(text: str, path: str) -> tuple[Node | None, Problem | None]:
    """Return a text's nodes, and why it can't be read; two times None for an empty text.

    Raises RecursionError for lists within lists without end.
    """
    try:
        return compose_nodes(text), None
    except YAMLError as fault:
        return None, syntax_problem(path, parse_stop_of(fault, text.split("\n")))
