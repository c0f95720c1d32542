"""Leads a file's text from an older version of the format to the one that is read here.

A step leads from one version to the next, by edits of `source.yaml.edit`, so that comments, order
and line endings stay; the number behind `schema:` is changed afterwards. `okr migrate` runs this.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from okrdocs.errors import EditRefusedError, OkrError
from okrdocs.format.schema_version import SCHEMA_VERSION, UPGRADE, find_version
from okrdocs.source.disk import File
from okrdocs.source.yaml import nodes as yaml_nodes
from okrdocs.source.yaml.edit import set_scalar
from okrdocs.source.yaml.reader import parse

Step = Callable[[str, str], str]
"""The text of a file from its path (`okrs/2025-Q1/product.yml`) and its text before."""
STEPS: Mapping[int, Step] = MappingProxyType({})
"""By the version that a step begins from. There is no older one yet."""


def migrated_file(
    file: File, steps: Mapping[int, Step] = STEPS, newest: int = SCHEMA_VERSION
) -> File:
    """Return a file in the newest version; the same one where it is that already.

    Raises OkrError, which names the file, where it says no version or a newer one, and where a step
    can't be made without changing anything else.
    """
    path, text = file.path, _decoded(file)
    version = _version_of(path, text)
    if version > newest:
        raise OkrError(
            f"`{path}` is written in `schema: {version}`, and this okrdocs reads `schema: {newest}`"
            f" at most. Install a newer one: {UPGRADE}"
        )
    try:
        for before in range(version, newest):
            text = set_scalar(steps[before](path, text), ("schema",), before + 1).text
    except EditRefusedError as fault:
        raise OkrError(f"`{path}` can't be migrated. {fault}") from fault
    return File(path, text.encode())


def _decoded(file: File) -> str:
    try:
        return file.data.decode()
    except UnicodeDecodeError as fault:
        raise OkrError(
            f"`{file.path}` isn't UTF-8 text. Save it as such, and try again."
        ) from fault


def _version_of(path: str, text: str) -> int:
    root, _ = parse(text.removeprefix("\ufeff"), path)
    found = find_version(root) if isinstance(root, yaml_nodes.Mapping) else None
    if found is None:
        raise OkrError(
            f"`{path}` doesn't say in which version of the format it is written."
            " `okr check` says what it lacks."
        )
    return found[0]
