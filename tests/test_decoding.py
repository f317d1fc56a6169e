from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.decoding import LARGEST, decode, read_text
from digest.errors import DigestError, NotTextError, SourceEmptyError, SourceTooLargeError, UndecodableError

# GB 2312's first level: the 3 755 characters of everyday use. 55 cells of row 55 are all it has of that row.
LEVEL_1 = "".join(
    bytes([row, cell]).decode("gb2312", "ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)
)
MARKS = "，。、；：“”《》（）！？"
# Big5's first level, sorted by use.
BIG5_LEVEL_1 = "".join(
    bytes([row, cell]).decode("big5", "ignore")
    for row in range(0xA4, 0xC7)
    for cell in (*range(0x40, 0x7F), *range(0xA1, 0xFF))
)
TRADITIONAL = (
    "除夕夜，消防救援大隊的燈一直亮著，隊員們把裝備又檢查了一遍。供電局的搶修車停在路邊，班組長張偉在雪地裡"
    "巡查線路，保證居民用電。春分剛過，城南鄉的早稻育秧棚裡已是一片新綠，農技員蹲在秧盤邊查看水溫。"
)


def prose(letters: str) -> st.SearchStrategy[str]:
    """Texts of 60 characters or more, in sentences and lines, with numbers and names in Latin script between them."""
    sentence = st.tuples(
        st.text(letters, min_size=8, max_size=12), st.sampled_from(["", "2023", "GDP", "3.5%"]), st.sampled_from(MARKS)
    )
    lines = st.lists(sentence.map("".join), min_size=8, max_size=10)
    return st.tuples(lines, st.sampled_from(["\n", "\r\n", "", "\n\n"])).map(lambda drawn: drawn[1].join(drawn[0]))


MARKED = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
    "gb18030": "\ufeff".encode("gb18030"),
}


def test_level_1_is_whole() -> None:
    assert len(LEVEL_1) == 3_755


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
@given(text=prose(LEVEL_1))
def test_everyday_text_comes_back_from_any_encoding_of_a_newsroom(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", MARKED)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map("字".__add__))
def test_any_text_comes_back_from_an_encoding_that_is_marked(encoding: str, text: str) -> None:
    assert decode(MARKED[encoding] + text.encode(encoding)) == text


@given(st.integers(0, len(TRADITIONAL) - 60), st.integers(60, len(TRADITIONAL)))
def test_traditional_text_comes_back_from_big5(start: int, length: int) -> None:
    text = TRADITIONAL[start : start + length]
    assert decode(text.encode("big5")) == text


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "utf-8"])
def test_traditional_text_comes_back_from_the_other_encodings_too(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding)) == TRADITIONAL


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1).map("a".__add__))
def test_any_text_comes_back_from_utf_8(text: str) -> None:
    assert decode(text.encode()) == text.removeprefix("\ufeff")


@given(st.binary(max_size=500))
@example(b"\xff\xfe\x00")
@example(b"\xff\xfe\x00\xd8")
@example(b"\x84\x31\x95\x33\xff")
def test_any_bytes_give_text_or_one_error_of_ours(data: bytes) -> None:
    try:
        text = decode(data, "page.txt")
    except DigestError:
        return
    text.encode()  # a text has no lone surrogates


@given(st.binary(min_size=2_000, max_size=4_000))
def test_a_page_of_random_bytes_is_never_taken_for_a_text(data: bytes) -> None:
    with pytest.raises((NotTextError, UndecodableError)):
        decode(b"\x01\x02\x80" * 20 + data)


@given(prose(LEVEL_1), st.integers(0), st.integers(0x80, 0xFF))
def test_utf_8_with_one_broken_byte_is_named_and_never_another_text(text: str, place: int, broken: int) -> None:
    data = bytearray(text.encode())
    at = place % len(data)
    data[at] = broken
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        with pytest.raises(UndecodableError, match=rf"^page.txt:{line}: not UTF-8: byte 0x"):
            decode(bytes(data), "page.txt")


@pytest.mark.parametrize(
    "data", [b"", b"\n", b" \t\r\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, "\u3000\u200b".encode()]
)
def test_what_shows_no_character_is_empty(data: bytes) -> None:
    with pytest.raises(SourceEmptyError):
        decode(data)


def test_one_stray_control_character_does_not_make_a_text_binary() -> None:
    assert decode("编辑同志：\x0b读了贵报".encode()) == "编辑同志：\x0b读了贵报"


def test_damaged_utf_16_is_named_with_its_line() -> None:
    data = codecs.BOM_UTF16_LE + "第一行\n".encode("utf-16-le") + b"\x00\xd8\x00\x00"
    with pytest.raises(UndecodableError, match=r"^page.txt:2: not utf-16: byte 0x00"):
        decode(data, "page.txt")


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(b"a" * LARGEST)
    assert len(read_text(page)) == LARGEST
    page.write_bytes(b"a" * (LARGEST + 1))
    with pytest.raises(SourceTooLargeError):
        read_text(page)
