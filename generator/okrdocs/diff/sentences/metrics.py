"""Writes sentences for changes of metrics: what drives what, which direction is better, targets.

`by_field` lists them with all others.
"""

from __future__ import annotations

from okrdocs.diff.change import notes_text
from okrdocs.diff.context import ChangeContext, cycle_title
from okrdocs.diff.difficulty import metric_easier_or_harder
from okrdocs.diff.field_edits import FieldEdit
from okrdocs.diff.sentences.phrases import movement_verb, record_phrase
from okrdocs.diff.text_format import join_with_and
from okrdocs.format.records import Metric


def north_star_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    """Return the sentence for a metric that became the North Star, or is it no longer."""
    if edit.after:
        return f"made {record_phrase(edit, context)} the North Star"
    return f"took back that {record_phrase(edit, context)} is the North Star"


def better_direction_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    """Return the sentence for which direction of a metric is better.

    It decides whether a target is reached.
    """
    whose = record_phrase(edit, context)
    if edit.after is None:
        return f"removed which way is better for {whose} (it was {edit.before})"
    was = f" (it was {edit.before})" if edit.before else ""
    return f"set which way is better for {whose} to {edit.after}{was}"


def drives_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    """Return the sentence for what a metric drives; "" where only the order changed."""
    old = [context.metric_name(metric, old=True) for metric in edit.before]
    new = [context.metric_name(metric, old=False) for metric in edit.after]
    added = join_with_and([name for name in new if name not in old])
    gone = join_with_and([name for name in old if name not in new])
    whose = record_phrase(edit, context)
    if added:
        rest = f" instead of {gone}" if gone else ", too" if old else ""
        return f"made {whose} drive {added}{rest}"
    return f"stopped {whose} from driving {gone}" if gone else ""


def metric_target_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    """Return the sentence for a metric's target in a cycle, easier or harder since."""
    old, new = edit.before, edit.after
    if not (old and new):
        return ""
    metric = edit.trail[-2].after
    better = metric.better if isinstance(metric, Metric) else None
    whose = record_phrase(edit._replace(trail=edit.trail[:-1]), context)
    what = "target" if edit.field.key == "target" else "stretch target"
    cycle = cycle_title(edit.holders[1].cycle, context.after.workspace)
    sentence = f"{movement_verb(edit)} the {what} for {cycle} of {whose} from {old} to {new}"
    return sentence + notes_text(metric_easier_or_harder(old, new, better))


def key_result_metric_sentence(edit: FieldEdit, context: ChangeContext) -> str:
    """Return the sentence for the metric in which a key result's check-ins count, too."""
    old = context.metric_name(edit.before, old=True) if edit.before else ""
    new = context.metric_name(edit.after, old=False) if edit.after else ""
    if not new:
        return (
            f"untied {context.subject} from the metric {old}: its check-ins count there no longer"
        )
    instead = f" instead of {old}" if old else ""
    return f"tied {context.subject} to the metric {new}{instead}: its check-ins count there, too"
