"""Lists what an objective or key result refers to: sentences name it by its title."""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.format.records import KeyResult, Objective, Reference
from okrdocs.format.reference import is_reference_like, parse_reference
from okrdocs.problem import Span

_NOWHERE = Span("", 1, 1, 1, 1)


def references_if_changed(
    old: Objective | KeyResult, new: Objective | KeyResult
) -> list[Reference]:
    """Return the references of two records, or none where both refer to the same things."""
    texts = ([reference.text for reference in references_in(record)] for record in (old, new))
    if old.dependencies == new.dependencies and next(texts) == next(texts):
        return []
    return references_of_both_states(old, new)


def references_of_both_states(
    old: Objective | KeyResult, new: Objective | KeyResult
) -> list[Reference]:
    """Return the references of two states of a record."""
    return [*references_in(old), *references_in(new)]


def references_in(record: Objective | KeyResult) -> Iterator[Reference]:
    """Yield what a record refers to: parents, origin, and dependencies that are references."""
    if isinstance(record, Objective):
        yield from record.ladders_up_to
    if record.carried_over_from is not None:
        yield record.carried_over_from
    for dependency in record.dependencies:
        for text in dependency.needs:
            reference = parse_reference(text, _NOWHERE) if is_reference_like(text) else None
            if reference is not None:
                yield reference
