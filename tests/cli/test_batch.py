"""digest batch: many editions, past those that fail, and on where it was interrupted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
SETTINGS = 'formats = ["json"]\n[edition]\ntitle = "{}"\n'


@pytest.fixture
def editions(pile: Path, project: Path) -> Path:
    """A folder of three editions of the same pages."""
    for number in (1, 2, 3):
        (project / f"{number}.toml").write_text(SETTINGS.format(f"第{number}期"), encoding="utf-8")
    return project


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_edition_is_made_as_if_it_were_alone(editions: Path, run: Run, jobs: int) -> None:
    result = run("batch", ".", "-j", jobs)
    assert result.stdout == "dist/第1期.json\ndist/第2期.json\ndist/第3期.json\n"
    assert result.stderr.endswith("digest: editions: 3; made: 3; finished before: 0; failed: 0\n")
    together = [path.read_bytes() for path in sorted((editions / "dist").iterdir())]
    for number in (1, 2, 3):
        run("make", "-f", "json", "--title", f"第{number}期")
    assert [path.read_bytes() for path in sorted((editions / "dist").iterdir())] == together


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_that_fails_does_not_keep_the_others_from_being_made(editions: Path, run: Run, jobs: int) -> None:
    (editions / "2.toml").write_text("nothing = 1\n")
    result = run("batch", ".", "-j", jobs)
    assert (result.exit_code, result.stdout) == (22, "dist/第1期.json\ndist/第3期.json\n")
    assert result.stderr.splitlines()[-3:] == [
        "digest: 2.toml:1: there is no setting `nothing`; `digest init` in an empty folder shows every setting",
        "digest: editions: 3; made: 2; finished before: 0; failed: 1",
        "digest: 1 of 3 could not be made; mend what is listed above",
    ]


def test_a_bug_in_one_keeps_its_traceback(editions: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(*_: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("digest.writers.epub.write", write)
    (editions / "2.toml").write_text('formats = ["epub"]\n')
    result = run("batch", ".", "-j", 1)
    assert result.exit_code == 22
    assert "digest: 2.toml: a bug of digest's\nTraceback" in result.stderr
    assert "ZeroDivisionError: a bug" in result.stderr
    assert result.stdout.count("\n") == 2


def test_paths_are_relative_to_the_edition(pile: Path, project: Path, run: Run) -> None:
    (project / "b").mkdir()
    (project / "b" / "digest.toml").write_text('sources = ["../seeds"]\n' + SETTINGS.format("子"), encoding="utf-8")
    assert run("batch", "b").stdout == "b/dist/子.json\n"


def test_a_folder_of_projects_is_one_of_editions(pile: Path, project: Path, run: Run) -> None:
    for name in ("甲", "乙"):
        (project / name).mkdir()
        text = 'sources = ["../seeds"]\n' + SETTINGS.format(name)
        (project / name / "digest.toml").write_text(text, encoding="utf-8")
    assert sorted(run("batch", ".").stdout.split()) == ["乙/dist/乙.json", "甲/dist/甲.json"]


def test_plans_are_no_editions(editions: Path, run: Run) -> None:
    (editions / "1.toml").write_text('plan = "other.toml"\n' + SETTINGS.format("第1期"), encoding="utf-8")
    run("plan")
    (editions / "plan.toml").rename(editions / "other.toml")
    result = run("batch", ".")
    assert (result.exit_code, result.stdout.count("\n")) == (0, 3)


def test_two_that_would_write_the_same_file_are_refused(editions: Path, run: Run) -> None:
    (editions / "3.toml").write_text(SETTINGS.format("第1期"), encoding="utf-8")
    result = run("batch", ".")
    assert (result.exit_code, result.stdout) == (22, "dist/第1期.json\ndist/第2期.json\n")
    told = "digest: 3.toml: its books would stand in the place of those of 1.toml; give it a title, or an `output`"
    assert told in result.stderr


def test_of_other_formats_they_are_not(editions: Path, run: Run) -> None:
    (editions / "3.toml").write_text(SETTINGS.format("第1期").replace("json", "epub"), encoding="utf-8")
    assert run("batch", ".").exit_code == 0


@pytest.mark.parametrize("given", ["nosuch", "empty"])
def test_without_an_edition_it_is_one_line(project: Path, run: Run, given: str) -> None:
    (project / "empty").mkdir()
    result = run("batch", given)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (3, "", 1)


def test_resumed_it_leaves_what_is_finished(editions: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (editions / "2.toml").write_text("nothing = 1\n")
    run("batch", ".")
    (editions / "2.toml").write_text(SETTINGS.format("第2期"), encoding="utf-8")
    result = run("batch", ".", "--resume")
    assert (result.exit_code, result.stdout.count("\n")) == (0, 3)
    assert "editions: 3; made: 1; finished before: 2; failed: 0" in result.stderr


@pytest.mark.parametrize("change", ["source", "settings", "book", "gone"])
def test_resumed_it_makes_again_what_has_changed(editions: Path, run: Run, change: str) -> None:
    run("batch", "1.toml")
    changes: dict[str, Callable[[], object]] = {
        "source": lambda: (editions / "seeds" / "新.txt").write_text("# 新\n\n本报讯 消息一则，文字不多。\n", "utf-8"),
        "settings": lambda: (editions / "1.toml").write_text(SETTINGS.format("新"), encoding="utf-8"),
        "book": lambda: (editions / "dist" / "第1期.json").write_text("{}"),
        "gone": (editions / "dist" / "第1期.json").unlink,
    }
    changes[change]()
    assert "made: 1; finished before: 0" in run("batch", "1.toml", "--resume").stderr


def test_not_resumed_it_begins_again(editions: Path, run: Run) -> None:
    run("batch", ".")
    assert "made: 3; finished before: 0" in run("batch", ".").stderr


def test_killed_it_goes_on(editions: Path, run: Run, wait_until: Callable[[Callable[[], bool]], None]) -> None:
    for number in range(4, 40):
        (editions / f"{number}.toml").write_text(SETTINGS.format(f"第{number}期"), encoding="utf-8")
    command = [sys.executable, "-m", "digest", "batch", ".", "-j", "2"]
    first = subprocess.Popen(
        command, cwd=editions, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    wait_until(lambda: (editions / "dist").exists() and len([*(editions / "dist").glob("*.json")]) > 5)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    result = run("batch", ".", "--resume")
    assert result.exit_code == 0
    assert "finished before: 0" not in result.stderr
    assert len([*(editions / "dist").glob("*.json")]) == 39


def test_resume_without_a_cache_is_wrong_usage(editions: Path, run: Run) -> None:
    assert run("batch", ".", "--resume", "--no-cache").exit_code == 2


def test_a_cache_that_cannot_note_what_is_finished_is_one_line(editions: Path, run: Run) -> None:
    (editions / "file").touch()
    result = run("batch", "1.toml", "--cache", editions / "file")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (13, "", 1)
    assert "name another --cache, or take --no-cache" in result.stderr
