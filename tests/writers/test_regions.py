"""An article is set in the forms of Han characters that its language is used to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from digest import regions
from digest.model import Block, Chapter, Edition, Theme
from digest.style import Style
from digest.writers import pdf


def in_languages(small: Edition, *languages: str) -> Edition:
    one = next(small.articles)
    words = (Block("paragraph", "直骨今한국어"),)  # Pango takes Han alone for no Korean
    articles = tuple(replace(one, id=language, language=language, blocks=words) for language in languages)
    return replace(small, chapters=(Chapter(Theme("章"), articles),))


def test_each_language_has_the_siblings_of_our_faces(classic: Style) -> None:
    added = regions.with_regional(classic.fonts, ["zh-CN", "zh-HK", "ja", "en"])
    assert {role: path.name for role, path in added.items() if "@" in role} == {
        "text@zh-hk": "NotoSerifTC-Regular.otf",
        "head@zh-hk": "NotoSansTC-Regular.otf",
        "text@ja": "NotoSerifJP-Regular.otf",
        "head@ja": "NotoSansJP-Regular.otf",
    }


def test_a_face_of_the_styles_own_stays(tmp_path: Path) -> None:
    assert regions.with_regional({"text": tmp_path / "mine.otf"}, ["ja"]) == {"text": tmp_path / "mine.otf"}


def test_articles_of_four_languages_are_set_in_four_faces(small: Edition, classic: Style, tmp_path: Path) -> None:
    edition = in_languages(small, "zh-CN", "zh-TW", "ja", "ko")
    pdf.write(edition, classic, tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as document:
        names = {str(font.BaseFont) for font in document.pages[4].Resources.Font.values()}
    assert {name.split("+")[1] for name in names if "Serif" in name} == {
        f"Noto-Serif-{region}" for region in ("SC", "TC", "JP", "KR")
    }


def test_a_language_without_its_face_is_a_doubt_with_its_article(
    small: Edition, classic: Style, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(regions, "find_spec", lambda _: None)
    doubts = regions.without_regional(in_languages(small, "zh-CN", "ja"), classic.fonts)
    assert [(doubt.code, doubt.message.split(" ")[0], doubt.line) for doubt in doubts] == [
        ("regional-glyphs", "第一版.txt:3:", 3)
    ]
