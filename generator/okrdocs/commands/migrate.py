"""`okr migrate`: rewrites files of an older version of the format for the one that is read here."""

from __future__ import annotations

from okrdocs.commands import FINDINGS, FINE
from okrdocs.commands.arguments import Arguments, Parser
from okrdocs.commands.command import Command, Context, Group


def add_arguments(parser: Parser) -> None:
    """Declare the options of `okr migrate`."""
    parser.add_argument("--yes", action="store_true", help="change the files without asking")


def run(context: Context, arguments: Arguments) -> int:
    """Show what would change, ask, and write it; every file is read before the first is written.

    Raises OkrError for a file that says no version of the format, or a newer one.
    """
    root, console = context.find_root(), context.console
    from okrdocs.commands.file_changes import offer_changes
    from okrdocs.commands.print_problems import print_problems
    from okrdocs.format.migrations import migrated_file
    from okrdocs.format.schema_version import SCHEMA_VERSION
    from okrdocs.markup.counts import count_of
    from okrdocs.source.disk import DiskTree

    files, problems = DiskTree(root).read()
    print_problems(problems, files, console)
    if problems:
        return FINDINGS
    # What a link leads to is a file of the folder, too.
    own = [file for file in files if not (root / file.path).is_symlink()]
    migrated = [migrated_file(file) for file in own]
    changed = [new for old, new in zip(own, migrated, strict=True) if new != old]
    if not changed:
        count = count_of(len(files), "file")
        console.print_line(f"{count} in `schema: {SCHEMA_VERSION}`, the newest: nothing to do.")
        return FINE
    written = offer_changes(root, files, changed, console, "okr migrate --yes", yes=arguments.yes)
    return FINE if written else FINDINGS


COMMAND = Command(
    "migrate",
    Group.SET_UP,
    "Rewrite files of an older version of the format.",
    add_arguments,
    run,
)
