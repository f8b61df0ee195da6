"""Things people use outdoors: stalls, carts, brooms, sacks, bottles and bins."""

from __future__ import annotations

from math import cos, pi, sin

from kimcms.seed.pictures.canvas import Canvas, Point
from kimcms.seed.pictures.palette import (
    BLUE,
    CORAL,
    CREAM,
    DARKWOOD,
    GREY,
    INK,
    LEAF,
    OCHRE,
    RED,
    SKY,
    STONE,
    STRAW,
    TEAL,
    WHITE,
    WOOD,
    Color,
    dark,
    mix,
    pale,
)

CARTON: Color = (206, 160, 108)


def awning(
    c: Canvas, left: float, top: float, right: float, deep: float, tones: tuple[Color, Color]
) -> None:
    """A striped awning with a scalloped edge."""
    count = max(4, round((right - left) / 34))
    step, low = (right - left) / count, top + deep
    c.rect((left + 8, low + 6, right - 2, low + deep * 0.34), INK, alpha=45)
    for k in range(count):
        tone = tones[k % 2]
        x = left + k * step
        inset = deep * 0.24
        a = left + inset + k * (right - left - 2 * inset) / count
        b = left + inset + (k + 1) * (right - left - 2 * inset) / count
        c.fade([(a, top), (b, top), (x + step, low), (x, low)], pale(tone, 0.15), tone)
        c.rect((x, low, x + step, low + deep * 0.18), dark(tone, 0.1))
        c.oval(x + step / 2, low + deep * 0.18, step / 2, step * 0.3, dark(tone, 0.1))


def stall(c: Canvas, x: float, y: float, w: float) -> float:
    """The frame of a stall whose left foot is at (x, y); gives the height of its counter."""
    top = y - w * 1.2
    c.shadow(x + w / 2 + 10, y, w * 0.56, 16)
    for side in (x + 8, x + w - 16):
        c.rect((side, top + 20, side + 9, y), dark(WOOD, 0.2))
    c.rect((x + 12, top + 30, x + w - 12, y - w * 0.36), INK, alpha=38)
    return y - w * 0.36


def counter(c: Canvas, x: float, y: float, w: float, top: float, front: Color, trim: Color) -> None:
    """The front of a stall, drawn after its keeper."""
    c.rect((x, top + 12, x + w, y), front, 2)
    plank = x + 26
    while plank < x + w - 8:
        c.line([(plank, top + 16), (plank, y)], 1.6, dark(front, 0.25), 150)
        plank += 27
    c.rect((x, top + 12, x + w, top + 24), INK, alpha=50)
    c.rect((x - 8, top, x + w + 8, top + 13), pale(trim, 0.1), 3)


def heap(c: Canvas, x: float, y: float, w: float, tone: Color, rows: int = 3) -> None:
    """A basket with a heap of fruit."""
    r = w * 0.12
    for row in range(rows - 1, -1, -1):
        count = 4 - row
        for k in range(count):
            u, v = (k - (count - 1) / 2) * r * 1.8, y - w * 0.22 - row * r * 1.3
            c.oval(x + u, v, r, r, dark(tone, 0.06 * (k % 2)))
            c.oval(x + u - r * 0.3, v - r * 0.35, r * 0.3, r * 0.24, pale(tone, 0.5))
    c.poly([(x - w / 2, y - w * 0.26), (x + w / 2, y - w * 0.26), (x + w * 0.4, y),
            (x - w * 0.4, y)], mix(STRAW, WOOD, 0.35))  # fmt: skip
    for k in range(1, 3):
        v = y - w * 0.26 + w * 0.26 * k / 3
        c.line([(x - w * 0.46, v), (x + w * 0.46, v)], 1.6, dark(STRAW, 0.35), 160)
    c.rect((x - w * 0.53, y - w * 0.3, x + w * 0.53, y - w * 0.22), mix(STRAW, WOOD, 0.2), 3)


def sack(
    c: Canvas, x: float, y: float, w: float, tone: Color = CREAM, mark: Color | None = TEAL
) -> None:
    """A full sack, its neck tied."""
    c.shadow(x + w * 0.08, y, w * 0.56, w * 0.1)
    shape = ((0, -1.06), (0.2, -1.0), (0.42, -0.8), (0.5, -0.4), (0.46, -0.06), (0.2, 0.02),
            (-0.2, 0.02), (-0.46, -0.06), (-0.5, -0.4), (-0.42, -0.8), (-0.2, -1.0))  # fmt: skip
    c.blob([(x + u * w, y + v * w) for u, v in shape], tone)
    half = ((0.1, -1.02), (0.42, -0.8), (0.5, -0.4), (0.46, -0.06), (0.2, 0.02), (0.24, -0.5))
    c.blob([(x + u * w, y + v * w) for u, v in half], dark(tone, 0.14))
    c.poly([(x - w * 0.16, y - w * 1.18), (x + w * 0.16, y - w * 1.18), (x + w * 0.06, y - w * 1.0),
            (x - w * 0.06, y - w * 1.0)], dark(tone, 0.06))  # fmt: skip
    c.line([(x - w * 0.1, y - w * 1.01), (x + w * 0.1, y - w * 1.01)], w * 0.05, CORAL)
    if mark:
        c.rect((x - w * 0.28, y - w * 0.62, x + w * 0.22, y - w * 0.26), mark, 3)
        c.oval(x - w * 0.03, y - w * 0.44, w * 0.1, w * 0.1, pale(tone, 0.3))


