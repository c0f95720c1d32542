"""Every id that exists, and what a reference means: the one place that looks references up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from okrdocs.format.loader import CycleFolder
from okrdocs.format.records import Dependency, KeyResult, Objective, Reference
from okrdocs.format.reference import is_reference_like, parse_reference
from okrdocs.problem import (
    Problem,
    Related,
    Span,
    did_you_mean,
    error,
    nearest,
    nearest_name,
    warning,
)
from okrdocs.workspace.workspace import Need, Ref

_TANGLE = 50
"""From so many problems on, likely names are no longer looked for: they cost the most time."""
_CYCLE_NAME = re.compile(r"[0-9A-Za-z]+(?:[-_][0-9A-Za-z]+)*")


@dataclass(frozen=True, slots=True)
class Index:
    """Every id that exists, the former ids that `was:` keeps, and whose file is at fault."""

    current: Mapping[Ref, object]
    former: Mapping[Ref, Ref]
    cycles: Mapping[str, str]
    faulty: frozenset[tuple[str, str]]
    company: str | None
    problems: list[Problem]

    def near(self, word: str, known: Iterable[str]) -> str:
        """A hint at the nearest known word; "" where none is near or too much is wrong."""
        return "" if len(self.problems) > _TANGLE else nearest(word, known)


def index_of(folders: Iterable[CycleFolder], company: str | None, problems: list[Problem]) -> Index:
    """Every id of all files; an id used twice is a problem."""
    current: dict[Ref, object] = {}
    former: dict[Ref, Ref] = {}
    cycles: dict[str, str] = {}
    for folder in folders:
        _cycle_name(folder, cycles, problems)
        for file in folder.teams:
            for objective in file.document.objectives:
                ref = Ref(folder.id, file.team, objective.id)
                _enter(ref, objective, current, former, problems)
                for key_result in objective.key_results:
                    inner = ref._replace(key_result=key_result.id)
                    _enter(inner, key_result, current, former, problems)
    problems.extend(_former_in_use(current, former))
    faulty = frozenset((folder.id, team) for folder in folders for team in folder.faulty)
    return Index(current, former, cycles, faulty, company, problems)


def _cycle_name(folder: CycleFolder, cycles: dict[str, str], problems: list[Problem]) -> None:
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


def _enter(
    ref: Ref,
    record: Objective | KeyResult,
    current: dict[Ref, object],
    former: dict[Ref, Ref],
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


def _former_in_use(current: Mapping[Ref, object], former: Mapping[Ref, Ref]) -> Iterator[Problem]:
    for before, now in former.items():
        record = current.get(now)
        if before in current and isinstance(record, Objective | KeyResult):
            message = f"`{before.key_result or before.objective}` is still the id of another one."
            hint = "Remove it from `was:`, which holds ids that nothing has any more."
            yield error("former-id-in-use", record.at.span("was"), message, hint)


def find(
    reference: Reference,
    index: Index,
    cycle: str,
    team: str | None,
    never: tuple[str, ...] = (),
) -> Ref | None:
    """The full reference, or None with a problem noted; left out: the own cycle and team.

    `never` is how references begin that can't be meant, such as the referring record's own.
    """
    in_cycle = index.cycles.get((reference.cycle or cycle).casefold())
    if in_cycle is None:
        index.problems.append(_unknown_cycle(reference, index))
        return None
    in_team = reference.team or team or index.company or ""
    ref = Ref(in_cycle, in_team, reference.objective, reference.key_result or "")
    if ref in index.current:
        return ref
    renamed = _renamed(ref, index)
    if renamed is None and (in_cycle, in_team) in index.faulty:
        return None  # Its file is at fault, and has been reported: this may well be right.
    if renamed is None:
        index.problems.append(_unknown(reference, ref, index, never))
        return None
    message = f"`{reference.text}` is now called `{renamed.local}`."
    index.problems.append(
        warning("renamed-reference", reference.span, message, f"Write `{renamed.local}`.")
    )
    return renamed


def _renamed(ref: Ref, index: Index) -> Ref | None:
    parent = index.former.get(ref.parent, ref.parent)
    moved = parent._replace(key_result=ref.key_result)
    moved = index.former.get(moved, moved)
    return moved if moved in index.current else None


def _unknown_cycle(reference: Reference, index: Index) -> Problem:
    message = f"There is no cycle `{reference.cycle}` here, so `{reference.text}` leads nowhere."
    hint = nearest(reference.cycle or "", index.cycles.values())
    hint = hint or "Leave the reference out where that cycle was never kept in this repository."
    return error("unknown-reference", reference.span, message, hint)


def _unknown(reference: Reference, ref: Ref, index: Index, never: tuple[str, ...]) -> Problem:
    what = "key result" if ref.key_result else "objective"
    message = f"There is no {what} `{ref.local}` in {ref.cycle}."
    hint = ""
    if len(index.problems) <= _TANGLE:
        hint = _likely(ref, [r for r in index.current if not never or r[: len(never)] != never])
        hint = hint or _nothing_there(ref, index)
    hint = hint or "A reference is written `team/objective#key-result`, in your own team shorter."
    return error("unknown-reference", reference.span, message, hint)


def _likely(ref: Ref, known: list[Ref]) -> str:
    """What was probably meant: another team's, another cycle's, a near name, or what is there."""
    same_cycle = [each for each in known if each.cycle == ref.cycle]
    hint = "" if ref.key_result else _as_key_result(ref, same_cycle)
    if not hint:
        elsewhere = [k.local for k in same_cycle if k[2:] == ref[2:]]
        hint = did_you_mean(elsewhere[0] if elsewhere else "")
    if not hint:
        others = [str(each) for each in known if each[1:] == ref[1:]]
        hint = f"In another cycle it is written `{others[-1]}`." if others else ""
    return hint or _near(ref, same_cycle) or _what_is_there(ref, same_cycle)


def _near(ref: Ref, known: Iterable[Ref]) -> str:
    """The near name of the same kind; what two references share doesn't make them alike."""
    kind = [each for each in known if bool(each.key_result) == bool(ref.key_result)]
    siblings = [each for each in kind if each[:-1] == ref[:-1] and ref.key_result] or [
        each for each in kind if each.team == ref.team and not ref.key_result
    ]
    if not siblings:
        return nearest(ref.local, [each.local for each in kind])
    names = {each.key_result or each.objective: each.local for each in siblings}
    return did_you_mean(names.get(nearest_name(ref.key_result or ref.objective, names), ""))


