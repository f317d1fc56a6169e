"""Same input and date, same bytes: whatever the machine is set to, and wherever the project stands."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image

FORMATS = ("-f", "epub", "-f", "pdf", "-f", "json")
SETS = (
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "0", "HOME": "/nonexistent", "LANGUAGE": "en"},
    {"TZ": "America/Adak", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4294967295", "COLUMNS": "20"},
    {"TZ": "Asia/Shanghai", "LC_ALL": "POSIX", "PYTHONHASHSEED": "42", "SOURCE_DATE_EPOCH": "1", "PYTHONUTF8": "1"},
)
UMASKS = (0o077, 0o022, 0o002)


PLACES = ("a", "b" * 60, "文 件")
# A book that brings pictures, one of them its cover, notes, a table and fonts.
ILLUSTRATED = """# 老城区的供暖

居民说屋里暖和了[^话]，改造完成过半[^户数]。

![社区工作人员](图.png)

*图为社区工作人员走访居民。*

![](雪.jpg)

| 社区 | 户数 |
|------|-----:|
| 海南 |  120 |

[^户数]: 据社区统计。
[^话]: 第一句。
"""


@pytest.fixture(scope="module")
def books(made: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes]]:
    """The pile of `made`, made again three times: elsewhere, under another clock, locale, hash seed, home and umask."""
    elsewhere = _make_elsewhere(["make", made / "seeds", *FORMATS, "--date", "2023-01-28"], tmp_path_factory)
    return [_files(folder) for folder in (made, *elsewhere)]


@pytest.fixture(scope="module")
def illustrated(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes]]:
    """A book with pictures, notes and fonts, made three times likewise."""
    seeds = tmp_path_factory.mktemp("illustrated")
    (seeds / "供暖.md").write_text(ILLUSTRATED, encoding="utf-8")
    for name in ("图.png", "雪.jpg"):
        Image.effect_noise((90, 60), 50).save(seeds / name)
    command: list[str | Path] = ["make", seeds, "-f", "epub", "-f", "pdf", "--embed-fonts"]
    folders = _make_elsewhere(command, tmp_path_factory, f"[edition]\ncover = '{seeds / '雪.jpg'}'\n")
    return [_files(folder) for folder in folders]


def _make_elsewhere(arguments: Sequence[str | Path], places: pytest.TempPathFactory, settings: str = "") -> list[Path]:
    folders = [places.mktemp(name) for name in PLACES]
    makers = []
    for folder, changes, umask in zip(folders, SETS, UMASKS, strict=True):
        (folder / "digest.toml").write_text(settings, encoding="utf-8")
        command = [sys.executable, "-m", "digest", *arguments]
        environment = {**os.environ, **changes}
        makers.append(subprocess.Popen(command, cwd=folder, env=environment, umask=umask, stdout=subprocess.PIPE))
    for maker in makers:
        out, _ = maker.communicate(timeout=120)
        assert maker.returncode == 0
        assert out.decode().startswith("dist/文摘.epub\ndist/文摘.pdf\n")
    return folders


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "dist").iterdir()}


@pytest.mark.parametrize("name", ["文摘.epub", "文摘.pdf", "文摘.json"])
def test_a_book_is_the_same_under_any_clock_locale_hash_seed_folder_home_and_umask(
    books: list[dict[str, bytes]], name: str
) -> None:
    assert [book[name] == books[0][name] for book in books] == [True] * len(books)


@pytest.mark.parametrize("name", ["文摘.epub", "文摘.pdf"])
def test_so_is_one_with_pictures_notes_and_fonts(illustrated: list[dict[str, bytes]], name: str) -> None:
    assert [book[name] == illustrated[0][name] for book in illustrated] == [True] * len(PLACES)


def test_that_one_has_them(illustrated: list[dict[str, bytes]]) -> None:
    with ZipFile(BytesIO(illustrated[0]["文摘.epub"])) as book:
        names = {name.removeprefix("EPUB/") for name in book.namelist()}
        assert {"cover.jpg", "pictures/p-1.jpg", "pictures/p-2.jpg", "fonts/text.otf", "fonts/head.otf"} <= names
        assert b"doc-footnote" in book.read("EPUB/article-1.xhtml")


def test_a_book_has_the_permissions_that_the_umask_leaves(made: Path, books: object) -> None:
    assert {oct(path.stat().st_mode & 0o777) for path in (made / "dist").iterdir()} == {oct(0o666 & ~_umask())}


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
