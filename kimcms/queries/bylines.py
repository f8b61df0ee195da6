"""The pewarta whose name readers see."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from kimcms.db import db
from kimcms.models.account import Membership, User
from kimcms.models.article import Article
from kimcms.queries.rows import rows
from kimcms.queries.visible import NOW, is_public_itself


@dataclass(frozen=True, slots=True)
class Author:
    """A pewarta who is shown by name."""

    id: int
    name: str
    slug: str


def author(kim_id: int, slug: str, now: dt.datetime) -> Author | None:
    """Of an open KIM, where readers may see an article of this person there."""
    row = next(iter(rows(_author(), {"kim_id": kim_id, "slug": slug, "now": now})), None)
    return Author(*row) if row else None


@cache
def _author() -> sa.Select[Any]:
    shown = (
        sa.select(Article.id)
        .where(
            Article.kim_id == sa.bindparam("kim_id"),
            Article.author_id == User.id,
            is_public_itself(NOW),
        )
        .exists()
    )
    return sa.select(User.id, User.name, User.byline_slug).where(
        User.byline_slug == sa.bindparam("slug"), shown
    )


def taken(slug: str) -> set[str]:
    """The addresses in use that begin with this one."""
    found = db.session.scalars(
        sa.select(User.byline_slug).where(User.byline_slug.startswith(slug, autoescape=True))
    )
    return {one for one in found if one}


def kims_of(user_id: int) -> list[int]:
    """The KIMs in which this person has ever had a role: nowhere else do articles of theirs lie."""
    return list(
        db.session.scalars(
            sa.select(Membership.kim_id)
            .where(Membership.user_id == user_id, Membership.kim_id.is_not(None))
            .distinct()
        )
    )
