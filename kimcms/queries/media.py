"""Photos, and whether a reader may see one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import sqlalchemy as sa

from kimcms.db import LARGEST_ID, db
from kimcms.domain.html import Photo
from kimcms.models.article import Article, RevisionMedia
from kimcms.models.kim import Kim
from kimcms.models.media import Media
from kimcms.queries.visible import in_feed, is_public


def photos(kim_id: int, media_ids: Iterable[int]) -> dict[int, Photo]:
    """Those of the named photos that belong to the KIM."""
    # Numbers come from what was typed; no row has one that its column cannot hold.
    possible = [media_id for media_id in media_ids if 0 < media_id <= LARGEST_ID]
    rows = db.session.execute(
        sa.select(Media.id, Media.width, Media.height, Media.widths).where(
            Media.kim_id == kim_id, Media.id.in_(possible)
        )
    )
    return {row.id: Photo(row.id, row.width, row.height, tuple(row.widths)) for row in rows}


def media(media_id: int) -> Media | None:
    return db.session.get(Media, media_id)


def shown_on_site(kim_id: int, media_id: int, now: dt.datetime) -> Media | None:
    """The photo, if a public article of the KIM shows it or it is the subsite's logo."""
    return db.session.scalar(
        sa.select(Media).where(
            Media.id == media_id,
            Media.kim_id == kim_id,
            sa.or_(
                _shown_by(is_public(now)),
                sa.exists().where(Kim.id == Media.kim_id, Kim.logo_id == Media.id),
            ),
        )
    )


def shown_in_city(media_id: int, now: dt.datetime) -> Media | None:
    """The photo, if an article of the city feed shows it."""
    return db.session.scalar(sa.select(Media).where(Media.id == media_id, _shown_by(in_feed(now))))


def _shown_by(predicate: sa.ColumnElement[bool]) -> sa.Exists:
    return (
        sa.select(sa.literal(1))
        .select_from(RevisionMedia)
        .join(Article, Article.live_revision_id == RevisionMedia.revision_id)
        .join(Kim, Kim.id == Article.kim_id)
        .where(RevisionMedia.media_id == Media.id, predicate)
        .correlate(Media)
        .exists()
    )


def was_shown(media_id: int, now: dt.datetime) -> bool:
    """Whether an article that has been public shows the photo, or it is a logo: what the city's
    roles may see."""
    return bool(
        db.session.scalar(
            sa.select(sa.literal(1))
            .select_from(RevisionMedia)
            .join(Article, Article.live_revision_id == RevisionMedia.revision_id)
            .where(RevisionMedia.media_id == media_id, Article.public_at <= now)
            .union_all(sa.select(sa.literal(1)).where(Kim.logo_id == media_id))
            .limit(1)
        )
    )
