"""Posyandu and check-ups."""

from __future__ import annotations

from dataclasses import replace

from kimcms.seed.pictures import build as b
from kimcms.seed.pictures import land, plants, room, things
from kimcms.seed.pictures import palette as p
from kimcms.seed.pictures.canvas import Canvas
from kimcms.seed.pictures.people import CHAIR, PEOPLE, Look, Pose, kid, person

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
    person(c, 480, 742, 335, mother, Pose(left=(-0.13, 0.42), right=(0.25, 0.7), face=1))
    _dacin(c, 620, 122, 330)
    person(c, 770, 746, 340, CADRE, Pose(left=(-0.25, 0.7), right=(0.14, 0.42), face=-1))
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
    seat = (x - 20, y + drop * 0.62)
    c.line([(x, y + 8), (x, y + 50)], 4, p.INK)
    for u in (-48, 48):
        c.line([(x, y + 48), (x + u, seat[1])], 4, p.CORAL)
    look = replace(kid(0), top=p.STRAW)
    person(
        c,
        x,
        seat[1] + 56,
        150,
        look,
        Pose(left=(-0.26, 0.56), right=(0.26, 0.56), hip=0.24, feet=(-0.1, 0.1), lift=(0.02, 0)),
        shade=False,
    )
    c.blob([(x - 56, seat[1] - 6), (x + 56, seat[1] - 6), (x + 40, seat[1] + 42), (x, seat[1] + 54),
            (x - 40, seat[1] + 42)], p.CORAL)  # fmt: skip
    c.blob([(x + 14, seat[1]), (x + 56, seat[1] - 6), (x + 40, seat[1] + 42),
            (x + 8, seat[1] + 52)], p.dark(p.CORAL, 0.12))  # fmt: skip


def _baby(c: Canvas, x: float, y: float, size: float) -> None:
    """A swaddled baby lying in somebody's arms."""
    c.blob([(x - size * 0.7, y), (x - size * 0.2, y - size * 0.3),
            (x + size * 0.6, y - size * 0.14), (x + size * 0.66, y + size * 0.2),
            (x, y + size * 0.34)], p.SKY)  # fmt: skip
    c.oval(x - size * 0.48, y - size * 0.08, size * 0.3, size * 0.28, p.WHITE)
    c.oval(x - size * 0.5, y - size * 0.06, size * 0.21, size * 0.21, p.SKINS[2])
    c.curve(
        [(x - size * 0.2, y + size * 0.2), (x + size * 0.2, y), (x + size * 0.6, y)],
        4,
        p.pale(p.SKY, 0.4),
    )


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
    room.chair(c, 390, 760, 330, p.BLUE)
    person(
        c,
        400,
        790,
        560,
        old,
        replace(CHAIR, left=(-0.12, 0.36), right=(0.17, 0.46), face=1),
        shade=False,
    )
    room.chair(c, 860, 760, 330, p.BLUE)
    write = replace(CHAIR, left=(-0.27, 0.375), right=(0.0, 0.37), face=-1)
    person(c, 860, 790, 570, nurse, write, shade=False)
    room.table(c, 440, 600, 1010, 800, p.TEAL, p.STRAW)
    _gauge(c)
    c.taper([(455, 462), (508, 560), (600, 602)], [46, 44, 34], p.dark(old.top, 0.09))
    c.taper([(478, 506), (500, 545)], [58, 58], p.NAVY)
    c.line([(462, 534), (514, 508)], 5, p.SKY)
    c.taper([(596, 600), (632, 606)], [29, 24], old.skin)
    c.oval(648, 606, 20, 16, old.skin)
    c.oval(690, 588, 19, 18, nurse.skin)
    room.paper(c, 800, 614, 104)
    c.line([(842, 612), (868, 580)], 5, p.CORAL)
    c.oval(858, 588, 18, 17, nurse.skin)
    plants.pot(c, 90, 780, 260, p.MORNING.leaves, 0)


def _gauge(c: Canvas) -> None:
    """A desk sphygmomanometer with its tube."""
    c.curve([(500, 570), (530, 626), (700, 634), (860, 632), (930, 616)], 6, p.INK)
    c.rect((906, 486, 984, 612), p.pale(p.GREY, 0.4), 6)
    c.rect((918, 496, 972, 600), p.WHITE, 4)
    c.rect((940, 502, 950, 594), p.STONE, 3)
    c.rect((940, 536, 950, 594), p.RED, 3)
    for k in range(8):
        c.line([(954, 508 + 11 * k), (964, 508 + 11 * k)], 2, p.INK)
    c.rect((894, 602, 996, 618), p.GREY, 4)


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
    person(
        c,
        480,
        790,
        480,
        mother,
        replace(CHAIR, left=(-0.06, 0.36), right=(0.16, 0.4), face=1),
        shade=False,
    )
    child = replace(kid(0), top=p.OCHRE)
    person(
        c,
        545,
        752,
        330,
        child,
        replace(CHAIR, left=(-0.07, 0.36), right=(0.15, 0.4), face=1),
        shade=False,
    )
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
