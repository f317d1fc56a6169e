"""The words that the machine itself adds to a book, in the language of the book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from digest.language import lookup
from digest.model import Origin

HAN_DIGITS = "〇一二三四五六七八九"
# Never strftime's: those follow the locale of the machine.
ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's words; the fields with braces are filled in by the methods below."""

    language: str
    title: str  # of an edition that was given none
    cover: str
    title_page: str
    contents: str
    beginning: str  # where the text begins, in a reader's list of landmarks
    colophon: str
    landmarks: str  # the list of the places above, which only reading systems show
    publisher: str
    published: str
    sources: str
    index: str  # of authors and sources
    authors: str  # of the articles
    compiled: str  # before who has put the edition together
    rights: str
    series: str
    issue: str  # "{number}": which number of its series this is
    articles: str  # "{count}": so many articles, behind a source's name
    article: str  # the same of a single one
    doubts: str
    no_doubts: str
    made_with: str
    source: str
    line: str
    lines: str
    page: str
    continued: str
    reprinted: str  # before the places where the same story stands once more
    picture: str
    captions: str  # above those whose pictures are not there
    separator: str  # between the parts of a note
    summary: str  # dc:description: "{count}" articles in "{chapters}" chapters
    accessibility: str
    described: str  # behind it, where all images have a text alternative
    undescribed: str  # behind it, where "{count}" images have none
    day: Callable[[date], str]
    ordinal: Callable[[int], str]

    def date(self, day: date) -> str:
        """2023年1月28日, 28 January 2023."""
        return self.day(day)

    def chapter(self, number: int) -> str:
        """第一章, Chapter 1."""
        return self.ordinal(number)

    def issue_of(self, series: str, number: int | None) -> str:
        """春节文摘 第 3 期, Digest No. 3; either may be missing."""
        return " ".join(filter(None, (series, self.issue.format(number=number) if number is not None else "")))

    def source_note(self, origin: Origin) -> str:
        """Say where an article stands: the paper's file, its page and date where they are known, and the lines."""
        lines = (self.line if origin.first == origin.last else self.lines).format(first=origin.first, last=origin.last)
        page = self.page.format(page=origin.page) if origin.page.isdecimal() else origin.page
        day = self.date(origin.date) if origin.date else ""
        return self.source.format(place=self.separator.join(filter(None, (origin.source, page, day, lines))))

    def accessibility_of(self, images: int, undescribed: int) -> str:
        """Sum up what a reader who cannot see finds in a book of so many images."""
        told = self.undescribed.format(count=undescribed) if undescribed else self.described
        return (self.accessibility + (told if images else "")).strip()

    def count(self, articles: int) -> str:
        """6 篇, 1 article."""
        return (self.article if articles == 1 else self.articles).format(count=articles)

    def doubts_left(self, doubts: int) -> str:
        """Say how many guesses the book still holds."""
        return self.doubts.format(count=doubts) if doubts else self.no_doubts


