from __future__ import annotations

from xml.etree import ElementTree

import pytest

from digest.faces import families_by_element, font_files, set_in


def families_of(css: str, body: str) -> dict[str, str]:
    """What each family list of a page shows, by its names."""
    page = ElementTree.fromstring(
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>题</title></head><body>{body}</body></html>'
    )
    found = set_in(page, families_by_element([css]))
    return {", ".join(families): "".join(sorted(characters)) for families, characters in found.items() if characters}


def test_an_element_is_set_in_the_families_of_its_parent_unless_it_asks_for_others() -> None:
    css = "body { font-family: text, serif } h1 { font-family: 'Head One', text }"
    assert families_of(css, "<h1>甲<i>乙</i></h1>丙<p>丁</p>") == {"text, serif": "丁丙", "head one, text": "乙甲"}


def test_the_title_of_a_page_is_not_set_in_it() -> None:
    assert families_of("* { font-family: text }", "甲") == {"text": "甲"}


@pytest.mark.parametrize(
    ("css", "families"),
    [
        ("p { font-family: a } p { font-family: b }", "b"),
        ("body p { font-family: a } p { font-family: b }", "a"),
        ("p { font-family: a; font-family: b }", "b"),
        ("@media screen { p { font-family: a } }", "a"),
        ("p { font: bold 1em/1.5 a, 'B b' }", "a, b b"),
        ("body { font-family: a } p { font-family: inherit }", "a"),
        ("body { font-family: a } p::first-letter { font-family: b }", "a"),
        ("body { font-family: a } p:unheard-of(1) { font-family: b }", "a"),
        ("p { color: red }", ""),
    ],
)
def test_what_is_more_specific_or_said_later_wins(css: str, families: str) -> None:
    assert families_of(css, "<p>甲</p>") == {families: "甲"}


def test_a_style_attribute_wins_over_all_sheets() -> None:
    assert families_of("#a { font-family: a }", '<p id="a" style="font-family: b">甲</p>') == {"b": "甲"}


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ('@font-face { font-family: "Head One"; src: url(a.otf) }', [("head one", ("a.otf",))]),
        ("@font-face { font-family: b; src: local(B), url('a.woff') format('woff'), url(\"a.otf\") }",
         [("b", ("a.woff", "a.otf"))]),
        ("@media all { @font-face { font-family: c; src: url(c.ttf) } }", [("c", ("c.ttf",))]),
        ("p { font-family: d }", []),
    ],
)  # fmt: skip
def test_a_font_face_names_a_family_and_its_files(css: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [*font_files(css)] == expected
