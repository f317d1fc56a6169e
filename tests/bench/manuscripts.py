"""Gives other programs the book that we make, ready-made: as one HTML document with its CSS, as Markdown, as Typst."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from digest import markup, notes, press, style
from digest.contents import contents
from digest.model import Article, Edition
from digest.printing import book, manuscript
from digest.printing.parts import BETWEEN_PARTS, Part
from digest.settings import load

# What we do ourselves: the numbers of the pages in the contents and the dots that lead to them.
FOLIOS = """
a.folio::before { content: leader(dotted) }
a.folio::after { content: target-counter(attr(href), page) }
"""
TYPST = """
#set page(width: {width}mm, height: {height}mm, margin: (x: 18mm, y: 20mm), numbering: "1")
#set text(font: "Noto Serif SC", size: 10.5pt, lang: "zh", region: "cn")
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 7pt, spacing: 7pt)
#show heading: set text(font: "Noto Sans SC")
#outline(depth: 2)
"""


def write(project: Path, place: Path) -> None:
    """Write book.html, book.css, book.md and book.typ of a project's edition."""
    settings = load(project)
    pile = press.read([project / "seeds"])
    guidance = press.Guidance(keep_duplicates=settings.keep_duplicates)
    edition, look = press.compose(pile.articles, settings.edition, guidance), style.find(settings.style, project)
    place.mkdir(exist_ok=True)
    html, css = _one_document(edition, look)
    (place / "book.html").write_text(html, encoding="utf-8")
    (place / "book.css").write_text(css, encoding="utf-8")
    (place / "book.md").write_text("\n\n".join(_markdown(edition)), encoding="utf-8")
    width, height = look.paper
    head = TYPST.replace("{width}", str(width)).replace("{height}", str(height))
    (place / "book.typ").write_text(head + "\n\n".join(_typst(edition)), encoding="utf-8")


def _one_document(edition: Edition, look: style.Style) -> tuple[str, str]:
    printable, _ = markup.printable(edition)
    linked = notes.linked_in_one_file(printable, contents(printable))
    sheets = manuscript.sheets(linked, look)
    parts = [*_matter(sheets, "front"), *manuscript.chapters(sheets), *_matter(sheets, "back")]
    looks = book._looks(look, book.Purpose(), parts)
    bodies = [re.split(r"</?body>", part.html)[1] for part in parts]
    head = parts[0].html.split("<body>")[0].replace("<head>", '<head><link rel="stylesheet" href="book.css"/>')
    html = f"{head}<body>{''.join(bodies)}</body></html>".replace(BETWEEN_PARTS, "#")
    faces = "".join(
        f"@font-face {{ font-family: {role}; src: url({path.as_uri()}) }}\n" for role, path in look.fonts.items()
    )
    return re.sub(r'(<a class="folio"[^>]*>)[^<]*', r"\1", html), faces + "".join(
        css for _, css in looks.sheets
    ) + FOLIOS


def _matter(sheets: manuscript.Sheets, name: str) -> Iterator[Part]:
    return manuscript.matter(sheets, name, lambda _: "")


def _markdown(edition: Edition) -> Iterator[str]:
    for chapter in edition.chapters:
        yield f"# {chapter.theme.title}"
        for article in chapter.articles:
            yield f"## {_head(article)}"
            yield from (re.sub(r"([\\`*_#<>\[\]])", r"\\\1", block.text) for block in article.blocks)


def _typst(edition: Edition) -> Iterator[str]:
    for chapter in edition.chapters:
        yield f"= {_escaped(chapter.theme.title)}"
        for article in chapter.articles:
            yield f"== {_escaped(_head(article))}"
            yield from (_escaped(block.text) for block in article.blocks)


def _head(article: Article) -> str:
    return " ".join((article.title or article.kicker or "无题").split())


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_#<>\[\]$@=+/~-])", r"\\\1", text)


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
