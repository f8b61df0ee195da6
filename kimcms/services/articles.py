"""Every change of an article, one function per verb of the newsroom.

Each asks the permission map and the workflow tables inside the unit of work, on the row as it is
then, so that two people who press at once decide one after the other.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from kimcms.db import db, kim_scope
from kimcms.domain.clock import day_of
from kimcms.domain.draft import NOTE_LONGEST, Draft
from kimcms.domain.refusal import Refused
from kimcms.domain.rights import may_article
from kimcms.domain.roles import Actor, Role, Verb
from kimcms.domain.text import clean_line, slugify
from kimcms.domain.workflow import EXPOSURE, FEED, TEXT, Exposure, Move, TextState, Withdrawal, step
from kimcms.models.article import Article, ArticleSlug
from kimcms.models.kim import Kim
from kimcms.queries import accounts
from kimcms.services import credit, idempotency, ledger, notices, revisions
from kimcms.services.review import relieved
from kimcms.services.unit import Unit, atomic, lock

SCHEDULE_FURTHEST = dt.timedelta(days=366)


@dataclass(frozen=True)
class Edit:
    """New words, the revision they started from, and the key of the form that brought them."""

    draft: Draft
    base_revision_id: int | None = None
    key: str | None = None


def create(actor: Actor, kim: Kim, edit: Edit, now: dt.datetime) -> Article:
    """A new draft; the same key again gives the article that it made."""
    with atomic(kim_scope(kim.id), now) as unit:
        if not actor.may(Verb.WRITE, kim.id, now, own=True) or kim.closed_at:
            raise Refused("not_allowed")
        made = idempotency.earlier(actor, edit.key, "article.create", now)
        if made is not None:
            return db.session.get_one(Article, made)
        assert actor.user_id is not None
        article = Article(
            kim_id=kim.id,
            author_id=actor.user_id,
            slug=_free_slug(kim.id, edit.draft.title, now),
            created_at=now,
            touched_at=now,
            text_state=TextState.DRAFT,
        )
        db.session.add(article)
        db.session.flush()
        db.session.add(ArticleSlug(kim_id=kim.id, slug=article.slug, article_id=article.id))
        revisions.add(actor, article, edit.draft, now)
        _record(unit, actor, Move.SAVE, article, {})
        idempotency.done(actor, edit.key, article.id)
        return article


def save(actor: Actor, article: Article, edit: Edit, now: dt.datetime) -> Article:
    """Keep new words as a revision. What readers see does not change by this.

    Raises `Refused("stale")` where somebody saved since the revision it started from.
    """
    with atomic(kim_scope(article.kim_id), now) as unit:
        _open(actor, Verb.WRITE, article, now)
        _save(unit, actor, article, edit, now)
        return article


def submit(actor: Actor, article: Article, now: dt.datetime, edit: Edit | None = None) -> Article:
    """Hand the text to the editors, with the words on the screen where some are given."""
    with atomic(kim_scope(article.kim_id), now) as unit:
        _open(actor, Verb.SUBMIT, article, now)
        if edit:
            _save(unit, actor, article, edit, now)
        before = _states(article)
        missing = revisions.readiness(article).to_submit
        if missing:
            raise Refused("not_ready", missing=missing)
        article.text_state = step(TEXT, article.text_state, Move.SUBMIT)
        article.returned_note = ""
        _touch(article, now)
        _record(unit, actor, Move.SUBMIT, article, before)
        editors = accounts.holders(article.kim_id, (Role.EDITOR, Role.HEAD))
        _tell([u for u in editors if u != actor.user_id], "submitted", article, now)
        return article


def take_back(actor: Actor, article: Article, now: dt.datetime) -> Article:
    """The author fetches a submitted text back."""
    with atomic(kim_scope(article.kim_id), now) as unit:
        _open(actor, Verb.TAKE_BACK, article, now)
        before = _states(article)
        article.text_state = step(TEXT, article.text_state, Move.TAKE_BACK)
        _touch(article, now)
        _record(unit, actor, Move.TAKE_BACK, article, before)
        return article


def return_to_author(actor: Actor, article: Article, note: str, now: dt.datetime) -> Article:
    """The editor gives a submitted text back, with a note that says why."""
    with atomic(kim_scope(article.kim_id), now) as unit:
        _open(actor, Verb.RETURN, article, now)
        before = _states(article)
        article.returned_note = _reason(note, 2000)
        article.text_state = step(TEXT, article.text_state, Move.RETURN)
        _touch(article, now)
        _record(unit, actor, Move.RETURN, article, before)
        _tell([article.author_id], "returned", article, now)
        return article


def publish(
    actor: Actor,
    article: Article,
    now: dt.datetime,
    *,
    at: dt.datetime | None = None,
    site_only: bool = False,
    seen_revision_id: int | None = None,
) -> Article:
    """Make the newest revision the live one, now or at an hour that lies ahead.

    `public_at` is written once. While it lies in the future publishing again may move it.
    `seen_revision_id` is what the editor looked at: another newest one is `Refused("stale")`.
    """
    with atomic(kim_scope(article.kim_id), now) as unit:
        _open(actor, Verb.PUBLISH, article, now)
        if seen_revision_id is not None and seen_revision_id != article.newest_revision_id:
            raise Refused("stale")
        missing = revisions.readiness(article).to_publish
        if missing:
            raise Refused("not_ready", missing=missing)
        before = _states(article)
        first = article.public_at is None or article.public_at > now
        if not first and article.exposure is Exposure.PUBLIC and not _has_news(article):
            raise Refused("nothing_new")
        article.text_state = step(TEXT, article.text_state, Move.PUBLISH)
        article.exposure = step(EXPOSURE, article.exposure, Move.PUBLISH)
        article.live_revision_id = article.newest_revision_id
        db.session.flush()
        db.session.refresh(article, ["live", "newest"])
        assert article.live is not None
        article.category_id = article.live.category_id
        if first:
            article.public_at = _hour(at, now)
            _rename(article, article.live.title, now)
            credit.judge(article)
            article.site_only = site_only
        _touch(article, now)
        if not article.site_only:
            _offer(article, now)
        if first or before["exposure"] != article.exposure.value:
            ledger.exposed(article, shown=True, now=now, first=first)
        _record(unit, actor, Move.PUBLISH, article, before)
        others = {article.author_id} - {actor.user_id}
        _tell([u for u in others if u], "published", article, now)
        return article


def unpublish(actor: Actor, article: Article, now: dt.datetime) -> Article:
    """Take it off the pages for now: its address answers 404. A scheduled one loses its hour."""
    with atomic(kim_scope(article.kim_id), now) as unit:
        _open(actor, Verb.UNPUBLISH, article, now)
        before = _states(article)
        scheduled = article.public_at is not None and article.public_at > now
        move = Move.CLEAR if scheduled else Move.UNPUBLISH
        article.exposure = step(EXPOSURE, article.exposure, move)
        ledger.exposed(article, shown=False, now=now)
        if scheduled:
            article.feed_state = step(FEED, article.feed_state, move)
            article.public_at = article.live_revision_id = article.credit = None
            credit.forget(article)
        _touch(article, now)
        _record(unit, actor, move, article, before)
        return article


def withdraw(
    actor: Actor, article: Article, why: Withdrawal, note: str, now: dt.datetime
) -> Article:
    """Take it away for good: 410 with the reason. Only the Forum can bring it back."""
    with atomic(kim_scope(article.kim_id), now) as unit:
        _open(actor, Verb.WITHDRAW, article, now)
        before = _states(article)
        article.exposure = step(EXPOSURE, article.exposure, Move.WITHDRAW)
        article.withdrawn_for = why
        article.withdrawn_note = _reason(note, NOTE_LONGEST)
        article.withdrawn_at = now
        _touch(article, now)
        ledger.exposed(article, shown=False, now=now, reason=why.value)
        _record(unit, actor, Move.WITHDRAW, article, before, reason=why.value)
        others = {article.author_id, *accounts.holders(article.kim_id, (Role.HEAD,))}
        _tell([u for u in others if u != actor.user_id], "withdrawn", article, now)
        return article


def restore(actor: Actor, article: Article, now: dt.datetime) -> Article:
    """The Forum brings a withdrawn article back."""
    with atomic(kim_scope(article.kim_id), now) as unit:
        _open(actor, Verb.RESTORE, article, now)
        before = _states(article)
        article.exposure = step(EXPOSURE, article.exposure, Move.RESTORE)
        article.withdrawn_for, article.withdrawn_note, article.withdrawn_at = None, "", None
        _touch(article, now)
        ledger.exposed(article, shown=True, now=now)
        _record(unit, actor, Move.RESTORE, article, before)
        _tell([article.author_id], "restored", article, now)
        return article


def delete(actor: Actor, article: Article, now: dt.datetime) -> None:
    """Remove a draft that was never public. Its history stays, without text."""
    with atomic(kim_scope(article.kim_id), now) as unit:
        _open(actor, Verb.DELETE, article, now)
        if article.exposure is not Exposure.NEVER:
            raise Refused("was_public")
        _record(unit, actor, "delete", article, _states(article))
        revisions.remove_all(article)


def change_slug(actor: Actor, article: Article, wanted: str, now: dt.datetime) -> Article:
    """Give another address; the old one leads to it for ever."""
    with atomic(kim_scope(article.kim_id), now) as unit:
        _open(actor, Verb.PUBLISH, article, now)
        before = {"slug": article.slug}
        _rename(article, wanted, now)
        _record(unit, actor, "change_slug", article, before, after={"slug": article.slug})
        return article


def _open(actor: Actor, verb: Verb, article: Article, now: dt.datetime) -> None:
    """Lock the row and ask the permission map about it as it is now."""
    lock(article)
    relief = verb is Verb.RESTORE and relieved(article.kim_id, now)
    if not may_article(actor, verb, article, now, relief=relief):
        raise Refused("not_allowed")


def _save(unit: Unit, actor: Actor, article: Article, edit: Edit, now: dt.datetime) -> None:
    if idempotency.earlier(actor, edit.key, "article.save", now) is not None:
        return
    if edit.base_revision_id != article.newest_revision_id:
        raise Refused("stale")
    before = _states(article)
    state = step(TEXT, article.text_state, Move.SAVE)
    if revisions.add(actor, article, edit.draft, now):
        article.text_state = state
        _touch(article, now)
        _record(unit, actor, Move.SAVE, article, before)
    idempotency.done(actor, edit.key, article.id)


def _has_news(article: Article) -> bool:
    return article.live_revision_id != article.newest_revision_id


def _hour(at: dt.datetime | None, now: dt.datetime) -> dt.datetime:
    if at is None or at <= now:
        return now
    if at - now > SCHEDULE_FURTHEST:
        raise Refused("too_far_ahead")
    return at


def _offer(article: Article, now: dt.datetime) -> None:
    before = article.feed_state
    article.feed_state = step(FEED, article.feed_state, Move.OFFER)
    if article.feed_state is not before or article.offered_at is None:
        article.offered_at = max(now, article.public_at or now)


def _reason(text: str, longest: int) -> str:
    text = clean_line(text, longest)
    if not text:
        raise Refused("reason_missing")
    return text


def _free_slug(kim_id: int, wanted: str, now: dt.datetime, article_id: int | None = None) -> str:
    """A slug that nobody in the KIM ever had, or that this article had itself."""
    base = slugify(wanted, 80)
    like = sa.select(ArticleSlug.slug, ArticleSlug.article_id).where(
        ArticleSlug.kim_id == kim_id,
        sa.or_(ArticleSlug.slug == base, ArticleSlug.slug.startswith(base + "-", autoescape=True)),
    )
    taken = {slug for slug, owner in db.session.execute(like) if owner != article_id}
    if base not in taken:
        return base
    dated = f"{base}-{day_of(now):%Y%m%d}"
    number = 1
    slug = dated
    while slug in taken:
        number += 1
        slug = f"{dated}-{number}"
    return slug


def _rename(article: Article, wanted: str, now: dt.datetime) -> None:
    slug = _free_slug(article.kim_id, wanted, now, article.id)
    if slug == article.slug:
        return
    article.slug = slug
    if db.session.get(ArticleSlug, (article.kim_id, slug)) is None:
        db.session.add(ArticleSlug(kim_id=article.kim_id, slug=slug, article_id=article.id))


def _touch(article: Article, now: dt.datetime) -> None:
    article.touched_at = now


def _states(article: Article) -> dict[str, Any]:
    return {
        "text": article.text_state.value,
        "exposure": article.exposure.value,
        "feed": article.feed_state.value,
        "newest": article.newest_revision_id,
        "live": article.live_revision_id,
    }


def _record(
    unit: Unit,
    actor: Actor,
    verb: str,
    article: Article,
    before: dict[str, Any],
    *,
    reason: str = "",
    after: dict[str, Any] | None = None,
) -> None:
    """Only what changed stands in the event."""
    now_is = after if after is not None else _states(article)
    changed = {name for name in now_is if before.get(name) != now_is[name]}
    unit.record(
        actor,
        f"article.{verb}",
        article,
        reason=reason,
        before={name: before[name] for name in sorted(changed) if name in before},
        after={name: now_is[name] for name in sorted(changed)},
    )


def _tell(users: list[int], kind: str, article: Article, now: dt.datetime) -> None:
    db.session.flush()
    revision = article.newest
    notices.tell(
        users,
        f"article.{kind}",
        f"article.{kind}:{article.id}:{article.newest_revision_id}:{now.timestamp():.0f}",
        now,
        kim_id=article.kim_id,
        path=f"/k/{article.kim.slug}/berita/{article.id}",
        title=revision.title if revision else "",
    )
