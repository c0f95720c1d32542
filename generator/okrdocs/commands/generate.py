"""`okr generate`: the Markdown pages from the YAML, only where something changed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from okrdocs.commands import FINDINGS, FINE, Days
from okrdocs.pipeline.freshness import Inputs, page_count_if_unchanged, read_inputs
from okrdocs.pipeline.writer import GENERATED, WriteResult
from okrdocs.report.console import Console
from okrdocs.source.git.repository import Repository, find_repository


def run(
    root: Path,
    console: Console,
    days: Days,
    *,
    only_look: bool = False,
    rev: str | None = None,
    drafts: bool = False,
) -> int:
    """Write the pages, or with `only_look` say what would change; 1 where something is amiss."""
    inputs, days, known = _inputs(root, rev, days)
    if drafts:
        inputs = replace(inputs, state=f"{inputs.state} with drafts")
    pages = page_count_if_unchanged(root, inputs, as_of=days.as_of, today=days.today)
    if pages is not None:
        console.note(f"{pages} pages, all up to date.")
        return FINE
    # Everything that parses and renders is needed only from here on.
    from okrdocs.commands.print_problems import tell
    from okrdocs.pipeline.build import generate
    from okrdocs.pipeline.history import history_for_pages
    from okrdocs.workspace.drafts import NO_DRAFTS

    told = partial(history_for_pages, root, known, rev, console, drafts=drafts)
    found, written = generate(
        root,
        inputs,
        as_of=days.as_of,
        today=days.today,
        history_of=told,
        drafts=drafts,
        only_look=only_look,
    )
    tell(found.problems, inputs.files, console)
    if written is None:
        console.complain("The pages stay as they were.")
        return FINDINGS
    if found.hidden != NO_DRAFTS:
        console.note(f"Left out as drafts: {found.hidden.in_words()}. `--drafts` shows them.")
    return _outcome(written, console, only_look=only_look)


def _inputs(root: Path, rev: str | None, days: Days) -> tuple[Inputs, Days, Repository | None]:
    """What is read, and the repository around it; a new commit makes a new state of the pages."""
    known = find_repository(root)
    if rev is None:
        inputs = read_inputs(root)
        head = known.head() if known is not None else None
        return replace(inputs, state=f"{inputs.state} {head or ''}"), days, known
    from okrdocs.commands.revision import inputs_at

    seen = inputs_at(root, rev, days)
    return replace(seen.inputs, state=f"{seen.inputs.state} {seen.revision}"), seen.days, known


def _outcome(written: WriteResult, console: Console, *, only_look: bool) -> int:
    for path in written.kept:
        console.complain(
            f"{GENERATED}/{path} was not written by okr, or was changed since: it is left as it is."
            " Move what you want to keep elsewhere and delete the file."
        )
    changes = len(written.changed) + len(written.removed)
    if only_look:
        for path in written.changed:
            console.say(f"would write {GENERATED}/{path}")
        for path in written.removed:
            console.say(f"would remove {GENERATED}/{path}")
        return FINDINGS if changes or written.kept else FINE
    console.note(
        f"{len(written.changed)} pages written, {len(written.removed)} removed,"
        f" {written.unchanged} unchanged."
    )
    return FINDINGS if written.kept else FINE
