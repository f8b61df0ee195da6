"""Posyandu, check-ups, exercise and games."""

from __future__ import annotations

from dataclasses import replace

from kimcms.seed.pictures import build as b
from kimcms.seed.pictures import land, plants, room, things
from kimcms.seed.pictures import palette as p
from kimcms.seed.pictures.canvas import HEIGHT, WIDTH, Canvas, Point
from kimcms.seed.pictures.people import CHAIR, PEOPLE, STAND, Look, Pose, kid, person

NURSE = Look("hijab", p.WHITE, (176, 214, 208), p.TEAL, p.SKINS[2], "skirt")
CADRE = Look("hijab", p.PLUM, p.ROSE, p.PLUM, p.SKINS[0], "skirt")


def posyandu(c: Canvas) -> None:
    """A toddler is weighed at the posyandu."""
    light = p.MORNING
    land.country(c, light, 420, (920, 190), shift=150)
    land.field(c, 420, light.grass)
    b.far_roofs(c, 444, light.haze, 110, 1)
    plants.tree(c, 250, 530, 300, light.leaves, p.OCHRE)
    plants.banana(c, 970, 536, 280, light.leaves)
    b.hall(c, 540, columns=(40, 470, 1160))
    b.bunting(c, (40, 150), (1160, 150), 40, 30, (p.CORAL, p.STRAW, p.TEAL, p.WHITE))
    person(c, 265, 668, 300, NURSE, Pose(left=(-0.1, 0.52), right=(0.12, 0.52), face=1))
    room.table(c, 90, 566, 430, 730, p.TEAL, p.STRAW)
    room.paper(c, 250, 578, 74)
    c.rect((330, 536, 384, 580), p.CORAL, 5)
    c.rect((338, 524, 376, 540), p.WHITE, 3)
    for k in range(3):
        room.plate(c, 150 + 6 * k, 580 - 6 * k, 70, p.OCHRE, 0 if k < 2 else 4)
    mother = replace(PEOPLE[0], batik=True, top=p.OCHRE)
    person(c, 480, 742, 335, mother, Pose(left=(-0.1, 0.48), right=(0.26, 0.56), face=1))
    _dacin(c, 620, 122, 330)
    person(c, 770, 746, 340, CADRE, Pose(left=(-0.24, 0.62), right=(0.12, 0.5), face=-1))
    person(c, 905, 736, 300, PEOPLE[11], Pose(left=(-0.06, 0.54), right=(0.1, 0.5), face=1))
    _baby(c, 905, 570, 74)
    person(c, 1010, 752, 310, PEOPLE[6], Pose(left=(-0.14, 0.42), right=(0.14, 0.4), face=-1))
    _, hand = person(c, 1095, 768, 175, kid(1), Pose(left=(-0.2, 0.5), right=(0.2, 0.74), face=-1))
    c.line([hand, (1136, 520)], 2, p.INK)
    c.oval(1136, 488, 30, 36, p.CORAL)
    c.oval(1126, 474, 9, 12, p.pale(p.CORAL, 0.5))
    _toys(c)


def _dacin(c: Canvas, x: float, top: float, drop: float) -> None:
    """A hanging beam scale with a child in its sling."""
    y = top + drop * 0.4
    c.line([(x, top), (x, y)], 4, p.DARKWOOD)
    c.line([(x - 96, y + 10), (x + 96, y - 6)], 9, p.mix(p.GREY, p.INK, 0.3))
    c.oval(x, y, 15, 15, p.OCHRE)
    c.rect((x + 52, y - 12, x + 74, y + 22), p.INK, 4)
    hook = (x - 74, y + 8)
    seat = (x - 20, y + drop * 0.62)
    c.line([(x, y + 8), (x, y + 50)], 4, p.INK)
    del hook
    for u in (-48, 48):
        c.line([(x, y + 48), (x + u, seat[1])], 4, p.CORAL)
    look = replace(kid(0), top=p.STRAW)
    person(c, x, seat[1] + 56, 150, look, Pose(left=(-0.26, 0.56), right=(0.26, 0.56), hip=0.24, feet=(-0.1, 0.1), lift=(0.02, 0)), shade=False)
    c.blob([(x - 56, seat[1] - 6), (x + 56, seat[1] - 6), (x + 40, seat[1] + 42), (x, seat[1] + 54), (x - 40, seat[1] + 42)], p.CORAL)
    c.blob([(x + 14, seat[1]), (x + 56, seat[1] - 6), (x + 40, seat[1] + 42), (x + 8, seat[1] + 52)], p.dark(p.CORAL, 0.12))


