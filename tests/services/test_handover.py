"""The old board's head role ends when the new head signs in, at the latest after 14 days."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.clock import DAY
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Role
from kimcms.models.account import Membership, SignIn
from kimcms.models.notice import Notice
from kimcms.queries import accounts as people
from kimcms.services import accounts, decrees, handover, members
from kimcms.services.heads import NewHead
from tests.world import PASSWORD, City

START, E = dt.date(2026, 11, 1), dt.date(2029, 10, 31)
OFFICE, OLD = "diskominfo", "nukus_head"


def verify(city: City, head: NewHead | None):
    decree = city.decree(START, E, verified=False)
    return decrees.verify(city.actor(OFFICE), decree, city.now, head)


def member(city: City, name: str) -> NewHead:
    return NewHead(user_id=city.cast.users[name])


def sign_in(city: City, name: str) -> str:
    typed = f"{name.replace('_', '.')}@contoh.test"
    passwords = city.app.extensions["kimcms"].passwords
    return accounts.sign_in(typed, PASSWORD, "192.0.2.1", "tes", passwords, city.now)


def is_head(city: City, name: str) -> bool:
    return Role.HEAD in city.actor(name).roles(city.kim().id, city.now)


def kinds(city: City, name: str) -> list[str]:
    user = city.cast.users[name]
    where = Notice.user_id == user, Notice.kind.startswith("handover")
    return list(db.session.scalars(sa.select(Notice.kind).where(*where).order_by(Notice.id)))


def refusal(call) -> str:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.code


def test_it_ends_with_the_first_sign_in_of_the_new_head(city: City) -> None:
    sign_in(city, "nukus_editor")  # before the decree: not as the new head
    verify(city, member(city, "nukus_editor"))
    assert is_head(city, "nukus_editor")
    assert is_head(city, OLD)
    city.clock.forward(days=3)
    sign_in(city, OLD)
    sign_in(city, "gerabah_head")
    sign_in(city, "nukus_pewarta")
    assert is_head(city, OLD)
    sign_in(city, "nukus_editor")
    assert not is_head(city, OLD)
    assert kinds(city, OLD) == ["handover.leaving", "handover.ended"]
    assert kinds(city, "nukus_editor") == ["handover.head", "handover.done"]
    open_sign_ins = sa.select(SignIn).where(
        SignIn.user_id == city.cast.users[OLD], SignIn.ended_at.is_(None)
    )
    assert db.session.scalars(open_sign_ins).all() == []
    sign_in(city, "nukus_editor")
    assert handover.step(city.now) == 0
    assert len(kinds(city, OLD)) == 2


def test_it_ends_after_14_days_without_any_sign_in_or_job(city: City) -> None:
    verify(city, member(city, "nukus_editor"))
    city.clock.forward(days=14, seconds=-1)
    assert is_head(city, OLD)
    assert handover.step(city.now) == 0
    city.clock.forward(seconds=1)
    assert not is_head(city, OLD)
    assert handover.step(city.now) == 1
    assert handover.step(city.now) == 0
    assert kinds(city, OLD) == ["handover.leaving", "handover.ended"]
    assert kinds(city, "nukus_editor")[-1] == "handover.done"


def test_a_job_that_comes_late_does_not_make_the_role_longer(on_sqlite: City) -> None:
    city = on_sqlite
    verify(city, member(city, "nukus_editor"))
    limit = city.now + 14 * DAY
    city.clock.forward(days=40)
    handover.step(city.now)
    row = db.session.scalar(sa.select(Membership).where(Membership.user_id == city.cast.users[OLD]))
    assert row.until == limit


def test_somebody_from_outside_is_invited(city: City) -> None:
    done = verify(city, NewHead(name="Bu Siti", sign_in_name="0812 3456 7890"))
    assert done.link is not None
    assert done.head.phone == "+6281234567890"
    city.clock.forward(days=1)
    passwords = city.app.extensions["kimcms"].passwords
    accounts.use_link(done.link, PASSWORD, passwords, city.now)
    assert is_head(city, OLD)  # a password is not a sign-in yet
    accounts.sign_in("081234567890", PASSWORD, "192.0.2.1", "tes", passwords, city.now)
    assert not is_head(city, OLD)


def test_a_bad_address_verifies_nothing(city: City) -> None:
    decree = city.decree(START, E, verified=False)
    for head, code in (
        (NewHead(name="Bu Siti", sign_in_name="bukan alamat"), "bad_name"),
        (NewHead(name=" ", sign_in_name="siti@contoh.test"), "name_missing"),
        (NewHead(user_id=city.cast.users["gerabah_head"]), "member_unknown"),
        (NewHead(user_id=987654), "member_unknown"),
    ):
        assert refusal(lambda h=head: decrees.verify(city.actor(OFFICE), decree, city.now, h)) == (
            code
        )
        db.session.refresh(decree)
        assert decree.verified_at is None
    assert is_head(city, OLD)


def test_the_same_head_hands_nothing_over(on_sqlite: City) -> None:
    verify(on_sqlite, None)
    assert kinds(on_sqlite, OLD) == []
    done = verify(on_sqlite, member(on_sqlite, OLD))
    assert done.head.id == on_sqlite.cast.users[OLD]
    on_sqlite.clock.forward(days=30)
    assert is_head(on_sqlite, OLD)
    assert kinds(on_sqlite, OLD) == []


def test_a_second_head_who_works_already_takes_over_at_once(on_sqlite: City) -> None:
    city = on_sqlite
    members.invite(
        city.actor(OLD), "x", "nukus.editor@contoh.test", Role.HEAD, city.kim(), city.now
    )
    city.clock.forward(days=1)
    sign_in(city, "nukus_editor")
    assert is_head(city, OLD)  # two heads, no new decree
    city.clock.forward(days=1)
    verify(city, member(city, "nukus_editor"))
    assert not is_head(city, OLD)


def test_who_hands_over_neither_removes_nor_locks_out_nor_names_heads(city: City) -> None:
    verify(city, member(city, "nukus_editor"))
    city.clock.forward(days=1)
    old, kim = city.actor(OLD), city.kim()
    new = people.held(city.cast.users["nukus_editor"], kim.id, Role.HEAD, city.now)
    user = people.user(city.cast.users["nukus_editor"])
    for act in (
        lambda: members.end_role(old, new, kim, city.now),
        lambda: members.make_link(old, user, kim, city.now),
        lambda: members.invite(old, "X", "x@contoh.test", Role.HEAD, kim, city.now),
    ):
        assert refusal(act) == "handing_over"
    # The daily work goes on.
    members.invite(old, "Y", "y@contoh.test", Role.PEWARTA, kim, city.now)


def test_diskominfo_can_let_the_old_head_stay(city: City) -> None:
    verify(city, member(city, "nukus_editor"))
    office, kim = city.actor(OFFICE), city.kim()
    new = people.held(city.cast.users["nukus_editor"], kim.id, Role.HEAD, city.now)
    members.end_role(office, new, kim, city.now)
    members.invite(office, "x", "nukus.head@contoh.test", Role.HEAD, kim, city.now)
    city.clock.forward(days=30)
    assert is_head(city, OLD)
    assert handover.step(city.now) == 0


def test_who_leaves_is_on_the_list_and_told_of_things_until_then(on_sqlite: City) -> None:
    city = on_sqlite
    verify(city, member(city, "nukus_editor"))
    kim, old = city.kim(), city.cast.users[OLD]
    row = next(m for m in people.members(kim.id, city.now) if m.user_id == old)
    assert row.until == city.now + 14 * DAY
    assert old in people.holders(kim.id, (Role.HEAD,), city.now)
    later = city.now + 14 * DAY
    assert old not in people.holders(kim.id, (Role.HEAD,), later)
    assert all(m.user_id != old for m in people.members(kim.id, later))
