"""What an article says, as weighted terms, and how alike two articles are.

Terms are character bigrams and trigrams where words are not set apart (Nie, Gao, Zhang & Zhou, "On the use of words
and n-grams for Chinese information retrieval", IRAL 2000; Lee & Ahn, "Using n-grams for Korean text retrieval", SIGIR
1996), and word beginnings elsewhere (McNamee & Mayfield, "Character n-gram tokenization for European language text
retrieval", Information Retrieval 7, 2004). Weights are logarithmic TF-IDF with cosine length (Salton & Buckley,
"Term-weighting approaches in automatic text retrieval", IP&M 24, 1988).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain
from math import fsum, log, sqrt

from digest.composer.grammar import is_grammar
from digest.composer.scripts import closed, plain, runs
from digest.model import Article

Vector = dict[str, float]
Similarities = list[list[float]]

# Bigrams are most Chinese words; trigrams help a little (mean NMI 0.75 instead of 0.73 on six labelled sets).
GRAM_SIZES = (2, 3)
# Seven letters bring minister and ministers together, and cost nothing to know; shorter ones mix different words.
STEM = 7
# Words of one or two letters are grammar in most alphabets.
SHORTEST_WORD = 3
# A head is a tenth of an article and says what it is about; 1 and 6 did a little worse on labelled news.
HEAD_WEIGHT = 3
# The heaviest terms carry the cosine; a bound here keeps long articles from making the whole slow.
MOST_TERMS = 400
# Terms that no other article has bring nobody together, so only this share of them counts in an article's length: with
# all of it labelled news falls apart (mean NMI 0.71 instead of 0.75), with none any two strangers look alike.
LONELY_SHARE = 0.1
# What a common column label adds to a cosine, at most: about what two reports of one matter share in words.
LABEL_SHARE = 0.2


def vectors(articles: Sequence[Article]) -> list[Vector]:
    """Give each article its terms with their weights: text of unit length, and its column's label beside it."""
    counts = [_counts(article) for article in articles]
    spread = Counter(chain.from_iterable(counts))
    rarity = {term: log((len(articles) + 1) / times) for term, times in spread.items() if times > 1}
    columns = Counter(label for article in articles if (label := plain(article.column).strip()))
    return [
        _weighted(count, rarity, log(len(articles) + 1)) | _label(article, columns, len(articles))
        for article, count in zip(articles, counts, strict=True)
    ]


def similarities(vectors: Sequence[Vector]) -> Similarities:
    """Give the dot product of every two vectors, by an inverted index; an article's with itself is 0."""
    table = [[0.0] * len(vectors) for _ in vectors]
    index: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for here, vector in enumerate(vectors):
        row = table[here]
        for term, weight in vector.items():
            for there, other in index[term]:
                row[there] += weight * other
            index[term].append((here, weight))
        for there in range(here):
            table[there][here] = row[there]
    return table


def terms(text: str) -> list[str]:
    """List the terms of a text, each as often as it stands there."""
    found: list[str] = []
    for run in runs(closed(plain(text)).lower()):
        if run.script in ("han", "hangul"):
            for size in GRAM_SIZES:
                found += [run.text[at : at + size] for at in range(len(run.text) - size + 1)]
        elif len(run.text) >= (2 if run.script == "katakana" else SHORTEST_WORD) and not is_grammar(run.text):
            found.append(run.text[:STEM])
    return found


def _counts(article: Article) -> Counter[str]:
    counted = Counter(terms("\n".join(block.text for block in article.blocks)))
    for term in terms("\n".join((article.column, article.kicker, article.title, article.subtitle))):
        counted[term] += HEAD_WEIGHT
    return counted


def _weighted(count: Counter[str], rarity: dict[str, float], loneliness: float) -> Vector:
    """Weigh an article's terms by their rarity among all; `loneliness` is that of terms which no other article has."""
    weighted = [(-(1 + log(times)) * rarity[term], term) for term, times in count.items() if term in rarity]
    lonely = fsum(((1 + log(times)) * loneliness) ** 2 for term, times in count.items() if term not in rarity)
    heaviest = sorted(weighted)[:MOST_TERMS]
    length = sqrt(fsum(weight * weight for weight, _ in heaviest) + LONELY_SHARE * lonely)
    return {term: -weight / length for weight, term in heaviest}


def _label(article: Article, columns: Counter[str], total: int) -> Vector:
    """Make the column a term of its own: rare labels say much, one that every article carries says nothing."""
    label = plain(article.column).strip()
    if columns[label] < 2:
        return {}
    rarity = 1 - log(columns[label]) / log(total)
    return {f"column {label}": sqrt(LABEL_SHARE * rarity)} if rarity > 0 else {}
