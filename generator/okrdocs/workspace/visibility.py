"""Takes drafts out of the documents, with all references to them: what the public may see.

It stands between `load_documents` and `resolve`, and nowhere else: numbers, pages, feeds and
search can't show what they never got. `history` asks the same of past states. Pure.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from okrdocs.format import fields
from okrdocs.format.fields import Field, ListField, RecordField, fields_of
from okrdocs.format.loader import CycleFolder, Documents, TeamFile
from okrdocs.format.records import (
    Dependency,
    KeyResult,
    Metric,
    MetricsDocument,
    Objective,
    Reference,
    TeamDocument,
)
from okrdocs.format.reference import is_reference_like, parse_reference
from okrdocs.problem import Span
from okrdocs.workspace.drafts import (
    NO_DRAFTS,
    Drafts,
    cycle_has_drafts,
    is_draft,
    is_draft_cycle,
    team_has_drafts,
)
from okrdocs.workspace.teams_and_people import build_directory
from okrdocs.workspace.workspace import ResolvedRef

LeadsToDraft = Callable[[Reference], bool]
"""Whether a reference of a file leads to a draft."""

IsHidden = Callable[[ResolvedRef, Objective | KeyResult], bool]
"""Whether the public doesn't see an objective or key result, by its place and what it says."""

_NOWHERE = Span("", 1, 1, 1, 1)
_SUBJECT_KEY = "ref"
"""The key that says what a whole record is about: a decision, an amendment, what rolls over."""


# ------------------------------------------------------------------- without drafts


def public_documents(documents: Documents, drafts: Drafts) -> Documents:
    """Return the documents as if the drafts and all references to them weren't there."""
    if drafts is NO_DRAFTS or documents.organization is None:
        return documents
    files = [file for folder in documents.cycles for file in folder.teams]
    company = build_directory(documents.organization, files, []).company or ""
    cycles = tuple(
        _public_folder(folder, drafts, company)
        for folder in documents.cycles
        if not is_draft_cycle(folder)
    )
    metrics = _public_metrics(documents.metrics, drafts)
    return dataclasses.replace(documents, cycles=cycles, metrics=metrics)


def _public_metrics(document: MetricsDocument | None, drafts: Drafts) -> MetricsDocument | None:
    """Return the metrics without their targets for cycles that are drafts."""
    if document is None or not drafts.cycles:
        return document
    metrics = {name: _public_metric(metric, drafts) for name, metric in document.metrics.items()}
    return dataclasses.replace(document, metrics=metrics)


def _public_metric(metric: Metric, drafts: Drafts) -> Metric:
    shown = tuple(
        target for target in metric.targets if target.cycle.casefold() not in drafts.cycles
    )
    return dataclasses.replace(metric, targets=shown)


def _public_folder(folder: CycleFolder, drafts: Drafts, company: str) -> CycleFolder:
    teams = (file for file in folder.teams if not is_draft(file.document))
    return dataclasses.replace(
        folder,
        document=without_draft_references(
            folder.document, _draft_reference_test(drafts, folder.id, company)
        ),
        teams=tuple(_public_file(file, drafts) for file in teams),
    )


def _public_file(file: TeamFile, drafts: Drafts) -> TeamFile:
    place = ResolvedRef(file.cycle.casefold(), file.team, "")
    shown = without_hidden_records(file.document, place, lambda _, record: is_draft(record))
    leads_to_draft = _draft_reference_test(drafts, file.cycle, file.team)
    return dataclasses.replace(file, document=without_draft_references(shown, leads_to_draft))


def _draft_reference_test(drafts: Drafts, cycle: str, team: str) -> LeadsToDraft:
    def leads_to_draft(reference: Reference) -> bool:
        own = (reference.cycle or cycle).casefold()
        inner = reference.key_result or ""
        return drafts.covers(ResolvedRef(own, reference.team or team, reference.objective, inner))

    return leads_to_draft


def without_hidden_records(
    document: TeamDocument, place: ResolvedRef, is_hidden: IsHidden
) -> TeamDocument:
    """Return a team's document without the objectives and key results that are hidden.

    `place` is the team's reference, with an empty objective.
    """
    objectives = []
    for objective in document.objectives:
        ref = place._replace(objective=objective.id)
        if not is_hidden(ref, objective):
            objectives.append(_without_hidden_key_results(objective, ref, is_hidden))
    if [*map(id, objectives)] == [*map(id, document.objectives)]:
        return document
    return dataclasses.replace(document, objectives=tuple(objectives))


