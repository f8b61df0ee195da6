"""Under the mountains: the kampung, its river, a fallen tree and the night watch."""

from __future__ import annotations

from dataclasses import replace

from kimcms.seed.pictures import build as b
from kimcms.seed.pictures import land, plants, things
from kimcms.seed.pictures import palette as p
from kimcms.seed.pictures.canvas import HEIGHT, WIDTH, Canvas
from kimcms.seed.pictures.people import PEOPLE, STAND, Look, Pose, kid, person

WALK = replace(STAND, feet=(-0.09, 0.1), left=(-0.17, 0.44), right=(0.14, 0.42))
WAVE = replace(STAND, right=(0.2, 0.83))


def kampung(c: Canvas) -> None:
    """Roofs of the kampung on the slope under the mountains."""
    light = p.MORNING
    land.country(c, light, 380, (930, 130))
    land.field(c, 380, light.grass)
    for row, (y, size) in enumerate(((404, 74), (446, 98), (500, 132))):
        b.far_roofs(c, y, p.mix(light.haze, light.hills[2], 0.25), size, row + 2)
        land.treeline(
            c, light, y + 24, 16 + row * 7, p.mix(light.leaves[0], light.haze, 0.4 - row * 0.12)
        )
    _mosque(c, 770, 520, 150, light.haze)
    near = ((-60, 600, 240, 1), (150, 622, 230, 4), (372, 606, 250, 2), (880, 612, 240, 3),
            (1080, 630, 230, 0))  # fmt: skip
    for x, y, w, n in near:
        b.house(c, x, y, w, b.WALLS[n], b.ROOFS[n % 4], light.leaves[0], light.haze, 0.12)
    plants.palm(c, 640, 620, 330, light.leaves)
    land.field(c, 626, light.grass)
    c.blob([(520, 800), (560, 700), (690, 640), (800, 626), (860, 632), (760, 680), (740, 740),
            (800, 810)], light.path)  # fmt: skip
    plants.tree(c, 110, 740, 330, light.leaves, p.OCHRE)
    plants.banana(c, 1050, 745, 280, light.leaves)
    plants.banana(c, 1140, 770, 230, light.leaves)
    b.laundry(c, (845, 560), (1010, 566), 14, 46)
    for x in (845, 1010):
        c.line([(x, 556), (x, 684)], 5, p.DARKWOOD)
    person(c, 640, 735, 150, PEOPLE[0], replace(WALK, face=1))
    person(c, 706, 728, 155, PEOPLE[7], replace(WALK, face=-1))
    person(c, 300, 765, 118, kid(1), replace(WAVE, face=1))
    land.tufts(c, light.leaves[1], (0, 680, 520, 795), 44)
    land.tufts(c, light.leaves[1], (800, 690, 1200, 795), 36)
    plants.bush(c, 440, 790, 150, light.leaves, p.CORAL)


def _mosque(c: Canvas, x: float, y: float, w: float, haze: p.Color) -> None:
    """A small mosque with its dome and minaret."""
    wall, dome = p.mix(p.WHITE, haze, 0.15), p.mix(p.TEAL, haze, 0.12)
    c.rect((x - w / 2, y - w * 0.5, x + w / 2, y), wall)
    c.rect((x + w * 0.2, y - w * 0.5, x + w / 2, y), p.dark(wall, 0.1))
    c.rect((x - w * 0.54, y - w * 0.54, x + w * 0.54, y - w * 0.47), p.dark(wall, 0.15))
    shape = ((-0.27, -0.52), (-0.3, -0.68), (-0.16, -0.86), (0, -1.02), (0.16, -0.86), (0.3, -0.68),
            (0.27, -0.52))  # fmt: skip
    c.blob([(x + u * w, y + v * w) for u, v in shape], dome)
    c.line([(x, y - w), (x, y - w * 1.16)], 3, p.OCHRE)
    for u in (-0.3, 0, 0.3):
        c.rect((x + u * w - 11, y - w * 0.3, x + u * w + 11, y), dome, 10)
    c.rect((x + w * 0.6, y - w * 1.2, x + w * 0.76, y), wall)
    c.rect((x + w * 0.69, y - w * 1.2, x + w * 0.76, y), p.dark(wall, 0.12))
    c.rect((x + w * 0.57, y - w * 1.0, x + w * 0.79, y - w * 0.95), p.dark(wall, 0.18))
    c.poly(
        [(x + w * 0.58, y - w * 1.2), (x + w * 0.78, y - w * 1.2), (x + w * 0.68, y - w * 1.46)],
        dome,
    )


