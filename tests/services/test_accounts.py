"""Sign-in, invitations, passwords and roles, below the pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.accounts import BY_ACCOUNT, BY_ADDRESS, RESET_BY_ACCOUNT, LinkKind
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Role
from kimcms.models.account import Attempt, Membership, OneTimeLink, SignIn, User
from kimcms.models.event import Event
from kimcms.models.notice import Notice
from kimcms.queries import accounts as people
from kimcms.services import accounts, links, members
from kimcms.storage.secrets import Passwords, token_hash
from tests.services.test_articles import at_once, told
from tests.world import PASSWORD, City

HERE, AGENT = "192.0.2.1", "Mozilla/5.0 (Android)"
NEW = "empat-kata-acak-baru"
HEAD = "nukus.head@contoh.test"


def passwords(city: City) -> Passwords:
    found: Passwords = city.app.extensions["kimcms"].passwords
    return found


def sign_in(city: City, typed: str = HEAD, password: str = PASSWORD, address: str = HERE) -> str:
    return accounts.sign_in(typed, password, address, AGENT, passwords(city), city.now)


def refusal(act: Any) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def count(table: type[Any]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def user(city: City, name: str = "nukus_head") -> User:
    return db.session.get_one(User, city.cast.users[name])


def membership(city: City, name: str, slug: str | None = "nukus") -> Membership:
    kim_id = city.cast.kims[slug] if slug else None
    member = next(m for m in people.members(kim_id) if m.user_id == city.cast.users[name])
    found = people.membership(member.membership_id, kim_id)
    assert found
    return found


def last_verb() -> str:
    found = db.session.scalar(sa.select(Event.verb).order_by(Event.id.desc()).limit(1))
    assert found
    return found


# --- signing in --------------------------------------------------------------------------------


def test_a_sign_in_is_a_token_whose_hash_is_kept(city: City) -> None:
    token = sign_in(city)
    row = db.session.scalar(sa.select(SignIn))
    assert row
    assert row.token_hash == token_hash(token) != token
    assert (row.user_id, row.started_at, row.agent) == (user(city).id, city.now, AGENT)
    found = people.signed_in(token_hash(token))
    assert found
    assert found[1].id == user(city).id
    assert last_verb() == "account.sign_in"
    assert sign_in(city) != token
    assert count(Attempt) == 0


def test_wrong_and_unknown_are_the_same_refusal(city: City) -> None:
    codes = {
        refusal(lambda t=typed, p=password: sign_in(city, t, p))
        for typed, password in (
            (HEAD, "salah-sekali-ini"),
            (HEAD, ""),
            ("tidak.ada@contoh.test", PASSWORD),
            ("081200000000", PASSWORD),
            ("bukan nama", PASSWORD),
            ("a\0b@localhost", PASSWORD),
            (HEAD, "\0" * 20),
        )
    }
    assert codes == {"bad_sign_in"}
    assert count(SignIn) == 0


def test_an_account_without_password_cannot_be_entered(city: City) -> None:
    guest, _link = members.invite(
        city.actor("nukus_head"), "Bu Siti", "siti@contoh.test", Role.PEWARTA, city.kim(), city.now
    )
    assert guest.password_hash is None
    for password in ("", "x", PASSWORD):
        attempt = lambda p=password: sign_in(city, "siti@contoh.test", p)  # noqa: E731
        assert refusal(attempt) == "bad_sign_in"


def test_too_many_tries_of_one_account(city: City) -> None:
    for number in range(BY_ACCOUNT.tries):
        code = refusal(lambda n=number: sign_in(city, HEAD, "salah-sekali", f"192.0.2.{n}"))
        assert code == "bad_sign_in"
    assert refusal(lambda: sign_in(city, HEAD, PASSWORD, "198.51.100.7")) == "too_many"
    assert refusal(lambda: sign_in(city, f" {HEAD.upper()} ", PASSWORD)) == "too_many"
    assert sign_in(city, "nukus.editor@contoh.test")
    city.clock.now += BY_ACCOUNT.window + dt.timedelta(seconds=1)
    assert sign_in(city)


def test_an_unknown_account_is_counted_alike(city: City) -> None:
    for _ in range(BY_ACCOUNT.tries):
        assert refusal(lambda: sign_in(city, "tidak.ada@contoh.test")) == "bad_sign_in"
    assert refusal(lambda: sign_in(city, "tidak.ada@contoh.test")) == "too_many"


def test_spellings_of_a_phone_number_are_one_account(city: City) -> None:
    members.invite(
        city.actor("nukus_head"), "Pak Budi", "081234567890", Role.PEWARTA, city.kim(), city.now
    )
    spellings = ["081234567890", "0812-3456-7890", "62 812 3456 7890", "+6281234567890"]
    for number in range(BY_ACCOUNT.tries):
        typed = spellings[number % 4] + " " * (number // 4)
        assert refusal(lambda t=typed: sign_in(city, t, "salah-sekali")) == "bad_sign_in"
    assert refusal(lambda: sign_in(city, "(0812) 3456 7890", "salah-sekali")) == "too_many"


def test_too_many_tries_from_one_address(on_sqlite: City) -> None:
    city = on_sqlite
    for number in range(BY_ADDRESS.tries):
        assert refusal(lambda n=number: sign_in(city, f"orang{n}@contoh.test")) == "bad_sign_in"
    assert refusal(lambda: sign_in(city)) == "too_many"
    assert sign_in(city, address="192.0.2.2")
    city.clock.now += BY_ADDRESS.window + dt.timedelta(seconds=1)
    assert sign_in(city)
    assert count(Attempt) == 2 * BY_ADDRESS.tries
    city.clock.forward(days=2)
    accounts.forget_attempts(city.now)
    assert count(Attempt) == 0


def test_names_and_addresses_are_counted_and_not_kept(city: City) -> None:
    refusal(lambda: sign_in(city, "rahasia@contoh.test"))
    keys = " ".join(db.session.scalars(sa.select(Attempt.key)))
    assert keys
    assert "rahasia" not in keys
    assert HERE not in keys


def test_signing_out_ends_that_device_only(city: City) -> None:
    here, there = sign_in(city), sign_in(city)
    accounts.sign_out(here, city.now)
    assert people.signed_in(token_hash(here)) is None
    assert people.signed_in(token_hash(there)) is not None
    before = count(Event)
    accounts.sign_out(here, city.now)
    accounts.sign_out("nonsense", city.now)
    assert count(Event) == before


# --- passwords ---------------------------------------------------------------------------------


def test_changing_the_password_ends_every_sign_in(city: City) -> None:
    tokens = [sign_in(city), sign_in(city)]
    other = sign_in(city, "nukus.editor@contoh.test")
    change = lambda old, new: accounts.change_password(  # noqa: E731
        user(city), old, new, passwords(city), city.now
    )
    assert refusal(lambda: change("salah-sekali", NEW)) == "bad_old_password"
    assert refusal(lambda: change(PASSWORD, "pendek")) == "password_short"
    assert refusal(lambda: change(PASSWORD, HEAD)) == "password_is_name"
    assert all(people.signed_in(token_hash(token)) for token in tokens)
    change(PASSWORD, NEW)
    assert not any(people.signed_in(token_hash(token)) for token in tokens)
    assert people.signed_in(token_hash(other))
    assert last_verb() == "account.password"
    assert refusal(lambda: sign_in(city)) == "bad_sign_in"
    assert sign_in(city, password=NEW)


def test_a_password_is_never_stored_or_recorded(city: City) -> None:
    accounts.change_password(user(city), PASSWORD, NEW, passwords(city), city.now)
    stored = user(city).password_hash
    assert stored
    assert stored.startswith("$argon2id$")
    for event in db.session.scalars(sa.select(Event)):
        assert NEW not in str((event.before, event.after, event.reason))


# --- links -------------------------------------------------------------------------------------


def test_an_invitation_is_a_role_an_account_and_a_link(city: City) -> None:
    head = city.actor("nukus_head")
    guest, link = members.invite(
        head, " Bu\0 Siti\n", "Siti@Contoh.test", Role.EDITOR, city.kim(), city.now
    )
    assert link
    assert (guest.name, guest.email, guest.password_hash) == ("Bu Siti", "siti@contoh.test", None)
    assert (link.kind, link.made_by) == (LinkKind.INVITE, head.user_id)
    assert link.expires_at == city.now + dt.timedelta(days=7)
    assert people.actor(guest.id).roles(city.kim().id, city.now) == {Role.EDITOR}
    notices = db.session.scalars(sa.select(Notice).where(Notice.user_id == guest.id)).all()
    assert [(n.kind, n.data) for n in notices] == [("account.invite", {"link": link.id})]

    accounts.use_link(link, NEW, passwords(city), city.now)
    assert sign_in(city, "siti@contoh.test", NEW)
    assert refusal(lambda: accounts.use_link(link, NEW, passwords(city), city.now)) == "link_used"


def test_who_has_no_mail_gets_no_letter(city: City) -> None:
    _guest, link = members.invite(
        city.actor("nukus_head"), "Pak Budi", "081234567890", Role.PEWARTA, city.kim(), city.now
    )
    assert link
    assert count(Notice) == 0


def test_inviting_somebody_who_is_here_already(city: City) -> None:
    head, kim = city.actor("nukus_head"), city.kim()
    guest, link = members.invite(
        head, "Nama lain", "gerabah.pewarta@contoh.test", Role.PEWARTA, kim, city.now
    )
    assert (guest.id, link) == (city.cast.users["gerabah_pewarta"], None)
    assert guest.name == "gerabah_pewarta"
    invite = lambda role: members.invite(  # noqa: E731
        head, "X", "gerabah.pewarta@contoh.test", role, kim, city.now
    )
    assert refusal(lambda: invite(Role.PEWARTA)) == "role_held"
    for role in (Role.MODERATOR, Role.DISKOMINFO):
        assert refusal(lambda r=role: invite(r)) == "role_unknown"


@pytest.mark.parametrize(
    "name",
    ["nukus_pewarta", "nukus_editor", "gerabah_head", "moderator", "moderator_nukus"],
)
def test_who_may_not_invite_or_end(on_sqlite: City, name: str) -> None:
    actor, kim = on_sqlite.actor(name), on_sqlite.kim()
    before = count(Event), count(Membership), count(User), count(OneTimeLink)
    for act in (
        lambda: members.invite(actor, "X", "x@contoh.test", Role.EDITOR, kim, on_sqlite.now),
        lambda: members.invite(actor, "X", "x@contoh.test", Role.MODERATOR, None, on_sqlite.now),
        lambda: members.end_role(actor, membership(on_sqlite, "nukus_editor"), kim, on_sqlite.now),
        lambda: members.make_link(actor, user(on_sqlite, "nukus_editor"), kim, on_sqlite.now),
        lambda: members.make_link(actor, user(on_sqlite), None, on_sqlite.now),
    ):
        assert refusal(act) == "not_allowed"
    assert (count(Event), count(Membership), count(User), count(OneTimeLink)) == before


def test_a_reset_by_the_head(city: City) -> None:
    head, kim = city.actor("nukus_head"), city.kim()
    link = members.make_link(head, user(city, "nukus_pewarta"), kim, city.now)
    assert link.expires_at == city.now + dt.timedelta(hours=2)
    assert count(Notice) == 0  # it is copied by hand

    outsider = user(city, "gerabah_pewarta")
    take_over = lambda who: members.make_link(head, who, kim, city.now)  # noqa: E731
    assert refusal(lambda: take_over(outsider)) == "not_allowed"
    # An account that can do more than the head can is not handed to the head.
    assert refusal(lambda: take_over(user(city, "moderator_nukus"))) == "reset_by_city"
    members.invite(head, "X", "gerabah.pewarta@contoh.test", Role.PEWARTA, kim, city.now)
    assert refusal(lambda: take_over(outsider)) == "reset_by_city"
    admin = city.actor("diskominfo")
    assert members.make_link(admin, user(city, "moderator_nukus"), kim, city.now).id


def test_a_link_sets_one_password_and_closes_the_others(city: City) -> None:
    pewarta = user(city, "nukus_pewarta")
    token = sign_in(city, "nukus.pewarta@contoh.test")
    head, kim = city.actor("nukus_head"), city.kim()
    one, two = (members.make_link(head, pewarta, kim, city.now) for _ in range(2))
    assert refusal(lambda: accounts.use_link(one, "pendek", passwords(city), city.now)) == (
        "password_short"
    )
    assert links.usable(one, city.now)
    accounts.use_link(one, NEW, passwords(city), city.now)
    assert people.signed_in(token_hash(token)) is None
    for link in (one, two):
        use = lambda li=link: accounts.use_link(li, NEW, passwords(city), city.now)  # noqa: E731
        assert refusal(use) == "link_used"


def test_a_link_ends_at_its_second(city: City) -> None:
    link = members.make_link(
        city.actor("nukus_head"), user(city, "nukus_pewarta"), city.kim(), city.now
    )
    city.clock.now = link.expires_at - dt.timedelta(seconds=1)
    assert links.usable(link, city.now)
    city.clock.now = link.expires_at
    assert not links.usable(link, city.now)
    assert refusal(lambda: accounts.use_link(link, NEW, passwords(city), city.now)) == "link_used"


def test_asking_for_a_reset(city: City) -> None:
    for typed in ("tidak.ada@contoh.test", "bukan nama", "a\0@localhost", "081200000000"):
        accounts.request_reset(typed, HERE, city.now)
    assert (count(OneTimeLink), count(Notice)) == (0, 0)
    for _ in range(RESET_BY_ACCOUNT.tries):
        accounts.request_reset(HEAD, HERE, city.now)
    assert told(city, "account.reset") == ["nukus_head"] * RESET_BY_ACCOUNT.tries
    assert refusal(lambda: accounts.request_reset(HEAD, HERE, city.now)) == "too_many"
    assert count(OneTimeLink) == RESET_BY_ACCOUNT.tries
    accounts.request_reset("nukus.editor@contoh.test", HERE, city.now)
    city.clock.now += RESET_BY_ACCOUNT.window + dt.timedelta(seconds=1)
    accounts.request_reset(HEAD, HERE, city.now)


# --- roles -------------------------------------------------------------------------------------


def test_a_change_of_roles_ends_every_sign_in(city: City) -> None:
    head, kim, name = city.actor("nukus_head"), city.kim(), "nukus.pewarta@contoh.test"
    token = sign_in(city, name)
    members.invite(head, "X", name, Role.EDITOR, kim, city.now)
    assert people.signed_in(token_hash(token)) is None
    token = sign_in(city, name)
    members.end_role(head, membership(city, "nukus_pewarta"), kim, city.now)
    assert people.signed_in(token_hash(token)) is None
    assert last_verb() == "member.end"


def test_ending_a_role(city: City) -> None:
    head, kim = city.actor("nukus_head"), city.kim()
    row = membership(city, "nukus_editor")
    members.end_role(head, row, kim, city.now)
    assert row.until == city.now
    assert city.actor("nukus_editor").roles(kim.id, city.now) == set()
    before = count(Event)
    city.clock.forward(hours=1)
    members.end_role(head, row, kim, city.now)
    assert (count(Event), row.until) == (before, city.now - dt.timedelta(hours=1))
    own = membership(city, "nukus_head")
    assert refusal(lambda: members.end_role(head, own, kim, city.now)) == "own_role"
    theirs = membership(city, "gerabah_editor", "gerabah")
    assert refusal(lambda: members.end_role(head, theirs, kim, city.now)) == "not_allowed"
    admin, last = city.actor("diskominfo"), membership(city, "diskominfo", None)
    assert refusal(lambda: members.end_role(admin, last, None, city.now)) == "own_role"
    with pytest.raises(Refused, match="not_allowed"):
        members.end_role(admin, last, kim, city.now)


# --- at the same moment ------------------------------------------------------------------------


def test_a_link_used_at_once_is_used_once(city: City) -> None:
    link_id = members.make_link(
        city.actor("nukus_head"), user(city, "nukus_pewarta"), city.kim(), city.now
    ).id

    def use(number: int) -> None:
        link = people.link(link_id)
        assert link
        accounts.use_link(link, f"kata-sandi-nomor-{number}", passwords(city), city.now)

    acts = [lambda n=number: use(n) for number in range(4)]
    assert at_once(city, *acts) == ["link_used"] * 3 + ["ok"]


@pytest.mark.parametrize("typed", ["siti@contoh.test", "081234567890", "gerabah.head@contoh.test"])
def test_invitations_at_once_are_one(city: City, typed: str) -> None:
    head = city.actor("nukus_head")

    def invite() -> None:
        members.invite(head, "Bu Siti", typed, Role.PEWARTA, city.kim(), city.now)

    assert at_once(city, *[invite] * 4) == ["ok"] + ["role_held"] * 3
    guest = people.user_by_name(accounts.sign_in_name(typed))
    assert guest
    assert people.actor(guest.id).roles(city.kim().id, city.now) == {Role.PEWARTA}
