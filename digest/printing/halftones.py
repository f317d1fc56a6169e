"""Turns the pictures of a PDF into inks: greys into one channel, photographs and drawings in colour into four."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from zlib import compress

from digest.printing.operators import kind_of
from digest.printing.separation import Separation

if TYPE_CHECKING:
    from pikepdf import Pdf
    from PIL.Image import Image

QUALITY = 92  # of a photograph that is encoded a second time: below, blocks show in flat skies; beyond, it only grows
SPACES = {"L": "/DeviceGray", "CMYK": "/DeviceCMYK"}


def separate(picture: Any, separation: Separation) -> None:
    """Turn a picture into inks where it stands; its transparency stays, and so does a picture in grey or in inks."""
    if _has_colours(picture):
        is_drawing = not _is_photograph(picture)
        _write(picture, separation.of_picture(_decoded(picture), is_drawing), lossless=is_drawing)


def lightness(pdf: Pdf, picture: Any) -> Any:
    """Give a picture that is drawn into a soft mask as one in grey; the same may stand on a page, and stays."""
    if not _has_colours(picture):
        return picture
    grey = pdf.make_stream(picture.read_raw_bytes(), dict(picture.items()))
    _write(grey, _decoded(picture).convert("L"), lossless=not _is_photograph(picture))
    return grey


def _has_colours(picture: Any) -> bool:
    return not picture.get("/ImageMask", False) and kind_of(picture.ColorSpace) not in ("grey", "cmyk")


def _is_photograph(picture: Any) -> bool:
    """Tell photographs from drawings: digest.pictures and most people save only the former as JPEG."""
    from pikepdf import Array

    filters = picture.get("/Filter", ())
    names = filters if isinstance(filters, Array) else [filters]
    return any(name == "/DCTDecode" for name in names)


def _decoded(picture: Any) -> Image:
    from pikepdf import PdfImage

    return PdfImage(picture).as_pil_image().convert("RGB")


def _write(picture: Any, image: Image, lossless: bool) -> None:
    from pikepdf import Array, Name

    picture.ColorSpace, picture.BitsPerComponent = Name(SPACES[image.mode]), 8
    if lossless:
        picture.write(compress(image.tobytes(), 9), filter=Name.FlateDecode)
    else:
        picture.write(_jpeg(image), filter=Name.DCTDecode)
        if image.mode == "CMYK":
            # Adobe's way, and Pillow's: such a JPEG holds the share of the paper that stays white.
            picture.Decode = Array([1, 0] * 4)


def _jpeg(image: Image) -> bytes:
    file = BytesIO()
    image.save(file, "jpeg", quality=QUALITY, optimize=True)
    return file.getvalue()
