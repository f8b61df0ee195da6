"""Photos and PDFs: taken in, cleaned, and put into the store with the row that names them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from kimcms.db import db, kim_scope
from kimcms.domain.areas import Area
from kimcms.domain.draft import CAPTION_LONGEST, CREDIT_LONGEST, fitting
from kimcms.domain.htmlreading import pictures
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Verb
from kimcms.domain.text import clean_line
from kimcms.models.article import Revision, RevisionMedia
from kimcms.models.kim import Kim
from kimcms.models.media import Kind, Media
from kimcms.queries.media import is_logo, uses
from kimcms.services import idempotency
from kimcms.services.unit import atomic, lock
from kimcms.storage import pdfs
from kimcms.storage.blurring import blurred
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


def take(data: bytes) -> Processed:
    """The files of a photo or of a PDF, whichever was sent. Raises `Refused` as their floors do."""
    return pdfs.take(data) if pdfs.is_pdf(data) else process(data)


def add_pdf(
    actor: Actor,
    kim: Kim,
    name: str,
    data: bytes,
    store: FileStore,
    now: dt.datetime,
    key: str | None = None,
) -> Media:
    """A PDF of a KIM, called as its file. Raises `Refused` for anything else."""
    return keep(actor, kim, pdfs.take(data), store, now, key, name)


def keep(
    actor: Actor,
    kim: Kim,
    made: Processed,
    store: FileStore,
    now: dt.datetime,
    key: str | None = None,
    name: str = "",
    faces: bool | None = None,
    *,
    verb: Verb = Verb.WRITE,
) -> Media:
    """A photo or PDF that has been taken in already; `name` is the title of a PDF. `verb` is the
    right in whose course it is sent."""
    with atomic(kim_scope(kim.id), now) as unit:
        if not actor.may(verb, kim.id, now, own=True):
            raise Refused("not_allowed")
        earlier = idempotency.earlier(actor, key, "media.add", now)
        if earlier is not None:
            found = db.session.get(Media, earlier)
            if found is None or found.gone_at:  # deleted since
                raise Refused("photo_gone")
            return found
        assert actor.user_id is not None
        media = Media(
            kim_id=kim.id,
            uploader_id=actor.user_id,
            created_at=now,
            kind=Kind.PHOTO if made.widths else Kind.PDF,
            caption="" if made.widths else _title(name),
            faces=faces,
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
            store.delete_tree(media.folder)
            raise
        unit.record(actor, "media.add", media)
        idempotency.done(actor, key, media.id)
        return media


def _title(name: str) -> str:
    """What a file is called, without its ending."""
    return clean_line(name, 140).removesuffix(".pdf").strip() or "Berkas"


@dataclass(frozen=True)
class Words:
    """What a photo is called where nobody says otherwise."""

    caption: str
    alt: str
    credit: str
    faces: bool | None = None


def describe(actor: Actor, media: Media, words: Words, now: dt.datetime) -> Media:
    """Keep the words of a photo in the library. Raises `Refused("too_long_field")`."""
    with atomic(kim_scope(media.kim_id), now) as unit:
        _open_for(actor, media, now)
        media.caption = fitting("caption", words.caption, CAPTION_LONGEST)
        media.alt = fitting("alt", words.alt, CAPTION_LONGEST)
        media.credit = fitting("credit", words.credit, CREDIT_LONGEST)
        media.faces = words.faces
        unit.record(actor, "media.describe", media)
        return media


def say_faces(actor: Actor, media: Media, faces: bool | None, now: dt.datetime) -> Media:
    """Whether a child can be recognised on a photo."""
    words = Words(media.caption, media.alt, media.credit, faces)
    return describe(actor, media, words, now)


def blur(
    actor: Actor, media: Media, areas: Sequence[Area], store: FileStore, now: dt.datetime
) -> Media:
    """Make areas of a photo unrecognisable in all its files; what was there is gone for good.

    A kill in between leaves some files as they were: the same again completes it. Raises
    `Refused`: "area_none", "photo_changed" (blurred by somebody else meanwhile).
    """
    if not areas:
        raise Refused("area_none")
    if media.kind is not Kind.PHOTO:
        raise Refused("not_an_image")
    before, widths = media.version, tuple(media.widths)
    # Before the unit, like taking a photo in.
    files = blurred(store.read(media.key(media.largest)), areas, widths, media.width / media.height)
    with atomic(kim_scope(media.kim_id), now) as unit:
        _open_for(actor, media, now)
        if media.version != before:
            raise Refused("photo_changed")
        for name, file in files.items():
            store.put(media.key(name), file)
        for name in store.names(media.folder):  # cards for messengers, with the photo on them
            if name not in files:
                store.delete(media.key(name))
        media.version += 1
        media.size = sum(len(file) for file in files.values())
        unit.record(actor, "media.blur", media, after={"areas": len(areas)})
        return media


def delete(actor: Actor, media: Media, store: FileStore, now: dt.datetime) -> None:
    """Take a photo or PDF away. Older revisions that showed it show it no more.

    Raises `Refused`: "photo_used" with `articles`, the ids of those whose live or newest revision
    has it, "photo_logo".
    """
    with atomic(kim_scope(media.kim_id), now) as unit:
        _open_for(actor, media, now)
        used = uses(media.id)
        if used:
            raise Refused("photo_used", articles=[use.article.id for use in used])
        if is_logo(media.id):
            raise Refused("photo_logo")
        db.session.execute(sa.delete(RevisionMedia).where(RevisionMedia.media_id == media.id))
        db.session.execute(
            sa.update(Revision).where(Revision.photo_id == media.id).values(photo_id=None)
        )
        media.gone_at = now
        media.caption = media.alt = media.credit = ""
        unit.record(actor, "media.delete", media)
        folder = media.folder
    store.delete_tree(folder)


def _open_for(actor: Actor, media: Media, now: dt.datetime) -> None:
    """The photo as it is now, held; for who took it in, and for the editors."""
    lock(media)
    if media.gone_at:
        raise Refused("photo_gone")
    if not may_change(actor, media, now):
        raise Refused("not_allowed")


def may_change(actor: Actor, media: Media, now: dt.datetime) -> bool:
    """Whether somebody may describe, blur and delete a photo or PDF."""
    own = media.uploader_id == actor.user_id
    return actor.may(Verb.CHANGE_PHOTO, media.kim_id, now, own=own)


def learn(last: Revision | None, revision: Revision) -> None:
    """The words that a text gives its photos become those of the library, as long as nobody has
    given them others there. Within the unit that keeps the revision."""
    before, given = _words(last), _words(revision)
    for media_id, (caption, alt, credit) in given.items():
        media = db.session.get(Media, media_id)
        if media is None:
            continue
        own = (media.caption, media.alt, media.credit)
        if own != (caption, alt, credit) and own in (("", "", ""), before.get(media_id)):
            media.caption, media.alt, media.credit = caption, alt, credit


def _words(revision: Revision | None) -> dict[int, tuple[str, str, str]]:
    if revision is None:
        return {}
    found = {
        media_id: (caption[:CAPTION_LONGEST], alt[:CAPTION_LONGEST], "")
        for media_id, alt, caption in pictures(revision.body)
    }
    if revision.photo_id:
        words = (revision.photo_caption, revision.photo_alt, revision.photo_credit)
        found[revision.photo_id] = words
    return found
