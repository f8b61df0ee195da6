"""Decrees from entry to death over WIB days, their renewal, and what the daily run tells."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.clock import DAY, WIB, start_of
from kimcms.domain.decrees import DecreeStatus
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import SYSTEM, Verb
from kimcms.models.cluster import LedgerEntry, Standing
from kimcms.models.decree import Decree
from kimcms.models.notice import Notice
from kimcms.queries import decrees as shelves
from kimcms.queries.decrees import Paper
from kimcms.services import clusters, decrees, files, reminders, renewals
from kimcms.services.decrees import DecreeFacts
from tests.world import City

START = dt.date(2025, 1, 1)
E = dt.date(2027, 1, 15)
OFFICE, HEAD = "diskominfo", "nukus_head"


def at(city: City, day: dt.date, hour: int = 9, minute: int = 0, second: int = 0) -> dt.datetime:
    """Set the clock to a WIB moment."""
    city.clock.now = dt.datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=WIB)
    return city.now


def paper(**changes: object) -> DecreeFacts:
    values: dict = {
        "number": "188.45/12/KEL/2026",
        "dated_on": dt.date(2026, 11, 1),
        "starts_on": dt.date(2026, 11, 2),
        "ends_on": dt.date(2029, 11, 1),
    }
    return DecreeFacts(**values | changes)


def status(city: City) -> DecreeStatus:
    return shelves.shelf(city.kim().id, city.now).today.status


def standing(city: City) -> str:
    row = db.session.get(Standing, city.kim().id, populate_existing=True)
    return row.standing if row else "none"


def refusal(call) -> str:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.code


def told(kind: str, name: str | None = None, city: City | None = None) -> list[Notice]:
    where = [Notice.kind == kind]
    if name and city:
        where.append(Notice.user_id == city.cast.users[name])
    return list(db.session.scalars(sa.select(Notice).where(*where).order_by(Notice.id)))


@pytest.mark.parametrize(
    ("days", "hour", "expected"),
    [
        (-91, 12, DecreeStatus.VALID),
        (-90, 0, DecreeStatus.ENDING_SOON),
        (0, 0, DecreeStatus.ENDING_SOON),
        (0, 23, DecreeStatus.ENDING_SOON),  # all day E, to 23.59.59 WIB
        (1, 0, DecreeStatus.GRACE),
        (30, 23, DecreeStatus.GRACE),
        (31, 0, DecreeStatus.DEAD),
    ],
)
def test_the_life_of_a_decree_by_wib_days(on_sqlite: City, days: int, hour: int, expected) -> None:
    at(on_sqlite, E - 100 * DAY)
    on_sqlite.decree(START, E)
    last = (59, 59) if hour == 23 else (0, 0)
    at(on_sqlite, E + days * DAY, hour, *last)
    assert status(on_sqlite) is expected


def test_an_assumed_end_warns_and_never_kills(on_sqlite: City) -> None:
    on_sqlite.decree(START, E, assumed=True)
    at(on_sqlite, E + 400 * DAY)
    assert status(on_sqlite) is DecreeStatus.ASSUMED_ENDED


def test_a_request_in_time_waits_until_it_is_refused(city: City) -> None:
    decree = city.decree(START, E)
    at(city, E + 30 * DAY, 23, 59)
    renewals.request(city.actor(HEAD), decree, city.now)
    assert refusal(lambda: renewals.request(city.actor(HEAD), decree, city.now)) == (
        "already_requested"
    )
    at(city, E + 31 * DAY)
    assert status(city) is DecreeStatus.WAITING
    assert [w.decree.id for w in shelves.to_renew(city.now)] == [decree.id]
    at(city, E + 91 * DAY)
    assert status(city) is DecreeStatus.WAITING_DISKOMINFO
    assert refusal(lambda: renewals.refuse(city.actor(OFFICE), decree, " ", city.now)) == (
        "reason_missing"
    )
    renewals.refuse(city.actor(OFFICE), decree, "Berkas pengurus belum lengkap.", city.now)
    assert status(city) is DecreeStatus.DEAD
    assert shelves.to_renew(city.now) == []
    (notice,) = told("renewal.refused", HEAD, city)
    assert notice.data["reason"] == "Berkas pengurus belum lengkap."
    again = lambda: renewals.refuse(city.actor(OFFICE), decree, "Lagi", city.now)  # noqa: E731
    assert refusal(again) == "no_request"


def test_a_request_too_early_or_too_late_is_refused(on_sqlite: City) -> None:
    city = on_sqlite
    at(city, E - 100 * DAY)
    decree = city.decree(START, E)
    ask = lambda: renewals.request(city.actor(HEAD), decree, city.now)  # noqa: E731
    at(city, E - 91 * DAY)
    assert refusal(ask) == "renewal_early"
    at(city, E + 31 * DAY)
    assert refusal(ask) == "renewal_late"
    assert not db.session.scalars(
        sa.select(LedgerEntry).where(LedgerEntry.kind == "renewal_requested")
    ).all()


def test_only_the_decree_in_force_is_renewed(on_sqlite: City) -> None:
    city = on_sqlite
    old, newer = city.decree(START, E), city.decree(E + DAY, E + 1000 * DAY)
    waiting = city.decree(E + 2 * DAY, E + 1000 * DAY, verified=False)
    for decree in (old, waiting):
        code = refusal(lambda d=decree: renewals.request(city.actor(HEAD), d, city.now))
        assert code == "decree_not_current"
    assert shelves.shelf(city.kim().id, city.now).current.decree.id == newer.id


def test_verifying_moves_the_standing_at_once(city: City) -> None:
    city.decree(START, E)
    at(city, dt.date(2026, 12, 29))  # past day 91
    clusters.run(city.now)
    assert standing(city) == "3"
    at(city, E + 30 * DAY, 23, 59)
    clusters.run(city.now)
    assert standing(city) == "3"
    at(city, E + 31 * DAY, 3)
    clusters.run(city.now)
    assert standing(city) == "4"
    at(city, E + 33 * DAY, 14)
    made = decrees.enter(city.actor(HEAD), city.kim(), paper(), city.now)
    assert standing(city) == "4"
    decrees.verify(city.actor(OFFICE), made, city.now)
    assert standing(city) == "3"
    assert told("decree.verified", HEAD, city)


def test_a_refusal_after_grace_kills_on_its_day(city: City) -> None:
    decree = city.decree(START, E)
    at(city, dt.date(2026, 12, 29))
    renewals.request(city.actor(HEAD), decree, city.now)
    clusters.run(city.now)
    at(city, E + 40 * DAY)
    clusters.run(city.now)
    assert standing(city) == "3"
    renewals.refuse(city.actor(OFFICE), decree, "Lurah menolak.", city.now)
    assert standing(city) == "4"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": " \u200b "}, "decree_number"),
        ({"ends_on": dt.date(2026, 11, 1)}, "decree_dates"),
        ({"dated_on": dt.date(2026, 11, 25)}, "decree_ahead"),
        ({"starts_on": dt.date(1, 1, 1)}, "decree_year"),
        ({"ends_on": dt.date(9999, 12, 31)}, "decree_year"),
    ],
)
def test_what_cannot_stand_on_a_decree(on_sqlite: City, changes: dict, code: str) -> None:
    city = on_sqlite
    enter = lambda: decrees.enter(  # noqa: E731
        city.actor(HEAD), city.kim(), paper(**changes), city.now
    )
    assert refusal(enter) == code
    assert shelves.shelf(city.kim().id, city.now).lines == []


def test_a_form_sent_twice_makes_one_decree(city: City) -> None:
    head, key = city.actor(HEAD), "k" * 16
    made = [decrees.enter(head, city.kim(), paper(), city.now, key=key).id for _turn in range(2)]
    assert len(set(made)) == 1
    assert len(told("decree.entered", OFFICE, city)) == 1


def test_correcting_and_returning(city: City) -> None:
    head, office = city.actor(HEAD), city.actor(OFFICE)
    decree = city.decree(START, E, verified=False)
    assert [w.decree.id for w in shelves.to_verify()] == [decree.id]
    assert refusal(lambda: decrees.give_back(office, decree, "", city.now)) == "reason_missing"
    decrees.give_back(office, decree, "Nomor tidak sama dengan naskah.", city.now)
    (line,) = shelves.shelf(city.kim().id, city.now).lines
    assert (line.paper, line.why) == (Paper.RETURNED, "Nomor tidak sama dengan naskah.")
    assert shelves.to_verify() == []
    city.clock.forward(hours=1)
    decrees.correct(head, decree, paper(number="188/99"), city.now, scan_id=None)
    (line,) = shelves.shelf(city.kim().id, city.now).lines
    assert (line.paper, line.decree.number) == (Paper.ENTERED, "188/99")
    assert [w.decree.id for w in shelves.to_verify()] == [decree.id]
    decrees.verify(office, decree, city.now)
    assert refusal(lambda: decrees.verify(office, decree, city.now)) == "already_verified"
    assert refusal(lambda: decrees.give_back(office, decree, "x", city.now)) == "already_verified"
    change = lambda: decrees.correct(head, decree, paper(), city.now, scan_id=None)  # noqa: E731
    assert refusal(change) == "decree_verified"


def test_a_scan_belongs_to_the_own_kim(on_sqlite: City) -> None:
    city = on_sqlite
    store = city.app.extensions["kimcms"].private
    theirs = files.add(
        city.actor("gerabah_head"),
        city.kim("gerabah"),
        Verb.ENTER_DECREE,
        "sk.pdf",
        b"%PDF-1.4 x",
        store,
        city.now,
    )
    enter = lambda: decrees.enter(  # noqa: E731
        city.actor(HEAD), city.kim(), paper(), city.now, scan_id=theirs.id
    )
    assert refusal(enter) == "scan_unknown"


@pytest.mark.parametrize("name", ["nukus_pewarta", "nukus_editor", "moderator", "gerabah_head"])
def test_who_may_not_enter(on_sqlite: City, name: str) -> None:
    city = on_sqlite
    enter = lambda: decrees.enter(city.actor(name), city.kim(), paper(), city.now)  # noqa: E731
    assert refusal(enter) == "not_allowed"


@pytest.mark.parametrize("name", [HEAD, "moderator", "moderator_nukus", "gerabah_head"])
def test_who_may_not_verify(on_sqlite: City, name: str) -> None:
    city = on_sqlite
    decree = city.decree(START, E, verified=False)
    for act in (
        lambda: decrees.verify(city.actor(name), decree, city.now),
        lambda: decrees.give_back(city.actor(name), decree, "x", city.now),
        lambda: renewals.refuse(city.actor(name), decree, "x", city.now),
    ):
        assert refusal(act) == "not_allowed"
    assert db.session.get(Decree, decree.id).verified_at is None


def test_nobody_verifies_for_the_own_kim(on_sqlite: City, city_officer_of_nukus: str) -> None:
    city = on_sqlite
    ours = city.decree(START, E, verified=False)
    theirs = city.decree(START, E, slug="gerabah", verified=False)
    officer = city.actor(city_officer_of_nukus)
    assert refusal(lambda: decrees.verify(officer, ours, city.now)) == "not_allowed"
    assert decrees.verify(officer, theirs, city.now).decree.verified_by == officer.user_id
    assert SYSTEM.user_id is None


@pytest.fixture
def city_officer_of_nukus(on_sqlite: City) -> str:
    """Somebody of Diskominfo who has been a pewarta of KIM Nukus until last year."""
    from kimcms.domain.roles import Role
    from kimcms.models.account import Membership
    from kimcms.services.unit import atomic

    user = on_sqlite.cast.users["moderator2"]
    ago = on_sqlite.now - 700 * DAY
    with atomic("", on_sqlite.now, eventless=True):
        db.session.add(Membership(user_id=user, kim_id=None, role=Role.DISKOMINFO, since=ago))
        db.session.add(
            Membership(
                user_id=user,
                kim_id=on_sqlite.cast.kims["nukus"],
                role=Role.PEWARTA,
                since=ago,
                until=on_sqlite.now - 365 * DAY,
            )
        )
    return "moderator2"


# Reminders


def lefts(city: City, name: str = HEAD) -> list[str]:
    return [n.key.split(":")[2] for n in told("decree.ending", name, city)]


def test_reminders_each_once_on_their_days(city: City) -> None:
    at(city, E - 100 * DAY)
    decree = city.decree(START, E)
    seen = []
    for day in range(-92, 40):
        for hour in (0, 2, 3):  # the hourly run
            at(city, E + day * DAY, hour)
            if reminders.remind(city.now):
                seen.append(day)
    assert seen == [-90, -60, -30, -7, 0, 1, 31]
    for name in (HEAD, OFFICE):
        assert lefts(city, name) == ["90", "60", "30", "7", "0"]
        assert len(told("decree.grace", name, city)) == 1
        assert len(told("decree.dead", name, city)) == 1
    assert told("decree.ending", "moderator", city) == []
    assert told("decree.ending", "gerabah_head", city) == []
    newest = told("decree.ending", HEAD, city)[-1]
    assert newest.path == f"/k/nukus/sk/{decree.id}"
    assert newest.mailed_at is None  # the outbox mails it


def test_after_a_gap_only_the_newest_reminder_is_made_up(on_sqlite: City) -> None:
    city = on_sqlite
    at(city, E - 100 * DAY)
    city.decree(START, E)
    at(city, E - 20 * DAY)
    reminders.remind(city.now)
    assert lefts(city) == ["30"]
    assert told("decree.ending", HEAD, city)[0].data["left"] == "20"
    at(city, E + 10 * DAY)
    reminders.remind(city.now)
    assert lefts(city) == ["30"]
    assert len(told("decree.grace", HEAD, city)) == 1


@pytest.mark.parametrize(
    ("ended", "first", "later"),
    [(-45, "ending:60", 1), (3, None, 1), (40, None, 0), (4000, None, 0)],
)
def test_an_old_paper_that_is_brought_is_no_news_of_the_next_morning(
    on_sqlite: City, ended: int, first: str | None, later: int
) -> None:
    """As a file at go-live brings it: of what was over then nothing is told, what comes is."""
    city = on_sqlite
    at(city, E + ended * DAY)
    city.decree(START, E)
    at(city, E + (ended + 1) * DAY)
    assert reminders.remind(city.now) == (first is not None)
    if first is not None:
        assert lefts(city) == ["60"]
    assert told("decree.grace", HEAD, city) == told("decree.dead", HEAD, city) == []
    at(city, E + max(31, ended + 1) * DAY)
    reminders.remind(city.now)
    assert len(told("decree.dead", HEAD, city)) == later


def test_a_waiting_kim_is_not_told_of_grace_and_a_renewed_one_of_nothing(on_sqlite: City) -> None:
    city = on_sqlite
    decree = city.decree(START, E)
    renewals.request(city.actor(HEAD), decree, city.now)
    at(city, E + 5 * DAY)
    assert reminders.remind(city.now) == 0
    city.decree(E + DAY, E + 1000 * DAY)
    at(city, E + 40 * DAY)
    assert reminders.remind(city.now) == 0


def test_reminders_ask_the_same_number_of_queries_for_one_kim_and_two(on_sqlite: City) -> None:
    city = on_sqlite
    city.decree(START, E)
    at(city, E - 60 * DAY)
    with city.counting() as one:
        reminders.remind(city.now)
    city.decree(START, E, slug="gerabah")
    at(city, E - 30 * DAY)
    with city.counting() as two:
        reminders.remind(city.now)
    # Writing is one statement for each person; reading does not grow.
    reads = [[s for s in seen if s.startswith("SELECT")] for seen in (one, two)]
    assert len(reads[0]) == len(reads[1])


def test_a_closed_kim_is_not_reminded(on_sqlite: City) -> None:
    from kimcms.services.unit import atomic

    city = on_sqlite
    city.decree(START, E)
    with atomic("", city.now, eventless=True):
        city.kim().closed_at = city.now
    at(city, E)
    assert reminders.remind(city.now) == 0


def test_dates_are_days_of_wib(on_sqlite: City) -> None:
    assert start_of(E) == dt.datetime(2027, 1, 14, 17, 0, tzinfo=dt.UTC)