def crate(c: Canvas, x: float, y: float, w: float, h: float, tone: Color = CARTON) -> None:
    """A box with its lid taped; (x, y) is the middle of its foot."""
    c.shadow(x + w * 0.06, y, w * 0.56, w * 0.08)
    c.rect((x - w / 2, y - h, x + w / 2, y), tone, 2)
    c.rect((x + w * 0.18, y - h, x + w / 2, y), dark(tone, 0.12), 2)
    c.poly([(x - w / 2, y - h), (x + w / 2, y - h), (x + w * 0.42, y - h - w * 0.14),
            (x - w * 0.42, y - h - w * 0.14)], pale(tone, 0.22))  # fmt: skip
    c.rect((x - w * 0.07, y - h, x + w * 0.07, y - h * 0.62), pale(tone, 0.4))


def bottle(c: Canvas, x: float, y: float, h: float, tone: Color = SKY, lid: Color = BLUE) -> None:
    """A bottle."""
    w = h * 0.17
    c.rect((x - w, y - h * 0.66, x + w, y), tone, w * 0.5)
    c.poly([(x - w, y - h * 0.62), (x + w, y - h * 0.62), (x + w * 0.4, y - h * 0.86),
            (x - w * 0.4, y - h * 0.86)], tone)  # fmt: skip
    c.rect((x - w * 0.5, y - h, x + w * 0.5, y - h * 0.85), lid, 1)
    c.rect((x - w, y - h * 0.46, x + w, y - h * 0.2), pale(lid, 0.5))
    c.rect((x + w * 0.3, y - h * 0.62, x + w, y), dark(tone, 0.3), w * 0.4, 60)


def bin_(c: Canvas, x: float, y: float, w: float, tone: Color, filled: Color | None = None) -> None:
    """A sorting bin."""
    h = w * 1.25
    c.shadow(x + w * 0.08, y, w * 0.56, w * 0.1)
    if filled:
        for k in range(5):
            c.oval(x + (k - 2) * w * 0.18, y - h - w * 0.04 * (2 - abs(k - 2)),
                    w * 0.16, w * 0.15, dark(filled, 0.1 * (k % 2)))  # fmt: skip
    c.poly([(x - w / 2, y - h), (x + w / 2, y - h), (x + w * 0.42, y), (x - w * 0.42, y)], tone)
    c.poly([(x + w * 0.14, y - h), (x + w / 2, y - h), (x + w * 0.42, y), (x + w * 0.12, y)],
            dark(tone, 0.15))  # fmt: skip
    c.rect((x - w * 0.55, y - h - w * 0.04, x + w * 0.55, y - h + w * 0.08), pale(tone, 0.18), 4)
    c.oval(x - w * 0.04, y - h * 0.5, w * 0.17, w * 0.17, pale(tone, 0.6))


def broom(c: Canvas, top: Point, foot: Point, size: float) -> None:
    """A stick broom (sapu lidi) from the upper end of its handle to its bristles."""
    dx, dy = foot[0] - top[0], foot[1] - top[1]
    neck = (top[0] + dx * 0.7, top[1] + dy * 0.7)
    c.line([top, neck], size * 0.045, mix(WOOD, STRAW, 0.4))
    for k in range(-5, 6):
        end = (foot[0] + k * size * 0.035, foot[1] - abs(k) * size * 0.006)
        c.line([neck, end], size * 0.022, (dark(OCHRE, 0.2), OCHRE, STRAW)[k % 3])
    c.oval(*neck, size * 0.04, size * 0.04, CORAL)


def tool(c: Canvas, top: Point, foot: Point, size: float, kind: str) -> None:
    """A hoe, a spade or a rake."""
    c.line([top, foot], size * 0.04, mix(WOOD, STRAW, 0.3))
    side = 1 if foot[0] >= top[0] else -1
    x, y = foot
    if kind == "hoe":
        c.poly([(x, y), (x + side * size * 0.04, y - size * 0.04),
                (x + side * size * 0.22, y + size * 0.1),
                (x + side * size * 0.14, y + size * 0.18)], mix(GREY, INK, 0.3))  # fmt: skip
    elif kind == "spade":
        c.blob([(x - size * 0.09, y - size * 0.02), (x + size * 0.09, y - size * 0.02),
                (x + size * 0.1, y + size * 0.12), (x, y + size * 0.24),
                (x - size * 0.1, y + size * 0.12)], mix(GREY, INK, 0.25))  # fmt: skip
    else:
        c.line([(x - size * 0.16, y), (x + size * 0.16, y)], size * 0.035, mix(GREY, INK, 0.3))
        for k in range(-3, 4):
            c.line([(x + k * size * 0.05, y), (x + k * size * 0.05, y + size * 0.09)],
                    size * 0.02, mix(GREY, INK, 0.3))  # fmt: skip


