"""The Forum's lists, and what the signs of a risk are measured by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.lists import WATCHED, Change, Lists, Name, in_force
from kimcms.models.account import User
from kimcms.models.article import Article
from kimcms.models.lists import LinkedHost, ListChange
from kimcms.queries.visible import is_public_itself


def lists() -> Lists:
    """All lists with the Forum's changes. One query."""
    rows = db.session.execute(sa.select(ListChange.name, ListChange.term, ListChange.counts))
    return in_force(Change(*row) for row in rows)


def change(name: Name, term: str) -> ListChange | None:
    """The Forum's last word on a term."""
    return db.session.scalar(
        sa.select(ListChange).where(ListChange.name == name, ListChange.term == term)
    )


def watched_since() -> dt.datetime | None:
    """When something was last added to the lists that are looked for every night."""
    return db.session.scalar(
        sa.select(sa.func.max(ListChange.changed_at)).where(
            ListChange.name.in_(WATCHED), ListChange.counts
        )
    )


def linked(kim_id: int, hosts: Collection[str]) -> set[str]:
    """Those of these hosts to which the KIM has led before."""
    return set(
        db.session.scalars(
            sa.select(LinkedHost.host).where(
                LinkedHost.kim_id == kim_id, LinkedHost.host.in_(hosts)
            )
        )
    )


def published_since(kim_id: int, since: dt.datetime, now: dt.datetime, limit: int) -> int:
    """How many items of a KIM came before readers since then; at most `limit`."""
    some = (
        sa.select(Article.id)
        .where(Article.kim_id == kim_id, is_public_itself(now), Article.public_at > since)
        .limit(limit)
        .subquery()
    )
    return db.session.scalar(sa.select(sa.func.count()).select_from(some)) or 0


def youngest(user_ids: Collection[int | None]) -> dt.datetime | None:
    """When the newest of these accounts was made."""
    return db.session.scalar(
        sa.select(sa.func.max(User.created_at)).where(User.id.in_([u for u in user_ids if u]))
    )
