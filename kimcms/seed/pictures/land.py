"""The ground of an outdoor picture: sky, the mountains around Malang, fields."""

from __future__ import annotations

from kimcms.seed.pictures.canvas import HEIGHT, WIDTH, Canvas, Point, spline
from kimcms.seed.pictures.palette import WHITE, Color, Light, mix, pale

# Skylines from left to right: (x, height as a share of the range's height).
ARJUNA: tuple[Point, ...] = (
    (-60, 0.1), (120, 0.28), (270, 0.62), (352, 0.96), (392, 0.86), (440, 1.0), (540, 0.66),
    (690, 0.36), (860, 0.3), (1040, 0.42), (1260, 0.3),
)  # fmt: skip
PANDERMAN: tuple[Point, ...] = (
    (-60, 0.55), (90, 0.62), (240, 0.38), (420, 0.2), (600, 0.3), (740, 0.58), (846, 0.98),
    (900, 0.9), (1000, 0.56), (1120, 0.5), (1260, 0.66),
)  # fmt: skip
RIDGE: tuple[Point, ...] = (
    (-60, 0.7), (150, 0.5), (330, 0.82), (520, 0.6), (700, 0.38), (880, 0.66), (1060, 0.9),
    (1260, 0.62),
)  # fmt: skip


def box(left: float, top: float, right: float, bottom: float) -> list[Point]:
    """The corners of a rectangle."""
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def sky(c: Canvas, light: Light, horizon: float, sun: Point | None = None) -> None:
    """A gradient down to the horizon, with the sun's disc and its glow."""
    c.fade(box(0, 0, WIDTH, horizon + 40), *light.sky)
    if sun:
        c.soft(*sun, 330, 330, light.sun, 0.6)
        c.oval(*sun, 40, 40, mix(light.sun, WHITE, 0.3))


def cloud(c: Canvas, x: float, y: float, w: float, tone: Color, alpha: int = 150) -> None:
    """A flat-bottomed cloud of overlapping rounds."""
    points: list[Point] = [
        (x - w * 0.5, y), (x - w * 0.42, y - w * 0.07), (x - w * 0.26, y - w * 0.09),
        (x - w * 0.16, y - w * 0.19), (x + w * 0.02, y - w * 0.2), (x + w * 0.13, y - w * 0.12),
        (x + w * 0.3, y - w * 0.13), (x + w * 0.4, y - w * 0.05), (x + w * 0.52, y),
        (x + w * 0.2, y + w * 0.02), (x - w * 0.2, y + w * 0.02),
    ]  # fmt: skip
    c.blob(points, tone, alpha)


def clouds(c: Canvas, light: Light, top: float = 60, low: float = 220, count: int = 4) -> None:
    """Some clouds, the lower the smaller."""
    for at in range(count):
        x = WIDTH * (at + c.rng.uniform(0.1, 0.9)) / count
        y = c.rng.uniform(top, low)
        cloud(c, x, y, c.rng.uniform(150, 300) * (1.15 - y / 700), light.cloud, 135)


def skyline(line: tuple[Point, ...], foot: float, high: float, shift: float) -> list[Point]:
    """The outline of a mountain range standing at `foot`."""
    top = spline([(x + shift, foot - share * high) for x, share in line], closed=False)
    return [*top, (WIDTH + 90, foot + 60), (-90, foot + 60)]


def mountains(c: Canvas, light: Light, horizon: float, shift: float = 0) -> None:
    """Arjuna, Panderman and a near ridge, each paler towards its foot."""
    far, middle, near, _ = light.hills
    for line, high, tone, slide in (
        (ARJUNA, 245, far, shift),
        (PANDERMAN, 170, middle, shift * 0.6),
        (RIDGE, 92, near, shift * 0.3),
    ):
        c.fade(skyline(line, horizon, high, slide), tone, mix(tone, light.sky[1], 0.55))


def treeline(
    c: Canvas, light: Light, y: float, size: float = 30, tone: Color | None = None
) -> None:
    """A distant row of tree tops."""
    color = tone or light.hills[3]
    x = -20.0
    while x < WIDTH + 40:
        r = size * c.rng.uniform(0.6, 1.25)
        c.oval(x, y - r * 0.3, r, r * 0.9, color)
        c.oval(x - r * 0.25, y - r * 0.55, r * 0.55, r * 0.45, pale(color, 0.1))
        x += r * 1.15
    c.rect((0, y - 2, WIDTH, y + size), color)


def field(c: Canvas, y: float, tone: Color, front: Color | None = None) -> None:
    """Flat ground from `y` to the lower edge."""
    c.fade(box(0, y, WIDTH, HEIGHT), pale(tone, 0.25), front or mix(tone, (70, 60, 60), 0.1))


def tufts(c: Canvas, tone: Color, area: tuple[float, float, float, float], count: int) -> None:
    """Small blades of grass, larger towards the front."""
    spots = sorted(
        (c.rng.uniform(area[1], area[3]), c.rng.uniform(area[0], area[2])) for _ in range(count)
    )
    for y, x in spots:
        size = 5 + 16 * max(0.0, (y - 400) / 400)
        for lean in (-0.5, 0.0, 0.5):
            c.line([(x, y), (x + lean * size, y - size)], 1.6, tone)


def pebbles(c: Canvas, tone: Color, area: tuple[float, float, float, float], count: int) -> None:
    """Flat specks which give the ground a scale."""
    for _ in range(count):
        x, y = c.rng.uniform(area[0], area[2]), c.rng.uniform(area[1], area[3])
        size = 2 + 7 * max(0.0, (y - 400) / 400)
        c.oval(x, y, size, size * 0.35, tone, 110)


def country(
    c: Canvas, light: Light, horizon: float = 430, sun: Point | None = None, shift: float = 0
) -> None:
    """Sky, clouds and mountains; the caller lays the ground below `horizon`."""
    sky(c, light, horizon, sun)
    clouds(c, light)
    mountains(c, light, horizon, shift)
    treeline(c, light, horizon, 24)


def rain(c: Canvas, count: int) -> None:
    """Slanting rain."""
    for _ in range(count):
        x, y = c.rng.uniform(-40, WIDTH + 80), c.rng.uniform(-40, HEIGHT)
        long = c.rng.uniform(18, 52)
        c.line([(x, y), (x - long * 0.24, y + long)], 1.6, (236, 242, 244), 120)
