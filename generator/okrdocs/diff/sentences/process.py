"""Sentences for what an organization decides around its numbers: amendments, retrospectives,
teams, drafts that are published.

A part of `deeds`, which lists them all.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.diff.context import Scene, team_name
from okrdocs.diff.field_edits import Edit, Op
from okrdocs.diff.sentences.phrases import holder
from okrdocs.diff.text_format import WORDS, in_a_row, quoted, shortened
from okrdocs.format.records import Amendment, Retrospective, RollOver, Team, Visibility


def amended(edit: Edit, scene: Scene) -> str:
    """What an amendment is for, by its title, and why; other edits of amendments stay plain."""
    gone = edit.op is Op.REMOVED
    item = edit.before if gone else edit.after
    if not isinstance(item, Amendment) or edit.op not in (Op.ADDED, Op.REMOVED):
        return ""
    about = f" for {scene.referred(item.ref, old=gone)}" if item.ref else ""
    by = f", by {scene.names([item.by], old=gone)[0]}" if item.by else ""
    verb = "took back the amendment of" if gone else "amended"
    return f"{verb} {scene.subject}{about} on {item.date}{by}: {quoted(item.reason, WORDS)}"


def looked_back(edit: Edit, scene: Scene) -> str:
    """A retrospective that is new, in the words of its questions."""
    if edit.op is not Op.ADDED or not isinstance(edit.after, Retrospective):
        return ""
    said = "; ".join(_said(edit.after, scene))
    told = f": {shortened(said, 2 * WORDS)}" if said else ""
    return f"wrote the retrospective of {holder(edit, scene)}{told}"


def _said(found: Retrospective, scene: Scene) -> Iterator[str]:
    lists = {"worked": found.worked, "didn't work": found.did_not, "mattered": found.contributed}
    for question, texts in lists.items():
        if texts:
            yield f"{question} {in_a_row([quoted(text) for text in texts])}"
    if found.ambition:
        yield f"targets {quoted(found.ambition)}"
    if found.roll_over:
        yield f"goes on {in_a_row([_goes_on(each, scene) for each in found.roll_over])}"


def _goes_on(item: RollOver, scene: Scene) -> str:
    if item.ref is None:
        return quoted(item.note or "")
    return scene.referred(item.ref, old=False)


def team_founded(edit: Edit, scene: Scene) -> str:
    """A team that joined or left, below which one and led by whom."""
    if edit.op is Op.REMOVED and isinstance(edit.before, Team):
        return _team_gone(edit.before, scene)
    team = edit.after
    if edit.op is not Op.ADDED or not isinstance(team, Team):
        return ""
    above = f" below {team_name(team.parent, scene.after.workspace)}" if team.parent else ""
    lead = in_a_row(scene.names(team.lead, old=False))
    led = f", led by {lead}" if lead else ""
    about = f": {quoted(team.about, WORDS)}" if team.about else ""
    return f"added the team {quoted(team.name)}{above}{led}{about}"


def _team_gone(team: Team, scene: Scene) -> str:
    """The team above has its former name."""
    above = f"was below {team_name(team.parent, scene.before.workspace)}" if team.parent else ""
    lead = in_a_row(scene.names(team.lead, old=True))
    was = ", ".join(filter(None, [above, f"led by {lead}" if lead else ""]))
    return f"removed the team {quoted(team.name)}" + (f" (it {was})" if above else "")


def published(edit: Edit, scene: Scene) -> str:
    """A draft that is one no more, or what became one; a draft counts in no mean."""
    whose = holder(edit, scene)
    if edit.before is Visibility.DRAFT:
        return f"made {whose} public: it was a draft and counts from now on"
    if edit.after is Visibility.DRAFT:
        return f"made {whose} a draft: it isn't published and counts in no mean"
    return ""
