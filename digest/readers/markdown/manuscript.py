"""A Markdown file as an article: its front matter, and its text as blocks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any

from digest.decoding import read_text
from digest.language import language_of
from digest.model import Article, Block, BlockKind, Doubt, Origin, Reading, article_id
from digest.readers import Source
from digest.readers.markdown import dialect, notes, phrases
from digest.readers.markdown.front_matter import Document, FrontMatter, document_of
from digest.readers.markdown.phrases import plain
from digest.readers.markdown.pictures import Finder, Lifted, is_emphasis, lift

if TYPE_CHECKING:
    from markdown_it.token import Token


def article_of(source: Source) -> Reading:
    """Read a file as an article; raises FrontMatterError with the line for front matter that cannot be read."""
    text = read_text(source.path).replace("\r\n", "\n").replace("\r", "\n")
    document = document_of(text, source.path)
    tokens, doubts = _parse(document, source)
    title, tokens = _title(document.facts, tokens)
    if not title:
        doubts.insert(0, Doubt("no-head", "neither front matter nor a first heading gives a title", document.first))
    blocks = tuple(_blocks(tokens))
    if not blocks:
        doubts.append(Doubt("no-body", "nothing stands below the head", document.first))
    last = text.rstrip().count("\n") + 1
    return Reading((_article(source.name, document, title, blocks, last, tuple(doubts)),))


def _article(
    name: str, document: Document, title: str, blocks: tuple[Block, ...], last: int, doubts: tuple[Doubt, ...]
) -> Article:
    facts = document.facts
    return Article(
        id=article_id(name, facts.kicker, title, blocks[0].text if blocks else ""),
        kind="article",
        title=title,
        origin=Origin(name, 1, last, date=facts.date),
        blocks=blocks,
        column=facts.column,
        kicker=facts.kicker,
        subtitle=facts.subtitle,
        byline=" ".join(facts.authors),
        authors=facts.authors,
        language=facts.language or language_of(title + "".join(block.text for block in blocks)),
        doubts=(*document.doubts, *doubts),
    )


def _parse(document: Document, source: Source) -> tuple[list[Token], list[Doubt]]:
    """Parse the body; what a book cannot carry (links to files beside the source) is put in words.

    Raises PictureError for a picture that is missing, or whose file is none.
    """
    parsed, environment, seen = dialect.parse(document.body)
    doubts = [*_too_deep(parsed, seen.too_deep, document.first)]
    doubts.extend(Doubt("long-row", _LONG_ROW, document.first + line) for line in seen.long_rows)
    doubts.extend(_unused(parsed, environment, document.body, document.first))
    tokens, unused = notes.gather(parsed, environment, document.first)
    doubts.extend(unused)
    finder = Finder(source, doubts)
    for token in tokens:
        line = document.first + (token.map[0] if token.map else 0)
        if token.type == "html_block":
            doubts.append(phrases.comment(token.content, line))
        elif token.type == "fence" and token.info.strip():
            doubts.extend(_info(token, line))
        elif token.children:
            lift(token, line, finder)
            token.children = list(phrases.set_phrases(token.children, line, doubts))
    return [token for token in tokens if token.type != "html_block"], doubts


_LONG_ROW = "the row has more cells than the table's head: they stand in its last one"


def _too_deep(tokens: Sequence[Token], lines: Sequence[int], first: int) -> Iterator[Doubt]:
    """Name each element at the top that is nested too deep, by the first of its lines that is."""
    starts = [token.map[0] for token in tokens if token.map and not token.level]
    elements: dict[int, int] = {}
    for line in sorted(lines):
        elements.setdefault(bisect_right(starts, line), line)
    for line in elements.values():
        message = f"quotes and lists more than {dialect.DEEPEST} elements deep stand as text"
        yield Doubt("nested-too-deep", message, first + line)


def _info(fence: Token, line: int) -> Iterator[Doubt]:
    """Tell of what stands beside the marks of code and is not its language, which the html keeps."""
    if words := fence.info.split()[1 if fence.content.strip() else 0 :]:
        yield Doubt("code-info-left-out", f"beside the marks of code stands: {' '.join(words)}", line)


def _unused(tokens: Sequence[Token], seen: Mapping[str, Any], body: str, first: int) -> Iterator[Doubt]:
    """Name what looks like the target of a link, `[注]: 说明`, and is used by none: it is not in the book."""
    children = (child for token in tokens for child in token.children or ())
    used = {str(child.meta.get("label")) for child in children if child.type in ("link_open", "image")}
    lines = body.split("\n")
    unused = [link for label, link in seen.get("references", {}).items() if label not in used]
    for link in (*unused, *seen.get("duplicate_refs", ())):
        start, end = link["map"]
        what = " ".join(" ".join(lines[start:end]).split())
        yield Doubt("unused-link", f"no text links to {what}", first + start)


def _title(facts: FrontMatter, tokens: list[Token]) -> tuple[str, list[Token]]:
    """Take the title from front matter, else from a first heading, which then is no part of the body."""
    if not tokens or tokens[0].type != "heading_open":
        return facts.title, tokens
    heading = " ".join(plain(tokens[1]).split())
    if facts.title not in ("", heading):
        return facts.title, tokens
    if not tokens[1].meta.get("pictures"):
        return heading, tokens[3:]
    tokens[1].children = []  # what is left of it are its pictures
    return heading, tokens


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    """One block for each element at the top of the document that says something, and one for each picture in it."""
    uncaptioned = False
    for element in _elements(tokens):
        pictures: list[Lifted] = [own for token in element for own in token.meta.get("pictures", ())]
        before = [block for own in pictures if own.leads for block in own.blocks]
        behind = [block for own in pictures if not own.leads for block in own.blocks]
        uncaptioned = before[-1].kind == "image" if before else uncaptioned
        block = _caption(element) if uncaptioned and is_emphasis(element) else _block(element)
        said = [*before, *([block] if block.text.strip() else ()), *behind]
        uncaptioned = said[-1].kind == "image" if said else uncaptioned
        yield from said


def _elements(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Part the tokens into the elements at the top of the document."""
    start = depth = 0
    for at, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            yield tokens[start : at + 1]
            start = at + 1


_KINDS: dict[str, BlockKind] = {
    "heading_open": "subhead",
    "blockquote_open": "quote",
    "fence": "quote",
    "code_block": "quote",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "notes_open": "list",
    "table_open": "table",
}
# A thematic break is set as the trade does.
_ASTERISM = "* * *"


def _block(tokens: Sequence[Token]) -> Block:
    """One top element as a block; a subhead's and a paragraph's html is what stands inside them."""
    kind = _KINDS.get(tokens[0].type, "paragraph")
    if tokens[0].type == "hr":
        return Block("paragraph", _ASTERISM)
    text = "\n".join(_lines(tokens))
    html = dialect.render(tokens[1:-1] if kind in ("subhead", "paragraph") else tokens)
    return Block(kind, text, "" if html == escape(text, quote=False) else html)


def _caption(paragraph: Sequence[Token]) -> Block:
    """What stands inside a paragraph's emphasis, as the caption of the picture above it."""
    paragraph[1].children = (paragraph[1].children or [])[1:-1]
    return replace(_block(paragraph), kind="caption")


def _lines(tokens: Sequence[Token]) -> Iterator[str]:
    """The words of each paragraph, cell and piece of code; a note's begin with its number."""
    number = ""
    for token in tokens:
        if token.type == "note_open":
            number = token.content
        elif token.type in ("inline", "fence", "code_block"):
            yield number + plain(token)
            number = ""
