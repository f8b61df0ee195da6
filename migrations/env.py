"""Runs migrations with the owner's URL, where one is set apart from the program's own."""

from __future__ import annotations

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import create_engine
from sqlalchemy.types import TypeEngine

from kimcms.db import db, prepare
from kimcms.models.search import is_index_of_search


def render_item(kind: str, item: Any, _autogen: Any) -> Any:
    """Plain types in migrations, so that they stand on their own when the code moves on."""
    if kind == "type" and isinstance(item, TypeEngine) and type(item).__module__ == "kimcms.db":
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    url = current_app.extensions["kimcms"].settings.migrations_url
    engine = create_engine(url) if url else db.engine
    if url:
        prepare(engine)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            render_item=render_item,
            compare_type=True,
            include_name=lambda name, kind, _parents: not is_index_of_search(name, kind),
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
    if url:
        engine.dispose()


run()
