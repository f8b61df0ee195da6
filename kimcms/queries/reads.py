"""How often articles were read: of one KIM, or of the whole city."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.clock import DAY, day_of
from kimcms.models.article import Article, Revision
from kimcms.models.kim import Kim
from kimcms.models.reads import ArticleReads

DAYS = 30
TOP = 10
_COUNT = sa.func.sum(ArticleReads.count)


@dataclass(frozen=True, slots=True)
class Read:
    """An article and how often it was read within the days that are shown."""

    article_id: int
    title: str
    slug: str
    kim: str
    kim_slug: str
    count: int


@dataclass(frozen=True, slots=True)
class Of:
    """A KIM and how often it was read."""

    kim: str
    kim_slug: str
    count: int


@dataclass(frozen=True)
class Statistics:
    """The last `DAYS` days up to today, oldest first, and what was read most."""

    days: list[tuple[dt.date, int]]
    top: list[Read]

    @property
    def total(self) -> int:
        """Reads of all days."""
        return sum(count for _day, count in self.days)

    @property
    def week(self) -> int:
        """Reads of the last seven days."""
        return sum(count for _day, count in self.days[-7:])


def statistics(kim_id: int | None, now: dt.datetime) -> Statistics:
    """Of one KIM, or with None of the city. Two queries."""
    today = day_of(now)
    first = today - (DAYS - 1) * DAY
    by_day = sa.select(ArticleReads.day, _COUNT).where(*_within(kim_id, first))
    counts = dict(db.session.execute(by_day.group_by(ArticleReads.day)).tuples().all())
    days = [first + n * DAY for n in range(DAYS)]
    return Statistics([(day, int(counts.get(day, 0))) for day in days], _top(kim_id, first))


def _within(kim_id: int | None, first: dt.date) -> list[sa.ColumnElement[bool]]:
    whose = [] if kim_id is None else [ArticleReads.kim_id == kim_id]
    return [*whose, ArticleReads.day >= first]


def _top(kim_id: int | None, first: dt.date) -> list[Read]:
    most = (
        sa.select(ArticleReads.article_id, _COUNT.label("count"))
        .where(*_within(kim_id, first))
        .group_by(ArticleReads.article_id)
        .order_by(_COUNT.desc(), ArticleReads.article_id.desc())
        .limit(TOP)
        .subquery()
    )
    found = db.session.execute(
        sa.select(*(Article.id, Revision.title, Article.slug, Kim.name, Kim.slug, most.c.count))
        .join(most, most.c.article_id == Article.id)
        .join(Revision, Revision.id == Article.live_revision_id)
        .join(Kim, Kim.id == Article.kim_id)
        .order_by(most.c.count.desc(), Article.id.desc())
    )
    return [
        Read(article_id, title, slug, kim, kim_slug, int(count))
        for article_id, title, slug, kim, kim_slug, count in found
    ]


def by_kim(now: dt.datetime, limit: int = 100) -> list[Of]:
    """The KIMs that were read most in the last `DAYS` days."""
    first = day_of(now) - (DAYS - 1) * DAY
    found = db.session.execute(
        sa.select(Kim.name, Kim.slug, _COUNT)
        .join(ArticleReads, ArticleReads.kim_id == Kim.id)
        .where(ArticleReads.day >= first)
        .group_by(Kim.id, Kim.name, Kim.slug)
        .order_by(_COUNT.desc(), Kim.name)
        .limit(limit)
    )
    return [Of(name, slug, int(count)) for name, slug, count in found]


def lines_by_kim(now: dt.datetime, limit: int = 20_000) -> list[tuple[dt.date, str, int]]:
    """Day, KIM and reads in the city, newest day first, for a spreadsheet."""
    first = day_of(now) - 3 * DAYS * DAY
    found = db.session.execute(
        sa.select(ArticleReads.day, Kim.name, _COUNT)
        .join(Kim, Kim.id == ArticleReads.kim_id)
        .where(ArticleReads.day >= first)
        .group_by(ArticleReads.day, Kim.id, Kim.name)
        .order_by(ArticleReads.day.desc(), _COUNT.desc(), Kim.id)
        .limit(limit)
    )
    return [(day, name, int(count)) for day, name, count in found]


def lines(kim_id: int, now: dt.datetime, limit: int = 20_000) -> list[tuple[dt.date, str, int]]:
    """Day, title and reads of a KIM's articles, newest day first, for a spreadsheet."""
    first = day_of(now) - 3 * DAYS * DAY
    found = db.session.execute(
        sa.select(ArticleReads.day, Revision.title, ArticleReads.count)
        .join(Article, Article.id == ArticleReads.article_id)
        .join(Revision, Revision.id == Article.live_revision_id)
        .where(*_within(kim_id, first))
        .order_by(ArticleReads.day.desc(), ArticleReads.count.desc(), ArticleReads.article_id)
        .limit(limit)
    )
    return [(day, title, count) for day, title, count in found]
