"""Keeps the pages of parts from run to run, stretch by stretch: a mend has those made again alone that its text is in.

A part is kept as the addresses of its stretches, under that of all it is made from, and under that of all but its
text: there stand those of last time, each of which is used again if its own text is still what it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from digest.addresses import address
from digest.cache import CACHE
from digest.printing.parts import LaidOut, Looks, Part
from digest.printing.skeleton import is_told_apart, skeleton
from digest.printing.stretches import Known, Run, Stretch


@dataclass(frozen=True, slots=True)
class Course:
    """The stretches of a part, one after the other."""

    stretches: tuple[Known, ...]


class Shelf:
    """The pages that are kept of parts in some looks, which have an address."""

    def __init__(self, looks: Looks, address: bytes) -> None:
        self._looks, self._address = looks, address
        self._store = CACHE.get()
        self._laid: dict[bytes, LaidOut] = {}
        self._frames: dict[str, bytes] = {}  # by the names of parts, each of which is asked for three times

    def find(self, parts: Sequence[Part]) -> dict[str, Run]:
        """Give the stretches of each part that is kept as it is, by its name."""
        courses = self._courses({part.name: self._name(part) for part in parts} if self._store else {})
        return {name: [*map(Stretch, course.stretches)] for name, course in courses.items() if self._has_all(course)}

    def last_time(self, part: Part) -> tuple[Known, ...]:
        """Give the stretches that are kept of a part like this but for its text."""
        courses = self._courses({part.name: self.frame(part)} if self._store else {})
        return tuple(each for course in courses.values() for each in course.stretches if each.address in self._laid)

    def frame(self, part: Part) -> bytes:
        """Name all that a part is made from but its text; nothing where its pages tell of more than their own text.

        Nor where nothing is kept: then nobody asks for stretches by name.
        """
        if part.name not in self._frames:
            is_named = self._store and is_told_apart(part, self._looks)
            self._frames[part.name] = self._frame(part) if is_named else b""
        return self._frames[part.name]

    def _frame(self, part: Part) -> bytes:
        return address("frame", *self._facts(part), skeleton(part.html))

    def taken(self, run: Run) -> list[LaidOut]:
        """Take the pages of some stretches from the shelf: they are needed once."""
        return [each.laid or self._laid.pop(each.known.address) for each in run]

    def keep(self, part: Part, made: Run) -> Run:
        """Keep a part, at once: only so the pages of a long book need not all be there in the end. Give it back."""
        if self._store:
            name, frame = self._name(part), self.frame(part)
            named = [_named(stretch, name, at) for at, stretch in enumerate(made)]
            self._store.keep("pages", {each.known.address: each.laid for each in named if each.laid})
            course = Course(tuple(each.known for each in named))
            self._store.keep("part", dict.fromkeys([name, frame] if frame else [name], course))
        return made

    def _name(self, part: Part) -> bytes:
        return address("part", *self._facts(part), repr(part.folios), part.html)

    def _facts(self, part: Part) -> Sequence[bytes | str]:
        return self._address, part.name, *(piece for pair in sorted(part.pictures.items()) for piece in pair)

    def _courses(self, names: Mapping[str, bytes]) -> dict[str, Course]:
        """Find the courses under some addresses, and the pages of their stretches."""
        if not self._store:
            return {}
        found: dict[bytes, Course] = self._store.find(Course, [*filter(None, names.values())])
        wanted = (each.address for course in found.values() for each in course.stretches)
        self._laid |= self._store.find(LaidOut, [each for each in dict.fromkeys(wanted) if each not in self._laid])
        return {part: found[name] for part, name in names.items() if name in found}

    def _has_all(self, course: Course) -> bool:
        return all(each.address in self._laid for each in course.stretches)


def _named(stretch: Stretch, part: bytes, at: int) -> Stretch:
    """Name a stretch that no text of its own tells after the part, and its place in it."""
    if stretch.known.address:
        return stretch
    return replace(stretch, known=replace(stretch.known, address=address("stretch", part, str(at))))
