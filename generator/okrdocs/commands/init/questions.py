"""Collects the answers: from options, then from what is there, then from the person or defaults."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from okrdocs.commands.arguments import Arguments
from okrdocs.commands.init import answers as words
from okrdocs.commands.init.answers import Answers, CodeHost, Publishing
from okrdocs.commands.init.surroundings import Surroundings
from okrdocs.errors import UsageError
from okrdocs.report.console import Console

_DEFAULT_TEAMS = "Product, Sales"
_NO_NAMES = frozenset({"", "okr", "okrs", "home", "root", "tmp", "src", "app", "work"})
_PUBLIC = (
    "GitHub Pages shows the site to everyone, even from a private repository, unless your plan\n"
    "has private Pages. Nothing is published before somebody switches Pages on."
)
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class _Asker:
    """Asks at a terminal until an answer can be used; takes defaults where nobody is asked."""

    console: Console
    asks: bool

    def answer(
        self, given: str | None, question: str, default: str, parse: Callable[[str], _Value]
    ) -> _Value:
        if given is not None or not self.asks:
            return parse(default if given is None else given)
        while True:
            try:
                return parse(self.console.ask(question, default))
            except UsageError as fault:
                self.console.print_error(str(fault))


def collect_answers(
    arguments: Arguments, surroundings: Surroundings, console: Console, today: date, *, asks: bool
) -> Answers:
    """Return all answers. Raises UsageError where an option can't be used."""
    asker = _Asker(console, asks)
    organization, record = surroundings.organization, surroundings.record
    if organization is not None:
        company, teams = organization.organization, surroundings.teams()
        cycle = words.cycle_name(arguments.cycle or record.cycle or words.current_quarter(today))
    else:
        name = _guessed_company(surroundings)
        company = asker.answer(arguments.company, "Company", name, _company)
        cycle = asker.answer(
            arguments.cycle, "First cycle", words.current_quarter(today), words.cycle_name
        )
        typed = ",".join(arguments.teams) if arguments.teams is not None else None
        question = "Teams, separated by commas"
        teams = asker.answer(typed, question, _DEFAULT_TEAMS, lambda t: words.teams_of_names([t]))
    host = asker.answer(
        arguments.host or record.host or None,
        "Code host for which files are written: github, gitlab or none",
        surroundings.host,
        words.code_host,
    )
    publishing = _publishing(arguments, surroundings, asker, host)
    typed = ",".join(arguments.owner or record.owners) or None
    owners = asker.answer(
        "" if typed is None and (record.host or host is CodeHost.NONE) else typed,
        "Who approves which team's changes, such as product=@acme/product; empty for nobody",
        "",
        lambda text: words.owners_of_teams([text], teams),
    )
    return Answers(company, cycle, teams, host, publishing, owners, today)


def _company(text: str) -> str:
    return words.one_line_name(text, "the company")


def _publishing(
    arguments: Arguments, surroundings: Surroundings, asker: _Asker, host: CodeHost
) -> Publishing:
    if host is CodeHost.NONE:
        return Publishing.NONE
    given = arguments.publish or surroundings.record.publishing or None
    if given is None and asker.asks and host is CodeHost.GITHUB:
        asker.console.print_note(_PUBLIC)
    question = "Who publishes the site: pages (of the code host) or none"
    return asker.answer(given, question, Publishing.PAGES, words.publishing)


def _guessed_company(surroundings: Surroundings) -> str:
    """Return the name of the remote's owner, or of the folder."""
    owner = surroundings.page.split("/")[3:4]
    for name in (*owner, surroundings.folder.name):
        spoken = re.sub(r"[\W_]+", " ", name).strip()
        if spoken.lower() not in _NO_NAMES and any(map(str.isalpha, spoken)):
            return spoken[:1].upper() + spoken[1:60]
    return "Our company"
