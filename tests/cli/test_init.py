"""`digest init`: a digest.toml to begin with."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from digest.settings import (
    BookletSettings,
    EditionSettings,
    PartSettings,
    PdfSettings,
    PrintSettings,
    Settings,
    ThemeSettings,
    load,
)

Run = Callable[..., Result]

TABLES = (EditionSettings, PartSettings, PdfSettings, PrintSettings, BookletSettings)
SETTINGS = [
    name
    for name in Settings.__struct_fields__
    if name not in ("edition", "themes", "parts", "fonts", "pdf", "print", "booklet")
]


@pytest.fixture
def starter(run: Run) -> str:
    assert run("init").stdout == "digest.toml\n"
    return Path("digest.toml").read_text(encoding="utf-8")


def test_it_loads_to_exactly_the_defaults(starter: str) -> None:
    assert load(Path()) == Settings()


def test_it_mentions_every_setting(starter: str) -> None:
    said = re.findall(r"^# (\w+) = ", starter, flags=re.MULTILINE)
    assert sorted(said) == sorted([*SETTINGS, *(name for table in TABLES for name in table.__struct_fields__)])


def test_it_shows_every_setting_of_a_theme(starter: str) -> None:
    example = starter[starter.index("# [[themes]]") :]
    Path("digest.toml").write_text(re.sub(r"^# *", "", example, flags=re.MULTILINE), encoding="utf-8")
    (theme,) = load(Path()).themes
    assert all(getattr(theme, name) for name in ThemeSettings.__struct_fields__)


def test_taking_off_each_mark_still_loads_and_shows_the_defaults(starter: str) -> None:
    Path("digest.toml").write_text(re.sub(r"^# (?=\w+ = )", "", starter, flags=re.MULTILINE), encoding="utf-8")
    settings = load(Path())
    assert settings.sources == ("seeds",)
    assert (settings.formats, settings.style, settings.output) == (("epub",), "classic", "dist")
    assert settings.edition.date is not None
