"""Published rights of reply (hak jawab) as readers see them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply to an item; `number` counts them from 1."""

    number: int
    name: str
    text: str
    at: dt.datetime

    def stored(self) -> list[str]:
        """As it is kept with its article."""
        return [str(self.number), self.name, self.text, self.at.isoformat()]

    @classmethod
    def read(cls, stored: list[str]) -> Reply:
        number, name, text, at = stored
        return cls(int(number), name, text, dt.datetime.fromisoformat(at))

    @property
    def paragraphs(self) -> list[str]:
        """The text as readers read it."""
        return [part for part in self.text.split("\n\n") if part]
