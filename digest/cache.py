"""Results kept from run to run, under the addresses of what they are made from.

One SQLite file holds them: two runs at once do each other no harm, and nothing is ever unpickled, which would run
whatever somebody put there. A result is given only if its checksum, which covers its address too, is right; what is
damaged is made again.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from digest.errors import visible

P = TypeVar("P")
T = TypeVar("T")
Row = tuple[bytes, bytes, bytes]  # address, checksum, data

FILE_NAME = "results.sqlite"
# A book of 800 pages leaves 15 MB: these are the last versions of fifty such books.
LIMIT = 750_000_000
LARGEST_SHARE = 0.1  # of the limit, for one result: a larger one would push out too many others
ROOM_LEFT = 0.25  # of the limit, once something is dropped: not every run should have to drop again
WAIT = 10.0  # seconds for another run that is writing; that takes some hundredths
ASKED_AT_ONCE = 500  # SQLite takes 999 values in a question in its oldest form
TABLE = """
CREATE TABLE IF NOT EXISTS kept (
    address BLOB PRIMARY KEY,
    stage TEXT NOT NULL,
    run INTEGER NOT NULL,
    checksum BLOB NOT NULL,
    size INTEGER NOT NULL,
    data BLOB NOT NULL
)"""
KEEP = "INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?, ?)"
LAST_RUN = "SELECT coalesce(max(run), 0) FROM kept"  # looks at every result: half a thousandth of a second for 1 000
# What SQLite says of a file that is none of its own, or not as it was written; or that has another table in it.
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH)


@dataclass(frozen=True, slots=True)
class Stock:
    """What the cache has of a stage: how many results, and their bytes."""

    stage: str
    results: int
    size: int


class Cache:
    """Results in a folder; `trouble` says why that is not used any more, where it cannot be."""

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self.path = folder / FILE_NAME
        self.trouble = ""
        self._limit = limit
        self._used: dict[bytes, None] = {}
        self._last_run: Any = None  # whatever stands in the file

    def find(self, kind: Any, addresses: Sequence[bytes]) -> dict[bytes, Any]:
        """Give what is kept under each of these addresses, and is sound, as what `kind` says it is."""
        found: dict[bytes, Any] = {}
        for at in range(0, len(addresses), ASKED_AT_ONCE):
            rows: list[Row] = self._do(_asked(addresses[at:][:ASKED_AT_ONCE]), otherwise=[])
            for address, checksum, data in rows:
                if checksum == _checksum(address, data):
                    found[address] = _decoder(kind).decode(data)
        self._used |= dict.fromkeys(found)
        return found

    def keep(self, stage: str, results: Mapping[bytes, Any]) -> None:
        """Keep results under their addresses, but for one that is very large, or that msgpack cannot hold."""
        packed = ((address, _packed(result)) for address, result in results.items())
        rows = [
            (address, _checksum(address, data), len(data), data)
            for address, data in packed
            if data is not None and len(data) <= LARGEST_SHARE * self._limit
        ]
        if rows:
            self._do(lambda connection: self._keep(connection, stage, rows), otherwise=None)
        self._used |= dict.fromkeys(row[0] for row in rows)

    def close(self) -> None:
        """Note what this run has used; where there is too much, drop what was used longest ago."""
        if self._used:
            self._do(self._tidied, otherwise=None)
        self._used = {}

    def complaints(self) -> Iterator[str]:
        """Tell why nothing is kept, where that is so."""
        if self.trouble:
            told = f"digest: {self.path}: nothing is kept for the next run ({self.trouble}); name another --cache"
            yield visible(told)

    def stock(self) -> tuple[Stock, ...]:
        """Say what there is, stage by stage."""
        if not self.path.exists():
            return ()
        asked = "SELECT stage, count(*), sum(size) FROM kept GROUP BY stage ORDER BY stage"
        rows: list[tuple[str, int, int]] = self._do(lambda there: there.execute(asked).fetchall(), otherwise=[])
        return tuple(Stock(*row) for row in rows)

    def clear(self) -> None:
        """Take all results away; raises OSError where that cannot be done."""
        self.path.unlink(missing_ok=True)

    def _keep(self, connection: sqlite3.Connection, stage: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Keep results of a stage, as used in the last run before this one."""
        if self._last_run is None:
            (self._last_run,) = connection.execute(LAST_RUN).fetchone()
        connection.executemany(KEEP, [(address, stage, self._last_run, *rest) for address, *rest in rows])

    def _tidied(self, connection: sqlite3.Connection) -> None:
        (run,) = connection.execute(f"SELECT ({LAST_RUN}) + 1").fetchone()
        used = [(run, address) for address in self._used]
        connection.executemany("UPDATE kept SET run = ? WHERE address = ?", used)
        (size,) = connection.execute("SELECT coalesce(sum(size), 0) FROM kept").fetchone()
        if size <= self._limit:
            return
        least_used = connection.execute("SELECT rowid, size FROM kept ORDER BY run, rowid").fetchall()
        for rowid, less in least_used:
            if size <= (1 - ROOM_LEFT) * self._limit:
                break
            connection.execute("DELETE FROM kept WHERE rowid = ?", (rowid,))
            size -= less

    def _do(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """Do something with the file, and a second time with a new one where it is damaged."""
        for again in (False, True):
            if self.trouble:
                break
            try:
                with self._connected() as connection:
                    return work(connection)
            except sqlite3.DatabaseError as error:
                damaged = error.sqlite_errorcode & 0xFF in DAMAGED  # the low byte: SQLite's primary result codes
                if damaged and again:
                    raise
                if damaged:
                    self._discard()
                else:
                    self.trouble = str(error)
        return otherwise

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _trouble(error.strerror) from None
        connection = sqlite3.connect(self.path, timeout=WAIT)
        try:
            connection.execute("PRAGMA synchronous = OFF")  # what a power cut spoils is found damaged, and made again
            connection.execute(TABLE)
            with connection:
                yield connection
        finally:
            connection.close()

    def _discard(self) -> None:
        for name in (self.path, Path(f"{self.path}-journal")):
            try:
                name.unlink(missing_ok=True)
            except OSError as error:
                self.trouble = str(error.strerror)


CACHE: ContextVar[Cache | None] = ContextVar("CACHE", default=None)
"""Where results of this run are kept; nowhere, unless the command line or a caller says so."""


@contextmanager
def keeping(folder: Path) -> Iterator[Cache]:
    """Keep the results of this run in a folder while the block runs."""
    store = Cache(folder)
    token = CACHE.set(store)
    try:
        yield store
    finally:
        CACHE.reset(token)
        store.close()


def kept(
    stage: str,
    kind: Any,
    pieces: Sequence[P],
    name: Callable[[P], bytes | None],
    make: Callable[[Sequence[P]], Iterable[T]],
) -> Iterator[T]:
    """Give the result of each piece in its turn: what is kept under its name, and what `make` makes of all the others.

    `make` is called at once, and may give its results one by one. A name of None is that of what cannot be kept. The
    others are asked for again when all is made: a file that has changed in the meantime leaves nothing under the name
    of what it was.
    """
    store = CACHE.get()
    names = [name(piece) for piece in pieces] if store else [None for _ in pieces]
    found: dict[bytes, T] = store.find(kind, [own for own in names if own]) if store else {}
    missing = [at for at, own in enumerate(names) if own not in found]
    made = iter(make([pieces[at] for at in missing]) if missing else ())

    def in_turn() -> Iterator[T]:
        fresh: dict[int, T] = {}
        for at, own in enumerate(names):
            if own in found:
                yield found[own]
            else:
                fresh[at] = next(made)
                yield fresh[at]
        if store and fresh:
            store.keep(stage, {own: fresh[at] for at in missing if (own := names[at]) and name(pieces[at]) == own})

    return in_turn()


def encoded(value: Any) -> bytes:
    """Write a value so that its name can be made of it."""
    packed = _packed(value)
    return repr(value).encode("utf-8", "surrogatepass") if packed is None else packed


def _packed(value: Any) -> bytes | None:
    """Write a value as it is kept; None for text with lone surrogates, which no file of an editor's can hold."""
    try:
        return _ENCODER.encode(value)
    except UnicodeEncodeError:
        return None


def _asked(addresses: Sequence[bytes]) -> Callable[[sqlite3.Connection], list[Row]]:
    marks = ", ".join("?" * len(addresses))
    question = f"SELECT address, checksum, data FROM kept WHERE address IN ({marks})"  # noqa: S608  (marks alone)
    return lambda connection: connection.execute(question, addresses).fetchall()


def _trouble(what: str | None) -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError(what)
    error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
    return error


def _checksum(address: bytes, data: bytes) -> bytes:
    found = sha256(address)
    found.update(data)  # a book is large: nothing of it is copied
    return found.digest()


def _written(value: Any) -> Any:
    """Write what msgspec does not know by itself: a path, whose bytes may be no UTF-8."""
    if isinstance(value, Path):
        return os.fsencode(value)
    raise NotImplementedError(f"a {type(value).__name__} cannot be kept")


def _read(kind: Any, value: Any) -> Any:
    if issubclass(kind, Path):
        return Path(os.fsdecode(value))
    raise NotImplementedError(f"a {kind.__name__} cannot be kept")


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_written)


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind, dec_hook=_read)
