"""PDF/X-4 (ISO 15930-7) for the print shop, made from a finished file.

What is for screens goes (links, bookmarks, tags); output intent, boxes and identification come.
"""

import hashlib
import re
from collections.abc import Sequence
from io import BytesIO
from uuid import NAMESPACE_URL, uuid5

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from booklet import disk
from booklet.edition import PT_PER_MM, Edition
from booklet.finish.spots import Plate, separate
from booklet.finish.streams import streams_of
from booklet.paths import PROFILES

DATE = "2000-01-01T00:00:00Z"  # the same whenever it is made, else no two files are alike
INFO_DATE = "D:20000101000000Z"
FOR_SCREENS = ("/Outlines", "/Names", "/Dests", "/PageMode", "/StructTreeRoot", "/MarkInfo")
STATES = "/BookletOver", "/BookletPlain"
OVER, PLAIN = (f"\n{name} gs".encode() for name in STATES)
COLOUR = re.compile(rb"^([\d. ]+) scn$", re.MULTILINE)
BLACK = re.compile(rb"0 0 0 (?:1|0?\.\d*[1-9]\d*)")
IDENTIFIER = "http://www.npes.org/pdfx/ns/id/"
MEDIA = "http://ns.adobe.com/xap/1.0/mm/"


def make_x4(pdf: bytes, edition: Edition, plates: Sequence[Plate] = ()) -> bytes:
    """Return a file of CMYK pages as PDF/X-4, with ``plates`` of their own; its identity comes from its content."""
    with pikepdf.open(BytesIO(pdf)) as file:
        for key in FOR_SCREENS:
            if key in file.Root:
                del file.Root[key]
        for page in file.pages:
            for key in ("/Annots", "/StructParents", "/Tabs", "/Group"):
                if key in page:
                    del page[key]
            page.obj.MediaBox, page.obj.TrimBox = boxes(edition)
            page.obj.BleedBox = page.obj.MediaBox
        for item in file.objects:
            if isinstance(item, pikepdf.Stream) and "/Group" in item:
                item.Group.CS = Name.DeviceCMYK
            if isinstance(item, pikepdf.Dictionary) and "/ColorSpace" in item:
                del item["/ColorSpace"]  # resources: Lab, which WeasyPrint lists and nobody uses
        overprint_black(file)
        if plates:
            separate(file, list(plates))
        file.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        file.remove_unreferenced_resources()
        return as_x4(file, edition, pdf)


def as_x4(file: pikepdf.Pdf, edition: Edition, made_of: bytes) -> bytes:
    """Return a file as PDF/X-4: with its output intent, and an identity that comes from what it was made of."""
    file.Root.OutputIntents = Array([file.make_indirect(output_intent(file, edition))])
    identify(file, hashlib.sha256(made_of).hexdigest())
    out = BytesIO()
    file.save(
        out,
        deterministic_id=True,
        force_version="1.6",
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return out.getvalue()


def overprint_black(file: pikepdf.Pdf) -> None:
    """Let what is printed in black alone be printed over what lies under it, not cut out of it.

    A page out of register would else show white edges around black type on a tint. Black is told by its
    colour as the renderer writes it; white is no black (ISO 32000-1, 8.6.7).
    """
    over = file.make_indirect(Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1))
    plain = file.make_indirect(Dictionary(Type=Name.ExtGState, OP=False, op=False, OPM=0))
    done: set[tuple[int, int]] = set()

    def treat(stream: pikepdf.Object, resources: pikepdf.Object) -> None:
        """Add the states to one stream, which may be on several pages, and to what it may name."""
        if "/ExtGState" not in resources:
            resources.ExtGState = Dictionary()
        resources.ExtGState[STATES[0]], resources.ExtGState[STATES[1]] = over, plain
        if stream.objgen in done:
            return
        done.add(stream.objgen)
        data = bytes(stream.get_stream_buffer())
        new = COLOUR.sub(
            lambda found: found[0] + (OVER if BLACK.fullmatch(found[1]) else PLAIN), data
        )
        if new != data:
            stream.write(new)

    for page in file.pages:
        for stream in streams_of(page):
            treat(stream, page.obj.Resources)
    for item in file.objects:
        form = isinstance(item, pikepdf.Stream) and item.get("/Subtype") == Name.Form
        if form and "/Resources" in item:
            treat(item, item.Resources)


def boxes(edition: Edition) -> tuple[Array, Array]:
    """Return the medium, which is the trim and its bleed, and the trim, in pt from its lower left."""
    width, height = (side * PT_PER_MM for side in edition.trim_mm)
    bleed = edition.bleed_mm * PT_PER_MM
    medium = (-bleed, -bleed, width + bleed, height + bleed)
    return Array([round(side, 3) for side in medium]), Array(
        [0, 0, round(width, 3), round(height, 3)]
    )


def output_intent(file: pikepdf.Pdf, edition: Edition) -> Dictionary:
    """Return what the file is meant to be printed on, with the profile itself."""
    profile = file.make_stream(disk.read(PROFILES / edition.profile, PROFILES), N=4)
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(edition.condition),
        RegistryName=String("http://www.color.org"),
        Info=String(edition.profile.removesuffix(".icc")),
        DestOutputProfile=profile,
    )


def identify(file: pikepdf.Pdf, digest: str) -> None:
    """Write the file's identity and dates, in its information and in its XMP metadata alike."""
    title = str(file.docinfo.get("/Title", ""))
    file.docinfo["/Trapped"] = Name("/False")
    file.docinfo["/CreationDate"] = file.docinfo["/ModDate"] = String(INFO_DATE)
    file.docinfo["/GTS_PDFXVersion"] = String("PDF/X-4")
    with file.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata.register_xml_namespace(IDENTIFIER, "pdfxid")
        metadata[f"{{{IDENTIFIER}}}GTS_PDFXVersion"] = "PDF/X-4"
        metadata["dc:title"] = title
        metadata["pdf:Trapped"] = "False"
        for key in ("CreateDate", "ModifyDate", "MetadataDate"):
            metadata[f"xmp:{key}"] = DATE
        metadata[f"{{{MEDIA}}}DocumentID"] = f"uuid:{uuid5(NAMESPACE_URL, digest)}"
        metadata[f"{{{MEDIA}}}VersionID"] = "1"
        metadata[f"{{{MEDIA}}}RenditionClass"] = "default"
