"""Private files: scans, minutes and proofs. Photos are re-encoded; PDFs are kept as they are and
only ever handed out as downloads."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kimcms.db import db, kim_scope
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Verb
from kimcms.domain.text import clean_line
from kimcms.models.kim import Kim
from kimcms.models.media import PrivateFile
from kimcms.services.unit import atomic
from kimcms.storage.files import FileStore
from kimcms.storage.images import MAX_BYTES, process

PDF, JPEG = "application/pdf", "image/jpeg"


@dataclass(frozen=True)
class Paper:
    """A PDF or a photo that has been taken in, to be kept."""

    name: str
    kind: str
    content: bytes


def take(name: str, data: bytes) -> Paper:
    """Look at what was sent, before any unit of work: decoding a photo takes its time.

    Raises `Refused` for what is neither PDF nor photo, or for more than 12 MB.
    """
    return Paper(clean_line(name, 140) or "berkas", *_read(data))


def add(
    actor: Actor, kim: Kim, verb: Verb, name: str, data: bytes, store: FileStore, now: dt.datetime
) -> PrivateFile:
    """Keep a PDF or a photo of a KIM. `verb` is the right in whose course it is handed in.

    Raises `Refused` for anything else, or for more than 12 MB.
    """
    return keep(actor, kim, verb, take(name, data), store, now)


def keep(
    actor: Actor, kim: Kim, verb: Verb, paper: Paper, store: FileStore, now: dt.datetime
) -> PrivateFile:
    """The same for what has been taken in already."""
    with atomic(kim_scope(kim.id), now) as unit:
        if not actor.may(verb, kim.id, now, own=True):
            raise Refused("not_allowed")
        assert actor.user_id is not None
        file = PrivateFile(
            kim_id=kim.id,
            name=paper.name,
            kind=paper.kind,
            size=len(paper.content),
            uploaded_by=actor.user_id,
            created_at=now,
        )
        db.session.add(file)
        db.session.flush()
        store.put(file.key, paper.content)
        unit.record(actor, "file.add", file)
        return file


def _read(data: bytes) -> tuple[str, bytes]:
    if len(data) > MAX_BYTES:
        raise Refused("too_big", limit=MAX_BYTES)
    if data.startswith(b"%PDF-"):
        return PDF, data
    try:
        made = process(data)
    except Refused as refusal:
        code = "not_a_file" if refusal.code == "not_an_image" else refusal.code
        raise Refused(code) from None
    return JPEG, made.files[f"{max(made.widths)}.jpg"]
