"""Stretches of pages: the same ones whoever makes them, from wherever, and whatever was changed pages before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest import style
from digest.cache import CACHE, keeping
from digest.crew import Crew, as_crew
from digest.printing import compositors, division, paging
from digest.printing.compositors import Compositors
from digest.printing.parts import LaidOut, Looks, Part
from digest.printing.shelf import Shelf
from digest.printing.skeleton import is_told_apart, skeleton
from digest.printing.stretches import FIRST, Errand, Known, Run, Start, Stretch

CLASSIC = style.find("classic", Path("/nonexistent"))
PAGE = "@page { size: 60mm 60mm; margin: 5mm } h2 { break-after: avoid; margin: 1em 0 } p { orphans: 2; widows: 2 }"
SENTENCE = "昨日，城市的又一条地铁线路开门迎客，市民排队体验了首班车。"
LOOKS = Looks((("", PAGE),), CLASSIC.fonts, CLASSIC.folders)
FRAME = b"all but the text"
LOSE_ONE = "DELETE FROM kept WHERE rowid IN (SELECT max(rowid) FROM kept WHERE stage = 'pages')"


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(paging, "FEWEST", 2)
    monkeypatch.setattr(paging, "MOST", 4)
    yield
    compositors._CASE.clear()


def part(lengths: Sequence[int], name: str = "chapter-1", text: str = SENTENCE) -> Part:
    """Make a part of articles, each of which has paragraphs of so many sentences."""
    articles = "".join(
        f'<article id="a{at}"><h2 style="bookmark-level: 1">第{at}篇</h2><p>{text * length}</p><p>完。</p></article>'
        for at, length in enumerate(lengths)
    )
    html = f'<html lang="zh-CN"><head><title>t</title></head><body><section>{articles}</section></body></html>'
    return Part(name, html)


def done(errand: Errand, css: str = "", frame: bytes = FRAME) -> Run:
    looks = replace(LOOKS, sheets=(("", PAGE + css),))
    return compositors._lay_out(looks, css.encode(), frame, errand)


def known(run: Run) -> tuple[Known, ...]:
    return tuple(stretch.known for stretch in run)


def pages(run: Run, kept: Run = ()) -> list[LaidOut | None]:
    """Give the pages of each stretch of a run; some are those of one that was kept."""
    there = {stretch.known.address: stretch.laid for stretch in kept}
    return [stretch.laid or there[stretch.known.address] for stretch in run]


def mended(whole: Part, article: int, more: str) -> Part:
    before, head, after = whole.html.partition(f"第{article}篇</h2><p>")
    return replace(whole, html=f"{before}{head}{more}{after}")


LENGTHS = [(at * 7 + 3) % 11 + 1 for at in range(30)]
WHOLE = part(LENGTHS)


def test_stretches_follow_one_another_from_the_beginning_to_the_end() -> None:
    stretches = known(done(Errand(WHOLE)))
    assert len(stretches) > 5
    assert [each.begins for each in stretches] == [FIRST, *(each.ends for each in stretches[:-1])]
    assert stretches[-1].ends is None


@pytest.mark.parametrize("more", ["又", SENTENCE, SENTENCE * 9])
@pytest.mark.parametrize("article", [0, 13, 29])
def test_after_a_mend_the_stretches_are_those_of_a_part_that_nobody_knows(article: int, more: str) -> None:
    after = mended(WHOLE, article, more)
    anew, again = done(Errand(after)), done(Errand(after, known=known(done(Errand(WHOLE)))))
    assert known(again) == known(anew)
    assert [one.laid for one in again if one.laid] == [
        other.laid for one, other in zip(again, anew, strict=True) if one.laid
    ]


@pytest.mark.parametrize(
    ("css", "old", "new"),
    [
        ("section { string-set: head content(text) }", "第13篇", "第十三篇"),
        ("section { bookmark-level: 1; bookmark-label: content(text) }", "第13篇", "第十三篇"),
        (".note { float: footnote }", "注13", "又13"),
    ],
)
def test_text_that_shows_elsewhere_than_in_its_place_is_known_there(css: str, old: str, new: str) -> None:
    """What a box tells running heads and the outline is on each of its pages; a note stands below its sign."""
    noted = WHOLE.html
    for at in range(len(LENGTHS)):
        noted = noted.replace(f"第{at}篇</h2><p>", f'第{at}篇</h2><p>此<span class="note">注{at}。</span>')
    before, after = (Part("chapter-1", html) for html in (noted, noted.replace(old, new, 1)))
    first, anew = done(Errand(before), css), done(Errand(after), css)
    assert pages(done(Errand(after, known=known(first)), css), first) == pages(anew)


def test_what_was_tried_on_a_page_has_a_hold_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stays whole is moved on for its last paragraph, which stands some pages behind if those are smaller."""
    monkeypatch.setattr(paging, "FEWEST", 1)
    monkeypatch.setattr(paging, "MOST", 1)
    css = (
        "@page { size: 60mm 45mm } @page :left { margin-bottom: 35mm } article, blockquote { break-inside: avoid }"
        "p, h2, blockquote { margin: 0 !important; font-size: 9px; line-height: 1 }"
    )

    def quoting(short: int) -> Part:
        def article(at: int) -> str:
            quoted = f"<p>{'' if at == short else SENTENCE * 4}短</p>" * 3
            before = SENTENCE * (at * 5 % 4 + 1)
            return f"<article><h2>第{at}篇</h2><p>{before}</p><blockquote>{quoted}</blockquote><p>完。</p></article>"

        body = "".join(map(article, range(5)))
        return Part("chapter-1", f'<html lang="zh-CN"><body><section>{body}</section></body></html>')

    before = done(Errand(quoting(short=-1)), css)
    for short in (1, 2):
        again = done(Errand(quoting(short), known=known(before)), css)
        assert pages(again, before) == pages(done(Errand(quoting(short)), css))


