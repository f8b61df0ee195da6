"""Telling readers what was wrong in a published article, and what is right."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from kimcms.db import db, kim_scope
from kimcms.domain import signals
from kimcms.domain.corrections import WORDS_LONGEST, Kind, Note
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Verb
from kimcms.domain.signals import NEEDS_SECOND, Piece
from kimcms.domain.text import clean_line
from kimcms.domain.visibility import is_public
from kimcms.models.article import Article
from kimcms.models.correction import Correction
from kimcms.queries import lists
from kimcms.services import steps
from kimcms.services.unit import Unit, atomic


@dataclass(frozen=True)
class Words:
    """What readers are told."""

    kind: Kind
    mistake: str
    correct: str


def add(actor: Actor, article: Article, words: Words, now: dt.datetime) -> Correction:
    """Correct what readers see without another text. The same words again are the same one."""
    with atomic(kim_scope(article.kim_id), now) as unit:
        steps.open_for(actor, Verb.CORRECT, article, now)
        made = write(unit, actor, article, words)
        others = {article.author_id} - {actor.user_id}
        steps.tell([u for u in others if u], "corrected", article, now)
        return made


def write(unit: Unit, actor: Actor, article: Article, words: Words) -> Correction:
    """The correction within the running unit, whose rights were asked for already."""
    now = unit.now
    mistake, correct = (clean_line(t, WORDS_LONGEST) for t in (words.mistake, words.correct))
    if not mistake or not correct:
        raise Refused("correction_empty")
    seen = article.public_at is not None and article.public_at < now
    if not seen or not is_public(article, article.kim.is_open, now):
        raise Refused("correction_unseen")
    assert article.live_revision_id is not None
    _without_gambling(article, f"{mistake}\n{correct}")
    same = db.session.scalar(
        sa.select(Correction).where(
            Correction.article_id == article.id,
            Correction.revision_id == article.live_revision_id,
            Correction.kind == words.kind,
            Correction.mistake == mistake,
            Correction.correct == correct,
        )
    )
    if same is not None:
        return same
    made = Correction(
        kim_id=article.kim_id,
        article_id=article.id,
        revision_id=article.live_revision_id,
        kind=words.kind,
        mistake=mistake,
        correct=correct,
        at=now,
        made_by=actor.user_id,
    )
    db.session.add(made)
    note = Note(words.kind, mistake, correct, now)
    article.notes = [note.stored(), *(article.notes or [])]
    article.live_at = now  # feeds and sitemaps tell that there is something new to read
    steps.touch(article, now)
    db.session.flush()
    after = {"correction": made.id, "kind": made.kind.value}
    unit.record(actor, "article.correct", article, after=after)
    return made


def _without_gambling(article: Article, words: str) -> None:
    """A correction stands above the item at once, so it may not speak of gambling where the item,
    which two people have read, does not."""
    found = signals.look([Piece("", words)], (), lists.lists())
    new = signals.only_new(found, signals.read(article.signals))
    if any(signal.kind in NEEDS_SECOND for signal in new):
        raise Refused("correction_gambling")
