"""One who works beside this process, at what others' code does at a stretch while Python's lock keeps a thread waiting.

To load a hundred thousand Chinese words and to draw a cover take it a tenth of a second each, a third of all that a
small edition needs: time enough to hire one, and not to hire a crew. Who does it changes nothing in a book.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pkgutil import resolve_name
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from subprocess import Popen

# What takes long to load, in the order in which it is asked for.
PREPARATIONS = ("digest.words:prepare", "digest.painting:prepare")
# It finds each module where this process does. It reads what it has to do, and ends with what it reads from.
BEGIN = "import sys; sys.path[:] = {path!r}; from digest.apprentice import learn; learn()"


class Oneself:
    """Nobody beside this process."""

    def begin(self) -> None:
        """Hire nobody."""

    def done(self, task: str, *given: Any) -> Any:
        """Give what a function gives, which is named as "package.module:function"; raises what it does."""
        return resolve_name(task)(*given)


class Apprentice(Oneself):
    """A process that is hired when it is worth it, and let go at once."""

    def __init__(self) -> None:
        self._process: Popen[bytes] | None = None
        self._one_at_a_time = Lock()

    def begin(self) -> None:
        """Hire him, to learn what he needs while this process does something else."""
        if self._process or not sys.executable:
            return
        from subprocess import PIPE, Popen

        try:
            self._process = Popen(  # noqa: S603  (this very Python)
                [sys.executable, "-c", BEGIN.format(path=sys.path)],
                stdin=PIPE,
                stdout=PIPE,
                start_new_session=True,  # Ctrl-C is for the process that waits
            )
        except OSError:  # the system has no process left for us: then it is done without
            return

    def done(self, task: str, *given: Any) -> Any:
        """Let him do it, once he is hired; raises CrewError where he was lost."""
        if not (self._process and self._process.stdin and self._process.stdout):
            return super().done(task, *given)
        import pickle

        with self._one_at_a_time:
            try:
                pickle.dump((task, given), self._process.stdin)
                self._process.stdin.flush()
                went_well, result = pickle.load(self._process.stdout)  # noqa: S301  (from a process of ours)
            except (EOFError, BrokenPipeError, pickle.UnpicklingError):
                from digest.errors import CrewError  # he has no use for it

                self.leave()
                what = "whoever was at work on the book was killed"
                raise CrewError(what, remedy="if memory has run out, `--jobs 1` needs less") from None
            except BaseException:  # Ctrl-C: his answer would be taken for that to the next question
                self.leave()
                raise
        if not went_well:
            raise result
        return result

    def leave(self) -> None:
        """Let him go, whatever he is doing."""
        if self._process:
            self._process.kill()
            self._process.communicate()
        self._process = None


APPRENTICE: ContextVar[Oneself] = ContextVar("APPRENTICE", default=Oneself())  # noqa: B039  (it has no state)
"""Who does what takes others' code long, while a book is made."""


@contextmanager
def beside() -> Iterator[None]:
    """Let somebody work beside this process, as soon as it is worth it, while the block runs."""
    apprentice = Apprentice()
    token = APPRENTICE.set(apprentice)
    try:
        yield
    finally:
        APPRENTICE.reset(token)
        apprentice.leave()


def learn() -> None:
    """Get ready, and do what is asked for until nobody asks any more: in a process of its own."""
    import pickle

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where Ctrl-C comes to all of a console's processes
    wanted, answers = os.fdopen(sys.stdin.fileno(), "rb", closefd=False), os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    elsewhere = sys.stderr.fileno() if sys.stderr else os.open(os.devnull, os.O_WRONLY)
    os.dup2(elsewhere, sys.stdout.fileno())  # what others' code prints is no answer
    for preparation in PREPARATIONS:
        _tried(resolve_name(preparation), ())  # what goes wrong will again when it is asked for, and is told then
    try:
        while wanted.peek(1):
            task, given = pickle.load(wanted)  # noqa: S301  (from the process that hired this one)
            pickle.dump(_tried(resolve_name(task), given), answers)
            answers.flush()
    except BrokenPipeError:  # whoever asked is gone
        return


def _tried(work: Callable[..., Any], given: tuple[Any, ...]) -> tuple[bool, Any]:
    """Give whether it went well, and the result, or what went wrong: that is told where it was asked for."""
    try:
        return True, work(*given)
    except Exception as error:
        return False, error
