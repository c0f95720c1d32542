"""Resolves documents to the Workspace: ids, references, owners, teams, dates and loops.

Every fault is a Problem at its place; what can't be resolved is left out, so that one wrong
reference doesn't hide the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from okrdocs.format.loader import CycleFolder, Documents, TeamFile
from okrdocs.format.records import (
    CycleDocument,
    KeyResult,
    Month,
    Objective,
    Organization,
    Team,
    TeamDocument,
    TMeaning,
    Visibility,
    Weekday,
    YearEnd,
)
from okrdocs.problem import Problem, Span, error, in_source_order
from okrdocs.workspace import calendar
from okrdocs.workspace.calendar import FiscalCalendar, Period
from okrdocs.workspace.circular_references import objective_loop_problems
from okrdocs.workspace.grading_policy import policy_of, policy_problems
from okrdocs.workspace.metric_links import metric_reference_problems, unknown_metric_problems
from okrdocs.workspace.references import (
    ReferenceIndex,
    build_index,
    resolve_carried_over_from,
    resolve_needs,
    resolve_reference,
    resolve_references,
)
from okrdocs.workspace.teams_and_people import Directory, build_directory, unknown_person_problems
from okrdocs.workspace.workspace import (
    Cycle,
    KeyResultEntry,
    ObjectiveEntry,
    ResolvedRef,
    TeamEntry,
    Workspace,
)

_MONTHS_IN_T: Mapping[TMeaning, Literal[3, 4]] = {TMeaning.TRIMESTER: 4, TMeaning.QUARTER: 3}


def resolve(documents: Documents) -> tuple[Workspace | None, tuple[Problem, ...]]:
    """Return the Workspace and everything that doesn't fit together; None without an `okr.yml`."""
    organization = documents.organization
    if organization is None:
        return None, ()
    problems: list[Problem] = []
    files = [team for folder in documents.cycles for team in folder.teams]
    directory = build_directory(organization, files, problems)
    index = build_index(documents.cycles, directory, problems)
    fiscal = fiscal_calendar(organization)
    cycles = [
        _resolve_cycle(folder, organization, fiscal, directory, index)
        for folder in documents.cycles
    ]
    cycles.sort(key=lambda c: calendar.cycle_sort_key(c.period, c.id))
    workspace = Workspace(
        organization,
        policy_of(organization),
        directory.teams,
        directory.people,
        directory.company,
        tuple(cycles),
        documents.metrics,
    )
    problems.extend(policy_problems(organization))
    problems.extend(objective_loop_problems(workspace))
    if not documents.metrics_faulty:
        problems.extend(metric_reference_problems(workspace, directory, index.nearest_hint))
        problems.extend(unknown_metric_problems(workspace, index.nearest_hint))
    return workspace, in_source_order(problems)


def fiscal_calendar(organization: Organization) -> FiscalCalendar:
    """Return the fiscal calendar of `calendar:`; the calendar year where it is absent."""
    given = organization.calendar
    if given is None:
        return FiscalCalendar()
    month = list(Month).index(given.fiscal_year_starts) + 1
    return FiscalCalendar(
        month,
        "start" if given.fiscal_year_named_after is YearEnd.START else "end",
        _MONTHS_IN_T[given.T] if given.T else None,
    )


def _resolve_cycle(
    folder: CycleFolder,
    organization: Organization,
    fiscal: FiscalCalendar,
    directory: Directory,
    index: ReferenceIndex,
) -> Cycle:
    document = folder.document
    period = _cycle_period(folder, organization, fiscal, index.problems)
    if document is not None:
        index.problems.extend(
            unknown_person_problems(document, directory, ("owner",), index.nearest_hint)
        )
    order = {team: position for position, team in enumerate(directory.order)}
    files = sorted(folder.teams, key=lambda file: (order.get(file.team, len(order)), file.team))
    teams = tuple(_resolve_team(file, period, directory, index) for file in files)
    cadence = organization.cadence
    week, days = (cadence.review_week, cadence.grading_days) if cadence else (6, 5)
    weekday = list(Weekday).index(cadence.day) if cadence else 0
    review = calendar.review_date(period, week, weekday) if period else None
    if period is not None and review is not None and review > period.end:
        review = None
    return Cycle(
        folder.id,
        (document and document.title) or (period.title if period else _title_from_slug(folder.id)),
        period,
        document,
        folder.path,
        (document and document.review_date) or review,
        (document and document.grading_date)
        or (calendar.grading_date(period.end, days) if period else None),
        teams,
        _resolve_decisions(document, index, folder.id),
        _resolve_roll_over(document, index, folder.id, None),
        _resolve_amendments(document, index, folder.id),
    )


