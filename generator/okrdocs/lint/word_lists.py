"""Reads word lists: plain text files, one folder a language, such as `lint/english/words/`.

A line is one word or phrase, or in a file of groups `key: words`; a line that begins with `#` is a
comment. Lists are data: what a rule makes of them is written in the modules of the language.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_FOLDER = files("okrdocs.lint")


@cache
def word_list(name: str) -> frozenset[str]:
    """Read the list "english/people" from `lint/english/words/people.txt`.

    Raises FileNotFoundError where there is no such list.
    """
    return frozenset(phrases_in_order(name))


@cache
def phrases_in_order(name: str) -> tuple[str, ...]:
    """Read a list as `word_list` does, in the order of the file, for lists where it matters."""
    language, _, file = name.partition("/")
    text = _FOLDER.joinpath(language, "words", f"{file}.txt").read_bytes().decode("utf-8")
    return tuple([line for line in text.splitlines() if line[:1] not in ("", "#")])


@cache
def word_groups(name: str) -> Mapping[str, frozenset[str]]:
    """Read a list of lines `key: word word …`; several lines with one key are one group."""
    groups: dict[str, frozenset[str]] = {}
    for line in phrases_in_order(name):
        key, _, words = line.partition(": ")
        groups[key] = groups.get(key, frozenset()) | frozenset(words.split())
    return groups