def _what_is_there(ref: Ref, known: Iterable[Ref]) -> str:
    """The key results of the objective, or else the objectives of the team."""
    of_team = [each for each in known if each.team == ref.team]
    inside = [e.local for e in of_team if e.parent == ref.parent and e.key_result]
    there = inside if ref.key_result else []
    there = there or [each.local for each in of_team if not each.key_result]
    if not there:
        return ""
    names = ", ".join(f"`{name}`" for name in there[:6])
    return f"There are {names}{' and more' if len(there) > 6 else ''}."


def _nothing_there(ref: Ref, index: Index) -> str:
    if any(each[:2] == ref[:2] for each in index.current):
        return ""
    return f"The team `{ref.team}` has no objectives in {ref.cycle}."


def _as_key_result(ref: Ref, known: Iterable[Ref]) -> str:
    """A bare word is always an objective; where it names a key result, the hint says so."""
    for each in known:
        if each.key_result == ref.objective and each.team == ref.team:
            return f"A key result is written with its objective: `{each.local}`."
    return ""


def find_all(references: Iterable[Reference], index: Index, own: Ref) -> tuple[Ref, ...]:
    """Those of an objective's references that lead somewhere, each once."""
    found = (find(each, index, own.cycle, own.team, never=own) for each in references)
    return tuple(dict.fromkeys(ref for ref in found if ref is not None))


def needs_of(
    dependencies: Iterable[Dependency], index: Index, cycle: str, team: str
) -> Iterator[Need]:
    """What the dependencies need: a reference where the text is one, else the text."""
    for dependency in dependencies:
        for text in dependency.needs:
            ref = None
            if is_reference_like(text):
                ref = _need(text, dependency, index, cycle, team)
            yield Need(dependency, text, ref)


def _need(text: str, dependency: Dependency, index: Index, cycle: str, team: str) -> Ref | None:
    span = dependency.at.span("needs")
    reference = parse_reference(text, span)
    if reference is not None:
        return find(reference, index, cycle, team)
    message = f"`{text}` looks like a reference and isn't one."
    hint = "Write `team/objective#key-result`; plain text holds a space, or no `/` and no `#`."
    index.problems.append(error("bad-reference", span, message, hint))
    return None


def carried_from(record: Objective | KeyResult, index: Index, ref: Ref) -> Ref | None:
    """What an objective or key result continues from another cycle."""
    reference = record.carried_over_from
    if reference is None:
        return None
    found = find(reference, index, ref.cycle, ref.team, never=(ref.cycle,))
    if found is not None and found.cycle == ref.cycle:
        message = "What is carried over comes from another cycle; this one is in the same cycle."
        hint = "Write the cycle before the reference: `2024-Q4:product/growth#nps`."
        index.problems.append(error("bad-reference", reference.span, message, hint))
        return None
    if found is not None and bool(found.key_result) != bool(ref.key_result):
        message = "An objective is carried over from an objective, a key result from a key result."
        hint = "A key result is written with its objective: `2024-Q4:product/growth#nps`."
        index.problems.append(error("bad-reference", reference.span, message, hint))
        return None
    return found
