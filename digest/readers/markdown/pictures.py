"""The pictures of an article: which of them a book can show, and where they stand beside its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from digest import pictures
from digest.errors import PictureError
from digest.model import Block, Doubt, Picture
from digest.readers import Source
from digest.readers.markdown import phrases

if TYPE_CHECKING:
    from markdown_it.token import Token

# What is no path below the article: https:, data:, C:, //host, /etc.
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]")
# An SVG can hold scripts and load files: no book of ours has one.
_DRAWINGS = (".svg", ".svgz")
_BREAKS = ("softbreak", "hardbreak")
# A message quotes this much of a picture's name: a data: URL can be as long as a book.
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Lifted:
    """A picture taken out of its words, with the caption that its title is; `leads` if it stands before them."""

    blocks: tuple[Block, ...]
    leads: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """A picture where it stands: its token, its line, and how many pieces of words came before it."""

    picture: Picture
    token: Token
    line: int
    said: int


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds the files of one source's pictures, looks at each once, and notes doubts."""

    source: Source
    doubts: list[Doubt]
    looked_at: set[Path] = field(default_factory=set)

    def find(self, target: str, line: int) -> Picture | None:
        """Find the file of a picture; None, with a doubt, for one that a book does not show.

        Raises PictureError for a picture that is missing, or whose file is none.
        """
        name = unquote(target)
        path, root = self._path(name), self.source.root.resolve()
        if _ELSEWHERE.match(name) or (path and not path.is_relative_to(root)):
            self._leave_out(name, f"is not below {self.source.root}, and a book loads nothing from elsewhere", line)
            return None
        where = f"{self.source.path}:{line}"
        if path is None or not _is_file(path):
            remedy = "mend its path, which starts at the article's folder, or take it out"
            raise PictureError(f"there is no picture {shortened(name)}", where=where, remedy=remedy)
        if path.suffix.lower() in _DRAWINGS:
            self._leave_out(name, "is an SVG drawing, which can hold a script; save it as PNG", line)
            return None
        picture = Picture(path, shortened(name), where)
        self._look(picture, line)
        return picture

    def _path(self, name: str) -> Path | None:
        """Follow a name from the article's folder, through links; None where there can be no such file."""
        try:
            return Path(self.source.path.parent, name).resolve()
        except (OSError, ValueError, RuntimeError):  # a link to itself, a zero byte
            return None

    def _leave_out(self, name: str, why: str, line: int) -> None:
        what = f"the picture {shortened(name)} is set as its words: it {why}"
        self.doubts.append(Doubt("image-left-out", what, line))

    def _look(self, picture: Picture, line: int) -> None:
        if picture.path not in self.looked_at:
            self.looked_at.add(picture.path)
            if pictures.moves(picture):
                what = f"of the picture {picture.name}, which moves or has several pages, the first is set"
                self.doubts.append(Doubt("first-picture-only", what, line))


def shortened(name: str) -> str:
    """Give a picture's name for a message."""
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name too long for the file system
        return False


def lift(token: Token, line: int, finder: Finder) -> None:
    """Take the pictures that a book shows out of a token's words, into its meta["pictures"]; put the others in words.

    One that opens a paragraph comes before it, every other behind its paragraph, list, quotation or table, with a doubt
    "image-moved" where that is not where it stood.
    """
    kept: list[Token] = []
    found: list[_Found] = []
    said = 0
    for child in token.children or ():
        if child.type == "image" and (picture := finder.find(str(child.attrs.get("src", "")), line)):
            found.append(_Found(picture, child, line, said))
        else:
            kept.append(phrases.text(_alt(child)) if child.type == "image" else child)
            said += bool(child.content.strip())
        line += child.type in _BREAKS
    token.children = _tidied(kept, line, finder.doubts) if found else kept
    nested = token.level > 1
    token.meta["pictures"] = tuple(_lifted(own, leads=not nested and not own.said) for own in found)
    for own in found:
        if nested or 0 < own.said < said:
            what = f"the picture {own.picture.name} stands behind the words, the list or the table that it stood in"
            finder.doubts.append(Doubt("image-moved", what, own.line))
        if not _alt(own.token):
            what = f"the picture {own.picture.name} has no words for those who cannot see it: put them in its brackets"
            finder.doubts.append(Doubt("no-alt", what, own.line))


def _lifted(found: _Found, *, leads: bool) -> Lifted:
    title = " ".join(str(found.token.attrs.get("title", "")).split())
    shown = Block("image", _alt(found.token), picture=found.picture)
    return Lifted((shown, Block("caption", title)) if title else (shown,), leads)


def _alt(image: Token) -> str:
    return " ".join(_plain(image.children or ()).split())


def _plain(tokens: Sequence[Token]) -> str:
    return "".join(
        _plain(token.children) if token.children else " " if token.type in _BREAKS else token.content
        for token in tokens
    )


def _tidied(tokens: Sequence[Token], line: int, doubts: list[Doubt]) -> list[Token]:
    """Drop what has held pictures alone: emphasis, links (with a doubt), and the white around them."""
    tidy: list[Token] = []
    for token in tokens:
        if token.nesting < 0 and tidy and tidy[-1].nesting > 0:
            if href := tidy.pop().attrs.get("href"):
                doubts.append(Doubt("link-left-out", f"a picture is no link in the book: {unquote(str(href))}", line))
        elif not _is_white(token) or (tidy and not _is_white(tidy[-1])):
            tidy.append(token)
    while tidy and _is_white(tidy[-1]):
        tidy.pop()
    if tidy:
        tidy[0].content = tidy[0].content.lstrip()
        tidy[-1].content = tidy[-1].content.rstrip()
    return tidy


def _is_white(token: Token) -> bool:
    return token.type in _BREAKS or (token.type == "text" and not token.content.strip())


def is_emphasis(tokens: Sequence[Token]) -> bool:
    """Tell a paragraph that is emphasis alone.

    Below a picture it is the caption: Markdown has no mark for one but the title, and this is how most write it.
    """
    if [token.type for token in tokens] != ["paragraph_open", "inline", "paragraph_close"]:
        return False
    children: Sequence[Token] = tokens[1].children or ()
    ends = [at for at, child in enumerate(children) if child.type == "em_close" and child.level == children[0].level]
    return bool(ends) and children[0].type == "em_open" and ends[0] == len(children) - 1
