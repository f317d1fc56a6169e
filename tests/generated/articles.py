"""Articles as any reader might give them: every kind of block, every head, markup that is safe and that is not."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from digest.model import Article, Block, Doubt, Origin, Picture
from generated.sources import PICTURES, TARGETS
from generated.words import LANGUAGES, head, names, some_words, words

# Fit and unfit for a book, well-formed and not.
HTML = (
    *("<p>一</p>", "<p>一</p><p>二</p>", "<b><i>一</i></b>", "<ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>"),
    *("<ol start='3'><li>一</li><li><ul><li>二</li></ul></li></ol>", "<ul></ul>", "<dl><dt>甲</dt><dd>乙</dd></dl>"),
    *("<table><caption>表</caption><tr><th scope='row'>甲</th><td colspan='2'>乙</td></tr></table>", "<table></table>"),
    *(
        "<table><thead><tr><th></th></tr></thead><tbody></tbody></table>",
        "<tr><td>甲</td></tr>",
        "<dl><dd>乙</dd></dl>",
    ),
    *(
        "<table><tr><td rowspan='9999'>甲</td></tr></table>",
        "<table><tbody><tr></tr></tbody><thead><tr/></thead></table>",
    ),
    *("<table><tfoot><tr><td>甲</td></tr></tfoot><caption>乙</caption></table>", "<dl><dt>甲</dt></dl>", "<dl></dl>"),
    *("<h1>大</h1>", "<h6>小</h6>", "<div><h3>小</h3><hr/></div>", "<pre>\n  x\n</pre>", "<blockquote>一</blockquote>"),
    *("<script>x</script>", "<img src='x'/>", "<b>一", "一</b>", "<a>一</a>", "<a href='#x'>一</a>", "<br/>", "<hr/>"),
    *("<p id='x' onclick='y'>一</p>", "<span class='a' lang='en-GB' title='&quot;'>一</span>", "<q>一</q>", "<ruby/>"),
    *(
        "<em lang='ar'>مرحبا</em>",
        "&nbsp;",
        "&#0;",
        "<![CDATA[一]]>",
        "<!-- 一 -->",
        "<b/>",
        "<p></p>",
        "<ruby>漢</ruby>",
    ),
    *("<ruby><rt>hàn</rt></ruby>", "<abbr title=''>一</abbr>", "<ol class='notes'><li>一</li></ol>"),
    *('一<sup class="noteref">1</sup>二<sup class="noteref">7</sup>', "<code>x</code>", "<a href=''>一</a>"),
    *(
        '<ol class="notes"><li>一</li><li><p>二<sup class="noteref">1</sup></p></li><li></li></ol>',
        "<u><del>一</del></u>",
    ),
)
_links = st.sampled_from(TARGETS).map(
    lambda target: f'<a href="{target}">一</a>' if '"' not in target else f"<a href='{target}'>一</a>"
)
_html = st.one_of(st.just(""), st.just(""), st.sampled_from(HTML), _links, words)
_kinds = st.sampled_from(("paragraph", "paragraph", "subhead", "caption", "image", "quote", "list", "table"))
_pictures = st.builds(lambda name: Picture(Path(name), name, "article.md:6"), st.sampled_from(PICTURES))
_table_text = st.lists(st.lists(words, min_size=1, max_size=4).map("\t".join), min_size=1, max_size=3).map("\n".join)
_texts = st.one_of(some_words, words, _table_text, st.just("字"), st.integers(0, 30_000).map("长".__mul__))
blocks = st.one_of(
    st.builds(Block, _kinds, _texts, _html),
    st.builds(Block, _kinds, _texts),
    st.builds(lambda text, picture: Block("image", text, picture=picture), words, _pictures),
)
_places = st.lists(words, max_size=2).map(tuple)
_origins = st.builds(
    Origin,
    source=st.one_of(st.just("第一版.txt"), words),
    first=st.integers(1, 9),
    last=st.integers(9, 99),
    page=st.one_of(st.just("1"), words),
    date=st.none() | st.dates(),
    jumps=_places,
    also=_places,
    reprints=_places,
)
articles = st.builds(
    Article,
    id=words,
    kind=st.sampled_from(("article", "photo", "continuation")),
    title=head,
    origin=_origins,
    blocks=st.lists(blocks, max_size=6).map(tuple),
    column=st.sampled_from(("", "要闻", "<专栏> & \ufffe")),
    kicker=head,
    subtitle=head,
    byline=words,
    authors=names,
    language=st.sampled_from(LANGUAGES),
    doubts=st.just((Doubt("title-guessed", "a guess ]]> \ud800", 1),)),
)
