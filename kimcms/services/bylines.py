"""Who stands under an article, and whether readers see the name: only where the person says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import sqlalchemy as sa

from kimcms.db import NOTHING, db, kim_scope
from kimcms.domain.bylines import MOST
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Verb
from kimcms.domain.text import slugify
from kimcms.domain.workflow import Exposure
from kimcms.models.account import User
from kimcms.models.article import Article
from kimcms.models.byline import Byline
from kimcms.queries import accounts, bylines
from kimcms.services import notices, steps
from kimcms.services.unit import atomic, lock

_LONGEST = 55  # room for a number behind it


def show(user: User, now: dt.datetime, *, shown: bool) -> User:
    """Put the name of the account under all articles of this person, or take it away again."""
    with atomic(NOTHING, now) as unit:
        lock(user)
        if shown == (user.byline_slug is not None):
            return user
        user.byline_slug = _free(slugify(user.name, _LONGEST)) if shown else None
        actor = Actor(user.id)
        unit.record(actor, "account.byline", user, after={"shown": shown})
        unit.gathered.tags |= {"feed", *(f"kim:{kim_id}" for kim_id in bylines.kims_of(user.id))}
        return user


def set_beside(actor: Actor, article: Article, user_ids: Iterable[int], now: dt.datetime) -> None:
    """Who worked on it beside its author, in this order. Members of the KIM, and who once was.

    At once, on what readers see too. A name that is given twice counts once.
    """
    with atomic(kim_scope(article.kim_id), now) as unit:
        steps.open_for(actor, Verb.PUBLISH, article, now)
        before = [user.id for user in bylines.of(article)[1:]]
        wanted = [one for one in dict.fromkeys(user_ids) if one != article.author_id]
        if len(wanted) >= MOST:
            raise Refused("too_many_bylines", most=MOST)
        if not {*wanted} <= {member.user_id for member in accounts.members(article.kim_id)} | {
            *before
        }:
            raise Refused("no_member")
        if wanted == before:
            return
        db.session.execute(sa.delete(Byline).where(Byline.article_id == article.id))
        for rank, user_id in enumerate(wanted, 1):
            db.session.add(Byline(article_id=article.id, user_id=user_id, rank=rank))
        unit.record(
            actor, "article.bylines", article, before={"beside": before}, after={"beside": wanted}
        )
        # Without a way to it: a colleague's draft is closed to a pewarta.
        notices.tell(
            {*wanted} - {*before, actor.user_id},
            "article.credited",
            f"article.credited:{article.id}:{now.timestamp():.0f}",
            now,
            kim_id=article.kim_id,
            title=article.newest.title if article.newest else "",
        )
        if article.exposure is not Exposure.NEVER:
            unit.gathered.tags |= {"feed", f"kim:{article.kim_id}"}


def _free(wanted: str) -> str:
    taken = bylines.taken(wanted)
    numbers = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbers) if slug not in taken)