def test_a_mend_that_moves_no_line_has_its_own_stretches_made_alone() -> None:
    before = done(Errand(WHOLE))
    html = WHOLE.html.replace("第13篇</h2><p>昨", "第13篇</h2><p>今")
    laid = [stretch for stretch in done(Errand(Part("chapter-1", html), known=known(before))) if stretch.laid]
    assert 1 <= len(laid) <= 2 < len(before)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 12), min_size=12, max_size=40), st.integers(2, 4))
def test_pieces_are_joined_to_what_is_made_in_one_go(lengths: list[int], pieces: int) -> None:
    whole = part(lengths)
    runs = [done(Errand(whole, piece=piece, pieces=pieces)) for piece in range(pieces)]
    joined = division.joined(runs, lambda places, meets: [done(Errand(whole, begins, meets)) for begins in places])
    assert list(joined) == list(done(Errand(whole)))


def test_a_piece_whose_beginning_is_forced_is_used_from_there_on() -> None:
    css = "article { break-before: right }"
    first, second = (done(Errand(WHOLE, piece=piece, pieces=2), css) for piece in (0, 1))
    bridge: list[Stretch] = []

    def go_on(places: Sequence[Start], meets: frozenset[Start]) -> Sequence[Run]:
        bridge.extend(done(Errand(WHOLE, places[0], meets), css))
        return [bridge]

    assert list(division.joined([first, second], go_on)) == list(done(Errand(WHOLE), css))
    assert len(second) > 3
    assert len(bridge) < 4


@pytest.mark.parametrize(
    ("css", "body"),
    [
        ("section { columns: 2 }", WHOLE.html),
        ("article { display: flex }", WHOLE.html),
        ("@page :nth(3) { margin: 8mm }", WHOLE.html),
        ("h2 { position: running(head) }", WHOLE.html),
        ("p::first-letter { font-size: 2em }", WHOLE.html),
        ("", WHOLE.html.replace("<p>完。</p>", "<table><tr><td>完</td></tr></table>")),
    ],
)
def test_where_pages_depend_on_more_than_their_own_text_none_is_told_by_it(css: str, body: str) -> None:
    whole = Part("chapter-1", body)
    run = done(Errand(whole), css)
    assert {each.address for each in known(run)} == {b""}
    assert done(Errand(whole, piece=1, pieces=2), css) == ()
    assert done(Errand(whole, piece=0, pieces=2), css) == run


def test_pages_that_tell_of_others_cannot_be_divided() -> None:
    css = "h2::before { content: counter(pages) }"
    runs = [done(Errand(WHOLE, piece=piece, pieces=2), css) for piece in (0, 1)]
    assert [*division.joined(runs, lambda places, _: [()] * len(places))] == [*runs[0]]
    assert [each.begins for each in known(runs[0])] == [FIRST]
    assert runs[1] == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>字</p>", "<p>句</p>"),
        ("<p>字</p>", "<p>  很长的一句 &amp; 别的</p>"),
        ('<p data-title="a > b">字</p>', '<p data-title="a > b">句</p>'),
    ],
)
def test_a_skeleton_stays_when_text_changes(before: str, after: str) -> None:
    assert skeleton(f"<html><body>{before}") == skeleton(f"<html><body>{after}")


@pytest.mark.parametrize(
    "after",
    [
        "<p></p>",
        "<p> </p>",
        "<p>&#32;</p>",  # makes no box either
        "<p>字</p><p>字</p>",
        '<p class="x">字</p>',
        "<div>字</div>",
        "<p><b>字</b></p>",
        '<p data-title="a > c">字</p>',
    ],
)
def test_a_skeleton_is_another_one_when_anything_else_changes(after: str) -> None:
    assert skeleton('<html><body><p data-title="a > b">字</p>') != skeleton(f"<html><body>{after}")
    assert skeleton("<html><head><title>甲</title><body>") != skeleton("<html><head><title>乙</title><body>")


