"""Meetings, classes, prayers, reading and the arts."""

from __future__ import annotations

from dataclasses import replace
from math import cos, pi, sin

from kimcms.seed.pictures import build as b
from kimcms.seed.pictures import land, plants, room
from kimcms.seed.pictures import palette as p
from kimcms.seed.pictures.canvas import HEIGHT, WIDTH, Canvas
from kimcms.seed.pictures.people import FLOOR, FLOOR_BACK, PEOPLE, Look, Pose, kid, person

SIT_BACK = Pose(back=True, hip=0.26, seat="chair", left=(-0.13, 0.34), right=(0.13, 0.34))


def _mat(c: Canvas, left: float, top: float, right: float, foot: float, tone: p.Color) -> None:
    """A woven mat on the floor, with a border."""
    slope = (foot - top) * 0.5
    c.poly([(left + slope, top), (right - slope, top), (right, foot), (left, foot)], tone)
    c.poly([(left + slope + 14, top + 8), (right - slope - 14, top + 8), (right - 26, foot - 12), (left + 26, foot - 12)], p.pale(tone, 0.16))
    for k in range(1, 12):
        t = k / 12
        c.line([(left + slope + (right - left - 2 * slope) * t, top), (left + (right - left) * t, foot)], 2, p.dark(tone, 0.12), 110)


def rapat(c: Canvas) -> None:
    """Neighbours talk things over around a long table."""
    room.room(c, (238, 218, 188), (190, 152, 124), 500)
    room.view(c, 90, 110, 350, 320)
    room.view(c, 850, 110, 1110, 320)
    room.banner(c, 600, 170, 380, 120, p.TEAL)
    for k, n in enumerate((1, 0, 7, 8, 3)):
        pose = Pose(left=(-0.1, 0.5), right=(0.12, 0.5), face=(1, 1, 0, -1, -1)[k])
        if k == 2:
            pose = replace(pose, right=(0.26, 0.68))
        person(c, 240 + 180 * k, 640, 340, PEOPLE[n], pose)
    room.table(c, 130, 530, 1070, 700, None)
    c.poly([(160, 530), (1040, 530), (1070, 568), (130, 568)], p.pale(p.WOOD, 0.34))
    for k in range(5):
        room.paper(c, 240 + 180 * k, 544, 78)
        room.glass(c, 310 + 178 * k, 562, 38)
    room.plate(c, 420, 556, 90, p.OCHRE, 5)
    room.plate(c, 780, 556, 90, p.LEAF, 5)
    for k, n in enumerate((6, 5, 11, 9)):
        x = 240 + 240 * k
        person(c, x, 800, 360, PEOPLE[n], SIT_BACK, shade=False)
        room.chair(c, x, 830, 220, (p.CORAL, p.TEAL)[k % 2])


def presentasi(c: Canvas) -> None:
    """A speaker explains a chart on the screen."""
    room.room(c, (196, 210, 214), (170, 150, 138), 520)
    c.darken((214, 214, 226))
    room.screen(c, 520, 230, 620, 350)
    plants.pot(c, 1110, 560, 230, p.MORNING.leaves, 0)
    look = replace(PEOPLE[2], top=p.CREAM, cloth=p.CORAL)
    hand, _ = person(c, 950, 640, 380, look, Pose(left=(-0.25, 0.74), right=(0.12, 0.5), face=-1))
    c.line([hand, (hand[0] - 70, hand[1] - 40)], 5, p.DARKWOOD)
    c.oval(*hand, 13, 13, look.skin)
    room.table(c, 60, 520, 190, 650, p.TEAL, p.STRAW)
    room.laptop(c, 125, 534, 84)
    for row, (y, h, who, gap) in enumerate(((690, 270, (0, 7, 8, 3, 6, 1), 172), (800, 340, (5, 11, 9, 4, 2), 216))):
        for k, n in enumerate(who):
            x = 560 + (k - (len(who) - 1) / 2) * gap + row * 40
            person(c, x, y, h, PEOPLE[n], SIT_BACK, shade=False)
            room.chair(c, x, y + 24, h * 0.6, (p.BLUE, p.TEAL)[row])


