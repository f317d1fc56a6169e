"""Whatever stands in a file: a reader gives a Reading, or one error of ours, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.errors import DigestError
from digest.model import Article
from digest.readers import Source, read

HAN = "本报讯记者除夕夜消防救援大队的灯一直亮着供电局抢修车上接第一版下转责编图为"
MARKS = "，。、；：“”《》（）！？—…·,.;:\"'()[]<>#*_`~|-+=/\\&%@ \u3000\t"
# What stands at the start of lines, or is one: structure, or the look of it.
LINES = [
    *(
        "---",
        "+++",
        "...",
        "***",
        "```",
        "# ",
        "## ",
        "### ",
        "> ",
        "- ",
        "1. ",
        "| ",
        "|---|",
        "    ",
        "\t",
        "□",
        "——",
        "■",
    ),
    *("title: ", "title = ", "authors: [", "date: 2023-02-31", "language: ", "- a", "a: &a [*a]", '"', "'''", "{", "]"),
    *(
        "本报讯 ",
        "本报记者 张三",
        "（上接第一版）",
        "（下转第三版）",
        "责编：",
        "图为",
        "2023年1月28日 星期六",
        "第1版",
        "[注]: x",
        "<b>",
    ),
]
CONTROLS = "\x00\x01\x08\x0b\x0c\x1a\x1b\x7f\x85\u200b\u200e\u2028\u2029\ufeff\ufffe"

line = st.tuples(
    st.sampled_from(["", *LINES]),
    st.one_of(
        st.text(HAN, max_size=40), st.text(HAN + MARKS + "abcXYZ0189", max_size=30), st.text(CONTROLS, max_size=2)
    ),
    st.sampled_from(["", "。", " ", "\r", "\x0c", "\x1a"]),
).map("".join)
page = st.lists(st.one_of(line, st.just("")), max_size=25).map("\n".join)
fenced = st.tuples(st.sampled_from(["---\n", "+++\n"]), page, st.sampled_from(["\n---\n", "\n+++\n", "\n"]), page).map(
    "".join
)
any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all examples: a file is written over by the next."""
    return tmp_path_factory.mktemp("any")


def articles(path: Path, data: bytes) -> tuple[Article, ...]:
    """Read a file as the command does; an error of ours is no article."""
    path.write_bytes(data)
    try:
        return read(Source(path, path.name)).articles
    except DigestError as error:
        if not error.message.startswith(str(path)):
            raise
        return ()


@pytest.mark.parametrize("name", ["page.txt", "article.md"])
@given(text=st.one_of(page, fenced, any_text))
@example(text="\ufeff---\n---")
@example(text='---\ntitle: "\\ud800"\n---\n正文')
@example(text="+++\ntitle = '''\n+++")
@example(text="# \n## \n### ")
def test_any_text_gives_articles_or_one_error_of_ours(folder: Path, name: str, text: str) -> None:
    for article in articles(folder / name, text.encode()):
        assert article.id
        assert 1 <= article.origin.first <= article.origin.last <= text.count("\n") + text.count("\r") + 1
        "".join((article.title, *(block.text + block.html for block in article.blocks))).encode()


@pytest.mark.parametrize("name", ["page.txt", "article.md"])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
@given(text=page)
def test_any_page_in_another_encoding_does_too(folder: Path, name: str, encoding: str, text: str) -> None:
    articles(folder / name, text.encode(encoding))


@pytest.mark.parametrize("name", ["page.txt", "article.md"])
@given(data=st.binary(max_size=2_000))
def test_any_bytes_do_too(folder: Path, name: str, data: bytes) -> None:
    articles(folder / name, data)
