"""Finds closed cycles whose grades moved because the rules around their objectives did.

A grade follows from a team's file and from what stands in `okr.yml` and `cycle.yml`: scales, bands,
aims, dates. Where one of those differs from what it was at the closing, both states are graded, and
their published numbers compared; `closed_cycle_changes` compares the files of the teams.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from okrdocs.format.fields import fields_of
from okrdocs.format.loader import CYCLE_FILE, ORGANIZATION_FILE, read_record_file
from okrdocs.format.records import Cadence, CycleDocument, Organization, Record, Team
from okrdocs.grading.results import CycleScore, KeyResultScore, ObjectiveScore
from okrdocs.history.closings import Closing
from okrdocs.markup.counts import count_of
from okrdocs.problem import Problem, Severity, Span, error
from okrdocs.source.disk import File
from okrdocs.source.git.blob_id import blob_id
from okrdocs.source.git.log import Revision
from okrdocs.source.git.repository import Repository
from okrdocs.workspace.workspace import Cycle, ResolvedRef

CODE = "sealed-cycle"
_NO_RULES = {
    Organization: frozenset(
        {
            "schema", "organization", "classification", "contact", "tools", "people", "rules",
            "principles", "practices", "anti_patterns", "related", "as_of", "sources", "meta",
        }
    ),
    Team: frozenset({"name", "lead", "about", "was"}),
    Cadence: frozenset(
        {
            "check_in", "day", "stale_after_days", "review_week", "format", "review_agenda",
            "grading_steps",
        }
    ),
    CycleDocument: frozenset(
        {
            "schema", "title", "status", "owner", "author", "approvers", "classification",
            "created", "updated", "document_id", "version", "summary", "purpose",
            "strategic_value", "principles", "practices", "anti_patterns", "approvals", "related",
            "changes", "review", "retrospective", "amendments", "document_reviews", "meta",
        }
    ),
}  # fmt: skip
"""The keys of these records on which no grade depends; all others do."""


class RuleChange(NamedTuple):
    """A rule that isn't what it was when a cycle was closed: its file, its key, its place now."""

    path: str
    key: str
    span: Span


class MovedGrade(NamedTuple):
    """A published grade that isn't what it was: of what (None for the cycle), before and now.

    Both are texts: the grade and the word of its band; for a cycle the company's own grade too.
    """

    ref: ResolvedRef | None
    title: str
    before: str
    after: str


def changed_rules(
    cycles: Mapping[str, tuple[Cycle, Closing]],
    log: Iterable[Revision],
    files: Mapping[str, File],
    repository: Repository,
) -> dict[str, tuple[RuleChange, ...]]:
    """Return the rules that changed since each cycle was closed, by the path of the cycle.

    `cycles` are by path, `files` those of now by path. A file that can't be read then or now counts
    as changed. Raises GitError.
    """
    wanted: dict[tuple[str, str], str] = {}
    for path, (_, closing) in cycles.items():
        company = f"{path.rpartition('/')[0]}/{ORGANIZATION_FILE}"
        blobs = _blobs_at(closing, log)
        for now, then in ((company, company), (_cycle_file(path), _cycle_file(closing.folder))):
            blob = blobs.get(then, "")
            if blob and (now not in files or blob_id(files[now].data, blob) != blob):
                wanted[path, now] = blob
    contents = dict(repository.read_blobs(wanted.values()))
    changes: dict[str, tuple[RuleChange, ...]] = {}
    for (path, now), blob in wanted.items():
        before = File(now, contents[blob] or b"")
        found = tuple(_rule_changes(before, files.get(now, File(now, b""))))
        changes[path] = (*changes.get(path, ()), *found)
    return {path: found for path, found in changes.items() if found}


def _cycle_file(folder: str) -> str:
    return f"{folder}/{CYCLE_FILE}"


def _blobs_at(closing: Closing, log: Iterable[Revision]) -> dict[str, str]:
    blobs: dict[str, str] = {}
    for revision in log:
        for change in revision.changes:
            blobs.pop(change.old_path, None)
            if change.new_blob is not None:
                blobs[change.path] = change.new_blob
        if revision.id == closing.revision:
            break
    return blobs


