from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
import tinyhtml5  # type: ignore[import-untyped]

from digest.printing import reading

HEAD = '<head>\n<meta charset="utf-8"/>\n<title>甲 &amp; 乙</title>\n</head>'
PAGE = f'<!DOCTYPE html>\n<html lang="zh-CN">\n{HEAD}\n<body>{{}}</body></html>'


def flat(element: Element) -> list[object]:
    inside = [part for child in element for part in (*flat(child), child.tail or "")]
    return [element.tag, dict(element.attrib), element.text or "", *inside]


@pytest.mark.parametrize(
    "body",
    [
        "<p>甲<br/>乙 &lt; &#34;丙&#34; <b>丁</b>\n戊</p>",
        '<section epub:type="index" xml:lang="ja"><ul><li><a href="digest:a">甲</a></li>\n</ul></section>',
        '<figure><img src="plate:1" alt="甲"/><figcaption>乙</figcaption></figure><hr/><ruby>漢<rt>かん</rt></ruby>',
        "<dl><dt>甲</dt><dd><p>乙</p></dd></dl><blockquote><p>丙</p></blockquote>",
    ],
)
def test_what_our_templates_write_is_the_same_tree_to_both_parsers(body: str) -> None:
    html = PAGE.format(body)
    read = reading.tree(html)
    assert read is not None
    assert flat(read[1]) == flat(tinyhtml5.parse(html, namespace_html_elements=False)[1])


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><td>甲</td></tr></table>",  # HTML adds a tbody
        "<pre>\n甲</pre>",  # and takes the first end of a line away
        "<p>甲<p>乙</p></p>",  # ends the first p
        "<p>甲<span/>乙</p>",  # leaves the span open
        "<a href='#a'>甲<b><a href='#b'>乙</a></b></a>",
        "<P>甲</P>",
        "<p>甲&nbsp;乙</p>",
        "<p>甲<!-- 乙 --></p>",
        "<p>甲",
        "<svg><path/></svg>",
    ],
)
def test_what_html_reads_otherwise_is_left_to_its_parser(body: str) -> None:
    assert reading.tree(PAGE.format(body)) is None
