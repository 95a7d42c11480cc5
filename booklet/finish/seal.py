"""The seal of a finished file: which text it is of, and a digest that the next change of it breaks.

Both stand in its XMP metadata, which is never compressed. The digest is of the whole file, with zeros
where it stands itself.
"""

import hashlib
import re
from dataclasses import dataclass
from io import BytesIO

import pikepdf

from booklet.imprint import Imprint

SPACE = "urn:booklet:seal:"  # of the names in the metadata
ZEROS = "0" * 64
PLACE = re.compile(rb"(<seal:digest[^<>]*>)([0-9a-f]{64})(?=</seal:digest>)")


@dataclass(frozen=True, slots=True)
class Seal:
    """What a file says of itself; ``whole`` tells that nothing was changed since it was sealed."""

    imprint: Imprint
    form: str  # the name of its edition or binding, as in ``styles/``
    whole: bool


def seal(pdf: bytes, imprint: Imprint, form: str) -> bytes:
    """Return a finished file with its seal."""
    with pikepdf.open(BytesIO(pdf)) as file:
        with file.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata.register_xml_namespace(SPACE, "seal")
            metadata[f"{{{SPACE}}}state"] = imprint.state
            metadata[f"{{{SPACE}}}final"] = str(imprint.final)
            metadata[f"{{{SPACE}}}form"] = form
            metadata[f"{{{SPACE}}}digest"] = ZEROS
        out = BytesIO()
        file.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    blank = out.getvalue()
    return with_digest(blank, hashlib.sha256(blank).hexdigest())


def read_seal(pdf: bytes) -> Seal | None:
    """Return the seal of a file, None for one that has none or cannot be read."""
    try:
        with pikepdf.open(BytesIO(pdf)) as file, file.open_metadata() as metadata:
            said = {key: str(metadata[f"{{{SPACE}}}{key}"]) for key in ("state", "final", "form")}
    except Exception:  # no PDF, encrypted, damaged, or with metadata that is none
        return None
    found = PLACE.findall(pdf)
    blank = with_digest(pdf, ZEROS)
    whole = len(found) == 1 and hashlib.sha256(blank).hexdigest().encode() == found[0][1]
    return Seal(Imprint(said["state"], said["final"] == "True"), said["form"], whole)


def with_digest(pdf: bytes, digest: str) -> bytes:
    """Return a file with this digest in the place for it."""
    return PLACE.sub(rb"\g<1>" + digest.encode(), pdf)
