"""The standing of a KIM: the one word that the whole cluster rule is about."""

from __future__ import annotations

import enum


class Standing(enum.StrEnum):
    """Where a KIM stands: one of the four clusters, or outside them."""

    FORMING = "forming"  # no verified decree yet
    NEW = "new"
    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"

    @property
    def number(self) -> int | None:
        """The cluster's number; None outside the four."""
        return int(self.value) if self.value.isdigit() else None
