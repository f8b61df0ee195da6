"""The page on which an item of the city feed is decided: all that a moderator wants to know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import g

from kimcms.domain.clock import day_of, months_before, start_of
from kimcms.domain.compare import Passage
from kimcms.domain.html import own_text
from kimcms.domain.likeness import share
from kimcms.domain.workflow import FeedState
from kimcms.models.account import User
from kimcms.models.appeal import Appeal
from kimcms.models.article import Article, Revision
from kimcms.models.kim import Kim
from kimcms.queries import appeals, bylines, clusters
from kimcms.queries import desk as newsroom
from kimcms.queries import media as pictures
from kimcms.queries import review as queue
from kimcms.queries.articles import categories
from kimcms.queries.claims import Holder
from kimcms.queries.desk import Happening
from kimcms.queries.review import Alike
from kimcms.web.desk import changes, claims, standing, waiting
from kimcms.web.desk.standing import Told

RECORD_MONTHS = 6
ALIKE_FROM = 0.2  # what shares less is not worth a look


@dataclass(frozen=True)
class Shown:
    """What the page shows; `moves` is what may be decided, empty where it is for somebody else."""

    article: Article
    kim: Kim
    revision: Revision
    topic: str | None
    writers: Sequence[User]
    photo: Any
    changed: list[Passage] | None
    appeal: Appeal | None
    barred: bool  # decided first, and appealed against
    waits: bool
    other: Holder | None
    said: Any
    record: dict[FeedState, int]
    card: Told | None
    alike: list[tuple[Alike, int]]
    history: list[Happening]


def open_item(article: Article) -> Shown:
    """It is looked at: from now on this person's, while there is something to decide."""
    appeal = appeals.open_of(article.id)
    barred = appeal is not None and appeal.decided_by == waiting.me()
    other = None
    if _waits(article) and not barred:
        other = claims.hold(article, article.live_revision_id)
    return shown(article, other)


def shown(article: Article, other: Holder | None = None) -> Shown:
    """Everything about it as it is now. As many queries however much there is."""
    live = article.live
    assert live is not None  # the gate lets nobody at an item that was never public
    read = newsroom.revision(article.id, article.reviewed_revision_id or 0)
    photo = pictures.photos(article.kim_id, [live.photo_id]) if live.photo_id else {}
    appeal = appeals.open_of(article.id)
    since = start_of(months_before(day_of(g.now), RECORD_MONTHS))
    card = clusters.card(article.kim_id)
    return Shown(
        article=article,
        kim=article.kim,
        revision=live,
        topic=next((t.name for t in categories() if t.id == article.category_id), None),
        writers=bylines.of(article),
        photo=photo.get(live.photo_id or 0),
        changed=changes.text(read, live) if read and read.id != live.id else None,
        appeal=appeal,
        barred=appeal is not None and appeal.decided_by == waiting.me(),
        waits=_waits(article),
        other=other,
        said=claims.sentence,
        record=queue.record(article.kim_id, since),
        card=standing.told(card) if card else None,
        alike=_alike(article, live),
        history=newsroom.history(article.id),
    )


def _waits(article: Article) -> bool:
    unread: dt.datetime | None = article.unread_since
    return article.feed_state is FeedState.PENDING or (unread is not None and unread <= g.now)


def _alike(article: Article, live: Revision) -> list[tuple[Alike, int]]:
    """Items that this one shares much with, and how many of a hundred of its phrases."""
    own = own_text(live.body)
    found = [(one, share(own, own_text(one.body))) for one in queue.alike(article.id)]
    return [(one, round(part * 100)) for one, part in found if part >= ALIKE_FROM]
