"""Who works: nobody else for little, several for much; what goes wrong arrives, and nobody is left behind."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor
from pathlib import Path

import pytest

from digest.crew import CREW, Alone, Crew, at_work
from digest.errors import CrewError, SourceEmptyError

Wait = Callable[[Callable[[], bool]], None]


def test_little_work_hires_nobody() -> None:
    with at_work(2) as crew:
        assert isinstance(crew.for_work(amount=199, enough=100), Alone)
        assert not multiprocessing.active_children()


def test_one_pair_of_hands_is_this_process() -> None:
    with at_work(1) as crew:
        assert crew.for_work(10**9, 1).submit(os.getpid).result() == os.getpid()


def test_much_work_is_done_by_others() -> None:
    with at_work(2) as crew:
        assert crew.for_work(200, 100).submit(os.getpid).result() != os.getpid()


def test_who_is_hired_does_little_work_too() -> None:
    with at_work(2) as crew:
        assert crew.for_work(200, 100) is crew.for_work(1, 100)


def test_alone_work_is_done_when_it_is_asked_for_and_once() -> None:
    done: list[int] = []
    noted = [Alone().submit(done.append, number) for number in (1, 2)]
    assert done == []
    assert [noted[0].result(), noted[0].result()] == [None, None]
    assert done == [1]


def _fail() -> None:
    error = SourceEmptyError("empty", where="a.txt", remedy="put its text in")
    error.add_note("while a.txt was read")
    raise error


@pytest.mark.parametrize("hands", [1, 2])
def test_an_error_arrives_whole(hands: int) -> None:
    with at_work(hands) as crew, pytest.raises(SourceEmptyError) as raised:
        [*crew.results([crew.for_work(9, 1).submit(_fail)])]
    assert raised.value.message == "a.txt: empty; put its text in"
    assert raised.value.__notes__ == ["while a.txt was read"]


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_one_that_is_killed_is_one_line() -> None:
    with at_work(2) as crew, pytest.raises(CrewError, match=r"was killed .*; if memory has run out, fewer --jobs"):
        [*crew.results([crew.for_work(9, 1).submit(_die)])]


def test_one_that_is_killed_while_it_gets_ready_is_one_line_too() -> None:
    with at_work(2) as crew:
        crew.get_ready(10**9, f"{__name__}:_die")
        with pytest.raises(BrokenExecutor):
            crew.for_work(9, 1).submit(time.sleep, 600).result(60)
        crew.get_ready(10**9, f"{__name__}:note")
        with pytest.raises(CrewError, match="was killed"):
            [*crew.results([crew.for_work(9, 1).submit(os.getpid)])]


def test_after_one_was_killed_others_can_be_hired() -> None:
    with at_work(2) as crew:
        with pytest.raises(CrewError):
            [*crew.results([crew.for_work(9, 1).submit(_die)])]
        crew.dismiss()
        assert crew.for_work(9, 1).submit(os.getpid).result() != os.getpid()


def _send_one_to_sleep_and_fail(crew: Crew) -> None:
    crew.for_work(9, 1).submit(time.sleep, 600)
    _fail()


def test_an_error_ends_what_others_are_doing_at_once() -> None:
    began = time.monotonic()
    with pytest.raises(SourceEmptyError), at_work(2) as crew:
        _send_one_to_sleep_and_fail(crew)
    assert time.monotonic() - began < 300
    assert not multiprocessing.active_children()


def _folder() -> str:
    return tempfile.mkdtemp()


def test_what_they_leave_behind_is_taken_away() -> None:
    with at_work(2) as crew:
        folder = Path(crew.for_work(9, 1).submit(_folder).result())
        assert folder.is_dir()
    assert not folder.exists()


def test_when_the_block_ends_this_process_is_alone_again() -> None:
    with at_work(2):
        pass
    assert CREW.get().hands == 1


def test_others_look_for_garbage_as_seldom_as_this_process() -> None:
    before = gc.get_threshold()
    gc.set_threshold(98_765, 4, 3)
    try:
        with at_work(2) as crew:
            assert crew.for_work(9, 1).submit(gc.get_threshold).result() == (98_765, 4, 3)
    finally:
        gc.set_threshold(*before)


READY: list[str] = []


def note() -> None:
    READY.append("ready")


def test_preparation_is_for_others_alone() -> None:
    with at_work(1) as crew:
        crew.get_ready(10**9, f"{__name__}:note")
    assert READY == []


CHILDREN = """
import sys, time
from digest.crew import at_work
if __name__ == "__main__":
    with at_work(2) as crew:
        sent = [crew.for_work(9, 1).submit(time.sleep, 600) for _ in range(4)]
        print("at work", flush=True)
        sent[0].result()
"""


@pytest.fixture
def at_sleep(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start a process for which two others are at work, with a folder of its own for temporary files."""
    script = tmp_path / "children.py"
    script.write_text(CHILDREN)
    (tmp_path / "tmp").mkdir()
    run = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TMPDIR": str(tmp_path / "tmp")},
        start_new_session=True,
    )
    assert run.stdout
    assert run.stdout.readline() == b"at work\n"
    yield run
    run.stdout.close()


def test_ctrl_c_leaves_no_process_and_no_file(
    at_sleep: subprocess.Popen[bytes], tmp_path: Path, wait_until: Wait, is_over: Callable[[int], bool]
) -> None:
    os.killpg(at_sleep.pid, signal.SIGINT)  # as a terminal does: to all of them
    assert at_sleep.wait(60) != 0
    wait_until(lambda: is_over(at_sleep.pid))
    assert [*(tmp_path / "tmp").iterdir()] == []


def test_whoever_works_for_a_process_that_is_killed_ends_too(
    at_sleep: subprocess.Popen[bytes], wait_until: Wait, is_over: Callable[[int], bool]
) -> None:
    at_sleep.kill()
    at_sleep.wait(60)
    wait_until(lambda: is_over(at_sleep.pid))


def test_a_crew_without_anyone_to_hire_is_alone() -> None:
    assert isinstance(Crew(8).for_work(10**9, 1), Alone)


def die() -> None:
    os._exit(1)


def test_when_one_was_lost_there_are_others_for_the_next_book() -> None:
    with at_work(2) as crew:
        with pytest.raises(CrewError):
            [*crew.results([crew.for_work(9, 1).submit(die)])]
        assert [*crew.results([crew.for_work(9, 1).submit(os.getppid)])] == [os.getpid()]


def test_no_process_is_begun_that_ctrl_c_could_reach() -> None:
    nothing: set[signal.Signals] = set()
    with at_work(2) as crew:
        for executor in (crew.for_work(2, 1), crew.aside()):
            assert signal.SIGINT in executor.submit(signal.pthread_sigmask, signal.SIG_BLOCK, nothing).result()
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, nothing)


LOADED = "(__import__('time').sleep(0.5), __import__('sys').modules.get('rjieba') is not None)[1]"


def test_all_get_ready_though_one_already_is() -> None:
    with at_work(2) as crew:
        crew.get_ready(10**9, "digest.words:prepare", half=True)
        time.sleep(1)  # by now one is
        crew.get_ready(10**9, "digest.words:prepare")
        assert [*crew.results([crew.for_work(1, 1).submit(eval, LOADED) for _ in range(2)])] == [True, True]
