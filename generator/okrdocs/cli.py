"""`okr`: the list of commands, the one error boundary, the one clock."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import NoReturn

from okrdocs import __version__
from okrdocs.commands import (
    Days,
    build,
    check,
    comment,
    completion,
    diff,
    digest,
    explain,
    export,
    generate,
    init,
    migrate,
    remind,
    schema,
    serve,
    status,
)
from okrdocs.commands.arguments import (
    SUPPRESS,
    Arguments,
    Parser,
    add_common_options,
    create_overview_parser,
)
from okrdocs.commands.command import Command, Context, Group
from okrdocs.errors import OkrError, UsageError
from okrdocs.problem import nearest_hint
from okrdocs.report.console import Console

# In the order of the help and of docs/reference/cli.md, group by group.
COMMANDS: tuple[Command, ...] = (
    digest.COMMAND,
    check.COMMAND,
    comment.COMMAND,
    generate.COMMAND,
    build.COMMAND,
    serve.COMMAND,
    export.COMMAND,
    status.COMMAND,
    diff.COMMAND,
    explain.COMMAND,
    remind.COMMAND,
    init.COMMAND,
    schema.COMMAND,
    migrate.COMMAND,
    completion.COMMAND,
)
ABOUT = "OKRs as code: check the YAML, write the documents, build the site."
INTERRUPTED = 130
MARKER = Path("okrs") / "okr.yml"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code: 0 fine, 1 findings, 2 wrong use, 130 interrupted."""
    options = _parse_options(sys.argv[1:] if arguments is None else arguments)
    console = _create_console(options)
    try:
        exit_code: int = options.run(_create_context(options, console), options)
        # A reader that left early shows here, not when the interpreter ends.
        console.flush()
        return exit_code
    except OkrError as fault:
        console.print_error(f"okr: {fault}")
        return fault.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def program() -> NoReturn:
    """Run `main` and exit; answer a shell instead where it asks for completions.

    Exits without freeing memory: everything is written by then, and freeing millions of objects
    takes a tenth of a second.
    """
    _open_closed_streams()
    if completion.VARIABLE in os.environ:
        completion.answer_shell(create_parser(), _find_root, _machine_day(), os.environ)
    try:
        exit_code = main()
    except SystemExit as end:  # of `--help` and of wrong words
        exit_code = end.code if isinstance(end.code, int) else 0
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # reported already, where it could be
            stream.flush()
    os._exit(exit_code)


def _open_closed_streams() -> None:
    """Let a stream that the caller closed (`>&-`) lead to nothing.

    Otherwise the next file that is opened takes its number, and what git prints goes into it.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nothing = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115  # for good
            setattr(sys, name, nothing)


def create_parser() -> Parser:
    """Return the parser of every command; docs/reference/cli.md is generated from it."""
    usage = "okr [-h] [--version] COMMAND ..."
    whole = create_overview_parser("okr", usage, f"{ABOUT}\n\n{_commands_overview()}")
    whole.add_argument("--version", action="version", version=f"okr {__version__}")
    # Their list is in the overview, by groups, which argparse doesn't have.
    commands = whole.add_subparsers(
        dest="command", required=True, metavar="COMMAND", help=SUPPRESS, prog="okr"
    )
    for command in COMMANDS:
        added = commands.add_parser(command.name, help=command.about, description=command.about)
        add_common_options(added)
        command.add_arguments(added)
        added.set_defaults(run=command.run)
    return whole


def _commands_overview() -> str:
    """Return all commands with their summaries, grouped by purpose."""
    width = max(len(command.name) for command in COMMANDS)
    lines = []
    for group in Group:
        commands = [command for command in COMMANDS if command.group is group]
        rows = [f"  {command.name.ljust(width)}  {command.about}" for command in commands]
        lines += [f"{group}:", *rows, ""] if rows else []
    return "\n".join(lines).rstrip()


def _parse_options(words: Sequence[str]) -> Arguments:
    """Return the options of one call.

    Exits with 2 and a message where something can't be understood.
    """
    whole = create_parser()
    commands = whole.subcommands()
    if words and not words[0].startswith("-") and words[0] not in commands:
        step = nearest_hint(words[0], commands) or "`okr --help` lists the commands."
        whole.exit(UsageError.exit_code, f"okr: There is no command `{words[0]}`. {step}\n")
    options, unknown = whole.parse_known_args(words)
    if unknown:
        word = unknown[0].partition("=")[0]
        option_words = commands[options.command].option_words() if word.startswith("-") else ()
        hint = nearest_hint(word, option_words)
        whole.error(f"unrecognized arguments: {' '.join(unknown)}{hint and f'. {hint}'}")
    return options


def _create_context(options: Arguments, console: Console) -> Context:
    # MkDocs' theme prints a banner about its future on every run.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    # Windows would look for `git` in the working folder first, which may be a stranger's checkout.
    os.environ.setdefault("NoDefaultCurrentDirectoryInExePath", "1")
    days = Days(options.as_of, _today(options.root))
    return Context(partial(_find_root, options.root), console, days, os.environ)


def _today(root: Path | None) -> date:
    """Return the day of the clock, in the time zone of the company where its file names one."""
    # The help doesn't need them, and must be quick.
    from okrdocs.source.disk import MAX_BYTES  # noqa: PLC0415 - see above
    from okrdocs.source.local_day import day_in_company  # noqa: PLC0415 - see above

    data = b""
    with suppress(UsageError, OSError):
        file = _find_root(root) / MARKER
        data = file.read_bytes() if file.is_file() and file.stat().st_size <= MAX_BYTES else b""
    return day_in_company(datetime.now().astimezone(), data)


def _machine_day() -> date:
    return datetime.now().astimezone().date()


def _create_console(options: Arguments) -> Console:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # The same bytes everywhere: Windows would write another encoding and other line ends.
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    terminal = sys.stdout.isatty() and sys.stderr.isatty()
    refused = options.no_color or os.environ.get("NO_COLOR")
    color = not refused and (terminal or bool(os.environ.get("FORCE_COLOR")))
    width = shutil.get_terminal_size().columns
    answers = sys.stdin if terminal and sys.stdin is not None and sys.stdin.isatty() else None
    return Console(sys.stdout, sys.stderr, color, options.quiet, width, answers)


def _find_root(given: Path | None) -> Path:
    """Return the folder that was named, or the nearest one upward that holds okrs/okr.yml."""
    if given is not None:
        return given.resolve()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / MARKER).is_file():
            return folder
    raise UsageError(
        f"Neither {here} nor a folder above it holds {MARKER}."
        " Go to your OKRs' repository, name it with `--root DIR`, or begin one with `okr init`."
    )


if __name__ == "__main__":
    program()
