"""What a company answers to `okr init`, and how its words become values: no file is read here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from okrdocs.errors import UsageError
from okrdocs.format.loader import RESERVED_TEAM_IDS
from okrdocs.format.reference import SLUG_LENGTH, slug_from
from okrdocs.problem import nearest_hint
from okrdocs.workspace.calendar import FiscalCalendar, Period, period_from_slug

COMPANY = "company"
"""The id of the team that is the whole company."""
MOST_TEAMS = 100
_LONGEST_NAME = 100
# `product-lead-12` must still be an id.
_LONGEST_ID = SLUG_LENGTH - 10
# Windows has no files of these names.
_DEVICES = (
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
)
_NOT_IDS = RESERVED_TEAM_IDS | {COMPANY, *_DEVICES}
_NOT_SHOWN = re.compile("[\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff\ufffd]+")
_OWNER = re.compile(r"@[\w.-]+(?:/[\w.-]+)*|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)


class CodeHost(StrEnum):
    """Where the repository is hosted, as far as files for it are written."""

    GITHUB = "github"
    GITLAB = "gitlab"
    NONE = "none"


class Publishing(StrEnum):
    """Who publishes the site: the code host's pages, or nobody that `okr init` sets up."""

    PAGES = "pages"
    NONE = "none"


class NamedTeam(NamedTuple):
    """A team below the company: its id, which is also its file's name, and what people call it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Answers:
    """All that the files follow from.

    `owners` are names of the code host by the id of a team.
    """

    company: str
    cycle: str
    teams: tuple[NamedTeam, ...]
    host: CodeHost
    publishing: Publishing
    owners: Mapping[str, tuple[str, ...]]
    today: date

    @property
    def period(self) -> Period:
        """Return the days of the first cycle."""
        period = period_from_slug(self.cycle, FiscalCalendar())
        assert period is not None  # `cycle_name` made sure
        return period


def current_quarter(today: date) -> str:
    """Return the cycle of a day, such as `2026-Q1`."""
    return f"{today.year:04}-Q{(today.month + 2) // 3}"


def one_line_name(text: str, what: str) -> str:
    """Return a name without line breaks and controls. Raises UsageError for an unusable one."""
    name = _NOT_SHOWN.sub(" ", text).strip()
    if not any(map(str.isalnum, name)):
        raise UsageError(f"The name of {what} has no letter or digit. Write it as people say it.")
    if len(name) > _LONGEST_NAME:
        raise UsageError(
            f"The name of {what} has {len(name)} characters; at most {_LONGEST_NAME} fit on a page."
        )
    return name


def cycle_name(text: str) -> str:
    """Return the name of a cycle's folder. Raises UsageError where it doesn't name its days."""
    name = text.strip().upper()
    if period_from_slug(name, FiscalCalendar()) is None or name.startswith("FY"):
        raise UsageError(
            f"`{text.strip()}` names no cycle. Write a quarter, half or year such as `2026-Q1`,"
            " `2026-H1` or `2026`; for fiscal years, add `calendar:` to okrs/okr.yml afterwards."
        )
    return name


def teams_of_names(texts: Iterable[str]) -> tuple[NamedTeam, ...]:
    """Return the teams of names that are separated by commas; each gets an id of its own.

    Raises UsageError for a name that can't be used, and for too many teams.
    """
    parts = [part for text in texts for part in text.split(",") if part.strip()]
    names = dict.fromkeys(one_line_name(part, "a team") for part in parts)
    if len(names) > MOST_TEAMS:
        raise UsageError(f"{len(names)} teams are too many to begin with; {MOST_TEAMS} fit.")
    teams: dict[str, NamedTeam] = {}
    for number, name in enumerate(names, 1):
        id_ = _free_id(name, number, teams)
        teams[id_] = NamedTeam(id_, name)
    return tuple(teams.values())


def _free_id(name: str, number: int, taken: Iterable[str]) -> str:
    """Return an id like the name that no other team has; `team-2` where no letter can be kept."""
    wanted = slug_from(name)[:_LONGEST_ID].rstrip("-") or f"team-{number}"
    if wanted in _NOT_IDS:
        wanted = f"{wanted}-team"
    others = set(taken)
    free = (wanted, *(f"{wanted}-{n}" for n in range(2, MOST_TEAMS + 2)))
    return next(each for each in free if each not in others)


def code_host(text: str) -> CodeHost:
    """Return the code host of a word. Raises UsageError for any other word."""
    return CodeHost(_known_word(text, CodeHost, "a code host"))


def publishing(text: str) -> Publishing:
    """Return the way of publishing of a word. Raises UsageError for any other word."""
    return Publishing(_known_word(text, Publishing, "a way of publishing"))


def _known_word(text: str, words: Iterable[str], what: str) -> str:
    word, known = text.strip().lower(), [str(each) for each in words]
    if word not in known:
        raise UsageError(f"`{text.strip()}` isn't {what}. Write one of: {', '.join(known)}.")
    return word


def owners_of_teams(
    texts: Iterable[str], teams: Iterable[NamedTeam]
) -> Mapping[str, tuple[str, ...]]:
    """Return who owns which team's files, from texts such as `product=@acme/product`.

    The team is named by id or name. Raises UsageError for another team, and for what isn't the
    name of a user or group or an e-mail address.
    """
    ids = {COMPANY: COMPANY}
    for team in teams:
        ids |= {team.id: team.id, team.name.casefold(): team.id}
    owners: dict[str, tuple[str, ...]] = {}
    for text in filter(None, (part.strip() for part in ",".join(texts).split(","))):
        name, equals, owner = (part.strip() for part in text.rpartition("="))
        if not equals or not _OWNER.fullmatch(owner):
            raise UsageError(
                f"`{text}` doesn't say who owns a team's files. Write `TEAM=@NAME`, such as"
                " `product=@acme/product`."
            )
        team_id = ids.get(name.casefold())
        if team_id is None:
            hint = nearest_hint(name, ids) or f"There are: {', '.join(sorted(set(ids.values())))}."
            raise UsageError(f"There is no team `{name}`. {hint}")
        owners[team_id] = (*owners.get(team_id, ()), owner)
    return owners
