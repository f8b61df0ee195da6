"""Photos as readers get them: upright, sRGB, without metadata, in a few widths.

Whatever was sent is decoded and written anew, so nothing of the sent file reaches a reader.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PIL import Image, ImageCms, ImageFile

from kimcms.domain.refusal import Refused

T = TypeVar("T")

MAX_BYTES = 12_000_000
# What a decoder holds of a picture differs: JPEG is decoded smaller at once, unless it is
# progressive (all coefficients); the others are held whole, WebP four times. So none needs 200 MB.
MEGAPIXELS = {"JPEG": 40, "PNG": 12, "GIF": 12, "WEBP": 8}
PROGRESSIVE = 24
# Beyond this a picture is a line; WebP ends at 16,383 pixels a side.
MAX_RATIO = 10
WIDTHS = (480, 960, 1600)
# No file of a photo is meant to be larger; the quality goes down until it fits.
MAX_FILE = 390_000
_QUALITIES = (80, 68, 54, 38, 22)

# Pillow's own net beneath ours. Its warning is an error in this process: never a line in a log.
Image.MAX_IMAGE_PIXELS = MEGAPIXELS["JPEG"] * 1_000_000
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)

_SIGNATURES = (
    (re.compile(rb"\xff\xd8\xff"), "JPEG"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "PNG"),
    (re.compile(rb"GIF8[79]a"), "GIF"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "WEBP"),
)
# A picture that is a page as well. Longer than what chance puts into 12 MB.
_PAGE = re.compile(rb"<(?:script[\s>/]|html[\s>]|iframe[\s>]|!doctype\s|\?php\s)", re.IGNORECASE)
# Photos of iPhones: an ISO media file of one of these brands.
_HEIC = re.compile(rb"....ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)", re.DOTALL)
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = frozenset((5, 6, 7, 8))
_BAND = 256  # rows, after shrinking, that are worked on at a time


@dataclass(frozen=True)
class Processed:
    """`width` and `height` are the upright original's; `files` maps "480.webp" to its bytes."""

    width: int
    height: int
    widths: tuple[int, ...]
    files: dict[str, bytes]


def process(data: bytes) -> Processed:
    """The files of a photo: WebP and JPEG in each of `WIDTHS`, none wider than the original.

    Raises `Refused`: "too_big" (bytes), "too_many_pixels", "odd_shape", "heic", "not_an_image"
    (anything else but JPEG, PNG, GIF and WebP by its content), "damaged" (cut off or not
    decodable).
    """
    if len(data) > MAX_BYTES:
        raise Refused("too_big", limit=MAX_BYTES)
    kind = next((name for signature, name in _SIGNATURES if signature.match(data)), None)
    if kind is None or is_page(data):
        raise Refused("heic" if _HEIC.match(data) else "not_an_image")
    image = _guarded(lambda: Image.open(io.BytesIO(data), formats=(kind,)))
    most = PROGRESSIVE if image.info.get("progressive") else MEGAPIXELS[kind]
    _check_shape(image.width, image.height, most)
    if kind != "JPEG":  # the others may keep their metadata behind the picture
        _guarded(image.load)
    orientation = _orientation(image)
    stored = image.size
    width, height = stored[::-1] if orientation in _SIDEWAYS else stored
    widths = tuple(w for w in WIDTHS if w < width) + ((width,) if width <= WIDTHS[-1] else ())
    # One and a half times what is needed: enough for the last step to be sharp.
    least = widths[-1] * 3 // 2
    small = _guarded(lambda: _decode(image, least, orientation))
    return Processed(width, height, widths, write(small, widths, width / height))


def _guarded(step: Callable[[], T]) -> T:
    """Run a step of Pillow on bytes that nobody vouches for."""
    try:
        return step()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("too_many_pixels", limit=MEGAPIXELS["JPEG"]) from None
    except Exception as broken:  # its readers raise anything on damaged bytes
        raise Refused("damaged") from broken


def is_page(data: bytes) -> bool:
    """Whether a file that claims to be something else is HTML or a program as well."""
    return _PAGE.search(data) is not None


def _check_shape(width: int, height: int, most: int) -> None:
    if width * height > most * 1_000_000:
        raise Refused("too_many_pixels", limit=most)
    if not 0 < max(width, height) <= MAX_RATIO * min(width, height):
        raise Refused("odd_shape", limit=MAX_RATIO)


def _orientation(image: ImageFile.ImageFile) -> int:
    """How the camera was held, from 1 (upright) to 8; nonsense in its place is 1."""
    try:
        found = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # noqa: BLE001 - broken metadata is no reason to refuse a good picture
        return 1
    return found if found in _UPRIGHT else 1


def _decode(image: ImageFile.ImageFile, least: int, orientation: int) -> Image.Image:
    """The whole picture, upright in sRGB on white, at least `least` wide where it was that wide.

    Large ones are shrunk in bands, so that there is never a second copy in full size.
    """
    sideways = orientation in _SIDEWAYS
    across = image.height if sideways else image.width
    if across > least:  # JPEG alone can be decoded smaller; the others ignore this
        image.draft(None, (-(-image.width * least // across), -(-image.height * least // across)))
    image.load()
    factor = max(1, (image.height if sideways else image.width) // least)
    small = _in_srgb(_shrunk(image, factor), image.info.get("icc_profile"))
    if orientation in _UPRIGHT:
        small = small.transpose(_UPRIGHT[orientation])
    return small


def _shrunk(image: Image.Image, factor: int) -> Image.Image:
    small = None
    for top in range(0, image.height, _BAND * factor):
        bottom = min(image.height, top + _BAND * factor)
        band = _on_white(image.crop((0, top, image.width, bottom))).reduce(factor)
        if small is None:
            small = Image.new(band.mode, (band.width, -(-image.height // factor)))
        small.paste(band, (0, top // factor))
    assert small is not None
    return small


def _on_white(band: Image.Image) -> Image.Image:
    """Opaque L, RGB or CMYK; transparent parts are white."""
    if band.has_transparency_data:
        clear = band.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(white, clear).convert("RGB")
    if band.mode.startswith("I"):  # 16 bits; converting at once would cut, not scale
        return band.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return band if band.mode in {"L", "RGB", "CMYK"} else band.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as every screen reads them; a profile that does not fit is as good as none."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            image = ImageCms.profileToProfile(image, source, target, outputMode="RGB") or image
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return image.convert("RGB")


def write(image: Image.Image, widths: tuple[int, ...], ratio: float) -> dict[str, bytes]:
    """The files of an upright picture in sRGB, in these widths."""
    files = {}
    for width in sorted(widths, reverse=True):  # each from the one before: less to read
        size = (width, max(1, round(width / ratio)))
        if image.size != size:
            image = image.resize(size, Image.Resampling.LANCZOS)
        files[f"{width}.webp"] = _encoded(image, "WEBP", method=4)
        files[f"{width}.jpg"] = _encoded(image, "JPEG", optimize=True, progressive=True)
    return files


def _encoded(image: Image.Image, kind: str, **options: int | bool) -> bytes:
    """The bytes at the best quality that fits `MAX_FILE`, else at the lowest."""
    image.info.clear()  # Pillow writes what it finds there
    data = b""
    for quality in _QUALITIES:
        out = io.BytesIO()
        image.save(out, kind, quality=quality, **options)
        data = out.getvalue()
        if len(data) <= MAX_FILE:
            break
    return data
