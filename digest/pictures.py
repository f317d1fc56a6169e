"""Pictures as a book can hold them: upright, RGB, no larger than is seen, without a trace of camera or place."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from digest.addresses import address, of_files
from digest.cache import encoded, kept
from digest.crew import CREW, size_of
from digest.errors import DigestError, PictureError
from digest.model import Edition, Picture

if TYPE_CHECKING:
    from PIL.Image import Image

# No other decoder of Pillow's is asked: that of EPS would run a program.
FORMATS = ("BMP", "GIF", "JPEG", "PNG", "TIFF", "WEBP")
# A photograph straight from a camera has ten megabytes, a TIFF of 24 megapixels 72. Cameras go to 61 megapixels, which
# with its transparency takes half a gigabyte to resize.
LARGEST = 80_000_000
MOST_PIXELS = 64_000_000
# An e-reader's screen has up to 1600 × 1200 dots, and a phone or a tablet shows no more of a picture in a page.
SCREEN = (1600, 1600)
PRINT_DPI = 300  # what a print shop asks of images (and FACTS 6)
# A drawing has few colours, those of its softened edges included; a photograph of a screen's size has more.
COLOURS_OF_A_DRAWING = 65_536
# Bytes of files for each process, of which a photograph has some: less is ready sooner than another has started.
ENOUGH = 2_000_000
QUALITY = 85  # beyond it a photograph only grows; below, flat skies show bands
DEEP_MODES = ("I", "F")  # 32 bits a channel: measurements, whose range no book can guess
REMEDY, SMALLER = "save it as JPEG or PNG", "save a smaller copy of it"
TOO_MANY_PIXELS = f"has more than {MOST_PIXELS // 1_000_000} million pixels"


@dataclass(frozen=True, slots=True)
class Plate:
    """A picture ready to be set: where the book's pages find it, its bytes, its type and its size in pixels."""

    src: str
    data: bytes
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture as a book can hold it: its bytes, their kind (jpeg, png), its size in pixels."""

    data: bytes
    kind: str
    size: tuple[int, int]


def moves(picture: Picture) -> bool:
    """Look at a picture's head, and say whether it holds several pictures (a moving GIF, a TIFF of pages).

    Raises PictureError for a file that is no picture, or a too large one.
    """
    with _opened(picture) as image:
        # A camera's second pictures (MPO) are previews of the first.
        return image.format != "MPO" and bool(getattr(image, "is_animated", False))


def plates(edition: Edition, room: tuple[int, int], place: str) -> dict[Path, Plate]:
    """Make a plate, no larger than `room` (pixels), of each picture that an edition shows; `place` begins each src.

    Pictures that come out alike are one plate. Raises PictureError for a picture that cannot be decoded.
    """
    blocks = (block for article in edition.articles for block in article.blocks)
    shown = [*{block.picture.path: block.picture for block in blocks if block.picture}.values()]
    by_path: dict[Path, Plate] = {}
    by_content: dict[bytes, Plate] = {}
    for picture, ready in zip(shown, _all_prepared(shown, room), strict=True):
        src = f"{place}p-{len(by_content) + 1}.{'jpg' if ready.kind == 'jpeg' else ready.kind}"
        plate = Plate(src, ready.data, f"image/{ready.kind}", *ready.size)
        by_path[picture.path] = by_content.setdefault(sha256(ready.data).digest(), plate)
    return by_path


def _all_prepared(shown: Sequence[Picture], room: tuple[int, int]) -> Iterator[Prepared]:
    """Prepare pictures, side by side where that pays; they are kept until their files change."""

    def named(picture: Picture) -> bytes | None:
        content = of_files([picture.path])
        return content and address("picture", content, encoded(room))

    def made(wanted: Sequence[Picture]) -> Iterator[Prepared]:
        crew = CREW.get()
        executor = crew.for_work(sum(size_of(picture.path) for picture in wanted), ENOUGH)
        return crew.results([executor.submit(_prepared, picture, room) for picture in wanted])

    return kept("picture", Prepared, shown, named, made)


def room_on(paper: tuple[float, float]) -> tuple[int, int]:
    """Give the pixels that fill a sheet (width and height in mm) in print."""
    width, height = (round(side / 25.4 * PRINT_DPI) for side in paper)
    return width, height


@contextmanager
def _opened(picture: Picture) -> Iterator[Image]:
    """Open a picture; whatever goes wrong with it, also while it is worked on, is one line of ours."""
    from PIL import Image, UnidentifiedImageError

    try:
        _refuse_bytes(picture)
        with warnings.catch_warnings(), _whole_files():
            warnings.simplefilter("ignore")  # of damaged metadata, which we drop, and of sizes, which we bound
            with Image.open(picture.path, formats=FORMATS) as image:
                _refuse_dots(picture, image)
                yield image
    except DigestError:
        raise
    except Image.DecompressionBombError:
        raise _refused(picture, TOO_MANY_PIXELS, SMALLER) from None
    except UnidentifiedImageError:
        raise _refused(picture, "is none that can be read", REMEDY) from None
    except Exception as error:  # Pillow's decoders raise whatever a damaged file makes them stumble over
        if isinstance(error, OSError) and error.strerror:
            raise _refused(picture, f"cannot be read ({error.strerror})", "check its permissions") from None
        raise _refused(picture, f"is damaged ({error})", REMEDY) from None


@contextmanager
def _whole_files() -> Iterator[None]:
    """Let Pillow refuse files that end too early: WeasyPrint, once it is imported, has it fill them up with grey."""
    from PIL import ImageFile

    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _refuse_bytes(picture: Picture) -> None:
    if picture.path.stat().st_size > LARGEST:
        raise _refused(picture, f"has more than {LARGEST // 1_000_000} MB", SMALLER)


def _refuse_dots(picture: Picture, image: Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise _refused(picture, TOO_MANY_PIXELS, SMALLER)
    if image.mode in DEEP_MODES:
        raise _refused(picture, "has 32 bits a channel", REMEDY)


def _refused(picture: Picture, what: str, remedy: str) -> PictureError:
    return PictureError(f"the picture {picture.name} {what}", where=picture.where, remedy=remedy)


def _prepared(picture: Picture, room: tuple[int, int]) -> Prepared:
    with _opened(picture) as image:
        ready = fitted(image, room)
        return Prepared(*_encoded(ready), ready.size)


def fitted(image: Image, room: tuple[int, int]) -> Image:
    """Make an opened image upright, RGB, no larger than `room` (pixels), and forget what its file noted."""
    ready = _in_rgb(_upright(_in_channels(image), room))
    ready.info = {}
    return ready


def _in_channels(image: Image) -> Image:
    """Give each dot its own colour, in eight bits a channel: a palette's dots could not be blended when resized."""
    if image.mode.startswith("I;16"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image.convert("RGB") if image.mode in ("1", "P") else image


def _upright(image: Image, room: tuple[int, int]) -> Image:
    """Turn a picture as its camera was held, and make it no larger than the room there is."""
    from PIL import ImageOps
    from PIL.Image import Resampling

    longest = max(room)  # whichever way it is turned; a JPEG is decoded at about this size, which is far less work
    image.thumbnail((longest, longest), Resampling.LANCZOS)
    image = ImageOps.exif_transpose(image)
    image.thumbnail(room, Resampling.LANCZOS)
    return image


def _in_rgb(image: Image) -> Image:
    """Convert to sRGB by the picture's own profile, where it has a good one; white shines through what is clear."""
    from PIL import ImageCms
    from PIL.Image import alpha_composite, new

    profile = image.info.get("icc_profile")
    if image.mode == "RGBA":
        image = alpha_composite(new("RGBA", image.size, "white"), image).convert("RGB")
    if profile:
        try:
            own, screens = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, own, screens, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a damaged profile, or one of other channels, says nothing about these
        else:
            return converted or image
    return image.convert("RGB")


def _encoded(image: Image) -> tuple[bytes, str]:
    """Encode as JPEG, or as PNG where that is smaller, as it is for drawings."""
    photograph = _saved(image, "jpeg", quality=QUALITY, optimize=True)
    if image.getcolors(COLOURS_OF_A_DRAWING) is None:
        return photograph, "jpeg"
    # A grey photograph has few colours too. A first try, ten times as fast, tells it: flat surfaces come out four times
    # as large as with the best effort, photographs a quarter larger.
    if len(_saved(image, "png", compress_level=1)) > 4 * len(photograph):
        return photograph, "jpeg"
    drawing = _saved(image, "png", optimize=True)
    return (drawing, "png") if len(drawing) < len(photograph) else (photograph, "jpeg")


def _saved(image: Image, kind: str, **options: int) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()
