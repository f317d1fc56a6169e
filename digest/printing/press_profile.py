"""The profile of the press that a PDF is made for: ours, or the editor's own, and how a PDF says which."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from struct import unpack_from
from typing import TYPE_CHECKING

from digest.errors import SettingsError

if TYPE_CHECKING:
    from pikepdf import Pdf

OURS = Path(__file__).with_name("profiles") / "coated.icc"
HEADER = 128  # bytes: ICC.1:2001-04, 6.1
LARGEST = 20_000_000  # bytes; the profiles of Fogra and ECI have up to 3 million
REMEDY = "name the ICC profile of a press, as your print shop gives it, or leave it out for ours"
# Conditions of which color.org's registry has the measured colours; whoever names one needs no more.
REGISTRY = "http://www.color.org"
REGISTERED = re.compile(r"(FOGRA|IFRA|JC|CGATS|EUROSB|PSR)[ A-Z_]*\d[\w .-]*", re.ASCII)
CUSTOM = "Custom"  # what a PDF says where no registry knows the condition: ISO 32000-1, table 365


def profile_of(path: Path | None = None) -> bytes:
    """Read the profile of a press: the editor's, or ours. Raises SettingsError for a file that is none."""
    path = path or OURS
    try:
        if path.stat().st_size > LARGEST:
            raise SettingsError(f"it is larger than {LARGEST // 1_000_000} MB", where=path, remedy=REMEDY)
        profile = path.read_bytes()
    except OSError as error:
        what = f"the profile cannot be read ({error.strerror})"
        raise SettingsError(what, where=path, remedy=REMEDY) from None
    if fault := _fault_of(profile):
        raise SettingsError(fault, where=path, remedy=REMEDY)
    return profile


def _fault_of(profile: bytes) -> str:
    """Say what makes a file useless as the profile of a press: PDF/X-4, ISO 15930-7, 6.2.2."""
    if len(profile) < HEADER or profile[36:40] != b"acsp":
        return "it is no ICC profile"
    (size,) = unpack_from(">I", profile)
    if size != len(profile):
        return f"the ICC profile is damaged: it says that it has {size} bytes, and has {len(profile)}"
    if profile[12:16] != b"prtr":
        return "the ICC profile is not of a printing press"
    if profile[16:20] != b"CMYK":
        inks = profile[16:20].decode("ascii", "replace").strip()
        return f"the ICC profile is of a press that prints {inks}, and a book is printed in CMYK"
    return "" if _converts(profile) else "the ICC profile is damaged: no colour can be converted by it"


def _converts(profile: bytes) -> bool:
    from PIL import ImageCms

    try:
        press = ImageCms.ImageCmsProfile(BytesIO(profile))
        intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
        ImageCms.buildTransform(ImageCms.createProfile("sRGB"), press, "RGB", "CMYK", intent)
    except (ImageCms.PyCMSError, OSError):
        return False
    return True


def output_intent(pdf: Pdf, profile: bytes, condition: str = "") -> None:
    """Say which press a PDF is made for: ISO 32000-1, 14.11.5, as PDF/X-4 wants it.

    `condition` is the name of a characterized printing condition, as FOGRA51; what no registry knows is in the profile.
    """
    from pikepdf import Array, Dictionary, Name, String

    held = pdf.make_stream(profile)
    held.N = 4
    held.Alternate = Name.DeviceCMYK
    name = described(profile)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(condition or CUSTOM),
        Info=String(name),
        DestOutputProfile=held,
    )
    if REGISTERED.fullmatch(condition):
        intent.RegistryName = String(REGISTRY)
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def described(profile: bytes) -> str:
    """Give what a profile calls itself."""
    from PIL import ImageCms

    return ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(profile))).strip()
