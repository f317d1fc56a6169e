"""Who works beside this process: does what it would do itself, and is never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from digest.apprentice import APPRENTICE, Oneself, beside
from digest.crew import at_work
from digest.errors import CrewError

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 4"><rect width="2" height="2" fill="#8c1c13"/></svg>'


@pytest.fixture
def apprentice() -> Iterator[Oneself]:
    with beside():
        APPRENTICE.get().begin()
        yield APPRENTICE.get()


def test_without_one_this_process_does_it() -> None:
    assert APPRENTICE.get().done("os:getpid") == os.getpid()


def test_until_he_is_needed_nobody_is_hired() -> None:
    with beside():
        assert APPRENTICE.get().done("os:getpid") == os.getpid()


def test_he_works_in_a_process_of_his_own(apprentice: Oneself) -> None:
    assert apprentice.done("os:getpid") != os.getpid()


def test_he_is_hired_once(apprentice: Oneself) -> None:
    first = apprentice.done("os:getpid")
    apprentice.begin()
    assert apprentice.done("os:getpid") == first


@pytest.mark.parametrize(
    ("task", "given"),
    [
        ("digest.words:parts_of_speech", ("困难群众的春节",)),
        ("digest.painting:painted", (SVG, (30, 40), [])),
    ],
)
def test_he_gives_what_this_process_would(apprentice: Oneself, task: str, given: tuple[object, ...]) -> None:
    assert apprentice.done(task, *given) == Oneself().done(task, *given)


def test_what_goes_wrong_arrives_and_he_goes_on(apprentice: Oneself) -> None:
    with pytest.raises(ValueError, match="x"):
        apprentice.done("builtins:int", "x")
    assert apprentice.done("builtins:int", "1") == 1


def test_what_is_printed_is_no_answer(apprentice: Oneself) -> None:
    assert apprentice.done("os:write", 1, b"\n") == 1
    assert apprentice.done("builtins:int", "1") == 1


def test_one_that_is_killed_is_one_line(apprentice: Oneself) -> None:
    os.kill(apprentice.done("os:getpid"), signal.SIGKILL)
    with pytest.raises(CrewError, match=r"was killed; if memory has run out, `--jobs 1`"):
        apprentice.done("builtins:int", "1")


def test_after_one_was_killed_another_can_be_hired(apprentice: Oneself) -> None:
    lost = apprentice.done("os:getpid")
    os.kill(lost, signal.SIGKILL)
    with pytest.raises(CrewError):
        apprentice.done("builtins:int", "1")
    apprentice.begin()
    assert apprentice.done("os:getpid") not in {lost, os.getpid()}


def test_he_is_gone_when_all_is_done() -> None:
    with beside():
        APPRENTICE.get().begin()
        pid = APPRENTICE.get().done("os:getpid")
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_he_goes_when_whoever_hired_him_is_killed() -> None:
    hiring = (
        "import os; from digest.apprentice import APPRENTICE, beside\n"
        "with beside():\n"
        "    APPRENTICE.get().begin(); print(APPRENTICE.get().done('os:getpid'), flush=True); os.kill(os.getpid(), 9)"
    )
    result = subprocess.run([sys.executable, "-c", hiring], capture_output=True, text=True, check=False)
    end = time.monotonic() + 10
    while _is_there(int(result.stdout)) and time.monotonic() < end:
        time.sleep(0.01)
    assert not _is_there(int(result.stdout))
    assert result.stderr == ""


def _is_there(pid: int) -> bool:
    """Say whether a process runs; one that nobody waits for any more does not."""
    found = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(found.stdout.strip()) and not found.stdout.startswith("Z")


def test_one_job_is_done_by_one_process() -> None:
    with at_work(1):
        APPRENTICE.get().begin()
        assert APPRENTICE.get().done("os:getpid") == os.getpid()
