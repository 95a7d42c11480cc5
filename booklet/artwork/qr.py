"""Links to vector QR codes of a size that a phone can read from paper.

Lengths in mm of the printed page. A code is its modules and a quiet zone of 4 modules on each side
(ISO/IEC 18004, 6.3.8). Measured: 0.4 mm a module always reads, 0.33 mm is the floor.
"""

from dataclasses import dataclass
from functools import lru_cache

import qrcode
from qrcode.constants import ERROR_CORRECT_M

from booklet.errors import Finding
from booklet.model import Link

QUIET = 4  # modules
GOOD_MODULE_MM = 0.4
LEAST_MODULE_MM = 0.33
MOST_LINKS = 1_000  # whose codes are remembered


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: ``rows`` of modules (True is black) and its side with quiet zone, in mm."""

    rows: tuple[tuple[bool, ...], ...]
    side_mm: float

    @property
    def module_mm(self) -> float:
        """Side of one module in mm."""
        return self.side_mm / (len(self.rows) + 2 * QUIET)

    @property
    def quiet_mm(self) -> float:
        """Width of the quiet zone in mm."""
        return QUIET * self.module_mm

    def svg(self) -> str:
        """Return the code as SVG with its white plate, one path; colours are the theme's variables."""
        across = len(self.rows) + 2 * QUIET
        path = "".join(
            f"M{x + QUIET} {y + QUIET}h{run}v1h-{run}z"
            for y, row in enumerate(self.rows)
            for x, run in runs(row)
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across} {across}" '
            f'width="{self.side_mm}mm" height="{self.side_mm}mm">'
            f'<rect width="{across}" height="{across}" fill="var(--paper)"/>'
            f'<path d="{path}" fill="var(--black)"/></svg>'
        )


def runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Return (start, length) of each unbroken run of black modules in a row."""
    found, start = [], -1
    for x, black in enumerate((*row, False)):
        if black and start < 0:
            start = x
        elif not black and start >= 0:
            found.append((start, x - start))
            start = -1
    return found


def code(url: str, least_mm: float, most_mm: float) -> Code:
    """Return the code of ``url``, as small as is good to read within the two sizes."""
    rows = modules(url)
    wanted = (len(rows) + 2 * QUIET) * GOOD_MODULE_MM
    return Code(rows, round(min(max(wanted, least_mm), most_mm), 2))


@lru_cache(MOST_LINKS)
def modules(url: str) -> tuple[tuple[bool, ...], ...]:
    """Return the modules of a code by rows; one code serves all editions."""
    maker = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    maker.add_data(url)
    maker.make(fit=True)
    return tuple(tuple(map(bool, row)) for row in maker.get_matrix())


def check(link: Link, least_mm: float, most_mm: float) -> list[Finding]:
    """Return what is wrong with a link as a printed code: too fine to read, or nearly."""
    try:
        module = code(link.url, least_mm, most_mm).module_mm
    except ValueError:  # more than a QR code holds
        module = 0.0
    if module >= GOOD_MODULE_MM - 0.001:
        return []
    fatal = module < LEAST_MODULE_MM
    return [
        Finding(
            link.path,
            link.line,
            f"网址有 {len(link.url)} 个字符，印出的二维码每格只有 {module:.2f} 毫米，"
            + ("手机扫不出来" if fatal else "旧手机可能扫不出来"),
            "换成短一些的网址（80 个字符以内）",
            "error" if fatal else "warning",
            "二维码-01",
        )
    ]
