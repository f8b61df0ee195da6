"""Markets, parcels, the kitchen, the telephone and the service counter."""

from __future__ import annotations

from dataclasses import replace

from kimcms.seed.pictures import build as b
from kimcms.seed.pictures import land, plants, room, things
from kimcms.seed.pictures import palette as p
from kimcms.seed.pictures.canvas import HEIGHT, WIDTH, Canvas
from kimcms.seed.pictures.people import HIJAB, PEOPLE, STAND, Look, Pose, kid, person

SHOP = replace(STAND, back=True, right=(0.17, 0.46))
HOLD = Pose(left=(-0.08, 0.54), right=(0.09, 0.54))


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
        things.awning(c, x - 26, y - w * 1.0, x + w + 26, 84, stripes[k])
    b.bunting(c, (-20, 190), (1220, 170), 80, 36, (p.CORAL, p.STRAW, p.TEAL, p.WHITE))
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
    c.poly([(x + w * 0.14, y), (x + w * 0.45, y), (x + w * 0.5, y + w), (x + w * 0.16, y + w)], p.dark(tone, 0.14))
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
    person(c, 300, 480, 205, PEOPLE[5], replace(HOLD, face=1))
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
    line = ((1010, 0, 752), (1090, 9, 744), (1168, 2, 750))
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
    c.blob([(x + 430, y - 40), (x + 430, y - 230), (x + 510, y - 236), (x + 556, y - 140), (x + 580, y - 110), (x + 580, y - 40)], p.CREAM)
    c.poly([(x + 450, y - 212), (x + 502, y - 214), (x + 536, y - 144), (x + 450, y - 144)], (140, 178, 192))
    c.rect((x + 440, y - 84, x + 580, y - 30), p.pale(p.BLUE, 0.1), 6)
    c.oval(x + 570, y - 74, 9, 11, p.STRAW)
    for u in (110, 490):
        things.wheel(c, x + u, y - 20, 46)


def _tent(c: Canvas, x: float, y: float, w: float) -> None:
    """A white and blue tent roof on poles."""
    for u in (6, w - 14):
        c.rect((x + u, y + 40, x + u + 8, y + 430), p.GREY)
    c.poly([(x - 26, y + 90), (x + w / 2, y - 60), (x + w + 26, y + 90)], p.WHITE)
    for k in range(4):
        a = x - 26 + (w + 52) * k / 4
        c.poly([(a, y + 90), (x + w / 2, y - 60), (a + (w + 52) / 8, y + 90)], p.SKY)
    for k in range(16):
        a = x - 26 + (w + 52) * (k + 0.5) / 16
        c.oval(a, y + 92, (w + 52) / 32, 15, p.WHITE if k % 2 else p.SKY)


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
        person(c, x, 660, 300, replace(PEOPLE[n], vest=p.CORAL), replace(HOLD, face=1 if n != 6 else 0))
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
    c.poly([(x - w * 0.46, y - w * 0.7), (x + w * 0.46, y - w * 0.7), (x + w * 0.42, y), (x - w * 0.42, y)], tone)
    c.poly([(x + w * 0.16, y - w * 0.7), (x + w * 0.46, y - w * 0.7), (x + w * 0.42, y), (x + w * 0.16, y)], p.dark(tone, 0.13))
    c.rect((x - w * 0.24, y - w * 0.48, x + w * 0.12, y - w * 0.24), p.CORAL, 4)


def dapur(c: Canvas) -> None:
    """Cooks in the neighbourhood kitchen."""
    room.room(c, (244, 222, 186), (206, 160, 128), 540)
    room.view(c, 470, 110, 760, 320)
    for y in (150, 250):
        c.rect((60, y, 380, y + 10), p.WOOD, 2)
        for k in range(6):
            tone = (p.CORAL, p.TEAL, p.STRAW, p.CREAM, p.OCHRE, p.LEAF)[(k + y) % 6]
            c.rect((78 + 50 * k, y - 46 - (k % 2) * 10, 112 + 50 * k, y), tone, 5)
            c.rect((80 + 50 * k, y - 54 - (k % 2) * 10, 110 + 50 * k, y - 44 - (k % 2) * 10), p.DARKWOOD, 2)
    c.line([(830, 130), (1140, 130)], 6, p.DARKWOOD)
    for k in range(5):
        x = 860 + 62 * k
        c.line([(x, 130), (x, 176)], 4, p.GREY)
        c.oval(x, 196, 23 + 2 * (k % 2), 23 + 2 * (k % 2), p.dark(p.GREY, 0.1 + 0.08 * (k % 2)))
    c.rect((790, 470, 1160, 500), p.STONE, 3)
    c.rect((800, 500, 1150, 640), p.mix(p.CREAM, p.TEAL, 0.5), 3)
    for k in range(3):
        c.rect((816 + 112 * k, 516, 912 + 112 * k, 626), p.mix(p.CREAM, p.TEAL, 0.36), 4)
    _steam(c, 1050, 390)
    c.rect((985, 400, 1115, 472), p.GREY, 12)
    c.rect((1060, 400, 1115, 472), p.dark(p.GREY, 0.16), 12)
    c.rect((972, 392, 1128, 406), p.dark(p.GREY, 0.3), 6)
    cook = replace(PEOPLE[0], top=p.CREAM)
    apron = ((PEOPLE[2], 300, -1), (cook, 560, 0), (PEOPLE[4], 850, 1))
    for look, x, face in apron:
        person(c, x, 730, 400, replace(look, vest=None), Pose(left=(-0.1, 0.53), right=(0.12, 0.55), face=face))
        c.blob([(x - 38, 470), (x + 38, 470), (x + 50, 640), (x - 50, 640)], (p.TEAL, p.OCHRE, p.CORAL)[face + 1])
    room.table(c, 120, 580, 1060, 800, p.CORAL, p.STRAW)
    _dishes(c)
    plants.pot(c, 1140, 780, 170, p.MORNING.leaves, 0)


