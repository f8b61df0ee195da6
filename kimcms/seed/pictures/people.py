"""People: rounded figures with a look and a pose, in shares of their height."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import acos, atan2, cos, hypot, radians, sin

from kimcms.seed.pictures import palette as p
from kimcms.seed.pictures.canvas import Canvas, Point
from kimcms.seed.pictures.heads import head
from kimcms.seed.pictures.palette import Color, dark, mix, pale


@dataclass(frozen=True)
class Look:
    """What somebody wears. `head`: hair, long, bun, hijab, peci, cap, caping or blangkon."""

    head: str
    cloth: Color
    top: Color
    bottom: Color
    skin: Color = p.SKINS[0]
    legs: str = "pants"
    short: bool = False
    vest: Color | None = None
    apron: Color | None = None
    batik: bool = False
    child: bool = False


@dataclass(frozen=True)
class Pose:
    """Hands and feet as (right of, above) the foot point; `seat`: stand, floor or chair."""

    left: Point = (-0.155, 0.4)
    right: Point = (0.155, 0.4)
    lean: float = 0
    hip: float = 0.47
    feet: tuple[float, float] = (-0.055, 0.055)
    lift: tuple[float, float] = (0, 0)
    face: float = 0
    back: bool = False
    seat: str = "stand"


STAND = Pose()
FLOOR = Pose(left=(-0.09, 0.13), right=(0.09, 0.13), hip=0.05, seat="floor")
CHAIR = Pose(left=(-0.08, 0.33), right=(0.08, 0.33), hip=0.28, seat="chair")
FLOOR_BACK = replace(FLOOR, back=True, left=(-0.13, 0.1), right=(0.13, 0.1))


@dataclass(frozen=True)
class Body:
    """A figure's own axes: the upper body turns around the hip."""

    x: float
    y: float
    h: float
    hip: float
    lean: float

    def at(self, u: float, v: float) -> Point:
        """A point (right, up) from the foot point."""
        return self.x + u * self.h, self.y - v * self.h

    def up(self, u: float, v: float) -> Point:
        """A point (right, up) from the hip, turned with the upper body."""
        a = radians(self.lean)
        return self.at(u * cos(a) + v * sin(a), self.hip + v * cos(a) - u * sin(a))


