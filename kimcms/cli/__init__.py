"""Commands for the operator's shell: `flask <noun> <verb>`."""

from flask import Flask

from kimcms.cli import audit, doctor, kims, sample, search, serve, tracker, users


def install(app: Flask) -> None:
    """Attach all commands. Called once by the wiring."""
    for command in (
        audit.audit,
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
