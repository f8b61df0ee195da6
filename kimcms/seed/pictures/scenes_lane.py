"""Four pictures of a gang."""

from __future__ import annotations

from dataclasses import replace

from kimcms.seed.pictures import build as b
from kimcms.seed.pictures import land, plants, things
from kimcms.seed.pictures import palette as p
from kimcms.seed.pictures.canvas import Canvas
from kimcms.seed.pictures.lane import Lane, pole, street
from kimcms.seed.pictures.people import MAN, PEOPLE, STAND, Pose, kid, person

WALK = replace(STAND, feet=(-0.09, 0.1), left=(-0.17, 0.44), right=(0.14, 0.42))


def bendera(c: Canvas) -> None:
    """A lane full of red and white flags."""
    light, lane = p.DAY, Lane(x=590, y=440, eye=350)
    land.country(c, light, 455, shift=170)
    street(c, lane, light)
    for depth in (5.0, 3.4, 2.3, 1.5, 0.9, 0.42):
        s = lane.scale(depth)
        for side in (-1, 1):
            x, y = lane.at(side * 0.84, 0, depth)
            b.flag(c, x, y, 420 * s, 120 * s)
        start, end = lane.at(-1.2, 528, depth), lane.at(1.2, 528, depth)
        b.bunting(c, start, end, 90 * s, 52 * s)
    _green(c, lane, light, ((-0.9, 0.1, 0), (-0.92, 0.65, 2), (0.92, 0.2, 1), (0.92, 0.75, 3),
                            (-0.92, 1.3, 1), (0.92, 1.6, 0)))  # fmt: skip
    x, y = lane.at(0.34, 0, 1.7)
    person(c, x, y, 270 * lane.scale(1.7), PEOPLE[2], replace(WALK, face=-1))
    x, y = lane.at(0.52, 0, 1.7)
    person(c, x, y, 270 * lane.scale(1.7), PEOPLE[7], replace(WALK, face=-1))
    runs = ((0.36, 0.26, 3, 1), (-0.46, 0.22, 0, -1), (-0.06, 0.04, 1, 1))
    for across, depth, n, face in runs:
        x, y = lane.at(across, 0, depth)
        h = 235 * lane.scale(depth)
        pose = Pose(left=(-0.2, 0.46), right=(0.24, 0.72), feet=(-0.15, 0.12), lift=(0.09, 0),
                    face=face, lean=6)  # fmt: skip
        _, hand = person(c, x, y, h, kid(n), pose)
        _child_flag(c, hand, h * 0.3)
        c.oval(*hand, h * 0.036, h * 0.036, kid(n).skin)


def _child_flag(c: Canvas, at: tuple[float, float], size: float) -> None:
    """A paper flag in a hand."""
    x, y = at
    c.line([(x, y + size * 0.3), (x, y - size * 1.2)], 3, p.STRAW)
    c.poly([(x, y - size * 1.2), (x + size, y - size * 1.12), (x + size, y - size * 0.8),
            (x, y - size * 0.85)], p.RED)  # fmt: skip
    c.poly([(x, y - size * 0.85), (x + size, y - size * 0.8), (x + size, y - size * 0.46),
            (x, y - size * 0.5)], p.WHITE)  # fmt: skip


def jalan_gang(c: Canvas) -> None:
    """A quiet lane with pots, laundry and a cat."""
    light, lane = p.GOLDEN, Lane(x=700, y=420, eye=370)
    land.country(c, light, 435, (760, 250), shift=330)
    street(c, lane, light, path=(226, 190, 148), first=2)
    for depth in (3.2, 1.3):
        s = lane.scale(depth)
        tops = [pole(c, lane, side * 0.84, depth, 500, p.DARKWOOD) for side in (-1, 1)]
        b.laundry(c, tops[0], tops[1], 40 * s, 100 * s)
    _green(c, lane, light, ((-0.86, 0.05, 0), (-0.9, 0.32, 2), (-0.9, 0.6, 1), (-0.9, 0.95, 3),
                            (-0.9, 1.4, 0), (0.9, 0.24, 3), (0.9, 0.5, 2), (0.9, 0.85, 0),
                            (0.9, 1.25, 1), (0.9, 1.9, 2), (-0.9, 2.1, 2)))  # fmt: skip
    x, y = lane.at(0.0, 0, 0.75)
    person(c, x, y, 270 * lane.scale(0.75), PEOPLE[11], replace(WALK, face=1))
    x, y = lane.at(0.21, 0, 0.75)
    person(c, x, y, 185 * lane.scale(0.75), kid(0), replace(WALK, left=(-0.2, 0.5), face=-1))
    x, y = lane.at(-0.45, 0, 0.35)
    _cat(c, x, y, 92)


def _cat(c: Canvas, x: float, y: float, size: float) -> None:
    """A ginger cat sitting."""
    c.shadow(x + 6, y, size * 0.42, size * 0.09)
    c.curve([(x + size * 0.24, y - size * 0.06), (x + size * 0.55, y - size * 0.1),
            (x + size * 0.52, y - size * 0.4)], size * 0.09, p.dark(p.OCHRE, 0.1))  # fmt: skip
    c.blob([(x - size * 0.2, y), (x - size * 0.17, y - size * 0.4), (x, y - size * 0.62),
            (x + size * 0.22, y - size * 0.36), (x + size * 0.28, y)], p.OCHRE)  # fmt: skip
    c.oval(x - size * 0.06, y - size * 0.68, size * 0.19, size * 0.17, p.OCHRE)
    for u in (-0.2, 0.06):
        c.poly([(x + (u - 0.03) * size, y - size * 0.74), (x + (u + 0.04) * size, y - size * 0.98),
                (x + (u + 0.12) * size, y - size * 0.76)], p.dark(p.OCHRE, 0.08))  # fmt: skip
    c.oval(x - size * 0.07, y - size * 0.2, size * 0.1, size * 0.17, p.CREAM)
    for u in (-0.13, 0.01):
        c.oval(x + u * size, y - size * 0.7, size * 0.02, size * 0.03, p.INK)


