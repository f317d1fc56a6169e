"""What goes where: results on stdout as UTF-8, talk on stderr, progress on a terminal alone."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

Process = Callable[..., subprocess.CompletedProcess[bytes]]


def test_stdout_is_utf_8_under_a_locale_that_knows_ascii_alone(process: Process, pile: Path) -> None:
    ascii_alone = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    shown = process("articles", "seeds", cwd=pile.parent, env=ascii_alone)
    assert (shown.returncode, "守一方平安" in shown.stdout.decode("utf-8")) == (0, True)


def test_an_error_is_utf_8_under_a_locale_that_knows_ascii_alone(process: Process, project: Path) -> None:
    said = process("make", "没有.txt", cwd=project, env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii"})
    assert said.stderr.decode("utf-8").startswith("digest: 没有.txt: no such file or folder")


def test_bytes_of_a_file_name_that_are_no_utf_8_are_read_and_shown(process: Process, project: Path) -> None:
    text = "本报讯 除夕夜，消防救援大队的灯一直亮着。\n"
    Path(os.fsdecode(b"page\xff.txt")).write_text(text, encoding="utf-8")
    shown = process("articles", ".", cwd=project)
    assert shown.stdout.decode().startswith(r"page\xff.txt:1-1 ")


def test_without_a_terminal_nothing_but_results_and_talk_is_written(process: Process, pile: Path) -> None:
    result = process("make", "-f", "json", cwd=pile.parent)
    assert (result.stdout.decode(), result.stderr) == ("dist/文摘.json\n", b"")


def test_progress_is_shown_on_a_terminal_and_stdout_stays_clean(pile: Path) -> None:
    terminal, end = pty.openpty()
    command = [sys.executable, "-m", "digest", "make", "-f", "json"]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    with subprocess.Popen(command, cwd=pile.parent, env=environment, stdout=subprocess.PIPE, stderr=end) as maker:
        os.close(end)
        shown = _all_of(terminal)
        assert maker.stdout
        assert maker.stdout.read().decode() == "dist/文摘.json\n"
    assert all(stage in shown for stage in ("reading", "grouping", "writing"))


def _all_of(terminal: int) -> str:
    shown = b""
    try:
        while data := os.read(terminal, 65_536):
            shown += data
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(terminal)
    return shown.decode()


def test_a_reader_that_stops_early_leaves_no_traceback(pile: Path) -> None:
    command = f"{sys.executable} -m digest articles --json | head -c 1"
    result = subprocess.run(command, shell=True, cwd=pile.parent, capture_output=True)
    assert (result.stdout, result.stderr) == (b"[", b"")
