"""Who may do what: the domain's table by hand, and nobody decides about the own KIM."""

from __future__ import annotations

import datetime as dt

import pytest

from kimcms.domain.roles import (
    SYSTEM,
    Actor,
    Grant,
    Reach,
    Role,
    Verb,
    strongest,
)

NOW = dt.datetime(2026, 11, 24, 5, 0, tzinfo=dt.UTC)
AGO = NOW - dt.timedelta(days=2000)
OURS, OTHERS = 1, 2

# yes: always; own: what the person wrote; seen: what has been public; relief: only where no
# moderator is free.
TABLE = """
                    pewarta  editor  head  moderator  diskominfo
read                own      yes     yes   seen       seen
write               own      yes     yes   -          -
change_photo        own      yes     yes   -          -
submit              own      yes     yes   -          -
take_back           own      yes     yes   -          -
delete              own      yes     yes   -          -
return              -        yes     yes   -          -
publish             -        yes     yes   -          -
unpublish           -        yes     yes   -          -
correct             -        yes     yes   -          -
withdraw            -        yes     yes   seen       -
restore             -        -       -     yes        relief
hide                -        -       -     seen       relief
review              -        -       -     yes        relief
edit_lists          -        -       -     yes        yes
verify_evidence     -        -       -     yes        relief
decide_cluster      -        -       -     yes        relief
verify_decree       -        -       -     -          yes
enter_evidence      -        -       yes   -          yes
invite              -        -       -     yes        yes
enter_decree        -        -       yes   -          yes
see_files           yes      yes     yes   yes        yes
see_kim             yes      yes     yes   yes        yes
manage_board        -        -       yes   -          yes
manage_members      -        -       yes   -          yes
leave               yes      yes     yes   -          -
manage_look         -        -       yes   -          yes
see_card            yes      yes     yes   yes        yes
see_audit           -        -       yes   yes        yes
wake                -        -       -     yes        yes
object              -        -       yes   -          -
see_register        -        -       -     yes        yes
manage_register     -        -       -     -          yes
try_policy          -        -       -     yes        yes
switch_policy       -        -       -     -          yes
manage_city_roles   -        -       -     -          yes
manage_calendar     -        -       -     -          yes
manage_portal       -        -       -     -          yes
see_complaint       -        yes     yes   yes        yes
answer_complaint    -        yes     yes   -          -
oversee_complaint   -        -       -     yes        relief
ask_help            yes      yes     yes   -          -
assist              -        -       -     yes        relief
see_assistance      -        -       -     yes        yes
"""
SAID = {"yes": {Reach.ALL}, "-": set(), "own": {Reach.OWN}, "seen": {Reach.SEEN}}
SAID["relief"] = {Reach.RELIEF}
# The rows of the domain's table that nobody decides about the own KIM.
NOT_OF_THE_OWN = {
    *(
        "withdraw",
        "restore",
        "hide",
        "review",
        "verify_evidence",
        "decide_cluster",
        "verify_decree",
    ),
    *("enter_evidence", "enter_decree", "manage_members", "manage_look", "manage_register"),
    *("manage_board", "invite", "manage_calendar", "see_complaint", "oversee_complaint", "wake"),
    *("assist", "see_assistance"),
}


def rows():
    head, *lines = TABLE.strip().splitlines()
    roles = head.split()
    for line in lines:
        verb, *words = line.split()
        for role, word in zip(roles, words, strict=True):
            yield pytest.param(Verb(verb), Role(role), word, id=f"{verb}-{role}-{word}")


def person(*grants: Grant) -> Actor:
    return Actor(7, grants)


def in_city(role: Role) -> bool:
    return role in {Role.MODERATOR, Role.DISKOMINFO}


def holder(role: Role) -> Actor:
    return person(Grant(role, None if in_city(role) else OURS, AGO))


def test_the_table_is_whole():
    assert {row.values[0] for row in rows()} == set(Verb)
    assert {row.values[1] for row in rows()} == set(Role)


@pytest.mark.parametrize(("verb", "role", "word"), list(rows()))
def test_the_table(verb, role, word):
    actor = holder(role)
    assert actor.reaches(verb, OURS, NOW) == SAID[word]
    assert actor.may(verb, OURS, NOW) is (word == "yes")
    for kind in ("own", "seen", "relief"):
        assert actor.may(verb, OURS, NOW, **{kind: True}) is (word in {"yes", kind})


