"""A long history read by two processes is the one that a single process reads, to the byte."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from git_repository import Repository

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2,
    reason="nothing is spread on one core, or where processes can't be copied",
)

# A program of its own: a worker of pytest-xdist has threads, and isn't copied.
PROGRAM = """
import os, sys
from datetime import date
from pathlib import Path
from okrdocs.workspace.drafts import NO_DRAFTS
from okrdocs.source.git.repository import repository
from okrdocs.history import Working, halves, recalled, walk
from okrdocs.source.disk import DiskTree

root, share, doing = Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
followed = []
follow = walk.Walk.follow
walk.Walk.follow = lambda *given: followed.append(1) or follow(*given)
told = halves._told
if doing == "dies":
    halves._told = lambda *given: os._exit(1)
working = Working(DiskTree(root).read()[0], date(2030, 1, 1))

def read(long, today):
    halves._LONG, halves._OLDER = long, share
    return recalled(repository(root), "HEAD", None, "", today=today, working=working)

for today in (None, NO_DRAFTS):
    assert read(2, today) == read(10**9, today), today
print(len(followed))
if doing == "tells":
    print(*(c.sentence for s in read(2, NO_DRAFTS)[0].steps for c in s.changes), sep="\\n")
"""
COMPANY = "schema: 1\norganization: Acme\nteams:\n  company: {name: Company}\n"
TEAMS = "".join(f"  {team}: {{name: {team.title()}, parent: company}}\n" for team in "abc")


def halved(root: Path, share: float = 0.5, doing: str = "") -> str:
    """What the program prints: how often a copy's half counted, of two readings."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(root), str(share), doing],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.stderr, done.returncode) == ("", 0)
    return done.stdout.strip()


def team(title: str, value: int, more: str = "", *, ladder: str = "") -> str:
    up = f"    ladders_up_to: [{ladder}]\n" if ladder else ""
    return f"""\
schema: 1
{more}objectives:
  - id: growth
    title: {title}
{up}    key_results:
      - id: arr
        title: Customers sign in
        baseline: 10%
        target: 90%
        check_ins:
          - date: 2025-01-20
            value: {value}%
"""


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "company")
    made.write("okrs/okr.yml", COMPANY + TEAMS)
    for name in "abc":
        made.write(f"okrs/2025-Q1/{name}.yml", team("Grow", 10))
    made.commit("Begin", "2025-01-06")
    return made


def edited(repo: Repository, day: int, **texts: str) -> None:
    for name, text in texts.items():
        repo.write(f"okrs/2025-Q1/{name}.yml", text)
    repo.commit(f"Day {day}", f"2025-02-{day:02}")


@pytest.mark.parametrize(("seed", "share"), [(1, 0.53), (2, 0.3), (3, 0.8)])
def test_a_made_history_with_merges_is_the_same_in_halves(
    tmp_path: Path, seed: int, share: float
) -> None:
    script = ROOT / "benchmarks" / "make_history.py"
    sizes = ("--files", "50", "--commits", "120", "--seed", str(seed))
    command = [sys.executable, str(script), str(tmp_path), *sizes]
    subprocess.run(command, check=True, timeout=120)
    assert halved(tmp_path, share) == "2"


def test_what_was_removed_before_the_cut_goes_on_behind_it(repo: Repository) -> None:
    (repo.root / "okrs/2025-Q1/b.yml").unlink()
    repo.commit("Remove", "2025-02-01")
    for day in range(2, 8):
        edited(repo, day, a=team("Grow", 10 + day))
    edited(repo, 8, b=team("Grow", 50))
    assert halved(repo.root) == "2"


def test_a_file_that_moves_behind_the_cut_takes_its_numbers_along(repo: Repository) -> None:
    for day in range(1, 8):
        edited(repo, day, a=team("Grow", 10 + day), b=team("Grow", 20 + day))
    repo.move("okrs/2025-Q1/b.yml", "okrs/2025-Q2/b.yml")
    repo.commit("Move", "2025-03-01")
    edited(repo, 9, a="broken: [", c=team("Shrink", 3))
    edited(repo, 10, a=team("Grow more", 44))
    assert halved(repo.root) == "2"


@pytest.mark.parametrize("mended", [4, 7])
def test_a_file_that_cannot_be_read_at_the_cut_is_no_reason_to_differ(
    repo: Repository, mended: int
) -> None:
    edited(repo, 1, b="broken: [")
    for day in range(2, 8):
        edited(
            repo, day, a=team("Grow", 10 + day), **({"b": team("Grow", 7)} if day == mended else {})
        )
    # Mended before the cut it's as if it had never been broken; else one process reads on alone.
    assert halved(repo.root, 0.8 if mended == 4 else 0.5) == ("2" if mended == 4 else "0")


def test_a_new_file_that_was_broken_at_first_is_no_reason_to_differ(repo: Repository) -> None:
    edited(repo, 1, company="broken: [")
    edited(repo, 2, a=team("Grow", 12))
    edited(repo, 3, company=team("Lead", 12))
    for day in range(4, 12):
        edited(repo, day, a=team("Grow", 10 + day))
    assert halved(repo.root) == "2"


def test_a_draft_from_before_the_cut_stays_unseen_behind_it(repo: Repository) -> None:
    edited(repo, 1, b=team("A secret", 10, "visibility: draft\n"))
    for day in range(2, 8):
        edited(repo, day, a=team("Grow", 10 + day))
    edited(repo, 8, a=team("Grow", 18, ladder="b/growth"))
    said = halved(repo.root, doing="tells")
    assert said.startswith("2\n")
    assert "changed" in said or "raised" in said or "check-in" in said
    assert "secret" not in said


def test_a_copy_that_dies_is_no_reason_to_differ(repo: Repository) -> None:
    for day in range(1, 8):
        edited(repo, day, a=team("Grow", 10 + day))
    assert halved(repo.root, doing="dies") == "0"
