"""`flask serve`: everything that a first start needs, then web and jobs as two processes."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from kimcms.cli.refusals import answering
from kimcms.cli.sample import load_city
from kimcms.config import Settings
from kimcms.queries import kims as register
from kimcms.seed import reference
from kimcms.web.links import desk_url, portal_url, site_url
from kimcms.web.tools import tools

_SHOWN = ("nukus",)
_PR_SET_PDEATHSIG = 1  # of <linux/prctl.h>
_PATIENCE = 20  # seconds for requests that are under way


@click.command("setup")
@with_appcontext
def setup() -> None:
    """Bring the tables up to date, load the register of kelurahan, and the sample if wanted."""
    prepare()


def prepare() -> None:
    """The same for `serve`; doing it again changes nothing."""
    with answering():
        upgrade()
    if tools().settings.sample and not register.counts()["kelurahan"]:
        load_city()  # with the register, or nothing: a start that is broken off is done again
    else:
        reference.load(tools().clock())


@click.command("serve")
@with_appcontext
def serve() -> None:
    """Prepare, print addresses and sign-ins, and serve until the first of the two ends."""
    prepare()
    _announce(tools().settings)
    jobs = [sys.executable, "-m", "kimcms.worker"]
    sys.exit(_together({"web": _web(tools().settings), "jobs": jobs}))


def _web(settings: Settings) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "0.0.0.0"),  # noqa: S104
        *("--port", str(settings.port), "--workers", str(settings.workers)),
        *("--blocking-threads", "4", "--no-ws", "--log-level", "warning"),
        *("--respawn-failed-workers", "wsgi:app"),
    ]


def _together(commands: dict[str, list[str]]) -> int:
    """Runs the processes side by side; when one ends or a signal comes, all end. 1, and a line
    that says which, where one ended that nobody asked.

    Each has a group of its own: a web server that was killed leaves workers behind, which would
    keep the port. A web worker that dies is replaced by the web process.
    """
    root = Path(current_app.root_path).parent
    asked: list[bool] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_signal: asked.append(True))
    this = os.getpid()
    started = {
        name: subprocess.Popen(  # noqa: S603
            command,
            cwd=root,
            start_new_session=True,
            preexec_fn=lambda: _end_with(this),
        )
        for name, command in commands.items()
    }
    running = started.values()
    while not asked and all(process.poll() is None for process in running):
        time.sleep(0.2)
    for name, process in started.items():
        if process.returncode is not None:
            click.echo(f"The {name} process ended ({_ending(process.returncode)}).", err=True)
    for process in running:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    for process in running:
        with suppress(subprocess.TimeoutExpired):
            process.wait(_PATIENCE)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return 0 if asked else 1


def _end_with(parent: int) -> None:
    """In a child that is about to start: it is told to end when `serve` is gone, even by kill -9.
    Linux only; elsewhere a killed `serve` leaves its children."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it was gone already
            os._exit(1)


def _ending(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def _announce(settings: Settings) -> None:
    click.echo(f"\nPortal    {portal_url()}")
    for slug in _SHOWN:
        kim = register.by_slug(slug)
        if kim is not None:
            click.echo(f"Subsite   {site_url(kim.slug, kim.canonical_alias)}")
    click.echo(f"Newsroom  {desk_url()}")
    accounts = settings.instance / "sample-accounts.csv"
    if accounts.exists():
        click.echo(f"\nSample sign-ins (all of them in {accounts}):")
        for line in accounts.read_text(encoding="utf-8").splitlines()[1:]:
            kim_slug, role, name, password = line.split(",")
            if kim_slug in {"", *_SHOWN}:
                click.echo(f"  {role:11} {name:34} {password}")
    elif not register.open_kims():
        click.echo(
            "\nThe city is empty. Create the first account with\n"
            "  .venv/bin/flask user create EMAIL --name NAME --role diskominfo"
        )
    click.echo("\nStop with Ctrl+C.\n")
    sys.stdout.flush()
