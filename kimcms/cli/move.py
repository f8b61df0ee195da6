"""`flask db copy`: a city moves to another database, such as from SQLite to PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import click
import sqlalchemy as sa
from flask.cli import with_appcontext
from sqlalchemy.exc import ArgumentError

from kimcms.cli.refusals import answering, said
from kimcms.db import CITY, prepare, tell
from kimcms.queries import schema, whole
from kimcms.queries.whole import Row
from kimcms.services.whole import fill


@click.command("copy")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@with_appcontext
def copy_command(source: str, target: str) -> None:
    """Copy all rows from one database URL to another, which is empty, and compare both.

    Stop the program first: what is written meanwhile stays behind. Photos and papers are files,
    and stay where they are.
    """
    with answering(), said():
        here, there = _engine(source), _engine(target)
        _flask(target, "db", "upgrade")
        with here.begin() as connection:
            tell(connection, CITY)
            _same_tables(connection, there)

            def rows(table: sa.Table) -> Iterator[Row]:
                return whole.rows(connection, table)

            with click.progressbar(length=whole.count(connection), label="Copying") as bar:
                fill(there, rows, bar.update)
            before = whole.state(connection)
        with there.begin() as connection:
            tell(connection, CITY)
            after = whole.state(connection)
        for name, (count, _digest) in before.items():
            click.echo(
                f"{name:20} {count:>10}  {'same' if after[name] == before[name] else 'OTHER'}"
            )
        if before != after:
            raise click.ClickException("The copy is not the same. Nothing was changed at FROM.")
        _flask(target, "search", "rebuild")
    click.echo("Both are the same. Set KIMCMS_DATABASE_URL to the new one and start again.")


def _engine(url: str) -> sa.Engine:
    try:
        options = {} if url.startswith("sqlite") else {"isolation_level": "REPEATABLE READ"}
        engine = sa.create_engine(url, **options)
    except ArgumentError as problem:
        raise click.ClickException(f"Not a database URL: {problem}") from None
    prepare(engine)
    return engine


def _same_tables(connection: sa.Connection, there: sa.Engine) -> None:
    with there.connect() as other:
        if schema.of(connection) != schema.of(other):
            raise click.ClickException(
                "The tables at FROM are of another version: run `flask db upgrade` there first."
            )


def _flask(url: str, *words: str) -> None:
    """A command of this program on the other database."""
    environ = os.environ | {"KIMCMS_DATABASE_URL": url}
    done = subprocess.run(  # noqa: S603 (our own command)
        [sys.executable, "-m", "flask", "--app", "wsgi", *words],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise click.ClickException(done.stderr.strip() or done.stdout.strip())
