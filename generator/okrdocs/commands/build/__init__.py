"""`okr build`: the pages, then the finished site, and on request its documents as PDF."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from okrdocs.commands import FINE
from okrdocs.commands.arguments import (
    Arguments,
    KnownValues,
    Parser,
    add_drafts_option,
    add_revision_option,
    add_safe_option,
    set_completion_values,
)
from okrdocs.commands.command import Command, Context, Group

DEFAULT_BUILDER = "mkdocs"


def add_arguments(parser: Parser) -> None:
    """Declare the options of `okr build`."""
    parser.add_argument("--site-dir", type=Path, metavar="DIR", help="where to (default: site/)")
    pdf = parser.add_argument(
        "--pdf",
        nargs="?",
        const="",
        metavar="CYCLE",
        help="also print the document with all teams, of the current cycle, of the one"
        " that is named, or of `all`",
    )
    set_completion_values(pdf, KnownValues.CYCLES_AND_ALL)
    parser.add_argument(
        "--paper", choices=("a4", "letter"), default="a4", help="with --pdf: its size"
    )
    parser.add_argument(
        "--builder",
        choices=(DEFAULT_BUILDER, "properdocs", "zensical"),
        default=DEFAULT_BUILDER,
        help="what makes HTML of the pages (default: mkdocs)",
    )
    add_safe_option(parser)
    add_drafts_option(parser)
    add_revision_option(parser)


def run(context: Context, arguments: Arguments) -> int:
    """Generate, build and print; build no site from pages that are out of date."""
    root, console = context.find_root(), context.console
    # What is missing is reported before the long build.
    _require_extras(arguments)
    from okrdocs.commands.generate.write_pages import write_pages
    from okrdocs.commands.organization import organization_name
    from okrdocs.site.build import BuildOptions, build_site

    folder = arguments.site_dir.resolve() if arguments.site_dir else None
    print_pdfs = None if arguments.pdf is None else _create_pdf_printer(root, context, arguments)
    rev, drafts = arguments.rev, arguments.drafts
    code = write_pages(root, console, context.days, rev=rev, drafts=drafts)
    if code != FINE:
        return code
    options = BuildOptions(organization_name(root), folder, arguments.builder, arguments.safe)
    site = build_site(root, options, console.print_error)
    shown = site.relative_to(root) if site.is_relative_to(root) else site
    if print_pdfs is not None:
        print_pdfs(site, shown)
    place = shown.as_posix()
    console.print_note(f"The site is in {place}/: open {place}/index.html.")
    return FINE


def _require_extras(arguments: Arguments) -> None:
    from okrdocs.extras import Extra, require_extras

    builder = arguments.builder
    extras, command = [Extra.SITE], "okr build"
    if builder != DEFAULT_BUILDER:
        extras, command = [Extra(builder)], f"okr build --builder {builder}"
    if arguments.pdf is not None:
        extras, command = [*extras, Extra.PDF], f"{command} --pdf"
    require_extras(command, *extras)


def _create_pdf_printer(
    root: Path, context: Context, arguments: Arguments
) -> Callable[[Path, Path], None] | None:
    """Return what prints the documents of a finished site; None where the files have errors."""
    from okrdocs.site.pdf import find_browser

    browser = find_browser(context.environment)
    from okrdocs.commands.build.pdf_documents import (
        evaluate_for_pages,
        paper_sheets_by_cycle,
        print_documents,
    )

    scores = evaluate_for_pages(root, context.days, arguments.rev, drafts=arguments.drafts)
    if scores is None:
        return None
    sheets = paper_sheets_by_cycle(scores, arguments.pdf, arguments.paper)
    return partial(print_documents, browser, sheets, scores.as_of, context.console)


COMMAND = Command("build", Group.PUBLISH, "Write the pages and build the site.", add_arguments, run)
