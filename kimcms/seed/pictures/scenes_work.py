"""Work in common: cleaning, sorting, planting, watching for larvae."""

from __future__ import annotations

from dataclasses import replace

from kimcms.seed.pictures import build as b
from kimcms.seed.pictures import land, plants, things
from kimcms.seed.pictures import palette as p
from kimcms.seed.pictures.canvas import HEIGHT, WIDTH, Canvas
from kimcms.seed.pictures.people import PEOPLE, Look, Pose, kid, person

CADRE = Look("hijab", p.TEAL, p.CREAM, p.NAVY, p.SKINS[2], "skirt", vest=p.CORAL)


def kerja_bakti(c: Canvas) -> None:
    """Neighbours sweeping the road by the gate."""
    light = p.MORNING
    land.country(c, light, 430, (1010, 130))
    land.field(c, 430, light.grass)
    b.far_roofs(c, 452, light.haze, 110, 1)
    b.house(c, -40, 580, 330, b.WALLS[3], b.ROOFS[0], p.TEAL)
    b.house(c, 880, 580, 340, b.WALLS[2], b.ROOFS[1], p.CORAL)
    plants.tree(c, 330, 590, 330, light.leaves, p.OCHRE)
    c.fade(land.box(0, 590, WIDTH, HEIGHT), light.path, p.dark(light.path, 0.08))
    c.rect((0, 584, WIDTH, 596), p.STONE)
    b.gate(c, 610, 600, 330, 330)
    for x, k in ((30, 2), (110, 0), (1110, 3), (1180, 1)):
        plants.pot(c, x, 610, 96, light.leaves, k)
    land.pebbles(c, p.dark(light.path, 0.25), (0, 620, WIDTH, 795), 50)
    things.cart(c, 640, 690, 270, p.TEAL)
    person(c, 470, 700, 235, PEOPLE[5], Pose(left=(-0.1, 0.46), right=(-0.02, 0.5), face=1, lean=5))
    _sweep(c, 230, 735, 262, PEOPLE[0], 1)
    _sweep(c, 1010, 742, 262, PEOPLE[3], -1)
    _sweep(c, 830, 690, 235, PEOPLE[11], 1)
    _leaves(c, light, 400, 768, 26)
    _leaves(c, light, 830, 776, 22)
    things.sack(c, 90, 775, 92, p.STRAW, p.TEAL)


def _sweep(c: Canvas, x: float, y: float, h: float, look: Look, face: int) -> None:
    """Somebody with a stick broom."""
    near, far = (face * 0.1, 0.56), (face * 0.2, 0.46)
    left, right = (near, far) if face > 0 else (far, near)
    pose = Pose(left=left, right=right, lean=10 * face, feet=(-0.08, 0.09), face=face)
    hands = person(c, x, y, h, look, pose)
    things.broom(c, (x + face * h * 0.06, y - h * 0.74), (x + face * h * 0.42, y), h * 0.7)
    for hand in hands:
        c.oval(*hand, h * 0.034, h * 0.034, look.skin)


def _leaves(c: Canvas, light: p.Light, x: float, y: float, count: int) -> None:
    """A small heap of swept leaves."""
    c.shadow(x, y + 6, 80, 14, 0.4)
    for k in range(count):
        root = (x + c.rng.uniform(-64, 64), y + c.rng.uniform(-12, 6))
        tone = (light.leaves[1], p.OCHRE, light.leaves[2], p.CLAY)[k % 4]
        plants.blade(c, root, c.rng.uniform(-80, 80), 32, 13, tone, 0.2)


