"""Evaluations: written once, made up in order, whole or not at all, and the same as the rule."""

from __future__ import annotations

import datetime as dt
import re
import threading
import time
from itertools import pairwise

import pytest
import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.assessments import from_json, to_json
from kimcms.domain.clock import WEEK, WIB, day_of, monday_of, start_of
from kimcms.domain.clusters import replay
from kimcms.domain.ledger import Answered, DecreeVerified, Proof
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import SYSTEM
from kimcms.domain.standing import State
from kimcms.domain.terms import Standing as Cluster
from kimcms.models.cluster import Assessment, Evaluation, Standing
from kimcms.models.event import Event
from kimcms.models.kim import Kim
from kimcms.models.notice import Notice
from kimcms.queries import accounts as people
from kimcms.queries import clusters as results
from kimcms.queries import kims
from kimcms.services import clusters, decrees, evidence, members
from kimcms.services import kims as register
from kimcms.services.decrees import DecreeFacts
from tests.services.test_articles import at_once, bumped, counters, refused, told, trace
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


def test_preview_writes_nothing_and_says_what_will_be_written(city: City) -> None:
    decree(city, "nukus")
    weeks_of_news(city, "nukus", 2)
    monday = monday_of(day_of(city.now))
    before = trace()
    preview = clusters.preview(monday)
    assert trace() == before
    assert rows() == []
    clusters.run(city.now)
    newest = {kim_id: stored for kim_id, day, stored in rows() if day == monday}
    assert {kim_id: to_json(found) for kim_id, found in preview.items()} == newest
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

    monkeypatch.setattr(results, "CHUNK", 1)  # the first chunk is written when it dies
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


def standing(city: City, slug: str = "nukus") -> Standing:
    db.session.expire_all()
    return db.session.get_one(Standing, city.kim(slug).id)


def shown(city: City) -> list[str]:
    """How many KIMs the public page counts in clusters 1 to 4."""
    page = city.reader().get("/klaster/").text
    return re.findall(r'<dd class="count"><b>(\d+)</b>', page)


def test_the_first_decree_acts_at_once(city: City) -> None:
    clusters.run(city.now)
    assert standing(city).standing == "forming"
    tag = city.reader().get("/klaster/").headers["ETag"]
    decree(city, "nukus")
    assert standing(city).standing == "new"
    assert told(city, "cluster.new") == [
        *("moderator_nukus", "nukus_editor", "nukus_head", "nukus_pewarta")
    ]
    page = city.desk("nukus_head").get("/pemberitahuan").text
    assert "KIM Nukus sekarang KIM baru" in page
    assert city.reader().get("/klaster/", headers={"If-None-Match": tag}).status_code == 200


def fallen(city: City) -> dt.date:
    """Nukus in cluster 4 since this day, a Wednesday, on which the daily step found it dead."""
    ends = dt.date(2026, 12, 6)
    decree(city, "nukus", ends)
    city.clock.now = start_of(dt.date(2027, 1, 4)) + dt.timedelta(hours=2)
    clusters.run(city.now)
    assert standing(city).standing == "3"
    dead = ends + dt.timedelta(days=31)
    city.clock.now = start_of(dead) - dt.timedelta(minutes=1)
    assert clusters.run(city.now) == []
    assert standing(city).standing == "3"
    city.clock.now = start_of(dead)
    assert clusters.run(city.now) == []
    assert (standing(city).standing, standing(city).since) == ("4", dead)
    return dead


def test_a_dead_decree_is_worked_off_by_the_daily_step(city: City) -> None:
    dead = fallen(city)
    moves = db.session.scalars(sa.select(Event).where(Event.verb == "cluster.move")).all()
    assert (moves[-1].before["standing"], moves[-1].after["standing"]) == ("3", "4")
    assert moves[-1].reason == "decree_dead"
    members = ["moderator_nukus", "nukus_editor", "nukus_head", "nukus_pewarta"]
    before = told(city, "cluster.changed")
    city.clock.now += dt.timedelta(hours=5)
    clusters.run(city.now)
    city.clock.now = start_of(monday_of(dead) + WEEK)
    assert clusters.run(city.now) == [monday_of(dead) + WEEK]
    assert standing(city).standing == "4"
    # of 3 and 4; it began as new, and weeks that were made up late did not move it back
    assert told(city, "cluster.changed") == before == sorted(members * 2)
    to_four = f"cluster.changed:{city.kim().id}:{dead}:4:%"
    assert len(db.session.scalars(sa.select(Notice).where(Notice.key.like(to_four))).all()) == 4


def test_a_verified_decree_lifts_on_that_very_day(city: City) -> None:
    fallen(city)
    city.clock.now += dt.timedelta(hours=10)
    assert shown(city) == ["0", "0", "0", "1"]
    before = counters()
    decree(city, "nukus")
    assert (standing(city).standing, standing(city).since) == ("3", day_of(city.now))
    assert bumped(before) == {"feed"}
    assert shown(city) == ["0", "0", "1", "0"]


