"""Heads: hair, headscarves and caps. Coordinates start at the base of the skull."""

from __future__ import annotations

from collections.abc import Callable

from kimcms.seed.pictures.canvas import Canvas, Point
from kimcms.seed.pictures.palette import BLACK, DARKWOOD, INK, OCHRE, STRAW, Color, dark, mix, pale

Turned = Callable[[float, float], Point]


def _face(c: Canvas, at: Turned, h: float, skin: Color, face: float, small: float = 1) -> None:
    """A face with closed, smiling eyes."""
    x, y = at(face * 0.016, 0.068)
    c.oval(x, y, 0.062 * h * small, 0.075 * h * small, skin)
    c.soft(*at(face * 0.03 + 0.03, 0.045), 0.03 * h, 0.025 * h, mix(skin, (214, 92, 84), 0.6), 0.5)
    c.soft(*at(face * 0.03 - 0.03, 0.045), 0.03 * h, 0.025 * h, mix(skin, (214, 92, 84), 0.6), 0.5)
    if h < 110:
        return
    line = mix(skin, INK, 0.72)
    thick = max(0.8, 0.0085 * h)
    for side in (-1, 1):
        u = face * 0.034 + side * 0.026
        c.curve([at(u - 0.011, 0.07), at(u, 0.076), at(u + 0.011, 0.07)], thick, line)
    u = face * 0.036
    c.curve([at(u - 0.016, 0.034), at(u, 0.027), at(u + 0.016, 0.034)], thick, mix(skin, INK, 0.5))


def _hijab(
    c: Canvas, at: Turned, h: float, cloth: Color, skin: Color, face: float, back: bool
) -> None:
    side = ((0.06, 0.165), (0.094, 0.1), (0.084, 0.03), (0.105, -0.03), (0.132, -0.085),
            (0.09, -0.16))  # fmt: skip
    outline = [(0, 0.178), *side, (0, -0.19), *((-u, v) for u, v in reversed(side))]
    c.blob([at(*q) for q in outline], cloth)
    fold = ((0.03, 0.172), (0.088, 0.11), (0.08, 0.02), (0.128, -0.08), (0.085, -0.155),
            (0.03, -0.12), (0.062, -0.01), (0.066, 0.09))  # fmt: skip
    c.blob([at(*q) for q in fold], dark(cloth, 0.12))
    if back:
        c.curve([at(-0.02, 0.0), at(-0.03, -0.08), at(-0.01, -0.15)], 0.012 * h, dark(cloth, 0.14))
        return
    c.oval(*at(face * 0.016, 0.066), 0.068 * h, 0.081 * h, dark(cloth, 0.2))
    _face(c, at, h, skin, face, 0.95)
    c.curve([at(-0.065, 0.0), at(0.0, -0.045), at(0.062, 0.0)], 0.012 * h, dark(cloth, 0.16))


def _skull(
    c: Canvas, at: Turned, h: float, hair: Color, skin: Color, face: float, back: bool
) -> None:
    """A bare head with short hair."""
    for side in (-1, 1):
        c.oval(*at(side * 0.066 + face * 0.008, 0.062), 0.017 * h, 0.022 * h, dark(skin, 0.08))
    c.oval(*at(0, 0.082), 0.074 * h, 0.083 * h, hair)
    if back:
        c.oval(*at(0, 0.02), 0.045 * h, 0.03 * h, dark(skin, 0.1))
        c.oval(*at(0, 0.06), 0.072 * h, 0.062 * h, hair)
        return
    _face(c, at, h, skin, face)
    fringe = ((-0.074, 0.078), (-0.066, 0.14), (0, 0.17), (0.066, 0.14), (0.074, 0.078),
            (0.055, 0.112), (0.01 + face * 0.03, 0.122), (-0.05, 0.108))  # fmt: skip
    c.blob([at(*q) for q in fringe], hair)


def _peci(c: Canvas, at: Turned, h: float, cloth: Color) -> None:
    c.poly([at(-0.076, 0.105), at(-0.064, 0.2), at(0.064, 0.2), at(0.076, 0.105)], cloth)
    c.oval(*at(0, 0.2), 0.064 * h, 0.013 * h, pale(cloth, 0.14))
    c.oval(*at(0, 0.105), 0.076 * h, 0.014 * h, cloth)


def _cap(c: Canvas, at: Turned, h: float, cloth: Color, face: float, back: bool) -> None:
    dome = ((-0.08, 0.1), (-0.07, 0.17), (0, 0.2), (0.07, 0.17), (0.08, 0.1), (0, 0.088))
    c.blob([at(*q) for q in dome], cloth)
    if not back:
        c.oval(*at(face * 0.06, 0.104), 0.072 * h, 0.019 * h, dark(cloth, 0.2))


def _blangkon(c: Canvas, at: Turned, h: float, cloth: Color, back: bool) -> None:
    dome = ((-0.08, 0.085), (-0.078, 0.15), (0, 0.19), (0.078, 0.15), (0.08, 0.085), (0, 0.115))
    c.blob([at(*q) for q in dome], cloth)
    for share in (-0.05, -0.017, 0.017, 0.05):
        c.line([at(share, 0.11), at(share * 0.6, 0.165)], 0.01 * h, mix(cloth, OCHRE, 0.6))
    if back:
        c.oval(*at(0, 0.08), 0.03 * h, 0.024 * h, dark(cloth, 0.2))


def head(
    c: Canvas, at: Turned, h: float, kind: str, tones: tuple[Color, Color],
    face: float, back: bool,
) -> None:  # fmt: skip
    """Draw a head; `tones` are those of the head's cloth or hair and of the skin."""
    cloth, skin = tones
    if kind == "hijab":
        _hijab(c, at, h, cloth, skin, face, back)
        return
    hair = cloth if kind in ("hair", "long", "bun") else BLACK
    if kind == "bun":
        c.oval(*at(-0.02 * face, 0.172 if not back else 0.12), 0.04 * h, 0.038 * h, dark(hair, 0.1))
    if kind == "long" and not back:
        shape = ((-0.08, 0.1), (-0.088, -0.02), (-0.05, -0.05), (0.05, -0.05), (0.088, -0.02),
                (0.08, 0.1))  # fmt: skip
        c.blob([at(*q) for q in shape], dark(hair, 0.1))
        c.oval(*at(0, 0.0), 0.034 * h, 0.04 * h, dark(skin, 0.14))
    _skull(c, at, h, hair, skin, face, back)
    if kind == "long" and back:
        fall = ((-0.075, 0.12), (-0.085, -0.06), (0, -0.09), (0.085, -0.06), (0.075, 0.12))
        c.blob([at(*q) for q in fall], hair)
    if kind == "bun" and back:
        c.oval(*at(0, 0.165), 0.044 * h, 0.04 * h, pale(hair, 0.05))
        c.curve([at(-0.03, 0.135), at(0, 0.126), at(0.03, 0.135)], 0.01 * h, pale(hair, 0.2))
    if kind == "peci":
        _peci(c, at, h, cloth)
    elif kind == "cap":
        _cap(c, at, h, cloth, face, back)
    elif kind == "blangkon":
        _blangkon(c, at, h, cloth, back)
    elif kind == "caping":
        c.poly([at(-0.17, 0.09), at(0, 0.235), at(0.17, 0.09)], STRAW)
        c.poly([at(0.02, 0.21), at(0, 0.235), at(0.17, 0.09), at(0.05, 0.09)], dark(STRAW, 0.12))
        c.oval(*at(0, 0.09), 0.17 * h, 0.02 * h, mix(STRAW, DARKWOOD, 0.35))
