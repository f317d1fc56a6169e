"""Reads many sources, side by side where that pays; what a source gave is kept for as long as it stays the same."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from digest import readers
from digest.addresses import address
from digest.apprentice import APPRENTICE
from digest.cache import kept
from digest.crew import CREW, get_ready, size_of
from digest.decoding import LARGEST
from digest.model import Reading
from digest.progress import Track
from digest.readers import Source

# Bytes for each process: less is read sooner than another has started and has imported what reading needs.
ENOUGH = 1_000_000
# Bytes that are read in one go: a tenth of a second's work, far more than to send them there and their articles back.
A_STACK = 100_000
# Of a Han character in UTF-8, and more than any takes in another encoding of Chinese.
BYTES_OF_A_CHARACTER = 3


def of(sources: Sequence[Source], track: Track, preparations: Collection[str] = (), aside: str = "") -> list[Reading]:
    """Read sources, in their order; raises what `readers.read` does for the first that cannot be read.

    `preparations` are what the crew will need for what comes next, as soon as anything is new: the work on pages that
    follows goes by the length of the whole book. `aside` is what one more will need where most was read before.
    """

    def made(wanted: Sequence[Source]) -> Iterator[Reading]:
        sizes = [size_of(source.path) for source in wanted]
        whole = sum(size_of(source.path) for source in sources)
        crew = CREW.get()
        executor = crew.for_work(sum(sizes), ENOUGH)
        begun = [executor.submit(_read, stack) for stack in _stacks(wanted, sizes)]
        for preparation in preparations:
            crew.get_ready(whole // BYTES_OF_A_CHARACTER, preparation, half=True)
        if crew.is_hired and aside and len(wanted) < len(sources) / 2:
            crew.aside().submit(get_ready, aside)
        if not crew.is_hired:
            APPRENTICE.get().begin()  # what is new will have to be grouped, which is his work too
        return (reading for stack in crew.results(track(begun, "reading")) for reading in stack)

    return [*kept("reading", Reading, sources, _address, made)]


def _read(sources: Sequence[Source]) -> list[Reading]:
    return [_read_one(source) for source in sources]


def _read_one(source: Source) -> Reading:
    try:
        return readers.read(source)
    except Exception as error:
        error.add_note(f"while {source.name} was read")
        raise


def _stacks(sources: Sequence[Source], sizes: Sequence[int]) -> Iterator[list[Source]]:
    """Part sources into stacks, in their order."""
    stack: list[Source] = []
    room = A_STACK
    for source, size in zip(sources, sizes, strict=True):
        if stack and size > room:
            yield stack
            stack, room = [], A_STACK
        stack.append(source)
        room -= size
    if stack:
        yield stack


def _address(source: Source) -> bytes | None:
    """Name a reading after its source and that source's sidecar; None for one that depends on other files, too."""
    files = [source.path, *readers.sidecars(source)]
    try:
        if any(file.stat().st_size > LARGEST for file in files):
            return None
        contents = [file.read_bytes() for file in files]
    except OSError:  # whoever reads it says what is wrong with it
        return None
    if not readers.stands_alone(source, contents[0]):
        return None
    return address("reading", source.name, *map(str, files), *contents)