def _joint(start: Point, end: Point, first: float, second: float, side: float) -> Point:
    """The elbow or knee between `start` and `end`, bent outwards."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    far = min(max(hypot(dx, dy), abs(first - second) + 0.01), first + second - 0.01)
    bend = acos(max(-1.0, min(1.0, (first**2 + far**2 - second**2) / (2 * first * far))))
    angle = atan2(dy, dx)
    options = [
        (start[0] + first * cos(angle + s * bend), start[1] + first * sin(angle + s * bend))
        for s in (-1, 1)
    ]
    return max(options, key=lambda o: side * o[0] + 0.6 * o[1])


def _limb(start: Point, joint: Point, end: Point, reach: float) -> Point:
    """The point on the way from `joint` to `end` which the limb can reach."""
    long = hypot(end[0] - joint[0], end[1] - joint[1])
    if long <= reach:
        return end
    return (
        joint[0] + (end[0] - joint[0]) * reach / long,
        joint[1] + (end[1] - joint[1]) * reach / long,
    )


def _arm(c: Canvas, b: Body, look: Look, hand: Point, side: float) -> Point:
    start, end = b.up(side * 0.098, 0.312), b.at(*hand)
    # An arm which comes towards us is foreshortened.
    far = hypot(end[0] - start[0], end[1] - start[1]) / b.h
    long = min(1.0, max(far * 1.13, 0.17) / 0.328)
    elbow = _joint(start, end, 0.168 * b.h * long, 0.16 * b.h * long, side)
    end = _limb(start, elbow, end, 0.162 * b.h)
    sleeve = dark(look.top, 0.09)
    upper, lower = 0.082 * b.h, 0.062 * b.h
    c.oval(*end, 0.032 * b.h, 0.034 * b.h, look.skin)
    wrist = (end[0] * 0.86 + elbow[0] * 0.14, end[1] * 0.86 + elbow[1] * 0.14)
    if look.short:
        c.taper([elbow, end], [lower * 0.95, lower * 0.72], look.skin)
        cut = (elbow[0] * 0.85 + start[0] * 0.15, elbow[1] * 0.85 + start[1] * 0.15)
        c.taper([elbow, cut], [lower * 0.95, lower], look.skin)
        c.taper([start, cut], [upper, upper * 0.92], sleeve)
    else:
        c.taper([start, elbow, wrist], [upper, upper * 0.86, lower * 0.86], sleeve)
    return end


def _legs(c: Canvas, b: Body, look: Look, pose: Pose) -> None:
    for side, foot, lift in zip((-1, 1), pose.feet, pose.lift, strict=True):
        start, end = b.at(side * 0.052, b.hip - 0.01), b.at(foot, 0.035 + lift)
        knee = _joint(start, end, 0.217 * b.h, 0.208 * b.h, side)
        shoe = b.at(foot + 0.02 * (pose.face or side * 0.6), 0.014 + lift)
        c.oval(*shoe, 0.05 * b.h, 0.022 * b.h, p.DARKWOOD)
        tone = look.bottom if side < 0 else dark(look.bottom, 0.1)
        if look.legs == "shorts":
            c.taper([knee, end], [0.075 * b.h, 0.052 * b.h], look.skin)
            c.taper([start, knee], [0.115 * b.h, 0.1 * b.h], tone)
        else:
            c.taper([start, knee, end], [0.115 * b.h, 0.094 * b.h, 0.07 * b.h], tone)


def _skirt(c: Canvas, b: Body, look: Look, pose: Pose) -> None:
    left, right = min(pose.feet) - 0.065, max(pose.feet) + 0.065
    for foot in pose.feet:
        c.oval(*b.at(foot, 0.012), 0.05 * b.h, 0.02 * b.h, p.DARKWOOD)
    hem = 0.03
    c.poly(
        [b.at(-0.1, b.hip + 0.04), b.at(0.1, b.hip + 0.04), b.at(right, hem), b.at(left, hem)],
        look.bottom,
    )
    c.poly(
        [b.at(0.03, b.hip), b.at(0.1, b.hip + 0.04), b.at(right, hem), b.at(right * 0.5, hem)],
        dark(look.bottom, 0.12),
    )
    if look.legs == "sarong":
        for share in (0.25, 0.5, 0.75):
            v = hem + (b.hip - hem) * share
            w = 0.1 + (right - 0.1) * (1 - share)
            c.line([b.at(-w, v), b.at(w, v)], 0.012 * b.h, pale(look.bottom, 0.3), 150)


def _seat(c: Canvas, b: Body, look: Look, pose: Pose) -> None:
    """Crossed legs on the floor, or thighs and shins on a chair."""
    if pose.seat == "floor":
        if pose.back:
            c.blob([b.at(*q) for q in ((-0.19, 0.0), (-0.13, 0.09), (0.13, 0.09), (0.19, 0.0))],
                    dark(look.bottom, 0.08))  # fmt: skip
            return
        lap = ((-0.13, 0.1), (0, 0.12), (0.13, 0.1), (0.16, 0.03), (0, 0.0), (-0.16, 0.03))
        c.blob([b.at(*q) for q in lap], look.bottom)
        for side, tone in ((-1, look.bottom), (1, dark(look.bottom, 0.12))):
            c.oval(*b.at(-side * 0.07, 0.012), 0.045 * b.h, 0.022 * b.h, dark(look.skin, 0.08))
            shin = [b.at(side * u, v) for u, v in ((0.07, 0.085), (0.2, 0.055), (-0.02, 0.022))]
            c.taper(shin, [0.1 * b.h, 0.088 * b.h, 0.05 * b.h], tone)
        return
    for side, foot in zip((-1, 1), pose.feet, strict=True):
        tone = look.bottom if side < 0 else dark(look.bottom, 0.1)
        knee = b.at(side * 0.075 + 0.06 * pose.face, 0.255)
        end = b.at(foot * 1.1 + 0.06 * pose.face, 0.035)
        c.oval(end[0], end[1] + 0.02 * b.h, 0.05 * b.h, 0.022 * b.h, p.DARKWOOD)
        c.taper([b.at(side * 0.05, b.hip + 0.02), knee, end],
                [0.12 * b.h, 0.115 * b.h, 0.075 * b.h], tone)  # fmt: skip
    if look.legs != "pants":
        skirt = ((-0.13, 0.3), (0.13, 0.3), (0.14, 0.06), (-0.14, 0.06))
        c.poly([b.at(u + 0.05 * pose.face, v) for u, v in skirt], look.bottom)


def _torso(c: Canvas, b: Body, look: Look, pose: Pose) -> None:
    hem = -0.12 if look.head == "hijab" and pose.seat == "stand" else -0.03
    side = ((0.034, 0.365), (0.098, 0.345), (0.122, 0.29), (0.104, 0.13), (0.112, 0.02))
    right = [*side, (0.118, hem)]
    left = [(-u, v) for u, v in reversed(right)]
    c.blob([b.up(*q) for q in (*right, *left)], look.top)
    edge = [(0.03, 0.34), *side[1:], (0.118, hem + 0.01), (0.05, hem), (0.07, 0.16)]
    c.blob([b.up(*q) for q in edge], dark(look.top, 0.1))
    if look.batik:
        for row in range(5):
            for col in (-1, 0, 1):
                u, v = col * 0.062 + (0.03 if row % 2 else 0) - 0.015, 0.03 + row * 0.062
                x, y = b.up(u, v)
                r = 0.013 * b.h
                c.poly([(x - r, y), (x, y - r * 1.4), (x + r, y), (x, y + r * 1.4)],
                        pale(look.top, 0.45))  # fmt: skip
    if look.apron and not pose.back:
        for s in (-1, 1):
            c.line(
                [b.up(s * 0.045, 0.35), b.up(s * 0.07, 0.24)], 0.016 * b.h, dark(look.apron, 0.1)
            )
        bib = ((-0.072, 0.25), (0.072, 0.25), (0.08, 0.13), (0.118, 0.0), (0.12, -0.2),
                (-0.12, -0.2), (-0.118, 0.0), (-0.08, 0.13))  # fmt: skip
        c.poly([b.up(*q) for q in bib], look.apron)
        c.line([b.up(-0.1, 0.09), b.up(0.1, 0.09)], 0.014 * b.h, dark(look.apron, 0.14))
    if look.vest and not pose.back:
        for s in (-1, 1):
            shape = ((0.04, 0.36), (0.1, 0.34), (0.112, 0.24), (0.108, -0.02), (0.035, -0.02))
            tone = look.vest if s < 0 else dark(look.vest, 0.1)
            c.poly([b.up(s * u, v) for u, v in shape], tone)
            c.line([b.up(s * 0.05, 0.1), b.up(s * 0.104, 0.1)], 0.018 * b.h, p.STRAW)
    elif look.vest:
        cut = ((0.06, 0.355), (0.11, 0.33), (0.11, 0.02), (-0.11, 0.02), (-0.11, 0.33),
                (-0.06, 0.355))  # fmt: skip
        c.poly([b.up(*q) for q in cut], look.vest)
        c.line([b.up(-0.105, 0.13), b.up(0.105, 0.13)], 0.02 * b.h, p.STRAW)


def person(
    c: Canvas, x: float, y: float, h: float, look: Look, pose: Pose = STAND, shade: bool = True
) -> tuple[Point, Point]:
    """Draw somebody whose feet (or seat) are at (x, y); gives the places of the hands."""
    b = Body(x, y, h, pose.hip, pose.lean)
    if shade:
        wide = 0.27 if pose.seat == "floor" else 0.17
        c.shadow(x + 0.06 * h, y, wide * h, 0.035 * h)
    lap = pose.seat == "floor" and not pose.back
    if pose.seat != "stand":
        if not (lap or (pose.seat == "chair" and pose.back)):
            _seat(c, b, look, pose)
    elif look.legs in ("skirt", "sarong"):
        _skirt(c, b, look, pose)
    else:
        _legs(c, b, look, pose)
    hands: list[Point] = []
    if pose.back:
        hands = [_arm(c, b, look, q, s) for q, s in ((pose.left, -1), (pose.right, 1))]
    c.taper([b.up(0, 0.33), b.up(0, 0.42)], [0.06 * h, 0.055 * h], dark(look.skin, 0.16))
    _torso(c, b, look, pose)
    if lap:
        _seat(c, b, look, pose)
    if not pose.back:
        hands = [_arm(c, b, look, q, s) for q, s in ((pose.left, -1), (pose.right, 1))]
    size = h * (1.32 if look.child else 1.06)
    a = radians(pose.lean)

    def turned(u: float, v: float) -> Point:
        """A point around the base of the skull."""
        bx, by = b.up(0, 0.385)
        return (bx + (u * cos(a) + v * sin(a)) * size, by - (v * cos(a) - u * sin(a)) * size)

    head(c, turned, size, look.head, (look.cloth, look.skin), pose.face, pose.back)
    return hands[0], hands[1]


HIJAB = Look("hijab", p.TEAL, p.CREAM, p.NAVY, p.SKINS[2], "skirt")
MAN = Look("hair", p.BLACK, p.BLUE, p.NAVY, p.SKINS[1], short=True)
PEOPLE: tuple[Look, ...] = (
    Look("hijab", p.CORAL, p.CREAM, p.PLUM, p.SKINS[2], "skirt"),
    Look("peci", p.BLACK, p.TEAL, p.PLUM, p.SKINS[1], "sarong", batik=True),
    Look("hijab", p.TEAL, p.STRAW, p.NAVY, p.SKINS[0], "skirt", batik=True),
    Look("hair", p.BLACK, p.OCHRE, p.NAVY, p.SKINS[3], short=True),
    Look("bun", p.BLACK, p.ROSE, p.DARKWOOD, p.SKINS[4], "skirt", short=True),
    Look("cap", p.RED, p.CREAM, p.BLUE, p.SKINS[1], short=True),
    Look("hijab", p.PLUM, p.ROSE, p.FOREST, p.SKINS[4], "skirt"),
    Look("hair", (92, 84, 84), p.LEAF, p.DARKWOOD, p.SKINS[0], short=True, batik=True),
    Look("hijab", p.NAVY, p.SKY, p.BLUE, p.SKINS[2], "skirt"),
    Look("peci", p.BLACK, p.WHITE, p.FOREST, p.SKINS[0], "sarong"),
    Look("long", p.BLACK, p.CORAL, p.NAVY, p.SKINS[2], short=True),
    Look("hijab", p.OCHRE, p.TEAL, p.DARKWOOD, p.SKINS[1], "skirt"),
)


def kid(n: int) -> Look:
    """A child's look."""
    heads = ("hair", "bun", "cap", "hijab", "hair", "long")
    tops = (p.CORAL, p.OCHRE, p.TEAL, p.ROSE, p.SKY, p.LEAF)
    cloth = (p.BLACK, p.BLACK, p.BLUE, p.STRAW, p.BLACK, p.BLACK)
    return Look(
        heads[n % 6], cloth[n % 6], tops[n % 6], mix(p.NAVY, tops[(n + 2) % 6], 0.42),
        p.SKINS[n % 5], "shorts" if n % 6 != 3 else "skirt", short=True, child=True,
    )  # fmt: skip
