"""Indexes every id that exists, and resolves references: the one place that looks them up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from okrdocs.format.loader import CycleFolder
from okrdocs.format.records import Dependency, KeyResult, Objective, Reference
from okrdocs.format.reference import is_reference_like, parse_reference
from okrdocs.format.suggestions import MAX_PROBLEMS_WITH_SUGGESTIONS, nearest_unless_many
from okrdocs.problem import (
    Problem,
    Related,
    Replacement,
    Span,
    did_you_mean,
    error,
    nearest_hint,
    nearest_name,
    warning,
)
from okrdocs.source.yaml.scalar_text import scalar_text
from okrdocs.workspace.teams_and_people import Directory
from okrdocs.workspace.workspace import Need, ResolvedRef

_CYCLE_NAME = re.compile(r"[0-9A-Za-z]+(?:[-_][0-9A-Za-z]+)*")


@dataclass(frozen=True, slots=True)
class ReferenceIndex:
    """Every id that exists, the former ids of `was:`, and whose file is at fault."""

    current: Mapping[ResolvedRef, object]
    former: Mapping[ResolvedRef, ResolvedRef]
    former_teams: Mapping[str, str]
    cycles: Mapping[str, str]
    faulty: frozenset[tuple[str, str]]
    company: str | None
    problems: list[Problem]

    def nearest_hint(self, word: str, known: Iterable[str]) -> str:
        """Return a hint at the nearest known word; "" if none is near or too much is wrong."""
        return nearest_unless_many(self.problems, word, known)


def build_index(
    folders: Iterable[CycleFolder], directory: Directory, problems: list[Problem]
) -> ReferenceIndex:
    """Index the ids of all files; an id that is used twice is added to `problems`."""
    current: dict[ResolvedRef, object] = {}
    former: dict[ResolvedRef, ResolvedRef] = {}
    cycles: dict[str, str] = {}
    for folder in folders:
        _register_cycle(folder, cycles, problems)
        for file in folder.teams:
            for objective in file.document.objectives:
                ref = ResolvedRef(folder.id, file.team, objective.id)
                _register_record(ref, objective, current, former, problems)
                for key_result in objective.key_results:
                    inner = ref._replace(key_result=key_result.id)
                    _register_record(inner, key_result, current, former, problems)
    problems.extend(_former_id_problems(current, former))
    faulty = frozenset((folder.id, team) for folder in folders for team in folder.faulty)
    teams = {old: team for team, entry in directory.teams.items() for old in entry.was}
    return ReferenceIndex(current, former, teams, cycles, faulty, directory.company, problems)


def _register_cycle(folder: CycleFolder, cycles: dict[str, str], problems: list[Problem]) -> None:
    place = Span(folder.path, 1, 1, 1, 1)
    if not _CYCLE_NAME.fullmatch(folder.id) or len(folder.id) > 48:
        message = f"The folder `{folder.id}` can't be a cycle's name."
        problems.append(
            error("bad-id", place, message, "Use letters, digits and hyphens: `2025-Q1`.")
        )
    twin = cycles.setdefault(folder.id.casefold(), folder.id)
    if twin != folder.id:
        message = f"The folders `{twin}` and `{folder.id}` differ only in upper and lower case."
        problems.append(error("duplicate-id", place, message, "Rename one of them."))


def _register_record(
    ref: ResolvedRef,
    record: Objective | KeyResult,
    current: dict[ResolvedRef, object],
    former: dict[ResolvedRef, ResolvedRef],
    problems: list[Problem],
) -> None:
    twin = current.setdefault(ref, record)
    if isinstance(twin, Objective | KeyResult) and twin is not record:
        related = Related(twin.at.span("id"), "it stands here first")
        inside = "this objective" if ref.key_result else "this file"
        message = f"The id `{record.id}` is used twice in {inside}."
        problems.append(
            error("duplicate-id", record.at.span("id"), message, "Give one a new id.", related)
        )
    for old in record.was:
        before = ref._replace(key_result=old) if ref.key_result else ref._replace(objective=old)
        former[before] = ref


def _former_id_problems(
    current: Mapping[ResolvedRef, object], former: Mapping[ResolvedRef, ResolvedRef]
) -> Iterator[Problem]:
    for before, now in former.items():
        record = current.get(now)
        if before in current and isinstance(record, Objective | KeyResult):
            message = f"`{before.key_result or before.objective}` is still the id of another one."
            hint = "Remove it from `was:`, which holds ids that nothing has any more."
            yield error("former-id-in-use", record.at.span("was"), message, hint)


def resolve_reference(
    reference: Reference,
    index: ReferenceIndex,
    cycle: str,
    team: str | None,
    never: tuple[str, ...] = (),
) -> ResolvedRef | None:
    """Resolve a reference; what it leaves out is the own cycle and team.

    Returns None with a problem added where it leads nowhere. `never` is how references begin
    that can't be meant, such as the referring record's own.
    """
    in_cycle = index.cycles.get((reference.cycle or cycle).casefold())
    if in_cycle is None:
        index.problems.append(_unknown_cycle_problem(reference, index))
        return None
    in_team = reference.team or team or index.company
    if in_team is None:
        message = f"`{reference.text}` doesn't say of which team, and there is no company's team."
        hint = f"Write the team before it: `team/{reference.text}`."
        index.problems.append(error("unknown-reference", reference.span, message, hint))
        return None
    ref = ResolvedRef(in_cycle, in_team, reference.objective, reference.key_result or "")
    if ref in index.current:
        return ref
    renamed = _ref_under_present_id(ref, index)
    if renamed is None and (in_cycle, in_team) in index.faulty:
        return None  # Its file is at fault, and has been reported: this may well be right.
    if renamed is None:
        index.problems.append(_unknown_reference_problem(reference, ref, index, never))
        return None
    message = f"`{reference.text}` is now called `{renamed.local_reference}`."
    index.problems.append(
        warning(
            "renamed-reference",
            reference.span,
            message,
            f"Write `{renamed.local_reference}`.",
        )._replace(replacement=Replacement(reference.span, _as_written(reference, renamed)))
    )
    return renamed


def _as_written(reference: Reference, renamed: ResolvedRef) -> str:
    """Return the present reference, quoted, as `#` and `:` ask for it between brackets."""
    cycle = f"{reference.cycle}:" if reference.cycle else ""
    return scalar_text(f"{cycle}{renamed.local_reference}")


def _ref_under_present_id(ref: ResolvedRef, index: ReferenceIndex) -> ResolvedRef | None:
    ref = ref._replace(team=index.former_teams.get(ref.team, ref.team))
    parent = index.former.get(ref.parent, ref.parent)
    moved = parent._replace(key_result=ref.key_result)
    moved = index.former.get(moved, moved)
    return moved if moved in index.current else None


def _unknown_cycle_problem(reference: Reference, index: ReferenceIndex) -> Problem:
    message = f"There is no cycle `{reference.cycle}` here, so `{reference.text}` leads nowhere."
    hint = nearest_hint(reference.cycle or "", index.cycles.values())
    hint = hint or "Leave the reference out where that cycle was never kept in this repository."
    return error("unknown-reference", reference.span, message, hint)


def _unknown_reference_problem(
    reference: Reference, ref: ResolvedRef, index: ReferenceIndex, never: tuple[str, ...]
) -> Problem:
    what = "key result" if ref.key_result else "objective"
    message = f"There is no {what} `{ref.local_reference}` in {ref.cycle}."
    hint = ""
    if len(index.problems) <= MAX_PROBLEMS_WITH_SUGGESTIONS:
        hint = _likely_reference_hint(
            ref, [r for r in index.current if not never or r[: len(never)] != never]
        )
        hint = hint or _empty_team_hint(ref, index)
    hint = hint or "A reference is written `team/objective#key-result`, in your own team shorter."
    return error("unknown-reference", reference.span, message, hint)


def _likely_reference_hint(ref: ResolvedRef, known: list[ResolvedRef]) -> str:
    """Return what was probably meant: in another team or cycle, a near name, or what exists."""
    same_cycle = [other for other in known if other.cycle == ref.cycle]
    hint = "" if ref.key_result else _key_result_hint(ref, same_cycle)
    if not hint:
        elsewhere = [other.local_reference for other in same_cycle if other[2:] == ref[2:]]
        hint = did_you_mean(elsewhere[0] if elsewhere else "")
    if not hint:
        others = [str(other) for other in known if other[1:] == ref[1:]]
        hint = f"In another cycle it is written `{others[-1]}`." if others else ""
    return (
        hint
        or _nearest_reference_of_same_kind(ref, same_cycle)
        or _existing_refs_hint(ref, same_cycle)
    )


def _nearest_reference_of_same_kind(ref: ResolvedRef, known: Iterable[ResolvedRef]) -> str:
    """Return the near name of the same kind; shared parts don't make references alike."""
    same_kind = [other for other in known if bool(other.key_result) == bool(ref.key_result)]
    siblings = [other for other in same_kind if other[:-1] == ref[:-1] and ref.key_result] or [
        other for other in same_kind if other.team == ref.team and not ref.key_result
    ]
    if not siblings:
        return nearest_hint(ref.local_reference, [other.local_reference for other in same_kind])
    names = {other.key_result or other.objective: other.local_reference for other in siblings}
    return did_you_mean(names.get(nearest_name(ref.key_result or ref.objective, names), ""))


