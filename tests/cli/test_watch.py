"""make --watch: the book again after each save, whatever goes wrong in between, until Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

Wait = Callable[[Callable[[], bool]], None]


@dataclass
class Watching:
    """A run of `digest make --watch`, with what it has said so far."""

    process: subprocess.Popen[bytes]
    log: Path

    @property
    def said(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines()

    def rounds(self) -> int:
        return sum("waiting for a change" in line for line in self.said)


@pytest.fixture
def watching(pile: Path, project: Path, wait_until: Wait) -> Iterator[Watching]:
    log = project.parent / f"{project.name}.log"  # not in the folder that is watched
    command = [sys.executable, "-m", "digest", "make", "-f", "json", "--watch"]
    with log.open("wb") as file:
        process = subprocess.Popen(command, cwd=project, stdout=file, stderr=file, start_new_session=True)
    run = Watching(process, log)
    wait_until(lambda: run.rounds() == 1)
    yield run
    process.kill()
    process.wait()


def test_a_save_makes_the_book_again_and_says_how_long_it_took(
    watching: Watching, pile: Path, project: Path, wait_until: Wait
) -> None:
    (pile / "来信.md").write_text("# 新的来信\n\n编辑同志：\n", encoding="utf-8")
    wait_until(lambda: "新的来信" in (project / "dist" / "文摘.json").read_text(encoding="utf-8"))
    wait_until(lambda: watching.rounds() == 2)
    assert watching.said[-1].startswith("digest: made in ")
    assert watching.said[-1].endswith(" s; waiting for a change, Ctrl-C ends")


def test_its_own_books_are_no_change(watching: Watching, pile: Path, wait_until: Wait) -> None:
    (pile / "来信.md").write_text("# 甲\n\n文字。\n", encoding="utf-8")
    wait_until(lambda: watching.rounds() == 2)
    (pile / "来信.md").write_text("# 乙\n\n文字。\n", encoding="utf-8")
    wait_until(lambda: watching.rounds() == 3)
    assert watching.said.count("dist/文摘.json") == 3


def test_a_mistake_is_told_and_the_next_save_mends_it(watching: Watching, project: Path, wait_until: Wait) -> None:
    (project / "digest.toml").write_text("bad = 1\n")
    wait_until(lambda: watching.rounds() == 2)
    assert watching.said[-2].startswith("digest: digest.toml:1: there is no setting `bad`")
    (project / "digest.toml").write_text('[edition]\ntitle = "新书"\n', encoding="utf-8")
    wait_until((project / "dist" / "新书.json").exists)


def test_settings_that_are_broken_from_the_start_can_be_mended(pile: Path, project: Path, wait_until: Wait) -> None:
    (project / "digest.toml").write_text("bad = 1\n")
    log = project.parent / f"{project.name}.log"
    command = [sys.executable, "-m", "digest", "make", "-f", "json", "--watch"]
    with log.open("wb") as file, subprocess.Popen(command, cwd=project, stdout=file, stderr=file) as process:
        run = Watching(process, log)
        wait_until(lambda: run.rounds() == 1)
        (project / "digest.toml").write_text("")
        wait_until((project / "dist" / "文摘.json").exists)
        process.kill()


def test_ctrl_c_ends_it_and_leaves_nothing_behind(watching: Watching, project: Path) -> None:
    os.killpg(watching.process.pid, signal.SIGINT)
    assert watching.process.wait(60) == 0
    assert "Traceback" not in "\n".join(watching.said)
    assert [path.name for path in (project / "dist").iterdir()] == ["文摘.json"]
