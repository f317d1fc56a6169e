"""Progress on stderr while a terminal watches, and nothing otherwise."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol, TypeVar

Step = TypeVar("Step")


class Track(Protocol):
    """How progress is shown: gives the steps back one by one, and says what is being done."""

    def __call__(self, steps: Sequence[Step], doing: str) -> Iterable[Step]:
        """Give each step in its turn."""


def untracked(steps: Sequence[Step], doing: str) -> Iterable[Step]:  # noqa: ARG001  (a Track's signature)
    """Show nothing: for a program that is no terminal."""
    return steps


@contextmanager
def shown() -> Iterator[Track]:
    """Give a Track that shows a bar for each stage on a terminal; it is gone when the work is done."""
    if not sys.stderr.isatty():
        yield untracked
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        yield lambda steps, doing: progress.track(steps, description=f"{doing:>8}")
