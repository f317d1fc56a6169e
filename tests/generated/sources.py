"""Files of a pile: Markdown and pages that hold whatever people, converters and attackers write."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from generated.words import LANGUAGES, head, names, some_words, words

# Every picture that a source may show, by its file's name; generated.orders paints them.
PICTURES = ("a.png", "图 1.jpg", "moving.gif", "cmyk.jpg", "clear.png", "dot.bmp")
TARGETS = (
    *("https://example.org/a?b=c&d=e#f", "http://例子.中国/路 径", "HTTPS://EXAMPLE.ORG", "http://[::1]/", "http:///x"),
    *("javascript:alert(1)", "JaVaScRiPt&colon;alert(1)", "vbscript:x", "data:text/html,<script>alert(1)</script>"),
    *("../信.md", "other.md#锚", "#锚点", "", "//example.org/x", "file:///etc/passwd", "C:\\x", "mailto:a@example.org"),
    *("mailto:", "https://example.org/%zz", "https://u:p@example.org:99999/", "http://a_b.c/<>\"'", "tel:110", "?"),
    *("https://example.org/" + "很长" * 200, "http://-/", "https://example.org/\u202e\ufffe\ud800", "https://"),
)
REMOTE_PICTURES = ("https://example.org/a.png", "data:image/png;base64,AAAA", "javascript:alert(1)", "//host/a.png")
NOTE_NAMES = ("1", "注释", "a-b.c", "<b>", "']]>", "1", "\ufffe", "x" * 90)
FILE_NAMES = (
    *(
        "信",
        "第1版 国内",
        "a&b<c>'d\"",
        "%41#?;=",
        "-rf",
        "👩\u200d👧",
        "مرحبا",
        "\x01\x1b",
        "\udcff",
        "版" * 60,
        "]]>",
    ),
    *("{{ x }}", "a\u2028b", "\ufffe", "e\u0301", ".hidden", "CON", "a.b.c"),
)

_target = st.sampled_from(TARGETS)
_line = words.map(lambda text: " ".join(text.split("\n")))
_link = st.builds("[{}](<{}>)".format, _line, _target.map(lambda target: target.replace("<", "").replace(">", "")))
_bare_link = st.one_of(st.builds("[{}]({})".format, _line, _target), st.builds("<{}>".format, _target))
_picture = st.builds(
    '![{}](<{}> "{}")'.format,
    _line.map(lambda text: text.replace("[", "").replace("]", "")),
    st.sampled_from([*PICTURES, *REMOTE_PICTURES]),
    st.sampled_from(["", "图为除夕夜。", "<script>", "\ufffe"]),
)
_note_mark = st.sampled_from(NOTE_NAMES).map("[^{}]".format)
_marked = st.builds(
    "{0}{1}{0}".format, st.sampled_from(["*", "**", "`", "~~", "***"]), _line.map(lambda text: text.strip("*`~ "))
)
_tagged = st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["sub", "b", "u", "script", "DIV", "math", "ruby"]), _line)
_phrase = st.one_of(_line, _link, _bare_link, _picture, _note_mark, _marked, _tagged, st.just("<br>"), st.just("  \n"))
_paragraph = st.lists(_phrase, min_size=1, max_size=5).map("".join)
_cell = _line.map(lambda text: text.replace("|", "\\|"))


def _table(cells: Sequence[str]) -> str:
    """Two columns, and a last row that has more or fewer."""
    rows = [" | ".join(cells[at : at + 2]) for at in range(0, len(cells), 2)]
    return "\n".join(
        (f"| {rows[0]} | 备注 |", "|:--|--:|:-:|", *(f"| {row} |" for row in rows[1:]), "| x | y | z | z |")
    )


_flat = st.one_of(
    _paragraph,
    _paragraph,
    st.builds("{} {}".format, st.sampled_from(["#", "##", "###", "######"]), _line),
    st.lists(_cell, min_size=2, max_size=6).map(_table),
    st.builds("```{}\n{}\n```".format, _line.map(lambda text: text.replace("`", "")), words),
    words.map(lambda text: textwrap.indent(text, "    ")),
    st.builds("![{}](<{}>)\n\n*{}*".format, st.just("社区工作人员"), st.sampled_from(PICTURES), st.just("图为现场。")),
    st.builds("<div onclick='x'>\n{}\n</div>".format, words),
    st.builds("<!-- {}".format, st.one_of(words, words.map("{} -->".format))),
    st.sampled_from(["***", "---", "===", "+++", "[锚]: javascript:alert(1)", "[a]: <> ''", "![a.png]", "\f", "\x1a"]),
)


def _nest(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Set elements in a quote, in a list's item, in a note."""
    several = st.lists(inner, min_size=1, max_size=3).map("\n\n".join)
    return st.one_of(
        several.map(lambda text: textwrap.indent(text, "> ", lambda _: True)),
        st.builds(_item, st.sampled_from(["- ", "1. ", "- [ ] ", "99999999. "]), several),
        st.builds(_item, st.sampled_from(NOTE_NAMES).map("[^{}]: ".format), several),
    )


