"""`okr digest`: what approvals name, so that a later change of the objectives shows."""

from __future__ import annotations

from pathlib import Path

from okrdocs.commands import FINDINGS, FINE, Days
from okrdocs.commands.print_problems import tell
from okrdocs.commands.revision import inputs_at
from okrdocs.errors import UsageError
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.problem import nearest
from okrdocs.report.console import Console
from okrdocs.workspace.approval_digest import digest_of


def run(root: Path, console: Console, days: Days, *, cycle: str | None, rev: str | None) -> int:
    """Print the digest of a cycle; of the current one where none is named."""
    inputs, days, _ = inputs_at(root, rev, days)
    found = evaluate(inputs, as_of=days.as_of, today=days.today)
    tell(found.problems, inputs.files, console)
    if found.scores is None:
        return FINDINGS
    workspace = found.scores.workspace
    wanted = workspace.cycle(cycle) if cycle else workspace.current(found.scores.as_of)
    if wanted is None:
        hint = nearest(cycle or "", [each.id for each in workspace.cycles])
        raise UsageError(f"There is no cycle `{cycle or ''}`. {hint}".rstrip())
    console.say(digest_of(wanted))
    console.note(f"{wanted.id}: write it into `approvals:` of its cycle.yml as `digest:`.")
    return FINE