def han_number(number: int) -> str:
    """Write 1–99 as Chinese does (一, 十, 二十一), any other number in digits."""
    if not 0 < number < 100:  # 第一百零一章 is longer than it is clear
        return str(number)
    tens, ones = divmod(number, 10)
    return (HAN_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (HAN_DIGITS[ones] if ones else "")


def _han_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _english_date(day: date) -> str:
    return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"


SIMPLIFIED = Wording(
    language="zh-CN",
    title="文摘",
    cover="封面",
    title_page="书名页",
    contents="目录",
    beginning="正文",
    colophon="出版说明",
    landmarks="导航",
    publisher="编印",
    published="日期",
    sources="文章出处",
    index="出处索引",
    authors="作者",
    compiled="编者",
    rights="版权",
    series="丛书",
    issue="第 {number} 期",
    articles="{count} 篇",
    article="{count} 篇",
    doubts="由版面文字重建，尚有 {count} 处存疑",
    no_doubts="由版面文字重建，没有存疑之处",
    made_with="制作",
    source="来源：{place}",
    line="第 {first} 行",
    lines="第 {first}–{last} 行",
    page="第 {page} 版",
    continued="版面转接：",
    reprinted="另见：",
    picture="图片：",
    captions="图片说明",
    separator="，",
    summary="共 {chapters} 章，{count} 篇文章。",
    accessibility="全书为可重排的文字，目录、标题和章节均有结构标记。",
    described="图片均附有替代文字。",
    undescribed="有 {count} 幅图片没有替代文字。",
    day=_han_date,
    ordinal=lambda number: f"第{han_number(number)}章",
)

TRADITIONAL = Wording(
    language="zh-TW",
    title="文摘",
    cover="封面",
    title_page="書名頁",
    contents="目錄",
    beginning="正文",
    colophon="出版說明",
    landmarks="導覽",
    publisher="編印",
    published="日期",
    sources="文章出處",
    index="出處索引",
    authors="作者",
    compiled="編者",
    rights="版權",
    series="叢書",
    issue="第 {number} 期",
    articles="{count} 篇",
    article="{count} 篇",
    doubts="由版面文字重建，尚有 {count} 處存疑",
    no_doubts="由版面文字重建，沒有存疑之處",
    made_with="製作",
    source="來源：{place}",
    line="第 {first} 行",
    lines="第 {first}–{last} 行",
    page="第 {page} 版",
    continued="版面轉接：",
    reprinted="另見：",
    picture="圖片：",
    captions="圖片說明",
    separator="，",
    summary="共 {chapters} 章，{count} 篇文章。",
    accessibility="全書為可重排的文字，目錄、標題和章節均有結構標記。",
    described="圖片均附有替代文字。",
    undescribed="有 {count} 幅圖片沒有替代文字。",
    day=_han_date,
    ordinal=lambda number: f"第{han_number(number)}章",
)

JAPANESE = Wording(
    language="ja",
    title="ダイジェスト",
    cover="表紙",
    title_page="扉",
    contents="目次",
    beginning="本文",
    colophon="奥付",
    landmarks="ガイド",
    publisher="発行",
    published="発行日",
    sources="出典一覧",
    index="索引",
    authors="執筆者",
    compiled="編者",
    rights="著作権",
    series="シリーズ",
    issue="第 {number} 号",
    articles="{count} 件",
    article="{count} 件",
    doubts="紙面の文字から復元。未確認の箇所が {count} か所あります",
    no_doubts="紙面の文字から復元。未確認の箇所はありません",
    made_with="制作",
    source="出典：{place}",
    line="{first} 行目",
    lines="{first}–{last} 行目",
    page="{page} 面",
    continued="紙面の続き：",
    reprinted="同じ記事：",
    picture="画像：",
    captions="写真説明",
    separator="、",
    summary="全 {chapters} 章、{count} 記事。",
    accessibility="本文はすべてリフロー可能な文字で、目次・見出し・章に構造情報があります。",
    described="画像にはすべて代替テキストがあります。",
    undescribed="{count} 点の画像には代替テキストがありません。",
    day=_han_date,
    ordinal=lambda number: f"第{han_number(number)}章",
)

ENGLISH = Wording(
    language="en",
    title="Digest",
    cover="Cover",
    title_page="Title page",
    contents="Contents",
    beginning="Text",
    colophon="Colophon",
    landmarks="Landmarks",
    publisher="Publisher",
    published="Date",
    sources="Sources",
    index="Index",
    authors="Authors",
    compiled="Compiled by",
    rights="Rights",
    series="Series",
    issue="No. {number}",
    articles="{count} articles",
    article="{count} article",
    doubts="Rebuilt from the text of the pages; open doubts: {count}",
    no_doubts="Rebuilt from the text of the pages, without open doubts",
    made_with="Made with",
    source="Source: {place}",
    line="line {first}",
    lines="lines {first}–{last}",
    page="page {page}",
    continued="Jump lines: ",
    reprinted="Also in: ",
    picture="Picture: ",
    captions="Captions",
    separator=", ",
    summary="Chapters: {chapters}; articles: {count}.",
    accessibility="All text is reflowable; contents, headings and chapters are marked up. ",
    described="All images have text alternatives.",
    undescribed="Images without a text alternative: {count}.",
    day=_english_date,
    ordinal=lambda number: f"Chapter {number}",
)

WORDINGS = {"zh": SIMPLIFIED, "zh-hant": TRADITIONAL, "ja": JAPANESE, "en": ENGLISH}


def wording(language: str) -> Wording:
    """Choose the words for a BCP 47 tag: its own, else its primary language's, else English."""
    return lookup(language, WORDINGS) or ENGLISH
