"""Writes Atom feeds of check-ins and changes, for the company and for each team.

Scores and History in, {path: text} out, pure. The format is RFC 4287. Addresses are relative to the
feed, as the site's own address isn't known here; `site.feed_links` completes them where it is.
"""

from __future__ import annotations

import heapq
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import NamedTuple
from xml.etree import ElementTree

from okrdocs.diff import OkrChange
from okrdocs.format.records import CheckIn
from okrdocs.grading.results import Scores
from okrdocs.history.events import History, HistoryStep
from okrdocs.markup.escape import terminal_text
from okrdocs.pages.changes import IMPORTANT, NO_HISTORY, steps_with_changes
from okrdocs.pages.parts.check_in_log import blockers_and_asks
from okrdocs.pages.urls import CHANGES, FEED, item_url, team_feed
from okrdocs.workspace.workspace import ResolvedRef

NEWEST, NEWEST_OF_TEAM = 100, 30
_MARK = "<!-- Written by okrdocs from the files in okrs/. Change those; this is written anew. -->"
_SPACE = uuid.UUID("7a3c2f0e-5b8d-5f6a-9c41-2d1e8b0f4a67")
_ATOM = "http://www.w3.org/2005/Atom"


class FeedCheckIn(NamedTuple):
    """One check-in of a key result; `number` counts those on one day."""

    day: date
    ref: ResolvedRef
    number: int
    check_in: CheckIn


class FeedEntry(NamedTuple):
    """A check-in, or what a commit changed, as a feed shows it; `page` is where its link leads."""

    day: date
    name: str
    title: str
    author: str
    text: str
    page: str


def atom_feeds(scores: Scores, history: History = NO_HISTORY) -> Mapping[str, str]:
    """Return the feeds by their paths in the generated folder: `feed.xml`, `feeds/<team>.xml`.

    A team that had another id keeps that feed as well: readers have subscribed to it.
    """
    by_team: dict[str, list[FeedCheckIn]] = {team: [] for team in scores.workspace.teams}
    for reported in _feed_check_ins(scores):
        by_team.setdefault(reported.ref.team, []).append(reported)
    every = _newest_check_ins((r for given in by_team.values() for r in given), NEWEST)
    newest = {team: _newest_check_ins(given, NEWEST_OF_TEAM) for team, given in by_team.items()}
    steps = _notable_steps_by_team(history, scores)
    name = scores.workspace.organization.organization
    change_entries = (
        _change_entry(step, changes, "", scores) for step, changes in steps.get("", [])[:NEWEST]
    )
    entries = [*_check_in_entries(every, scores), *change_entries]
    texts = {FEED: _feed_xml(f"{name}: OKRs", FEED, _newest_first(entries, NEWEST), scores)}
    for team_id, team in scores.workspace.teams.items():
        title, path = f"{name}, {team.name}: OKRs", team_feed(team_id)
        change_entries = (
            _change_entry(step, changes, team_id, scores)
            for step, changes in steps.get(team_id, [])[:NEWEST_OF_TEAM]
        )
        entries = [*_check_in_entries(newest[team_id], scores), *change_entries]
        own = _newest_first(entries, NEWEST_OF_TEAM)
        texts[path] = _feed_xml(title, path, own, scores)
        for former in (team_feed(old) for old in team.was if old not in scores.workspace.teams):
            texts[former] = _feed_xml(title, former, own, scores)
    return texts


def _newest_first(entries: Iterable[FeedEntry], count: int) -> list[FeedEntry]:
    """Return the newest entries, the newest first."""
    return sorted(entries, key=lambda entry: entry.day, reverse=True)[:count]


def _notable_steps_by_team(
    history: History, scores: Scores
) -> Mapping[str, list[tuple[HistoryStep, list[OkrChange]]]]:
    """Return the steps that changed goalposts or commitments, newest first; "" is the company."""
    steps_by_team: dict[str, list[tuple[HistoryStep, list[OkrChange]]]] = {}
    for step in steps_with_changes(history, scores):
        by_team: dict[str, list[OkrChange]] = {}
        for change in step.changes if step.revision else ():
            if change.importance in IMPORTANT:
                for team in {"", change.team}:
                    by_team.setdefault(team, []).append(change)
        for team, notable in by_team.items():
            steps_by_team.setdefault(team, []).append((step, notable))
    return steps_by_team


