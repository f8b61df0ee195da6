"""Work in common: cleaning, sorting, watching for larvae."""

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
    _sweep(c, 845, 700, 240, PEOPLE[11], 1)
    _sweep(c, 1100, 748, 270, PEOPLE[3], -1)
    _leaves(c, light, 400, 768, 26)
    _leaves(c, light, 960, 772, 26)
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
    for k, (tone, load) in enumerate(
        ((p.BLUE, p.SKY), (p.OCHRE, p.STRAW), (p.LEAF, p.CREAM), (p.CORAL, p.GREY))
    ):
        things.bin_(c, 290 + 80 * k, 610, 74, tone, load)
    person(
        c,
        960,
        640,
        262,
        replace(CADRE, cloth=p.PLUM),
        Pose(left=(-0.06, 0.54), right=(0.1, 0.56), face=-1),
    )
    c.poly([(915, 484), (965, 478), (972, 510), (922, 516)], p.WHITE)
    _scale(c, 690, 720)
    _, hand = person(
        c, 574, 745, 285, PEOPLE[7], Pose(left=(0.06, 0.42), right=(0.24, 0.48), face=1, lean=8)
    )
    things.sack(c, 690, 642, 96, p.CREAM, p.TEAL)
    c.oval(*hand, 10, 10, PEOPLE[7].skin)
    things.crate(c, 880, 770, 120, 70)
    things.crate(c, 1000, 782, 130, 84)
    things.crate(c, 945, 694, 110, 62)
    person(c, 330, 772, 270, PEOPLE[0], Pose(left=(-0.17, 0.4), right=(0.14, 0.42), face=1))
    things.sack(c, 268, 775, 92, (196, 220, 222), None)
    for k in range(6):
        things.bottle(
            c,
            50 + 28 * k,
            770 + (k % 2) * 10,
            78,
            (p.SKY, (190, 222, 200))[k % 2],
            (p.BLUE, p.CORAL, p.LEAF)[k % 3],
        )
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
    _, hand = person(
        c, 440, 755, 330, CADRE, Pose(left=(-0.06, 0.5), right=(0.26, 0.6), lean=14, face=1)
    )
    c.poly([(hand[0] + 10, hand[1] + 2), (556, 604), (650, 604), (hand[0] + 20, hand[1] - 8)],
            (255, 244, 180), 120)  # fmt: skip
    c.line([hand, (hand[0] + 26, hand[1] + 12)], 14, p.INK)
    c.oval(*hand, 12, 12, CADRE.skin)
    other = replace(CADRE, cloth=p.PLUM, skin=p.SKINS[1])
    person(c, 790, 762, 325, other, Pose(left=(-0.1, 0.52), right=(0.1, 0.56), face=-1))
    c.poly([(748, 572), (806, 560), (818, 606), (760, 618)], p.DARKWOOD)
    c.poly([(753, 577), (802, 567), (812, 602), (763, 612)], p.WHITE)
    for k in range(3):
        c.line([(762, 585 + 9 * k), (800, 577 + 9 * k)], 2, p.GREY)
    c.oval(804, 588, 11, 11, other.skin)
    person(
        c,
        1020,
        750,
        300,
        replace(PEOPLE[4], batik=True),
        Pose(left=(-0.1, 0.5), right=(0.08, 0.5), face=-1),
    )
    person(c, 1120, 765, 205, kid(0), Pose(face=-1))
    for x, y in ((240, 720), (300, 760)):
        things.bin_(c, x, y, 80, p.BLUE if x < 260 else p.OCHRE)
    plants.pot(c, 90, 775, 150, light.leaves, 1)


def _tub(c: Canvas, x: float, y: float) -> None:
    """A big earthen water jar, full."""
    c.shadow(x + 10, y, 120, 22)
    shape = ((-0.72, -1.0), (-1.0, -0.62), (-0.9, -0.2), (-0.6, 0.0), (0.6, 0.0), (0.9, -0.2),
            (1.0, -0.62), (0.72, -1.0))  # fmt: skip
    c.blob([(x + u * 104, y + v * 150) for u, v in shape], p.CLAY)
    half = ((0.3, -1.0), (0.72, -1.0), (1.0, -0.62), (0.9, -0.2), (0.6, 0.0), (0.2, 0.0),
            (0.5, -0.5))  # fmt: skip
    c.blob([(x + u * 104, y + v * 150) for u, v in half], p.dark(p.CLAY, 0.16))
    c.oval(x, y - 150, 82, 22, p.dark(p.CLAY, 0.25))
    c.oval(x, y - 148, 70, 16, (96, 158, 172))
    c.oval(x - 16, y - 151, 34, 6, (190, 224, 222))
    b.batik(c, (x - 84, y - 96, x + 84, y - 68), p.dark(p.CLAY, 0.1), p.STRAW)
