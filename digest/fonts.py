"""Shows Pango the fonts of a style and no others, so that a book does not depend on what a machine has installed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
<cachedir>{cache}</cachedir>
{fonts}
</fontconfig>
"""
# Appended, not put first: the name that goes into the PDF stays the font's own (NotoSerifSC).
FONT = """<dir>{folder}</dir>
<match target="scan">
<test name="file" compare="eq"><string>{file}</string></test>
<edit name="family" mode="append"><string>{role}</string></edit>
</match>"""


@contextmanager
def only_fonts(fonts: Mapping[str, Path]) -> Iterator[None]:
    """Make fontconfig know these files alone, each by its role too, for whoever loads it inside the block.

    FcInitLoadConfigAndFonts reads the file that FONTCONFIG_FILE names, once; WeasyPrint calls it when it is imported
    and for each FontConfiguration. Source: fontconfig, fonts-conf(5) and FcInitLoadConfigAndFonts(3).
    """
    with TemporaryDirectory(prefix="digest-fonts-") as folder:
        # Links, so that nothing but these files is in the folder that is scanned.
        path = Path(folder)
        linked = {role: path / f"{role}{file.suffix}" for role, file in sorted(fonts.items())}
        for role, link in linked.items():
            link.symlink_to(fonts[role])
        listed = "\n".join(
            FONT.format(folder=escape(folder), file=escape(str(link)), role=role) for role, link in linked.items()
        )
        configuration = path / "fonts.conf"
        configuration.write_text(CONFIGURATION.format(cache=escape(folder), fonts=listed), encoding="utf-8")
        before = os.environ.get("FONTCONFIG_FILE")
        os.environ["FONTCONFIG_FILE"] = str(configuration)
        try:
            yield
        finally:
            del os.environ["FONTCONFIG_FILE"]
            if before is not None:
                os.environ["FONTCONFIG_FILE"] = before