def _existing_refs_hint(ref: ResolvedRef, known: Iterable[ResolvedRef]) -> str:
    """List the key results of the objective, or else the objectives of the team."""
    of_team = [other for other in known if other.team == ref.team]
    inside = [
        other.local_reference
        for other in of_team
        if other.parent == ref.parent and other.key_result
    ]
    there = inside if ref.key_result else []
    there = there or [other.local_reference for other in of_team if not other.key_result]
    if not there:
        return ""
    names = ", ".join(f"`{name}`" for name in there[:6])
    return f"There are {names}{' and more' if len(there) > 6 else ''}."


def _empty_team_hint(ref: ResolvedRef, index: ReferenceIndex) -> str:
    if any(other[:2] == ref[:2] for other in index.current):
        return ""
    return f"The team `{ref.team}` has no objectives in {ref.cycle}."


def _key_result_hint(ref: ResolvedRef, known: Iterable[ResolvedRef]) -> str:
    """Say how a key result is written, where a bare word, always an objective, names one."""
    for other in known:
        if other.key_result == ref.objective and other.team == ref.team:
            return f"A key result is written with its objective: `{other.local_reference}`."
    return ""


def resolve_references(
    references: Iterable[Reference], index: ReferenceIndex, own: ResolvedRef
) -> tuple[ResolvedRef, ...]:
    """Resolve an objective's references; returns those that lead somewhere, without repeats."""
    resolved = (
        resolve_reference(reference, index, own.cycle, own.team, never=own)
        for reference in references
    )
    return tuple(dict.fromkeys(ref for ref in resolved if ref is not None))


