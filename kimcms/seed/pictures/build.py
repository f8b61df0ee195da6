"""Buildings and what hangs between them, seen from the front."""

from __future__ import annotations

from itertools import pairwise
from math import pi, sin

from kimcms.seed.pictures.canvas import HEIGHT, WIDTH, Canvas, Point
from kimcms.seed.pictures.land import box
from kimcms.seed.pictures.palette import (
    CLAY,
    CORAL,
    CREAM,
    INK,
    OCHRE,
    RED,
    ROSE,
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

WALLS: tuple[Color, ...] = (
    CREAM, (238, 196, 150), (166, 204, 200), (236, 178, 160), (246, 222, 160), (190, 204, 224),
    (206, 218, 178),
)  # fmt: skip
ROOFS: tuple[Color, ...] = (CLAY, (176, 92, 70), (204, 124, 88), (158, 86, 76))


def roof(c: Canvas, x: float, y: float, w: float, h: float, tone: Color, hip: float = 0.2) -> None:
    """A tiled roof whose eaves run from x to x + w at height y."""
    left, right = x + w * hip, x + w * (1 - hip)
    c.fade([(left, y - h), (right, y - h), (x + w, y), (x, y)], pale(tone, 0.16), dark(tone, 0.06))
    rows = max(3, round(h / 13))
    for row in range(1, rows):
        v = row / rows
        inset = w * hip * v
        c.line([(x + inset, y - h * v), (x + w - inset, y - h * v)], 1.2, dark(tone, 0.2), 150)
        for k in range(round(w / 15)):
            at = x + inset + (k + (row % 2) / 2) * 15
            if at < x + w - inset - 4:
                c.line([(at, y - h * v), (at, y - h * (v - 0.7 / rows))], 1, dark(tone, 0.18), 90)
    c.line([(left, y - h), (right, y - h)], max(3, h * 0.06), dark(tone, 0.22))
    c.line([(left, y - h), (x, y)], max(2.5, h * 0.045), dark(tone, 0.14))
    c.line([(right, y - h), (x + w, y)], max(2.5, h * 0.045), dark(tone, 0.26))
    c.rect((x - 2, y - 2, x + w + 2, y + max(3, h * 0.06)), dark(tone, 0.34), 2)


def window(
    c: Canvas, x: float, y: float, w: float, h: float, frame: Color, glow: Color = SKY
) -> None:
    """A two-winged window around (x, y)."""
    c.rect((x - w / 2 - 3, y - h / 2 - 3, x + w / 2 + 3, y + h / 2 + 3), frame, 2)
    c.fade(box(x - w / 2, y - h / 2, x + w / 2, y + h / 2), dark(glow, 0.3), glow)
    c.poly([(x - w * 0.35, y + h / 2), (x - w * 0.05, y - h / 2), (x + w * 0.15, y - h / 2),
            (x - w * 0.15, y + h / 2)], WHITE, 60)  # fmt: skip
    c.rect((x - 2, y - h / 2, x + 2, y + h / 2), frame)
    c.rect((x - w / 2 - 6, y + h / 2 + 2, x + w / 2 + 6, y + h / 2 + 7), pale(frame, 0.2), 2)


def house(
    c: Canvas, x: float, y: float, w: float, wall: Color, tile: Color, door: Color = TEAL,
    haze: Color | None = None, deep: float = 0.3,
) -> None:  # fmt: skip
    """A low kampung house: its left foot at (x, y), its eaves at 0.42 of the width."""
    if haze:
        wall, tile, door = (mix(t, haze, deep) for t in (wall, tile, door))
    else:
        c.shadow(x + w * 0.52, y, w * 0.54, w * 0.03)
    top = y - w * 0.4
    c.rect((x, top, x + w, y), wall)
    c.fade(box(x, top, x + w, top + w * 0.14), dark(wall, 0.3), wall)
    c.rect((x + w * 0.72, top, x + w, y), dark(wall, 0.07))
    c.rect((x, y - w * 0.055, x + w, y), dark(mix(wall, STONE, 0.5), 0.2))
    frame = pale(mix(wall, WHITE, 0.6), 0.2)
    window(c, x + w * 0.22, y - w * 0.2, w * 0.18, w * 0.14, frame)
    window(c, x + w * 0.82, y - w * 0.2, w * 0.14, w * 0.14, frame)
    c.rect((x + w * 0.44, y - w * 0.28, x + w * 0.6, y), frame)
    c.rect((x + w * 0.455, y - w * 0.268, x + w * 0.585, y), door)
    c.rect((x + w * 0.475, y - w * 0.25, x + w * 0.565, y - w * 0.15), dark(door, 0.2), 2)
    c.oval(x + w * 0.57, y - w * 0.12, 2, 2, STRAW)
    roof(c, x - w * 0.07, top + 3, w * 1.14, w * 0.26, tile)


def far_roofs(c: Canvas, y: float, haze: Color, size: float = 90, seed: int = 0) -> None:
    """A distant row of houses, sunk in the air."""
    x, at = -40.0 - 13 * seed, seed
    while x < WIDTH + 20:
        w = size * c.rng.uniform(0.8, 1.4)
        house(c, x, y + c.rng.uniform(-6, 8), w, WALLS[at % 7], ROOFS[at % 4], TEAL, haze, 0.42)
        x, at = x + w * c.rng.uniform(0.95, 1.3), at + 1


def gate(c: Canvas, x: float, y: float, w: float, h: float, tone: Color = CREAM) -> None:
    """A gapura: two stepped pillars and a beam with a batik band."""
    for side in (-1, 1):
        px = x + side * w / 2
        c.shadow(px + 8, y, w * 0.11, 8)
        for half, low, high in ((0.07, 0, 0.12), (0.052, 0.12, 0.74), (0.066, 0.74, 0.8),
                                (0.044, 0.8, 0.9), (0.026, 0.9, 1.0)):  # fmt: skip
            edge = half * w
            c.rect((px - edge, y - h * high, px + edge, y - h * low), tone, 2)
            c.rect((px + edge * 0.4, y - h * high, px + edge, y - h * low), dark(tone, 0.14), 2)
        c.rect((px - w * 0.03, y - h * 0.66, px + w * 0.03, y - h * 0.22), CORAL, 3)
        for k in range(4):
            v = y - h * (0.28 + 0.11 * k)
            c.poly([(px - 8, v), (px, v - 11), (px + 8, v), (px, v + 11)], STRAW)
    c.rect((x - w * 0.6, y - h * 0.86, x + w * 0.6, y - h * 0.72), TEAL, 4)
    batik(c, (x - w * 0.58, y - h * 0.845, x + w * 0.58, y - h * 0.735), TEAL, STRAW)
    peak = [(x - w * 0.26, y - h * 0.86), (x - w * 0.12, y - h * 0.98), (x, y - h * 1.04),
            (x + w * 0.12, y - h * 0.98), (x + w * 0.26, y - h * 0.86)]  # fmt: skip
    c.poly(peak, CORAL)
    c.oval(x, y - h * 0.93, h * 0.035, h * 0.035, STRAW)


def batik(c: Canvas, area: tuple[float, float, float, float], base: Color, mark: Color) -> None:
    """A band of kawung: four petals around a point, again and again."""
    left, top, right, bottom = area
    c.rect(area, base)
    cell = bottom - top
    while cell > 46:
        cell /= 2
    for row in range(max(1, round((bottom - top) / cell))):
        for col in range(int((right - left) / cell)):
            x, y = left + (col + 0.5) * cell, top + (row + 0.5) * cell
            for dx, dy, rx, ry in ((-0.22, 0, 0.17, 0.1), (0.22, 0, 0.17, 0.1),
                                   (0, -0.22, 0.1, 0.17), (0, 0.22, 0.1, 0.17)):  # fmt: skip
                c.oval(x + dx * cell, y + dy * cell, rx * cell, ry * cell, mark)
            c.oval(x, y, cell * 0.06, cell * 0.06, pale(mark, 0.4))


def sag(start: Point, end: Point, depth: float, count: int) -> list[Point]:
    """Points on a rope hanging between two hooks."""
    return [
        (
            start[0] + (end[0] - start[0]) * k / count,
            start[1] + (end[1] - start[1]) * k / count + depth * sin(pi * k / count),
        )
        for k in range(count + 1)
    ]


def bunting(
    c: Canvas, start: Point, end: Point, depth: float, size: float,
    tones: tuple[Color, ...] = (RED, WHITE),
) -> None:  # fmt: skip
    """Small pennants on a rope."""
    count = max(4, round(abs(end[0] - start[0]) / (size * 1.15)))
    rope = sag(start, end, depth, count)
    c.line(rope, max(1, size * 0.05), mix(INK, WHITE, 0.25))
    for k, (a, b) in enumerate(pairwise(rope)):
        low = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + size)
        c.poly([a, b, low], tones[k % len(tones)])
        c.poly([((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), b, low], dark(tones[k % len(tones)], 0.1))


def laundry(c: Canvas, start: Point, end: Point, depth: float, size: float) -> None:
    """Shirts and cloths drying on a line."""
    rope = sag(start, end, depth, 10)
    c.line(rope, 1.6, INK)
    tones = (CORAL, WHITE, TEAL, STRAW, ROSE, SKY, OCHRE, CREAM)
    for k in range(1, 9):
        (x, y), tone = rope[k], tones[k % 8]
        if k % 3 == 1:
            c.poly([(x - size * 0.3, y), (x + size * 0.3, y), (x + size * 0.5, y + size * 0.26),
                    (x + size * 0.27, y + size * 0.32), (x + size * 0.27, y + size * 0.85),
                    (x - size * 0.27, y + size * 0.85), (x - size * 0.27, y + size * 0.32),
                    (x - size * 0.5, y + size * 0.26)], tone)  # fmt: skip
            c.rect((x + size * 0.05, y + 2, x + size * 0.27, y + size * 0.85), dark(tone, 0.1))
        else:
            tall = size * (0.7 + 0.12 * (k % 2))
            c.rect((x - size * 0.32, y, x + size * 0.32, y + tall), tone, 1)
            c.rect(
                (x - size * 0.32, y + tall * 0.7, x + size * 0.32, y + tall * 0.8), pale(tone, 0.5)
            )
            c.rect((x + size * 0.12, y, x + size * 0.32, y + tall), dark(tone, 0.1), 1)


def flag(c: Canvas, x: float, y: float, h: float, size: float) -> None:
    """The red and white flag on a pole."""
    c.shadow(x + 4, y, 12, 4)
    c.line([(x, y), (x, y - h)], max(2, size * 0.06), mix(STONE, INK, 0.3))
    top = y - h
    edge = [
        (x + size * t, sin(t * 5) * size * 0.06 + size * 0.08 * t) for t in (0, 0.25, 0.5, 0.75, 1)
    ]
    for shift, tone in ((0.0, RED), (0.31, WHITE)):
        upper = [(u, top + v + shift * size) for u, v in edge]
        c.poly([*upper, *((u, v + size * 0.32) for u, v in reversed(upper))], tone)
    c.oval(x, top - 2, size * 0.06, size * 0.06, OCHRE)


def hall(
    c: Canvas, floor: float, wood: Color = WOOD, columns: tuple[int, ...] = (60, 430, 770, 1140)
) -> None:
    """A pendopo around an outdoor view: floor, columns, beams and a tiled eave."""
    tile = mix(CREAM, CLAY, 0.35)
    c.fade(box(0, floor, WIDTH, HEIGHT), pale(tile, 0.25), dark(tile, 0.1))
    for k in range(-9, 10):
        c.line([(600 + k * 90, floor), (600 + k * 250, HEIGHT)], 1.4, dark(tile, 0.18), 120)
    for v in (0.06, 0.18, 0.38, 0.68):
        y = floor + (HEIGHT - floor) * v
        c.line([(0, y), (WIDTH, y)], 1.4, dark(tile, 0.18), 120)
    c.rect((0, floor - 10, WIDTH, floor), mix(STONE, CLAY, 0.3))
    for x in columns:
        c.shadow(x + 12, floor + 10, 44, 8)
        c.rect((x - 15, 90, x + 15, floor + 6), wood)
        c.rect((x + 3, 90, x + 15, floor + 6), dark(wood, 0.2))
        c.rect((x - 22, floor - 34, x + 22, floor + 10), dark(mix(wood, STONE, 0.5), 0.1), 3)
        c.poly([(x - 70, 118), (x - 15, 118), (x - 15, 190)], dark(wood, 0.16))
        c.poly([(x + 70, 118), (x + 15, 118), (x + 15, 190)], dark(wood, 0.28))
    c.fade(box(0, 0, WIDTH, 92), dark(wood, 0.5), dark(wood, 0.34))
    c.rect((0, 84, WIDTH, 122), dark(wood, 0.1), 0)
    batik(c, (0, 90, WIDTH, 116), dark(wood, 0.12), mix(STRAW, wood, 0.25))
