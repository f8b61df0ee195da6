"""Revisions of an article, as its history shows them."""

from __future__ import annotations

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.revisions import MOST
from kimcms.models.article import Article, Revision
from kimcms.models.event import Event


def run_of(article_id: int, user_id: int) -> list[Revision]:
    """The unbroken run of one person's autosaves with which the history ends, oldest first.

    Whatever else happened to the article is an event, and ends the run before it: nothing that an
    event, a correction, a review or a note may mean is part of one.
    """
    entries = db.session.scalars(
        sa.select(Revision)
        .where(Revision.article_id == article_id, Revision.folded_at.is_(None))
        .order_by(Revision.number.desc())
        .limit(MOST)
    )
    happened = db.session.execute(
        sa.select(Event.verb, Event.actor_id)
        .where(Event.object_type == Article.__tablename__, Event.object_id == article_id)
        .order_by(Event.id.desc())
        .limit(MOST)
    )
    run: list[Revision] = []
    for entry, (verb, actor_id) in zip(entries, happened, strict=False):
        theirs = entry.author_id == actor_id == user_id
        if not theirs or verb != "article.save" or entry.auto_since is None:
            break
        run.insert(0, entry)
    return run
