"""Markets and parcels."""

from __future__ import annotations

from dataclasses import replace

from kimcms.seed.pictures import build as b
from kimcms.seed.pictures import land, plants, room, things
from kimcms.seed.pictures import palette as p
from kimcms.seed.pictures.canvas import HEIGHT, WIDTH, Canvas
from kimcms.seed.pictures.people import HIJAB, PEOPLE, STAND, Look, Pose, kid, person

SHOP = replace(STAND, back=True, right=(0.17, 0.46))
HOLD = Pose(left=(-0.03, 0.53), right=(0.045, 0.55))


def pasar_umkm(c: Canvas) -> None:
    """The market of small businesses, late in the afternoon."""
    light = p.GOLDEN
    land.country(c, light, 430, (600, 240), shift=-20)
    land.field(c, 430, light.grass)
    b.far_roofs(c, 450, light.haze, 110, 1)
    plants.tree(c, 70, 560, 360, light.leaves)
    plants.palm(c, 1120, 560, 430, light.leaves, -0.08)
    c.fade(land.box(0, 550, WIDTH, HEIGHT), light.path, p.dark(light.path, 0.1))
    land.pebbles(c, p.dark(light.path, 0.25), (0, 570, WIDTH, 795), 50)
    goods = ((p.CORAL, p.OCHRE, p.LEAF), (p.WOOD, p.STRAW, p.CORAL), (p.OCHRE, p.PLUM, p.LEAF))
    stripes = ((p.CORAL, p.WHITE), (p.TEAL, p.CREAM), (p.OCHRE, p.WHITE))
    keepers = (PEOPLE[8], PEOPLE[4], PEOPLE[6])
    for k in range(3):
        x, y, w = 100 + k * 345, 640, 310
        top = things.stall(c, x, y, w)
        person(c, x + w * 0.5, y - 6, 236, keepers[k], replace(HOLD, face=k - 1))
        things.counter(c, x, y, w, top, p.mix(p.WOOD, stripes[k][0], 0.25), p.WOOD)
        for n in range(3):
            things.heap(c, x + 54 + n * 101, top + 6, 82, goods[k][n], 2)
        b.batik(c, (x + 20, y - 66, x + w - 20, y - 34), p.dark(stripes[k][0], 0.12), p.STRAW)
        things.awning(c, x - 26, y - w * 1.24, x + w + 26, 84, stripes[k])
    b.bunting(c, (-20, 100), (1220, 80), 90, 36, (p.CORAL, p.STRAW, p.TEAL, p.WHITE))
    person(c, 330, 752, 270, PEOPLE[0], replace(SHOP, left=(-0.17, 0.42)))
    _bag(c, 376, 664, 44, p.TEAL)
    person(c, 585, 742, 262, PEOPLE[7], SHOP)
    person(c, 665, 752, 188, kid(1), replace(STAND, back=True, left=(-0.2, 0.5)))
    person(c, 905, 760, 275, PEOPLE[2], Pose(left=(-0.16, 0.4), right=(0.13, 0.5), face=-1))
    _bag(c, 862, 664, 50, p.CORAL)
    person(c, 1010, 748, 262, PEOPLE[5], Pose(face=-1))
    plants.pot(c, 60, 770, 130, light.leaves, 2)
    plants.pot(c, 1150, 774, 140, light.leaves, 0)


def _bag(c: Canvas, x: float, y: float, w: float, tone: p.Color) -> None:
    """A shopping bag hanging from (x, y - w / 2)."""
    c.curve([(x - w * 0.26, y), (x, y - w * 0.5), (x + w * 0.26, y)], 3, p.dark(tone, 0.2))
    c.poly([(x - w * 0.45, y), (x + w * 0.45, y), (x + w * 0.5, y + w), (x - w * 0.5, y + w)], tone)
    c.poly([(x + w * 0.14, y), (x + w * 0.45, y), (x + w * 0.5, y + w), (x + w * 0.16, y + w)],
            p.dark(tone, 0.14))  # fmt: skip
    c.oval(x - w * 0.08, y + w * 0.5, w * 0.16, w * 0.16, p.pale(tone, 0.5))


