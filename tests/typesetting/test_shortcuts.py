from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from cssselect2 import compile_selector_list
from cssselect2.tree import ElementWrapper

from digest import typesetting
from digest.typesetting import building, matching, painting, plain, shapes, shortcuts, tagging

TEXT = "截至2022年12月，“银领先锋”共有1919个基层党组织、3.5万名党员；ABC公司将在2023年发布《建设》——约翰……（记者王超）"
CSS = """
@page { size: 300pt 400pt; margin: 30pt; @bottom-center { content: counter(page) } @footnote { margin-top: 1em } }
@page named { margin-top: 60pt; background: #eee }
html { font: 10.5pt/17.5pt text, head; overflow-wrap: anywhere; text-align: justify; orphans: 2; widows: 2 }
p { margin: 0; text-indent: 2em } .margins { margin: 5% auto; width: 80%; min-height: 3em; box-sizing: border-box }
.logical { margin-inline-start: 2em; padding-block: 1em } .framed { border: 1pt solid; border-radius: 3pt }
.shaded { background: #ddd } .outlined, strong { outline: 1pt dotted } .hidden { visibility: hidden }
.float { float: right; width: 8em } .clear { clear: both } .note { float: footnote } .named { page: named }
.columns { columns: 2 } .flex { display: flex } .grid { display: grid; grid-template-columns: 1fr 2fr }
.line { position: relative; padding-right: 4em } .folio { position: absolute; right: 0; bottom: 0 }
.block { display: inline-block } .relative { position: relative; top: 3pt } .spaced { letter-spacing: 1pt }
:has(+ h3) { margin-bottom: 17.5pt } .ltr { direction: ltr } .rtl { direction: rtl } .pre { white-space: pre-wrap }
.letter::first-letter { font-size: 20pt; margin: 3pt; padding: 2pt; border: 1pt solid; background: #eee }
.dropped::first-letter { float: left; font-size: 30pt; margin-right: 1em; width: 2em }
.first::first-line { font-family: head }
.decorated { text-decoration: underline }
table { border-collapse: collapse } td { border: 1pt solid; padding: 0 3pt } em { vertical-align: super }
"""
BODIES = {
    "paragraphs": f"<p>{TEXT * 4}</p>" * 12,
    "heads": f"<h1 id='a'>{TEXT}</h1><p>{TEXT}</p><h3>{TEXT}</h3><div class='named'><h2>甲 乙</h2><p>{TEXT}</p></div>",
    "inside a line": f"<p>{TEXT}<strong>{TEXT}</strong>甲<em>1</em><a href='#a' id='a'>{TEXT}</a> 242 <i>word</i></p>",
    "boxes": "".join(
        f"<div class='{name}'><p>{TEXT * 2}</p><p class='{name}'>{TEXT} 12</p></div>"
        for name in (
            "margins",
            "logical",
            "framed",
            "shaded",
            "outlined",
            "hidden",
            "columns",
            "relative",
            "rtl",
            "spaced",
        )
    ),
    "floats": f"<p class='float'>{TEXT}</p><p>{TEXT * 3}<i class='note'>{TEXT}</i></p><p class='clear'>{TEXT}</p>",
    "items": f"<div class='flex'><p>{TEXT}</p><p>{TEXT}</p></div><div class='grid'><p>{TEXT}</p><p>甲</p></div>",
    "entries": f"<ul><li class='line'><a href='#a'>{TEXT}</a> <a class='folio' href='#b'>128</a></li></ul>" * 9,
    "tables": f"<table><tr><td>{TEXT}</td><td>12</td></tr><tr><td>甲</td><td>{TEXT}</td></tr></table><p>{TEXT}</p>",
    "beginnings": "".join(
        f"<p class='{name}'>{TEXT * 2}</p>" for name in ("letter", "dropped", "first", "decorated", "pre")
    ),
    "words alone": "".join(
        f"<p style='{how}'>1919</p><p style='{how}'>a</p><div style='{how}'> Word </div>{TEXT}"
        for how in (
            "text-align: center; padding: 3pt",
            "text-align: right; text-indent: 1em",
            "text-align-last: justify",
            "width: 1em; margin-left: 10%",
            "float: left",
            "direction: rtl",
            "position: absolute; bottom: 0",
            "line-height: 3; text-indent: -1em",
        )
    ),
    "words": f"<p><b class='block'>甲乙</b> <b class='block'>{TEXT}</b> 12 Word</p><ol><li>{TEXT}</li></ol>",
}


def pages(body: str) -> bytes:
    from weasyprint import HTML

    with typesetting.chinese():
        html = f"<!DOCTYPE html><html lang='zh-CN'><title>t</title><style>{CSS}</style><body>{body}</body></html>"
        data: bytes = HTML(string=html).write_pdf(pdf_tags=True, uncompressed_pdf=True)
    return data


def drawn(data: bytes) -> list[bytes]:
    """Give the lines of a PDF but for lengths and places: glyphs in one string, or in two in a row, are the same."""
    lines = data.replace(b"<>", b"").replace(b"><", b"").split(b"\n")
    return [line for line in lines if not re.search(rb"/Length|^\d{10} \d{5} |^\d+$", line)]


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_what_is_asked_once_has_the_answer_that_it_had(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    short = pages(body)
    monkeypatch.setattr(shortcuts, "SHORTCUTS", ())
    monkeypatch.setattr(painting, "PAINTING", ())
    monkeypatch.setattr(building, "BUILDING", ())
    monkeypatch.setattr(matching, "MATCHING", ())
    monkeypatch.setattr(tagging, "TAGGING", ())
    assert drawn(pages(body)) == drawn(short)


@pytest.mark.parametrize(
    "css",
    [
        "@page :nth(2) { margin: 60pt } @page { size: 200pt }",
        "@page :left { margin: 60pt } @page :first { margin: 80pt } @page named:right { margin: 20pt }",
    ],
)
def test_pages_that_a_rule_tells_apart_have_styles_of_their_own(css: str, monkeypatch: pytest.MonkeyPatch) -> None:
    body = f"<style>{css}</style><p>{TEXT * 40}</p><div class='named'>{TEXT * 40}</div>"
    short = pages(body)
    monkeypatch.setattr(shortcuts, "SHORTCUTS", ())
    assert drawn(pages(body)) == drawn(short)


def test_a_selector_that_asks_for_the_next_element_alone_matches_what_it_matched() -> None:
    items = "<p><a/><h3/><b/></p><h3/><h3><i/></h3><p/><ul><li/><li/></ul>"
    root = ElementWrapper.from_html_root(fromstring(f"<body>{items}</body>"))
    for selector in (":has(+ h3)", "p:has(> a + h3)", ":not(:has(+ *))", "h3:has(+ h3:has(+ p))", ":has(~ ul, + b)"):
        before = [test.test for test in compile_selector_list(selector)]
        with matching.next_ones_alone():
            after = [test.test for test in compile_selector_list(selector)]
        found = [[[test(each) for test in tests] for each in root.iter_subtree()] for tests in (before, after)]
        assert found[0] == found[1]
        assert [True] in found[0]


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_paragraph_of_one_text_has_the_lines_that_weasyprint_gives_it(
    body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = pages(body)
    monkeypatch.setattr(plain, "is_one_text", lambda _: False)
    assert pages(body) == ours


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_line_that_is_cut_is_drawn_as_one_that_is_shaped_for_itself(
    body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: Any) -> bool:
        return False

    cut = pages(body)
    monkeypatch.setattr(shapes.Shape, "is_cut_clean", never)
    assert drawn(pages(body)) == drawn(cut)
