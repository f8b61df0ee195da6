"""Notes beside a paragraph: the editor writes them, the author marks what is done."""

from __future__ import annotations

import datetime as dt

from kimcms.db import db, kim_scope
from kimcms.domain.blocks import blocks, said
from kimcms.domain.notes import ANCHOR_LONGEST, NOTE_LONGEST, NOTES_MOST
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Verb
from kimcms.domain.text import clean_line
from kimcms.domain.workflow import TextState
from kimcms.models.article import Article
from kimcms.models.note import Note
from kimcms.queries import desk, notes
from kimcms.services import steps
from kimcms.services.unit import atomic

NOTED = (TextState.SUBMITTED, TextState.RETURNED)


def add(
    actor: Actor, article: Article, revision_id: int, place: int, text: str, now: dt.datetime
) -> Note:
    """A note beside the paragraph at this place of the revision that the editor read."""
    with atomic(kim_scope(article.kim_id), now) as unit:
        steps.open_for(actor, Verb.RETURN, article, now)
        assert actor.user_id is not None
        if article.text_state not in NOTED:
            raise Refused("move_not_open")
        text = clean_line(text, NOTE_LONGEST)
        if not text:
            raise Refused("note_empty")
        if notes.count(article.id) >= NOTES_MOST:
            raise Refused("notes_many", limit=NOTES_MOST)
        read = desk.revision(article.id, revision_id)
        found = blocks(read.body) if read else []
        if not 0 <= place < len(found):
            raise Refused("note_place")
        note = Note(
            kim_id=article.kim_id,
            article_id=article.id,
            anchor=said(found[place])[:ANCHOR_LONGEST],
            text=text,
            made_by=actor.user_id,
            made_at=now,
        )
        db.session.add(note)
        db.session.flush()
        unit.record(actor, "article.note", article, after={"note": note.id})
        return note


def mark(actor: Actor, article: Article, note_id: int, now: dt.datetime, *, fixed: bool) -> Note:
    """What the note asks for is done, or is not yet. The same again changes nothing."""
    with atomic(kim_scope(article.kim_id), now, eventless=True) as unit:
        steps.open_for(actor, Verb.SUBMIT, article, now)
        note = notes.note(article.id, note_id)
        if note is None:
            raise Refused("note_gone")
        if (note.fixed_at is not None) is not fixed:
            note.fixed_at = now if fixed else None
            verb = "article.note_fixed" if fixed else "article.note_open"
            unit.record(actor, verb, article, after={"note": note.id})
        return note