def pasar_murah(c: Canvas) -> None:
    """Cheap staples from the back of a lorry."""
    light = p.DAY
    land.country(c, light, 400, shift=-200)
    land.field(c, 400, light.grass)
    b.far_roofs(c, 422, light.haze, 120, 3)
    plants.tree(c, 1110, 520, 330, light.leaves)
    c.fade(land.box(0, 510, WIDTH, HEIGHT), (216, 206, 190), (190, 178, 164))
    land.pebbles(c, (160, 150, 142), (0, 540, WIDTH, 795), 50)
    _lorry(c, 60, 610)
    person(c, 310, 478, 164, PEOPLE[5], replace(HOLD, face=1))
    for k in range(4):
        things.sack(c, 112 + 44 * k, 474 - (k % 2) * 4, 54, p.CREAM, p.TEAL)
    c.rect((70, 470, 470, 520), p.dark(p.BLUE, 0.06), 3)
    _tent(c, 560, 250, 420)
    room.table(c, 560, 560, 980, 690, p.TEAL, p.STRAW)
    for k in range(4):
        things.bottle(c, 600 + 27 * k, 574, 66, p.OCHRE, p.RED)
    for k in range(3):
        things.sack(c, 740 + 56 * k, 578, 50, p.WHITE, p.CORAL)
    things.heap(c, 930, 576, 76, p.ROSE)
    line = ((1000, 0, 752), (1066, 9, 744), (1134, 2, 750))
    for x, n, y in reversed(line):
        person(c, x, y, 255, PEOPLE[n], Pose(left=(-0.15, 0.42), right=(0.12, 0.42), face=-1))
    _bag(c, 972, 650, 46, p.CORAL)
    person(c, 470, 745, 262, PEOPLE[11], Pose(left=(-0.14, 0.42), right=(0.14, 0.42), face=1))
    things.sack(c, 520, 690, 62, p.CREAM, p.TEAL)
    for x, y, tone in ((100, 770, p.CREAM), (182, 784, p.STRAW), (140, 700, p.CREAM)):
        things.sack(c, x, y, 90, tone, p.TEAL)
    things.crate(c, 300, 775, 130, 80)
    things.bottle(c, 278, 700, 62, p.OCHRE, p.RED)
    things.bottle(c, 312, 700, 62, p.OCHRE, p.RED)


def _lorry(c: Canvas, x: float, y: float) -> None:
    """A small lorry, its cab to the right and its bed open."""
    c.shadow(x + 270, y + 26, 330, 24, 0.65)
    c.fade(land.box(x + 10, y - 310, x + 410, y - 130), (196, 216, 218), (160, 188, 194))
    c.rect((x, y - 326, x + 420, y - 300), p.BLUE, 6)
    for u in (10, 400):
        c.rect((x + u, y - 310, x + u + 12, y - 80), p.dark(p.BLUE, 0.2))
    c.rect((x, y - 92, x + 560, y - 28), p.dark(p.BLUE, 0.24), 6)
    c.blob([(x + 430, y - 40), (x + 430, y - 230), (x + 510, y - 236), (x + 556, y - 140),
            (x + 580, y - 110), (x + 580, y - 40)], p.CREAM)  # fmt: skip
    c.poly([(x + 450, y - 212), (x + 502, y - 214), (x + 536, y - 144), (x + 450, y - 144)],
            (140, 178, 192))  # fmt: skip
    c.rect((x + 440, y - 84, x + 580, y - 30), p.pale(p.BLUE, 0.1), 6)
    c.oval(x + 570, y - 74, 9, 11, p.STRAW)
    for u in (110, 490):
        things.wheel(c, x + u, y - 20, 46)


