"""Readers of other packages: what they add, and that a broken one leaves ours alone."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from types import SimpleNamespace

import pytest

import digest.readers
from digest.errors import LibraryMissingError, NothingReadableError
from digest.model import Reading
from digest.readers import Source, read, readers, walk

Install = Callable[..., None]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Let packages be installed that have these readers, by the names of their entry points; None is a broken one."""
    digest.readers._others.cache_clear()

    def install(**found: object) -> None:
        points = [EntryPoint(name, f"{name}_module", "digest.readers") for name in found]

        def load(point: EntryPoint) -> object:
            if found[point.name] is None:
                raise ModuleNotFoundError(f"No module named {point.name}")
            return found[point.name]

        monkeypatch.setattr(importlib.metadata, "entry_points", lambda **_: points)
        monkeypatch.setattr(EntryPoint, "load", load)

    yield install
    digest.readers._others.cache_clear()


def reader(*suffixes: str) -> object:
    return SimpleNamespace(SUFFIXES=suffixes, read=lambda _: Reading(()))


def test_another_package_adds_a_suffix_in_letters_of_any_case(install: Install, here: Path) -> None:
    install(odt=reader(".ODT"))
    Path("a.Odt").touch()
    assert [source.name for source in walk([Path("a.Odt")]).sources] == ["a.Odt"]
    assert read(Source(Path("a.Odt"), "a.Odt")) == Reading(())


def test_a_suffix_of_ours_stays_ours(install: Install) -> None:
    install(aaa=reader(".txt"))
    assert readers()[".txt"].__name__ == "digest.readers.newspaper"  # type: ignore[attr-defined]


def test_of_two_packages_with_one_suffix_the_first_name_takes_it(install: Install) -> None:
    first, second = reader(".odt"), reader(".odt")
    install(b=second, a=first)
    assert readers()[".odt"] is first


def test_for_files_of_ours_no_other_package_is_imported(
    install: Install, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda **_: pytest.fail("asked"))
    Path("seeds").mkdir()
    Path("seeds/a.txt").write_text("本报讯")
    assert len(walk([Path("seeds"), Path("seeds/a.txt")]).sources) == 1


def test_a_broken_reader_leaves_ours_alone_and_is_told_beside_what_it_may_be_for(install: Install, here: Path) -> None:
    install(odt=None)
    Path("seeds").mkdir()
    for name in ("a.txt", "b.odt"):
        Path("seeds", name).write_text("本报讯")
    found = walk([Path("seeds")])
    assert [source.name for source in found.sources] == ["a.txt"]
    ((path, why),) = ((file.path.name, file.why) for file in found.passed_over)
    assert path == "b.odt"
    assert why.startswith("not read: no reader for it; digest.readers: odt of the package odt_module cannot be used")


@pytest.mark.parametrize("given", ["seeds", "seeds/b.odt"])
def test_a_broken_reader_that_may_be_needed_is_the_error(install: Install, here: Path, given: str) -> None:
    install(odt=None)
    Path("seeds").mkdir()
    Path("seeds/b.odt").touch()
    with pytest.raises(LibraryMissingError, match=r"of the package odt_module .*; reinstall odt_module, or remove it$"):
        walk([Path(given)])


def test_an_empty_folder_needs_no_reader(install: Install, here: Path) -> None:
    install(odt=None)
    Path("seeds").mkdir()
    with pytest.raises(NothingReadableError):
        walk([Path("seeds")])
