"""Separates colours into the inks of a press: greys into black alone, other colours through the press's profile."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from io import BytesIO
from typing import TYPE_CHECKING

from digest.printing.offset import Inks, xyz_of

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageCms import ImageCmsTransform

SAME = 1 / 510  # red, green and blue are alike: half a step of eight bits, as hsl() and oklch() are not exact
COLOURLESS = 0.5  # of a* and b*, which the eye does not see
# JPEG keeps a grey photograph's colours as it keeps others: rounding leaves them up to two steps apart.
SAME_IN_PICTURES = 2
ROUNDING = 3  # decimals of an ink: a plate has 256 steps


class Separation:
    """What a press prints for a colour: by relative colorimetry with black point compensation, as print shops do."""

    def __init__(self, profile: bytes) -> None:
        from PIL import ImageCms

        intent, flags = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
        press = ImageCms.ImageCmsProfile(BytesIO(profile))
        screen, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
        self._rgb_to_press = ImageCms.buildTransform(screen, press, "RGB", "CMYK", intent, flags)
        self._lab_to_press = ImageCms.buildTransform(lab, press, "LAB", "CMYK", intent, flags)
        self._lab_to_screen = ImageCms.buildTransform(lab, screen, "LAB", "RGB", intent)
        self._press_to_lab = ImageCms.buildTransform(press, lab, "CMYK", "LAB", intent)
        self._screen_to_lab = ImageCms.buildTransform(screen, lab, "RGB", "LAB", intent)
        self.inks = cache(self._inks)

    def _inks(self, kind: str, *numbers: float) -> Inks:
        """Give the inks of a colour that is told as rgb, grey, lab or cmyk."""
        if kind == "cmyk":
            c, m, y, k = numbers
            return c, m, y, k
        if kind == "lab":
            return self._of_lab(*numbers)
        if max(numbers) - min(numbers) <= SAME:
            return _grey(numbers[len(numbers) // 2])
        return _rounded(_converted("RGB", numbers, self._rgb_to_press))

    def _of_lab(self, lightness: float, a: float, b: float) -> Inks:
        parts = [lightness / 100, (a + 128) / 255, (b + 128) / 255]  # as LittleCMS keeps it in eight bits
        if max(abs(a), abs(b)) <= COLOURLESS:
            return _grey(_converted("LAB", parts, self._lab_to_screen)[1])
        return _rounded(_converted("LAB", parts, self._lab_to_press))

    def of_picture(self, picture: Image, drawing: bool) -> Image:
        """Separate a picture in RGB: one without colours becomes grey; a drawing's greys are printed in black alone."""
        from PIL import Image

        apart = _apart(picture)
        if not any(apart.histogram()[SAME_IN_PICTURES + 1 :]):
            return picture.getchannel("G").point([255 - black for black in self._blacks])
        inks = _through(picture, self._rgb_to_press)
        if drawing:
            none = Image.new("L", picture.size)
            black = Image.merge("CMYK", (none, none, none, picture.getchannel("G").point(self._blacks)))
            inks.paste(black, mask=apart.point(lambda value: 255 if value <= SAME_IN_PICTURES else 0))
        return inks

    @cached_property
    def _blacks(self) -> list[int]:
        """Give the black for each grey of a picture: in print as light, between paper and black, as on a screen.

        A press prints dots larger than a file says them: without this, photographs are pale and their shadows grey.
        """
        from PIL import Image

        steps = Image.frombytes("L", (256, 1), bytes(range(256)))
        none = Image.new("L", (256, 1))
        printed = _lights(_through(Image.merge("CMYK", (none, none, none, steps)), self._press_to_lab))
        shown = _lights(_through(Image.merge("RGB", (steps, steps, steps)), self._screen_to_lab))
        wanted = (printed[-1] + (1 - printed[-1]) * light for light in shown)
        blacks = [min(range(256), key=lambda black: abs(printed[black] - light)) for light in wanted]
        return [255, *blacks[1:-1], 0]


def _lights(colours: Image) -> list[float]:
    """Give how much light colours in Lab reflect, as shares of white."""
    return [xyz_of((lightness / 255 * 100, 0, 0))[1] for lightness in colours.getchannel("L").tobytes()]


def _grey(value: float) -> Inks:
    """Give black alone for a grey, from 0 (black) to 1 (white)."""
    return 0.0, 0.0, 0.0, round(1 - value, ROUNDING)


def _rounded(parts: Sequence[float]) -> Inks:
    c, m, y, k = (round(part, ROUNDING) for part in parts)
    return c, m, y, k


def _converted(mode: str, parts: Sequence[float], transform: ImageCmsTransform) -> tuple[float, ...]:
    """Convert one colour, told in parts of one."""
    from PIL import Image

    bands = [Image.new("L", (1, 1), min(255, max(0, round(part * 255)))) for part in parts]
    return tuple(value / 255 for value in _through(Image.merge(mode, bands), transform).tobytes())


def _through(image: Image, transform: ImageCmsTransform) -> Image:
    from PIL import ImageCms

    converted = ImageCms.applyTransform(image, transform)
    if converted is None:
        raise AssertionError("LittleCMS converts in place only when it is told to")
    return converted


def _apart(picture: Image) -> Image:
    """Give how far the largest and the smallest of red, green and blue are apart, as a grey picture."""
    from PIL import ImageChops

    red, green, blue = picture.split()
    highest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return ImageChops.subtract(highest, ImageChops.darker(ImageChops.darker(red, green), blue))
