"""The topics of notices that a person may have by letter or not, and when letters go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from kimcms.domain.clock import day_of, start_of
from kimcms.domain.roles import CITY_ROLES, KIM_ROLES, Role

DIGEST_HOUR = 7  # WIB
_DAY = dt.timedelta(days=1)
_MINUTE = dt.timedelta(minutes=1)
SERVER_REST = dt.timedelta(minutes=15)  # the longest, while the mail server takes nothing
LETTER_REST = dt.timedelta(hours=6)  # the longest, while it does not take this one
GIVE_UP = dt.timedelta(days=3)


class Topic(StrEnum):
    """What a person may switch off by itself. The newsroom's list shows all of them always."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CLUSTER = "cluster"
    DECREE = "decree"
    EVIDENCE = "evidence"
    KIM = "kim"
    POLICY = "policy"
    COMPLAINT = "complaint"
    ASSISTANCE = "assistance"


# The first beginning that fits. What fits none (one-time links) always goes, and at once.
_OF_KIND = (
    ("article.submitted", Topic.SUBMITTED),
    ("article.returned", Topic.RETURNED),
    ("article.accepted", Topic.ACCEPTED),
    ("article.declined", Topic.DECLINED),
    ("article.change_asked", Topic.DECLINED),
    ("article.removed", Topic.DECLINED),
    ("article.", Topic.PUBLISHED),
    ("cluster.", Topic.CLUSTER),
    ("decree.", Topic.DECREE),
    ("renewal.", Topic.DECREE),
    ("evidence.", Topic.EVIDENCE),
    ("invitation.", Topic.EVIDENCE),
    ("kim.", Topic.KIM),
    ("handover.", Topic.KIM),
    ("policy.", Topic.POLICY),
    ("complaint.", Topic.COMPLAINT),
    ("assistance.", Topic.ASSISTANCE),
)
# Who is ever told of it: nobody is offered a switch without a lamp.
_TOLD: dict[Topic, tuple[Role, ...]] = {
    Topic.SUBMITTED: (Role.EDITOR, Role.HEAD),
    Topic.RETURNED: KIM_ROLES,
    Topic.PUBLISHED: KIM_ROLES,
    Topic.ACCEPTED: KIM_ROLES,
    Topic.DECLINED: KIM_ROLES,
    Topic.CLUSTER: (*KIM_ROLES, Role.MODERATOR),
    Topic.DECREE: (Role.HEAD, Role.DISKOMINFO),
    Topic.EVIDENCE: (Role.HEAD,),
    Topic.KIM: KIM_ROLES,
    Topic.POLICY: CITY_ROLES,
    Topic.COMPLAINT: (Role.EDITOR, Role.HEAD, *CITY_ROLES),
    Topic.ASSISTANCE: (*KIM_ROLES, Role.MODERATOR),
}


def topic_of(kind: str) -> Topic | None:
    """The topic of a kind of notice; None for what nobody can switch off or put off."""
    return next((topic for start, topic in _OF_KIND if kind.startswith(start)), None)


def topics_of(roles: Iterable[Role]) -> tuple[Topic, ...]:
    """The topics that people with these roles are told of."""
    held = set(roles)
    return tuple(topic for topic in Topic if held & set(_TOLD[topic]))


def digest_before(now: dt.datetime) -> dt.datetime:
    """The newest hour of the daily letter: it holds what was written before. Fixed by the clock and
    not by the run, so that a letter that is tried again is the same one."""
    today = start_of(day_of(now)) + dt.timedelta(hours=DIGEST_HOUR)
    return today if today <= now else today - _DAY


def rest(written: dt.datetime, now: dt.datetime, longest: dt.timedelta) -> dt.timedelta:
    """How long to wait before the next try: half as long as the letter has waited already."""
    return max(_MINUTE, min((now - written) / 2, longest))
