"""Runs a command and measures it: its time, and the memory of it and of all that it starts."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

import psutil

A_LOOK = 0.05  # seconds from one look at the memory to the next; each takes a thousandth


@dataclass(frozen=True)
class Measured:
    """Seconds, and bytes of memory at the peak: of the largest process, and of all together."""

    seconds: float
    largest: int
    together: int


@dataclass(frozen=True)
class Task:
    """A command, the folder in which it is run so many times, and what prepares the ground before, by its number."""

    command: Sequence[str]
    folder: Path
    runs: int
    before: Callable[[int], object] = lambda _: None
    environment: Mapping[str, str] = field(default_factory=dict)


def medians(tasks: Sequence[Task]) -> list[Measured]:
    """Measure tasks in turn, each in its place in every round: a machine that grows slower does so for all of them."""
    found: list[list[Measured]] = [[] for _ in tasks]
    for number in range(max(task.runs for task in tasks)):
        for task, measured in zip(tasks, found, strict=True):
            if number < task.runs:
                task.before(number)
                measured.append(_measured(task.command, task.folder, {**os.environ, **task.environment}))
    return [*map(_middle, found)]


def median(task: Task) -> Measured:
    """Measure a task by itself."""
    return medians([task])[0]


def _middle(found: Sequence[Measured]) -> Measured:
    middle = statistics.median(run.seconds for run in found)
    return Measured(middle, max(run.largest for run in found), max(run.together for run in found))


def _measured(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Measured:
    """Run a command, which must succeed."""
    over = Event()
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    seen = [0, 0]
    watch = Thread(target=_watch, args=(process.pid, over, seen))
    watch.start()
    assert process.stderr
    told = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    over.set()
    watch.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"bench: this failed: {' '.join(command)}\n{told}")
    largest = max(seen[0], usage.ru_maxrss * 1024)  # the system's word, for what is over before one can look
    return Measured(seconds, largest, max(seen[1], largest))


def _watch(pid: int, over: Event, seen: list[int]) -> None:
    while not over.wait(A_LOOK):
        try:
            first = psutil.Process(pid)
            each = [process.memory_info().rss for process in (first, *first.children(recursive=True))]
        except psutil.Error:  # one of them has just ended
            continue
        seen[:] = max(seen[0], *each), max(seen[1], sum(each))
