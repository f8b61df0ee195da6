"""Evaluations: written once, made up in order, whole or not at all, and the same as the rule."""

from __future__ import annotations

import datetime as dt
import threading
from itertools import pairwise

import pytest
import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.assessments import from_json, to_json
from kimcms.domain.clock import WEEK, WIB, day_of, monday_of, start_of
from kimcms.domain.clusters import replay
from kimcms.domain.ledger import Proof
from kimcms.domain.refusal import Refused
from kimcms.models.cluster import Assessment, Evaluation, Standing
from kimcms.models.kim import Kim
from kimcms.models.notice import Notice
from kimcms.queries import clusters as results
from kimcms.services import clusters, decrees, evidence
from kimcms.services.decrees import DecreeFacts
from tests.world import LONG, City


def rows() -> list[tuple[int, dt.date, str]]:
    statement = sa.select(Assessment.kim_id, Assessment.monday, Assessment.result)
    return [tuple(row) for row in db.session.execute(statement.order_by(Assessment.id))]


def decree(city: City, slug: str, ends: dt.date | None = None) -> None:
    today = day_of(city.now)
    paper = DecreeFacts(
        number="188/1",
        dated_on=today,
        starts_on=today - dt.timedelta(days=200),
        ends_on=ends or today + dt.timedelta(days=700),
    )
    made = decrees.enter(city.actor(f"{slug}_head"), city.kim(slug), paper, city.now)
    decrees.verify(city.actor("diskominfo"), made, city.now)


def weeks_of_news(city: City, slug: str, weeks: int) -> None:
    """A credited item in each of the coming weeks; each says something else."""
    for number in range(weeks):
        words = " ".join(f"{word}{number}" for word in LONG.split())
        city.publish(f"{slug}_pewarta", title=f"Kabar minggu {number}", body=f"<p>{words}</p>")
        city.clock.now += WEEK


def test_each_monday_once_and_nothing_the_second_time(city: City) -> None:
    written = clusters.run(city.now)
    assert written == sorted(written)
    assert written[-1] == monday_of(day_of(city.now))
    assert all(b - a == WEEK for a, b in pairwise(written))
    before = rows()
    assert clusters.run(city.now) == []
    assert rows() == before
    assert len(before) == len(written) * 2  # two KIMs


def test_what_is_stored_is_what_the_rule_gives(city: City) -> None:
    decree(city, "nukus")
    weeks_of_news(city, "nukus", 8)
    clusters.run(city.now)
    rules, ledgers = results.rules(), results.ledgers()
    for kim_id, monday, stored in rows():
        again = replay(rules, ledgers[kim_id], monday)
        assert to_json(again[-1]) == stored
    preview = clusters.preview(monday_of(day_of(city.now)))
    newest = {kim_id: stored for kim_id, _monday, stored in rows()}
    assert {kim_id: to_json(found) for kim_id, found in preview.items()} == newest


def test_preview_writes_nothing(city: City) -> None:
    clusters.preview(monday_of(day_of(city.now)))
    assert rows() == []
    with pytest.raises(Refused, match="not_a_monday"):
        clusters.preview(dt.date(2026, 11, 24))


def test_missed_weeks_see_their_own_cut(city: City) -> None:
    """A verification on Tuesday is not seen by Monday's evaluation, made up on Thursday."""
    monday = monday_of(day_of(city.now)) + WEEK
    clusters.run(city.now)
    city.clock.now = start_of(monday) + dt.timedelta(days=1)
    head = city.actor("nukus_head")
    proof = evidence.submit(head, city.kim(), Proof.BOARD, day_of(city.now), "Pengurus", city.now)
    evidence.verify(city.actor("moderator"), proof, city.now)
    city.clock.now += dt.timedelta(days=2)
    assert clusters.run(city.now) == [monday]
    city.clock.now += WEEK
    clusters.run(city.now)
    met = [from_json(r).organisation.met for k, _m, r in rows() if k == city.kim().id]
    assert met[-2:] == [0, 1]


