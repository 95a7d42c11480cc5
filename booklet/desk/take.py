"""What is taken away: files made as on the command line, how far that is, and who gets each of them."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from booklet import freshness, paths
from booklet.build import Output, build_points
from booklet.errors import Finding, findings_of
from booklet.finish.pictures import draw_pages
from booklet.making import make
from booklet.signoff import UnsignedError
from booklet.standing import Standing
from booklet.workers import Tell, apart

FOR_WHOM = {  # by the end of a file's name: who gets it, and what for
    "booklet.pdf": "发到群里，在屏幕上看",
    "booklet-press.pdf": "核对用：印刷厂的整本单页",
    "booklet-press-cover.pdf": "交给印刷厂：封面一张",
    "booklet-press-inner.pdf": "交给印刷厂：内文单页",
    "booklet-press-order.pdf": "交给印刷厂：付印单",
    "booklet-imposed.pdf": "办公室打印机双面打印，对折，钉两枚钉",
    "booklet-large.pdf": "给视力弱的读者",
    "booklet-phone.pdf": "手机上看",
    "points.pdf": "打印出来，逐条核对签字",
    "share.zip": "各页图片，解开以后发群",
}
SHARE = "share"  # folder of the pages as pictures


@dataclass(frozen=True, slots=True)
class File:
    """A finished file to hand out; ``title`` and ``remark`` are "" for one of an earlier run."""

    name: str
    title: str
    remark: str
    use: str
    size: int


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a piece of work: title and remark of each file by its name, warnings, words about it.

    ``final`` is the number of the 定稿 that was made, "" for a 校样, None where neither was.
    """

    final: str | None = None
    titles: dict[str, tuple[str, str]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    words: str = ""


@dataclass(slots=True)
class Take:
    """Makes the files of a book, each time in a process of its own.

    ``stages`` tell how far each edition is ("" is the book as a whole), while something is being made;
    ``final`` is the number of the 定稿 that the files are, "" for a 校样.
    """

    folder: Path
    standing: Standing
    stages: dict[str, str] = field(default_factory=dict)
    busy: bool = False
    final: str = ""
    titles: dict[str, tuple[str, str]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    words: str = ""

    @property
    def out(self) -> Path:
        """The folder that the files are in."""
        out = paths.out_of(self.folder)
        return out / f"final-{self.final}" if self.final else out

    def start(self, what: str) -> bool:
        """Begin to make every edition, the 定稿, pictures or the list to sign, unless something is being made."""
        work = {
            "all": self.make_all, "final": self.make_final, "share": self.make_share,
            "points": self.make_points,
        }.get(what)  # fmt: skip
        if self.busy or work is None:
            return False
        self.busy, self.stages, self.findings, self.words = True, {"": "开始"}, (), ""
        threading.Thread(target=self.run, args=(work,), name="take", daemon=True).start()
        return True

    def run(self, work: Callable[[Tell], Done]) -> None:
        """Do a piece of work, and keep what came of it, or what is wrong."""
        try:
            done = apart(work, self.tell)
            self.final = self.final if done.final is None else done.final
            self.titles |= done.titles
            self.findings, self.words = done.findings, done.words
        except Exception as error:  # the desk stays, and says what it was
            self.findings = findings_of(error)
        finally:
            self.busy, self.stages = False, {}

    def make_all(self, tell: Tell) -> Done:
        """Make every edition as a 校样."""
        out = paths.out_of(self.folder)
        made = make(self.folder, out, tell, standing=self.standing)
        return Done("", titles_of(made.outputs), tuple(made.findings))

    def make_final(self, tell: Tell) -> Done:
        """Make every edition as the 定稿; where somebody must still look, bring the list to sign up to date."""
        out = paths.out_of(self.folder)
        try:
            made = make(self.folder, out, tell, final=True)
        except UnsignedError as error:
            build_points(self.folder, out, error.warnings)
            raise
        state = made.outputs[0].imprint.state
        words = f"定稿 {state}，编号印在版本记录里"
        return Done(state, titles_of(made.outputs), tuple(made.findings), words)

    def make_share(self, tell: Tell) -> Done:
        """Draw the pages of the reading edition for chats; made before where the manuscript has changed."""
        done = Done()
        if not (self.final or freshness.is_fresh(self.folder, self.out)):
            done = self.make_all(tell)
        out = paths.out_of(self.folder) if done.final == "" else self.out
        tell("各页存成图片")
        drawn = draw_pages(out / "booklet.pdf", out / SHARE)
        return replace(done, words=f"{len(drawn)} 张图片")

    def make_points(self, tell: Tell) -> Done:
        """Print the list to sign."""
        tell("排校对单")
        made = build_points(self.folder, paths.out_of(self.folder))[1]
        return Done(titles=titles_of([made]), words=f"校对单：{made.remark}")

    def tell(self, words: str) -> None:
        """Say how far it is: ``edition：step``, or a step of the whole."""
        edition, colon, step = words.partition("：")
        self.stages = self.stages | ({edition: step} if colon else {"": words})

    def told(self) -> dict[str, Any]:
        """Return what the page shows, but for the findings."""
        busy = self.busy  # asked first: what else is said is then no older
        fresh = bool(self.final) or freshness.is_fresh(self.folder, self.out)
        return {
            "busy": busy,
            "stages": [{"edition": name, "step": step} for name, step in self.stages.items()],
            "words": self.words,
            "final": self.final,
            "fresh": fresh,
            "files": [] if busy else [asdict(file) for file in self.files()],
        }

    def files(self) -> list[File]:
        """Return the files there are to hand out."""
        known = freshness.recall(self.out).files
        names = [name for name in FOR_WHOM if name in known]
        names += sorted(known.keys() - FOR_WHOM.keys())
        found = [self.out / name for name in names]
        found += [paths.out_of(self.folder) / "points.pdf"]
        files = [self.file(path) for path in found if path.is_file()]
        pictures = list((self.out / SHARE).glob("*.png"))
        if pictures:
            size = sum(path.stat().st_size for path in pictures)
            use = FOR_WHOM["share.zip"]
            files.append(File("share.zip", "图片", f"{len(pictures)} 张", use, size))
        return files

    def file(self, path: Path) -> File:
        """Return a finished file as it is handed out."""
        title, remark = self.titles.get(path.name, ("", ""))
        use = FOR_WHOM.get(path.name, title)
        return File(path.name, title, remark, use, path.stat().st_size)

    def data(self, name: str) -> Path | bytes | None:
        """Return a file that is handed out, by its name: where it is, or what is in it; None for any other."""
        if name not in {file.name for file in self.files()}:
            return None
        if name == "share.zip":
            return zipped(sorted((self.out / SHARE).glob("*.png")))
        return (paths.out_of(self.folder) if name == "points.pdf" else self.out) / name


def titles_of(outputs: Sequence[Output]) -> dict[str, tuple[str, str]]:
    """Return title and remark of files by their names."""
    return {one.path.name: (one.title, one.remark) for one in outputs}


def zipped(files: list[Path]) -> bytes:
    """Return files in one; pictures are packed already."""
    held = BytesIO()
    with ZipFile(held, "w", ZIP_STORED) as archive:
        for path in files:
            archive.write(path, path.name)
    return held.getvalue()