def bank_sampah(c: Canvas) -> None:
    """Sorted waste is weighed at the waste bank."""
    light = p.MORNING
    land.country(c, light, 400, shift=-120)
    land.field(c, 400, light.grass)
    b.far_roofs(c, 420, light.haze, 120, 2)
    plants.banana(c, 60, 560, 330, light.leaves)
    _shed(c)
    for k, (tone, load) in enumerate(((p.BLUE, p.SKY), (p.OCHRE, p.STRAW), (p.LEAF, p.CREAM), (p.CORAL, p.GREY))):
        things.bin_(c, 330 + 92 * k, 600, 78, tone, load)
    person(c, 960, 640, 262, replace(CADRE, cloth=p.PLUM), Pose(left=(-0.06, 0.54), right=(0.1, 0.56), face=-1))
    c.poly([(915, 484), (965, 478), (972, 510), (922, 516)], p.WHITE)
    _scale(c, 690, 720)
    _, hand = person(c, 540, 742, 275, PEOPLE[7], Pose(left=(-0.08, 0.5), right=(0.24, 0.52), face=1, lean=8))
    things.sack(c, 690, 642, 96, p.CREAM, p.TEAL)
    c.oval(*hand, 10, 10, PEOPLE[7].skin)
    things.crate(c, 880, 770, 120, 70)
    things.crate(c, 1000, 782, 130, 84)
    things.crate(c, 945, 694, 110, 62)
    person(c, 330, 758, 250, PEOPLE[0], Pose(left=(-0.16, 0.38), right=(0.14, 0.42), face=1))
    things.sack(c, 275, 765, 86, (196, 220, 222), None)
    for k in range(6):
        things.bottle(c, 90 + 30 * k, 770 + (k % 2) * 10, 78, (p.SKY, (190, 222, 200))[k % 2], (p.BLUE, p.CORAL, p.LEAF)[k % 3])
    plants.pot(c, 1150, 770, 130, light.leaves, 2)


def _shed(c: Canvas) -> None:
    """An open shed with racks."""
    c.fade(land.box(0, 560, WIDTH, HEIGHT), (226, 206, 174), (204, 180, 148))
    c.fade(land.box(240, 230, 1130, 575), (172, 200, 194), (140, 178, 174))
    for k in range(14):
        c.line([(250 + 68 * k, 240), (250 + 68 * k, 574)], 1.6, (112, 152, 152), 120)
    for y in (350, 450):
        c.rect((760, y, 1100, y + 10), p.WOOD)
    for k in range(5):
        things.crate(c, 800 + 66 * k, 350, 54, 40, (things.CARTON, p.STRAW, p.SKY)[k % 3])
        things.sack(c, 800 + 66 * k, 450, 46, (p.CREAM, p.STRAW, p.ROSE)[k % 3], None)
    b_left, b_right = 226, 1120
    for x in (b_left, 640, b_right):
        c.rect((x, 220, x + 18, 580), p.DARKWOOD)
    c.fade([(190, 236), (1190, 236), (1140, 150), (250, 150)], (196, 106, 82), (170, 86, 70))
    for k in range(48):
        t = k / 48
        c.line([(250 + 890 * t, 150), (190 + 1000 * t, 236)], 2, (140, 70, 62), 120)
    c.rect((188, 234, 1192, 246), (132, 66, 60))
    b.batik(c, (320, 262, 610, 306), p.TEAL, p.STRAW)


def _scale(c: Canvas, x: float, y: float) -> None:
    """A platform scale with a round dial."""
    c.shadow(x + 8, y, 92, 14)
    c.rect((x + 46, y - 176, x + 60, y - 60), p.dark(p.TEAL, 0.2), 3)
    c.oval(x + 53, y - 186, 38, 38, p.TEAL)
    c.oval(x + 53, y - 186, 30, 30, p.WHITE)
    c.line([(x + 53, y - 186), (x + 68, y - 204)], 4, p.CORAL)
    c.rect((x - 74, y - 78, x + 74, y - 62), p.pale(p.GREY, 0.3), 4)
    c.poly([(x - 58, y - 62), (x + 58, y - 62), (x + 70, y), (x - 70, y)], p.dark(p.TEAL, 0.1))
    c.poly([(x + 20, y - 62), (x + 58, y - 62), (x + 70, y), (x + 24, y)], p.dark(p.TEAL, 0.24))


