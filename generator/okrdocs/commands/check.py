"""`okr check`: everything that is wrong with the files, in one run."""

from __future__ import annotations

from pathlib import Path

from okrdocs.build import study
from okrdocs.commands import FINDINGS, FINE, Days
from okrdocs.console import Console
from okrdocs.fresh import inputs_of
from okrdocs.problem import Problem, Severity
from okrdocs.report import Format, problems_as, summary
from okrdocs.tree import File


def run(root: Path, console: Console, days: Days, *, form: Format) -> int:
    """Print the problems; 1 where one of them is an error."""
    inputs = inputs_of(root)
    found = study(inputs, as_of=days.as_of, today=days.today)
    text = problems_as(form, found.problems, inputs.files, console)
    if text:
        console.say(text)
    if form is Format.FULL:
        said = summary(found.problems)
        console.say(f"\n{said}." if said else _all_well(inputs.files, console))
    return FINDINGS if has_errors(found.problems) else FINE


def has_errors(problems: tuple[Problem, ...]) -> bool:
    """Whether any problem fails the run."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def tell(problems: tuple[Problem, ...], files: tuple[File, ...], console: Console) -> None:
    """The problems beside another command's result."""
    if problems:
        shown = problems_as(Format.FULL, problems, files, console)
        console.complain(f"{shown}\n\n{summary(problems)}.")


def _all_well(files: tuple[File, ...], console: Console) -> str:
    plural = "file" if len(files) == 1 else "files"
    return console.styled(f"{len(files)} {plural} checked, nothing to mend.", "green")
