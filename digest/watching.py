"""Tells when files that a book is made from have changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

# Books before they are whole (output.py).
UNFINISHED = ".digest-"
A_LOOK = 200  # milliseconds until the first sign, by when nothing is missed any more


def signs(places: Collection[Path], ours: Callable[[], Collection[Path]]) -> Iterator[None]:
    """Give a sign once the watch is kept, and one each time that something in these places was saved, until Ctrl-C.

    What `ours` names, and what is below it, is passed over: files that we have written ourselves.
    """
    from watchfiles import Change, DefaultFilter, watch

    class OfOthers(DefaultFilter):
        def __call__(self, change: Change, path: str) -> bool:
            place = Path(path)
            if place.is_dir():  # what is in it has signs of its own
                return False
            unfinished = any(part.startswith(UNFINISHED) for part in place.parts)
            own = any(place.is_relative_to(each) for each in ours())
            return not unfinished and not own and super().__call__(change, path)

    awaited = False
    for found in watch(*places, watch_filter=OfOthers(), yield_on_timeout=True, rust_timeout=A_LOOK):
        if found or not awaited:
            awaited = True
            yield None
