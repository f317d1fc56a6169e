"""Same input and date, same bytes: whatever the machine is set to, and wherever the project stands."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

FORMATS = ("-f", "epub", "-f", "pdf", "-f", "json")
SETS = (
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "0", "HOME": "/nonexistent", "LANGUAGE": "en"},
    {"TZ": "America/Adak", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4294967295", "COLUMNS": "20"},
    {"TZ": "Asia/Shanghai", "LC_ALL": "POSIX", "PYTHONHASHSEED": "42", "SOURCE_DATE_EPOCH": "1", "PYTHONUTF8": "1"},
)
UMASKS = (0o077, 0o022, 0o002)


@pytest.fixture(scope="module")
def books(made: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes]]:
    """The pile of `made`, made again three times: elsewhere, under another clock, locale, hash seed, home and umask."""
    folders = [tmp_path_factory.mktemp(name) for name in ("a", "b" * 60, "文 件")]
    makers = []
    for folder, changes, umask in zip(folders, SETS, UMASKS, strict=True):
        command = [sys.executable, "-m", "digest", "make", str(made / "seeds"), *FORMATS, "--date", "2023-01-28"]
        environment = {**os.environ, **changes}
        makers.append(subprocess.Popen(command, cwd=folder, env=environment, umask=umask, stdout=subprocess.PIPE))
    for maker in makers:
        out, _ = maker.communicate(timeout=120)
        assert maker.returncode == 0
        assert out.decode() == "dist/文摘.epub\ndist/文摘.pdf\ndist/文摘.json\n"
    return [_files(folder) for folder in (made, *folders)]


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "dist").iterdir()}


@pytest.mark.parametrize("name", ["文摘.epub", "文摘.pdf", "文摘.json"])
def test_a_book_is_the_same_under_any_clock_locale_hash_seed_folder_home_and_umask(
    books: list[dict[str, bytes]], name: str
) -> None:
    assert [book[name] == books[0][name] for book in books] == [True] * len(books)


def test_a_book_has_the_permissions_that_the_umask_leaves(made: Path, books: object) -> None:
    assert {oct(path.stat().st_mode & 0o777) for path in (made / "dist").iterdir()} == {oct(0o666 & ~_umask())}


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
