"""Invitations and who came: the host's ticks are the verification, but not for the own KIM."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain import organisation
from kimcms.domain.clock import DAY, WEEK, day_of, monday_of
from kimcms.domain.ledger import Evidence as Entry
from kimcms.domain.ledger import Proof
from kimcms.domain.policy import Policy
from kimcms.domain.refusal import Refused
from kimcms.models.evidence import Evidence, Invitation
from kimcms.models.notice import Notice
from kimcms.queries import clusters as results
from kimcms.queries import invitations as shelf
from kimcms.services import invitations, register
from tests.world import City


def invite(city: City, day: dt.date | None = None, key: str | None = None) -> Invitation:
    kims = [city.kim("nukus"), city.kim("gerabah")]
    day = day or day_of(city.now)
    return invitations.make(city.actor("moderator"), "Pelatihan", day, "Aula", kims, city.now, key)


def attendance(city: City, slug: str = "nukus") -> tuple[bool, int, int]:
    """The mark of the next Monday: whether it counts, how many came, and how many are enough."""
    kim_id = city.kim(slug).id
    monday = monday_of(day_of(city.now)) + WEEK
    ledger = results.ledgers([kim_id])[kim_id]
    read = organisation.read(Policy(), ledger, monday, was_on=False, failing_since=None)
    mark = next(m for m in read.marks if m.proof is Proof.INVITATION)
    return mark.counted, mark.have, mark.need


def test_invited_and_come(city: City) -> None:
    first, second = invite(city, key="0123456789abcdef"), invite(city)
    assert invite(city, key="0123456789abcdef").id == first.id
    assert attendance(city) == (True, 0, 1)
    told = set(
        db.session.scalars(sa.select(Notice.user_id).where(Notice.kind == "invitation.made"))
    )
    assert told == {city.cast.users["nukus_head"], city.cast.users["gerabah_head"]}

    nukus = city.kim().id
    assert invitations.tick(city.actor("diskominfo"), first, {nukus}, city.now) == (1, 0)
    assert attendance(city) == (True, 1, 1)
    assert attendance(city, "gerabah") == (True, 0, 1)
    entries = db.session.scalar(sa.select(sa.func.count(Evidence.id)))
    assert entries == 4
    invitations.tick(city.actor("moderator"), first, set(), city.now)  # it was a mistake
    assert attendance(city) == (True, 0, 1)
    line = next(row for row in shelf.page().rows if row.invitation.id == first.id)
    assert (line.invited, line.ticked, line.came, line.off) == (2, 2, 0, False)
    assert second.id != first.id


def test_ticking_the_same_again_tells_the_ledger_nothing(city: City) -> None:
    made, nukus = invite(city), city.kim().id
    for _ in range(3):
        invitations.tick(city.actor("moderator"), made, {nukus}, city.now)
    assert len(results.ledgers([nukus])[nukus].of(Entry)) == 2


def test_nobody_ticks_for_the_own_kim(city: City) -> None:
    made, nukus, gerabah = invite(city), city.kim().id, city.kim("gerabah").id
    biased = city.actor("moderator_nukus")
    with pytest.raises(Refused, match="not_allowed"):
        invitations.tick(biased, made, {nukus, gerabah}, city.now)
    assert invitations.tick(biased, made, {gerabah}, city.now) == (1, 1)
    found = {guest.kim_slug: guest for guest in shelf.guests(made.id)}
    assert found["gerabah"].came
    assert found["nukus"].proof.verified_at is None
    page = city.desk("moderator_nukus").get(f"/undangan/{made.id}").text
    assert f'value="{gerabah}"' in page
    assert f'value="{nukus}"' not in page
    assert "KIM Anda sendiri" in page
    sent = city.desk("moderator_nukus").post(f"/undangan/{made.id}/hadir", {"hadir": str(nukus)})
    assert sent.status_code == 403


def test_cancelled_counts_for_nobody(city: City) -> None:
    made, kept = invite(city), invite(city)
    invite(city)
    assert attendance(city) == (True, 0, 2)
    invitations.cancel(city.actor("moderator"), made, "Aula banjir.", city.now)
    assert attendance(city) == (True, 0, 1)
    assert all(guest.proof.returned_why == "Aula banjir." for guest in shelf.guests(made.id))
    for deed, code in (
        (lambda: invitations.tick(city.actor("moderator"), made, set(), city.now), "off"),
        (lambda: invitations.cancel(city.actor("moderator"), made, "Lagi.", city.now), "off"),
        (lambda: invitations.cancel(city.actor("moderator"), kept, " ", city.now), "reason"),
    ):
        with pytest.raises(Refused, match=f"invitation_{code}"):
            deed()
    invitations.tick(city.actor("moderator"), kept, set(), city.now)
    with pytest.raises(Refused, match="invitation_ticked"):
        invitations.cancel(city.actor("moderator"), kept, "Terlambat.", city.now)


def test_days_that_are_refused(on_sqlite: City) -> None:
    today = day_of(on_sqlite.now)
    for day in (today - DAY, today + 367 * DAY, dt.date.max):
        with pytest.raises(Refused, match="invitation_day"):
            invite(on_sqlite, day)
    ahead = invite(on_sqlite, today + DAY)
    with pytest.raises(Refused, match="invitation_ahead"):
        invitations.tick(on_sqlite.actor("moderator"), ahead, set(), on_sqlite.now)
    kims = [on_sqlite.kim()]
    with pytest.raises(Refused, match="not_allowed"):
        invitations.make(on_sqlite.actor("nukus_head"), "x", today, "", kims, on_sqlite.now)


def test_closed_and_merged_kims_are_not_invited(city: City) -> None:
    """Also where one ends while the form is open: what was read before is not believed."""
    kims = [city.kim("nukus"), city.kim("gerabah")]
    office, today = city.actor("diskominfo"), day_of(city.now)
    register.merge(office, city.kim("gerabah"), city.kim(), "gerabah", "Jadi satu", city.now)
    made = invitations.make(office, "Pelatihan", today, "Aula", kims, city.now)
    assert [guest.kim for guest in shelf.guests(made.id)] == ["KIM Nukus"]
    register.close(office, city.kim(), "nukus", "Bubar", city.now)
    with pytest.raises(Refused, match="invitation_nobody"):
        invitations.make(office, "Pelatihan", today, "Aula", kims, city.now)
