"""Exercise and games."""

from __future__ import annotations

from dataclasses import replace

from kimcms.seed.pictures import build as b
from kimcms.seed.pictures import land, plants, things
from kimcms.seed.pictures import palette as p
from kimcms.seed.pictures.canvas import HEIGHT, WIDTH, Canvas
from kimcms.seed.pictures.people import PEOPLE, STAND, Look, Pose, kid, person


def senam(c: Canvas) -> None:
    """Morning exercise on the field."""
    light = p.MORNING
    land.country(c, light, 410, (600, 210), shift=-20)
    land.field(c, 410, light.grass)
    b.far_roofs(c, 432, light.haze, 110, 2)
    plants.tree(c, 60, 540, 360, light.leaves)
    plants.tree(c, 1150, 540, 380, light.leaves)
    c.fade(land.box(0, 520, WIDTH, HEIGHT), p.pale(light.grass, 0.1), p.dark(light.grass, 0.08))
    land.tufts(c, light.leaves[1], (0, 540, WIDTH, 795), 60)
    c.rect((440, 500, 770, 548), p.pale(p.WOOD, 0.3), 4)
    c.rect((440, 514, 770, 548), p.WOOD, 3)
    b.batik(c, (446, 518, 764, 544), p.WOOD, p.STRAW)
    up = Pose(left=(-0.13, 1.1), right=(0.4, 0.8), feet=(-0.16, 0.1), lean=6)
    lead = Look("cap", p.CORAL, p.WHITE, p.NAVY, p.SKINS[0], short=True)
    person(c, 605, 504, 220, lead, up)
    c.rect((690, 440, 748, 502), p.INK, 6)
    c.oval(719, 478, 17, 17, p.GREY)
    c.oval(719, 452, 8, 8, p.GREY)
    rows = (
        (612, 190, ((310, 2), (450, 0), (760, 8), (900, 6))),
        (690, 245, ((190, 6), (380, 10), (830, 0), (1020, 4))),
        (792, 310, ((70, 0), (490, 8), (730, 7), (1130, 2))),
    )
    for row, (y, h, who) in enumerate(rows):
        for k, (x, n) in enumerate(who):
            look = replace(
                PEOPLE[n], legs="pants", top=(p.CORAL, p.TEAL)[(k + row) % 2], batik=False
            )
            person(
                c,
                x,
                y,
                h,
                look,
                replace(
                    up, back=True, lean=-6, left=(-0.4, 0.8), right=(0.13, 1.1), feet=(-0.1, 0.16)
                ),
            )


def voli(c: Canvas) -> None:
    """A volleyball match at the end of the day."""
    light = p.GOLDEN
    land.country(c, light, 420, (250, 200), shift=240)
    land.field(c, 420, light.grass)
    b.far_roofs(c, 444, light.haze, 110, 3)
    plants.tree(c, 1120, 520, 370, light.leaves)
    for k in range(13):
        look = PEOPLE[(k * 5) % 12]
        person(
            c,
            60 + 84 * k,
            548 + (k % 2) * 10,
            150,
            look,
            replace(STAND, right=(0.2, 0.84) if k % 3 == 0 else (0.15, 0.4)),
            shade=False,
        )
    c.fade(land.box(0, 548, WIDTH, HEIGHT), (232, 178, 126), (206, 146, 100))
    c.poly([(150, 580), (1050, 580), (1230, 800), (-30, 800)], (224, 156, 108))
    for line in (
        [(150, 580), (1050, 580)],
        [(150, 580), (-30, 800)],
        [(1050, 580), (1230, 800)],
        [(64, 686), (1136, 686)],
    ):
        c.line(line, 5, p.WHITE)
    red = Look("hair", p.BLACK, p.CORAL, p.INK, p.SKINS[1], "shorts", short=True)
    blue = replace(red, top=p.BLUE, skin=p.SKINS[3])
    ready = Pose(left=(-0.16, 0.56), right=(0.16, 0.56), feet=(-0.15, 0.15), hip=0.42)
    person(c, 270, 636, 200, replace(blue, skin=p.SKINS[0]), replace(ready, face=1))
    person(c, 930, 640, 205, replace(blue, skin=p.SKINS[4]), replace(ready, face=-1))
    c.shadow(690, 668, 50, 10, 0.5)
    block = Pose(left=(-0.12, 1.08), right=(0.14, 1.08), feet=(-0.06, 0.08), lift=(0, 0.08))
    person(c, 690, 630, 220, blue, block, shade=False)
    _net(c)
    c.shadow(520, 768, 66, 13, 0.5)
    spike = Pose(
        left=(-0.3, 0.8), right=(0.2, 1.07), feet=(-0.2, 0.03), lift=(0.13, 0), lean=8, face=1
    )
    person(c, 520, 716, 320, red, replace(spike, back=True), shade=False)
    back = replace(ready, back=True, lean=6)
    person(c, 200, 778, 300, replace(red, skin=p.SKINS[0]), back)
    person(c, 900, 784, 305, replace(red, skin=p.SKINS[4]), replace(back, lean=-8))
    c.curve([(440, 190), (500, 196), (556, 240)], 4, p.WHITE, 130)
    things.ball(c, 606, 300, 28)


