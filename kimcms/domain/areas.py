"""Areas of a picture, in percent of its width and height."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from kimcms.domain.refusal import Refused

MOST = 20
_LEAST = 0.5


@dataclass(frozen=True)
class Area:
    """A rectangle; what reaches beyond the picture has been cut off."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of(cls, left: float, top: float, width: float, height: float) -> Area:
        """Raises `Refused("area_empty")` where next to nothing of it is on the picture."""
        if not all(map(isfinite, (left, top, width, height))):
            raise Refused("area_empty")
        area = cls(
            max(0.0, left), max(0.0, top), min(100.0, left + width), min(100.0, top + height)
        )
        if min(area.right - area.left, area.bottom - area.top) < _LEAST:
            raise Refused("area_empty")
        return area

    def box(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Its pixels on a picture of this size, rounded outwards."""
        return (
            int(self.left * width / 100),
            int(self.top * height / 100),
            min(width, -int(-self.right * width // 100)),
            min(height, -int(-self.bottom * height // 100)),
        )