def _title_from_slug(slug: str) -> str:
    words = re.sub(r"[-_]+", " ", slug)
    return words[:1].upper() + words[1:]


def _resolve_decisions(
    document: CycleDocument | None, index: ReferenceIndex, cycle: str
) -> tuple[ResolvedRef | None, ...]:
    if document is None or document.review is None:
        return ()
    return tuple(resolve_reference(d.ref, index, cycle, None) for d in document.review.decisions)


def _resolve_amendments(
    document: CycleDocument | None, index: ReferenceIndex, cycle: str
) -> tuple[ResolvedRef | None, ...]:
    given = document.amendments if document is not None else ()
    return tuple(
        resolve_reference(amendment.ref, index, cycle, None) if amendment.ref else None
        for amendment in given
    )


def _resolve_roll_over(
    document: CycleDocument | TeamDocument | None,
    index: ReferenceIndex,
    cycle: str,
    team: str | None,
) -> tuple[ResolvedRef | None, ...]:
    if document is None or document.retrospective is None:
        return ()
    return tuple(
        resolve_reference(item.ref, index, cycle, team) if item.ref else None
        for item in document.retrospective.roll_over
    )


def _cycle_period(
    folder: CycleFolder,
    organization: Organization,
    fiscal: FiscalCalendar,
    problems: list[Problem],
) -> Period | None:
    document = folder.document
    by_name = calendar.period_from_slug(folder.id, fiscal)
    if document is None or (document.start is None and document.end is None):
        if by_name is None and not (document and document.undated) and "cycle" not in folder.faulty:
            unclear = calendar.is_t_unclear(folder.id, fiscal)
            problems.append(
                _unclear_t_error(folder, organization) if unclear else _missing_dates_error(folder)
            )
        return None if document is not None and document.undated else by_name
    start = document.start or (by_name.start if by_name else None)
    end = document.end or (by_name.end if by_name else None)
    if document.undated:
        problems.append(
            _cycle_dates_error(document, "undated", "A cycle is either undated or has dates.", "")
        )
    elif start is None or end is None:
        hint = "Give both `start:` and `end:`."
        field = "start" if document.start else "end"
        problems.append(
            _cycle_dates_error(document, field, "A cycle needs its first and its last day.", hint)
        )
    elif end < start:
        problems.append(
            _cycle_dates_error(
                document, "end", "The cycle ends before it starts.", "Swap the dates."
            )
        )
    else:
        return Period(start, end, by_name.title if by_name else _title_from_slug(folder.id))
    return by_name


def _cycle_dates_error(document: CycleDocument, field: str, message: str, hint: str) -> Problem:
    return error("bad-cycle", document.at.span(field), message, hint)


def _unclear_t_error(folder: CycleFolder, organization: Organization) -> Problem:
    message = f"The `T` of the cycle `{folder.id}` has two readings: a trimester, or a quarter."
    hint = (
        "Say which in `okr.yml`: `calendar: {T: trimester}` for four months,"
        " `calendar: {T: quarter}` for three."
    )
    return error("bad-cycle", organization.at.span("calendar"), message, hint)


def _missing_dates_error(folder: CycleFolder) -> Problem:
    file = f"{folder.path}/cycle.yml" if folder.document is not None else folder.path
    place = Span(file, 1, 1, 1, 1)
    message = f"Nothing says which days the cycle `{folder.id}` covers."
    year = next(iter(re.findall("20[0-9]{2}", folder.id)), "2025")
    hint = (
        "Name the folder like `2025-Q1`, `2025-H1` or `FY26-Q3`, or write"
        f" `start: {year}-01-01` and `end: {year}-12-31`, with its own days (or `undated: true`),"
        f" into `{folder.path}/cycle.yml`."
    )
    if calendar.names_two_years(folder.id):
        message = f"The cycle `{folder.id}` doesn't say in which month its year begins."
        hint = (
            "Say it for all cycles in `okr.yml`, as in `calendar: {fiscal_year_starts: September}`,"
            f" or write `start: {year}-09-01` and `end: {int(year) + 1}-08-31`, with its own days,"
            f" into `{folder.path}/cycle.yml`."
        )
    return error("bad-cycle", place, message, hint)


