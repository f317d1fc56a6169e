"""What an article says, as terms with the times it says them.

Terms are character bigrams and trigrams where words are not set apart (Nie, Gao, Zhang & Zhou, "On the use of words
and n-grams for Chinese information retrieval", IRAL 2000; Lee & Ahn, "Using n-grams for Korean text retrieval", SIGIR
1996), and word beginnings elsewhere (McNamee & Mayfield, "Character n-gram tokenization for European language text
retrieval", Information Retrieval 7, 2004).
"""

from __future__ import annotations

from collections import Counter
from operator import add

from digest.composer.grammar import is_grammar
from digest.composer.scripts import closed, plain, runs
from digest.model import Article

# Seven letters bring minister and ministers together, and cost nothing to know; shorter ones mix different words.
STEM = 7
# Words of one or two letters are grammar in most alphabets.
SHORTEST_WORD = 3
# A head is a tenth of an article and says what it is about; 1 and 6 did a little worse on labelled news.
HEAD_WEIGHT = 3


def terms(text: str) -> list[str]:
    """List the terms of a text, each as often as it stands there."""
    found: list[str] = []
    for characters, katakana, word in runs(closed(plain(text)).lower()):
        if characters:
            # Bigrams are most Chinese words; trigrams help a little (mean NMI 0.75 instead of 0.73 on six labelled
            # sets), and a segmenter's words (jieba) did worse than both (0.64 instead of 0.67 on three of them).
            bigrams = [*map(add, characters, characters[1:])]
            found += bigrams
            found += map(add, bigrams, characters[2:])
        elif len(katakana) > 1 or (len(word) >= SHORTEST_WORD and not is_grammar(word)):
            found.append((katakana or word)[:STEM])
    return found


def counted(article: Article) -> Counter[str]:
    """Count an article's terms; those of its heads and its column's label count three times."""
    counts = Counter(terms("\n".join(block.text for block in article.blocks)))
    for term in terms("\n".join((article.column, article.kicker, article.title, article.subtitle))):
        counts[term] += HEAD_WEIGHT
    return counts
