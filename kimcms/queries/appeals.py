"""Appeals against the Forum's decisions."""

from __future__ import annotations

from kimcms.db import db
from kimcms.models.appeal import Appeal


def of(article_id: int) -> Appeal | None:
    """The one appeal of an item, open or answered."""
    return db.session.get(Appeal, article_id)


def open_of(article_id: int) -> Appeal | None:
    """The appeal that waits for an answer."""
    appeal = of(article_id)
    return appeal if appeal is not None and appeal.answered_at is None else None
