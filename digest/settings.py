"""digest.toml: what an edition is called, what it is made from, and how it looks."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from digest.errors import SettingsError
from digest.language import LANGUAGE_TAG
from digest.toml_file import read_toml

FILE_NAME = "digest.toml"
LARGEST_NUMBER = 2**63 - 1  # TOML 1.0: whole numbers have 64 bits; Python's parser takes any


class EditionSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The `[edition]` table; an empty string means: not said."""

    title: str = ""
    subtitle: str = ""
    publisher: str = ""
    language: Annotated[str, msgspec.Meta(pattern=LANGUAGE_TAG)] = ""
    date: date | None = None
    authors: tuple[str, ...] = ()
    description: str = ""
    rights: str = ""
    series: str = ""
    number: Annotated[int, msgspec.Meta(ge=0, le=LARGEST_NUMBER)] | None = None
    cover: Annotated[str, msgspec.Meta(pattern=r"^[^\x00]*$")] = ""


class PartSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The `[parts]` table: which of a book's parts beside its articles it has."""

    cover: bool = True
    title_page: bool = True
    contents: bool = True
    openers: bool = True
    index: bool = True
    colophon: bool = True


class PdfSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The `[pdf]` table: the paper of all that is printed; an empty string means: the style's."""

    paper: str = ""


class PrintSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The `[print]` table: what the print shop asks for; `thickness` is that of a leaf, in mm, for a cover's spine."""

    signature: Literal[4, 8, 16, 32] = 4
    crop_marks: bool = False
    profile: Annotated[str, msgspec.Meta(pattern=r"^[^\x00]*$")] = ""
    condition: str = ""
    thickness: Annotated[float, msgspec.Meta(ge=0, le=2)] = 0.0


class BookletSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The `[booklet]` table: the sheet two pages are printed on, how many are folded together, how thick one is."""

    sheet: str = "A4"
    sheets: Annotated[int, msgspec.Meta(ge=0, le=64)] = 0
    creep: Annotated[float, msgspec.Meta(ge=0, le=2)] = 0.0


class ThemeSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the `[[themes]]`: a chapter that is wished for, and the keywords and column labels of its articles."""

    title: Annotated[str, msgspec.Meta(pattern=r"\S")]
    keywords: tuple[Annotated[str, msgspec.Meta(pattern=r"\S")], ...] = ()
    columns: tuple[Annotated[str, msgspec.Meta(pattern=r"\S")], ...] = ()
    note: str = ""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What digest.toml may say; paths are relative to its folder (a struct, so that a misspelt key is named)."""

    sources: tuple[str, ...] = ()
    formats: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)] = ("epub",)
    style: str = "classic"
    output: Annotated[str, msgspec.Meta(pattern=r"^[^\x00]+$")] = "dist"
    plan: Annotated[str, msgspec.Meta(pattern=r"^[^\x00]+$")] = "plan.toml"
    other_themes: bool = True
    keep_duplicates: bool = False
    edition: EditionSettings = EditionSettings()
    themes: tuple[ThemeSettings, ...] = ()
    parts: PartSettings = PartSettings()
    fonts: dict[str, str] = {}
    pdf: PdfSettings = PdfSettings()
    print: PrintSettings = PrintSettings()
    booklet: BookletSettings = BookletSettings()


def load(folder: Path) -> Settings:
    """Read `folder`/digest.toml; without such a file every setting has its default. Raises what `read` does."""
    path = folder / FILE_NAME
    return read(path) if os.path.lexists(path) else Settings()


def read(path: Path) -> Settings:
    """Read a file of settings.

    Raises SettingsError with file and line for broken TOML, an unknown key or a value of the wrong type.
    """
    return read_toml(path, Settings, SettingsError, shown_by="`digest init` in an empty folder")