def pkk(c: Canvas) -> None:
    """The women's group around a table with flowers and crafts."""
    room.room(c, (246, 214, 196), (204, 158, 134), 520)
    room.view(c, 70, 110, 330, 330)
    room.banner(c, 640, 150, 480, 120, p.PLUM)
    room.shelf(c, 950, 150, 1140, 3, 96)
    who = (0, 2, 6, 8, 11)
    for k, n in enumerate(who):
        pose = Pose(left=(-0.09, 0.5), right=(0.1, 0.52), face=(1, 1, 0, -1, -1)[k])
        person(c, 220 + 190 * k, 690, 390, PEOPLE[n], pose)
    room.table(c, 90, 560, 1110, 780, p.TEAL, p.STRAW)
    for k, x in enumerate((180, 420, 790, 1030)):
        if k in (1, 2):
            plants.pot(c, x, 586, 110, p.MORNING.leaves, (0, 2, 3, 0)[k])
        else:
            room.plate(c, x, 584, 110, (p.OCHRE, p.LEAF)[k % 2], 5)
    b.batik(c, (520, 566, 690, 592), p.CORAL, p.STRAW)
    for k in range(4):
        room.glass(c, (270, 340, 880, 950)[k], 586, 42)
    c.curve([(610, 560), (640, 520), (660, 560)], 5, p.OCHRE)


def pengajian(c: Canvas) -> None:
    """An evening recitation under lanterns."""
    light = p.DUSK
    land.country(c, light, 420, shift=120)
    land.field(c, 420, light.grass)
    land.treeline(c, light, 430, 40, light.leaves[0])
    b.far_roofs(c, 452, light.haze, 120, 2)
    b.hall(c, 520, columns=(30, 330, 870, 1170))
    _arch(c)
    _mat(c, 40, 540, 1160, 800, (164, 82, 78))
    speaker = Look("peci", p.BLACK, p.WHITE, p.FOREST, p.SKINS[0], "sarong")
    person(c, 600, 575, 300, speaker, replace(FLOOR, right=(0.24, 0.5), left=(-0.12, 0.24)))
    c.poly([(536, 548), (664, 548), (690, 604), (510, 604)], p.WOOD)
    b.batik(c, (530, 566, 672, 594), p.WOOD, p.STRAW)
    c.poly([(560, 534), (600, 544), (640, 534), (640, 552), (600, 560), (560, 552)], p.WHITE)
    c.line([(690, 604), (660, 500)], 4, p.INK)
    c.oval(657, 494, 9, 12, p.INK)
    c.darken((168, 160, 204), ((600, 430, 900), (180, 250, 500), (1020, 250, 500)))
    for x in (180, 600, 1020):
        _lantern(c, x, 122)
    rows: tuple[tuple[float, float, tuple[int, ...], float], ...] = (
        (640, 220, (1, 9, 7, 0, 8, 6), 170), (710, 262, (9, 3, 1, 11, 2, 0, 8), 172), (800, 310, (1, 7, 9, 6, 11, 8), 214),
    )  # fmt: skip
    for row, (y, h, who, gap) in enumerate(rows):
        for k, n in enumerate(who):
            x = 600 + (k - (len(who) - 1) / 2) * gap
            if row == 0:
                x += -90 if x < 600 else 90
            look = PEOPLE[n] if n not in (3, 7) else replace(PEOPLE[n], head="peci", cloth=p.BLACK)
            person(c, x, y, h, look, FLOOR_BACK)


