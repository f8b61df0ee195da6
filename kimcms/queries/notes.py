"""The notes beside an item's paragraphs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from kimcms.db import LARGEST_ID, db
from kimcms.domain.blocks import blocks, said
from kimcms.domain.notes import place_of
from kimcms.models.account import User
from kimcms.models.article import Article
from kimcms.models.note import Note


@dataclass(frozen=True, slots=True)
class Beside:
    """A note and the paragraph it stands beside; no `place` where that was changed since."""

    id: int
    anchor: str
    text: str
    by: str
    at: dt.datetime
    fixed_at: dt.datetime | None
    place: int | None


def beside(article: Article) -> list[Beside]:
    """The notes of an item in the order of its newest paragraphs. What is done is left out once
    readers have what came of it."""
    body = article.newest.body if article.newest else ""
    done = sa.true() if article.live_at is None else Note.made_at > article.live_at
    rows = db.session.execute(
        sa.select(Note.id, Note.anchor, Note.text, User.name, Note.made_at, Note.fixed_at)
        .join(User, User.id == Note.made_by)
        .where(Note.article_id == article.id, sa.or_(Note.fixed_at.is_(None), done))
        .order_by(Note.id)
    ).all()
    if not rows:
        return []
    paragraphs = [said(block) for block in blocks(body)]
    found = [Beside(*row._tuple(), place_of(row.anchor, paragraphs)) for row in rows]
    return sorted(found, key=lambda note: len(paragraphs) if note.place is None else note.place)


def note(article_id: int, note_id: int) -> Note | None:
    """One note of an item; the number may be anything that was sent."""
    if not 0 < note_id <= LARGEST_ID:
        return None
    return db.session.scalar(
        sa.select(Note).where(Note.id == note_id, Note.article_id == article_id)
    )


def count(article_id: int) -> int:
    """How many notes an item has."""
    found = sa.select(sa.func.count()).select_from(Note).where(Note.article_id == article_id)
    return db.session.scalar(found) or 0