def sungai(c: Canvas) -> None:
    """Neighbours clearing the river below coloured houses."""
    light = p.DAY
    land.country(c, light, 330)
    land.treeline(c, light, 350, 34, light.hills[3])
    tones = ((226, 118, 92), (240, 200, 110), (86, 160, 164), (222, 150, 170), (120, 160, 208),
            (246, 236, 214))  # fmt: skip
    for row, (y, w) in enumerate(((392, 128), (448, 150), (508, 176))):
        back = p.mix(light.leaves[0], light.haze, 0.45 - row * 0.1)
        c.rect((0, y - w * 0.42, WIDTH, y), back)
        for k in range(-1, 11):
            x = k * w * 1.15 - row * 52
            wall = tones[(k * 2 + row) % 6]
            b.house(c, x, y, w, wall, b.ROOFS[(k + row) % 4], p.WHITE, light.haze,
                    0.34 - row * 0.13)  # fmt: skip
    c.fade(land.box(0, 506, WIDTH, 560), (170, 164, 150), (128, 128, 124))
    for k in range(26):
        c.rect((k * 48 - (k % 3) * 6, 512 + (k % 2) * 22, k * 48 + 40, 530 + (k % 2) * 22),
                (186, 180, 166), 5, 120)  # fmt: skip
    c.fade(land.box(0, 556, WIDTH, 730), (120, 168, 168), (72, 130, 142))
    for _ in range(46):
        u, v, long = c.rng.uniform(0, WIDTH), c.rng.uniform(566, 700), c.rng.uniform(20, 80)
        c.line([(u, v), (u + long, v)], 2.2, (208, 228, 218), 110)
    for x, y, n in ((330, 655, 3), (640, 640, 5), (910, 662, 7)):
        look = replace(PEOPLE[n], vest=p.CORAL if n == 7 else None)
        pose = Pose(left=(-0.16, 0.42), right=(0.24, 0.5), face=1, lean=8)
        _, hand = person(c, x, y + 56, 230, look, pose, shade=False)
        c.line([(hand[0] - 50, hand[1] - 70), (hand[0] + 70, hand[1] + 96)], 5, p.WOOD)
        c.oval(*hand, 8, 8, look.skin)
        c.fade(land.box(x - 46, y - 6, x + 150, y + 64), (94, 148, 154), (78, 136, 146))
        c.oval(x + 10, y - 5, 54, 6, (198, 222, 214), 150)
        _net(c, hand[0] + 66, y + 2)
    c.fade(land.box(0, 728, WIDTH, HEIGHT), (72, 130, 142), (66, 122, 134))
    bank = [(-20, 712), (200, 690), (430, 716), (640, 748), (900, 730), (1230, 690), (1230, 820),
            (-20, 820)]  # fmt: skip
    c.blob([(-200, 900), *bank, (1400, 900)], light.grass)
    plants.banana(c, 90, 770, 330, light.leaves)
    for x, tone in ((250, p.CREAM), (318, p.STRAW), (1010, p.CREAM)):
        things.sack(c, x, 778, 74, tone, p.TEAL)
    person(c, 1110, 785, 215, PEOPLE[0], Pose(left=(-0.1, 0.5), right=(0.1, 0.5), face=-1))
    things.sack(c, 1106, 772, 62, p.STRAW, p.CORAL)
    land.tufts(c, light.leaves[1], (380, 750, 960, 796), 40)


def _net(c: Canvas, x: float, y: float) -> None:
    """A landing net with some rubbish in it."""
    c.oval(x, y, 34, 14, p.DARKWOOD)
    c.oval(x, y, 29, 10, (206, 216, 206))
    c.oval(x - 8, y - 3, 9, 6, p.SKY)
    c.oval(x + 9, y - 2, 8, 5, p.CORAL)


