"""Reading and the performing arts."""

from __future__ import annotations

from dataclasses import replace
from math import cos, pi, sin

from kimcms.seed.pictures import build as b
from kimcms.seed.pictures import land, plants, room
from kimcms.seed.pictures import palette as p
from kimcms.seed.pictures.canvas import HEIGHT, WIDTH, Canvas, Point, spline
from kimcms.seed.pictures.people import FLOOR, PEOPLE, Look, Pose, kid, person

SIT_BACK = Pose(back=True, hip=0.26, seat="chair", left=(-0.13, 0.34), right=(0.13, 0.34))


def taman_baca(c: Canvas) -> None:
    """Children read on a mat under the mango tree."""
    light = p.MORNING
    land.country(c, light, 410, (190, 140), shift=60)
    land.field(c, 410, light.grass)
    b.far_roofs(c, 434, light.haze, 110, 3)
    b.house(c, 30, 560, 300, b.WALLS[2], b.ROOFS[1], p.CORAL)
    c.fade(land.box(0, 540, WIDTH, HEIGHT), p.pale(light.grass, 0.1), p.dark(light.grass, 0.06))
    b.bunting(c, (262, 362), (680, 300), 40, 24, (p.CORAL, p.STRAW, p.TEAL, p.WHITE))
    plants.tree(c, 760, 640, 600, light.leaves, p.OCHRE)
    room.shelf(c, 960, 400, 1160, 3, 86)
    b.roof(c, 930, 402, 260, 56, b.ROOFS[0], 0.16)
    room.mat(c, 230, 640, 960, 790, (206, 108, 86))
    person(c, 566, 684, 320, PEOPLE[2], replace(FLOOR, left=(-0.1, 0.26), right=(0.1, 0.26)))
    _book(c, 566, 598, 76, p.CORAL)
    for k, (x, y, n, face) in enumerate(
        ((350, 706, 0, 1), (430, 778, 3, 1), (690, 780, 1, -1), (800, 716, 5, -1))
    ):
        person(
            c, x, y, 236, kid(n), replace(FLOOR, left=(-0.11, 0.24), right=(0.11, 0.24), face=face)
        )
        _book(c, x, y - 60, 56, (p.TEAL, p.OCHRE, p.BLUE, p.CORAL)[k])
    person(c, 920, 710, 225, kid(4), Pose(right=(0.24, 0.8), face=1))
    plants.pot(c, 1150, 770, 130, light.leaves, 2)
    plants.bush(c, 90, 770, 190, light.leaves, p.CORAL)
    land.tufts(c, light.leaves[1], (0, 650, 220, 795), 20)


def _book(c: Canvas, x: float, y: float, w: float, tone: p.Color) -> None:
    """An open book held up, its cover to us."""
    for side in (-1, 1):
        c.poly([(x, y), (x + side * w * 0.56, y - w * 0.1), (x + side * w * 0.56, y + w * 0.5),
                (x, y + w * 0.6)], tone if side < 0 else p.dark(tone, 0.14))  # fmt: skip
        c.poly([(x, y - 3), (x + side * w * 0.52, y - w * 0.14),
                (x + side * w * 0.52, y - w * 0.08), (x, y + 3)], p.WHITE)  # fmt: skip
    c.rect((x - w * 0.42, y + w * 0.14, x - w * 0.12, y + w * 0.3), p.CREAM, 2)


def tari(c: Canvas) -> None:
    """Dancers with masks and sashes on the stage."""
    c.fade(land.box(0, 0, WIDTH, 560), (64, 46, 84), (132, 70, 92))
    for k in range(13):
        c.poly([(k * 96 - 20, 0), (k * 96 + 30, 0), (k * 96 + 24, 560), (k * 96 - 14, 560)],
                (54, 38, 74), 90)  # fmt: skip
    c.fade([(330, 560), (330, 250), (600, 120), (870, 250), (870, 560)], (206, 128, 88),
            (172, 96, 80))  # fmt: skip
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
    watch = replace(SIT_BACK, hip=0.24, left=(-0.11, 0.08), right=(0.11, 0.08))
    for k in range(11):
        look = PEOPLE[(k * 5) % 12]
        top, cloth, skin = (p.mix(t, (40, 28, 56), 0.42) for t in (look.top, look.cloth, look.skin))
        look = replace(look, batik=False, top=top, cloth=cloth, skin=skin)
        person(c, 50 + 112 * k, 870, 260, look, watch, shade=False)


def _wing(c: Canvas) -> None:
    """A gunungan on either side of the stage."""
    for x in (110, 1090):
        shape = [(x, 230), (x + 40, 300), (x + 74, 400), (x + 62, 500), (x, 540), (x - 62, 500),
                (x - 74, 400), (x - 40, 300)]  # fmt: skip
        c.blob(shape, p.OCHRE)
        c.blob([(x + (u - x) * 0.82, 400 + (v - 400) * 0.84) for u, v in shape], (150, 70, 66))
        for k in range(5):
            plants.blade(c, (x, 500 - 40 * k), 50, 50, 16, p.STRAW, 0.4)
            plants.blade(c, (x, 500 - 40 * k), -50, 50, 16, p.STRAW, 0.4)
        c.line([(x, 540), (x, 600)], 6, p.DARKWOOD)


