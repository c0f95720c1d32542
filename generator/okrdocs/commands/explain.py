"""`okr explain REF`: how a number comes about, step by step; where a metric stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from okrdocs.commands import FINDINGS, FINE, Days
from okrdocs.commands.print_problems import tell
from okrdocs.commands.revision import inputs_at
from okrdocs.errors import UsageError
from okrdocs.format.reference import parse_reference
from okrdocs.grading.metric_status import Health
from okrdocs.grading.results import (
    CycleScore,
    KeyResultScore,
    ObjectiveScore,
    Scores,
    TeamScore,
)
from okrdocs.history.events import History
from okrdocs.history.number_history import NumberEvent, number_history
from okrdocs.markup.escape import terminal
from okrdocs.pages.parts.draft_marks import draft_mark
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.pipeline.history import history_for_pages
from okrdocs.problem import Span, nearest
from okrdocs.report.console import Console
from okrdocs.source.git.repository import find_repository
from okrdocs.workspace.drafts import NO_DRAFTS
from okrdocs.workspace.workspace import ObjectiveEntry, Ref

Explained = CycleScore | TeamScore | ObjectiveScore | KeyResultScore | Health


def run(root: Path, console: Console, days: Days, *, wanted: str, rev: str | None = None) -> int:
    """Print the steps of a key result's, objective's, team's or cycle's grade."""
    inputs, days, _ = inputs_at(root, rev, days)
    found = evaluate(inputs, as_of=days.as_of, today=days.today)
    tell(found.problems, inputs.files, console)
    if found.scores is None:
        return FINDINGS
    explained = _find(wanted, found.scores)
    history = History()
    if isinstance(explained, KeyResultScore | ObjectiveScore):
        known = find_repository(root)
        history = history_for_pages(root, known, rev, console, found.scores, NO_DRAFTS, drafts=True)
    for line in _lines(explained, found.scores, history, console):
        console.say(line)
    return FINE


def _find(wanted: str, scores: Scores) -> Explained:
    """What a reference means here; what is left out is the current cycle and the company."""
    cycle = scores.cycle(wanted)
    if cycle is not None:
        return cycle
    reference = parse_reference(wanted, Span("", 1, 1, 1, 1))
    current = scores.workspace.current(scores.as_of)
    if reference is None or current is None:
        raise UsageError(
            f"`{wanted}` is neither a reference nor a code. Write `team/objective#key-result`,"
            " or the code of a finding."
        )
    within = scores.cycle(reference.cycle) if reference.cycle else scores.cycle(current.id)
    if within is None:
        raise UsageError(f"There is no cycle `{reference.cycle}`.")
    team = reference.team or scores.workspace.company or ""
    ref = Ref(within.cycle.id, team, reference.objective, reference.key_result or "")
    found = scores.key_results.get(ref) or scores.objectives.get(ref)
    if found is None and reference.team is None and reference.key_result is None:
        found_team = next((t for t in within.teams if t.entry.id == reference.objective), None)
        if found_team is not None:
            return found_team
        if wanted in scores.metrics:
            return scores.metrics[wanted]
    if found is None:
        raise UsageError(_unknown(wanted, ref, scores))
    return found


def _unknown(wanted: str, ref: Ref, scores: Scores) -> str:
    known = [*scores.key_results] if ref.key_result else [*scores.objectives]
    here = [each.local for each in known if each.cycle == ref.cycle]
    message = f"There is no `{wanted}` in {ref.cycle}."
    # The right objective under the wrong team is the likeliest slip: the team was left out.
    within = [each for each in here if each.partition("/")[2] == ref.local.partition("/")[2]]
    if not within and not ref.key_result:
        within = [
            each.local
            for each in scores.key_results
            if each.cycle == ref.cycle and each.key_result == ref.objective
        ]
    near = nearest(wanted, scores.metrics) or nearest(ref.local, here)
    hint = f"Did you mean `{within[0]}`?" if within else near
    return f"{message} {hint}".strip()


def _lines(found: Explained, scores: Scores, history: History, console: Console) -> Iterator[str]:
    if isinstance(found, KeyResultScore):
        yield from _key_result(found, scores, history, console)
    elif isinstance(found, ObjectiveScore):
        yield from _head(found.entry.ref.local, found.entry.objective.title, console)
        yield from _steps(found.trace, (flag.text for flag in found.flags))
        for kr in found.key_results:
            yield ""
            yield from _key_result(kr, scores, history, console)
    elif isinstance(found, TeamScore):
        yield from _head(found.entry.id, found.entry.team.name, console)
        yield from _steps(found.trace, ())
        yield from _grades((_named(o.entry), o.grade) for o in found.objectives)
    elif isinstance(found, Health):
        yield from _metric(found, console)
    else:
        yield from _head(found.cycle.id, f"{found.cycle.title} as of {scores.as_of}", console)
        yield from _steps(found.trace, ())
        yield from _grades((_named(o.entry), o.grade) for o in found.objectives())


def _head(ref: str, title: str, console: Console) -> Iterator[str]:
    yield f"{console.styled(terminal(ref), 'bold')}  {terminal(title)}"


def _key_result(
    score: KeyResultScore, scores: Scores, history: History, console: Console
) -> Iterator[str]:
    yield from _head(score.entry.ref.local, score.entry.key_result.title, console)
    if score.measure is not None:
        yield f"  measure: {score.measure.name.value}"
    yield from _steps(score.trace, (flag.text for flag in score.flags))
    yield f"  status: {terminal(str(score.status))}"
    if score.dropped is not None:
        yield f"  dropped on {score.dropped.date}: {terminal(score.dropped.reason)}"
    for event in number_history(score.entry.ref, scores, history):
        yield f"  {_told(event, console)}"


def _told(event: NumberEvent, console: Console) -> str:
    """A line of the number's history; what a reader should see first is in bold."""
    shown = terminal(event.what)
    shown = console.styled(shown, "bold") if event.marked else shown
    if event.day is None:
        return shown
    who = f"{terminal(event.author)}, " if event.author else ""
    revision = f" ({event.revision})" if event.revision else ""
    return f"{event.day} – {who}{shown}: {terminal(event.numbers)}{revision}"


def _metric(found: Health, console: Console) -> Iterator[str]:
    """Where a metric stands. It isn't graded, so there is nothing to compute."""
    metric, latest = found.metric, found.latest
    yield from _head(found.id, metric.name, console)
    if metric.definition:
        yield f"  {terminal(metric.definition)}"
    if metric.formula:
        yield f"  formula: {terminal(metric.formula)}"
    if latest is None:
        yield "  no value yet"
    else:
        origin = f", a check-in of {latest.origin}" if latest.origin else ""
        yield f"  value {terminal(latest.text)} on {latest.date}{origin}"
    for aim in found.aims:
        said = {True: ", reached", False: ", not reached", None: ""}[aim.reached]
        held = f" with {terminal(aim.reading.text)}" if aim.reading and said else ""
        yield f"  target for {terminal(aim.cycle.title)}: {terminal(aim.target)}{said}{held}"
    yield from (f"  moved by {entry.ref}" for entry in found.movers)


def _steps(trace: Iterable[str], flags: Iterable[str]) -> Iterator[str]:
    for step in trace:
        yield f"  {terminal(step)}"
    for flag in flags:
        yield f"  note: {terminal(flag)}"


def _named(entry: ObjectiveEntry) -> str:
    return f"{entry.ref.local}{draft_mark(entry, entry)}"


def _grades(rows: Iterable[tuple[str, object]]) -> Iterator[str]:
    for ref, grade in rows:
        yield f"  {'–' if grade is None else grade}  {ref}"
