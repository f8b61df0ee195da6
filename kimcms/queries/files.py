"""Private files of one KIM."""

from __future__ import annotations

import sqlalchemy as sa

from kimcms.db import db
from kimcms.models.media import PrivateFile


def file(kim_id: int, file_id: int) -> PrivateFile | None:
    return db.session.scalar(
        sa.select(PrivateFile).where(PrivateFile.id == file_id, PrivateFile.kim_id == kim_id)
    )
