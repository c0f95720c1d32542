"""A company of 200 objectives and 1,000 key results in one cycle: what a page must still hold.

Three levels of teams, each objective below one of the level above; every third needs something.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

CYCLE, DAY = "2025-Q2", "2025-05-16"
TEAMS, MIDDLE, OBJECTIVES, KEY_RESULTS = 40, 8, 5, 5
_SIGNS = ("green", "yellow", "red")
_ENDS = (40, 55, 95)
"""Where the last check-in stands: on the way from 10 % to 90 %, or past it."""


def files() -> dict[str, str]:
    """The texts by their path in `okrs/`; JSON is YAML, too."""
    names = [_name(number) for number in range(TEAMS)]
    teams = {
        name: {"name": f"The people who work on {name}"} | ({"parent": above} if above else {})
        for name, above in zip(names, map(_above, range(TEAMS)), strict=True)
    }
    people = {f"lead-{n}": {"name": f"Alexandra Lead the {n}th"} for n in range(25)}
    okr = {"schema": 1, "organization": "Large", "as_of": DAY, "people": people, "teams": teams}
    texts: dict[str, object] = {
        "okr.yml": okr,
        f"{CYCLE}/cycle.yml": {"schema": 1, "status": "active"},
    }
    for number, name in enumerate(names):
        texts[f"{CYCLE}/{name}.yml"] = {"schema": 1, "objectives": list(_objectives(number))}
    return {path: json.dumps(text) for path, text in texts.items()}


def _name(number: int) -> str:
    return f"team-{number:02}" if number else "company"


def _above(number: int) -> str:
    """The team above: the company's for the first ones, one of those for all others."""
    return "" if not number else _name(0 if number <= MIDDLE else 1 + number % MIDDLE)


def _objectives(team: int) -> Iterator[dict[str, object]]:
    for n in range(OBJECTIVES):
        about = f"Win what matters most to the customers of team {team}, part {n} of all"
        made: dict[str, object] = {
            "id": f"objective-{n}",
            "title": about,
            "owner": f"lead-{(team + n) % 25}",
            "type": "committed" if n % 2 else "aspirational",
            "priority": f"P{n % 3}",
            "key_results": [_key_result(team * 25 + n * 5 + k, k) for k in range(KEY_RESULTS)],
        }
        if team:
            made["ladders_up_to"] = [f"{_above(team)}/objective-{(team + n) % OBJECTIVES}"]
        if (team + n) % 3 == 0:
            needs = [f"{_name((team * 7 + 3) % TEAMS)}/objective-{(n + 1) % OBJECTIVES}"]
            risk = ("low", "medium", "high")[n % 3]
            made["dependencies"] = [{"needs": needs, "risk": risk, "impact": "A month is lost."}]
        yield made


def _key_result(number: int, place: int) -> dict[str, object]:
    end = _ENDS[number % 3]
    days = ("2025-04-08", "2025-04-22", "2025-05-06")
    return {
        "id": f"result-{place}",
        "title": f"Raise the share of happy customers in region {number} from 10% to 90%",
        "baseline": "10%",
        "target": "90%",
        "check_ins": [
            {"date": day, "value": f"{10 + (end - 10) * (n + 1) // 3}%", "rag": _SIGNS[number % 3]}
            for n, day in enumerate(days)
        ],
    }
