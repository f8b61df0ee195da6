"""Pictures made for the tests."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from kimcms.storage.images import Processed

RED, GREEN, BLUE, WHITE = (250, 10, 10), (10, 200, 10), (10, 10, 250), (255, 255, 255)


def quarters(width: int, height: int) -> Image.Image:
    """Red above left, green above right, blue below left, white below right."""
    image = Image.new("RGB", (width, height), WHITE)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 2, height // 2), RED)
    draw.rectangle((width // 2, 0, width, height // 2), GREEN)
    draw.rectangle((0, height // 2, width // 2, height), BLUE)
    return image


def saved(image: Image.Image, kind: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(made: Processed, name: str) -> Image.Image:
    return Image.open(io.BytesIO(made.files[name]))


def colours(image: Image.Image) -> list[str]:
    """The four quarters' names."""
    names = {"red": RED, "green": GREEN, "blue": BLUE, "white": WHITE}
    found = []
    for x, y in ((1, 1), (3, 1), (1, 3), (3, 3)):
        pixel = image.convert("RGB").getpixel((image.width * x // 4, image.height * y // 4))
        away = {n: sum(abs(a - b) for a, b in zip(pixel, c, strict=True)) for n, c in names.items()}
        found.append(min(away, key=lambda name: away[name]))
        assert min(away.values()) < 60, pixel
    return found
