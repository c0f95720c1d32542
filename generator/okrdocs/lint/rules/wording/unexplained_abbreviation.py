"""An abbreviation that readers of other teams won't know isn't explained.

OKRs are written for those who aren't in the team: they are how Sales learns what Operations is up
to. "OTIF to 96%" tells the warehouse everything and everyone else nothing, so nobody asks, helps or
objects.

Write it out once, with the short form behind it: "On time, in full (OTIF) to 96%", or explain it in
`why:`. Abbreviations of everyday business, the web and OKRs themselves pass (CEO, API, NPS, ARR,
SLA …), and so do units, currencies, names of teams, tools and people in `okr.yml` and their
initials, words in capitals for emphasis, and what a tracker puts in brackets ("[P1][INFRA]"). What
the objective explains, its key results may use.

`allow` lists what everybody in your company knows.

Source: the Plain Writing Act guidelines (plainlanguage.gov, "Minimize abbreviations"); Doerr,
*Measure What Matters* (2018), on OKRs that everybody can read. The list is our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from okrdocs.format.records import KeyResult, Objective, Organization
from okrdocs.grading.results import State
from okrdocs.lint.english.abbreviations import EMPHASISED_WORDS, KNOWN_ABBREVIATIONS, UNITS
from okrdocs.lint.english.text import parse_title
from okrdocs.lint.rule import NO_WORDS, Family, Finding, RuleOptions, Subject, span_of_field
from okrdocs.problem import Severity
from okrdocs.workspace.workspace import ResolvedRef, Workspace

FAMILY = Family.WORDING
SEVERITY = Severity.INFO
OPTIONS = RuleOptions(allow=NO_WORDS)
VALID = (
    """
    objectives:
      - id: punctual
        title: Shops can plan with our trucks
        key_results:
          - id: otif
            title: On time, in full (OTIF) from 89% to 96%
            baseline: 64%
            target: 96%
          - id: rto
            title: RTO of the order system from 24 h to 4 h
            why: The recovery time objective is what shops feel when we fail.
            baseline: 24 h
            target: 4 h
    """,
    """
    objectives:
      - id: punctual
        title: The CEO can trust our API
    """,
)
INVALID = (
    """
    objectives:
      - id: punctual
        title: Shops can plan with our trucks
        key_results:
          - id: otif
            title: OTIF from 89% to 96%
            baseline: 64%
            target: 96%
    """,
)
_SHORT = re.compile(r"(?<![\w#@/.-])([A-Z]{2,6})(s|\d{1,2})?(?![\w@]|\.\w|-?\d|/[A-Z])")
_CHAIN = re.compile(r"(?<![\w#@.-])([A-Z]{2,6}(?:/[A-Z]{2,6})+)(?![\w@])")
_SHOUTED = re.compile(r"\b(?:[A-Z]{2,} )*[A-Z]{7,}(?: [A-Z]{2,})*\b")
_TAG = re.compile(r"\[[A-Z0-9][A-Z0-9 /&-]{0,14}\]")
"""What a tracker puts in front or behind: "[P1][INFRA]"."""
_NO_SHORTS = EMPHASISED_WORDS | UNITS
_CAPITALS = re.compile(r"[A-Z][A-Z]")
_WORD = re.compile(r"[^\W\d_]+")
_CALM = re.compile(r"[a-z]{2,}")


def check(subject: Subject) -> Iterator[Finding]:
    """Find the first unexplained abbreviation of each title."""
    organization = subject.scores.workspace.organization
    named = _words_of_own_names(organization) | (subject.options.allow or NO_WORDS)
    elsewhere = _texts_by_team(subject.scores.workspace)
    for score in subject.objectives():
        objective = score.entry.objective
        team = organization.teams.get(score.entry.ref.team)
        texts = elsewhere[score.entry.ref.team]
        about = (team.about if team else None) or ""
        context = f"{objective.title}\n{objective.why or ''}\n{about}"
        yield from _finding_for_title(score.entry.ref, objective, context, named, texts)
        for part in score.key_results:
            if part.state is not State.DROPPED:
                key_result = part.entry.key_result
                mine = f"{key_result.title}\n{key_result.why or ''}\n{context}"
                yield from _finding_for_title(part.entry.ref, key_result, mine, named, texts)


def _texts_by_team(workspace: Workspace) -> Mapping[str, tuple[str, ...]]:
    """Return the titles that readers of a team's page know: its own and those of teams above."""
    own: dict[str, list[str]] = {}
    for entry in workspace.objectives.values():
        titles = own.setdefault(entry.ref.team, [])
        titles.append(entry.objective.title)
        titles.extend(part.key_result.title for part in entry.key_results)
    return {
        team: tuple(
            title for name in _team_and_above(team, workspace) for title in own.get(name, ())
        )
        for team in own
    }


