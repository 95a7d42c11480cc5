"""Plant wrong constants one by one and see whether the tests find them: ``make faults``.

Each fault changes one line of a copy of the checkout; the tests that own that line must fail. A fault
that none finds is a rule that nobody holds: write the test, do not take the fault out.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LENT = (".venv", "fonts/node_modules")  # links in the copy
LIMIT_S = 300


@dataclass(frozen=True, slots=True)
class Fault:
    """In ``path`` the text ``old``, which stands there once, becomes ``new``; ``tests`` should tell."""

    path: str
    old: str
    new: str
    tests: str


PRICES = "test_prices"
PAGES = "test_golden test_dress"
FAULTS = (
    # Prices.
    Fault("booklet/prices.py", "TIGHT = 0.6", "TIGHT = 0.9", PRICES),
    Fault("booklet/prices.py", "LOOSEST_EM = 0.03", "LOOSEST_EM = 0.05", PRICES),
    Fault("booklet/prices.py", "OVERSTRETCH = 300.0", "OVERSTRETCH = 900.0", PRICES),
    Fault("booklet/prices.py", "SHORT_RUNT = 60.0", "SHORT_RUNT = 20.0", PRICES),
    Fault("booklet/prices.py", "PARTED = 450.0", "PARTED = 300.0", PRICES),
    Fault("booklet/prices.py", "SPLIT = 450.0", "SPLIT = 100.0", PRICES),
    Fault("booklet/prices.py", "TORN = 1.5", "TORN = 0.3", PRICES),
    Fault("booklet/prices.py", "CROSSED = 25_000.0", "CROSSED = 2_500.0", PRICES),
    Fault("booklet/prices.py", "STACKED = 9_000.0", "STACKED = 900.0", PRICES),
    Fault("booklet/prices.py", "APART = 10", "APART = 4", PRICES),
    Fault("booklet/prices.py", "FAR = 12.0", "FAR = 20.0", PRICES),
    Fault("booklet/prices.py", "BEFORE = 2_000.0", "BEFORE = 900.0", PRICES),
    Fault("booklet/prices.py", "ASTRAY = 1_400.0", "ASTRAY = 300.0", PRICES),
    Fault("booklet/prices.py", "TRAILING = 6_000.0", "TRAILING = 0.0", PRICES),
    # Lines.
    Fault("booklet/compose/justify.py", "        marks(BRACKETS),\n        marks(PAUSES),",
          "        marks(PAUSES),\n        marks(BRACKETS),", PRICES),
    Fault("booklet/compose/justify.py", "for at in open_ if not gaps[at]]", "for at in open_]", PRICES),
    Fault("booklet/compose/glyphs.py", "GAP = 0.25", "GAP = 0.33", PRICES),
    Fault("booklet/compose/glyphs.py", "GAP_LEAST, GAP_MOST = 0.125, 0.29",
          "GAP_LEAST, GAP_MOST = 0.125, 0.4", PRICES),
    Fault("booklet/compose/glyphs.py", "SPACE_GIVES, SPACE_TAKES = 0.06, 0.2",
          "SPACE_GIVES, SPACE_TAKES = 0.2, 0.2", PRICES),
    Fault("booklet/compose/glyphs.py", '"·": 0.5}', '"·": 1.0}', "test_golden test_compose"),
    Fault("booklet/compose/paragraph.py", "INDENT = 2.0", "INDENT = 1.5", PAGES),
    Fault("booklet/text/clreq.py", 'CLOSING | frozenset("·—…～–/％%℃")', 'CLOSING | frozenset("·—…～–/")',
          "test_compose test_golden"),
    # Sizes and faces.
    Fault("styles/type.toml", "[heading]                 # 一、 1. （1）\nrole = \"hei-700\"\nsize = 11.4975",
          "[heading]\nrole = \"hei-700\"\nsize = 13.65", PAGES),
    Fault("styles/type.toml", "[caption]\nrole = \"kai-400\"\nsize = 9", "[caption]\nrole = \"kai-400\"\nsize = 7", PAGES),
    Fault("styles/type.toml", "[table]\nrole = \"song-400\"\nsize = 9", "[table]\nrole = \"song-400\"\nsize = 7.5", PAGES),
    Fault("styles/type.toml", "[footnote]\nrole = \"song-400\"\nsize = 8.5", "[footnote]\nrole = \"song-400\"\nsize = 7.5", PAGES),
    Fault("styles/type.toml", "role = \"song-400\"\nsize = 7\n", "role = \"song-400\"\nsize = 12\n", PAGES),
    Fault("styles/type.toml", "pad = 30 ", "pad = 90 ", PAGES),
    Fault("styles/type.toml", "[running-head]\nrole = \"kai-400\"\nsize = 8.5", "[running-head]\nrole = \"kai-400\"\nsize = 4", PAGES),
    Fault("styles/type.toml", "rows = 3                  # of one row of a box", "rows = 2", PAGES),
    Fault("styles/type.toml", "[subheading]              # （一）\nrole = \"kai-400\"", "[subheading]\nrole = \"hei-700\"", PAGES),
    Fault("styles/reading.toml", "line_pt = 18 ", "line_pt = 17.5 ", PAGES),
    Fault("booklet/render/piece.py", "USUAL_OPENING = 10", "USUAL_OPENING = 8", PAGES),
    Fault("booklet/render/boxes.py", "MOST_COLUMNS = 3", "MOST_COLUMNS = 2", PAGES),
    Fault("booklet/faces/fonts.py", "ASCENT, DESCENT = 0.88, 0.12", "ASCENT, DESCENT = 0.8, 0.2", PAGES),
    # Truth.
    Fault("booklet/text/numbers.py", 'ORDINAL = r"第|', 'ORDINAL = r"', "test_truth"),
    Fault("booklet/text/numbers.py", "|至|到)", "|到)", "test_truth"),
    Fault("booklet/text/numbers.py", "|以上|", "|", "test_truth"),
    Fault("booklet/proof/proofread.py", "QUOTES_MOST = 3", "QUOTES_MOST = 9", "test_truth"),
    Fault("booklet/proof/proofread.py", "block.level > last + 1", "block.level > last + 2", "test_truth"),
    Fault("booklet/preflight/words.py", "QUOTE_TIMES = 2", "QUOTE_TIMES = 1", "test_press"),
    Fault("booklet/preflight/words.py", "FIGURE_TIMES = 3", "FIGURE_TIMES = 2", "test_press"),
    Fault("booklet/preflight/lines.py", "FLUSH = 0.02", "FLUSH = 0.9", "test_galley"),
    Fault("booklet/preflight/lines.py", "EXPANSION = 0.055", "EXPANSION = 0.9", "test_galley"),
    Fault("booklet/preflight/sight.py", "OVERLAP = 0.25", "OVERLAP = 0.95", "test_sight"),
    Fault("booklet/preflight/sight.py", "SAFE_MM = 3.0", "SAFE_MM = 0.0", "test_sight"),
    Fault("booklet/preflight/sight.py", "INK = 24", "INK = 0", "test_sight"),
    Fault("booklet/text/names.py", "LEAST_TERM = 4", "LEAST_TERM = 40", "test_names"),
    Fault("booklet/text/amounts.py", "self.value * 15", "self.value * 95", "test_sums"),
    Fault("booklet/proof/sums.py", "Decimal(1)) for one in found) / 2", "Decimal(1)) for one in found) * 9", "test_sums"),
    Fault("booklet/proof/lists.py", "for sign in signs) + 1", "for sign in signs) + 2", "test_sums"),
    Fault("booklet/proof/facts.py", "LEAST = 5", "LEAST = 50", "test_sums"),
    Fault("booklet/freshness.py", "then != state", "then == state", "test_current"),
    # Sheets, codes, colours.
    Fault("booklet/finish/impose.py", "fold - across + creep", "fold - across - creep", "test_impose"),
    Fault("booklet/artwork/qr.py", "QUIET = 4", "QUIET = 1", "test_render test_press"),
    Fault("booklet/artwork/photographs.py", "LEAST_DPI = 150", "LEAST_DPI = 50", "test_press test_editions"),
    Fault("booklet/artwork/inks.py", "ImageCms.Flags.BLACKPOINTCOMPENSATION", "0", "test_editions"),
)  # fmt: skip


def copy_of_checkout(into: Path) -> None:
    """Copy what git tracks, as it is in the working tree, and link what is only lent."""
    names = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    for name in filter(None, names):
        target = into / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target)
    for name in LENT:
        (into / name).symlink_to(ROOT / name)


def found(fault: Fault) -> bool:
    """Tell whether the tests that own a line fail when it is wrong."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy_of_checkout(folder)
        path = folder / fault.path
        text = path.read_text("utf-8")
        if text.count(fault.old) != 1:
            raise SystemExit(
                f"{fault.path}: “{fault.old}” stands there {text.count(fault.old)} times"
            )
        path.write_text(text.replace(fault.old, fault.new), "utf-8")
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-n0", "-p", "no:cacheprovider"]
        command += [f"tests/{test}.py" for test in fault.tests.split()]
        environment = {**os.environ, "PYTHONPATH": str(folder), "CI": "1"}
        done = subprocess.run(
            command, cwd=folder, capture_output=True, check=False, env=environment, timeout=LIMIT_S
        )
    return done.returncode == 1


def main() -> int:
    """Plant every fault, or those whose path or text holds a word; 1 where one is not found."""
    words = sys.argv[1:]
    chosen = [f for f in FAULTS if all(word in f.path + f.old for word in words)]
    missed = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for fault, told in zip(chosen, pool.map(found, chosen), strict=True):
            missed += not told
            line = fault.new.strip().splitlines()[-1].strip()
            print(f"{'found' if told else 'MISSED'}\t{fault.path}\t{line}", flush=True)
    print(f"{len(chosen) - missed} of {len(chosen)} found")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
