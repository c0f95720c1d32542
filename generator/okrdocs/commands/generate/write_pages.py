"""Bring the pages up to date, for the commands `generate`, `build` and `serve`."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from okrdocs.commands import FINDINGS, FINE, Days
from okrdocs.pipeline.freshness import Inputs, page_count_if_unchanged, read_inputs
from okrdocs.pipeline.writer import GENERATED, WriteResult
from okrdocs.report.console import Console
from okrdocs.site.own_settings import names_docs_folder
from okrdocs.source.git.repository import Repository, find_repository


def write_pages(
    root: Path,
    console: Console,
    days: Days,
    *,
    dry_run: bool = False,
    rev: str | None = None,
    drafts: bool = False,
    docs_dir: str | None = None,
) -> int:
    """Write the pages, or with `dry_run` print what would change.

    `docs_dir` is the folder of the site's Markdown, where not the one that mkdocs.yml names.
    Returns 1 where the files have errors, a page isn't ours, or with `dry_run` would change.
    """
    folder = _pages_folder(root, docs_dir)
    inputs, days, repository = _read_inputs(root, rev, days)
    if drafts:
        inputs = replace(inputs, state=f"{inputs.state} with drafts")
    pages = page_count_if_unchanged(root, inputs, as_of=days.as_of, today=days.today, folder=folder)
    if pages is not None:
        console.print_note(f"{pages} pages, all up to date.")
        return FINE
    # Everything that parses and renders is needed only from here on.
    from okrdocs.commands.print_problems import print_problems
    from okrdocs.commands.revision import revision_of_files
    from okrdocs.pipeline.build import generate
    from okrdocs.pipeline.history import load_history
    from okrdocs.workspace.drafts import NO_DRAFTS

    history_of = partial(load_history, root, repository, rev, console, drafts=drafts)
    evaluation, written = generate(
        root,
        inputs,
        as_of=days.as_of,
        today=days.today,
        history_of=history_of,
        drafts=drafts,
        revision=revision_of_files(inputs, repository, rev),
        only_look=dry_run,
        folder=folder,
    )
    print_problems(evaluation.problems, inputs.files, console)
    if written is None:
        console.print_error("The pages stay as they were.")
        return FINDINGS
    if evaluation.hidden != NO_DRAFTS:
        console.print_note(
            f"Left out as drafts: {evaluation.hidden.counts_in_words()}. `--drafts` shows them."
        )
    return _print_write_result(written, folder, console, dry_run=dry_run)


def _pages_folder(root: Path, docs_dir: str | None) -> str:
    """Return where the pages belong, as a path below the root."""
    if docs_dir is None and not names_docs_folder(root):
        return GENERATED  # runs without changes needn't wait for what parses
    from okrdocs.site.configuration import generated_folder

    return generated_folder(root, docs_dir)


def _read_inputs(root: Path, rev: str | None, days: Days) -> tuple[Inputs, Days, Repository | None]:
    """Return what is read, and the repository around it, whose state is part of the pages'."""
    repository = find_repository(root)
    around = repository.state() if repository is not None else ""
    if rev is None:
        inputs = read_inputs(root)
        return replace(inputs, state=f"{inputs.state} {around}"), days, repository
    from okrdocs.commands.revision import read_inputs_at

    seen = read_inputs_at(root, rev, days)
    state = f"{seen.inputs.state} {seen.revision} {around}"
    return replace(seen.inputs, state=state), seen.days, repository


def _print_write_result(
    written: WriteResult, folder: str, console: Console, *, dry_run: bool
) -> int:
    for path in written.kept:
        console.print_error(
            f"{folder}/{path} was not written by okr, or was changed since: it is left as it is."
            " Move what you want to keep elsewhere and delete the file."
        )
    changes = len(written.changed) + len(written.removed)
    if dry_run:
        for path in written.changed:
            console.print_line(f"would write {folder}/{path}")
        for path in written.removed:
            console.print_line(f"would remove {folder}/{path}")
        return FINDINGS if changes or written.kept else FINE
    console.print_note(
        f"{len(written.changed)} pages written, {len(written.removed)} removed,"
        f" {written.unchanged} unchanged."
    )
    return FINDINGS if written.kept else FINE
