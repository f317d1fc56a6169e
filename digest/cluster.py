"""Sends the work on a book to the machines of a Dask cluster: the very tasks that processes of this machine would get.

Its machines see the same files under the same paths, and have the same digest, Python and packages: each task says
which program sends it, and another one refuses it, for its pages might be others. What a lost machine had to do Dask
gives to another.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from socket import create_connection, gethostname
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

from digest import addresses
from digest.crew import Crew, Hiring, as_crew
from digest.errors import CrewError, LibraryMissingError

P = ParamSpec("P")
T = TypeVar("T")

ANSWER = 10  # seconds that a scheduler has for its answer; one that is there takes hundredths
# They tell on stderr what Dask mends by itself, and what goes wrong a second time.
CHATTER = (
    "distributed",
    "distributed.client",
    "distributed.core",
    "distributed.utils",
    "tornado.application",
    "asyncio",
)
SCHEMES = ("tcp", "tls")
RETRIES = 3  # times that a task is given to another machine when the one at work on it is lost
REMEDY = "start one with `dask scheduler`, and `dask worker` on each machine, or check the address"


@dataclass(frozen=True)
class Task:
    """A function as it is sent to another machine, which does it only if it has the very program that sends it."""

    program: bytes
    function: Callable[..., Any]

    @property
    def __name__(self) -> str:
        """The name that Dask shows."""
        return self.function.__name__

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Do it; raises CrewError where that might come out differently."""
        if addresses.program() != self.program:
            what = f"the worker on {gethostname()} has another digest, Python or set of packages than this machine"
            raise CrewError(what, remedy="install the same on all")
        return self.function(*args, **kwargs)


class Cluster(Executor):
    """An executor of Dask's, that shuts down as those of the standard library do."""

    def __init__(self, client: Any) -> None:
        self._sent = client.get_executor(pure=False, retries=RETRIES)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Send a task."""
        future: Future[T] = self._sent.submit(Task(addresses.program(), fn), *args, **kwargs)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the tasks end, or cancel them."""
        self._sent.shutdown(wait=wait and not cancel_futures)


@contextmanager
def at_work(address: str) -> Iterator[Crew]:
    """Let the cluster of a scheduler work while the block runs.

    Raises LibraryMissingError without Dask, CrewError for a scheduler that does not answer or has no workers; a task
    raises it on a worker that has another program.
    """
    try:
        import distributed
    except ImportError:
        what, remedy = "a cluster needs Dask, which is not there", "pip install 'digest-publisher[dask]'"
        raise LibraryMissingError(what, remedy=remedy) from None
    for name in CHATTER:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with _connected(distributed, address) as client:
        hands = sum(client.nthreads().values())
        if not hands:
            raise CrewError(f"the Dask scheduler at {address} has no workers", remedy=REMEDY)
        hiring = Hiring(lambda: Cluster(client), lost=distributed.KilledWorker, for_any_work=True)
        with as_crew(Crew(hands, hiring)) as crew:
            yield crew


@contextmanager
def _connected(distributed: Any, address: str) -> Iterator[Any]:
    try:
        # Asked first, as a client of Dask's that finds nobody waits twenty seconds when it is thrown away.
        create_connection(_place(address), timeout=ANSWER).close()
        client = distributed.Client(address, timeout=ANSWER, set_as_default=False)
    except (OSError, ValueError):  # nobody is there, or it is no address
        raise CrewError(f"no Dask scheduler answers at {address}", remedy=REMEDY) from None
    with client:
        yield client


def _place(address: str) -> tuple[str, int]:
    """Give host and port of a scheduler's address; raises ValueError for what is none."""
    found = urlsplit(address)
    if found.scheme not in SCHEMES or not found.hostname or not found.port:
        raise ValueError(f"{address!r} is no {' or '.join(SCHEMES)}://host:port")
    return found.hostname, found.port