def jumantik(c: Canvas) -> None:
    """Two cadres look for mosquito larvae in a water jar."""
    light = p.DAY
    land.country(c, light, 380, shift=200)
    land.field(c, 380, light.grass)
    b.far_roofs(c, 400, light.haze, 110, 4)
    b.house(c, 640, 560, 620, b.WALLS[4], b.ROOFS[0], p.TEAL)
    plants.banana(c, 120, 590, 400, light.leaves)
    plants.tree(c, 420, 560, 310, light.leaves)
    c.fade(land.box(0, 566, WIDTH, HEIGHT), light.path, p.dark(light.path, 0.1))
    land.pebbles(c, p.dark(light.path, 0.25), (0, 600, WIDTH, 795), 40)
    for k in range(4):
        plants.pot(c, 690 + 70 * k, 584, 84, light.leaves, k)
    _tub(c, 600, 750)
    _, hand = person(c, 440, 755, 330, CADRE, Pose(left=(-0.06, 0.5), right=(0.26, 0.6), lean=14, face=1))
    c.poly([(hand[0] + 10, hand[1] + 2), (556, 604), (650, 604), (hand[0] + 20, hand[1] - 8)], (255, 244, 180), 120)
    c.line([hand, (hand[0] + 26, hand[1] + 12)], 14, p.INK)
    c.oval(*hand, 12, 12, CADRE.skin)
    other = replace(CADRE, cloth=p.PLUM, skin=p.SKINS[1])
    person(c, 790, 762, 325, other, Pose(left=(-0.1, 0.52), right=(0.1, 0.56), face=-1))
    c.poly([(748, 572), (806, 560), (818, 606), (760, 618)], p.DARKWOOD)
    c.poly([(753, 577), (802, 567), (812, 602), (763, 612)], p.WHITE)
    for k in range(3):
        c.line([(762, 585 + 9 * k), (800, 577 + 9 * k)], 2, p.GREY)
    c.oval(804, 588, 11, 11, other.skin)
    person(c, 1020, 750, 300, replace(PEOPLE[4], batik=True), Pose(left=(-0.1, 0.5), right=(0.08, 0.5), face=-1))
    person(c, 1120, 765, 205, kid(0), Pose(face=-1))
    for x, y in ((240, 720), (300, 760)):
        things.bin_(c, x, y, 80, p.BLUE if x < 260 else p.OCHRE)
    plants.pot(c, 90, 775, 150, light.leaves, 1)


def _tub(c: Canvas, x: float, y: float) -> None:
    """A big earthen water jar, full."""
    c.shadow(x + 10, y, 120, 22)
    shape = ((-0.72, -1.0), (-1.0, -0.62), (-0.9, -0.2), (-0.6, 0.0), (0.6, 0.0), (0.9, -0.2), (1.0, -0.62), (0.72, -1.0))
    c.blob([(x + u * 104, y + v * 150) for u, v in shape], p.CLAY)
    half = ((0.3, -1.0), (0.72, -1.0), (1.0, -0.62), (0.9, -0.2), (0.6, 0.0), (0.2, 0.0), (0.5, -0.5))
    c.blob([(x + u * 104, y + v * 150) for u, v in half], p.dark(p.CLAY, 0.16))
    c.oval(x, y - 150, 82, 22, p.dark(p.CLAY, 0.25))
    c.oval(x, y - 148, 70, 16, (96, 158, 172))
    c.oval(x - 16, y - 151, 34, 6, (190, 224, 222))
    b.batik(c, (x - 84, y - 96, x + 84, y - 68), p.dark(p.CLAY, 0.1), p.STRAW)


