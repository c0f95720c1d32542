"""`okr`: parsing of arguments, the one error boundary, the one clock."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

from okrdocs import __version__
from okrdocs.commands import Days
from okrdocs.errors import OkrError, UsageError
from okrdocs.report.console import Console

INTERRUPTED = 130
Command = Callable[[argparse.Namespace, Path, Console, Days], int]
MARKER = Path("okrs") / "okr.yml"
# Those of `report.Format`, which is imported only by the commands that print with it.
_FORMATS = ("full", "concise", "json", "github", "sarif", "markdown", "gitlab")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code: 0 fine, 1 findings, 2 wrong use, 130 interrupted."""
    options = parser().parse_args(arguments)
    console = _console(options)
    try:
        exit_code = _run(options, console)
        # A reader that left early shows here, not when the interpreter ends.
        console.finish()
        return exit_code
    except OkrError as fault:
        console.complain(f"okr: {fault}")
        return fault.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def program() -> NoReturn:
    """The command itself: as `main`, then out at once.

    All that is to be kept is on the disk by then, and to take millions of objects apart one by one
    would be a tenth of a second for nothing.
    """
    exit_code = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # said already, where it could be
            stream.flush()
    os._exit(exit_code)


def parser() -> argparse.ArgumentParser:
    """Every command with its options; docs/reference/cli.md is generated from it."""
    parser = argparse.ArgumentParser(
        prog="okr",
        description="OKRs as code: check the YAML, write the documents, build the site.",
    )
    parser.add_argument("--version", action="version", version=f"okr {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    common = _common()

    def command(name: str, about: str, run: Command) -> argparse.ArgumentParser:
        added = commands.add_parser(name, parents=[common], help=about, description=about)
        added.set_defaults(run=run, anywhere=False)
        return added

    # In the order in which they are listed.
    _add_check(command("check", "Find everything that is wrong with the OKR files.", _check))
    _add_generate(command("generate", "Write the Markdown pages into docs/okrs/.", _generate))
    _add_build(command("build", "Write the pages and build the site.", _build))
    _add_serve(command("serve", "Show the site live; every edit of the YAML rebuilds it.", _serve))
    _add_rev(command("status", "Show where the current cycle stands.", _status))
    what = "Show what changed in the OKRs, and what it did to the grades."
    _add_diff(command("diff", what, _diff))
    _add_base(command("comment", "Print the review comment on what a branch changes.", _comment))
    _add_form(command("remind", "Show who owes a check-in, a review or grades.", _remind))
    what = "Show how a number comes about, or what a code means."
    _add_explain(command("explain", what, _explain))
    _add_export(command("export", "Print every number for other programs.", _export))
    _add_digest(command("digest", "Print what an approval names: the digest of a cycle.", _digest))
    _add_schema(command("schema", "Print or write the JSON Schemas for editors.", _schema))
    return parser


def _common() -> argparse.ArgumentParser:
    """The options of every command."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--root", type=Path, metavar="DIR", help="the folder that holds okrs/")
    common.add_argument(
        "--as-of", type=_day, metavar="DATE", help="see the OKRs as of this day (YYYY-MM-DD)"
    )
    common.add_argument("-q", "--quiet", action="store_true", help="only results and faults")
    common.add_argument("--no-color", action="store_true", help="plain text (also NO_COLOR)")
    return common


def _add_rev(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--rev", metavar="REV", help="the OKRs as they stood at this revision, on its day"
    )


def _add_drafts(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--drafts", action="store_true", help="with what is a draft, which is left out otherwise"
    )


def _add_base(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "base", nargs="?", metavar="BASE", help="a revision; by default where this branch began"
    )


def _add_form(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--format", choices=("text", "markdown", "json"), default="text", help="how to print it"
    )


def _add_check(check: argparse.ArgumentParser) -> None:
    check.add_argument("--format", choices=_FORMATS, default="full", help="how to print it")
    check.add_argument(
        "--select", type=_names, metavar="RULES", help="only these rules or families, by comma"
    )
    check.add_argument(
        "--ignore", type=_names, metavar="RULES", help="without these rules or families"
    )
    check.add_argument(
        "--fail-on",
        choices=("error", "warning", "info", "never"),
        default="error",
        help="the least severity for exit code 1 (default: error)",
    )
    check.add_argument("--closed", action="store_true", help="review closed cycles as well")
    check.add_argument(
        "--update-baseline",
        action="store_true",
        help="write today's findings down as old debts; later, take out those that are paid",
    )
    check.add_argument("--fix", action="store_true", help="mend what is safe to, after a diff")
    check.add_argument("--yes", action="store_true", help="with --fix: don't ask")


def _add_generate(generate: argparse.ArgumentParser) -> None:
    generate.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 where a page would change"
    )
    _add_drafts(generate)
    _add_rev(generate)


def _add_build(build: argparse.ArgumentParser) -> None:
    build.add_argument("--site-dir", type=Path, metavar="DIR", help="where to (default: site/)")
    build.add_argument(
        "--pdf",
        nargs="?",
        const="",
        metavar="CYCLE",
        help="also print the document with all teams, of the current cycle, of the one"
        " that is named, or of `all`",
    )
    build.add_argument(
        "--paper", choices=("a4", "letter"), default="a4", help="with --pdf: its size"
    )
    _add_drafts(build)
    _add_rev(build)


def _add_serve(serve: argparse.ArgumentParser) -> None:
    serve.add_argument(
        "--address", default="127.0.0.1:8000", metavar="HOST:PORT", help="where it listens"
    )
    serve.add_argument("--open", action="store_true", help="open a browser")
    serve.add_argument(
        "--public", action="store_true", help="without drafts, as `okr build` makes it"
    )


def _add_diff(diff: argparse.ArgumentParser) -> None:
    _add_base(diff)
    diff.add_argument(
        "head", nargs="?", metavar="HEAD", help="a revision; by default the files on disk"
    )
    _add_form(diff)


def _add_explain(explain: argparse.ArgumentParser) -> None:
    explain.add_argument(
        "wanted",
        metavar="REF|CODE",
        help="team/objective#key-result, an objective, team, cycle or metric; or a finding's code",
    )
    _add_rev(explain)
    explain.set_defaults(anywhere=True)


def _add_export(export: argparse.ArgumentParser) -> None:
    export.add_argument("--format", choices=("json",), default="json", help="how to print it")
    _add_drafts(export)
    _add_rev(export)


def _add_digest(digest: argparse.ArgumentParser) -> None:
    digest.add_argument(
        "cycle", nargs="?", metavar="CYCLE", help="its id; by default the current one"
    )
    _add_rev(digest)


def _add_schema(schema: argparse.ArgumentParser) -> None:
    schema.add_argument(
        "file",
        nargs="?",
        choices=("organization", "metrics", "cycle", "team"),
        default="team",
        help="the kind of file whose schema is printed",
    )
    schema.add_argument("--write", type=Path, metavar="DIR", help="write all of them into a folder")
    schema.set_defaults(anywhere=True)


def _names(text: str) -> frozenset[str]:
    """Codes and families, parted by commas."""
    return frozenset(name.strip() for name in text.split(",") if name.strip())


def _day(text: str) -> date:
    """A day as YYYY-MM-DD; `fromisoformat` alone also takes `20250201` and weeks."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise argparse.ArgumentTypeError(f"`{text}` isn't a date like 2025-02-01")
    return day


def _console(options: argparse.Namespace) -> Console:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    shown = sys.stdout.isatty() and sys.stderr.isatty()
    plain = options.no_color or os.environ.get("NO_COLOR") or not shown
    width = shutil.get_terminal_size().columns
    asks = sys.stdin if sys.stdin is not None and sys.stdin.isatty() and shown else None
    return Console(sys.stdout, sys.stderr, not plain, options.quiet, width, asks)


def _folder(given: Path | None) -> Path:
    """The folder that was named, or the nearest one upward that holds okrs/okr.yml."""
    if given is not None:
        return given.resolve()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / MARKER).is_file():
            return folder
    raise UsageError(
        f"Neither {here} nor a folder above it holds {MARKER}."
        " Go to your OKRs' repository, or name it with `--root DIR`."
    )


