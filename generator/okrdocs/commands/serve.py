"""`okr serve`: the site live in a browser, rebuilt on every edit of the YAML."""

from __future__ import annotations

from pathlib import Path

from okrdocs.commands import FINE, Days, generate
from okrdocs.errors import OkrError
from okrdocs.report.console import Console
from okrdocs.site.mkdocs import serve_site
from okrdocs.site.watch import regenerate_on_change


def run(
    root: Path,
    console: Console,
    days: Days,
    *,
    address: str,
    open_in_browser: bool,
    drafts: bool = True,
) -> int:
    """Serve until interrupted, with the drafts unless told otherwise.

    A fault in the YAML is told, and the pages stay as they were.
    """

    def regenerate() -> None:
        try:
            generate.run(root, console, days, drafts=drafts)
        except OkrError as fault:
            console.complain(str(fault))

    code = generate.run(root, console, days, drafts=drafts)
    if code != FINE:
        return code
    with regenerate_on_change(root / "okrs", regenerate):
        serve_site(root, address, console.err, open_in_browser=open_in_browser)
    return FINE
