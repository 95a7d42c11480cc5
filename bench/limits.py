"""Seconds and memory at each limit: ``python -m bench.limits``, a process for each book.

What is made is as large as ``booklet.limits`` allows, and a tenth of it: the ratio tells whether time
grows with the size.
"""

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from booklet.limits import most

HAN = "社区不大楼道不少志愿队用一个春天走访居民把谁家有老人缺手记本子上"
CODE = "import sys; from booklet.cli import main; sys.exit(main(['build', 'book', '--edition', 'reading']))"


def prose(count: int, seed: int = 1) -> str:
    """Return so many characters of prose that means nothing."""
    pick, out = random.Random(seed), ""
    while len(out) < count:
        out += "".join(pick.sample(HAN, pick.randint(6, 18))) + pick.choice("，，，。")
    return out[: max(count - 1, 0)] + "。"


def paragraphs(count: int) -> str:
    """Return so many short paragraphs."""
    return "\n\n".join(prose(30, number) for number in range(count))


def footnotes(count: int) -> str:
    """Return so many paragraphs with a footnote each."""
    texts = [f"{prose(60, n)[:-1]}[^{n}]。" for n in range(count)]
    return "\n\n".join([*texts, *(f"[^{n}]: {prose(20, n)}" for n in range(count))])


def rows(count: int) -> str:
    """Return a table of so many rows."""
    cells = (f"| {n} | {prose(8, n)} | {prose(12, n)} |" for n in range(count))
    return "\n".join([prose(50), "", "| 甲 | 乙 | 丙 |", "|---|---|---|", *cells])


def dressed(count: int) -> str:
    """Return prose with so many words in emphasis."""
    return "\n\n".join(
        "".join(f"*{prose(4, n + at)[:3]}*和" for at in range(50)) + "。"
        for n in range(count // 50)
    )


def speeches(folder: Path, count: int) -> None:
    """Write so many speeches."""
    for number in range(count):
        write(folder, f"{number:04}.md", prose(300, number), f"春风第{number}篇")


def write(folder: Path, name: str, body: str, title: str = "春风") -> None:
    """Write one speech."""
    text = f"---\ntitle: {title}\nspeaker: 张三\n---\n\n{body}\n"
    (folder / name).write_text(text, "utf-8")


def photograph(folder: Path, pixels: int) -> None:
    """Write a speech with a photograph of so many pixels."""
    side = int(pixels**0.5)
    Image.radial_gradient("L").resize((side, side)).convert("RGB").save(folder / "a.png")
    write(folder, "01.md", f"{prose(100)}\n\n![会场](a.png)")


def one(make: Callable[[int], str]) -> Callable[[Path, int], None]:
    """Return a maker of a book of one speech."""
    return lambda folder, count: write(folder, "01.md", make(count))


CASES: dict[str, Callable[[Path, int], None]] = {
    "paragraph": one(prose),
    "word": one(lambda count: ("abcdefghij" * (count // 10 + 1))[:count]),
    "marks": one(lambda count: ("甲" + "\u0301" * count + "乙") * 20),
    "blocks": one(paragraphs),
    "runs": one(dressed),
    "footnotes": one(footnotes),
    "rows": one(rows),
    "speeches": speeches,
    "picture": photograph,
}


def measure(make: Callable[[Path, int], None], count: int) -> tuple[float, int, str]:
    """Return seconds, peak MiB and what was said last, of one build."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "book"
        folder.mkdir()
        (folder / "booklet.yaml").write_text("title: 春风集\n", "utf-8")
        make(folder, count)
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-c", CODE], cwd=name, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONPATH": str(Path.cwd())}, text=True,
        )  # fmt: skip
        said = process.stdout.read() if process.stdout else ""
        _, _, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        return seconds, used.ru_maxrss // 1024, said.strip().splitlines()[-1][:60]


def main(names: list[str]) -> None:
    """Print a row for each limit."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for name in names or CASES:
        whole = most(name)
        small, large = (measure(CASES[name], count) for count in (whole // 10, whole))
        print(
            f"{name:10} {whole:>11}  {small[0]:6.1f} s → {large[0]:6.1f} s"
            f"  {large[1]:5} MiB  {large[2]}",
            flush=True,
        )


if __name__ == "__main__":
    main(sys.argv[1:])
