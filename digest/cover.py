"""Draws the cover of an edition: a style's cover.svg as a JPEG of 3:4."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from digest import pictures
from digest.apprentice import APPRENTICE, Oneself
from digest.errors import BrokenStyleError, SettingsError
from digest.glyphs import named
from digest.model import Doubt, Edition
from digest.painting import QUALITY
from digest.style import Style
from digest.wording import Wording

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

# Apple and Amazon ask for a long side of 1600 or more; 3:4 fills an e-reader's screen.
WIDTH, HEIGHT = 1200, 1600
COLUMN = 900  # pixels that a line of the cover may take: the page without the band and the margins
TITLE_HEIGHT = 560  # pixels for the title's lines, above the subtitle and the themes
LEADING = 1.25  # of the title's size, from line to line
TITLE_SIZES = (210, 190, 170, 150, 132, 116, 102, 90, 80, 70, 62, 54, 48, 42, 36, 30, 26, 22, 18)
LONGEST_TITLE = 250  # characters; of more, none could be read on a cover, and each costs time to fit
PHRASE_WORTH = 0.65  # of the size that a title could have, for whole phrases on its lines
SUBTITLE_SIZE, SUBTITLE_LINES = 42, 2
THEME_SIZE, THEME_LINES = 36, 6  # what stands between the rule and the foot
FOOT_SIZE = 34
IN_NO_FONT = "\U0010fffd"  # private use, plane 16

# What may not be torn apart: words and numbers of Latin letters, marks that may not end or start a line.
OPENING, CLOSING = "“‘（《〈「『【〔(", "”’）》〉」』】〕)，。、；：！？…—,.;:!?·"
WORD = "[A-Za-z0-9À-ɏ.%+&@’'-]+[年月日]?"
UNIT = re.compile(rf"[{OPENING}]*(?:{WORD}|\S)[{re.escape(CLOSING)}]*|\s+")


def draw(edition: Edition, style: Style, words: Wording) -> tuple[bytes, tuple[Doubt, ...]]:
    """Draw the cover; `designed` tells what may be doubtful in it."""
    picture, doubts = designed(edition, style, words)
    return picture(), doubts


def designed(edition: Edition, style: Style, words: Wording) -> tuple[Callable[[], bytes], tuple[Doubt, ...]]:
    """Design the cover, and give what draws it, in JPEG, or fits the editor's own picture: in any thread.

    A Doubt names the characters that the style's fonts lack ("missing-glyph"), or tells that the title is too long to
    be set whole ("title-cut").
    Raises BrokenStyleError where the style's cover.svg is no drawing, or one of its fonts no font; what is given may
    do so too, and raises SettingsError for a picture that cannot be read.
    """
    if edition.cover:
        return partial(_own, edition.cover), ()
    svg, doubts = drawing(edition, style, words)
    return partial(_painted, svg, style, APPRENTICE.get()), doubts


def drawing(edition: Edition, style: Style, words: Wording) -> tuple[str, tuple[Doubt, ...]]:
    """Give the style's cover.svg with the edition's words in it; the doubts and errors are those of `draw`."""
    from PIL import ImageFont

    try:
        faces = {role: ImageFont.truetype(font, 100) for role, font in style.fonts.items()}
    except OSError as error:
        remedy = "take another file under [fonts] in style.toml"
        raise BrokenStyleError(
            f"one of its fonts cannot be read ({error})", where=style.folders[0], remedy=remedy
        ) from None
    head, text = faces["head"], faces["text"]
    lines, size = title_lines(edition.title, _measure(head))
    subtitle = [*_fitted(edition.subtitle, text, SUBTITLE_SIZE, SUBTITLE_LINES)]
    themes = [*_one_line_each((chapter.theme.title for chapter in edition.chapters), text, THEME_SIZE, THEME_LINES)]
    day = words.date(edition.date) if edition.date else ""
    issue = words.issue_of(edition.series, edition.number)
    foot = [*_one_line_each(filter(None, (issue, day, edition.publisher)), head, FOOT_SIZE, 3)]
    families = {role: face.getname()[0] for role, face in faces.items()}
    svg = style.render(
        "cover.svg", edition=edition, words=words, faces=families, lines=lines, size=size, subtitle=subtitle,
        themes=themes, foot=foot,
    )  # fmt: skip
    missing = _missing("".join([*lines, *subtitle, *themes, *foot]), [*faces.values()])
    doubts: list[Doubt] = []
    if _without_spaces(*lines) != _without_spaces(edition.title):
        doubts.append(Doubt("title-cut", "the cover: the title is too long for it, and ends in an ellipsis"))
    if missing:
        doubts.append(Doubt("missing-glyph", f"the cover: no font of the style has {named(missing)}"))
    with _blaming(style):
        _refuse_files(svg)
    return svg, tuple(doubts)


def _without_spaces(*texts: str) -> str:
    return "".join("".join(texts).split())


def title_lines(title: str, measure: Callable[[str, int], float]) -> tuple[list[str], int]:
    """Break a title into lines of like length at the largest size at which it fits; `measure` gives pixels.

    It breaks at the title's own spaces, unless the letters would have to be much smaller for it. Of a title of more
    than LONGEST_TITLE characters the beginning is set.
    """
    title = " ".join(title.split())
    if len(title) > LONGEST_TITLE:
        title = title[: LONGEST_TITLE - 1].rstrip() + "…"
    lines, size = _largest(UNIT.findall(title), measure)
    by_phrase, phrase_size = _largest(re.findall(r"\S+\s*", title), measure)
    return (by_phrase, phrase_size) if phrase_size >= PHRASE_WORTH * size else (lines, size)


def _largest(units: list[str], measure: Callable[[str, int], float]) -> tuple[list[str], int]:
    for size in TITLE_SIZES:
        lines = _balanced(units, partial(_width, measure=measure, size=size))
        if all(measure(line, size) <= COLUMN for line in lines) and len(lines) * LEADING * size <= TITLE_HEIGHT:
            return lines, size
    size = TITLE_SIZES[-1]
    letters = _wrapped([*"".join(units)], COLUMN, partial(_width, measure=measure, size=size))
    return _cut(letters, int(TITLE_HEIGHT / LEADING / size)), size


def _width(line: str, measure: Callable[[str, int], float], size: int) -> float:
    return measure(line, size)


def _balanced(units: list[str], width: Callable[[str], float]) -> list[str]:
    """Wrap to as few lines as may be, then narrow the column as far as their number stays."""
    fewest = _wrapped(units, COLUMN, width)
    narrowest = COLUMN
    for column in range(COLUMN, 0, -20):  # pixels; finer steps show no difference
        lines = _wrapped(units, column, width)
        if len(lines) > len(fewest) or any(width(line) > column for line in lines):
            break
        narrowest = column
    return _wrapped(units, narrowest, width)


def _wrapped(units: list[str], column: float, width: Callable[[str], float]) -> list[str]:
    lines = [""]
    for unit in units:
        if lines[-1].strip() and width((lines[-1] + unit).strip()) > column:
            lines.append("")
        lines[-1] += unit
    return [stripped for line in lines if (stripped := line.strip())]


def _fitted(text: str, face: FreeTypeFont, size: int, most: int) -> list[str]:
    return _cut(
        _wrapped(UNIT.findall(" ".join(text.split())), COLUMN, partial(_width, measure=_measure(face), size=size)), most
    )


def _one_line_each(texts: Iterable[str], face: FreeTypeFont, size: int, most: int) -> Iterator[str]:
    """Give a line for each text, cut to the column; where there are more than `most`, the last one only says so."""
    width = partial(_width, measure=_measure(face), size=size)
    lines = [line for text in texts if (line := " ".join(text.split()))]
    for line in lines if len(lines) <= most else [*lines[: most - 1], "……"]:
        yield _cut(_wrapped([*line], COLUMN - size, width), 1)[0]


def _cut(lines: list[str], most: int) -> list[str]:
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1] + "…"]


def _measure(face: FreeTypeFont) -> Callable[[str, int], float]:
    return lambda line, size: face.getlength(line) * size / face.size


def _missing(text: str, faces: list[FreeTypeFont]) -> set[str]:
    """Find the characters that no face has a glyph for: they look like one that no font has."""
    left = set("".join(text.split()))
    for face in faces:
        none = bytes(face.getmask(IN_NO_FONT))
        left = {character for character in left if bytes(face.getmask(character)) == none}
    return left


def _own(picture: bytes) -> bytes:
    """Make a picture what an e-reader takes: upright, RGB, no larger than a cover, without what the camera noted."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(picture), formats=pictures.FORMATS) as image:
            fitted = pictures.fitted(image, (WIDTH, HEIGHT))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError):
        remedy = "name a JPEG or PNG there, or leave it out"
        raise SettingsError("`edition.cover` is no picture that can be read", remedy=remedy) from None
    data = io.BytesIO()
    fitted.save(data, "JPEG", quality=QUALITY, optimize=True)
    return data.getvalue()


def _painted(svg: str, style: Style, painter: Oneself) -> bytes:
    fonts = [str(font) for font in style.fonts.values()]
    with _blaming(style):
        picture: bytes = painter.done("digest.painting:painted", svg, (WIDTH, HEIGHT), fonts)
    return picture


@contextmanager
def _blaming(style: Style) -> Iterator[None]:
    """Name the style's own cover.svg where it cannot be drawn; a fault in ours is a bug."""
    try:
        yield
    except (ValueError, ElementTree.ParseError) as error:
        paths = (folder / "templates" / "cover.svg" for folder in style.folders)
        where = next((path for path in paths if path.exists()), None)
        if where is None:
            raise
        raise BrokenStyleError(
            f"is no drawing: {error}", where=where, remedy="see digest/templates/cover.svg"
        ) from None


def _refuse_files(svg: str) -> None:
    """Let nothing be loaded: resvg would read any path that a drawing names."""
    for element in ElementTree.fromstring(svg).iter():  # noqa: S314  (expat bounds what entities expand to)
        for name, value in element.items():
            if name.endswith("href") and not value.startswith(("#", "data:image/png", "data:image/jpeg")):
                raise ValueError(f"it names a file, {value!r}")
