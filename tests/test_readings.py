"""Many sources: the same articles whoever reads them, and again from what was kept, until something changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from digest import readers, readings
from digest.cache import keeping
from digest.crew import Alone, Crew, Hiring, as_crew, at_work
from digest.errors import SourceEmptyError, UndecodableError
from digest.model import Reading
from digest.progress import untracked

STORY = "# 第{}号线通车\n\n本报讯 昨日，城市的又一条地铁线路开门迎客，市民排队体验了首班车。\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Twenty pages, each a stack of its own that is enough for a process."""
    monkeypatch.setattr(readings, "ENOUGH", 1)
    monkeypatch.setattr(readings, "A_STACK", 1)
    place = tmp_path / "seeds"
    place.mkdir()
    for number in range(20):
        (place / f"{number}.txt").write_text(STORY.format(number), encoding="utf-8")
    return place


def read(folder: Path) -> list[Reading]:
    return readings.of(readers.walk([folder]).sources, untracked)


def read_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Read with a cache, and name the sources that were really read."""
    asked: list[str] = []

    def noting(source: readers.Source) -> Reading:
        asked.append(source.name)
        return readers_read(source)

    readers_read = readers.read
    with monkeypatch.context() as patch, keeping(folder.parent / "cache"):
        patch.setattr(readers, "read", noting)
        found = read(folder)
    assert found == read(folder)
    return asked


def test_the_readings_are_the_same_for_any_number_of_processes(folder: Path) -> None:
    alone = read(folder)
    with at_work(3):
        assert read(folder) == alone


@pytest.mark.parametrize("hands", [1, 2])
def test_the_first_source_that_cannot_be_read_is_named(folder: Path, hands: int) -> None:
    for number in (3, 7):
        (folder / f"{number}.txt").write_text("")
    with at_work(hands), pytest.raises(SourceEmptyError, match=r"seeds/3\.txt: empty"):
        read(folder)


@pytest.mark.parametrize("hands", [1, 2])
def test_whatever_goes_wrong_bears_a_note_of_the_source(folder: Path, hands: int) -> None:
    (folder / "4.md").mkdir()
    sources = (*readers.walk([folder]).sources, readers.Source(folder / "4.md", "4.md"))
    with at_work(hands), pytest.raises(UndecodableError) as raised:
        readings.of(sources, untracked)
    assert raised.value.__notes__ == ["while 4.md was read"]


def test_what_has_not_changed_is_not_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(read_anew(folder, monkeypatch)) == 20
    assert read_anew(folder, monkeypatch) == []


def test_only_what_has_changed_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_anew(folder, monkeypatch)
    (folder / "5.txt").write_text(STORY.format("新"), encoding="utf-8")
    assert read_anew(folder, monkeypatch) == ["5.txt"]


def test_a_page_is_read_again_when_its_sidecar_comes_changes_and_goes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_anew(folder, monkeypatch)
    sidecar = folder / "5.toml"
    sidecar.write_text('[lines]\n1 = "text"\n')
    assert read_anew(folder, monkeypatch) == ["5.txt"]
    sidecar.write_text('[lines]\n1 = "furniture"\n')
    assert read_anew(folder, monkeypatch) == ["5.txt"]
    sidecar.unlink()
    assert read_anew(folder, monkeypatch) == []


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-be", "utf-16-le"])
def test_an_article_with_a_picture_is_always_read(folder: Path, monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    Image.new("RGB", (8, 8)).save(folder / "a.png")
    text = "\ufeff# 图\n\n![字](a.png)\n" if encoding.startswith("utf-16-") else "# 图\n\n![字](a.png)\n"
    (folder / "图.md").write_bytes(text.encode(encoding))
    read_anew(folder, monkeypatch)
    assert read_anew(folder, monkeypatch) == ["图.md"]


def test_an_article_without_one_is_not(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "信.md").write_text("# 信\n\n好！[链接](a.html)\n", encoding="utf-8")
    read_anew(folder, monkeypatch)
    assert read_anew(folder, monkeypatch) == []


def test_a_source_of_another_name_is_read_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_anew(folder, monkeypatch)
    (folder / "5.txt").rename(folder / "99.txt")
    assert read_anew(folder, monkeypatch) == ["99.txt"]


@pytest.fixture
def hired() -> Iterator[list[Alone]]:
    """All that are hired while a crew of two may be."""
    found: list[Alone] = []

    def hire() -> Alone:
        found.append(Alone())
        return found[-1]

    with as_crew(Crew(2, Hiring(hire))):
        yield found


def get_ready(folder: Path, *preparations: str) -> None:
    with keeping(folder.parent / "cache"):
        readings.of(readers.walk([folder]).sources, untracked, preparations)


def test_others_get_ready_for_a_whole_book_when_one_of_its_sources_is_new(
    folder: Path, hired: list[Alone], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "ENOUGH", 10**9)  # what is new is read here
    monkeypatch.setattr("digest.crew.ENOUGH", (folder / "5.txt").stat().st_size)
    get_ready(folder)
    (folder / "5.txt").write_text(STORY.format("新"), encoding="utf-8")
    get_ready(folder)
    assert hired == []
    (folder / "5.txt").write_text(STORY.format("又"), encoding="utf-8")
    get_ready(folder, "digest.words:prepare")
    assert len(hired) == 1


def test_for_a_book_whose_sources_are_all_known_nobody_does(
    folder: Path, hired: list[Alone], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "ENOUGH", 10**9)
    monkeypatch.setattr("digest.crew.ENOUGH", 1)
    get_ready(folder)
    get_ready(folder, "digest.words:prepare")
    assert hired == []
