"""Numbers are tried, switched on from a later Monday, and taken back before they begin."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from kimcms.db import db
from kimcms.domain.assessments import from_json
from kimcms.domain.clock import DAY, WEEK, day_of, monday_of
from kimcms.domain.policy import Policy
from kimcms.domain.refusal import Refused
from kimcms.domain.terms import Standing
from kimcms.queries import clusters
from kimcms.queries import policies as shelves
from kimcms.services import clusters as tracker
from kimcms.services import decrees, policies
from kimcms.services.decrees import DecreeFacts
from tests.world import City

DRAFT = Policy(p_on=3, p_off=1, level_enough=3, level_rare=1)


def switch(city: City, start: dt.date, draft: Policy = DRAFT, by: str = "diskominfo"):
    return policies.switch_on(city.actor(by), draft, start, city.now)


def next_monday(city: City) -> dt.date:
    return monday_of(day_of(city.now)) + WEEK


def code(city: City, start: dt.date, **more) -> str:
    with pytest.raises(Refused) as refused:
        switch(city, start, **more)
    db.session.rollback()
    return refused.value.code


def test_from_a_later_monday_on(city: City) -> None:
    monday = next_monday(city)
    assert code(city, monday - WEEK) == "policy_start"
    assert code(city, monday + DAY) == "not_a_monday"
    assert code(city, monday, draft=Policy()) == "policy_same"
    assert code(city, monday, by="moderator") == "not_allowed"
    switch(city, monday)
    assert code(city, monday + WEEK, draft=Policy(p_on=7)) == "policy_waiting"
    rules = clusters.rules()
    assert (rules.on(monday - DAY).version, rules.on(monday).version) == (1, 2)
    assert rules.on(monday).p_on == 3
    policies.take_back(city.actor("diskominfo"), 2, city.now)
    assert clusters.rules().on(monday).version == 1
    switch(city, monday)
    city.clock.forward(days=7)
    with pytest.raises(Refused) as refused:
        policies.take_back(city.actor("diskominfo"), 2, city.now)
    assert refused.value.code == "policy_begun"


def story(city: City) -> None:
    """KIM Nukus is old enough for a cluster, and publishes in four weeks."""
    kim, now = city.kim(), city.now
    paper = DecreeFacts("188/1", day_of(now), day_of(now), day_of(now) + 1000 * DAY)
    decree = decrees.enter(city.actor("nukus_head"), kim, paper, now)
    decrees.verify(city.actor("diskominfo"), decree, now)
    city.clock.forward(days=70)
    for week in range(4):
        word = f"<p>{' '.join(f'kata{week}n{n}' for n in range(90))}</p>"
        city.publish(title=f"Kabar minggu {week}", body=word)
        city.clock.forward(days=7)
    tracker.run(city.now)


def test_a_trial_shows_who_moves_and_changes_nothing(city: City) -> None:
    story(city)
    before = [row.result for row in _stored(city)]
    found = shelves.trial(DRAFT)
    pair = (Standing.THREE, Standing.TWO)
    assert [(m.kim_slug, m.before, m.after) for m in found.moves] == [("nukus", *pair)]
    assert found.matrix[pair] == 1
    assert found.judged == 2
    assert [row.result for row in _stored(city)] == before
    assert shelves.trial(Policy(version=2)).moves == []


def test_a_trial_without_history(on_sqlite: City) -> None:
    assert shelves.trial(DRAFT).judged == 0


def test_old_results_keep_their_version(city: City) -> None:
    story(city)
    switch(city, next_monday(city))
    city.clock.forward(days=7)
    tracker.run(city.now)
    versions = {row.monday: from_json(row.result).policy_version for row in _stored(city)}
    newest = max(versions)
    assert versions.pop(newest) == 2
    assert set(versions.values()) == {1}
    assert clusters.card(city.kim().id).standing == "2"


def _stored(city: City):
    model = clusters.Assessment
    return db.session.query(model).filter_by(kim_id=city.kim().id).order_by(model.monday).all()


def test_a_moderator_proposes(city: City) -> None:
    path = "/kebijakan/coba?p_on=3"
    policies.propose(city.actor("moderator"), {"p_on": 3}, path, "Terlalu ketat.", city.now)
    desk = city.desk("diskominfo").get("/pemberitahuan")
    assert "Terlalu ketat." in desk.text
    opened = city.desk("diskominfo").get(re.findall(r"/pemberitahuan/\d+", desk.text)[0])
    assert opened.location == path
    with pytest.raises(Refused):
        policies.propose(city.actor("nukus_head"), {"p_on": 3}, path, "Mau.", city.now)