def _dancer(c: Canvas, x: float, y: float, h: float, tone: p.Color, flip: int) -> None:
    """A dancer: crown, sash in both hands, batik skirt."""
    look = Look("bun", p.BLACK, tone, (112, 66, 60), p.SKINS[2], "skirt", short=True)
    pose = Pose(
        left=(-0.3, 0.74 if flip > 0 else 0.5),
        right=(0.3, 0.5 if flip > 0 else 0.74),
        lean=6 * flip,
        face=flip,
        feet=(-0.08, 0.1),
    )
    hands = person(c, x, y, h, look, pose)
    for k in range(4):
        v = y - h * (0.1 + 0.09 * k)
        for u in (-0.05, 0.05):
            c.oval(x + u * h, v, h * 0.02, h * 0.014, p.OCHRE)
    c.rect((x - h * 0.11, y - h * 0.53, x + h * 0.11, y - h * 0.49), p.OCHRE, 3)
    for hand, side in zip(hands, (-1, 1), strict=True):
        sway = ((0, 0), (0.05, 0.08), (0.03, 0.18), (0.09, 0.28), (0.06, 0.4))
        fall = spline([(hand[0] + side * u * h, hand[1] + v * h) for u, v in sway], closed=False)
        c.taper(fall, [h * (0.012 + 0.05 * k / len(fall)) for k in range(len(fall))], p.STRAW)
        c.line(fall[4:], h * 0.008, p.CORAL)
        for k in range(-2, 3):
            x1, y1 = fall[-1][0] + k * h * 0.012, fall[-1][1]
            c.line([(x1, y1), (x1, y1 + h * 0.045)], h * 0.008, p.OCHRE)
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
    room.mat(c, 10, 560, 1190, 800, (150, 74, 70))
    _gong(c, 215, 640)
    player = Look("blangkon", p.DARKWOOD, p.TEAL, p.PLUM, p.SKINS[1], "sarong", batik=True)
    other = replace(player, top=p.CORAL, skin=p.SKINS[0])
    woman = Look("hijab", p.OCHRE, p.FOREST, p.PLUM, p.SKINS[2], "skirt", batik=True)
    _player(c, (380, 640, 290), replace(player, top=p.PLUM), (-0.24, 0.36), (0.1, 0.2), -1)
    _player(c, (570, 650, 290), player, (-0.16, 0.26), (0.2, 0.32))
    _saron(c, 570, 668, 210)
    _player(c, (950, 650, 290), other, (-0.2, 0.3), (0.16, 0.26))
    _bonang(c, 950, 668, 260)
    drums = replace(FLOOR, left=(-0.24, 0.28), right=(0.24, 0.28), face=1)
    person(c, 250, 770, 330, replace(player, top=p.CREAM, batik=False), drums)
    _kendang(c, 250, 740, 190)
    _player(c, (720, 782, 330), woman, (-0.16, 0.24), (0.2, 0.34))
    _saron(c, 720, 796, 250)
    _player(c, (1060, 785, 320), replace(player, top=p.NAVY), (-0.2, 0.34), (0.14, 0.26), -1)
    _saron(c, 1050, 796, 240)
    c.darken((236, 222, 236))
    for x in (220, 600, 980):
        room.lantern(c, x, 122)


def _player(
    c: Canvas, at: tuple[float, float, float], look: Look, left: Point, right: Point, face: int = 0
) -> None:
    """A player on the floor (x, y, height) with a mallet in each hand."""
    for x, y in person(c, *at, look, replace(FLOOR, left=left, right=right, face=face)):
        c.line([(x - 4, y + 14), (x + 8, y - 22)], 4, p.DARKWOOD)
        c.line([(x - 6, y - 22), (x + 22, y - 22)], 9, p.WOOD)


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
    c.poly([(x - w / 2, y - w * 0.2), (x + w / 2, y - w * 0.2), (x + w * 0.44, y),
            (x - w * 0.44, y)], p.RED)  # fmt: skip
    b.batik(c, (x - w * 0.42, y - w * 0.14, x + w * 0.42, y - w * 0.04), p.RED, p.STRAW)
    for k in range(7):
        left = x - w * 0.47 + k * w * 0.136
        c.rect(
            (left, y - w * 0.3, left + w * 0.112, y - w * 0.17), p.dark(p.OCHRE, 0.06 * (k % 2)), 3
        )
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
    c.blob([(x - w / 2, y - 34), (x, y - 46), (x + w / 2, y - 40), (x + w / 2, y + 40), (x, y + 46),
            (x - w / 2, y + 34)], p.WOOD)  # fmt: skip
    for k in range(-3, 4):
        c.line([(x + k * w * 0.13, y - 42), (x + k * w * 0.13 + 14, y + 42)], 3, p.STRAW)
    c.oval(x - w / 2, y, 14, 34, p.CREAM)
    c.oval(x + w / 2, y, 17, 40, p.pale(p.CREAM, 0.4))
    c.oval(x + w / 2 + 2, y, 8, 20, p.mix(p.CREAM, p.WOOD, 0.3))
    for u in (-50, 50):
        c.line([(x + u, y + 40), (x + u * 1.3, y + 58)], 9, p.DARKWOOD)
