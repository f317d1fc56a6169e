"""Opens a book's PDF to change it, and writes it to its file: small, and the same bytes for the same book."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Pdf


def opened(data: bytes) -> Pdf:
    """Open a PDF that is in memory."""
    from pikepdf import Pdf

    return Pdf.open(BytesIO(data))


def save(pdf: Pdf, path: Path, version: str = "1.7") -> None:
    """Write the file; objects go into streams of their own, which makes it less than half as large."""
    from pikepdf import ObjectStreamMode

    pdf.save(
        path,
        min_version=version,
        deterministic_id=True,
        object_stream_mode=ObjectStreamMode.generate,
        compress_streams=True,
    )
