"""The item that a moderator put at the head of the portal."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from kimcms.db import db
from kimcms.models.account import User
from kimcms.models.article import Article, Revision
from kimcms.models.kim import Kim
from kimcms.models.lead import Lead
from kimcms.queries.visible import in_feed


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the newsroom shows of it."""

    article_id: int
    title: str
    kim: str
    chosen_by: str | None
    since: dt.datetime
    until: dt.datetime


def running(now: dt.datetime) -> list[Lead]:
    """The choices that have not ended: one, or none."""
    return list(db.session.scalars(sa.select(Lead).where(Lead.until > now)))


def chosen(now: dt.datetime) -> Chosen | None:
    """The item at the head and who put it there, while it stands in the feed."""
    row = db.session.execute(
        sa.select(Article.id, Revision.title, Kim.name, User.name, Lead.since, Lead.until)
        .select_from(Lead)
        .join(Article, Article.id == Lead.article_id)
        .join(Kim, Kim.id == Article.kim_id)
        .join(Revision, Revision.id == Article.live_revision_id)
        .outerjoin(User, User.id == Lead.chosen_by)
        .where(Lead.until > now, in_feed(now))
        .order_by(Lead.id.desc())
        .limit(1)
    ).first()
    return Chosen(*row) if row else None
