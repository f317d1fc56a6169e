"""A project folder to stand in, the command to run in it, and books that several tests look at."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digest.cli import digest

EARLIER = b"the earlier book"
# A small pile: a page with two stories, a page of another day's paper, an article.
PILE = {
    "第1版.txt": "# 守一方平安\n\n本报讯 除夕夜，消防救援大队的灯一直亮着，队员们把装备又检查了一遍。\n\n"
    "# 护万家灯火\n\n本报讯 供电局的抢修车停在路边，班组长张伟在雪地里巡查线路，保证居民用电。\n",
    "第2版.txt": "# 早稻育秧全面展开\n\n本报讯 春分刚过，城南乡的早稻育秧棚里已是一片新绿。农技员在看水温。\n",
    "来信.md": "---\ntitle: 给编辑部的信\nauthors: [李四]\n---\n\n编辑同志：\n\n读了贵报的报道，很受感动。\n",
}

Run = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def pile(project: Path) -> Path:
    """The project's ./seeds with a small pile."""
    write_pile(project / "seeds")
    return project / "seeds"


def write_pile(folder: Path) -> None:
    folder.mkdir(parents=True)
    for name, text in PILE.items():
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def run(project: Path) -> Run:
    """Run `digest …` in the project folder, in this process; what is not an error of ours is raised."""

    def run(*arguments: str | Path) -> Result:
        return CliRunner().invoke(digest, [*map(str, arguments)], prog_name="digest", catch_exceptions=False)

    return run


@pytest.fixture
def refused(run: Run, project: Path) -> Callable[..., tuple[int, str]]:
    """Run a command that has to fail, and give its exit code and its line.

    Whatever fails and why: the line is one, on stderr, without a traceback; stdout stays empty; the earlier book in
    dist/ stays as it was, and nothing is left beside it.
    """

    def refused(*arguments: str | Path) -> tuple[int, str]:
        book = project / "dist" / "文摘.epub"
        book.parent.mkdir(exist_ok=True)
        book.write_bytes(EARLIER)
        result = run(*arguments)
        assert result.stdout == ""
        assert result.stderr.count("\n") == 1, result.stderr
        assert result.stderr.startswith("digest: ")
        assert book.read_bytes() == EARLIER
        assert [path.name for path in book.parent.iterdir()] == [book.name]
        return result.exit_code, result.stderr.removeprefix("digest: ").strip()

    return refused


@pytest.fixture(scope="session")
def process() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run `digest …` as a process of its own, in a folder, with changes to the environment."""

    def process(
        *arguments: str | Path, cwd: Path, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "digest", *map(str, arguments)]
        return subprocess.run(command, cwd=cwd, env={**os.environ, **(env or {})}, capture_output=True, timeout=120)

    return process


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in which the small pile was made into all three formats."""
    folder = tmp_path_factory.mktemp("made")
    write_pile(folder / "seeds")
    command = [sys.executable, "-m", "digest", "make", "-f", "epub", "-f", "pdf", "-f", "json", "--date", "2023-01-28"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder
