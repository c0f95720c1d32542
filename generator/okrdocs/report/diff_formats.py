"""Chooses the format of a diff: the only way in which commands print Changes."""

from __future__ import annotations

from enum import StrEnum

from okrdocs.diff import Diff
from okrdocs.report.console import Console
from okrdocs.report.diff_json import diff_as_json
from okrdocs.report.diff_markdown import diff_as_markdown
from okrdocs.report.diff_terminal import diff_as_text


class DiffFormat(StrEnum):
    """How a diff is printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


def render_diff(
    form: DiffFormat, diff: Diff, before_name: str, after_name: str, console: Console
) -> str:
    """Return the diff in a format, without its last line end.

    The names say what was compared: `main`, `this branch`, a revision. `console` gives the text its
    colour and its width; nothing is written.
    """
    match form:
        case DiffFormat.TEXT:
            return diff_as_text(diff, before_name, after_name, console)
        case DiffFormat.MARKDOWN:
            return diff_as_markdown(diff, before_name, after_name)
        case DiffFormat.JSON:
            return diff_as_json(diff, before_name, after_name)