def test_one_that_dies_in_the_middle_is_completed_by_the_next(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = clusters._write, []

    def dying(*args: object) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise OSError("power cut")
        real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(clusters, "_write", dying)
    with pytest.raises(OSError, match="power cut"):
        clusters.run(city.now)
    assert rows() == []
    assert db.session.scalars(sa.select(Evaluation)).all() == []
    monkeypatch.undo()
    assert clusters.run(city.now)
    assert len({(k, m) for k, m, _r in rows()}) == len(rows()) > 0


def test_two_schedulers_at_once_evaluate_once(city: City) -> None:
    barrier = threading.Barrier(2)
    written: list[dt.date] = []
    problems: list[BaseException] = []

    def scheduler() -> None:
        try:
            with city.app.app_context():
                barrier.wait(10)
                written.extend(clusters.run(city.now))
                db.session.remove()
        except BaseException as problem:  # noqa: BLE001
            problems.append(problem)

    threads = [threading.Thread(target=scheduler) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert problems == []
    db.session.rollback()
    assert len(written) == len(set(written))
    assert len({(k, m) for k, m, _r in rows()}) == len(rows()) == 2 * len(written)


def test_a_decree_acts_at_once_on_the_public_page(city: City) -> None:
    clusters.run(city.now)
    assert db.session.get_one(Standing, city.kim().id).standing == "forming"
    tag = city.reader().get("/klaster/").headers["ETag"]
    decree(city, "nukus")
    db.session.expire_all()
    assert db.session.get_one(Standing, city.kim().id).standing == "new"
    assert city.reader().get("/klaster/", headers={"If-None-Match": tag}).status_code == 200


def test_from_nothing_to_cluster_one_and_down_as_forecast(city: City) -> None:
    """The whole road: decree, news, proof, proposal, the Forum's yes; then silence, and the falls
    come on the dates that the card had named."""
    decree(city, "nukus")
    head, moderator, kim = city.actor("nukus_head"), city.actor("moderator"), city.kim()
    for kind in (Proof.BOARD, Proof.PROGRAMME, Proof.MEETING, Proof.MEETING, Proof.REPORT):
        proof = evidence.submit(head, kim, kind, day_of(city.now), kind.value, city.now)
        evidence.verify(moderator, proof, city.now)
    weeks_of_news(city, "nukus", 8)
    clusters.run(city.now)
    assert card(city).standing == "2"
    for refused in ("moderator_nukus", "diskominfo", "nukus_head"):
        with pytest.raises(Refused, match="not_allowed"):
            clusters.answer(city.actor(refused), kim, True, city.now)
    clusters.answer(moderator, kim, True, city.now)
    assert card(city).standing == "1"
    assert "KIM Nukus" in city.reader().get("/klaster/").text
    with pytest.raises(Refused, match="no_proposal"):
        clusters.answer(moderator, kim, True, city.now)

    promised = [(c.day, c.to.value) for c in card(city).forecast.changes]  # type: ignore[union-attr]
    assert promised
    happened = []
    for _ in range(45):
        city.clock.now += WEEK
        before = card(city).standing
        clusters.run(city.now)
        after = card(city)
        if after.standing != before:
            happened.append((after.since, after.standing))
    until = day_of(city.now)
    assert happened == [move for move in promised if move[0] <= until]
    told = db.session.scalars(sa.select(Notice.key).where(Notice.kind == "cluster.changed")).all()
    assert len(told) == len(set(told)) > 0


def card(city: City) -> results.Card:
    db.session.expire_all()
    found = results.card(city.kim().id, city.now)
    assert found
    return found


def test_a_closed_kim_is_not_evaluated(city: City, closed: None) -> None:
    clusters.run(city.now)
    assert {kim_id for kim_id, _m, _r in rows()} == {city.kim("gerabah").id}


@pytest.fixture
def closed(city: City) -> None:
    from kimcms.domain import ledger as facts
    from kimcms.services import ledger
    from kimcms.services.unit import atomic

    kim = db.session.get_one(Kim, city.kim().id)
    long_ago = dt.datetime(2026, 9, 26, 12, 0, tzinfo=WIB)
    with atomic("city", long_ago) as unit:
        ledger.append(facts.Closed, kim.id, long_ago, kim.id, day=long_ago.date())
        unit.record(city.actor("diskominfo"), "kim.close", kim, kim_id=kim.id)


def test_queries_do_not_grow_with_the_kims(city: City) -> None:
    clusters.run(city.now - WEEK)

    def selects() -> int:
        with city.counting() as seen:
            clusters.run(city.now)
        return sum(statement.lstrip().startswith("SELECT") for statement in seen)

    assert selects() < 40
