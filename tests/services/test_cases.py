"""Proposals, objections and overrides: one row each, two people, and nobody about the own KIM."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.cases import CaseKind
from kimcms.domain.clock import DAY, WEEK, day_of, monday_of, start_of
from kimcms.domain.ledger import BaselineSet, Proof
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import SYSTEM, Role
from kimcms.domain.terms import Standing as Place
from kimcms.models.cluster import ClusterCase, LedgerEntry, Standing
from kimcms.models.event import Event
from kimcms.models.notice import Notice
from kimcms.queries import accounts as roster
from kimcms.queries import cases as decisions
from kimcms.services import cases, clusters, decrees, evidence, ledger, members
from kimcms.services.decrees import DecreeFacts
from kimcms.services.unit import atomic
from tests.world import LONG, City


def decree(city: City, slug: str = "nukus") -> None:
    today = day_of(city.now)
    paper = DecreeFacts(
        number="188/1",
        dated_on=today - 200 * DAY,
        starts_on=today - 200 * DAY,
        ends_on=today + 700 * DAY,
    )
    made = decrees.enter(city.actor(f"{slug}_head"), city.kim(slug), paper, city.now)
    decrees.verify(city.actor("diskominfo"), made, city.now)


def prove(city: City, *kinds: Proof) -> None:
    for kind in kinds:
        head, kim = city.actor("nukus_head"), city.kim()
        proof = evidence.submit(head, kim, kind, day_of(city.now), kind.value, city.now)
        evidence.verify(city.actor("moderator"), proof, city.now)


def news(city: City, weeks: int) -> None:
    for _week in range(weeks):
        number = day_of(city.now).isoformat()
        words = " ".join(f"{word}{number}" for word in LONG.split())
        city.publish(title=f"Kabar {number}", body=f"<p>{words}</p>")
        city.clock.now += WEEK


def risen(city: City) -> ClusterCase:
    """KIM Nukus has decree, proof and news for six weeks: the rule proposes cluster 1."""
    decree(city)
    prove(city, Proof.BOARD, Proof.PROGRAMME, Proof.REPORT)
    news(city, 6)
    clusters.run(city.now)
    (case,) = rows()
    return case


def placed(city: City, cluster: Place = Place.TWO) -> None:
    """KIM Nukus stands in a cluster by the evaluation, without a proposal."""
    decree(city)
    with atomic("", city.now) as unit:
        entry = ledger.append(
            BaselineSet,
            city.kim().id,
            city.now,
            None,
            cluster=cluster,
            p=True,
            g=cluster is Place.ONE,
            day=day_of(city.now),
            source="uji",
        )
        unit.record(SYSTEM, "kim.baseline", entry, kim_id=city.kim().id)
        clusters.act_now(unit, SYSTEM, city.kim().id, city.now)


def rows(*kinds: CaseKind) -> list[ClusterCase]:
    statement = sa.select(ClusterCase).order_by(ClusterCase.id)
    if kinds:
        statement = statement.where(ClusterCase.kind.in_([kind.value for kind in kinds]))
    return list(db.session.scalars(statement))


def shown(city: City) -> str:
    return db.session.scalars(
        sa.select(Standing.standing).where(Standing.kim_id == city.kim().id)
    ).one()


def entries(kind: str) -> int:
    count = sa.select(sa.func.count()).where(LedgerEntry.kind == kind)
    return db.session.scalar(count) or 0


def told(kind: str) -> set[int]:
    return set(db.session.scalars(sa.select(Notice.user_id).where(Notice.kind == kind)))


def people(city: City, *names: str) -> set[int]:
    return {city.cast.users[name] for name in names}


# Proposals


def test_a_proposal_is_a_row_and_is_told_to_head_and_forum(city: City) -> None:
    case = risen(city)
    assert (case.kind, case.from_standing, case.to_standing) == ("rise", "2", "1")
    assert (case.answer, case.due_on, case.opened_on) == (None, None, monday_of(day_of(city.now)))
    assert [line.case.id for line in decisions.waiting()] == [case.id]
    free = people(city, "nukus_head", "moderator", "moderator2")
    assert told("cluster.proposed.rise") == free  # moderator_nukus decides nothing here


def test_an_answer_acts_when_it_is_recorded(city: City) -> None:
    case = risen(city)
    assert shown(city) == "2"
    cases.answer(city.actor("moderator"), case, True, "", city.now)
    assert shown(city) == "1"
    assert (case.answer, case.answered_by) == ("yes", city.cast.users["moderator"])
    with pytest.raises(Refused, match="case_closed"):
        cases.answer(city.actor("moderator2"), case, True, "", city.now)
    assert decisions.waiting() == []


def test_a_declined_one_needs_words_and_is_not_opened_again(city: City) -> None:
    case = risen(city)
    with pytest.raises(Refused, match="words_missing"):
        cases.answer(city.actor("moderator"), case, False, "  ", city.now)
    cases.answer(city.actor("moderator"), case, False, "Rapatnya belum nyata.", city.now)
    for _week in range(2):
        news(city, 1)
        clusters.run(city.now)
    assert [(row.id, row.answer) for row in rows()] == [(case.id, "no")]
    assert case.answer_words == "Rapatnya belum nyata."
    assert shown(city) == "2"
    assert city.cast.users["nukus_pewarta"] in told("cluster.declined")
    words = db.session.scalars(sa.select(Event.reason).where(Event.verb == "cluster.answer"))
    assert "Rapatnya belum nyata." not in set(words)


def test_one_that_lapses_is_closed_and_a_later_one_is_another_row(city: City) -> None:
    first = risen(city)
    city.clock.now += 10 * WEEK  # silent for so long that P goes off
    clusters.run(city.now)
    assert (first.answer, first.answered_by) == ("lapsed", None)
    assert shown(city) == "3"
    prove(city, Proof.REPORT)
    news(city, 7)
    clusters.run(city.now)
    assert [(row.kind, row.answer) for row in rows()] == [("rise", "lapsed"), ("rise", None)]


def test_nobody_answers_for_the_own_kim(city: City) -> None:
    case = risen(city)
    for name in ("moderator_nukus", "nukus_head", "gerabah_head", "diskominfo"):
        with pytest.raises(Refused, match="not_allowed"):
            cases.answer(city.actor(name), case, True, "", city.now)
    assert shown(city) == "2"


# Objections


def test_an_objection_within_14_days_once(city: City) -> None:
    placed(city)
    head, kim = city.actor("nukus_head"), city.kim()
    with pytest.raises(Refused, match="words_missing"):
        cases.object_to(head, kim, " ", city.now)
    for name in ("nukus_editor", "gerabah_head", "moderator", "diskominfo"):
        with pytest.raises(Refused, match="not_allowed"):
            cases.object_to(city.actor(name), kim, "Tidak benar.", city.now)
    case = cases.object_to(head, kim, "Rapat kami belum dihitung.", city.now)
    assert (case.from_standing, case.words) == ("2", "Rapat kami belum dihitung.")
    assert entries("objection_raised") == 1
    assert told("cluster.objected") == people(city, "moderator", "moderator2")
    assert not cases.may_object_now(kim.id, city.now)
    with pytest.raises(Refused, match="objection_closed"):
        cases.object_to(head, kim, "Sekali lagi.", city.now)


@pytest.mark.parametrize(("days", "may"), [(14, True), (15, False)])
def test_the_window_of_an_objection(on_sqlite: City, days: int, may: bool) -> None:
    city = on_sqlite
    placed(city)
    city.clock.now += dt.timedelta(days=days)
    assert cases.may_object_now(city.kim().id, city.now) is may


def test_an_objection_is_declined_with_words(city: City) -> None:
    placed(city)
    case = cases.object_to(city.actor("nukus_head"), city.kim(), "Tidak adil.", city.now)
    for name in ("moderator_nukus", "diskominfo", "nukus_head"):
        with pytest.raises(Refused, match="not_allowed"):
            cases.decline_objection(city.actor(name), case, "Tidak.", city.now)
    with pytest.raises(Refused, match="words_missing"):
        cases.decline_objection(city.actor("moderator"), case, "", city.now)
    cases.decline_objection(city.actor("moderator"), case, "Notulennya kosong.", city.now)
    assert (case.answer, case.answer_words) == ("no", "Notulennya kosong.")
    assert entries("objection_declined") == 1
    assert shown(city) == "2"
    assert city.cast.users["nukus_head"] in told("cluster.objection_declined")


# Overrides


def test_an_override_wants_two_people(city: City) -> None:
    placed(city)
    kim = city.kim()
    case = cases.propose_override(city.actor("moderator"), kim, Place.THREE, "Sebab.", city.now)
    assert told("cluster.override_proposed") == people(city, "moderator2")
    assert shown(city) == "2"
    with pytest.raises(Refused, match="second_person"):
        cases.approve_override(city.actor("moderator"), case, city.now)
    for name in ("moderator_nukus", "diskominfo", "nukus_head"):
        with pytest.raises(Refused, match="not_allowed"):
            cases.approve_override(city.actor(name), case, city.now)
    assert shown(city) == "2"
    assert entries("override_approved") == 0
    cases.approve_override(city.actor("moderator2"), case, city.now)
    assert shown(city) == "3"
    assert case.due_on == day_of(city.now) + 89 * DAY
    assert (case.opened_by, case.answered_by) == (
        city.cast.users["moderator"],
        city.cast.users["moderator2"],
    )


def test_an_override_is_shown_for_90_days(city: City) -> None:
    placed(city)
    case = cases.propose_override(city.actor("moderator"), city.kim(), Place.THREE, "S", city.now)
    cases.approve_override(city.actor("moderator2"), case, city.now)
    approved = day_of(city.now)
    city.clock.now = start_of(approved + 90 * DAY) - dt.timedelta(minutes=1)
    clusters.run(city.now)
    clusters.run(city.now)
    assert shown(city) == "3"
    assert [line.case.id for line in decisions.overrides_in_force(day_of(city.now))] == [case.id]
    city.clock.now += dt.timedelta(minutes=2)
    clusters.run(city.now)
    clusters.run(city.now)
    assert shown(city) == "2"
    assert decisions.overrides_in_force(day_of(city.now)) == []


def test_a_newer_override_replaces_it_and_two_do_not_wait_at_once(city: City) -> None:
    placed(city)
    one, two, kim = city.actor("moderator"), city.actor("moderator2"), city.kim()
    first = cases.propose_override(one, kim, Place.THREE, "Pertama.", city.now)
    with pytest.raises(Refused, match="override_open"):
        cases.propose_override(two, kim, Place.ONE, "Juga.", city.now)
    cases.approve_override(two, first, city.now)
    city.clock.now += WEEK
    second = cases.propose_override(two, kim, Place.ONE, "Kedua.", city.now)
    cases.approve_override(one, second, city.now)
    assert shown(city) == "1"
    in_force = decisions.overrides_in_force(day_of(city.now))
    assert [line.case.id for line in in_force] == [second.id]


def test_an_override_is_refused_with_words_or_taken_back(city: City) -> None:
    placed(city)
    one, two, kim = city.actor("moderator"), city.actor("moderator2"), city.kim()
    first = cases.propose_override(one, kim, Place.THREE, "Pertama.", city.now)
    with pytest.raises(Refused, match="words_missing"):
        cases.refuse_override(two, first, "", city.now)
    cases.refuse_override(two, first, "Kurang bukti.", city.now)
    second = cases.propose_override(one, kim, Place.THREE, "Kedua.", city.now)
    cases.refuse_override(one, second, "", city.now)
    assert [row.answer for row in rows(CaseKind.OVERRIDE)] == ["no", "no"]
    with pytest.raises(Refused, match="case_closed"):
        cases.approve_override(two, second, city.now)
    assert (entries("override_approved"), shown(city)) == (0, "2")


def test_an_override_answers_the_open_objection(city: City) -> None:
    placed(city)
    objection = cases.object_to(city.actor("nukus_head"), city.kim(), "Tidak adil.", city.now)
    case = cases.propose_override(city.actor("moderator"), city.kim(), Place.ONE, "Ya", city.now)
    cases.approve_override(city.actor("moderator2"), case, city.now)
    assert (objection.answer, objection.to_standing) == ("yes", "1")
    entry = db.session.scalars(
        sa.select(LedgerEntry).where(LedgerEntry.kind == "override_approved")
    ).one()
    assert entry.data["objection_id"] == objection.id


def test_an_override_is_for_kims_with_a_cluster(city: City) -> None:
    one, kim = city.actor("moderator"), city.kim()
    with pytest.raises(Refused, match="override_outside"):
        cases.propose_override(one, kim, Place.ONE, "Sebab.", city.now)
    placed(city)
    with pytest.raises(Refused, match="override_outside"):
        cases.propose_override(one, kim, Place.NEW, "Sebab.", city.now)
    with pytest.raises(Refused, match="words_missing"):
        cases.propose_override(one, kim, Place.ONE, "", city.now)
    with pytest.raises(Refused, match="not_allowed"):
        cases.propose_override(city.actor("moderator_nukus"), kim, Place.ONE, "S", city.now)


def test_diskominfo_is_the_second_only_where_no_other_moderator_is_free(city: City) -> None:
    placed(city)
    case = cases.propose_override(city.actor("moderator"), city.kim(), Place.ONE, "S", city.now)
    with pytest.raises(Refused, match="not_allowed"):
        cases.approve_override(city.actor("diskominfo"), case, city.now)
    for member in roster.members(None):
        if member.user_id == city.cast.users["moderator2"] and member.role is Role.MODERATOR:
            membership = roster.membership(member.membership_id, None)
            assert membership
            members.end_role(city.actor("diskominfo"), membership, None, city.now)
    cases.approve_override(city.actor("diskominfo"), case, city.now)
    assert shown(city) == "1"


# Warnings


def test_the_kim_is_warned_once(city: City) -> None:
    decree(city)
    news(city, 6)
    for _week in range(9):
        clusters.run(city.now)
        city.clock.now += WEEK
    everybody = people(city, "nukus_pewarta", "nukus_editor", "nukus_head", "moderator_nukus")
    assert told("cluster.warning") == everybody
    sent = db.session.scalars(sa.select(Notice).where(Notice.kind == "cluster.warning")).all()
    assert len(sent) == len(everybody)
    off = dt.date.fromisoformat(sent[0].data["day"])
    assert off - day_of(sent[0].created_at) <= 14 * DAY
