"""The register: every kelurahan with its KIM and the state that follows from dates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from kimcms.db import db
from kimcms.domain import decrees as rule
from kimcms.domain import register
from kimcms.domain.clock import day_of
from kimcms.domain.decrees import Decree, DecreeStatus
from kimcms.domain.ledger import DecreeVerified, Ledger
from kimcms.domain.policy import Policy
from kimcms.domain.register import Condition, Facts
from kimcms.domain.roles import Role
from kimcms.domain.terms import Standing
from kimcms.models import cluster
from kimcms.models.account import Membership, User
from kimcms.models.event import Event
from kimcms.models.kelurahan import Kecamatan, Kelurahan
from kimcms.models.kim import Kim, KimSlug
from kimcms.queries import accounts, decrees
from kimcms.queries.clusters import policy_in_force

CLUSTERS = ("1", "2", "3", "4")
_NO_DECREE = Decree(DecreeStatus.NONE, None)


@dataclass(frozen=True, slots=True)
class Line:
    """One kelurahan. `since` is only given where dates alone say it."""

    kelurahan: str
    kelurahan_slug: str
    kecamatan: str
    kecamatan_slug: str
    kim_id: int | None
    kim: str | None
    kim_slug: str | None
    standing: str | None
    condition: Condition
    since: dt.date | None


@dataclass(frozen=True, slots=True)
class Ended:
    """A KIM that was closed, and the one into which it was merged."""

    kim: str
    slug: str
    kelurahan: str
    closed_at: dt.datetime
    into: str | None
    into_slug: str | None


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of a KIM's history in the register."""

    at: dt.datetime
    verb: str
    reason: str
    actor: str | None
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything about one KIM that the register knows. `condition` is None once it closed."""

    condition: Condition | None
    since: dt.date | None
    standing: str | None
    standing_since: dt.date | None
    decree: Decree
    former: list[str]
    into: Kim | None
    heads: list[str]
    history: list[Turn]


def lines(now: dt.datetime) -> list[Line]:
    """All kelurahan by kecamatan and official code. Three queries, however many there are."""
    policy, known = policy_in_force(now), decrees.ledgers()
    found = db.session.execute(
        sa.select(
            Kelurahan.name,
            Kelurahan.slug,
            Kecamatan.name,
            Kecamatan.slug,
            Kim.id,
            Kim.name,
            Kim.slug,
            Kim.opened_at,
            Kim.suspended_at,
            cluster.Standing.standing,
            cluster.Standing.since,
        )
        .select_from(Kelurahan)
        .join(Kecamatan, Kecamatan.id == Kelurahan.kecamatan_id)
        .outerjoin(Kim, sa.and_(Kim.kelurahan_id == Kelurahan.id, Kim.closed_at.is_(None)))
        .outerjoin(cluster.Standing, cluster.Standing.kim_id == Kim.id)
        .order_by(Kelurahan.code)
    )
    return [_line(row, policy, known, day_of(now)) for row in found]


def _line(row: Any, policy: Policy, known: dict[int, Ledger], day: dt.date) -> Line:
    kelurahan, kelurahan_slug, kecamatan, kecamatan_slug, *own = row
    kim_id, name, slug, opened, suspended, standing, moved = own
    line = Line(
        kelurahan=kelurahan,
        kelurahan_slug=kelurahan_slug,
        kecamatan=kecamatan,
        kecamatan_slug=kecamatan_slug,
        kim_id=kim_id,
        kim=name,
        kim_slug=slug,
        standing=standing,
        condition=Condition.FORMING,
        since=None,
    )
    if kim_id is None:
        return line
    decree = rule.read(policy, known[kim_id], day) if kim_id in known else _NO_DECREE
    facts = Facts(
        opened_on=day_of(opened) if opened else None,
        suspended_on=day_of(suspended) if suspended else None,
        standing=Standing(standing) if standing else None,
        standing_since=moved,
        decree=decree,
    )
    state = register.condition(facts)
    since = None if state is Condition.ACTIVE else register.since(policy, facts)
    return replace(line, condition=state, since=since)


def ended() -> list[Ended]:
    """The KIMs that were closed, newest first."""
    survivor = aliased(Kim)
    found = db.session.execute(
        sa.select(Kim.name, Kim.slug, Kelurahan.name, Kim.closed_at, survivor.name, survivor.slug)
        .join(Kelurahan, Kelurahan.id == Kim.kelurahan_id)
        .outerjoin(survivor, survivor.id == Kim.merged_into_id)
        .where(Kim.closed_at.is_not(None))
        .order_by(Kim.closed_at.desc(), Kim.id)
    )
    return [Ended(*row) for row in found]


def sheet(kim: Kim, now: dt.datetime) -> Sheet:
    """One KIM's page."""
    policy, known = policy_in_force(now), decrees.ledgers([kim.id])[kim.id]
    decree = rule.read(policy, known, day_of(now))
    stands = db.session.get(cluster.Standing, kim.id)
    facts = Facts(
        opened_on=day_of(kim.opened_at) if kim.opened_at else None,
        suspended_on=day_of(kim.suspended_at) if kim.suspended_at else None,
        standing=Standing(stands.standing) if stands else None,
        standing_since=stands.since if stands else None,
        decree=decree,
        placed_on=_placed_on(kim.id),
        verified_on=_verified_on(known, decree.decree_id),
    )
    closed = kim.closed_at is not None
    heads = accounts.holders(kim.id, (Role.HEAD,), now)
    return Sheet(
        condition=None if closed else register.condition(facts),
        since=None if closed else register.since(policy, facts),
        standing=stands.standing if stands else None,
        standing_since=stands.since if stands else None,
        decree=decree,
        former=_former(kim),
        into=db.session.get(Kim, kim.merged_into_id) if kim.merged_into_id else None,
        heads=list(db.session.scalars(sa.select(User.name).where(User.id.in_(heads)))),
        history=_history(kim.id),
    )


