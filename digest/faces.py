"""Tells in which font families the characters of a page are set, and which families its style sheets bring along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

Families = tuple[str, ...]  # as CSS lists them, the first that has a character shows it; small letters
UNSEEN = {"head", "script", "style", "template"}  # elements whose text is not set
KEPT = {"inherit", "unset", "revert", "revert-layer"}  # values with which an element keeps its parent's families


def families_by_element(sheets: Iterable[str]) -> Any:  # a Matcher of cssselect2, which has no types
    """Collect what style sheets say about families, ready to be matched against elements; the last sheet wins.

    Selectors that cssselect2 does not know match nothing, and so does what stands under @import or @supports.
    """
    from cssselect2 import Matcher, SelectorError, compile_selector_list

    matcher = Matcher()
    for rule in (rule for css in sheets for rule in _rules(css) if rule.type == "qualified-rule"):
        if (families := _families(rule.content)) is None:
            continue
        try:
            for selector in compile_selector_list(rule.prelude):
                matcher.add_selector(selector, families)
        except SelectorError:
            continue
    return matcher


def set_in(page: Element, matcher: Any) -> dict[Families, set[str]]:
    """Give the characters of an XHTML page by the families that they are set in."""
    from cssselect2 import ElementWrapper

    found: dict[Families, set[str]] = {}
    waiting: list[tuple[Any, Families]] = [(ElementWrapper.from_xml_root(page), ())]
    while waiting:
        element, families = waiting.pop()
        if element.local_name in UNSEEN:
            continue
        for _, _, pseudo, said in matcher.match(element):
            families = families if pseudo else said
        own = element.etree_element.get("style")
        families = (own and _families(own)) or families
        characters = found.setdefault(families, set())
        characters.update(element.etree_element.text or "")
        for child in element.iter_children():
            characters.update(child.etree_element.tail or "")
            waiting.append((child, families))
    return found


def font_files(css: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give each @font-face of a style sheet: its family, and the addresses its font may be loaded from."""
    from tinycss2 import parse_blocks_contents

    for rule in _rules(css):
        if rule.type == "at-rule" and rule.lower_at_keyword == "font-face" and rule.content:
            said = {each.lower_name: each.value for each in parse_blocks_contents(rule.content) if _is_said(each)}
            yield "".join(_names(said.get("font-family", []))), tuple(_addresses(said.get("src", [])))


def _rules(css: str) -> Iterator[Any]:
    """Give all rules, those inside @media too, as if every medium were an e-reader's."""
    from tinycss2 import parse_rule_list, parse_stylesheet

    waiting = parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    while waiting:
        rule = waiting.pop(0)
        if rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content:
            waiting = [*parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), *waiting]
        else:
            yield rule


def _families(declarations: Any) -> Families | None:
    """Give the families of the last `font-family` or `font`; None where neither stands, or it keeps the parent's."""
    from tinycss2 import parse_blocks_contents

    families: Families | None = None
    for said in filter(_is_said, parse_blocks_contents(declarations)):
        if said.lower_name in {"font-family", "font"}:
            names = tuple(_names(said.value if said.lower_name == "font-family" else _behind_size(said.value)))
            families = None if set(names) & KEPT else names
    return families


def _is_said(node: Any) -> bool:
    return bool(node.type == "declaration")


def _behind_size(tokens: list[Any]) -> list[Any]:
    """What follows the size and line height of the shorthand `font`."""
    last = max(
        (at for at, token in enumerate(tokens) if token.type in {"dimension", "percentage", "number"}), default=-1
    )
    return tokens[last + 1 :]


def _names(tokens: Iterable[Any]) -> Iterator[str]:
    """Give the names between commas: a string, or words."""
    words: list[str] = []
    for token in tokens:
        if token.type in {"ident", "string"}:
            words.append(token.value.lower())
        elif token.type == "literal" and token.value == ",":
            yield " ".join(words)
            words = []
    yield " ".join(words)


def _addresses(tokens: Iterable[Any]) -> Iterator[str]:
    for token in tokens:
        if token.type == "url":
            yield token.value
        elif token.type == "function" and token.lower_name == "url":
            yield from (each.value for each in token.arguments if each.type == "string")
