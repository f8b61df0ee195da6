"""Migrating an empty database gives exactly the models' schema, up and down, on both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade

from kimcms.app import create_app
from kimcms.config import Settings
from kimcms.db import db
from kimcms.domain.chain import CITY_CHAIN
from kimcms.models.search import is_index_of_search
from kimcms.queries import chain
from tests import databases


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    environ = {"KIMCMS_INSTANCE": str(tmp_path), "KIMCMS_ARGON2_COST": "test"}
    if request.param == "postgresql":
        urls = databases.postgres("migrated")
        environ |= {"KIMCMS_DATABASE_URL": urls.app, "KIMCMS_MIGRATIONS_URL": urls.owner}
    yield create_app(Settings.read(environ))
    if request.param == "postgresql":
        databases.drop(urls)


OPTIONS = {
    "compare_type": True,
    "include_name": lambda name, kind, _parents: not is_index_of_search(name, kind),
}


def differences(connection: sa.Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts=OPTIONS)
    return list(compare_metadata(context, db.metadata))


def test_up_is_the_models_and_down_is_nothing(empty: Flask) -> None:
    with empty.app_context():
        upgrade()
        with db.engine.connect() as connection:
            assert differences(connection) == []
            assert foreign_keys(connection) == {
                (table.name, tuple(key.column_keys), key.referred_table.name)
                for table in db.metadata.tables.values()
                for key in table.foreign_key_constraints
            }
        downgrade(revision="base")
        with db.engine.connect() as connection:
            assert set(sa.inspect(connection).get_table_names()) == {"alembic_version"}
        upgrade()
        db.session.remove()
        db.engine.dispose()


def foreign_keys(connection: sa.Connection) -> set[tuple[str, tuple[str, ...], str]]:
    """What the database itself says: circles between tables are easily lost on one of the two."""
    inspector = sa.inspect(connection)
    return {
        (table, tuple(key["constrained_columns"]), key["referred_table"])
        for table in inspector.get_table_names()
        for key in inspector.get_foreign_keys(table)
    }


def test_a_difference_is_seen(empty: Flask) -> None:
    with empty.app_context():
        upgrade()
        owner = empty.extensions["kimcms"].settings.migrations_url
        engine = sa.create_engine(owner) if owner else db.engine
        with engine.begin() as connection:
            connection.execute(sa.text("ALTER TABLE kim ADD COLUMN stray INTEGER"))
            assert differences(connection)
        engine.dispose()
        db.session.remove()
        db.engine.dispose()


def test_own_pages_and_about_texts_come_along(empty: Flask) -> None:
    at, nothing = "2026-11-24 05:00:00", {"tagline": "", "address": "", "phone": "", "email": ""}
    old = {
        "kecamatan": {"id": 1, "code": "1", "slug": "sukun", "name": "Sukun"},
        "kelurahan": {"id": 1, "kecamatan_id": 1, "code": "11", "slug": "sukun", "name": "Sukun"},
        "kim": nothing
        | {"id": 1, "kelurahan_id": 1, "name": "KIM", "slug": "kim", "links": "[]"}
        | {"about": "Satu & dua\n\n<b>Tiga</b>", "accent": "bata", "is_sample": False},
        "city_page": {"id": 7, "slug": "aduan", "title": "Aduan", "body": "<p>112</p>", "rank": 1}
        | {"published": True, "version": 2, "before": '{"rank": 1}', "changed_at": at},
    }
    with empty.app_context():
        upgrade(revision="0011")
        with db.engine.begin() as connection:
            inspector = sa.inspect(connection)
            for name, row in old.items():
                known = {column["name"]: column for column in inspector.get_columns(name)}
                missing = {n for n, c in known.items() if not c["nullable"]} - row.keys()
                table = sa.table(name, *(sa.column(n) for n in [*row, *missing]))
                connection.execute(sa.insert(table).values(row | dict.fromkeys(missing, "")))
        upgrade()
        with db.engine.begin() as connection:
            about = connection.scalar(sa.text("SELECT about FROM kim"))
            assert about == "<p>Satu &amp; dua</p><p>&lt;b&gt;Tiga&lt;/b&gt;</p>"
            page = connection.execute(sa.text("SELECT id, kim_id, slug, version FROM own_page"))
            assert page.all() == [(7, None, "aduan", 2)]
            new = "INSERT INTO own_page (slug, former, title, body, rank, published, version, "
            new += f"changed_at) VALUES ('b', '[]', 'B', '', 1, false, 1, '{at}') RETURNING id"
            assert connection.scalar(sa.text(new)) == 8  # the numbers go on
        db.session.remove()
        db.engine.dispose()


def test_what_happened_before_is_chained(empty: Flask) -> None:
    at = "2026-11-24 05:00:00.500000"
    row = f"""('{at}', 'test', '', 'é', '{{}}', '{{"n":  1}}')"""
    with empty.app_context():
        upgrade(revision="0015")
        with db.engine.begin() as connection:
            names = "INSERT INTO event (at, verb, object_type, reason, before, after) "
            connection.execute(sa.text(f"{names} VALUES {', '.join([row] * 3)}"))
        upgrade()
        assert list(chain.faults({})) == []
        assert chain.heads()[CITY_CHAIN].place == 3
        db.session.remove()
        db.engine.dispose()
