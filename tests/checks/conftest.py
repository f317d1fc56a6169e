"""A small sound EPUB and PDF as `digest make` writes them, to be damaged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pikepdf
import pytest

from digest import style
from digest.model import Article, Block, Chapter, Edition, Origin, Theme, edition_identifier
from digest.writers import find


@pytest.fixture(scope="session")
def edition() -> Edition:
    articles = tuple(
        Article(f"a{number}", "article", f"第{number}篇", Origin("第一版.txt", 1, 9), (Block("paragraph", "正文。"),))
        for number in (1, 2)
    )
    day = date(2023, 1, 28)
    chapters = (Chapter(Theme("章"), articles),)
    return Edition("文摘", "zh-CN", edition_identifier("文摘", day, articles), chapters, date=day)


def made(name: str, edition: Edition, folder: Path) -> Path:
    path = folder / ("sound.epub" if name == "epub" else "sound.pdf")
    find(name).write(edition, style.find("classic", folder), path)
    return path


@pytest.fixture(scope="session")
def epub(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made("epub", edition, tmp_path_factory.mktemp("sound"))


@pytest.fixture(scope="session")
def epub_with_fonts(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("fonts") / "sound.epub"
    find("epub").write(edition, replace(style.find("classic", path.parent), embed_fonts=True), path)
    return path


@pytest.fixture(scope="session")
def pdf(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made("pdf", edition, tmp_path_factory.mktemp("sound"))


class Damage:
    """Copies the sound EPUB with some of its files put in, changed or left out."""

    def __init__(self, sound: Path, path: Path) -> None:
        self.sound, self.path = sound, path

    def __call__(self, changes: dict[str, tuple[str, str] | str | None], mimetype: int = ZIP_STORED) -> Path:
        with ZipFile(self.sound) as before, ZipFile(self.path, "w") as after:
            for name in before.namelist():
                data, change = before.read(name), changes.get(name, ("", ""))
                if isinstance(change, tuple):
                    old, new = change
                    assert old.encode() in data
                    data = data.replace(old.encode(), new.encode()) if old else data
                    after.writestr(name, data, mimetype if name == "mimetype" else None)
            for name, change in changes.items():
                if isinstance(change, str):
                    after.writestr(name, change)
        return self.path


@pytest.fixture
def damaged(epub: Path, tmp_path: Path) -> Damage:
    return Damage(epub, tmp_path / "damaged.epub")


@pytest.fixture
def font_damaged(epub_with_fonts: Path, tmp_path: Path) -> Damage:
    return Damage(epub_with_fonts, tmp_path / "damaged.epub")


@pytest.fixture(scope="session")
def booklet(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made("booklet", edition, tmp_path_factory.mktemp("sound"))


@pytest.fixture(scope="session")
def press(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound file for a press; each page is drawn by one stream, which is easier to damage."""
    path = made("print", edition, tmp_path_factory.mktemp("sound"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            page.contents_coalesce()
        pdf.save(path)
    return path


@pytest.fixture
def damage(tmp_path: Path) -> Callable[[Path, Callable[[Any], None]], Path]:
    """Give a copy of a sound PDF in which one thing was changed."""

    def damaged(sound: Path, change: Callable[[Any], None]) -> Path:
        path = tmp_path / "damaged.pdf"
        with pikepdf.open(sound) as pdf:
            change(pdf)
            pdf.save(path, fix_metadata_version=False)
        return path

    return damaged
