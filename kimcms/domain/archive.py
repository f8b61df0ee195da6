"""The months of the archive, as they run in WIB."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kimcms.domain.clock import DAY, day_of, start_of

# Years that an address may name. Nothing of a KIM is older, and the clock goes on for a while.
FIRST_YEAR, LAST_YEAR = 1990, 2999


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One calendar month in WIB."""

    year: int
    number: int

    @classmethod
    def of(cls, at: dt.datetime) -> Month:
        """The month in which an instant falls."""
        day = day_of(at)
        return cls(day.year, day.month)

    @classmethod
    def read(cls, year: int, number: int) -> Month | None:
        """The month that an address names, where there is such a month."""
        known = FIRST_YEAR <= year <= LAST_YEAR and 1 <= number <= 12
        return cls(year, number) if known else None

    @property
    def first_day(self) -> dt.date:
        return dt.date(self.year, self.number, 1)

    @property
    def since(self) -> dt.datetime:
        """Its first instant."""
        return start_of(self.first_day)

    @property
    def until(self) -> dt.datetime:
        """The first instant of the next month."""
        return self.next.since

    @property
    def next(self) -> Month:
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def last_day(self) -> dt.date:
        return self.next.first_day - DAY

    @property
    def name(self) -> str:
        """ "2026-11"."""
        return f"{self.year:04}-{self.number:02}"

    @classmethod
    def named(cls, text: str) -> Month | None:
        """The month of such a name, where it is one."""
        year, dash, number = text.partition("-")
        digits = year + number
        if not dash or len(text) != 7 or not (digits.isascii() and digits.isdigit()):
            return None
        return cls.read(int(year), int(number))

    def before(self, months: int) -> Month:
        """So many months earlier."""
        index = self.year * 12 + self.number - 1 - months
        return Month(index // 12, index % 12 + 1)

    @property
    def path(self) -> str:
        return f"/arsip/{self.year:04}/{self.number:02}/"


def months_of(year: int) -> list[Month]:
    """January to December."""
    return [Month(year, number) for number in range(1, 13)]
