"""A gang: two rows of houses in one-point perspective."""

from __future__ import annotations

from dataclasses import dataclass

from kimcms.seed.pictures.build import ROOFS, WALLS
from kimcms.seed.pictures.canvas import HEIGHT, WIDTH, Canvas, Point
from kimcms.seed.pictures.land import box
from kimcms.seed.pictures.palette import (
    CORAL,
    DARKWOOD,
    INK,
    OCHRE,
    SKY,
    STONE,
    TEAL,
    WHITE,
    WOOD,
    Color,
    Light,
    dark,
    mix,
    pale,
)


@dataclass(frozen=True)
class Lane:
    """Measures at depth 0: the vanishing point, half the lane's width, the eye's height."""

    x: float = 600
    y: float = 400
    half: float = 520
    eye: float = 390

    def at(self, across: float, height: float, depth: float) -> Point:
        """The point `across` (in half widths, right) and `height` (in pixels) at `depth`."""
        s = self.scale(depth)
        return self.x + across * self.half * s, self.y + (self.eye - height) * s

    def scale(self, depth: float) -> float:
        """How large things are at `depth`."""
        return 1 / (1 + depth)

    def wall(self, side: float, low: float, high: float, near: float, far: float) -> list[Point]:
        """A rectangle on a wall."""
        return [
            self.at(side, low, near),
            self.at(side, high, near),
            self.at(side, high, far),
            self.at(side, low, far),
        ]

    def floor(self, left: float, right: float, near: float, far: float) -> list[Point]:
        """A rectangle on the ground."""
        return [
            self.at(left, 0, near),
            self.at(right, 0, near),
            self.at(right, 0, far),
            self.at(left, 0, far),
        ]


DOORS: tuple[Color, ...] = (TEAL, WOOD, CORAL, (74, 104, 148), OCHRE, DARKWOOD)


def facade(
    c: Canvas, lane: Lane, side: float, near: float, far: float, tones: tuple[Color, Color, Color],
    haze: Color,
) -> None:  # fmt: skip
    """One house of a row, with door, window, eaves and plinth."""
    air = min(0.55, near * 0.075)
    shade = 0.03 if side < 0 else 0.15
    wall, tile, door = (dark(mix(t, haze, air), shade) for t in tones)
    high, long = 400.0, far - near
    c.poly(lane.wall(side, 0, high, near, far), wall)
    c.poly(lane.wall(side, high * 0.84, high, near, far), dark(wall, 0.22))
    c.poly(lane.wall(side, 0, 60, near, far), dark(mix(wall, STONE, 0.4), 0.18))
    frame = mix(wall, WHITE, 0.6)
    n, f = near + long * 0.1, near + long * 0.42
    c.poly(lane.wall(side, 150, 282, n, f), frame)
    c.poly(
        lane.wall(side, 158, 274, n + long * 0.025, f - long * 0.025),
        dark(mix(SKY, wall, 0.2), 0.4),
    )
    middle = (n + f) / 2
    c.poly(lane.wall(side, 158, 274, middle - long * 0.01, middle + long * 0.01), frame)
    n, f = near + long * 0.56, near + long * 0.86
    c.poly(lane.wall(side, 0, 276, n, f), frame)
    c.poly(lane.wall(side, 0, 266, n + long * 0.03, f - long * 0.03), door)
    c.poly(lane.wall(side, 140, 244, n + long * 0.09, f - long * 0.09), dark(door, 0.22))
    over, back = side * 0.8, side * 1.7
    eave = [lane.at(over, high - 18, near - long * 0.03), lane.at(over, high - 18, far),
            lane.at(back, high + 300, far),
            lane.at(back, high + 300, near - long * 0.03)]  # fmt: skip
    c.poly(eave, tile)
    for row in range(1, 9):
        t = row / 9
        u, v = over + (back - over) * t, high - 18 + 318 * t
        c.line([lane.at(u, v, near), lane.at(u, v, far)], 1.2, dark(tile, 0.2), 150)
    for k in range(1, 10):
        d = near + long * k / 10
        c.line(
            [lane.at(over, high - 18, d), lane.at(back, high + 300, d)], 1, dark(tile, 0.16), 110
        )
    edge = [lane.at(over, high - 18, near), lane.at(over, high - 18, far),
            lane.at(over, high - 40, far), lane.at(over, high - 40, near)]  # fmt: skip
    c.poly(edge, dark(tile, 0.36))


def street(
    c: Canvas, lane: Lane, light: Light, path: Color | None = None, first: int = 0,
    start: float = -0.52,
) -> None:  # fmt: skip
    """The paved lane and its houses, far ones first; the sky must be there already."""
    pave = path or light.path
    c.fade(box(0, lane.y + 12, WIDTH, HEIGHT), mix(pave, light.haze, 0.35), pave)
    depth = 0.0
    while depth < 9:
        step = 0.1 * (1 + depth)
        c.line([lane.at(-1, 0, depth), lane.at(1, 0, depth)],
                1.5 * lane.scale(depth) + 0.5, dark(pave, 0.2), 120)  # fmt: skip
        depth += step
    for k in range(-7, 8):
        c.line([lane.at(k / 7, 0, -0.2), lane.at(k / 7, 0, 9)], 1, dark(pave, 0.16), 90)
    c.poly(lane.floor(0.35, 1, -0.4, 9), dark(pave, 0.5), 60)
    for side in (-1, 1):
        c.poly(lane.floor(side * 0.86, side, -0.4, 9), dark(mix(pave, STONE, 0.5), 0.12))
        c.poly(lane.floor(side * 0.86, side * 0.895, -0.4, 9), dark(pave, 0.4))
    cuts = [start]
    while cuts[-1] < 9:
        cuts.append(cuts[-1] + 0.62 + 0.16 * cuts[-1] + 0.2 * ((len(cuts) + first) % 2))
    for at in range(len(cuts) - 2, -1, -1):
        for side in (-1, 1):
            n = at * 3 + first + (2 if side > 0 else 0)
            tones = (WALLS[n % 7], ROOFS[n % 4], DOORS[n % 6])
            facade(c, lane, side, cuts[at], cuts[at + 1], tones, light.haze)


def pole(
    c: Canvas, lane: Lane, across: float, depth: float, high: float, tone: Color = INK
) -> Point:
    """A thin pole at the edge of the lane; gives its top."""
    s = lane.scale(depth)
    c.line(
        [lane.at(across, 0, depth), lane.at(across, high, depth)], max(1.5, 7 * s), pale(tone, 0.2)
    )
    return lane.at(across, high, depth)
