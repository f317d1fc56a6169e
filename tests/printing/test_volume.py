"""A PDF file that is written object by object: whoever opens it finds each of them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
import pydyf
from hypothesis import given
from hypothesis import strategies as st

from digest.printing.volume import TOGETHER, Volume, reference, text


def finished(volume: Volume, **entries: bytes) -> Any:
    """Close a file whose catalog has these entries, and open it."""
    pages = volume.add(b"<</Type/Pages/Count 0/Kids[]>>")
    root = volume.add(pydyf.Dictionary({"Type": "/Catalog", "Pages": reference(pages), **entries}).data)
    return pikepdf.open(BytesIO(volume.finished(root)))


@given(st.integers(0, 2 * TOGETHER + 1))
def test_objects_are_found_however_many_there_are(count: int) -> None:
    volume = Volume()
    numbers = [volume.add(b"<</N %d>>" % at) for at in range(count)]
    made = finished(volume, All=b"[%b]" % b" ".join(map(reference, numbers)))
    assert [int(each.N) for each in made.Root.All] == [*range(count)]


def test_a_reserved_number_is_that_of_what_comes_later() -> None:
    volume = Volume()
    number = volume.reserve()
    other = volume.add(b"<</To %b>>" % reference(number))
    volume.add(b"(later)", number)
    assert str(finished(volume, First=reference(other)).Root.First.To) == "later"


def test_objects_that_come_one_a_line_have_numbers_one_after_the_other() -> None:
    volume = Volume()
    first = volume.reserve(3)
    volume.add_all(first, b"(a)\n(b)\n(c)")
    made = finished(volume, All=b"[%b]" % b" ".join(reference(first + at) for at in range(3)))
    assert [*map(str, made.Root.All)] == ["a", "b", "c"]


@given(st.binary(max_size=500))
def test_streams_hold_what_was_put_into_them(data: bytes) -> None:
    volume = Volume()
    packed = volume.add_packed(b"<</Length %d>>" % len(data), data)
    squeezed = volume.add_stream(data, b"/Kind/Own")
    made = finished(volume, One=reference(packed), Other=reference(squeezed))
    assert made.Root.One.read_bytes() == made.Root.Other.read_bytes() == data
    assert made.Root.Other.Kind == "/Own"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_words_are_what_they_were(words: str) -> None:
    volume = Volume()
    assert b"\n" not in text(words)
    number = volume.add(b"<</Said %b>>" % text(words))
    assert str(finished(volume, First=reference(number)).Root.First.Said) == words


def test_the_information_is_what_the_trailer_names() -> None:
    volume = Volume()
    info = volume.add(b"<</Title %b>>" % text("书"))
    pages = volume.add(b"<</Type/Pages/Count 0/Kids[]>>")
    data = volume.finished(volume.add(b"<</Type/Catalog/Pages %b>>" % reference(pages)), info)
    with pikepdf.open(BytesIO(data)) as made:
        assert made.docinfo["/Title"] == "书"


def test_the_identifier_tells_what_is_in_the_file() -> None:
    made = [Volume() for _ in range(3)]
    for volume, data in zip(made, (b"(a)", b"(a)", b"(b)"), strict=True):
        volume.add(data)
    one, same, other = (bytes(finished(volume).trailer.ID[0]) for volume in made)
    assert one == same != other
    assert len(one) == 16