def pohon_tumbang(c: Canvas) -> None:
    """A tree fallen across the road, and the neighbours who saw it up."""
    light = p.RAIN
    land.country(c, light, 420, shift=-60)
    land.field(c, 420, light.grass)
    b.far_roofs(c, 440, light.haze, 120, 1)
    for x, w, n in ((-30, 300, 2), (930, 310, 1)):
        b.house(c, x, 560, w, b.WALLS[n], b.ROOFS[n], p.TEAL, light.haze, 0.16)
    c.fade(land.box(0, 560, WIDTH, HEIGHT), p.pale(light.path, 0.2), p.dark(light.path, 0.14))
    c.rect((0, 556, WIDTH, 570), p.STONE)
    land.pebbles(c, p.dark(light.path, 0.3), (0, 580, WIDTH, 795), 60)
    plants.bush(c, 420, 566, 130, light.leaves)
    c.shadow(640, 676, 470, 34, 0.6)
    bark = p.mix(p.WOOD, p.DARKWOOD, 0.6)
    for end, w in (((300, 560), 20), ((250, 640), 26), ((330, 690), 18)):
        c.taper([(430, 640), end], [40, w], p.dark(bark, 0.1))
    c.taper([(1010, 668), (740, 652), (430, 640), (330, 630)], [84, 74, 56, 44], bark)
    c.taper([(1000, 650), (740, 636), (430, 628)], [20, 18, 12], p.pale(bark, 0.16))
    _crown(c, light)
    c.oval(1012, 668, 22, 43, p.STRAW)
    for r in (15, 8):
        c.oval(1012, 668, r * 0.55, r * 2, p.mix(p.STRAW, p.WOOD, 0.4))
    _stump(c, 1120, 740, bark)
    _saw(c)
    for x, tone in ((560, p.CORAL), (1000, p.CORAL)):
        _cone(c, x, 780, 84, tone)
    land.rain(c, 60)


