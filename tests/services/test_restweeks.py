"""The calendar: rest weeks act from the next evaluation on, for the city or one KIM."""

from __future__ import annotations

import datetime as dt

import pytest

from kimcms.domain.clock import DAY, WEEK, day_of, monday_of
from kimcms.domain.publishing import rest_weeks
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Grant, Role
from kimcms.queries import clusters as results
from kimcms.queries import restweeks as shelf
from kimcms.services import restweeks
from tests.world import City


def known(city: City, slug: str = "nukus") -> frozenset[dt.date]:
    kim_id = city.kim(slug).id
    return rest_weeks(results.ledgers([kim_id])[kim_id])


def test_set_and_lifted_for_the_city_and_one_kim(city: City) -> None:
    admin, today = city.actor("diskominfo"), day_of(city.now)
    monday = monday_of(today)
    both = restweeks.rest(admin, None, today, "Lebaran", city.now, "0123456789abcdef")
    again = restweeks.rest(admin, None, today, "Lebaran", city.now, "0123456789abcdef")
    assert both.id == again.id
    own = restweeks.rest(admin, city.kim(), today - WEEK, "Banjir", city.now)
    assert known(city) == {monday, monday - WEEK}
    assert known(city, "gerabah") == {monday}
    with pytest.raises(Refused, match="rest_twice"):
        restweeks.rest(admin, None, monday + 6 * DAY, "Lagi", city.now)

    restweeks.lift(admin, both, city.now)
    assert known(city) == {monday - WEEK}
    with pytest.raises(Refused, match="rest_lifted"):
        restweeks.lift(admin, both, city.now)
    restweeks.rest(admin, None, today, "Ternyata libur", city.now)
    assert known(city, "gerabah") == {monday}
    assert [line.week.reason for line in shelf.since(monday)] == ["Lebaran", "Ternyata libur"]
    assert own.monday == monday - WEEK


@pytest.mark.parametrize("days", [-7 * 27, 7 * 105])
def test_weeks_that_are_out_of_reach(on_sqlite: City, days: int) -> None:
    day = day_of(on_sqlite.now) + days * DAY
    with pytest.raises(Refused, match="rest_range"):
        restweeks.rest(on_sqlite.actor("diskominfo"), None, day, "Libur", on_sqlite.now)


def test_who_may(on_sqlite: City) -> None:
    today = day_of(on_sqlite.now)
    for name in ("moderator", "nukus_head"):
        with pytest.raises(Refused, match="not_allowed"):
            restweeks.rest(on_sqlite.actor(name), None, today, "Libur", on_sqlite.now)
    admin = on_sqlite.actor("diskominfo")
    mine = Grant(Role.PEWARTA, on_sqlite.kim().id, on_sqlite.now)
    biased = type(admin)(admin.user_id, (*admin.grants, mine))
    with pytest.raises(Refused, match="not_allowed"):
        restweeks.rest(biased, on_sqlite.kim(), today, "Libur", on_sqlite.now)
    restweeks.rest(biased, on_sqlite.kim("gerabah"), today, "Libur", on_sqlite.now)


def test_the_page_says_that_late_entries_act_later(on_sqlite: City) -> None:
    admin = on_sqlite.desk("diskominfo")
    last = (day_of(on_sqlite.now) - WEEK).isoformat()
    done = admin.post("/kalender/", {"hari": last, "untuk": "kota", "sebab": "Banjir <b>"})
    assert done.status_code == 303
    page = admin.get("/kalender/").text
    assert "berlaku mulai penilaian berikutnya" in page
    assert "Banjir &lt;b&gt;" in page
    bad = admin.post("/kalender/", {"hari": last, "untuk": "tidak-ada", "sebab": "Banjir"})
    assert bad.status_code == 422
    seen = on_sqlite.desk("moderator").get("/kalender/").text
    assert "Banjir &lt;b&gt;" in seen
    assert "Catat minggu" not in seen