def _dishes(c: Canvas) -> None:
    """What is being made on the table."""
    for x, tone in ((230, p.OCHRE), (720, p.CORAL), (960, p.LEAF)):
        room.plate(c, x, 592, 130, tone, 5)
    for x, tone in ((400, p.TEAL), (860, p.CREAM)):
        c.blob([(x - 56, 552), (x + 56, 552), (x + 34, 602), (x - 34, 602)], tone)
        c.oval(x, 552, 56, 14, p.dark(tone, 0.2))
        c.oval(x, 550, 46, 9, p.STRAW)
    c.rect((500, 584, 630, 600), p.pale(p.WOOD, 0.2), 5)
    for k in range(5):
        c.oval(520 + 24 * k, 580, 11, 9, p.LEAF if k % 2 else p.CORAL)


def _steam(c: Canvas, x: float, y: float) -> None:
    """Steam rising from a pot."""
    for k in (-1, 0, 1):
        points = [(x + k * 30, y), (x + k * 30 + 14, y - 40), (x + k * 30 - 10, y - 80), (x + k * 30 + 8, y - 120)]
        c.curve(points, 9, p.WHITE, 90)


def ponsel(c: Canvas) -> None:
    """A hand holds a telephone which takes the picture of a snack for sale."""
    light = p.GOLDEN
    land.country(c, light, 360, (960, 140))
    land.field(c, 360, light.grass)
    b.far_roofs(c, 384, light.haze, 130, 2)
    plants.banana(c, 110, 520, 360, light.leaves)
    plants.tree(c, 1080, 500, 330, light.leaves)
    c.darken((236, 224, 226))
    c.fade(land.box(0, 500, WIDTH, HEIGHT), (190, 132, 92), (140, 92, 68))
    for k in range(5):
        y = 500 + 300 * (k / 5) ** 1.3
        c.line([(0, y), (WIDTH, y)], 2, (120, 78, 60), 120)
    b.batik(c, (60, 600, 620, 780), p.TEAL, p.STRAW)
    _tray(c, 330, 640, 1.0)
    room.glass(c, 140, 740, 90)
    plants.pot(c, 560, 560, 150, light.leaves, 2)
    _hand_phone(c)


def _tray(c: Canvas, x: float, y: float, s: float) -> None:
    """Snacks in a woven tray on banana leaf."""
    c.shadow(x + 10 * s, y + 60 * s, 220 * s, 40 * s)
    c.oval(x, y + 30 * s, 216 * s, 84 * s, p.dark(p.STRAW, 0.25))
    c.oval(x, y + 18 * s, 210 * s, 80 * s, p.STRAW)
    for k in range(14):
        c.oval(x, y + 18 * s, (200 - k * 13) * s, (76 - k * 5) * s, (p.dark(p.STRAW, 0.1), p.STRAW)[k % 2])
    c.oval(x, y + 12 * s, 172 * s, 58 * s, p.LEAF)
    for row, count in ((0, 4), (1, 5), (2, 4)):
        for k in range(count):
            u = x + (k - (count - 1) / 2) * 72 * s
            v = y - 16 * s + row * 28 * s
            c.oval(u + 3 * s, v + 8 * s, 32 * s, 22 * s, p.dark(p.LEAF, 0.3))
            c.oval(u, v, 32 * s, 23 * s, (p.OCHRE, p.CORAL, p.ROSE)[(k + row) % 3])
            c.oval(u - 8 * s, v - 8 * s, 13 * s, 7 * s, p.pale(p.STRAW, 0.5))


