"""What an editor settled about a page, in a file beside it: the page itself is never touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from digest.errors import SidecarError
from digest.model import Doubt, Reading
from digest.newspaper.lines import Line, Settled
from digest.toml_file import line_of_key, read_toml

SUFFIX = ".toml"
ROLES = ("title", "kicker", "column", "subtitle", "byline", "subhead", "text", "caption", "furniture")
# Numbers that no line has: of a key that is no number, and of one whose value is no role.
NO_NUMBER, NO_ROLE = -1, -2
SHOWN_BY = "`digest articles --sidecar`"

EXPLANATION = """\
# What an editor settles about {page}, by its lines; take off a # and write your own numbers.
#
# A new paragraph begins on these lines, or these lines go on with the paragraph above:
# cut = [12]
# join = [17]
# A new article begins on these lines:
# begin = [20]
#
# What a line is: {roles}.
# [lines]
# 26 = "title"
#
# The head on the first line belongs to the article whose text has the second line:
# [heads]
# 26 = 1
"""


class Sidecar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file's shape: lines count from 1, as an editor's program shows them."""

    cut: tuple[int, ...] = ()
    join: tuple[int, ...] = ()
    begin: tuple[int, ...] = ()
    lines: dict[str, str] = {}
    heads: dict[str, int] = {}


@dataclass(frozen=True, slots=True)
class Settlement:
    """A page's sidecar and where it lies, for the errors; an empty one settles nothing."""

    sidecar: Sidecar = field(default_factory=Sidecar)
    path: Path | None = None


def sidecar_of(page: Path) -> Path:
    """Say where a page's sidecar lies: 003.txt has 003.toml."""
    return page.with_suffix(SUFFIX)


def load(page: Path) -> Settlement:
    """Read the sidecar of a page, if there is one; raises SidecarError with file and line."""
    path = sidecar_of(page)
    if not path.exists():
        return Settlement()
    return Settlement(read_toml(path, Sidecar, SidecarError, shown_by=SHOWN_BY), path)


def settle(lines: Sequence[Line], settlement: Settlement) -> list[Line]:
    """Give each line what was settled about it; raises SidecarError for a line that the page does not have."""
    there = {line.number for line in lines}
    settled: dict[int, Settled] = {}
    for fact in _facts(settlement.sidecar):
        if not {fact.line, fact.other} <= there:
            raise _refused(settlement, fact)
        settled[fact.line] = fact.add(settled.get(fact.line, Settled()))
    return [replace(line, settled=settled[line.number]) if line.number in settled else line for line in lines]


@dataclass(frozen=True, slots=True)
class _Fact:
    """One thing that is settled: the key that says it, its line and the other it names, and what it adds."""

    key: tuple[str, ...]
    line: int
    other: int
    add: Callable[[Settled], Settled]


def _facts(sidecar: Sidecar) -> Iterator[_Fact]:
    for line in sidecar.cut:
        yield _Fact(("cut",), line, line, lambda had: replace(had, breaks=True))
    for line in sidecar.join:
        yield _Fact(("join",), line, line, lambda had: replace(had, breaks=False))
    for line in sidecar.begin:
        yield _Fact(("begin",), line, line, lambda had: replace(had, begins=True))
    for key, role in sidecar.lines.items():
        line = _number(key) if role in ROLES else NO_ROLE
        yield _Fact(("lines", key), line, line, lambda had, role=role: replace(had, role=role))  # type: ignore[misc]
    for key, story in sidecar.heads.items():
        line = _number(key)
        yield _Fact(("heads", key), line, story, lambda had, story=story: replace(had, head_of=story))  # type: ignore[misc]


def _number(key: str) -> int:
    return int(key) if key.isascii() and key.isdigit() else NO_NUMBER


def _refused(settlement: Settlement, fact: _Fact) -> SidecarError:
    text = settlement.path.read_text(encoding="utf-8-sig") if settlement.path else ""
    where = f"{settlement.path}:{line_of_key(text, fact.key)}"
    name = f"`{'.'.join(fact.key)}`"
    if fact.line == NO_ROLE:
        return SidecarError(
            f"{name} is nothing that a line can be", where=where, remedy=f"it can be {', '.join(ROLES)}"
        )
    what = f"{name} names a line that has no text on the page"
    return SidecarError(what, where=where, remedy="`digest articles` shows the lines")


def draft(page: str, reading: Reading) -> str:
    """Write a sidecar that settles nothing: what can be said, and the page's doubts, all as comments."""
    doubts = sorted((doubt for article in reading.articles for doubt in article.doubts), key=lambda one: one.line)
    return "\n".join([EXPLANATION.format(page=page, roles=", ".join(ROLES)), *map(_comment, doubts), ""])


def _comment(doubt: Doubt) -> str:
    return f"# ? {doubt.line} {doubt.code}: {' '.join(doubt.message.split())}"
