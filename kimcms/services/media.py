"""Photos: taken in, cleaned, and put into the store before the row that names them is written."""

from __future__ import annotations

import datetime as dt

from kimcms.db import db, kim_scope
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Verb
from kimcms.models.kim import Kim
from kimcms.models.media import Media
from kimcms.services import idempotency
from kimcms.services.unit import atomic
from kimcms.storage.files import FileStore
from kimcms.storage.images import Processed, process


def add(
    actor: Actor, kim: Kim, data: bytes, store: FileStore, now: dt.datetime, key: str | None = None
) -> Media:
    """A photo of a KIM. The original is not kept; metadata is gone from every file.

    Raises `Refused` for what is no picture, too large, or damaged.
    """
    # Before the unit: decoding takes longer than a write lock should be held.
    return keep(actor, kim, process(data), store, now, key)


def keep(
    actor: Actor,
    kim: Kim,
    made: Processed,
    store: FileStore,
    now: dt.datetime,
    key: str | None = None,
    *,
    verb: Verb = Verb.WRITE,
) -> Media:
    """A photo that has been taken in already. `verb` is the right in whose course it is sent."""
    with atomic(kim_scope(kim.id), now) as unit:
        if not actor.may(verb, kim.id, now, own=True):
            raise Refused("not_allowed")
        earlier = idempotency.earlier(actor, key, "media.add", now)
        if earlier is not None:
            return db.session.get_one(Media, earlier)
        assert actor.user_id is not None
        media = Media(
            kim_id=kim.id,
            uploader_id=actor.user_id,
            created_at=now,
            width=made.width,
            height=made.height,
            widths=list(made.widths),
            size=sum(len(file) for file in made.files.values()),
        )
        db.session.add(media)
        db.session.flush()
        try:
            for name, file in made.files.items():
                store.put(media.key(name), file)
        except OSError:  # a full disk is not made fuller by half a photo
            store.delete_tree(f"{kim.id}/{media.id}")
            raise
        unit.record(actor, "media.add", media)
        idempotency.done(actor, key, media.id)
        return media
