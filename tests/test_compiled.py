"""Our templates are compiled once; what is kept of them is never another template's, nor damaged."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from digest.compiled import Compiled

SETTINGS = "plain"


@pytest.fixture(autouse=True)
def _writing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text("one {{ name }}", encoding="utf-8")
    return tmp_path / "templates"


def rendered(folder: Path, settings: str = SETTINGS, ours: Path | None = None) -> tuple[str, int]:
    """Render the page in a new environment; give it with the number of templates that were compiled for it."""
    times = 0

    class Counting(Environment):
        def compile(self, *arguments: object, **named: object) -> object:  # type: ignore[override]
            nonlocal times
            times += 1
            return super().compile(*arguments, **named)  # type: ignore[call-overload]

    environment = Counting(loader=FileSystemLoader(folder), bytecode_cache=Compiled(ours or folder, settings))
    return environment.get_template("page.html").render(name="a"), times


def kept(folder: Path) -> Path:
    (path,) = (folder.parent / "__pycache__").iterdir()
    return path


def test_a_template_is_compiled_once(folder: Path) -> None:
    assert [rendered(folder), rendered(folder)] == [("one a", 1), ("one a", 0)]


def test_one_that_has_changed_is_compiled_anew(folder: Path) -> None:
    rendered(folder)
    (folder / "page.html").write_text("two {{ name }}", encoding="utf-8")
    assert rendered(folder) == ("two a", 1)


def test_other_settings_compile_anew(folder: Path) -> None:
    rendered(folder)
    assert rendered(folder, "other") == ("one a", 1)


@pytest.mark.parametrize("at", [0, 40, 100])
def test_what_is_damaged_is_compiled_anew(folder: Path, at: int) -> None:
    rendered(folder)
    data = bytearray(kept(folder).read_bytes())
    data[at] ^= 1
    kept(folder).write_bytes(data)
    assert rendered(folder) == ("one a", 1)


def test_what_is_cut_off_is_compiled_anew(folder: Path) -> None:
    rendered(folder)
    kept(folder).write_bytes(kept(folder).read_bytes()[:200])
    assert rendered(folder) == ("one a", 1)


def test_nothing_is_kept_of_another_folders_template(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    ours = tmp_path_factory.mktemp("ours")
    assert rendered(folder, ours=ours) == rendered(folder, ours=ours) == ("one a", 1)
    assert not (ours.parent / "__pycache__").exists()


def test_nothing_is_written_where_python_writes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered(folder) == rendered(folder) == ("one a", 1)
    assert not (folder.parent / "__pycache__").exists()


def test_a_folder_that_cannot_be_written_does_no_harm(folder: Path) -> None:
    (folder.parent / "__pycache__").write_text("a file stands in the way", encoding="utf-8")
    assert rendered(folder) == ("one a", 1)
