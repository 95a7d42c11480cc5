"""内部资料: what an internal publication must state, and must not lead to (内部资料性出版物管理办法).

It goes to named recipients, free of charge and on paper: so no price, and no code that lets the public
download it.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from booklet.errors import Finding
from booklet.model import Book, Link

REQUIRED = {
    "permit": "准印证号",
    "compiler": "编印单位",
    "recipients": "发送对象",
    "printer": "印刷单位",
    "printed": "印刷日期",
    "copies": "印数",
}
DISKS = (  # hosts that hand files to whoever has the address
    "pan.baidu.com", "yun.baidu.com", "pan.xunlei.com", "pan.quark.cn", "alipan.com", "aliyundrive.com",
    "weiyun.com", "123pan.com", "lanzou.com", "lanzoui.com", "lanzoux.com", "cloud.189.cn", "caiyun.139.com",
    "yun.139.com", "jianguoyun.com", "ctfile.com", "drive.google.com", "dropbox.com", "1drv.ms",
)  # fmt: skip
FILE = re.compile(r"\.(?:pdf|docx?|wps|epub|zip|rar|7z|pptx?)$", re.IGNORECASE)
FETCH = re.compile(r"下载|电子版|网盘|提取码")
SOLD = re.compile(r"定价|售价|公开发行|公开出版|新华书店")
MARKED = re.compile(r"内部资料|内部发行|准印证")


def check_internal(book: Book) -> Iterator[Finding]:
    """Yield what is wrong with an internal publication, or with a book that only looks like one."""
    said = {key: str(getattr(book, key)) for key in ("subtitle", "occasion", "host", "notice")} | {
        f"colophon.{key}": getattr(book.colophon, key) for key in book.colophon.__slots__
    }
    if not book.internal:
        marked = [key for key, text in said.items() if MARKED.search(text)]
        if marked or book.colophon.permit:
            where = "、".join(marked) or "colophon.permit"
            message = f"{where} 里写着内部资料的字样，但没有写 internal: true"
            fix = "是内部资料就写 internal: true，封面会印上应有的字样；不是就删去那几个字"
            yield Finding(book.path, 0, message, fix, "warning", "版权-04")
        return
    lacking = [name for key, name in REQUIRED.items() if not getattr(book.colophon, key)]
    if lacking:
        message = f"内部资料应当标明：{'、'.join(lacking)}"
        fix = "在 colophon 里补上；确实没有的，向批准印刷的单位询问"
        yield Finding(book.path, 0, message, fix, "warning", "版权-01")
    for key, text in said.items():
        if found := SOLD.search(text):
            message = f"内部资料免费交流，{key} 里却写着“{found[0]}”"
            yield Finding(book.path, 0, message, "删去这几个字", "warning", "版权-03")
    for link in (*book.links, *(link for speech in book.speeches for link in speech.links)):
        yield from check_download(link)


def check_download(link: Link) -> Iterator[Finding]:
    """Yield a fault where a link lets anybody download a file; a warning where its words say so."""
    address = urlsplit(link.url)
    host = (address.hostname or "").lower()
    shared = any(host == disk or host.endswith(f".{disk}") for disk in DISKS)
    if shared or FILE.search(address.path):
        message = f"内部资料不能印人人可以下载的二维码：{link.url}"
        fix = "删去这个链接；电子文件另行发给发送对象"
        yield Finding(link.path, link.line, message, fix, "error", "版权-02")
    elif found := FETCH.search(link.label + link.note):
        message = f"内部资料的链接写着“{found[0]}”：{link.url}"
        fix = "核对：扫码的人能下载本书的，删去这个链接"
        yield Finding(link.path, link.line, message, fix, "warning", "版权-02")
