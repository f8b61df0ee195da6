"""Commands for the operator's shell: `flask <noun> <verb>`."""

from flask import Flask
from flask_migrate.cli import db as migrations

from kimcms.cli import audit, backup, doctor, kims, move, sample, search, serve, tracker, users


def install(app: Flask) -> None:
    """Attach all commands. Called once by the wiring."""
    migrations.add_command(move.copy_command)
    for command in (
        audit.audit,
        backup.backup,
        doctor.doctor,
        kims.kim,
        sample.sample,
        search.search,
        serve.serve,
        serve.setup,
        tracker.tracker,
        users.user,
    ):
        app.cli.add_command(command)
