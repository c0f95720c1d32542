"""Makes a large made-up company from a seed number: `python benchmarks/make_company.py DIR`.

By default 50 teams and 12 quarters, which are 600 team files of some 280 lines. The same
seed gives the same bytes, so that two versions of okrdocs can be timed on the same input.
"""

from __future__ import annotations

import argparse
import random
from datetime import date, timedelta
from pathlib import Path

VERBS = ("Grow", "Reduce", "Improve", "Raise", "Win", "Keep", "Shorten", "Simplify")
THINGS = ("activation", "churn", "latency", "coverage", "revenue", "trust", "onboarding", "uptime")
SIGNS = ("green", "yellow", "red")
NOTES = (
    "Two large accounts moved to next month; the rest of the pipeline holds.",
    "The new playbook works: three teams use it, one still waits for training.",
    "Slower than planned. *Blocked* by the review of `auth`, see the notes.",
    "No change this week.",
)


def quarters(count: int) -> list[tuple[str, date, date]]:
    """The last `count` quarters up to 2025-Q2, with their first and last days."""
    found = []
    year, quarter = 2025, 2
    for _ in range(count):
        start = date(year, 3 * quarter - 2, 1)
        after = date(year + quarter // 4, 3 * quarter % 12 + 1, 1)
        found.append((f"{year}-Q{quarter}", start, after - timedelta(days=1)))
        year, quarter = (year, quarter - 1) if quarter > 1 else (year - 1, 4)
    return found[::-1]


def check_ins(dice: random.Random, start: date, first: int, last: int) -> list[str]:
    """Six check-ins on the way from one value towards another."""
    lines = ["        check_ins:"]
    for step in range(1, 7):
        value = first + (last - first) * step * dice.randint(60, 110) // 700
        lines += [
            f"          - date: {start + timedelta(days=14 * step - 7)}",
            f"            value: {value}%",
            f"            rag: {dice.choice(SIGNS)}",
            f"            confidence: {dice.randint(3, 9) * 10}%",
            f"            note: '{dice.choice(NOTES)}'",
        ]
    return lines


def key_result(dice: random.Random, number: int, start: date) -> list[str]:
    """One key result of about 40 lines."""
    first, last = dice.randint(5, 40), dice.randint(50, 95)
    thing = dice.choice(THINGS)
    return [
        f"      - id: result-{number}",
        f"        title: {dice.choice(VERBS)} {thing} from {first}% to {last}% (all regions)",
        f"        label: {thing.capitalize()} {number}",
        f"        baseline: {first}%",
        f"        target: {last}%",
        f"        weight: {dice.randint(1, 3)}",
        "        indicator: leading",
        "        source: {tool: Amplitude, metric: weekly value}",
        *check_ins(dice, start, first, last),
    ]


def team_file(dice: random.Random, start: date, parent: str | None) -> str:
    """The objectives of one team in one quarter."""
    lines = ["schema: 1", "objectives:"]
    for number in range(1, 4):
        lines += [
            f"  - id: objective-{number}",
            f"    title: {dice.choice(VERBS)} what matters most to customers, part {number}",
            "    owner: lead",
            "    dri: lead",
            "    priority: P1",
            f"    type: {dice.choice(('committed', 'aspirational'))}",
            "    confidence: 70%",
            "    risks: [Hiring takes longer than planned, Two suppliers may merge]",
            "    initiatives: [A new onboarding, A second region]",
        ]
        if parent:
            lines.append(f"    ladders_up_to: [{parent}/objective-{dice.randint(1, 3)}]")
        lines.append("    key_results:")
        for result in range(1, 3):
            lines += key_result(dice, result, start)
    return "\n".join(lines) + "\n"


def make(folder: Path, teams: int, cycles: int, seed: int) -> None:
    """Write the company below a folder."""
    dice = random.Random(seed)
    names = ["company", *(f"team-{number:02}" for number in range(1, teams))]
    okrs = folder / "okrs"
    okrs.mkdir(parents=True, exist_ok=True)
    lines = ["schema: 1", "organization: Large Company", "as_of: 2025-05-16"]
    lines += ["people:", "  lead: {name: Team Lead}", "teams:", "  company: {name: Company}"]
    lines += [f"  {name}: {{name: {name.title()}, parent: company}}" for name in names[1:]]
    (okrs / "okr.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for cycle, start, end in quarters(cycles):
        (okrs / cycle).mkdir(exist_ok=True)
        status = "active" if end > date(2025, 5, 16) else "closed"
        text = f"schema: 1\nstatus: {status}\nsummary: What we do in {cycle}.\n"
        (okrs / cycle / "cycle.yml").write_text(text, encoding="utf-8")
        for name in names:
            text = team_file(dice, start, None if name == "company" else "company")
            (okrs / cycle / f"{name}.yml").write_text(text, encoding="utf-8")


def main() -> None:
    """Read the arguments and make the company."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--teams", type=int, default=50)
    parser.add_argument("--cycles", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    make(options.folder, options.teams, options.cycles, options.seed)


if __name__ == "__main__":
    main()
