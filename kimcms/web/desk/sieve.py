"""The board's filters and orders: what stands in its address, and the links that change it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _

from kimcms.domain.attention import Trend
from kimcms.queries.attention import Line
from kimcms.web.desk.standing import name_of

_LATE = dt.date.max

LOOKS: Mapping[str, tuple[Any, Callable[[Line], bool]]] = {
    "turun": (_("Turun dalam 4 minggu"), lambda line: line.falls_soon),
    "menunggu": (_("Menunggu Forum"), lambda line: line.waits),
    "diam": (_("Diam 6 minggu"), lambda line: line.silent),
}
TRENDS: Mapping[str, tuple[Any, Callable[[Line], bool]]] = {
    "naik": (_("Naik"), lambda line: line.trend is Trend.UP),
    "tetap": (_("Tetap"), lambda line: line.trend is Trend.EVEN),
    "turun": (_("Turun"), lambda line: line.trend is Trend.DOWN),
}
ORDERS: Mapping[str, tuple[Any, Callable[[Line], Any]]] = {
    "klaster": (_("Klaster"), lambda line: (line.standing, line.kim)),
    "nama": (_("Nama"), lambda line: line.kim),
    "kecamatan": (_("Kecamatan"), lambda line: (line.kecamatan, line.kelurahan)),
    "turun": (_("Lekas turun"), lambda line: (line.fall.day if line.fall else _LATE, line.kim)),
    "diam": (_("Lama diam"), lambda line: (-line.silent_run, line.kim)),
    "lama": (_("Lama di klaster"), lambda line: (line.since, line.kim)),
}


@dataclass(frozen=True)
class Choice:
    """One link of a filter."""

    label: str
    query: dict[str, str]
    chosen: bool
    count: int | None = None


@dataclass(frozen=True)
class Row:
    """One filter with its links. `name` is its parameter in the address."""

    name: str
    label: str
    choices: list[Choice]

    @property
    def active(self) -> bool:
        """Whether something else than the first choice is chosen."""
        return not self.choices[0].chosen


@dataclass(frozen=True)
class Sieve:
    """What was asked for; unknown values count as not given."""

    lihat: str = ""
    klaster: str = ""
    kecamatan: str = ""
    tren: str = ""
    urut: str = ""

    @classmethod
    def read(cls, args: Mapping[str, str], lines: Iterable[Line]) -> Sieve:
        known = {
            "lihat": set(LOOKS),
            "klaster": {line.standing for line in lines},
            "kecamatan": {line.kecamatan_slug for line in lines},
            "tren": set(TRENDS),
            "urut": set(ORDERS),
        }
        return cls(**{k: args.get(k, "") for k, some in known.items() if args.get(k) in some})

    @property
    def active(self) -> bool:
        return any((self.lihat, self.klaster, self.kecamatan, self.tren))

    def sift(self, lines: Iterable[Line]) -> list[Line]:
        """The lines that pass, in the chosen order."""
        passed = [line for line in lines if all(test(line) for test in self._tests())]
        return sorted(passed, key=ORDERS[self.urut or "klaster"][1])

    def _tests(self) -> list[Callable[[Line], bool]]:
        tests = [LOOKS[self.lihat][1]] if self.lihat else []
        tests += [TRENDS[self.tren][1]] if self.tren else []
        if self.klaster:
            tests.append(lambda line: line.standing == self.klaster)
        if self.kecamatan:
            tests.append(lambda line: line.kecamatan_slug == self.kecamatan)
        return tests

    def first_row(self, lines: list[Line]) -> Row:
        """What most look for, with how many there are."""
        counts = {key: sum(map(test, lines)) for key, (_label, test) in LOOKS.items()}
        labels = {key: str(label) for key, (label, _test) in LOOKS.items()}
        return self._row("lihat", "", str(_("Semua")), labels, {"": len(lines), **counts})

    def rows(self, lines: list[Line]) -> list[Row]:
        """The other filters, and the order."""
        every = str(_("Semua"))
        standings = {s: name_of(s) for s in sorted({line.standing for line in lines})}
        places = {line.kecamatan_slug: line.kecamatan for line in lines}
        trends = {key: str(label) for key, (label, _test) in TRENDS.items()}
        orders = {key: str(label) for key, (label, _key) in ORDERS.items()}
        first = orders.pop("klaster")
        return [
            self._row("klaster", str(_("Klaster")), every, standings),
            self._row("kecamatan", str(_("Kecamatan")), every, dict(sorted(places.items()))),
            self._row("tren", str(_("Tren")), every, trends),
            self._row("urut", str(_("Urut menurut")), first, orders),
        ]

    def _row(
        self,
        name: str,
        label: str,
        first: str,
        others: Mapping[str, str],
        counts: Mapping[str, int] | None = None,
    ) -> Row:
        counts = counts or {}
        choices = [
            Choice(said, self._with(name, key), getattr(self, name) == key, counts.get(key))
            for key, said in {"": first, **others}.items()
        ]
        return Row(name, label, choices)

    def _with(self, name: str, value: str) -> dict[str, str]:
        """The query of an address in which this filter has that value; empty ones are left out."""
        given = {**self.__dict__, name: value}
        return {key: chosen for key, chosen in given.items() if chosen}
