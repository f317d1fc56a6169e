"""Shows Pango the fonts of a style and no others, so that a book does not depend on what a machine has installed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape
from pathlib import Path

from digest.regions import AT

CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
<cachedir>{cache}</cachedir>
{fonts}
{stand_ins}
</fontconfig>
"""
# Appended, not put first: the name that goes into the PDF stays the font's own (NotoSerifSC).
FONT = """<dir>{folder}</dir>
<match target="scan">
<test name="file" compare="eq"><string>{file}</string></test>
<edit name="family" mode="append"><string>{role}</string></edit>
</match>"""
# A face that stands in for a role where the text is in its language.
STAND_IN = """<match target="pattern">
<test name="lang" compare="contains"><string>{language}</string></test>
<test name="family" qual="any"><string>{role}</string></test>
<edit name="family" mode="prepend" binding="strong"><string>{stand_in}</string></edit>
</match>"""


@contextmanager
def only_fonts(fonts: Mapping[str, Path], folder: str) -> Iterator[None]:
    """Make fontconfig know these files alone, each by its role too, for whoever loads it inside the block.

    `folder` is empty, and stays there for as long as the fonts are in use.

    A role with a language behind it (text@ja) stands in for the role where text is in that language.

    FcInitLoadConfigAndFonts reads the file that FONTCONFIG_FILE names, once; WeasyPrint calls it when it is imported
    and for each FontConfiguration. Source: fontconfig, fonts-conf(5) and FcInitLoadConfigAndFonts(3).
    """
    # Links, so that nothing but these files is in the folder that is scanned.
    path = Path(folder)
    linked = {role: path / f"{role}{file.suffix}" for role, file in sorted(fonts.items())}
    for role, link in linked.items():
        link.symlink_to(fonts[role])
    listed = "\n".join(
        FONT.format(folder=escape(folder), file=escape(str(link)), role=role) for role, link in linked.items()
    )
    stand_ins = "\n".join(_stand_in(role) for role in linked if AT in role)
    configuration = path / "fonts.conf"
    rules = CONFIGURATION.format(cache=escape(folder), fonts=listed, stand_ins=stand_ins)
    configuration.write_text(rules, encoding="utf-8")
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(configuration)
    try:
        yield
    finally:
        del os.environ["FONTCONFIG_FILE"]
        if before is not None:
            os.environ["FONTCONFIG_FILE"] = before


def _stand_in(name: str) -> str:
    role, _, language = name.partition(AT)
    return STAND_IN.format(language=escape(language), role=escape(role), stand_in=escape(name))
