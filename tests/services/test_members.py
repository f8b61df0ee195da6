"""Another role, leaving, the last head, and invitations sent again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from kimcms.domain.accounts import LinkKind
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Role
from kimcms.queries import accounts as people
from kimcms.services import accounts, members
from kimcms.services.unit import atomic
from tests.services.test_accounts import NEW, last_verb, membership, passwords, refusal
from tests.services.test_articles import at_once, told
from tests.world import City


def roles(city: City, name: str) -> set[Role]:
    return set(city.actor(name).roles(city.kim().id, city.now))


def second_head(city: City) -> None:
    """The editor becomes head."""
    head, row = city.actor("nukus_head"), membership(city, "nukus_editor")
    members.change_role(head, row, Role.HEAD, city.kim(), city.now)


def test_another_role_takes_the_place_of_the_old_one(city: City) -> None:
    head, kim = city.actor("nukus_head"), city.kim()
    row = membership(city, "nukus_pewarta")
    members.change_role(head, row, Role.EDITOR, kim, city.now)
    assert roles(city, "nukus_pewarta") == {Role.EDITOR}
    assert row.until == city.now
    assert last_verb() == "member.change"
    assert told(city, "kim.role.editor") == ["nukus_pewarta"]
    again = membership(city, "nukus_pewarta")
    members.change_role(head, again, Role.EDITOR, kim, city.now)  # the same: nothing happens
    assert again.until is None
    assert (
        refusal(lambda: members.change_role(head, row, Role.PEWARTA, kim, city.now))
        == "not_allowed"
    )  # ended already
    members.invite(head, "X", "nukus.pewarta@contoh.test", Role.PEWARTA, kim, city.now)
    assert (
        refusal(lambda: members.change_role(head, again, Role.PEWARTA, kim, city.now))
        == "role_held"
    )
    assert roles(city, "nukus_pewarta") == {Role.EDITOR, Role.PEWARTA}


@pytest.mark.parametrize(
    "name", ["nukus_pewarta", "nukus_editor", "gerabah_head", "moderator", "moderator_nukus"]
)
def test_who_may_not_change_roles(on_sqlite: City, name: str) -> None:
    row = membership(on_sqlite, "nukus_editor")
    act = lambda: members.change_role(  # noqa: E731
        on_sqlite.actor(name), row, Role.HEAD, on_sqlite.kim(), on_sqlite.now
    )
    assert refusal(act) == "not_allowed"
    assert row.until is None


def test_a_role_of_another_kim_or_of_the_city_is_none_here(on_sqlite: City) -> None:
    head, kim, now = on_sqlite.actor("nukus_head"), on_sqlite.kim(), on_sqlite.now
    for row in (
        membership(on_sqlite, "gerabah_editor", "gerabah"),
        membership(on_sqlite, "moderator", None),
    ):
        assert (
            refusal(lambda r=row: members.change_role(head, r, Role.PEWARTA, kim, now))
            == "not_allowed"
        )
    row = membership(on_sqlite, "nukus_editor")
    for role in (Role.MODERATOR, Role.DISKOMINFO):
        assert refusal(lambda r=role: members.change_role(head, row, r, kim, now)) == "role_unknown"


def test_the_last_head_stays(city: City) -> None:
    head, kim = city.actor("nukus_head"), city.kim()
    own = membership(city, "nukus_head")
    step_down = lambda: members.change_role(head, own, Role.EDITOR, kim, city.now)  # noqa: E731
    assert refusal(step_down) == "last_head"
    assert refusal(lambda: members.leave(head, kim, city.now)) == "last_head"
    assert roles(city, "nukus_head") == {Role.HEAD}
    second_head(city)
    step_down()
    assert roles(city, "nukus_head") == {Role.EDITOR}
    other = city.actor("nukus_editor")
    assert refusal(lambda: members.leave(other, kim, city.now)) == "last_head"


def test_a_head_who_is_about_to_go_is_no_head_who_stays(city: City) -> None:
    second_head(city)
    row = membership(city, "nukus_editor")
    with atomic("", city.now, eventless=True):
        row.until = city.now + dt.timedelta(days=3)
    head = city.actor("nukus_head")
    assert refusal(lambda: members.leave(head, city.kim(), city.now)) == "last_head"


def test_diskominfo_may_leave_a_kim_without_head(city: City) -> None:
    office, kim = city.actor("diskominfo"), city.kim()
    members.change_role(office, membership(city, "nukus_head"), Role.EDITOR, kim, city.now)
    assert people.holders(kim.id, (Role.HEAD,)) == []
    members.change_role(office, membership(city, "nukus_head"), Role.HEAD, kim, city.now)


@pytest.mark.parametrize("name", ["nukus_pewarta", "nukus_editor", "moderator_nukus"])
def test_a_member_leaves(city: City, name: str) -> None:
    kim = city.kim()
    members.leave(city.actor(name), kim, city.now)
    assert not roles(city, name) & {Role.PEWARTA, Role.EDITOR, Role.HEAD}
    assert last_verb() == "member.leave"
    assert told(city, "kim.left") == ["nukus_head"]
    assert refusal(lambda: members.leave(city.actor(name), kim, city.now)) == "not_allowed"
    if name == "moderator_nukus":  # the role in the city stays
        assert Role.MODERATOR in city.actor(name).roles(None, city.now)


@pytest.mark.parametrize("name", ["gerabah_pewarta", "moderator", "diskominfo"])
def test_nobody_leaves_a_kim_where_they_are_not(on_sqlite: City, name: str) -> None:
    leave = lambda: members.leave(on_sqlite.actor(name), on_sqlite.kim(), on_sqlite.now)  # noqa: E731
    assert refusal(leave) == "not_allowed"


def test_two_heads_who_leave_at_once_leave_one(city: City) -> None:
    second_head(city)
    kim_id, acts = city.kim().id, []
    for name in ("nukus_head", "nukus_editor"):
        actor = city.actor(name)

        def leave(who: Any = actor) -> None:
            members.leave(who, city.kim(), city.now)

        acts.append(leave)
    assert at_once(city, *acts) == ["last_head", "ok"]
    assert len(people.holders(kim_id, (Role.HEAD,))) == 1


def test_who_is_let_go_is_told(city: City) -> None:
    members.end_role(
        city.actor("nukus_head"), membership(city, "nukus_editor"), city.kim(), city.now
    )
    assert told(city, "kim.role_ended") == ["nukus_editor"]


def test_an_invitation_is_sent_again(city: City) -> None:
    head, kim = city.actor("nukus_head"), city.kim()
    guest, first = members.invite(head, "Bu Siti", "siti@contoh.test", Role.PEWARTA, kim, city.now)
    assert first
    city.clock.forward(days=8)
    (line,) = [m for m in people.members(kim.id, city.now) if m.user_id == guest.id]
    assert line.invited_until == first.expires_at < city.now
    link = members.make_link(head, guest, kim, city.now)
    assert (link.kind, link.expires_at) == (LinkKind.INVITE, city.now + dt.timedelta(days=7))
    (line,) = [m for m in people.members(kim.id, city.now) if m.user_id == guest.id]
    assert line.invited_until == link.expires_at
    assert last_verb() == "account.invite_link"
    accounts.use_link(link, NEW, passwords(city), city.now)
    assert members.make_link(head, guest, kim, city.now).kind is LinkKind.RESET


def test_a_second_kim_gets_no_link_to_an_account_that_is_not_its_own(city: City) -> None:
    """Whoever opens the link owns the account, with its roles elsewhere."""
    ours, theirs = city.actor("nukus_head"), city.actor("gerabah_head")
    guest, link = members.invite(
        theirs, "Bu Siti", "081234567890", Role.HEAD, city.kim("gerabah"), city.now
    )
    assert link
    again, none = members.invite(
        ours, "Bu Siti", "0812-3456-7890", Role.PEWARTA, city.kim(), city.now
    )
    assert (again.id, none) == (guest.id, None)
    with pytest.raises(Refused, match="reset_by_city"):
        members.make_link(ours, guest, city.kim(), city.now)
    assert members.make_link(city.actor("diskominfo"), guest, city.kim(), city.now)
