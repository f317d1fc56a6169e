"""Tells the boxes of a paragraph what stands beside them, as a line is broken box by box."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure.boxes import InlineBox, LineBox, TextBox

from digest.typesetting.breaks import ending
from digest.typesetting.characters import OBJECT, has_han
from digest.typesetting.setting import Neighbours, Setting
from digest.typesetting.settings import Settings, Words

NO_BREAK = "\u2060"  # WORD JOINER, as a neighbour: nothing breaks beside it
KEPT = "data-kept"  # the attribute that says how many of an element's last characters stay together
HEADS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def leaves(box: Any, *, raised: bool = False, leads: bool = True) -> Iterator[tuple[Any, bool, bool]]:
    """Give each box of a line that has no others in it, and two things about it.

    They are whether it is raised (a note's number), and whether it is the first in what stands on the line itself.
    """
    for number, child in enumerate(child for child in box.children if child.is_in_normal_flow()):
        first = isinstance(box, LineBox) or (leads and number == 0)
        if isinstance(child, InlineBox):
            align = child.style["vertical_align"]
            is_raised = raised or (isinstance(align, int | float) and align > 0)
            yield from leaves(child, raised=is_raised, leads=first)
        else:
            yield child, raised, first


def prepare(line: Any, settings: Settings) -> None:
    """Give each text of an unbroken line, which is a paragraph, its setting; once, however often it is broken."""
    if line.__dict__.get("prepared_by") is settings:
        return
    settings.learn(line, prepared_by=settings)
    found = list(leaves(line))
    texts = [box.text if isinstance(box, TextBox) else OBJECT for box, _, _ in found]
    if not any(map(has_han, texts)):
        return
    held = _held("".join(texts), settings.words if _is_head(line) else None) | _kept(found, texts)
    begin = 0
    for index, (box, raised, leads) in enumerate(found):
        end = begin + len(texts[index])
        if isinstance(box, TextBox) and box.text:
            own = frozenset(place - begin for place in held if begin <= place < end)
            around = Neighbours(_before(found, texts, index), _after(found, texts, index), leads, own)
            setting = None if raised else settings.setting(box.text, box.style, around)
            settings.learn(box, setting=setting, clings=bool(begin) and (raised or begin - 1 in held))
        begin = end


def _is_head(line: Any) -> bool:
    """Whether a line is of a head: those of our styles are heads to HTML, or centred."""
    return line.element_tag in HEADS or line.style["text_align_all"] == "center"


def _held(text: str, words: Words | None) -> frozenset[int]:
    """Give behind which characters of a paragraph no line ends: its last ones, and those inside the words of a head."""
    held = set(range(len(text) - ending(text), len(text)))
    if words:
        end = 0
        for word in words(text):
            held.update(range(end, end + len(word) - 1))
            end += len(word)
    return frozenset(held)


def _kept(found: list[tuple[Any, bool, bool]], texts: list[str]) -> frozenset[int]:
    """Give behind which characters no line ends as an element says how many of its last ones stay together."""
    held: set[int] = set()
    end = 0
    for (box, _, _), text in zip(found, texts, strict=True):
        end += len(text)
        kept = box.element.get(KEPT) if box.element is not None else None
        if kept:
            held.update(range(end - int(kept), end - 1))
    return frozenset(held)


def _before(found: list[tuple[Any, bool, bool]], texts: list[str], index: int) -> str:
    """Give the character before a box; the number of a note is none."""
    return next((texts[i][-1:] for i in range(index - 1, -1, -1) if texts[i] and not found[i][1]), "")


def _after(found: list[tuple[Any, bool, bool]], texts: list[str], index: int) -> str:
    if index + 1 == len(found):
        return ""
    return NO_BREAK if found[index + 1][1] else texts[index + 1][:1]


def setting_of(box: Any, settings: Settings) -> tuple[Setting, int] | None:
    """Give the setting of a box that is not broken yet, and how much of its text is the box's: all, but for a space."""
    setting = box.__dict__.get("setting")
    if setting is None:
        found = settings.alone(box.text, box.style)
        return (found[0], len(found[0].text)) if found and not found[1] else None
    return (setting, len(box.text)) if setting.text.startswith(box.text) else None
