"""The check-ins of a key result as far as they are known, and whether they say why."""

from __future__ import annotations

from datetime import date

from okrdocs.format.records import CheckIn, KeyResult
from okrdocs.workspace.workspace import Cycle


def check_ins_until(
    key_result: KeyResult, as_of: date, cycle: Cycle | None = None
) -> list[CheckIn]:
    """Return check-ins up to and on a day, by date; those of one day in the file's order.

    With its cycle, those are left out whose day lies outside: copied ones are about another cycle.
    """
    check_ins = [
        check_in
        for check_in in key_result.check_ins
        if check_in.date <= as_of and (cycle is None or cycle.counts_values_of(check_in.date))
    ]
    check_ins.sort(key=lambda check_in: check_in.date)
    return check_ins


def contains_explanation(check_in: CheckIn) -> bool:
    """Return whether a check-in explains its value in words: a note, blockers, decisions …"""
    return bool(
        check_in.note or check_in.blockers or check_in.asks or check_in.decisions or check_in.risks
    )
