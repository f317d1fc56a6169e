"""Makes any edition fit for XHTML: characters that XML forbids, and markup of blocks that is not what it should be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import escape
from xml.etree import ElementTree

from digest.captions import gathered
from digest.model import Article, Block, BlockKind, Chapter, Doubt, Edition, Theme
from digest.wording import wording

# What XML 1.0 (fifth edition), production [2] Char, leaves out is a fatal error for every reader, and what it
# discourages is refused by EPUBCheck and HTML: controls, surrogates, and the last two code points of each plane.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr((plane << 16) + 0xFFFE)}{chr((plane << 16) + 0xFFFF)}" for plane in range(17))
    + "]"
)
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Characters without width, joiners of emoji among them: KOReader draws a box for each.
ZERO_WIDTH = re.compile("[\u200b-\u200d\u2060\ufeff]")

# What a block's html may hold: all of it is in XHTML 1.1 and in HTML 5, none of it loads anything.
PHRASES = {"a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "ins", "kbd", "q", "s", "samp", "small", "span"}
PHRASES |= {"strong", "sub", "sup", "u", "var", "ruby"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
PIECES = HEADINGS | {"blockquote", "div", "hr", "p", "pre", "dl", "ol", "ul", "table"}
# Elements that hold these and nothing else, not even text.
FRAMES = {
    "ol": {"li"},
    "ul": {"li"},
    "dl": {"dt", "dd"},
    "table": {"caption", "thead", "tbody", "tfoot", "tr"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "tr": {"th", "td"},
}
# The order of what these hold, each name with a space behind it: a book that breaks it is not valid.
ORDERS = {
    "table": re.compile(r"(caption )?(thead )?((tbody )*|(tr )*)(tfoot )?"),
    "dl": re.compile(r"((dt )+(dd )+)*"),
    "ruby": re.compile(r"(((?!rt |rp )\w+ )*(rt |rp rt rp ))+"),
}
# Elements that hold pieces as well as phrases; every other one holds phrases.
ROOMS = {"blockquote", "div", "li", "dd", "td", "th"}
RUBY = PHRASES | {"rt", "rp"}
# What may stand at the top of these kinds; the others are set inside a p or h3 of the template, so they hold phrases.
TOPS = {"list": {"ol", "ul", "dl"}, "table": {"table"}, "quote": {"blockquote", "p", "pre"}}

COUNT, TAG = re.compile(r"[1-9]\d{0,3}"), re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Links that need no mending in any reader: RFC 3986, with letters beyond ASCII behind the host as browsers take them.
CHARACTER = r"(?:[^\s<>\"{}|\\^`\[\]%#\x00-\x20]|%[0-9A-Fa-f]{2})"
PORT = r"(?:\d{1,4}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])"
HOST = rf"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.?(?::{PORT})?"
LINK = re.compile(rf"(?:https?://{HOST}(?:[/?]{CHARACTER}*)?|mailto:{CHARACTER}+@{HOST})(?:#{CHARACTER}*)?")
# Well-formed XML that an HTML parser reads otherwise: comments, CDATA, instructions, and <b/> (an opening tag to it).
XML_ONLY = re.compile(r"<[!?]|<(?!br\b|hr\b)[^<>]*/>")
# What an attribute may be; any other attribute, and these on other elements, are left out with their html.
ATTRIBUTES = {
    "class": ("", re.compile(r"[\w +#.-]*")),
    "title": ("", re.compile(r".*", re.DOTALL)),
    "lang": ("", TAG),
    XML_LANG: ("", TAG),
    "href": ("a", LINK),
    "start": ("ol", re.compile(r"\d{1,9}")),
    "style": ("td th", re.compile("text-align: ?(left|center|right)")),  # as Markdown aligns its columns
    "colspan": ("td th", COUNT),
    "rowspan": ("td th", COUNT),
    "scope": ("th", re.compile("row|col")),
}
DEPTH = 30  # elements inside each other: far more than text needs, far less than WeasyPrint's recursion takes
# One element of these around the whole of a block is the one that the template writes: it is taken off.
WRAPPERS = {"paragraph": {"p"}, "caption": {"p"}, "subhead": {"p", *HEADINGS}}
# What these become where they say nothing: a screen reader would announce a link, a head or a column and fall silent.
SILENT = {"a": "span", "th": "td"} | dict.fromkeys(HEADINGS, "p")
# A head inside a list, a quote or a note: an article's own are h2 and h3, and none may be passed over.
INNER_HEAD = "h3"


@dataclass(frozen=True, slots=True)
class Place:
    """Where text stands, for the doubts about it: a name to show, and the source's line (0: none).

    `dropped` are the characters without width that stood here; `tell_dropped` makes one doubt of them all.
    """

    name: str
    line: int
    doubts: list[Doubt]
    dropped: set[str] = field(default_factory=set)

    def doubt(self, code: str, message: str) -> None:
        """Note a doubt about the text that stands here."""
        self.doubts.append(Doubt(code, FORBIDDEN.sub(REPLACEMENT, f"{self.name}: {message}"), self.line))

    def clean(self, text: str) -> str:
        """Replace what XML forbids, drop what has no width, and note which characters those were."""
        text = self.visible(text)
        if not (found := sorted(set(FORBIDDEN.findall(text)))):
            return text
        self.doubt("forbidden-character", f"set as U+FFFD, as no e-book can hold it: {_named(found)}")
        return FORBIDDEN.sub(REPLACEMENT, text)

    def fact(self, text: str) -> str:
        """Clean a head or a fact of the package, which is none where nothing is left of it but white space."""
        clean = self.clean(text)
        return clean if clean.strip() else ""

    def visible(self, text: str) -> str:
        """Drop what has no width."""
        if found := ZERO_WIDTH.findall(text):
            self.dropped.update(found)
            return ZERO_WIDTH.sub("", text)
        return text

    def tell_dropped(self) -> None:
        """Note what had no width here, in one doubt."""
        if self.dropped:
            self.doubt("zero-width", f"left out, as some readers draw a box for it: {_named(sorted(self.dropped))}")


def _named(characters: list[str]) -> str:
    return " ".join(f"U+{ord(character):04X}" for character in characters)


def printable(edition: Edition) -> tuple[Edition, tuple[Doubt, ...]]:
    """Give the edition as XHTML can hold it, and a Doubt for whatever had to change.

    A forbidden character becomes U+FFFD ("forbidden-character"); one without width is dropped ("zero-width"); html that
    is not well-formed or holds more than text needs gives way to the block's plain text ("unsafe-html"); an image
    without a file is set as its words ("image-left-out"). Captions without a picture come last in their article.
    """
    doubts: list[Doubt] = []
    here = Place("the edition", 0, doubts)
    fit = replace(
        edition,
        title=here.fact(edition.title) or wording(edition.language).title,
        subtitle=here.fact(edition.subtitle),
        publisher=here.fact(edition.publisher),
        authors=tuple(filter(None, map(here.fact, edition.authors))),
        description=here.fact(edition.description),
        rights=here.fact(edition.rights),
        series=here.fact(edition.series),
        language=here.clean(edition.language),
        chapters=tuple(
            Chapter(
                Theme(here.fact(chapter.theme.title), chapter.theme.why, here.clean(chapter.theme.note)),
                tuple(_article(article, doubts) for article in chapter.articles),
            )
            for chapter in edition.chapters
        ),
    )
    here.tell_dropped()
    return fit, tuple(doubts)


def _article(article: Article, doubts: list[Doubt]) -> Article:
    origin = article.origin
    here = Place(f"{origin.source}:{origin.first}", origin.first, doubts)
    fit = replace(
        article,
        title=here.fact(article.title),
        column=here.fact(article.column),
        kicker=here.fact(article.kicker),
        subtitle=here.fact(article.subtitle),
        byline=here.fact(article.byline),
        language=here.clean(article.language),
        authors=tuple(filter(None, map(here.fact, article.authors))),
        blocks=gathered(_block(block, here) for block in article.blocks),
        origin=replace(
            origin,
            source=here.fact(origin.source),
            page=here.clean(origin.page),
            jumps=tuple(map(here.clean, origin.jumps)),
            also=tuple(map(here.clean, origin.also)),
            reprints=tuple(map(here.clean, origin.reprints)),
        ),
    )
    here.tell_dropped()
    return fit


def _block(block: Block, here: Place) -> Block:
    text = here.clean(block.text)
    if block.kind == "image" and block.picture:
        return Block("image", text.strip(), picture=block.picture)
    if block.kind == "image":
        here.doubt("image-left-out", f"an image is set as its words: {text or '(none)'}")
        return Block("image", text)
    html = _unwrapped(here.visible(block.html), block.kind)
    if html is None:
        here.doubt("unsafe-html", f"markup left out, its plain text is set: {block.html[:60]}")
    kind = "paragraph" if block.kind == "subhead" and not (html or text).strip() else block.kind
    return Block(kind, text, html or "")


def _unwrapped(html: str, kind: BlockKind) -> str | None:
    """Take off the element that the template writes itself; None where the html may not be set."""
    if not html:
        return ""
    if FORBIDDEN.search(html) or XML_ONLY.search(html):
        return None
    try:
        root = ElementTree.fromstring(f"<root>{html}</root>")  # noqa: S314  (no DTD can stand inside an element)
    except (ElementTree.ParseError, ValueError):
        return None
    if ZERO_WIDTH.search("".join(root.itertext())):  # written as a character reference
        return None
    if _is_wrapped(root, kind):
        html, root = html[html.index(">") + 1 : html.rindex("</")], root[0]
    top = TOPS.get(kind, PHRASES)
    if (kind in TOPS and _has_own_text(root)) or not all(child.tag in top for child in root):
        return None
    if any(link.find(".//a") is not None for link in root.iter("a")):
        return None
    if _depth(root) > DEPTH:
        return None
    if not all(_fits(element) for element in root.iter() if element is not root):
        return None
    return _audible(root, html) if "".join(root.itertext()).strip() else ""


def _audible(root: ElementTree.Element, html: str) -> str:
    """Give markup in which nothing is announced that says nothing, and heads are on one level."""
    changed = False
    for element in root.iter():
        silent = element.tag in SILENT and not "".join(element.itertext()).strip()
        tag = SILENT[element.tag] if silent else INNER_HEAD if element.tag in HEADINGS else element.tag
        if element is not root and tag != element.tag:
            for name in ("href", "scope") if silent else ():
                element.attrib.pop(name, None)
            element.tag, changed = tag, True
    return escape(root.text or "", quote=False) + "".join(map(written, root)) if changed else html


def written(element: ElementTree.Element) -> str:
    """Write an element, and what follows it, as parsers of XML and of HTML both read it: <b/> opens a tag in HTML."""
    whole = ElementTree.tostring(element, encoding="unicode", short_empty_elements=False)
    return re.sub(r"></(br|hr)>", "/>", whole)


def _depth(root: ElementTree.Element) -> int:
    depth, level = 0, [*root]
    while level:
        depth, level = depth + 1, [child for element in level for child in element]
    return depth


def _is_wrapped(root: ElementTree.Element, kind: BlockKind) -> bool:
    return len(root) == 1 and root[0].tag in WRAPPERS.get(kind, ()) and not _has_own_text(root) and not root[0].keys()


def _has_own_text(element: ElementTree.Element) -> bool:
    return any(text and text.strip() for text in (element.text, *(child.tail for child in element)))


def _fits(element: ElementTree.Element) -> bool:
    """Say whether an element may be set, by its attributes and by what it holds."""
    if not all(_is_allowed(element.tag, name, value) for name, value in element.items()):
        return False
    if element.tag in FRAMES and _has_own_text(element):
        return False
    if not _is_ordered(element) or len({element.get("lang"), element.get(XML_LANG)} - {None}) > 1:
        return False
    inside = FRAMES.get(element.tag) or (PHRASES | PIECES if element.tag in ROOMS else PHRASES)
    inside = RUBY if element.tag == "ruby" else inside
    return all(child.tag in inside for child in element)


def _is_ordered(element: ElementTree.Element) -> bool:
    """Say whether what an element holds comes in the order it must; nothing follows a ruby's last reading."""
    if element.tag == "ruby" and len(element) and (element[-1].tail or "").strip():
        return False
    order = ORDERS.get(str(element.tag))
    return not order or bool(order.fullmatch("".join(f"{child.tag} " for child in element)))


def _is_allowed(element: str, name: str, value: str) -> bool:
    elements, values = ATTRIBUTES.get(name, ("none", LINK))
    return (not elements or element in elements.split()) and bool(values.fullmatch(value))


def texts(article: Article) -> Iterator[str]:
    """Give every string of an article that is set, heads first."""
    yield from (article.column, article.kicker, article.title, article.subtitle, article.byline)
    yield from (block.html or block.text for block in article.blocks)


def size(block: Block) -> int:
    """Count the UTF-8 bytes that a block takes in a page, its tags and escapes about included."""
    text = block.html or block.text
    # The longest opening and closing tags the templates write around a block.
    tags = 128 if block.picture else 64
    return len(text.encode()) + 5 * sum(map(text.count, "&<>\"'")) + tags * (1 + text.count("\n"))