def _without_hidden_key_results(
    objective: Objective, ref: ResolvedRef, is_hidden: IsHidden
) -> Objective:
    """Return an objective without hidden key results; its initiatives no longer move them."""
    kept = tuple(
        kr for kr in objective.key_results if not is_hidden(ref._replace(key_result=kr.id), kr)
    )
    if len(kept) == len(objective.key_results):
        return objective
    hidden = {kr.id for kr in objective.key_results} - {kr.id for kr in kept}
    initiatives = tuple(
        dataclasses.replace(
            initiative, moves=tuple(m for m in initiative.moves if m.key_result not in hidden)
        )
        for initiative in objective.initiatives
    )
    return dataclasses.replace(objective, key_results=kept, initiatives=initiatives)


# ------------------------------------------------------------------- without references to them


def without_draft_references(record: Any, leads_to_draft: LeadsToDraft) -> Any:
    """Return a record without the references that lead to a draft; None if it is about one.

    Which fields hold references follows from their declarations, so that a new one counts at once.
    """
    if record is None:
        return None
    changed = {}
    for field in _reference_fields(type(record)):
        before = getattr(record, field.attribute)
        after = _without_draft_reference(
            before, leads_to_draft, text=isinstance(record, Dependency)
        )
        if before and not after and field.key in (_SUBJECT_KEY, "needs"):
            return None
        if after is not before:
            changed[field.attribute] = after
    return dataclasses.replace(record, **changed) if changed else record


def _without_draft_reference(value: Any, leads_to_draft: LeadsToDraft, *, text: bool) -> Any:
    if isinstance(value, tuple) and not isinstance(value, Reference):
        items = [_without_draft_reference(item, leads_to_draft, text=text) for item in value]
        same = all(one is other for one, other in zip(items, value, strict=True))
        return value if same else tuple(item for item in items if item is not None)
    if isinstance(value, str):
        reference = parse_reference(value, _NOWHERE) if text and is_reference_like(value) else None
        return None if reference is not None and leads_to_draft(reference) else value
    if isinstance(value, Reference):
        return None if leads_to_draft(value) else value
    return without_draft_references(value, leads_to_draft)


_REFERENCE_FIELDS: dict[type[Any], tuple[Field, ...]] = {}


def _reference_fields(record: type[Any]) -> tuple[Field, ...]:
    """Return the fields of a record that hold references, or records that do."""
    if record not in _REFERENCE_FIELDS:
        fields_with_references = (
            field for field in fields_of(record).values() if _has_references(record, field)
        )
        _REFERENCE_FIELDS[record] = tuple(fields_with_references)
    return _REFERENCE_FIELDS[record]


def _has_references(record: type[Any], field: Field) -> bool:
    kind = field.kind.of if isinstance(field.kind, ListField) else field.kind
    if isinstance(kind, RecordField):
        return bool(_reference_fields(kind.record))
    return isinstance(kind, fields.RefField) or (record, field.key) == (Dependency, "needs")


# ------------------------------------------------------------------- with drafts


def with_drafts_last(documents: Documents) -> Documents:
    """Return the documents with drafts after the rest, which so keeps its public numbers."""
    if not any(map(cycle_has_drafts, documents.cycles)):
        return documents
    cycles = (
        dataclasses.replace(folder, teams=tuple(map(_file_with_drafts_last, folder.teams)))
        for folder in documents.cycles
    )
    return dataclasses.replace(documents, cycles=tuple(cycles))


def _file_with_drafts_last(file: TeamFile) -> TeamFile:
    if not team_has_drafts(file.document):
        return file
    objectives = sorted(map(_objective_with_drafts_last, file.document.objectives), key=is_draft)
    document = dataclasses.replace(file.document, objectives=tuple(objectives))
    return dataclasses.replace(file, document=document)


def _objective_with_drafts_last(objective: Objective) -> Objective:
    if not any(map(is_draft, objective.key_results)):
        return objective
    results = sorted(objective.key_results, key=is_draft)
    return dataclasses.replace(objective, key_results=tuple(results))
