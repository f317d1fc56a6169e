"""Lays the parts of a book out side by side, in several processes: the result is the same for any number of them."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager

from digest.jobs import JOBS
from digest.printing.layout import Setter
from digest.printing.parts import LaidOut, Looks, Part

# Characters of HTML for each process: less is set sooner than another has started (half a second).
ENOUGH = 60_000

Collect = Callable[[Setter], list[LaidOut]]


@contextmanager
def at_work(looks: Looks, parts: Sequence[Part]) -> Iterator[Collect]:
    """Begin to lay parts out; what is given collects them, in their order, and sets them itself where that is quicker.

    The processes see the fonts that `digest.fonts.only_fonts` shows while they start. An error in one of them is
    raised where parts are collected, with a note of the part.
    """
    many = min(JOBS.get(), len(parts), sum(len(part.html) for part in parts) // ENOUGH)
    if many < 2:
        yield lambda setter: [setter.lay_out(part) for part in parts]
        return
    # A forked process would copy each page of memory that it touches, and inherit Pango's threads half way.
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(many, spawn, initializer=_start, initargs=(looks,)) as crew:
        try:
            # The longest first: the last to be done is then a short one.
            order = sorted(range(len(parts)), key=lambda at: (-len(parts[at].html), at))
            begun: dict[int, Future[LaidOut]] = {at: crew.submit(_lay_out, parts[at]) for at in order}
            yield lambda _: [begun[at].result() for at in range(len(parts))]
        except BaseException:
            crew.shutdown(wait=False, cancel_futures=True)
            raise


_SETTER: list[Setter] = []  # of this process


def _start(looks: Looks) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that waits for these
    _SETTER.append(Setter(looks))


def _lay_out(part: Part) -> LaidOut:
    try:
        return _SETTER[0].lay_out(part)
    except Exception as error:
        error.add_note(f"while {part.name} was laid out")
        raise
