"""What a finished file can prove of itself, long after: sealed, of which text, and the same as the manuscript."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from booklet import disk, paths
from booklet.build import prove
from booklet.edition import Binding, Edition, read_form
from booklet.errors import BookletError
from booklet.finish.seal import Seal, read_seal
from booklet.imprint import Imprint, state_of
from booklet.preflight.front import bears
from booklet.proof.examine import Examined, examine

MOST_BYTES = 500_000_000
LOOSE = ("points",)  # sealed, but no pages of a book: they bear their number in another place


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing that was looked at; ``true`` is None where it could not be."""

    true: bool | None
    words: str

    def __str__(self) -> str:
        mark = {True: "相符", False: "不符", None: "未查"}[self.true]
        return f"{mark}　{self.words}"


def verify(path: Path, folder: Path | None) -> Iterator[Verdict]:
    """Yield what is true of a finished file; ``folder`` is its manuscript, None where it is not there."""
    pdf = read(path)
    seal = read_seal(pdf)
    if seal is None:
        yield Verdict(False, "没有封记：不是本程序排成的文件，或者被别的软件另存过")
        return
    said = seal.imprint
    kind = "定稿" if said.final else "校样，不是定稿"
    yield Verdict(
        seal.whole, "排成以后没有改动" if seal.whole else "排成以后被改动过，或被别的软件另存过"
    )
    yield Verdict(True, f"{kind}，文本编号 {said.state}，{title_of(seal)}")
    yield printed(pdf, seal)
    if folder is None:
        yield Verdict(None, "没有原稿可对：写明 BOOK=文件夹 再查一次")
        return
    yield from against(pdf, seal, folder)


def read(path: Path) -> bytes:
    """Return a file; one that is not there, or is no PDF, is told."""
    if not path.exists():
        raise disk.refusal(path, "找不到这个文件", "写成品的路径，例如 FILE=build/booklet.pdf")
    return disk.read(path, None, MOST_BYTES)


def title_of(seal: Seal) -> str:
    """Return what kind of file it says it is."""
    others = {"press-order": "付印单", "points": "校对单"}
    form = form_of(seal)
    return form.title if form else others.get(seal.form, seal.form)


def form_of(seal: Seal) -> Edition | Binding | None:
    """Return the edition, or its sheets, that it says it is; None for what no style file describes."""
    known = seal.form in paths.edition_names()
    return read_form(paths.STYLES / f"{seal.form}.toml") if known else None


def printed(pdf: bytes, seal: Seal) -> Verdict:
    """Tell whether the pages print the number that the seal has."""
    entry = seal.imprint.state if seal.form in LOOSE else seal.imprint.entry
    return Verdict(bears(pdf, entry), f"页面上印的文本编号是 {seal.imprint.state}")


def against(pdf: bytes, seal: Seal, folder: Path) -> Iterator[Verdict]:
    """Yield how a file and a manuscript agree."""
    try:
        examined = examine(folder)
    except BookletError as error:
        yield Verdict(None, f"{folder} 里的原稿现在有错误，读不出：{error.findings[0]}")
        return
    state = state_of(examined.book)
    same = state == seal.imprint.state
    now = f"{folder} 现在的原稿"
    yield Verdict(
        same, f"与 {now}是同一个文本" if same else f"{now}的文本编号是 {state}：排成以后改过"
    )
    form = form_of(seal)
    if isinstance(form, Edition):
        yield from read_back(pdf, examined, form, seal.imprint)
    elif same:
        yield Verdict(None, "这份文件只查编号和封记；段落、数字、二维码请查阅读版或印刷版")


def read_back(
    pdf: bytes, examined: Examined, edition: Edition, imprint: Imprint
) -> Iterator[Verdict]:
    """Yield what the file says otherwise than the manuscript: words, figures, codes, all that is proven."""
    try:
        found = prove(pdf, examined.book, edition, examined.fonts, imprint)
    except Exception:  # a file that was tampered with may be anything inside
        yield Verdict(False, "页面读不出来，文件已损坏")
        return
    wrong = [one for one in found if one.severity == "error"]
    if not wrong:
        yield Verdict(True, "段落、数字、引文、链接逐一读回，与原稿一致")
    for one in wrong:
        yield Verdict(False, one.message)
