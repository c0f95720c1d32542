"""`python -m okrdocs` is `okr`."""

from __future__ import annotations

from okrdocs.cli import program

if __name__ == "__main__":
    program()
