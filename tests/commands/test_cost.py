"""No input below a megabyte costs more than two seconds or 300 MB, whatever it holds.

Measured in a process of its own, in processor time: a run of an empty company counts as the start.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

pytestmark = [
    pytest.mark.nightly,
    pytest.mark.skipif(not hasattr(os, "wait4"), reason="the system tells no costs of a child"),
]
SECONDS, MEGABYTES, PRINTED = 2.0, 300, 10_000_000
OKR = "schema: 1\norganization: Acme\nas_of: 2025-02-01\n"
KEY_RESULTS = "objectives:\n- title: x\n  key_results:\n"
MANY = {
    "list keys": "meta: {" + "[]: x," * 20_000 + "}",
    "empty objectives": "objectives: [" + "{}," * 300_000 + "]",
    "empty objectives, a line each": "objectives:\n" + "- {}\n" * 180_000,
    "empty lists": "objectives: [" + "[]," * 300_000 + "]",
    "lists in lists": "objectives: [" + ("[" * 15 + "]" * 15 + ",") * 25_000 + "]",
    "aliases": "a: &a x\nobjectives: [" + "*a," * 300_000 + "]",
    "anchors": "objectives: [" + "&a x," * 180_000 + "]",
    "tags": "objectives: [" + "!a x," * 180_000 + "]",
    "a key many times": "a: x\n" * 180_000,
    "merge keys": "m: {" + "<<: x," * 120_000 + "}",
    "open brackets": "objectives: " + "[" * 900_000,
    "syntax errors": "".join(f"a{n}: [x: y: z\n" for n in range(50_000)),
    "colons": "".join(f"a{n}: x: y\n" for n in range(50_000)),
    "texts cut by comments": "objectives:\n" + "- x #y\n" * 40_000,
    "empty blocks": "objectives:\n" + "- |\n" * 40_000,
    "objectives": "objectives:\n" + "".join(f"- {{title: x{n}}}\n" for n in range(15_000)),
    "key results": KEY_RESULTS + "".join(f"  - {{title: y{n}}}\n" for n in range(15_000)),
    "one title": KEY_RESULTS + "  - {title: same, target: 5}\n" * 9_000,
    "check-ins": f"{KEY_RESULTS}  - title: y\n    check_ins:\n"
    + "    - {date: 2025-01-20, value: 5}\n" * 9_000,
    "ladders": "objectives:\n"
    + "".join(
        f"- {{id: x{n}, title: x, ladders_up_to: [company/x{n + 1}]}}\n" for n in range(9_000)
    ),
    "suppressions": "objectives: []\n" + "# okr: ignore[no-key-results]\n" * 30_000,
}


class Cost(NamedTuple):
    """Seconds of processor time, megabytes of memory, bytes that were printed, the exit code."""

    seconds: float
    megabytes: float
    printed: int
    code: int


# A process that waits for the program and prints its status and its costs. It is small: a child
# counts the memory of whoever starts it, and a worker of these tests may hold half a gigabyte.
WAITER = """
import os, sys
child = os.posix_spawn(sys.executable, [sys.executable, *sys.argv[2:]], os.environ, file_actions=[
    (os.POSIX_SPAWN_OPEN, 1, sys.argv[1], os.O_WRONLY | os.O_CREAT, 0o600),
    (os.POSIX_SPAWN_DUP2, 1, 2),
])
_, status, used = os.wait4(child, 0)
print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


def cost_of(root: Path) -> Cost:
    """What `okr check` of a folder costs."""
    printed = root / "printed"
    words = ["-m", "okrdocs", "check", "--root", str(root)]
    ran = subprocess.run(
        [sys.executable, "-S", "-c", WAITER, str(printed), *words],
        stdout=subprocess.PIPE,
        encoding="ascii",
        check=True,
    )
    code, seconds, kilobytes = map(float, ran.stdout.split())
    kilobytes /= 1024 if sys.platform == "darwin" else 1
    return Cost(seconds, kilobytes / 1024, printed.stat().st_size, int(code))


def company(root: Path, team: str) -> Path:
    (root / "okrs/2025-Q1").mkdir(parents=True)
    (root / "okrs/okr.yml").write_text(OKR)
    (root / "okrs/2025-Q1/company.yml").write_bytes(f"schema: 1\n{team}\n".encode()[:999_000])
    return root


@pytest.mark.parametrize("team", MANY.values(), ids=MANY.keys())
def test_a_hostile_file_costs_little(tmp_path: Path, team: str) -> None:
    start = cost_of(company(tmp_path / "usual", "objectives: []"))
    cost = cost_of(company(tmp_path / "hostile", team))
    assert cost.code in (0, 1), (tmp_path / "hostile/printed").read_text("utf-8")[-500:]
    assert cost.seconds - start.seconds < SECONDS
    assert cost.megabytes < MEGABYTES
    assert cost.printed < PRINTED
