"""What is hidden in an emergency and waits for a second person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.workflow import Exposure
from kimcms.models.account import User
from kimcms.models.article import Article, Revision
from kimcms.models.kim import Kim


@dataclass(frozen=True, slots=True)
class Waiting:
    """A hidden item: since when, until when, and by whom, who cannot be the second one."""

    id: int
    kim_id: int
    since: dt.datetime
    deadline: dt.datetime
    title: str
    kim: str
    kim_slug: str
    by: int
    by_name: str
    note: str
    kind: str = "hide"


def waiting(now: dt.datetime, not_of: Collection[int] = ()) -> list[Waiting]:
    """What ends first stands first; `not_of` leaves KIMs out. They are few: a day takes them."""
    statement = (
        sa.select(
            Article.id,
            Article.kim_id,
            Article.hidden_at,
            Article.hidden_until,
            Revision.title,
            Kim.name,
            Kim.slug,
            Article.hidden_by,
            User.name,
            Article.hidden_note,
        )
        .join(Kim, Kim.id == Article.kim_id)
        .join(Revision, Revision.id == Article.live_revision_id)
        .join(User, User.id == Article.hidden_by)
        .where(
            Article.hidden_until > now,
            Article.exposure == Exposure.PUBLIC,
            Article.kim_id.not_in(not_of),
        )
        .order_by(Article.hidden_until, Article.id)
        .limit(200)
    )
    return [Waiting(*row) for row in db.session.execute(statement)]
