"""Notes: taken from where they are written, and gathered at the end of the article as a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from digest.model import Doubt

if TYPE_CHECKING:
    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it is written: its label, the line of its source (from 0), and what it says."""

    label: str
    line: int
    tokens: list[Token]


def gather(tokens: Sequence[Token], environment: Mapping[str, Any], first: int) -> tuple[list[Token], list[Doubt]]:
    """Move all notes to the end, in the order their numbers come in; those that no text refers to come last.

    `first` is the line of the file on which the text starts; a note without a reference gives a doubt "unused-note".
    """
    body, notes = _parted(tokens)
    if not notes:
        return body, []
    by_label: dict[str, Note] = {}
    again = [note for note in notes if by_label.setdefault(note.label, note) is not note]
    numbered = [by_label.pop(fact["label"]) for fact in environment["footnotes"]["list"].values()]
    unused = sorted((*by_label.values(), *again), key=lambda note: note.line)
    doubts = [Doubt("unused-note", f"no text refers to the note [^{note.label}]", first + note.line) for note in unused]
    return [*body, *_as_list((*numbered, *unused))], doubts


def _parted(tokens: Sequence[Token]) -> tuple[list[Token], list[Note]]:
    """Part the notes from the text they stand in; a note may stand in a quote, in a list, or in another note."""
    places: list[list[Token]] = [[]]
    notes: list[Note] = []
    for token in tokens:
        if token.type == "footnote_reference_open":
            notes.append(Note(token.meta["label"], token.map[0] if token.map else 0, []))
            places.append(notes[-1].tokens)
        elif token.type == "footnote_reference_close":
            places.pop()
        else:
            places[-1].append(token)
    return places[0], notes


def _as_list(notes: Sequence[Note]) -> Iterator[Token]:
    from markdown_it.token import Token

    yield Token("notes_open", "ol", 1, {"class": "notes"}, block=True)
    for number, note in enumerate(notes, start=1):
        yield Token("note_open", "li", 1, block=True, content=f"[{number}] ")
        if [token.type for token in note.tokens] == ["paragraph_open", "inline", "paragraph_close"]:
            note.tokens[0].hidden = note.tokens[2].hidden = True
        yield from note.tokens
        yield Token("note_close", "li", -1, block=True)
    yield Token("notes_close", "ol", -1, block=True)
