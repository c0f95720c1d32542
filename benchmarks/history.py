"""What a history costs beside reading git alone: `python benchmarks/history.py DIR`.

DIR is what make_history.py made. Prints processor seconds, git's own
included, their ratios to a bare reading of the log and of every version, which depend less on the
machine than seconds do, and the seconds that went by.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from okrdocs.history.git_log import read_history_cached
from okrdocs.pipeline.evaluate import pause_garbage_collector
from okrdocs.source.git.repository import Repository, find_repository


def seconds() -> float:
    """Processor time of this process and of those that it started and that have ended."""
    return sum(os.times()[:4])


class Cost(NamedTuple):
    """Seconds of processors, and those that went by."""

    busy: float
    passed: float


def timed(work: Callable[[], object]) -> tuple[Cost, object]:
    """What some work costs, and what it gives."""
    begin, clock = seconds(), time.perf_counter()
    found = work()
    return Cost(seconds() - begin, time.perf_counter() - clock), found


def bare(known: Repository) -> int:
    """The log and every version of every file, without looking at them."""
    steps = [each for step in known.log("okrs") for each in (step, *step.merged)]
    blobs = [change.new_blob for step in steps for change in step.changes if change.new_blob]
    return sum(1 for _ in known.read_blobs(blobs))


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    root = parser.parse_args().folder
    known = find_repository(root)
    if known is None:
        parser.error(f"{root} is no repository")
    with pause_garbage_collector():
        git, versions = timed(lambda: bare(known))
        cold, found = timed(lambda: read_history_cached(known, "HEAD", None, ""))
        assert isinstance(found, tuple)
        again, _ = timed(lambda: read_history_cached(known, "HEAD", found[1], ""))
    print(f"bare reading of {versions} versions  {git.busy:6.2f} s   1.0 {git.passed:6.2f} s")
    for what, cost in (
        ("history, nothing cached", cold),
        ("history cached", again),
    ):
        ratio = cost.busy / git.busy
        print(f"{what:32} {cost.busy:6.2f} s {ratio:5.1f} {cost.passed:6.2f} s")
    print(f"cache {len(found[1]) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
