"""What a finished file says of itself: its state on every page, the words that the law asks of a cover."""

from collections.abc import Sequence

import pypdfium2 as pdfium

from booklet.edition import Edition
from booklet.errors import Finding, our_fault
from booklet.genres import genre_of
from booklet.imprint import Imprint
from booklet.model import Book, printed_links
from booklet.preflight.folios import foot_text
from booklet.preflight.reading import squeeze

INTERNAL = "内部资料", "免费交流"  # 内部资料性出版物管理办法: words on the cover


def check_imprint(
    document: pdfium.PdfDocument, edition: Edition, name: str, imprint: Imprint
) -> list[Finding]:
    """Return the pages of a 校样 that do not bear its number, those of a 定稿 that still say 校样.

    Every page with words but the back cover; all of them say in the colophon which text they are of.
    """
    if not imprint.state:
        return []
    wanted, messages, whole = squeeze(imprint.foot), [], ""
    last = len(document) - 1
    for number, page in enumerate(document):
        text = squeeze(page.get_textpage().get_text_bounded())
        whole += text
        foot = text if number == 0 else foot_text(page, edition)
        if wanted and text and number < last and wanted not in foot:
            messages.append(f"第 {number + 1} 页上没有“{imprint.foot}”")
        if not wanted and f"校样{imprint.state}" in text:
            messages.append(f"定稿的第 {number + 1} 页上写着“校样”")
    if squeeze(imprint.entry) not in whole:
        messages.append(f"版本记录里没有文本编号 {imprint.entry}")
    return [our_fault(name, message) for message in messages]


def check_cover(document: pdfium.PdfDocument, book: Book, name: str) -> list[Finding]:
    """Return the words that the cover of an internal publication lacks."""
    text = squeeze(document[0].get_textpage().get_text_bounded())
    wanted = [*INTERNAL, squeeze(book.colophon.permit)] if book.internal else []
    return [our_fault(name, f"封面上没有“{words}”") for words in wanted if words not in text]


def check_fields(pages: Sequence[str], book: Book, name: str) -> list[Finding]:
    """Return the texts of booklet.yaml and of front matters that are not printed whole anywhere."""
    whole = "".join(pages)
    hosts = [("主办", name) for name in book.host.split("、")]
    fields = [("副标题", book.subtitle), *hosts, ("说明", book.notice)]
    fields += [("会议", book.occasion), ("日期", book.date), ("地点", book.place)]
    fields += [("版本记录", str(getattr(book.colophon, key))) for key in book.colophon.__slots__]
    for speech in book.speeches:
        if genre_of(speech.kind).named:
            fields.append(("标题", "".join(speech.title)))
        fields.append(("署名", speech.speaker))
        fields += [
            ("数字框的标题", text) for text in (speech.stats_head.title, speech.stats_head.period)
        ]
        fields += [("简介", speech.about), *(("落款", line) for line in speech.signed)]
        fields += [("单位", speech.designation), *(("数字说明", one.label) for one in speech.stats)]
        fields += [("引文", one.by) for one in speech.quotes]
    links = (*printed_links(book), *(link for speech in book.speeches for link in speech.links))
    fields += [("链接", text) for link in links for text in (link.label, link.note)]
    return [
        our_fault(name, f"{what}没有印全：{text[:20]}")
        for what, text in dict.fromkeys(fields)
        if squeeze(text) not in whole
    ]


def bears(pdf: bytes, words: str) -> bool:
    """Tell whether some page prints these words; of a sheet turned upside down they are read backwards."""
    try:
        document = pdfium.PdfDocument(pdf)
    except pdfium.PdfiumError:
        return False
    try:
        pages = [squeeze(page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()
    wanted = squeeze(words)
    return any(wanted in text or wanted[::-1] in text for text in pages)
