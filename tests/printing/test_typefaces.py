"""The fonts of a book: cut once for the same glyphs, and again as soon as anything is different."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from digest import style, subset
from digest.cache import keeping
from digest.printing import typefaces
from digest.printing.parts import Face
from digest.printing.volume import Volume

FONT = style.find("classic", Path()).fonts["text"]
FACE = Face(
    "f1", "Serif", "serif", FONT, b"", 880, -120, 4, 400, 0, 65_535, (), {34: 700, 35: 650}, {34: "A", 35: "B"}, {}
)


@pytest.fixture
def cuts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[set[int]]]:
    """The glyphs of each font that is really cut, with a cache."""
    found: list[set[int]] = []
    glyphs = subset.glyphs

    def noting(font: bytes, wanted: set[int], *rest: object) -> bytes:
        found.append({*wanted})
        return glyphs(font, wanted, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(subset, "glyphs", noting)
    with keeping(tmp_path / "cache"):
        yield found


def embedded(*faces: Face) -> bytes:
    volume = Volume()
    typefaces.embedded(volume, {face.key: face for face in faces})
    return volume.finished(1)


def test_a_font_is_cut_once_for_the_same_glyphs(cuts: list[set[int]]) -> None:
    first = embedded(FACE)
    assert embedded(FACE) == first
    assert cuts == [{34, 35}]


def test_what_is_kept_is_what_is_made(cuts: list[set[int]]) -> None:
    kept = [embedded(FACE), embedded(FACE)][1]
    face = replace(FACE, file=None, data=FONT.read_bytes())
    assert len(cuts) == 1
    assert embedded(face) == kept


def test_other_glyphs_or_another_weight_are_cut_anew(cuts: list[set[int]]) -> None:
    for face in (FACE, replace(FACE, texts={34: "A"}), replace(FACE, weight=700)):
        embedded(face)
    assert cuts == [{34, 35}, {34}, {34, 35}]


def test_a_font_of_the_editor_s_is_told_by_what_is_in_it(cuts: list[set[int]], tmp_path: Path) -> None:
    own = tmp_path / "own.otf"
    shutil.copy(FONT, own)
    face = replace(FACE, file=own)
    before = embedded(face)
    own.write_bytes(subset.subset(FONT.read_bytes(), "ABCDE"))
    assert embedded(replace(face, texts={1: "A", 2: "B"})) != before
    own.write_bytes(subset.subset(FONT.read_bytes(), "ABCDEF"))
    embedded(replace(face, texts={1: "A", 2: "B"}))
    assert cuts == [{34, 35}, {1, 2}, {1, 2}]


def test_a_font_without_a_file_is_not_kept(cuts: list[set[int]]) -> None:
    face = replace(FACE, file=None, data=FONT.read_bytes())
    assert embedded(face) == embedded(face)
    assert len(cuts) == 2
