from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from digest.readers import Source, newspaper, read


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2023-01-28_A2.txt", date(2023, 1, 28)),
        ("20230128.txt", date(2023, 1, 28)),
        ("乌海日报2023年01月28日.txt", date(2023, 1, 28)),
        ("paper 2023.01.28.txt", date(2023, 1, 28)),
        ("2023-02-31.txt", None),
        ("001_58d5046af0604af0.txt", None),
        ("a20230128.txt", None),
        ("1202301285.txt", None),
        ("page1.txt", None),
    ],
)
def test_a_date_in_a_file_s_name_is_the_page_s(name: str, day: date | None) -> None:
    assert newspaper.date_in_name(name) == day


def test_articles_carry_the_page_s_name_lines_and_date(tmp_path: Path) -> None:
    page = tmp_path / "2023-01-28_A2.txt"
    page.write_text("\n# 守一方平安\n\n本报讯 除夕夜，消防救援大队的灯一直亮着。\n", encoding="utf-8")
    (article,) = newspaper.read(Source(page, "春节/A2.txt")).articles
    origin = article.origin
    assert (article.title, origin.source, origin.first, origin.last) == ("守一方平安", "春节/A2.txt", 2, 4)
    assert origin.date == date(2023, 1, 28)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be"])
def test_a_page_is_read_from_any_encoding_of_a_newsroom(tmp_path: Path, encoding: str) -> None:
    text = (
        "# 守一方平安\n\n本报讯 除夕夜，消防救援大队的灯一直亮着，队员们把装备又检查了一遍，随后围坐在一起吃年夜饭。\n"
    )
    page = tmp_path / "page.txt"
    page.write_bytes(text.encode(encoding))
    assert [article.title for article in read(Source(page, "page.txt")).articles] == ["守一方平安"]


def test_a_suffix_in_capitals_is_the_same_suffix(tmp_path: Path) -> None:
    page = tmp_path / "PAGE.TXT"
    page.write_text("# 守一方平安\n\n本报讯 除夕夜，消防救援大队的灯一直亮着。\n", encoding="utf-8")
    assert [article.title for article in read(Source(page, "PAGE.TXT")).articles] == ["守一方平安"]
