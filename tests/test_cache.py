"""What is kept is found again, whole or not at all, and never beyond its bounds."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from digest import cache
from digest.cache import Cache, keeping, kept
from digest.model import (
    Article,
    Block,
    Chapter,
    Doubt,
    Edition,
    LeftOut,
    Origin,
    Picture,
    Theme,
    Unplaced,
    edition_identifier,
)
from digest.printing.gathering import Gathering, Numberless, Place, Streamed
from digest.printing.parts import Bookmark, Face, LaidOut, Leader, Leaf
from digest.printing.running import MarginBox, Running

ONE, OTHER = b"1" * 32, b"2" * 32


def made_anew(folder: Path, pieces: Sequence[bytes] = (ONE,)) -> list[bytes]:
    """Ask for a result of each piece, and give those pieces that were not kept."""
    asked: list[bytes] = []

    def make(missing: Sequence[bytes]) -> list[str]:
        asked.extend(missing)
        return [f"made of {piece!r}" for piece in missing]

    with keeping(folder):
        found = [*kept("stage", str, pieces, lambda piece: piece, make)]
    assert found == [f"made of {piece!r}" for piece in pieces]
    return asked


def _new(missing: Sequence[object]) -> list[str]:
    return ["new" for _ in missing]


def test_a_result_is_made_once(tmp_path: Path) -> None:
    assert (made_anew(tmp_path), made_anew(tmp_path)) == ([ONE], [])


def test_only_what_is_missing_is_made_and_all_is_in_its_place(tmp_path: Path) -> None:
    made_anew(tmp_path, [OTHER])
    assert made_anew(tmp_path, [ONE, OTHER, b"3" * 32]) == [ONE, b"3" * 32]


def test_without_a_cache_all_is_made() -> None:
    assert [*kept("stage", str, [ONE], lambda piece: piece, _new)] == ["new"]


def test_what_has_no_name_is_made_each_time(tmp_path: Path) -> None:
    with keeping(tmp_path) as store:
        assert [*kept("stage", str, [ONE], lambda _: None, _new)] == ["new"]
        assert not store.stock()


def test_what_changed_while_it_was_used_is_not_kept_under_its_old_name(tmp_path: Path) -> None:
    names = iter([ONE, OTHER])
    with keeping(tmp_path) as store:
        assert [*kept("stage", str, ["page"], lambda _: next(names), _new)] == ["new"]
        assert not store.stock()


@pytest.mark.parametrize("at", range(0, 16_384, 97))
def test_a_damaged_byte_is_never_shown(tmp_path: Path, at: int) -> None:
    pieces = [bytes([number]) * 32 for number in range(40)]
    made_anew(tmp_path, pieces)
    file = tmp_path / cache.FILE_NAME
    data = bytearray(file.read_bytes())
    data[at % len(data)] ^= 0x5A
    file.write_bytes(data)
    made_anew(tmp_path, pieces)  # which looks whether each result is that of its piece
    assert made_anew(tmp_path, pieces) == []


@pytest.mark.parametrize("rest", [b"", b"SQLite format 3\0", b"no database at all" * 99])
def test_a_file_that_is_none_is_made_anew(tmp_path: Path, rest: bytes) -> None:
    (tmp_path / cache.FILE_NAME).write_bytes(rest)
    assert (made_anew(tmp_path), made_anew(tmp_path)) == ([ONE], [])


def test_a_file_that_was_cut_off_is_made_anew(tmp_path: Path) -> None:
    pieces = [bytes([number]) * 32 for number in range(200)]
    made_anew(tmp_path, pieces)
    file = tmp_path / cache.FILE_NAME
    file.write_bytes(file.read_bytes()[:9_000])
    made_anew(tmp_path, pieces)
    assert made_anew(tmp_path, pieces) == []


def test_another_address_does_not_give_a_result_that_was_moved_there(tmp_path: Path) -> None:
    made_anew(tmp_path, [ONE, OTHER])
    with sqlite3.connect(tmp_path / cache.FILE_NAME) as connection:
        connection.execute(
            "UPDATE kept SET data = (SELECT data FROM kept WHERE address = ?), checksum = "
            "(SELECT checksum FROM kept WHERE address = ?) WHERE address = ?",
            (ONE, ONE, OTHER),
        )
    connection.close()
    assert made_anew(tmp_path, [ONE, OTHER]) == [OTHER]


def test_a_folder_that_cannot_be_used_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with keeping(tmp_path / "file" / "cache") as store:
        assert [*kept("stage", str, [ONE], lambda piece: piece, _new)] == ["new"]
    told = "nothing is kept for the next run (Not a directory); name another --cache"
    assert [*store.complaints()] == [f"digest: {tmp_path}/file/cache/{cache.FILE_NAME}: {told}"]


def test_a_run_that_is_writing_too_long_is_not_waited_for_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_anew(tmp_path)
    monkeypatch.setattr(cache, "WAIT", 0.01)
    other = sqlite3.connect(tmp_path / cache.FILE_NAME, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with keeping(tmp_path) as store:
        assert [*kept("stage", str, [ONE], lambda piece: piece, _new)] == ["new"]
    other.close()
    assert store.trouble == "database is locked"


def test_no_more_than_the_limit_is_kept_and_what_was_used_last_stays(tmp_path: Path) -> None:
    names = [bytes([number]) * 32 for number in range(20)]
    for name in names:
        store = Cache(tmp_path, limit=10_000)
        store.keep("stage", {name: "x" * 900})
        store.find(str, [names[0]])
        store.close()
    store = Cache(tmp_path)
    assert sum(own.size for own in store.stock()) <= 10_000
    assert {names[0], names[-1]} <= set(store.find(str, names))
    assert names[1] not in store.find(str, names)


def test_a_run_looks_through_all_results_once_for_all_that_it_keeps(tmp_path: Path) -> None:
    asked: list[str] = []

    class Noting(Cache):
        def _do(self, work: Any, otherwise: Any) -> Any:
            def traced(connection: sqlite3.Connection) -> Any:
                connection.set_trace_callback(asked.append)
                return work(connection)

            return super()._do(traced, otherwise)

    store = Noting(tmp_path)
    for first in (0, 20):
        store.keep("stage", {bytes([first + number]) * 32: "x" for number in range(20)})
    assert len([question for question in asked if "max(run)" in question]) == 1


def test_a_result_as_large_as_many_is_not_kept(tmp_path: Path) -> None:
    store = Cache(tmp_path, limit=10_000)
    store.keep("stage", {ONE: "x" * 1_001})
    assert not store.stock()


def test_runs_at_once_do_each_other_no_harm(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from digest.cache import Cache\n"
        "for number in range(60):\n"
        "    store = Cache(Path(sys.argv[1]), limit=40_000)\n"
        "    name = bytes([number]) * 32\n"
        "    assert store.find(str, [name]).get(name, str(number)) == str(number)\n"
        "    store.keep('stage', {name: str(number)}); store.close()\n"
        "    assert not store.trouble, store.trouble\n"
    )
    runs = [subprocess.Popen([sys.executable, "-c", script, str(tmp_path)]) for _ in range(3)]
    assert [run.wait(60) for run in runs] == [0, 0, 0]
    names = [bytes([number]) * 32 for number in range(60)]
    assert Cache(tmp_path).find(str, names) == {name: str(name[0]) for name in names}


def test_nothing_is_unpickled(tmp_path: Path) -> None:
    made_anew(tmp_path)
    assert {"pickle", "_pickle"}.isdisjoint(vars(cache))


def _edition() -> Edition:
    origin = Origin("文/a.txt", 1, 9, "A2", date(2023, 1, 28), ("（上接第一版）",), ("b.txt:1-2",), ("c.txt:3-4",))
    picture = Picture(Path("/seeds/\udce9.jpg"), "图", "a.md:3")
    blocks = (Block("paragraph", "字", "<b>字</b>"), Block("image", "图", picture=picture))
    article = Article(
        "a1", "photo", "题", origin, blocks, "栏", "肩", "副", "记者", ("甲",), "zh-TW", (Doubt("a", "b", 3),)
    )
    return Edition(
        "书",
        "zh-CN",
        edition_identifier("书", None, [article]),
        (Chapter(Theme("章", ("因",), "按"), (article,)),),
        date=date(2023, 1, 31),
        left_out=(LeftOut(article, "why", "a2"),),
        unplaced=(Unplaced(article, "章", "why"),),
        doubts=(Doubt("c", "d"),),
        number=3,
        cover=b"\xff\xd8",
    )


def _laid_out() -> LaidOut:
    face = Face(
        "F1",
        "Noto",
        "Noto",
        Path("/a.otf"),
        b"",
        880,
        -120,
        4,
        400,
        0,
        9,
        (("wght", 4.5),),
        {1: 2},
        {1: "字"},
        {"𠀀": 7},
    )
    leaf = Leaf("text", (("article", "题"),), frozenset({"article"}), (Leader(1.5, 2.5, 0.1),))
    anchors = {"article-1": 0}
    written = Numberless(b"<</P %d 0 R>>", b"\1\0\0\0")
    stream = Streamed(Numberless(b"<</Length 1>>"), b"q", b"mark")
    gathering = Gathering(
        (written,), 1, (stream,), (written,), (1,), (("a", written),), (Place("a", 0, 0.5, 1),), 2, written, written
    )
    return LaidOut(
        "chapter-1",
        (gathering,),
        (leaf,),
        (Bookmark(1, "章", 0, 0.1, 0.2),),
        anchors,
        (1.1, 2.2),
        (face,),
        frozenset("𠀀"),
        ("a",),
    )


def _running() -> Running:
    box = MarginBox((("counter", "page", "decimal"),), 1.5, 2.5, 0.5, 9.0, (0.0, 0.1, 0.2), ("text",), is_head=True)
    return Running({("text", "left"): (box,), ("", "right"): ()}, _laid_out().faces)


@pytest.mark.parametrize("value", [_edition(), replace(_edition(), date=None, number=None), _laid_out(), _running()])
def test_what_comes_back_is_what_was_kept(tmp_path: Path, value: object) -> None:
    Cache(tmp_path).keep("stage", {ONE: value})
    assert Cache(tmp_path).find(type(value), [ONE]) == {ONE: value}


def test_text_that_is_no_unicode_is_made_each_time_and_has_a_name(tmp_path: Path) -> None:
    Cache(tmp_path).keep("stage", {ONE: "\ud800", OTHER: "whole"})
    assert Cache(tmp_path).find(str, [ONE, OTHER]) == {OTHER: "whole"}
    assert cache.encoded("\ud800") != cache.encoded("\ud801")
