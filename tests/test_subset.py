from __future__ import annotations

import pytest
from pylopdf_fonts_zh_cn import sans_path, serif_path

from digest import subset


@pytest.fixture(scope="module")
def serif() -> bytes:
    font: bytes = serif_path().read_bytes()
    return font


def test_a_subset_has_the_characters_wanted_and_no_others(serif: bytes) -> None:
    assert subset.characters(subset.subset(serif, "春节")) == {"春", "节"}


def test_a_character_that_the_font_lacks_is_left_out(serif: bytes) -> None:
    assert subset.characters(subset.subset(serif, "春\U0010fffd")) == {"春"}


def test_same_font_and_characters_are_the_same_bytes(serif: bytes) -> None:
    assert subset.subset(serif, "春节") == subset.subset(serif, "节春")


@pytest.mark.parametrize("words", ["© 2017-2024 Adobe", "SIL Open Font License", "http://scripts.sil.org/OFL"])
def test_a_subset_keeps_copyright_and_licence(serif: bytes, words: str) -> None:
    assert words.encode("utf-16-be") in subset.subset(serif, "春")


@pytest.mark.parametrize("path", [serif_path(), sans_path()], ids=["serif", "sans"])
def test_our_fonts_reserve_no_name(path: object) -> None:
    """A subset may bear a font's name where the licence reserves none (OFL 1.1, condition 3)."""
    assert "Reserved Font Name".encode("utf-16-be") not in subset.subset(path.read_bytes(), "春")  # type: ignore[attr-defined]


def test_what_is_no_font_has_no_characters() -> None:
    assert subset.characters(b"noise") == frozenset()


@pytest.mark.parametrize(("beginning", "suffix"), [(b"OTTO", "otf"), (b"\x00\x01\x00\x00", "ttf"), (b"true", "ttf")])
def test_a_font_is_named_after_its_outlines(beginning: bytes, suffix: str) -> None:
    assert subset.suffix(beginning) == suffix
