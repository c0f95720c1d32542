"""`okr export`: every number for other programs."""

from __future__ import annotations

from pathlib import Path

from okrdocs.commands import FINDINGS, FINE, Days
from okrdocs.commands.print_problems import tell
from okrdocs.commands.revision import inputs_at
from okrdocs.markup.escape import json_text
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.report.console import Console
from okrdocs.report.json_export import export_data


def run(
    root: Path, console: Console, days: Days, *, rev: str | None = None, drafts: bool = False
) -> int:
    """Print the export as JSON; with errors nothing is printed but the problems."""
    inputs, days, revision = inputs_at(root, rev, days)
    found = evaluate(inputs, as_of=days.as_of, today=days.today, drafts=drafts)
    tell(found.problems, inputs.files, console)
    if found.scores is None:
        return FINDINGS
    console.say(json_text(export_data(found.scores, revision)))
    return FINE
