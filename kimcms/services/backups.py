"""Backups: the whole city in one file, and back from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import sqlalchemy as sa

from kimcms.db import CITY, kim_scope, tell
from kimcms.domain.chain import CITY_CHAIN
from kimcms.domain.refusal import Refused
from kimcms.models.event import ChainHead
from kimcms.models.media import Media
from kimcms.queries import whole
from kimcms.services.whole import Progress, fill, settle
from kimcms.storage.archive import SEALED, SUFFIX, Archive, Writer
from kimcms.storage.files import FileStore

_TRIES = 3
_BEGINS, _STAMP = "kimcms-", "%Y%m%dT%H%M%SZ"


class Moving(Exception):
    """A photo that the rows name went away while its file was to be copied."""


def create(
    engine: sa.Engine,
    stores: Mapping[str, FileStore],
    folder: Path,
    now: dt.datetime,
    *,
    schema: str,
    recipient: str = "",
    progress: Progress = lambda steps: None,
) -> Path:
    """Write a backup of what is committed at one instant, while people go on writing.

    The rows come from one snapshot; photos are read after them, so that all which they name are
    there. One that was deleted in between begins it anew.
    """
    name = f"{_BEGINS}{now.astimezone(dt.UTC).strftime(_STAMP)}{SEALED if recipient else SUFFIX}"
    for left in reversed(range(_TRIES)):
        writer = Writer(folder / name, recipient)
        try:
            return _write(engine, stores, writer, now, schema, progress)
        except (Moving, FileNotFoundError):
            writer.abandon()
            if not left:
                raise
        except BaseException:
            writer.abandon()
            raise
    raise AssertionError  # the last try raised


def rotate(folder: Path, kept: int) -> list[Path]:
    """Take away all but the newest backups; which went."""
    gone = made(folder)[kept:]
    for path in gone:
        path.unlink()
    return gone


def made(folder: Path) -> list[Path]:
    """The backups in a folder, newest first."""
    found = [p for p in folder.glob(f"{_BEGINS}*Z.*") if p.name.endswith((SUFFIX, SEALED))]
    return sorted(found, key=lambda path: path.name, reverse=True)


def made_at(path: Path) -> dt.datetime:
    """When a backup was begun, by its name."""
    stamp = path.name.removeprefix(_BEGINS)[:16]
    return dt.datetime.strptime(stamp, _STAMP).replace(tzinfo=dt.UTC)


def restore(
    engine: sa.Engine,
    stores: Mapping[str, FileStore],
    archive: Archive,
    now: dt.datetime,
    *,
    schema: str,
    progress: Progress = lambda steps: None,
) -> None:
    """Put a whole backup, which was checked, into an empty place.

    Raises `Refused`: "not_empty", or "other_schema" where the tables are not those of the backup.
    """
    if archive.manifest["schema"] != schema:
        raise Refused("other_schema", wanted=archive.manifest["schema"], found=schema)
    if any(next(store.keys(), None) for store in stores.values()):
        raise Refused("not_empty")

    def rows(table: sa.Table) -> Iterator[whole.Row]:
        return (whole.read(table, line) for line in archive.lines(table.name))

    fill(engine, rows, progress)
    for name, data in archive.files():
        store, _slash, key = name.partition("/")
        stores[store].put(key, data)
        progress(1)
    settle(now, "backup.restore")


def _write(
    engine: sa.Engine,
    stores: Mapping[str, FileStore],
    writer: Writer,
    now: dt.datetime,
    schema: str,
    progress: Progress,
) -> Path:
    with engine.begin() as connection:
        tell(connection, CITY)
        counts = {
            table.name: writer.table(table.name, _counted(_lines(connection, table), progress))
            for table in whole.tables()
        }
        heads = [
            {
                "chain": CITY if chain == CITY_CHAIN else kim_scope(chain),
                "place": place,
                "hash": link,
            }
            for chain, place, link in connection.execute(sa.select(ChainHead.__table__))
        ]
        named = {
            f"{kim_id}/{media_id}"
            for kim_id, media_id in connection.execute(
                sa.select(Media.kim_id, Media.id).where(Media.gone_at.is_(None))
            )
        }
    for store, files in stores.items():
        for key in files.keys():  # noqa: SIM118 (a store is no mapping)
            writer.file(f"{store}/{key}", files.path(key))
            if store == "media":
                named.discard("/".join(key.split("/")[:2]))
            progress(1)
    if named:
        raise Moving(sorted(named)[0])
    return writer.finish(
        {"made_at": now.isoformat(), "schema": schema, "rows": counts, "heads": heads}
    )


def _lines(connection: sa.Connection, table: sa.Table) -> Iterator[bytes]:
    return (whole.line(row) for row in whole.rows(connection, table))


def _counted(lines: Iterable[bytes], progress: Callable[[int], object]) -> Iterator[bytes]:
    for line in lines:
        yield line
        progress(1)