def _run(options: argparse.Namespace, console: Console) -> int:
    root = Path() if options.anywhere else _folder(options.root)
    days = Days(options.as_of, datetime.now().astimezone().date())
    # MkDocs' theme prints a banner about its future on every run.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    exit_code: int = options.run(options, root, console, days)
    return exit_code


# Each command imports what it needs only when it runs: MkDocs alone takes a quarter second.


def _check(options: argparse.Namespace, root: Path, console: Console, days: Days) -> int:
    from okrdocs.commands import check
    from okrdocs.lint.selection import RuleChoice
    from okrdocs.problem import Severity
    from okrdocs.report import Format

    asked = check.Options(
        form=Format(options.format),
        choice=RuleChoice(options.select or frozenset(), options.ignore or frozenset()),
        fail_on=None if options.fail_on == "never" else Severity(options.fail_on),
        closed=options.closed,
        update_baseline=options.update_baseline,
        fix=options.fix,
        yes=options.yes,
    )
    return check.run(root, console, days, asked)


def _generate(options: argparse.Namespace, root: Path, console: Console, days: Days) -> int:
    from okrdocs.commands import generate

    return generate.run(
        root, console, days, only_look=options.check, rev=options.rev, drafts=options.drafts
    )


def _build(options: argparse.Namespace, root: Path, console: Console, days: Days) -> int:
    from okrdocs.commands import build

    folder = options.site_dir.resolve() if options.site_dir else None
    pdf = None if options.pdf is None else build.Pdf(options.pdf, options.paper, os.environ)
    return build.run(
        root, console, days, folder=folder, rev=options.rev, drafts=options.drafts, pdf=pdf
    )


