"""Makes the settings of texts, and remembers what it learns about the marks of a font."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any

from digest.typesetting.breaks import Strictness
from digest.typesetting.characters import OBJECT, has_han
from digest.typesetting.glyphs import empty_halves
from digest.typesetting.measuring import Measurer
from digest.typesetting.setting import Neighbours, Rules, Setting
from digest.typesetting.shapes import CutLine, Shaped

NOTED = ("prepared_by", "setting", "clings")
SHORT = 64  # characters: a title, over two lines at most
KNOWN = 1024  # short texts, as many as twenty pages of an index have: three kilobytes each
Words = Callable[[str], Iterable[str]]


class Settings:
    """One for each time that typesetting is asked for."""

    def __init__(self, strictness: Strictness, words: Words | None) -> None:
        self.strictness, self.words = strictness, words
        self._measurer = Measurer()
        self._rules: dict[tuple[Any, ...], Rules] = {}
        self._alone: Setting | None = None
        self._known: dict[tuple[Any, ...], tuple[Any, tuple[Any, ...]]] = {}
        self._short: dict[tuple[str, int], Shaped | None] = {}
        self._prepared: list[dict[str, Any]] = []

    def setting(self, text: str, style: Any, around: Neighbours) -> Setting | None:
        """Give how a text is set, or None for a text that WeasyPrint sets as well by itself."""
        if not is_ours(text, style):
            return None
        shaped = self._shaped(text, style)
        return Setting(text, style, shaped, self._rules_of(style), around, self._measurer) if shaped else None

    def _shaped(self, text: str, style: Any) -> Shaped | None:
        """Measure a text; what is short comes again: names, titles, in an index a number on each line."""
        if len(text) > SHORT:
            return self._measurer.measure(text, style)
        key = (text, id(style))  # which the measurer keeps
        if key not in self._short:
            if len(self._short) == KNOWN:
                self._short.clear()
            self._short[key] = self._measurer.measure(text, style)
        return self._short[key]

    def _rules_of(self, style: Any) -> Rules:
        """Give what holds between the characters of a face: it is asked once about each mark."""
        face = (*style["font_family"], style["font_style"], style["font_weight"], style["lang"], style["font_size"])
        if face not in self._rules:
            self._rules[face] = Rules(cache(partial(empty_halves, style=style)), self.strictness)
        return self._rules[face]

    def alone(self, text: str, style: Any) -> tuple[Setting, int] | None:
        """Give the setting of a text without a box, and where in it the text begins.

        A text is asked for line by line, the rest of it each time, and is measured once.
        """
        last = self._alone
        if last is None or last.style is not style or not last.text.endswith(text):
            self._alone = last = self.setting(text, style, Neighbours())
        return (last, len(last.text) - len(text)) if last else None

    def learn(self, box: Any, **what: Any) -> None:
        """Note something at a box, until it is forgotten."""
        box.__dict__.update(what)
        self._prepared.append(box.__dict__)

    def forget(self) -> None:
        """Forget what was noted at boxes: it takes more room than they do, and is found again if it is wanted."""
        for noted in self._prepared:
            for name in NOTED:
                noted.pop(name, None)
        self._prepared.clear()
        self._known.clear()
        self._alone = None

    def word(self, text: str, style: Any, width: float | None) -> CutLine | None:
        """Give the line of a word, a number or a space that stands alone and fits: WeasyPrint shapes it three times."""
        is_plain = text == " " or (text.isascii() and text.isalnum())
        if not (is_plain and has_plain_letters(style)):
            return None
        shaped = self._shaped(text, style)
        if shaped is None or shaped.shape is None:
            return None
        line = self._measurer.line(style, text, shaped.shape, 0, 0, [0] * len(text))
        if not isinstance(line, CutLine) or (width is not None and line.width > width):
            return None
        line.is_spaced, line.max_width = False, width
        return line

    def once(self, key: tuple[Any, ...], style: Any, answer: Callable[[], tuple[Any, ...]]) -> tuple[Any, ...]:
        """Give the answer to what was asked before in the same words: of the style only its number is among them."""
        if key not in self._known:
            self._known[key] = style, answer()
        return self._known[key][1]


def has_plain_letters(style: Any) -> bool:
    """Whether letters stand as their font has them, from left to right."""
    return (
        style["direction"] == "ltr"
        and style["letter_spacing"] == "normal"
        and not style["word_spacing"]
        and style["white_space"] in ("normal", "nowrap")
        and bool(style["font_size"])
    )


def is_ours(text: str, style: Any) -> bool:
    """Whether a text is Chinese or Japanese, and nothing in it needs what WeasyPrint knows better."""
    return (
        has_han(text)
        and (style["lang"] or "zh")[:2] in ("zh", "ja")
        and has_plain_letters(style)
        and OBJECT not in text
    )
