"""What a command is to `cli`: its words, its arguments, and what it needs from outside to run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from okrdocs.commands import Days
from okrdocs.commands.arguments import Arguments, Parser
from okrdocs.report.console import Console


class Group(StrEnum):
    """What people do with `okr`: the headings of its help, in their order."""

    WRITE = "Write"
    CHECK = "Check"
    PUBLISH = "Publish"
    LOOK = "Look"
    SET_UP = "Set up"


class Context(NamedTuple):
    """What a command gets from the outside world, which only `cli` looks at.

    `find_root` returns the folder that holds okrs/, and raises UsageError where there is none.
    """

    find_root: Callable[[], Path]
    console: Console
    days: Days
    environment: Mapping[str, str]


class Command(NamedTuple):
    """One command of `okr`. Its module is imported on every start, so it imports little.

    `about` is one sentence. `run` imports what the command needs, and returns the exit code.
    """

    name: str
    group: Group
    about: str
    add_arguments: Callable[[Parser], None]
    run: Callable[[Context, Arguments], int]