def _tent(c: Canvas, x: float, y: float, w: float) -> None:
    """A white and blue tent roof on poles."""
    tone = p.mix(p.BLUE, p.SKY, 0.55)
    for u in (6, w - 14):
        c.rect((x + u, y + 84, x + u + 8, y + 430), p.GREY)
    c.poly([(x - 26, y + 90), (x + w / 2, y - 60), (x + w + 26, y + 90)], p.WHITE)
    for k in range(4):
        a = x - 26 + (w + 52) * k / 4
        c.poly([(a, y + 90), (x + w / 2, y - 60), (a + (w + 52) / 8, y + 90)], tone)
    for k in range(16):
        a = x - 26 + (w + 52) * (k + 0.5) / 16
        c.oval(a, y + 92, (w + 52) / 32, 15, p.WHITE if k % 2 else tone)


def sembako(c: Canvas) -> None:
    """Volunteers hand parcels to older neighbours."""
    light = p.MORNING
    land.country(c, light, 420, shift=80)
    land.field(c, 420, light.grass)
    b.far_roofs(c, 444, light.haze, 110, 2)
    plants.banana(c, 250, 530, 260, light.leaves)
    b.hall(c, 540, columns=(40, 590, 1150))
    room.banner(c, 320, 190, 400, 96, p.TEAL)
    for x, n in ((130, 8), (300, 3), (470, 6)):
        person(
            c, x, 660, 300, replace(PEOPLE[n], vest=p.CORAL), replace(HOLD, face=1 if n != 6 else 0)
        )
    room.table(c, 40, 570, 570, 720, p.PLUM, p.STRAW)
    for k in range(5):
        _parcel(c, 95 + 104 * k, 588, 84, (p.CREAM, p.STRAW)[k % 2])
    giver = replace(HIJAB, vest=p.CORAL, cloth=p.NAVY, top=p.WHITE)
    person(c, 700, 742, 330, giver, Pose(left=(-0.02, 0.56), right=(0.24, 0.56), face=1, lean=6))
    old = Look("hijab", p.STRAW, p.ROSE, p.DARKWOOD, p.SKINS[1], "skirt", batik=True)
    person(c, 890, 742, 300, old, Pose(left=(-0.24, 0.6), right=(-0.08, 0.58), face=-1, lean=-6))
    _parcel(c, 794, 590, 96, p.CREAM)
    c.oval(762, 566, 11, 11, giver.skin)
    c.oval(828, 566, 11, 11, old.skin)
    grey = Look("peci", p.BLACK, p.TEAL, p.PLUM, p.SKINS[3], "sarong")
    person(c, 1010, 726, 305, grey, Pose(left=(-0.16, 0.42), right=(0.17, 0.5), face=-1))
    c.line([(1066, 572), (1074, 726)], 6, p.DARKWOOD)
    person(c, 1110, 716, 285, PEOPLE[0], Pose(face=-1))
    for k in range(3):
        things.sack(c, 90 + 96 * k, 790, 88, (p.CREAM, p.STRAW, p.CREAM)[k], p.TEAL)
    things.crate(c, 410, 792, 130, 76)


def _parcel(c: Canvas, x: float, y: float, w: float, tone: p.Color) -> None:
    """A bag with rice, oil and eggs looking out."""
    things.bottle(c, x - w * 0.2, y - w * 0.5, w * 0.62, p.OCHRE, p.RED)
    c.rect((x, y - w * 1.02, x + w * 0.34, y - w * 0.4), p.WHITE, 5)
    c.rect((x + w * 0.04, y - w * 0.92, x + w * 0.3, y - w * 0.74), p.LEAF, 2)
    c.poly([(x - w * 0.46, y - w * 0.7), (x + w * 0.46, y - w * 0.7), (x + w * 0.42, y),
            (x - w * 0.42, y)], tone)  # fmt: skip
    c.poly([(x + w * 0.16, y - w * 0.7), (x + w * 0.46, y - w * 0.7), (x + w * 0.42, y),
            (x + w * 0.16, y)], p.dark(tone, 0.13))  # fmt: skip
    c.rect((x - w * 0.24, y - w * 0.48, x + w * 0.12, y - w * 0.24), p.CORAL, 4)
