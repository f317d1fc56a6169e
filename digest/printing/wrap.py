"""Draws the cover of a printed book in one piece: back, spine, front; the spine is as wide as the book is thick."""

from __future__ import annotations

from digest import cover, markup
from digest.errors import SettingsError
from digest.model import Doubt, Edition
from digest.printing.book import Bound, one_page
from digest.printing.parts import Part
from digest.printing.sheets import BLEED
from digest.production import Production
from digest.style import TEMPLATES, Style
from digest.wording import Wording, wording

LEAF = 2  # pages
NARROWEST = 5.0  # mm of a spine that can bear words: shops ask for this much, as folds wander by a millimetre
FRONT = "plate:front"
CSS = TEMPLATES / "wrap.css"


def spine(pages: int, thickness: float) -> float:
    """Give the width of the spine in mm of a book of so many pages, each leaf of a thickness in mm."""
    return pages / LEAF * thickness


def need_thickness(production: Production) -> None:
    """Raise SettingsError where nobody has said how thick the paper is."""
    if not production.thickness:
        remedy = "name it in digest.toml: [print] thickness = 0.1 (mm)"
        raise SettingsError("a cover needs the thickness of a leaf", remedy=remedy)


def made(edition: Edition, style: Style, pages: int) -> Bound:
    """Give the cover as a PDF of one page, with its bleed."""
    edition, doubts = markup.printable(edition)
    words = wording(edition.language)
    picture, drawn = _front(edition, style, words)
    wide = spine(pages, style.production.thickness)
    html = style.render(
        "book.html", part="wrap.html", edition=edition, words=words, front=FRONT, spine_words=wide >= NARROWEST
    )
    sheet = one_page(Part("cover", html, {FRONT: picture}), style, _css(style, wide))
    return Bound(sheet, (*doubts, *drawn), (0.0, 0.0))


def _front(edition: Edition, style: Style, words: Wording) -> tuple[bytes, tuple[Doubt, ...]]:
    """Give the front: the editor's own picture as it is, else the style's drawing, whose letters stay letters."""
    if edition.cover:
        return edition.cover, ()
    svg, doubts = cover.drawing(edition, style, words)
    return svg.encode(), doubts


def _css(style: Style, wide: float) -> str:
    width, height = style.paper
    sizes = {"bleed": BLEED, "width": width, "height": height, "spine": wide}
    said = "".join(f"--{name}: {size:.3f}mm; " for name, size in sizes.items())
    page = f"@page {{ size: {2 * width + wide:.3f}mm {height}mm; bleed: {BLEED}mm }}\nhtml {{ {said}}}\n"
    own = "".join(css for _, css in style.css("wrap.css"))
    return page + CSS.read_text(encoding="utf-8") + own
