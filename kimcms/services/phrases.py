"""The Forum's ready words: any moderator adds, changes and removes them."""

from __future__ import annotations

import datetime as dt

from kimcms.db import CITY, db
from kimcms.domain.phrases import MOST, checked
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Verb
from kimcms.models.phrase import Phrase
from kimcms.queries import phrases
from kimcms.services.unit import atomic, lock


def add(actor: Actor, name: str, text: str, now: dt.datetime) -> Phrase:
    """A new one; `Refused("phrase_many")` where there are enough to choose from."""
    name, text = checked(name, text)
    with atomic(CITY, now) as unit:
        _may(actor, now)
        if len(phrases.phrases()) >= MOST:
            raise Refused("phrase_many", limit=MOST)
        row = Phrase(name=name, text=text, made_by=actor.user_id, made_at=now)
        db.session.add(row)
        unit.record(actor, "phrase.add", row)
        return row


def change(actor: Actor, row: Phrase, name: str, text: str, now: dt.datetime) -> Phrase:
    """Decisions that were made with it keep the words that they were made with."""
    name, text = checked(name, text)
    with atomic(CITY, now) as unit:
        _may(actor, now)
        lock(row)
        row.name, row.text = name, text
        unit.record(actor, "phrase.change", row)
        return row


def remove(actor: Actor, row: Phrase, now: dt.datetime) -> None:
    with atomic(CITY, now) as unit:
        _may(actor, now)
        lock(row)
        unit.record(actor, "phrase.remove", row)
        db.session.delete(row)


def _may(actor: Actor, now: dt.datetime) -> None:
    if not actor.may(Verb.REVIEW, None, now):
        raise Refused("not_allowed")
