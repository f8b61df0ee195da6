"""A logo: square, in the few small sizes in which a masthead and an icon show it."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from kimcms.storage.images import Processed, process

SIZES = (64, 192, 512)


def square(data: bytes) -> Processed:
    """The whole picture on a white square, as WebP and JPEG in each of `SIZES`.

    Decoded, checked and cleaned as any photo; raises `Refused` as `process` does.
    """
    made = process(data)
    files: dict[str, bytes] = {}
    with Image.open(io.BytesIO(made.files[f"{max(made.widths)}.jpg"])) as clean:
        for size in SIZES:
            fitted = ImageOps.pad(clean, (size, size), Image.Resampling.LANCZOS, color="white")
            for kind, name in (("WEBP", "webp"), ("JPEG", "jpg")):
                out = io.BytesIO()
                fitted.save(out, kind, quality=85)
                files[f"{size}.{name}"] = out.getvalue()
    return Processed(SIZES[-1], SIZES[-1], SIZES, files)
