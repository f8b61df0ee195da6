"""Coming before readers and going from them, one function per verb of the newsroom."""

from __future__ import annotations

import datetime as dt

from kimcms.db import db, kim_scope
from kimcms.domain.draft import NOTE_LONGEST
from kimcms.domain.hiding import is_hidden
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Role, Verb
from kimcms.domain.signals import Signal
from kimcms.domain.text import clean_line
from kimcms.domain.trust import breaks
from kimcms.domain.workflow import (
    EXPOSURE,
    FEED,
    TEXT,
    Exposure,
    FeedState,
    Move,
    Withdrawal,
    offering,
    step,
)
from kimcms.models.article import Article
from kimcms.queries import accounts, desk
from kimcms.services import (
    corrections,
    credit,
    ledger,
    revisions,
    signs,
    slugs,
    steps,
    trust,
    vouching,
)
from kimcms.services.unit import Unit, atomic, lock

SCHEDULE_FURTHEST = dt.timedelta(days=366)


def publish(
    actor: Actor,
    article: Article,
    now: dt.datetime,
    *,
    at: dt.datetime | None = None,
    site_only: bool = False,
    seen_revision_id: int | None = None,
    correction: corrections.Words | None = None,
) -> Article:
    """Make the newest revision the live one, now or at an hour that lies ahead.

    `public_at` is written once. While it lies in the future publishing again may move it.
    `seen_revision_id` is what the editor looked at: another newest one is `Refused("stale")`.
    `correction` says which facts change with it; only for what readers have seen.
    Where it newly speaks of gambling, a second person is asked for: the wish is remembered, and
    `Refused("second_wanted")` unless another one has vouched for this revision.
    """
    with atomic(kim_scope(article.kim_id), now) as unit:
        steps.open_for(actor, Verb.PUBLISH, article, now)
        if seen_revision_id is not None and seen_revision_id != article.newest_revision_id:
            raise Refused("stale")
        missing = revisions.readiness(article).to_publish
        if missing:
            raise Refused("not_ready", missing=missing)
        first = article.public_at is None or article.public_at > now
        if not first and article.exposure is Exposure.PUBLIC and not _has_news(article):
            raise Refused("nothing_new")
        found = signs.before_publishing(actor, article, now)
        waits = vouching.second_wanted(actor, article, found)
        if waits:
            vouching.wish(unit, actor, article)
        else:
            _go_out(unit, actor, article, found, at=at, site_only=site_only, correction=correction)
    if waits:  # after the wish was committed
        raise Refused("second_wanted")
    return article


def _go_out(
    unit: Unit,
    actor: Actor,
    article: Article,
    found: list[Signal],
    *,
    at: dt.datetime | None,
    site_only: bool,
    correction: corrections.Words | None,
) -> None:
    now, before = unit.now, steps.states(article)
    first = article.public_at is None or article.public_at > now
    article.text_state = step(TEXT, article.text_state, Move.PUBLISH)
    article.exposure = step(EXPOSURE, article.exposure, Move.PUBLISH)
    renewed = _has_news(article)
    article.live_revision_id = article.newest_revision_id
    db.session.flush()
    db.session.refresh(article, ["live", "newest"])
    assert article.live is not None
    article.category_id = article.live.category_id
    if first:
        article.public_at = _hour(at, now)
        if not desk.slug_was_chosen(article.id):
            slugs.rename(article, article.live.title, now)
        credit.judge(article)
        article.site_only = site_only
        if site_only:  # it may have been offered for an hour that has not come
            _clear(article)
    if first or renewed:
        article.live_at = max(now, article.public_at or now)
        signs.keep(article, found, now)
    steps.touch(article, now)
    if not article.site_only and (first or renewed):
        _offer(article, now, corrected=correction is not None)
    if first or before["exposure"] != article.exposure.value:
        ledger.exposed(article, shown=True, now=now, first=first)
    steps.record(unit, actor, Move.PUBLISH, article, before)
    if correction is not None:
        corrections.write(unit, actor, article, correction)
    others = {article.author_id} - {actor.user_id}
    steps.tell([u for u in others if u], "published", article, now)


def unpublish(actor: Actor, article: Article, now: dt.datetime) -> Article:
    """Take it off the pages for now: its address answers 404. A scheduled one loses its hour."""
    with atomic(kim_scope(article.kim_id), now) as unit:
        steps.open_for(actor, Verb.UNPUBLISH, article, now)
        before = steps.states(article)
        scheduled = article.public_at is not None and article.public_at > now
        move = Move.CLEAR if scheduled else Move.UNPUBLISH
        if not scheduled:
            article.previewed_at = None
        article.exposure = step(EXPOSURE, article.exposure, move)
        ledger.exposed(article, shown=False, now=now)
        if scheduled:
            _clear(article)
            article.public_at = article.live_at = None
            article.live_revision_id = article.credit = None
            credit.forget(article)
        steps.touch(article, now)
        steps.record(unit, actor, move, article, before)
        return article


