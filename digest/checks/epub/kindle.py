"""What Send to Kindle refuses, mostly with the bare words "E999 - Send to Kindle Internal Error"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO

from digest.checks import Finding
from digest.checks.epub.book import PAGES, Book

IMAGES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg")
# Bytes. Kindle Publishing Guidelines 4.2; Amazon's help page "Using Your Send to Kindle Email Address" (50 MB of
# documents a mail); its page amazon.com/sendtokindle (200 MB a file), where files above 50 MB are known to fail too
# (input-output-hk/mastering-cardano, issue 47). Of MB and MiB the smaller is taken.
IMAGE_LIMIT = 5_000_000
MAIL_LIMIT = 50_000_000
WEB_LIMIT = 200_000_000
SMALLER = "make its pictures smaller, or split the edition"

DECLARATION = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*\sencoding\s*=\s*["']utf-8["']""", re.IGNORECASE)
CSS_COMMENT = re.compile(r"/\*(.*?)\*/", re.DOTALL)
# A property of one's own where a declaration begins, or its use (CSS Custom Properties 1).
VARIABLE = re.compile(r"(?:^|[{;])\s*(--[\w-]+)\s*:|\b(var)\(", re.IGNORECASE)


def _sizes(book: Book) -> Iterator[Finding]:
    """Images and the whole are no larger than Amazon takes."""
    for name, data in book.files.items():
        if name.lower().endswith(IMAGES) and len(data) > IMAGE_LIMIT:
            what = f"{len(data)} bytes; Kindle takes images up to {IMAGE_LIMIT}"
            yield Finding("image-too-large", "warning", what, name, "make the picture smaller")
    size = book.path.stat().st_size
    if size > WEB_LIMIT:
        what = f"{size} bytes; Send to Kindle takes {MAIL_LIMIT} by mail and {WEB_LIMIT} on its page"
        yield Finding("too-large-to-send", "warning", what, hint=SMALLER)
    elif size > MAIL_LIMIT:
        what = f"{size} bytes; Send to Kindle takes {MAIL_LIMIT} by mail"
        yield Finding("too-large-to-mail", "warning", what, hint=f"send it on amazon.com/sendtokindle, or {SMALLER}")


def _inks(book: Book) -> Iterator[Finding]:
    """No image is in the inks of a press."""
    for name, data in book.files.items():
        if name.lower().endswith((".jpg", ".jpeg")) and _is_cmyk(data):
            hint = "save it in RGB"
            yield Finding("image-not-rgb", "warning", "in CMYK, which Kindle and old readers do not show", name, hint)


def _is_cmyk(jpeg: bytes) -> bool:
    from PIL import Image

    with suppress(Exception), Image.open(BytesIO(jpeg), formats=("JPEG",)) as image:  # what is none is EPUBCheck's
        return image.mode == "CMYK"
    return False


def _declarations(book: Book) -> Iterator[Finding]:
    """Every page says that it is UTF-8: Send to Kindle takes it for Latin letters otherwise."""
    for name, _ in book.pages:
        if not DECLARATION.match(book.files[name]):
            what = "it does not begin by saying that it is UTF-8, and Send to Kindle may turn its text into noise"
            hint = 'begin it with <?xml version="1.0" encoding="utf-8"?>'
            yield Finding("no-declaration", "warning", what, name, hint)


def _variables(book: Book) -> Iterator[Finding]:
    """No CSS variable is used."""
    for name, css in _all_css(book):
        bare = CSS_COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), css)
        if found := VARIABLE.search(bare):
            what = f"the CSS variable {found[1] or 'var()'}, for which Send to Kindle refuses the book (E999)"
            hint = "write the value itself wherever it is used"
            yield Finding("css-variable", "warning", what, _place(name, css, found.start(1 if found[1] else 2)), hint)


def _comments(book: Book) -> Iterator[Finding]:
    """No comment in a style sheet holds `--` (XML forbids it in a page, so such a page is not even opened)."""
    for name, css in book.sheets:
        for comment in CSS_COMMENT.finditer(css):
            if "--" in comment[1]:
                what = "`--` in a comment, for which Send to Kindle refuses the book (E999)"
                where = _place(name, css, css.index("--", comment.start()))
                yield Finding("double-hyphen", "warning", what, where, "take the hyphens out of the comment")


def _scripts(book: Book) -> Iterator[Finding]:
    """No page holds a script."""
    for name, tree in book.trees.items():
        if any(element.tag.rpartition("}")[2] == "script" for element in tree.iter()):
            what = "a script: no Kindle runs one, and Send to Kindle may refuse the book"
            yield Finding("script", "warning", what, name, "take it out, and say in text what it shows")


def _all_css(book: Book) -> Iterator[tuple[str, str]]:
    """Give all style sheets, and the style attributes of pages."""
    yield from book.sheets
    for name, page in book.pages:
        yield from ((name, style) for element in page.iter() if (style := element.get("style")))


def _place(name: str, css: str, at: int) -> str:
    """Give the file and, where the style sheet is a file of its own, the line."""
    return name if name.endswith(PAGES) else f"{name}:{css.count(chr(10), 0, at) + 1}"


RULES: tuple[Callable[[Book], Iterator[Finding]], ...] = (_sizes, _inks, _declarations, _variables, _comments, _scripts)
