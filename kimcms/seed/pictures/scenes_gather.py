"""Meetings, classes and prayers."""

from __future__ import annotations

from dataclasses import replace

from kimcms.seed.pictures import build as b
from kimcms.seed.pictures import land, plants, room
from kimcms.seed.pictures import palette as p
from kimcms.seed.pictures.canvas import Canvas
from kimcms.seed.pictures.people import FLOOR, FLOOR_BACK, PEOPLE, Look, Pose, person

SIT_BACK = Pose(back=True, hip=0.26, seat="chair", left=(-0.13, 0.34), right=(0.13, 0.34))


def rapat(c: Canvas) -> None:
    """Neighbours talk things over around a long table."""
    room.room(c, (238, 218, 188), (190, 152, 124), 500)
    room.view(c, 90, 110, 350, 320)
    room.view(c, 850, 110, 1110, 320)
    room.banner(c, 600, 170, 380, 120, p.TEAL)
    for k, n in enumerate((1, 0, 7, 8, 3)):
        pose = Pose(left=(-0.05, 0.5), right=(0.06, 0.52), face=(1, 1, 0, -1, -1)[k])
        if k == 2:
            pose = replace(pose, right=(0.19, 0.78))
        person(c, 240 + 180 * k, 690, 360, PEOPLE[n], pose)
    room.table(c, 120, 536, 1080, 720, p.CORAL, p.STRAW)
    c.poly([(150, 526), (1050, 526), (1080, 566), (120, 566)], p.pale(p.CORAL, 0.36))
    for k in range(5):
        room.paper(c, 240 + 180 * k, 544, 78)
        room.glass(c, 310 + 178 * k, 562, 38)
    room.plate(c, 420, 556, 90, p.OCHRE, 5)
    room.plate(c, 780, 556, 90, p.LEAF, 5)
    for k, n in enumerate((6, 5, 11, 9)):
        x = 240 + 240 * k
        person(c, x, 830, 370, PEOPLE[n], SIT_BACK, shade=False)
        room.chair(c, x, 860, 190, (p.CORAL, p.TEAL)[k % 2])


def presentasi(c: Canvas) -> None:
    """A speaker explains a chart on the screen."""
    room.room(c, (196, 210, 214), (170, 150, 138), 520)
    c.darken((214, 214, 226))
    room.screen(c, 520, 230, 620, 350)
    plants.pot(c, 1110, 560, 230, p.MORNING.leaves, 0)
    look = replace(PEOPLE[2], top=p.CREAM, cloth=p.CORAL)
    hand, _ = person(c, 960, 720, 430, look, Pose(left=(-0.25, 0.74), right=(0.12, 0.5), face=-1))
    c.line([hand, (hand[0] - 70, hand[1] - 40)], 5, p.DARKWOOD)
    c.oval(*hand, 13, 13, look.skin)
    for row, (y, h, who, gap) in enumerate(
        ((690, 270, (0, 7, 8, 3, 6), 172), (815, 350, (5, 11, 9, 4), 226))
    ):
        for k, n in enumerate(who):
            x = 470 + (k - (len(who) - 1) / 2) * gap + row * 10
            person(c, x, y, h, PEOPLE[n], SIT_BACK, shade=False)
            room.chair(c, x, y + 30, h * 0.5, (p.BLUE, p.TEAL)[row])


def pkk(c: Canvas) -> None:
    """The women's group around a table with flowers and crafts."""
    room.room(c, (246, 214, 196), (204, 158, 134), 520)
    room.view(c, 70, 110, 330, 330)
    room.banner(c, 640, 150, 480, 120, p.PLUM)
    room.shelf(c, 950, 150, 1140, 3, 96)
    who = (0, 2, 6, 8, 11)
    arms = (((-0.04, 0.48), (0.05, 0.5)), ((-0.1, 0.42), (0.14, 0.4)), ((-0.12, 0.38),
            (0.12, 0.38)), ((-0.13, 0.41), (0.05, 0.42)), ((-0.16, 0.62), (0.05, 0.5)))  # fmt: skip
    for k, n in enumerate(who):
        pose = Pose(left=arms[k][0], right=arms[k][1], face=(1, 1, 0, -1, -1)[k])
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


def pengajian(c: Canvas) -> None:
    """An evening recitation under lanterns."""
    light = p.DUSK
    land.country(c, light, 420, shift=120)
    land.field(c, 420, light.grass)
    land.treeline(c, light, 430, 40, light.leaves[0])
    b.far_roofs(c, 452, light.haze, 120, 2)
    b.hall(c, 520, columns=(30, 330, 870, 1170))
    _arch(c)
    room.mat(c, 40, 540, 1160, 800, (164, 82, 78))
    speaker = Look("peci", p.BLACK, p.WHITE, p.FOREST, p.SKINS[0], "sarong")
    person(c, 600, 575, 300, speaker, replace(FLOOR, right=(0.24, 0.5), left=(-0.12, 0.24)))
    c.poly([(536, 548), (664, 548), (690, 604), (510, 604)], p.WOOD)
    b.batik(c, (530, 566, 672, 594), p.WOOD, p.STRAW)
    c.poly([(560, 534), (600, 544), (640, 534), (640, 552), (600, 560), (560, 552)], p.WHITE)
    c.line([(690, 604), (660, 500)], 4, p.INK)
    c.oval(657, 494, 9, 12, p.INK)
    c.darken((168, 160, 204), ((600, 430, 900), (180, 250, 500), (1020, 250, 500)))
    for lamp in (180, 600, 1020):
        room.lantern(c, lamp, 122)
    rows: tuple[tuple[float, float, tuple[int, ...], float], ...] = (
        (640, 220, (1, 9, 7, 0, 8, 6), 170),
        (710, 262, (9, 3, 1, 11, 2, 0, 8), 172),
        (800, 310, (1, 7, 9, 6, 11, 8), 214),
    )
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
    c.poly([(416, 530), (416, 290), (470, 206), (600, 130), (730, 206), (784, 290), (784, 530)],
            p.OCHRE)  # fmt: skip
    c.poly(shape, p.dark(p.TEAL, 0.15))
    for row in range(5):
        for col in range(-2, 3):
            x, y = 600 + col * 62 + (row % 2) * 31, 300 + row * 52
            if x < 745:
                c.poly([(x - 12, y), (x, y - 17), (x + 12, y), (x, y + 17)], p.TEAL)
    c.oval(600, 226, 30, 30, p.STRAW)
    c.oval(612, 220, 26, 26, p.dark(p.TEAL, 0.15))


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
            person(
                c,
                x - 50 * s,
                y + 140 * s,
                320 * s,
                PEOPLE[n],
                replace(SIT_BACK, right=(0.22, 0.58)),
                shade=False,
            )
            room.chair(c, x - 50 * s, y + 160 * s, 160 * s, (p.BLUE, p.TEAL)[k % 2])