def selokan(c: Canvas) -> None:
    """Men clearing the drain along a lane."""
    light, lane = p.MORNING, Lane(x=760, y=380, eye=400, half=560)
    land.country(c, light, 395, shift=360)
    street(c, lane, light, first=4)
    c.poly(lane.floor(-0.78, -0.42, -0.4, 9), (104, 100, 100))
    c.poly(lane.floor(-0.74, -0.46, -0.4, 9), (78, 82, 88))
    c.poly(lane.floor(-0.7, -0.52, -0.4, 9), (96, 122, 122))
    for k in range(12):
        d = -0.2 + k * 0.28
        c.line(
            [lane.at(-0.66, 0, d), lane.at(-0.58, 0, d + 0.05)],
            2.5 * lane.scale(d),
            (190, 206, 198),
            150,
        )
    _green(c, lane, light, ((-0.92, 0.5, 0), (-0.92, 1.6, 1), (0.92, 0.7, 2), (0.92, 1.2, 0),
            (0.92, 2, 1)))  # fmt: skip
    workers = ((-0.3, 2.0, 3, -1), (-0.94, 1.0, 5, 1), (-0.3, 0.3, 7, -1))
    for across, depth, n, face in workers:
        x, y = lane.at(across, 0, depth)
        h = 285 * lane.scale(depth)
        pose = Pose(lean=26 * face, left=(face * 0.2 - 0.04, 0.46), right=(face * 0.2 + 0.08, 0.54),
                    feet=(-0.12, 0.12), face=face, hip=0.45)  # fmt: skip
        hands = person(c, x, y, h, PEOPLE[n], pose)
        top = (x + face * h * 0.06, y - h * 0.74)
        foot = (x + face * h * 0.52, y + h * 0.02)
        things.tool(c, top, foot, h * 0.62, "hoe")
        for hand in hands:
            c.oval(*hand, h * 0.034, h * 0.034, PEOPLE[n].skin)
    for across, depth in ((-0.18, 0.8), (-0.02, 0.13)):
        x, y = lane.at(across, 0, depth)
        things.heap(c, x, y, 130 * lane.scale(depth), (98, 84, 76))
    x, y = lane.at(0.54, 0, 0.5)
    things.cart(c, x, y, 250, p.TEAL, (92, 82, 74))
    person(c, x - 175, y + 8, 215, replace(MAN, top=p.CORAL, head="cap", cloth=p.NAVY),
           Pose(left=(-0.13, 0.42), right=(-0.02, 0.46), face=1))  # fmt: skip


def hujan_genangan(c: Canvas) -> None:
    """A flooded lane in the rain."""
    light, lane = p.RAIN, Lane(x=520, y=400, eye=380)
    land.country(c, light, 415, shift=90)
    street(c, lane, light, first=1)
    c.fade(lane.floor(-1, 1, -0.4, 6), (172, 188, 190), (98, 124, 138))
    for side in (-1, 1):
        for k in range(6):
            d, tone = -0.25 + k * 0.62, b.WALLS[(k * 3 + side) % 7]
            foot = [lane.at(side, 0, d), lane.at(side, 0, d + 0.5),
                    lane.at(side * 0.72, 0, d + 0.46),
                    lane.at(side * 0.72, 0, d + 0.06)]  # fmt: skip
            c.poly(foot, tone, 70)
    for depth in (0.2, 0.55, 1.0, 1.6, 2.4):
        s = lane.scale(depth)
        for k in range(9):
            x, y = lane.at(c.rng.uniform(-0.8, 0.85), 0, depth + 0.04 * k)
            c.oval(x, y, 34 * s, 8 * s, (206, 218, 220), 130)
            c.oval(x, y + 1.5, 27 * s, 5.5 * s, (128, 150, 160))
    walkers = ((0.1, 1.3, 10, p.OCHRE), (-0.4, 0.34, 0, p.CORAL), (0.36, 0.1, 8, p.TEAL))
    for across, depth, n, tone in walkers:
        x, y = lane.at(across, 0, depth)
        h = 268 * lane.scale(depth)
        pose = replace(WALK, right=(0.11, 0.62), face=1 if across < 0 else -1)
        _, hand = person(c, x, y, h, PEOPLE[n], pose, shade=False)
        things.umbrella(c, hand[0], hand[1] - h * 0.43, h * 0.36, tone, h * 0.43)
        c.oval(*hand, h * 0.034, h * 0.034, PEOPLE[n].skin)
        c.oval(x, y - 2, h * 0.2, h * 0.035, (206, 218, 220))
        c.oval(x, y + 3, h * 0.17, h * 0.032, (118, 142, 153))
        c.soft(x, y + h * 0.16, h * 0.12, h * 0.16, p.dark(PEOPLE[n].top, 0.2), 0.5)
    land.rain(c, 210)


def _green(
    c: Canvas, lane: Lane, light: p.Light, spots: tuple[tuple[float, float, int], ...]
) -> None:
    """Potted plants along the walls, the far ones first."""
    for across, depth, kind in sorted(spots, key=lambda s: -s[1]):
        x, y = lane.at(across, 0, depth)
        tone = (p.CLAY, p.TEAL, p.OCHRE, p.CORAL)[kind % 4]
        plants.pot(c, x, y, 150 * lane.scale(depth), light.leaves, kind % 4, tone)
