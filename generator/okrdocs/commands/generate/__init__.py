"""`okr generate`: the Markdown pages from the YAML, only where something changed."""

from __future__ import annotations

from okrdocs.commands.arguments import (
    Arguments,
    Parser,
    add_drafts_option,
    add_revision_option,
)
from okrdocs.commands.command import Command, Context, Group


def add_arguments(parser: Parser) -> None:
    """Declare the options of `okr generate`."""
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 where a page would change"
    )
    parser.add_argument(
        "--docs-dir",
        metavar="DIR",
        help="the folder of the site's Markdown (default: docs_dir of mkdocs.yml, or docs)",
    )
    add_drafts_option(parser)
    add_revision_option(parser)


def run(context: Context, arguments: Arguments) -> int:
    """Write the pages, or with `--check` print what would change."""
    root = context.find_root()
    from okrdocs.commands.generate.write_pages import write_pages

    return write_pages(
        root,
        context.console,
        context.days,
        dry_run=arguments.check,
        rev=arguments.rev,
        drafts=arguments.drafts,
        docs_dir=arguments.docs_dir,
    )


COMMAND = Command(
    "generate", Group.PUBLISH, "Write the Markdown pages into docs/okrs/.", add_arguments, run
)
