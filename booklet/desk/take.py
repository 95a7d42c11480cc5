"""What is taken away: every edition made as on the command line, and the files to hand out."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

from booklet import freshness, paths
from booklet.build import Output, build
from booklet.errors import BookletError, Finding
from booklet.standing import Standing
from booklet.workers import cores

FOR_WHOM = {  # by the end of a file's name: who gets it, and what for
    "booklet.pdf": "发到群里，在屏幕上看",
    "booklet-press.pdf": "核对用：印刷厂的整本单页",
    "booklet-press-cover.pdf": "交给印刷厂：封面一张",
    "booklet-press-inner.pdf": "交给印刷厂：内文单页",
    "booklet-press-order.pdf": "交给印刷厂：付印单",
    "booklet-imposed.pdf": "办公室打印机双面打印，对折，钉两枚钉",
    "booklet-large.pdf": "给视力弱的读者",
    "booklet-phone.pdf": "手机上看",
}


@dataclass(frozen=True, slots=True)
class File:
    """A finished file to hand out."""

    name: str
    title: str
    remark: str
    use: str
    size: int


@dataclass(slots=True)
class Take:
    """Makes the files of a book; ``stage`` says how far it is, "" when nothing is being made."""

    folder: Path
    standing: Standing
    stage: str = ""
    files: list[File] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()

    @property
    def out(self) -> Path:
        """The folder that the files are in."""
        return paths.out_of(self.folder)

    def start(self) -> bool:
        """Begin to make every edition, unless that is being done."""
        if self.stage:
            return False
        self.stage = "开始"
        threading.Thread(target=self.run, name="take", daemon=True).start()
        return True

    def run(self) -> None:
        """Make every edition, and remember what was made as the command line does."""
        self.findings, self.files = (), []
        before = freshness.fingerprint(self.folder)
        try:
            made, findings = build(
                self.folder, self.out, self.tell, at_once=cores(), standing=self.standing
            )
            given = [output.path for output in made]
            freshness.remember(self.folder, self.out, (before, made[0].imprint.state), given)
            self.files = [file_of(output) for output in made]
            self.findings = tuple(findings)
        except BookletError as error:
            self.findings = error.findings
        finally:
            self.tell("")

    def tell(self, words: str) -> None:
        """Say how far it is."""
        self.stage = words

    def path(self, name: str) -> Path | None:
        """Return a file that was made by its name, None for any other."""
        known = {file.name for file in self.files}
        return self.out / name if name in known else None


def file_of(output: Output) -> File:
    """Return a finished file as it is handed out."""
    use = FOR_WHOM.get(output.path.name, output.title)
    return File(output.path.name, output.title, output.remark, use, len(output.pdf))
