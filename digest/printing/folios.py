"""Numbers of pages in a contents or an index that are to come: their place is kept, and nothing depends on them.

So the front and the back of a book are laid out beside its chapters, and need not be again when those grow by a page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from digest.printing.gathering import Folio
from digest.printing.parts import Part

CLASS = "folio"  # of the link that is the page's number; dots lead to it
FIRST = 9_000_000  # what stands for the first number that is asked for: no book has so many pages
# What stands for any number, wherever it begins; a part does not ask for a million.
AWAITED = re.compile(rf"(?=(9\d{{{len(str(FIRST)) - 1}}}))", re.ASCII)
UNKNOWN = ""  # stands for an anchor of which nothing is known before all pages are
DIGITS = "0123456789"
Digits = tuple[tuple[int, float], ...]  # the glyph and the width of each
# What a link's style says where its text is all that is seen of it, and stands where `left` or `right` has it.
PLAIN = {
    "position": "absolute",
    "visibility": "visible",
    "width": "auto",
    "min_width": "auto",
    "transform": (),
    "background_image": (("none", None),),
}
EDGES = ("border_left_width", "border_right_width", "border_top_width", "border_bottom_width", "outline_width")


def awaited_text(place: int) -> str:
    """Give the text that stands for a number, by its place among those that were asked for."""
    return str(FIRST + place)


def awaited(pages: Iterable[Any], part: Part) -> dict[Any, Folio]:
    """Give the numbers that can be filled in on some pages of a part, by the boxes of the texts in their place.

    These are those of links that are placed so that nothing moves or looks otherwise however wide they are, and that
    stand in the part once, where they are seen.
    """
    from digest.typesetting.measuring import Measurer

    measurer = Measurer()
    asked = {awaited_text(place): anchor for place, anchor in enumerate(part.folios) if anchor != UNKNOWN}
    anchors = {text: asked[text] for text in _once(part.html) & asked.keys()}
    found: dict[Any, Folio] = {}
    for page in pages:
        for box in _links(page._page_box):
            inside = [*texts(box)]
            anchor = anchors.get(inside[0].text) if len(inside) == 1 else None
            if anchor and _is_free(box.style):
                folio = _folio(anchor, box, inside[0], measurer)
                found |= {inside[0]: folio} if folio else {}
    return found


@lru_cache(maxsize=1)  # it is asked for with each stretch of a part
def _once(html: str) -> frozenset[str]:
    """Give what could stand for a number and is in the HTML of a part once: all are counted in one reading of it."""
    return frozenset(text for text, count in Counter(AWAITED.findall(html)).items() if count == 1)


def _is_free(style: Any) -> bool:
    """Whether a link's width moves nothing, and is not seen."""
    plain = all(style[name] == value for name, value in PLAIN.items())
    plain = plain and style["background_color"].alpha == 0
    return plain and (style["left"] == "auto") != (style["right"] == "auto") and not any(map(style.__getitem__, EDGES))


def _links(box: Any) -> Iterator[Any]:
    return filter(is_folio, _inside(box))


def _inside(box: Any) -> Iterator[Any]:
    """Give a box of WeasyPrint and all that are in it, in their order."""
    boxes = [box]
    while boxes:
        box = boxes.pop()
        box = getattr(box, "_box", box)  # what is placed absolutely stands in a box of its own
        yield box
        boxes.extend(reversed(getattr(box, "children", ())))


def is_folio(box: Any) -> bool:
    """Whether a box is that of a page's number."""
    box = getattr(box, "_box", box)
    if box.element_tag != "a" or box.element is None:
        return False
    return CLASS in (box.element.get("class") or "").split()


def texts(box: Any) -> Iterator[Any]:
    """Give the boxes of text inside a box of WeasyPrint."""
    return (each for each in _inside(box) if hasattr(each, "pango_layout"))


def _folio(anchor: str, link: Any, text: Any, measurer: Any) -> Folio | None:
    """Give what a number is drawn with; None where its digits are not as plain as digits are."""
    from digest.typesetting.shapes import CutLine

    digits = _digits(text.style, measurer) if isinstance(text.pango_layout, CutLine) else ()
    at = int(link.style["right"] != "auto")
    x, y = text.position_x + at * text.width, text.position_y + text.baseline
    return Folio(anchor, "", 0.0, x, y, at, digits) if digits else None


def _digits(style: Any, measurer: Any) -> Digits:
    """Give the digits of a style, with which they are kept; none where they are not plain."""
    known: Digits | None = style.__dict__.get("digits")
    if known is None:
        known = style.digits = _measured(style, measurer)
    return known


def _measured(style: Any, measurer: Any) -> Digits:
    from weasyprint.text.ffi import FROM_UNITS

    from digest.typesetting.settings import has_plain_letters

    shaped = measurer.measure(DIGITS, style) if has_plain_letters(style) else None
    if not (shaped and shaped.shape) or len(shaped.shape.fonts) != 1 or style["text_decoration_line"] != "none":
        return ()
    return tuple((code, width * FROM_UNITS) for code, width in zip(shaped.shape.codes, shaped.shape.units, strict=True))


def drawer_of(boxes: Mapping[Any, Folio], draw: Any) -> Any:
    """Give a function that draws texts as `draw` does, but for those in whose place a number will be."""
    from dataclasses import replace

    from digest.printing.gathering import TO_COME

    def draw_text(stream: Any, box: Any, *how: Any) -> None:
        folio = boxes.get(box)
        if folio is None:
            draw(stream, box, *how)
            return
        ((_, font),) = box.pango_layout.fonts
        face, size = font.drawn(stream)
        for digit, (code, width) in zip(DIGITS, folio.digits, strict=True):
            face.to_unicode.setdefault(code, digit)
            face.widths.setdefault(code, round(width * 1000 / size))
        stream.set_color(box.style["color"])
        stream.stream.append(TO_COME)
        stream.__dict__.setdefault("folios", []).append(replace(folio, font=face.hash, size=size))

    return draw_text
