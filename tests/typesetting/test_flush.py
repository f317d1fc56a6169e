from __future__ import annotations

from itertools import pairwise

import pytest
from sheets import SIZE, Char, make

TEXT = (
    "截至2022年12月，海勃湾区“银领先锋”共有1919个基层党组织、3.5万名党员；“下一步”，ABC公司将在2023年发布《建设》。"
    "会议强调——要以政治建设为统领，在深入学习贯彻党的二十大精神上走在前、作表率……（记者 王超）“送苗”上门，“育苗”成材。"
)
PARAGRAPHS = f"<p>{TEXT}</p><p>{TEXT * 3}</p><p>{TEXT.replace('海勃湾区', '<strong>海勃湾区</strong>')}</p>"
LEFT = 50  # points, the margin of the page
CLOSING = set("，。、；：！？”’）》")


def full(lines: list[list[Char]]) -> list[list[Char]]:
    """The lines that another line of their paragraph follows: it starts at the left edge."""
    return [a for a, b in pairwise(lines) if b[0].left < LEFT + SIZE and a[0].page == b[0].page]


@pytest.mark.parametrize("measure", [18, 25, 29, 38])
def test_both_edges_of_every_line_but_the_last_align(measure: int) -> None:
    lines = full(make(PARAGRAPHS, measure, "p { text-indent: 2em }").lines)
    right = LEFT + measure * SIZE
    assert len(lines) > 10
    for line in lines:
        if line[-1].text in CLOSING:
            assert -1 < right - line[-1].left < SIZE + 1  # its white may stand in the margin
        else:
            # pdfium shares the ink of a digit and the Han beside it among the two.
            assert abs(right - line[-1].right) < 2, line


def test_lines_align_without_a_digit_to_a_point() -> None:
    text = "会议强调，要以“政治建设”为统领，在深入学习贯彻精神上走在前、作表率；《建设》一书，（记者）已经出版。" * 5
    for line in full(make(f"<p>{text}</p>", 21).lines):
        if line[-1].text not in CLOSING:
            assert abs(LEFT + 21 * SIZE - line[-1].right) < 0.3


def test_the_last_line_is_as_wide_as_its_text() -> None:
    last = make("<p>甲乙丙丁戊己庚辛，壬癸甲乙丙丁</p>", 7).lines[-1]
    assert all(abs(b.x - a.x - SIZE) < 0.01 for a, b in pairwise(last))


def test_a_line_stretches_evenly_across_the_borders_of_boxes() -> None:
    line = make("<p>甲乙丙<strong>丁戊<em>己</em></strong>庚辛壬癸子丑寅卯辰巳（午未）</p>", 16.9).lines[0]
    steps = [b.x - a.x for a, b in pairwise(line)]
    assert len(line) == 16
    assert max(steps) - min(steps) < 0.03
    assert min(steps) > SIZE


def steps(line: list[Char], inside: str) -> list[float]:
    """How far the characters of a word are apart, but for the ends of long ones: pdfium says no place of theirs."""
    found = [char.x for char in line if char.text in inside]
    return [b - a for a, b in pairwise(found[1:-1] if len(found) > 2 else found)]


def test_nothing_stretches_inside_words_numbers_dashes_and_ellipses() -> None:
    for inside in ("202345", "ABCDEF", "——", "……"):
        html = f"<p>甲乙丙丁{inside}戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸</p>"
        plain = steps(make(html, 40).lines[0], inside)
        for measure in (17.3, 17.6, 18.4):
            assert steps(make(html, measure).lines[0], inside) == pytest.approx(plain, abs=0.05)


def test_adjacent_marks_are_a_mark_and_a_half_wide() -> None:
    chars = {char.text: char.x for char in make("<p>甲，“乙”。《丙》、丁</p>", 40).chars}
    assert chars["乙"] - chars["甲"] == pytest.approx(2.5 * SIZE, abs=0.1)
    assert chars["丙"] - chars["乙"] == pytest.approx(3 * SIZE, abs=0.1)  # 乙 ”half 。half 《


def test_an_opening_mark_is_half_wide_at_the_start_of_a_line_and_after_the_indent() -> None:
    lines = make("<p>“甲乙丙丁戊己庚辛</p>", 8, "p { text-indent: 2em }").lines
    assert lines[0][1].x == pytest.approx(LEFT + 2.5 * SIZE, abs=0.1)
    lines = make("<p>甲乙丙丁戊己庚辛“甲乙丙丁</p>", 8).lines
    assert lines[1][0].text == "“"
    assert lines[1][1].x == pytest.approx(LEFT + SIZE / 2, abs=0.1)


def test_a_mark_at_the_end_of_a_line_gives_half_its_width_where_that_makes_it_fit() -> None:
    assert make("<p>甲乙丙丁戊己庚，辛壬癸子丑</p>", 7.5).words[0].endswith("，")
    assert not make("<p>甲乙丙丁戊己庚，辛壬癸子丑</p>", 7.4).words[0].endswith("，")


def test_a_gap_stands_between_han_and_latin_but_not_at_the_ends_of_lines() -> None:
    chars = {char.text: char for char in make("<p>甲乙A丙丁</p>", 40).chars}
    plain = {char.text: char for char in make("<p>甲乙A丙丁</p>", 40, plain=True).chars}
    assert chars["丁"].x - plain["丁"].x == pytest.approx(SIZE / 4, abs=0.05)
    for line in full(make("<p>" + "甲乙丙丁2023年戊己庚ABC，" * 20 + "</p>", 13).lines):
        assert abs(line[0].x - LEFT) < 0.1
        assert line[-1].text in CLOSING or abs(line[-1].right - LEFT - 13 * SIZE) < 2


def test_what_holds_a_space_has_no_gap_besides() -> None:
    apart = [make("<p>甲乙 A 丙丁</p>", 40, plain=plain).chars[-1].x for plain in (True, False)]
    assert apart[0] == pytest.approx(apart[1], abs=0.01)


def test_a_line_with_hardly_a_place_to_stretch_is_left_ragged() -> None:
    line = make(f"<p>甲{'x' * 24}乙{'y' * 39}</p>", 22).lines[0]
    assert line[1].x - line[0].x < 2 * SIZE


@pytest.mark.parametrize("markup", ["center", "left", "right"])
def test_only_what_is_justified_stretches(markup: str) -> None:
    line = make("<p>甲乙丙丁戊己庚辛，壬癸甲乙丙丁</p>", 7.7, f".set {{ text-align: {markup} }}").lines[0]
    assert all(abs(b.x - a.x - SIZE) < 0.01 for a, b in pairwise(line))
