"""What a book costs as it grows, beside other engines: ``python -m bench.growth [sizes]``, part of ``make bench``.

The sample 1, 10 and 100 times as long, its characters growing with it, each engine a process of its own
that is timed whole, by turns; medians. Prints a table and draws ``docs/speed.svg``.

ours    the reading edition, cold: read, proofread, composed, made up, written, proven
plain   WeasyPrint alone on the same HTML as free text, with faces cut down before, no proof
typst   Typst, where installed: the running text alone
xelatex, chromium: where installed, on the running text and on the HTML
"""

import importlib.util
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from booklet import paths

RUNS = {1: 7, 10: 3, 100: 1}
MOST_SPEECHES = 10  # times the speeches are copied; then each grows
SHIFTED = 11  # of so many Han one is exchanged in each copy
DRAWING = Path("docs/speed.svg")
OURS = "from pathlib import Path; from booklet.build import build; build(Path('book'), Path('out').resolve(), lambda _: None, 'reading')"
PLAIN = "import weasyprint; weasyprint.HTML('plain/book.html').write_pdf('out/plain.pdf', pdf_variant='pdf/ua-1')"
TYPST = "import typst; typst.compile('plain/book.typ', 'out/typst.pdf', font_paths=['plain'])"
TEX = r"\documentclass[a5paper]{ctexbook}\begin{document}%s\end{document}"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: seconds of wall and CPU, MiB at the most, bytes of the file."""

    wall_s: float
    cpu_s: float
    peak_mib: float
    size: int


def shifted(text: str, copy: int) -> str:
    """Return a text in which some Han are others, other ones in each copy."""
    chars = list(text)
    for at in range(copy % SHIFTED, len(chars), SHIFTED):
        if "\u4e00" <= chars[at] <= "\u9fa5" and copy:
            chars[at] = chr(0x4E00 + (ord(chars[at]) + 37 * copy) % 3000)
    return "".join(chars)


def write_book(folder: Path, times: int) -> None:
    """Write the sample so many times as long; no boxes, whose words would have to be found again."""
    folder.mkdir()
    copies = min(times, MOST_SPEECHES)
    for number in range(copies):
        for path in sorted((paths.ROOT / "speeches").glob("0[1-9]*.md")):
            _, head, body = path.read_text("utf-8").split("---\n", 2)
            kept = [row for row in head.split("\n") if re.match("title|speaker|designation", row)]
            words = re.sub(r"^(:::|!\[).*$", "", body, flags=re.MULTILINE)
            long = "\n".join(shifted(words, number + copies * n) for n in range(times // copies))
            name = f"{number:03}-{path.name}"
            (folder / name).write_text("---\n" + "\n".join(kept) + f"\n---\n{long}", "utf-8")
    (folder / "booklet.yaml").write_text("title: 用时\neditions: [reading]\n", "utf-8")


def write_plain(folder: Path, book: Path) -> None:
    """Write what the other engines set: HTML with its faces, and running text."""
    from bench.peer import document
    from bench.setters import typst_source
    from booklet.build import setting_of
    from booklet.compose.keeping import names_of
    from booklet.model import paragraphs
    from booklet.proof.examine import examine

    folder.mkdir()
    examined = examine(book)
    setting = setting_of("reading", examined.book.theme, examined.fonts, names_of(examined.book))
    for name, data in document(examined.book, setting).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    texts = [text for one in examined.book.speeches for text, _ in paragraphs(one.blocks)]
    (folder / "words.json").write_text(json.dumps(texts), "utf-8")
    (folder / "book.typ").write_text(typst_source("reading"), "utf-8")
    shutil.copy(examined.fonts["song-400"].path, folder)
    words = "\n\n".join(re.sub(r"([#$%&_{}~^\\])", r"\\\1", text) for text in texts)
    (folder / "book.tex").write_text(TEX % words, "utf-8")


def engines() -> dict[str, tuple[list[list[str]], str]]:
    """Return the commands of each engine that is there, and the file that they make."""
    python = [sys.executable, "-X", "utf8", "-c"]
    found = {"ours": ([[*python, OURS]], "booklet.pdf"), "plain": ([[*python, PLAIN]], "plain.pdf")}
    if importlib.util.find_spec("typst"):
        found["typst"] = ([[*python, TYPST]], "typst.pdf")
    if shutil.which("xelatex"):
        tex = ["xelatex", "-interaction=batchmode", "-output-directory=out", "plain/book.tex"]
        found["xelatex"] = ([tex, tex], "book.pdf")
    if chromium := shutil.which("chromium"):
        flags = ["--headless", "--no-sandbox", "--print-to-pdf=out/chromium.pdf"]
        found["chromium"] = ([[chromium, *flags, "plain/book.html"]], "chromium.pdf")
    return found


def timed(commands: list[list[str]], made: str, room: Path) -> Cost:
    """Run an engine's commands in a folder; return what they took together."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONPATH": str(paths.ROOT), "SOURCE_DATE_EPOCH": "0"}
    wall = peak = 0.0
    for command in commands:
        start = os.times().elapsed
        process = subprocess.Popen(
            command, cwd=room, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{command[0]}: {process.returncode}")
        wall += os.times().elapsed - start
        peak = max(peak, usage.ru_maxrss / 1024)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, peak, (room / "out" / made).stat().st_size)