@pytest.mark.parametrize(
    "text",
    [
        "<style>p { color: red }</style>",
        "<STYLE>p { color: red }</STYLE>",
        "<!-- x -->",
        '<p style="width: 50vw">字</p>',
        "<svg><text>字</text></svg>",  # it is a drawing, of which no box has the text
    ],
)
def test_what_is_more_than_tags_and_text_is_not_told_by_a_skeleton(text: str) -> None:
    html = f"<html><body><p>字</p>{text}"
    assert not is_told_apart(Part("a", html), LOOKS)
    assert is_told_apart(Part("a", html.replace(text, "")), LOOKS)
    assert not is_told_apart(Part("a", html.replace(text, ""), folios=("b",)), LOOKS)


def laid(whole: Part, monkeypatch: pytest.MonkeyPatch) -> tuple[LaidOut, int]:
    """Lay a part out with what is kept; say how many stretches were made."""
    made: list[int] = []
    lay_out = compositors._lay_out

    def counted(looks: Looks, address: bytes, frame: bytes, errand: Errand) -> Run:
        run = lay_out(looks, address, frame, errand)
        made.append(sum(stretch.laid is not None for stretch in run))
        return run

    with monkeypatch.context() as patched:
        patched.setattr(compositors, "_lay_out", counted)
        (found,) = Compositors(LOOKS).laid_out([whole])
    return found, sum(made)


def test_a_part_is_kept_by_its_stretches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    html = WHOLE.html.replace("第13篇</h2><p>昨", "第13篇</h2><p>今")
    anew, _ = laid(Part("chapter-1", html), monkeypatch)
    with keeping(tmp_path):
        _, first = laid(WHOLE, monkeypatch)
        assert laid(WHOLE, monkeypatch)[1] == 0
        again, second = laid(Part("chapter-1", html), monkeypatch)
        assert laid(WHOLE, monkeypatch)[1] == 0  # as it was before
    assert again == anew
    assert 1 <= second <= 2 < first


def test_a_stretch_that_is_lost_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    anew, _ = laid(WHOLE, monkeypatch)
    with keeping(tmp_path) as store:
        laid(WHOLE, monkeypatch)
        store._do(lambda there: there.execute(LOSE_ONE), None)
        again, made = laid(WHOLE, monkeypatch)
    assert again == anew
    assert made == 1


def test_a_stretch_is_not_used_in_other_looks_or_under_another_name(tmp_path: Path) -> None:
    with keeping(tmp_path):
        run = done(Errand(WHOLE))
        Shelf(LOOKS, b"a").keep(WHOLE, run)
        assert Shelf(LOOKS, b"a").last_time(WHOLE)
        assert not Shelf(LOOKS, b"b").last_time(WHOLE)
        assert not Shelf(LOOKS, b"a").last_time(replace(WHOLE, name="chapter-2"))
        assert not Shelf(LOOKS, b"a").last_time(replace(WHOLE, pictures={"plate:a": b"x"}))
    assert CACHE.get() is None


@pytest.mark.parametrize(
    ("lengths", "hands", "pieces"),
    [
        ((900_000,), 1, 1),
        ((900_000,), 2, 2),
        ((900_000,), 16, 7),
        ((100_000,), 4, 1),
        ((900_000, 800_000), 2, 1),
        ((900_000, 100_000), 2, 2),
        ((300_000,) * 8, 2, 1),
        ((300_000, *[100_000] * 9), 2, 1),
    ],
)
def test_a_part_is_divided_where_the_others_would_keep_too_few_hands_busy(
    lengths: Sequence[int], hands: int, pieces: int
) -> None:
    parts = [Part(f"chapter-{at}", "x" * length) for at, length in enumerate(lengths)]
    assert division.pieces(parts[0], parts, hands) == pieces


def test_a_book_of_one_long_chapter_is_the_same_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(division, "A_PIECE", 1000)
    monkeypatch.setattr(compositors, "ENOUGH", 1)
    alone, _ = laid(WHOLE, monkeypatch)
    errands: list[Errand] = []
    lay_out = compositors._lay_out

    def noted(looks: Looks, address: bytes, frame: bytes, errand: Errand) -> Run:
        errands.append(errand)
        return lay_out(looks, address, frame, errand)

    monkeypatch.setattr(compositors, "_lay_out", noted)
    monkeypatch.setattr(Crew, "is_hired", True)
    with as_crew(Crew(3)):
        (divided,) = Compositors(LOOKS).laid_out([WHOLE])
    assert divided == alone
    assert {errand.piece for errand in errands} == {0, 1, 2}
