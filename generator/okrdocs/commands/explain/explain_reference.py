"""`okr explain REF`: how a number comes about, step by step; where a metric stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from okrdocs.commands import FINDINGS, FINE, Days
from okrdocs.commands.print_problems import print_problems
from okrdocs.commands.revision import read_inputs_at
from okrdocs.errors import UsageError
from okrdocs.format.reference import parse_reference
from okrdocs.grading.metric_status import MetricStatus
from okrdocs.grading.results import (
    CycleScore,
    KeyResultScore,
    ObjectiveScore,
    Scores,
    TeamScore,
)
from okrdocs.history.events import History
from okrdocs.history.number_history import NumberEvent, number_history
from okrdocs.markup.escape import terminal_text
from okrdocs.pages.parts.draft_marks import draft_suffix
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.pipeline.history import load_history
from okrdocs.problem import Span, nearest_hint
from okrdocs.report.console import Console
from okrdocs.source.git.repository import find_repository
from okrdocs.workspace.drafts import NO_DRAFTS
from okrdocs.workspace.workspace import ObjectiveEntry, ResolvedRef

Explained = CycleScore | TeamScore | ObjectiveScore | KeyResultScore | MetricStatus


def print_steps(
    root: Path, console: Console, days: Days, *, wanted: str, rev: str | None = None
) -> int:
    """Print the steps of a key result's, objective's, team's or cycle's grade."""
    inputs, days, _ = read_inputs_at(root, rev, days)
    evaluation = evaluate(inputs, as_of=days.as_of, today=days.today)
    print_problems(evaluation.problems, inputs.files, console)
    if evaluation.scores is None:
        return FINDINGS
    explained = _find_score(wanted, evaluation.scores)
    history = History()
    if isinstance(explained, KeyResultScore | ObjectiveScore):
        repository = find_repository(root)
        history = load_history(
            root, repository, rev, console, evaluation.scores, NO_DRAFTS, drafts=True
        )
    for line in _explanation_lines(explained, evaluation.scores, history, console):
        console.print_line(line)
    return FINE


def _find_score(wanted: str, scores: Scores) -> Explained:
    """Return the score that a reference names, by default in the current cycle and the company."""
    cycle = scores.cycle(wanted)
    if cycle is not None:
        return cycle
    reference = parse_reference(wanted, Span("", 1, 1, 1, 1))
    current = scores.workspace.current_cycle(scores.as_of)
    if reference is None or current is None:
        raise UsageError(
            f"`{wanted}` is neither a reference nor a code. Write `team/objective#key-result`,"
            " or the code of a finding."
        )
    within = scores.cycle(reference.cycle) if reference.cycle else scores.cycle(current.id)
    if within is None:
        raise UsageError(f"There is no cycle `{reference.cycle}`.")
    team = reference.team or scores.workspace.company or ""
    ref = ResolvedRef(within.cycle.id, team, reference.objective, reference.key_result or "")
    score = scores.key_results.get(ref) or scores.objectives.get(ref)
    if score is None and reference.team is None and reference.key_result is None:
        found_team = next((t for t in within.teams if t.entry.id == reference.objective), None)
        if found_team is not None:
            return found_team
        if wanted in scores.metrics:
            return scores.metrics[wanted]
    if score is None:
        raise UsageError(_unknown_reference_message(wanted, ref, scores))
    return score


def _unknown_reference_message(wanted: str, ref: ResolvedRef, scores: Scores) -> str:
    refs = [*scores.key_results] if ref.key_result else [*scores.objectives]
    here = [other.local_reference for other in refs if other.cycle == ref.cycle]
    message = f"There is no `{wanted}` in {ref.cycle}."
    # The right objective under the wrong team is the likeliest slip: the team was left out.
    within = [
        other for other in here if other.partition("/")[2] == ref.local_reference.partition("/")[2]
    ]
    if not within and not ref.key_result:
        within = [
            other.local_reference
            for other in scores.key_results
            if other.cycle == ref.cycle and other.key_result == ref.objective
        ]
    near = nearest_hint(wanted, scores.metrics) or nearest_hint(ref.local_reference, here)
    hint = f"Did you mean `{within[0]}`?" if within else near
    return f"{message} {hint}".strip()


def _explanation_lines(
    score: Explained, scores: Scores, history: History, console: Console
) -> Iterator[str]:
    if isinstance(score, KeyResultScore):
        yield from _key_result_lines(score, scores, history, console)
    elif isinstance(score, ObjectiveScore):
        yield from _heading_line(
            score.entry.ref.local_reference, score.entry.objective.title, console
        )
        yield from _step_lines(score.trace, (flag.text for flag in score.flags))
        for kr in score.key_results:
            yield ""
            yield from _key_result_lines(kr, scores, history, console)
    elif isinstance(score, TeamScore):
        yield from _heading_line(score.entry.id, score.entry.team.name, console)
        yield from _step_lines(score.trace, ())
        yield from _grade_lines(
            (_reference_with_draft_mark(o.entry), o.grade) for o in score.objectives
        )
    elif isinstance(score, MetricStatus):
        yield from _metric_lines(score, console)
    else:
        yield from _heading_line(
            score.cycle.id, f"{score.cycle.title} as of {scores.as_of}", console
        )
        yield from _step_lines(score.trace, ())
        yield from _grade_lines(
            (_reference_with_draft_mark(o.entry), o.grade) for o in score.objectives()
        )


def _heading_line(ref: str, title: str, console: Console) -> Iterator[str]:
    yield f"{console.style(terminal_text(ref), 'bold')}  {terminal_text(title)}"


def _key_result_lines(
    score: KeyResultScore, scores: Scores, history: History, console: Console
) -> Iterator[str]:
    yield from _heading_line(score.entry.ref.local_reference, score.entry.key_result.title, console)
    if score.measure is not None:
        yield f"  measure: {score.measure.name.value}"
    yield from _step_lines(score.trace, (flag.text for flag in score.flags))
    yield f"  status: {terminal_text(str(score.status))}"
    if score.dropped is not None:
        yield f"  dropped on {score.dropped.date}: {terminal_text(score.dropped.reason)}"
    for event in number_history(score.entry.ref, scores, history):
        yield f"  {_history_event_line(event, console)}"


def _history_event_line(event: NumberEvent, console: Console) -> str:
    """Return a line of the number's history; what a reader should see first is in bold."""
    shown = terminal_text(event.what)
    shown = console.style(shown, "bold") if event.marked else shown
    if event.day is None:
        return shown
    who = f"{terminal_text(event.author)}, " if event.author else ""
    revision = f" ({event.revision})" if event.revision else ""
    return f"{event.day} – {who}{shown}: {terminal_text(event.numbers)}{revision}"


