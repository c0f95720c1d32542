"""`okr init --lock`: asks uv for the version and hashes of all that a requirements.txt needs.

Only uv knows the hashes for every system at once, and so it is what `--lock` needs.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from okrdocs import __version__
from okrdocs.errors import OkrError, UsageError

_ASKED = "# needs: "
_OURS = re.compile(r"okrdocs\b", re.IGNORECASE)
_HEADER = "# Written by `okr init --lock`. Add a line `# needs: …` for a package of your own.\n"
_OLDEST_PYTHON = "3.11"
_PATIENCE = 600  # seconds


def locked_requirements(existing: str, environment: Mapping[str, str]) -> str:
    """Return a requirements.txt with hashes for this version and what else the file asks for.

    Raises UsageError where uv is missing or another tool wrote the hashes, and OkrError where uv
    finds no solution.
    """
    program = _find_uv(environment)
    asked = _asked_requirements(existing)
    command = [
        program, "pip", "compile", "-", "--generate-hashes", "--universal", "--no-header",
        "--no-annotate", "--quiet", "--python-version", _OLDEST_PYTHON,
    ]  # fmt: skip
    try:
        done = subprocess.run(
            command,
            input="\n".join(asked).encode(),
            check=False,
            capture_output=True,
            timeout=_PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise OkrError(f"uv didn't answer: {fault}. Nothing is written.") from fault
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip()
        raise OkrError(f"uv can't lock these requirements. Nothing is written.\n{reason}")
    lines = "".join(f"{_ASKED}{each}\n" for each in asked)
    return f"{_HEADER}{lines}{done.stdout.decode(errors='replace')}"


def _find_uv(environment: Mapping[str, str]) -> str:
    beside = str(Path(sys.executable).parent)
    found = shutil.which("uv", path=environment.get("PATH")) or shutil.which("uv", path=beside)
    if found is None:
        raise UsageError("`--lock` needs uv, which isn't there. Run `pip install uv`, then again.")
    return found


def _asked_requirements(existing: str) -> list[str]:
    """Return what people asked for: this version, and every other requirement of the file."""
    lines = existing.splitlines()
    asked = [line.removeprefix(_ASKED).strip() for line in lines if line.startswith(_ASKED)]
    if not asked and "--hash=" in existing:
        raise UsageError(
            "Another tool wrote the hashes of requirements.txt. Let that one do it again with"
            f" `okrdocs[site]=={__version__}`, or delete the file."
        )
    if not asked:
        asked = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    others = [each for each in asked if not _OURS.match(each)]
    return [f"okrdocs[site]=={__version__}", *others]
