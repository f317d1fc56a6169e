"""The Markdown that is read: CommonMark with tables, struck-out words and notes, in which no word is dropped."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from digest.markup import DEPTH

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    BlockRule = Callable[[StateBlock, int, int, bool], bool]
    InlineRule = Callable[[StateInline, bool], bool]

# Writers set this many elements inside each other; two of them are left for the paragraph and its emphasis.
DEEPEST = DEPTH - 2
# The parser silently drops what is deeper than its own bound: a list in a list in a note goes three beyond ours.
_PARSER_BOUND = DEEPEST + 4
# [^1], [^注释]; the bound keeps a page of [^[^[^ from being searched to its end for each.
_NOTE_MARK = re.compile(r"\[\^[^\]\s]{1,100}\]")
# What may break into a paragraph, a list or a quote.
_INTERRUPTS = {
    "table": ["paragraph", "reference"],
    "blockquote": ["paragraph", "reference", "blockquote", "list"],
    "list": ["paragraph", "reference", "blockquote"],
    "footnote_def": ["paragraph", "reference", "blockquote", "list"],
    "html_block": ["paragraph", "reference", "blockquote"],
}


@dataclass(slots=True)
class Seen:
    """What the parser met that stands in no token; lines count from 0."""

    too_deep: list[int] = field(default_factory=list)
    long_rows: list[int] = field(default_factory=list)
    comment: tuple[int, int] = (0, -1)  # from the first place on, the next end of a comment is the second


def parse(text: str) -> tuple[list[Token], dict[str, Any], Seen]:
    """Parse a text; beside its tokens, the parser's own notes (references, duplicate_refs, footnotes) and ours."""
    environment: dict[str, Any] = {"seen": Seen()}
    return _markdown().parse(text, environment), environment, environment["seen"]


def render(tokens: Sequence[Token]) -> str:
    """Give the XHTML of some tokens."""
    parser = _markdown()
    return str(parser.renderer.render(tokens, parser.options, {})).strip()


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import blockquote, list_block, table
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.footnote.index import footnote_def, footnote_ref

    # "html" makes tokens of tags and comments; which of them are set is for digest.readers.markdown.phrases to say.
    options = {"html": True, "xhtmlOut": True, "maxNesting": _PARSER_BOUND, "store_labels": True}
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    # Not its notes inside a line, ^[…]: it parses them one in the other without a bound. Not its gathering: it drops
    # notes that no text refers to, and the first part of a note that holds another.
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    rules = {
        "table": _with_every_cell(table),
        "blockquote": _bounded(blockquote),
        "list": _bounded(list_block),
        "footnote_def": _bounded(_of_bounded_mark(footnote_def)),
        "html_block": _comment,
    }
    for name, rule in rules.items():
        parser.block.ruler.at(name, rule, {"alt": _INTERRUPTS[name]})
    parser.inline.ruler.at("footnote_ref", _reference(footnote_ref))
    for name in ("html_inline", "html_block", "footnote_ref"):
        parser.add_render_rule(name, _RENDERED.get(name, _never_live))
    return parser


def _bounded(rule: BlockRule) -> BlockRule:
    """Open no further quote, list or note where the text is nested too deep: its marks stand there as text."""

    def bounded(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        if state.level < DEEPEST:
            return rule(state, line, end, silent)
        if rule(state, line, end, True):
            state.env["seen"].too_deep.append(line)
        return False

    return bounded


def _of_bounded_mark(rule: BlockRule) -> BlockRule:
    """Take for a note only what a text can refer to."""

    def bounded(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        start = state.bMarks[line] + state.tShift[line]
        return bool(_NOTE_MARK.match(state.src, start)) and rule(state, line, end, silent)

    return bounded


def _reference(rule: InlineRule) -> InlineRule:
    """Read the mark of a note, [1] in plain text; what cannot be one is not searched."""

    def bounded(state: StateInline, silent: bool) -> bool:
        if not _NOTE_MARK.match(state.src, state.pos) or not rule(state, silent):
            return False
        if not silent:
            state.tokens[-1].content = f"[{state.tokens[-1].meta['id'] + 1}]"
        return True

    return bounded


def _with_every_cell(rule: BlockRule) -> BlockRule:
    """Put the cells that a row has beyond the table's head into its last one: the parser would drop them."""

    def whole(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        start = len(state.tokens)
        if not rule(state, line, end, silent):
            return False
        if not silent:
            _keep_cells(state, state.tokens[start:])
        return True

    return whole


def _keep_cells(state: StateBlock, tokens: Sequence[Token]) -> None:
    from markdown_it.rules_block.table import escapedSplit

    columns = sum(token.type == "th_open" for token in tokens)
    last = [at for at, token in enumerate(tokens) if token.type == "tr_close"]
    for token in (tokens[at - 2] for at in last[1:]):
        line = token.map[0] if token.map else 0
        row = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
        cells = escapedSplit(row)[1 if row.startswith("|") else 0 :]
        if extra := " ".join(cell.strip() for cell in cells[columns:] if cell.strip()):
            state.env["seen"].long_rows.append(line)
            token.content = f"{token.content} {extra}"


def _comment(state: StateBlock, line: int, _end: int, silent: bool) -> bool:
    """Take a comment that fills its lines, blank ones included; in a list or a quote it is left to the paragraph."""
    start = state.bMarks[line] + state.tShift[line]
    if state.level or state.is_code_block(line) or not state.src.startswith("<!--", start):
        return False
    close = _end_of_comment(state, start + len("<!--"))
    last = bisect_left(state.eMarks, close)
    if close < 0 or last >= state.lineMax or state.src[close : state.eMarks[last]].strip():
        return False
    if not silent:
        state.line = last + 1
        token = state.push("html_block", "", 0)
        token.map, token.content = [line, state.line], state.src[start:close]
    return True


def _end_of_comment(state: StateBlock, start: int) -> int:
    """Find where a comment ends, -1 if it never does; a text is searched once, however many comments it opens."""
    seen: Seen = state.env["seen"]
    since, close = seen.comment
    if not (since <= start and (close < 0 < since or start + len("-->") <= close)):
        found = state.src.find("-->", start)
        close = found + len("-->") if found >= 0 else -1
        seen.comment = (start, close)
    return close


def _note_number(_self: object, tokens: Sequence[Token], at: int, *_: object) -> str:
    return f'<sup class="noteref">{tokens[at].meta["id"] + 1}</sup>'


def _never_live(_self: object, tokens: Sequence[Token], at: int, *_: object) -> str:
    return escape(tokens[at].content, quote=False)


_RENDERED = {"footnote_ref": _note_number}
