"""Photos as readers get them."""

from __future__ import annotations

import re

import pytest
from PIL import Image, ImageCms, ImageDraw, features

from kimcms.storage.images import MAX_BYTES, MAX_FILE, process
from tests.storage.pictures import BLUE, RED, colours, opened, quarters, saved


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


@pytest.mark.parametrize(
    ("kind", "size"),
    [(kind, (640, 480)) for kind in ("JPEG", "PNG", "GIF", "WEBP")] + [("PNG", (4000, 3000))],
)
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
    lines = Image.new("L", (12_000, 1600), 255)
    for y in range(0, 1600, 6):
        lines.paste(0, (0, y, 12_000, y + 3))
    exif = Image.Exif()
    exif[0x0112] = 6
    made = process(saved(lines, "JPEG", exif=exif))
    assert (made.width, made.height, made.widths) == (1600, 12_000, (480, 960, 1600))
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
    assert not any("icc_profile" in opened(made, name).info for name in made.files)


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
