"""A style sheet's text: read from its style's folder, and whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from digest.errors import BrokenStyleError

LARGEST = 1_000_000  # bytes; the largest style sheet in use is a hundredth of this


def read_css(path: Path) -> str:
    """Read a style sheet; raises BrokenStyleError, with the line, for one that readers would understand in part only.

    WeasyPrint and e-readers drop what they cannot parse and say nothing an editor sees: CSS Syntax 3 asks for that.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise BrokenStyleError(f"is over {LARGEST} bytes", where=path, remedy="shorten it")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenStyleError(f"cannot be read ({error})", where=path, remedy="save it as UTF-8 text") from None
    for line, what in _faults(text):
        raise BrokenStyleError(what, where=f"{path}:{line}", remedy="mend the CSS there")
    return text


def _faults(css: str) -> Iterator[tuple[int, str]]:
    from tinycss2 import parse_stylesheet

    # A rule behind all others: where something is not closed, it is swallowed, and so would the next sheet be.
    *nodes, last = parse_stylesheet(f"{css}\nend {{}}", skip_comments=True, skip_whitespace=True) or [None]
    yield from _faults_in(nodes)
    if not last or last.type != "qualified-rule" or last.prelude[0].serialize() != "end":
        yield (last.source_line if last else 1), "what begins here is not closed at the end of the file"


def _faults_in(nodes: list[Any]) -> Iterator[tuple[int, str]]:
    """Look into rules and what they nest; what stands before a block (selectors, queries) is the reader's to know."""
    from tinycss2 import parse_blocks_contents

    for node in nodes:
        if node.type == "error":
            yield node.source_line, node.message.rstrip(".")
        elif getattr(node, "content", None):
            yield from _faults_in(parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True))
