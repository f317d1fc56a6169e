"""Where text stands on a paper: a measure of whole characters, a page of whole lines."""

from __future__ import annotations

from digest.production import MM

# White beside the text, both edges together, in points and as a part of the paper's side. They give the measures of
# Chinese books: 29 characters of 10.5 pt on A5, 27 on 大32开, 25 on 32开, 38 on 16开.
LEAST_WHITE, WHITE = 80.0, 0.07
AT_SPINE, AT_TOP = 0.52, 0.505  # parts of the white: the spine takes some, and a text in the very middle seems low
ROUNDING = 0.1  # points that keep the last line and the last character from being rounded away


def page_rules(paper: tuple[float, float], size: float, line: float) -> str:
    """Give the CSS of a page of `paper` (mm): its margins, and text of `size` on lines of `line` points.

    Raises ValueError for a paper that holds no character of that size.
    """
    inner, outer = _margins(paper[0] * MM, size, AT_SPINE)
    top, bottom = _margins(paper[1] * MM, line, AT_TOP)
    return (
        f"html {{ font-size: {size}pt; line-height: {line}pt }}\n"
        f"@page {{ margin-top: {top:.3f}pt; margin-bottom: {bottom:.3f}pt }}\n"
        f"@page :right {{ margin-left: {inner:.3f}pt; margin-right: {outer:.3f}pt }}\n"
        f"@page :left {{ margin-left: {outer:.3f}pt; margin-right: {inner:.3f}pt }}\n"
    )


def _margins(side: float, step: float, first: float) -> tuple[float, float]:
    """Share out what is white beside as many whole steps as there is room for."""
    steps = int((side - LEAST_WHITE - WHITE * side) / step)
    if steps < 1:
        raise ValueError(f"no room for text of {step} points on {side / MM:.0f} mm")
    white = side - steps * step - ROUNDING
    return white * first, white * (1 - first)
