"""The pewarta whose names readers see, and who worked on an article."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from kimcms.db import BigId, db
from kimcms.models.account import Membership, User
from kimcms.models.article import Article
from kimcms.models.byline import Byline
from kimcms.queries.rows import rows
from kimcms.queries.visible import NOW, is_public_itself


@dataclass(frozen=True, slots=True)
class Author:
    """A pewarta who is shown by name."""

    id: int
    name: str
    slug: str


class Writer(NamedTuple):
    """Somebody whom readers see under an article."""

    name: str
    slug: str


_PERSON = sa.bindparam("author_id", type_=BigId)
ALONE = Article.author_id == _PERSON
_BY_PERSON = Byline.user_id == _PERSON
TOGETHER = Article.id.in_(sa.select(Byline.article_id).where(_BY_PERSON))
# Either as a list of a KIM. A plus keeps SQLite from walking through all that the KIM published:
# what a person wrote beside others is short.
_THERE: sa.ColumnElement[int] = sa.literal_column("+article.kim_id")
_KIM = sa.bindparam("kim_id", type_=BigId)
WROTE = (
    sa.select(Article.id).where(ALONE, Article.kim_id == _KIM),
    sa.select(Article.id)
    .select_from(Byline)
    .join(Article, Article.id == Byline.article_id)
    .where(_BY_PERSON, _THERE == _KIM),
)

# Those beside the author in one text, so that a list of whole articles needs no second question.
_PART, _NEXT = "\x1f", "\x1e"  # no name holds them
_Beside = aliased(User)
_ONE = sa.cast(Byline.rank, sa.String) + _PART + _Beside.name + _PART + _Beside.byline_slug
BESIDE = (
    sa.select(sa.func.aggregate_strings(_ONE, _NEXT))
    .select_from(Byline)
    .join(_Beside, _Beside.id == Byline.user_id)
    .where(Byline.article_id == Article.id, _Beside.byline_slug.is_not(None))
    .correlate(Article)
    .scalar_subquery()
)


def writers(name: str | None, slug: str | None, beside: str | None) -> tuple[Writer, ...]:
    """The author, where shown by name, and those of `BESIDE` in their order."""
    first = [Writer(name, slug)] if name and slug else []
    ranked = sorted(beside.split(_NEXT)) if beside else []
    return (*first, *(Writer(*one.split(_PART)[1:]) for one in ranked))


def of(article: Article) -> list[User]:
    """All who worked on an article, its author first, whether readers see them or not."""
    beside = (
        sa.select(User)
        .join(Byline, Byline.user_id == User.id)
        .where(Byline.article_id == article.id)
        .order_by(Byline.rank)
    )
    return [db.session.get_one(User, article.author_id), *db.session.scalars(beside)]


def author(kim_id: int, slug: str, now: dt.datetime) -> Author | None:
    """Of an open KIM, where readers may see an article of this person there."""
    row = next(iter(rows(_author(), {"kim_id": kim_id, "slug": slug, "now": now})), None)
    return Author(*row) if row else None


@cache
def _author() -> sa.Select[Any]:
    itself = (Article.kim_id == sa.bindparam("kim_id"), is_public_itself(NOW))
    alone = sa.select(Article.id).where(Article.author_id == User.id, *itself)
    beside = sa.select(Article.id).join(Byline, Byline.article_id == Article.id)
    together = beside.where(Byline.user_id == User.id, *itself)
    return sa.select(User.id, User.name, User.byline_slug).where(
        User.byline_slug == sa.bindparam("slug"), sa.or_(alone.exists(), together.exists())
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