def _baby(c: Canvas, x: float, y: float, size: float) -> None:
    """A swaddled baby lying in somebody's arms."""
    c.blob([(x - size * 0.7, y), (x - size * 0.2, y - size * 0.3), (x + size * 0.6, y - size * 0.14), (x + size * 0.66, y + size * 0.2), (x, y + size * 0.34)], p.SKY)
    c.oval(x - size * 0.48, y - size * 0.08, size * 0.3, size * 0.28, p.WHITE)
    c.oval(x - size * 0.5, y - size * 0.06, size * 0.21, size * 0.21, p.SKINS[2])
    c.curve([(x - size * 0.2, y + size * 0.2), (x + size * 0.2, y), (x + size * 0.6, y)], 4, p.pale(p.SKY, 0.4))


def _toys(c: Canvas) -> None:
    """Blocks and a ball on a mat."""
    c.poly([(560, 760), (760, 760), (790, 796), (530, 796)], p.STRAW)
    c.rect((590, 744, 626, 780), p.TEAL, 4)
    c.rect((634, 750, 666, 782), p.CORAL, 4)
    c.rect((604, 714, 638, 746), p.OCHRE, 4)
    things.ball(c, 718, 766, 20)


def tensi(c: Canvas) -> None:
    """An older woman's blood pressure is taken."""
    room.room(c, (206, 222, 214), (210, 186, 160), 560)
    room.view(c, 80, 110, 380, 350)
    room.curtain(c, 400, 100, 60, 290, p.CORAL)
    room.banner(c, 800, 150, 420, 110, p.PLUM)
    c.rect((1060, 250, 1180, 560), p.pale(p.TEAL, 0.4), 6)
    c.rect((1072, 264, 1168, 396), (224, 238, 234), 4)
    c.rect((1100, 300, 1140, 314), p.RED)
    c.rect((1113, 287, 1127, 327), p.RED)
    old = Look("hijab", p.STRAW, p.OCHRE, p.DARKWOOD, p.SKINS[1], "skirt", batik=True)
    nurse = replace(NURSE, cloth=p.TEAL, top=p.WHITE, bottom=p.TEAL)
    room.chair(c, 350, 760, 330, p.BLUE)
    left, right = (-0.12, 0.36), (0.29, 0.46)
    _, hand = person(c, 360, 790, 560, old, replace(CHAIR, left=left, right=right, face=1), shade=False)
    room.chair(c, 850, 760, 330, p.BLUE)
    n_left, _ = person(c, 850, 790, 570, nurse, replace(CHAIR, left=(-0.3, 0.47), right=(-0.06, 0.43), face=-1), shade=False)
    room.table(c, 430, 600, 980, 800, p.TEAL, p.STRAW)
    c.taper([(452, 560), (508, 596), (600, 606)], [50, 44, 32], p.dark(old.top, 0.09))
    c.taper([(470, 568), (506, 592)], [60, 58], p.NAVY)
    c.taper([(590, 606), (626, 608)], [30, 24], old.skin)
    c.oval(640, 609, 19, 16, old.skin)
    _gauge(c)
    c.taper([(740, 560), (690, 580)], [38, 28], p.dark(nurse.top, 0.09))
    c.oval(676, 588, 18, 17, nurse.skin)
    room.paper(c, 880, 616, 110)
    c.line([(846, 612), (896, 600)], 5, p.CORAL)
    plants.pot(c, 90, 780, 260, p.MORNING.leaves, 0)
    del hand, n_left


def _gauge(c: Canvas) -> None:
    """A desk sphygmomanometer with its tube."""
    c.curve([(506, 610), (560, 640), (660, 640), (720, 616)], 6, p.INK)
    c.rect((712, 490, 790, 616), p.pale(p.GREY, 0.4), 6)
    c.rect((724, 500, 778, 604), p.WHITE, 4)
    c.rect((746, 506, 756, 598), p.STONE, 3)
    c.rect((746, 540, 756, 598), p.RED, 3)
    for k in range(8):
        c.line([(760, 512 + 11 * k), (770, 512 + 11 * k)], 2, p.INK)
    c.rect((700, 606, 810, 622), p.GREY, 4)


