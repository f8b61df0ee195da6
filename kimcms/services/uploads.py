"""Files that come in pieces: announced, received, and made a photo or PDF exactly once.

How much has come is the length of the pieces alone, so that a server that is killed in between
and a connection that breaks off both go on where they stopped.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from kimcms.db import CITY, db, kim_scope
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Verb
from kimcms.domain.text import clean_line
from kimcms.models.kim import Kim
from kimcms.models.media import Media, Upload
from kimcms.queries import uploads
from kimcms.services import idempotency, media
from kimcms.services.unit import atomic, lock
from kimcms.storage.files import FileStore
from kimcms.storage.images import MAX_BYTES
from kimcms.storage.pieces import PieceStore

KEPT = dt.timedelta(days=2)
MOST_UNFINISHED = 40  # of one person: a day's photos while the connection is away


@dataclass(frozen=True)
class Announced:
    """What the sender says of a file. `digest` is its SHA-256 in hexadecimal, where it knows it."""

    key: str
    size: int
    digest: str = ""
    name: str = ""
    faces: bool | None = None


def begin(actor: Actor, kim: Kim, file: Announced, now: dt.datetime) -> Upload:
    """Room for a file; the same key again gives what there is of it.

    Raises `Refused`: "upload_empty", "too_big", "bad_key" (used for another file),
    "upload_many".
    """
    with atomic(kim_scope(kim.id), now, eventless=True):
        if not actor.may(Verb.WRITE, kim.id, now, own=True) or kim.closed_at:
            raise Refused("not_allowed")
        assert actor.user_id is not None
        idempotency.check(file.key)
        found = db.session.scalar(
            sa.select(Upload).where(Upload.user_id == actor.user_id, Upload.key == file.key)
        )
        if found is not None:
            if (found.kim_id, found.size, found.digest) != (kim.id, file.size, file.digest):
                raise Refused("bad_key")
            return found
        if file.size < 1:
            raise Refused("upload_empty")
        if file.size > MAX_BYTES:
            raise Refused("too_big", limit=MAX_BYTES)
        if uploads.unfinished(actor.user_id) >= MOST_UNFINISHED:
            raise Refused("upload_many", limit=MOST_UNFINISHED)
        upload = Upload(
            kim_id=kim.id,
            user_id=actor.user_id,
            key=file.key,
            size=file.size,
            digest=file.digest,
            name=clean_line(file.name, 140),
            faces=file.faces,
            created_at=now,
        )
        db.session.add(upload)
        return upload


def receive(upload: Upload, offset: int, chunks: Iterable[bytes], pieces: PieceStore) -> int:
    """Take the next bytes; how many are here now. Raises `Refused` like `PieceStore.add`."""
    if upload.media_id is not None:
        return upload.size
    return pieces.add(upload.pieces, offset, chunks, upload.size)


def finish(
    actor: Actor,
    kim: Kim,
    upload: Upload,
    pieces: PieceStore,
    store: FileStore,
    now: dt.datetime,
) -> Media:
    """Make the photo or PDF of a file that is all here; again, the one that it was made.

    What is refused is thrown away with its announcement, so that the key can be used again.
    """
    if upload.media_id is None:
        _make(actor, kim, upload, pieces, store, now)
    found = db.session.get(Media, upload.media_id)
    if found is None:
        raise Refused("photo_gone")
    return found


def _make(
    actor: Actor,
    kim: Kim,
    upload: Upload,
    pieces: PieceStore,
    store: FileStore,
    now: dt.datetime,
) -> None:
    try:
        made = media.take(_whole(upload, pieces))
    except Refused:
        if not _drop(upload, pieces, now):  # somebody else has finished it meanwhile
            return
        raise
    with atomic(kim_scope(kim.id), now):
        lock(upload)
        if upload.media_id is None:
            row = media.keep(actor, kim, made, store, now, upload.key, upload.name, upload.faces)
            upload.media_id = row.id
        key = upload.pieces
    pieces.delete(key)


def _whole(upload: Upload, pieces: PieceStore) -> bytes:
    try:
        data = pieces.read(upload.pieces)
    except FileNotFoundError:
        raise Refused("upload_broken") from None
    if len(data) != upload.size:
        raise Refused("upload_broken")
    if upload.digest and hashlib.sha256(data).hexdigest() != upload.digest:
        raise Refused("upload_broken")
    return data


def forget(upload: Upload, pieces: PieceStore, now: dt.datetime) -> None:
    """The sender does not want it any more."""
    _drop(upload, pieces, now)


def _drop(upload: Upload, pieces: PieceStore, now: dt.datetime) -> bool:
    """Throw an unfinished file away; False where it is finished."""
    with atomic(kim_scope(upload.kim_id), now, eventless=True):
        lock(upload)
        if upload.media_id is not None:
            return False
        key = upload.pieces
        db.session.delete(upload)
    pieces.delete(key)
    return True


def clear(pieces: PieceStore, now: dt.datetime) -> int:
    """Throw away what was begun more than two days ago; how many were unfinished."""
    with atomic(CITY, now, eventless=True):
        old = list(db.session.scalars(sa.select(Upload).where(Upload.created_at < now - KEPT)))
        keys = [upload.pieces for upload in old if upload.media_id is None]
        for upload in old:
            db.session.delete(upload)
    for key in keys:
        pieces.delete(key)
    pieces.sweep(now - KEPT)
    return len(keys)