def _arch(c: Canvas) -> None:
    """A pointed arch as the speaker's backdrop."""
    shape = [(430, 530), (430, 300), (480, 220), (600, 150), (720, 220), (770, 300), (770, 530)]
    c.poly([(416, 530), (416, 290), (470, 206), (600, 130), (730, 206), (784, 290), (784, 530)], p.OCHRE)
    c.poly(shape, p.dark(p.TEAL, 0.15))
    for row in range(5):
        for col in range(-2, 3):
            x, y = 600 + col * 62 + (row % 2) * 31, 300 + row * 52
            if x < 745:
                c.poly([(x - 12, y), (x, y - 17), (x + 12, y), (x, y + 17)], p.TEAL)
    c.oval(600, 226, 30, 30, p.STRAW)
    c.oval(612, 220, 26, 26, p.dark(p.TEAL, 0.15))


def _lantern(c: Canvas, x: float, top: float) -> None:
    """A hanging lamp with its glow."""
    c.line([(x, top), (x, top + 52)], 3, p.INK)
    c.soft(x, top + 88, 170, 150, (255, 214, 130), 0.55)
    c.blob([(x - 24, top + 62), (x + 24, top + 62), (x + 30, top + 92), (x + 14, top + 120), (x - 14, top + 120), (x - 30, top + 92)], (255, 232, 166))
    c.rect((x - 22, top + 50, x + 22, top + 62), p.DARKWOOD, 3)
    c.rect((x - 14, top + 118, x + 14, top + 126), p.DARKWOOD, 3)


def kelas_laptop(c: Canvas) -> None:
    """A computer class for beginners."""
    room.room(c, (214, 224, 210), (196, 170, 144), 480)
    room.view(c, 860, 90, 1120, 290)
    room.screen(c, 470, 200, 420, 250)
    room.shelf(c, 40, 150, 190, 3, 90)
    teacher = replace(PEOPLE[3], top=p.CORAL)
    person(c, 760, 545, 320, teacher, Pose(left=(-0.25, 0.66), right=(0.12, 0.5), face=-1))
    rows: tuple[tuple[float, float, tuple[int, ...], float], ...] = (
        (560, 0.72, (0, 9, 8), 300), (690, 1.0, (2, 7, 6, 4), 290),
    )  # fmt: skip
    for row, (y, s, who, gap) in enumerate(rows):
        for k, n in enumerate(who):
            x = 600 + (k - (len(who) - 1) / 2) * gap - (90 if row == 0 else 0)
            room.table(c, x - 130 * s, y - 60 * s, x + 130 * s, y + 60 * s, None)
            room.laptop(c, x, y - 46 * s, 118 * s, front=True)
            room.glass(c, x + 96 * s, y - 42 * s, 34 * s)
            person(c, x - 50 * s, y + 130 * s, 300 * s, PEOPLE[n], replace(SIT_BACK, right=(0.22, 0.58)), shade=False)
            room.chair(c, x - 50 * s, y + 150 * s, 190 * s, (p.BLUE, p.TEAL)[k % 2])


def taman_baca(c: Canvas) -> None:
    """Children read on a mat under the mango tree."""
    light = p.MORNING
    land.country(c, light, 410, (190, 140), shift=60)
    land.field(c, 410, light.grass)
    b.far_roofs(c, 434, light.haze, 110, 3)
    b.house(c, 30, 560, 300, b.WALLS[2], b.ROOFS[1], p.CORAL)
    c.fade(land.box(0, 540, WIDTH, HEIGHT), p.pale(light.grass, 0.1), p.dark(light.grass, 0.06))
    plants.tree(c, 760, 640, 640, light.leaves, p.OCHRE)
    b.bunting(c, (300, 330), (640, 260), 40, 24, (p.CORAL, p.STRAW, p.TEAL, p.WHITE))
    for x in (960,):
        room.shelf(c, x, 400, x + 200, 3, 86)
        b.roof(c, x - 30, 402, 260, 56, b.ROOFS[0], 0.16)
    _mat(c, 230, 640, 960, 790, (206, 108, 86))
    person(c, 560, 676, 260, PEOPLE[2], replace(FLOOR, left=(-0.1, 0.26), right=(0.1, 0.26)))
    _book(c, 560, 606, 66, p.CORAL)
    for k, (x, y, n, face) in enumerate(((360, 715, 0, 1), (440, 768, 3, 1), (690, 765, 1, -1), (800, 708, 5, -1))):
        person(c, x, y, 185, kid(n), replace(FLOOR, left=(-0.11, 0.24), right=(0.11, 0.24), face=face))
        _book(c, x, y - 46, 46, (p.TEAL, p.OCHRE, p.BLUE, p.CORAL)[k])
    person(c, 920, 700, 190, kid(4), Pose(right=(0.24, 0.8), face=1))
    plants.pot(c, 1150, 770, 130, light.leaves, 2)
    plants.bush(c, 90, 770, 190, light.leaves, p.CORAL)
    land.tufts(c, light.leaves[1], (0, 650, 220, 795), 20)


