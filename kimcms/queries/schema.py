"""Which migration the tables are at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext

from kimcms.db import db


def of(connection: sa.Connection) -> str:
    """The revision of any database; "" where there are no tables."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def current() -> str:
    """That of the running program's own."""
    with db.engine.connect() as connection:
        return of(connection)