def _team_and_above(team: str, workspace: Workspace) -> Iterator[str]:
    seen: set[str] = set()
    name: str | None = team
    while name is not None and name not in seen:
        yield name
        seen.add(name)
        record = workspace.teams.get(name)
        name = record.parent if record else None


def _finding_for_title(
    ref: ResolvedRef,
    record: Objective | KeyResult,
    where: str,
    named: frozenset[str],
    elsewhere: tuple[str, ...],
) -> Iterator[Finding]:
    short = _first_unexplained(record.title, where, named)
    if short and not any(_is_spelled_out_in(short, text) for text in elsewhere):
        yield Finding(
            str(ref),
            span_of_field(record.at, "title"),
            f"“{short}” isn't explained; readers of other teams may not know it.",
            f"Write it out once, followed by “({short})”, or explain it in `why:`.",
            group=short,
        )


def _first_unexplained(title: str, where: str, named: frozenset[str]) -> str:
    shorts = _unknown_abbreviations(title)
    return next(
        (s for s in shorts if s.lower() not in named and not _is_explained_in(s, where)), ""
    )


@lru_cache(maxsize=65536)
def _unknown_abbreviations(title: str) -> tuple[str, ...]:
    """Return the abbreviations of an English title that not everybody knows."""
    if not _CAPITALS.search(title):
        return ()
    text = parse_title(title)
    if not (text.english or len(text.words) == 1) or not _is_mostly_lower_case(text.plain):
        return ()
    plain = _SHOUTED.sub(" ", _TAG.sub(" ", text.plain))
    abbreviations = [match[1] for match in _SHORT.finditer(plain)]
    abbreviations += [short for match in _CHAIN.finditer(plain) for short in match[1].split("/")]
    return tuple(
        s
        for s in abbreviations
        if set(s) != {"X"} and s not in KNOWN_ABBREVIATIONS and s.lower() not in _NO_SHORTS
    )


def _is_mostly_lower_case(text: str) -> bool:
    """Return whether capitals are the exception: not a title that is typed in capitals.

    A title that is nothing but one abbreviation is no such title.
    """
    words = [word for word in _WORD.findall(text) if len(word) > 1]
    return len(words) == 1 or sum(_CALM.search(word) is not None for word in words) * 2 >= len(
        words
    )


def _is_explained_in(short: str, where: str) -> bool:
    """Return whether a text spells an abbreviation out, in brackets or by its initials."""
    if _is_spelled_out_in(short, where):
        return True
    initials = "".join(word[0] for word in _WORD.findall(where) if not word.isupper())
    return len(short) > 2 and short.lower() in initials.lower()


def _is_spelled_out_in(short: str, where: str) -> bool:
    if any(where.find(f"({short}{end}") > 0 for end in (")", "s)")):
        return True
    _, bracket, after = where.partition(f"{short} (")
    if bracket and after[:1].islower() and " " in after.partition(")")[0]:
        return True
    return f"{short} means" in where or f"{short} stands for" in where


def _words_of_own_names(organization: Organization) -> frozenset[str]:
    """Return the words of a company's own names, in lower case."""
    names = [organization.organization, *organization.teams, *organization.people]
    names += [team.name for team in organization.teams.values()]
    names += [tool.name for tool in organization.tools]
    words = [_WORD.findall(name) for name in names]
    return frozenset(word.lower() for name in words for word in name) | frozenset(
        initials for name in words for initials in _initials(name)
    )


def _initials(name: list[str]) -> tuple[str, str]:
    """Return the initials of a name in lower case, with and without its small words."""
    long = (word for word in name if word[0].isupper())
    return "".join(word[0].lower() for word in name), "".join(word[0].lower() for word in long)
