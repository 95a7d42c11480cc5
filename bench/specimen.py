"""Draw the pictures of the school sample, which show nobody: ``python -m bench.specimen``.

Flat shapes in a few colours, so that files are small and no real place or person is in them. Each picture
has the shape of its kind: buildings wide and tall, portraits, a group in two rows, a panorama.
"""

import random
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parents[1] / "speeches-school"
SKY, HAZE, FAR, NEAR, DARK = "#DDE7E4", "#C3D5D0", "#8FB0A8", "#4F7F77", "#254B47"
WALL, ROOF, LIGHT, SKIN, EARTH = "#EFE6D6", "#8A5A44", "#F7EFD9", "#E3C4A4", "#CDBE9E"
Draw = ImageDraw.ImageDraw


def sky(draw: Draw, width: int, height: int, horizon: float, seed: int) -> None:
    """Draw sky, hills and ground."""
    chance = random.Random(seed)
    draw.rectangle((0, 0, width, height), fill=SKY)
    draw.ellipse(
        (width * 0.72, height * 0.1, width * 0.72 + height * 0.14, height * 0.24), fill=LIGHT
    )
    for colour, lift in ((HAZE, 0.16), (FAR, 0.07)):
        points = [(0.0, float(height))]
        for step in range(13):
            rise = horizon - lift * (0.5 + chance.random())
            points.append((width * step / 12, height * rise))
        draw.polygon([*points, (float(width), float(height))], fill=colour)
    draw.rectangle((0, height * horizon, width, height), fill=EARTH)


def tree(draw: Draw, x: float, foot: float, size: float, colour: str = NEAR) -> None:
    """Draw a tree whose trunk stands at ``x``."""
    draw.rectangle((x - size * 0.04, foot - size * 0.5, x + size * 0.04, foot), fill=DARK)
    for dx, dy, r in ((0, 0.78, 0.3), (-0.2, 0.6, 0.22), (0.2, 0.58, 0.24)):
        cx, cy = x + dx * size, foot - dy * size
        draw.ellipse((cx - r * size, cy - r * size, cx + r * size, cy + r * size), fill=colour)


def house(
    draw: Draw, box: tuple[float, float, float, float], rows: int, columns: int, flat: bool
) -> None:
    """Draw a building with windows."""
    left, top, right, foot = box
    draw.rectangle(box, fill=WALL)
    if flat:
        draw.rectangle((left - 6, top - 10, right + 6, top), fill=ROOF)
    else:
        eaves = (right - left) * 0.06
        draw.polygon(
            [
                (left - eaves, top),
                ((left + right) / 2, top - (foot - top) * 0.3),
                (right + eaves, top),
            ],
            fill=ROOF,
        )
    wide, high = (right - left) / columns, (foot - top) / rows
    for row in range(rows):
        for column in range(columns):
            x, y = left + wide * (column + 0.25), top + high * (row + 0.25)
            draw.rectangle((x, y, x + wide * 0.5, y + high * 0.5), fill=FAR)


def person(draw: Draw, x: float, foot: float, size: float, colour: str) -> None:
    """Draw head and shoulders of nobody, ``size`` high."""
    head = size * 0.2
    top = foot - size
    draw.rounded_rectangle(
        (x - size * 0.27, top + head * 2.1, x + size * 0.27, foot + size * 0.3),
        size * 0.16,
        fill=colour,
    )
    draw.rectangle((x - head * 0.4, top + head * 1.5, x + head * 0.4, top + head * 2.4), fill=SKIN)
    draw.ellipse((x - head, top, x + head, top + head * 2.1), fill=SKIN)
    draw.pieslice(
        (x - head * 1.08, top - head * 0.16, x + head * 1.08, top + head * 1.9), 180, 360, fill=DARK
    )


def gate(draw: Draw, w: int, h: int) -> None:
    sky(draw, w, h, 0.76, 1)
    for x in (0.12, 0.9):
        tree(draw, w * x, h * 0.8, h * 0.5)
    draw.rectangle((w * 0.24, h * 0.36, w * 0.32, h * 0.8), fill=ROOF)
    draw.rectangle((w * 0.68, h * 0.36, w * 0.76, h * 0.8), fill=ROOF)
    draw.rectangle((w * 0.2, h * 0.3, w * 0.8, h * 0.38), fill=DARK)
    draw.rectangle((w * 0.34, h * 0.4, w * 0.66, h * 0.47), fill=WALL)
    draw.polygon(
        [(w * 0.36, h), (w * 0.64, h), (w * 0.56, h * 0.78), (w * 0.44, h * 0.78)], fill=LIGHT
    )


def library(draw: Draw, w: int, h: int) -> None:
    sky(draw, w, h, 0.8, 2)
    house(draw, (w * 0.16, h * 0.34, w * 0.84, h * 0.84), 4, 9, True)
    draw.rectangle((w * 0.44, h * 0.66, w * 0.56, h * 0.84), fill=DARK)
    tree(draw, w * 0.08, h * 0.86, h * 0.34)
    tree(draw, w * 0.93, h * 0.86, h * 0.3)