def _item(mark: str, text: str) -> str:
    return mark + textwrap.indent(text, " " * min(len(mark), 4)).lstrip()


_deep = st.integers(5, 60).map(lambda depth: "".join(f"{'  ' * at}- 第{at}层\n" for at in range(depth)))
_long = st.integers(1_000, 20_000).map(lambda times: "字" * times)
_element = st.one_of(st.recursive(_flat, _nest, max_leaves=6), _deep, _long)
_body = st.lists(_element, max_size=7).map("\n\n".join)


def _front(facts: Mapping[str, object]) -> str:
    """Write YAML as a program does: JSON's quotes and escapes."""
    lines = (f"{key}: {json.dumps(value)}\n" for key, value in facts.items())
    return f"---\n{''.join(lines)}---\n"


_facts = st.fixed_dictionaries({}, optional={
    "title": head, "subtitle": head, "kicker": head, "column": head, "authors": names.map(list),
    "language": st.sampled_from(LANGUAGES), "date": st.dates().map(str), "tags": words,
})  # fmt: skip
markdown = st.one_of(
    st.builds("{}{}".format, _facts.map(_front), _body), st.builds("# {}\n\n{}".format, _line, _body), _body
)

_page_line = st.one_of(
    st.builds("# {}".format, _line), st.builds("本报讯 {}".format, some_words), st.builds("本报记者 {}".format, _line),
    st.sampled_from(["责编：李四", "（下转第三版）", "图为除夕夜。", "2023年1月28日 星期六", "第1版", "□", ""]), words,
)  # fmt: skip
page = st.lists(_page_line, max_size=14).map("\n".join)


def _saved(text: str, encoding: str) -> bytes:
    """Save a text as a program would: digest refuses files that are empty, in no encoding, or look binary."""
    controls = sum(char < " " or char == "\x7f" for char in text)
    return (
        (text + "\n\n" + "除夕夜，消防救援大队的灯一直亮着。" * (1 + 8 * controls))
        .replace("\0", "\1")
        .encode(encoding, "ignore")
    )


@st.composite
def files(draw: st.DrawFn) -> tuple[tuple[str, bytes], ...]:
    """Draw some files, each with a name of its own; the first always holds an article."""
    drawn = [("开头.md", "# 护万家灯火\n\n供电局的抢修车停在路边，班组长在雪地里巡查线路。\n".encode())]
    for at in range(draw(st.integers(0, 4))):
        suffix, text = draw(st.one_of(st.tuples(st.just(".md"), markdown), st.tuples(st.just(".txt"), page)))
        name = f"{at}{draw(st.sampled_from(FILE_NAMES))}{suffix}"
        drawn.append((name, _saved(text, draw(st.sampled_from(("utf-8", "utf-8", "utf-8-sig", "utf-16"))))))
    return tuple(drawn)
