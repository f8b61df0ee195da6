"""The picture that messengers show beside a link: 1200 x 630, JPEG."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageDraw, ImageFont, ImageOps

WIDTH, HEIGHT = 1200, 630
MAX_BYTES = 280_000
_MARGIN = 64
_PHOTO_LEFT = 660  # with a photo, words stand to the left of it
_INK, _PAPER, _SOFT = "#1b1e21", "#ffffff", "#565d63"
_BADGE = 160  # a side of the logo
_SIZES = (72, 64, 56, 50, 44, 38)  # of the title, the largest that fits
_QUALITIES = (86, 76, 64, 50, 36)
_LINE = 1.22
_DASHES = "\u2010\u2011\u2012\u2013\u2014"


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on the picture. `accent` is "#rrggbb"; `photo` a picture file of ours."""

    title: str
    name: str
    place: str
    accent: str
    photo: bytes | None = None
    logo: bytes | None = None  # a square one


def draw(card: Card) -> bytes:
    """The card as JPEG of at most `MAX_BYTES`. The same card gives the same bytes."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), _PAPER if card.photo else card.accent)
    pen = ImageDraw.Draw(picture)
    right = WIDTH - _MARGIN
    title, soft, name = _PAPER, _PAPER, _PAPER
    if card.photo:
        right = _PHOTO_LEFT - _MARGIN // 2
        title, soft, name = _INK, _SOFT, card.accent
        with Image.open(io.BytesIO(card.photo)) as photo:
            side = ImageOps.fit(photo.convert("RGB"), (WIDTH - _PHOTO_LEFT, HEIGHT))
        picture.paste(side, (_PHOTO_LEFT, 0))
        pen.rectangle((0, 0, _PHOTO_LEFT - 1, 11), fill=card.accent)
    if card.logo:
        with Image.open(io.BytesIO(card.logo)) as badge:
            picture.paste(badge.convert("RGB").resize((_BADGE, _BADGE)), (right - _BADGE, _MARGIN))
        right -= _BADGE + _MARGIN // 2
    width = right - _MARGIN
    _line(pen, (_MARGIN, _MARGIN), _cut(card.name, 34, width), 34, name, bold=True)
    bottom = HEIGHT - _MARGIN - 30
    _line(pen, (_MARGIN, bottom), _cut(card.place, 28, width), 28, soft)
    top, room = _MARGIN + 72, bottom - _MARGIN - 100
    size, lines = _fitted(_drawable(card.title), width, room)
    for number, words in enumerate(lines):
        _line(pen, (_MARGIN, top + round(number * size * _LINE)), words, size, title, bold=True)
    return _encoded(picture)


def _line(
    pen: ImageDraw.ImageDraw,
    at: tuple[int, int],
    text: str,
    size: int,
    ink: str,
    *,
    bold: bool = False,
) -> None:
    # The font has one weight: a stroke in its own colour makes the heavier one.
    weight = max(1, size // 30) if bold else 0
    pen.text(at, text, font=_font(size), fill=ink, stroke_width=weight, stroke_fill=ink)


def _fitted(text: str, width: int, room: int) -> tuple[int, list[str]]:
    """The largest size at which the words fit, else the smallest with the end cut off."""
    for size in _SIZES:
        lines = _wrapped(text, size, width)
        if len(lines) * size * _LINE <= room:
            return size, lines
    most = int(room / (size * _LINE))
    return size, [*lines[: most - 1], _cut(f"{lines[most - 1]} ...", size, width)]


def _wrapped(text: str, size: int, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if _length(longer, size) <= width:
            lines[-1] = longer
            continue
        while _length(word, size) > width:  # one that is wider than a line is cut in pieces
            part = next(n for n in range(len(word), 0, -1) if _length(word[:n], size) <= width)
            lines.append(word[:part])
            word = word[part:]
        lines.append(word)
    return [line for line in lines if line] or [""]


def _cut(text: str, size: int, width: int) -> str:
    text = _drawable(text)
    if _length(text, size) <= width:
        return text
    bare = text.removesuffix(" ...")
    while bare and _length(f"{bare} ...", size) > width:
        bare = bare[:-1]
    return f"{bare.rstrip()} ..."


def _length(text: str, size: int) -> float:
    # The stroke widens every line by its weight on both sides.
    return _font(size).getlength(text) + 2 * max(1, size // 30)


def _drawable(text: str) -> str:
    """Without what the font has no sign for, such as emoji; never an empty box."""
    kept = (
        c if c.isspace() or _known(c) else _plain(c) for c in unicodedata.normalize("NFC", text)
    )
    return " ".join("".join(kept).split())


def _plain(character: str) -> str:
    if character in _DASHES:
        return "-"
    base = unicodedata.normalize("NFKD", character)[:1]
    return base if base != character and base.isascii() else ""


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont), "Pillow without FreeType"
    return font


@cache
def _known(character: str) -> bool:
    font = _font(40)
    return bytes(font.getmask(character)) != bytes(font.getmask("\U0010ffff"))


def _encoded(picture: Image.Image) -> bytes:
    data = b""
    for quality in _QUALITIES:
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        data = out.getvalue()
        if len(data) <= MAX_BYTES:
            break
    return data
