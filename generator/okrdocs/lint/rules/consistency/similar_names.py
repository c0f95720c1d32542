"""One person is probably written in two ways.

Where `okr.yml` lists no people, any name will do, and the pages take two spellings for two people:
half of what Ada owns stands under "ada". Her own page is then wrong, and so is the list of who owes
a check-in.

Write the name in one way everywhere, or list the people in `okr.yml`: then a misspelt one is
reported at once. Only case, spaces and punctuation may differ; "Jan Meier" and "Jan Meyer" may well
be two people, and pass.

Source: our own rule.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.problem import Related, Severity, Span

FAMILY = Family.CONSISTENCY
SEVERITY = Severity.WARNING
VALID = (
    """
    objectives:
      - {id: trust, title: Enterprises trust us, owner: Jan Meier}
      - {id: growth, title: Large companies choose us, owner: Jan Meyer}
    """,
    """
    # okr.yml
    people:
      ada: {name: Ada Byron}
    # 2025-Q1/product.yml
    objectives:
      - {id: trust, title: Enterprises trust us, owner: ada}
    """,
)
INVALID = (
    """
    objectives:
      - {id: trust, title: Enterprises trust us, owner: Ada Byron}
      - {id: growth, title: Large companies choose us, owner: ada-byron}
      - {id: calm, title: Nobody is woken at night, dri: Ada Byron}
    """,
)
_NO_LETTER = re.compile(r"[\W_]+")
_Owned = tuple[str, str, Span]
"""A name, the reference of what it owns, and the place."""


def check(subject: Subject) -> Iterator[Finding]:
    """Find rarer spellings of owners and DRIs, each once, where nothing lists the people."""
    if subject.scores.workspace.people:
        return
    owned = list(_people_with_locations(subject))
    uses = Counter(name for name, _, _ in owned)
    usual: dict[str, str] = {}
    for name in uses:
        key = _simplified_name(name)
        if uses[name] > uses[usual.setdefault(key, name)]:
            usual[key] = name
    first = {name: span for name, _, span in reversed(owned)}
    for name, ref, span in owned:
        better = usual[_simplified_name(name)]
        if better != name and span == first[name]:
            yield Finding(
                ref,
                span,
                f"`{name}` and `{better}` are probably one person; the pages take them for two.",
                f"Write `{better}`, as in other places.",
                (Related(first[better], "the other spelling"),),
                right=better,
            )


def _people_with_locations(subject: Subject) -> Iterator[_Owned]:
    for ref, record in subject.titled_records():
        if record.dri:
            yield record.dri, str(ref), span_of_field(record.at, "dri")
        for name in record.owner:
            yield name, str(ref), record.at.item_span("owner", name)


@lru_cache(maxsize=4096)
def _simplified_name(name: str) -> str:
    """Return a name without case, spaces and punctuation; itself where nothing else is left."""
    return _NO_LETTER.sub("", name).casefold() or name
