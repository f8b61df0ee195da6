"""Areas of a photo made unrecognisable, for good: nothing of what was there is kept."""

from __future__ import annotations

import io
from collections.abc import Iterable

from PIL import Image

from kimcms.domain.areas import Area
from kimcms.storage.images import write

# So few spots are left along the longer side of an area that no face can be told from them.
_SPOTS = 6


def blurred(
    data: bytes, areas: Iterable[Area], widths: tuple[int, ...], ratio: float
) -> dict[str, bytes]:
    """All files of a photo, made of its largest one (`data`); the largest come first."""
    with Image.open(io.BytesIO(data)) as image:
        picture = image.convert("RGB")
    for area in areas:
        box = area.box(*picture.size)
        part = picture.crop(box)
        longer = max(part.size)
        spots = tuple(max(1, round(_SPOTS * side / longer)) for side in part.size)
        small = part.resize((spots[0], spots[1]), Image.Resampling.BOX)
        picture.paste(small.resize(part.size, Image.Resampling.BICUBIC), box[:2])
    return write(picture, widths, ratio)
