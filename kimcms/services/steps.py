"""What every verb on an article does: ask on the locked row, record what changed, tell people."""

from __future__ import annotations

import datetime as dt
from typing import Any

from kimcms.db import db
from kimcms.domain.refusal import Refused
from kimcms.domain.rights import may_article
from kimcms.domain.roles import Actor, Verb
from kimcms.domain.text import clean_line
from kimcms.models.article import Article
from kimcms.services import notices, search
from kimcms.services.review import relieved_for
from kimcms.services.unit import Unit, lock


def open_for(actor: Actor, verb: Verb, article: Article, now: dt.datetime) -> None:
    """Lock the row and ask the permission map about it as it is now."""
    lock(article)
    relief = verb in {Verb.RESTORE, Verb.HIDE} and relieved_for(article, now, verb)
    if not may_article(actor, verb, article, now, relief=relief):
        raise Refused("not_allowed")


def reason_of(text: str, longest: int) -> str:
    text = clean_line(text, longest)
    if not text:
        raise Refused("reason_missing")
    return text


def touch(article: Article, now: dt.datetime) -> None:
    article.touched_at = now


def states(article: Article) -> dict[str, Any]:
    return {
        "text": article.text_state.value,
        "exposure": article.exposure.value,
        "feed": article.feed_state.value,
        "newest": article.newest_revision_id,
        "live": article.live_revision_id,
    }


def record(
    unit: Unit,
    actor: Actor,
    verb: str,
    article: Article,
    before: dict[str, Any],
    *,
    reason: str = "",
    after: dict[str, Any] | None = None,
) -> None:
    """Only what changed stands in the event. The search index follows the article."""
    search.keep(article)
    now_is = after if after is not None else states(article)
    changed = {name for name in now_is if before.get(name) != now_is[name]}
    unit.record(
        actor,
        f"article.{verb}",
        article,
        reason=reason,
        before={name: before[name] for name in sorted(changed) if name in before},
        after={name: now_is[name] for name in sorted(changed)},
    )


def tell(users: list[int], kind: str, article: Article, now: dt.datetime) -> None:
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
