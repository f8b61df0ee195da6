"""Photos, and whether a reader may see one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from kimcms.db import LARGEST_ID, db
from kimcms.domain.html import Photo
from kimcms.models.article import Article, Revision, RevisionMedia
from kimcms.models.kim import Kim
from kimcms.models.media import Kind, Media
from kimcms.queries.paging import Cursor, Page, beyond
from kimcms.queries.visible import in_feed, is_public

PAGE = 24


def photos(kim_id: int, media_ids: Iterable[int]) -> dict[int, Photo]:
    """Those of the named photos that belong to the KIM."""
    # Numbers come from what was typed; no row has one that its column cannot hold.
    possible = [media_id for media_id in media_ids if 0 < media_id <= LARGEST_ID]
    rows = db.session.scalars(
        sa.select(Media).where(
            Media.kim_id == kim_id, Media.id.in_(possible), _is(Kind.PHOTO), Media.gone_at.is_(None)
        )
    )
    return {row.id: row.photo for row in rows}


def pdfs(kim_id: int, media_ids: Iterable[int]) -> dict[int, Media]:
    """Those of the named PDFs that a KIM has."""
    possible = [media_id for media_id in media_ids if 0 < media_id <= LARGEST_ID]
    if not possible:
        return {}
    found = sa.select(Media).where(
        Media.kim_id == kim_id, Media.id.in_(possible), _is(Kind.PDF), Media.gone_at.is_(None)
    )
    return {row.id: row for row in db.session.scalars(found)}


def media(media_id: int) -> Media | None:
    return db.session.get(Media, media_id)


def of_kim(kim_id: int, media_id: int) -> Media | None:
    """A photo or PDF that a KIM has."""
    return db.session.scalar(
        sa.select(Media).where(
            Media.id == media_id, Media.kim_id == kim_id, Media.gone_at.is_(None)
        )
    )


def _is(kind: Kind) -> sa.ColumnElement[bool]:
    return Media.kind == kind


def library(
    kim_id: int,
    kind: Kind = Kind.PHOTO,
    words: str = "",
    after: Cursor | None = None,
    size: int = PAGE,
) -> Page[Media]:
    """What a KIM has, newest first; with `words` those that have all of them in their caption,
    alternative text or credit."""
    said = sa.func.lower(Media.caption + " " + Media.alt + " " + Media.credit)
    found = list(
        db.session.scalars(
            sa.select(Media)
            .where(
                Media.kim_id == kim_id,
                _is(kind),
                Media.gone_at.is_(None),
                *(said.contains(word, autoescape=True) for word in words.lower().split()[:10]),
                beyond(Media.created_at, Media.id, after),
            )
            .order_by(Media.created_at.desc(), Media.id.desc())
            .limit(size + 1)
        )
    )
    more, found = len(found) > size, found[:size]
    return Page(found, Cursor(found[-1].created_at, found[-1].id) if more else None)


@dataclass(frozen=True, slots=True)
class Use:
    """An article whose live or newest revision shows a photo or offers a PDF."""

    article: Article
    title: str


def uses(media_id: int) -> list[Use]:
    """Where a photo or PDF is used, last touched first."""
    rows = db.session.execute(
        sa.select(Article, Revision.title)
        .join(Revision, Revision.id == Article.newest_revision_id)
        .where(Article.id.in_(_users(media_id)))
        .order_by(Article.touched_at.desc(), Article.id.desc())
    )
    return [Use(article, title) for article, title in rows]


def _users(media_id: int) -> sa.CompoundSelect[tuple[int]]:
    # Two walks along the indexes of both columns, where an OR would read all articles.
    shown = sa.select(RevisionMedia.revision_id).where(RevisionMedia.media_id == media_id)
    return sa.union(
        sa.select(Article.id).where(Article.live_revision_id.in_(shown)),
        sa.select(Article.id).where(Article.newest_revision_id.in_(shown)),
    )


def is_logo(media_id: int) -> bool:
    return bool(db.session.scalar(sa.select(sa.exists().where(Kim.logo_id == media_id))))


def with_faces(revision_id: int) -> list[Media]:
    """The photos of a revision on which a child can be recognised and nothing was blurred."""
    return list(
        db.session.scalars(
            sa.select(Media)
            .join(RevisionMedia, RevisionMedia.media_id == Media.id)
            .where(
                RevisionMedia.revision_id == revision_id, Media.faces.is_(True), Media.version == 0
            )
            .order_by(Media.id)
        )
    )


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
    return db.session.scalar(
        sa.select(Media).where(Media.id == media_id, _is(Kind.PHOTO), _shown_by(in_feed(now)))
    )


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
