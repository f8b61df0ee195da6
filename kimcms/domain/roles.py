"""Who may do what: the whole permission map on one screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kimcms.domain.clock import day_of, months_before, start_of

IMPARTIAL_MONTHS = 24


class Role(StrEnum):
    PEWARTA = "pewarta"
    EDITOR = "editor"
    HEAD = "head"
    MODERATOR = "moderator"
    DISKOMINFO = "diskominfo"


KIM_ROLES = (Role.PEWARTA, Role.EDITOR, Role.HEAD)
CITY_ROLES = (Role.MODERATOR, Role.DISKOMINFO)


class Reach(StrEnum):
    """How far a right goes."""

    OWN = "own"  # what the person wrote
    ALL = "all"  # everything of the KIM, or of the city for a city role
    SEEN = "seen"  # everything from its first publication on, never drafts
    RELIEF = "relief"  # only where no moderator is free


class Verb(StrEnum):
    READ = "read"
    WRITE = "write"
    CHANGE_PHOTO = "change_photo"
    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    DELETE = "delete"
    RETURN = "return"
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    RESTORE = "restore"
    HIDE = "hide"  # at once and for a day; and answering what another hid
    REVIEW = "review"
    EDIT_LISTS = "edit_lists"
    VERIFY_EVIDENCE = "verify_evidence"
    DECIDE_CLUSTER = "decide_cluster"
    VERIFY_DECREE = "verify_decree"
    ENTER_EVIDENCE = "enter_evidence"
    INVITE = "invite"
    ENTER_DECREE = "enter_decree"
    SEE_FILES = "see_files"
    SEE_KIM = "see_kim"
    MANAGE_BOARD = "manage_board"
    MANAGE_MEMBERS = "manage_members"
    LEAVE = "leave"
    MANAGE_LOOK = "manage_look"
    SEE_CARD = "see_card"
    SEE_AUDIT = "see_audit"
    WAKE = "wake"
    OBJECT = "object"
    SEE_REGISTER = "see_register"
    MANAGE_REGISTER = "manage_register"
    TRY_POLICY = "try_policy"
    SWITCH_POLICY = "switch_policy"
    MANAGE_CITY_ROLES = "manage_city_roles"
    MANAGE_CALENDAR = "manage_calendar"
    MANAGE_PORTAL = "manage_portal"
    SEE_COMPLAINT = "see_complaint"
    ANSWER_COMPLAINT = "answer_complaint"
    OVERSEE_COMPLAINT = "oversee_complaint"
    ASK_HELP = "ask_help"
    ASSIST = "assist"
    SEE_ASSISTANCE = "see_assistance"


_PEWARTA_OWN = {Role.PEWARTA: Reach.OWN, Role.EDITOR: Reach.ALL, Role.HEAD: Reach.ALL}
_EDITORS = {Role.EDITOR: Reach.ALL, Role.HEAD: Reach.ALL}
_EVERY_MEMBER = {Role.PEWARTA: Reach.ALL, Role.EDITOR: Reach.ALL, Role.HEAD: Reach.ALL}
_CITY = {Role.MODERATOR: Reach.ALL, Role.DISKOMINFO: Reach.ALL}
_FORUM = {Role.MODERATOR: Reach.ALL, Role.DISKOMINFO: Reach.RELIEF}
_HEAD = {Role.HEAD: Reach.ALL, Role.DISKOMINFO: Reach.ALL}

ALLOWED: dict[Verb, dict[Role, Reach]] = {
    Verb.READ: _PEWARTA_OWN | {Role.MODERATOR: Reach.SEEN, Role.DISKOMINFO: Reach.SEEN},
    Verb.WRITE: _PEWARTA_OWN,
    Verb.CHANGE_PHOTO: _PEWARTA_OWN,  # describe, blur, delete
    Verb.SUBMIT: _PEWARTA_OWN,
    Verb.TAKE_BACK: _PEWARTA_OWN,
    Verb.DELETE: _PEWARTA_OWN,
    Verb.RETURN: _EDITORS,
    Verb.PUBLISH: _EDITORS,
    Verb.UNPUBLISH: _EDITORS,
    Verb.CORRECT: _EDITORS,
    Verb.WITHDRAW: _EDITORS | {Role.MODERATOR: Reach.SEEN},
    Verb.RESTORE: _FORUM,
    Verb.HIDE: {Role.MODERATOR: Reach.SEEN, Role.DISKOMINFO: Reach.RELIEF},
    Verb.REVIEW: _FORUM,
    Verb.EDIT_LISTS: _CITY,  # of words that make an item wait
    Verb.VERIFY_EVIDENCE: _FORUM,
    Verb.DECIDE_CLUSTER: _FORUM,
    Verb.VERIFY_DECREE: {Role.DISKOMINFO: Reach.ALL},
    Verb.ENTER_EVIDENCE: _HEAD,
    Verb.INVITE: _CITY,  # and tick who came
    Verb.ENTER_DECREE: _HEAD,
    Verb.SEE_FILES: _EVERY_MEMBER | _CITY,
    Verb.SEE_KIM: _EVERY_MEMBER | _CITY,
    Verb.MANAGE_BOARD: _HEAD,
    Verb.MANAGE_MEMBERS: _HEAD,
    Verb.LEAVE: _EVERY_MEMBER,
    Verb.MANAGE_LOOK: _HEAD,
    Verb.SEE_CARD: _EVERY_MEMBER | _CITY,
    Verb.SEE_AUDIT: {Role.HEAD: Reach.ALL} | _CITY,
    Verb.WAKE: _CITY,  # the head does it by the link that was sent
    Verb.OBJECT: {Role.HEAD: Reach.ALL},
    Verb.SEE_REGISTER: _CITY,
    Verb.MANAGE_REGISTER: {Role.DISKOMINFO: Reach.ALL},
    Verb.TRY_POLICY: _CITY,
    Verb.SWITCH_POLICY: {Role.DISKOMINFO: Reach.ALL},
    Verb.MANAGE_CITY_ROLES: {Role.DISKOMINFO: Reach.ALL},
    Verb.MANAGE_CALENDAR: {Role.DISKOMINFO: Reach.ALL},
    Verb.MANAGE_PORTAL: {Role.DISKOMINFO: Reach.ALL},
    Verb.SEE_COMPLAINT: _EDITORS | _CITY,
    Verb.ANSWER_COMPLAINT: _EDITORS,
    Verb.OVERSEE_COMPLAINT: _FORUM,
    Verb.ASK_HELP: _EVERY_MEMBER,  # and read, write, say the KIM's word
    Verb.ASSIST: _FORUM,
    Verb.SEE_ASSISTANCE: _CITY,  # with the Forum's own notes
}

# Decisions that nobody takes about the own KIM by a role in the city. What a role in the KIM
# itself allows stays: a head who is also a moderator still invites members as the head.
IMPARTIAL = frozenset(
    {
        Verb.WITHDRAW,
        Verb.RESTORE,
        Verb.HIDE,
        Verb.REVIEW,
        Verb.VERIFY_EVIDENCE,
        Verb.DECIDE_CLUSTER,
        Verb.VERIFY_DECREE,
        Verb.ENTER_EVIDENCE,
        Verb.INVITE,
        Verb.ENTER_DECREE,
        Verb.MANAGE_BOARD,
        Verb.MANAGE_MEMBERS,
        Verb.MANAGE_LOOK,
        Verb.MANAGE_REGISTER,
        Verb.MANAGE_CALENDAR,
        Verb.SEE_COMPLAINT,  # who complained, too
        Verb.OVERSEE_COMPLAINT,
        Verb.WAKE,
        Verb.ASSIST,
        Verb.SEE_ASSISTANCE,
    }
)


@dataclass(frozen=True)
class Grant:
    """One role of one person, in a KIM or (kim_id None) in the city, from `since` to `until`."""

    role: Role
    kim_id: int | None
    since: dt.datetime
    until: dt.datetime | None = None

    def holds(self, now: dt.datetime) -> bool:
        """Whether the role is in force at an instant."""
        return self.since <= now and (self.until is None or now < self.until)


@dataclass(frozen=True)
class Actor:
    """Who acts: a person with all roles ever held. `user_id` None is the system itself."""

    user_id: int | None
    grants: tuple[Grant, ...] = ()

    def roles(self, kim_id: int | None, now: dt.datetime) -> frozenset[Role]:
        """Roles in force: those of the city, and those in this KIM where one is named."""
        return frozenset(g.role for g in self.grants if g.kim_id in {None, kim_id} and g.holds(now))

    def kim_ids(self, now: dt.datetime) -> tuple[int, ...]:
        """The KIMs in which this person has a role now."""
        return tuple(sorted({g.kim_id for g in self.grants if g.kim_id and g.holds(now)}))

    def belongs_to(self, kim_id: int, now: dt.datetime) -> bool:
        """Whether this person has a role in the KIM, now or in the last 24 months."""
        limit = start_of(months_before(day_of(now), IMPARTIAL_MONTHS))
        return any(
            g.kim_id == kim_id and (g.until is None or g.until >= limit) for g in self.grants
        )

    def impartial_from(self, now: dt.datetime) -> tuple[int, ...]:
        """The KIMs about which this person decides nothing."""
        ids = {g.kim_id for g in self.grants if g.kim_id is not None}
        return tuple(sorted(kim_id for kim_id in ids if self.belongs_to(kim_id, now)))

    def reaches(self, verb: Verb, kim_id: int | None, now: dt.datetime) -> frozenset[Reach]:
        """How far this person's right to a verb goes in a KIM; empty where there is none."""
        roles = self.roles(kim_id, now)
        if verb in IMPARTIAL and kim_id is not None and self.belongs_to(kim_id, now):
            roles -= frozenset(CITY_ROLES)
        return frozenset(ALLOWED[verb][role] for role in roles if role in ALLOWED[verb])

    def may(
        self,
        verb: Verb,
        kim_id: int | None,
        now: dt.datetime,
        *,
        own: bool = False,
        seen: bool = False,
        relief: bool = False,
    ) -> bool:
        """Whether this person may do a verb.

        `own`: the object is theirs. `seen`: it has been public. `relief`: no moderator is free.
        """
        reach = self.reaches(verb, kim_id, now)
        return (
            Reach.ALL in reach
            or (own and Reach.OWN in reach)
            or (seen and Reach.SEEN in reach)
            or (relief and Reach.RELIEF in reach)
        )


SYSTEM = Actor(None)


def strongest(roles: Iterable[Role]) -> Role | None:
    """The role by which a person is addressed where several are held."""
    order = (Role.DISKOMINFO, Role.MODERATOR, Role.HEAD, Role.EDITOR, Role.PEWARTA)
    held = set(roles)
    return next((role for role in order if role in held), None)
