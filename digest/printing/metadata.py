"""What a PDF says of itself: its information dictionary, its XMP, the labels of its pages, how a viewer opens it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from html import escape
from typing import TYPE_CHECKING

import pydyf

from digest.context import TOOL
from digest.model import Edition
from digest.printing.volume import Volume, reference, text

Claims = tuple[str, str]  # name spaces, and facts of the standards that a PDF meets

if TYPE_CHECKING:
    from pikepdf import Pdf

# ISO 16684-1. The packet's id is a constant of the standard; no id of a run and no time stands in it.
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"{spaces}>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
{facts}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
ACCESSIBLE = (' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"', "<pdfuaid:part>1</pdfuaid:part>")
UNDATED = date(2010, 8, 1)  # PDF/X-4 asks for dates: a book without one bears that of the standard, ISO 15930-7:2010


def for_press(edition: Edition) -> Claims:
    """Give what PDF/X-4 wants a file to say: its version, its identity, that no shop has trapped it yet."""
    spaces = ' xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"'
    facts = (
        "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>\n<pdf:Trapped>False</pdf:Trapped>\n"
        f"<xmpMM:DocumentID>{edition.identifier.urn}</xmpMM:DocumentID>\n<xmpMM:VersionID>1</xmpMM:VersionID>\n"
        "<xmpMM:RenditionClass>default</xmpMM:RenditionClass>"
    )
    return spaces, facts


@dataclass(frozen=True, slots=True)
class Said:
    """What a PDF says of itself: words by their keys, its XMP, and its language."""

    words: Mapping[str, str] = field(default_factory=dict)
    packet: str = ""
    language: str = ""


SILENT = Said()


def said(edition: Edition, claims: Claims) -> Said:
    """Tell what is known of the edition, in both ways that there are, and which standards the file meets."""
    words = {
        "Title": edition.title,
        "Author": edition.publisher,
        "Subject": edition.description,
        "Creator": TOOL,
        "Producer": TOOL,
        "CreationDate": _day(edition.date),
        "ModDate": _day(edition.date),
    }
    known = {key: value for key, value in words.items() if value}
    return Said(known, _packet(edition, claims), edition.language)


def written(volume: Volume, what: Said) -> tuple[dict[str, bytes], int]:
    """Write it; give what belongs into the catalog, and the number of the dictionary of words, 0 for none."""
    if not what.packet:
        return {}, 0
    packet = what.packet.encode()
    there = volume.add_packed(b"<</Type/Metadata/Subtype/XML/Length %d>>" % len(packet), packet)
    info = volume.add(pydyf.Dictionary({key: text(value) for key, value in what.words.items()}).data)
    viewed = b"<</DisplayDocTitle true>>"
    return {"Metadata": reference(there), "Lang": text(what.language), "ViewerPreferences": viewed}, info


def describe(pdf: Pdf, edition: Edition, claims: Claims = ("", "")) -> None:
    """Let a PDF that is changed after it was bound say what is known of the edition."""
    from pikepdf import Dictionary, Name, String

    if claims == for_press(edition):
        edition = replace(edition, date=edition.date or UNDATED)
        pdf.docinfo["/Trapped"] = Name("/False")
    what = said(edition, claims)
    for key, value in what.words.items():
        pdf.docinfo[f"/{key}"] = String(value)
    packet = pdf.make_stream(what.packet.encode())
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = packet
    pdf.Root.Lang = String(what.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


def _packet(edition: Edition, claims: Claims) -> str:
    lists = (
        ("dc:creator", "Seq", edition.publisher),
        ("dc:publisher", "Bag", edition.publisher),
        ("dc:description", "Alt", edition.description),
        ("dc:rights", "Alt", edition.rights),
    )
    day = f"{edition.date.isoformat()}T00:00:00Z" if edition.date else ""
    plain = (
        ("xmp:CreatorTool", TOOL),
        ("pdf:Producer", TOOL),
        ("xmp:CreateDate", day),
        ("xmp:ModifyDate", day),
        ("xmp:MetadataDate", day),
    )
    said = [f"<{name}><rdf:{kind}>{_item(kind, text)}</rdf:{kind}></{name}>" for name, kind, text in lists if text]
    said += [f"<{name}>{_escaped(text)}</{name}>" for name, text in plain if text]
    spaces, facts = claims
    return XMP.format(
        title=_escaped(edition.title),
        language=_escaped(edition.language),
        spaces=spaces,
        facts="\n".join([*said, facts]),
    )


def _item(kind: str, text: str) -> str:
    language = ' xml:lang="x-default"' if kind == "Alt" else ""
    return f"<rdf:li{language}>{_escaped(text)}</rdf:li>"


def _escaped(words: str) -> str:
    return escape(words, quote=False)


def _day(day: date | None) -> str:
    return f"D:{day.year:04}{day:%m%d}000000Z" if day else ""


def page_labels(front: int) -> bytes:
    """Number the pages before the text i, ii, iii, and those from there on 1, 2, 3, as they are printed."""
    return b"<</Nums[0<</S/r>>%d<</S/D>>]>>" % front if front else b"<</Nums[0<</S/D>>]>>"
