"""Writes sentences for amendments, retrospectives, teams, and drafts that are published.

`by_field` lists them with all others.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.diff.context import ChangeContext, team_name
from okrdocs.diff.field_edits import EditKind, FieldEdit
from okrdocs.diff.sentences.phrases import record_phrase
from okrdocs.diff.text_format import WORDS, join_with_and, quote, shorten
from okrdocs.format.records import Amendment, Retrospective, RollOver, Team, Visibility


def amendment_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    """Return what an added or removed amendment is for, and why.

    "" for other edits of amendments.
    """
    gone = edit.op is EditKind.REMOVED
    item = edit.before if gone else edit.after
    if not isinstance(item, Amendment) or edit.op not in (EditKind.ADDED, EditKind.REMOVED):
        return ""
    about = f" for {context.title_of_reference(item.ref, old=gone)}" if item.ref else ""
    by = f", by {context.short_names_of([item.by], old=gone)[0]}" if item.by else ""
    verb = "took back the amendment of" if gone else "amended"
    return f"{verb} {context.subject}{about} on {item.date}{by}: {quote(item.reason, WORDS)}"


def retrospective_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    """Return the sentence for a new retrospective, in the words of its questions; else ""."""
    if edit.op is not EditKind.ADDED or not isinstance(edit.after, Retrospective):
        return ""
    answer_phrases = "; ".join(_retrospective_answers(edit.after, context))
    answers = f": {shorten(answer_phrases, 2 * WORDS)}" if answer_phrases else ""
    return f"wrote the retrospective of {record_phrase(edit, context)}{answers}"


def _retrospective_answers(retrospective: Retrospective, context: ChangeContext) -> Iterator[str]:
    lists = {
        "worked": retrospective.worked,
        "didn't work": retrospective.did_not,
        "mattered": retrospective.contributed,
    }
    for question, texts in lists.items():
        if texts:
            yield f"{question} {join_with_and([quote(text) for text in texts])}"
    if retrospective.ambition:
        yield f"targets {quote(retrospective.ambition)}"
    if retrospective.roll_over:
        items = [_roll_over_phrase(item, context) for item in retrospective.roll_over]
        yield f"goes on {join_with_and(items)}"


def _roll_over_phrase(item: RollOver, context: ChangeContext) -> str:
    if item.ref is None:
        return quote(item.note or "")
    return context.title_of_reference(item.ref, old=False)


def team_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    """Return the sentence for a team that was added or removed, with its parent team and lead."""
    if edit.op is EditKind.REMOVED and isinstance(edit.before, Team):
        return _removed_team_sentence(edit.before, context)
    team = edit.after
    if edit.op is not EditKind.ADDED or not isinstance(team, Team):
        return ""
    above = f" below {team_name(team.parent, context.after.workspace)}" if team.parent else ""
    lead = join_with_and(context.short_names_of(team.lead, old=False))
    led = f", led by {lead}" if lead else ""
    about = f": {quote(team.about, WORDS)}" if team.about else ""
    return f"added the team {quote(team.name)}{above}{led}{about}"


def _removed_team_sentence(team: Team, context: ChangeContext) -> str:
    """Return the sentence for a removed team; its parent team has its former name."""
    above = f"was below {team_name(team.parent, context.before.workspace)}" if team.parent else ""
    lead = join_with_and(context.short_names_of(team.lead, old=True))
    was = ", ".join(filter(None, [above, f"led by {lead}" if lead else ""]))
    return f"removed the team {quote(team.name)}" + (f" (it {was})" if above else "")


def visibility_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    """Return the sentence for a draft that was published, or for what became a draft."""
    whose = record_phrase(edit, context)
    if edit.before is Visibility.DRAFT:
        return f"made {whose} public: it was a draft and counts from now on"
    if edit.after is Visibility.DRAFT:
        return f"made {whose} a draft: it isn't published and counts in no mean"
    return ""
