"""Numbers of pages in the contents and the index, which are filled in when all pages are there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest

from digest import style
from digest.cache import keeping
from digest.errors import BrokenStyleError
from digest.model import Article, Block, Chapter, Edition, Origin, Theme, edition_identifier
from digest.printing import compositors, folios
from digest.printing.gathering import Folio
from digest.printing.parts import Looks
from digest.printing.stretches import Errand, Run
from digest.writers import pdf

CLASSIC = style.find("classic", Path("/nonexistent"))
DIGITS = tuple((10 + digit, 5.0) for digit in range(10))


def edition(*lengths: int) -> Edition:
    """Make a book of chapters that have so many characters."""
    articles = [
        Article(
            f"a{at}", "article", f"第{at}篇", Origin("a.txt", 1, 2), (Block("paragraph", "文字，" * (length // 3)),)
        )
        for at, length in enumerate(lengths, start=1)
    ]
    chapters = tuple(Chapter(Theme(f"主题{article.title}"), (article,)) for article in articles)
    return Edition("书", "zh-CN", edition_identifier("书", None, articles), chapters)


def mine(folder: Path, css: str, **templates: str) -> style.Style:
    place = folder / "styles" / "mine"
    (place / "templates").mkdir(parents=True)
    (place / "style.toml").write_text('description = "mine"\nextends = "classic"')
    (place / "print.css").write_text(css)
    for name, text in templates.items():
        (place / "templates" / f"{name}.html").write_text(text, encoding="utf-8")
    return style.find("mine", folder)


def contents(path: Path) -> list[str]:
    """Give the numbers that stand at the ends of lines in the contents."""
    return re.findall(r"(\d+) ?\r?$", words(path), re.MULTILINE)


def words(path: Path) -> str:
    """Give the text of the contents."""
    with pypdfium2.PdfDocument(path) as book:
        return str(book[2].get_textpage().get_text_range())


@pytest.fixture
def laid(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note which parts are laid out."""
    found: list[str] = []
    lay_out = compositors._lay_out

    def noted(looks: Looks, address: bytes, frame: bytes, errand: Errand) -> Run:
        found.append(errand.part.name)
        return lay_out(looks, address, frame, errand)

    monkeypatch.setattr(compositors, "_lay_out", noted)
    return found


LONG, SHORT = 9_000, 600
A_LINE = '<p class="line"><a class="folio" href="{{ href(entry.anchor) }}">{{ number }}</a></p>'
TWICE = "{% for entry in contents %}{% set number = folio(entry.anchor) %}" + A_LINE + "{{ number }}<br/>{% endfor %}"


