"""The calendar: weeks without duty, for the city or one KIM."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from kimcms.db import db
from kimcms.models.account import User
from kimcms.models.cluster import RestWeek
from kimcms.models.kim import Kim

MOST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A rest week, whose it is (None: the city's) and who set it."""

    week: RestWeek
    kim: str | None
    kim_slug: str | None
    by: str | None


def since(monday: dt.date) -> list[Line]:
    """Those from a Monday on, lifted ones too, the earliest week first. One query."""
    rows = db.session.execute(
        sa.select(RestWeek, Kim.name, Kim.slug, User.name)
        .outerjoin(Kim, Kim.id == RestWeek.kim_id)
        .outerjoin(User, User.id == RestWeek.set_by)
        .where(RestWeek.monday >= monday)
        .order_by(RestWeek.monday, RestWeek.id)
        .limit(MOST)
    )
    return [Line(*row) for row in rows]


def week(week_id: int) -> RestWeek | None:
    return db.session.scalar(sa.select(RestWeek).where(RestWeek.id == week_id))


def standing(monday: dt.date, kim_id: int | None) -> RestWeek | None:
    """The rest week that was set for this very Monday and KIM (None: the city) and not lifted."""
    whose = RestWeek.kim_id.is_(None) if kim_id is None else RestWeek.kim_id == kim_id
    return db.session.scalar(
        sa.select(RestWeek).where(RestWeek.monday == monday, whose, RestWeek.lifted_at.is_(None))
    )