def vaksin(c: Canvas) -> None:
    """A child is vaccinated."""
    room.room(c, (216, 228, 232), (196, 190, 182), 540)
    room.view(c, 70, 100, 350, 320)
    room.curtain(c, 860, 110, 300, 430, (150, 196, 200))
    room.banner(c, 610, 120, 400, 100, p.BLUE)
    person(c, 180, 700, 360, PEOPLE[3], Pose(face=1))
    person(c, 285, 716, 250, kid(3), Pose(left=(-0.2, 0.5), face=1))
    room.table(c, 880, 560, 1180, 760, None)
    _coolbox(c, 1000, 572)
    for k in range(4):
        things.bottle(c, 1096 + 20 * k, 576, 40, p.WHITE, (p.CORAL, p.TEAL)[k % 2])
    mother = replace(PEOPLE[0], top=p.STRAW)
    room.chair(c, 480, 780, 280, p.BLUE)
    person(c, 480, 790, 480, mother, replace(CHAIR, left=(-0.06, 0.36), right=(0.16, 0.4), face=1), shade=False)
    child = replace(kid(0), top=p.OCHRE)
    person(c, 545, 752, 330, child, replace(CHAIR, left=(-0.07, 0.36), right=(0.15, 0.4), face=1), shade=False)
    c.oval(560, 614, 16, 16, mother.skin)
    nurse = replace(NURSE, cloth=p.TEAL, top=p.WHITE)
    lean = Pose(lean=-14, left=(-0.28, 0.53), right=(-0.2, 0.47), face=-1)
    hand, _ = person(c, 760, 782, 440, nurse, lean)
    x, y = hand
    c.line([(x - 8, y), (x - 36, y + 5)], 9, p.WHITE)
    c.line([(x - 34, y + 5), (x - 52, y + 8)], 2.5, p.GREY)
    c.line([(x + 4, y - 2), (x + 18, y - 4)], 6, p.CORAL)
    c.oval(x, y, 14, 14, nurse.skin)
    plants.pot(c, 70, 775, 210, p.MORNING.leaves, 1)


def _coolbox(c: Canvas, x: float, y: float) -> None:
    """A vaccine carrier."""
    c.rect((x - 74, y - 110, x + 74, y), p.BLUE, 8)
    c.rect((x + 24, y - 110, x + 74, y), p.dark(p.BLUE, 0.14), 8)
    c.rect((x - 80, y - 132, x + 80, y - 100), p.WHITE, 8)
    c.curve([(x - 44, y - 130), (x, y - 168), (x + 44, y - 130)], 7, p.GREY)
    c.rect((x - 28, y - 64, x + 14, y - 50), p.WHITE)
    c.rect((x - 14, y - 78, x, y - 36), p.WHITE)


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
    up = Pose(left=(-0.3, 0.92), right=(0.3, 0.92), feet=(-0.13, 0.13))
    lead = Look("cap", p.CORAL, p.WHITE, p.NAVY, p.SKINS[0], short=True)
    person(c, 605, 504, 220, lead, up)
    c.rect((690, 440, 748, 502), p.INK, 6)
    c.oval(719, 478, 17, 17, p.GREY)
    c.oval(719, 452, 8, 8, p.GREY)
    rows: tuple[tuple[float, float, tuple[int, ...], float], ...] = (
        (620, 210, (2, 0, 8, 6, 11), 180), (700, 262, (6, 10, 0, 4), 232), (796, 320, (0, 8, 7, 2), 274),
    )  # fmt: skip
    for row, (y, h, who, gap) in enumerate(rows):
        for k, n in enumerate(who):
            look = replace(PEOPLE[n], legs="pants", top=(p.CORAL, p.TEAL)[(k + row) % 2], batik=False)
            x = 600 + (k - (len(who) - 1) / 2) * gap + (row % 2) * 14
            person(c, x, y, h, look, replace(up, back=True))


def voli(c: Canvas) -> None:
    """A volleyball match at the end of the day."""
    light = p.GOLDEN
    land.country(c, light, 420, (250, 200), shift=240)
    land.field(c, 420, light.grass)
    b.far_roofs(c, 444, light.haze, 110, 3)
    plants.tree(c, 1120, 520, 370, light.leaves)
    for k in range(13):
        look = PEOPLE[(k * 5) % 12]
        person(c, 60 + 84 * k, 548 + (k % 2) * 10, 150, look, replace(STAND, right=(0.2, 0.84) if k % 3 == 0 else (0.15, 0.4)), shade=False)
    c.fade(land.box(0, 548, WIDTH, HEIGHT), (232, 178, 126), (206, 146, 100))
    c.poly([(150, 580), (1050, 580), (1230, 800), (-30, 800)], (224, 156, 108))
    for line in ([(150, 580), (1050, 580)], [(150, 580), (-30, 800)], [(1050, 580), (1230, 800)], [(600, 580), (600, 800)]):
        c.line(line, 5, p.WHITE)
    person(c, 320, 640, 220, PEOPLE[5], Pose(left=(-0.2, 0.6), right=(0.2, 0.6), feet=(-0.14, 0.14), hip=0.4, face=1))
    person(c, 860, 650, 225, PEOPLE[7], Pose(left=(-0.2, 0.62), right=(0.2, 0.62), feet=(-0.14, 0.14), hip=0.4, face=-1))
    _net(c)
    red = Look("hair", p.BLACK, p.CORAL, p.INK, p.SKINS[1], "shorts", short=True)
    blue = replace(red, top=p.BLUE, skin=p.SKINS[3])
    c.shadow(470, 752, 60, 12, 0.5)
    person(c, 470, 672, 300, red, Pose(left=(-0.28, 0.72), right=(0.2, 1.04), feet=(-0.16, 0.02), lift=(0.1, 0), lean=8, face=1), shade=False)
    c.shadow(740, 752, 60, 12, 0.5)
    person(c, 736, 690, 300, blue, Pose(left=(-0.16, 1.04), right=(0.06, 1.04), feet=(-0.04, 0.14), lift=(0, 0.08), face=-1), shade=False)
    person(c, 200, 775, 285, replace(red, skin=p.SKINS[0]), Pose(left=(-0.06, 0.5), right=(0.2, 0.5), feet=(-0.16, 0.16), hip=0.4, lean=14, face=1))
    person(c, 1010, 780, 285, replace(blue, skin=p.SKINS[4]), Pose(left=(-0.2, 0.56), right=(0.06, 0.54), feet=(-0.16, 0.16), hip=0.4, lean=-12, face=-1))
    things.ball(c, 586, 316, 30)
    c.curve([(430, 230), (500, 236), (552, 290)], 4, p.WHITE, 120)


