"""Sentences for what people change about metrics: what drives what, which way is better, targets.

A part of `deeds`, which lists them all.
"""

from __future__ import annotations

from okrdocs.diff.change import notes_text
from okrdocs.diff.context import Scene, cycle_title
from okrdocs.diff.difficulty import bar_moved
from okrdocs.diff.field_edits import Edit
from okrdocs.diff.sentences.phrases import holder, verb
from okrdocs.diff.text_format import in_a_row
from okrdocs.format.records import Metric


def north_star_set(edit: Edit, scene: Scene) -> str:
    """Which metric stands above all."""
    if edit.after:
        return f"made {holder(edit, scene)} the North Star"
    return f"took back that {holder(edit, scene)} is the North Star"


def better_set(edit: Edit, scene: Scene) -> str:
    """Which way is better decides whether a target is reached."""
    whose = holder(edit, scene)
    if edit.after is None:
        return f"removed which way is better for {whose} (it was {edit.before})"
    was = f" (it was {edit.before})" if edit.before else ""
    return f"set which way is better for {whose} to {edit.after}{was}"


def drives_set(edit: Edit, scene: Scene) -> str:
    """What a metric drives; another order alone has the sentence of any list."""
    old = [scene.metric(each, old=True) for each in edit.before]
    new = [scene.metric(each, old=False) for each in edit.after]
    added = in_a_row([each for each in new if each not in old])
    gone = in_a_row([each for each in old if each not in new])
    whose = holder(edit, scene)
    if added:
        rest = f" instead of {gone}" if gone else ", too" if old else ""
        return f"made {whose} drive {added}{rest}"
    return f"stopped {whose} from driving {gone}" if gone else ""


def aim_moved(edit: Edit, scene: Scene) -> str:
    """A target for a cycle, and whether it's easier or harder to reach since."""
    old, new = edit.before, edit.after
    if not (old and new):
        return ""
    metric = edit.trail[-2].after
    better = metric.better if isinstance(metric, Metric) else None
    whose = holder(edit._replace(trail=edit.trail[:-1]), scene)
    what = "target" if edit.field.key == "target" else "stretch target"
    cycle = cycle_title(edit.holders[1].cycle, scene.after.workspace)
    told = f"{verb(edit)} the {what} for {cycle} of {whose} from {old} to {new}"
    return told + notes_text(bar_moved(old, new, better))


def metric_tied(edit: Edit, scene: Scene) -> str:
    """Which metric a key result moves, and so where its check-ins count, too."""
    old = scene.metric(edit.before, old=True) if edit.before else ""
    new = scene.metric(edit.after, old=False) if edit.after else ""
    if not new:
        return f"untied {scene.subject} from the metric {old}: its check-ins count there no longer"
    instead = f" instead of {old}" if old else ""
    return f"tied {scene.subject} to the metric {new}{instead}: its check-ins count there, too"
