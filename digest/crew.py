"""Who works on a book: this process alone, processes of this machine, or the machines of a Dask cluster.

Whatever can be done side by side goes through one `concurrent.futures.Executor`, as calls of functions that depend on
their arguments alone: who does them, and in which order, changes nothing in a book.
"""

from __future__ import annotations

import gc
import os
import signal
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name
from threading import Thread
from time import sleep
from typing import ParamSpec, TypeVar

from digest.apprentice import beside
from digest.errors import CrewError
from digest.scratch import scratch

# Characters of text to set for each: less is set sooner than another has started (half a second).
ENOUGH = 60_000
A_MOMENT = 0.2  # seconds: another takes half of that to start

P = ParamSpec("P")
T = TypeVar("T")


class Alone(Executor):
    """Nobody but this process: what it is given is done when it is asked for."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Note it."""
        return _Noted(lambda: fn(*args, **kwargs))


class _Noted(Future[T]):
    """What is done when it is asked for, and raises then what goes wrong."""

    def __init__(self, do: Callable[[], T]) -> None:
        super().__init__()
        self._do = do

    def result(self, timeout: float | None = None) -> T:
        """Do it, unless it is done."""
        if not self.done():
            self.set_result(self._do())
        return super().result(timeout)


def _let_go(executor: Executor) -> None:
    executor.shutdown(wait=False, cancel_futures=True)


@dataclass(frozen=True, slots=True)
class Hiring:
    """How others are got to work, how they are let go at once, and which error of theirs says that some were lost.

    `for_any_work` where they cost nothing to hire; `one_more` hires one beside those who are there.
    """

    hire: Callable[[], Executor]
    one_more: Callable[[], Executor] | None = None
    dismiss: Callable[[Executor], None] = _let_go
    lost: type[Exception] = BrokenExecutor
    for_any_work: bool = False


class Crew:
    """So many `hands`, which are hired once there is enough to do; without a way to hire them this process is alone."""

    def __init__(self, hands: int = 1, hiring: Hiring | None = None) -> None:
        self.hands = hands
        self._hiring = hiring
        self._hired: Executor | None = None
        self._aside: Executor | None = None
        self._ready: dict[str, int] = {}

    def for_work(self, amount: int, enough: int) -> Executor:
        """Give who does some work: those who are hired already, or where each of two would have enough, are now."""
        if self._hiring and not self._hired:
            worth_it = self.hands > 1 and amount >= 2 * enough
            self._hired = self._hiring.hire() if worth_it or self._hiring.for_any_work else None
        return self._hired or Alone()

    def aside(self) -> Executor:
        """Give one beside those who are hired, for what is neither to wait for their work nor to keep them from it."""
        if self._hired and not self._aside and self._hiring and self._hiring.one_more:
            self._aside = self._hiring.one_more()
        return self._aside or self._hired or Alone()

    def get_ready(self, amount: int, preparation: str, *, half: bool = False) -> None:
        """Let those who will have to set some text (its characters) call a function first, while there is time; once.

        Where this process will still be at work for long, `half` of them begin, and leave processors to it. The
        function is named as "package.module:function". Where it fails, so will their work, and say why.
        """
        executor = self.for_work(amount, ENOUGH)
        if executor is self._hired:
            wanted = (self.hands + 1) // 2 if half else self.hands
            if wanted > self._ready.get(preparation, 0):
                # To all, as nobody can be chosen: whoever is ready leaves it to one who has to be hired for it.
                for _ in range(wanted):
                    executor.submit(get_ready, preparation)
                self._ready[preparation] = wanted

    @property
    def is_hired(self) -> bool:
        """Whether there is anybody but this process."""
        return self._hired is not None

    def results(self, begun: Iterable[Future[T]]) -> Iterator[T]:
        """Wait for each result in its turn; raises what went wrong, CrewError where whoever was at work was lost."""
        lost = self._hiring.lost if self._hiring else BrokenExecutor
        try:
            for future in begun:
                yield future.result()
        except lost as error:
            self.dismiss()  # the next book has others
            what = f"whoever was at work on the book was killed ({' '.join(str(error).split())})"
            raise CrewError(what, remedy="if memory has run out, fewer --jobs need less") from None

    def dismiss(self) -> None:
        """Let all go at once: whatever they are doing, nobody waits for it any more."""
        for executor in (self._hired, self._aside):
            if self._hiring and executor:
                self._hiring.dismiss(executor)
        self._hired = self._aside = None
        self._ready.clear()


def size_of(path: Path) -> int:
    """Say how much work a file is, in bytes; one that is not there is none: whoever opens it says what is wrong."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def get_ready(preparation: str) -> None:
    """Call a function that loads what will be needed, which is named as "package.module:function"; once in a process.

    A second time it is meant for another.
    """
    if preparation in _READY_FOR:
        sleep(A_MOMENT)
        return
    resolve_name(preparation)()
    _READY_FOR.add(preparation)


_READY_FOR: set[str] = set()


CREW: ContextVar[Crew] = ContextVar("CREW", default=Crew())  # noqa: B039  (it has no one to hire, and so no state)
"""Who works on the books that are being made."""


@contextmanager
def as_crew(crew: Crew) -> Iterator[Crew]:
    """Let these work while the block runs; its end, an error, or Ctrl-C, ends what they do at once."""
    token = CREW.set(crew)
    try:
        yield crew
    finally:
        crew.dismiss()
        CREW.reset(token)


@contextmanager
def at_work(jobs: int) -> Iterator[Crew]:
    """Let so many processes of this machine work while the block runs."""
    with (
        beside() if jobs > 1 else nullcontext(),
        scratch(prefix="digest-") as place,
        as_crew(Crew(jobs, Hiring(lambda: _pool(jobs, str(place)), lambda: _pool(1, str(place)), _end))) as crew,
    ):
        yield crew


def _pool(hands: int, place: str) -> Executor:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    class Pool(ProcessPoolExecutor):
        def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
            """Begin it; where one was lost since the last call, whoever waits for this one is told."""
            try:
                with _undisturbed():
                    return super().submit(fn, *args, **kwargs)
            except BrokenExecutor as error:
                never: Future[T] = Future()
                never.set_exception(error)
                return never

    # A forked process would copy each page of memory that it touches, and inherit Pango's threads half way.
    spawn = multiprocessing.get_context("spawn")
    return Pool(hands, spawn, initializer=_begin, initargs=(place, gc.get_threshold()))


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl-C wait while a process is begun, and let it be none of that one's: half begun it would tell of it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # which whoever is begun meanwhile inherits
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(place: str, thresholds: tuple[int, int, int]) -> None:
    """Leave Ctrl-C to the process that waits, and temporary files where it takes them away whatever happens.

    Circles of garbage are looked for as seldom as there: a twentieth of the time that grouping and imports take.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tempfile.tempdir = place
    gc.set_threshold(*thresholds)
    Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    """End with the process that one works for, even if that was killed."""
    from multiprocessing import connection, parent_process

    if parent := parent_process():
        connection.wait([parent.sentinel])
        os._exit(1)


def _end(executor: Executor) -> None:
    """End what its processes are doing: an executor can only wait for them."""
    processes = [*(getattr(executor, "_processes", None) or {}).values()]
    _let_go(executor)
    for process in processes:
        process.terminate()
        process.join()
