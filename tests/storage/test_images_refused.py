"""What is refused as a photo, and that refusing costs little."""

from __future__ import annotations

import contextlib
import os
import struct
import subprocess
import sys
import time
import zlib

import pytest
from PIL import Image

from kimcms.domain.refusal import Refused
from kimcms.storage.images import MAX_BYTES, process
from tests.storage.pictures import quarters, saved


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        process(data)
    return caught.value.code


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


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1"])
def test_a_photo_of_an_iphone_is_told_apart(brand):
    assert refusal(b"\0\0\0\x18ftyp" + brand + b"\0" * 64) == "heic"


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
        with contextlib.suppress(Refused):
            process(broken)


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


@pytest.mark.parametrize("header", [png_header, gif_header])
def test_the_limit_is_twelve_megapixels(header):
    assert refusal(header(4_000, 3_001)) == "too_many_pixels"
    assert refusal(header(4_000, 3_000)) == "damaged"  # decoded now, and there is nothing in it


def test_the_limits_of_jpeg_and_webp():
    assert refusal(jpeg_header(6_400, 6_251)) == "too_many_pixels"
    for kind, size in (("JPEG", (6_000, 4_001)), ("WEBP", (3_200, 2_501))):
        data = saved(Image.new("RGB", size), kind, progressive=True, method=0)
        assert refusal(data) == "too_many_pixels"


HEAVIEST = """
import sys
from kimcms.storage.images import process
process(sys.stdin.buffer.read())
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
"""


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="tells peaks of memory")
@pytest.mark.parametrize(
    ("kind", "megapixels", "options"),
    [
        ("JPEG", 40, {}),
        ("JPEG", 24, {"progressive": True, "subsampling": 0}),
        ("PNG", 12, {}),
        ("WEBP", 8, {"method": 0}),
    ],
)
def test_the_heaviest_that_is_taken(kind, megapixels, options):
    width = int((megapixels * 1_000_000 * 4 / 3) ** 0.5)
    mode = "RGB" if kind == "JPEG" else "RGBA"
    shades = Image.linear_gradient("L").resize((width, width * 3 // 4)).convert(mode)
    run = subprocess.run(
        [sys.executable, "-c", HEAVIEST], input=saved(shades, kind, **options),
        capture_output=True, check=True, env={**os.environ, "PYTHONPATH": os.getcwd()},
    )  # fmt: skip
    assert int(run.stdout) < 200_000  # kB, the process itself included


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


@pytest.mark.parametrize("size", [(1, 11), (11, 1), (11_000, 1_000), (1, 40_000)])
def test_a_line_is_no_picture(size):
    assert refusal(png_header(*size)) == "odd_shape"


def test_packed_metadata_does_not_unpack_without_end():
    data = saved(quarters(64, 64), "PNG")
    text = b"x\0\0" + zlib.compress(b"\0" * 50_000_000)
    chunk = struct.pack(">I", len(text)) + b"zTXt" + text
    chunk += struct.pack(">I", zlib.crc32(b"zTXt" + text))
    started = time.process_time()
    assert refusal(data[:33] + chunk + data[33:]) == "damaged"
    assert time.process_time() - started < 0.5
