"""`flask doctor`: is everything as it should be, and what to do where it is not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import click
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from kimcms.config import Settings
from kimcms.db import db
from kimcms.queries import kims as register
from kimcms.queries.schema import current
from kimcms.web.tools import tools

Finding = tuple[bool, str]


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Check settings, database, migrations, folders and the register; exit 1 where one fails."""
    findings = [*_settings(), *_folders(), *_database()]
    for fine, text in findings:
        click.echo(("ok    " if fine else "WRONG ") + text)
    if not all(fine for fine, _text in findings):
        raise SystemExit(1)


def _settings() -> Iterator[Finding]:
    settings = tools().settings
    yield True, f"settings: domain {settings.domain}, port {settings.port}"
    for name in Settings.unknown(os.environ):
        yield False, f"{name} is no setting: correct its name, docs/settings.md lists them all"
    if settings.scheme == "http" and not settings.domain.endswith("localhost"):
        yield (
            False,
            "browsers keep no sign-in over http on this domain: put a proxy with HTTPS before it "
            "and set KIMCMS_SCHEME=https",
        )
    if settings.scheme == "https" and not settings.trusted_proxies:
        yield (
            False,
            "https needs a proxy, and its headers are not believed: set KIMCMS_TRUSTED_PROXIES=1",
        )


def _folders() -> Iterator[Finding]:
    settings = tools().settings
    for folder in (settings.instance, settings.media_root):
        yield _writable(folder)
    key = settings.instance / "secret_key"
    if key.exists():
        private = key.stat().st_mode & 0o077 == 0
        yield (
            private,
            f"{key} is readable by its owner only" + ("" if private else f": run chmod 600 {key}"),
        )


def _writable(folder: Path) -> Finding:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".doctor"
        probe.write_text("")
        probe.unlink()
    except OSError as problem:
        return False, f"{folder} cannot be written ({problem.strerror}): give it to this user"
    return True, f"{folder} can be written"


def _database() -> Iterator[Finding]:
    try:
        found = current()
    except SQLAlchemyError as problem:
        reason = str(problem).splitlines()[0]
        yield False, f"the database does not answer ({reason}): check KIMCMS_DATABASE_URL"
        return
    yield True, f"database: {db.engine.dialect.name}"
    config = Config()
    folder = Path(current_app.root_path).parent / "migrations"
    config.set_main_option("script_location", str(folder))
    newest = ScriptDirectory.from_config(config).get_current_head()
    if found != newest:
        yield False, f"the tables are at {found or 'nothing'}, not {newest}: run flask db upgrade"
        return
    yield True, f"migrations: {found}"
    counts = register.counts()
    fine = counts == register.EXPECTED
    yield (
        fine,
        f"register: {counts['kelurahan']} kelurahan in {counts['kecamatan']} kecamatan"
        + ("" if fine else ", not 57 in 5: run flask setup"),
    )