def _resolve_team(
    file: TeamFile, period: Period | None, directory: Directory, index: ReferenceIndex
) -> TeamEntry:
    if file.team not in directory.teams:
        message = f"There is no team `{file.team}` in `okr.yml`; the file's name is the team's id."
        hint = (
            index.nearest_hint(file.team, directory.teams) or f"Add `{file.team}:` below `teams:`."
        )
        place = Span(file.path, 1, 1, 1, 1)
        index.problems.append(error("unknown-team", place, message, hint))
    objectives = tuple(
        _resolve_objective(number, objective, file, period, directory, index)
        for number, objective in enumerate(
            _first_record_of_each_id(file.document.objectives), start=1
        )
    )
    rolled = _resolve_roll_over(file.document, index, file.cycle, file.team)
    team = directory.teams.get(file.team) or Team(
        name=_title_from_slug(file.team), at=file.document.at
    )
    return TeamEntry(file.team, team, file.path, file.document, objectives, rolled)


def _first_record_of_each_id(records: Iterable[Any]) -> list[Any]:
    """Return the first record of each id; the others have been reported."""
    return list({record.id: record for record in reversed(list(records))}.values())[::-1]


def _resolve_objective(
    number: int,
    objective: Objective,
    file: TeamFile,
    period: Period | None,
    directory: Directory,
    index: ReferenceIndex,
) -> ObjectiveEntry:
    ref = ResolvedRef(file.cycle, file.team, objective.id)
    index.problems.extend(
        unknown_person_problems(objective, directory, ("owner", "dri"), index.nearest_hint)
    )
    index.problems.extend(_initiative_problems(objective, directory, index))
    index.problems.extend(_late_drop_problems(objective, period))
    return ObjectiveEntry(
        ref,
        number,
        objective,
        resolve_references(objective.ladders_up_to, index, ref),
        tuple(resolve_needs(objective.dependencies, index, file.cycle, file.team)),
        resolve_carried_over_from(objective, index, ref),
        tuple(
            _resolve_key_result(kr_number, key_result, ref, period, directory, index)
            for kr_number, key_result in enumerate(
                _first_record_of_each_id(objective.key_results), start=1
            )
        ),
        draft=Visibility.DRAFT in (objective.visibility, file.document.visibility),
    )


def _initiative_problems(
    objective: Objective, directory: Directory, index: ReferenceIndex
) -> Iterator[Problem]:
    ids = [kr.id for kr in objective.key_results]
    for initiative in objective.initiatives:
        yield from unknown_person_problems(initiative, directory, ("owner",), index.nearest_hint)
        for move in initiative.moves:
            if move.key_result not in ids:
                message = f"This objective has no key result `{move.key_result}`."
                hint = index.nearest_hint(move.key_result, ids) or _key_results_hint(ids)
                yield error("unknown-reference", move.at.span("key_result"), message, hint)


def _key_results_hint(key_results: list[str]) -> str:
    if not key_results:
        return "Add its key results, or remove `moves:`."
    return f"It has {', '.join(f'`{key_result}`' for key_result in key_results)}."


def _late_drop_problems(record: Objective | KeyResult, period: Period | None) -> Iterator[Problem]:
    drop = record.dropped
    if drop is not None and period is not None and drop.date > period.end:
        message = f"Dropped on {drop.date}, after the cycle's end ({period.end})."
        hint = "What ran to the end is graded; remove `dropped:`, or correct its date."
        yield error("late-drop", drop.at.span("date"), message, hint)


def _resolve_key_result(
    number: int,
    key_result: KeyResult,
    parent: ResolvedRef,
    period: Period | None,
    directory: Directory,
    index: ReferenceIndex,
) -> KeyResultEntry:
    ref = parent._replace(key_result=key_result.id)
    index.problems.extend(
        unknown_person_problems(key_result, directory, ("owner", "dri"), index.nearest_hint)
    )
    index.problems.extend(_shared_team_problems(key_result, directory, index))
    index.problems.extend(_late_drop_problems(key_result, period))
    due = key_result.due
    if due is not None and period is not None and due < period.start:
        message = f"Due on {due}, before the cycle begins ({period.start})."
        hint = "Correct the date, or move the key result to the cycle in which it is due."
        index.problems.append(error("bad-due-date", key_result.at.span("due"), message, hint))
    return KeyResultEntry(
        ref,
        number,
        key_result,
        tuple(resolve_needs(key_result.dependencies, index, parent.cycle, parent.team)),
        resolve_carried_over_from(key_result, index, ref),
    )


def _shared_team_problems(
    key_result: KeyResult, directory: Directory, index: ReferenceIndex
) -> Iterator[Problem]:
    for team in key_result.with_:
        if team not in directory.teams:
            message = f"There is no team `{team}` in `okr.yml`."
            hint = index.nearest_hint(team, directory.teams) or f"Add `{team}:` below `teams:`."
            yield error("unknown-team", key_result.at.item_span("with", team), message, hint)