def _net(c: Canvas) -> None:
    """The net, seen along the middle line."""
    near: Point = (600, 790)
    far: Point = (600, 570)
    c.line([far, (600, 400)], 8, p.DARKWOOD)
    for k in range(9):
        t = k / 8
        c.line([(600, 398 + 90 * t), (600, 300 + 200 * t)], 2, p.WHITE, 160)
    c.poly([(597, 400), (603, 400), (640, 330), (628, 330)], p.WHITE)
    c.poly([(600, 404), (640, 334), (640, 520), (600, 490)], p.WHITE, 70)
    for k in range(1, 7):
        v = 404 + 14 * k
        c.line([(600, v), (640, v - 68 + 14 * k * 0.9)], 1.4, p.WHITE, 200)
    c.line([(640, 330), (640, 796)], 12, p.DARKWOOD)
    del near


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
        person(c, 130 + 92 * k, 566 + (k % 3) * 6, 190, PEOPLE[(k * 7) % 12], replace(STAND, right=arms, left=(-arms[0], arms[1])))
    c.fade(land.box(0, 580, WIDTH, HEIGHT), p.pale(light.grass, 0.12), p.dark(light.grass, 0.1))
    for u in (-0.9, -0.3, 0.3, 0.9):
        c.poly([(600 + u * 620, 590), (606 + u * 622, 590), (610 + u * 800, 800), (594 + u * 800, 800)], p.WHITE)
    c.rect((0, 574, WIDTH, 586), p.WHITE)
    for k in range(24):
        c.rect((50 * k, 574, 50 * k + 25, 586), p.RED)
    racers = ((250, 735, 1, 30), (560, 700, 0, 52), (860, 752, 2, 18))
    for x, y, n, jump in racers:
        _racer(c, x, y, n, jump)
    b.bunting(c, (-20, 110), (620, 60), 70, 40)
    b.bunting(c, (600, 60), (1220, 120), 80, 40)
    land.tufts(c, light.leaves[1], (0, 620, WIDTH, 795), 60)


def _racer(c: Canvas, x: float, y: float, n: int, jump: float) -> None:
    """A child hopping in a sack."""
    h = 285.0
    c.shadow(x + 10, y, 66, 13, 0.6)
    low = y - jump
    look = kid(n)
    pose = Pose(left=(-0.16, 0.4), right=(0.18, 0.4), lean=8, face=1, hip=0.42)
    hands = person(c, x, low, h, look, pose, shade=False)
    tone = p.mix(p.STRAW, p.WOOD, 0.3)
    shape = ((-0.2, 0.42), (0.22, 0.4), (0.24, 0.2), (0.2, 0.0), (0.04, -0.02), (-0.16, 0.0), (-0.22, 0.2))
    c.blob([(x + u * h, low - v * h) for u, v in shape], tone)
    half = ((0.06, 0.4), (0.22, 0.4), (0.24, 0.2), (0.2, 0.0), (0.08, 0.0))
    c.blob([(x + u * h, low - v * h) for u, v in half], p.dark(tone, 0.14))
    c.rect((x - 34, low - 76, x + 20, low - 36), (p.TEAL, p.CORAL, p.LEAF)[n % 3], 5)
    for hand in hands:
        c.oval(*hand, 11, 11, look.skin)
    for k in (-1, 1):
        c.curve([(x + k * 74, y - 4), (x + k * 88, y - 16), (x + k * 96, y - 8)], 4, p.CREAM)
