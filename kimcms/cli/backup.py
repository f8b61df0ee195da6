"""`flask backup`: the whole city in one file, looked at, and put back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import pyrage
from flask_migrate import upgrade

from kimcms.cli.refusals import Noun, said
from kimcms.db import db
from kimcms.queries.schema import current
from kimcms.services import backups
from kimcms.services.whole import Progress
from kimcms.storage.archive import Archive, Damaged
from kimcms.web.tools import tools

backup = Noun("backup", help="The whole city in one file.")

_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
_IDENTITY = click.option(
    "--identity",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File with the private age key, for a backup that is encrypted.",
)


@backup.command("create")
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="Where to.")
def create_command(folder: Path | None) -> None:
    """Write a backup while people go on writing, and print its path."""
    settings = tools().settings
    with _steps("Writing") as progress:
        path = backups.create(
            db.engine,
            tools().stores,
            folder or settings.backup_folder,
            tools().clock(),
            schema=current(),
            recipient=settings.backup_recipient,
            progress=progress,
        )
    click.echo(f"{path} ({path.stat().st_size / 1e6:.1f} MB)")


@backup.command("verify")
@_FILE
@_IDENTITY
def verify_command(file: Path, identity: Path | None) -> None:
    """Read a backup to its end and compare every part with its manifest; exit 1 if one differs."""
    with _opened(file, identity) as archive:
        parts = archive.check()
        rows = sum(archive.manifest["rows"].values())
        click.echo(
            f"{file.name}: made {archive.manifest['made_at']}, {rows} rows, {parts} parts, "
            "all as they were written"
        )


@backup.command("restore")
@_FILE
@_IDENTITY
def restore_command(file: Path, identity: Path | None) -> None:
    """Put a backup into an empty place: make the tables, check everything, then fill it.

    Everybody signs in again, and links that were sent once are void.
    """
    upgrade()
    with _opened(file, identity) as archive, said():
        archive.check()
        with _steps("Filling") as progress:
            backups.restore(
                db.engine,
                tools().stores,
                archive,
                tools().clock(),
                schema=current(),
                progress=progress,
            )
    click.echo("restored; `flask doctor` and `flask audit verify` say whether all is well")


@backup.command("key")
def key_command() -> None:
    """Make a pair of age keys: the public one is for KIMCMS_BACKUP_RECIPIENT, the private one is
    to be kept away from this machine."""
    private = pyrage.x25519.Identity.generate()
    click.echo(f"public:  {private.to_public()}\nprivate: {private}")


@contextmanager
def _opened(file: Path, identity: Path | None) -> Iterator[Archive]:
    archive: Archive | None = None
    try:
        archive = Archive(file, identity.read_text() if identity else "")
        yield archive
    except Damaged as problem:
        raise click.ClickException(f"{file.name}: {problem}.") from None
    finally:
        if archive:
            archive.close()


@contextmanager
def _steps(label: str) -> Iterator[Progress]:
    """A bar without an end: how much is done is known, how much there is would cost a count."""
    done = 0

    def progress(steps: int) -> None:
        nonlocal done
        done += steps
        if done % 1000 < steps:
            click.echo(f"\r{label}: {done} rows and files", nl=False, err=True)

    yield progress
    click.echo(f"\r{label}: {done} rows and files", err=True)