@pytest.mark.parametrize(("verb", "role", "word"), list(rows()))
def test_the_table_in_another_kim_and_in_the_city(verb, role, word):
    expected = SAID[word] if in_city(role) else set()
    assert holder(role).reaches(verb, OTHERS, NOW) == expected
    assert holder(role).reaches(verb, None, NOW) == expected


@pytest.mark.parametrize(("verb", "role", "word"), list(rows()))
def test_nobody_decides_about_the_own_kim(verb, role, word):
    """A city role counts for nothing there; what the role in the KIM allows stays."""
    if not in_city(role):
        return
    both = person(Grant(role, None, AGO), Grant(Role.PEWARTA, OURS, AGO))
    mine = holder(Role.PEWARTA).reaches(verb, OURS, NOW)
    from_city = set() if verb.value in NOT_OF_THE_OWN else SAID[word]
    assert both.reaches(verb, OURS, NOW) == mine | from_city
    assert both.reaches(verb, OTHERS, NOW) == SAID[word]


def test_the_forum_is_impartial_with_relief_too():
    both = person(Grant(Role.DISKOMINFO, None, AGO), Grant(Role.HEAD, OURS, AGO))
    assert not both.may(Verb.REVIEW, OURS, NOW, relief=True)
    assert both.may(Verb.REVIEW, OTHERS, NOW, relief=True)
    assert not both.may(Verb.VERIFY_DECREE, OURS, NOW)
    assert both.may(Verb.MANAGE_MEMBERS, OURS, NOW)  # as the head


@pytest.mark.parametrize(
    ("until", "belongs"),
    [
        (None, True),
        (NOW + dt.timedelta(days=1), True),
        (NOW, True),
        (dt.datetime(2024, 11, 25, 5, 0, tzinfo=dt.UTC), True),
        (dt.datetime(2024, 11, 24, 5, 0, tzinfo=dt.UTC), True),  # 24 months to the hour
        (dt.datetime(2024, 11, 23, 17, 0, tzinfo=dt.UTC), True),  # 24 Nov 2024, 00.00 WIB
        (dt.datetime(2024, 11, 23, 16, 59, tzinfo=dt.UTC), False),  # the day before
        (dt.datetime(2024, 10, 24, 5, 0, tzinfo=dt.UTC), False),
    ],
)
def test_24_months_to_the_day(until, belongs):
    actor = person(Grant(Role.MODERATOR, None, AGO), Grant(Role.EDITOR, OURS, AGO, until))
    assert actor.belongs_to(OURS, NOW) is belongs
    assert actor.may(Verb.REVIEW, OURS, NOW) is not belongs
    assert actor.impartial_from(NOW) == ((OURS,) if belongs else ())
    assert actor.may(Verb.REVIEW, OTHERS, NOW)


def test_24_months_before_a_leap_day():
    now = dt.datetime(2028, 2, 29, 5, 0, tzinfo=dt.UTC)
    ended = [dt.datetime(2026, 2, day, 5, 0, tzinfo=dt.UTC) for day in (27, 28)]
    belongs = [person(Grant(Role.HEAD, OURS, AGO, until)).belongs_to(OURS, now) for until in ended]
    assert belongs == [False, True]


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (NOW, None, True),
        (NOW + dt.timedelta(seconds=1), None, False),
        (AGO, NOW, False),  # over from that very instant on
        (AGO, NOW + dt.timedelta(seconds=1), True),
        (AGO, AGO, False),
    ],
)
@pytest.mark.parametrize("role", list(Role))
def test_roles_not_yet_begun_or_ended(since, until, holds, role):
    kim_id = None if in_city(role) else OURS
    actor = person(Grant(role, kim_id, since, until))
    assert actor.roles(OURS, NOW) == ({role} if holds else set())
    assert actor.kim_ids(NOW) == ((OURS,) if holds and kim_id else ())
    may_anything = any(actor.reaches(verb, OURS, NOW) for verb in Verb)
    assert may_anything is holds


def test_several_roles_add_up():
    actor = person(Grant(Role.PEWARTA, OURS, AGO), Grant(Role.EDITOR, OTHERS, AGO))
    assert not actor.may(Verb.PUBLISH, OURS, NOW)
    assert actor.may(Verb.PUBLISH, OTHERS, NOW)
    assert actor.kim_ids(NOW) == (OURS, OTHERS)
    assert strongest([Role.PEWARTA, Role.HEAD, Role.EDITOR]) is Role.HEAD
    assert strongest([]) is None


def test_nobody_and_the_system_hold_no_role():
    assert not any(SYSTEM.reaches(verb, kim, NOW) for verb in Verb for kim in (OURS, None))
