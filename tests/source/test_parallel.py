"""Work spread over two processes gives what a loop gives, whatever happens to the child."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2,
    reason="nothing is spread on one core, or where processes can't be copied",
)

# Each test runs a program of its own: a worker of pytest-xdist has threads, and isn't copied.
HEAD = """
import os, signal, threading
from okrdocs.source.parallel import map_in_two_processes

HERE = os.getpid()
FORKS = []
os.register_at_fork(before=lambda: FORKS.append(1))

def in_child():
    return os.getpid() != HERE

def left_behind():
    try:
        return os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return None

def opened():
    return len(os.listdir("/proc/self/fd"))

before = opened()
"""


def run(program: str, *arguments: Path) -> str:
    """What a program prints; its error output has to stay empty."""
    done = subprocess.run(
        [sys.executable, "-c", HEAD + program, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.stderr, done.returncode) == ("", 0)
    return done.stdout.strip()


AFTERWARDS = "\nprint(found == wanted, len(FORKS), left_behind(), opened() - before)"


def test_results_come_in_order_from_two_processes() -> None:
    program = """
def work(number):
    return number * number, in_child()

found = map_in_two_processes(work, range(100))
wanted = [number * number for number in range(100)]
shares = [of_child for _, of_child in found]
found = [square for square, _ in found]
assert 40 <= sum(shares) <= 50, shares
"""
    assert run(program + AFTERWARDS) == "True 1 None 0"


@pytest.mark.parametrize("count", [0, 1, 2, 9, 10])
def test_few_items_are_as_good_as_many(count: int) -> None:
    program = f"\nfound = map_in_two_processes(str, range({count}))"
    program += f"\nwanted = list(map(str, range({count})))"
    assert run(program + AFTERWARDS) == "True 1 None 0"


@pytest.mark.parametrize(
    "end",
    [
        "os.kill(os.getpid(), signal.SIGKILL)",
        "os._exit(0)",
        "raise KeyboardInterrupt",
        "raise ValueError('only in the child')",
        "return lambda: 'what no pickle holds'",
    ],
)
def test_what_a_child_fails_at_is_done_here_without_a_word(end: str) -> None:
    program = f"""
def work(number):
    if in_child() and number > 4:
        {end}
    return number

found, wanted = map_in_two_processes(work, range(100)), list(range(100))
"""
    assert run(program + AFTERWARDS) == "True 1 None 0"


def test_an_error_here_ends_the_child_and_is_raised() -> None:
    program = """
import time

def work(number):
    if in_child():
        time.sleep(60)
    raise ValueError("here")

wanted = "here"
try:
    map_in_two_processes(work, range(100))
except ValueError as fault:
    found = str(fault)
"""
    assert run(program + AFTERWARDS) == "True 1 None 0"


def test_an_error_of_the_work_itself_is_raised_wherever_it_happened() -> None:
    program = """
def work(number):
    return 1 // (number - 1)  # the child's share

wanted = "integer division or modulo by zero"
try:
    map_in_two_processes(work, range(9))
except ZeroDivisionError as fault:
    found = str(fault)
"""
    assert run(program + AFTERWARDS) == "True 1 None 0"


def test_a_process_with_threads_is_not_copied() -> None:
    program = """
over = threading.Event()
threading.Thread(target=over.wait).start()
found, wanted = map_in_two_processes(lambda _: in_child(), range(20)), [False] * 20
over.set()
"""
    assert run(program + AFTERWARDS) == "True 0 None 0"


COMPANY = """
import sys
from datetime import date
from pathlib import Path
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.source.disk import DiskTree

def seen(two_cores):
    day = date(2025, 2, 16)
    return evaluate(DiskTree(Path(sys.argv[1])), as_of=day, today=day, two_cores=two_cores)

def places(study):
    scores = study.scores or study.partial
    records = [kr.entry.key_result for kr in scores.key_results.values()]
    records += [check_in for record in records for check_in in record.check_ins]
    return [record.at for record in records]

wanted = seen(two_cores=False)
assert not FORKS
found = seen(two_cores=True)
assert len(FORKS) == 1
assert places(found) == places(wanted)
print(found == wanted, len(found.problems), left_behind())
"""


@pytest.fixture
def company(tmp_path: Path) -> Path:
    """A company with enough files to be read by two processes."""
    make = ROOT / "benchmarks" / "make_company.py"
    options = ["--teams", "36", "--cycles", "2"]
    subprocess.run([sys.executable, make, tmp_path, *options], check=True, timeout=60)
    return tmp_path


def damage(company: Path, files: int) -> None:
    """Faults of many kinds: in YAML, in shape, in words near known ones."""
    for number, path in enumerate(sorted(company.glob("okrs/20*/team-*.yml"))[::2][:files]):
        text = path.read_text("utf-8")
        faults = (
            ("    owner: lead", "    ownr: lead"),
            ("rag: green", "rag: gren"),
            ("confidence: ", "confidence: about "),
            ("    title: ", "    title: 'open"),
            ("weight: ", "date: 2025-02-30\\n        weight: "),
        )
        before, after = faults[number % len(faults)]
        path.write_text(text.replace(before, after, 3), "utf-8")


@pytest.mark.parametrize("files", [0, 5, 40])
def test_a_company_read_by_two_processes_is_the_same(company: Path, files: int) -> None:
    damage(company, files)
    same, problems, zombie = run(COMPANY, company).split()
    assert (same, zombie) == ("True", "None")
    assert int(problems) >= files
