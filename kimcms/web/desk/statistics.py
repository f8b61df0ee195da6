"""How often the articles of a KIM, and of the city, were read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from flask import Response, g, render_template
from flask_babel import gettext as _

from kimcms.domain.roles import Verb
from kimcms.models.kim import Kim
from kimcms.queries import reads
from kimcms.web.access import in_city, in_kim
from kimcms.web.desk import desk
from kimcms.web.sheets import csv_file


@desk.get("/k/<kim>/statistik")
@in_kim(Verb.SEE_KIM)
def kim_statistics(kim: Kim) -> str:
    found = reads.statistics(kim.id, g.now)
    return render_template("desk/statistics/kim.html", kim=kim, found=found)


@desk.get("/k/<kim>/statistik.csv")
@in_kim(Verb.SEE_KIM)
def kim_statistics_file(kim: Kim) -> Response:
    """The last three months for a spreadsheet."""
    return _file(f"statistik-{kim.slug}.csv", _("judul"), reads.lines(kim.id, g.now))


@desk.get("/statistik/")
@in_city(Verb.SEE_REGISTER)
def city_statistics() -> str:
    found = reads.statistics(None, g.now)
    return render_template("desk/statistics/city.html", found=found, kims=reads.by_kim(g.now))


@desk.get("/statistik.csv")
@in_city(Verb.SEE_REGISTER)
def city_statistics_file() -> Response:
    """The last three months of all KIM for a spreadsheet."""
    return _file("statistik-kota.csv", _("KIM"), reads.lines_by_kim(g.now))


def _file(name: str, whose: str, lines: Iterable[tuple[dt.date, str, int]]) -> Response:
    return csv_file(name, [_("tanggal"), whose, _("dibaca")], lines)
