"""Writing down how often articles were read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import sqlalchemy as sa

from kimcms.db import CITY, db
from kimcms.domain.clock import DAY, day_of, months_before
from kimcms.models.article import Article
from kimcms.models.kim import Kim
from kimcms.models.reads import ArticleReads
from kimcms.queries.visible import is_public
from kimcms.services.unit import atomic, upsert

KEPT_DAYS = 400  # a year and a month, so that a month can be compared with last year's


def add(counts: Mapping[tuple[int, int, dt.date], int], now: dt.datetime) -> None:
    """Add reads by (KIM, article, day). What is no public article of that KIM is left out.

    Bookkeeping: no event, and no page that readers see changes by it.
    """
    wanted = sorted({article_id for _kim_id, article_id, _day in counts})
    with atomic(CITY, now, eventless=True):
        statement = sa.select(Article.kim_id, Article.id).join(Kim, Kim.id == Article.kim_id)
        found = set(
            db.session.execute(statement.where(Article.id.in_(wanted), is_public(now))).tuples()
        )
        for (kim_id, article_id, day), count in sorted(counts.items()):
            if (kim_id, article_id) in found:
                row = {"article_id": article_id, "day": day, "kim_id": kim_id, "count": count}
                upsert(ArticleReads, row, {"count": ArticleReads.count + count})


def fold(now: dt.datetime) -> int:
    """Sum up the days of months that are older than `KEPT_DAYS`; how many months."""
    kept_from = (day_of(now) - KEPT_DAYS * DAY).replace(day=1)
    single_days = sa.and_(ArticleReads.day < kept_from, sa.extract("day", ArticleReads.day) != 1)
    folded = 0
    while day := db.session.scalar(sa.select(sa.func.min(ArticleReads.day)).where(single_days)):
        _fold_month(day.replace(day=1), now)
        folded += 1
    return folded


def _fold_month(first: dt.date, now: dt.datetime) -> None:
    month = sa.and_(ArticleReads.day >= first, ArticleReads.day < months_before(first, -1))
    with atomic(CITY, now, eventless=True):
        sums = db.session.execute(
            sa.select(ArticleReads.article_id, ArticleReads.kim_id, sa.func.sum(ArticleReads.count))
            .where(month)
            .group_by(ArticleReads.article_id, ArticleReads.kim_id)
        ).all()
        db.session.execute(sa.delete(ArticleReads).where(month))
        rows = [
            {"article_id": article_id, "kim_id": kim_id, "day": first, "count": int(count)}
            for article_id, kim_id, count in sums
        ]
        db.session.execute(sa.insert(ArticleReads), rows)
