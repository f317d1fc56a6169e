"""`digest make`: what it reads, where it writes, what it prints, and what overrides what."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import Result

Run = Callable[..., Result]


def made_json(name: str = "文摘", folder: str = "dist") -> dict[str, Any]:
    data: dict[str, Any] = json.loads(Path(folder, f"{name}.json").read_bytes())
    return data


def test_without_a_word_it_reads_seeds_and_writes_an_epub_into_dist(run: Run, pile: Path) -> None:
    assert run("make").stdout == "dist/文摘.epub\n"
    assert ZipFile("dist/文摘.epub").read("mimetype") == b"application/epub+zip"


def test_without_a_source_those_of_digest_toml_are_read(run: Run, pile: Path) -> None:
    Path("digest.toml").write_text('sources = ["seeds/来信.md"]\n', encoding="utf-8")
    run("make", "-f", "json")
    assert [article["source"] for chapter in made_json()["chapters"] for article in chapter["articles"]] == ["来信.md"]


def test_a_source_that_is_named_replaces_those_of_digest_toml(run: Run, pile: Path) -> None:
    Path("digest.toml").write_text('sources = ["nosuch"]\n')
    assert run("make", "seeds", "-f", "json").exit_code == 0


def test_the_paths_are_printed_a_line_each_in_the_order_of_the_formats(run: Run, pile: Path) -> None:
    assert run("make", "-f", "json", "-f", "epub").stdout == "dist/文摘.json\ndist/文摘.epub\n"


def test_the_paths_of_all_three_formats_are_files(made: Path) -> None:
    assert sorted(path.name for path in (made / "dist").iterdir()) == ["文摘.epub", "文摘.json", "文摘.pdf"]


def test_the_formats_of_digest_toml_are_written_in_its_order(run: Run, pile: Path) -> None:
    Path("digest.toml").write_text('formats = ["json", "epub"]\n')
    assert run("make").stdout == "dist/文摘.json\ndist/文摘.epub\n"


def test_a_format_that_is_named_replaces_those_of_digest_toml(run: Run, pile: Path) -> None:
    Path("digest.toml").write_text('formats = ["epub", "pdf"]\n')
    assert run("make", "-f", "json").stdout == "dist/文摘.json\n"


def test_a_format_named_twice_is_written_once(run: Run, pile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Path] = []

    def write(edition: object, style: object, path: Path) -> tuple[()]:
        path.write_bytes(b"{}")
        written.append(path)
        return ()

    monkeypatch.setattr("digest.writers.json.write", write)
    assert run("make", "-f", "json", "-f", "json").stdout == "dist/文摘.json\n"
    assert len(written) == 1


def test_an_earlier_book_is_replaced(run: Run, pile: Path) -> None:
    Path("dist").mkdir()
    Path("dist/文摘.json").write_text("the earlier book")
    run("make", "-f", "json")
    assert made_json()["title"] == "文摘"


def test_nothing_but_the_book_is_left_in_the_output_folder(run: Run, pile: Path) -> None:
    run("make", "-f", "json")
    assert [path.name for path in Path("dist").iterdir()] == ["文摘.json"]


def test_the_title_names_the_book_and_its_file(run: Run, pile: Path) -> None:
    Path("digest.toml").write_text('[edition]\ntitle = "甲"\n', encoding="utf-8")
    assert run("make", "-f", "json").stdout == "dist/甲.json\n"
    assert run("make", "-f", "json", "--title", "乙").stdout == "dist/乙.json\n"
    assert made_json("乙")["title"] == "乙"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("春节\n文摘", "春节 文摘"),
        ("..", "digest"),
        ("a:b*c?", "a-b-c"),
        ("长" * 300, "长" * 60),
        ("   ", "文摘"),
    ],
)
def test_a_title_that_is_no_file_name_still_names_a_file_in_the_output_folder(
    run: Run, pile: Path, title: str, name: str
) -> None:
    assert run("make", "-f", "json", "--title", title).stdout == f"dist/{name}.json\n"


@pytest.mark.parametrize("title", ["春节\n文摘", "春节\t\x07文摘", "春节\u2028文摘"])
def test_a_title_is_one_line_of_visible_text(run: Run, pile: Path, title: str) -> None:
    run("make", "-f", "json", "-f", "epub", "--title", title)
    assert made_json("春节 文摘")["title"] == "春节 文摘"


def test_the_date_of_the_option_wins_over_digest_toml_and_that_over_the_articles(run: Run, pile: Path) -> None:
    (pile / "2023-01-26.txt").write_text("# 标题\n\n本报讯 春节期间，供电局的抢修车停在路边。\n", encoding="utf-8")
    run("make", "-f", "json")
    assert made_json()["date"] == "2023-01-26"
    Path("digest.toml").write_text("[edition]\ndate = 2023-01-27\n")
    run("make", "-f", "json")
    assert made_json()["date"] == "2023-01-27"
    run("make", "-f", "json", "--date", "2023-01-28")
    assert made_json()["date"] == "2023-01-28"


def test_a_book_of_articles_without_a_date_carries_none(run: Run, pile: Path) -> None:
    run("make", "-f", "json", "-f", "epub")
    assert made_json()["date"] is None
    with ZipFile("dist/文摘.epub") as book:
        (package,) = (book.read(name).decode() for name in book.namelist() if name.endswith(".opf"))
    assert "<dc:date" not in package


def test_the_output_of_the_option_wins_over_that_of_digest_toml(run: Run, pile: Path) -> None:
    Path("digest.toml").write_text('output = "books"\n')
    assert run("make", "-f", "json").stdout == "books/文摘.json\n"
    assert run("make", "-f", "json", "-o", "a/b").stdout == "a/b/文摘.json\n"


def test_the_style_of_the_option_wins_over_that_of_digest_toml(run: Run, pile: Path) -> None:
    Path("digest.toml").write_text('style = "nope"\n')
    assert run("make", "-f", "json").exit_code == 11
    assert run("make", "-f", "json", "-s", "gongwen").exit_code == 0


def test_the_language_of_digest_toml_wins_over_that_of_the_articles(run: Run, pile: Path) -> None:
    Path("digest.toml").write_text('[edition]\nlanguage = "en"\n')
    run("make", "-f", "json")
    (book,) = Path("dist").glob("*.json")
    assert made_json(book.stem)["language"] == "en"


def test_what_gave_no_article_is_told_on_stderr(run: Run, pile: Path) -> None:
    (pile / "第9版.txt").write_text("责编：张三\n", encoding="utf-8")
    result = run("make", "-f", "json")
    said = "digest: seeds/第9版.txt: no article was found in it; `digest articles` lists what was set aside\n"
    assert said in result.stderr


def test_guesses_are_counted_on_stderr(run: Run, project: Path) -> None:
    Path("page.txt").write_text("本报讯 除夕夜，消防救援大队的灯一直亮着。\n", encoding="utf-8")
    result = run("make", "page.txt", "-f", "json")
    assert result.stderr == "digest: guesses that are worth a look: 1; `digest articles` lists them\n"


def test_it_runs_as_a_module(process: Callable[..., subprocess.CompletedProcess[bytes]], pile: Path) -> None:
    result = process("make", "-f", "json", cwd=pile.parent)
    assert (result.returncode, result.stdout.decode()) == (0, "dist/文摘.json\n")
