"""Sharing an item before it is public, by an address that can be taken back."""

from __future__ import annotations

import datetime as dt

from kimcms.db import kim_scope
from kimcms.domain.previews import may_share, shared_until
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Verb
from kimcms.models.article import Article
from kimcms.services import steps
from kimcms.services.unit import atomic


def share(actor: Actor, article: Article, now: dt.datetime) -> Article:
    """From now on its preview may be shown to others, for seven days; a link that is good stays."""
    with atomic(kim_scope(article.kim_id), now) as unit:
        steps.open_for(actor, Verb.PUBLISH, article, now)
        if not may_share(article, now):
            raise Refused("not_for_preview")
        if shared_until(article, now) is None:
            article.previewed_at = now
            unit.record(actor, "article.share_preview", article)
        return article


def take_back(actor: Actor, article: Article, now: dt.datetime) -> Article:
    """The shared address shows nothing any more."""
    with atomic(kim_scope(article.kim_id), now) as unit:
        steps.open_for(actor, Verb.PUBLISH, article, now)
        if article.previewed_at is not None:
            article.previewed_at = None
            unit.record(actor, "article.unshare_preview", article)
        return article