def ginkgo(draw: Draw, w: int, h: int) -> None:
    sky(draw, w, h, 0.82, 3)
    house(draw, (w * 0.5, h * 0.42, w * 0.98, h * 0.84), 4, 4, True)
    tree(draw, w * 0.36, h * 0.9, h * 0.72, "#D3A84C")
    chance = random.Random(5)
    for _ in range(70):
        x, y = w * chance.uniform(0.05, 0.75), h * chance.uniform(0.86, 0.98)
        draw.ellipse((x, y, x + w * 0.014, y + w * 0.008), fill="#D3A84C")


def field(draw: Draw, w: int, h: int) -> None:
    sky(draw, w, h, 0.55, 4)
    house(draw, (w * 0.08, h * 0.28, w * 0.6, h * 0.58), 3, 10, True)
    for n in range(5):
        inset = n * 0.035
        draw.ellipse(
            (w * (0.02 + inset), h * (0.6 + inset), w * (0.98 - inset), h * (1.0 - inset)),
            outline=WALL,
            width=max(w // 300, 2),
        )
    for n in range(5):
        tree(draw, w * (0.66 + n * 0.07), h * 0.6, h * 0.2)


def track(draw: Draw, w: int, h: int) -> None:
    sky(draw, w, h, 0.5, 6)
    for n, x in enumerate((0.14, 0.3, 0.5, 0.68, 0.86)):
        person(draw, w * x, h * (0.86 + 0.04 * (n % 2)), h * 0.42, (NEAR, DARK, ROOF)[n % 3])
        draw.line(
            (w * (x + 0.05), h * 0.62, w * (x + 0.09), h * 0.95), fill=DARK, width=max(w // 160, 3)
        )


def laboratory(draw: Draw, w: int, h: int) -> None:
    draw.rectangle((0, 0, w, h), fill=LIGHT)
    draw.rectangle((w * 0.1, h * 0.1, w * 0.9, h * 0.42), fill=DARK)
    for n, x in enumerate((0.22, 0.5, 0.78)):
        person(draw, w * x, h * 0.78, h * 0.4, (NEAR, ROOF, FAR)[n])
    draw.rectangle((0, h * 0.72, w, h), fill=ROOF)
    for x in (0.18, 0.36, 0.62, 0.82):
        draw.polygon(
            [(w * x, h * 0.58), (w * (x - 0.035), h * 0.72), (w * (x + 0.035), h * 0.72)], fill=SKY
        )


def planting(draw: Draw, w: int, h: int) -> None:
    sky(draw, w, h, 0.62, 7)
    tree(draw, w * 0.5, h * 0.86, h * 0.46, "#B9C46A")
    for n, x in enumerate((0.16, 0.3, 0.7, 0.86)):
        person(draw, w * x, h * 0.9, h * 0.4, (DARK, ROOF, NEAR, FAR)[n])


def panorama(draw: Draw, w: int, h: int) -> None:
    sky(draw, w, h, 0.62, 8)
    chance = random.Random(9)
    x = 0.02
    while x < 0.94:
        wide = chance.uniform(0.05, 0.12)
        top = chance.uniform(0.3, 0.52)
        house(
            draw,
            (w * x, h * top, w * (x + wide), h * 0.68),
            4,
            max(int(wide * 60), 2),
            chance.random() < 0.6,
        )
        tree(draw, w * (x + wide + 0.015), h * 0.72, h * 0.24)
        x += wide + 0.03
    draw.rectangle((0, h * 0.7, w, h), fill=NEAR)


def group(draw: Draw, w: int, h: int) -> None:
    sky(draw, w, h, 0.6, 10)
    house(draw, (w * 0.1, h * 0.08, w * 0.9, h * 0.6), 3, 16, True)
    for row, (foot, size) in enumerate(((0.78, 0.4), (0.98, 0.42))):
        for n in range(10):
            x = (n + 0.5) / 10 * 0.92 + 0.04
            person(draw, w * x, h * foot, h * size, (DARK, NEAR, ROOF, FAR)[(n + 2 * row) % 4])


def portrait(coat: str) -> Callable[[Draw, int, int], None]:
    def draw_it(draw: Draw, w: int, h: int) -> None:
        draw.rectangle((0, 0, w, h), fill=HAZE)
        person(draw, w * 0.5, h * 0.98, h * 0.82, coat)

    return draw_it


PICTURES: dict[str, tuple[Callable[[Draw, int, int], None], int, int]] = {
    "xiaomen": (gate, 1500, 1000),
    "tushuguan": (library, 1500, 1000),
    "yinxing": (ginkgo, 1000, 1400),
    "caochang": (field, 1500, 1060),
    "heying": (group, 2600, 1100),
    "quanjing": (panorama, 2600, 760),
    "paodao": (track, 1500, 1000),
    "shiyan": (laboratory, 1200, 1200),
    "zhongshu": (planting, 1500, 950),
    "zhang": (portrait(DARK), 450, 600),
    "wang": (portrait(ROOF), 450, 600),
}


def main() -> None:
    """Draw every picture, twice as large and then halved, so that edges are smooth."""
    for name, (draw_it, width, height) in PICTURES.items():
        image = Image.new("RGB", (width * 2, height * 2))
        draw_it(ImageDraw.Draw(image), width * 2, height * 2)
        small = image.resize((width, height), Image.Resampling.LANCZOS)
        small.quantize(64).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
