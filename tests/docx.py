"""Word files made in the tests, of the parts that offices' files have."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def run(text: str, face: str = "", size: float = 0, bold: bool = False) -> str:
    """A run of one look; line feeds become soft returns."""
    look = (f'<w:rFonts w:eastAsia="{face}"/>' if face else "") + ("<w:b/>" if bold else "")
    look += f'<w:sz w:val="{size * 2:g}"/>' if size else ""
    parts = [f'<w:t xml:space="preserve">{part}</w:t>' for part in text.split("\n")]
    return f"<w:r><w:rPr>{look}</w:rPr>{'<w:br/>'.join(parts)}</w:r>"


def para(text: str = "", face: str = "仿宋_GB2312", size: float = 16, *, centred: bool = False,
         bold: bool = False, style: str = "", number: str = "", inner: str = "") -> str:  # fmt: skip
    """A paragraph as clerks make it: looks on the run, no style; ``inner`` is ready XML after it."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties += (
        f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    )
    properties += '<w:jc w:val="center"/>' if centred else ""
    look = ("", 0.0) if style else (face, size)
    runs = run(text, *look, bold=bold) if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}{inner}</w:p>"


def title(text: str) -> str:
    """A title as clerks make it."""
    return para(text, "方正小标宋简体", 22, centred=True)


def byline(text: str) -> str:
    """A byline as clerks make it."""
    return para(text, "楷体_GB2312", 16, centred=True)


def table(*rows: tuple[str, ...]) -> str:
    """A table of text."""
    cells = "".join(
        "<w:tr>" + "".join(f"<w:tc>{para(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows
    )
    return f"<w:tbl>{cells}</w:tbl>"


def docx(
    *body: str, parts: Mapping[str, str | bytes] = {}, targets: Mapping[str, str] = {}
) -> bytes:
    """A Word file of these paragraphs; ``parts`` are further parts, ``targets`` relations by id."""
    document = (
        f'<?xml version="1.0"?><w:document {NAMES}><w:body>{"".join(body)}</w:body></w:document>'
    )
    relations = "".join(
        f'<Relationship Id="{key}" Type="x" Target="{to}"/>' for key, to in targets.items()
    )
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "word/document.xml": document,
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>'
        ),
        **parts,
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def part(root: str, inner: str) -> str:
    """A further part: its root element and what is in it."""
    return f"<w:{root} {NAMES}>{inner}</w:{root}>"


HAN_LIST = part("numbering", (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="·"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
    "</w:lvlOverride></w:num>"
))  # fmt: skip
STYLES = part("styles", "".join(
    f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{called}"/></w:style>'
    for name, called in (("a1", "Title"), ("1", "heading 1"), ("2", "heading 2"))
))  # fmt: skip