def _hand_phone(c: Canvas) -> None:
    """The telephone, its screen and the hand around it."""
    skin = p.SKINS[0]
    c.taper([(1240, 860), (1010, 640)], [210, 150], p.TEAL)
    c.taper([(1090, 716), (980, 610)], [128, 118], skin)
    c.soft(845, 440, 200, 330, p.INK, 0.4)
    c.blob([(930, 700), (1010, 620), (1010, 430), (960, 380), (900, 480)], p.dark(skin, 0.08))
    c.rect((668, 110, 968, 706), p.INK, 40)
    c.rect((684, 128, 952, 688), p.STRAW, 26)
    part = Canvas("tray")
    part.fade(land.box(0, 0, WIDTH, HEIGHT), (236, 176, 128), (168, 114, 84))
    b.batik(part, (-10, 330, 560, 620), p.TEAL, p.STRAW)
    _tray(part, 268, 420, 1.08)
    part.oval(268, 150, 420, 120, (250, 222, 176))
    crop = part.image.crop((0, 0, 2 * 536, 2 * 920)).resize((2 * 268, 2 * 460))
    c.image.paste(crop, (2 * 684, 2 * 150))
    for x, y, u, v in ((710, 200, 1, 1), (926, 200, -1, 1), (710, 470, 1, -1), (926, 470, -1, -1)):
        c.line([(x, y), (x + 30 * u, y)], 4, p.WHITE)
        c.line([(x, y), (x, y + 30 * v)], 4, p.WHITE)
    c.rect((684, 600, 952, 662), p.INK)
    c.oval(818, 634, 27, 27, p.WHITE)
    c.oval(818, 634, 21, 21, p.CORAL)
    c.rect((788, 136, 848, 146), p.INK, 5)
    for k in range(4):
        y = 420 + 58 * k
        c.taper([(655, y + 10), (700, y + 2)], [44, 40], p.dark(skin, 0.05 * (k % 2)))
        c.oval(704, y + 1, 13, 13, p.pale(skin, 0.35))
    c.taper([(1000, 560), (985, 470), (930, 380)], [92, 66, 48], skin)
    c.oval(926, 374, 15, 18, p.pale(skin, 0.35))


def loket(c: Canvas) -> None:
    """The service counter of the kelurahan."""
    room.room(c, (214, 226, 220), (198, 188, 176), 520)
    room.banner(c, 600, 92, 560, 96, p.TEAL)
    room.view(c, 60, 150, 210, 330)
    for k in range(3):
        x = 260 + 270 * k
        c.rect((x - 6, 176, x + 216, 430), p.mix(p.WOOD, p.WHITE, 0.2), 6)
        c.fade(land.box(x, 184, x + 210, 430), (240, 236, 222), (206, 220, 216))
        c.oval(x + 105, 210, 20, 20, (p.CORAL, p.OCHRE, p.TEAL)[k])
        c.oval(x + 105, 210, 12, 12, p.WHITE)
    staff = (PEOPLE[8], replace(PEOPLE[7], batik=True), PEOPLE[0])
    for k, look in enumerate(staff):
        person(c, 365 + 270 * k, 560, 310, look, replace(HOLD, left=(-0.13, 0.5), right=(0.13, 0.5)))
        room.laptop(c, 420 + 270 * k, 436, 78)
    c.fade(land.box(215, 430, 1075, 610), p.pale(p.WOOD, 0.16), p.WOOD)
    for k in range(4):
        c.rect((236 + 212 * k, 470, 426 + 212 * k, 590), p.dark(p.WOOD, 0.1), 5)
        b.batik(c, (250 + 212 * k, 514, 412 + 212 * k, 546), p.dark(p.WOOD, 0.16), p.STRAW)
    c.rect((200, 424, 1090, 448), p.pale(p.WOOD, 0.45), 4)
    c.shadow(640, 614, 450, 14, 0.4)
    for k in range(3):
        room.paper(c, 330 + 270 * k, 434, 54)
    person(c, 380, 715, 350, PEOPLE[7], replace(SHOP, right=(0.16, 0.62)))
    person(c, 655, 722, 345, PEOPLE[11], replace(SHOP, left=(-0.14, 0.6)))
    for k, n in enumerate((2, 3, 6)):
        x = 850 + 120 * k
        room.chair(c, x, 785, 190, p.TEAL)
        person(c, x, 770, 300, PEOPLE[n], Pose(back=True, hip=0.26, seat="chair", left=(-0.12, 0.34), right=(0.12, 0.34)), shade=False)
        room.chair(c, x, 785, 190, (p.TEAL, p.BLUE, p.TEAL)[k])
    plants.pot(c, 110, 760, 260, p.MORNING.leaves, 0)