def resolve_needs(
    dependencies: Iterable[Dependency], index: ReferenceIndex, cycle: str, team: str
) -> Iterator[Need]:
    """Yield what the dependencies need: resolved where the text is a reference, else as text."""
    for dependency in dependencies:
        for text in dependency.needs:
            ref = None
            if is_reference_like(text):
                ref = _resolve_need(text, dependency, index, cycle, team)
            yield Need(dependency, text, ref)


def _resolve_need(
    text: str, dependency: Dependency, index: ReferenceIndex, cycle: str, team: str
) -> ResolvedRef | None:
    span = dependency.at.span("needs")
    reference = parse_reference(text, span)
    if reference is not None:
        return resolve_reference(reference, index, cycle, team)
    message = f"`{text}` looks like a reference and isn't one."
    hint = "Write `team/objective#key-result`; plain text holds a space, or no `/` and no `#`."
    index.problems.append(error("bad-reference", span, message, hint))
    return None


def resolve_carried_over_from(
    record: Objective | KeyResult, index: ReferenceIndex, ref: ResolvedRef
) -> ResolvedRef | None:
    """Resolve what an objective or key result continues from another cycle.

    Returns None with a problem added where that is in the same cycle or of another kind.
    """
    reference = record.carried_over_from
    if reference is None:
        return None
    origin = resolve_reference(reference, index, ref.cycle, ref.team, never=(ref.cycle,))
    if origin is not None and origin.cycle == ref.cycle:
        message = "What is carried over comes from another cycle; this one is in the same cycle."
        hint = "Write the cycle before the reference: `2024-Q4:product/growth#nps`."
        index.problems.append(error("bad-reference", reference.span, message, hint))
        return None
    if origin is not None and bool(origin.key_result) != bool(ref.key_result):
        message = "An objective is carried over from an objective, a key result from a key result."
        hint = "A key result is written with its objective: `2024-Q4:product/growth#nps`."
        index.problems.append(error("bad-reference", reference.span, message, hint))
        return None
    return origin