def wheel(c: Canvas, x: float, y: float, r: float) -> None:
    """A spoked wheel around (x, y)."""
    c.oval(x, y, r, r, mix(INK, DARKWOOD, 0.4))
    c.oval(x, y, r * 0.78, r * 0.78, STONE)
    for k in range(4):
        a = k * pi / 4 + 0.2
        c.line([(x - cos(a) * r * 0.8, y - sin(a) * r * 0.8),
                (x + cos(a) * r * 0.8, y + sin(a) * r * 0.8)],
                r * 0.09, mix(INK, GREY, 0.4))  # fmt: skip
    c.oval(x, y, r * 0.2, r * 0.2, INK)


def cart(c: Canvas, x: float, y: float, w: float, tone: Color, load: Color | None = LEAF) -> None:
    """A two-wheeled cart standing at (x, y), its middle; the handles point left."""
    r = w * 0.17
    c.shadow(x, y, w * 0.6, w * 0.06)
    if load:
        for k in range(9):
            u = (k - 4) * w * 0.09
            c.oval(x + u, y - w * 0.55 - w * 0.06 * (1 - abs(k - 4) / 4),
                    w * 0.1, w * 0.1, (load, pale(load, 0.15),
                    dark(load, 0.15))[k % 3])  # fmt: skip
    c.line([(x - w * 0.48, y - w * 0.42), (x - w * 0.86, y - w * 0.5)], w * 0.035, WOOD)
    c.line([(x - w * 0.4, y - w * 0.26), (x - w * 0.44, y)], w * 0.035, DARKWOOD)
    c.poly([(x - w / 2, y - w * 0.56), (x + w / 2, y - w * 0.56), (x + w * 0.44, y - w * 0.22),
            (x - w * 0.44, y - w * 0.22)], tone)  # fmt: skip
    c.poly([(x - w / 2, y - w * 0.56), (x + w / 2, y - w * 0.56), (x + w * 0.49, y - w * 0.5),
            (x - w * 0.49, y - w * 0.5)], pale(tone, 0.3))  # fmt: skip
    c.rect((x - w * 0.36, y - w * 0.44, x + w * 0.36, y - w * 0.36), CREAM, 3)
    c.rect((x - w * 0.45, y - w * 0.25, x + w * 0.45, y - w * 0.2), dark(tone, 0.3))
    wheel(c, x + w * 0.1, y - r, r)


def ball(c: Canvas, x: float, y: float, r: float) -> None:
    """A volleyball."""
    c.oval(x, y, r, r, WHITE)
    c.curve(
        [(x - r * 0.9, y - r * 0.2), (x, y - r * 0.1), (x + r * 0.7, y - r * 0.66)], r * 0.12, BLUE
    )
    c.curve(
        [(x - r * 0.4, y + r * 0.88), (x - r * 0.1, y), (x - r * 0.45, y - r * 0.86)],
        r * 0.12,
        OCHRE,
    )
    c.curve([(x + r * 0.1, y + r * 0.95), (x + r * 0.2, y + r * 0.3), (x + r * 0.94, y + r * 0.1)],
            r * 0.12, RED)  # fmt: skip


def umbrella(c: Canvas, x: float, y: float, r: float, tone: Color, grip: float) -> None:
    """An open umbrella whose rim is at y, its stick `grip` long."""
    c.line([(x, y - r * 0.5), (x, y + grip)], 4, INK)
    at = [((x - r) * 2, (y - r * 0.8) * 2), ((x + r) * 2, (y + r * 0.8) * 2)]
    c.pen.pieslice(at, 180, 360, fill=tone)
    inner = [((x - r * 0.42) * 2, (y - r * 0.8) * 2), ((x + r * 0.42) * 2, (y + r * 0.8) * 2)]
    c.pen.pieslice(inner, 180, 360, fill=pale(tone, 0.25))
    right = [((x + r * 0.42) * 2, y * 2), ((x + r) * 2, y * 2)]
    c.line([(right[0][0] / 2, y), (x + r, y)], 2, dark(tone, 0.2))
    for k in range(-2, 3):
        c.oval(x + k * r * 0.4, y, r * 0.2, r * 0.1, dark(tone, 0.14))
    c.line([(x, y - r * 0.8), (x, y - r * 0.92)], 4, INK)
