"""Writing: from the first draft to the editors, one function per verb of the newsroom.

Each asks the permission map and the workflow tables inside the unit of work, on the row as it is
then, so that two people who press at once decide one after the other.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from kimcms.db import db, kim_scope
from kimcms.domain.draft import Draft
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Role, Verb
from kimcms.domain.workflow import TEXT, Exposure, Move, TextState, step
from kimcms.models.article import Article, ArticleSlug
from kimcms.models.kim import Kim
from kimcms.queries import accounts, desk
from kimcms.services import idempotency, revisions, slugs, steps
from kimcms.services.unit import Unit, atomic


@dataclass(frozen=True)
class Edit:
    """New words, the revision they started from, and the key of the form that brought them.

    `auto`: kept by itself while a person writes.
    """

    draft: Draft
    base_revision_id: int | None = None
    key: str | None = None
    auto: bool = False


def create(actor: Actor, kim: Kim, edit: Edit, now: dt.datetime) -> Article:
    """A new draft; the same key again gives the article that it made.

    Raises `Refused("key_used")` where the same key comes with other words: they are nowhere kept.
    """
    with atomic(kim_scope(kim.id), now) as unit:
        if not actor.may(Verb.WRITE, kim.id, now, own=True) or kim.closed_at:
            raise Refused("not_allowed")
        made = idempotency.earlier(actor, edit.key, "article.create", now)
        if made is not None:
            article = db.session.get(Article, made)
            if article is None:  # deleted since
                raise Refused("gone")
            if not revisions.holds(article, edit.draft):  # written on after it was sent
                raise Refused("key_used")
            return article
        assert actor.user_id is not None
        article = Article(
            kim_id=kim.id,
            author_id=actor.user_id,
            slug=slugs.free_slug(kim.id, edit.draft.title, now),
            created_at=now,
            touched_at=now,
            text_state=TextState.DRAFT,
        )
        db.session.add(article)
        db.session.flush()
        db.session.add(ArticleSlug(kim_id=kim.id, slug=article.slug, article_id=article.id))
        keep = revisions.autosave if edit.auto else revisions.add
        keep(actor, article, edit.draft, now)
        steps.record(unit, actor, Move.SAVE, article, {}, after=_named(article, edit))
        idempotency.done(actor, edit.key, article.id)
        return article


def save(actor: Actor, article: Article, edit: Edit, now: dt.datetime) -> Article:
    """Keep new words as a revision. What readers see does not change by this.

    Raises `Refused("stale")` where somebody saved since the revision it started from. Autosaves
    of one writing session are one entry and one event.
    """
    with atomic(kim_scope(article.kim_id), now, eventless=edit.auto) as unit:
        steps.open_for(actor, Verb.WRITE, article, now)
        _save(unit, actor, article, edit, now)
        return article


def submit(actor: Actor, article: Article, now: dt.datetime, edit: Edit | None = None) -> Article:
    """Hand the text to the editors, with the words on the screen where some are given."""
    with atomic(kim_scope(article.kim_id), now) as unit:
        steps.open_for(actor, Verb.SUBMIT, article, now)
        again = edit is not None and not _save(unit, actor, article, edit, now)
        if again and article.text_state is TextState.SUBMITTED:
            return article  # the same form again: its answer was lost on the way
        before = steps.states(article)
        missing = revisions.readiness(article).to_submit
        if missing:
            raise Refused("not_ready", missing=missing)
        article.text_state = step(TEXT, article.text_state, Move.SUBMIT)
        article.returned_note = ""
        steps.touch(article, now)
        steps.record(unit, actor, Move.SUBMIT, article, before)
        editors = accounts.holders(article.kim_id, (Role.EDITOR, Role.HEAD), now)
        steps.tell([u for u in editors if u != actor.user_id], "submitted", article, now)
        return article


def take_back(actor: Actor, article: Article, now: dt.datetime) -> Article:
    """The author fetches a submitted text back."""
    with atomic(kim_scope(article.kim_id), now) as unit:
        steps.open_for(actor, Verb.TAKE_BACK, article, now)
        before = steps.states(article)
        article.text_state = step(TEXT, article.text_state, Move.TAKE_BACK)
        steps.touch(article, now)
        steps.record(unit, actor, Move.TAKE_BACK, article, before)
        return article


def return_to_author(actor: Actor, article: Article, note: str, now: dt.datetime) -> Article:
    """The editor gives a submitted text back, with a note that says why."""
    with atomic(kim_scope(article.kim_id), now) as unit:
        steps.open_for(actor, Verb.RETURN, article, now)
        before = steps.states(article)
        article.returned_note = steps.reason_of(note, 2000)
        article.text_state = step(TEXT, article.text_state, Move.RETURN)
        steps.touch(article, now)
        steps.record(unit, actor, Move.RETURN, article, before)
        steps.tell([article.author_id], "returned", article, now)
        return article


def bring_back(
    actor: Actor, article: Article, revision_id: int, base_id: int | None, now: dt.datetime
) -> Article:
    """The words of an older revision as the newest ones; those of today stay in the history.

    Raises `Refused("stale")` where somebody saved since `base_id`, which the person saw.
    """
    with atomic(kim_scope(article.kim_id), now) as unit:
        steps.open_for(actor, Verb.WRITE, article, now)
        old = desk.revision(article.id, revision_id)
        if old is None:
            raise Refused("revision_gone")
        _save(unit, actor, article, Edit(revisions.draft_of(old), base_id), now)
        return article


def delete(actor: Actor, article: Article, now: dt.datetime) -> None:
    """Remove a draft that was never public. Its history stays, without text."""
    with atomic(kim_scope(article.kim_id), now) as unit:
        steps.open_for(actor, Verb.DELETE, article, now)
        if article.exposure is not Exposure.NEVER:
            raise Refused("was_public")
        steps.record(unit, actor, "delete", article, steps.states(article))
        revisions.remove_all(article)


def _save(unit: Unit, actor: Actor, article: Article, edit: Edit, now: dt.datetime) -> bool:
    """False where this very form was carried out before."""
    made = idempotency.earlier(actor, edit.key, "article.save", now)
    is_newest = made == article.newest_revision_id
    # What is sent again is there already. To an autosave that says: yours are the newest words.
    if made is not None and revisions.holds(article, edit.draft) and (is_newest or not edit.auto):
        return False
    if not is_newest and edit.base_revision_id != article.newest_revision_id:
        raise Refused("stale")
    before = steps.states(article)
    state = step(TEXT, article.text_state, Move.SAVE)
    keep = revisions.autosave if edit.auto else revisions.add
    entry = keep(actor, article, edit.draft, now)
    if before["newest"] != article.newest_revision_id:
        article.text_state = state
        steps.touch(article, now)
    if entry:
        steps.record(unit, actor, Move.SAVE, article, before, after=_named(article, edit))
    assert article.newest_revision_id is not None
    idempotency.done(actor, edit.key, article.newest_revision_id)
    return True


def _named(article: Article, edit: Edit) -> dict[str, Any]:
    """What the event of a save names: no autosave, since a later one may take its place."""
    states = steps.states(article)
    if edit.auto:
        del states["newest"]
    return states