def _net(c: Canvas) -> None:
    """The net across the court, its two poles and antennas."""
    for x in (120, 1080):
        c.shadow(x + 5, 690, 26, 7)
        c.line([(x, 690), (x, 380)], 11, p.DARKWOOD)
    c.rect((120, 392, 1080, 492), p.INK, alpha=26)
    for k in range(49):
        c.line([(120 + 20 * k, 396), (120 + 20 * k, 490)], 1.3, p.WHITE, 190)
    for k in range(1, 5):
        c.line([(120, 396 + 20 * k), (1080, 396 + 20 * k)], 1.3, p.WHITE, 190)
    c.rect((118, 388, 1082, 400), p.WHITE, 2)
    c.rect((118, 488, 1082, 494), p.WHITE, 2)
    for x in (200, 1000):
        for k in range(6):
            c.rect((x - 3, 340 + 25 * k, x + 3, 365 + 25 * k), p.RED if k % 2 else p.WHITE)


def lomba(c: Canvas) -> None:
    """Children race in sacks on Independence Day."""
    light = p.DAY
    land.country(c, light, 410, (180, 130), shift=-60)
    land.field(c, 410, light.grass)
    b.far_roofs(c, 434, light.haze, 110, 1)
    plants.tree(c, 1130, 530, 400, light.leaves, p.OCHRE)
    plants.palm(c, 70, 540, 430, light.leaves)
    for k in range(11):
        arms = (0.22, 0.86) if k % 2 else (0.15, 0.42)
        person(
            c,
            130 + 92 * k,
            566 + (k % 3) * 6,
            190,
            PEOPLE[(k * 7) % 12],
            replace(STAND, right=arms, left=(-arms[0], arms[1])),
        )
    c.fade(land.box(0, 580, WIDTH, HEIGHT), p.pale(light.grass, 0.12), p.dark(light.grass, 0.1))
    for u in (-0.9, -0.3, 0.3, 0.9):
        c.poly([(600 + u * 620, 590), (606 + u * 622, 590), (610 + u * 800, 800),
                (594 + u * 800, 800)], p.WHITE)  # fmt: skip
    c.rect((0, 574, WIDTH, 586), p.WHITE)
    for k in range(24):
        c.rect((50 * k, 574, 50 * k + 25, 586), p.RED)
    land.tufts(c, light.leaves[1], (0, 620, WIDTH, 795), 60)
    racers = ((250, 735, 1, 30), (560, 700, 0, 52), (860, 752, 2, 18))
    for x, y, n, jump in racers:
        _racer(c, x, y, n, jump)
    b.bunting(c, (-20, 110), (620, 60), 70, 40)
    b.bunting(c, (600, 60), (1220, 120), 80, 40)


def _racer(c: Canvas, x: float, y: float, n: int, jump: float) -> None:
    """A child hopping in a sack."""
    h = 285.0
    c.shadow(x + 10, y, 66, 13, 0.6)
    low = y - jump
    look = kid(n)
    pose = Pose(left=(-0.16, 0.4), right=(0.18, 0.4), lean=8, face=1, hip=0.42)
    hands = person(c, x, low, h, look, pose, shade=False)
    tone = p.mix(p.STRAW, p.WOOD, 0.3)
    shape = ((-0.2, 0.42), (0.22, 0.4), (0.24, 0.2), (0.2, 0.0), (0.04, -0.02), (-0.16, 0.0),
            (-0.22, 0.2))  # fmt: skip
    c.blob([(x + u * h, low - v * h) for u, v in shape], tone)
    half = ((0.06, 0.4), (0.22, 0.4), (0.24, 0.2), (0.2, 0.0), (0.08, 0.0))
    c.blob([(x + u * h, low - v * h) for u, v in half], p.dark(tone, 0.14))
    c.rect((x - 34, low - 76, x + 20, low - 36), (p.TEAL, p.CORAL, p.LEAF)[n % 3], 5)
    for hand in hands:
        c.oval(*hand, 11, 11, look.skin)
    for k in (-1, 1):
        c.curve([(x + k * 74, y - 4), (x + k * 88, y - 16), (x + k * 96, y - 8)], 4, p.CREAM)
