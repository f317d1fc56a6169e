"""Readers and writers of other packages: their order, and what is said of broken ones."""

from __future__ import annotations

import importlib.metadata
import itertools
from importlib.metadata import EntryPoint
from types import SimpleNamespace
from typing import Any

import pytest

from digest import extensions, writers
from digest.errors import LibraryMissingError


def point(name: str, value: str, package: str = "") -> EntryPoint:
    """An entry point as an installed package of this name has it."""
    made = EntryPoint(name, value, "digest.readers")
    if package:
        vars(made)["dist"] = SimpleNamespace(name=package)
    return made


def test_the_order_of_extensions_is_that_of_their_names_and_packages() -> None:
    points = [point("odt", "x", "a"), point("odt", "x", "b"), point("rtf", "x", "a")]
    assert {extensions.in_order(order) for order in itertools.permutations(points)} == {tuple(points)}


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("nosuch_module", r"ModuleNotFoundError: No module named 'nosuch_module'"),
        ("json:nosuch", r"AttributeError: .*"),
        ("json", r"its SUFFIXES is None, not a suffix such as \.txt"),
    ],
)
def test_a_broken_extension_is_named_with_its_package_and_the_remedy(value: str, why: str) -> None:
    line = rf"^digest\.readers: odt of the package digest-odt cannot be used \({why}\); "
    with pytest.raises(LibraryMissingError, match=line + r"reinstall digest-odt, or remove it$"):
        extensions.load(point("odt", value, "digest-odt"), "SUFFIXES", tuple, "read")


@pytest.mark.parametrize("suffixes", [None, (), "", "odt", ".odt", (".odt", 1), [".odt"], ("",)])
def test_a_suffix_begins_with_a_point(monkeypatch: pytest.MonkeyPatch, suffixes: Any) -> None:
    extension = SimpleNamespace(SUFFIXES=suffixes, read=print)
    monkeypatch.setattr(EntryPoint, "load", lambda _: extension)
    with pytest.raises(LibraryMissingError, match="not a suffix"):
        extensions.load(point("odt", "x"), "SUFFIXES", tuple, "read")


def test_an_extension_that_does_nothing_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EntryPoint, "load", lambda _: SimpleNamespace(SUFFIXES=(".odt",)))
    with pytest.raises(LibraryMissingError, match=r"it has no read\(\)"):
        extensions.load(point("odt", "x"), "SUFFIXES", tuple, "read")


def test_an_extension_that_leaves_the_program_when_imported_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def leave(_: EntryPoint) -> None:
        raise SystemExit(3)

    monkeypatch.setattr(EntryPoint, "load", leave)
    with pytest.raises(LibraryMissingError, match="SystemExit: 3"):
        extensions.load(point("odt", "x"), "SUFFIXES", tuple, "read")


def test_of_two_writers_with_one_name_the_same_is_found_in_any_order(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [point("odt", "digest.writers.json", "b"), point("odt", "digest.writers.epub", "a")]
    found = []
    for order in (points, points[::-1]):
        monkeypatch.setattr(importlib.metadata, "entry_points", lambda order=order, **_: order)
        found.append(writers.find("odt"))
    assert found == [writers.find("epub")] * 2


def test_a_format_of_ours_is_ours_whatever_other_packages_call_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda **_: (point("epub", "digest.writers.json", "a"),))
    assert writers.find("epub").SUFFIX == ".epub"
    assert writers.formats().count("epub") == 1


def test_a_broken_writer_is_an_error_only_where_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda **_: (point("odt", "nosuch_module", "digest-odt"),))
    assert writers.find("epub").SUFFIX == ".epub"
    with pytest.raises(LibraryMissingError, match="reinstall digest-odt, or remove it"):
        writers.find("odt")
