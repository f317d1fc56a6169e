"""Paints a drawing: an SVG of a cover's size as a JPEG."""

from __future__ import annotations

import io
from collections.abc import Sequence

QUALITY = 88  # flat colours and letters: beyond this only the file grows


def prepare() -> None:
    """Load what painting needs."""
    from PIL import Image
    from resvg_py import svg_to_bytes  # noqa: F401

    Image.preinit()


def painted(svg: str, size: tuple[int, int], fonts: Sequence[str]) -> bytes:
    """Paint a drawing with these fonts alone; raises ValueError for what is none."""
    from PIL import Image
    from resvg_py import svg_to_bytes

    width, height = size
    drawn = svg_to_bytes(svg_string=svg, width=width, height=height, skip_system_fonts=True, font_files=[*fonts])
    picture = io.BytesIO()
    Image.open(io.BytesIO(drawn)).convert("RGB").save(picture, "JPEG", quality=QUALITY, optimize=True)
    return picture.getvalue()