def _rule_changes(before: File, now: File) -> Iterator[RuleChange]:
    kind = CycleDocument if before.path.endswith(f"/{CYCLE_FILE}") else Organization
    old, new = _read_file(kind, before), _read_file(kind, now)
    if old is None or new is None:
        yield RuleChange(now.path, "", Span(now.path, 1, 1, 1, 1))
        return
    for key, value in _rules_in(old).items():
        if value != _rules_in(new)[key]:
            yield RuleChange(now.path, key, new.at.span(key))


def _read_file(kind: type[Any], file: File) -> Any:
    problems: list[Problem] = []
    document = read_record_file(kind, file, problems)
    return None if any(problem.severity is Severity.ERROR for problem in problems) else document


def _rules_in(record: Any) -> dict[str, Any]:
    """Return the rules of a record by their keys, as values that can be compared."""
    left_out = _NO_RULES.get(type(record), frozenset())
    rules: dict[str, Any] = {}
    for key, field in fields_of(type(record)).items():
        if key not in left_out:
            value = getattr(record, field.attribute)
            rules[key] = _rules_in(value) if isinstance(value, Record) else value
    if isinstance(record, Organization):  # only which team is the company makes a difference
        tops = {name: team for name, team in record.teams.items() if team.parent is None}
        rules["teams"] = {name: _rules_in(team) for name, team in tops.items()}
    return rules


# ------------------------------------------------------------------- what they moved


def moved_grades(
    before: CycleScore | None,
    now: CycleScore | None,
    explained: Collection[ResolvedRef],
    *,
    whole: bool,
) -> Iterator[MovedGrade]:
    """Yield each published grade that differs between two states, the smallest things first.

    Leaves out what is explained, and the means above it. `whole`: both states hold all teams.
    """
    if before is None or now is None:
        return
    for olds, news in (
        (before.key_results(), now.key_results()),
        (before.objectives(), now.objectives()),
    ):
        yield from _moved_in(olds, news, explained)
    both = before.company is not None and now.company is not None
    old, new = (_mean_text(score, company=both) for score in (before, now))
    if whole and old != new and not explained:
        yield MovedGrade(None, now.cycle.title, old, new)


def _moved_in(
    olds: Iterable[KeyResultScore] | Iterable[ObjectiveScore],
    news: Iterable[KeyResultScore] | Iterable[ObjectiveScore],
    explained: Collection[ResolvedRef],
) -> Iterator[MovedGrade]:
    by_ref = {score.entry.ref: score for score in olds}
    around = {ref.parent for ref in explained}
    for score in news:
        ref = score.entry.ref
        former = by_ref.get(ref)
        if former is None or ref in explained or ref.parent in explained or ref in around:
            continue
        before, after = _grade_text(former), _grade_text(score)
        if before != after:
            yield MovedGrade(ref, ref.local_reference, before, after)


def _grade_text(score: KeyResultScore | ObjectiveScore) -> str:
    grade = "no grade" if score.grade is None else str(score.grade)
    return f"{grade} ({score.band.word})" if score.band else grade


def _mean_text(score: CycleScore, *, company: bool) -> str:
    """Return the grade, with that of the `company`: teams that came later may have made it one."""
    grade = "no grade" if score.grade is None else str(score.grade)
    return f"{grade} (company {score.company})" if company else grade


def moved_grades_problem(
    since: str, folder: str, moved: Sequence[MovedGrade], rules: Sequence[RuleChange]
) -> Problem:
    """Return the error for grades of a closed cycle, in `folder`, that moved with some rules.

    `since` says when it was closed. Without a rule, something around the cycle changed.
    """
    place, what = Span(f"{folder}/{CYCLE_FILE}", 1, 1, 1, 1), "something around it changed"
    if rules:
        place = rules[0].span
        keys = [f"`{rule.key}`" if rule.key else f"`{rule.path}`" for rule in rules]
        what = f"{' and '.join(dict.fromkeys(keys))} changed"
    more = f", and {count_of(len(moved) - 1, 'more grade')}" if len(moved) > 1 else ""
    message = (
        f"{since}; since then {what}, which moves {moved[0].title} from {moved[0].before} to"
        f" {moved[0].after}{more}."
    )
    hint = (
        f"Restore it, or explain it in `{folder}/{CYCLE_FILE}`:"
        " `amendments: [{date: …, reason: …}]`."
    )
    return error(CODE, place, message, hint)
