"""Which migration the tables are at."""

from __future__ import annotations

from alembic.runtime.migration import MigrationContext

from kimcms.db import db


def current() -> str:
    """The revision; "" in a database without tables."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""
