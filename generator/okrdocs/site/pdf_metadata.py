"""What a PDF says of itself, read and written by pypdf, which comes with `okrdocs[pdf]`."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import NamedTuple

from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject


class PageNumbers(NamedTuple):
    """How many pages a PDF has, and on which, counted from 1, each named place stands."""

    total: int
    of_anchors: dict[str, int]


def page_numbers(pdf: bytes) -> PageNumbers:
    """Return the pages of a PDF and of the places in it that links lead to."""
    reader = PdfReader(BytesIO(pdf))
    anchors = {
        name.removeprefix("/"): (reader.get_destination_page_number(place) or 0) + 1
        for name, place in reader.named_destinations.items()
    }
    return PageNumbers(len(reader.pages), anchors)


def with_metadata(pdf: bytes, day: date) -> bytes:
    """Return the PDF dated on a day and made by okrdocs; its title, outline, tags and pages stay.

    So the same pages give the same bytes, and it doesn't say on which machine it was made.
    """
    writer = PdfWriter(clone_from=BytesIO(pdf))
    title = str(writer.metadata.title or "") if writer.metadata else ""
    stamp = day.strftime("D:%Y%m%d000000+00'00'")
    names = {"/Title": title, "/Creator": "okrdocs", "/CreationDate": stamp, "/ModDate": stamp}
    writer.metadata = {
        NameObject(name): TextStringObject(text) for name, text in names.items() if text
    }
    made = BytesIO()
    writer.write(made)
    return made.getvalue()
