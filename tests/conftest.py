"""The fixed cast, on both databases: every test that asks for `city` runs on SQLite and on
PostgreSQL. A template with the cast is made once a worker and copied for each test."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask_migrate import upgrade
from hypothesis import settings

from kimcms.app import create_app
from kimcms.config import Settings
from kimcms.db import db
from tests import databases
from tests.world import CAST_AT, City, Clock, engage

# Nothing is asserted on wall time: a busy machine is no fault.
settings.register_profile("kimcms", deadline=None)
settings.load_profile("kimcms")


FILES = ("media", "private", "outbox", "uploads")


class Stage:
    """One database of one worker, with the app that works on it."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind = kind
        self.instance = folder / kind
        environ = {
            "KIMCMS_INSTANCE": str(self.instance),
            "KIMCMS_ARGON2_COST": "test",
            "KIMCMS_SECRET_KEY": "k" * 40,
            "KIMCMS_DORMANT_DAYS": "0",  # clocks jump; the test of sleep says otherwise
        }
        if kind == "postgresql":
            self.urls = databases.postgres("kimcms")
            environ["KIMCMS_DATABASE_URL"] = self.urls.app
            environ["KIMCMS_MIGRATIONS_URL"] = self.urls.owner
        self.clock = Clock(CAST_AT)
        self.kept: dict[str, dt.datetime] = {}
        self.app = create_app(Settings.read(environ), self.clock)
        with self.app.app_context():
            upgrade()
            self.cast = engage(self.app)
            db.session.remove()
        self._keep()

    @property
    def _file(self) -> Path:
        return self.instance / "kimcms.sqlite3"

    def _dispose(self) -> None:
        self.app.extensions["pagecache"].close()  # the database is exchanged below it
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()

    def close(self) -> None:
        self._dispose()
        if self.kind == "postgresql":
            databases.drop(self.urls, self.kept)

    def _keep(self, name: str = "cast") -> None:
        """Make what is there now a template: the database, the files and the hour."""
        self._dispose()
        self.kept[name] = self.clock.now
        if self.kind == "sqlite":
            with sqlite3.connect(self._file) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
            shutil.copy(self._file, self._file.with_suffix(f".{name}"))
        else:
            self._admin(f'CREATE DATABASE "{self._name}_{name}" TEMPLATE "{self._name}"')
        for folder in FILES:
            if (self.instance / folder).exists():
                shutil.copytree(self.instance / folder, self.instance / "kept" / name / folder)

    def once(self, name: str, make: Callable[[], object]) -> None:
        """What `make` does to the city as it was cast: done once a worker, copied after that."""
        if name not in self.kept:
            make()
            db.session.remove()  # the test's own; `_dispose` sees to the others
            self._keep(name)
        else:
            db.session.remove()
            self._restore(name)

    def reset(self) -> City:
        """Everything as it was cast."""
        self._restore("cast")
        return City(self.app, self.clock, self.cast, self.kind, self.once)

    def _restore(self, name: str) -> None:
        self._dispose()
        if self.kind == "sqlite":
            for leftover in ("-wal", "-shm"):
                Path(f"{self._file}{leftover}").unlink(missing_ok=True)
            shutil.copy(self._file.with_suffix(f".{name}"), self._file)
        else:
            self._admin(
                f'DROP DATABASE IF EXISTS "{self._name}" WITH (FORCE)',
                f'CREATE DATABASE "{self._name}" TEMPLATE "{self._name}_{name}"',
            )
        for folder in FILES:
            shutil.rmtree(self.instance / folder, ignore_errors=True)
            if (kept := self.instance / "kept" / name / folder).exists():
                shutil.copytree(kept, self.instance / folder)
        self.clock.now = self.kept[name]

    @property
    def _name(self) -> str:
        name = sa.make_url(self.urls.app).database
        assert name
        return name

    def _admin(self, *statements: str) -> None:
        root = sa.make_url(self.urls.owner).set(username="postgres", database="postgres")
        engine = sa.create_engine(root, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(sa.text(statement))
        engine.dispose()


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Stage]]:
    """Made when first asked for, kept for the worker's life."""
    made: dict[str, Stage] = {}
    yield made
    for stage in made.values():
        stage.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def city(
    request: pytest.FixtureRequest,
    stages: dict[str, Stage],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[City]:
    """The fixed cast in a fresh database, within an app context."""
    kind = request.param
    if kind not in stages:
        stages[kind] = Stage(kind, tmp_path_factory.mktemp("stage"))
    fresh = stages[kind].reset()
    with fresh.app.app_context():
        yield fresh
        db.session.remove()


@pytest.fixture
def on_sqlite(stages: dict[str, Stage], tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """The same on SQLite alone, for what does not depend on the database."""
    if "sqlite" not in stages:
        stages["sqlite"] = Stage("sqlite", tmp_path_factory.mktemp("stage"))
    fresh = stages["sqlite"].reset()
    with fresh.app.app_context():
        yield fresh
        db.session.remove()
