"""Texts that a new one may be a copy of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.html import own_text
from kimcms.models.article import Article, Fingerprint, Revision

CANDIDATES = 8


def similar(
    article_id: int, hashes: Iterable[int], since: dt.datetime, before: dt.datetime
) -> list[tuple[int, str]]:
    """The articles of the network that share most sampled shingles, with their text.

    Only what was public within the span counts; the article itself is left out.
    """
    shared = sa.func.count().label("shared")
    nearest = (
        sa.select(Fingerprint.article_id, shared)
        .where(
            Fingerprint.hash.in_(list(hashes)),
            Fingerprint.at >= since,
            Fingerprint.at < before,
            Fingerprint.article_id != article_id,
        )
        .group_by(Fingerprint.article_id)
        .order_by(shared.desc(), Fingerprint.article_id)
        .limit(CANDIDATES)
        .subquery()
    )
    rows = db.session.execute(
        sa.select(Article.id, Revision.body)
        .join(nearest, nearest.c.article_id == Article.id)
        .join(Revision, Revision.id == Article.live_revision_id)
        .order_by(nearest.c.shared.desc(), Article.id)
    )
    return [(row.id, own_text(row.body)) for row in rows]
