"""The Forum's ready words."""

from __future__ import annotations

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.phrases import MOST
from kimcms.models.phrase import Phrase


def phrases() -> list[Phrase]:
    """All of them, by name."""
    return list(db.session.scalars(sa.select(Phrase).order_by(Phrase.name, Phrase.id).limit(MOST)))


def phrase(phrase_id: int) -> Phrase | None:
    return db.session.get(Phrase, phrase_id)
