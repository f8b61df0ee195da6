"""Rooms: walls, floors, windows, screens, tables and chairs."""

from __future__ import annotations

from kimcms.seed.pictures.build import batik
from kimcms.seed.pictures.canvas import HEIGHT, WIDTH, Canvas
from kimcms.seed.pictures.land import box, mountains, sky
from kimcms.seed.pictures.palette import (
    CORAL,
    CREAM,
    DARKWOOD,
    GREY,
    INK,
    MORNING,
    OCHRE,
    RED,
    SKY,
    STONE,
    STRAW,
    TEAL,
    WHITE,
    WOOD,
    Color,
    Light,
    dark,
    mix,
    pale,
)


def room(c: Canvas, wall: Color, floor: Color, edge: float = 500) -> None:
    """A wall with a wainscot and a tiled floor from `edge` downwards."""
    c.fade(box(0, 0, WIDTH, edge), pale(wall, 0.25), dark(wall, 0.06))
    c.rect((0, edge - 120, WIDTH, edge), mix(wall, TEAL, 0.22))
    c.rect((0, edge - 126, WIDTH, edge - 118), mix(wall, WHITE, 0.6))
    c.fade(box(0, edge, WIDTH, HEIGHT), pale(floor, 0.2), dark(floor, 0.1))
    for k in range(-9, 10):
        c.line([(600 + k * 90, edge), (600 + k * 250, HEIGHT)], 1.3, dark(floor, 0.2), 110)
    for v in (0.06, 0.18, 0.38, 0.68):
        y = edge + (HEIGHT - edge) * v
        c.line([(0, y), (WIDTH, y)], 1.3, dark(floor, 0.2), 110)
    c.rect((0, edge - 8, WIDTH, edge), dark(mix(wall, WOOD, 0.5), 0.1))


def view(
    c: Canvas, left: float, top: float, right: float, bottom: float, light: Light = MORNING
) -> None:
    """A window onto the mountains, with the light it throws on the wall."""
    part = Canvas("view")
    sky(part, light, 430, (700, 150))
    mountains(part, light, 430, 60)
    part.rect((0, 430, WIDTH, HEIGHT), light.grass)
    ratio = (bottom - top) / (right - left)
    high = min(860, 1120 * ratio)
    wide = high / ratio
    crop = part.image.crop((round(960 - wide / 2), round(1010 - high), round(960 + wide / 2), 1010))
    size = (round((right - left) * 2), round((bottom - top) * 2))
    c.soft((left + right) / 2, (top + bottom) / 2, right - left, bottom - top, WHITE, 0.35)
    c.rect((left - 12, top - 12, right + 12, bottom + 12), mix(WOOD, WHITE, 0.12), 4)
    c.image.paste(crop.resize(size), (round(left * 2), round(top * 2)))
    middle = (left + right) / 2
    c.rect((middle - 4, top, middle + 4, bottom), mix(WOOD, WHITE, 0.12))
    c.rect(
        (left, (top * 2 + bottom) / 3 - 3, right, (top * 2 + bottom) / 3 + 3),
        mix(WOOD, WHITE, 0.12),
    )
    c.rect((left - 22, bottom + 10, right + 22, bottom + 22), pale(WOOD, 0.25), 3)


def curtain(c: Canvas, x: float, top: float, w: float, h: float, tone: Color) -> None:
    """A hanging curtain with folds."""
    c.rect((x, top, x + w, top + h), tone, 4)
    for k in range(int(w / 16)):
        c.rect((x + k * 16 + 9, top, x + k * 16 + 16, top + h), dark(tone, 0.12))
    c.rect((x - 6, top - 8, x + w + 6, top + 2), DARKWOOD, 4)


