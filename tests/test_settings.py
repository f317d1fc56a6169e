from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from digest.errors import SettingsError
from digest.settings import EditionSettings, Settings, ThemeSettings, load
from digest.toml_file import line_of_key


def loaded(folder: Path, toml: str) -> Settings:
    (folder / "digest.toml").write_text(toml, encoding="utf-8")
    return load(folder)


def test_without_a_digest_toml_every_setting_has_its_default(tmp_path: Path) -> None:
    assert load(tmp_path) == Settings(
        sources=(),
        formats=("epub",),
        style="classic",
        output="dist",
        plan="plan.toml",
        other_themes=True,
        keep_duplicates=False,
        edition=EditionSettings("", "", "", "", None),
        themes=(),
    )


def test_an_empty_digest_toml_says_nothing(tmp_path: Path) -> None:
    assert loaded(tmp_path, "") == Settings()


def test_every_setting_can_be_said(tmp_path: Path) -> None:
    toml = """
    sources = ["pages", "a.md"]
    formats = ["pdf", "epub"]
    style = "gongwen"
    output = "books"
    plan = "chapters.toml"
    other_themes = false
    keep_duplicates = true
    [edition]
    title = "春节文摘"
    subtitle = "五个版面"
    publisher = "日报社"
    language = "zh-TW"
    date = 2023-01-28
    [[themes]]
    title = "地铁"
    keywords = ["换乘"]
    columns = ["轨道"]
    note = "编者按"
    """
    themes = (ThemeSettings("地铁", ("换乘",), ("轨道",), "编者按"),)
    edition = EditionSettings("春节文摘", "五个版面", "日报社", "zh-TW", date(2023, 1, 28))
    assert loaded(tmp_path, toml) == Settings(
        ("pages", "a.md"), ("pdf", "epub"), "gongwen", "books", "chapters.toml", False, True, edition, themes
    )


@pytest.mark.parametrize("mark", ["\ufeff", ""])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_digest_toml_of_any_editor_is_read(tmp_path: Path, mark: str, end: str) -> None:
    (tmp_path / "digest.toml").write_bytes(f'{mark}style = "gongwen"{end}output = "a"{end}'.encode())
    assert load(tmp_path) == Settings(style="gongwen", output="a")


def test_a_date_may_stand_in_quotes(tmp_path: Path) -> None:
    assert loaded(tmp_path, '[edition]\ndate = "2023-01-28"').edition.date == date(2023, 1, 28)


def test_a_date_with_a_time_is_no_day(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"`edition\.date` has to be a day, as 2026-01-31"):
        loaded(tmp_path, "[edition]\ndate = 2023-01-28T10:00:00")


@pytest.mark.parametrize(
    ("toml", "keys", "line"),
    [
        ("a = 1\nb = 2", ("b",), 2),
        ('"b" = 2', ("b",), 1),
        ("[t]\n\nb = 2", ("t", "b"), 3),
        ("t.b = 2", ("t", "b"), 1),
        ("b = 1\n[t]\nb = 2", ("t", "b"), 3),
        ("[t]\nb = 1\n[u]\nb = 2", ("u", "b"), 4),
        ("[a]\n[ t . u ]\nb = 1", ("t", "u", "b"), 3),
        ("[t]\nu.b = 1", ("t", "u", "b"), 2),
        ("a = 1\n[t]", ("t",), 2),
        ("[[t]]", ("t",), 1),
        ("a = 1", ("nowhere",), 1),
        ("", (), 1),
    ],
)
def test_the_line_of_a_key_is_found_in_any_of_toml_s_spellings(toml: str, keys: tuple[str, ...], line: int) -> None:
    assert line_of_key(toml, keys) == line


def test_a_number_beyond_those_of_toml_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "digest.toml").write_text("[edition]\nnumber = 9223372036854775808\n")
    with pytest.raises(SettingsError, match=r"digest\.toml:2: `edition\.number` has to be a whole number, as 3"):
        load(tmp_path)
