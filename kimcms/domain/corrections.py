"""Corrections of published articles: their kinds, and how long their words may be."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

WORDS_LONGEST = 500


class Kind(StrEnum):
    RALAT = "ralat"  # the KIM found its own mistake
    KOREKSI = "koreksi"  # somebody else found it
    KLARIFIKASI = "klarifikasi"  # nothing was wrong, but it could be misread


@dataclass(frozen=True, slots=True)
class Note:
    """A correction as readers see it."""

    kind: Kind
    mistake: str
    correct: str
    at: dt.datetime

    def stored(self) -> list[str]:
        """As it is kept with its article."""
        return [self.kind.value, self.mistake, self.correct, self.at.isoformat()]

    @classmethod
    def read(cls, stored: list[str]) -> Note:
        kind, mistake, correct, at = stored
        return cls(Kind(kind), mistake, correct, dt.datetime.fromisoformat(at))
