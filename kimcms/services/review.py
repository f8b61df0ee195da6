"""The Forum's decisions about the city feed. Nobody decides about the own KIM."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from kimcms.db import CITY, db
from kimcms.domain.draft import NOTE_LONGEST
from kimcms.domain.refusal import Refused
from kimcms.domain.rights import may_article
from kimcms.domain.roles import Actor, Role, Verb
from kimcms.domain.text import clean_line
from kimcms.domain.workflow import FEED, Move, step
from kimcms.models.article import Article
from kimcms.queries import accounts
from kimcms.services import notices
from kimcms.services.unit import atomic, lock


def relieved(kim_id: int, now: dt.datetime) -> bool:
    """No moderator is free to decide about this KIM, so that Diskominfo may."""
    return kim_id in relieved_of({kim_id}, now)


def relieved_of(kim_ids: Collection[int], now: dt.datetime) -> set[int]:
    """Those of these KIMs about which no moderator is free to decide. One query."""
    moderators = accounts.moderators()
    return {kim_id for kim_id in kim_ids if all(p.belongs_to(kim_id, now) for p in moderators)}


def accept(actor: Actor, article: Article, revision_id: int, now: dt.datetime) -> Article:
    """Take it into the city feed."""
    return _decide(actor, article, revision_id, Move.ACCEPT, "", now)


def decline(
    actor: Actor, article: Article, revision_id: int, reason: str, now: dt.datetime
) -> Article:
    """Keep it out of the city feed, with a reason that the author reads."""
    reason = clean_line(reason, NOTE_LONGEST)
    if not reason:
        raise Refused("reason_missing")
    return _decide(actor, article, revision_id, Move.DECLINE, reason, now)


def _decide(
    actor: Actor, article: Article, revision_id: int, move: Move, reason: str, now: dt.datetime
) -> Article:
    """`revision_id` is what the moderator read; where another one is live, `Refused("stale")`."""
    with atomic(CITY, now) as unit:
        lock(article)
        relief = relieved(article.kim_id, now)
        shown = article.public_at is not None and article.public_at <= now
        if not shown or not may_article(actor, Verb.REVIEW, article, now, relief=relief):
            raise Refused("not_allowed")
        before = article.feed_state
        after = step(FEED, before, move)
        if article.live_revision_id != revision_id:
            raise Refused("stale")
        article.feed_state = after
        article.review_reason = reason
        article.reviewed_revision_id = revision_id
        article.reviewed_at = now
        article.reviewed_by = actor.user_id
        unit.record(
            actor,
            f"article.{move}",
            article,
            reason=reason,
            before={"feed": before.value},
            after={"feed": after.value, "revision": revision_id},
        )
        db.session.refresh(article, ["live", "kim"])
        told = {article.author_id, *accounts.holders(article.kim_id, (Role.EDITOR, Role.HEAD), now)}
        notices.tell(
            told,
            f"article.{move}ed" if move is Move.ACCEPT else f"article.{move}d",
            f"article.{move}:{article.id}:{revision_id}",
            now,
            kim_id=article.kim_id,
            path=f"/k/{article.kim.slug}/berita/{article.id}",
            title=article.live.title if article.live else "",
            reason=reason,
        )
        return article