def _book(c: Canvas, x: float, y: float, w: float, tone: p.Color) -> None:
    """An open book held up, its cover to us."""
    for side in (-1, 1):
        c.poly([(x, y), (x + side * w * 0.56, y - w * 0.1), (x + side * w * 0.56, y + w * 0.5), (x, y + w * 0.6)],
               tone if side < 0 else p.dark(tone, 0.14))  # fmt: skip
        c.poly([(x, y - 3), (x + side * w * 0.52, y - w * 0.14), (x + side * w * 0.52, y - w * 0.08), (x, y + 3)], p.WHITE)
    c.rect((x - w * 0.42, y + w * 0.14, x - w * 0.12, y + w * 0.3), p.CREAM, 2)


def tari(c: Canvas) -> None:
    """Dancers with masks and sashes on the stage."""
    c.fade(land.box(0, 0, WIDTH, 560), (64, 46, 84), (132, 70, 92))
    for k in range(13):
        c.poly([(k * 96 - 20, 0), (k * 96 + 30, 0), (k * 96 + 24, 560), (k * 96 - 14, 560)], (54, 38, 74), 90)
    c.fade([(330, 560), (330, 250), (600, 120), (870, 250), (870, 560)], (206, 128, 88), (172, 96, 80))
    b.batik(c, (340, 330, 860, 420), (172, 96, 80), (232, 176, 104))
    _wing(c)
    for x in (200, 600, 1000):
        c.poly([(x - 26, 0), (x + 26, 0), (x + 190, 600), (x - 190, 600)], (255, 226, 160), 34)
    c.fade(land.box(0, 555, WIDTH, 690), (214, 158, 108), (176, 116, 84))
    for x in (200, 600, 1000):
        c.soft(x, 620, 220, 46, (255, 236, 180), 0.6)
    c.rect((0, 686, WIDTH, 730), (98, 58, 66))
    b.batik(c, (0, 692, WIDTH, 724), (98, 58, 66), p.OCHRE)
    for x, y, tone, flip in ((260, 640, p.TEAL, 1), (940, 640, p.TEAL, -1), (600, 662, p.RED, 1)):
        _dancer(c, x, y, 330 if x != 600 else 390, tone, flip)
    c.fade(land.box(0, 728, WIDTH, HEIGHT), (60, 42, 70), (44, 32, 56))
    for k in range(11):
        look = replace(PEOPLE[(k * 5) % 12], batik=False)
        person(c, 50 + 112 * k, 870, 260, look, replace(SIT_BACK, hip=0.24), shade=False)
    c.poly([(0, 730), (WIDTH, 730), (WIDTH, 800), (0, 800)], (40, 28, 56), 120)


def _wing(c: Canvas) -> None:
    """A gunungan on either side of the stage."""
    for x in (110, 1090):
        shape = [(x, 230), (x + 40, 300), (x + 74, 400), (x + 62, 500), (x, 540), (x - 62, 500), (x - 74, 400), (x - 40, 300)]
        c.blob(shape, p.OCHRE)
        c.blob([(x + (u - x) * 0.82, 400 + (v - 400) * 0.84) for u, v in shape], (150, 70, 66))
        for k in range(5):
            plants.blade(c, (x, 500 - 40 * k), 50, 50, 16, p.STRAW, 0.4)
            plants.blade(c, (x, 500 - 40 * k), -50, 50, 16, p.STRAW, 0.4)
        c.line([(x, 540), (x, 600)], 6, p.DARKWOOD)


