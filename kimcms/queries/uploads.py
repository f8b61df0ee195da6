"""Files on their way."""

from __future__ import annotations

import sqlalchemy as sa

from kimcms.db import db
from kimcms.models.media import Upload


def upload(user_id: int, kim_id: int, key: str) -> Upload | None:
    """What a person announced for a KIM under a key of theirs."""
    return db.session.scalar(
        sa.select(Upload).where(
            Upload.user_id == user_id, Upload.kim_id == kim_id, Upload.key == key
        )
    )


def unfinished(user_id: int) -> int:
    """How many files of a person wait for their rest."""
    return (
        db.session.scalar(
            sa.select(sa.func.count(Upload.id)).where(
                Upload.user_id == user_id, Upload.media_id.is_(None)
            )
        )
        or 0
    )