def _verified_on(known: Ledger, decree_id: int | None) -> dt.date | None:
    own = [entry for entry in known.of(DecreeVerified) if entry.decree_id == decree_id]
    return day_of(own[0].recorded_at) if own else None


def _placed_on(kim_id: int) -> dt.date | None:
    """The day on which it first stood in a cluster."""
    moves = db.session.execute(
        sa.select(Event.at, Event.after)
        .where(Event.kim_id == kim_id, Event.verb == "cluster.move")
        .order_by(Event.id)
    )
    return next((day_of(at) for at, after in moves if after.get("standing") in CLUSTERS), None)


def _former(kim: Kim) -> list[str]:
    return list(
        db.session.scalars(
            sa.select(KimSlug.slug)
            .where(KimSlug.kim_id == kim.id, KimSlug.slug != kim.slug)
            .order_by(KimSlug.slug)
        )
    )


def _history(kim_id: int) -> list[Turn]:
    rows = db.session.execute(
        sa.select(Event.at, Event.verb, Event.reason, User.name, Event.before, Event.after)
        .outerjoin(User, User.id == Event.actor_id)
        .where(
            Event.kim_id == kim_id,
            sa.or_(Event.object_type == "kim", Event.verb == "cluster.move"),
        )
        .order_by(Event.id.desc())
        .limit(40)
    )
    return [Turn(*row) for row in rows]


def roles_held(kim_id: int, now: dt.datetime) -> list[Membership]:
    """Every role in a KIM that is in force, to be ended."""
    return list(
        db.session.scalars(
            sa.select(Membership)
            .where(Membership.kim_id == kim_id, accounts.in_force(now))
            .order_by(Membership.id)
        )
    )


def mergeable(kim: Kim) -> list[Kim]:
    """The other open KIMs, by name: into which one could be merged."""
    return list(
        db.session.scalars(
            sa.select(Kim).where(Kim.closed_at.is_(None), Kim.id != kim.id).order_by(Kim.name)
        )
    )
