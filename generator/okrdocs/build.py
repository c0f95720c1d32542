"""The pipeline: (tree, as of) → documents → workspace → scores → pages → {path: text} → disk."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from okrdocs.fresh import Inputs
from okrdocs.load import load
from okrdocs.measure import measure_all
from okrdocs.pages import pages_of
from okrdocs.problem import Problem, Severity, without_echoes
from okrdocs.render import render
from okrdocs.resolve import resolve
from okrdocs.score import score
from okrdocs.scores import Scores
from okrdocs.tree import Tree
from okrdocs.write import Written, write_pages


@dataclass(frozen=True, slots=True)
class Study:
    """What the files say as of a day. `scores` is None where an error stands in the way.

    `frozen`: the day is the one that `okr.yml` fixes.
    """

    problems: tuple[Problem, ...]
    scores: Scores | None
    frozen: bool


@contextmanager
def collector_paused() -> Iterator[None]:
    """Without the garbage collector: what is read stays, and walking it halves the speed.

    What was made is frozen, so that the collector doesn't walk it afterwards either; it holds
    no circles, so that nothing is lost by it.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.freeze()
            gc.enable()


def study(tree: Tree, *, as_of: date | None, today: date) -> Study:
    """Read, resolve, measure and score. `as_of` wins over `okr.yml`, which wins over today."""
    with collector_paused():
        return _study(tree, as_of, today)


def _study(tree: Tree, as_of: date | None, today: date) -> Study:
    files, refused = tree.read()
    documents, misshapen = load(files)
    workspace, unresolved = resolve(documents)
    if workspace is None:
        return Study(without_echoes((*refused, *misshapen, *unresolved)), None, frozen=False)
    measured, unmeasured = measure_all(workspace)
    problems = without_echoes((*refused, *misshapen, *unresolved, *unmeasured))
    fixed = workspace.organization.as_of
    frozen = as_of is None and fixed is not None
    if any(problem.severity is Severity.ERROR for problem in problems):
        return Study(problems, None, frozen)
    return Study(problems, score(workspace, measured, as_of or fixed or today), frozen)


def page_texts(scores: Scores) -> Mapping[str, str]:
    """Every page of the generated folder as text, by its path."""
    with collector_paused():
        return {page.path: render(page) for page in pages_of(scores)}


def generate(
    root: Path, inputs: Inputs, *, as_of: date | None, today: date, only_look: bool = False
) -> tuple[Study, Written | None]:
    """Bring the generated folder up to date; with errors nothing is written.

    A run that had something to say isn't remembered as done, so that the next one says it again.
    """
    found = study(inputs, as_of=as_of, today=today)
    if found.scores is None:
        return found, None
    fingerprint = inputs.fingerprint(None if found.frozen else found.scores.as_of)
    written = write_pages(
        root,
        page_texts(found.scores),
        fingerprint="" if found.problems else fingerprint,
        frozen=found.frozen,
        only_look=only_look,
    )
    return found, written