def _change_entry(
    step: HistoryStep, changes: Sequence[OkrChange], team: str, scores: Scores
) -> FeedEntry:
    sentences = [f"{c.sentence[:1].upper()}{c.sentence[1:]}" for c in changes]
    more = f" (and {len(changes) - 1} more)" if len(changes) > 1 else ""
    refs = {change.ref for change in changes}
    ref = refs.pop() if len(refs) == 1 else None
    there = ref is not None and (ref in scores.objectives or ref in scores.key_results)
    return FeedEntry(
        step.day_in_force,
        f"{step.revision} {team}",
        f"{sentences[0]}{more}",
        step.author,
        "; ".join(sentences),
        item_url(ref) if ref and there else CHANGES,
    )


def _feed_check_ins(scores: Scores) -> Iterator[FeedCheckIn]:
    for score in scores.key_results.values():
        counts: dict[date, int] = {}
        for check_in in score.entry.key_result.check_ins:
            if check_in.date <= scores.as_of:
                number = counts[check_in.date] = counts.get(check_in.date, 0) + 1
                yield FeedCheckIn(check_in.date, score.entry.ref, number, check_in)


def _newest_check_ins(given: Iterable[FeedCheckIn], count: int) -> list[FeedCheckIn]:
    """Return the newest check-ins, the newest first: only these are put into words."""
    return heapq.nlargest(count, given, key=itemgetter(0, 1, 2))


def _check_in_entries(given: Iterable[FeedCheckIn], scores: Scores) -> list[FeedEntry]:
    return [_check_in_entry(reported, scores) for reported in given]


def _check_in_entry(reported: FeedCheckIn, scores: Scores) -> FeedEntry:
    day, ref, number, check_in = reported
    score, workspace = scores.key_results[ref], scores.workspace
    team = workspace.teams[ref.team].name if ref.team in workspace.teams else ref.team
    texts = [check_in.value or "", check_in.rag.value if check_in.rag else ""]
    raised = [f"{label}: {text}" for label, text in blockers_and_asks(check_in)]
    fallback = "a note" if check_in.note or raised else "a check-in"
    news = ", ".join(word for word in texts if word) or fallback
    names = [check_in.by] if check_in.by else [*score.entry.key_result.owner]
    lines = [check_in.note or "", *raised]
    return FeedEntry(
        day,
        f"{ref} {day} {number}",
        f"{team} KR{score.entry.number} “{score.entry.key_result.title}”: {news}",
        ", ".join(workspace.name_of(name) for name in names) or team,
        "\n".join(line for line in lines if line),
        item_url(ref),
    )


def _feed_xml(title: str, path: str, entries: Sequence[FeedEntry], scores: Scores) -> str:
    """Return one feed as XML, dated like its newest entry: the same OKRs make the same feed."""
    up = "../" * path.count("/")
    feed = ElementTree.Element("feed", {"xmlns": _ATOM})
    _add_text(feed, "id", _feed_id(f"{scores.workspace.organization.organization} {path}"))
    _add_text(feed, "title", title)
    _add_text(feed, "updated", _timestamp(entries[0].day if entries else date(2000, 1, 1)))
    ElementTree.SubElement(feed, "link", {"rel": "self", "href": path.rpartition("/")[2]})
    ElementTree.SubElement(feed, "link", {"href": f"{up}index.html"})
    author = ElementTree.SubElement(feed, "author")
    _add_text(author, "name", scores.workspace.organization.organization)
    for entry in entries:
        _append_entry(feed, entry, up)
    ElementTree.indent(feed)
    body = ElementTree.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{_MARK}\n{body}\n'


def _append_entry(feed: ElementTree.Element, entry: FeedEntry, up: str) -> None:
    element = ElementTree.SubElement(feed, "entry")
    _add_text(element, "id", _feed_id(entry.name))
    _add_text(element, "title", entry.title)
    _add_text(element, "updated", _timestamp(entry.day))
    _add_text(ElementTree.SubElement(element, "author"), "name", entry.author)
    place = f"{up}{entry.page.replace('.md', '.html', 1)}"
    ElementTree.SubElement(element, "link", {"href": place})
    if entry.text:
        _add_text(element, "summary", entry.text)


def _add_text(parent: ElementTree.Element, name: str, text: str) -> None:
    """Add a child with text as a person typed it; what XML can't contain is left out."""
    ElementTree.SubElement(parent, name).text = terminal_text(text)


def _feed_id(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_SPACE, name)}"


def _timestamp(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
