"""Read, compose, write: the whole program as functions, without a command line."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import press
from digest.errors import NothingReadableError, OutputError, UnknownFormatError, UnknownStyleError
from digest.model import Article, Block, Origin, Reading
from digest.press import Order, Pile
from digest.settings import EditionSettings

NOTHING_SAID = EditionSettings()


def article(
    name: str, text: str = "除夕夜，消防救援大队的灯一直亮着。", day: date | None = None, **facts: Any
) -> Article:
    return Article(name, "article", name, Origin("page.txt", 1, 2, date=day), (Block("paragraph", text),), **facts)


def pile(*articles: Article) -> Pile:
    return Pile((Reading(articles),), ())


def order(output: Path, *formats: str, title: str = "文摘") -> Order:
    return Order(formats or ("json",), "classic", output, output, EditionSettings(title=title))


# Read


def test_a_reading_of_each_source_comes_in_the_order_of_the_sources(tmp_path: Path) -> None:
    for name in ("b.md", "a.md"):
        (tmp_path / name).write_text(f"# {name}\n\n正文", encoding="utf-8")
    read = press.read([tmp_path / "b.md", tmp_path / "a.md"])
    assert [[found.title for found in reading.articles] for reading in read.readings] == [["b.md"], ["a.md"]]
    assert [found.title for found in read.articles] == ["b.md", "a.md"]


def test_ids_are_distinct_over_all_sources(tmp_path: Path) -> None:
    for name in ("1/a.md", "2/a.md"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("# 标题\n\n正文", encoding="utf-8")
    ids = [found.id for found in press.read([tmp_path / "1", tmp_path / "2"]).articles]
    assert len(set(ids)) == 2


def test_furniture_stays_with_its_source(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("# 守一方平安\n\n本报讯 除夕夜，灯一直亮着。\n责编：张三\n", encoding="utf-8")
    (tmp_path / "2.md").write_text("# 标题\n\n正文", encoding="utf-8")
    read = press.read([tmp_path])
    assert [[line.text for line in reading.furniture] for reading in read.readings] == [["责编：张三"], []]


def test_what_gave_no_article_is_told_beside_what_no_reader_takes(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("责编：张三\n", encoding="utf-8")
    (tmp_path / "2.jpg").write_bytes(b"")
    told = {file.path.name: file.why for file in press.read([tmp_path]).passed_over}
    assert told == {
        "2.jpg": "not read: no reader for it",
        "1.txt": "no article was found in it; `digest articles` lists what was set aside",
    }


def test_each_stage_is_tracked_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# 标题\n\n正文", encoding="utf-8")
    stages: list[tuple[str, int]] = []

    def track(steps: Sequence[Any], doing: str) -> Iterable[Any]:
        stages.append((doing, len(steps)))
        return steps

    press.make(press.read([tmp_path / "a.md"], track), order(tmp_path / "dist", "json", "epub"), track)
    assert stages == [("reading", 1), ("grouping", 1), ("writing", 2)]


# Compose


def test_the_edition_has_the_date_of_its_latest_article() -> None:
    days = [date(2023, 1, 27), None, date(2023, 1, 28)]
    edition = press.compose([article(f"a{number}", day=day) for number, day in enumerate(days)], NOTHING_SAID)
    assert edition.date == date(2023, 1, 28)


def test_an_edition_without_any_date_has_none() -> None:
    assert press.compose([article("a")], NOTHING_SAID).date is None


def test_the_edition_is_in_the_language_of_most_of_its_text() -> None:
    short, long = article("a", "灯亮着。"), article("b", "The lamp is lit. " * 9, language="en")
    assert press.compose([short, short, long], NOTHING_SAID).language == "en"


def test_a_latin_letter_weighs_half_a_han_character() -> None:
    chinese, english = article("a", "灯" * 748), article("b", "x" * 753, language="en")
    assert press.compose([english, chinese], NOTHING_SAID).language == "zh-CN"


def test_the_regions_of_a_language_stand_together_against_another() -> None:
    articles = [
        article("a", "灯" * 100, language="zh-CN"),
        article("b", "燈" * 120, language="zh-TW"),
        article("c", "x" * 300, language="en"),
    ]
    assert press.compose(articles, NOTHING_SAID).language == "zh-TW"


def test_of_two_languages_that_are_even_the_first_is_the_edition_s() -> None:
    one, other = article("a", "1234", language="ja"), article("b", "1234", language="en")
    assert press.compose([one, other], NOTHING_SAID).language == "ja"


def test_what_is_said_wins_over_what_the_articles_tell() -> None:
    said = EditionSettings("甲", "乙", "丙", "ja", date(2020, 1, 1))
    edition = press.compose([article("a", day=date(2023, 1, 28))], said)
    assert (edition.title, edition.subtitle, edition.publisher) == ("甲", "乙", "丙")
    assert (edition.language, edition.date) == ("ja", date(2020, 1, 1))


@pytest.mark.parametrize(("language", "title"), [("zh-CN", "文摘"), ("zh-TW", "文摘"), ("en", "Digest")])
def test_an_edition_without_a_title_is_called_so_in_its_language(language: str, title: str) -> None:
    assert press.compose([article("a", language=language)], NOTHING_SAID).title == title


# Write


def test_all_formats_are_made_with_their_paths_in_the_order_asked_for(tmp_path: Path) -> None:
    made = press.make(pile(article("a")), order(tmp_path / "dist", "json", "epub", "json"))
    assert made.paths == (tmp_path / "dist/文摘.json", tmp_path / "dist/文摘.epub")
    assert all(path.stat().st_size for path in made.paths)


def test_a_pile_without_articles_makes_nothing_at_all(tmp_path: Path) -> None:
    with pytest.raises(NothingReadableError):
        press.make(pile(), order(tmp_path / "dist"))
    assert [*tmp_path.iterdir()] == []


def test_an_order_can_be_checked_before_anything_is_read(tmp_path: Path) -> None:
    press.check(order(tmp_path, "epub", "pdf", "json"))
    with pytest.raises(UnknownFormatError):
        press.check(order(tmp_path, "docx"))
    with pytest.raises(UnknownStyleError):
        press.check(Order(("epub",), "nope", tmp_path, tmp_path, NOTHING_SAID))


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        (errno.EACCES, "change its permissions"),
        (errno.EROFS, "make it writable"),
        (errno.ENOSPC, "free some space there"),
        (errno.EDQUOT, "free some space there"),
        (errno.EIO, "check the disk"),
    ],
)
def test_each_way_that_a_folder_cannot_be_written_has_its_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, remedy: str
) -> None:
    def failing(edition: object, style: object, path: Path) -> None:
        raise OSError(code, os.strerror(code), str(path))

    monkeypatch.setattr("digest.writers.json.write", failing)
    with pytest.raises(OutputError, match=rf"; {remedy}, or choose another --output$"):
        press.make(pile(article("a")), order(tmp_path / "dist"))


def test_a_writer_that_writes_nothing_is_a_bug(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.writers.json.write", lambda *_: ())
    with pytest.raises(FileNotFoundError):
        press.make(pile(article("a")), order(tmp_path / "dist"))


def test_a_bug_leaves_the_earlier_book_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "文摘.json").write_text("the earlier book")

    def failing(*arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("digest.writers.json.write", failing)
    with pytest.raises(ZeroDivisionError):
        press.make(pile(article("a")), order(tmp_path))
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("文摘.json", "the earlier book")]


@given(st.text())
def test_any_title_names_a_file_that_any_file_system_takes(title: str) -> None:
    name = press.file_name(title)
    assert 1 <= len((name + ".epub").encode()) <= 255
    assert name not in (".", "..")
    assert not set(name) & {*'\\/:*?"<>|\0\n'}
    assert name == name.strip(" .")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_title_is_one_visible_line_of_the_edition(title: str) -> None:
    edition = press.compose([article("a")], EditionSettings(title=title))
    assert len(edition.title.splitlines()) == 1
    assert edition.title == edition.title.strip()