def _dancer(c: Canvas, x: float, y: float, h: float, tone: p.Color, flip: int) -> None:
    """A dancer: crown, sash in both hands, batik skirt."""
    look = Look("bun", p.BLACK, tone, (112, 66, 60), p.SKINS[2], "skirt", short=True)
    pose = Pose(left=(-0.3, 0.74 if flip > 0 else 0.5), right=(0.3, 0.5 if flip > 0 else 0.74), lean=6 * flip, face=flip, feet=(-0.08, 0.1))
    hands = person(c, x, y, h, look, pose)
    for k in range(4):
        v = y - h * (0.1 + 0.09 * k)
        for u in (-0.05, 0.05):
            c.oval(x + u * h, v, h * 0.02, h * 0.014, p.OCHRE)
    c.rect((x - h * 0.11, y - h * 0.53, x + h * 0.11, y - h * 0.49), p.OCHRE, 3)
    for hand, side in zip(hands, (-1, 1), strict=True):
        end = [hand, (hand[0] + side * h * 0.05, hand[1] + h * 0.18), (hand[0] - side * h * 0.02, hand[1] + h * 0.36)]
        c.taper(end, [h * 0.02, h * 0.07, h * 0.09], p.STRAW)
        c.oval(*hand, h * 0.034, h * 0.034, look.skin)
    top = (x + h * 0.09 * flip * 0.9, y - h * 1.02)
    for k in range(-3, 4):
        a = -pi / 2 + k * 0.34
        c.line([top, (top[0] + cos(a) * h * 0.13, top[1] + sin(a) * h * 0.13)], h * 0.026, p.OCHRE)
        c.oval(top[0] + cos(a) * h * 0.13, top[1] + sin(a) * h * 0.13, h * 0.018, h * 0.018, p.RED)


def gamelan(c: Canvas) -> None:
    """Players at the gamelan in the pendopo."""
    light = p.DUSK
    land.country(c, light, 420, shift=-40)
    land.field(c, 420, light.grass)
    b.far_roofs(c, 446, light.haze, 110, 1)
    plants.palm(c, 880, 520, 420, light.leaves, -0.06)
    b.hall(c, 520, columns=(40, 400, 800, 1160))
    _mat(c, 10, 560, 1190, 800, (150, 74, 70))
    _gong(c, 215, 640)
    player = Look("blangkon", p.DARKWOOD, p.TEAL, p.PLUM, p.SKINS[1], "sarong", batik=True)
    person(c, 380, 640, 290, replace(player, top=p.PLUM), replace(FLOOR, left=(-0.24, 0.36), right=(0.1, 0.2), face=-1))
    person(c, 640, 650, 290, player, replace(FLOOR, left=(-0.16, 0.26), right=(0.2, 0.32)))
    _saron(c, 640, 668, 210)
    person(c, 930, 650, 290, replace(player, top=p.CORAL, skin=p.SKINS[0]), replace(FLOOR, left=(-0.2, 0.3), right=(0.16, 0.26)))
    _bonang(c, 930, 668, 260)
    person(c, 250, 770, 330, replace(player, top=p.CREAM, batik=False, vest=None), replace(FLOOR, left=(-0.24, 0.28), right=(0.24, 0.28), face=1))
    _kendang(c, 250, 740, 190)
    person(c, 640, 782, 330, Look("hijab", p.OCHRE, p.FOREST, p.PLUM, p.SKINS[2], "skirt", batik=True), replace(FLOOR, left=(-0.16, 0.24), right=(0.2, 0.34)))
    _saron(c, 640, 796, 250)
    person(c, 1030, 785, 320, replace(player, top=p.NAVY), replace(FLOOR, left=(-0.2, 0.34), right=(0.14, 0.26), face=-1))
    _saron(c, 1020, 796, 240)
    c.darken((236, 222, 236))
    for x in (220, 600, 980):
        _lantern(c, x, 122)


