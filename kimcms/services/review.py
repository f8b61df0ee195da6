"""The Forum's decisions about the city feed. Nobody decides about the own KIM.

Every decision names the revision that the moderator read: where another one is live it is
`Refused("stale")`. Each writes an event and tells the KIM.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from kimcms.db import CITY, db
from kimcms.domain.draft import NOTE_LONGEST
from kimcms.domain.hiding import is_hidden
from kimcms.domain.refusal import Refused
from kimcms.domain.review import APPEAL_LONGEST, Why
from kimcms.domain.rights import may_article
from kimcms.domain.roles import Actor, Role, Verb
from kimcms.domain.text import clean_line
from kimcms.domain.workflow import FEED, FeedState, Move, step
from kimcms.models.appeal import Appeal
from kimcms.models.article import Article
from kimcms.models.kim import Kim
from kimcms.queries import accounts, appeals
from kimcms.queries.review import article_seen
from kimcms.services import claims, notices, trust
from kimcms.services.relief import relieved
from kimcms.services.unit import Unit, atomic, lock

# The kind of the notice that the KIM gets of a decision; of one that was only read, none.
_TOLD = {
    Move.ACCEPT: "accepted",
    Move.ASK_CHANGE: "change_asked",
    Move.DECLINE: "declined",
    Move.REMOVE: "removed",
}


def relieved_for(article: Article, now: dt.datetime, verb: Verb = Verb.REVIEW) -> bool:
    """Nobody is free to decide about this item: where it waits by appeal, besides who decided
    first; where it is hidden, besides who hid it."""
    besides = None
    if verb is Verb.REVIEW:
        besides = first_decider(article.id)
    elif verb is Verb.HIDE and is_hidden(article, now):
        besides = article.hidden_by
    return relieved(article.kim_id, now, besides)


def first_decider(article_id: int) -> int | None:
    """Who declined or removed an item that waits by appeal: somebody else answers."""
    waiting = appeals.open_of(article_id)
    return waiting.decided_by if waiting else None


def accept(actor: Actor, article: Article, revision_id: int, now: dt.datetime) -> Article:
    """Take a pending item into the city feed."""
    return _decide(actor, article, revision_id, Move.ACCEPT, None, now)


def read(actor: Actor, article: Article, revision_id: int, now: dt.datetime) -> Article:
    """An accepted item that came in by trust or has changed since was read, and stays. What is
    read already is `Refused("already_read")`."""
    return _decide(actor, article, revision_id, Move.READ, None, now)


def ask_change(
    actor: Actor, article: Article, revision_id: int, why: Why, now: dt.datetime
) -> Article:
    """Ask the KIM to change a pending or accepted item, which stands in the feed no longer. It
    waits again by itself when a new revision goes live."""
    return _decide(actor, article, revision_id, Move.ASK_CHANGE, why, now)


def decline(
    actor: Actor, article: Article, revision_id: int, why: Why, now: dt.datetime
) -> Article:
    """Keep a pending item out of the city feed. It comes back by appeal only."""
    return _decide(actor, article, revision_id, Move.DECLINE, why, now)


def remove(actor: Actor, article: Article, revision_id: int, why: Why, now: dt.datetime) -> Article:
    """Take an accepted item out of the feed. The KIM is under review-before from then on."""
    return _decide(actor, article, revision_id, Move.REMOVE, why, now)


def accept_several(
    actor: Actor, chosen: Iterable[tuple[int, int]], now: dt.datetime
) -> dict[int, Refused | None]:
    """Accept what was read, as (article id, revision id), each by itself: one that cannot be
    taken keeps no other one back. Answers per article why not, or None where it was accepted."""
    answers: dict[int, Refused | None] = {}
    for article_id, revision_id in chosen:
        try:
            article = article_seen(article_id, now)
            if article is None:
                raise Refused("gone")
            accept(actor, article, revision_id, now)
            answers[article_id] = None
        except Refused as refusal:
            answers[article_id] = refusal
    return answers


def appeal(actor: Actor, article: Article, words: str, now: dt.datetime) -> Appeal:
    """Editor or head ask once for another look at what was declined or removed. It waits for a
    moderator who did not decide, whose answer is final. `Refused("appealed")` the second time."""
    said = clean_line(words, APPEAL_LONGEST)
    if not said:
        raise Refused("appeal_words")
    with atomic(CITY, now) as unit:
        lock(article)
        if not may_article(actor, Verb.PUBLISH, article, now):
            raise Refused("not_allowed")
        before = article.feed_state
        after = step(FEED, before, Move.APPEAL)
        if appeals.of(article.id) is not None:
            raise Refused("appealed")
        assert actor.user_id is not None
        made = Appeal(
            article_id=article.id,
            kim_id=article.kim_id,
            made_by=actor.user_id,
            made_at=now,
            words=said,
            decided_by=article.reviewed_by,
        )
        db.session.add(made)
        article.feed_state, article.offered_at = after, now
        _record(unit, actor, article, Move.APPEAL, before, "", {})
        return made


def set_trust(actor: Actor, kim: Kim, after: bool, words: str, now: dt.datetime) -> None:
    """Read this KIM's items after they are in the feed, where its record proposes that; or
    before, with words that say why. Both tell the KIM."""
    words = clean_line(words, NOTE_LONGEST)
    with atomic(CITY, now) as unit:
        lock(kim)
        if not actor.may(Verb.REVIEW, kim.id, now, relief=relieved(kim.id, now)):
            raise Refused("not_allowed")
        if kim.review_after is after:
            raise Refused("trust_same")
        if after:
            trust.give(unit, actor, kim)
        elif words:
            trust.take(unit, actor, kim, words)
        else:
            raise Refused("reason_missing")


def _decide(
    actor: Actor,
    article: Article,
    revision_id: int,
    move: Move,
    why: Why | None,
    now: dt.datetime,
) -> Article:
    text = why.said() if why else ""
    with atomic(CITY, now) as unit:
        lock(article)
        shown = article.public_at is not None and article.public_at <= now
        relief = relieved_for(article, now)
        if not shown or not may_article(actor, Verb.REVIEW, article, now, relief=relief):
            raise Refused("not_allowed")
        if actor.user_id is not None and first_decider(article.id) == actor.user_id:
            raise Refused("appeal_other")
        claims.settle(actor, article, now)
        before = article.feed_state
        article.feed_state = step(FEED, before, move)
        if article.live_revision_id != revision_id:
            raise Refused("stale")
        if move is Move.READ and article.unread_since is None:
            raise Refused("already_read")
        _learn(unit, actor, article, move)
        article.review_why = why.reason if why else None
        article.review_reason = text
        article.unread_since = None
        article.reviewed_revision_id = revision_id
        article.reviewed_at = now
        article.reviewed_by = actor.user_id
        answered = appeals.open_of(article.id)
        if answered is not None:
            answered.answered_at = now
        named: dict[str, object] = {"why": why.reason.value} if why else {}
        if before is FeedState.PENDING and article.offered_at is not None:
            named["waited"] = int((now - article.offered_at).total_seconds() // 60)  # minutes
        _record(unit, actor, article, move, before, text, {**named, "revision": revision_id})
        if move in _TOLD:
            _tell(article, move, text, now)
        return article


def _learn(unit: Unit, actor: Actor, article: Article, move: Move) -> None:
    """The KIM's record: accepted at first decision, or a removal, which ends the trust."""
    first = article.reviewed_at is None and move is Move.ACCEPT
    if not first and move is not Move.REMOVE:
        return
    db.session.refresh(article, ["kim"])
    lock(article.kim)
    if first:
        article.kim.accepted_first += 1
    else:
        trust.take(unit, actor, article.kim, "")


def _record(
    unit: Unit,
    actor: Actor,
    article: Article,
    move: Move,
    before: FeedState,
    reason: str,
    after: dict[str, object],
) -> None:
    unit.record(
        actor,
        f"article.{move}",
        article,
        reason=reason,
        before={"feed": before.value},
        after={"feed": article.feed_state.value, **after},
    )


def _tell(article: Article, move: Move, reason: str, now: dt.datetime) -> None:
    db.session.refresh(article, ["live", "kim"])
    told = {article.author_id, *accounts.holders(article.kim_id, (Role.EDITOR, Role.HEAD), now)}
    notices.tell(
        told,
        f"article.{_TOLD[move]}",
        f"article.{move}:{article.id}:{article.live_revision_id}:{now.timestamp():.0f}",
        now,
        kim_id=article.kim_id,
        path=f"/k/{article.kim.slug}/berita/{article.id}",
        title=article.live.title if article.live else "",
        reason=reason,
    )
