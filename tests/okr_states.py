"""Brings the files of a company through all steps, as many tests need it.

`read_state` goes from files to measured key results and keeps every problem; `grade_files` goes on
to scores and expects no problem; `rule_findings` goes on to what the rules say. `TextTree` is a
tree of files that were never on disk, for tests of the whole pipeline.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from okrdocs.format.loader import Documents, load_documents
from okrdocs.grading.aggregate import score_workspace
from okrdocs.grading.measure import MeasuredKeyResult, measure_all
from okrdocs.grading.results import Scores
from okrdocs.lint.run import find_problems
from okrdocs.lint.selection import RuleChoice
from okrdocs.lint.settings import rules_to_run
from okrdocs.problem import Problem
from okrdocs.source.disk import File
from okrdocs.workspace.resolve import resolve
from okrdocs.workspace.workspace import ResolvedRef, Workspace

LINT_DAY = date(2025, 2, 12)
"""The day of tests of rules, unless the example's `okr.yml` names another."""


@dataclass(frozen=True, slots=True)
class ReadState:
    """A company up to its measures, with what was wrong at each of the three steps."""

    workspace: Workspace
    measured: Mapping[ResolvedRef, MeasuredKeyResult]
    misshapen: tuple[Problem, ...]
    unresolved: tuple[Problem, ...]
    unmeasured: tuple[Problem, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong, step by step."""
        return (*self.misshapen, *self.unresolved, *self.unmeasured)

    def scores(self, day: date) -> Scores:
        """The grades as of a day."""
        return score_workspace(self.workspace, self.measured, day)


@dataclass(frozen=True, slots=True)
class TextTree:
    """A tree of files from their texts, by their path: `okrs/okr.yml`."""

    texts: Mapping[str, str]

    def read(self) -> tuple[tuple[File, ...], tuple[Problem, ...]]:
        """The files by path, as those of a disk, and no file that was refused."""
        return files_from(self.texts), ()


def files_from(texts: Mapping[str, str]) -> tuple[File, ...]:
    """Files from their texts by path, sorted as a tree gives them."""
    return tuple(File(path, texts[path].encode()) for path in sorted(texts))


def read_state(files: Iterable[File]) -> ReadState:
    """Load, resolve and measure files that hold at least an `okr.yml`."""
    documents, misshapen = load_documents(files)
    state = read_documents(documents)
    return ReadState(state.workspace, state.measured, misshapen, state.unresolved, state.unmeasured)


def read_documents(documents: Documents) -> ReadState:
    """Resolve and measure documents that hold at least an `okr.yml`."""
    workspace, unresolved = resolve(documents)
    assert workspace is not None, unresolved
    measured, unmeasured = measure_all(workspace)
    return ReadState(workspace, measured, (), unresolved, unmeasured)


def grade_files(files: Iterable[File], day: date) -> Scores:
    """The grades as of a day of files without any problem."""
    state = read_state(files)
    assert state.problems == ()
    return state.scores(day)


def rule_findings(
    files: Iterable[File], codes: Iterable[str], *, may_lack_measures: bool = False
) -> tuple[Problem, ...]:
    """What these rules say of files that are otherwise without a problem.

    `may_lack_measures`: for titles alone, of which no measure follows.
    """
    state = read_state(files)
    active, unsettled = rules_to_run(state.workspace.organization, RuleChoice(frozenset(codes)))
    assert (*state.misshapen, *state.unresolved, *unsettled) == ()
    assert may_lack_measures or state.unmeasured == ()
    return find_problems(state.scores(state.workspace.organization.as_of or LINT_DAY), active)
