"""Words to try a book's patience with: from plain ones to those that no book can hold."""

from __future__ import annotations

from hypothesis import strategies as st

PLAIN = (
    *("除夕夜，消防救援大队的灯一直亮着。", "本报讯", "记者", "「早稻」", "護萬家燈火", "ひらがなとカタカナ", "한국어"),
    *("Plain words,", "one", "two.", "1月27日", "——", "……", "（上接第一版）", "《书名》", " ", "\n", "。"),
)
HOSTILE = {
    "control characters": "\x00\x08\x0b\x0c\x1b\x1f\x7f\x85\x9f",
    "no characters": "\ufffe\uffff\ufdd0\U0001fffe\U0010ffff",
    "lone surrogates": "\ud800字\udfff\udc80",
    "surrogates in the wrong order": "\ude00\ud83d",
    "end of CDATA": "]]>",
    "CDATA": "<![CDATA[<b>]]>",
    "script": "<script>alert(1)</script>",
    "style": "<style>p { display: none }</style>",
    "handler": '<p onclick="alert(1)"><svg onload=alert(1)>',
    "frame": '<iframe src="https://example.org/"></iframe><object data=x>',
    "end of page": "</p></article></body></html>",
    "comment": "<!-- a -- b --->",
    "doctype": '<!DOCTYPE html [<!ENTITY a "&a;&a;">]><?xml version="1.0"?>',
    "entities": "&nbsp;&amp;&#0;&#xFFFE;&#x110000;&bogus;&&lt;",
    "quotes": "\"'`\\“”‘’",
    "right to left": "مرحبا بالعالم שלום",
    "overrides": "\u202etxt.exe\u202c\u2067\u05d0\u2069\u200e",
    "emoji": "👩\u200d👩\u200d👧\u200d👦🏳️\u200d🌈👍🏽🇨🇳",
    "combining marks": "e\u0301\u0302\u0303" + "a" + "\u0489" * 30,
    "private use": "\ue000\uf8ff\U000f0000",
    "without width": "\u200b\u2060\ufeff",
    "spaces": "\u3000\xa0\u2003\u2028\u2029\t\u3000",
    "rare Han": "𠮷𩸽㐂龘\U00030edd葛\U000e0100",
    "other scripts": "བོད་ཡིག ᠮᠣᠩᠭᠣᠯ ไทย हिन्दी",
    "template": "{{ edition }}{% raw %}{# #}${x}%s",
    "style sheet": "*/ } body { display: none } /* --x: url(y)",
    "Markdown": "**_`~~|# >- 1. [^a] \\",
    "one long word": "Donaudampfschifffahrtsgesellschaft" * 5,
    "200 characters": "标题" * 100,
}
# Tags of BCP 47 as people write them, a script and a region beside the language, also of scripts from right to left.
LANGUAGES = ("zh-CN", "zh-TW", "zh-Hant-HK", "ja", "ko", "en", "en-GB", "de", "ar", "he", "bo", "mn-Mong", "sr-Latn-RS")

_pieces = st.one_of(st.sampled_from(PLAIN), st.sampled_from([*HOSTILE.values()]), st.text(max_size=6))
words = st.lists(_pieces, max_size=5).map("".join)
some_words = st.lists(_pieces, min_size=1, max_size=8).map("".join)
# A head is mostly there, and mostly of one line.
head = st.one_of(st.just("除夕夜的灯"), words, st.sampled_from([*HOSTILE.values()]), st.just(""))
names = st.lists(st.one_of(st.sampled_from(["段维娜", "John O'Neil", "阿卜杜拉·买买提"]), words), max_size=3).map(tuple)
