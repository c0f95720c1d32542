"""The run of `okr init`: look around, ask, compare, lock, write, say what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from okrdocs import __version__
from okrdocs.commands import FINE
from okrdocs.commands.arguments import Arguments
from okrdocs.commands.command import Context
from okrdocs.commands.init.answers import Answers, CodeHost
from okrdocs.commands.init.company_files import company_files
from okrdocs.commands.init.comparison import ComparedFile, FileState, compare_files
from okrdocs.commands.init.lock import locked_requirements
from okrdocs.commands.init.questions import collect_answers
from okrdocs.commands.init.record_file import RECORD, InitRecord, record_text, text_hash
from okrdocs.commands.init.summary import (
    print_difference,
    print_kept,
    print_next_steps,
    print_written,
)
from okrdocs.commands.init.surroundings import Surroundings, look_around, require_nameable
from okrdocs.commands.init.writing import texts_of, write_files
from okrdocs.errors import UsageError
from okrdocs.problem import nearest_hint
from okrdocs.report.console import Console

_REQUIREMENTS = "requirements.txt"
_NOBODY = (
    "Nobody can answer questions here. Add `--yes` to take the defaults (`okr init --help` lists"
    " the options), or `--dry-run` to see what they would write."
)


def set_up(context: Context, arguments: Arguments) -> int:
    """Write what is new and what the person chose. Returns the exit code.

    Raises UsageError and OkrError; then nothing was written.
    """
    console, today = context.console, context.days.as_of or context.days.today
    asks = _asks(console, arguments)
    surroundings = look_around(_folder(context, arguments))
    if ".git" in surroundings.folder.parts:
        raise UsageError(f"`{surroundings.folder}` belongs to git. Name a folder for your OKRs.")
    answers = collect_answers(arguments, surroundings, console, today, asks=asks)
    if answers.host is not CodeHost.NONE:
        require_nameable(surroundings)
    _print_unused_options(console, arguments, surroundings)
    files = compare_files(company_files(answers, surroundings), surroundings)
    updates = _updates(files, arguments.update)
    if arguments.lock and not arguments.dry_run:
        files, updates = _with_lock(files, updates, context.environment)
    if arguments.dry_run:
        return _show(console, files, updates)
    declined = _ask_about_each(console, files, updates) if asks else set[str]()
    chosen = [file for file in files if file.state is FileState.NEW or file.shown in updates]
    _write(surroundings, answers, files, chosen, declined)
    print_written(console, chosen, dry_run=False)
    print_kept(console, _kept(files, updates | declined), in_full=False)
    if surroundings.organization is None:
        shown = str(arguments.dir or arguments.root or "")
        print_next_steps(console, answers, surroundings, "" if shown == "." else shown)
    return FINE


def _asks(console: Console, arguments: Arguments) -> bool:
    """Return whether questions are asked. Raises UsageError where nobody could answer them."""
    silent = arguments.yes or arguments.update or arguments.dry_run
    if not silent and console.answers is None:
        raise UsageError(_NOBODY)
    return not silent


def _folder(context: Context, arguments: Arguments) -> Path:
    """Return the folder that was named, or that of the OKRs here, or the working folder."""
    if arguments.dir is not None:
        folder: Path = arguments.dir
        return folder.resolve()
    try:
        return context.find_root()
    except UsageError:
        return Path().resolve()


def _print_unused_options(
    console: Console, arguments: Arguments, surroundings: Surroundings
) -> None:
    first = (arguments.company, arguments.cycle, arguments.teams)
    if surroundings.organization is not None and any(each is not None for each in first):
        console.print_note(
            "okrs/okr.yml is there already, so that `--company`, `--teams` and `--cycle` change"
            " none of your OKRs."
        )


# ------------------------------------------------------------------- what is written


def _updates(files: Iterable[ComparedFile], names: Iterable[str]) -> set[str]:
    """Return the paths that `--update` names. Raises UsageError where it can't be done."""
    by_name = {file.shown: file for file in files}
    for name in names:
        file = by_name.get(name)
        if file is None:
            hint = nearest_hint(name, by_name) or "`okr init --dry-run` lists the files."
            raise UsageError(f"`okr init` has no file `{name}`. {hint}")
        if file.state is FileState.BY_HAND:
            raise UsageError(
                f"What is new for `{name}` can't be put in safely; `okr init --dry-run` shows it."
                " Add it by hand."
            )
    return set(names)


def _with_lock(
    files: Sequence[ComparedFile], updates: set[str], environment: Mapping[str, str]
) -> tuple[tuple[ComparedFile, ...], set[str]]:
    """Return the files with hashes in requirements.txt, which is written then."""
    (open_one,) = (file for file in files if file.shown == _REQUIREMENTS)
    text = locked_requirements(open_one.before or open_one.file.text, environment)
    locked = replace(open_one, after=text)
    if text == open_one.before:
        return tuple(files), updates
    changed = tuple(locked if file is open_one else file for file in files)
    return changed, updates | {_REQUIREMENTS}


def _ask_about_each(console: Console, files: Iterable[ComparedFile], updates: set[str]) -> set[str]:
    """Offer each file that would be different; add what is taken, and return what isn't."""
    declined = set()
    for file in files:
        if file.state is not FileState.DIFFERENT or file.shown in updates:
            continue
        print_difference(console, file)
        if console.confirm(f"Write {file.shown} so?"):
            updates.add(file.shown)
        else:
            declined.add(file.shown)
    return declined


def _write(
    surroundings: Surroundings,
    answers: Answers,
    files: Iterable[ComparedFile],
    chosen: Sequence[ComparedFile],
    declined: set[str],
) -> None:
    """Write the files, and the record of them last."""
    seen = {file.shown for file in chosen} | declined
    hashes = {
        file.shown: text_hash(file.file.text)
        for file in files
        if file.shown in seen or file.state is FileState.SAME
    }
    owners = tuple(f"{id_}={who}" for id_, names in answers.owners.items() for who in names)
    record = InitRecord(
        answers.cycle,
        answers.host,
        answers.publishing,
        owners,
        {**surroundings.record.files, **hashes},
    )
    text = record_text(record, __version__)
    write_files([*texts_of(chosen), (surroundings.folder / RECORD, text)])


# ------------------------------------------------------------------- what is shown


def _show(console: Console, files: Sequence[ComparedFile], updates: set[str]) -> int:
    """Print everything, and write nothing."""
    new = [file for file in files if file.state is FileState.NEW or file.shown in updates]
    print_written(console, new, dry_run=True)
    print_kept(console, _kept(files, updates), in_full=True)
    return FINE


def _kept(files: Iterable[ComparedFile], settled: set[str]) -> list[ComparedFile]:
    return [file for file in files if file.shown not in settled]
