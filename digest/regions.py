"""The forms of Han characters that a language is used to: an article in Japanese is not set in a Chinese face."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from digest.language import lookup
from digest.model import Doubt, Edition

# The packages with the siblings of our own faces, by language; `digest-publisher[regions]` brings all.
PACKAGES = {
    "zh-tw": "pylopdf_fonts_zh_tw",
    "zh-hk": "pylopdf_fonts_zh_tw",
    "zh-hant": "pylopdf_fonts_zh_tw",
    "ja": "pylopdf_fonts_jp",
    "ko": "pylopdf_fonts_ko",
}
OURS = {"NotoSerifSC-Regular.otf": "serif_path", "NotoSansSC-Regular.otf": "sans_path"}
AT = "@"  # between a role and the language for which a font stands in: text@ja


def with_regional(fonts: Mapping[str, Path], languages: Iterable[str]) -> dict[str, Path]:
    """Add to the faces of a style, for each language of an edition, the siblings that are installed.

    A face of the style's own stays: it was chosen.
    """
    added = dict(fonts)
    for language in sorted(set(languages)):
        package = lookup(language, PACKAGES)
        if package and find_spec(package):
            module = import_module(package)
            for role, path in fonts.items():
                if sibling := OURS.get(path.name):
                    added[f"{role}{AT}{language.lower()}"] = Path(getattr(module, sibling)())
    return added


def without_regional(edition: Edition, fonts: Mapping[str, Path]) -> tuple[Doubt, ...]:
    """Give a Doubt ("regional-glyphs") for each article that is set in the forms of another language."""
    lacking = {
        language
        for language in {article.language for article in edition.articles}
        if (package := lookup(language, PACKAGES)) and not find_spec(package)
    }
    if not any(path.name in OURS for path in fonts.values()):
        return ()
    what = "is set in the forms of mainland Chinese: install digest-publisher[regions], or name a font in the style"
    return tuple(
        Doubt(
            "regional-glyphs",
            f"{article.origin.source}:{article.origin.first}: an article in {article.language} {what}",
            article.origin.first,
        )
        for article in edition.articles
        if article.language in lacking
    )