def _metric_lines(status: MetricStatus, console: Console) -> Iterator[str]:
    """Yield the value and the targets of a metric, which isn't graded."""
    metric, latest = status.metric, status.latest
    yield from _heading_line(status.id, metric.name, console)
    if metric.definition:
        yield f"  {terminal_text(metric.definition)}"
    if metric.formula:
        yield f"  formula: {terminal_text(metric.formula)}"
    if latest is None:
        yield "  no value yet"
    else:
        origin = f", a check-in of {latest.origin}" if latest.origin else ""
        yield f"  value {terminal_text(latest.text)} on {latest.date}{origin}"
    for aim in status.aims:
        outcome = {True: ", reached", False: ", not reached", None: ""}[aim.reached]
        reading = f" with {terminal_text(aim.reading.text)}" if aim.reading and outcome else ""
        cycle, target = terminal_text(aim.cycle.title), terminal_text(aim.target)
        yield f"  target for {cycle}: {target}{outcome}{reading}"
    yield from (f"  moved by {entry.ref}" for entry in status.movers)


def _step_lines(trace: Iterable[str], flags: Iterable[str]) -> Iterator[str]:
    for step in trace:
        yield f"  {terminal_text(step)}"
    for flag in flags:
        yield f"  note: {terminal_text(flag)}"


def _reference_with_draft_mark(entry: ObjectiveEntry) -> str:
    return f"{entry.ref.local_reference}{draft_suffix(entry, entry)}"


def _grade_lines(rows: Iterable[tuple[str, object]]) -> Iterator[str]:
    for ref, grade in rows:
        yield f"  {'–' if grade is None else grade}  {ref}"