def _serve(options: argparse.Namespace, root: Path, console: Console, days: Days) -> int:
    from okrdocs.commands import serve

    return serve.run(
        root,
        console,
        days,
        address=options.address,
        open_in_browser=options.open,
        drafts=not options.public,
    )


def _status(options: argparse.Namespace, root: Path, console: Console, days: Days) -> int:
    from okrdocs.commands import status

    return status.run(root, console, days, rev=options.rev)


def _diff(options: argparse.Namespace, root: Path, console: Console, days: Days) -> int:
    from okrdocs.commands import diff
    from okrdocs.report.diff_formats import DiffFormat

    form = DiffFormat(options.format)
    return diff.run(root, console, days, base=options.base, head=options.head, form=form)


def _comment(options: argparse.Namespace, root: Path, console: Console, days: Days) -> int:
    from okrdocs.commands import comment

    return comment.run(root, console, days, base=options.base)


def _remind(options: argparse.Namespace, root: Path, console: Console, days: Days) -> int:
    from okrdocs.commands import remind
    from okrdocs.report.reminder import ReminderFormat

    return remind.run(root, console, days, form=ReminderFormat(options.format))


def _explain(options: argparse.Namespace, _root: Path, console: Console, days: Days) -> int:
    from okrdocs.commands import explain, explain_code
    from okrdocs.report.rule_docs import known_rules

    if options.wanted in known_rules():
        return explain_code.run(console, known_rules()[options.wanted])
    root = _folder(options.root)
    return explain.run(root, console, days, wanted=options.wanted, rev=options.rev)


def _export(options: argparse.Namespace, root: Path, console: Console, days: Days) -> int:
    from okrdocs.commands import export

    return export.run(root, console, days, rev=options.rev, drafts=options.drafts)


def _digest(options: argparse.Namespace, root: Path, console: Console, days: Days) -> int:
    from okrdocs.commands import digest

    return digest.run(root, console, days, cycle=options.cycle, rev=options.rev)


def _schema(options: argparse.Namespace, _root: Path, console: Console, _days: Days) -> int:
    from okrdocs.commands import schema

    return schema.run(console, file=options.file, folder=options.write)


if __name__ == "__main__":
    program()
