from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sheets import make

from digest.typesetting.breaks import Strictness, ending, may_break

CASES = Path(__file__).parents[3] / "shared" / "typography" / "linebreak-zh.jsonl"
HAN = "文"


def cases() -> list[dict[str, Any]]:
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()] if CASES.exists() else []


@pytest.mark.skipif(not CASES.exists(), reason="W3C's cases lie beside the repository, in ../shared/typography")
@pytest.mark.parametrize("strictness", Strictness)
def test_the_cases_of_w3c_hold(strictness: Strictness) -> None:
    """Each character behind as many Han as a line holds: where it may start a line it does."""
    chosen = [case for case in cases() if case["level"] == strictness.value]
    assert len(chosen) == 36
    for case in chosen:
        sheet = make(f"<p>{HAN * 6}{case['char']}{HAN * 4}</p>", 6, strictness=strictness)
        first = len(sheet.words[0]) == 6
        assert first == case["break_before"], (case, sheet.words)


def test_a_line_breaks_beside_quotation_marks() -> None:
    assert make(f"<p>{HAN * 6}“{HAN * 3}”{HAN * 4}</p>", 6).words[1].startswith("“")
    assert make(f"<p>{HAN * 4}“{HAN}”{HAN * 4}</p>", 6.5).words[0].endswith("”")
    chain = "“一二三”" * 30
    assert max(line[-1].right for line in make(f"<p>{chain}</p>", 12).lines) < 50 + 12 * 10.5 + 6


def test_an_apostrophe_is_no_quotation_mark() -> None:
    assert may_break("’", "s", Strictness.STRICT) is None
    assert may_break("’", HAN, Strictness.STRICT) is True


@pytest.mark.parametrize("mark", "·，。、；：！？”’）》」】…～–%‰℃—")
def test_no_line_starts_with_a_mark_that_belongs_to_what_is_before(mark: str) -> None:
    for count in range(5, 8):
        assert not [line for line in make(f"<p>{HAN * count}{mark}{HAN * 9}</p>", 6).words if line[0] == mark]


@pytest.mark.parametrize("mark", "“‘（《「【")
def test_no_line_ends_with_a_mark_that_belongs_to_what_follows(mark: str) -> None:
    for count in range(4, 8):
        assert not [line for line in make(f"<p>{HAN * count}{mark}{HAN * 9}</p>", 6).words if line[-1] == mark]


@pytest.mark.parametrize("pair", ["——", "……"])
def test_dashes_and_ellipses_are_never_parted(pair: str) -> None:
    for count in range(3, 8):
        assert [pair in line for line in make(f"<p>{HAN * count}{pair}{HAN * 9}</p>", 6).words].count(True) == 1


@pytest.mark.parametrize("end", ["", "。", "。”", "！”）"])
@pytest.mark.parametrize("markup", ["{}", "<strong>{}</strong>", "{}<strong></strong>"])
def test_no_character_has_the_last_line_for_itself(end: str, markup: str) -> None:
    for count in range(10, 26):
        last = make(f"<p>{HAN * count}{markup.format(HAN + end)}</p>", 8).words[-1]
        assert last.count(HAN) > 1, (count, last)


def test_the_last_characters_of_a_paragraph_are_found() -> None:
    assert [ending(text) for text in ("甲乙丙丁。", "甲乙，丙。", "甲乙2023", "甲乙 丙", "甲乙丙2年。", "甲")] == [
        3,
        4,
        0,
        0,
        3,
        0,
    ]


def test_the_number_of_a_note_stays_with_its_word() -> None:
    for count in range(4, 8):
        number = next(char for char in make(f"<p>{HAN * count}<sup>12</sup>{HAN * 9}</p>", 6).chars if char.text == "1")
        assert number.x > 60, count  # the line begins at 50


def test_a_head_breaks_between_its_words() -> None:
    def words(text: str) -> list[str]:
        return [text[index : index + 3] for index in range(0, len(text), 3)]

    lines = make("<h2 style='font-size: 1em'>甲乙丙甲乙丙甲乙丙甲乙丙</h2>", 5, words=words).words
    assert [len(line) % 3 for line in lines] == [0] * len(lines)
