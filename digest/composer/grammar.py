"""Words that say how, when or for whom a story is told, not what it is about."""

from __future__ import annotations

from digest.apprentice import APPRENTICE


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Characters that neither begin nor end the name of anything, in both ways of writing Chinese.
_HAN = frozenset(
    "的了着著和与與及或在是为為对對把被将將从從到由于於以也都就而并並等这這那其此该該我你您他她它们們让讓使给給很又再"
)

# What Chinese and Japanese papers say in every other story.
_HAN_EMPTY = _listed("""
    今天 昨天 明天 前天 昨日 今日 日前 近日 目前 当前 當前 现在 現在 以来 以來 今年 去年 明年 近年 年来 年來 一个
    一個 一些 一次 一种 一種 一位 一名 一样 一樣 这个 這個 什么 什麼 怎么 怎麼 如何 大家 自己 我们 我們 他们 他們
    没有 沒有 不是 就是 已经 已經 可以 可能 因此 所以 但是 如果 其中 其他 以及 通过 通過 进行 進行 表示 认为 認為
    介绍 介紹 方面 问题 問題 情况 情況 时间 時間 部分 全部 很多 许多 許多 各种 各種 来源 來源 作者 编辑 編輯 责编
    責編 摄影 攝影 图为 圖為 全面 不断 不斷 进一步 進一步 期间 期間 今回 今後 自分 以上 以下 最近 時点 場合
""")
# The paper and its people, in every dateline and byline.
_HAN_FRAME = ("记者", "記者", "本报", "本報", "通讯员", "通訊員", "本网", "本網", "报道", "報道", "報導")

# What datelines end with: 新华社讯, 中央社訊.
_DATELINE_ENDS = "讯訊"

# English; words of other languages that a third of an edition has are told from its articles.
_WORDS = _listed("""
    a about after again against all almost along already also although always am among an and another any april are
    around as at august away back be became because become been before being between billion both but by came can
    cannot come could date day days december did do does done down during each earlier either even ever every
    february few first for friday from get gets getting give given go goes going got had has have having
    he her here him himself his how however i if in into is it its itself january july june just keep last later
    least less let like likely made make makes making many march may me might million monday month months more most
    mr mrs ms much must my never new next no nor not november now october of off often on once one only onto or
    other others our out over own per perhaps put quite rather really s said same saturday say saying says see seen
    september set several shall she should since so some something soon still such sunday t take taken ten
    than that the their them themselves then there these they thing things this those though thousand three through
    thursday thus time times to today together told tomorrow too took toward tuesday two under until up upon us use
    used very via was way we wednesday week weeks well went were what when where whether which while who whole whom
    whose why will with within without would yes yesterday yet you your
""")
# Alone, a word of two letters is an abbreviation more often than a subject.
SHORTEST_NAME = 3
# Words that English sets before a verb.
VERB_HERALDS = _listed("""
    to will would can could may might must should not i he she we they you who which that
""")


# Korean sets these behind a noun; those that end nouns themselves (국가, 회의, 도로) are not among them.
_PARTICLES = frozenset("은는을를에")
# How sure a Chinese phrase is a title by the part of speech of its last word (ICTCLAS tags, or their first letter):
# nouns, times, places, abbreviations, idioms, foreign and unknown words, verbs and adjectives that are nouns; hardly
# verbs, adjectives, directions; never adverbs, pronouns, numbers and what ties words together.
_LAST_TAGS = {
    **dict.fromkeys(("n", "t", "s", "j", "l", "i", "e", "x", "vn", "an"), 1.0),
    **dict.fromkeys(("v", "a", "b", "f"), 0.4),
}
# Half a word: a morpheme that no text sets alone.
_MORPHEME = 0.2
# What a title of several words hardly begins with: conjunctions and measures not at all, then adverbs, pronouns,
# prepositions, numbers; a verb begins a sentence rather than a name.
_FIRST_TAGS = {"c": 0.0, "q": 0.0, "d": 0.3, "r": 0.3, "p": 0.3, "m": 0.5, "v": 0.6}
# An adverb inside makes a sentence of it (山林更安全).
_ADVERB_INSIDE = 0.3


# The characters and words, in lower case, that only tie others together; an ASCII letter alone is among them.
GRAMMAR = _HAN | _WORDS | frozenset(map(chr, range(128)))


def is_grammar(unit: str) -> bool:
    """Say whether a character or a word, in lower case, only ties others together."""
    return unit in GRAMMAR


def is_empty(phrase: str | tuple[str, ...]) -> bool:
    """Say whether a phrase belongs to the telling of news, not to any one story, or is a mere abbreviation (bn)."""
    if isinstance(phrase, str):
        return phrase in _HAN_EMPTY or phrase[-1] in _DATELINE_ENDS or any(frame in phrase for frame in _HAN_FRAME)
    return len(phrase) == 1 and len(phrase[0]) < SHORTEST_NAME


def is_particle(unit: str) -> bool:
    """Say whether a Korean syllable, at the end of a word, belongs to the sentence and not to the word."""
    return unit in _PARTICLES


def nounness(phrase: str, language: str) -> float:
    """Say how sure a phrase of Chinese characters is a noun (0 to 1); of other languages nothing is said: 1."""
    if not language.lower().startswith("zh") or phrase.isascii():
        return 1.0
    tags: list[str] = APPRENTICE.get().done("digest.words:parts_of_speech", phrase)
    last = _MORPHEME if tags[-1].endswith("g") else _LAST_TAGS.get(tags[-1], _LAST_TAGS.get(tags[-1][0], 0.0))
    if len(tags) == 1:
        return last
    first = _MORPHEME if tags[0].endswith("g") else _FIRST_TAGS.get(tags[0], 1.0)
    return first * last * (_ADVERB_INSIDE if "d" in tags[1:-1] else 1.0)
