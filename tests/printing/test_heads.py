"""The words of heads, which are parted before a part is laid out."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest import style, words
from digest.apprentice import APPRENTICE
from digest.cache import keeping
from digest.printing import compositors, heads
from digest.printing.parts import Looks, Part
from digest.printing.stretches import Errand

CLASSIC = style.find("classic", Path("/nonexistent"))


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<h2>城市的地铁</h2>", ["城市的地铁"]),
        (
            '<h2><span class="phrase">城市的</span> <span class="phrase">地<b>铁</b></span></h2>',
            ["城市的", "地铁", "城市的 地铁"],
        ),
        ('<p class="byline">\n  记者&#160;张伟\n</p>', ["记者\xa0张伟"]),
        ("<p>短</p>", ["短"]),
        ("<p>" + "长" * 61 + "</p>", []),
        ('<p class="summary">' + "长" * 61 + "</p>", ["长" * 61]),
        ("<section><p>一</p><br/><p>二</p></section>", ["一", "二"]),
        ('<ol class="summary"><li><a href="#a">题</a></li></ol>', ["题"]),
        ('<ul><li class="line"><a href="#a">题</a></li></ul>', []),
        ("<h2>Only English</h2>", []),
        ("</p><p>一</p>", ["一"]),
    ],
)
def test_texts_that_may_be_heads_are_parted(html: str, found: list[str]) -> None:
    known = heads.words(f"<html><head><title>题目</title></head><body>{html}</body></html>")
    assert list(known) == found
    assert all("".join(parted) == text and list(parted) == words.parted(text) for text, parted in known.items())


def test_a_head_is_broken_alike_whoever_parts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    css = "@page { size: 60mm 60mm; margin: 5mm } h2 { text-align: center }"
    text = "人工智能推动城市轨道交通高质量发展"
    part = Part("chapter-1", f'<html lang="zh-CN"><body><h2>{text}</h2><p>{text}</p></body></html>')
    looks = Looks((("", css),), CLASSIC.fonts, CLASSIC.folders)
    alone = compositors._lay_out(looks, b"", b"", Errand(part))
    known = heads.words(part.html)
    monkeypatch.setattr(words, "parted", None)
    told = compositors._lay_out(looks, b"", b"", Errand(part, words=known))
    with pytest.raises(TypeError):
        compositors._lay_out(looks, b"", b"", Errand(part))
    compositors._CASE.clear()
    assert told == alone
    assert {text} <= known.keys()


def test_words_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    html = "<body><h2>城市的地铁</h2>"
    with keeping(tmp_path):
        before = heads.words(html)
        monkeypatch.setattr(APPRENTICE.get(), "done", None)
        assert heads.words(html) == before