def test_the_daily_step_does_not_undo_a_decree_verified_meanwhile(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = dt.date(2026, 12, 6)
    decree(city, "nukus", ends)
    city.clock.now = start_of(dt.date(2027, 1, 4)) + dt.timedelta(hours=2)
    clusters.run(city.now)
    city.clock.now = start_of(ends + dt.timedelta(days=31))
    real, about_to_write = clusters._keep, threading.Event()

    def slow(*args: object) -> None:
        if not about_to_write.is_set():
            about_to_write.set()
            time.sleep(0.4)
        real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(clusters, "_keep", slow)

    def verify() -> None:
        about_to_write.wait(10)
        decree(city, "nukus")

    assert at_once(city, lambda: clusters.run(city.now), verify) == ["ok", "ok"]
    assert standing(city).standing == "3"
    assert len(results.ledgers()[city.kim().id].of(DecreeVerified)) == 2


def proposed(city: City) -> None:
    """Nukus in cluster 2 with an open proposal for 1."""
    decree(city, "nukus", day_of(city.now) + dt.timedelta(days=330))
    head, moderator = city.actor("nukus_head"), city.actor("moderator")
    for kind in (Proof.BOARD, Proof.PROGRAMME, Proof.MEETING, Proof.MEETING, Proof.REPORT):
        proof = evidence.submit(head, city.kim(), kind, day_of(city.now), kind.value, city.now)
        evidence.verify(moderator, proof, city.now)
    weeks_of_news(city, "nukus", 8)
    clusters.run(city.now)
    assert standing(city).standing == "2"
    assert case(city) is None


def case(city: City) -> str | None:
    """What became of the proposal for 1."""
    found = State.from_dict(standing(city).state).proposal
    assert found
    assert found.to is Cluster.ONE
    return found.answer.value if found.answer else None


def test_the_forum_declines_or_diskominfo_where_no_moderator_is_free(city: City) -> None:
    proposed(city)
    for name in ("moderator_nukus", "diskominfo", "nukus_head", "gerabah_head"):
        with refused("not_allowed"):
            clusters.answer(city.actor(name), city.kim(), False, city.now)
    for member in people.members(None, city.now):
        if member.user_id in {city.cast.users["moderator"], city.cast.users["moderator2"]}:
            row = people.membership(member.membership_id, None)
            assert row
            members.end_role(city.actor("diskominfo"), row, None, city.now)
    city.clock.forward(minutes=1)
    clusters.answer(city.actor("diskominfo"), city.kim(), False, city.now)
    assert (standing(city).standing, case(city)) == ("2", "no")
    with refused("no_proposal"):
        clusters.answer(city.actor("diskominfo"), city.kim(), True, city.now)
    city.publish(body=f"<p>{LONG}</p>", title="Masih terbit")
    city.clock.now += WEEK
    clusters.run(city.now)
    assert (standing(city).standing, case(city)) == ("2", "no")  # not asked again


def test_missed_evaluations_come_before_an_answer(city: City) -> None:
    """They may let the proposal lapse: nine silent weeks, and only then a yes."""
    proposed(city)
    city.clock.now += 9 * WEEK
    with pytest.raises(Refused, match="no_proposal"):
        clusters.answer(city.actor("moderator"), city.kim(), True, city.now)
    assert results.last_evaluation() == monday_of(day_of(city.now))
    assert standing(city).standing == "3"
    assert not results.ledgers()[city.kim().id].of(Answered)


def test_from_nothing_to_cluster_one_and_down_as_forecast(city: City) -> None:
    """The whole road: decree, news, proof, proposal, the Forum's yes; then silence, and the falls
    come on the dates that the card had named."""
    proposed(city)
    moderator, kim = city.actor("moderator"), city.kim()
    clusters.answer(moderator, kim, True, city.now)
    assert (standing(city).standing, case(city)) == ("1", "yes")
    assert "KIM Nukus" in city.reader().get("/klaster/").text
    with refused("no_proposal"):
        clusters.answer(moderator, kim, True, city.now)

    found = card(city)
    assert found.standing == "1"
    assert found.result
    assert found.result.publishing.filled == 8
    assert found.forecast
    promised = [(c.day, c.to.value) for c in found.forecast.changes]
    assert [to for _day, to in promised] == ["3", "4"]
    happened = []
    while day_of(city.now) < promised[-1][0] + WEEK:
        city.clock.now += WEEK
        before = standing(city).standing
        clusters.run(city.now)
        after = standing(city)
        if after.standing != before:
            happened.append((after.since, after.standing))
    assert happened == promised
    members = ["moderator_nukus", "nukus_editor", "nukus_head", "nukus_pewarta"]
    # It began as new. Told of 3 after day 90, 2 with the sixth week, 1 at the answer, 3 and 4.
    assert told(city, "cluster.changed") == sorted(members * 5)


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


def test_reading_does_not_grow_with_the_kims(city: City) -> None:
    clusters.run(city.now)

    def selects() -> int:
        city.clock.now += WEEK
        with city.counting() as seen:
            assert len(clusters.run(city.now)) == 1
        # On PostgreSQL the counters of changed pages are told to other workers by a SELECT.
        reads = [statement for statement in seen if "pg_notify" not in statement]
        return sum(statement.lstrip().startswith("SELECT") for statement in reads)

    for_two = selects()
    for slug in ("tlogomas", "dinoyo"):
        place = kims.kelurahan_by_slug(slug)
        assert place
        register.open_kim(SYSTEM, place, f"KIM {slug}", slug, city.now)
    assert selects() == for_two  # two of them for the first time
    assert selects() == for_two
    assert len({kim_id for kim_id, _m, _r in rows()}) == 4
