"""Who opens a waiting thing has it, until it is decided or 15 minutes nobody looked at it.

What a page of decisions does: `take` where it is shown, `settle` within the service that decides.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa

from kimcms.db import CITY, db, kim_scope
from kimcms.domain.clock import DAY
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor
from kimcms.domain.waiting import CLAIM_LASTS
from kimcms.models.claim import Claim
from kimcms.queries import claims
from kimcms.queries.claims import Holder
from kimcms.services.unit import atomic, upsert

KEPT = 30 * DAY  # as a mark of what was read


def take(actor: Actor, row: Any, now: dt.datetime, version: int | None = None) -> Holder | None:
    """The person has opened it: from now on theirs, unless another has it, who is the answer.

    Opening again renews it. `version` is the revision that is shown. `row` has `id` and `kim_id`.
    """
    kind, object_id, kim_id, me = row.__tablename__, row.id, row.kim_id, actor.user_id
    mine = Claim.user_id == me
    free = sa.or_(mine, Claim.seen_at <= now - CLAIM_LASTS)
    goes_on = sa.and_(mine, claims.live(now))
    values = {"user_id": me, "since": now, "seen_at": now, "version": version}
    update = {
        name: sa.case(
            (free, sa.literal(value, getattr(Claim, name).type)), else_=getattr(Claim, name)
        )
        for name, value in values.items()
    }
    update["since"] = sa.case((goes_on, Claim.since), else_=update["since"])
    key = {"kind": kind, "object_id": object_id, "kim_id": kim_id}
    with atomic(kim_scope(kim_id), now, eventless=True):
        upsert(Claim, key | values, update)
        return claims.other(kind, object_id, actor.user_id, now)


def renew(actor: Actor, kind: str, object_id: int, now: dt.datetime) -> Holder | None:
    """The page is still open: the claim holds on, unless somebody took it meanwhile, who is the
    answer. Where there is no claim none is made."""
    with atomic(CITY, now, eventless=True):
        db.session.execute(sa.update(Claim).where(_own(actor, kind, object_id)).values(seen_at=now))
        return claims.other(kind, object_id, actor.user_id, now)


def release(actor: Actor, kind: str, object_id: int, now: dt.datetime) -> None:
    """The person leaves it to others."""
    with atomic(CITY, now, eventless=True):
        db.session.execute(sa.delete(Claim).where(_own(actor, kind, object_id)))


def settle(actor: Actor, row: Any, now: dt.datetime) -> None:
    """It is being decided, within the running unit: raises `Refused("claimed")` where another
    moderator has it, and ends the claim. What nobody has open is free to decide."""
    kind, object_id = row.__tablename__, row.id
    if actor.user_id is None:  # the system waits for nobody
        return
    if found := claims.other(kind, object_id, actor.user_id, now):
        raise Refused("claimed", who=found.name, since=found.since)
    db.session.execute(sa.delete(Claim).where(Claim.kind == kind, Claim.object_id == object_id))


def forget(now: dt.datetime) -> None:
    """Take away what lapsed long ago."""
    with atomic(CITY, now, eventless=True):
        db.session.execute(sa.delete(Claim).where(Claim.seen_at < now - KEPT))


def _own(actor: Actor, kind: str, object_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(Claim.kind == kind, Claim.object_id == object_id, Claim.user_id == actor.user_id)
