"""The item at the head of the portal, chosen by the Forum. Nobody chooses one of the own KIM."""

from __future__ import annotations

import datetime as dt

from kimcms.db import CITY, db
from kimcms.domain import leads as rule
from kimcms.domain.refusal import Refused
from kimcms.domain.rights import may_article
from kimcms.domain.roles import Actor, Verb
from kimcms.domain.visibility import in_feed
from kimcms.models.article import Article
from kimcms.models.lead import Lead
from kimcms.queries import leads
from kimcms.services.relief import relieved
from kimcms.services.unit import atomic, lock


def choose(actor: Actor, article: Article, now: dt.datetime) -> Lead:
    """Put an item of the feed at its head for a day; one that stood there ends."""
    with atomic(CITY, now) as unit:
        _open_for(actor, article, now)
        if not in_feed(article, article.kim.is_open, now):
            raise Refused("not_in_feed")
        for other in leads.running(now):
            other.until = now
        until = now + rule.LASTS
        lead = Lead(
            article_id=article.id,
            kim_id=article.kim_id,
            chosen_by=actor.user_id,
            since=now,
            until=until,
        )
        db.session.add(lead)
        unit.record(actor, "article.lead", article, after={"until": until.isoformat()})
        return lead


def end(actor: Actor, article: Article, now: dt.datetime) -> None:
    """Take it from the head before its day is over; `Refused("no_lead")` where it is not there."""
    with atomic(CITY, now) as unit:
        _open_for(actor, article, now)
        own = [lead for lead in leads.running(now) if lead.article_id == article.id]
        if not own:
            raise Refused("no_lead")
        for lead in own:
            lead.until = now
        unit.record(actor, "article.unlead", article)


def _open_for(actor: Actor, article: Article, now: dt.datetime) -> None:
    lock(article)
    relief = relieved(article.kim_id, now)
    if not may_article(actor, Verb.REVIEW, article, now, relief=relief):
        raise Refused("not_allowed")