def _crown(c: Canvas, light: p.Light) -> None:
    """The foliage of the lying tree."""
    rounds = ((300, 650, 110), (170, 640, 112), (80, 690, 96), (230, 560, 100), (110, 570, 90),
            (330, 570, 74))  # fmt: skip
    for tone, shift, grow in zip(light.leaves[:2], (0, 14), (1.0, 0.8), strict=True):
        for x, y, r in rounds:
            c.oval(x - shift, y - shift, r * grow, r * 0.84 * grow, tone)
    for k in range(150):
        x, y, r = rounds[k % 6]
        root = (x + c.rng.uniform(-0.95, 0.8) * r, y + c.rng.uniform(-0.85, 0.7) * r)
        tone = light.leaves[(k // 6) % 3]
        plants.blade(c, root, c.rng.uniform(-120, 120), 42, 16, tone, 0.2)


def _saw(c: Canvas) -> None:
    """Two men at the trunk and one with a rope."""
    looks = (replace(PEOPLE[3], vest=p.CORAL), replace(PEOPLE[5], vest=p.CORAL))
    left = Pose(lean=22, left=(0.16, 0.42), right=(0.24, 0.44), feet=(-0.13, 0.1), face=1, hip=0.44)
    right = Pose(
        lean=-22, left=(-0.24, 0.44), right=(-0.16, 0.42), feet=(-0.1, 0.13), face=-1, hip=0.44
    )
    person(c, 800, 610, 190, PEOPLE[7], Pose(left=(-0.1, 0.56), right=(0.2, 0.6)))
    hands = [
        person(c, 640, 730, 250, looks[0], left)[1],
        person(c, 880, 734, 250, looks[1], right)[0],
    ]
    a, z = hands
    c.poly([(a[0], a[1] - 6), (z[0], z[1] - 6), (z[0], z[1] + 10), ((a[0] + z[0]) / 2, a[1] + 26),
            (a[0], a[1] + 10)], (176, 188, 194))  # fmt: skip
    for hand, look in zip(hands, looks, strict=True):
        c.line([(hand[0], hand[1] - 20), (hand[0], hand[1] + 16)], 10, p.OCHRE)
        c.oval(*hand, 9, 9, look.skin)


def _stump(c: Canvas, x: float, y: float, bark: p.Color) -> None:
    """What is left standing of the tree, splintered on one side."""
    c.shadow(x + 8, y, 84, 15)
    c.poly([(x - 46, y - 92), (x + 46, y - 92), (x + 70, y), (x - 70, y)], bark)
    c.poly([(x + 16, y - 92), (x + 46, y - 92), (x + 70, y), (x + 22, y)], p.dark(bark, 0.2))
    for u, high in ((30, 46), (40, 30), (20, 26)):
        c.poly([(x + u - 9, y - 88), (x + u + 2, y - 92 - high), (x + u + 9, y - 88)], p.STRAW)
    c.oval(x, y - 92, 46, 14, p.STRAW)
    c.oval(x, y - 92, 28, 8, p.mix(p.STRAW, p.WOOD, 0.4))
    c.oval(x, y - 92, 18, 5, p.STRAW)


def _cone(c: Canvas, x: float, y: float, h: float, tone: p.Color) -> None:
    """A traffic cone."""
    c.shadow(x + 5, y, h * 0.4, h * 0.09)
    c.poly([(x - h * 0.09, y - h), (x + h * 0.09, y - h), (x + h * 0.3, y - 6),
            (x - h * 0.3, y - 6)], tone)  # fmt: skip
    c.poly([(x - h * 0.15, y - h * 0.7), (x + h * 0.15, y - h * 0.7), (x + h * 0.22, y - h * 0.42),
            (x - h * 0.22, y - h * 0.42)], p.WHITE)  # fmt: skip
    c.rect((x - h * 0.4, y - 9, x + h * 0.4, y), p.dark(tone, 0.2), 3)


def pos_ronda(c: Canvas) -> None:
    """The night watch at its post."""
    light = p.NIGHT
    land.sky(c, light, 470)
    for _ in range(70):
        c.oval(c.rng.uniform(0, WIDTH), c.rng.uniform(0, 300), 1.6, 1.6, (232, 236, 250), 200)
    land.mountains(c, light, 470)
    land.treeline(c, light, 476, 34)
    land.field(c, 480, p.mix(p.MORNING.grass, p.GREY, 0.3))
    b.far_roofs(c, 496, (84, 100, 140), 120, 3)
    c.blob([(-60, 900), (-60, 700), (300, 640), (800, 640), (1260, 690), (1260, 900)],
            p.MORNING.path)  # fmt: skip
    plants.banana(c, 160, 650, 380, p.MORNING.leaves)
    plants.tree(c, 1090, 660, 400, p.MORNING.leaves)
    _hut(c)
    looks = (replace(PEOPLE[1], top=p.TEAL), replace(PEOPLE[9], top=p.OCHRE))
    person(
        c,
        490,
        560,
        225,
        looks[0],
        Pose(left=(-0.1, 0.16), right=(0.12, 0.16), seat="floor", hip=0.05, face=1),
    )
    person(
        c,
        735,
        560,
        225,
        looks[1],
        Pose(left=(-0.12, 0.16), right=(0.1, 0.16), seat="floor", hip=0.05, face=-1),
    )
    c.poly([(572, 552), (652, 552), (664, 566), (560, 566)], p.STRAW)
    for k in range(6):
        c.oval(582 + 13 * k, 556 + (k % 2) * 5, 4, 3, p.INK if k % 2 else p.WHITE)
    c.darken((92, 102, 158), ((615, 470, 820), (615, 420, 420)))
    c.soft(930, 130, 150, 150, light.sun, 0.35)
    c.oval(930, 130, 40, 40, (250, 244, 222))
    c.oval(918, 120, 9, 8, (232, 224, 204))
    c.oval(942, 140, 12, 10, (236, 228, 208))
    c.soft(615, 340, 300, 260, (255, 214, 130), 0.5)
    c.oval(615, 322, 15, 18, (255, 240, 190))
    sentry = Look("cap", p.NAVY, p.TEAL, p.INK, p.SKINS[1], vest=p.CORAL)
    _, hand = person(c, 950, 745, 270, replace(sentry, top=p.NAVY), Pose(right=(0.22, 0.5), face=1))
    c.poly([(hand[0] + 14, hand[1] - 6), (1230, hand[1] - 70), (1230, hand[1] + 110),
            (hand[0] + 14, hand[1] + 6)], (255, 232, 160), 60)  # fmt: skip
    c.line([(hand[0] - 16, hand[1]), (hand[0] + 16, hand[1])], 11, p.GREY)
    c.oval(*hand, 9, 9, sentry.skin)


def _hut(c: Canvas) -> None:
    """The pos kamling: a raised hut, its lamp and the kentongan."""
    c.shadow(630, 668, 300, 26, 0.7)
    c.fade(land.box(400, 300, 830, 560), (232, 196, 140), (214, 168, 112))
    for k in range(14):
        c.line([(400 + 31 * k, 330), (400 + 31 * k, 560)], 1.6, (170, 124, 84), 130)
    c.rect((376, 556, 854, 580), p.pale(p.WOOD, 0.2), 3)
    c.rect((386, 580, 844, 664), p.dark(p.WOOD, 0.25), 2)
    for k in range(11):
        c.line([(400 + 42 * k, 584), (400 + 42 * k, 662)], 2, p.dark(p.WOOD, 0.45), 170)
    for x in (386, 826):
        c.rect((x, 280, x + 20, 664), p.DARKWOOD)
    b.roof(c, 340, 306, 550, 130, b.ROOFS[1], 0.22)
    c.line([(615, 250), (615, 312)], 3, p.INK)
    c.poly([(590, 318), (640, 318), (627, 300), (603, 300)], p.INK)
    c.line([(790, 312), (790, 352)], 3, p.INK)
    c.rect((776, 350, 804, 476), p.WOOD, 14)
    c.rect((786, 374, 794, 452), p.INK, 4)
