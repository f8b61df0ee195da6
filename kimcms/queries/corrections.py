"""Corrections and withdrawals as readers see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from kimcms.db import BigId, UtcDateTime
from kimcms.domain.corrections import Note
from kimcms.domain.workflow import Exposure, FeedState, Withdrawal
from kimcms.models.article import Article, Revision
from kimcms.models.correction import Correction
from kimcms.models.kim import Kim
from kimcms.queries.paging import Cursor, Page
from kimcms.queries.rows import rows
from kimcms.queries.visible import NOW, in_feed, is_public, site_open

PAGE = 20
# Reasons that protect somebody: the title itself may hold what is being protected.
UNNAMED = frozenset({Withdrawal.CHILD, Withdrawal.PRIVACY, Withdrawal.SOURCE, Withdrawal.LAW})


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list: a correction, or (note None) a withdrawal, then with its reason.
    `title` and `slug` are None where they may not be named."""

    id: int
    at: dt.datetime
    title: str | None
    slug: str | None
    kim: str
    kim_slug: str
    kim_alias: str | None
    note: Note | None
    why: Withdrawal | None
    reason: str


def of_site(kim_id: int, now: dt.datetime, after: Cursor | None = None) -> Page[Entry]:
    """What a KIM corrected and took away, newest first."""
    return _page("site", after, {"now": now, "kim_id": kim_id})


def of_city(now: dt.datetime, after: Cursor | None = None) -> Page[Entry]:
    """The same of what stands or stood in the city feed."""
    return _page("feed", after, {"now": now})


def _page(shown: str, after: Cursor | None, given: dict[str, Any]) -> Page[Entry]:
    """Two lists as one. A line's number is twice its id, and one more for a withdrawal, so that a
    cursor names one line of either."""
    if after is not None:
        given |= {"after_at": after.at, "after_id": after.id}
    corrected, gone = _statements(shown, after is not None)
    found = [_correction(row) for row in rows(corrected, given)]
    found += [_withdrawal(row) for row in rows(gone, given)]
    found.sort(key=lambda entry: (entry.at, entry.id), reverse=True)
    more = len(found) > PAGE
    found = found[:PAGE]
    return Page(found, Cursor(found[-1].at, found[-1].id) if more else None)


def _correction(row: Sequence[Any]) -> Entry:
    number, at, title, slug, kim, kim_slug, alias, kind, mistake, correct = row
    note = Note(kind, mistake, correct, at)
    return Entry(number, at, title, slug, kim, kim_slug, alias, note, None, "")


def _withdrawal(row: Sequence[Any]) -> Entry:
    number, at, title, slug, kim, kim_slug, alias, why, reason = row
    if why in UNNAMED:
        title = slug = None
    return Entry(number, at, title, slug, kim, kim_slug, alias, None, why, reason)


@cache
def _statements(shown: str, paged: bool) -> tuple[sa.Select[Any], sa.Select[Any]]:
    about = (
        Revision.title,
        Article.slug,
        Kim.name,
        Kim.slug,
        sa.case((Kim.alias_verified_at.is_not(None), Kim.alias_domain)),
    )
    corrected = (
        sa.select(
            (Correction.id * 2).label("number"),
            Correction.at,
            *about,
            Correction.kind,
            Correction.mistake,
            Correction.correct,
        )
        .select_from(Correction)
        .join(Article, Article.id == Correction.article_id)
        .where(in_feed(NOW) if shown == "feed" else is_public(NOW))
    )
    gone = (
        sa.select(
            (Article.id * 2 + 1).label("number"),
            Article.withdrawn_at,
            *about,
            Article.withdrawn_for,
            Article.withdrawn_note,
        )
        .select_from(Article)
        .where(
            Article.exposure == sa.literal_column(f"'{Exposure.WITHDRAWN.value}'"),
            Article.public_at <= Article.withdrawn_at,
            site_open(),
        )
    )
    if shown == "feed":
        gone = gone.where(Article.feed_state == sa.literal_column(f"'{FeedState.ACCEPTED.value}'"))
    else:
        kim_id = sa.bindparam("kim_id", type_=BigId)
        corrected = corrected.where(Correction.kim_id == kim_id)
        gone = gone.where(Article.kim_id == kim_id)
    return (
        _cut(corrected, Correction.at, Correction.id, Correction.id * 2, paged),
        _cut(gone, Article.withdrawn_at, Article.id, Article.id * 2 + 1, paged),
    )


def _cut(found: sa.Select[Any], at: Any, row_id: Any, number: Any, paged: bool) -> sa.Select[Any]:
    found = (
        found.join(Kim, Kim.id == Article.kim_id)
        .join(Revision, Revision.id == Article.live_revision_id)
        .order_by(at.desc(), row_id.desc())
        .limit(PAGE + 1)
    )
    if paged:
        after_at = sa.bindparam("after_at", type_=UtcDateTime())
        later = number < sa.bindparam("after_id", type_=BigId)
        found = found.where(at <= after_at, sa.or_(at < after_at, later))
    return found