def measured(times: int) -> dict[str, Cost]:
    """Return the medians of each engine on the sample so many times as long."""
    runs: dict[str, list[Cost]] = {}
    with TemporaryDirectory() as name:
        room = Path(name)
        # In a process of its own: what ours has loaded would count as the peak of all that follow.
        write = [sys.executable, "-X", "utf8", "-m", "bench.growth", "write", str(times), name]
        subprocess.run(write, check=True, env={**os.environ, "PYTHONPATH": str(paths.ROOT)})
        (room / "out").mkdir()
        for _ in range(RUNS.get(times, 1)):
            for engine, (commands, made) in engines().items():
                runs.setdefault(engine, []).append(timed(commands, made, room))
    return {engine: middle(costs) for engine, costs in runs.items()}


def middle(costs: list[Cost]) -> Cost:
    """Return the median of each figure."""

    def of(figure: Callable[[Cost], float]) -> float:
        return statistics.median(map(figure, costs))

    return Cost(
        of(lambda c: c.wall_s),
        of(lambda c: c.cpu_s),
        of(lambda c: c.peak_mib),
        round(of(lambda c: c.size)),
    )


def drawing(results: Mapping[int, Mapping[str, Cost]]) -> str:
    """Return bars of CPU seconds, as multiples of plain WeasyPrint's, a group for each size."""
    rows: list[str] = []
    y = 16
    for times, costs in results.items():
        rows.append(f'<text x="0" y="{y + 11}" font-weight="bold">×{times}</text>')
        for engine, cost in costs.items():
            share = cost.cpu_s / costs["plain"].cpu_s
            fill = "#B5121B" if engine == "ours" else "#B08D57"
            rows.append(f'<text x="48" y="{y + 11}">{engine}</text>')
            rows.append(
                f'<rect x="120" y="{y}" width="{140 * share:.0f}" height="13" fill="{fill}"/>'
            )
            rows.append(
                f'<text x="{126 + 140 * share:.0f}" y="{y + 11}">{share:.2f}（{cost.cpu_s:.1f} s）</text>'
            )
            y += 18
        y += 10
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="720" height="{y}" font-family="sans-serif" '
        f'font-size="12" fill="#333">{"".join(rows)}</svg>\n'
    )


def main(sizes: list[int]) -> None:
    """Print a row for each size and engine, and draw the bars."""
    results: dict[int, dict[str, Cost]] = {}
    print("times  engine     wall s   CPU s  peak MiB     bytes  CPU/plain")
    for times in sizes:
        results[times] = measured(times)
        plain = results[times]["plain"].cpu_s
        for engine, cost in results[times].items():
            print(f"{times:5}  {engine:9} {cost.wall_s:7.2f} {cost.cpu_s:7.2f} {cost.peak_mib:9.0f} "
                  f"{cost.size:9}  {cost.cpu_s / plain:6.2f}", flush=True)  # fmt: skip
    DRAWING.write_text(drawing(results), "utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["write"]:
        write_book(Path(sys.argv[3]) / "book", int(sys.argv[2]))
        write_plain(Path(sys.argv[3]) / "plain", Path(sys.argv[3]) / "book")
    else:
        main([int(size) for size in sys.argv[1:]] or [1, 10])
