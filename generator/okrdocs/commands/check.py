"""`okr check`: everything that is wrong with the files, and what a coach would say about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from okrdocs import baseline
from okrdocs.commands import FINDINGS, FINE, Days
from okrdocs.console import Console
from okrdocs.errors import OkrError, UsageError
from okrdocs.fresh import inputs_of
from okrdocs.lint.settings import NO_CHOICE, Choice, unknown_names
from okrdocs.problem import Severity
from okrdocs.report import Format, problems_as, summary, terminal_line
from okrdocs.report.known import known_rules
from okrdocs.review import Asked, Review, fails, review
from okrdocs.tree import File


@dataclass(frozen=True, slots=True)
class Options:
    """What `okr check` was asked for; `fail_on` is None for never."""

    form: Format = Format.FULL
    choice: Choice = NO_CHOICE
    fail_on: Severity | None = Severity.ERROR
    closed: bool = False
    update_baseline: bool = False
    fix: bool = False
    yes: bool = False


def run(root: Path, console: Console, days: Days, options: Options) -> int:
    """Print the findings; 1 where one is severe enough to fail."""
    _refuse_unknown(options.choice)
    inputs = inputs_of(root)
    asked = Asked(options.choice, options.closed, _debts(root))
    found = review(inputs, asked, as_of=days.as_of, today=days.today)
    if options.fix:
        return _fix(root, found, inputs.files, console, sure=options.yes)
    if options.update_baseline:
        return _update(root, found, asked.debts, console)
    shown = problems_as(options.form, found.problems, inputs.files, console, known_rules())
    if shown:
        console.say(shown)
    if options.form is Format.FULL:
        console.say(_closing(found, inputs.files, console))
    return FINDINGS if fails(found.problems, options.fail_on) else FINE


def _refuse_unknown(choice: Choice) -> None:
    for name, hint in unknown_names(sorted(choice.select | choice.ignore)):
        raise UsageError(f"There is no rule or family `{name}`. {hint}".rstrip())


def _closing(found: Review, files: tuple[File, ...], console: Console) -> str:
    """The last lines: the counts, and what was left out."""
    plural = "file" if len(files) == 1 else "files"
    said = summary(found.problems)
    head = f"\n{said}." if said else f"{len(files)} {plural} checked, nothing to mend."
    remarks = []
    if found.answered:
        remarks.append(f"{found.answered} answered by comments")
    if found.reckoning.old:
        remarks.append(f"{found.reckoning.old} old debts in {baseline.FILE}")
    if found.reckoning.paid:
        remarks.append(f"{found.reckoning.paid} debts paid: run `okr check --update-baseline`")
    parts = [head if said else console.styled(head, "green")]
    if remarks:
        parts.append(f"Not shown: {'; '.join(remarks)}.")
    if found.waiting:
        parts.append("Files with errors are reviewed further once those are mended.")
    return "\n".join(parts)


# ------------------------------------------------------------------- old debts


def _debts(root: Path) -> baseline.Debts | None:
    """The old debts; None where there is no file of them."""
    path = root / baseline.FILE
    if not path.exists():
        return None
    try:
        return baseline.read_debts(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        raise OkrError(f"`{path}` can't be read.") from fault


def _update(root: Path, found: Review, debts: baseline.Debts | None, console: Console) -> int:
    """Begin the file with all findings, or take out what has been paid; never add to it."""
    if found.waiting:
        raise OkrError("Mend the errors first: what is behind them isn't known yet.")
    known = found.reckoning.left if debts is not None else baseline.debts_of(found.problems)
    (root / baseline.FILE).write_text(baseline.debts_text(known), "utf-8")
    count = sum(known.values())
    paid = f", {found.reckoning.paid} paid" if debts is not None else ""
    console.say(f"{count} {'debt' if count == 1 else 'debts'} in {baseline.FILE}{paid}.")
    return FINE


# ------------------------------------------------------------------- mending


def _fix(
    root: Path, found: Review, files: tuple[File, ...], console: Console, *, sure: bool
) -> int:
    """Show what would change as a diff, ask, and write it."""
    from okrdocs.fixes import diff_of, fixes_for, mended

    scores = found.study.partial
    known = (
        {str(ref): s.entry.key_result for ref, s in scores.key_results.items()} if scores else {}
    )
    better = mended(files, fixes_for(found.problems, files, known))
    if not better:
        console.say("Nothing here can be mended without you.")
        return FINDINGS if fails(found.problems, Severity.ERROR) else FINE
    for line in diff_of(files, better):
        console.say(_colored(line, console))
    count = f"{len(better)} {'file' if len(better) == 1 else 'files'}"
    if not sure and not console.confirm(f"\nChange {count}?"):
        console.say(f"\nNothing was changed. `okr check --fix --yes` changes {count}.")
        return FINDINGS
    _write(root, better)
    console.say(f"\nChanged {count}.")
    return FINE


def _colored(line: str, console: Console) -> str:
    color = {"+": "green", "-": "red", "@": "blue"}.get(line[:1])
    shown = terminal_line(line)
    return console.styled(shown, color) if color else shown


def _write(root: Path, better: Iterable[File]) -> None:
    for file in better:
        beside = (root / file.path).with_suffix(".okr-tmp")
        try:
            beside.write_bytes(file.data)
            beside.replace(root / file.path)
        except OSError as fault:
            beside.unlink(missing_ok=True)
            raise OkrError(f"`{file.path}` can't be written: {fault.strerror}.") from fault