def tanam_pohon(c: Canvas) -> None:
    """Seedlings go into the ground on the hillside."""
    light = p.MORNING
    land.country(c, light, 400, (250, 130), shift=60)
    c.blob([(-300, 900), (-120, 470), (200, 420), (620, 440), (1000, 400), (1400, 470), (1500, 900)], p.pale(light.grass, 0.2))
    for k in range(13):
        plants.sapling(c, 60 + 90 * k, 478 + (k % 3) * 8, 48, light.leaves, bag=False)
    plants.tree(c, 1060, 520, 340, light.leaves)
    c.blob([(-300, 1000), (-150, 560), (260, 530), (720, 580), (1100, 520), (1400, 560), (1500, 1000)], light.grass)
    for k in range(6):
        plants.sapling(c, 140 + 160 * k, 596 + (k % 2) * 12, 84, light.leaves, bag=False)
    c.blob([(-300, 1000), (-100, 680), (300, 650), (760, 680), (1260, 640), (1500, 1000)], p.mix(light.grass, light.leaves[1], 0.35))
    person(c, 860, 650, 225, PEOPLE[5], Pose(left=(0.06, 0.52), right=(0.18, 0.46), lean=12, face=1))
    things.tool(c, (880, 470), (934, 646), 120, "spade")
    c.blob([(545, 770), (575, 738), (640, 728), (710, 740), (740, 772), (640, 784)], (126, 92, 72))
    plants.sapling(c, 650, 752, 190, light.leaves, bag=False)
    kneel = Pose(hip=0.24, lean=20, left=(0.12, 0.16), right=(0.25, 0.2), feet=(-0.14, 0.1), face=1)
    person(c, 515, 775, 330, PEOPLE[3], kneel)
    back = Pose(hip=0.24, lean=-18, left=(-0.24, 0.2), right=(-0.14, 0.15), feet=(-0.1, 0.14), face=-1)
    person(c, 800, 778, 315, replace(PEOPLE[0], legs="pants", bottom=p.PLUM), back)
    _can(c, 960, 775, 100)
    _, hand = person(c, 300, 740, 200, kid(1), Pose(left=(-0.06, 0.42), right=(0.08, 0.42), face=1))
    plants.sapling(c, 302, 684, 84, light.leaves)
    for k in range(4):
        plants.sapling(c, 60 + 66 * k, 780 - (k % 2) * 8, 118, light.leaves)
    land.tufts(c, light.leaves[0], (980, 680, 1200, 790), 34)


def _can(c: Canvas, x: float, y: float, size: float) -> None:
    """A watering can, its spout to the left."""
    c.shadow(x + 6, y, size * 0.5, size * 0.1)
    c.taper([(x - size * 0.3, y - size * 0.2), (x - size * 0.72, y - size * 0.66)], [size * 0.14, size * 0.07], p.dark(p.TEAL, 0.15))
    c.oval(x - size * 0.74, y - size * 0.68, size * 0.1, size * 0.07, p.dark(p.TEAL, 0.3))
    c.curve([(x + size * 0.3, y - size * 0.5), (x + size * 0.6, y - size * 0.6), (x + size * 0.55, y - size * 0.2), (x + size * 0.34, y - size * 0.1)], size * 0.07, p.dark(p.TEAL, 0.2))
    c.rect((x - size * 0.36, y - size * 0.62, x + size * 0.36, y), p.TEAL, size * 0.08)
    c.rect((x + size * 0.12, y - size * 0.62, x + size * 0.36, y), p.dark(p.TEAL, 0.14), size * 0.08)
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
            if y == 680 and 420 < x < 760:
                continue
            plants.sapling(c, x, y, size, light.leaves)
            tone = (p.RED, p.OCHRE, p.CORAL)[k % 3]
            spots = [(x - size * 0.16, y - size * 0.5), (x + size * 0.18, y - size * 0.58), (x + size * 0.04, y - size * 0.42)]
            plants.harvest(c, spots, size * 0.055, tone)
    water = Pose(left=(0.06, 0.5), right=(0.24, 0.5), lean=8, face=1)
    person(c, 520, 712, 290, PEOPLE[11], water)
    _can(c, 640, 600, 80)
    for k in range(7):
        c.line([(590 - 4 * k, 560 + 6 * k), (582 - 5 * k, 588 + 14 * k)], 2.4, (214, 234, 236))
    _, hand = person(c, 900, 720, 280, PEOPLE[8], Pose(left=(-0.1, 0.48), right=(0.1, 0.48), face=-1))
    things.heap(c, 898, 604, 96, p.RED)
    for k in range(7):
        x, size = 50 + k * 190, 200
        if k in (2, 3):
            continue
        plants.sapling(c, x, 795, size, light.leaves)
        plants.harvest(c, [(x - 34, 690), (x + 36, 676), (x + 6, 712), (x - 12, 650)], 10, (p.OCHRE, p.RED)[k % 2])
    person(c, 655, 785, 200, kid(3), Pose(left=(-0.16, 0.36), right=(0.2, 0.4), face=-1))


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
        x, y = c.rng.uniform(330, 690), c.rng.uniform(380, 500)
        c.curve([(x, y), (x + 3, y + 26), (x - 2, y + 48)], 5, light.leaves[2])