def withdraw(
    actor: Actor,
    article: Article,
    why: Withdrawal,
    note: str,
    now: dt.datetime,
    *,
    verb: Verb = Verb.WITHDRAW,
) -> Article:
    """Take it away for good: 410 with the reason. Only the Forum can bring it back.

    Of what is hidden, who hid it cannot be the second person. `verb` is the right by which it is
    done.
    """
    with atomic(kim_scope(article.kim_id), now) as unit:
        steps.open_for(actor, verb, article, now)
        if is_hidden(article, now) and article.hidden_by == actor.user_id:
            raise Refused("hide_second")
        before = steps.states(article)
        article.exposure = step(EXPOSURE, article.exposure, Move.WITHDRAW)
        article.withdrawn_for = why
        article.withdrawn_note = steps.reason_of(note, NOTE_LONGEST)
        article.withdrawn_at = now
        article.previewed_at = article.hidden_until = None
        steps.touch(article, now)
        ledger.exposed(article, shown=False, now=now, reason=why.value)
        steps.record(unit, actor, Move.WITHDRAW, article, before, reason=why.value)
        if breaks(why):
            trust.take(unit, actor, lock(article.kim), "")
        others = {article.author_id, *accounts.holders(article.kim_id, (Role.HEAD,), now)}
        steps.tell([u for u in others if u != actor.user_id], "withdrawn", article, now)
        return article


def restore(actor: Actor, article: Article, now: dt.datetime, *, reason: str = "") -> Article:
    """The Forum brings a withdrawn article back; the newsroom asks why."""
    with atomic(kim_scope(article.kim_id), now) as unit:
        steps.open_for(actor, Verb.RESTORE, article, now)
        before = steps.states(article)
        article.exposure = step(EXPOSURE, article.exposure, Move.RESTORE)
        unseen = _withdrawn_unseen(article)
        article.withdrawn_for, article.withdrawn_note, article.withdrawn_at = None, "", None
        steps.touch(article, now)
        ledger.exposed(article, shown=True, now=now, first=unseen)
        reason = clean_line(reason, NOTE_LONGEST)
        steps.record(unit, actor, Move.RESTORE, article, before, reason=reason)
        leading = accounts.holders(article.kim_id, (Role.HEAD,), now)
        others = {article.author_id, *leading}
        steps.tell([u for u in others if u != actor.user_id], "restored", article, now)
        return article


def change_slug(actor: Actor, article: Article, wanted: str, now: dt.datetime) -> Article:
    """Give another address; the old one leads to it for ever."""
    with atomic(kim_scope(article.kim_id), now) as unit:
        steps.open_for(actor, Verb.PUBLISH, article, now)
        before = {"slug": article.slug}
        slugs.rename(article, wanted, now)
        steps.record(unit, actor, "change_slug", article, before, after={"slug": article.slug})
        return article


def _has_news(article: Article) -> bool:
    return article.live_revision_id != article.newest_revision_id


def _withdrawn_unseen(article: Article) -> bool:
    """Withdrawn before its hour: for the tracker the first publication is still to come."""
    hour, gone = article.public_at, article.withdrawn_at
    return hour is not None and gone is not None and hour > gone


def _hour(at: dt.datetime | None, now: dt.datetime) -> dt.datetime:
    if at is None or at <= now:
        return now
    if at - now > SCHEDULE_FURTHEST:
        raise Refused("too_far_ahead")
    return at


def _clear(article: Article) -> None:
    """Before its hour it leaves the Forum's queue, or the feed that it would have come into."""
    article.feed_state = step(FEED, article.feed_state, Move.CLEAR)
    article.unread_since = None


def _offer(article: Article, now: dt.datetime, *, corrected: bool) -> None:
    """Bring the new live revision before the Forum, or into the feed where trust allows."""
    before, at = article.feed_state, max(now, article.public_at or now)
    move = offering(
        before,
        trusted=article.kim.review_after,
        signalled=bool(article.signals),
        corrected=corrected,
    )
    article.feed_state = step(FEED, before, move)
    waits = article.offered_at is None or article.offered_at > now  # its hour may have moved
    if article.feed_state is not before or waits:
        article.offered_at = at
    if article.feed_state is not FeedState.ACCEPTED:
        article.unread_since = None
    elif article.unread_since is None or article.unread_since > now:
        article.unread_since = at
