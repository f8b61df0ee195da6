"""`flask tracker replay --check`: what is stored is what the ledger says, byte by byte."""

from __future__ import annotations

import sqlalchemy as sa

from kimcms.db import CITY, db
from kimcms.domain.clock import DAY, WEEK, day_of, monday_of
from kimcms.domain.ledger import RestWeek
from kimcms.domain.policy import Policy
from kimcms.domain.roles import SYSTEM
from kimcms.models.cluster import Assessment
from kimcms.services import clusters, decrees, ledger, policies, register
from kimcms.services.decrees import DecreeFacts
from kimcms.services.unit import atomic
from tests.world import City


def check(city: City):
    db.session.rollback()
    return city.app.test_cli_runner().invoke(args=["tracker", "replay", "--check"])


def history(city: City) -> None:
    """A decree, some news, a rest week of the city, a missed run, another policy, a closed KIM."""
    kim, now = city.kim(), city.now
    monday = monday_of(day_of(now)) + 4 * WEEK
    with atomic(CITY, now) as unit:
        row = ledger.append(RestWeek, None, now, None, monday=monday, city=True)
        unit.record(SYSTEM, "rest.set", row)
    paper = DecreeFacts("188/1", day_of(now), day_of(now), day_of(now) + 40 * DAY)
    decree = decrees.enter(city.actor("nukus_head"), kim, paper, now)
    decrees.verify(city.actor("diskominfo"), decree, now)
    policies.switch_on(city.actor("diskominfo"), Policy(p_on=5), monday, now)
    for week in range(8):
        city.publish(title=f"Kabar minggu {week}")
        city.clock.forward(days=7)
        if week != 3:
            clusters.run(city.now)
    register.close(city.actor("diskominfo"), city.kim("gerabah"), "gerabah", "Bubar.", city.now)
    city.clock.forward(days=100)
    clusters.run(city.now)


def test_it_agrees_and_finds_one_changed_byte(city: City) -> None:
    history(city)
    fine = check(city)
    assert fine.exit_code == 0, fine.output
    assert "every stored result is what the ledger says" in fine.output
    kim_id = city.kim().id
    with atomic(CITY, city.now, eventless=True):
        row = db.session.scalars(
            sa.select(Assessment).where(Assessment.kim_id == kim_id).order_by(Assessment.monday)
        ).all()[6]
        row.result = row.result.replace('"p_off":null', '"p_off":"2027-01-04"', 1)
        monday = row.monday
    found = check(city)
    assert found.exit_code == 1
    assert f"nukus: {monday}, p_off: stored" in found.output
    assert "1 KIMs differ" in found.output


def test_a_lost_result_is_found(on_sqlite: City) -> None:
    history(on_sqlite)
    kim_id = on_sqlite.kim().id
    with atomic(CITY, on_sqlite.now, eventless=True):
        row = db.session.scalars(
            sa.select(Assessment).where(Assessment.kim_id == kim_id).order_by(Assessment.monday)
        ).first()
        assert row
        monday = row.monday
        db.session.delete(row)
    found = check(on_sqlite)
    assert found.exit_code == 1
    assert f"nukus: {monday}: stored -" in found.output
