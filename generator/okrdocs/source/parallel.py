"""Runs work on two cores: one part here, one part in a child of this process.

`format.loader` reads many files with it. A child returns its results as a pickle; where none can be
started, or one dies, its part of the work is done here.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_ROUND, _FOR_THE_CHILD = 9, 4
"""Of each nine items the child takes four: it also has to hand over what it found."""
_DONE = 42
"""How a child ends that handed everything over; 0 could be the end of anything."""


class _Child(NamedTuple):
    """A process at work, and the end of the pipe from which its results will be read."""

    process: int
    pipe: int


def map_in_two_processes(work: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """Return what `[work(item) for item in items]` does, made by two processes where possible.

    `work` must only read and return: side effects in the child are lost. Its results must be
    picklable; strings, numbers and tuples of them cost next to nothing. Worth it above some tenths
    of a second: a child takes some hundredths to start. Raises what `work` raises.
    """
    if not _can_fork():
        return [work(item) for item in items]
    return _map_with_child(work, items)


def _can_fork() -> bool:
    """Return whether there are two cores, and a copy of this process would be complete.

    A copy has only one thread, and whatever another one had locked stays locked in it. Apple
    doesn't support such copies at all.
    """
    return (
        hasattr(os, "fork")
        and sys.platform != "darwin"
        and _core_count() > 1
        and len(sys._current_frames()) == 1  # `threading` doesn't know of every thread
    )


def _core_count() -> int:
    """Return how many cores this process may use, where the system says so."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _map_with_child(work: Callable[[T], R], items: Sequence[T]) -> list[R]:
    theirs = [item for place, item in enumerate(items) if _is_work_of_child(place)]
    child = _start_child(work, theirs)
    try:
        own = iter([work(i) for place, i in enumerate(items) if not _is_work_of_child(place)])
    except BaseException:
        _kill_child(child)
        raise
    child_results = iter(_results_of_child_or_own_work(child, work, theirs))
    return [next(child_results if _is_work_of_child(place) else own) for place in range(len(items))]


def _is_work_of_child(place: int) -> bool:
    """Return whether an item goes to the child.

    By turns, as early and late items may differ in cost.
    """
    return place % _ROUND < _FOR_THE_CHILD


def _start_child(work: Callable[[T], R], items: Iterable[T]) -> _Child | None:
    """Start a child that works on the items; None where the system has no room for one."""
    reading, writing = os.pipe()
    try:
        process = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        return None
    if process:
        os.close(writing)
        return _Child(process, reading)
    _work_in_child(work, items, writing)
    raise AssertionError("a child ends when its work is done")


def _work_in_child(work: Callable[[T], R], items: Iterable[T], writing: int) -> None:
    """Do the child's work and end the process; errors are left to the parent, which tries again."""
    code = 1
    with contextlib.suppress(BaseException):
        results = pickle.dumps([work(item) for item in items], pickle.HIGHEST_PROTOCOL)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(results)
        code = _DONE
    os._exit(code)  # nothing of the parent's is flushed, closed or cleaned up a second time


def _results_of_child_or_own_work(
    child: _Child | None, work: Callable[[T], R], items: Iterable[T]
) -> Iterable[Any]:
    """Return the child's results, or do its work here."""
    results = _child_results(child)
    return [work(item) for item in items] if results is None else results


def _child_results(child: _Child | None) -> list[Any] | None:
    """Return the child's results; None where there is no child, or it failed."""
    if child is None:
        return None
    with os.fdopen(child.pipe, "rb") as pipe:
        results = pipe.read()
    if _exit_code_of(child) != _DONE:
        return None
    unpickled: list[Any] = pickle.loads(results)
    return unpickled


def _kill_child(child: _Child | None) -> None:
    if child is not None:
        os.close(child.pipe)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child.process, signal.SIGKILL)
        _exit_code_of(child)


def _exit_code_of(child: _Child) -> int:
    """Wait for a child and return its exit code, or less than 0."""
    try:
        return os.waitstatus_to_exitcode(os.waitpid(child.process, 0)[1])
    except ChildProcessError:  # someone else waits for all children of this process
        return -1
