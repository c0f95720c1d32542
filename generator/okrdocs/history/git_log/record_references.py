"""Lists what an objective or key result refers to: sentences name it by its title."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from okrdocs.format.records import KeyResult, Objective, Reference
from okrdocs.format.reference import is_reference_like, parse_reference
from okrdocs.format.reference_fields import reference_fields
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
    """Yield what a record refers to itself: parents, origin, and dependencies that are references.

    What an objective's key results refer to isn't among it.
    """
    for field in reference_fields(type(record)):
        if field.key != "key_results":
            yield from _references_in_value(getattr(record, field.attribute))


def _references_in_value(value: Any) -> Iterator[Reference]:
    if isinstance(value, Reference):
        yield value
    elif isinstance(value, str):
        reference = parse_reference(value, _NOWHERE) if is_reference_like(value) else None
        if reference is not None:
            yield reference
    elif isinstance(value, tuple):
        for item in value:
            yield from _references_in_value(item)
    elif value is not None:
        for field in reference_fields(type(value)):
            yield from _references_in_value(getattr(value, field.attribute))
