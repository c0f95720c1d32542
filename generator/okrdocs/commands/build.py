"""`okr build`: the pages and then the finished site."""

from __future__ import annotations

from pathlib import Path

from okrdocs.commands import FINE, Days, generate
from okrdocs.console import Console


def run(
    root: Path, console: Console, days: Days, *, folder: Path | None, rev: str | None = None
) -> int:
    """Generate, then build; a site is never built from pages that are out of date."""
    code = generate.run(root, console, days, rev=rev)
    if code != FINE:
        return code
    from okrdocs.site import build_site

    built = build_site(root, folder, console.err)
    shown = built.relative_to(root) if built.is_relative_to(root) else built
    console.note(f"The site is in {shown}/: open {shown}/index.html.")
    return FINE
