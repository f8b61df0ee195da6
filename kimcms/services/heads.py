"""The head whom a new decree names."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Role
from kimcms.models.account import OneTimeLink, User
from kimcms.models.kim import Kim
from kimcms.queries import accounts as people
from kimcms.services import handover, members
from kimcms.services.unit import Unit


@dataclass(frozen=True)
class NewHead:
    """A member of the KIM by id, or somebody to invite by name and e-mail or phone number."""

    user_id: int | None = None
    name: str = ""
    sign_in_name: str = ""


def name_head(
    unit: Unit, actor: Actor, kim: Kim, who: NewHead, now: dt.datetime
) -> tuple[User, OneTimeLink | None]:
    """Make this person head and begin the handover, within the running unit.

    The link is for setting the first password; None where the person has one already.
    """
    link = None
    if who.user_id is not None:
        user = people.user(who.user_id)
        if user is None or kim.id not in people.actor(user.id).kim_ids(now):
            raise Refused("member_unknown")
        held = people.held(user.id, kim.id, Role.HEAD, now)
        if held is None or held.until is not None:
            members.grant(user, Role.HEAD, kim, now)
            after = {"role": Role.HEAD.value, "user": user.id}
            unit.record(actor, "member.add", user, kim_id=kim.id, after=after)
    else:
        user, link = members.invite(actor, who.name, who.sign_in_name, Role.HEAD, kim, now)
    handover.begin(unit, actor, kim, user, now)
    return user, link
