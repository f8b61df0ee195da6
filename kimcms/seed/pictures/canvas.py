"""A drawing surface of 1200 x 800 units, held at double size until it is finished."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import hypot

from PIL import Image, ImageChops, ImageDraw

from kimcms.seed.pictures.palette import INK, Color, mix

WIDTH, HEIGHT, SCALE = 1200, 800, 2
Point = tuple[float, float]


@cache
def _spot() -> Image.Image:
    """A soft round mask, white in the middle."""
    ramp = bytes(
        round(255 * (t * t * (3 - 2 * t)))
        for t in (max(0.0, 1 - v / 181.0 * 1.0) for v in range(256))
    )
    return Image.radial_gradient("L").point(list(ramp))


def spline(points: Sequence[Point], closed: bool = True, steps: int = 7) -> list[Point]:
    """A Catmull-Rom curve through `points`."""
    count = len(points)
    result: list[Point] = []
    for at in range(count if closed else count - 1):
        p = [points[(at + k) % count] for k in (-1, 0, 1, 2)]
        if not closed:
            p[0] = points[max(at - 1, 0)]
            p[3] = points[min(at + 2, count - 1)]
        for step in range(steps):
            t = step / steps
            weights = (
                (-t + 2 * t**2 - t**3) / 2,
                (2 - 5 * t**2 + 3 * t**3) / 2,
                (t + 4 * t**2 - 3 * t**3) / 2,
                (-(t**2) + t**3) / 2,
            )
            result.append(
                (
                    sum(w * q[0] for w, q in zip(weights, p, strict=True)),
                    sum(w * q[1] for w, q in zip(weights, p, strict=True)),
                )
            )
    if not closed:
        result.append(points[-1])
    return result


class Canvas:
    """Shapes in units of the finished picture; later shapes lie over earlier ones."""

    def __init__(self, seed: str) -> None:
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), (255, 255, 255))
        self.pen = ImageDraw.Draw(self.image, "RGBA")
        self.rng = random.Random(seed)  # noqa: S311

    def poly(self, points: Sequence[Point], fill: Color, alpha: int = 255) -> None:
        """A filled polygon."""
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=(*fill, alpha))

    def blob(self, points: Sequence[Point], fill: Color, alpha: int = 255) -> None:
        """A filled shape with a smooth outline through `points`."""
        self.poly(spline(points), fill, alpha)

    def oval(self, x: float, y: float, rx: float, ry: float, fill: Color, alpha: int = 255) -> None:
        """A filled ellipse around (x, y)."""
        box = [(x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE]
        self.pen.ellipse(box, fill=(*fill, alpha))

    def rect(
        self,
        box: tuple[float, float, float, float],
        fill: Color,
        radius: float = 0,
        alpha: int = 255,
    ) -> None:
        """A filled rectangle (left, top, right, bottom), its corners rounded."""
        self.pen.rounded_rectangle([v * SCALE for v in box], radius * SCALE, fill=(*fill, alpha))

    def line(self, points: Sequence[Point], width: float, fill: Color, alpha: int = 255) -> None:
        """A stroke with round joints and ends (ends only when opaque)."""
        self.pen.line(
            [(x * SCALE, y * SCALE) for x, y in points],
            fill=(*fill, alpha),
            width=max(1, round(width * SCALE)),
            joint="curve",
        )
        if alpha == 255 and width > 1.5:
            for x, y in (points[0], points[-1]):
                self.oval(x, y, width / 2 - 0.25, width / 2 - 0.25, fill)

    def curve(self, points: Sequence[Point], width: float, fill: Color, alpha: int = 255) -> None:
        """A smooth open stroke."""
        self.line(spline(points, closed=False), width, fill, alpha)

    def taper(self, points: Sequence[Point], widths: Sequence[float], fill: Color) -> None:
        """A stroke whose width changes from point to point."""
        for (a, b), (wa, wb) in zip(pairwise(points), pairwise(widths), strict=True):
            long = hypot(b[0] - a[0], b[1] - a[1]) or 1.0
            nx, ny = -(b[1] - a[1]) / long / 2, (b[0] - a[0]) / long / 2
            self.poly(
                [
                    (a[0] + nx * wa, a[1] + ny * wa),
                    (b[0] + nx * wb, b[1] + ny * wb),
                    (b[0] - nx * wb, b[1] - ny * wb),
                    (a[0] - nx * wa, a[1] - ny * wa),
                ],
                fill,
            )
        for (x, y), w in zip(points, widths, strict=True):
            self.oval(x, y, w / 2, w / 2, fill)

    def fade(self, points: Sequence[Point], top: Color, bottom: Color) -> None:
        """A polygon whose colour runs from `top` to `bottom`."""
        xs, ys = [p[0] * SCALE for p in points], [p[1] * SCALE for p in points]
        left, up = max(0, int(min(xs))), max(0, int(min(ys)))
        right = min(WIDTH * SCALE, int(max(xs)) + 1)
        down = min(HEIGHT * SCALE, int(max(ys)) + 1)
        if right <= left or down <= up:
            return
        size = (right - left, down - up)
        ramp = Image.linear_gradient("L").resize((1, size[1])).resize(size)
        bands = [
            ramp.point([a + (z - a) * v // 255 for v in range(256)])
            for a, z in zip(top, bottom, strict=True)
        ]
        mask = Image.new("L", size)
        ImageDraw.Draw(mask).polygon(
            [(x - left, y - up) for x, y in zip(xs, ys, strict=True)], fill=255
        )
        self.image.paste(Image.merge("RGB", bands), (left, up), mask)

    def soft(
        self, x: float, y: float, rx: float, ry: float, fill: Color, strength: float = 0.3
    ) -> None:
        """A blurred ellipse: a shadow or a glow."""
        size = (max(2, round(2 * rx * SCALE)), max(2, round(2 * ry * SCALE)))
        mask = _spot().resize(size).point([round(v * strength) for v in range(256)])
        place = (round((x - rx) * SCALE), round((y - ry) * SCALE))
        self.image.paste(fill, (*place, place[0] + size[0], place[1] + size[1]), mask)

    def shadow(self, x: float, y: float, rx: float, ry: float, strength: float = 0.55) -> None:
        """The soft shadow of a thing which stands at (x, y)."""
        self.soft(x, y, rx * 1.25, ry * 1.35, mix(INK, (70, 50, 70), 0.4), strength)

    def darken(self, tone: Color, lamps: Sequence[tuple[float, float, float]] = ()) -> None:
        """Multiply all drawn so far by `tone`, less so around each lamp (x, y, radius)."""
        mask = Image.new("L", (WIDTH // 4, HEIGHT // 4), 255)
        for x, y, r in lamps:
            spot = _spot().resize((round(r / 2), round(r / 2)))
            place = (round(x / 4 - r / 4), round(y / 4 - r / 4))
            mask.paste(0, (*place, place[0] + spot.width, place[1] + spot.height), spot)
        toned = ImageChops.multiply(self.image, Image.new("RGB", self.image.size, tone))
        self.image.paste(toned, (0, 0), mask.resize(self.image.size, Image.Resampling.BILINEAR))

    def finish(self) -> bytes:
        """The picture at its final size, with light, paper grain and no metadata."""
        size = (WIDTH, HEIGHT)
        image = self.image.resize(size, Image.Resampling.LANCZOS)
        warm = Image.linear_gradient("L").rotate(90).resize(size)
        light = Image.merge(
            "RGB",
            [
                warm.point([round(a + (z - a) * v / 255) for v in range(256)])
                for a, z in ((141, 118), (136, 121), (124, 133))
            ],
        )
        image = ImageChops.soft_light(image, light)
        fine = Image.frombytes("L", size, self.rng.randbytes(WIDTH * HEIGHT))
        fine = fine.resize((WIDTH // 2, HEIGHT // 2), Image.Resampling.BOX).resize(size)
        grain = fine.point([round(128 + (v - 128) * 0.085) for v in range(256)])
        image = ImageChops.overlay(image, Image.merge("RGB", [grain] * 3))
        file = io.BytesIO()
        image.save(file, "JPEG", quality=85, optimize=True, progressive=True)
        return file.getvalue()
