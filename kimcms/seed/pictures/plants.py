"""Trees, bananas, palms and pots."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, radians, sin

from kimcms.seed.pictures.canvas import Canvas, Point
from kimcms.seed.pictures.palette import (
    CLAY,
    CORAL,
    DARKWOOD,
    OCHRE,
    ROSE,
    STRAW,
    WHITE,
    WOOD,
    Color,
    dark,
    mix,
    pale,
)

Leaves = tuple[Color, Color, Color]


def blade(
    c: Canvas, root: Point, angle: float, long: float, wide: float, tone: Color, droop: float = 0.3
) -> None:
    """One arching leaf; `angle` in degrees from upright, clockwise."""
    a, lean = radians(angle), 1 if angle >= 0 else -1
    upper: list[Point] = []
    lower: list[Point] = []
    rib: list[Point] = []
    for step in range(9):
        t = step / 8
        turn = a + lean * droop * t * t * 2.2
        x = root[0] + sin((a + turn) / 2) * long * t
        y = root[1] - cos((a + turn) / 2) * long * t
        w = wide / 2 * sin(pi * (0.06 + 0.94 * t) ** 0.8)
        nx, ny = cos(turn), sin(turn)
        upper.append((x - nx * w, y - ny * w))
        lower.append((x + nx * w, y + ny * w))
        rib.append((x, y))
    c.poly([*upper, *reversed(lower)], tone)
    c.poly([*(lower if lean > 0 else upper), *reversed(rib)], dark(tone, 0.12))
    if wide > 9:
        c.line(rib, max(1.0, wide * 0.05), pale(tone, 0.25))


def tree(
    c: Canvas, x: float, y: float, h: float, leaves: Leaves, fruit: Color | None = None
) -> None:
    """A round mango tree standing at (x, y)."""
    c.shadow(x + h * 0.06, y, h * 0.34, h * 0.045)
    trunk = (x, y - h * 0.42)
    for end in ((x - h * 0.13, y - h * 0.6), (x + h * 0.14, y - h * 0.58)):
        c.taper([(x, y - h * 0.3), end], [h * 0.05, h * 0.025], DARKWOOD)
    c.taper([(x, y), trunk], [h * 0.08, h * 0.05], mix(WOOD, DARKWOOD, 0.55))
    rounds = ((-0.2, 0.56, 0.17), (0.2, 0.55, 0.18), (0, 0.52, 0.17), (-0.14, 0.72, 0.18),
            (0.15, 0.73, 0.17), (0.0, 0.83, 0.17), (0.0, 0.66, 0.2))  # fmt: skip
    for tone, shift, grow in zip(leaves[:2], (0, 0.035), (1.06, 0.84), strict=True):
        for u, v, r in rounds:
            c.blob(_ragged(c, (x + (u - shift) * h, y - (v + shift * 0.8) * h), r * h * grow), tone)
    for u, v, r in (*rounds, *((0.6 * u - 0.06, v + 0.05, r) for u, v, r in rounds)):
        for _ in range(3):
            a, d = c.rng.uniform(2.0, 5.2), c.rng.uniform(0.2, 0.75) * r
            to, up = u - 0.03 + d * cos(a), v + 0.02 - d * sin(a)
            if (to / 0.32) ** 2 + ((up - 0.69) / 0.24) ** 2 > 0.9:
                continue
            at = (x + to * h, y - up * h)
            c.blob(_ragged(c, at, h * c.rng.uniform(0.02, 0.05)), mix(leaves[1], leaves[2], 0.75))
    for _ in range(60):
        u, v = c.rng.uniform(-0.3, 0.26), c.rng.uniform(0.46, 0.92)
        tone = (leaves[0], pale(leaves[2], 0.2), leaves[2])[c.rng.randrange(3)]
        if (u / 0.36) ** 2 + ((v - 0.69) / 0.28) ** 2 < 0.85:
            blade(c, (x + u * h, y - v * h), c.rng.uniform(-110, 110), h * 0.05, h * 0.02, tone)
    if fruit:
        for u, v in ((-0.17, 0.54), (-0.04, 0.48), (0.1, 0.57), (0.2, 0.5), (0.0, 0.66)):
            c.line([(x + u * h, y - v * h), (x + u * h, y - v * h + h * 0.04)], 1.5, leaves[0])
            c.oval(x + u * h, y - v * h + h * 0.055, h * 0.019, h * 0.024, fruit)


def _ragged(c: Canvas, at: Point, r: float) -> list[Point]:
    """A round with an uneven edge."""
    return [
        (
            at[0] + r * c.rng.uniform(0.9, 1.12) * cos(2 * pi * k / 9),
            at[1] + r * 0.86 * c.rng.uniform(0.9, 1.12) * sin(2 * pi * k / 9),
        )
        for k in range(9)
    ]


def banana(c: Canvas, x: float, y: float, h: float, leaves: Leaves) -> None:
    """A banana plant with broad arching leaves."""
    c.shadow(x + h * 0.05, y, h * 0.2, h * 0.035)
    c.taper([(x, y), (x + h * 0.02, y - h * 0.5)], [h * 0.085, h * 0.05], mix(leaves[2], WOOD, 0.3))
    c.taper([(x + h * 0.02, y), (x + h * 0.03, y - h * 0.48)], [h * 0.03, h * 0.018], mix(leaves[1],
            WOOD, 0.4))  # fmt: skip
    top = (x + h * 0.02, y - h * 0.48)
    for angle, tone in ((-74, 0), (78, 0), (-50, 1), (54, 0), (-24, 1), (30, 1), (2, 2)):
        long = h * (0.5 - abs(angle) * 0.0006)
        blade(c, top, angle, long, h * 0.135, leaves[tone], 0.42)


def palm(c: Canvas, x: float, y: float, h: float, leaves: Leaves, lean: float = 0.08) -> None:
    """A coconut palm."""
    c.shadow(x, y, h * 0.1, h * 0.02)
    points = [(x + lean * h * t * t, y - h * 0.74 * t) for t in (0, 0.25, 0.5, 0.75, 1)]
    c.taper(
        points, [h * 0.045, h * 0.034, h * 0.028, h * 0.025, h * 0.022], mix(WOOD, DARKWOOD, 0.4)
    )
    for k, angle in enumerate((-108, 104, -80, 78, -52, 50, -24, 22)):
        blade(c, points[-1], angle, h * 0.34, h * 0.06, leaves[min(2, k // 3)], 0.5)
    for dx in (-0.02, 0.015, 0.0):
        c.oval(points[-1][0] + dx * h, points[-1][1] + h * 0.025, h * 0.017, h * 0.02, OCHRE)


def bush(
    c: Canvas, x: float, y: float, w: float, leaves: Leaves, bloom: Color | None = None
) -> None:
    """A low round shrub, perhaps in flower."""
    c.shadow(x + w * 0.04, y, w * 0.5, w * 0.07)
    for tone, shift, grow in zip(leaves, (0, 0.04, 0.07), (1.0, 0.8, 0.45), strict=True):
        for u, v, r in ((-0.3, 0.16, 0.2), (0.3, 0.15, 0.19), (0.02, 0.26, 0.26)):
            at = (x + (u - shift) * w, y - (v + shift) * w)
            c.blob(_ragged(c, at, r * w * grow), tone)
    if bloom:
        for _ in range(14):
            at = (x + c.rng.uniform(-0.4, 0.38) * w, y - c.rng.uniform(0.08, 0.44) * w)
            c.oval(*at, w * 0.03, w * 0.028, bloom)
            c.oval(*at, w * 0.011, w * 0.011, STRAW)


def pot(
    c: Canvas, x: float, y: float, size: float, leaves: Leaves, kind: int = 0, clay: Color = CLAY
) -> None:
    """A potted plant: 0 broad leaves, 1 sansevieria, 2 flowers, 3 a small shrub."""
    c.shadow(x + size * 0.06, y, size * 0.28, size * 0.06)
    w, top = size * 0.2, y - size * 0.36
    root = (x, top + size * 0.03)
    if kind == 0:
        for k, angle in enumerate((-68, 66, -40, 42, -14, 18)):
            blade(c, root, angle, size * 0.56, size * 0.17, leaves[min(2, k // 2)], 0.4)
    elif kind == 1:
        for k, angle in enumerate((-22, 20, -10, 12, 0)):
            at = (x + angle * size * 0.004, root[1])
            blade(c, at, angle, size * (0.5 + 0.06 * (k % 3)), size * 0.085, leaves[k % 3], 0.05)
    elif kind == 2:
        for k, angle in enumerate((-48, 46, -26, 24, 0)):
            blade(c, root, angle, size * 0.42, size * 0.1, leaves[k % 2 + 1], 0.2)
            a = radians(angle * 1.1)
            at = (x + sin(a) * size * 0.44, root[1] - cos(a) * size * 0.44)
            _flower(c, at, size * 0.075, (CORAL, ROSE, OCHRE)[k % 3])
    else:
        for tone, grow in zip(leaves, (1.0, 0.78, 0.42), strict=True):
            c.blob(_ragged(c, (x - size * 0.05 * (1 - grow), y - size * (0.58 + 0.06 * (1 - grow))),
                    size * 0.26 * grow), tone)  # fmt: skip
    c.poly([(x - w, top), (x + w, top), (x + w * 0.68, y), (x - w * 0.68, y)], clay)
    c.poly([(x + w * 0.3, top), (x + w, top), (x + w * 0.68, y), (x + w * 0.2, y)], dark(clay))
    c.rect((x - w * 1.12, top - size * 0.03, x + w * 1.12, top + size * 0.06), pale(clay, 0.12),
            size * 0.02)  # fmt: skip


def _flower(c: Canvas, at: Point, r: float, tone: Color) -> None:
    for k in range(5):
        a = 2 * pi * k / 5 - pi / 2
        c.oval(at[0] + cos(a) * r * 0.6, at[1] + sin(a) * r * 0.6, r * 0.5, r * 0.5, tone)
    c.oval(*at, r * 0.35, r * 0.35, STRAW)


def sapling(c: Canvas, x: float, y: float, h: float, leaves: Leaves, bag: bool = True) -> None:
    """A seedling, in its black bag or in the earth."""
    low = y - h * 0.3 if bag else y
    c.shadow(x + h * 0.05, y, h * 0.17, h * 0.035, 0.45)
    c.line([(x, low), (x + h * 0.02, y - h)], max(1.5, h * 0.03), mix(leaves[0], WOOD, 0.4))
    for k in range(5):
        v = 0.48 + 0.12 * k
        for side in (-1, 1):
            long = h * (0.3 - 0.03 * k)
            blade(c, (x + h * 0.01, y - v * h), side * (62 - 8 * k), long, long * 0.42,
                  leaves[(k + (side > 0)) % 3], 0.3)  # fmt: skip
    if bag:
        w = h * 0.13
        c.poly([(x - w, low), (x + w, low), (x + w * 0.9, y), (x - w * 0.9, y)], (62, 62, 76))
        c.poly([(x - w, low), (x - w * 0.3, low), (x - w * 0.35, y), (x - w * 0.9, y)],
                (86, 86, 102))  # fmt: skip
        c.oval(x, low, w, w * 0.3, DARKWOOD)


def harvest(c: Canvas, spots: Sequence[Point], r: float, tone: Color) -> None:
    """Fruit with a light on each."""
    for x, y in spots:
        c.oval(x, y, r, r, tone)
        c.oval(x - r * 0.3, y - r * 0.35, r * 0.3, r * 0.25, mix(tone, WHITE, 0.5))