def _gong(c: Canvas, x: float, y: float) -> None:
    """A great gong in its carved frame."""
    c.shadow(x, y + 4, 160, 18)
    for side in (-1, 1):
        c.rect((x + side * 126 - 9, y - 250, x + side * 126 + 9, y), p.RED, 3)
        c.oval(x + side * 126, y - 258, 13, 13, p.OCHRE)
    c.rect((x - 148, y - 250, x + 148, y - 224), p.RED, 6)
    b.batik(c, (x - 130, y - 248, x + 130, y - 226), p.RED, p.STRAW)
    for u in (-40, 40):
        c.line([(x + u, y - 226), (x + u * 0.9, y - 180)], 4, p.STRAW)
    c.oval(x, y - 118, 98, 98, p.dark(p.OCHRE, 0.4))
    c.oval(x - 3, y - 120, 90, 90, p.dark(p.OCHRE, 0.14))
    c.oval(x - 4, y - 121, 62, 62, p.dark(p.OCHRE, 0.26))
    c.oval(x - 4, y - 121, 24, 24, p.OCHRE)
    c.oval(x - 10, y - 128, 9, 9, p.pale(p.OCHRE, 0.5))


def _saron(c: Canvas, x: float, y: float, w: float) -> None:
    """A metallophone: keys over a carved trough, and a mallet."""
    c.shadow(x, y, w * 0.56, 12)
    c.poly([(x - w / 2, y - w * 0.2), (x + w / 2, y - w * 0.2), (x + w * 0.44, y), (x - w * 0.44, y)], p.RED)
    b.batik(c, (x - w * 0.42, y - w * 0.14, x + w * 0.42, y - w * 0.04), p.RED, p.STRAW)
    for k in range(7):
        left = x - w * 0.47 + k * w * 0.136
        c.rect((left, y - w * 0.3, left + w * 0.112, y - w * 0.17), p.dark(p.OCHRE, 0.06 * (k % 2)), 3)
        c.rect((left, y - w * 0.3, left + w * 0.112, y - w * 0.27), p.pale(p.OCHRE, 0.4), 2)


def _bonang(c: Canvas, x: float, y: float, w: float) -> None:
    """Two rows of small kettles in a frame."""
    c.shadow(x, y, w * 0.56, 12)
    c.rect((x - w / 2, y - w * 0.2, x + w / 2, y), p.RED, 4)
    b.batik(c, (x - w * 0.46, y - w * 0.13, x + w * 0.46, y - w * 0.03), p.RED, p.STRAW)
    for row in (0, 1):
        for k in range(5):
            u, v = x - w * 0.4 + k * w * 0.2, y - w * 0.27 + row * w * 0.09
            c.oval(u, v, w * 0.09, w * 0.055, p.dark(p.OCHRE, 0.24))
            c.oval(u, v - w * 0.014, w * 0.08, w * 0.042, p.OCHRE)
            c.oval(u, v - w * 0.04, w * 0.03, w * 0.022, p.pale(p.OCHRE, 0.35))


def _kendang(c: Canvas, x: float, y: float, w: float) -> None:
    """A two-headed drum lying on its stand."""
    c.blob([(x - w / 2, y - 34), (x, y - 46), (x + w / 2, y - 40), (x + w / 2, y + 40), (x, y + 46), (x - w / 2, y + 34)], p.WOOD)
    for k in range(-3, 4):
        c.line([(x + k * w * 0.13, y - 42), (x + k * w * 0.13 + 14, y + 42)], 3, p.STRAW)
    c.oval(x - w / 2, y, 14, 34, p.CREAM)
    c.oval(x + w / 2, y, 17, 40, p.pale(p.CREAM, 0.4))
    c.oval(x + w / 2 + 2, y, 8, 20, p.mix(p.CREAM, p.WOOD, 0.3))
    for u in (-50, 50):
        c.line([(x + u, y + 40), (x + u * 1.3, y + 58)], 9, p.DARKWOOD)


