"""Planting: trees on the slope, vegetables in bags."""

from __future__ import annotations

from dataclasses import replace

from kimcms.seed.pictures import build as b
from kimcms.seed.pictures import land, plants, things
from kimcms.seed.pictures import palette as p
from kimcms.seed.pictures.canvas import HEIGHT, WIDTH, Canvas, Point
from kimcms.seed.pictures.people import PEOPLE, Pose, kid, person


def tanam_pohon(c: Canvas) -> None:
    """Seedlings go into the ground on the hillside."""
    light = p.MORNING
    land.country(c, light, 400, (250, 130), shift=60)
    c.blob([(-300, 900), (-120, 470), (200, 420), (620, 440), (1000, 400), (1400, 470),
            (1500, 900)], p.pale(light.grass, 0.2))  # fmt: skip
    for k in range(13):
        plants.sapling(c, 60 + 90 * k, 478 + (k % 3) * 8, 48, light.leaves, bag=False)
    plants.tree(c, 1060, 520, 340, light.leaves)
    c.blob([(-300, 1000), (-150, 560), (260, 530), (720, 580), (1100, 520), (1400, 560),
            (1500, 1000)], light.grass)  # fmt: skip
    for k in range(6):
        plants.sapling(c, 140 + 160 * k, 596 + (k % 2) * 12, 84, light.leaves, bag=False)
    c.blob([(-300, 1000), (-100, 680), (300, 650), (760, 680), (1260, 640), (1500, 1000)],
            p.mix(light.grass, light.leaves[1], 0.35))  # fmt: skip
    person(
        c, 860, 650, 225, PEOPLE[5], Pose(left=(0.06, 0.52), right=(0.18, 0.46), lean=12, face=1)
    )
    things.tool(c, (880, 470), (934, 646), 120, "spade")
    c.blob([(545, 770), (575, 738), (640, 728), (710, 740), (740, 772), (640, 784)], (126, 92, 72))
    plants.sapling(c, 650, 752, 190, light.leaves, bag=False)
    kneel = Pose(hip=0.24, lean=20, left=(0.12, 0.16), right=(0.25, 0.2), feet=(-0.14, 0.1), face=1)
    person(c, 515, 775, 330, PEOPLE[3], kneel)
    back = Pose(
        hip=0.24, lean=-18, left=(-0.24, 0.2), right=(-0.14, 0.15), feet=(-0.1, 0.14), face=-1
    )
    person(c, 800, 778, 315, replace(PEOPLE[0], legs="pants", bottom=p.PLUM), back)
    c.shadow(966, 775, 56, 10)
    _can(c, 960, 775, 100)
    person(c, 300, 740, 200, kid(1), Pose(left=(-0.06, 0.42), right=(0.08, 0.42), face=1))
    plants.sapling(c, 302, 684, 84, light.leaves)
    for k in range(4):
        plants.sapling(c, 60 + 66 * k, 780 - (k % 2) * 8, 118, light.leaves)
    land.tufts(c, light.leaves[0], (980, 680, 1200, 790), 34)


def _can(c: Canvas, x: float, y: float, size: float, face: int = -1) -> None:
    """A watering can, its spout to the left (-1) or the right."""

    def at(u: float, v: float) -> Point:
        """A point in shares of the size, the spout on the negative side."""
        return x - face * u * size, y + v * size

    tone = p.TEAL
    c.taper([at(-0.3, -0.2), at(-0.72, -0.66)], [size * 0.14, size * 0.07], p.dark(tone, 0.15))
    c.oval(*at(-0.74, -0.68), size * 0.1, size * 0.07, p.dark(tone, 0.3))
    grip = [at(0.3, -0.5), at(0.6, -0.6), at(0.55, -0.2), at(0.34, -0.1)]
    c.curve(grip, size * 0.07, p.dark(tone, 0.2))
    c.rect((x - size * 0.36, y - size * 0.62, x + size * 0.36, y), tone, size * 0.08)
    c.rect((x + size * 0.12, y - size * 0.62, x + size * 0.36, y), p.dark(tone, 0.14), size * 0.08)
    c.rect((x - size * 0.36, y - size * 0.44, x + size * 0.36, y - size * 0.36), p.STRAW)


def kebun_polybag(c: Canvas) -> None:
    """A kitchen garden in bags between the houses."""
    light = p.DAY
    land.country(c, light, 380, (220, 120))
    land.field(c, 380, light.grass)
    b.far_roofs(c, 402, light.haze, 120, 5)
    b.house(c, 760, 520, 380, b.WALLS[5], b.ROOFS[2], p.CORAL)
    plants.palm(c, 110, 520, 400, light.leaves)
    c.fade(land.box(0, 520, WIDTH, HEIGHT), (214, 188, 148), (188, 158, 122))
    _trellis(c, light)
    for y, size, shift in ((600, 96, 0), (680, 128, 30)):
        for k in range(11):
            x = shift - 20 + k * size * 1.05
            if y == 680 and 420 < x < 650:
                continue
            plants.sapling(c, x, y, size, light.leaves)
            tone = (p.RED, p.OCHRE, p.CORAL)[k % 3]
            spots = [
                (x - size * 0.16, y - size * 0.5),
                (x + size * 0.18, y - size * 0.58),
                (x + size * 0.04, y - size * 0.42),
            ]
            plants.harvest(c, spots, size * 0.055, tone)
    water = Pose(left=(0.06, 0.5), right=(0.24, 0.5), lean=8, face=1)
    _, hand = person(c, 520, 712, 290, PEOPLE[11], water)
    u, v = hand
    _can(c, u + 46, v + 44, 84, 1)
    c.oval(u, v, 10, 10, PEOPLE[11].skin)
    for k in range(7):
        c.line(
            [(u + 106 + 2 * k, v - 10 + k), (u + 112 + 5 * k, v + 40 + 3 * k)], 2, (222, 240, 240)
        )
    person(c, 900, 720, 280, PEOPLE[8], Pose(left=(-0.1, 0.48), right=(0.1, 0.48), face=-1))
    things.heap(c, 898, 604, 96, p.RED)
    for k in range(7):
        x, size = 50 + k * 190, 200
        if k in (2, 3):
            continue
        plants.sapling(c, x, 795, size, light.leaves)
        plants.harvest(c, [(x - 34, 690), (x + 36, 676), (x + 6, 712), (x - 12, 650)], 10, (p.OCHRE,
                p.RED)[k % 2])  # fmt: skip
    person(c, 420, 788, 200, kid(3), Pose(left=(-0.16, 0.36), right=(0.17, 0.4), face=-1))


def _trellis(c: Canvas, light: p.Light) -> None:
    """A bamboo arch with climbing beans."""
    for x in (330, 420, 510, 600, 690):
        c.line([(x, 560), (x, 330)], 6, p.mix(p.STRAW, p.WOOD, 0.4))
    for y in (345, 420, 495):
        c.line([(316, y), (704, y)], 5, p.mix(p.STRAW, p.WOOD, 0.3))
    for k in range(90):
        root = (c.rng.uniform(322, 700), c.rng.uniform(330, 520))
        plants.blade(c, root, c.rng.uniform(-120, 120), 40, 22, light.leaves[k % 3], 0.3)
    for _ in range(14):
        u, v = c.rng.uniform(330, 690), c.rng.uniform(380, 500)
        c.curve([(u, v), (u + 3, v + 26), (u - 2, v + 48)], 5, light.leaves[2])
