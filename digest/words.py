"""The words of Chinese text and their parts of speech, as jieba finds them."""

from __future__ import annotations


def prepare() -> None:
    """Load the dictionary, which takes a tenth of a second."""
    import rjieba  # noqa: F401


def parts_of_speech(text: str) -> list[str]:
    """Give a mark for each word: n for a noun, v for a verb, as in the dictionary of jieba."""
    from rjieba import tag

    return [flag for _, flag in tag(text)]