def test_they_are_those_of_the_pages(tmp_path: Path) -> None:
    pdf.write(edition(LONG, SHORT, LONG), CLASSIC, tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as book:
        names = pikepdf.NameTree(book.Root.Names.Dests)
        label = {str(entry): book.pages.index(pikepdf.Page(names[entry][0])) for entry in names}
    first = label["chapter-1"] - 1
    told = contents(tmp_path / "a.pdf")
    expected = [label[f"{kind}-{at}"] - first for at in (1, 2, 3) for kind in ("chapter", "article")]
    assert told == [str(number) for number in expected]
    assert int(told[-1]) > 9


def test_a_chapter_that_grows_leaves_the_front_and_the_back_as_they_are(tmp_path: Path, laid: list[str]) -> None:
    path = tmp_path / "a.pdf"
    with keeping(tmp_path / "cache"):
        pdf.write(edition(SHORT, SHORT), CLASSIC, path)
        assert sorted(laid) == ["back", "chapter-1", "chapter-2", "front"]
        before = contents(path)
        laid.clear()
        pdf.write(edition(LONG, SHORT), CLASSIC, path)
    assert laid == ["chapter-1"]
    assert contents(path)[:2] == before[:2]
    assert int(contents(path)[2]) > int(before[2])


@pytest.mark.parametrize(
    ("css", "templates"),
    [
        (".folio { position: static }", {}),
        (".folio { text-decoration: underline !important }", {}),
        (".folio { letter-spacing: 1pt }", {}),
        (".folio { width: 4em; text-align: left }", {}),
        (".folio { left: 0 }", {}),
        (".folio { background: #eee }", {}),
        (".folio { border-bottom: 1pt solid }", {}),
        (".folio { transform: rotate(5deg) }", {}),
        (".folio { outline: 1pt solid }", {}),
        ("", {"contents": TWICE}),
        ("", {"contents": "<p>{% for chapter in contents %}{{ folio(chapter.anchor) }}<br/>{% endfor %}</p>"}),
    ],
)
def test_where_a_style_does_something_else_with_them_the_front_is_laid_out_again(
    tmp_path: Path, laid: list[str], css: str, templates: dict[str, str]
) -> None:
    path = tmp_path / "a.pdf"
    pdf.write(edition(SHORT, SHORT), mine(tmp_path, css, **templates), path)
    assert laid.count("front") == 2
    assert re.sub(r"第\d篇|\D", "", words(path)) in {"1234", "13", "1313"}


def test_they_look_as_if_they_had_been_there(tmp_path: Path, laid: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    pages = []
    for at in range(2):
        pdf.write(edition(LONG, SHORT, SHORT), CLASSIC, tmp_path / "a.pdf")
        with pypdfium2.PdfDocument(tmp_path / "a.pdf") as book:
            pages.append([(page.get_textpage().get_text_range(), bytes(page.render().buffer)) for page in book])
        monkeypatch.setattr("digest.printing.layout.awaited", lambda *_: {})
        assert laid.count("front") == 1 + 2 * at
    assert pages[0] == pages[1]


def test_what_stands_for_a_number_is_counted_wherever_it_begins() -> None:
    html = "9000000 x9000001y 9000002 9000002 90000034 9000003 19000005 9000009000006 <a>9000007</a> ９００００００"
    asked = {folios.awaited_text(place) for place in range(9)}
    assert asked & folios._once(html) == {text for text in asked if html.count(text) == 1}


@pytest.mark.parametrize(("at", "lefts"), [(1, [95.0, 90.0]), (0, [100.0, 100.0])])
def test_a_number_begins_or_ends_where_its_place_does(at: int, lefts: Sequence[float]) -> None:
    folio = Folio("a", "F", 12.0, 100.0, 50.0, at, DIGITS)
    assert [folio.left(number) for number in ("7", "12")] == lefts
    assert replace(folio, at=0).drawn("12") == b"q BT /F 12 Tf 1 0 0 -1 100.000000 50.000000 Tm <000b000c> Tj ET Q"


def test_a_number_is_that_of_the_anchor_it_was_asked_for(tmp_path: Path) -> None:
    template = (
        '<p class="line"><a class="folio" href="{{ href(contents[0].anchor) }}">{{ folio(contents[1].anchor) }}</a></p>'
    )
    pdf.write(edition(SHORT, SHORT), mine(tmp_path, "", contents=template), tmp_path / "a.pdf")
    assert contents(tmp_path / "a.pdf") == ["3"]


def test_a_number_of_nothing_is_a_fault_of_the_style(tmp_path: Path) -> None:
    template = '<p class="line"><a class="folio" href="{{ href(contents[0].anchor) }}">{{ folio("nowhere") }}</a></p>'
    with pytest.raises(BrokenStyleError, match=r"contents.html:1: .*nowhere"):
        pdf.write(edition(SHORT), mine(tmp_path, "", contents=template), tmp_path / "a.pdf")


def test_numbers_that_are_hidden_stay_hidden(tmp_path: Path, laid: list[str]) -> None:
    pdf.write(edition(SHORT), mine(tmp_path, ".folio { visibility: hidden }"), tmp_path / "a.pdf")
    assert laid.count("front") == 2
    assert contents(tmp_path / "a.pdf") == []
