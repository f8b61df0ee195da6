"""The kitchen, the telephone and the service counter."""

from __future__ import annotations

from dataclasses import replace

from kimcms.seed.pictures import build as b
from kimcms.seed.pictures import land, plants, room
from kimcms.seed.pictures import palette as p
from kimcms.seed.pictures.canvas import HEIGHT, WIDTH, Canvas
from kimcms.seed.pictures.people import PEOPLE, STAND, Pose, person

SHOP = replace(STAND, back=True, right=(0.17, 0.46))
HOLD = Pose(left=(-0.03, 0.53), right=(0.045, 0.55))


def dapur(c: Canvas) -> None:
    """Cooks in the neighbourhood kitchen."""
    room.room(c, (244, 222, 186), (206, 160, 128), 540)
    room.view(c, 470, 110, 760, 320)
    for y in (150, 250):
        c.rect((60, y, 380, y + 10), p.WOOD, 2)
        for k in range(6):
            tone = (p.CORAL, p.TEAL, p.STRAW, p.CREAM, p.OCHRE, p.LEAF)[(k + y) % 6]
            c.rect((78 + 50 * k, y - 46 - (k % 2) * 10, 112 + 50 * k, y), tone, 5)
            c.rect(
                (80 + 50 * k, y - 54 - (k % 2) * 10, 110 + 50 * k, y - 44 - (k % 2) * 10),
                p.DARKWOOD,
                2,
            )
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
    team = (
        (
            replace(PEOPLE[2], apron=p.CORAL),
            300,
            Pose(left=(-0.12, 0.45), right=(0.2, 0.5), face=1),
        ),
        (replace(cook, apron=p.TEAL), 560, Pose(left=(-0.1, 0.42), right=(0.1, 0.46))),
        (
            replace(PEOPLE[4], apron=p.OCHRE),
            850,
            Pose(left=(-0.17, 0.44), right=(0.17, 0.44), face=-1),
        ),
    )
    for look, x, pose in team:
        person(c, x, 730, 400, look, pose)
    room.table(c, 120, 580, 1060, 800, p.CLAY, p.STRAW)
    _dishes(c)
    c.line([(380, 520), (404, 562)], 7, p.WOOD)
    c.oval(380, 528, 13, 14, PEOPLE[2].skin)
    c.poly([(598, 542), (606, 536), (650, 566), (640, 572)], p.STONE)
    c.oval(600, 546, 13, 14, cook.skin)
    c.oval(524, 562, 13, 14, cook.skin)
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
        points = [(x + k * 30, y), (x + k * 30 + 14, y - 40), (x + k * 30 - 10, y - 80),
                (x + k * 30 + 8, y - 120)]  # fmt: skip
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
        c.oval(
            x,
            y + 18 * s,
            (200 - k * 13) * s,
            (76 - k * 5) * s,
            (p.dark(p.STRAW, 0.1), p.STRAW)[k % 2],
        )
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
    c.taper([(1200, 840), (985, 600)], [150, 120], skin)
    c.poly([(1010, 800), (1150, 640), (1260, 740), (1260, 860), (1030, 860)], p.TEAL)
    c.poly([(998, 782), (1134, 626), (1160, 648), (1022, 808)], p.pale(p.TEAL, 0.25))
    c.soft(845, 440, 200, 330, p.INK, 0.4)
    c.blob([(930, 700), (1010, 620), (1010, 430), (960, 380), (900, 480)], p.dark(skin, 0.08))
    c.rect((668, 110, 968, 706), p.INK, 40)
    c.rect((684, 128, 952, 688), p.dark(p.NAVY, 0.5), 26)
    part = Canvas("tray")
    land.sky(part, p.GOLDEN, 250)
    land.mountains(part, p.GOLDEN, 250, -170)
    part.fade(land.box(0, 250, WIDTH, 300), p.GOLDEN.grass, p.dark(p.GOLDEN.grass, 0.1))
    part.fade(land.box(0, 300, WIDTH, HEIGHT), (196, 138, 98), (150, 100, 74))
    b.batik(part, (-10, 330, 470, 600), p.TEAL, p.STRAW)
    _tray(part, 218, 400, 0.86)
    crop = part.image.crop((0, 0, 2 * 436, 2 * 748)).resize((2 * 268, 2 * 460))
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
        person(
            c, 365 + 270 * k, 560, 310, look, replace(HOLD, left=(-0.13, 0.5), right=(0.13, 0.5))
        )
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
        person(
            c,
            x,
            785,
            320,
            PEOPLE[n],
            Pose(back=True, hip=0.26, seat="chair", left=(-0.12, 0.34), right=(0.12, 0.34)),
            shade=False,
        )
        room.chair(c, x, 800, 150, (p.TEAL, p.BLUE, p.TEAL)[k])
    plants.pot(c, 110, 760, 260, p.MORNING.leaves, 0)
