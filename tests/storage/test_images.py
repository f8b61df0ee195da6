"""Photos: what is taken in, what is refused, and what readers get."""

from __future__ import annotations

import io
import os
import re
import struct
import subprocess
import sys
import time
import zlib

import pytest
from PIL import Image, ImageCms, ImageDraw, features

from kimcms.domain.refusal import Refused
from kimcms.storage.images import MAX_BYTES, MAX_FILE, Processed, process

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


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        process(data)
    return caught.value.code


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (1, (1,)),
        (479, (479,)),
        (480, (480,)),
        (481, (480, 481)),
        (960, (480, 960)),
        (1200, (480, 960, 1200)),
        (1600, (480, 960, 1600)),
        (2400, (480, 960, 1600)),
        (3300, (480, 960, 1600)),
    ],
)
def test_widths_are_never_larger_than_the_original(width, widths):
    made = process(saved(Image.new("RGB", (width, max(1, width // 2)), RED), "JPEG"))
    assert (made.width, made.height, made.widths) == (width, max(1, width // 2), widths)
    assert list(made.files) == [f"{w}.{kind}" for w in widths[::-1] for kind in ("webp", "jpg")]
    for name in made.files:
        image = opened(made, name)
        assert image.format == ("WEBP" if name.endswith("webp") else "JPEG")
        expected = int(name.split(".")[0])
        assert image.size == (expected, max(1, round(expected * made.height / made.width)))
        assert image.mode == "RGB"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
@pytest.mark.parametrize("size", [(640, 480), (5000, 3000)])
def test_each_format_by_its_content(kind, size):
    made = process(saved(quarters(*size), kind))
    for name in made.files:
        assert colours(opened(made, name)) == ["red", "green", "blue", "white"]


TURNED = {
    1: ["red", "green", "blue", "white"],
    2: ["green", "red", "white", "blue"],
    3: ["white", "blue", "green", "red"],
    4: ["blue", "white", "red", "green"],
    5: ["red", "blue", "green", "white"],
    6: ["blue", "red", "white", "green"],
    7: ["white", "green", "blue", "red"],
    8: ["green", "white", "red", "blue"],
    0: ["red", "green", "blue", "white"],
    9: ["red", "green", "blue", "white"],
}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(("orientation", "expected"), TURNED.items())
def test_photos_stand_upright_and_know_no_place(kind, orientation, expected):
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Kamera Rahasia"
    exif.get_ifd(0x8825).update({1: "S", 2: (7.0, 58.0, 12.0), 3: "E", 4: (112.0, 37.0, 9.0)})
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Rahasia</x:xmpmeta>"
    options = {"comment": b"Rahasia"} if kind == "JPEG" else {}
    more = {} if kind == "PNG" else {"xmp": xmp}
    data = saved(quarters(1200, 800), kind, exif=exif, **options, **more)
    assert b"Rahasia" in data
    made = process(data)
    sideways = orientation in {5, 6, 7, 8}
    assert (made.width, made.height) == ((800, 1200) if sideways else (1200, 800))
    for name, file in made.files.items():
        image = opened(made, name)
        assert colours(image) == expected
        assert not image.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)
        assert not re.search(rb"Rahasia|Exif|xmpmeta|ICC_PROFILE|ICCP|XMP ", file)


def test_a_large_sideways_jpeg_keeps_its_sharpness():
    """Decoding a JPEG smaller must go by the upright width, not by the stored one."""
    lines = Image.new("L", (6000, 2000), 255)
    for y in range(0, 2000, 20):
        lines.paste(0, (0, y, 6000, y + 10))
    exif = Image.Exif()
    exif[0x0112] = 6
    made = process(saved(lines, "JPEG", exif=exif))
    assert (made.width, made.height, made.widths) == (2000, 6000, (480, 960, 1600))
    row = opened(made, "1600.jpg").convert("L").crop((0, 2000, 1600, 2001)).tobytes()
    assert min(row) < 40
    assert max(row) > 215


@pytest.mark.parametrize(
    "mode", ["RGBA", "LA", "P", "P with a clear index", "1 with a clear colour"]
)
def test_what_is_clear_becomes_white(mode):
    options = {}
    image = Image.new("RGBA", (1000, 700), (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((0, 0, 500, 700), (0, 0, 0, 255))
    if mode == "LA":
        image = image.convert("LA")
    elif mode == "P":
        image = image.quantize(8)
    elif mode == "P with a clear index":
        image = image.getchannel("A").point(lambda alpha: alpha // 255).convert("P")
        image.putpalette([200, 0, 200, 0, 0, 0])
        options = {"transparency": 0}
    elif mode.startswith("1"):
        image = image.getchannel("A").point(lambda alpha: 255 - alpha).convert("1")
        options = {"transparency": 255}
    made = process(saved(image, "PNG", **options))
    shown = opened(made, "1000.jpg").convert("RGB")
    assert max(shown.getpixel((100, 300))) < 30
    assert min(shown.getpixel((900, 300))) > 225


def test_a_half_clear_picture_in_full_size_is_mixed_with_white():
    made = process(saved(Image.new("RGBA", (5000, 1000), (0, 0, 0, 128)), "PNG"))
    assert all(120 <= value <= 135 for value in opened(made, "1600.jpg").getpixel((800, 100)))


def test_printers_colours_become_screen_colours():
    made = process(saved(quarters(800, 600).convert("CMYK"), "JPEG"))
    assert opened(made, "480.jpg").mode == "RGB"
    assert colours(opened(made, "480.jpg")) == ["red", "green", "blue", "white"]


def test_sixteen_bits_are_scaled_not_cut():
    grey = Image.new("I;16", (600, 400), 0x4000)
    made = process(saved(grey, "PNG"))
    assert abs(opened(made, "480.jpg").convert("L").getpixel((100, 100)) - 0x40) < 3


@pytest.mark.skipif(not features.check("littlecms2"), reason="Pillow without LittleCMS")
def test_a_colour_profile_is_applied_and_a_broken_one_ignored():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    image = Image.new("RGB", (600, 400), RED)
    for broken in (b"no profile", profile):
        made = process(saved(image, "PNG", icc_profile=broken))
        assert opened(made, "480.jpg").convert("RGB").getpixel((9, 9))[0] > 240
    swapped = _profile_with_red_and_blue_swapped()
    made = process(saved(image, "PNG", icc_profile=swapped))
    pixel = opened(made, "480.jpg").convert("RGB").getpixel((9, 9))
    assert pixel[2] > 200
    assert pixel[0] < 60


def _profile_with_red_and_blue_swapped() -> bytes:
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    table = (
        bytearray(data[:132]),
        bytearray(data[132 : 132 + 12 * data[131]]),
        data[132 + 12 * data[131] :],
    )
    entries = bytes(table[1]).replace(b"rXYZ", b"tmp!").replace(b"bXYZ", b"rXYZ")
    return bytes(table[0]) + entries.replace(b"tmp!", b"bXYZ") + table[2]


def test_an_animation_is_its_first_picture():
    frames = [quarters(600, 400), Image.new("RGB", (600, 400), BLUE)]
    for kind in ("GIF", "WEBP", "PNG"):
        data = saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=50)
        assert colours(opened(process(data), "480.jpg")) == ["red", "green", "blue", "white"]


def test_a_huge_photo_fits_a_cheap_phone():
    noise = Image.effect_noise((3600, 2700), 90)
    photo = Image.merge("RGB", (noise, noise.rotate(90, expand=True).resize(noise.size), noise))
    data = saved(photo, "JPEG", quality=92)
    assert 8_000_000 < len(data) <= MAX_BYTES
    made = process(data)
    assert max(map(len, made.files.values())) <= MAX_FILE < 400_000


# Refused


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<?xml version='1.0'?><svg/>",
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a/*<svg/onload=alert(1)>*/=1;<script>alert(1)</script>",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"II*\x00" + b"\0" * 64,
        b"\0\0\0\x18ftypheic" + b"\0" * 64,
        b"\0\0\0\x18ftypavif" + b"\0" * 64,
        b"RIFF\x10\0\0\0WAVEfmt ",
        b"8BPS\0\x01" + b"\0" * 64,
        b"%!PS-Adobe-3.0 EPSF-3.0",
        b" \x89PNG\r\n\x1a\n",
    ],
    ids=lambda data: repr(data[:16]),
)
def test_what_is_no_picture(data):
    assert refusal(data) == "not_an_image"


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "ICO", "PPM", "JPEG2000", "AVIF", "PDF", "TGA"])
def test_other_formats_that_pillow_would_read(kind):
    assert refusal(saved(quarters(64, 64), kind)) == "not_an_image"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
@pytest.mark.parametrize(
    "page", [b"<script>x</script>", b"<SCRIPT/x>", b"<html>", b"<?php x", b"<!DOCTYPE html>"]
)
def test_a_picture_that_is_a_page_as_well(kind, page):
    assert refusal(saved(quarters(64, 64), kind) + page) == "not_an_image"


def test_what_follows_a_picture_does_not_reach_readers():
    made = process(saved(quarters(64, 64), "JPEG") + b"PK\x03\x04 rahasia")
    assert not any(b"rahasia" in file for file in made.files.values())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
@pytest.mark.parametrize("share", [0.05, 0.5, 0.9, 0.99])
def test_a_picture_that_is_cut_off(kind, share):
    noise = Image.effect_noise((400, 300), 90).convert("RGB")
    data = saved(noise, kind)
    assert refusal(data[: int(len(data) * share)]) == "damaged"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_bytes_turned_over_are_taken_or_refused_and_nothing_else(kind):
    data = saved(Image.effect_noise((60, 40), 90).convert("RGB"), kind, exif=Image.Exif())
    for at in range(0, len(data), max(1, len(data) // 150)):
        broken = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
        try:
            process(broken)
        except Refused as refused:
            assert refused.code in {"damaged", "not_an_image", "too_many_pixels", "odd_shape"}


def test_too_many_bytes():
    assert refusal(b"\xff\xd8\xff" + b"\0" * MAX_BYTES) == "too_big"


def png_header(width: int, height: int, body: bytes = b"") -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        check = zlib.crc32(name + data)
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = chunk(b"IDAT", body or zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + packed + chunk(b"IEND", b"")


def gif_header(width: int, height: int) -> bytes:
    data = saved(Image.new("P", (1, 1)), "GIF")
    size = struct.pack("<HH", width, height)
    return data[:6] + size + data[10:].replace(b",\0\0\0\0\x01\0\x01\0", b",\0\0\0\0" + size, 1)


def webp_header(width: int, height: int) -> bytes:
    data = saved(Image.new("RGBA", (1, 1)), "WEBP", lossless=True, exif=b"Exif\0\0x")
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return data[:24] + canvas + data[30:]


def jpeg_header(width: int, height: int) -> bytes:
    data = saved(Image.new("RGB", (1, 1)), "JPEG")
    at = data.index(b"\xff\xc0")
    return data[: at + 5] + struct.pack(">HH", height, width) + data[at + 9 :]


@pytest.mark.parametrize("header", [png_header, gif_header, webp_header, jpeg_header])
@pytest.mark.parametrize("size", [(30_000, 30_000), (9_000, 9_000), (6_400, 6_400)])
def test_a_bomb_is_refused_before_it_is_decoded(header, size):
    data = header(*size)
    started = time.process_time()
    assert refusal(data) in {"too_many_pixels", "damaged"}
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize("header", [png_header, gif_header, jpeg_header])
def test_the_limit_is_forty_megapixels(header):
    assert refusal(header(6_400, 6_251)) == "too_many_pixels"
    assert refusal(header(6_400, 6_250)) == "damaged"  # decoded now, and there is nothing in it


def test_a_bomb_costs_no_memory():
    code = """
import resource, sys
from kimcms.domain.refusal import Refused
from kimcms.storage.images import process
data = sys.stdin.buffer.read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    process(data)
except Refused:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    rows = zlib.compress(b"\0" * 30_000_000)
    for data in (png_header(30_000, 30_000, rows), webp_header(16_000, 16_000)):
        run = subprocess.run(
            [sys.executable, "-c", code], input=data, capture_output=True, check=True,
            env={**os.environ, "PYTHONPATH": os.getcwd()},
        )  # fmt: skip
        assert int(run.stdout) < 20_000  # kB
        assert run.stderr == b""


@pytest.mark.parametrize("size", [(1, 11), (11, 1), (16_384, 1_000), (1, 40_000)])
def test_a_line_is_no_picture(size):
    assert refusal(png_header(*size)) == "odd_shape"


def test_packed_metadata_does_not_unpack_without_end():
    data = saved(quarters(64, 64), "PNG")
    text = b"x\0\0" + zlib.compress(b"\0" * 50_000_000)
    chunk = struct.pack(">I", len(text)) + b"zTXt" + text
    chunk += struct.pack(">I", zlib.crc32(b"zTXt" + text))
    started = time.process_time()
    try:
        process(data[:33] + chunk + data[33:])
    except Refused as refused:
        assert refused.code == "damaged"
    assert time.process_time() - started < 0.5
