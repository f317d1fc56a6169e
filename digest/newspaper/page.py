"""The way of a page: lines, classes, elements, stories, heads, articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from digest.language import language_of
from digest.model import Article, ArticleKind, Block, Doubt, Furniture, Origin, Reading, article_id, with_distinct_ids
from digest.newspaper.bylines import bare_byline, lead_authors, names_in, split_credit
from digest.newspaper.classes import LineClass, classify
from digest.newspaper.clean import clean, clean_head, has_odd_quotes
from digest.newspaper.elements import Caption, elements_of
from digest.newspaper.furniture import date_in, furniture_kind, is_continued
from digest.newspaper.heads import NamedHead, bare_kicker, bare_subtitle, name_head
from digest.newspaper.lines import Line, Piece, read_lines
from digest.newspaper.matching import Loose, Match, match
from digest.newspaper.paragraphs import Paragraph
from digest.newspaper.revision import revise
from digest.newspaper.sidecar import Settlement, settle
from digest.newspaper.stories import Story, Subhead, all_pieces, layout_of


def rebuild(text: str, source: str, day: date | None = None, settlement: Settlement | None = None) -> Reading:
    """Rebuild the articles of one page; every character ends in one place of one article, or in the furniture.

    `source` is the page's name in the book, `day` its date where the caller knows it; else the masthead's is taken.
    `settlement` is what an editor settled; raises SidecarError where it names a line that is not there.
    """
    lines = settle(list(read_lines(text)), settlement or Settlement())
    classes = revise(lines, classify(lines))
    matches, loose = match(layout_of(list(elements_of(lines, classes))))
    labels, mastheads = _part_loose(loose, lines, classes)
    furniture = [*_furniture(lines, classes), *mastheads]
    day = day or _date_of(furniture)
    articles = with_distinct_ids(_article(found, labels.get(at, ()), source, day) for at, found in enumerate(matches))
    return Reading(tuple(articles), tuple(sorted(furniture, key=lambda set_aside: set_aside.line)))


def _furniture(lines: Sequence[Line], classes: Sequence[LineClass]) -> Iterator[Furniture]:
    for line, kind in zip(lines, classes, strict=True):
        if kind is LineClass.FURNITURE:
            yield Furniture(line.text, line.number, furniture_kind(line.text) or "set aside by the editor")


def _part_loose(
    loose: Sequence[Loose], lines: Sequence[Line], classes: Sequence[LineClass]
) -> tuple[dict[int, tuple[Piece, ...]], list[Furniture]]:
    """Give heads without a story to the story next to them, as labels; those beside furniture are a page's masthead."""
    at = {line.number: number for number, line in enumerate(lines)}
    labels: dict[int, tuple[Piece, ...]] = {}
    mastheads: list[Furniture] = []
    for one in loose:
        places = [at[piece.line] for piece in one.head.pieces]
        beside = [*classes[max(0, min(places) - 1) : min(places)], *classes[max(places) + 1 : max(places) + 2]]
        if one.near < 0 or LineClass.FURNITURE in beside:
            mastheads.extend(Furniture(piece.text, piece.line, "a head without a story") for piece in one.head.pieces)
        else:
            labels[one.near] = (*labels.get(one.near, ()), *one.head.pieces)
    return labels, mastheads


def _date_of(furniture: Sequence[Furniture]) -> date | None:
    dates = (date_in(line.text) for line in furniture if line.why in ("date", "masthead"))
    return next((day for day in dates if day), None)


def _article(found: Match, labels: Sequence[Piece], source: str, day: date | None) -> Article:
    story, text = found.story, found.story.text
    head = name_head(found.head, text) if found.head else NamedHead()
    blocks, credited = _blocks(story)
    byline = [*(piece.text for piece in head.byline), *(s.piece.text for s in story.signatures), *credited]
    title, kicker = _head_text(head.title, text), bare_kicker(_head_text(head.kicker, text))
    # A head from elsewhere on the page is not within the lines of its story.
    pieces = (*all_pieces(story), *(found.head.pieces if found.head and found.near else ()))
    lines = [piece.line for piece in pieces]
    jumps = tuple(jump.piece.text for jump in story.jumps)
    return Article(
        id=article_id(source, kicker, title, blocks[0].text if blocks else ""),
        kind=_kind(story),
        title=title,
        origin=Origin(source, min(lines), max(lines), date=day, jumps=jumps),
        blocks=blocks,
        column=_head_text((*head.column, *labels)),
        kicker=kicker,
        subtitle=bare_subtitle(_head_text(head.subtitle, text)),
        byline=" ".join(map(bare_byline, byline)),
        authors=_authors(byline, story),
        language=language_of(title + text),
        doubts=(*found.doubts, *head.doubts, *map(_doubt_of_label, labels), *_doubts(found)),
    )


def _head_text(pieces: Sequence[Piece], story: str = "") -> str:
    return " ".join(clean_head(piece.text, story) for piece in pieces)


def _blocks(story: Story) -> tuple[tuple[Block, ...], list[str]]:
    """Give a story's blocks, and the photo credits that sign it: a picture's own caption is its text."""
    blocks: list[Block] = []
    credited: list[str] = []
    own = _is_photo(story)
    for content in story.content:
        match content:
            case Subhead():
                blocks.append(Block("subhead", _head_text(content.pieces)))
            case Paragraph():
                blocks.append(Block("paragraph", clean(content.text)))
            case Caption() if own:
                text, credit = _uncredited(content)
                blocks.append(Block("paragraph", text))
                credited.extend(credit)
            case Caption():
                blocks.append(Block("caption", _caption_text(content)))
    return tuple(blocks), credited


def _uncredited(caption: Caption) -> tuple[str, list[str]]:
    text, credit = split_credit(caption.paragraph.text)
    below = caption.credit.text if caption.credit else ""
    return clean(text), [printed for printed in (credit, below) if printed]


def _caption_text(caption: Caption) -> str:
    text, credited = _uncredited(caption)
    return " ".join(filter(None, (text, *map(clean_head, credited))))


def _is_photo(story: Story) -> bool:
    """A photo article has a title of its own over a text that ends in a credit, or over its caption alone."""
    if any(isinstance(content, Subhead) for content in story.content):
        return False
    if not story.paragraphs:
        return bool(story.content)
    return any(signature.is_credit for signature in story.signatures)


def _kind(story: Story) -> ArticleKind:
    if any(is_continued(jump.piece.text) for jump in story.jumps):
        return "continuation"
    return "photo" if _is_photo(story) else "article"


def _authors(byline: Sequence[str], story: Story) -> tuple[str, ...]:
    signed = [name for text in byline for name in names_in(text)]
    lead = next((lead_authors(paragraph.text) for paragraph in story.paragraphs), ())
    return tuple(dict.fromkeys(signed or lead))


def _doubt_of_label(piece: Piece) -> Doubt:
    what = f"“{piece.text}” fits no story: kept here as a label; it could be the head of another, or the page's own"
    return Doubt("loose-head", what, piece.line)


def _doubts(found: Match) -> Iterator[Doubt]:
    story = found.story
    if found.head is None:
        line = min(piece.line for piece in all_pieces(story))
        yield Doubt("no-head", "no head was found for this text", line)
    for content in story.content:
        if isinstance(content, Paragraph):
            yield from content.doubts
            if has_odd_quotes(content.text):
                yield Doubt(
                    "odd-quotes", "a straight quote has no partner: how the others pair is a guess", content.line
                )
