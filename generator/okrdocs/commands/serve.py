"""`okr serve`: the site live in a browser, rebuilt on every edit of the YAML."""

from __future__ import annotations

from okrdocs.commands import FINE
from okrdocs.commands.arguments import (
    Arguments,
    KnownValues,
    Parser,
    add_safe_option,
    set_completion_values,
)
from okrdocs.commands.command import Command, Context, Group


def add_arguments(parser: Parser) -> None:
    """Declare the options of `okr serve`."""
    address = parser.add_argument(
        "--address", default="127.0.0.1:8000", metavar="HOST:PORT", help="where it listens"
    )
    set_completion_values(address, KnownValues.NOTHING)
    parser.add_argument("--open", action="store_true", help="open a browser")
    parser.add_argument(
        "--public", action="store_true", help="without drafts, as `okr build` makes it"
    )
    add_safe_option(parser)


def run(context: Context, arguments: Arguments) -> int:
    """Serve until interrupted, with the drafts unless `--public` is given.

    A fault in the YAML is reported, and the pages stay as they were.
    """
    root, console, days = context.find_root(), context.console, context.days
    from okrdocs.extras import Extra, require_extras

    require_extras("okr serve", Extra.SITE)
    from okrdocs.commands.generate.write_pages import write_pages
    from okrdocs.commands.organization import organization_name
    from okrdocs.errors import OkrError
    from okrdocs.site.build import BuildOptions, prepare_site
    from okrdocs.site.configuration import write_configuration
    from okrdocs.site.mkdocs import serve_site
    from okrdocs.site.watch import regenerate_on_change

    drafts = not arguments.public

    def regenerate() -> None:
        try:
            write_pages(root, console, days, drafts=drafts)
        except OkrError as fault:
            console.print_error(str(fault))

    code = write_pages(root, console, days, drafts=drafts)
    if code != FINE:
        return code
    options = BuildOptions(organization_name(root), safe=arguments.safe)
    path = write_configuration(root, prepare_site(root, options, console.print_error), None)
    with regenerate_on_change(root / "okrs", regenerate, console.print_error):
        serve_site(path, arguments.address, console.print_error, open_in_browser=arguments.open)
    return FINE


COMMAND = Command(
    "serve",
    Group.PUBLISH,
    "Show the site live; every edit of the YAML rebuilds it.",
    add_arguments,
    run,
)
