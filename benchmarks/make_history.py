"""Gives a made-up company a history: `python benchmarks/make_history.py DIR`.

Begins with the files of make_company.py and changes some lines a commit: a check-in's value, a
target, an owner, a title. Every twentieth commit comes in by a merge. By default 600 team files,
3,000 commits and some 5,400 versions. The same seed gives the same ids.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from make_company import VERBS, make

TEAMS_PER_CYCLE = 50
FIRST_SECOND = 1_660_000_000
SECONDS_BETWEEN = 29_000
PEOPLE = ("Ada Lovelace", "Jürgen Groß", "山田 花子", "Zoë O'Neil", "Ólafur Þór", "Grace Hopper")
CHANGES = (
    (re.compile(r"(?<=  value: )\d+%"), lambda dice: f"{dice.randint(5, 95)}%"),
    (re.compile(r"(?<=        target: )\d+%"), lambda dice: f"{dice.randint(50, 95)}%"),
    (re.compile(r"(?<=    owner: )\w+"), lambda dice: dice.choice(("lead", "deputy"))),
    (re.compile(r"(?<=        title: )\w+"), lambda dice: dice.choice(VERBS)),
    (re.compile(r"(?<=        weight: )\d"), lambda dice: str(dice.randint(1, 5))),
    (re.compile(r"(?<=  confidence: )\d+%"), lambda dice: f"{dice.randint(1, 9) * 10}%"),
)


def changed(dice: random.Random, text: str) -> str:
    """The text with one value changed; check-ins change most often, as they do."""
    pattern, new = dice.choices(CHANGES, weights=(12, 2, 1, 1, 1, 3))[0]
    places = list(pattern.finditer(text))
    if not places:
        return text
    place = dice.choice(places)
    return text[: place.start()] + new(dice) + text[place.end() :]


def stored(path: str, text: str) -> bytes:
    """A file of a commit, as `git fast-import` reads it."""
    data = text.encode()
    return f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n"


def head(dice: random.Random, number: int, branch: str, said: str) -> bytes:
    """The head of a commit: its branch, author, day and message."""
    when = FIRST_SECOND + number * SECONDS_BETWEEN
    who = f"{dice.choice(PEOPLE)} <person@example.com> {when} +0200"
    lines = f"commit refs/heads/{branch}\nmark :{number + 1}\nauthor {who}\ncommitter {who}\n"
    return f"{lines}data {len(said.encode())}\n{said}\n".encode()


def commits(files: dict[str, str], count: int, dice: random.Random) -> Iterator[bytes]:
    """The stream of all commits: the first has all files, the others change one to three."""
    yield head(dice, 0, "main", "Begin")
    yield from (stored(path, text) for path, text in sorted(files.items()))
    teams = sorted(path for path in files if path.count("/") == 2 and "cycle.yml" not in path)
    paths: list[str] = []
    for number in range(1, count):
        merges = number % 20 == 0 and number > 1
        branch = "side" if number % 20 == 19 and number < count - 1 else "main"
        yield head(dice, number, branch, f"Merge {number}" if merges else f"Change {number}")
        yield b"from :%d\n" % (number - 1 if merges else number)
        if merges:
            yield b"merge :%d\n" % number
            yield from (stored(path, files[path]) for path in paths)
        paths = dice.sample(teams, dice.choices((1, 2, 3), weights=(5, 4, 2))[0])
        for path in paths:
            files[path] = changed(dice, files[path])
            yield stored(path, files[path])


def build(folder: Path, files: int, count: int, seed: int) -> None:
    """Write the company and its history below a folder, packed as a fresh clone would be."""
    make(folder, TEAMS_PER_CYCLE, max(1, files // TEAMS_PER_CYCLE), seed)
    settings = folder / "okrs" / "okr.yml"
    lines = settings.read_text("utf-8").replace("teams:", "  deputy: {name: Deputy}\nteams:", 1)
    settings.write_text(lines, encoding="utf-8")
    found = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in (folder / "okrs").rglob("*.yml")
    }
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    stream = b"".join(commits(found, count, random.Random(seed)))
    git = ["git", "-C", str(folder)]
    subprocess.run([*git, "init", "--quiet", "-b", "main"], check=True, env=env)
    subprocess.run([*git, "fast-import", "--quiet"], input=stream, check=True, env=env)
    subprocess.run([*git, "reset", "--quiet", "--hard"], check=True, env=env)
    subprocess.run([*git, "repack", "-adfq"], check=True, env=env)


def main() -> None:
    """Read the arguments and make the history."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=600)
    parser.add_argument("--commits", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    build(options.folder, options.files, options.commits, options.seed)


if __name__ == "__main__":
    main()
