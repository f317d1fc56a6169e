"""How the marks of notes and the notes are linked, both ways."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from digest.model import Block
from digest.notes import linked

MARK = '<sup class="noteref">{}</sup>'
TEXT = Block("paragraph", "甲[1]乙[2]丙[1]", f"甲{MARK.format(1)}乙{MARK.format(2)}丙{MARK.format(1)}")
NOTES = Block(
    "list",
    "[1] 一 & 二\n[2] 三\n四\n[3] 五",
    '<ol class="notes">\n<li>一 &amp; <em>二</em></li>\n<li>\n<p>三</p>\n<p>四</p>\n</li>\n<li>五</li>\n</ol>',
)


def links(html: str) -> list[tuple[str, str]]:
    """Give each link's id, or where it has none its words, and where it leads."""
    tree = ElementTree.fromstring(f'<r xmlns:epub="e">{html}</r>')
    return [(link.get("id") or "".join(link.itertext()), link.get("href", "")) for link in tree.iter("a")]


def test_a_mark_leads_to_its_note_and_the_note_back_to_its_first_mark() -> None:
    ((text, notes),) = linked([(TEXT, NOTES)], "article-7", ["a.xhtml"])
    assert links(text.html) == [
        ("article-7-mark-1", "#article-7-note-1"),
        ("article-7-mark-2", "#article-7-note-2"),
        ("1", "#article-7-note-1"),
    ]
    assert links(notes.html) == [("1", "#article-7-mark-1"), ("2", "#article-7-mark-2")]


def test_each_note_is_an_aside_with_its_number_and_all_its_words() -> None:
    (_, (notes,)) = linked([(TEXT,), (NOTES,)], "article-7", ["a.xhtml", "b.xhtml"])
    tree = ElementTree.fromstring(f'<r xmlns:epub="e">{notes.html}</r>')
    assert [("".join(aside.itertext()), aside.get("id")) for aside in tree.iter("aside")] == [
        ("1 一 & 二", "article-7-note-1"),
        ("2 三\n四", "article-7-note-2"),
        ("3 五", "article-7-note-3"),
    ]


def test_links_lead_into_the_file_that_the_article_goes_on_in() -> None:
    ((text,), (notes,)) = linked([(TEXT,), (NOTES,)], "article-7", ["a.xhtml", "b.xhtml"])
    assert links(text.html)[0][1] == "b.xhtml#article-7-note-1"
    assert links(notes.html)[0][1] == "a.xhtml#article-7-mark-1"


def test_a_mark_without_a_note_is_no_link() -> None:
    (((text),),) = linked([(TEXT,)], "article-7", ["a.xhtml"])
    assert text.html == "甲<sup>1</sup>乙<sup>2</sup>丙<sup>1</sup>"


def test_blocks_without_notes_stay_as_they_are() -> None:
    plain = Block("paragraph", "甲", "<strong>甲</strong>")
    assert linked([(plain,)], "article-7", ["a.xhtml"]) == [(plain,)]


@pytest.mark.parametrize(
    ("note", "numbered"),
    [
        ("甲<br/>乙", "<p>{} 甲<br/>乙</p>"),
        ("<p>甲</p><p>乙</p>", "<p>{} 甲</p><p>乙</p>"),
        ("<p></p>", "<p>{} </p>"),
        ("<ul><li>甲</li></ul>", "<p>{} </p><ul><li>甲</li></ul>"),
        ("<pre><code>甲</code></pre>", "<p>{} </p><pre><code>甲</code></pre>"),
        ("<hr/>", "<p>{} </p><hr/>"),
        ("甲<em>乙</em>丙<ul><li>丁</li></ul>", "<p>{} 甲<em>乙</em>丙</p><ul><li>丁</li></ul>"),
        ("<b></b>", "<p>{} <b></b></p>"),
        ("", "<p>{} </p>"),
    ],
)
def test_a_number_stands_before_a_note_s_first_words_or_alone(note: str, numbered: str) -> None:
    block = Block("list", "[1]", f'<ol class="notes"><li>{note}</li></ol>')
    (((notes),),) = linked([(block,)], "article-7", ["a.xhtml"])
    inside = re.search(r"<aside[^>]*>(.*)</aside>", notes.html)
    assert inside is not None
    assert inside[1] == numbered.format('<span class="number">1</span>')


def test_a_second_list_of_notes_is_a_list() -> None:
    again = Block("list", "再", '<ol class="notes"><li>再</li></ol>')
    ((_, _, second),) = linked([(TEXT, NOTES, again)], "article-7", ["a.xhtml"])
    assert second == again
