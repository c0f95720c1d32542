"""What `okr generate` costs beside reading the YAML alone: `python benchmarks/generate.py DIR`.

DIR is what make_company.py made; for each cold run its pages are put aside, and deleted at the end:
a file system that has just deleted a thousand files makes new ones slowly. Prints processor seconds
of several runs and their ratio to a bare reading of all files by libyaml's events, taken before and
after each run: it depends less on the machine, and on what else runs there, than seconds do.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from yaml.cyaml import CParser  # type: ignore[attr-defined]  # not in its __all__
from yaml.events import StreamEndEvent


class Run(NamedTuple):
    """Processor seconds of a run, those of the bare reading beside it, and its memory in MB."""

    seconds: float
    bare: float
    memory: float


def bare(texts: list[str]) -> float:
    """Processor seconds of libyaml's events of all files, with nothing made of them."""
    begin = time.process_time()
    for text in texts:
        get = CParser(text).get_event
        while type(get()) is not StreamEndEvent:
            pass
    return time.process_time() - begin


def run(root: Path, texts: list[str]) -> Run:
    """Run `okr generate` as a program of its own. Raises SystemExit where it fails."""
    before = bare(texts)
    program = [sys.executable, "-m", "okrdocs", "generate", "--quiet", "--root", str(root)]
    with subprocess.Popen(program, stdout=subprocess.DEVNULL) as started:
        _, status, used = os.wait4(started.pid, 0)
        started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode:
        raise SystemExit(f"okr generate ended with {started.returncode}")
    beside = (before + bare(texts)) / 2
    return Run(used.ru_utime + used.ru_stime, beside, used.ru_maxrss / 1024)


def shown(what: str, runs: list[Run]) -> str:
    """One line: the best and the middle run, the middle ratio, the most memory."""
    seconds = [each.seconds for each in runs]
    ratio = statistics.median(each.seconds / each.bare for each in runs)
    return (
        f"{what:20} best {min(seconds):5.2f} s  middle {statistics.median(seconds):5.2f} s"
        f"  {ratio:5.1f} bare readings  {max(each.memory for each in runs):4.0f} MB"
    )


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    texts = [path.read_text("utf-8") for path in sorted(options.folder.glob("okrs/*/*.yml"))]
    gc.disable()
    cold, unchanged = [], []
    with tempfile.TemporaryDirectory(dir=options.folder) as aside:
        for number in range(options.runs):
            for place in (options.folder / "docs" / "okrs", options.folder / ".okrdocs"):
                if place.exists():
                    place.rename(Path(aside) / f"{place.name} {number}")
            cold.append(run(options.folder, texts))
            unchanged.append(run(options.folder, texts))
    floor = [each.bare for each in cold]
    print(f"{'bare reading':20} best {min(floor):5.2f} s  middle {statistics.median(floor):5.2f} s")
    print(shown("generate, cold", cold))
    print(shown("generate, unchanged", unchanged))


if __name__ == "__main__":
    main()
