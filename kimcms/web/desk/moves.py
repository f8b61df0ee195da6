"""The city's half year as a picture: one column a week, its bands the clusters."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask_babel import gettext as _

from kimcms.domain.terms import Standing
from kimcms.queries.moves import City
from kimcms.web.desk.standing import day_said, name_of

ORDER = (
    *(Standing.ONE, Standing.TWO, Standing.THREE, Standing.FOUR),
    *(Standing.NEW, Standing.FORMING),
)
WIDTH, HEIGHT = 20, 220  # of a column with its gap, and of the picture
_GAP = 4


@dataclass(frozen=True, slots=True)
class Band:
    """One rectangle of a column; `kind` names its class."""

    kind: str
    x: int
    y: float
    height: float


@dataclass(frozen=True)
class Picture:
    """Bands to draw, the same in words, and as a table of every fourth week."""

    width: int
    bands: list[Band]
    said: str
    kinds: list[str]
    table: list[tuple[dt.date, list[int]]]
    now: dict[str, int]


def picture(found: City) -> Picture | None:
    """None where nothing has been evaluated yet."""
    most = max((sum(counts.values()) for _day, counts in found.weeks), default=0)
    if not most:
        return None
    kinds = [kind.value for kind in ORDER if any(counts.get(kind) for _day, counts in found.weeks)]
    bands = []
    for column, (_day, counts) in enumerate(found.weeks):
        y = float(HEIGHT)
        for kind in reversed(kinds):  # cluster 1 on top
            height = round(HEIGHT * counts.get(kind, 0) / most, 1)
            y = round(y - height, 1)
            if height:
                bands.append(Band(kind, column * WIDTH, y, height))
    (first, then), (last, now) = found.weeks[0], found.weeks[-1]
    said = _(
        "Dari %(first)s sampai %(last)s. Dulu: %(then)s. Sekarang: %(now)s.",
        first=day_said(first),
        last=day_said(last),
        then=_counted(kinds, then),
        now=_counted(kinds, now),
    )
    table = [(day, [counts.get(kind, 0) for kind in kinds]) for day, counts in found.weeks]
    return Picture(len(found.weeks) * WIDTH - _GAP, bands, said, kinds, table[::-1][::4], dict(now))


def _counted(kinds: list[str], counts: dict[str, int]) -> str:
    return ", ".join(f"{name_of(kind)} {counts.get(kind, 0)}" for kind in kinds)