def screen(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    """A projection screen with a bar chart and a rising line, centred on (x, y)."""
    c.soft(x, y, w * 0.85, h * 0.95, WHITE, 0.4)
    c.rect((x - w / 2 - 8, y - h / 2 - 16, x + w / 2 + 8, y - h / 2), dark(GREY, 0.3), 5)
    c.rect((x - w / 2, y - h / 2, x + w / 2, y + h / 2), WHITE, 2)
    c.rect((x - w / 2, y + h / 2, x + w / 2, y + h / 2 + 6), dark(GREY, 0.3), 3)
    c.rect((x - w * 0.42, y - h * 0.4, x + w * 0.1, y - h * 0.33), TEAL, 4)
    c.rect((x - w * 0.42, y - h * 0.28, x - w * 0.08, y - h * 0.24), STONE, 3)
    for k, v in enumerate((0.2, 0.32, 0.28, 0.46, 0.58)):
        left = x - w * 0.4 + k * w * 0.1
        c.rect((left, y + h * 0.4 - h * v, left + w * 0.066, y + h * 0.4),
                (TEAL, CORAL, OCHRE, TEAL, CORAL)[k], 2)  # fmt: skip
    c.line([(x - w * 0.43, y + h * 0.41), (x + w * 0.1, y + h * 0.41)], 2, GREY)
    c.oval(x + w * 0.28, y + h * 0.06, h * 0.2, h * 0.2, SKY)
    r = h * 0.2 * 2
    at = [(x + w * 0.28 - h * 0.2) * 2, (y + h * 0.06 - h * 0.2) * 2]
    c.pen.pieslice([at[0], at[1], at[0] + 2 * r, at[1] + 2 * r], -90, 30, fill=CORAL)
    c.pen.pieslice([at[0], at[1], at[0] + 2 * r, at[1] + 2 * r], 30, 110, fill=OCHRE)
    c.oval(x + w * 0.28, y + h * 0.06, h * 0.09, h * 0.09, WHITE)


def table(
    c: Canvas, left: float, top: float, right: float, foot: float, cloth: Color | None = None,
    trim: Color = STRAW, wood: Color = WOOD,
) -> None:  # fmt: skip
    """A table seen slightly from above: bare, or with a cloth down to the floor."""
    deep = 26
    c.shadow((left + right) / 2 + 10, foot, (right - left) * 0.54, 18)
    if cloth:
        c.fade(box(left + 2, top + deep, right - 2, foot), cloth, dark(cloth, 0.14))
        fold = left + 30
        while fold < right - 10:
            c.poly([(fold, top + deep), (fold + 5, foot), (fold + 16, foot)], dark(cloth, 0.14))
            fold += 62
        c.rect((left + 2, foot - 30, right - 2, foot - 8), trim)
        batik(c, (left + 2, foot - 30, right - 2, foot - 8), trim, cloth)
        c.poly([(left + 16, top), (right - 16, top), (right, top + deep), (left, top + deep)],
                pale(cloth, 0.3))  # fmt: skip
        return
    for x in (left + 10, right - 24):
        c.rect((x, top + deep, x + 14, foot), dark(wood, 0.2), 2)
    c.poly([(left + 16, top), (right - 16, top), (right, top + deep), (left, top + deep)],
            pale(wood, 0.28))  # fmt: skip
    c.rect((left, top + deep, right, top + deep + 13), wood, 2)
    c.rect((left, top + deep + 13, right, top + deep + 20), dark(wood, 0.35), alpha=110)


def chair(c: Canvas, x: float, y: float, h: float, tone: Color, back: bool = True) -> None:
    """A plastic chair seen from behind (or its legs and seat only)."""
    w = h * 0.42
    c.shadow(x + 6, y, w * 0.9, h * 0.08)
    for side in (-1, 1):
        c.taper([(x + side * w * 0.8, y - h * 0.42), (x + side * w, y)], [h * 0.06, h * 0.05],
                dark(tone, 0.2))  # fmt: skip
    c.rect((x - w * 0.92, y - h * 0.48, x + w * 0.92, y - h * 0.38), dark(tone, 0.1), 6)
    if back:
        c.rect((x - w * 0.88, y - h, x + w * 0.88, y - h * 0.44), tone, 12)
        for k in (-0.4, 0, 0.4):
            c.rect((x + k * w - 4, y - h * 0.88, x + k * w + 4, y - h * 0.54), dark(tone, 0.22), 4)


def laptop(c: Canvas, x: float, y: float, w: float, front: bool = False, glow: Color = SKY) -> None:
    """A laptop on a table at (x, y): from behind, or from the `front` with its screen."""
    h = w * 0.66
    c.shadow(x + 4, y, w * 0.55, w * 0.08)
    if front:
        c.rect((x - w / 2, y - h, x + w / 2, y), dark(GREY, 0.5), 4)
        c.fade(box(x - w * 0.45, y - h * 0.92, x + w * 0.45, y - h * 0.1), pale(glow, 0.7), glow)
        c.rect((x - w * 0.38, y - h * 0.82, x - w * 0.05, y - h * 0.72), TEAL, 1)
        for k in range(3):
            v = y - h * (0.6 - 0.14 * k)
            c.rect((x - w * 0.38, v, x + w * (0.02 + 0.03 * k), v + h * 0.05), WHITE, 1)
        c.rect((x + w * 0.12, y - h * 0.66, x + w * 0.38, y - h * 0.26), CORAL, 2)
        c.poly([(x - w * 0.5, y), (x + w * 0.5, y), (x + w * 0.58, y + h * 0.2),
                (x - w * 0.58, y + h * 0.2)], pale(GREY, 0.4))  # fmt: skip
        c.poly([(x - w * 0.42, y + 2), (x + w * 0.42, y + 2), (x + w * 0.46, y + h * 0.12),
                (x - w * 0.46, y + h * 0.12)], GREY)  # fmt: skip
        return
    c.rect((x - w / 2, y - h, x + w / 2, y), pale(GREY, 0.35), 5)
    c.rect((x + w * 0.1, y - h, x + w / 2, y), pale(GREY, 0.22), 5)
    c.oval(x, y - h * 0.5, w * 0.05, w * 0.05, WHITE)
    c.rect((x - w * 0.55, y - 3, x + w * 0.55, y + 4), GREY, 2)


def glass(c: Canvas, x: float, y: float, size: float, tea: Color = (196, 122, 62)) -> None:
    """A glass of tea on its saucer."""
    c.oval(x, y, size * 0.5, size * 0.12, WHITE)
    c.rect((x - size * 0.26, y - size * 0.7, x + size * 0.26, y), mix(WHITE, SKY, 0.35), 3)
    c.rect((x - size * 0.22, y - size * 0.5, x + size * 0.22, y - 1), tea, 3)


def plate(c: Canvas, x: float, y: float, size: float, food: Color, heap: int = 5) -> None:
    """A plate with snacks."""
    c.shadow(x + 3, y + size * 0.06, size * 0.55, size * 0.14, 0.35)
    c.oval(x, y, size * 0.5, size * 0.17, WHITE)
    c.oval(x, y, size * 0.38, size * 0.11, mix(WHITE, STONE, 0.4))
    for k in range(heap):
        u = (k - (heap - 1) / 2) * size * 0.13
        lift = size * (0.1 if k % 2 else 0.04)
        c.oval(x + u, y - lift, size * 0.11, size * 0.09, food if k % 2 else dark(food, 0.12))
        c.oval(
            x + u - size * 0.03, y - lift - size * 0.03, size * 0.03, size * 0.02, pale(food, 0.4)
        )


def paper(c: Canvas, x: float, y: float, w: float, lines: Color = GREY) -> None:
    """A sheet lying on a table."""
    c.poly([(x - w * 0.42, y - w * 0.16), (x + w * 0.5, y - w * 0.16), (x + w * 0.44, y + w * 0.16),
            (x - w * 0.5, y + w * 0.16)], WHITE)  # fmt: skip
    for k in (-0.07, 0, 0.07):
        c.line([(x - w * 0.34, y + k * w), (x + w * 0.3, y + k * w)], 1.2, lines, 170)


def banner(c: Canvas, x: float, y: float, w: float, h: float, tone: Color = TEAL) -> None:
    """A cloth banner centred on (x, y): batik borders, bars where the words would be."""
    c.soft(x + 6, y + 10, w * 0.56, h * 0.7, INK, 0.25)
    c.rect((x - w / 2, y - h / 2, x + w / 2, y + h / 2), tone, 3)
    for top in (y - h / 2, y + h / 2 - h * 0.2):
        batik(c, (x - w / 2, top, x + w / 2, top + h * 0.2), dark(tone, 0.2), STRAW)
    c.rect((x - w * 0.3, y - h * 0.17, x + w * 0.3, y - h * 0.01), CREAM, 4)
    c.rect((x - w * 0.2, y + h * 0.07, x + w * 0.2, y + h * 0.17), pale(tone, 0.5), 4)


def shelf(c: Canvas, left: float, top: float, right: float, rows: int, gap: float) -> None:
    """A wall shelf with books or jars."""
    tones = (CORAL, TEAL, OCHRE, CREAM, RED, SKY, STRAW, INK)
    c.shadow((left + right) / 2 + 8, top + rows * gap, (right - left) * 0.55, 12)
    c.rect((left, top, right, top + rows * gap), dark(WOOD, 0.28), 3)
    for row in range(rows):
        y = top + (row + 1) * gap
        x = left + 12
        while x < right - 22:
            w, h = c.rng.uniform(9, 19), gap * c.rng.uniform(0.55, 0.8)
            tone = tones[c.rng.randrange(8)]
            c.rect((x, y - h, x + w, y - 6), tone, 1)
            c.rect((x, y - h * 0.8, x + w, y - h * 0.72), pale(tone, 0.4))
            x += w + (c.rng.uniform(10, 22) if c.rng.random() < 0.12 else 1.5)
        c.rect((left, y - 7, right, y), WOOD)
    c.rect((left - 6, top - 8, right + 6, top), WOOD, 2)
    for x in (left - 6, right - 4):
        c.rect((x, top, x + 10, top + rows * gap), WOOD)


def mat(c: Canvas, left: float, top: float, right: float, foot: float, tone: Color) -> None:
    """A woven mat on the floor, with a border."""
    slope = (foot - top) * 0.5
    c.poly([(left + slope, top), (right - slope, top), (right, foot), (left, foot)], tone)
    c.poly([(left + slope + 14, top + 8), (right - slope - 14, top + 8), (right - 26, foot - 12),
            (left + 26, foot - 12)], pale(tone, 0.16))  # fmt: skip
    for k in range(1, 12):
        t = k / 12
        c.line(
            [
                (left + slope + (right - left - 2 * slope) * t, top),
                (left + (right - left) * t, foot),
            ],
            2,
            dark(tone, 0.12),
            110,
        )


def lantern(c: Canvas, x: float, top: float) -> None:
    """A hanging lamp with its glow."""
    c.line([(x, top), (x, top + 52)], 3, INK)
    c.soft(x, top + 88, 170, 150, (255, 214, 130), 0.55)
    c.blob([(x - 24, top + 62), (x + 24, top + 62), (x + 30, top + 92), (x + 14, top + 120),
            (x - 14, top + 120), (x - 30, top + 92)], (255, 232, 166))  # fmt: skip
    c.rect((x - 22, top + 50, x + 22, top + 62), DARKWOOD, 3)
    c.rect((x - 14, top + 118, x + 14, top + 126), DARKWOOD, 3)
