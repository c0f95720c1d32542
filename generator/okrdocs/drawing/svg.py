"""SVG elements that all drawings share: the image with its description, texts, lines and dots.

Coordinates are whole pixels of the view box. What a person wrote is escaped here and nowhere
else. No id, no style attribute, no script: a page may hold any number of pictures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from okrdocs.markup.escape import escape_html, terminal_text

Spot = tuple[int, int]
"""A place in the view box: pixels from the left, pixels from the top."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def svg_image(css: str, size: Spot, title: str, description: str, parts: Iterable[str]) -> str:
    """Make an image on one line, with a description for screen readers, kept out of the search."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{css}" viewBox="0 0 {size[0]} {size[1]}"'
        f' role="img" focusable="false" data-search-exclude><title>{escape_html(title)}</title>'
        f"<desc>{escape_html(description)}</desc>{''.join(parts)}</svg>"
    )


def svg_text(css: str, spot: Spot, text: str, anchor: str = "start") -> str:
    """Make a text at its base line; `anchor` is what stands at the spot: start, middle or end."""
    side = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text class="{css}" x="{spot[0]}" y="{spot[1]}"{side}>{escape_html(text)}</text>'


def svg_line(css: str, spots: Sequence[Spot], *, steps: bool = False) -> str:
    """Draw a line through the spots; with `steps` it stays level until the next one."""
    return f'<path class="{css}" d="{path_data(spots, steps=steps)}" fill="none"/>'


def path_data(spots: Sequence[Spot], *, steps: bool = False) -> str:
    """Write the spots as the data of a path."""
    (x, y), *rest = spots
    if steps:
        return f"M{x} {y}{''.join(f'H{x}V{y}' for x, y in rest)}"
    return f"M{x} {y}{''.join(f'L{x} {y}' for x, y in rest)}"


def svg_dots(css: str, spots: Iterable[Spot]) -> str:
    """Draw dots as one element: lines without a length, whose round ends the stylesheet draws."""
    data = "".join(f"M{x} {y}h0" for x, y in spots)
    return f'<path class="{css}" d="{data}" stroke-linecap="round"/>'


def shorten_text(text: str, most: int) -> str:
    """Shorten a text to one line of at most `most` characters; what is left out leaves an `…`."""
    text = terminal_text(text)
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def day_text(day: date) -> str:
    """Write a day for an axis: `16 May`."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def text_width(text: str) -> int:
    """Estimate how many pixels a text of 11 pixels takes; rather too many than too few."""
    return 2 + sum(11 if character > "\u2e80" else 7 for character in text)
