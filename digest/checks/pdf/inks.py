"""Whether a press has the inks for all that is shown, and knows what they stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from digest.checks import Finding
from digest.checks.pdf.book import Book
from digest.checks.pdf.streams import Budget, unpacked

LARGEST_PROFILE = 20_000_000  # bytes; those of presses have one or two million
HEADER = 128  # bytes of a profile: ICC.1, 7.2
PRESS, CMYK = b"prtr", b"CMYK"  # the class and the data space that it names there, from its 13th byte
# Of a colour: how much its strongest and its weakest light may differ, for an eye to call it black or grey.
NEUTRAL = 0.15


def _screen_colours(book: Book) -> Iterator[Finding]:
    """Nothing is in colours of a screen: a shop's program would guess inks for them, four for black text."""
    for where, _, drawn in book.numbered():
        if drawn.on_screen:
            found = ", ".join(f"{kind} ({what})" for kind, what in sorted(drawn.on_screen))
            hint = "make the book again as print: all its colours become inks"
            yield Finding("screen-colour", "error", f"it is in colours of a screen: {found}", where, hint)


def _black_text(book: Book) -> Iterator[Finding]:
    """Black and grey text is printed with one ink: four never meet exactly, and small strokes get coloured rims."""
    for where, _, drawn in book.numbered():
        if rich := sorted(inks for inks in drawn.text_inks if _is_rich_black(inks)):
            shown = " ".join(f"{100 * ink:.0f}" for ink in rich[-1])
            what, hint = f"black text in several inks (CMYK {shown})", "set it in black ink alone: device-cmyk(0 0 0 1)"
            yield Finding("rich-black-text", "error", what, where, hint)


def _is_rich_black(inks: Sequence[float]) -> bool:
    """Say whether a colour is black or grey, and of more than one ink; coloured heads may be."""
    if len([ink for ink in inks if ink > 0]) <= 1:
        return False
    *colours, black = inks
    lights = [(1 - ink) * (1 - black) for ink in colours]
    return max(lights) - min(lights) < NEUTRAL


def _intent(book: Book) -> Iterator[Finding]:
    """It names the press that its inks are for, with an embedded profile: PDF/X-4, ISO 15930-7, 6.2.2."""
    profiles: list[Any] = [intent.get("/DestOutputProfile") for intent in book.intents]
    hint = "name the shop's profile in digest.toml, and make the book again"
    if not book.intents:
        yield Finding("no-output-intent", "error", "it does not name the press that it is for", hint=hint)
    elif None in profiles:
        yield Finding("no-output-intent", "error", "the profile of its press is not embedded", hint=hint)
    elif not all(_is_of_a_press(unpacked(profile, Budget(LARGEST_PROFILE))) for profile in profiles):
        yield Finding("no-output-intent", "error", "the embedded profile is none of a press in CMYK", hint=hint)


def _is_of_a_press(profile: bytes) -> bool:
    return len(profile) >= HEADER and (profile[12:16], profile[16:20]) == (PRESS, CMYK)


RULES: tuple[Callable[[Book], Iterator[Finding]], ...] = (_screen_colours, _black_text, _intent)
